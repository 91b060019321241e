#include "expr/diff.h"
#include "expr/partials.h"
#include "expr/walk.h"
#include "lisp.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct pool *pool;
static struct buf out;
static uint64_t seed;

static void setup(void)
{
    pool = pool_new();
    buf_init(&out);
}

static void teardown(void)
{
    buf_clear(&out);
    pool_free(pool);
}

static const char *show(expr_id e)
{
    buf_truncate(&out, 0);
    if (e)
        lisp_write(&out, pool, e);
    return buf_peek(&out);
}

static expr_id read(const char *text)
{
    return lisp_read(pool, &text);
}

static void check_fold(const char *before, const char *after)
{
    ck_assert_str_eq(show(fold(pool, read(before))), after);
}

START_TEST(zeros_and_ones_fold)
{
    check_fold("(+ 0 x)", "x");
    check_fold("(+ x (- x))", "0");
    check_fold("(* 1 x 1)", "x");
    check_fold("(* x 0 y)", "0");
    check_fold("(- 0)", "0");
    check_fold("(^ x 1)", "x");
    check_fold("(^ x 0)", "1");
    check_fold("(/ x 1)", "x");
    check_fold("(/ 0 x)", "0");
    check_fold("(/ x 0)", "(/ x 0)");
    check_fold("(^ 0 -1)", "(^ 0 -1)");
    check_fold("(+ 0 0)", "0");
}
END_TEST

START_TEST(numbers_are_collected)
{
    check_fold("(* x 2 y 3)", "(* 6 x y)");
    check_fold("(+ 2 x 3)", "(+ 5 x)");
    check_fold("(+ x 1)", "(+ x 1)");
    check_fold("(+ x -1)", "(+ x (- 1))");
    check_fold("(* 1/2 2 x)", "x");
    check_fold("(/ x 2)", "(* 1/2 x)");
    check_fold("(/ 1 2)", "1/2");
    check_fold("(/ (* 2 x) (* 4 y))", "(/ x (* 2 y))");
    check_fold("(^ 2 10)", "1024");
    check_fold("(^ 2 -2)", "1/4");
    check_fold("(^ 2 100000)", "(^ 2 100000)");
}
END_TEST

START_TEST(sums_and_products_are_flat)
{
    check_fold("(+ a (+ b c))", "(+ a b c)");
    check_fold("(+ a (- (+ b c)))", "(+ a (- b) (- c))");
    check_fold("(* a (* b c))", "(* a b c)");
    check_fold("(* x x)", "(^ x 2)");
    check_fold("(* x y (^ x 2))", "(* (^ x 3) y)");
    check_fold("(^ (^ x 2) 3)", "(^ x 6)");
    check_fold("(+ x y x)", "(+ (* 2 x) y)");
    check_fold("(* x (+ y z))", "(* x (+ y z))");
}
END_TEST

START_TEST(signs_are_absorbed)
{
    check_fold("(* (+ t (- y)) (+ 0 (- a)))", "(* (+ y (- t)) a)");
    check_fold("(* (+ 0 (- a)) (+ t (- y)))", "(* a (+ y (- t)))");
    check_fold("(* (- a) b)", "(- (* a b))");
    check_fold("(* -2 a)", "(- (* 2 a))");
    check_fold("(* (- a) (- b))", "(* a b)");
    check_fold("(- (+ a (- b)))", "(+ b (- a))");
    check_fold("(- (- a))", "a");
    check_fold("(+ (- a) (- b))", "(- (+ a b))");
    check_fold("(- (+ a b (- c)))", "(- (+ a b (- c)))");
    check_fold("(* (+ a (- b)) (+ c (- d)))", "(* (+ a (- b)) (+ c (- d)))");
    check_fold("(/ (- a) b)", "(- (/ a b))");
    check_fold("(/ (+ a (- b)) (- c))", "(/ (+ b (- a)) c)");
    check_fold("(^ (- x) 2)", "(^ x 2)");
    check_fold("(^ (- x) 3)", "(- (^ x 3))");
}
END_TEST

