#include "eval/sweep.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static const struct arith *const tables[] = {&arith_gmp, &arith_flint};
static const int table_count = 2;

static struct pool *pool;
static struct defs defs;
static struct budget budget;
static mpq_t values[2];
static expr_id u, v, goal;

static mpq_srcptr leaf(void *context, expr_id symbol)
{
    (void)context;
    return symbol == u ? values[0] : symbol == v ? values[1] : NULL;
}

/* u = 2/3, v = -5. */
static void setup(void)
{
    pool = pool_new();
    defs_init(&defs, pool, NULL, NULL);
    budget_init(&budget);
    budget.max_bytes = 1 << 16;
    u = expr_symbol(pool, "u");
    v = expr_symbol(pool, "v");
    goal = expr_symbol(pool, "E");
    mpq_inits(values[0], values[1], NULL);
    mpq_set_si(values[0], 2, 3);
    mpq_set_si(values[1], -5, 1);
}

static void teardown(void)
{
    mpq_clears(values[0], values[1], NULL);
    defs_clear(&defs);
    pool_free(pool);
}

static struct sweep *run(int table, enum arith_fault *fault)
{
    struct sweep_input input = {
        .defs = &defs, .arith = tables[table], .leaf = leaf, .budget = &budget};
    return sweep_new(&input, goal, fault);
}

static void check_gradient(const struct sweep *sweep, expr_id symbol, long numerator,
                           unsigned long denominator)
{
    struct enclosure gradient;
    enclosure_init(&gradient);
    sweep_gradient(sweep, symbol, &gradient);
    ck_assert(gradient.is_exact);
    ck_assert_int_eq(mpq_cmp_si(gradient.exact, numerator, denominator), 0);
    enclosure_clear(&gradient);
}

static void check_gradients(int table, expr_id e, const long expected[4])
{
    defs_set(&defs, goal, e);
    enum arith_fault fault;
    struct sweep *sweep = run(table, &fault);
    ck_assert_int_eq(fault, ARITH_OK);
    check_gradient(sweep, u, expected[0], (unsigned long)expected[1]);
    check_gradient(sweep, v, expected[2], (unsigned long)expected[3]);
    check_gradient(sweep, goal, 1, 1);
    check_gradient(sweep, expr_symbol(pool, "elsewhere"), 0, 1);
    sweep_free(sweep);
}

START_TEST(sums)
{
    expr_id terms[] = {u, expr_negate(pool, v), u};
    check_gradients(_i, expr_sum(pool, terms, 3), (long[]){2, 1, -1, 1});
}
END_TEST

START_TEST(products)
{
    expr_id factors[] = {u, v, u};
    check_gradients(_i, expr_product(pool, factors, 3), (long[]){-20, 3, 4, 9});
}
END_TEST

START_TEST(quotients)
{
    check_gradients(_i, expr_quotient(pool, u, v), (long[]){-1, 5, -2, 75});
}
END_TEST

START_TEST(powers)
{
    expr_id e = expr_add(pool, expr_power(pool, u, 3), expr_power(pool, v, -2));
    e = expr_add(pool, e, expr_power(pool, u, 0));
    check_gradients(_i, e, (long[]){4, 3, 2, 125});
}
END_TEST

/* a = u v, b = a + u a, E = a b: what definitions share is counted once for each use. */
START_TEST(through_definitions)
{
    expr_id a = expr_symbol(pool, "a"), b = expr_symbol(pool, "b");
    defs_set(&defs, a, expr_multiply(pool, u, v));
    defs_set(&defs, b, expr_add(pool, a, expr_multiply(pool, u, a)));
    /* E = u^2 v^2 (1 + u) */
    check_gradients(_i, expr_multiply(pool, a, b), (long[]){200, 3, -200, 27});
    enum arith_fault fault;
    struct sweep *sweep = run(_i, &fault);
    /* E = a^2 (1 + u) with u held elsewhere: dE/da = b + a (1 + u) */
    check_gradient(sweep, a, -100, 9);
    check_gradient(sweep, b, -10, 3);
    sweep_free(sweep);
}
END_TEST

/* The same product in two definitions is one node of the tape. */
START_TEST(shared_parts)
{
    expr_id a = expr_symbol(pool, "a"), product = expr_multiply(pool, u, v);
    defs_set(&defs, a, expr_add(pool, product, u));
    check_gradients(_i, expr_add(pool, expr_multiply(pool, a, a), product),
                    (long[]){49, 3, -26, 9});
}
END_TEST

/* x_{i+1} = x_i + x_i, 100 levels. */
START_TEST(doubling_chain)
{
    expr_id last = u;
    for (int i = 0; i < 100; i++) {
        char name[16];
        snprintf(name, sizeof name, "x_{%d}", i);
        expr_id next = expr_symbol(pool, name);
        expr_id parts[] = {last, last};
        defs_set(&defs, next, expr_sum(pool, parts, 2));
        last = next;
    }
    defs_set(&defs, goal, last);
    enum arith_fault fault;
    struct sweep *sweep = run(_i, &fault);
    struct enclosure gradient;
    mpq_t expected;
    mpq_init(expected);
    enclosure_init(&gradient);
    sweep_gradient(sweep, u, &gradient);
    mpz_ui_pow_ui(mpq_numref(expected), 2, 100);
    ck_assert(mpq_equal(gradient.exact, expected));
    enclosure_clear(&gradient);
    mpq_clear(expected);
    sweep_free(sweep);
}
END_TEST

static void check_fault(int table, expr_id e, enum arith_fault expected)
{
    defs_set(&defs, goal, e);
    enum arith_fault fault;
    ck_assert_ptr_null(run(table, &fault));
    ck_assert_int_eq(fault, expected);
}

START_TEST(faults)
{
    expr_id zero = expr_subtract(pool, u, u);
    check_fault(_i, expr_quotient(pool, u, zero), ARITH_ZERO_DIVISOR);
    check_fault(_i, expr_symbol(pool, "nothing"), ARITH_NO_VALUE);
    expr_id parts[] = {u, v};
    check_fault(_i, expr_make(pool, EXPR_POWER, parts, 2), ARITH_EXPONENT);
    check_fault(_i, expr_power(pool, u, 1L << 40), ARITH_TOO_LONG);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sweep");
    TCase *tcase = tcase_create("sweep");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, sums, 0, table_count);
    tcase_add_loop_test(tcase, products, 0, table_count);
    tcase_add_loop_test(tcase, quotients, 0, table_count);
    tcase_add_loop_test(tcase, powers, 0, table_count);
    tcase_add_loop_test(tcase, through_definitions, 0, table_count);
    tcase_add_loop_test(tcase, shared_parts, 0, table_count);
    tcase_add_loop_test(tcase, doubling_chain, 0, table_count);
    tcase_add_loop_test(tcase, faults, 0, table_count);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
