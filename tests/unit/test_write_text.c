#include "write/write.h"

#include "write/text_formula.h"

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

static struct formula *number(const char *text)
{
    return formula_text(&doc.arena, FORMULA_NUMBER, text);
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

static struct formula *fraction(struct formula *above, struct formula *below)
{
    return pair(FORMULA_FRACTION, NULL, above, below, 1);
}

static struct formula *slope(const char *of, const char *by)
{
    return fraction(row(sign("\\partial"), name(of), NULL),
                    row(sign("\\partial"), name(by), NULL));
}

static struct formula *bracket(struct formula *inner)
{
    return formula_make(&doc.arena, FORMULA_BRACKET, "(", &inner, 1, 0);
}

static const char *text(const struct formula *formula)
{
    buf_truncate(&out, 0);
    write_text_formula(formula, &out);
    return buf_peek(&out);
}

static const char *document(unsigned width)
{
    buf_truncate(&out, 0);
    write_text(&doc, width, &out);
    return buf_peek(&out);
}

START_TEST(products_and_sums)
{
    struct formula *difference = row(name("t_{1}"), sign("-"), name("y_{1}"));

    ck_assert_str_eq(text(row(name("w_{11}^{2}"), name("x_{1}"), NULL)), "w₁₁² x₁");
    ck_assert_str_eq(text(row(number("2"), sign("\\,"), bracket(difference))),
                     "2 (t₁ − y₁)");
    ck_assert_str_eq(text(row(sign("-"), name("a"), NULL)), "−a");
    ck_assert_str_eq(text(row(name("b"), bracket(row(sign("-"), name("a"), NULL)), NULL)),
                     "b (−a)");
    ck_assert_str_eq(text(name("\\Delta w_{11}^{1}")), "Δw₁₁¹");
    ck_assert_str_eq(
        text(row(name("a"), formula_text(&doc.arena, FORMULA_BLANK, "1"), name("b"))),
        "a [1____] b");
}
END_TEST

START_TEST(fractions_read_back)
{
    struct formula *sum = row(name("a"), sign("+"), name("b"));
    struct formula *product = row(name("a"), name("b"), NULL);
    struct formula *operator=
        fraction(sign("\\partial"), row(sign("\\partial"), name("w_{1}"), NULL));
    struct formula *square = pair(FORMULA_POWER, NULL, name("b"), number("2"), 0);
    struct formula *half = pair(FORMULA_FRACTION, NULL, number("1"), number("2"), 0);

    ck_assert_str_eq(text(row(slope("y_{1}", "h_{1}"), slope("h_{1}", "w_{1}"), NULL)),
                     "∂y₁/∂h₁ · ∂h₁/∂w₁");
    ck_assert_str_eq(text(row(slope("y_{1}", "h_{1}"), name("x"), NULL)), "∂y₁/∂h₁ · x");
    ck_assert_str_eq(text(row(name("x"), slope("y_{1}", "h_{1}"), NULL)), "x · ∂y₁/∂h₁");
    ck_assert_str_eq(text(fraction(sum, product)), "(a + b)/(a b)");
    ck_assert_str_eq(text(fraction(name("a"), square)), "a/b²");
    ck_assert_str_eq(text(fraction(name("a"), bracket(sum))), "a/(a + b)");
    ck_assert_str_eq(text(row(operator, half, bracket(sum))), "∂/∂w₁ 1/2 (a + b)");
    ck_assert_str_eq(text(row(name("x"), operator, bracket(sum))), "x · ∂/∂w₁ (a + b)");
}
END_TEST

START_TEST(exponents)
{
    struct formula *sum = row(name("a"), sign("+"), name("b"));
    struct formula *minus = row(sign("-"), number("12"), NULL);

    ck_assert_str_eq(text(pair(FORMULA_POWER, NULL, name("x_{1}"), number("2"), 0)),
                     "x₁²");
    ck_assert_str_eq(text(pair(FORMULA_POWER, NULL, bracket(sum), minus, 0)),
                     "(a + b)⁻¹²");
    ck_assert_str_eq(text(pair(FORMULA_POWER, NULL, name("a"), sum, 0)), "a^{a+b}");
    ck_assert_str_eq(
        text(row(pair(FORMULA_POWER, NULL, name("a"), number("2"), 0), name("b"), NULL)),
        "a² b");
}
END_TEST

START_TEST(sums_with_limits_and_bars)
{
    struct formula *from = row(name("k"), sign("="), number("1"));
    struct formula *sum = pair(FORMULA_BIG, "\\sum", from, number("2"), 0);
    struct formula *in = row(name("w"), sign("\\in"), name("p"));
    struct formula *product = pair(FORMULA_BIG, "\\prod", in, NULL, 0);

    ck_assert_str_eq(text(row(name("x"), sum, name("w"))), "x ∑_{k=1}^{2} w");
    ck_assert_str_eq(text(row(product, name("w"), NULL)), "∏_{w∈p} w");
    ck_assert_str_eq(text(pair(FORMULA_BAR, NULL, slope("y", "w"), name("h_{1}"), 0)),
                     "∂y/∂w|_{h₁}");
}
END_TEST

START_TEST(chains_are_aligned_and_numbered)
{
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    doc_row(&doc, display, slope("E", "w"), name("a"));
    doc_row(&doc, display, NULL, name("b"))->number = 1;
    doc_row(&doc, display, name("c"), name("d"));
    ck_assert_str_eq(document(30), "    ∂E/∂w = a\n"
                                   "          = b              (1)\n"
                                   "\n"
                                   "        c = d\n");
}
END_TEST

START_TEST(paragraphs_are_filled_and_formulas_kept_whole)
{
    struct inline_node *sum = doc_formula(&doc, row(name("a"), sign("+"), name("b")));
    doc_block(&doc, BLOCK_PARAGRAPH)->inlines =
        doc_sentence(&doc, "The words go on and {1} is kept.", &sum, 1);
    ck_assert_str_eq(document(24), "The words go on and\na + b is kept.\n");
}
END_TEST

START_TEST(a_terminal_is_not_acted_on)
{
    doc_block(&doc, BLOCK_PARAGRAPH)->inlines = doc_text(&doc, "a\x1b[31mb\nc");
    ck_assert_str_eq(document(80), "a\xef\xbf\xbd[31mb c\n");
}
END_TEST

static struct formula *long_sum(int count)
{
    struct formula *sum = formula_row(&doc.arena);
    for (int i = 0; i < count; i++) {
        char label[16];
        snprintf(label, sizeof label, "u_{%d}", i + 10);
        if (i > 0)
            formula_append(&doc.arena, sum, sign("+"));
        formula_append(&doc.arena, sum, name(label));
    }
    return sum;
}

START_TEST(long_lines_break_at_signs)
{
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    doc_row(&doc, display, name("a"), long_sum(8))->number = 3;
    ck_assert_str_eq(document(42), "    a = u₁₀ + u₁₁ + u₁₂ + u₁₃ + u₁₄\n"
                                   "          + u₁₅ + u₁₆ + u₁₇            (3)\n");
}
END_TEST

START_TEST(rows_broken_for_paper_are_joined)
{
    struct block *display = doc_block(&doc, BLOCK_DISPLAY);
    doc_row(&doc, display, name("a"), long_sum(2));
    doc_row(&doc, display, NULL, row(sign("+"), long_sum(1), NULL))->continues = true;
    ck_assert_str_eq(document(80), "    a = u₁₀ + u₁₁ + u₁₀\n");
}
END_TEST

START_TEST(long_products_break_with_a_dot)
{
    struct formula *product = formula_row(&doc.arena);
    for (int i = 0; i < 16; i++)
        formula_append(&doc.arena, product, name("w_{11}^{2}"));
    doc_row(&doc, doc_block(&doc, BLOCK_DISPLAY), name("a"), product);
    const char *lines = document(50);
    ck_assert_ptr_nonnull(strstr(lines, "\n          · w₁₁²"));
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        ck_assert_uint_le(text_formula_columns(lines, length), 50);
        lines += length + 1;
    }
}
END_TEST

