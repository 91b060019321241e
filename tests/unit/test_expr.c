#include "base/buf.h"
#include "expr/defs.h"
#include "expr/expr.h"

#include <check.h>
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

START_TEST(equal_expressions_have_one_id)
{
    expr_id x = expr_symbol(pool, "x_{1}"), y = expr_symbol(pool, "y"), s;
    mpq_t half;

    mpq_init(half);
    mpq_set_si(half, 1, 2);
    s = expr_add(pool, x, y);
    ck_assert_uint_eq(expr_symbol(pool, "x_{1}"), x);
    ck_assert_uint_ne(x, y);
    ck_assert_uint_eq(expr_add(pool, x, y), s);
    ck_assert_uint_ne(expr_add(pool, y, x), s);
    ck_assert_uint_ne(expr_multiply(pool, x, y), s);
    ck_assert_uint_eq(expr_number(pool, half), expr_number(pool, half));
    ck_assert_uint_ne(expr_number(pool, half), expr_integer(pool, 2));
    ck_assert_uint_ne(expr_integer(pool, 1), expr_integer(pool, -1));
    mpq_clear(half);
}
END_TEST

START_TEST(parts_come_back_in_order)
{
    expr_id x = expr_symbol(pool, "x"), y = expr_symbol(pool, "y");
    expr_id s = expr_sum(pool, (expr_id[]){y, x, y}, 3), d = expr_subtract(pool, x, y);

    ck_assert_int_eq(expr_kind(pool, s), EXPR_SUM);
    ck_assert_uint_eq(expr_count(pool, s), 3);
    ck_assert_uint_eq(expr_part(pool, s, 0), y);
    ck_assert_uint_eq(expr_part(pool, s, 1), x);
    ck_assert_uint_eq(expr_peek_parts(pool, s)[2], y);
    ck_assert_int_eq(expr_kind(pool, expr_part(pool, d, 1)), EXPR_NEGATE);
    ck_assert_uint_lt(expr_part(pool, d, 1), d);
    ck_assert_str_eq(expr_peek_name(pool, x), "x");
}
END_TEST

START_TEST(short_sums_and_products)
{
    expr_id x = expr_symbol(pool, "x");

    ck_assert(expr_is_integer(pool, expr_sum(pool, NULL, 0), 0));
    ck_assert(expr_is_integer(pool, expr_product(pool, NULL, 0), 1));
    ck_assert_uint_eq(expr_sum(pool, &x, 1), x);
    ck_assert_uint_eq(expr_product(pool, &x, 1), x);
}
END_TEST

START_TEST(symbols_are_found_not_made)
{
    expr_id x;

    ck_assert_uint_eq(expr_find_symbol(pool, "x"), 0);
    ck_assert_uint_eq(pool_count(pool), 0);
    x = expr_symbol(pool, "x");
    ck_assert_uint_eq(expr_find_symbol(pool, "x"), x);
}
END_TEST

START_TEST(parts_of_the_pool_itself_may_be_given)
{
    expr_id s = expr_add(pool, expr_symbol(pool, "a"), expr_symbol(pool, "b"));

    for (int i = 0; i < 2000; i++) {
        expr_id parts[2];
        parts[0] = expr_part(pool, s, 0);
        parts[1] = expr_part(pool, s, 1);
        ck_assert_uint_ne(expr_make(pool, i % 2 ? EXPR_PRODUCT : EXPR_QUOTIENT,
                                    expr_peek_parts(pool, s), 2),
                          0);
        s = expr_add(pool, s, parts[i % 2]);
    }
    ck_assert_uint_eq(expr_part(pool, s, 1), expr_part(pool, expr_part(pool, s, 0), 1));
}
END_TEST

START_TEST(tree_size_saturates)
{
    expr_id e = expr_symbol(pool, "x");

    ck_assert_uint_eq(expr_tree_size(pool, e), 1);
    e = expr_add(pool, e, e);
    ck_assert_uint_eq(expr_tree_size(pool, e), 3);
    for (int i = 0; i < 100; i++)
        e = expr_add(pool, e, e);
    ck_assert(expr_tree_size(pool, e) == UINT64_MAX);
    ck_assert_uint_eq(pool_count(pool), 102);
}
END_TEST

START_TEST(many_nodes_stay_findable)
{
    struct buf name;
    expr_id ids[5000];

    buf_init(&name);
    for (int i = 0; i < 5000; i++) {
        buf_truncate(&name, 0);
        buf_format(&name, "w_{%d}^{%d}", i % 70, i / 70);
        ids[i] = expr_symbol(pool, buf_peek(&name));
    }
    for (int i = 0; i < 5000; i++) {
        buf_truncate(&name, 0);
        buf_format(&name, "w_{%d}^{%d}", i % 70, i / 70);
        ck_assert_uint_eq(expr_find_symbol(pool, buf_peek(&name)), ids[i]);
    }
    ck_assert_uint_eq(pool_count(pool), 5000);
    buf_clear(&name);
}
END_TEST

/* Defines h_{n} as 1 + h_{n-1}, by symbol id: ids are made in order here. */
static expr_id make_chain(void *context, expr_id symbol)
{
    (*(int *)context)++;
    return symbol > 1 ? expr_add(pool, expr_integer(pool, 1), symbol - 1) : 0;
}

START_TEST(definitions_are_made_once)
{
    struct defs defs;
    int calls = 0;
    expr_id a = expr_symbol(pool, "a"), b = expr_symbol(pool, "b"), value;

    defs_init(&defs, pool, make_chain, &calls);
    ck_assert_uint_eq(defs_get(&defs, a), 0);
    value = defs_get(&defs, b);
    ck_assert_uint_eq(expr_part(pool, value, 1), a);
    ck_assert_uint_eq(defs_get(&defs, b), value);
    ck_assert_uint_eq(defs_get(&defs, a), 0);
    ck_assert_int_eq(calls, 2);
    defs_set(&defs, a, value);
    ck_assert_uint_eq(defs_get(&defs, a), value);
    defs_clear(&defs);
    defs_init(&defs, pool, NULL, NULL);
    ck_assert_uint_eq(defs_get(&defs, b), 0);
    defs_clear(&defs);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("expr");
    TCase *tests = tcase_create("expr");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, equal_expressions_have_one_id);
    tcase_add_test(tests, parts_come_back_in_order);
    tcase_add_test(tests, short_sums_and_products);
    tcase_add_test(tests, symbols_are_found_not_made);
    tcase_add_test(tests, parts_of_the_pool_itself_may_be_given);
    tcase_add_test(tests, tree_size_saturates);
    tcase_add_test(tests, many_nodes_stay_findable);
    tcase_add_test(tests, definitions_are_made_once);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
