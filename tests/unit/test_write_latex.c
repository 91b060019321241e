#include "write/write.h"

#include <check.h>
#include <stdio.h>
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

static struct formula *pair(enum formula_kind kind, const char *text,
                            struct formula *first, struct formula *second, unsigned size)
{
    struct formula *parts[] = {first, second};
    return formula_make(&doc.arena, kind, text, parts, 2, size);
}

static struct formula *slope(void)
{
    return pair(FORMULA_FRACTION, NULL, row(sign("\\partial"), name("y_{1}"), NULL),
                row(sign("\\partial"), name("w_{1}"), NULL), 1);
}

static const char *latex(const struct formula *formula)
{
    buf_truncate(&out, 0);
    write_latex_formula(formula, &out);
    return buf_peek(&out);
}

static const char *document(bool standalone)
{
    buf_truncate(&out, 0);
    write_latex(&doc, standalone, &out);
    return buf_peek(&out);
}

START_TEST(commands_do_not_swallow_letters)
{
    ck_assert_str_eq(latex(row(name("\\delta"), name("x"), NULL)), "\\delta x");
    ck_assert_str_eq(latex(row(sign("\\partial"), name("w_{1}"), NULL)), "\\partial w_1");
    ck_assert_str_eq(latex(row(name("a"), sign("\\cdot"), name("b"))), "a\\cdot b");
    ck_assert_str_eq(latex(name("\\Delta w_{11}^{1}")), "\\Delta w_{11}^1");
}
END_TEST

START_TEST(every_kind_of_formula)
{
    struct formula *k =
        row(name("k"), sign("="), formula_text(&doc.arena, FORMULA_NUMBER, "1"));
    struct formula *two = formula_text(&doc.arena, FORMULA_NUMBER, "2");

    ck_assert_str_eq(latex(slope()), "\\frac{\\partial y_1}{\\partial w_1}");
    ck_assert_str_eq(latex(pair(FORMULA_FRACTION, NULL, two, two, 0)), "\\tfrac{2}{2}");
    ck_assert_str_eq(latex(pair(FORMULA_POWER, NULL, name("a"), two, 0)), "a^{2}");
    ck_assert_str_eq(latex(pair(FORMULA_BIG, "\\sum", k, two, 0)), "\\sum_{k=1}^{2}");
    ck_assert_str_eq(latex(pair(FORMULA_BIG, "\\prod", k, NULL, 0)), "\\prod_{k=1}");
    ck_assert_str_eq(latex(pair(FORMULA_BAR, NULL, name("a"), name("b"), 0)),
                     "\\left.a\\right|_{b}");
    ck_assert_str_eq(latex(formula_make(&doc.arena, FORMULA_BRACKET, "\\{", &two, 1, 0)),
                     "\\{2\\}");
    ck_assert_str_eq(latex(formula_make(&doc.arena, FORMULA_BRACKET, "[", &two, 1, 4)),
                     "\\Biggl[2\\Biggr]");
    ck_assert_str_eq(latex(formula_make(&doc.arena, FORMULA_OPEN, "(", NULL, 0, 1)),
                     "\\bigl(");
    ck_assert_str_eq(latex(formula_make(&doc.arena, FORMULA_CLOSE, "(", &two, 1, 0)),
                     ")^{2}");
    ck_assert_str_eq(latex(formula_make(&doc.arena, FORMULA_MARK, NULL, &two, 1, 0)),
                     "2");
    ck_assert_str_eq(latex(formula_text(&doc.arena, FORMULA_TEXT, "if x_1")),
                     "\\text{if x\\_1}");
}
END_TEST

START_TEST(text_never_acts)
{
    doc_block(&doc, BLOCK_PARAGRAPH)->inlines =
        doc_text(&doc, "\\input{x} 5% & #1 $a$ _^~ <b>|`\x01\xe4\xb8\xad\xce\xb4 ---");
    ck_assert_str_eq(document(false),
                     "$\\backslash$input$\\{$x$\\}$ 5\\% \\& \\#1 \\$a\\$ "
                     "\\_\\textasciicircum{}\\textasciitilde{} $<$b$>$$|$\\`{} "
                     "[U+4E2D]\\allowbreak{}$\\delta$ -{}-{}-\n");
}
END_TEST

