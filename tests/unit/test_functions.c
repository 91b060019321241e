#include "expr/diff.h"
#include "expr/function.h"
#include "expr/substitute.h"
#include "lisp.h"
#include "prove/prove.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct pool *pool;
static struct defs defs;
static struct budget budget;
static struct prover *prover;
static struct proof proof;
static uint64_t seed;

static void setup(void)
{
    pool = pool_new();
    defs_init(&defs, pool, NULL, NULL);
    budget_init(&budget);
    prover = prover_new(&defs, &budget, seed);
    proof_init(&proof);
}

static void teardown(void)
{
    proof_clear(&proof);
    prover_free(prover);
    defs_clear(&defs);
    pool_free(pool);
}

static expr_id read(const char *text)
{
    return lisp_read(pool, &text);
}

static void define(const char *symbol, const char *value)
{
    defs_set(&defs, read(symbol), read(value));
}

static void check_verdict(const char *left, const char *right, enum verdict expected)
{
    enum verdict verdict = prove_equal(prover, read(left), read(right), NULL, 0, &proof);

    ck_assert_msg(verdict == expected, "%s = %s: %d %s", left, right, (int)verdict,
                  proof.reason ? proof.reason : "");
}

static void check_proved(const char *left, const char *right)
{
    check_verdict(left, right, VERDICT_PROVED);
}

START_TEST(derivatives_of_the_table_are_proved)
{
    check_proved("(\\sigma' z)", "(* (\\sigma z) (+ 1 (- (\\sigma z))))");
    check_proved("(D (\\sigma z) z)", "(\\sigma' z)");
    check_proved("(tanh' z)", "(+ 1 (- (^ (tanh z) 2)))");
    check_proved("(tanh'' z)", "(* -2 (tanh z) (tanh' z))");
    check_proved("(softplus' z)", "(\\sigma z)");
    check_proved("(softplus'' z)", "(\\sigma' z)");
    check_proved("(relu' z)", "(step z)");
    check_proved("(D (ln z) z)", "(/ 1 z)");
    check_proved("(D (sqrt z) z)", "(/ 1 (* 2 (sqrt z)))");
    check_proved("(D (exp (* a z)) z)", "(* a (exp (* a z)))");
    check_proved("(D (abs z) z)", "(sgn z)");
    check_proved("(D (max u v) u)", "(step (+ u (- v)))");
    check_proved("(D (max (^ u 2) u) u)",
                 "(+ (* 2 u (step (+ (^ u 2) (- u)))) (step (+ u (- (^ u 2)))))");
}
END_TEST

START_TEST(chains)
{
    define("z", "(+ (* w x) b)");
    define("h", "(\\sigma z)");
    define("E", "(* 1/2 (^ (+ t (- h)) 2))");
    check_proved("(D h w)", "(* (\\sigma' z) x)");
    check_proved("(D h w)", "(* h (+ 1 (- h)) x)");
    check_proved("(D E w)", "(* (+ h (- t)) (\\sigma' z) x)");
    check_proved("(L h z)", "(* h (+ 1 (- h)))");
    check_proved("(D E z)", "(* (+ h (- t)) h (+ 1 (- h)))");
    check_proved("(D (f (* x x)) x)", "(* 2 x (f' (* x x)))");
    check_proved("(D (f (g x)) x)", "(* (f' (g x)) (g' x))");
    check_proved("(D (D (f (* a x)) x) x)", "(* (^ a 2) (f'' (* a x)))");
}
END_TEST

/* With certainly different sides, exact or enclosed. */
static void check_refuted(const char *left, const char *right)
{
    mpq_t off;

    check_verdict(left, right, VERDICT_REFUTED);
    if (proof.is_too_long || !proof.has_left || !proof.has_right)
        return;
    mpq_init(off);
    mpq_sub(off, proof.left, proof.right);
    mpq_abs(off, off);
    mpq_sub(off, off, proof.left_error);
    mpq_sub(off, off, proof.right_error);
    ck_assert_msg(mpq_sgn(off) > 0, "%s = %s: the sides overlap", left, right);
    mpq_clear(off);
}

static void check_undecided(const char *left, const char *right)
{
    check_verdict(left, right, VERDICT_UNDECIDED);
    ck_assert_ptr_nonnull(proof.reason);
}