START_TEST(grids_and_tables)
{
    struct inline_node *cells[] = {doc_text(&doc, "name"), doc_text(&doc, "n"),
                                   doc_formula(&doc, name("w_{1}")),
                                   doc_text(&doc, "12")};
    struct block *grid = doc_block(&doc, BLOCK_GRID), *table;
    grid->columns = 2;
    doc_row(&doc, grid, name("a"), name("b"));
    doc_row(&doc, grid, name("c"), name("d"));
    doc_row(&doc, grid, name("e"), long_sum(2));
    table = doc_block(&doc, BLOCK_TABLE);
    table->columns = 2;
    table->cells = cells;
    table->cell_count = 4;
    ck_assert_str_eq(document(80), "    a = b            c = d\n"
                                   "    e = u₁₀ + u₁₁\n"
                                   "\n"
                                   "    name    n\n"
                                   "    ──────────\n"
                                   "    w₁      12\n");
    ck_assert_ptr_nonnull(strstr(document(20), "    a = b\n    c = d\n"));
}
END_TEST

/* Wide columns are narrowed, narrow ones are not. */
START_TEST(a_wide_table_has_cells_of_several_lines)
{
    struct block *table = doc_table(&doc, 2, 2);
    doc_cell(table, doc_text(&doc, "words"));
    doc_cell(table, doc_text(&doc, "n"));
    doc_cell(table, doc_text(&doc, "one two three four five six seven"));
    doc_cell(table, doc_text(&doc, "12"));
    doc_cell(table, doc_text(&doc, "short"));
    doc_cell(table, doc_text(&doc, "3"));
    ck_assert_str_eq(document(36), "    words                         n\n"
                                   "    ────────────────────────────────\n"
                                   "    one two three four five       12\n"
                                   "      six seven\n"
                                   "    short                         3\n");
}
END_TEST

