/* A path sum that is wrong on purpose, for one symbol: crosscheck says so and answers 1.
 */
#define path_sum honest_path_sum
#include "eval/path_sum.c"
#undef path_sum

#include "base/buf.h"
#include "gradtex.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int sums, spoilt;
static struct buf text;

/* 10^-20 too much. */
bool path_sum(void *sum, struct graph *graph, struct values *values, struct diags *diags)
{
    const struct arith *arith = &values->arith;
    bool ok = honest_path_sum(sum, graph, values, diags);
    if (sums++ == spoilt) {
        void *more = arith_new_array(arith, 2), *tenth = arith_at(arith, more, 1);
        arith_set_integer(arith, tenth, 10);
        arith_power(arith, more, tenth, -20, 1 << 20);
        arith->add(sum, sum, more);
        arith_free_array(arith, more, 2);
    }
    return ok;
}

static bool take(void *context, const char *bytes, size_t length)
{
    (void)context;
    buf_bytes(&text, bytes, length);
    return true;
}

/* The status of `crosscheck 2-2-1 w11^1 w21^1`, or of the same network with sigmoids; the
   path sum number `which` is wrong: that of the paths from the unit that the weight leads
   to. */
static int status_of(const char *word, int which, const char *format)
{
    const char *const names[] = {"w11^1", "w21^1"};
    const struct gtx_sink sink = {take, NULL, NULL};
    struct gtx_options *options = gtx_options_new();
    int status;
    sums = 0;
    spoilt = which;
    buf_truncate(&text, 0);
    ck_assert(gtx_options_set(options, "format", format));
    struct gtx_network *network = gtx_network_open(word, options, &sink, &status);
    ck_assert_ptr_nonnull(network);
    status = gtx_crosscheck(network, names, 2, options, &sink);
    gtx_network_free(network);
    gtx_options_free(options);
    return status;
}

static bool says(const char *part)
{
    return strstr(buf_peek(&text), part) != NULL;
}

START_TEST(a_wrong_path_sum_is_found)
{
    static const char *const networks[] = {"2-2-1", "broken_player.net"};
    const char *word = networks[_i], *right = _i == 0 ? "equal" : "agree";
    FILE *file = fopen(networks[1], "w");
    ck_assert_ptr_nonnull(file);
    fputs("inputs x 2\nlayer h 2 sigmoid\nlayer y 1\n", file);
    fclose(file);
    buf_init(&text);
    ck_assert_int_eq(status_of(word, -1, "text"), GTX_OK);
    ck_assert(says(right) && !says("differ\n"));
    for (int which = 0; which < 2; which++) {
        ck_assert_int_eq(status_of(word, which, "text"), GTX_FALSE);
        ck_assert(says(right) && says("differ\n"));
        ck_assert_int_eq(status_of(word, which, "json"), GTX_FALSE);
        ck_assert(says("\"verdict\": \"differ\"\n    }"));
        ck_assert(says("],\n  \"verdict\": \"differ\""));
    }
    buf_clear(&text);
    remove(networks[1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("broken_player");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, a_wrong_path_sum_is_found, 0, 2);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
