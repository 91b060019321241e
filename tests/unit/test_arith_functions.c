/* The functions of both players: against libm, against each other, and against themselves
   at four times the precision. */
#include "eval/evaluate.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const struct arith *const tables[] = {&arith_gmp, &arith_flint};
enum { TABLES = 2, BITS = 64, LEAVES = 4, RUNS = 300, OPERATIONS = 12 };

static mpq_t rational, parameter, half;
static struct enclosure result;

static void setup(void)
{
    mpq_inits(rational, parameter, half, NULL);
    mpq_set_ui(parameter, 1, 100);
    mpq_set_ui(half, 1, 2);
    enclosure_init(&result);
}

static void teardown(void)
{
    enclosure_clear(&result);
    mpq_clears(rational, parameter, half, NULL);
}

/* f(z) or f'(z) into `result`. */
static enum arith_fault apply(int table, enum function_id function, bool is_derivative,
                              mpq_srcptr z)
{
    struct arith arith = arith_enclosing(tables[table], BITS);
    struct arith_call call = {.function = function,
                              .is_derivative = is_derivative,
                              .parameter = parameter,
                              .step_at_zero = half};
    void *numbers = arith_new_array(&arith, 2), *x = arith_at(&arith, numbers, 1);
    const void *arguments[] = {numbers, NULL};
    arith.set_rational(numbers, z);
    enum arith_fault fault = arith.apply(x, &call, arguments);
    if (fault == ARITH_OK)
        arith.get_enclosure(&result, x);
    arith_free_array(&arith, numbers, 2);
    return fault;
}

static double middle(void)
{
    if (result.is_exact)
        return mpq_get_d(result.exact);
    return (mpfr_get_d(result.lower, MPFR_RNDN) + mpfr_get_d(result.upper, MPFR_RNDN)) /
           2;
}

static double reference(enum function_id function, double z)
{
    switch (function) {
    case FUNCTION_SIGMOID:
        return 1 / (1 + exp(-z));
    case FUNCTION_TANH:
        return tanh(z);
    case FUNCTION_RELU:
        return z > 0 ? z : 0;
    case FUNCTION_LEAKY_RELU:
        return z > 0 ? z : z / 100;
    case FUNCTION_SOFTPLUS:
        return log(1 + exp(z));
    case FUNCTION_EXP:
        return exp(z);
    case FUNCTION_LN:
        return log(z);
    case FUNCTION_SQRT:
        return sqrt(z);
    case FUNCTION_ABS:
        return fabs(z);
    case FUNCTION_STEP:
        return z > 0;
    default:
        return (z > 0) - (z < 0);
    }
}

static const enum function_id functions[] = {
    FUNCTION_SIGMOID,  FUNCTION_TANH, FUNCTION_RELU, FUNCTION_LEAKY_RELU,
    FUNCTION_SOFTPLUS, FUNCTION_EXP,  FUNCTION_LN,   FUNCTION_SQRT,
    FUNCTION_ABS,      FUNCTION_STEP, FUNCTION_SIGN};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

START_TEST(values_and_slopes_as_in_libm)
{
    static const double step = 1e-5;
    for (int f = 0; f < FUNCTIONS; f++) {
        bool positive = functions[f] == FUNCTION_LN || functions[f] == FUNCTION_SQRT;
        for (int n = positive ? 1 : -12; n <= 12; n++) {
            double z = n * 0.75 + 0.1, slope;
            mpq_set_d(rational, z);
            ck_assert_int_eq(apply(_i, functions[f], false, rational), ARITH_OK);
            ck_assert_double_eq_tol(middle(), reference(functions[f], z),
                                    1e-12 * (1 + exp(z)));
            slope =
                (reference(functions[f], z + step) - reference(functions[f], z - step)) /
                (2 * step);
            ck_assert_int_eq(apply(_i, functions[f], true, rational), ARITH_OK);
            ck_assert_double_eq_tol(middle(), slope, 1e-6 * (1 + exp(z)));
        }
    }
}
END_TEST

