#include "base/diag.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/utf8.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct source source;
static struct diags diags;

static void set_up(void)
{
    diags_init(&diags);
    memset(&source, 0, sizeof source);
}

static void tear_down(void)
{
    source_clear(&source);
    diags_clear(&diags);
}

static bool take(const char *text, size_t length)
{
    return source_from_text(&source, "test.net", text, length, &diags);
}

static void check_position(uint32_t offset, uint32_t line, uint32_t column)
{
    struct position at = source_position(&source, offset);

    ck_assert_uint_eq(at.line, line);
    ck_assert_uint_eq(at.column, column);
}

/* The text is refused with this code at this line and column. */
static void check_refused(enum diag_code code, uint32_t line, uint32_t column)
{
    struct position at;

    ck_assert_uint_eq(diags.count, 1);
    ck_assert_int_eq(diags.items[0].code, code);
    ck_assert_ptr_nonnull(diags.items[0].place.source);
    at = source_position(&source, diags.items[0].place.span.begin);
    ck_assert_uint_eq(at.line, line);
    ck_assert_uint_eq(at.column, column);
}

START_TEST(every_kind_of_line_end_counts_once)
{
    ck_assert(take("a\nb\r\nc\rd", 8));
    ck_assert_uint_eq(source.line_count, 4);
    check_position(0, 1, 1);
    check_position(2, 2, 1);
    check_position(3, 2, 2);
    check_position(5, 3, 1);
    check_position(7, 4, 1);
    check_position(8, 4, 2);
    check_position(1000, 4, 2);
}
END_TEST

START_TEST(a_column_is_a_code_point)
{
    ck_assert(take("δ₁ = 1", strlen("δ₁ = 1")));
    check_position(2, 1, 2);
    check_position(3, 1, 2);
    check_position(5, 1, 3);
}
END_TEST

START_TEST(an_empty_text_has_one_line)
{
    ck_assert(take("", 0));
    ck_assert_uint_eq(source.line_count, 1);
    check_position(0, 1, 1);
}
END_TEST

START_TEST(a_byte_order_mark_is_dropped)
{
    ck_assert(take("\xEF\xBB\xBFx", 4));
    ck_assert_str_eq(source.text, "x");
    ck_assert_uint_eq(source.length, 1);
    check_position(0, 1, 1);
}
END_TEST

START_TEST(utf16_is_named)
{
    ck_assert(!take("\xFF\xFEi\0n\0", 6));
    check_refused(DIAG_SOURCE_UTF16, 1, 1);
}
END_TEST

START_TEST(utf16_without_mark_is_named)
{
    ck_assert(!take("\0i\0n", 4));
    check_refused(DIAG_SOURCE_UTF16, 1, 1);
}
END_TEST

START_TEST(overlong_and_broken_utf8_is_refused)
{
    static const char *const texts[] = {
        "ab\nc\xC0\xAF",         "ab\nc\xE0\x80\xAF",
        "ab\nc\xF0\x80\x80\xAF", "ab\nc\x80",
        "ab\nc\xED\xA0\x80",     "ab\nc\xE2\x82",
        "ab\nc\xF4\x90\x80\x80", "ab\nc\xFF",
        "ab\nc\xF8\x88\x80\x80",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ck_assert(!take(texts[i], strlen(texts[i])));
        check_refused(DIAG_SOURCE_UTF8, 2, 2);
        tear_down();
        set_up();
    }
}
END_TEST

START_TEST(a_nul_byte_is_refused)
{
    ck_assert(!take("abc\n\0", 5));
    check_refused(DIAG_SOURCE_NUL, 2, 1);
}
END_TEST

START_TEST(a_missing_file_is_status_5)
{
    ck_assert(!source_load(&source, "/nonexistent/net", &diags));
    ck_assert_int_eq(diags_status(&diags), STATUS_FILE);
}
END_TEST

START_TEST(a_directory_is_status_5)
{
    ck_assert(!source_load(&source, "/", &diags));
    ck_assert_int_eq(diags_status(&diags), STATUS_FILE);
}
END_TEST

START_TEST(an_endless_file_stops_at_the_limit)
{
    ck_assert(!source_load(&source, "/dev/zero", &diags));
    ck_assert_int_eq(diags_status(&diags), STATUS_LIMIT);
}
END_TEST

START_TEST(a_dash_is_standard_input)
{
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], "layer y 1\n", 10), 10);
    close(ends[1]);
    ck_assert_int_ge(dup2(ends[0], STDIN_FILENO), 0);
    ck_assert(source_load(&source, "-", &diags));
    ck_assert_str_eq(source.text, "layer y 1\n");
    ck_assert_str_eq(source.name, "<stdin>");
}
END_TEST

START_TEST(spans_join)
{
    struct span a = {3, 5}, b = {1, 4};

    ck_assert_uint_eq(span_join(a, b).begin, 1);
    ck_assert_uint_eq(span_join(a, b).end, 5);
}
END_TEST

START_TEST(every_code_point_is_read_back)
{
    uint32_t point = 0;

    ck_assert_uint_eq(utf8_read("\xF0\x9D\x91\xA4", 4, &point), 4);
    ck_assert_uint_eq(point, 0x1D464);
    ck_assert_uint_eq(utf8_read("₁", 3, &point), 3);
    ck_assert_uint_eq(point, 0x2081);
    ck_assert(utf8_is_control(0x202E));
    ck_assert(!utf8_is_control('a'));
    ck_assert_uint_eq(utf8_width(0x302), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("source");
    TCase *tcase = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, every_kind_of_line_end_counts_once);
    tcase_add_test(tcase, a_column_is_a_code_point);
    tcase_add_test(tcase, an_empty_text_has_one_line);
    tcase_add_test(tcase, a_byte_order_mark_is_dropped);
    tcase_add_test(tcase, utf16_is_named);
    tcase_add_test(tcase, utf16_without_mark_is_named);
    tcase_add_test(tcase, overlong_and_broken_utf8_is_refused);
    tcase_add_test(tcase, a_nul_byte_is_refused);
    tcase_add_test(tcase, a_missing_file_is_status_5);
    tcase_add_test(tcase, a_directory_is_status_5);
    tcase_add_test(tcase, an_endless_file_stops_at_the_limit);
    tcase_add_test(tcase, a_dash_is_standard_input);
    tcase_add_test(tcase, spans_join);
    tcase_add_test(tcase, every_code_point_is_read_back);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
