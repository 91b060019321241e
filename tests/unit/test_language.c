#include "base/language.h"

#include <check.h>

START_TEST(test_find)
{
    ck_assert_str_eq(language_at(0)->code, "en");
    ck_assert_ptr_eq(language_find("en"), language_at(0));
    ck_assert_str_eq(language_find("de")->code, "de");
    ck_assert_ptr_null(language_find("it"));
    ck_assert_ptr_null(language_find("DE"));
    ck_assert_ptr_null(language_find("de_DE.UTF-8"));
    ck_assert_ptr_null(language_find(""));
}
END_TEST

START_TEST(test_text)
{
    const struct language *german = language_find("de"), *french = language_find("fr");
    ck_assert_str_eq(language_text(german, "product rule"), "Produktregel");
    ck_assert_str_eq(language_text(french, "product rule"), "règle du produit");
    ck_assert_str_eq(language_text(language_at(0), "product rule"), "product rule");
}
END_TEST

/* The head of a catalogue is the translation of the empty text. */
START_TEST(test_unknown)
{
    const struct language *german = language_find("de");
    ck_assert_str_eq(language_text(german, "no such text"), "no such text");
    ck_assert_str_eq(language_text(german, "\377"), "\377");
    ck_assert_str_eq(language_text(german, ""), "");
}
END_TEST

START_TEST(test_context)
{
    const char *one = NC_("multiplications, derivatives", "one");
    ck_assert_str_eq(language_text(language_find("de"), one), "eine");
    ck_assert_str_eq(language_text(language_at(0), one), "one");
    ck_assert_str_eq(language_text(language_find("de"), NC_("none such", "one")), "one");
}
END_TEST

static const char *equal(const char *code, size_t count)
{
    return language_counted(language_find(code), count, "{1} equal", "{1} equal");
}

START_TEST(test_counted)
{
    ck_assert_str_eq(equal("es", 0), "{1} iguales");
    ck_assert_str_eq(equal("es", 1), "{1} igual");
    ck_assert_str_eq(equal("es", 2), "{1} iguales");
    ck_assert_str_eq(equal("fr", 0), "{1} égale");
    ck_assert_str_eq(equal("fr", 1), "{1} égale");
    ck_assert_str_eq(equal("fr", 2), "{1} égales");
    ck_assert_str_eq(language_counted(language_at(0), 0, "one", "many"), "many");
    ck_assert_str_eq(language_counted(language_find("fr"), 0, "no such", "many"), "many");
    ck_assert_str_eq(language_counted(language_at(0), 1, "one", "many"), "one");
    /* A catalogue that has no plural of the text. */
    ck_assert_str_eq(language_counted(language_find("de"), 2, "path", "ways"), "ways");
}
END_TEST

START_TEST(test_fill)
{
    const char *const arguments[] = {"a", NULL, "{1}"};
    struct buf out;
    buf_init(&out);
    language_fill(&out, "{3} of {1}{2}, {4}; {0} {12} {", arguments, 3);
    ck_assert_str_eq(buf_peek(&out), "{1} of a, ; {0} {12} {");
    buf_clear(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("language");
    TCase *tests = tcase_create("language");
    tcase_add_test(tests, test_find);
    tcase_add_test(tests, test_text);
    tcase_add_test(tests, test_unknown);
    tcase_add_test(tests, test_context);
    tcase_add_test(tests, test_counted);
    tcase_add_test(tests, test_fill);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
