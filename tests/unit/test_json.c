#include "data/json.h"

#include <check.h>
#include <stdlib.h>

static struct buf out;
static struct json json;

static void setup(void)
{
    buf_init(&out);
    json_init(&json, &out);
}

static void teardown(void)
{
    json_clear(&json);
    buf_clear(&out);
}

START_TEST(nests_and_indents)
{
    json_object(&json);
    json_key(&json, "a");
    json_array(&json);
    json_integer(&json, -7);
    json_boolean(&json, true);
    json_null(&json);
    json_end(&json);
    json_key(&json, "b");
    json_object(&json);
    json_key(&json, "c");
    json_text(&json, "d");
    json_end(&json);
    json_end(&json);
    ck_assert_str_eq(buf_peek(&out), "{\n  \"a\": [\n    -7,\n    true,\n    null\n  ],\n"
                                     "  \"b\": {\n    \"c\": \"d\"\n  }\n}\n");
}
END_TEST

START_TEST(empty_containers)
{
    json_array(&json);
    json_object(&json);
    json_end(&json);
    json_array(&json);
    json_end(&json);
    json_end(&json);
    ck_assert_str_eq(buf_peek(&out), "[\n  {},\n  []\n]\n");
}
END_TEST

static const struct {
    const char *text, *json;
} strings[] = {
    {"", "\"\""},
    {"say \"w\\x\"", "\"say \\\"w\\\\x\\\"\""},
    {"a\nb\tc\r\x01\x1b\x7f", "\"a\\nb\\tc\\u000d\\u0001\\u001b\\u007f\""},
    {"\\partial w₁₁ 𝛿", "\"\\\\partial w₁₁ 𝛿\""},
    {"\xff"
     "a\xc3",
     "\"\xef\xbf\xbd"
     "a\xef\xbf\xbd\""},
    {"\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\""},
    {"\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    {"\xf4\x90\x80\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    {"\xe0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\""},
    {"\xf0\x9f", "\"\xef\xbf\xbd\xef\xbf\xbd\""},
};

START_TEST(escapes)
{
    json_text(&json, strings[_i].text);
    ck_assert_str_eq(buf_peek(&out), strings[_i].json);
}
END_TEST

START_TEST(exact_numbers_are_texts)
{
    mpq_t value;
    mpq_init(value);
    mpq_set_si(value, -3, 7);
    json_array(&json);
    json_rational(&json, value);
    mpz_ui_pow_ui(mpq_numref(value), 10, 30);
    json_count(&json, mpq_numref(value));
    json_end(&json);
    ck_assert_str_eq(buf_peek(&out),
                     "[\n  \"-3/7\",\n  \"1000000000000000000000000000000\"\n]\n");
    mpq_clear(value);
}
END_TEST

START_TEST(streams)
{
    json_array(&json);
    json_integer(&json, 1);
    buf_truncate(&out, 0);
    json_integer(&json, 2);
    json_end(&json);
    ck_assert_str_eq(buf_peek(&out), ",\n  2\n]\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json");
    TCase *tcase = tcase_create("json");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, nests_and_indents);
    tcase_add_test(tcase, empty_containers);
    tcase_add_loop_test(tcase, escapes, 0, (int)(sizeof strings / sizeof *strings));
    tcase_add_test(tcase, exact_numbers_are_texts);
    tcase_add_test(tcase, streams);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
