#include "expr/diff.h"
#include "expr/function.h"
#include "lisp.h"
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
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
