#include "expr/site.h"

#include <check.h>
#include <stdlib.h>

static struct pool *pool;
static struct sites sites;
static expr_id a, b, c;

static void setup(void)
{
    pool = pool_new();
    sites_init(&sites);
    a = expr_symbol(pool, "a");
    b = expr_symbol(pool, "b");
    c = expr_symbol(pool, "c");
}

static void teardown(void)
{
    sites_clear(&sites);
    pool_free(pool);
}

static bool is_this(void *context, const struct pool *unused, expr_id part)
{
    (void)unused;
    return part == *(expr_id *)context;
}

static expr_id put(void *context, expr_id part)
{
    (void)part;
    return *(expr_id *)context;
}

START_TEST(every_occurrence_is_found_in_order)
{
    expr_id ab = expr_multiply(pool, a, b);
    expr_id e = expr_sum(pool, (expr_id[]){ab, c, expr_negate(pool, ab), a}, 4);

    sites_find(&sites, pool, e, is_this, &a);
    ck_assert_uint_eq(sites.count, 3);
    ck_assert_uint_eq(sites.items[0].depth, 2);
    ck_assert_uint_eq(sites.items[0].steps[0], 0);
    ck_assert_uint_eq(sites.items[0].steps[1], 0);
    ck_assert_uint_eq(sites.items[1].depth, 3);
    ck_assert_uint_eq(sites.items[1].steps[0], 2);
    ck_assert_uint_eq(sites.items[2].depth, 1);
    ck_assert_uint_eq(sites.items[2].steps[0], 3);
}
END_TEST

static bool is_sum(void *context, const struct pool *of, expr_id part)
{
    (void)context;
    return expr_kind(of, part) == EXPR_SUM;
}

START_TEST(outermost_only)
{
    expr_id e = expr_add(pool, a, expr_multiply(pool, b, expr_add(pool, a, c)));

    sites_find(&sites, pool, e, is_sum, NULL);
    ck_assert_uint_eq(sites.count, 1);
    ck_assert_uint_eq(sites.items[0].depth, 0);
}
END_TEST

START_TEST(derivatives_are_not_entered)
{
    expr_id e = expr_add(pool, expr_derivative(pool, a, b), expr_local(pool, c, a));

    sites_find(&sites, pool, e, is_this, &a);
    ck_assert_uint_eq(sites.count, 0);
    expr_id d = expr_derivative(pool, a, b);
    sites_find(&sites, pool, e, is_this, &d);
    ck_assert_uint_eq(sites.count, 1);
}
END_TEST

START_TEST(rewriting_keeps_the_rest)
{
    expr_id ab = expr_multiply(pool, a, b);
    expr_id e = expr_sum(pool, (expr_id[]){ab, c, expr_negate(pool, ab), a}, 4), zero,
            want;

    zero = expr_integer(pool, 0);
    sites_find(&sites, pool, e, is_this, &a);
    want = expr_multiply(pool, zero, b);
    want = expr_sum(pool, (expr_id[]){want, c, expr_negate(pool, want), zero}, 4);
    ck_assert_uint_eq(sites_rewrite(pool, e, &sites, put, &zero), want);
    ck_assert_uint_eq(sites_rewrite(pool, e, &sites, put, &a), e);
}
END_TEST

START_TEST(the_order_of_sites_does_not_matter)
{
    expr_id e = expr_sum(pool, (expr_id[]){a, a, a}, 3);

    sites_push(&sites, (uint32_t[]){2}, 1);
    sites_push(&sites, (uint32_t[]){0}, 1);
    ck_assert_uint_eq(sites_rewrite(pool, e, &sites, put, &b),
                      expr_sum(pool, (expr_id[]){b, a, b}, 3));
}
END_TEST

START_TEST(sites_that_do_not_exist)
{
    expr_id e = expr_add(pool, a, expr_negate(pool, b)), nothing = 0;

    sites_push(&sites, (uint32_t[]){2}, 1);
    ck_assert_uint_eq(sites_rewrite(pool, e, &sites, put, &c), 0);
    sites_clear(&sites);
    sites_push(&sites, (uint32_t[]){0, 0}, 2);
    ck_assert_uint_eq(sites_rewrite(pool, e, &sites, put, &c), 0);
    sites_clear(&sites);
    sites_push(&sites, (uint32_t[]){1}, 1);
    ck_assert_uint_eq(sites_rewrite(pool, e, &sites, put, &nothing), 0);
    sites_push(&sites, (uint32_t[]){1, 0}, 2);
    ck_assert_uint_eq(sites_rewrite(pool, e, &sites, put, &c), 0);
    sites_clear(&sites);
    sites_root(&sites);
    ck_assert_uint_eq(sites_rewrite(pool, e, &sites, put, &c), c);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("site");
    TCase *tests = tcase_create("site");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, every_occurrence_is_found_in_order);
    tcase_add_test(tests, outermost_only);
    tcase_add_test(tests, derivatives_are_not_entered);
    tcase_add_test(tests, rewriting_keeps_the_rest);
    tcase_add_test(tests, the_order_of_sites_does_not_matter);
    tcase_add_test(tests, sites_that_do_not_exist);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