START_TEST(headings_reasons_and_code)
{
    struct block *heading = doc_block(&doc, BLOCK_HEADING), *display;
    heading->level = 1;
    heading->inlines = doc_text(&doc, "Title");
    display = doc_block(&doc, BLOCK_DISPLAY);
    doc_row(&doc, display, name("a"), name("b"));
    doc_row(&doc, display, NULL, name("c"))->reason = doc_text(&doc, "put in");
    doc_block(&doc, BLOCK_CODE)->text = "x\n\n  y\n";
    ck_assert_str_eq(document(80), "Title\n═════\n"
                                   "\n"
                                   "    a = b\n"
                                   "        put in\n"
                                   "      = c\n"
                                   "\n"
                                   "    x\n\n      y\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("write_text");
    TCase *tests = tcase_create("write_text");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, products_and_sums);
    tcase_add_test(tests, fractions_read_back);
    tcase_add_test(tests, exponents);
    tcase_add_test(tests, sums_with_limits_and_bars);
    tcase_add_test(tests, chains_are_aligned_and_numbered);
    tcase_add_test(tests, paragraphs_are_filled_and_formulas_kept_whole);
    tcase_add_test(tests, a_terminal_is_not_acted_on);
    tcase_add_test(tests, long_lines_break_at_signs);
    tcase_add_test(tests, rows_broken_for_paper_are_joined);
    tcase_add_test(tests, long_products_break_with_a_dot);
    tcase_add_test(tests, grids_and_tables);
    tcase_add_test(tests, a_wide_table_has_cells_of_several_lines);
    tcase_add_test(tests, headings_reasons_and_code);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