static void check_side(mpq_srcptr side, mpq_srcptr error, double value)
{
    ck_assert_double_eq_tol(mpq_get_d(side), value, mpq_get_d(error) + 1e-12);
}

START_TEST(exponentials_split)
{
    check_proved("(exp (* 2 x))", "(^ (exp x) 2)");
    check_proved("(exp (+ x y))", "(* (exp y) (exp x))");
    check_proved("(exp (- x))", "(/ 1 (exp x))");
    check_proved("(^ (exp (/ x 2)) 2)", "(exp x)");
    check_proved("(* (exp (/ x 2)) (exp (/ x 3)))", "(exp (* 5/6 x))");
    check_proved("(exp 0)", "1");
    check_proved("(exp (+ x (- x)))", "1");
    check_proved("(exp (* z (+ b c)))", "(exp (+ (* c z) (* z b)))");
    check_proved("(exp (/ (+ (^ a 2) (- (^ b 2))) (+ a b)))", "(/ (exp a) (exp b))");
    check_proved("(exp (+ x 1))", "(* (exp 1) (exp x))");
    check_proved("(exp (exp (+ x y)))", "(exp (* (exp x) (exp y)))");
    check_proved("(exp (+ (exp x) (exp (* 2 x))))",
                 "(* (exp (exp x)) (exp (^ (exp x) 2)))");
    check_proved("(tanh x)", "(+ (* 2 (\\sigma (* 2 x))) -1)");
    check_proved("(tanh (tanh x))", "(tanh (+ (* 2 (\\sigma (* 2 x))) -1))");
    check_proved("(\\sigma (- x))", "(+ 1 (- (\\sigma x)))");
    check_proved("(exp (* 1000000000 x))", "(^ (exp x) 1000000000)");
}
END_TEST

START_TEST(logarithms_split)
{
    check_proved("(exp (ln x))", "x");
    check_proved("(ln (exp x))", "x");
    check_proved("(exp (* 2 (ln x)))", "(^ x 2)");
    check_proved("(exp (+ y (ln x)))", "(* x (exp y))");
    check_proved("(ln (* (exp x) (exp y)))", "(+ x y)");
    check_proved("(ln (/ (exp x) (^ (exp y) 3)))", "(+ x (* -3 y))");
    check_proved("(+ (softplus z) (- (softplus (- z))))", "z");
    check_proved("(ln (\\sigma z))", "(- (softplus (- z)))");
    check_proved("(exp (softplus z))", "(+ 1 (exp z))");
    check_proved("(ln (+ a b))", "(ln (+ b a))");
    check_proved("(ln 1)", "0");
    check_refuted("(ln (* x y))", "(+ (ln x) (ln y) 1)");
}
END_TEST

START_TEST(roots_and_steps)
{
    check_proved("(^ (sqrt x) 2)", "x");
    check_proved("(* (sqrt x) a (sqrt x))", "(* a x)");
    check_proved("(/ x (sqrt x))", "(sqrt x)");
    check_proved("(^ (sqrt (+ x y)) 3)", "(* (+ x y) (sqrt (+ y x)))");
    check_proved("(sqrt 9/4)", "3/2");
    check_proved("(/ (+ (* a q) a) (sqrt (+ q 1)))", "(* a (sqrt (+ 1 q)))");
    check_proved("(/ (+ q e) (* (sqrt (+ q e)) (+ q 1)))", "(/ (sqrt (+ e q)) (+ 1 q))");
    check_proved("(relu (exp x))", "(exp x)");
    check_proved("(relu -3)", "0");
    check_proved("(abs -3)", "3");
    check_proved("(max a b)", "(max b a)");
    check_refuted("(relu x)", "x");
    ck_assert_uint_eq(proof.witness_count, 1);
    ck_assert_int_lt(mpq_sgn(proof.witnesses[0].value), 0);
    ck_assert_int_eq(mpq_sgn(proof.left), 0);
    ck_assert_int_eq(mpq_sgn(proof.left_error), 0);
    check_refuted("(abs x)", "x");
    check_refuted("(max a b)", "a");
    check_undecided("(max a a)", "a");
    check_undecided("(abs (- x))", "(abs x)");
}
END_TEST

