/* The laws of the network language: what is written of a network, in its own notation or in
   that of a book, is read as the same network and written again as the same text; and what is written of an
   expression is read as the same expression.

   GRADTEX_SEED gives the seed of the first network, GRADTEX_RUNS how many are tried. */
#include "net/spec_formula.h"
#include "random_spec.h"
#include "read_formula.h"

enum { RUNS = 200, EXPRESSIONS = 20, DEPTH = 5 };

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

static struct given given;

static expr_id random_symbol(struct pool *pool)
{
    static const char *const names[] = {"x_{1}", "x_{2}", "u", "v"};
    return expr_symbol(pool, choose(names, 4));
}

static expr_id random_number(struct pool *pool)
{
    mpq_t value;
    mpq_init(value);
    mpq_set_si(value, (long)below(9) - 4, 1 + below(3));
    mpq_canonicalize(value);
    expr_id number = expr_number(pool, value);
    mpq_clear(value);
    return number;
}

/* A function with up to two primes, or one of the language. */
static expr_id random_function(struct pool *pool)
{
    static const enum function_id known[] = {
        FUNCTION_SIGMOID, FUNCTION_TANH, FUNCTION_RELU, FUNCTION_SOFTPLUS,
        FUNCTION_EXP,     FUNCTION_LN,   FUNCTION_SQRT, FUNCTION_ABS};
    unsigned choice = below(8), primes = below(3);
    expr_id function = below(3) ? function_builtin(pool, known[choice])
                                : network_function(given.network, below(2));
    const struct function *meaning = function_peek(pool, function);
    bool is_primed = function_row(meaning->id)->name == NULL ||
                     function_row(meaning->id)->is_primed;
    for (; is_primed && primes > 0; primes--)
        function = function_prime(pool, function);
    return function;
}

static expr_id random_application(struct pool *pool, const expr_id *parts)
{
    if (below(6) > 0)
        return function_apply(pool, random_function(pool), parts[0]);
    expr_id max = function_builtin(pool, FUNCTION_MAX);
    return expr_make(pool, EXPR_APPLY, (expr_id[]){max, parts[0], parts[1]}, 3);
}

static expr_id random_expression(struct pool *pool, int depth)
{
    expr_id parts[3];
    if (depth == 0 || below(6) == 0)
        return below(3) ? random_symbol(pool) : random_number(pool);
    for (int i = 0; i < 3; i++)
        parts[i] = random_expression(pool, depth - 1);
    /* The negative of a number and the quotient of two are numbers. */
    if (expr_kind(pool, parts[0]) == EXPR_NUMBER)
        parts[0] = random_symbol(pool);
    switch (below(7)) {
    case 0:
        return expr_sum(pool, parts, 2 + below(2));
    case 1:
        return expr_product(pool, parts, 2 + below(2));
    case 2:
        return expr_negate(pool, parts[0]);
    case 3:
        return expr_power(pool, parts[0], (long)below(4));
    case 4:
        return expr_quotient(pool, parts[1], parts[0]);
    case 5:
        return expr_subtract(pool, parts[1], parts[0]);
    default:
        return random_application(pool, parts);
    }
}

static void check_formula(expr_id e)
{
    buf_truncate(&first_text, 0);
    spec_write_formula(network_pool(given.network), e, &first_text);
    expr_id again = read_formula(&given, buf_peek(&first_text));
    if (again == e)
        return;
    buf_truncate(&second_text, 0);
    if (again != 0)
        spec_write_formula(network_pool(given.network), again, &second_text);
    ck_abort_msg("GRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=1: %s\nis read as %s", seed,
                 buf_peek(&first_text), buf_peek(&second_text));
}

START_TEST(test_formulas)
{
    uint64_t runs;
    buf_init(&first_text);
    buf_init(&second_text);
    random_begin(&seed, &runs, RUNS);
    for (; runs > 0; runs--, seed++) {
        state = seed;
        given_init(&given, "function f\nfunction g(z) = z/(1 + e^{-z})\ninputs x 2\n"
                           "parameters u v\nerror E = f(x_1) + g(x_2) + u v\n");
        for (int i = 0; i < EXPRESSIONS; i++)
            check_formula(random_expression(network_pool(given.network), DEPTH));
        given_clear(&given);
    }
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
    tcase_add_test(tests, test_formulas);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