START_TEST(signs_of_other_languages)
{
    doc_block(&doc, BLOCK_PARAGRAPH)->inlines =
        doc_text(&doc, "¿Qué?\u00a0: 125\u202f000");
    ck_assert_str_eq(document(false), "?`Qué?~: 125\\,000\n");
}
END_TEST

START_TEST(long_numbers_may_be_broken)
{
    doc_block(&doc, BLOCK_PARAGRAPH)->inlines =
        doc_text(&doc, "1,000 of 123,456,789,012,345,678, or 1");
    ck_assert_str_eq(document(false),
                     "1,000 of 123,\\allowbreak 456,\\allowbreak 789,\\allowbreak 012,"
                     "\\allowbreak 345,\\allowbreak 678, or 1\n");
}
END_TEST

START_TEST(code_cannot_be_left)
{
    doc_block(&doc, BLOCK_CODE)->text = "\\end{verbatim}\n  b\n";
    ck_assert_str_eq(document(false),
                     "\\begin{flushleft}\\small\\ttfamily\n"
                     "$\\backslash$end\\allowbreak{}$\\{$verbatim$\\}$\\\\\n"
                     "~~b\\\\\n"
                     "\\end{flushleft}\n");
}
END_TEST

START_TEST(equations_are_numbered_and_referred_to)
{
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    doc_row(&doc, display, name("a"), name("b"));
    doc_row(&doc, display, NULL, name("c"))->number = 2;
    doc_row(&doc, display, NULL, row(sign("+"), name("d"), NULL))->continues = true;
    struct inline_node *arguments[] = {doc_reference(&doc, 2), doc_reference(&doc, 3)};
    doc_block(&doc, BLOCK_PARAGRAPH)->inlines =
        doc_sentence(&doc, "From {1} and {2}.", arguments, 2);
    ck_assert_str_eq(document(false), "\\begin{align}\n"
                                      "a &= b \\notag\\\\*\n"
                                      " &= c \\notag\\\\*\n"
                                      " &\\quad{}+d \\tag{2}\n"
                                      "\\end{align}\n"
                                      "\n"
                                      "From (2) and (3).\n");
}
END_TEST

START_TEST(a_display_without_numbers_has_a_star)
{
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    doc_row(&doc, display, name("a"), name("b"));
    doc_row(&doc, display, name("c"), name("d"));
    ck_assert_str_eq(document(false), "\\begin{align*}\n"
                                      "a &= b\\\\*[4pt]\n"
                                      "c &= d\n"
                                      "\\end{align*}\n");
}
END_TEST

START_TEST(reasons_stand_beside_or_above)
{
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    struct row *first = doc_row(&doc, display, name("a"), name("b"));
    first->reason = doc_text(&doc, "why");
    ck_assert_ptr_nonnull(strstr(document(false), "a &= b &&\\text{\\small{}why}\n"));
    first->reason =
        doc_text(&doc, "a reason that is far too long to stand beside the row "
                       "itself, though not for a line");
    ck_assert_ptr_nonnull(strstr(document(false), "for a line}\\\\*\na &= b\n"));
    ck_assert_ptr_nonnull(strstr(document(true), "\\usepackage{xcolor}"));
}
END_TEST

static size_t occurrences(const char *text, const char *part)
{
    size_t count = 0;
    while ((text = strstr(text, part))) {
        text += strlen(part);
        count++;
    }
    return count;
}

/* An expression of so many rows. */
static void add_expression(struct block *display, struct formula *left, int rows)
{
    for (int i = 0; i < rows; i++)
        doc_row(&doc, display, i == 0 ? left : NULL, name("b"))->continues = i > 0;
}