START_TEST(kinks_at_numbers)
{
    define("u", "(/ (+ 1 -4) 2)");
    check_proved("(max u (+ (^ u 2) -5))", "u");
    check_proved("(max (* 2 u) -3)", "-3");
    check_proved("(step (+ u 2))", "1");
    check_proved("(sgn (+ u (* -1 u)))", "0");
    check_proved("(relu u)", "0");
    check_verdict("(max u -2)", "-2", VERDICT_REFUTED);
    check_verdict("(max (/ 1 (+ u (- u))) u)", "u", VERDICT_REFUTED);
}
END_TEST

START_TEST(arbitrary_functions)
{
    check_proved("(f (+ x y))", "(f (+ y x))");
    check_proved("(f (* z (+ b c)))", "(f (+ (* c z) (* z b)))");
    check_proved("(f (exp (+ x y)))", "(f (* (exp x) (exp y)))");
    check_refuted("(f x)", "(f' x)");
    ck_assert_uint_eq(proof.witness_count, 3);
    check_refuted("(f x)", "(g x)");
    check_refuted("(f x)", "(f (* 2 x))");
    check_refuted("(D (f (g x)) x)", "(f' (g x))");
    check_refuted("(f x)", "x");
    check_undecided("(+ (f (abs (- x))) (f (exp 1)))", "(+ (f (abs x)) (f (exp 1)))");
}
END_TEST

START_TEST(false_claims_are_refuted_by_values)
{
    check_refuted("(exp x)", "(+ 1 x)");
    ck_assert_uint_eq(proof.witness_count, 1);
    ck_assert_int_eq(mpq_cmp_si(proof.witnesses[0].value, 1, 1), 0);
    check_side(proof.left, proof.left_error, 2.718281828459045);
    ck_assert_int_gt(mpq_sgn(proof.left_error), 0);
    check_side(proof.right, proof.right_error, 2);
    ck_assert_int_eq(mpq_sgn(proof.right_error), 0);
    check_refuted("(\\sigma x)", "(+ 1/2 (* 1/4 x))");
    check_refuted("(\\sigma' z)", "(* (\\sigma z) (+ 1 (\\sigma z)))");
    check_refuted("(tanh' z)", "(+ 1 (- (tanh z)))");
    check_refuted("(+ x (* 1e-400 (exp x)))", "x");
    check_refuted("(exp 1)", "2.718281828459045235360287471352662497757");
    check_refuted("(exp x)", "(* 3 (exp x))");
}
END_TEST

START_TEST(huge_values_do_no_harm)
{
    check_refuted("(exp 1000000000)", "0");
    check_refuted("(\\sigma 1e300)", "0");
    ck_assert_int_ne(
        prove_equal(prover, read("(\\sigma 1e300)"), read("1"), NULL, 0, &proof),
        VERDICT_PROVED);
    ck_assert_int_ne(
        prove_equal(prover, read("(\\sigma -1e300)"), read("0"), NULL, 0, &proof),
        VERDICT_PROVED);
    ck_assert_int_ne(
        prove_equal(prover, read("(exp 1e3000)"), read("(exp 1e3001)"), NULL, 0, &proof),
        VERDICT_PROVED);
    check_proved("(exp 1e300)", "(exp 1e300)");
    check_undecided("(exp (exp (exp (exp (exp 10)))))",
                    "(+ 1 (exp (exp (exp (exp (exp 10))))))");
}
END_TEST

START_TEST(conditions_hold_where_they_can_fail)
{
    check_proved("(\\sigma z)", "(/ 1 (+ 1 (exp (- z))))");
    ck_assert_uint_eq(proof.conditions.count, 0);
    check_proved("(/ (exp x) (+ (exp x) (exp y)))", "(/ 1 (+ 1 (exp (+ y (- x)))))");
    ck_assert_uint_eq(proof.conditions.count, 0);
    check_proved("(/ (* x (exp x)) x)", "(exp x)");
    ck_assert_uint_eq(proof.conditions.count, 1);
    check_proved("(/ (exp (* 2 x)) (+ (exp x) -1))",
                 "(/ 1 (+ (exp (- x)) (- (exp (* -2 x)))))");
    ck_assert_uint_ge(proof.conditions.count, 1);
}
END_TEST

