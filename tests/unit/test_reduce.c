#include "derive/reduce.h"
#include "unit/lisp.h"

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

START_TEST(what_is_divided_by_cancels)
{
    expect(reduce_fractions(pool, read("(* (/ t y) y (+ 1 (- y)))")),
           "(* t (+ 1 (- y)))");
    expect(reduce_fractions(pool, read("(* (/ t (* y z)) y)")), "(/ t z)");
    expect(reduce_fractions(pool, read("(* (/ t y) (^ y 3))")), "(* t (^ y 2))");
    expect(reduce_fractions(pool, read("(- (* (/ t y) y))")), "(- t)");
}
END_TEST

START_TEST(each_term_by_itself)
{
    expect(reduce_fractions(pool, read("(+ (* (/ a y) y) (* b c) (/ d y))")),
           "(+ a (* b c) (/ d y))");
    expect(reduce_fractions(pool, read("(- (+ (* (/ a y) y) b))")), "(- (+ a b))");
    expect(reduce_fractions(pool, read("(* x (+ (* (/ a y) y) b))")), "(* x (+ a b))");
}
END_TEST

START_TEST(a_sum_of_fractions_is_distributed)
{
    expect(reduce_fractions(pool, read("(* (+ (/ a y) (- (/ b z))) y z)")),
           "(+ (* a z) (- (* b y)))");
    ck_assert_uint_eq(reduce_fractions(pool, read("(* (+ (/ a y) (/ b z)) y)")), 0);
}
END_TEST

START_TEST(nothing_to_cancel)
{
    ck_assert_uint_eq(reduce_fractions(pool, read("(* (/ t y) z)")), 0);
    ck_assert_uint_eq(reduce_fractions(pool, read("(+ a b)")), 0);
    ck_assert_uint_eq(reduce_fractions(pool, read("a")), 0);
    ck_assert_uint_eq(reduce_fractions(pool, read("(/ y y)")), expr_integer(pool, 1));
}
END_TEST

START_TEST(softmax_is_collected)
{
    expect(reduce_multiplied(pool, read("(+ (* t (+ y (- 1))) (* u y) (* v y))")),
           "(+ (* y (+ t u v)) (- t))");
}
END_TEST

START_TEST(of_two_common_factors_the_shorter_sum)
{
    expect(reduce_multiplied(pool, read("(+ (* t (+ y (- 1))) (* u y))")),
           "(+ (* y (+ t u)) (- t))");
}
END_TEST

START_TEST(a_common_number_stands_in_front)
{
    expect(reduce_multiplied(pool, read("(+ (* t (+ (* 1/2 y) -1/2)) (* 1/2 u y))")),
           "(* 1/2 (+ (* y (+ t u)) (- t)))");
}
END_TEST

START_TEST(equal_terms_vanish)
{
    expect(reduce_multiplied(pool, read("(+ (* (- t) (+ 1 (- y))) (* (+ 1 (- t)) y))")),
           "(+ y (- t))");
    expect(reduce_multiplied(pool, read("(+ (* a (+ b c)) (- (* a b)) (- (* a c)))")),
           "0");
}
END_TEST

START_TEST(no_more_terms_than_before)
{
    ck_assert_uint_eq(reduce_multiplied(pool, read("(* (+ a b) (+ c d))")), 0);
    ck_assert_uint_eq(reduce_multiplied(pool, read("(* 1/2 (+ a b) (+ c d))")), 0);
    ck_assert_uint_eq(
        reduce_multiplied(pool,
                          read("(* (+ a b c d) (+ e f g h) (+ i j k l) (+ m n o p))")),
        0);
}
END_TEST

START_TEST(sums_in_any_order)
{
    ck_assert(reduce_is_sum(pool, read("(+ a b c)"), read("(+ c a b)")));
    ck_assert(!reduce_is_sum(pool, read("(+ a b b)"), read("(+ b a a)")));
    ck_assert(!reduce_is_sum(pool, read("(+ a b)"), read("(+ a b c)")));
    ck_assert(reduce_is_sum(pool, read("a"), read("a")));
    ck_assert(!reduce_is_sum(pool, read("a"), read("b")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reduce");
    TCase *tcase = tcase_create("reduce");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, what_is_divided_by_cancels);
    tcase_add_test(tcase, each_term_by_itself);
    tcase_add_test(tcase, a_sum_of_fractions_is_distributed);
    tcase_add_test(tcase, nothing_to_cancel);
    tcase_add_test(tcase, softmax_is_collected);
    tcase_add_test(tcase, a_common_number_stands_in_front);
    tcase_add_test(tcase, of_two_common_factors_the_shorter_sum);
    tcase_add_test(tcase, equal_terms_vanish);
    tcase_add_test(tcase, no_more_terms_than_before);
    tcase_add_test(tcase, sums_in_any_order);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
