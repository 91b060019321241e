#include "write/latex_height.h"
#include "write/overlays.h"
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

static struct formula *pair(enum formula_kind kind, struct formula *first,
                            struct formula *second, unsigned size)
{
    struct formula *parts[] = {first, second};
    return formula_make(&doc.arena, kind, NULL, parts, second ? 2 : 1, size);
}

/* `a + b`, the terms of paths 0 and 1. */
static struct formula *sum(void)
{
    struct formula *row = formula_row(&doc.arena);
    formula_append(&doc.arena, row, pair(FORMULA_MARK, name("a"), NULL, 0));
    formula_append(&doc.arena, row, formula_text(&doc.arena, FORMULA_SIGN, "+"));
    formula_append(&doc.arena, row, pair(FORMULA_MARK, name("b"), NULL, 1));
    return row;
}

static void heading(unsigned level, const char *text)
{
    doc_heading(&doc, level)->inlines = doc_text(&doc, text);
}

static void paragraph(const char *text)
{
    doc_block(&doc, BLOCK_PARAGRAPH)->inlines = doc_text(&doc, text);
}

static void figure(void)
{
    static struct figure_node nodes[] = {
        {.name = "x", .mark = FIGURE_LIT},
        {.name = "y", .x = 1, .mark = FIGURE_LIT},
    };
    static struct figure_edge edges[] = {
        {.from = 0, .to = 1, .mark = FIGURE_PATH, .paths = 1},
        {.from = 0, .to = 1, .mark = FIGURE_PATH + 1, .bend = 30, .paths = 2},
    };
    static struct figure both = {nodes, 2, edges, 2, NULL};
    doc_block(&doc, BLOCK_FIGURE)->figure = &both;
}

static const char *slides(void)
{
    buf_truncate(&out, 0);
    write_beamer(&doc, &out);
    return buf_peek(&out);
}

static size_t count(const char *text, const char *part)
{
    size_t found = 0;
    for (text = strstr(text, part); text; text = strstr(text + 1, part))
        found++;
    return found;
}

static void has(const char *part)
{
    ck_assert_msg(strstr(slides(), part) != NULL, "no %s in\n%s", part, buf_peek(&out));
}

START_TEST(headings_open_slides)
{
    heading(1, "The whole");
    figure();
    heading(2, "Empty");
    heading(2, "A part");
    paragraph("50% of it");
    ck_assert_uint_eq(count(slides(), "\\begin{frame}"), 2);
    has("The whole\n\\end{center}\n{\\centering\n\\begin{tikzpicture}");
    has("\\frametitle{A part}\n50\\% of it\n\\end{frame}");
    ck_assert_uint_eq(count(slides(), "Empty"), 0);
}
END_TEST

START_TEST(terms_light_their_paths)
{
    heading(1, "The whole");
    figure();
    heading(2, "A part");
    paragraph("It is");
    struct block *block = doc_block(&doc, BLOCK_DISPLAY);
    doc_row(&doc, block, name("z"), sum());
    doc_row(&doc, block, NULL, sum());
    has("\\uncover<2->{z} &\\uncover<2->{= "
        "{\\color{path1}a}\\uncover<3->{+{\\color{path2}"
        "b}}}");
    has(" &\\uncover<4->{= {\\color{path1}a}+{\\color{path2}b}}");
    has("\\draw[->,on=<1>{idle},on=<2->{thick,path1,solid}] (n0) -- (n1);");
    has("\\draw[->,on=<1-2>{idle},on=<3->{thick,path2,densely dashed}]");
}
END_TEST

/* In another part the terms come together; in another section one by one again. */
START_TEST(known_terms_come_together)
{
    for (unsigned level = 1; level <= 2; level++) {
        heading(level, "Again");
        doc_row(&doc, doc_block(&doc, BLOCK_DISPLAY), name("z"), sum());
    }
    heading(1, "Anew");
    doc_row(&doc, doc_block(&doc, BLOCK_DISPLAY), name("z"), sum());
    ck_assert_uint_eq(count(slides(), "\\uncover<2->{+{\\color{path2}b}}"), 2);
    ck_assert_uint_eq(count(slides(), "a}+{\\color{path2}b}"), 1);
}
END_TEST

START_TEST(long_displays_are_continued)
{
    heading(2, "Long");
    struct block *block = doc_block(&doc, BLOCK_DISPLAY);
    for (unsigned i = 0; i < 30; i++)
        doc_row(&doc, block, i ? NULL : name("z"), name("a"))->number = i == 29 ? 7 : 0;
    ck_assert_uint_ge(count(slides(), "Long\\continued}"), 2);
    ck_assert_uint_eq(count(slides(), "&\\uncover<2->{= a}"),
                      count(slides(), "\nz &= a"));
    ck_assert_uint_eq(count(slides(), "{(7)}"), 1);
    ck_assert_uint_eq(count(slides(), "= a"), 30);
}
END_TEST

/* A row that is too high with those that continue it is parted, and has its number at the
   end. */
START_TEST(long_rows_are_parted)
{
    heading(2, "Long");
    struct block *block = doc_block(&doc, BLOCK_DISPLAY);
    for (unsigned i = 0; i < 30; i++)
        doc_row(&doc, block, i ? NULL : name("z"), name("a"))->continues = i > 0;
    block->rows->number = 7;
    has("\\begin{align}\n &\\quad{}a");
    has("a \\tag{7}\n\\end{align}");
    ck_assert_uint_eq(count(slides(), "tag"), count(slides(), "\\notag") + 1);
    ck_assert_uint_eq(count(slides(), "\nz"), 1);
}
END_TEST

START_TEST(long_tables_are_continued)
{
    struct block *table = doc_block(&doc, BLOCK_TABLE);
    struct inline_node *cells[42];
    for (unsigned i = 0; i < 42; i++)
        cells[i] = doc_text(&doc, "a cell that takes some of the line");
    table->columns = 2;
    table->cells = cells;
    table->cell_count = 42;
    ck_assert_uint_ge(count(slides(), "\\begin{frame}"), 2);
    ck_assert_uint_eq(count(slides(), "\\hline"), count(slides(), "\\begin{tabular}"));
}
END_TEST

START_TEST(heights)
{
    struct formula *fraction = pair(FORMULA_FRACTION, name("a"), name("b"), 1);
    struct formula *nested = pair(FORMULA_FRACTION, fraction, name("b"), 1);
    ck_assert_uint_lt(latex_height(name("a")), latex_height(name("a_{1}^{(1)}")));
    ck_assert_uint_lt(latex_height(name("a")), latex_height(fraction));
    ck_assert_uint_lt(latex_height(fraction), latex_height(nested));
    ck_assert_uint_eq(latex_height(pair(FORMULA_FRACTION, name("1"), name("2"), 0)),
                      latex_height(name("a")));
    struct formula *inner = name("a");
    for (unsigned i = 0; i < 20000; i++)
        inner = pair(FORMULA_MARK, inner, NULL, 0);
    ck_assert_uint_eq(latex_height(inner), latex_height(name("a")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("write_beamer");
    TCase *tests = tcase_create("slides");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, headings_open_slides);
    tcase_add_test(tests, terms_light_their_paths);
    tcase_add_test(tests, known_terms_come_together);
    tcase_add_test(tests, long_displays_are_continued);
    tcase_add_test(tests, long_rows_are_parted);
    tcase_add_test(tests, long_tables_are_continued);
    tcase_add_test(tests, heights);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