static void check_exact(int table, enum function_id function, bool is_derivative,
                        long numerator, unsigned long denominator)
{
    ck_assert_int_eq(apply(table, function, is_derivative, rational), ARITH_OK);
    ck_assert(result.is_exact);
    ck_assert_int_eq(mpq_cmp_si(result.exact, numerator, denominator), 0);
}

START_TEST(exact_where_they_can_be)
{
    mpq_set_ui(rational, 0, 1);
    check_exact(_i, FUNCTION_SIGMOID, false, 1, 2);
    check_exact(_i, FUNCTION_SIGMOID, true, 1, 4);
    check_exact(_i, FUNCTION_TANH, false, 0, 1);
    check_exact(_i, FUNCTION_TANH, true, 1, 1);
    check_exact(_i, FUNCTION_SOFTPLUS, true, 1, 2);
    check_exact(_i, FUNCTION_EXP, false, 1, 1);
    check_exact(_i, FUNCTION_RELU, false, 0, 1);
    check_exact(_i, FUNCTION_RELU, true, 1, 2);
    check_exact(_i, FUNCTION_LEAKY_RELU, true, 101, 200);
    check_exact(_i, FUNCTION_STEP, false, 1, 2);
    check_exact(_i, FUNCTION_SIGN, false, 0, 1);
    mpq_set_si(rational, -4, 9);
    check_exact(_i, FUNCTION_LEAKY_RELU, false, -1, 225);
    check_exact(_i, FUNCTION_ABS, false, 4, 9);
    check_exact(_i, FUNCTION_ABS, true, -1, 1);
    mpq_neg(rational, rational);
    check_exact(_i, FUNCTION_SQRT, false, 2, 3);
    check_exact(_i, FUNCTION_SQRT, true, 3, 4);
    check_exact(_i, FUNCTION_LN, true, 9, 4);
}
END_TEST

START_TEST(no_value)
{
    mpq_set_si(rational, -1, 1);
    ck_assert_int_eq(apply(_i, FUNCTION_LN, false, rational), ARITH_DOMAIN);
    ck_assert_int_eq(apply(_i, FUNCTION_SQRT, false, rational), ARITH_DOMAIN);
    mpq_set_ui(rational, 0, 1);
    ck_assert_int_eq(apply(_i, FUNCTION_LN, false, rational), ARITH_DOMAIN);
    ck_assert_int_eq(apply(_i, FUNCTION_SQRT, true, rational), ARITH_ZERO_DIVISOR);
    struct arith_call call = {.function = FUNCTION_RELU, .is_derivative = true};
    void *x = arith_new_array(tables[_i], 1);
    ck_assert_int_eq(tables[_i]->apply(x, &call, (const void *[]){x, NULL}), ARITH_KINK);
    arith_free_array(tables[_i], x, 1);
}
END_TEST

/* |z| = 10^300: nothing fails; what is bounded stays between its bounds. */
START_TEST(huge_arguments)
{
    for (int sign = -1; sign <= 1; sign += 2) {
        mpz_ui_pow_ui(mpq_numref(rational), 10, 300);
        mpz_mul_si(mpq_numref(rational), mpq_numref(rational), sign);
        for (int derivative = 0; derivative < 2; derivative++) {
            for (int f = 0; f < FUNCTIONS; f++) {
                if (sign < 0 &&
                    (functions[f] == FUNCTION_LN || functions[f] == FUNCTION_SQRT))
                    continue;
                ck_assert_int_eq(apply(_i, functions[f], derivative, rational), ARITH_OK);
                ck_assert(result.is_exact || !mpfr_nan_p(result.lower));
            }
        }
        ck_assert_int_eq(apply(_i, FUNCTION_SIGMOID, false, rational), ARITH_OK);
        ck_assert(enclosure_is_bounded(&result));
        ck_assert(mpfr_cmp_d(result.lower, sign > 0 ? 0.999 : -0.001) >= 0);
        ck_assert(mpfr_cmp_d(result.upper, sign > 0 ? 1.001 : 0.001) <= 0);
        ck_assert_int_eq(apply(_i, FUNCTION_TANH, true, rational), ARITH_OK);
        ck_assert(enclosure_is_bounded(&result) && mpfr_cmp_d(result.upper, 0.001) <= 0);
    }
}
END_TEST