START_TEST(softmax)
{
    define("s", "(+ (exp z_1) (exp z_2) (exp z_3))");
    define("y_1", "(/ (exp z_1) (+ (exp z_1) (exp z_2) (exp z_3)))");
    define("y_2", "(/ (exp z_2) (+ (exp z_1) (exp z_2) (exp z_3)))");
    define("y_3", "(/ (exp z_3) (+ (exp z_1) (exp z_2) (exp z_3)))");
    define("E", "(- (+ (* t_1 (ln y_1)) (* t_2 (ln y_2)) (* t_3 (ln y_3))))");
    define("z_1", "(+ (* w x) b)");
    check_proved("(+ y_1 y_2 y_3)", "1");
    check_proved("(L y_1 z_1)", "(* y_1 (+ 1 (- y_1)))");
    check_proved("(L y_1 z_2)", "(- (* y_1 y_2))");
    check_proved("(D E z_2)", "(+ (* y_2 (+ t_1 t_2 t_3)) (- t_2))");
    check_proved("(D E w)", "(* (+ (* y_1 (+ t_1 t_2 t_3)) (- t_1)) x)");
    check_refuted("(D E z_2)", "(+ y_2 (- t_2))");
    check_refuted("(L y_1 z_1)", "(* y_1 (+ 1 (- y_2)))");
    ck_assert_uint_eq(proof.conditions.count, 0);
}
END_TEST

/* Equal divisors are not multiplied out: twenty outputs are proved, not probable. */
START_TEST(a_wide_softmax_is_proved)
{
    enum { WIDE = 20 };
    expr_id powers[WIDE], outputs[WIDE], terms[WIDE], targets[WIDE], sum, right;
    char name[32];

    for (int k = 0; k < WIDE; k++) {
        snprintf(name, sizeof name, "(exp z_%d)", k);
        powers[k] = read(name);
    }
    sum = expr_sum(pool, powers, WIDE);
    for (int k = 0; k < WIDE; k++) {
        snprintf(name, sizeof name, "y_%d", k);
        outputs[k] = read(name);
        defs_set(&defs, outputs[k], expr_quotient(pool, powers[k], sum));
        snprintf(name, sizeof name, "t_%d", k);
        targets[k] = read(name);
        snprintf(name, sizeof name, "(- (* t_%d (ln y_%d)))", k, k);
        terms[k] = read(name);
    }
    defs_set(&defs, read("E"), expr_sum(pool, terms, WIDE));
    right = expr_multiply(pool, outputs[3], expr_sum(pool, targets, WIDE));
    right = expr_subtract(pool, right, targets[3]);
    ck_assert_int_eq(prove_equal(prover, read("(D E z_3)"), right, NULL, 0, &proof),
                     VERDICT_PROVED);
    ck_assert_int_eq(
        prove_equal(prover, expr_sum(pool, outputs, WIDE), read("1"), NULL, 0, &proof),
        VERDICT_PROVED);
    ck_assert_int_eq(
        prove_equal(prover, read("(D E z_3)"), read("(+ y_3 (- t_3))"), NULL, 0, &proof),
        VERDICT_REFUTED);
}
END_TEST

START_TEST(assumptions)
{
    define("y_1", "(/ (exp z_1) (+ (exp z_1) (exp z_2)))");
    define("y_2", "(/ (exp z_2) (+ (exp z_1) (exp z_2)))");
    define("E", "(- (+ (* t_1 (ln y_1)) (* t_2 (ln y_2))))");
    check_refuted("(D E z_2)", "(+ y_2 (- t_2))");
    ck_assert_uint_eq(prove_assume(prover, read("(+ t_1 t_2)"), read("1")), read("t_2"));
    check_proved("(+ 1 (- t_1))", "t_2");
    check_proved("(D E z_2)", "(+ y_2 (- t_2))");
    check_proved("(D E z_1)", "(+ y_1 (- t_1))");
    check_proved("(D E t_2)", "(- (ln y_2))");
    check_proved("t_2", "(+ 1 (- t_1))");
    check_proved("(^ (+ t_1 t_2) 2)", "1");
    check_proved("(exp (+ t_2 t_1))", "(exp 1)");
    ck_assert(prove_assumed(prover, read("t_1")) == 0);
    ck_assert(prove_assumed(prover, read("t_2")) != 0);
    ck_assert_uint_eq(prove_assume(prover, read("(* 3 t_2)"), read("t_1")), read("t_1"));
    check_proved("t_1", "3/4");
    check_proved("t_2", "1/4");
    check_refuted("t_2", "1/3");
}
END_TEST