START_TEST(no_short_expression_is_alone_on_a_page)
{
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    add_expression(display, name("a"), 1);
    add_expression(display, NULL, 4);
    add_expression(display, NULL, 5);
    add_expression(display, NULL, 2);
    ck_assert_str_eq(document(false), "\\begin{align*}\n"
                                      "a &= b\\\\*\n"
                                      " &= b\\\\*\n"
                                      " &\\quad{}b\\\\*\n"
                                      " &\\quad{}b\\\\*\n"
                                      " &\\quad{}b\\\\\n"
                                      " &= b\\\\*\n"
                                      " &\\quad{}b\\\\\n"
                                      " &\\quad{}b\\\\\n"
                                      " &\\quad{}b\\\\*\n"
                                      " &\\quad{}b\\\\*\n"
                                      " &= b\\\\*\n"
                                      " &\\quad{}b\n"
                                      "\\end{align*}\n");
    struct block *grid = doc_block(&doc, BLOCK_GRID);
    grid->columns = 2;
    for (int i = 0; i < 8; i++)
        doc_row(&doc, grid, name("c"), name("d"));
    ck_assert_uint_eq(occurrences(document(false), "c &= d\\\\*\n"), 2);
    ck_assert_uint_eq(occurrences(document(false), "c &= d\\\\\n"), 1);
}
END_TEST

START_TEST(long_displays_are_split)
{
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    for (int i = 0; i < 100; i++)
        doc_row(&doc, display, i ? NULL : name("a"), name("b"))->continues = i == 40;
    ck_assert_uint_eq(occurrences(document(false), "\\begin{align*}"), 3);
    ck_assert_uint_eq(occurrences(document(false), "&= b"), 99);
}
END_TEST

START_TEST(a_grid_has_as_many_columns_as_fit)
{
    struct block *grid = doc_block(&doc, BLOCK_GRID);
    grid->columns = 2;
    for (int i = 0; i < 3; i++)
        doc_row(&doc, grid, name("a"), name("b"));
    ck_assert_str_eq(document(false), "\\begin{align*}\na &= b &\na &= b\\\\*\na &= b\n"
                                      "\\end{align*}\n");
    struct formula *wide = formula_row(&doc.arena);
    for (int i = 0; i < 60; i++)
        formula_append(&doc.arena, wide, name("b"));
    doc_row(&doc, grid, name("a"), wide);
    ck_assert_uint_eq(occurrences(document(false), "a &= b\\\\[4pt]\n"), 1);
    ck_assert_uint_eq(occurrences(document(false), "a &= b\\\\*[4pt]\n"), 2);
}
END_TEST

START_TEST(a_lone_derivative_in_a_line_gets_a_slash)
{
    struct formula *zero = formula_text(&doc.arena, FORMULA_NUMBER, "0");
    struct inline_node *arguments[] = {
        doc_formula(&doc, row(slope(), sign("="), zero)),
        doc_formula(&doc, row(slope(), name("x"), NULL)),
    };
    doc_block(&doc, BLOCK_PARAGRAPH)->inlines =
        doc_sentence(&doc, "{1}, {2}", arguments, 2);
    ck_assert_str_eq(document(false), "$\\partial y_1/\\partial w_1=0$, "
                                      "$\\frac{\\partial y_1}{\\partial w_1}x$\n");
}
END_TEST

