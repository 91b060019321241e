#include "base/name.h"

#include <check.h>
#include <string.h>

static void check_written(void (*write)(struct buf *, const char *),
                          const char *canonical, const char *expected)
{
    struct buf out;

    buf_init(&out);
    write(&out, canonical);
    ck_assert_str_eq(buf_peek(&out), expected);
    buf_clear(&out);
}

START_TEST(a_name_is_taken_apart_and_put_together)
{
    static const char *const names[] = {
        "x",           "w_{11}^{2}",     "\\hat{y}_{1}", "net_{h1}",
        "\\delta_{1}", "a_{j}^{[1](i)}", "w'_{1}",       "x^{2}",
        "b_{\\alpha}", "\\hat{y}^{1}",   "δ_{1}"};
    struct buf out;

    buf_init(&out);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct name name;

        ck_assert_msg(name_split(&name, names[i]), "%s", names[i]);
        buf_truncate(&out, 0);
        name_join(&out, &name);
        ck_assert_str_eq(buf_peek(&out), names[i]);
    }
    buf_clear(&out);
}
END_TEST

START_TEST(parts_are_the_right_slices)
{
    struct name name;

    ck_assert(name_split(&name, "\\hat{y}_{1,2}^{[1]}"));
    ck_assert_mem_eq(name.head, "\\hat{y}", name.head_length);
    ck_assert_uint_eq(name.head_length, 7);
    ck_assert_mem_eq(name.sub, "1,2", 3);
    ck_assert_uint_eq(name.sub_length, 3);
    ck_assert_mem_eq(name.sup, "[1]", 3);
    ck_assert_uint_eq(name.sup_length, 3);
    ck_assert(name_split(&name, "x"));
    ck_assert_uint_eq(name.sub_length + name.sup_length, 0);
}
END_TEST

START_TEST(what_is_not_canonical_is_refused)
{
    static const char *const texts[] = {
        "",        "_{1}", "w_1",       "w_{1", "w_{}", "w^{2}_{1}", "w_{1}x",
        "w_{1 2}", "1",    "w_{1}_{2}", "\\",   "w }",  "w_{1}}"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct name name;

        ck_assert_msg(!name_split(&name, texts[i]), "%s", texts[i]);
    }
}
END_TEST

START_TEST(latex_has_the_fewest_braces)
{
    check_written(name_latex, "h_{1}^{2}", "h_1^2");
    check_written(name_latex, "w_{11}^{2}", "w_{11}^2");
    check_written(name_latex, "w_{1,1}^{2}", "w_{1,1}^2");
    check_written(name_latex, "net_{h1}", "\\mathrm{net}_{h1}");
    check_written(name_latex, "\\delta_{1}", "\\delta_1");
    check_written(name_latex, "δ_{1}", "\\delta_1");
    check_written(name_latex, "\\hat{y}_{1}", "\\hat{y}_1");
    check_written(name_latex, "w'_{1}^{2}", "w'^2_1");
    check_written(name_latex, "a_{j}^{[1]}", "a_j^{[1]}");
    check_written(name_latex, "b_{\\alpha}", "b_{\\alpha}");
    check_written(name_latex, "E", "E");
}
END_TEST

START_TEST(unicode_uses_scripts_where_all_exist)
{
    check_written(name_unicode, "w_{11}^{2}", "w₁₁²");
    check_written(name_unicode, "w_{1,11}^{2}", "w_{1,11}²");
    check_written(name_unicode, "\\delta_{1}^{2}", "δ₁²");
    check_written(name_unicode, "\\hat{y}_{1}", "y\u0302₁");
    check_written(name_unicode, "net_{h1}", "netₕ₁");
    check_written(name_unicode, "x_{b}", "x_{b}");
    check_written(name_unicode, "a^{[1]}", "a^{[1]}");
    check_written(name_unicode, "b_{\\alpha}", "b_{α}");
    check_written(name_unicode, "w'_{1}", "w′₁");
}
END_TEST

START_TEST(the_plain_form_needs_no_braces)
{
    check_written(name_plain, "w_{11}^{2}", "w_11^2");
    check_written(name_plain, "w_{1,11}^{2}", "w_1,11^2");
    check_written(name_plain, "\\delta_{1}", "delta_1");
    check_written(name_plain, "E", "E");
}
END_TEST

START_TEST(identifiers_are_letters_digits_and_underscores)
{
    check_written(name_identifier, "w_{11}^{2}", "w_11__2");
    check_written(name_identifier, "w_{1,1}^{2}", "w_1_1__2");
    check_written(name_identifier, "\\delta_{1}", "delta_1");
    check_written(name_identifier, "\\hat{y}_{1}", "hat_y_1");
    check_written(name_identifier, "a_{j}^{[1](i)}", "a_j__1_i");
    check_written(name_identifier, "w^{2}", "w__2");
    check_written(name_identifier, "w'_{1}", "w_prime_1");
    check_written(name_identifier, "δ_{1}", "delta_1");
}
END_TEST

START_TEST(greek_goes_both_ways)
{
    ck_assert_str_eq(name_greek_to_unicode("\\delta", 6), "δ");
    ck_assert_str_eq(name_greek_from_unicode("δ", 2), "\\delta");
    ck_assert_ptr_null(name_greek_to_unicode("\\delt", 5));
    ck_assert_ptr_null(name_greek_to_unicode("\\deltas", 7));
    ck_assert_ptr_null(name_greek_from_unicode("d", 1));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("name");
    TCase *tcase = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, a_name_is_taken_apart_and_put_together);
    tcase_add_test(tcase, parts_are_the_right_slices);
    tcase_add_test(tcase, what_is_not_canonical_is_refused);
    tcase_add_test(tcase, latex_has_the_fewest_braces);
    tcase_add_test(tcase, unicode_uses_scripts_where_all_exist);
    tcase_add_test(tcase, the_plain_form_needs_no_braces);
    tcase_add_test(tcase, identifiers_are_letters_digits_and_underscores);
    tcase_add_test(tcase, greek_goes_both_ways);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
