#include "tell/tell_derivation.h"

#include "../given.h"
#include "derive/derive.h"
#include "write/write.h"

#include <stdlib.h>

static struct given given;
static struct derivation derivation;
static struct buf out;

static void setup(void)
{
    node_id from, to;
    buf_init(&out);
    given_init(&given, "inputs x 2\nlayer h 2 tanh\nlayer y 2\ntargets t\n");
    from = given_node(&given, "w_{11}^{1}");
    to = network_error(given.network);
    ck_assert(derive(&derivation, given.network, from, to, &given.budget, &given.diags));
}

static void teardown(void)
{
    derivation_clear(&derivation);
    given_clear(&given);
    buf_clear(&out);
}

static const char *as_text(void)
{
    const struct telling telling = {
        .detail = RULE_EXPLICIT, .max_terms = UINT64_MAX, .first_number = 1};
    struct doc doc;
    doc_init(&doc);
    tell_derivation(&doc, &derivation, &telling);
    buf_truncate(&out, 0);
    write_text(&doc, 90, &out);
    doc_clear(&doc);
    return buf_peek(&out);
}

START_TEST(what_is_proved_is_not_called_probable)
{
    ck_assert_uint_gt(derivation.backward_count, 0);
    ck_assert_ptr_null(strstr(as_text(), "probable"));
}
END_TEST

START_TEST(an_equation_of_backprop_may_be_probable)
{
    derivation.backward[0].verdict = VERDICT_PROBABLE;
    derivation.backward[0].bound = 97;
    ck_assert_ptr_nonnull(
        strstr(as_text(), "is probable: wrong with a chance below 2^-97."));
}
END_TEST

START_TEST(an_error_signal_of_an_output_may_be_probable)
{
    ck_assert_uint_gt(derivation.signal_count, 0);
    derivation.signals[0].verdict = VERDICT_PROBABLE;
    derivation.signals[0].bound = 95;
    ck_assert_ptr_nonnull(
        strstr(as_text(), "is probable: wrong with a chance below 2^-95."));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tell_derivation");
    TCase *tcase = tcase_create("probable");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, what_is_proved_is_not_called_probable);
    tcase_add_test(tcase, an_equation_of_backprop_may_be_probable);
    tcase_add_test(tcase, an_error_signal_of_an_output_may_be_probable);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