/* Random expressions: a straight line of operations on numbers already there. */

static uint64_t state;

static unsigned random_below(unsigned n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % n;
}

struct operation {
    unsigned kind, left, right;
};

static void make_program(struct operation *program)
{
    for (unsigned i = 0; i < OPERATIONS; i++)
        program[i] =
            (struct operation){random_below(4 + 2 * FUNCTIONS + 3),
                               random_below(LEAVES + i), random_below(LEAVES + i)};
}

static enum arith_fault run_operation(const struct arith *arith,
                                      const struct operation *operation, void *numbers,
                                      void *x)
{
    const void *left = arith_at(arith, numbers, operation->left);
    const void *right = arith_at(arith, numbers, operation->right);
    const void *arguments[] = {left, right};
    struct arith_call call = {.parameter = parameter, .step_at_zero = half};
    unsigned function = operation->kind - 4;
    switch (operation->kind) {
    case 0:
        arith->add(x, left, right);
        return ARITH_OK;
    case 1:
        arith->multiply(x, left, right);
        return ARITH_OK;
    case 2:
        arith->negate(x, left);
        return ARITH_OK;
    case 3:
        return arith->invert(x, left) ? ARITH_OK : ARITH_ZERO_DIVISOR;
    default:
        call.function = function < 2 * FUNCTIONS ? functions[function / 2] : FUNCTION_MAX;
        call.is_derivative =
            function < 2 * FUNCTIONS ? function % 2 : function > 2 * FUNCTIONS;
        call.argument = function == 2 * FUNCTIONS + 2;
        return arith->apply(x, &call, arguments);
    }
}

/* All results, as enclosures; those that have a fault are 0. */
static void run_program(int table, long bits, const struct operation *program,
                        struct enclosure *results, enum arith_fault *faults)
{
    struct arith arith = arith_enclosing(tables[table], bits);
    void *numbers = arith_new_array(&arith, LEAVES + OPERATIONS);
    for (unsigned i = 0; i < LEAVES; i++) {
        mpq_set_si(rational, (long)(2 * i) - 3, i + 1);
        mpq_canonicalize(rational);
        arith.set_rational(arith_at(&arith, numbers, i), rational);
    }
    for (unsigned i = 0; i < OPERATIONS; i++) {
        void *x = arith_at(&arith, numbers, LEAVES + i);
        faults[i] = run_operation(&arith, &program[i], numbers, x);
        if (faults[i] != ARITH_OK)
            arith_set_integer(&arith, x, 0);
        arith.get_enclosure(&results[i], x);
    }
    arith_free_array(&arith, numbers, LEAVES + OPERATIONS);
}

/* Whether no precision matters to the faults so far: then results are values of the same
 * thing. */
static bool same_faults(enum arith_fault faults[][OPERATIONS], unsigned i)
{
    for (int k = 1; k < 2 * TABLES; k++)
        if (faults[k][i] != faults[0][i])
            return false;
    return true;
}

