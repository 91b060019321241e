/* The law of the network language: what is written of a network, in its own notation or in
   that of a book, is read as the same network and written again as the same text.

   GRADTEX_SEED gives the seed of the first network, GRADTEX_RUNS how many are tried. */
#include "../given.h"
#include "net/network.h"
#include "random_spec.h"

enum { RUNS = 200 };

static const char *const notations[] = {NULL,     "post",  "nielsen", "ng",
                                        "bishop", "mazur", "ufldl"};

static uint64_t seed;
static struct buf spec, first_text, second_text;

static void fail_with(const char *what, const struct given *given)
{
    given_print(given);
    ck_abort_msg("%s\nGRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=1:\n%s\nis written as\n%s", what,
                 seed, buf_peek(&spec), buf_peek(&first_text));
}

static void read_in(struct given *given, const char *text, const char *notation)
{
    budget_init(&given->budget);
    diags_init(&given->diags);
    ck_assert(source_from_text(&given->source, "given", text, strlen(text), &given->diags));
    given->network = spec_read(&given->source, notation, &given->budget, &given->diags);
    if (given->network == NULL)
        fail_with("it is not read", given);
}

static void check_names(const struct given *a, const struct given *b)
{
    if (network_count(a->network) != network_count(b->network))
        fail_with("it is read as another network", b);
    for (node_id i = 0; i < network_count(a->network); i++) {
        buf_truncate(&second_text, 0);
        network_name(a->network, i, &second_text);
        if (network_find(a->network, buf_peek(&second_text)) != i)
            fail_with("a name is not found", a);
        if (network_find(b->network, buf_peek(&second_text)) != i)
            fail_with("a name is another node's", b);
    }
}

static void check_round(const char *notation)
{
    struct given first, second;
    buf_truncate(&first_text, 0);
    read_in(&first, buf_peek(&spec), notation);
    spec_write(first.network, &first_text);
    read_in(&second, buf_peek(&first_text), NULL);
    check_names(&first, &second);
    buf_truncate(&second_text, 0);
    spec_write(second.network, &second_text);
    if (strcmp(buf_peek(&first_text), buf_peek(&second_text)) != 0)
        fail_with("it is written otherwise the second time", &second);
    given_clear(&first);
    given_clear(&second);
}

START_TEST(test_round_trip)
{
    uint64_t runs;
    buf_init(&spec);
    buf_init(&first_text);
    buf_init(&second_text);
    random_begin(&seed, &runs, RUNS);
    for (; runs > 0; runs--, seed++) {
        state = seed;
        buf_truncate(&spec, 0);
        random_rich_spec(&spec);
        check_round(NULL);
        check_round(notations[below(sizeof notations / sizeof *notations)]);
    }
    buf_clear(&spec);
    buf_clear(&first_text);
    buf_clear(&second_text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spec laws");
    TCase *tests = tcase_create("spec laws");
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, test_round_trip);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
