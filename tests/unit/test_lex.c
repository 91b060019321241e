#include "tex/lex.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct source source;
static struct arena arena;
static struct diags diags;
static struct lex lex;

static void setup(void)
{
    memset(&source, 0, sizeof source);
    arena_init(&arena);
    diags_init(&diags);
}

static void teardown(void)
{
    source_clear(&source);
    arena_clear(&arena);
    diags_clear(&diags);
}

static void read_text(const char *text)
{
    source_clear(&source);
    ck_assert(source_from_text(&source, "test", text, strlen(text), &diags));
    lex =
        (struct lex){&source, &arena, &diags, 0, (uint32_t)source.length, '#', 0};
}

static void expect(enum token_kind kind, const char *text)
{
    struct token token;
    ck_assert(lex_next(&lex, &token));
    ck_assert_int_eq(token.kind, kind);
    ck_assert_str_eq(token.text, text);
}

static void refuse(const char *text, enum diag_code code, uint32_t column)
{
    struct token token;
    diags_clear(&diags);
    read_text(text);
    while (lex_next(&lex, &token) && token.kind != TOKEN_END)
        ;
    ck_assert_uint_eq(diags.count, 1);
    ck_assert_int_eq(diags.items[0].code, code);
    ck_assert_uint_eq(diags.items[0].place.span.begin + 1, column);
}

START_TEST(test_names)
{
    read_text("w net \\delta \\hat y \\bar{\\theta} \\text{net} \\mathrm{d}w");
    expect(TOKEN_NAME, "w");
    expect(TOKEN_NAME, "net");
    expect(TOKEN_NAME, "\\delta");
    expect(TOKEN_NAME, "\\hat{y}");
    expect(TOKEN_NAME, "\\bar{\\theta}");
    expect(TOKEN_NAME, "net");
    expect(TOKEN_NAME, "d");
    expect(TOKEN_NAME, "w");
    expect(TOKEN_END, "");
}
END_TEST

START_TEST(test_unicode)
{
    read_text("δ w₁₁² ∂ · − ŷ y\u0302 ∑");
    expect(TOKEN_NAME, "\\delta");
    expect(TOKEN_NAME, "w");
    expect(TOKEN_SUBS, "11");
    expect(TOKEN_SUPS, "2");
    expect(TOKEN_NAME, "\\partial");
    expect(TOKEN_TIMES, "*");
    expect(TOKEN_MINUS, "-");
    expect(TOKEN_NAME, "\\hat{y}");
    expect(TOKEN_NAME, "\\hat{y}");
    expect(TOKEN_BIG, "\\sum");
}
END_TEST

START_TEST(test_operators)
{
    read_text("\\left( a \\right. \\bigl[ 1.5 \\cdot 2 ] \\, \\frac \\neq # rest\n x");
    expect(TOKEN_OPEN, "(");
    expect(TOKEN_NAME, "a");
    expect(TOKEN_CLOSE, ".");
    expect(TOKEN_OPEN, "[");
    expect(TOKEN_NUMBER, "1.5");
    expect(TOKEN_TIMES, "\\cdot");
    expect(TOKEN_NUMBER, "2");
    expect(TOKEN_CLOSE, "]");
    expect(TOKEN_FRACTION, "\\frac");
    expect(TOKEN_RELATION, "\\neq");
    expect(TOKEN_NAME, "x");
    expect(TOKEN_END, "");
}
END_TEST

START_TEST(test_words)
{
    read_text("half-squares tanh half-x");
    expect(TOKEN_KEYWORD, "half-squares");
    expect(TOKEN_FUNCTION, "tanh");
    expect(TOKEN_NAME, "half");
    expect(TOKEN_MINUS, "-");
    expect(TOKEN_NAME, "x");
}
END_TEST

START_TEST(test_single)
{
    struct token token;
    read_text("12ab");
    ck_assert(lex_single(&lex, &token));
    ck_assert_str_eq(token.text, "1");
    ck_assert(lex_single(&lex, &token));
    ck_assert_str_eq(token.text, "2");
    ck_assert_uint_eq(lex_letters_and_digits(&lex), 2);
    ck_assert(lex_single(&lex, &token));
    ck_assert_str_eq(token.text, "a");
}
END_TEST

START_TEST(test_refused)
{
    refuse("a + \\input{x}", DIAG_FORMULA_COMMAND, 5);
    refuse("a ?b", DIAG_FORMULA_CHARACTER, 3);
    refuse("½", DIAG_FORMULA_CHARACTER, 1);
    refuse("\\hat{ab}", DIAG_NAME_ACCENT_LONG, 7);
    refuse("\\text{a b}", DIAG_NAME_WORD, 7);
    refuse("\\left a", DIAG_FORMULA_DELIMITER, 1);
    refuse("\\hat \\hat y", DIAG_NAME_ACCENT, 6);
    refuse("a\\", DIAG_FORMULA_COMMAND, 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lex");
    TCase *tests = tcase_create("lex");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_names);
    tcase_add_test(tests, test_unicode);
    tcase_add_test(tests, test_operators);
    tcase_add_test(tests, test_words);
    tcase_add_test(tests, test_single);
    tcase_add_test(tests, test_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