START_TEST(both_libraries_at_both_precisions)
{
    struct operation program[OPERATIONS];
    struct enclosure results[2 * TABLES][OPERATIONS];
    enum arith_fault faults[2 * TABLES][OPERATIONS];
    unsigned enclosed = 0;
    for (int k = 0; k < 2 * TABLES; k++)
        for (int i = 0; i < OPERATIONS; i++)
            enclosure_init(&results[k][i]);
    for (state = 1; state < RUNS; state++) {
        uint64_t seed = state;
        make_program(program);
        for (int k = 0; k < 2 * TABLES; k++)
            run_program(k / 2, k % 2 ? 4 * BITS : BITS, program, results[k], faults[k]);
        for (unsigned i = 0; i < OPERATIONS && same_faults(faults, i); i++) {
            enclosed += !results[0][i].is_exact && enclosure_is_bounded(&results[0][i]);
            for (int k = 1; k < 2 * TABLES; k++)
                for (int l = 0; l < k; l++)
                    ck_assert_msg(enclosures_meet(&results[k][i], &results[l][i]),
                                  "seed %u, operation %u of kind %u, ways %d and %d",
                                  (unsigned)seed, i, program[i].kind, k, l);
        }
        state = seed;
    }
    ck_assert_uint_gt(enclosed, RUNS);
    for (int k = 0; k < 2 * TABLES; k++)
        for (int i = 0; i < OPERATIONS; i++)
            enclosure_clear(&results[k][i]);
}
END_TEST

/* An interval with 0 in it, by |e - e| through two ways that are not known to be equal:
 * e^1 - 1/e^-1. */
static void *around_zero(const struct arith *arith)
{
    void *numbers = arith_new_array(arith, 3), *other = arith_at(arith, numbers, 1);
    struct arith_call call = {.function = FUNCTION_EXP};
    void *one = arith_at(arith, numbers, 2);
    arith_set_integer(arith, one, 1);
    arith->apply(numbers, &call, (const void *[]){one, NULL});
    arith_set_integer(arith, one, -1);
    arith->apply(other, &call, (const void *[]){one, NULL});
    arith->invert(other, other);
    arith->negate(other, other);
    arith->add(numbers, numbers, other);
    return numbers;
}

/* Between its least value and its greatest one on the interval. */
START_TEST(kinks_across_zero)
{
    static const struct {
        enum function_id function;
        bool is_derivative;
        double low, high;
    } cases[] = {{FUNCTION_RELU, false, 0, 0},         {FUNCTION_RELU, true, 0, 1},
                 {FUNCTION_STEP, false, 0, 1},         {FUNCTION_SIGN, false, -1, 1},
                 {FUNCTION_ABS, false, 0, 0},          {FUNCTION_ABS, true, -1, 1},
                 {FUNCTION_LEAKY_RELU, true, 0.01, 1}, {FUNCTION_STEP, true, 0, 0},
                 {FUNCTION_LEAKY_RELU, false, 0, 0}};
    struct arith arith = arith_enclosing(tables[_i], BITS);
    void *z = around_zero(&arith), *x = arith_at(&arith, z, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arith_call call = {.function = cases[i].function,
                                  .is_derivative = cases[i].is_derivative,
                                  .parameter = parameter,
                                  .step_at_zero = half};
        ck_assert_int_eq(arith.apply(x, &call, (const void *[]){z, NULL}), ARITH_OK);
        arith.get_enclosure(&result, x);
        if (result.is_exact) {
            ck_assert(cases[i].low == 0 && cases[i].high == 0 &&
                      mpq_sgn(result.exact) == 0);
            continue;
        }
        ck_assert_double_eq_tol(mpfr_get_d(result.lower, MPFR_RNDD), cases[i].low, 1e-8);
        ck_assert_double_eq_tol(mpfr_get_d(result.upper, MPFR_RNDU), cases[i].high, 1e-8);
        ck_assert(mpfr_cmp_d(result.lower, cases[i].low) <= 0 || cases[i].low == 0.01);
    }
    ck_assert(arith.invert(x, z));
    arith.get_enclosure(&result, x);
    ck_assert(!enclosure_is_bounded(&result));
    arith_free_array(&arith, z, 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arith_functions");
    TCase *tcase = tcase_create("arith_functions");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, values_and_slopes_as_in_libm, 0, TABLES);
    tcase_add_loop_test(tcase, exact_where_they_can_be, 0, TABLES);
    tcase_add_loop_test(tcase, no_value, 0, TABLES);
    tcase_add_loop_test(tcase, huge_arguments, 0, TABLES);
    tcase_add_loop_test(tcase, kinks_across_zero, 0, TABLES);
    tcase_add_test(tcase, both_libraries_at_both_precisions);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