START_TEST(assumptions_that_cannot_be_solved)
{
    define("h", "(+ s 1)");
    ck_assert_uint_eq(prove_assume(prover, read("(* a b)"), read("1")), 0);
    ck_assert_uint_eq(prove_assume(prover, read("(^ a 2)"), read("1")), 0);
    ck_assert_uint_eq(prove_assume(prover, read("1"), read("2")), 0);
    ck_assert_uint_eq(prove_assume(prover, read("h"), read("2")), 0);
    ck_assert_uint_eq(prove_assume(prover, read("(+ h s)"), read("3")), 0);
    ck_assert_uint_eq(prove_assume(prover, read("(exp a)"), read("2")), 0);
    ck_assert_uint_eq(prove_assume(prover, read("(+ a (^ b 2))"), read("h")), read("a"));
    check_proved("(+ a (^ b 2))", "(+ s 1)");
}
END_TEST

static uint64_t chance(uint64_t below)
{
    seed += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = (seed ^ (seed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (z ^ (z >> 31)) % below;
}

static expr_id apply_any(expr_id argument)
{
    static const char *const names[] = {"\\sigma", "tanh",    "softplus", "exp",
                                        "relu",    "\\sigma", "f"};
    const char *name = names[chance(7)];

    return function_apply(pool, lisp_read_function(pool, &name), argument);
}

static expr_id random_expression(void)
{
    static const char *const names[] = {"a", "b", "w"};
    expr_id made[8], first, second;
    size_t count = 4 + chance(5);

    for (size_t i = 0; i < count; i++) {
        first = i ? made[i - 1] : read(names[chance(3)]);
        second = i && chance(2) ? made[chance(i)] : read(names[chance(3)]);
        switch (chance(10)) {
        case 0:
            made[i] = expr_integer(pool, (long)chance(5) - 2);
            break;
        case 1:
            made[i] = read(names[chance(3)]);
            break;
        case 2:
        case 3:
            made[i] = expr_add(pool, first, second);
            break;
        case 4:
        case 5:
            made[i] = expr_multiply(pool, first, second);
            break;
        case 6:
            made[i] = expr_power(pool, first, 2);
            break;
        default:
            made[i] = apply_any(first);
            break;
        }
    }
    return made[count - 1];
}

/* Numbers, by code that shares nothing with the prover. */

static long double value_of_function(const struct function *function, long double x)
{
    long double s = 1 / (1 + expl(-x)), t = tanhl(x);

    switch (function->id) {
    case FUNCTION_SIGMOID:
        return function->primes ? s * (1 - s) : s;
    case FUNCTION_TANH:
        return function->primes ? 1 - t * t : t;
    case FUNCTION_SOFTPLUS:
        return function->primes ? s : log1pl(expl(x));
    case FUNCTION_RELU:
        return function->primes ? x > 0 : fmaxl(x, 0);
    case FUNCTION_EXP:
        return expl(x);
    default: /* an arbitrary one: sin(x + 1) */
        return function->primes ? cosl(x + 1) : sinl(x + 1);
    }
}

static long double value_of_node(expr_id e, const long double *values)
{
    long double x = expr_count(pool, e) ? values[expr_part(pool, e, 0)] : 0;

    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        return mpq_get_d(expr_peek_number(pool, e));
    case EXPR_SUM:
        for (size_t i = 1; i < expr_count(pool, e); i++)
            x += values[expr_part(pool, e, i)];
        return x;
    case EXPR_PRODUCT:
        for (size_t i = 1; i < expr_count(pool, e); i++)
            x *= values[expr_part(pool, e, i)];
        return x;
    case EXPR_NEGATE:
        return -x;
    case EXPR_QUOTIENT:
        return x / values[expr_part(pool, e, 1)];
    case EXPR_POWER:
        return powl(x, values[expr_part(pool, e, 1)]);
    case EXPR_APPLY:
        return value_of_function(function_peek(pool, e), values[expr_part(pool, e, 1)]);
    default:
        return 0;
    }
}

/* At a = .3, b = -.7, w = .45 and so on. */
static long double value_of(expr_id e, long double a, long double b, long double w)
{
    long double *values = calloc((size_t)e + 1, sizeof *values), result;
    struct expr_list nodes;

    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        expr_id node = nodes.items[i];
        values[node] = node == read("a")   ? a
                       : node == read("b") ? b
                       : node == read("w") ? w
                                           : value_of_node(node, values);
    }
    result = values[e];
    expr_list_clear(&nodes);
    free(values);
    return result;
}

