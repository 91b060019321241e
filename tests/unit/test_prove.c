#include "expr/diff.h"
#include "lisp.h"
#include "prove/cone.h"
#include "prove/prove.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct pool *pool;
static struct defs defs;
static struct budget budget;
static struct prover *prover;
static struct proof proof;
static struct lemma lemmas[16];
static size_t lemma_count;
static uint64_t seed;

static void setup(void)
{
    pool = pool_new();
    defs_init(&defs, pool, NULL, NULL);
    budget_init(&budget);
    prover = prover_new(&defs, &budget, seed);
    proof_init(&proof);
    lemma_count = 0;
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

static void grant(const char *left, const char *right)
{
    lemmas[lemma_count].left = read(left);
    lemmas[lemma_count++].right = read(right);
}

static enum verdict prove(const char *left, const char *right)
{
    return prove_equal(prover, read(left), read(right), lemmas, lemma_count, &proof);
}

static void check_proved(const char *left, const char *right)
{
    enum verdict verdict = prove(left, right);

    ck_assert_msg(verdict == VERDICT_PROVED, "%s = %s: %d %s", left, right, (int)verdict,
                  proof.reason ? proof.reason : "");
}

static void check_refuted(const char *left, const char *right)
{
    ck_assert_msg(prove(left, right) == VERDICT_REFUTED, "%s = %s", left, right);
    ck_assert(proof.is_too_long || !proof.has_left || !proof.has_right ||
              !mpq_equal(proof.left, proof.right));
}

static void check_undecided(const char *left, const char *right)
{
    ck_assert_int_eq(prove(left, right), VERDICT_UNDECIDED);
    ck_assert_ptr_nonnull(proof.reason);
}

static void check_value(mpq_srcptr value, long above, unsigned long below)
{
    ck_assert_msg(mpq_cmp_si(value, above, below) == 0, "not %ld/%lu", above, below);
}

/* E = 1/2 [(t_1 - y_1)^2 + (t_2 - y_2)^2] of a network 2-2-2. */
static void define_network(void)
{
    define("h_1", "(+ (* x_1 w_1) (* x_2 w_2))");
    define("h_2", "(+ (* x_1 w_3) (* x_2 w_4))");
    define("y_1", "(+ (* h_1 v_1) (* h_2 v_2))");
    define("y_2", "(+ (* h_1 v_3) (* h_2 v_4))");
    define("E", "(* 1/2 (+ (^ (+ t_1 (- y_1)) 2) (^ (+ t_2 (- y_2)) 2)))");
}

START_TEST(algebra_is_proved)
{
    check_proved("x", "x");
    check_proved("(^ (+ a b) 2)", "(+ (^ a 2) (* 2 a b) (^ b 2))");
    check_proved("(+ (/ 1 2) (/ 1 3))", "5/6");
    check_proved("(* (+ a (- b)) (+ a b))", "(+ (^ a 2) (- (^ b 2)))");
    check_proved("(+ (/ a b) (/ c d))", "(/ (+ (* a d) (* c b)) (* b d))");
    check_proved("(+ a (- a))", "0");
    check_proved("(^ x -2)", "(/ 1 (* x x))");
    check_proved("(* 1/2 (+ (* 2 a) (* 2 b)))", "(+ a b)");
}
END_TEST

START_TEST(false_claims_get_simple_counterexamples)
{
    check_refuted("(^ (+ a b) 2)", "(+ (^ a 2) (^ b 2))");
    ck_assert_uint_eq(proof.witness_count, 2);
    check_value(proof.witnesses[0].value, 1, 1);
    check_value(proof.witnesses[1].value, 1, 1);
    ck_assert(proof.has_left && proof.has_right);
    check_value(proof.left, 4, 1);
    check_value(proof.right, 2, 1);
    check_refuted("(* 2 x y)", "(* x y)");
    check_value(proof.left, 2, 1);
    check_refuted("1", "2");
    ck_assert_uint_eq(proof.witness_count, 0);
    check_value(proof.left, 1, 1);
}
END_TEST

START_TEST(only_symbols_that_matter_are_witnesses)
{
    check_refuted("(+ a (* b c))", "(+ 1 a (* b c))");
    ck_assert_uint_le(proof.witness_count, 2);
    check_refuted("(* x (+ a b))", "(* x a)");
    ck_assert_uint_eq(proof.witness_count, 3);
    for (size_t i = 0; i < 3; i++)
        check_value(proof.witnesses[i].value, proof.witnesses[i].symbol != read("a"), 1);
}
END_TEST

START_TEST(roots_are_avoided)
{
    check_refuted("(* x (+ x -1) (+ x 1) (+ x -2))", "0");
    check_value(proof.witnesses[0].value, -2, 1);
    check_refuted("(/ x (+ x -1))", "(/ x (+ x 1))");
    check_value(proof.witnesses[0].value, 2, 1);
}
END_TEST

START_TEST(definitions_are_put_in_where_needed)
{
    define_network();
    check_proved("y_1", "(+ (* h_1 v_1) (* h_2 v_2))");
    check_proved("y_1", "(+ (* x_1 (+ (* w_1 v_1) (* w_3 v_2)))"
                        " (* x_2 (+ (* w_2 v_1) (* w_4 v_2))))");
    check_proved("(* 2 E)", "(+ (^ (+ t_1 (- y_1)) 2) (^ (+ t_2 (- y_2)) 2))");
    check_refuted("y_1", "(* h_1 v_1)");
}
END_TEST

START_TEST(heights_and_what_hangs_on_what)
{
    struct cone cone;
    struct expr_list users;

    define_network();
    cone_init(&cone, &defs);
    expr_list_init(&users);
    ck_assert(cone_hangs_on(&cone, read("y_1"), read("w_1")));
    ck_assert(!cone_hangs_on(&cone, read("y_1"), read("v_3")));
    ck_assert(!cone_hangs_on(&cone, read("h_2"), read("w_1")));
    ck_assert(cone_hangs_on(&cone, read("E"), read("w_1")));
    ck_assert_uint_eq(cone_height(&cone, read("w_1")), 0);
    ck_assert_uint_eq(cone_height(&cone, read("h_1")), 1);
    ck_assert_uint_eq(cone_height(&cone, read("y_1")), 2);
    ck_assert_uint_eq(cone_height(&cone, read("E")), 3);
    cone_users(&cone, read("h_1"), &users);
    ck_assert_uint_eq(users.count, 2);
    expr_list_clear(&users);
    cone_clear(&cone);
}
END_TEST

START_TEST(total_derivatives_follow_definitions)
{
    define_network();
    check_proved("(D y_1 w_1)", "(* v_1 x_1)");
    check_proved("(D y_1 h_1)", "v_1");
    check_proved("(D y_1 t_1)", "0");
    check_proved("(D w_1 w_1)", "1");
    check_proved("(D E w_1)",
                 "(* x_1 (+ (* (+ y_1 (- t_1)) v_1) (* (+ y_2 (- t_2)) v_3)))");
    check_proved("(D E w_1)", "(+ (* (D E y_1) (D y_1 w_1)) (* (D E y_2) (D y_2 w_1)))");
    check_proved("(D (* 1/2 (^ (+ t_1 (- y_1)) 2)) w_1)",
                 "(* 1/2 2 (+ t_1 (- y_1)) (+ 0 (- (D y_1 w_1))))");
    check_refuted("(D E w_1)", "(* x_1 (+ t_1 (- y_1)) v_1)");
}
END_TEST

START_TEST(local_derivatives_hold_the_rest)
{
    define("h_1", "(* w x_1)");
    define("h_2", "(+ (* w x_2) (* u h_1))");
    check_proved("(L h_2 w)", "x_2");
    check_proved("(D h_2 w)", "(+ x_2 (* u x_1))");
    check_proved("(D h_2 w)", "(+ (L h_2 w) (* (L h_2 h_1) (L h_1 w)))");
    check_proved("(L h_2 x_1)", "0");
    check_proved("(L w w)", "1");
    check_proved("(L w u)", "0");
    check_refuted("(L h_2 w)", "(D h_2 w)");
}
END_TEST

START_TEST(derivatives_of_every_kind)
{
    check_proved("(D (/ a b) b)", "(- (/ a (^ b 2)))");
    check_proved("(D (/ a b) a)", "(/ 1 b)");
    check_proved("(D (^ x 7) x)", "(* 7 (^ x 6))");
    check_proved("(D (^ x -1) x)", "(- (/ 1 (* x x)))");
    check_proved("(D (* x x y) x)", "(* 2 x y)");
    check_proved("(D (D (^ x 3) x) x)", "(* 6 x)");
    define("f", "(/ 1 (+ 1 (^ x 2)))");
    check_proved("(D (D f x) x)", "(/ (+ (* 6 (^ x 2)) -2) (^ (+ 1 (^ x 2)) 3))");
}
END_TEST

START_TEST(forward_lemmas_are_unknowns)
{
    define_network();
    grant("(D h_1 w_1)", "p");
    grant("(D h_2 w_1)", "q");
    check_proved("(D y_1 w_1)", "(+ (* v_1 p) (* v_2 q))");
    check_proved("(D y_1 w_1)", "(+ (* v_1 (D h_1 w_1)) (* v_2 q))");
    check_refuted("(D y_1 w_1)", "(+ (* v_1 p) (* v_1 q) v_1)");
    check_refuted("(D y_1 w_2)", "(+ (* v_1 p) (* v_2 q))");
    check_proved("(D y_1 w_2)", "(* v_1 x_2)");
}
END_TEST

START_TEST(backward_lemmas_are_unknowns)
{
    define_network();
    grant("(D E y_1)", "\\delta_1");
    grant("\\delta_2", "(D E y_2)");
    check_proved("(D E h_1)", "(+ (* v_1 \\delta_1) (* v_3 \\delta_2))");
    check_refuted("(D E h_1)", "(+ (* v_1 \\delta_1) (* v_1 \\delta_2))");
    check_proved("\\delta_1", "(+ y_1 (- t_1))");
}
END_TEST

START_TEST(lemmas_may_give_numbers)
{
    define_network();
    grant("(D h_2 w_1)", "0");
    check_proved("(D y_1 w_1)", "(* v_1 x_1)");
    check_proved("(+ x_1 0)", "x_1");
}
END_TEST

/* A symbol and what it is equal to are differentiated apart: the symbol is varied in
   place. */
START_TEST(lemmas_do_not_mislead_tangents)
{
    define("y", "(* h v)");
    define("F", "(+ y (* h v))");
    grant("y", "(* h v)");
    grant("u", "0");
    grant("a", "b");
    check_proved("(D F y)", "1");
    check_refuted("(D F y)", "2");
    check_proved("(D F v)", "(* 2 h)");
    check_refuted("(D F v)", "0");
    check_proved("(D (* w u) u)", "w");
    check_refuted("(D (* w u) u)", "0");
    check_refuted("(D (+ a b) b)", "(D (+ a b) c)");
}
END_TEST

START_TEST(conditions_are_told)
{
    check_proved("(/ x x)", "1");
    ck_assert_uint_eq(proof.conditions.count, 1);
    ck_assert_uint_eq(proof.conditions.items[0], read("x"));
    check_proved("(/ x 2)", "(* 1/2 x)");
    ck_assert_uint_eq(proof.conditions.count, 0);
    check_proved("(/ a (* 2 (+ 1 1)))", "(* 1/4 a)");
    ck_assert_uint_eq(proof.conditions.count, 0);
    check_proved("(* (^ (+ a b) -1) (+ a b))", "1");
    ck_assert_uint_eq(proof.conditions.items[0], read("(+ a b)"));
}
END_TEST

START_TEST(defined_nowhere_is_refuted)
{
    check_refuted("(/ 0 0)", "1");
    ck_assert(!proof.has_left && proof.has_right);
    check_value(proof.right, 1, 1);
    check_refuted("(/ 1 (+ w (- w)))", "(/ 1 (+ w (- w)))");
    ck_assert(!proof.has_left && !proof.has_right);
    check_refuted("x", "(* x (^ 0 -1))");
    ck_assert(proof.has_left && !proof.has_right);
    define("y", "(* x w)");
    check_refuted("(/ 1 (+ y (- (* w x))))", "(/ 1 (+ y (- (* w x))))");
    ck_assert(!proof.has_left && !proof.has_right);
}
END_TEST

/* What surrounds a divisor that is 0 may be too large to multiply out. */
START_TEST(a_small_zero_in_a_large_expression_is_refuted)
{
    check_refuted("(* (^ (+ a b c d e) 1000) (/ x (+ w (- w))))",
                  "(* (^ (+ a b c d e) 1000) (/ x (+ w (- w))))");
    ck_assert(!proof.has_left && !proof.has_right);
    check_refuted("(+ (^ (+ a b c d e) 1000) (^ (+ w (- w)) -3))", "a");
    ck_assert(!proof.has_left && proof.has_right);
}
END_TEST

START_TEST(primes_and_small_perturbations)
{
    char tiny[450];

    check_refuted("(* 2305843009213693951 x)", "0");
    check_refuted("(+ (^ x 2147483647) (- x))", "0");
    ck_assert(proof.is_too_long);
    check_refuted("(+ (^ x 7) (- x))", "0");
    check_value(proof.witnesses[0].value, 2, 1);
    snprintf(tiny, sizeof tiny, "(+ x 1e-400)");
    check_refuted("x", tiny);
    check_refuted("(* 0.333333 x)", "(* 1/3 x)");
    check_proved("(* (^ x 1000000000000) x)", "(^ x 1000000000001)");
}
END_TEST

START_TEST(too_large_is_probable)
{
    expr_id factors[70], forward, backward;
    char name[32];

    for (int i = 0; i < 70; i++) {
        snprintf(name, sizeof name, "(+ a_%d b_%d)", i, i);
        factors[i] = read(name);
    }
    forward = expr_product(pool, factors, 70);
    for (int i = 0; i < 35; i++) {
        expr_id swapped = factors[i];
        factors[i] = factors[69 - i];
        factors[69 - i] = swapped;
    }
    backward = expr_product(pool, factors, 70);
    ck_assert_int_eq(prove_equal(prover, forward, backward, NULL, 0, &proof),
                     VERDICT_PROVED);
    factors[69] = read("(+ a_0 a_0 b_0 (- a_0))");
    backward = expr_product(pool, factors, 70);
    ck_assert_int_eq(prove_equal(prover, forward, backward, NULL, 0, &proof),
                     VERDICT_PROBABLE);
    ck_assert_uint_gt(proof.bound, 100);
    ck_assert_int_eq(
        prove_equal(prover, forward, expr_product(pool, factors, 69), NULL, 0, &proof),
        VERDICT_REFUTED);
    ck_assert(!mpq_equal(proof.left, proof.right));
}
END_TEST

/* At degree 2^40 a point agrees by chance with up to 2^40 of 2^61 values. */
START_TEST(a_bound_is_honest_about_the_degree)
{
    expr_id forward = read("(^ (+ x y) 1099511627776)");
    expr_id backward = read("(^ (+ x y y (- y)) 1099511627776)");
    ck_assert_int_eq(prove_equal(prover, forward, backward, NULL, 0, &proof),
                     VERDICT_PROBABLE);
    ck_assert_uint_gt(proof.bound, 30);
    ck_assert_uint_le(proof.bound, 3 * 21);
}
END_TEST

/* Each term hangs on one symbol of its own: a thousand derivatives of a thousand terms.
 */
START_TEST(derivatives_of_a_wide_sum)
{
    enum { WIDE = 1000 };
    expr_id terms[WIDE], locals[WIDE], factors[WIDE], h = read("h"), x = read("x");
    char name[64];

    for (int i = 0; i < WIDE; i++) {
        snprintf(name, sizeof name, "(* w_%d x)", i);
        terms[i] = read(name);
        snprintf(name, sizeof name, "w_%d", i);
        locals[i] = expr_local(pool, h, read(name));
        factors[i] = x;
    }
    defs_set(&defs, h, expr_sum(pool, terms, WIDE));
    ck_assert_int_eq(prove_equal(prover, expr_sum(pool, locals, WIDE),
                                 expr_sum(pool, factors, WIDE), NULL, 0, &proof),
                     VERDICT_PROVED);
    locals[7] = expr_local(pool, h, x);
    ck_assert_int_eq(prove_equal(prover, expr_sum(pool, locals, WIDE),
                                 expr_sum(pool, factors, WIDE), NULL, 0, &proof),
                     VERDICT_REFUTED);
}
END_TEST

START_TEST(a_symbol_by_itself_is_1)
{
    expr_id h = read("h"), one = expr_integer(pool, 1);

    defs_set(&defs, h, read("(* w x)"));
    ck_assert_int_eq(prove_equal(prover, expr_local(pool, h, h), one, NULL, 0, &proof),
                     VERDICT_PROVED);
    ck_assert_int_eq(
        prove_equal(prover, expr_derivative(pool, h, h), one, NULL, 0, &proof),
        VERDICT_PROVED);
}
END_TEST

START_TEST(what_cannot_be_decided_has_a_reason)
{
    check_undecided("(^ x y)", "1");
    check_undecided("(D x (+ x 1))", "1");
    define("p", "(+ q 1)");
    define("q", "(+ p 1)");
    check_undecided("p", "(+ p 1)");
}
END_TEST

START_TEST(shared_doubling_is_not_expanded)
{
    expr_id e = read("x"), f = e;

    for (int i = 0; i < 100; i++)
        e = expr_add(pool, e, e);
    for (int i = 0; i < 100; i++)
        f = expr_multiply(pool, read("2"), f);
    ck_assert_int_eq(prove_equal(prover, e, f, NULL, 0, &proof), VERDICT_PROVED);
    ck_assert_int_eq(prove_equal(prover, e, expr_add(pool, f, e), NULL, 0, &proof),
                     VERDICT_REFUTED);
}
END_TEST

START_TEST(deep_expressions)
{
    expr_id e = read("x"), one = read("1"), d;

    for (int i = 0; i < 20000; i++)
        e = expr_negate(pool, expr_add(pool, e, one));
    ck_assert_int_eq(prove_equal(prover, e, read("x"), NULL, 0, &proof), VERDICT_PROVED);
    d = expr_derivative(pool, e, read("x"));
    ck_assert_int_eq(prove_equal(prover, d, one, NULL, 0, &proof), VERDICT_PROVED);
}
END_TEST

static uint64_t chance(uint64_t below)
{
    seed += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = (seed ^ (seed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (z ^ (z >> 31)) % below;
}

static expr_id random_expression(const char *const *names, size_t name_count)
{
    expr_id made[12], parts[3];
    size_t count = 4 + chance(8);

    for (size_t i = 0; i < count; i++) {
        size_t wide = 2 + chance(2);
        for (size_t j = 0; j < 3; j++)
            parts[j] = i ? made[chance(i)] : read(names[chance(name_count)]);
        switch (chance(8)) {
        case 0:
            made[i] = expr_integer(pool, (long)chance(5) - 2);
            break;
        case 1:
        case 2:
            made[i] = read(names[chance(name_count)]);
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
            made[i] = expr_power(pool, parts[0], (long)chance(4) - 1);
            break;
        default:
            made[i] = expr_quotient(pool, parts[0], parts[1]);
            break;
        }
    }
    return made[count - 1];
}

static const char *lisp(expr_id e)
{
    static struct buf out;

    buf_truncate(&out, 0);
    lisp_write(&out, pool, e);
    return buf_peek(&out);
}

static bool is_nowhere(void)
{
    return proof.verdict == VERDICT_REFUTED && !(proof.has_left && proof.has_right);
}

/* Fractions of fractions of fractions may be too large to multiply out. */
static bool is_granted(void)
{
    return proof.verdict == VERDICT_PROVED || proof.verdict == VERDICT_PROBABLE ||
           is_nowhere();
}

START_TEST(law_folding_is_proved_and_a_change_refuted)
{
    static const char *const names[] = {"a", "b", "w"};

    for (int i = 0; i < 1000; i++) {
        expr_id e = random_expression(names, 3),
                more = expr_add(pool, e, read("(* a b 1/7)"));
        enum verdict verdict = prove_equal(prover, e, fold(pool, e), NULL, 0, &proof);
        ck_assert_msg(verdict == VERDICT_PROVED || is_nowhere(), "%s", lisp(e));
        verdict = prove_equal(prover, e, more, NULL, 0, &proof);
        ck_assert_msg(verdict == VERDICT_REFUTED, "%s", lisp(e));
        ck_assert_msg(proof.is_too_long || is_nowhere() ||
                          !mpq_equal(proof.left, proof.right),
                      "%s", lisp(e));
    }
}
END_TEST

START_TEST(law_tangents_agree_with_symbolic_derivatives)
{
    static const char *const names[] = {"a", "b", "w"};

    for (int i = 0; i < 1000; i++) {
        expr_id e = random_expression(names, 3), w = read("w");
        expr_id left = expr_derivative(pool, e, w), right = diff_local(pool, e, w);
        prove_equal(prover, left, right, NULL, 0, &proof);
        ck_assert_msg(is_granted(), "%s", lisp(e));
    }
}
END_TEST

/* Wide sums are differentiated by what the symbol touches alone. */
START_TEST(law_local_derivatives_of_wide_sums)
{
    static const char *const names[] = {"a", "b", "w"};
    expr_id y = read("y"), w = read("w"), terms[40];

    for (int i = 0; i < 300; i++) {
        for (int k = 0; k < 40; k++)
            terms[k] = random_expression(names, 3);
        defs_set(&defs, y, expr_sum(pool, terms, 40));
        prover_free(prover);
        prover = prover_new(&defs, &budget, chance(UINT64_MAX) + 1);
        lemmas[0] = (struct lemma){terms[chance(40)], read("u")};
        prove_equal(prover, expr_local(pool, y, w),
                    diff_local(pool, defs_get(&defs, y), w), lemmas, i % 2, &proof);
        ck_assert_msg(is_granted(), "%s", lisp(defs_get(&defs, y)));
    }
}
END_TEST

/* p, q, r defined one by the other: d r/dw is the sum over all paths. */
START_TEST(law_total_derivatives_are_sums_over_paths)
{
    static const char *const names[] = {"a", "w", "p", "q"};
    expr_id p = read("p"), q = read("q"), r = read("r"), w = read("w"), sum;

    for (int i = 0; i < 500; i++) {
        defs_set(&defs, p, random_expression(names, 2));
        defs_set(&defs, q, random_expression(names, 3));
        defs_set(&defs, r, random_expression(names, 4));
        prover_free(prover);
        prover = prover_new(&defs, &budget, chance(UINT64_MAX) + 1);
        sum = expr_local(pool, r, w);
        sum =
            expr_add(pool, sum,
                     expr_multiply(pool, expr_local(pool, r, p), expr_local(pool, p, w)));
        sum = expr_add(
            pool, sum,
            expr_multiply(pool, expr_local(pool, r, q), expr_derivative(pool, q, w)));
        prove_equal(prover, expr_derivative(pool, r, w), sum, NULL, 0, &proof);
        ck_assert_msg(is_granted(), "%s", lisp(defs_get(&defs, r)));
        lemmas[0] = (struct lemma){expr_derivative(pool, r, q), read("\\delta_q")};
        lemmas[1] = (struct lemma){expr_derivative(pool, r, p), read("\\delta_p")};
        sum = expr_add(pool, expr_local(pool, r, p),
                       expr_multiply(pool, read("\\delta_q"), expr_local(pool, q, p)));
        prove_equal(prover, lemmas[1].left, sum, lemmas, 1, &proof);
        ck_assert_msg(is_granted(), "back: %s", lisp(defs_get(&defs, r)));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("prove");
    TCase *tests = tcase_create("prove");
    SRunner *runner = srunner_create(suite);
    int failed;

    seed = getenv("SEED") ? strtoull(getenv("SEED"), NULL, 10) : (uint64_t)time(NULL);
    printf("SEED=%llu\n", (unsigned long long)seed);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, algebra_is_proved);
    tcase_add_test(tests, false_claims_get_simple_counterexamples);
    tcase_add_test(tests, only_symbols_that_matter_are_witnesses);
    tcase_add_test(tests, roots_are_avoided);
    tcase_add_test(tests, definitions_are_put_in_where_needed);
    tcase_add_test(tests, heights_and_what_hangs_on_what);
    tcase_add_test(tests, total_derivatives_follow_definitions);
    tcase_add_test(tests, local_derivatives_hold_the_rest);
    tcase_add_test(tests, derivatives_of_every_kind);
    tcase_add_test(tests, forward_lemmas_are_unknowns);
    tcase_add_test(tests, backward_lemmas_are_unknowns);
    tcase_add_test(tests, lemmas_may_give_numbers);
    tcase_add_test(tests, lemmas_do_not_mislead_tangents);
    tcase_add_test(tests, conditions_are_told);
    tcase_add_test(tests, defined_nowhere_is_refuted);
    tcase_add_test(tests, a_small_zero_in_a_large_expression_is_refuted);
    tcase_add_test(tests, primes_and_small_perturbations);
    tcase_add_test(tests, too_large_is_probable);
    tcase_add_test(tests, a_bound_is_honest_about_the_degree);
    tcase_add_test(tests, derivatives_of_a_wide_sum);
    tcase_add_test(tests, a_symbol_by_itself_is_1);
    tcase_add_test(tests, what_cannot_be_decided_has_a_reason);
    tcase_add_test(tests, shared_doubling_is_not_expanded);
    tcase_add_test(tests, deep_expressions);
    tcase_add_test(tests, law_folding_is_proved_and_a_change_refuted);
    tcase_add_test(tests, law_tangents_agree_with_symbolic_derivatives);
    tcase_add_test(tests, law_local_derivatives_of_wide_sums);
    tcase_add_test(tests, law_total_derivatives_are_sums_over_paths);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
