#include "verify/verdict.h"

#include "base/memory.h"

#include <check.h>
#include <string.h>

static struct verification verification;

static const char text[] = "y = w x\nz = a\n  = b\n";

static void set_up(void)
{
    verification_init(&verification);
    verification.documents = memory_zeroed(3, sizeof *verification.documents);
    verification.document_count = 3;
    for (int i = 0; i < 3; i++) {
        struct verified_document *document = &verification.documents[i];

        diags_init(&document->diags);
        document->is_read = source_from_text(&document->source, "a.tex", text,
                                             strlen(text), &document->diags);
    }
}

static void tear_down(void)
{
    verification_clear(&verification);
}

static struct verified_step *add(size_t document, enum step_verdict verdict)
{
    struct verified_step *step = verification_add(&verification);

    step->document = document;
    step->verdict = verdict;
    return step;
}

START_TEST(a_new_step_says_nothing)
{
    struct verified_step *step = verification_add(&verification);

    ck_assert_int_eq(step->verdict, STEP_UNCHECKED);
    ck_assert_int_eq(step->carried_from, STEP_NONE);
    ck_assert_ptr_null(step->counterexample);
    ck_assert_uint_eq(step->reasons.count, 0);
}
END_TEST

START_TEST(steps_are_counted_by_document)
{
    struct step_range range;
    size_t counts[STEP_VERDICTS];

    for (int i = 0; i < 100; i++)
        add(0, STEP_PROVED);
    add(2, STEP_REFUTED);
    add(2, STEP_PROVED);
    ck_assert_uint_eq(verification_count(&verification, STEP_PROVED), 101);
    range = verification_range(&verification, 1);
    ck_assert_uint_eq(range.first, range.end);
    range = verification_range(&verification, 2);
    ck_assert_uint_eq(range.first, 100);
    ck_assert_uint_eq(range.end, 102);
    verification_tally(&verification, range, counts);
    ck_assert_uint_eq(counts[STEP_REFUTED], 1);
    ck_assert_uint_eq(counts[STEP_PROVED], 1);
}
END_TEST

static enum status status_with(enum step_verdict verdict)
{
    verification.step_count = 0;
    add(0, STEP_DEFINITION);
    add(0, STEP_PROVED);
    add(0, STEP_NAMING);
    add(0, verdict);
    return verification_status(&verification, 0, false);
}

START_TEST(the_worst_step_is_the_status)
{
    ck_assert_int_eq(status_with(STEP_PROVED), STATUS_OK);
    ck_assert_int_eq(status_with(STEP_REFUTED), STATUS_FALSE);
    ck_assert_int_eq(status_with(STEP_CARRIED), STATUS_FALSE);
    ck_assert_int_eq(status_with(STEP_PROBABLE), STATUS_UNDECIDED);
    ck_assert_int_eq(status_with(STEP_UNDECIDED), STATUS_UNDECIDED);
    ck_assert_int_eq(status_with(STEP_UNCHECKED), STATUS_UNDECIDED);
    add(0, STEP_REFUTED);
    ck_assert_int_eq(verification_status(&verification, 0, false), STATUS_FALSE);
}
END_TEST

START_TEST(nothing_checked_is_not_true)
{
    ck_assert_int_eq(verification_status(&verification, 0, false), STATUS_UNDECIDED);
    verification.documents[1].is_read = false;
    ck_assert_int_eq(verification_status(&verification, 1, false), STATUS_INPUT);
    diag(&verification.documents[1].diags, DIAG_FILE_OPEN, "a.tex", "gone", NULL);
    ck_assert_int_eq(verification_status(&verification, 1, false), STATUS_FILE);
}
END_TEST

START_TEST(warnings_count_if_strict)
{
    add(0, STEP_PROVED);
    verification.documents[0].warning_count = 1;
    ck_assert_int_eq(verification_status(&verification, 0, false), STATUS_OK);
    ck_assert_int_eq(verification_status(&verification, 0, true), STATUS_FALSE);
}
END_TEST

START_TEST(of_several_documents_the_worst_counts)
{
    static const enum status order[] = {STATUS_OK,      STATUS_UNDECIDED, STATUS_FALSE,
                                        STATUS_INPUT,   STATUS_LIMIT,     STATUS_FILE,
                                        STATUS_INTERNAL};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (size_t k = 0; k <= i; k++) {
            ck_assert_int_eq(status_worse(order[i], order[k]), order[i]);
            ck_assert_int_eq(status_worse(order[k], order[i]), order[i]);
        }
}
END_TEST

START_TEST(a_step_stands_where_its_right_side_does)
{
    struct verified_step *step = add(0, STEP_PROVED);
    struct place place;

    step->span = step->left = (struct span){0, 1};
    step->span.end = 7;
    step->right = (struct span){4, 7};
    ck_assert_uint_eq(step_line(&verification, step), 1);
    ck_assert_uint_eq(step_place(&verification, step).span.begin, 0);
    step->left = (struct span){12, 13};
    step->right = (struct span){18, 19};
    step->span = span_join(step->left, step->right);
    place = step_place(&verification, step);
    ck_assert_uint_eq(step_line(&verification, step), 3);
    ck_assert_uint_eq(place.span.begin, 18);
    ck_assert_uint_eq(place.span.end, 19);
}
END_TEST

START_TEST(a_hint_keeps_the_place_alone)
{
    struct verified_step *step = add(0, STEP_REFUTED);
    struct verified_document *document = &verification.documents[0];

    step->counterexample = memory_zeroed(1, sizeof *step->counterexample);
    step->path = memory_strdup("w → E");
    step->repair_count = 1;
    step->repairs[0] =
        (struct repair){REPAIR_SIGN, {0, 1}, memory_strdup("-"), memory_strdup("+")};
    diag(&step->reasons, DIAG_NOTE_HERE, "w", NULL);
    document->conventions = memory_zeroed(1, sizeof *document->conventions);
    document->conventions[0].factor = memory_strdup("2");
    document->convention_count = 1;
    verification_hint(&verification);
    ck_assert_ptr_null(step->counterexample);
    ck_assert_ptr_null(step->path);
    ck_assert_uint_eq(step->repair_count, 0);
    ck_assert_uint_eq(step->reasons.count, 0);
    ck_assert_ptr_null(document->conventions[0].factor);
    ck_assert_int_eq(step->verdict, STEP_REFUTED);
}
END_TEST

START_TEST(every_verdict_and_repair_has_a_word)
{
    static const char *const words[] = {"definition", "naming",   "proved",
                                        "refuted",    "carried",  "probable",
                                        "undecided",  "unchecked"};

    for (int i = 0; i < STEP_VERDICTS; i++)
        ck_assert_str_eq(step_verdict_word((enum step_verdict)i), words[i]);
    for (int i = REPAIR_OTHER; i <= REPAIR_CONSTANT; i++)
        ck_assert_ptr_nonnull(repair_kind_word((enum repair_kind)i));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verdict");
    TCase *tcase = tcase_create("verdict");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_new_step_says_nothing);
    tcase_add_test(tcase, steps_are_counted_by_document);
    tcase_add_test(tcase, the_worst_step_is_the_status);
    tcase_add_test(tcase, nothing_checked_is_not_true);
    tcase_add_test(tcase, warnings_count_if_strict);
    tcase_add_test(tcase, of_several_documents_the_worst_counts);
    tcase_add_test(tcase, a_step_stands_where_its_right_side_does);
    tcase_add_test(tcase, a_hint_keeps_the_place_alone);
    tcase_add_test(tcase, every_verdict_and_repair_has_a_word);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