START_TEST(a_factor_cancels_in_a_sum)
{
    check_fold("(* 1/2 (+ (* 2 a) (* 4 b)))", "(+ a (* 2 b))");
    check_fold("(* 1/2 (+ (* 2 a) b))", "(* 1/2 (+ (* 2 a) b))");
    check_fold("(* 3 (+ (* 2 a) b))", "(* 3 (+ (* 2 a) b))");
    check_fold("(* 1/2 (+ (* 2 (+ t (- y)) (+ 0 (- a))) 0))", "(* (+ y (- t)) a)");
}
END_TEST

START_TEST(derivatives_stay)
{
    check_fold("(* 1 (D (+ x 0) w))", "(D (+ x 0) w)");
}
END_TEST

/* The derivative of a symbol by w; that of a symbol whose name begins with t, x or c is
   0. */
static expr_id inner(void *context, expr_id symbol)
{
    (void)context;
    if (strchr("txc", expr_peek_name(pool, symbol)[0]))
        return expr_integer(pool, 0);
    return expr_derivative(pool, symbol, expr_symbol(pool, "w"));
}

static void check_diff(const char *of, const char *want)
{
    ck_assert_str_eq(show(diff(pool, read(of), read("w"), inner, NULL)), want);
}

START_TEST(zeros_stay_visible_ones_do_not)
{
    check_diff("(* 1/2 (^ (+ t (- y)) 2))", "(* 1/2 2 (+ t (- y)) (+ 0 (- (D y w))))");
    check_diff("(* 1/2 (+ (^ (+ t_1 (- y_1)) 2) (^ (+ t_2 (- y_2)) 2)))",
               "(* 1/2 (+ (* 2 (+ t_1 (- y_1)) (+ 0 (- (D y_1 w))))"
               " (* 2 (+ t_2 (- y_2)) (+ 0 (- (D y_2 w))))))");
    check_diff("(+ (* x_1 w) (* x_2 c))", "(+ x_1 0)");
    check_diff("(^ (+ t_1 (- x_1)) 2)", "0");
    check_diff("(* y w c)", "(* c (+ (* (D y w) w) y))");
    check_diff("(^ y 3)", "(* 3 (^ y 2) (D y w))");
    check_diff("(^ y -1)", "(* -1 (^ y -2) (D y w))");
    check_diff("(/ y c)", "(/ (D y w) c)");
    check_diff("(/ c y)", "(/ (- (* c (D y w))) (^ y 2))");
    check_diff("(/ y w)", "(/ (+ (* (D y w) w) (- (* y 1))) (^ w 2))");
    check_diff("(^ y c)", "");
    check_diff("w", "1");
    check_diff("7", "0");
}
END_TEST

static void check_label(const char *of, const char *by, const char *want)
{
    ck_assert_str_eq(show(diff_local(pool, read(of), read(by))), want);
}

START_TEST(labels_are_single_factors)
{
    check_label("(* 1/2 (+ (^ (+ t_1 (- y_1)) 2) (^ (+ t_2 (- y_2)) 2)))", "y_1",
                "(+ y_1 (- t_1))");
    check_label("(+ (^ (+ t_1 (- y_1)) 2) (^ (+ t_2 (- y_2)) 2))", "y_2",
                "(* 2 (+ y_2 (- t_2)))");
    check_label("(* 1/3 (+ (^ (+ t_1 (- y_1)) 2) (^ (+ t_2 (- y_2)) 2)))", "y_2",
                "(* 2/3 (+ y_2 (- t_2)))");
    check_label("(/ (^ (+ t (- y)) 2) 2)", "y", "(+ y (- t))");
    check_label("(+ (* h_1 w_1) (* h_2 w_2) b)", "h_1", "w_1");
    check_label("(+ (* h_1 w_1) (* h_2 w_2) b)", "b", "1");
    check_label("(+ (* h_1 w_1) b)", "x", "0");
    check_label("(/ a b)", "b", "(- (/ a (^ b 2)))");
    check_label("(* w w x)", "w", "(* 2 x w)");
    check_label("(* w (+ a (* 2 w)))", "w", "(+ a (* 4 w))");
}
END_TEST

