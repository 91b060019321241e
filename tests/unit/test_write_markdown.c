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

static struct formula *name(const char *text)
{
    return formula_text(&doc.arena, FORMULA_NAME, text);
}

static struct formula *sign(const char *text)
{
    return formula_text(&doc.arena, FORMULA_SIGN, text);
}

static struct formula *row(struct formula *first, struct formula *second,
                           struct formula *third)
{
    struct formula *parts[] = {first, second, third};
    return formula_make(&doc.arena, FORMULA_ROW, NULL, parts, third ? 3 : 2, 0);
}

static struct formula *bracket(const char *text, struct formula *part)
{
    return formula_make(&doc.arena, FORMULA_BRACKET, text, &part, 1, 1);
}

static const char *written_for(enum flavour flavour)
{
    buf_truncate(&out, 0);
    write_markdown(&doc, flavour, &out);
    return buf_peek(&out);
}

static const char *written(void)
{
    return written_for(FLAVOUR_KATEX);
}

static struct block *paragraph(struct inline_node *nodes)
{
    struct block *block = doc_block(&doc, BLOCK_PARAGRAPH);
    block->inlines = nodes;
    return block;
}

/* The same for all who read. */
static void holds_text(const char *text, const char *expected)
{
    struct block *block = paragraph(doc_text(&doc, text));
    for (int flavour = FLAVOUR_KATEX; flavour <= FLAVOUR_GITHUB; flavour++)
        ck_assert_str_eq(written_for((enum flavour)flavour), expected);
    block->inlines = NULL;
}

START_TEST(text_never_acts)
{
    holds_text(
        "*a* _b_ `c` <b>&lt; [x](javascript:y) ~~d~~ | #\n\x01\xe4\xb8\xad",
        "\\*a\\* \\_b\\_ &#96;c&#96; \\<b\\>&amp;lt; &#91;x&#93;(javascript&#58;y) "
        "&#126;&#126;d&#126;&#126; \\| \\# \xef\xbf\xbd\xe4\xb8\xad\n");
    holds_text("<script>50% @a ^b^ {{< x >}} a - b + 1. c",
               "\\<script\\>50% &#64;a &#94;b&#94; \\{\\{\\< x \\>\\}\\} a - b + 1. c\n");
}
END_TEST

START_TEST(text_opens_no_formula)
{
    holds_text("$5 and $6", "`$`5 and `$`6\n");
    holds_text("$$a$$ \\(b\\)", "`$$`a`$$` `\\`(b`\\`)\n");
    holds_text("\\$\\begin{a}`$`", "`\\$\\begin`\\{a\\}&#96;`$`&#96;\n");
}
END_TEST

/* Liquid and shortcodes act in code and formulas, too. */
START_TEST(no_template_is_opened)
{
    static const enum flavour flavours[] = {FLAVOUR_KRAMDOWN, FLAVOUR_QUARTO};
    doc_block(&doc, BLOCK_CODE)->text = "{{\\partial E} {% x %} {{< env HOME >}}\n";
    paragraph(doc_code(&doc, "{{ x }}"));
    paragraph(doc_text(&doc, "{% include x %} {{< y >}}"));
    for (size_t i = 0; i < sizeof flavours / sizeof *flavours; i++) {
        const char *text = written_for(flavours[i]);
        ck_assert_ptr_null(strstr(text, "{{"));
        ck_assert_ptr_null(strstr(text, "{%"));
    }
    ck_assert_ptr_nonnull(strstr(written_for(FLAVOUR_GITHUB), "{{\\partial E}"));
}
END_TEST

START_TEST(no_line_begins_a_list_or_a_heading)
{
    holds_text("- a", "\\- a\n");
    holds_text("+ a", "\\+ a\n");
    holds_text("---", "\\---\n");
    holds_text("===", "\\===\n");
    holds_text("::: a", "\\:&#58;: a\n");
    holds_text(": a", "\\: a\n");
    holds_text("# a", "\\# a\n");
    holds_text("12. a", "12\\. a\n");
    holds_text("1) a", "1\\) a\n");
    holds_text("(12) a", "(12\\) a\n");
    holds_text("b. a", "b\\. a\n");
    holds_text("iv) a", "iv\\) a\n");
    holds_text("    code", "code\n");
    holds_text("12 of 13", "12 of 13\n");
    holds_text("Done. (a", "Done. (a\n");
}
END_TEST