START_TEST(only_a_whole_document_has_colours_and_figures)
{
    struct formula *x = name("x");
    struct figure_node nodes[] = {{.name = "x_{1}", .mark = FIGURE_LIT},
                                  {.y = 1},
                                  {.name = "y_{1}", .x = 1, .y = .5, .mark = FIGURE_LIT}};
    struct figure_edge edges[] = {{0, 2, "w_{1}", FIGURE_PATH + 1, 0, .5, NULL, 0},
                                  {1, 2, NULL, FIGURE_IDLE, -30, .5, NULL, 0}};
    struct figure figure = {nodes, 3, edges, 2, "a network"};

    doc_block(&doc, BLOCK_FIGURE)->figure = &figure;
    doc_row(&doc, doc_block(&doc, BLOCK_DISPLAY), x,
            formula_make(&doc.arena, FORMULA_MARK, NULL, &x, 1, 6));
    ck_assert_str_eq(document(false), "\\begin{align*}\nx &= x\n\\end{align*}\n");
    document(true);
    ck_assert_ptr_nonnull(strstr(out.data, "x &= {\\color{path1}x}\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "\\definecolor{path1}{HTML}{0072B2}"));
    ck_assert_ptr_nonnull(strstr(out.data, "\\definecolor{path2}{HTML}{D55E00}"));
    ck_assert_ptr_null(strstr(out.data, "{path3}"));
    ck_assert_ptr_nonnull(strstr(out.data, "\\usepackage{tikz}"));
    ck_assert_ptr_nonnull(strstr(out.data, "\\node[unit] (n2) at (1.00,-0.50) {$y_1$};"));
    ck_assert_ptr_nonnull(
        strstr(out.data, "\\node[idle] (n1) at (0.00,-1.00) {$\\vdots$};"));
    ck_assert_ptr_nonnull(
        strstr(out.data, "\\draw[->,idle] (n1) to[bend right=30] (n2);"));
    ck_assert_ptr_nonnull(strstr(out.data, "\\path[thick,path2,densely dashed] (n0) -- "
                                           "node[weight,pos=0.50] {$w_1$} (n2);"));
}
END_TEST

static struct formula *number(const char *text)
{
    return formula_text(&doc.arena, FORMULA_NUMBER, text);
}

START_TEST(values_stand_in_units_and_on_edges)
{
    struct figure_node nodes[] = {
        {.name = "x_{1}", .mark = FIGURE_LIT, .value = number("0.25")},
        {.name = "y_{1}", .x = 1, .mark = FIGURE_LIT}};
    struct figure_edge edge = {0, 1, "w_{1}", FIGURE_LIT, 0, .5, number("3"), 0};
    struct figure figure = {nodes, 2, &edge, 1, "a network"};

    doc_block(&doc, BLOCK_FIGURE)->figure = &figure;
    document(true);
    ck_assert_ptr_nonnull(strstr(out.data, "inner sep=0pt,font=\\small,align=center}"));
    ck_assert_ptr_nonnull(strstr(out.data, "{$x_1$\\\\[-1pt]\\scriptsize$0.25$};"));
    ck_assert_ptr_nonnull(strstr(out.data, "(1.00,0.00) {$y_1$};"));
    ck_assert_ptr_nonnull(strstr(out.data, "node[weight,pos=0.50] {$3$} (n1);"));
    nodes[0].value = number("-0.0000123456");
    document(true);
    ck_assert_ptr_nonnull(strstr(out.data, "[-1pt]\\tiny$-0.0000123456$"));
}
END_TEST

static void table_of(struct inline_node **cells, size_t count, unsigned columns)
{
    struct block *table = doc_block(&doc, BLOCK_TABLE);
    table->columns = columns;
    table->cells = cells;
    table->cell_count = count;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

START_TEST(long_tables_go_on_beside_or_below)
{
    struct inline_node *cells[2 * 31];

    for (size_t i = 0; i < 62; i++)
        cells[i] = doc_text(&doc, i < 2 ? "head" : "cell");
    table_of(cells, 62, 2);
    const char *text = document(false);
    ck_assert_uint_eq(count_of(text, "\\begin{center}"), 1);
    ck_assert_uint_eq(
        count_of(text, "\\begin{tabular}[t]{@{}ll@{}}\nhead & head\\\\\n\\hline\n"), 3);
    ck_assert_uint_eq(count_of(text, "\\end{tabular}\\hspace{3em}%\n"), 2);
    ck_assert_uint_eq(count_of(text, "cell & cell\\\\\n"), 30);

    for (size_t i = 0; i < 62; i++)
        cells[i] = doc_text(&doc, "a cell that is half as wide as the line");
    text = document(false);
    ck_assert_uint_eq(count_of(text, "\\begin{center}"), 3);
    ck_assert_uint_eq(count_of(text, "hspace"), 0);
}
END_TEST

/* A row with one cell of several lines does not make the others high. */
START_TEST(tables_are_cut_by_the_lines_that_they_have)
{
    static const char sentence[] = "a cell that is wider than the half of a line is";
    struct inline_node *cells[2 * 14];

    for (size_t i = 0; i < 28; i++)
        cells[i] = doc_text(&doc, i < 6 ? sentence : "cell");
    table_of(cells, 28, 2);
    ck_assert_uint_eq(count_of(document(false), "\\begin{tabular}{@{}p"), 1);
    for (size_t i = 0; i < 28; i++)
        cells[i] = doc_text(&doc, sentence);
    ck_assert_uint_eq(count_of(document(false), "\\begin{tabular}[t]{@{}p"), 3);
}
END_TEST

START_TEST(fractions_of_rows_do_not_touch)
{
    struct formula *product = row(name("v"), slope(), NULL);
    struct inline_node *cells[] = {doc_text(&doc, "head"), doc_formula(&doc, product),
                                   doc_formula(&doc, slope())};

    doc_block(&doc, BLOCK_PARAGRAPH)->inlines = doc_formula(&doc, product);
    table_of(cells, 3, 1);
    ck_assert_uint_eq(count_of(document(false), "\\rule[-2.2ex]{0pt}{6ex}$v"), 1);
    ck_assert_uint_eq(count_of(document(false), "\\rule"), 1);
}
END_TEST

START_TEST(wide_columns_are_broken)
{
    static const char digits[] = "0.12345678901234567890123456789012345678901234567890";
    struct inline_node *cells[6] = {doc_text(&doc, "w"), doc_text(&doc, "one"),
                                    doc_text(&doc, "two"), doc_formula(&doc, name("w"))};

    cells[4] = cells[5] = doc_formula(&doc, number(digits));
    table_of(cells, 6, 3);
    document(false);
    ck_assert_ptr_nonnull(strstr(out.data, "{@{}lp{1"));
    ck_assert_ptr_nonnull(
        strstr(out.data, "$w$ & \\raggedright{}$0.1234567890\\allowbreak 12"));
    ck_assert_ptr_nonnull(
        strstr(out.data, "1234567890$\\tabularnewline\n\\end{tabular}"));
    ck_assert_ptr_null(strstr(out.data, "7890\\allowbreak $"));
    ck_assert_str_eq(latex(number(digits)), digits);
}
END_TEST

START_TEST(tables_and_headings)
{
    struct inline_node *cells[] = {doc_text(&doc, "a"), doc_text(&doc, "b&"),
                                   doc_formula(&doc, name("c")), doc_text(&doc, "d")};
    struct block *heading = doc_block(&doc, BLOCK_HEADING), *table;
    heading->level = 1;
    heading->inlines = doc_text(&doc, "Title_1");
    table = doc_block(&doc, BLOCK_TABLE);
    table->columns = 2;
    table->cells = cells;
    table->cell_count = 4;
    ck_assert_str_eq(document(false), "\\subsection*{Title\\_1}\n\n"
                                      "\\begin{center}\\renewcommand{\\arraystretch}{1."
                                      "25}\n\\begin{tabular}{@{}ll@{}}\n"
                                      "a & b\\&\\\\\n\\hline\n$c$ & d\\\\\n"
                                      "\\end{tabular}\n\\end{center}\n");
    ck_assert_ptr_nonnull(strstr(document(true), "\\section*{Title\\_1}"));
    ck_assert_ptr_nonnull(strstr(document(true), "\\displaywidowpenalty=10000\n"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("write_latex");
    TCase *tests = tcase_create("write_latex");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, commands_do_not_swallow_letters);
    tcase_add_test(tests, every_kind_of_formula);
    tcase_add_test(tests, text_never_acts);
    tcase_add_test(tests, signs_of_other_languages);
    tcase_add_test(tests, long_numbers_may_be_broken);
    tcase_add_test(tests, code_cannot_be_left);
    tcase_add_test(tests, equations_are_numbered_and_referred_to);
    tcase_add_test(tests, a_display_without_numbers_has_a_star);
    tcase_add_test(tests, reasons_stand_beside_or_above);
    tcase_add_test(tests, no_short_expression_is_alone_on_a_page);
    tcase_add_test(tests, long_displays_are_split);
    tcase_add_test(tests, a_grid_has_as_many_columns_as_fit);
    tcase_add_test(tests, a_lone_derivative_in_a_line_gets_a_slash);
    tcase_add_test(tests, only_a_whole_document_has_colours_and_figures);
    tcase_add_test(tests, tables_and_headings);
    tcase_add_test(tests, values_stand_in_units_and_on_edges);
    tcase_add_test(tests, long_tables_go_on_beside_or_below);
    tcase_add_test(tests, tables_are_cut_by_the_lines_that_they_have);
    tcase_add_test(tests, fractions_of_rows_do_not_touch);
    tcase_add_test(tests, wide_columns_are_broken);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
