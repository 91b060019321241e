#include "doc/formula.h"

#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;

static void setup(void)
{
    arena_init(&arena);
}

static void teardown(void)
{
    arena_clear(&arena);
}

static struct formula *name(const char *text)
{
    return formula_text(&arena, FORMULA_NAME, text);
}

static struct formula *make(enum formula_kind kind, struct formula *first,
                            struct formula *second, unsigned size)
{
    struct formula *parts[] = {first, second};
    return formula_make(&arena, kind, "(", parts, second ? 2 : 1, size);
}

START_TEST(a_fraction_is_as_wide_as_its_wider_part)
{
    struct formula *narrow = name("x"), *wide = name("w_{11}^{2}");
    struct formula *fraction = make(FORMULA_FRACTION, narrow, wide, 1);

    ck_assert_uint_lt(formula_width(narrow), formula_width(wide));
    ck_assert_uint_gt(formula_width(fraction), formula_width(wide));
    ck_assert_uint_lt(formula_width(fraction),
                      formula_width(wide) + formula_width(narrow));
}
END_TEST

START_TEST(scripts_above_each_other_take_the_room_of_one)
{
    ck_assert_uint_eq(formula_width(name("w_{11}^{23}")), formula_width(name("w_{11}")));
    ck_assert_uint_lt(formula_width(name("w_{1}^{2}")), formula_width(name("w_{111}")));
}
END_TEST

START_TEST(fractions_and_brackets_make_formulas_higher)
{
    struct formula *x = name("x"), *fraction = make(FORMULA_FRACTION, x, x, 1);
    struct formula *bracket = make(FORMULA_BRACKET, x, NULL, 0);

    ck_assert_uint_eq(x->height, 0);
    ck_assert_uint_eq(fraction->height, 2);
    ck_assert_uint_eq(make(FORMULA_FRACTION, fraction, x, 1)->height, 3);
    ck_assert_uint_eq(make(FORMULA_FRACTION, x, x, 0)->height, 0);
    ck_assert_uint_eq(bracket->nesting, 1);
    ck_assert_uint_eq(make(FORMULA_BRACKET, bracket, NULL, 1)->nesting, 2);
}
END_TEST

START_TEST(rows_grow)
{
    struct formula *row = formula_row(&arena), *x = name("x");
    struct formula *fraction = make(FORMULA_FRACTION, x, x, 1);

    for (int i = 0; i < 100; i++)
        formula_append(&arena, row, i == 50 ? fraction : x);
    ck_assert_uint_eq(row->count, 100);
    ck_assert_ptr_eq(row->parts[50], fraction);
    ck_assert_ptr_eq(row->parts[99], x);
    ck_assert_uint_eq(formula_width(row),
                      99 * formula_width(x) + formula_width(fraction));
    ck_assert_uint_eq(row->height, 2);
}
END_TEST

START_TEST(widths_do_not_wrap_around)
{
    struct formula *row = name("x");

    for (int i = 0; i < 40; i++)
        row = make(FORMULA_ROW, row, row, 0);
    ck_assert_uint_eq(formula_width(row), UINT_MAX);
}
END_TEST

/* Writes a step for each place, so that the order can be compared. */
static void trace(const struct formula *formula, char *out)
{
    struct formula_walk walk;
    struct formula_step step;

    formula_walk_init(&walk, formula);
    while (formula_walk_next(&walk, &step)) {
        if (step.formula->kind == FORMULA_NAME)
            strcat(out, step.formula->text);
        else
            sprintf(out + strlen(out), "<%zu>", step.index);
    }
    formula_walk_clear(&walk);
}

START_TEST(a_walk_visits_every_place)
{
    char out[100] = "";
    struct formula *x = name("x"), *y = name("y");
    struct formula *parts[] = {x, NULL};
    struct formula *sum = formula_make(&arena, FORMULA_BIG, "\\sum", parts, 2, 0);

    trace(make(FORMULA_ROW, make(FORMULA_POWER, x, y, 0), sum, 0), out);
    ck_assert_str_eq(out, "<0><0>x<1>y<2><1><0>x<1><2><2>");
}
END_TEST

START_TEST(a_walk_can_pass_over_parts)
{
    struct formula *power = make(FORMULA_POWER, name("x"), name("y"), 0);
    struct formula *row = make(FORMULA_ROW, power, name("z"), 0);
    struct formula_walk walk;
    struct formula_step step;
    size_t index, names = 0;

    formula_walk_init(&walk, row);
    while (formula_walk_next(&walk, &step)) {
        if (step.formula == power) {
            ck_assert_ptr_eq(formula_walk_parent(&walk, &index), row);
            ck_assert_uint_eq(index, 0);
            formula_walk_skip(&walk);
        }
        names += step.formula->kind == FORMULA_NAME;
    }
    formula_walk_clear(&walk);
    ck_assert_uint_eq(names, 1);
}
END_TEST

START_TEST(deep_formulas_are_walked)
{
    struct formula *deep = name("x");
    struct formula_walk walk;
    struct formula_step step;
    size_t steps = 0;

    for (int i = 0; i < 200000; i++)
        deep = make(FORMULA_BRACKET, deep, NULL, 0);
    formula_walk_init(&walk, deep);
    while (formula_walk_next(&walk, &step))
        steps++;
    formula_walk_clear(&walk);
    ck_assert_uint_eq(steps, 400001);
}
END_TEST

START_TEST(rows_and_marks_are_not_seen)
{
    struct formula *x = name("x"), *y = name("y"), *flat = formula_row(&arena);
    struct formula *nested = formula_row(&arena), *inner = formula_row(&arena);

    formula_append(&arena, flat, x);
    formula_append(&arena, flat, y);
    formula_append(&arena, inner, y);
    formula_append(&arena, nested, x);
    formula_append(&arena, nested, make(FORMULA_MARK, inner, NULL, 1));
    ck_assert(formula_looks_like(flat, nested));
    ck_assert(!formula_looks_like(flat, x));
    ck_assert(!formula_looks_like(x, y));
    ck_assert(!formula_looks_like(make(FORMULA_FRACTION, x, y, 1), flat));
    ck_assert(!formula_looks_like(make(FORMULA_BRACKET, x, NULL, 0),
                                  make(FORMULA_BRACKET, x, NULL, 1)));
}
END_TEST

START_TEST(signs_are_known)
{
    ck_assert_int_eq(formula_sign("+")->class, SIGN_BINARY);
    ck_assert_int_eq(formula_sign("\\partial")->class, SIGN_PREFIX);
    ck_assert_ptr_null(formula_sign("\\input"));
    ck_assert(formula_is_sign(formula_text(&arena, FORMULA_SIGN, "-"), "-"));
    ck_assert(!formula_is_sign(name("-"), "-"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formula");
    TCase *tests = tcase_create("formula");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_fraction_is_as_wide_as_its_wider_part);
    tcase_add_test(tests, scripts_above_each_other_take_the_room_of_one);
    tcase_add_test(tests, fractions_and_brackets_make_formulas_higher);
    tcase_add_test(tests, rows_grow);
    tcase_add_test(tests, widths_do_not_wrap_around);
    tcase_add_test(tests, a_walk_visits_every_place);
    tcase_add_test(tests, a_walk_can_pass_over_parts);
    tcase_add_test(tests, deep_formulas_are_walked);
    tcase_add_test(tests, rows_and_marks_are_not_seen);
    tcase_add_test(tests, signs_are_known);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