START_TEST(formulas_hold_nothing_that_acts)
{
    paragraph(doc_formula(&doc, row(bracket("|", name("a")), sign("\\,"), name("b"))));
    paragraph(doc_formula(&doc, row(bracket("\\{", name("a")), sign(">"), name("b"))));
    ck_assert_str_eq(written(), "$\\bigl\\vert a\\bigr\\vert\\thinspace b$\n\n"
                                "$\\bigl\\lbrace a\\bigr\\rbrace\\gt b$\n");
}
END_TEST

START_TEST(words_inside_a_formula)
{
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    struct inline_node *arguments[] = {doc_formula(&doc, name("w_{1}")),
                                       doc_reference(&doc, 2)};
    doc_row(&doc, display, name("a"), name("b"))->reason =
        doc_sentence(&doc, "by {1}, see {2}", arguments, 2);
    doc_row(&doc, display, NULL, name("c"))->reason = doc_text(&doc, "100% $ {x}_1");
    ck_assert_str_eq(written(), "$$\n\\begin{aligned}\n"
                                "a &= b &&\\quad\\text{by }w_1\\text{, see (2)}\\\\\n"
                                "&= c &&\\quad\\text{100}\\%\\text{ }\\$\\text{ }"
                                "\\lbrace\\text{x}\\rbrace\\text{}\\_\\text{1}\n"
                                "\\end{aligned}\n$$\n");
}
END_TEST

START_TEST(one_equation_needs_no_alignment)
{
    doc_row(&doc, doc_block(&doc, BLOCK_DISPLAY), name("a"), name("b"));
    doc_row(&doc, doc_block(&doc, BLOCK_GRID), name("c"), name("d"));
    ck_assert_str_eq(written(), "$$\na = b\n$$\n\n$$\nc = d\n$$\n");
}
END_TEST

START_TEST(numbers_stand_in_one_column)
{
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    doc_row(&doc, display, name("a"), name("b"))->reason = doc_text(&doc, "why");
    doc_row(&doc, display, NULL, name("c"))->number = 2;
    doc_row(&doc, display, NULL, row(sign("+"), name("d"), NULL))->continues = true;
    ck_assert_str_eq(written(), "$$\n\\begin{aligned}\n"
                                "a &= b &&\\quad\\text{why}\\\\\n"
                                "&= c\\\\\n"
                                "&\\quad{}+d &&&&\\quad(2)\n"
                                "\\end{aligned}\n$$\n");
}
END_TEST

START_TEST(a_reason_that_is_too_long_stands_above_or_parts_the_display)
{
    static const char words[] = "reasons that run on and on, past the end of the line, "
                                "and back again to where they came from, ";
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    struct formula *wide = formula_row(&doc.arena);
    for (int i = 0; i < 40; i++)
        formula_append(&doc.arena, wide, name("m"));
    doc_row(&doc, display, name("a"), wide)->reason = doc_text(&doc, "why");
    struct row *last = doc_row(&doc, display, NULL, name("c"));
    last->reason = doc_text(&doc, words);
    const char *text = written();
    ck_assert_ptr_nonnull(
        strstr(text, "$$\n\\begin{aligned}\n&\\quad\\text{why}\\\\\na &= m"));
    ck_assert_ptr_nonnull(strstr(text, "m\n\\end{aligned}\n$$\n\nreasons that run on"));
    ck_assert_ptr_nonnull(
        strstr(text, "from, \n\n$$\n\\begin{aligned}\n&= c\n\\end{aligned}\n$$\n"));
}
END_TEST

START_TEST(definitions_side_by_side)
{
    struct block *grid = doc_block(&doc, BLOCK_GRID);
    grid->columns = 2;
    doc_row(&doc, grid, name("a"), name("b"));
    doc_row(&doc, grid, name("c"), name("d"));
    doc_row(&doc, grid, name("e"), name("f"));
    ck_assert_str_eq(written(), "$$\n\\begin{aligned}\n"
                                "a &= b &\n\\quad c &= d\\\\\ne &= f\n"
                                "\\end{aligned}\n$$\n");
}
END_TEST

START_TEST(bars_do_not_end_cells)
{
    struct block *table = doc_block(&doc, BLOCK_TABLE);
    struct inline_node code = {.kind = INLINE_CODE, .text = "a|`b"};
    struct inline_node *cells[] = {doc_text(&doc, "one|"), doc_text(&doc, "two"),
                                   doc_formula(&doc, bracket("|", name("x"))), &code};
    table->columns = 2;
    table->cells = cells;
    table->cell_count = 4;
    ck_assert_str_eq(written(), "| one\\| | two |\n|---|---|\n"
                                "| $\\bigl\\vert x\\bigr\\vert$ | `` a\\|`b `` |\n");
}
END_TEST

