#include "doc/doc.h"

#include "base/buf.h"

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

/* The inlines as one text; references in brackets. */
static const char *flat(const struct inline_node *node)
{
    buf_truncate(&out, 0);
    for (; node; node = node->next) {
        if (node->kind == INLINE_REFERENCE)
            buf_format(&out, "(%u)", node->number);
        else
            buf_text(&out, node->text);
    }
    return buf_peek(&out);
}

START_TEST(a_sentence_takes_its_arguments_in_any_order)
{
    struct inline_node *arguments[] = {doc_text(&doc, "one"), doc_reference(&doc, 7)};

    ck_assert_str_eq(flat(doc_sentence(&doc, "Put {2} into {1}.", arguments, 2)),
                     "Put (7) into one.");
    ck_assert_str_eq(flat(doc_sentence(&doc, "{1}{1}{2}", arguments, 2)), "oneone(7)");
    ck_assert_str_eq(flat(arguments[0]), "one");
}
END_TEST

START_TEST(other_braces_are_text)
{
    struct inline_node *argument = doc_text(&doc, "a");

    ck_assert_str_eq(flat(doc_sentence(&doc, "{0} {2} {x} {1", &argument, 1)),
                     "{0} {2} {x} {1");
    ck_assert_ptr_null(doc_sentence(&doc, "", NULL, 0));
}
END_TEST

START_TEST(joined_lists_are_copies)
{
    struct inline_node *a = doc_text(&doc, "a"), *b = doc_text(&doc, "b");

    ck_assert_str_eq(flat(doc_join(&doc, a, b)), "a b");
    ck_assert_str_eq(flat(doc_join(&doc, a, NULL)), "a");
    ck_assert_str_eq(flat(doc_join(&doc, NULL, b)), "b");
    ck_assert_ptr_null(a->next);
}
END_TEST

START_TEST(blocks_and_rows_keep_their_order)
{
    struct formula *x = formula_text(&doc.arena, FORMULA_NAME, "x");
    struct block *first = doc_block(&doc, BLOCK_PARAGRAPH);
    struct block *second = doc_block(&doc, BLOCK_DISPLAY);
    struct row *row = doc_row(&doc, second, x, x), *next = doc_row(&doc, second, NULL, x);

    ck_assert_ptr_eq(doc.first, first);
    ck_assert_ptr_eq(first->next, second);
    ck_assert_ptr_eq(doc.last, second);
    ck_assert_ptr_eq(second->rows, row);
    ck_assert_ptr_eq(row->next, next);
    ck_assert_str_eq(row->relation, "=");
}
END_TEST

START_TEST(the_width_of_words_adds_up)
{
    struct inline_node *text = doc_text(&doc, "abcd");
    struct inline_node *formula =
        doc_formula(&doc, formula_text(&doc.arena, FORMULA_NAME, "x"));

    ck_assert_uint_eq(doc_width(NULL), 0);
    ck_assert_uint_eq(doc_width(doc_join(&doc, text, formula)),
                      doc_width(text) + doc_width(doc_text(&doc, " ")) +
                          doc_width(formula));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("doc");
    TCase *tests = tcase_create("doc");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_sentence_takes_its_arguments_in_any_order);
    tcase_add_test(tests, other_braces_are_text);
    tcase_add_test(tests, joined_lists_are_copies);
    tcase_add_test(tests, blocks_and_rows_keep_their_order);
    tcase_add_test(tests, the_width_of_words_adds_up);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
