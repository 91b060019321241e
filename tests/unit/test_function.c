#include "expr/diff.h"
#include "expr/function.h"
#include "expr/substitute.h"
#include "unit/lisp.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

static struct pool *pool;

static void setup(void)
{
    pool = pool_new();
}

static void teardown(void)
{
    pool_free(pool);
}

static expr_id read(const char *text)
{
    return lisp_read(pool, &text);
}

static void expect(expr_id e, const char *expected)
{
    struct buf text;
    ck_assert_uint_ne(e, 0);
    buf_init(&text);
    lisp_write(&text, pool, e);
    ck_assert_str_eq(buf_peek(&text), expected);
    buf_clear(&text);
}

static void expect_derivative(const char *of, const char *expected)
{
    expect(diff_local(pool, read(of), expr_symbol(pool, "z")), expected);
}

START_TEST(a_name_is_one_function)
{
    expr_id first = function_builtin(pool, FUNCTION_TANH), again;
    again = function_make(pool, &(struct function){.id = FUNCTION_TANH, .name = "tanh"});
    ck_assert_uint_eq(first, again);
    ck_assert_uint_ne(first, function_prime(pool, first));
    ck_assert_uint_eq(function_peek(pool, function_prime(pool, first))->primes, 1);
    ck_assert_uint_ne(first, expr_symbol(pool, "tanh"));
}
END_TEST

START_TEST(words_and_names_are_found)
{
    ck_assert_int_eq(function_of_word("leaky-relu"), FUNCTION_LEAKY_RELU);
    ck_assert_int_eq(function_of_word("leaky"), FUNCTION_COUNT);
    ck_assert_int_eq(function_of_name("\\sigma(", 6), FUNCTION_SIGMOID);
    ck_assert_int_eq(function_of_name("\\sigm", 5), FUNCTION_COUNT);
    ck_assert_uint_eq(function_arguments(FUNCTION_MAX), 2);
}
END_TEST

START_TEST(primes_stand_for_derivatives)
{
    expect_derivative("(\\sigma z)", "(\\sigma' z)");
    expect_derivative("(f z)", "(f' z)");
    expect_derivative("(f' z)", "(f'' z)");
    expect_derivative("(tanh (* a z))", "(* (tanh' (* a z)) a)");
    expect_derivative("(* b (relu z))", "(* b (relu' z))");
}
END_TEST

START_TEST(values_stand_for_derivatives)
{
    function_write_values(pool, true);
    expect_derivative("(\\sigma z)", "(* (\\sigma z) (+ 1 (- (\\sigma z))))");
    expect_derivative("(tanh z)", "(+ 1 (- (^ (tanh z) 2)))");
    expect_derivative("(relu z)", "(step z)");
    expect_derivative("(softplus z)", "(+ 1 (- (exp (- (softplus z)))))");
    expect_derivative("(f z)", "(f' z)");
}
END_TEST

START_TEST(what_is_never_primed)
{
    expect_derivative("(exp (* 2 z))", "(* 2 (exp (* 2 z)))");
    expect_derivative("(* t (ln z))", "(/ t z)");
    expect_derivative("(sqrt z)", "(/ 1 (* 2 (sqrt z)))");
    expect_derivative("(abs z)", "(sgn z)");
    expect_derivative("(max 0 z)", "(step z)");
    expect_derivative("(max z b)", "(step (+ z (- b)))");
    expect_derivative("(step z)", "0");
}
END_TEST

START_TEST(a_definition_stands_for_its_value)
{
    struct defs defs;
    expr_id h = expr_symbol(pool, "h"), z = expr_symbol(pool, "z");
    function_write_values(pool, true);
    defs_init(&defs, pool, NULL, NULL);
    defs_set(&defs, h, read("(\\sigma z)"));
    expect(diff_label(&defs, h, z), "(* h (+ 1 (- h)))");
    defs_clear(&defs);
}
END_TEST

