#include "expr/walk.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static struct pool *pool;
static struct expr_list list;

static void setup(void)
{
    pool = pool_new();
    expr_list_init(&list);
}

static void teardown(void)
{
    expr_list_clear(&list);
    pool_free(pool);
}

static expr_id symbol(const char *name)
{
    return expr_symbol(pool, name);
}

START_TEST(nodes_come_parts_first_and_once)
{
    expr_id unused = symbol("unused"), b = symbol("b"), a = symbol("a");
    expr_id s = expr_add(pool, a, b), e = expr_multiply(pool, s, s);

    walk_nodes(pool, e, &list);
    ck_assert_uint_eq(list.count, 4);
    ck_assert_uint_eq(list.items[0], b);
    ck_assert_uint_eq(list.items[1], a);
    ck_assert_uint_eq(list.items[2], s);
    ck_assert_uint_eq(list.items[3], e);
    ck_assert_uint_ne(unused, 0);
}
END_TEST

START_TEST(nodes_of_a_deep_expression)
{
    expr_id e = symbol("x");

    for (int i = 0; i < 100000; i++)
        e = expr_negate(pool, e);
    walk_nodes(pool, e, &list);
    ck_assert_uint_eq(list.count, 100001);
    for (size_t i = 1; i < list.count; i++)
        ck_assert_uint_lt(list.items[i - 1], list.items[i]);
}
END_TEST

/* The pool is large, the expressions are small. */
START_TEST(a_walk_costs_what_it_meets)
{
    expr_id first = symbol("first"), last = first;
    struct expr_list some;

    for (int i = 0; i < 1000000; i++)
        last = expr_negate(pool, last);
    last = expr_add(pool, first, expr_negate(pool, symbol("last")));
    expr_list_init(&some);
    for (int i = 0; i < 100000; i++) {
        some.count = list.count = 0;
        walk_nodes(pool, last, &list);
        walk_symbols(pool, last, &some);
        ck_assert_uint_eq(list.count, 4);
        ck_assert_uint_eq(some.count, 2);
        ck_assert_uint_eq(some.items[0], first);
    }
    expr_list_clear(&some);
}
END_TEST

START_TEST(symbols_come_as_written)
{
    expr_id b = symbol("b"), a = symbol("a"), c = symbol("c");
    expr_id ca = expr_multiply(pool, c, a);
    expr_id e = expr_sum(pool, (expr_id[]){ca, expr_negate(pool, b), a}, 3);

    walk_symbols(pool, e, &list);
    ck_assert_uint_eq(list.count, 3);
    ck_assert_uint_eq(list.items[0], c);
    ck_assert_uint_eq(list.items[1], a);
    ck_assert_uint_eq(list.items[2], b);
}
END_TEST

START_TEST(deep_symbols_come_arguments_first)
{
    struct defs defs;
    expr_id y = symbol("y"), h = symbol("h"), w = symbol("w"), x = symbol("x"),
            t = symbol("t");

    defs_init(&defs, pool, NULL, NULL);
    defs_set(&defs, h, expr_multiply(pool, x, w));
    defs_set(&defs, y, expr_add(pool, h, expr_multiply(pool, h, x)));
    walk_symbols_deep(&defs, expr_subtract(pool, t, y), &list);
    ck_assert_uint_eq(list.count, 5);
    ck_assert_uint_eq(list.items[0], t);
    ck_assert_uint_eq(list.items[1], x);
    ck_assert_uint_eq(list.items[2], w);
    ck_assert_uint_eq(list.items[3], h);
    ck_assert_uint_eq(list.items[4], y);
    defs_clear(&defs);
}
END_TEST

/* Doubles: s_{n} := s_{n-1} + s_{n-1}. */
START_TEST(shared_definitions_are_walked_once)
{
    struct defs defs;
    char name[16];
    expr_id below = symbol("s");

    defs_init(&defs, pool, NULL, NULL);
    for (int i = 1; i <= 200; i++) {
        snprintf(name, sizeof name, "s_{%d}", i);
        expr_id s = symbol(name);
        defs_set(&defs, s, expr_add(pool, below, below));
        below = s;
    }
    walk_symbols_deep(&defs, below, &list);
    ck_assert_uint_eq(list.count, 201);
    ck_assert_uint_eq(list.items[0], symbol("s"));
    ck_assert_uint_eq(list.items[200], below);
    defs_clear(&defs);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("walk");
    TCase *tests = tcase_create("walk");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, nodes_come_parts_first_and_once);
    tcase_add_test(tests, nodes_of_a_deep_expression);
    tcase_add_test(tests, a_walk_costs_what_it_meets);
    tcase_add_test(tests, symbols_come_as_written);
    tcase_add_test(tests, deep_symbols_come_arguments_first);
    tcase_add_test(tests, shared_definitions_are_walked_once);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