START_TEST(symbols_defined_as_numbers_are_put_in)
{
    struct defs defs;
    expr_id h = read("h_1"), h0 = read("h_0"), u = read("u"), x = read("x");

    defs_init(&defs, pool, NULL, NULL);
    defs_set(&defs, h0, read("0"));
    defs_set(&defs, h, read("(+ (* w x) (* u h_0))"));
    ck_assert_str_eq(show(diff_label(&defs, h, u)), "0");
    ck_assert_str_eq(show(diff_label(&defs, h, x)), "w");
    ck_assert_str_eq(show(diff_label(&defs, h, h0)), "u");
    defs_set(&defs, h0, read("(/ (+ 1 2) 6)"));
    ck_assert_str_eq(show(diff_label(&defs, h, u)), "1/2");
    ck_assert_str_eq(show(diff_label(&defs, x, u)), "0");
    defs_clear(&defs);
}
END_TEST

START_TEST(deep_expressions)
{
    expr_id e = read("x");

    for (int i = 0; i < 50000; i++)
        e = expr_negate(pool, expr_add(pool, e, expr_integer(pool, 1)));
    ck_assert_str_eq(show(fold(pool, e)), "x");
}
END_TEST

static uint64_t chance(uint64_t below)
{
    seed += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = (seed ^ (seed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (z ^ (z >> 31)) % below;
}

static const char *const names[] = {"a", "b", "w"};

static expr_id random_expression(void)
{
    expr_id made[20], parts[4];
    size_t count = 5 + chance(15);

    for (size_t i = 0; i < count; i++) {
        size_t wide = 2 + chance(3);
        for (size_t j = 0; j < 4; j++)
            parts[j] = i ? made[chance(i)] : expr_symbol(pool, names[chance(3)]);
        switch (chance(8)) {
        case 0:
            made[i] = expr_integer(pool, (long)chance(5) - 2);
            break;
        case 1:
        case 2:
            made[i] = expr_symbol(pool, names[chance(3)]);
            break;
        case 3:
            made[i] = expr_make(pool, EXPR_SUM, parts, wide);
            break;
        case 4:
            made[i] = expr_make(pool, EXPR_PRODUCT, parts, wide);
            break;
        case 5:
            made[i] = expr_negate(pool, parts[0]);
            break;
        case 6:
            made[i] = expr_power(pool, parts[0], (long)chance(5) - 1);
            break;
        default:
            made[i] = expr_quotient(pool, parts[0], parts[1]);
            break;
        }
    }
    return made[count - 1];
}

/* Value and derivative by w of every node modulo a prime, with D(u, w) = 0 for the
   others. */
struct dual {
    uint64_t value, tangent;
    bool defined;
};

#define PRIME UINT64_C(2147483647)

static uint64_t power(uint64_t base, uint64_t n)
{
    uint64_t result = 1;

    for (; n; n >>= 1, base = base * base % PRIME)
        result = n & 1 ? result * base % PRIME : result;
    return result;
}

static struct dual times(struct dual a, struct dual b)
{
    return (struct dual){a.value * b.value % PRIME,
                         (a.value * b.tangent + a.tangent * b.value) % PRIME,
                         a.defined && b.defined};
}

static struct dual inverse(struct dual a)
{
    uint64_t i = power(a.value, PRIME - 2);

    return (struct dual){i, (PRIME - a.tangent) * i % PRIME * i % PRIME,
                         a.defined && a.value};
}

static struct dual dual_node(expr_id e, const struct dual *duals)
{
    struct dual d = {0, 0, true}, part;
    long n;

    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        d.value =
            mpz_fdiv_ui(mpq_numref(expr_peek_number(pool, e)), PRIME) *
            power(mpz_fdiv_ui(mpq_denref(expr_peek_number(pool, e)), PRIME), PRIME - 2) %
            PRIME;
        return d;
    case EXPR_SYMBOL:
        d.value = 1000003u * (unsigned)(unsigned char)expr_peek_name(pool, e)[0];
        d.tangent = expr_peek_name(pool, e)[0] == 'w';
        return d;
    case EXPR_PRODUCT:
        d.value = 1;
        for (size_t i = 0; i < expr_count(pool, e); i++)
            d = times(d, duals[expr_part(pool, e, i)]);
        return d;
    case EXPR_POWER:
        n = mpz_get_si(mpq_numref(expr_peek_number(pool, expr_part(pool, e, 1))));
        part =
            n < 0 ? inverse(duals[expr_part(pool, e, 0)]) : duals[expr_part(pool, e, 0)];
        d.value = 1;
        for (n = labs(n); n > 0; n--)
            d = times(d, part);
        d.defined = part.defined;
        return d;
    case EXPR_QUOTIENT:
        return times(duals[expr_part(pool, e, 0)], inverse(duals[expr_part(pool, e, 1)]));
    default:
        for (size_t i = 0; i < expr_count(pool, e); i++) {
            part = duals[expr_part(pool, e, i)];
            d.value += part.value;
            d.tangent += part.tangent;
            d.defined = d.defined && part.defined;
        }
        d.value %= PRIME;
        d.tangent %= PRIME;
        if (expr_kind(pool, e) == EXPR_NEGATE) {
            d.value = (PRIME - d.value) % PRIME;
            d.tangent = (PRIME - d.tangent) % PRIME;
        }
        return d;
    }
}

static struct dual dual(expr_id e)
{
    struct dual *duals = calloc((size_t)e + 1, sizeof *duals), result;
    struct expr_list nodes;

    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        duals[nodes.items[i]] = dual_node(nodes.items[i], duals);
    result = duals[e];
    free(duals);
    expr_list_clear(&nodes);
    return result;
}

START_TEST(law_fold_keeps_the_value_and_is_a_fixpoint)
{
    for (int i = 0; i < 3000; i++) {
        expr_id e = random_expression(), f = fold(pool, e);
        struct dual before = dual(e), after = dual(f);
        ck_assert_msg(fold(pool, f) == f, "seed: %s", show(e));
        if (before.defined)
            ck_assert_msg(after.defined && before.value == after.value, "value: %s",
                          show(e));
    }
}
END_TEST

START_TEST(law_derivatives_agree_with_dual_numbers)
{
    expr_id w = read("w"), zero = read("0");

    for (int i = 0; i < 3000; i++) {
        expr_id e = random_expression(), d = diff_local(pool, e, w);
        struct dual want = dual(e), have = dual(d);
        ck_assert_uint_ne(d, 0);
        if (want.defined && have.defined)
            ck_assert_msg(want.tangent == have.value, "derivative: %s", show(e));
        if (want.defined)
            ck_assert_msg(have.defined || d != zero, "defined: %s", show(e));
    }
}
END_TEST

/* Constant terms are left out before, not after: the labels have the same values. */
START_TEST(law_partials_are_labels)
{
    expr_id defined = read("E");

    for (int i = 0; i < 3000; i++) {
        struct defs defs;
        struct partials partials;
        struct expr_list symbols;
        expr_id e = random_expression();

        defs_init(&defs, pool, NULL, NULL);
        defs_set(&defs, defined, e);
        expr_list_init(&symbols);
        walk_symbols(pool, e, &symbols);
        expr_list_push(&symbols, read("absent"));
        partials_init(&partials, &defs, defined);
        for (size_t k = 0; k < symbols.count; k++) {
            struct dual have = dual(partials_label(&partials, symbols.items[k]));
            struct dual want = dual(diff_label(&defs, defined, symbols.items[k]));
            ck_assert_msg(!have.defined || !want.defined || have.value == want.value,
                          "label: %s", show(e));
        }
        partials_clear(&partials);
        expr_list_clear(&symbols);
        defs_clear(&defs);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diff");
    TCase *tests = tcase_create("diff");
    SRunner *runner = srunner_create(suite);
    int failed;

    seed = getenv("SEED") ? strtoull(getenv("SEED"), NULL, 10) : (uint64_t)time(NULL);
    printf("SEED=%llu\n", (unsigned long long)seed);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, zeros_and_ones_fold);
    tcase_add_test(tests, numbers_are_collected);
    tcase_add_test(tests, sums_and_products_are_flat);
    tcase_add_test(tests, signs_are_absorbed);
    tcase_add_test(tests, a_factor_cancels_in_a_sum);
    tcase_add_test(tests, derivatives_stay);
    tcase_add_test(tests, zeros_stay_visible_ones_do_not);
    tcase_add_test(tests, labels_are_single_factors);
    tcase_add_test(tests, symbols_defined_as_numbers_are_put_in);
    tcase_add_test(tests, deep_expressions);
    tcase_add_test(tests, law_fold_keeps_the_value_and_is_a_fixpoint);
    tcase_add_test(tests, law_derivatives_agree_with_dual_numbers);
    tcase_add_test(tests, law_partials_are_labels);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
