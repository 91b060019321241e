#include "eval/difference.h"

#include "../given.h"

#include <stdlib.h>

static struct given given;
static struct values values;
static struct enclosure quotient;
static mpq_t accuracy;

static void setup(void)
{
    enclosure_init(&quotient);
    mpq_init(accuracy);
    mpq_set_ui(accuracy, 1, 1);
    mpz_ui_pow_ui(mpq_denref(accuracy), 10, 40);
}

static void teardown(void)
{
    enclosure_clear(&quotient);
    mpq_clear(accuracy);
}

/* dE/d(name), at 256 bits. */
static void run(const char *spec, const char *name)
{
    given_init(&given, spec);
    values_init(&values, given.network, &given.budget);
    values_set_bits(&values, 256);
    ck_assert(values_take_given(&values, &given.diags));
    ck_assert(values_forward(&values, &given.diags));
    struct difference *difference = difference_new(&values, network_error(given.network));
    difference_quotient(difference, given_node(&given, name), &quotient);
    difference_free(difference);
    values_clear(&values);
    given_clear(&given);
}

static void check_rational(const char *spec, const char *name, long numerator,
                           unsigned long denominator)
{
    struct enclosure expected;
    mpq_t exact;
    mpq_init(exact);
    enclosure_init(&expected);
    mpq_set_si(exact, numerator, denominator);
    mpq_canonicalize(exact);
    enclosure_set_rational(&expected, exact);
    run(spec, name);
    ck_assert(enclosures_meet(&quotient, &expected));
    ck_assert(enclosure_is_within(&quotient, accuracy));
    enclosure_clear(&expected);
    mpq_clear(exact);
}

/* E''' is not 0 in any of these: without the remainder the quotient would miss. */
START_TEST(the_remainder_is_taken_away)
{
    check_rational("parameter u\nerror E = u^5\nlet u = 2\n", "u", 80, 1);
    check_rational("parameter u\nerror E = 1/u^2\nlet u = -2/3\n", "u", 27, 4);
    check_rational(
        "parameters u v\na = u v + u^3\nerror E = a^2/(1 + v^4)\nlet u v = 1 2\n", "u",
        30, 17);
    check_rational("parameter u\nerror E = (\\ln u)^3 u + \\exp(u - 1)\nlet u = 1\n", "u",
                   1, 1);
    check_rational("parameter u\nerror E = \\sqrt{u} + |u| u^3\nlet u = 1/4\n", "u", 17,
                   16);
    check_rational("parameter u\nerror E = \\max(u^3, -u) + relu(-u)\nlet u = -2\n", "u",
                   -2, 1);
}
END_TEST

/* By what is defined itself; by what the error does not hang on. */
START_TEST(by_defined_symbols)
{
    static const char spec[] =
        "parameters u v\na = u^3\nb = v\nerror E = a^4 + u\nlet u v = 2 1\n";
    check_rational(spec, "a", 2048, 1);
    check_rational(spec, "b", 0, 1);
    check_rational(spec, "E", 1, 1);
}
END_TEST

static void check_double(const char *spec, double expected)
{
    run(spec, "u");
    ck_assert(enclosure_is_within(&quotient, accuracy));
    ck_assert_double_eq_tol(mpfr_get_d(quotient.lower, MPFR_RNDN), expected, 1e-12);
}

/* sigmoid'(1/2), tanh'(1/2), 1/(1 + e^-1/2); and second derivatives by difference of the
 * first. */
START_TEST(functions)
{
    check_double("parameter u\nerror E = \\sigma(u)\nlet u = 1/2\n", 0.23500371220159449);
    check_double("parameter u\nerror E = \\sigma(-u)\nlet u = 1/2\n",
                 -0.23500371220159449);
    check_double("parameter u\nerror E = \\tanh u\nlet u = 1/2\n", 0.78644773296592741);
    check_double("parameter u\nerror E = softplus(u)\nlet u = 1/2\n",
                 0.62245933120185457);
    check_double("parameter u\nerror E = softplus(-u)\nlet u = 1/2\n",
                 -0.37754066879814543);
    check_double("function f(z) = z e^z\nparameter u\nerror E = f(u)\nlet u = 1/2\n",
                 2.4730819060501922);
}
END_TEST

/* No bound, and never a wrong one. */
START_TEST(where_there_is_no_bound)
{
    static const char *const specs[] = {
        "parameter u\nerror E = relu(u - 1)\nlet u = 1\n",
        "parameter u\nerror E = |u|\nlet u = 0\n",
        "parameter u\nerror E = 1/(u - 1 + 10^{-30})\nlet u = 1\n",
        "parameter u\nerror E = e^{u}\nlet u = 1e300\n"};
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        run(specs[i], "u");
        ck_assert(!enclosure_is_within(&quotient, accuracy));
        ck_assert(!mpfr_nan_p(quotient.lower) && !mpfr_nan_p(quotient.upper));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("difference");
    TCase *tcase = tcase_create("difference");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, the_remainder_is_taken_away);
    tcase_add_test(tcase, by_defined_symbols);
    tcase_add_test(tcase, functions);
    tcase_add_test(tcase, where_there_is_no_bound);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
