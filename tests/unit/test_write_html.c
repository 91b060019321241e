/* Pages: nothing that a text says acts, and formulas are one element each. */
#include "write/write.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct doc doc;
static struct buf out;

static void setup(void)
{
    doc_init(&doc);
    buf_init(&out);
}

static void teardown(void)
{
    buf_clear(&out);
    doc_clear(&doc);
}

static struct formula *leaf(enum formula_kind kind, const char *text)
{
    return formula_text(&doc.arena, kind, text);
}

static struct formula *make(enum formula_kind kind, const char *text, struct formula *a,
                            struct formula *b, unsigned size)
{
    struct formula *parts[] = {a, b};
    return formula_make(&doc.arena, kind, text, parts, b ? 2 : 1, size);
}

static const char *written(void)
{
    buf_truncate(&out, 0);
    write_html(&doc, &out);
    return buf_peek(&out);
}

/* The formula in a paragraph of its own. */
static void check_formula(struct formula *formula, const char *wanted)
{
    struct buf paragraph;
    doc_block(&doc, BLOCK_PARAGRAPH)->inlines = doc_formula(&doc, formula);
    buf_init(&paragraph);
    buf_format(&paragraph, "<p><math>%s</math></p>", wanted);
    ck_assert_msg(strstr(written(), buf_peek(&paragraph)) != NULL, "%s\nis not in\n%s",
                  wanted, buf_peek(&out));
    buf_clear(&paragraph);
}

START_TEST(texts_do_not_act)
{
    static const char hostile[] = "</title><script>alert('1')</script>&\"\x1b[2J\xff";
    static const char harmless[] =
        "&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot; [2J ";
    struct formula *words = leaf(FORMULA_TEXT, hostile);
    for (int kind = BLOCK_HEADING; kind <= BLOCK_PARAGRAPH; kind++)
        doc_block(&doc, (enum block_kind)kind)->inlines = doc_text(&doc, hostile);
    doc_block(&doc, BLOCK_CODE)->text = hostile;
    doc_block(&doc, BLOCK_PARAGRAPH)->inlines = doc_formula(&doc, words);
    const char *page = written();
    ck_assert_ptr_null(strstr(page, "<script"));
    ck_assert_ptr_null(strchr(page, '\x1b'));
    int found = 0;
    for (const char *at = page; (at = strstr(at, harmless)); at++)
        found++;
    ck_assert_int_eq(found, 5); /* the title, too */
}
END_TEST

START_TEST(names_have_their_scripts)
{
    check_formula(leaf(FORMULA_NAME, "x"), "<mi>x</mi>");
    check_formula(leaf(FORMULA_NAME, "w_{11}^{2}"),
                  "<msubsup><mi>w</mi><mrow><mn>11</mn></mrow><mrow><mn>2</mn></mrow>"
                  "</msubsup>");
    check_formula(leaf(FORMULA_NAME, "\\delta_{h1}"),
                  "<msub><mi>δ</mi><mrow><mi>h</mi><mn>1</mn></mrow></msub>");
    check_formula(leaf(FORMULA_NAME, "w_{1,2}"),
                  "<msub><mi>w</mi><mrow><mn>1</mn><mo>,</mo><mn>2</mn></mrow></msub>");
}
END_TEST

START_TEST(formulas_nest)
{
    struct formula *x = leaf(FORMULA_NAME, "x"), *two = leaf(FORMULA_NUMBER, "2");
    check_formula(make(FORMULA_POWER, NULL, x, two, 0),
                  "<msup><mi>x</mi><mn>2</mn></msup>");
    check_formula(make(FORMULA_FRACTION, NULL, x, two, 1),
                  "<mfrac><mi>x</mi><mn>2</mn></mfrac>");
    check_formula(make(FORMULA_FRACTION, NULL, x, two, 0),
                  "<mstyle displaystyle=\"false\"><mfrac><mi>x</mi><mn>2</mn></mfrac>"
                  "</mstyle>");
    check_formula(make(FORMULA_ROOT, NULL, x, NULL, 0), "<msqrt><mi>x</mi></msqrt>");
    check_formula(leaf(FORMULA_BLANK, "1"),
                  "<mrow style=\"border:1px solid;padding:.1em .2em\">"
                  "<mn style=\"font-size:.7em\">1</mn><mspace width=\"2em\"></mspace>"
                  "</mrow>");
    check_formula(make(FORMULA_BIG, "\\sum", x, two, 0),
                  "<munderover><mo>∑</mo><mi>x</mi><mn>2</mn></munderover>");
    check_formula(
        make(FORMULA_BRACKET, "(", x, NULL, 0),
        "<mrow><mo form=\"prefix\" fence=\"true\" stretchy=\"false\">(</mo>"
        "<mi>x</mi><mo form=\"postfix\" fence=\"true\" stretchy=\"false\">)</mo>"
        "</mrow>");
}
END_TEST