START_TEST(formulas_are_unfolded)
{
    struct function square = {.id = FUNCTION_DEFINED,
                              .name = "g",
                              .variable = expr_symbol(pool, "v"),
                              .body = read("(^ v 2)")};
    expr_id g = function_make(pool, &square), at = read("(+ x 1)");
    expect(function_unfold(pool, function_apply(pool, g, at)), "(^ (+ x 1) 2)");
    expect(function_unfold(pool, function_apply(pool, function_prime(pool, g), at)),
           "(* 2 (+ x 1))");
    expect(diff_local(pool, function_apply(pool, g, expr_symbol(pool, "z")),
                      expr_symbol(pool, "z")),
           "(g' z)");
}
END_TEST

START_TEST(numbers_need_no_primes)
{
    expect(function_without_primes(pool, read("(tanh' z)")), "(+ 1 (- (^ (tanh z) 2)))");
    expect(function_without_primes(pool, read("(tanh z)")), "(tanh z)");
    ck_assert_uint_eq(function_without_primes(pool, read("(f' z)")), 0);
    ck_assert_uint_eq(function_without_primes(pool, read("(f'' z)")), 0);
    expect(function_without_primes(pool, read("(tanh'' (* a z))")),
           "(* 2 (tanh (* a z)) (+ (^ (tanh (* a z)) 2) (- 1)))");
    expect(function_without_primes(pool, read("(relu'' z)")), "0");
    expect_derivative("(tanh z)", "(tanh' z)");
}
END_TEST

/* The value of a formula of one variable, in doubles. */
static double value_of(expr_id e, double z)
{
    double parts[3];
    for (size_t i = 0; i < expr_count(pool, e); i++)
        parts[i] = expr_kind(pool, expr_part(pool, e, i)) == EXPR_FUNCTION
                       ? 0
                       : value_of(expr_part(pool, e, i), z);
    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        return mpq_get_d(expr_peek_number(pool, e));
    case EXPR_SUM:
        return parts[0] + parts[1];
    case EXPR_PRODUCT:
        return parts[0] * parts[1];
    case EXPR_NEGATE:
        return -parts[0];
    case EXPR_QUOTIENT:
        return parts[0] / parts[1];
    case EXPR_POWER:
        return pow(parts[0], parts[1]);
    case EXPR_APPLY:
        switch (function_peek(pool, e)->id) {
        case FUNCTION_EXP:
            return exp(parts[1]);
        case FUNCTION_LN:
            return log(parts[1]);
        case FUNCTION_STEP:
            return parts[1] > 0;
        default:
            return NAN;
        }
    default:
        return z;
    }
}

/* The column `meaning` against the column `derivative`: a difference quotient of the one
   is the other at the value of the one. */
START_TEST(the_columns_of_the_table_agree)
{
    static const enum function_id ids[] = {FUNCTION_SIGMOID, FUNCTION_TANH, FUNCTION_RELU,
                                           FUNCTION_LEAKY_RELU, FUNCTION_SOFTPLUS};
    static const double places[] = {-1.5, -.25, .5, 2};
    const double at = places[_i], width = 1e-5;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        mpq_t slope;
        mpq_init(slope);
        mpq_set_ui(slope, 1, 100);
        struct function function = {
            .id = ids[i], .name = function_row(ids[i])->name, .parameter = slope};
        expr_id z = expr_symbol(pool, "z"),
                applied = function_apply(pool, function_make(pool, &function), z);
        expr_id meaning = function_meaning(pool, applied), u = expr_symbol(pool, "u"),
                derivative;
        function_write_values(pool, true);
        derivative =
            substitute_one(pool, function_derivative(pool, applied, 0, u), u, meaning);
        double quotient =
            (value_of(meaning, at + width) - value_of(meaning, at - width)) / (2 * width);
        ck_assert_double_eq_tol(value_of(derivative, at), quotient, 1e-8);
        mpq_clear(slope);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("function");
    TCase *tcase = tcase_create("function");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_name_is_one_function);
    tcase_add_test(tcase, words_and_names_are_found);
    tcase_add_test(tcase, primes_stand_for_derivatives);
    tcase_add_test(tcase, values_stand_for_derivatives);
    tcase_add_test(tcase, what_is_never_primed);
    tcase_add_test(tcase, a_definition_stands_for_its_value);
    tcase_add_test(tcase, formulas_are_unfolded);
    tcase_add_test(tcase, numbers_need_no_primes);
    tcase_add_loop_test(tcase, the_columns_of_the_table_agree, 0, 4);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