static bool is_near(expr_id left, expr_id right)
{
    static const long double points[][3] = {
        {.3L, -.7L, .45L}, {-.2L, .1L, -.9L}, {.8L, .6L, .5L}, {-.6L, -.3L, .2L}};

    for (size_t i = 0; i < 4; i++) {
        const long double *p = points[i];
        long double l = value_of(left, p[0], p[1], p[2]),
                    r = value_of(right, p[0], p[1], p[2]);
        if (isfinite(l) && isfinite(r) && fabsl(l - r) > 1e-9L * (1 + fabsl(l)))
            return false;
    }
    return true;
}

static const char *lisp(expr_id e)
{
    static struct buf out;

    buf_truncate(&out, 0);
    lisp_write(&out, pool, e);
    return buf_peek(&out);
}

START_TEST(law_tangents_agree_with_symbolic_derivatives)
{
    size_t proved = 0;

    for (int i = 0; i < 500; i++) {
        expr_id e = random_expression(), w = read("w"), right;
        enum verdict verdict;
        function_write_values(pool, i % 2);
        right = diff_local(pool, e, w);
        verdict =
            prove_equal(prover, expr_derivative(pool, e, w), right, NULL, 0, &proof);
        ck_assert_msg(verdict != VERDICT_REFUTED, "%s", lisp(e));
        proved += verdict == VERDICT_PROVED || verdict == VERDICT_PROBABLE;
        if (verdict == VERDICT_UNDECIDED)
            printf("undecided: %s: %s\n", lisp(e), proof.reason);
    }
    ck_assert_uint_ge(proved, 490);
}
END_TEST

/* One symbol for another somewhere in a derivative, or a small term more. */
START_TEST(law_changed_derivatives_are_not_proved)
{
    size_t refuted = 0, changed = 0;

    for (int i = 0; i < 500; i++) {
        expr_id e = random_expression(), w = read("w"), right = diff_local(pool, e, w);
        enum verdict verdict;
        right = i % 2 ? expr_add(pool, right, read("(* 1/1000 (\\sigma a))"))
                      : substitute_one(pool, right, read("b"), read("a"));
        verdict = prove_equal(prover, diff_local(pool, e, w), right, NULL, 0, &proof);
        if (is_near(diff_local(pool, e, w), right))
            continue;
        changed++;
        refuted += verdict == VERDICT_REFUTED;
        ck_assert_msg(verdict == VERDICT_REFUTED || verdict == VERDICT_UNDECIDED,
                      "%s: %s", lisp(e), lisp(right));
    }
    printf("changed %zu, refuted %zu\n", changed, refuted);
    ck_assert_uint_ge(changed, 250);
    ck_assert_uint_ge(refuted * 10, changed * 9);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("functions");
    TCase *tests = tcase_create("functions");
    SRunner *runner = srunner_create(suite);
    int failed;

    seed = getenv("SEED") ? strtoull(getenv("SEED"), NULL, 10) : (uint64_t)time(NULL);
    printf("SEED=%llu\n", (unsigned long long)seed);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, derivatives_of_the_table_are_proved);
    tcase_add_test(tests, chains);
    tcase_add_test(tests, exponentials_split);
    tcase_add_test(tests, logarithms_split);
    tcase_add_test(tests, roots_and_steps);
    tcase_add_test(tests, kinks_at_numbers);
    tcase_add_test(tests, arbitrary_functions);
    tcase_add_test(tests, false_claims_are_refuted_by_values);
    tcase_add_test(tests, huge_values_do_no_harm);
    tcase_add_test(tests, conditions_hold_where_they_can_fail);
    tcase_add_test(tests, softmax);
    tcase_add_test(tests, a_wide_softmax_is_proved);
    tcase_add_test(tests, assumptions);
    tcase_add_test(tests, assumptions_that_cannot_be_solved);
    tcase_add_test(tests, law_tangents_agree_with_symbolic_derivatives);
    tcase_add_test(tests, law_changed_derivatives_are_not_proved);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