START_TEST(code_cannot_be_left)
{
    doc_block(&doc, BLOCK_CODE)->text = "a\n~~~~\n*b*";
    ck_assert_str_eq(written(), "~~~~~\na\n~~~~\n*b*\n~~~~~\n");
}
END_TEST

/* A formula and a reference in a line, and two rows of which the first has the number 1.
 */
static void fill_with_numbers(void)
{
    paragraph(doc_join(&doc, doc_formula(&doc, name("a")), doc_reference(&doc, 1)));
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    struct row *first = doc_row(&doc, display, name("a"), name("b"));
    first->reason = doc_text(&doc, "why");
    first->number = 1;
    doc_row(&doc, display, NULL, name("c"))->reason = doc_reference(&doc, 1);
}

START_TEST(numbers_for_katex_kramdown_and_github)
{
    static const char rows[] = "\\begin{aligned}\n"
                               "a &= b &&\\quad\\text{why} &&\\quad(1)\\\\\n"
                               "&= c &&\\quad\\text{(1)}\n"
                               "\\end{aligned}\n";
    static const struct {
        enum flavour flavour;
        const char *text, *open, *close;
    } flavours[] = {{FLAVOUR_KATEX, "$a$ (1)", "$$", "$$"},
                    {FLAVOUR_KRAMDOWN, "$$a$$ (1)", "$$", "$$"},
                    {FLAVOUR_GITHUB, "$`a`$ (1)", "```math", "```"}};
    fill_with_numbers();
    for (size_t i = 0; i < sizeof flavours / sizeof *flavours; i++) {
        struct buf expected;
        buf_init(&expected);
        buf_format(&expected, "%s\n\n%s\n%s%s\n", flavours[i].text, flavours[i].open,
                   rows, flavours[i].close);
        ck_assert_str_eq(written_for(flavours[i].flavour), buf_peek(&expected));
        buf_clear(&expected);
    }
}
END_TEST

START_TEST(tags_for_mathjax)
{
    fill_with_numbers();
    ck_assert_str_eq(written_for(FLAVOUR_MATHJAX),
                     "$a$ (1)\n\n$$\n\\begin{align*}\n"
                     "a &= b &&\\quad\\text{why} \\tag{1}\\\\\n"
                     "&= c &&\\quad\\text{(1)}\n"
                     "\\end{align*}\n$$\n");
}
END_TEST

/* A label ends its display, and nothing in a display refers to one. */
START_TEST(labels_for_quarto)
{
    fill_with_numbers();
    ck_assert_str_eq(written_for(FLAVOUR_QUARTO),
                     "$a$ ([-@eq-1])\n\n$$\n\\begin{aligned}\n"
                     "a &= b &&\\quad\\text{why}\n"
                     "\\end{aligned}\n$$ {#eq-1}\n\n"
                     "([-@eq-1])\n\n$$\n\\begin{aligned}\n"
                     "&= c\n"
                     "\\end{aligned}\n$$\n");
}
END_TEST

START_TEST(headings_by_level)
{
    for (unsigned level = 1; level <= 2; level++) {
        struct block *block = doc_block(&doc, BLOCK_HEADING);
        block->level = level;
        block->inlines = doc_text(&doc, "1. 50% #");
    }
    doc_block(&doc, BLOCK_FIGURE);
    ck_assert_str_eq(written(), "# 1\\. 50% \\#\n\n## 1\\. 50% \\#\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("write_markdown");
    TCase *tests = tcase_create("markdown");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, text_never_acts);
    tcase_add_test(tests, text_opens_no_formula);
    tcase_add_test(tests, no_template_is_opened);
    tcase_add_test(tests, no_line_begins_a_list_or_a_heading);
    tcase_add_test(tests, formulas_hold_nothing_that_acts);
    tcase_add_test(tests, words_inside_a_formula);
    tcase_add_test(tests, one_equation_needs_no_alignment);
    tcase_add_test(tests, numbers_stand_in_one_column);
    tcase_add_test(tests, a_reason_that_is_too_long_stands_above_or_parts_the_display);
    tcase_add_test(tests, definitions_side_by_side);
    tcase_add_test(tests, bars_do_not_end_cells);
    tcase_add_test(tests, code_cannot_be_left);
    tcase_add_test(tests, numbers_for_katex_kramdown_and_github);
    tcase_add_test(tests, tags_for_mathjax);
    tcase_add_test(tests, labels_for_quarto);
    tcase_add_test(tests, headings_by_level);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