START_TEST(names_are_set_as_tex_does)
{
    check_formula(
        leaf(FORMULA_NAME, "w_{kj_{9}}"),
        "<msub><mi>w</mi><mrow><mi>k</mi><msub><mi>j</mi><mrow><mn>9</mn></mrow>"
        "</msub></mrow></msub>");
    check_formula(leaf(FORMULA_NAME, "\\sigma'"),
                  "<mrow><mi>σ</mi><mo lspace=\"0\" rspace=\"0\">′</mo></mrow>");
    check_formula(leaf(FORMULA_NAME, "\\hat{y}_{1}"),
                  "<msub><mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo>"
                  "</mover><mrow><mn>1</mn></mrow></msub>");
    check_formula(leaf(FORMULA_NAME, "\\Delta"), "<mi mathvariant=\"normal\">Δ</mi>");
    check_formula(leaf(FORMULA_NAME, "net_{1}"),
                  "<msub><mi>net</mi><mrow><mn>1</mn></mrow></msub>");
}
END_TEST

START_TEST(an_exponent_stands_over_the_index)
{
    check_formula(make(FORMULA_POWER, NULL, leaf(FORMULA_NAME, "n_{1}"),
                       leaf(FORMULA_NUMBER, "2"), 0),
                  "<msubsup><mi>n</mi><mrow><mn>1</mn></mrow><mn>2</mn></msubsup>");
}
END_TEST

START_TEST(factors_of_one_path_are_one_term)
{
    struct formula *parts[3];
    for (unsigned i = 0; i < 3; i++)
        parts[i] = make(FORMULA_MARK, NULL, leaf(FORMULA_NAME, "x"), NULL, i / 2);
    check_formula(
        formula_make(&doc.arena, FORMULA_ROW, NULL, parts, 3, 0),
        "<mrow><mrow class=\"term p0\" tabindex=\"0\"><mi>x</mi><mi>x</mi></mrow>"
        "<mrow class=\"term p1\" tabindex=\"0\"><mi>x</mi></mrow></mrow>");
}
END_TEST

START_TEST(a_page_has_one_title)
{
    doc.title = "Values";
    doc_block(&doc, BLOCK_HEADING)->inlines = doc_text(&doc, "Forward");
    doc.last->level = 1;
    const char *page = written();
    ck_assert_ptr_nonnull(strstr(page, "<title>Values</title>"));
    ck_assert_ptr_nonnull(strstr(page, "<h1>Values</h1>"));
    ck_assert_ptr_nonnull(strstr(page, "<h2>Forward</h2>"));
}
END_TEST

START_TEST(a_long_name_fits_into_its_unit)
{
    struct figure_node node = {.name = "net_{hidden,1}", .mark = FIGURE_LIT};
    struct figure figure = {.nodes = &node, .node_count = 1};
    doc_block(&doc, BLOCK_FIGURE)->figure = &figure;
    const char *text = strstr(written(), "<text class=\"unit\"");
    ck_assert_ptr_nonnull(text);
    ck_assert_double_lt(
        strtod(strstr(text, "font-size=\"") + strlen("font-size=\""), NULL), 12);
}
END_TEST

/* `a - b` in a row: the minus has operands on both sides. */
START_TEST(rows_in_rows_are_no_elements)
{
    struct formula *a = leaf(FORMULA_NAME, "a"), *b = leaf(FORMULA_NAME, "b");
    struct formula *tail = make(FORMULA_ROW, NULL, leaf(FORMULA_SIGN, "-"), b, 0);
    check_formula(make(FORMULA_ROW, NULL, a, tail, 0),
                  "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow>");
}
END_TEST

START_TEST(a_path_and_its_term_have_one_class)
{
    struct figure_node nodes[] = {{.name = "x_{1}", .mark = FIGURE_LIT},
                                  {.name = "y_{1}", .x = 1, .mark = FIGURE_LIT}};
    struct figure_edge edge = {0,  1,  "<b>", FIGURE_PATH + 1,
                               20, .5, NULL,  (uint64_t)1 << 7};
    struct figure figure = {nodes, 2, &edge, 1, "a <network>"};
    doc_block(&doc, BLOCK_FIGURE)->figure = &figure;
    check_formula(make(FORMULA_MARK, NULL, leaf(FORMULA_NAME, "x"), NULL, 7),
                  "<mrow class=\"term p7\" tabindex=\"0\"><mi>x</mi></mrow>");
    const char *page = buf_peek(&out);
    ck_assert_ptr_nonnull(strstr(page, "<g class=\"edge lit c1 way p7\">"));
    ck_assert_ptr_nonnull(strstr(page, "section:has(.p7:hover,.p7:focus)"));
    ck_assert_ptr_null(strstr(page, "section:has(.p1:hover"));
    ck_assert_ptr_nonnull(strstr(page, ">a &lt;network&gt;: x₁; y₁</title>"));
    ck_assert_ptr_null(strstr(page, "<b>"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("write_html");
    TCase *tests = tcase_create("html");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, texts_do_not_act);
    tcase_add_test(tests, names_have_their_scripts);
    tcase_add_test(tests, formulas_nest);
    tcase_add_test(tests, names_are_set_as_tex_does);
    tcase_add_test(tests, an_exponent_stands_over_the_index);
    tcase_add_test(tests, factors_of_one_path_are_one_term);
    tcase_add_test(tests, a_page_has_one_title);
    tcase_add_test(tests, a_long_name_fits_into_its_unit);
    tcase_add_test(tests, rows_in_rows_are_no_elements);
    tcase_add_test(tests, a_path_and_its_term_have_one_class);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
