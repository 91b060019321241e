#include "base/buf.h"
#include "base/memory.h"

#include <check.h>
#include <string.h>

START_TEST(an_empty_buffer_reads_as_an_empty_text)
{
    struct buf buf;
    char *taken;

    buf_init(&buf);
    ck_assert_str_eq(buf_peek(&buf), "");
    buf_bytes(&buf, NULL, 0);
    ck_assert_str_eq(buf_peek(&buf), "");
    taken = buf_take(&buf);
    ck_assert_str_eq(taken, "");
    memory_free(taken);
}
END_TEST

START_TEST(pieces_are_joined)
{
    struct buf buf;

    buf_init(&buf);
    buf_text(&buf, "w_");
    buf_char(&buf, '1');
    buf_bytes(&buf, "^2x", 2);
    buf_format(&buf, " = %d/%s", 3, "7");
    ck_assert_str_eq(buf_peek(&buf), "w_1^2 = 3/7");
    ck_assert_uint_eq(buf.length, 11);
    buf_truncate(&buf, 3);
    buf_truncate(&buf, 9);
    ck_assert_str_eq(buf_peek(&buf), "w_1");
    buf_clear(&buf);
    ck_assert_uint_eq(buf.length, 0);
}
END_TEST

START_TEST(a_long_text_keeps_every_byte)
{
    struct buf buf;
    char *taken;

    buf_init(&buf);
    for (int i = 0; i < 100000; i++)
        buf_format(&buf, "%d,", i % 10);
    ck_assert_uint_eq(buf.length, 200000);
    taken = buf_take(&buf);
    ck_assert_uint_eq(strlen(taken), 200000);
    ck_assert_int_eq(taken[199998], '9');
    ck_assert_uint_eq(buf.length, 0);
    memory_free(taken);
}
END_TEST

START_TEST(a_nul_byte_is_kept)
{
    struct buf buf;

    buf_init(&buf);
    buf_bytes(&buf, "a\0b", 3);
    ck_assert_uint_eq(buf.length, 3);
    ck_assert_mem_eq(buf.data, "a\0b", 4);
    buf_clear(&buf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("buf");
    TCase *tcase = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, an_empty_buffer_reads_as_an_empty_text);
    tcase_add_test(tcase, pieces_are_joined);
    tcase_add_test(tcase, a_long_text_keeps_every_byte);
    tcase_add_test(tcase, a_nul_byte_is_kept);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
