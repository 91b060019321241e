#include "lisp.h"
#include "tex/elaborate.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct source source;
static struct arena arena;
static struct diags diags;
static struct budget budget;
static struct bindings bindings;
static struct scope scope;
static struct buf out;
static uint64_t steps;
static const char *const *known; /* the names that exist, ended by NULL */

static bool exists(void *context, const char *canonical)
{
    (void)context;
    for (size_t i = 0; known[i]; i++)
        if (strcmp(known[i], canonical) == 0)
            return true;
    return false;
}

static expr_id find(void *context, const char *canonical, struct place place,
                    struct diags *to)
{
    if (exists(context, canonical))
        return expr_symbol(scope.pool, canonical);
    diag_at(to, DIAG_SPEC_NAME, place, canonical, (char *)NULL);
    return 0;
}

static expr_id declared(void *context, const char *canonical)
{
    const struct function f = {.id = FUNCTION_ARBITRARY, .name = "f"};
    (void)context;
    return strcmp(canonical, "f") == 0 ? function_make(scope.pool, &f) : 0;
}

static void setup(void)
{
    static const char *const names[] = {"a", "b", "x_{1}", "x_{2}", NULL};
    memset(&source, 0, sizeof source);
    memset(&bindings, 0, sizeof bindings);
    arena_init(&arena);
    diags_init(&diags);
    budget_init(&budget);
    buf_init(&out);
    steps = 0;
    known = names;
    scope = (struct scope){.pool = pool_new(), .exists = exists, .name = find};
}

static void teardown(void)
{
    pool_free(scope.pool);
    source_clear(&source);
    arena_clear(&arena);
    diags_clear(&diags);
    bindings_clear(&bindings);
    buf_clear(&out);
}

static struct elaborate context(void)
{
    return (struct elaborate){&source, &scope, &bindings, &budget, &diags, &steps, false};
}

static const struct parse_node *parse_text(const char *text)
{
    struct parse parse = {&source, &arena, &budget, &diags, '#'};
    source_clear(&source);
    ck_assert(source_from_text(&source, "test", text, strlen(text), &diags));
    return parse_formula(&parse, (struct span){0, (uint32_t)source.length});
}

static expr_id elaborate_text(const char *text)
{
    const struct parse_node *node = parse_text(text);
    struct elaborate with = context();
    ck_assert_ptr_nonnull(node);
    return elaborate(&with, node);
}

static void expect(const char *text, const char *lisp)
{
    expr_id e = elaborate_text(text);
    ck_assert_msg(e != 0, "%s is refused", text);
    buf_truncate(&out, 0);
    lisp_write(&out, scope.pool, e);
    ck_assert_str_eq(buf_peek(&out), lisp);
    ck_assert_uint_eq(diags.count, 0);
}

static void refuse(const char *text, enum diag_code code, uint32_t column)
{
    diags_clear(&diags);
    ck_assert_msg(elaborate_text(text) == 0, "%s is read", text);
    ck_assert_int_eq(diags.items[0].code, code);
    ck_assert_uint_eq(diags.items[0].place.span.begin + 1, column);
    diags_clear(&diags);
}

START_TEST(test_arithmetic)
{
    expect("a + b - 2 a", "(+ a b (- (* 2 a)))");
    expect("1/2 (a - b)^2", "(* 1/2 (^ (+ a (- b)) 2))");
    expect("-1/2", "-1/2");
    expect("0.05 a", "(* 1/20 a)");
    expect("a / b", "(/ a b)");
    expect("a^{-2} b^2", "(* (^ a -2) (^ b 2))");
    expect("(a + b) + a", "(+ (+ a b) a)");
    expect("ab", "(* a b)");
    refuse("a / 0", DIAG_FORMULA_ZERO_DIVISOR, 5);
    refuse("a^{1/2}", DIAG_FORMULA_EXPONENT, 4);
    refuse("a^{2000}", DIAG_FORMULA_LARGE_EXPONENT, 4);
}
END_TEST

/* `^2` is the index if that name exists, else a power. */
START_TEST(test_powers_and_indices)
{
    static const char *const names[] = {"h_{1}", "h_{1}^{2}", "w_{11}", "a_{1}^{[2]}",
                                        NULL};
    known = names;
    expect("h_1^2", "h_{1}^{2}");
    expect("(h_1)^2", "(^ h_{1} 2)");
    expect("h_1^3", "(^ h_{1} 3)");
    expect("{h_1^2}^2", "(^ h_{1}^{2} 2)");
    expect("w_{11}^2", "(^ w_{11} 2)");
    expect("w_{1,1}", "w_{11}");
    expect("w11", "w_{11}");
    expect("a_1^{[2]}", "a_{1}^{[2]}");
    refuse("w_{12}", DIAG_SPEC_NAME, 1);
    refuse("w_{11}^{[2]}", DIAG_SPEC_NAME, 1);
}
END_TEST

START_TEST(test_commas)
{
    static const char *const names[] = {"w_{1,12}", "w_{11,2}", "v_{1,2}", NULL};
    known = names;
    expect("v_{12}", "v_{1,2}");
    expect("w_{1,12}", "w_{1,12}");
    refuse("w_{112}", DIAG_FORMULA_TWO_NAMES, 1);
}
END_TEST

START_TEST(test_runs)
{
    static const char *const names[] = {"h_{1}", "x", "E_{y1}", "x_{1}", "net", NULL};
    known = names;
    bindings_push(&bindings, "j", 1);
    expect("E_y1", "E_{y1}");
    expect("h_jx", "(* h_{1} x)");
    expect("h_jx_j", "(* h_{1} x_{1})");
    expect("net x", "(* net x)");
    expect("j x^j", "(* 1 x)");
    refuse("h_kx", DIAG_SPEC_NAME, 1);
    refuse("xy", DIAG_SPEC_NAME, 1);
    ck_assert_uint_eq(bindings.count, 1);
}
END_TEST

START_TEST(test_sums)
{
    static const char *const names[] = {"x_{1}",  "x_{2}",  "x_{3}", "w_{11}", "w_{12}",
                                        "w_{21}", "w_{22}", "y_{0}", "y_{1}",  "a",
                                        "z_{1}",  "z_{2}",  NULL};
    known = names;
    expect("\\sum_k x_k", "(+ x_{1} x_{2} x_{3})");
    expect("\\sum_k y_k a", "(+ (* y_{0} a) (* y_{1} a))");
    expect("a + \\sum_k z_k", "(+ a z_{1} z_{2})");
    expect("\\sum_{k=2}^3 x_k^2", "(+ (^ x_{2} 2) (^ x_{3} 2))");
    expect("\\sum_i z_i \\sum_j w_{ij}",
           "(+ (* z_{1} (+ w_{11} w_{12})) (* z_{2} (+ w_{21} w_{22})))");
    expect("\\sum_{i=1}^2 \\prod_{j=1}^i x_{j+1}", "(+ x_{2} (* x_{2} x_{3}))");
    expect("\\sum_{i=3}^2 x_i", "0");
    refuse("\\sum_k x_k z_k", DIAG_FORMULA_RANGES, 6);
    refuse("\\sum_k a", DIAG_FORMULA_NO_FAMILY, 6);
    refuse("\\sum_k q_k", DIAG_FORMULA_NO_RANGE, 6);
    refuse("\\sum_{k=1} x_k", DIAG_FORMULA_BOTH_LIMITS, 7);
    refuse("\\sum_{k=1}^4 x_k", DIAG_SPEC_NAME, 14);
    refuse("\\sum_{i=1}^{9999}\\sum_{j=1}^{9999} a", DIAG_FORMULA_TOO_LARGE, 18);
    ck_assert_uint_eq(bindings.count, 0);
}
END_TEST

START_TEST(test_derivatives)
{
    refuse("\\frac{\\partial a}{\\partial b}", DIAG_FORMULA_DERIVATIVE, 1);
    scope.derivatives = true;
    expect("\\frac{\\partial a}{\\partial b} 2", "(* (D a b) 2)");
    expect("\\left.\\frac{\\partial a}{\\partial b}\\right|_{x_1}", "(L a b)");
    expect("\\frac{\\partial}{\\partial a} x_1 b", "(D (* x_{1} b) a)");
    refuse("\\frac{\\partial a}{\\partial 2}", DIAG_FORMULA_BY_NAME, 28);
    refuse("\\partial a", DIAG_FORMULA_PARTIAL, 1);
}
END_TEST

/* f is declared, and a name beats a function: b(a) is a product. */
START_TEST(test_functions)
{
    scope.function = declared;
    expect("\\tanh a", "(tanh a)");
    expect("tanh(a)^2 b", "(* (^ (tanh a) 2) b)");
    expect("\\tanh^2 a", "(^ (tanh a) 2)");
    expect("sigmoid(a) + \\sigma(a)", "(+ (\\sigma a) (\\sigma a))");
    expect("\\sigma'(a)", "(\\sigma' a)");
    expect("tanh' a", "(tanh' a)");
    expect("f(a)(b - a)", "(* (f a) (+ b (- a)))");
    expect("f''(a)^2", "(^ (f'' a) 2)");
    expect("f^\\prime\\left(a\\right)", "(f' a)");
    expect("f^{\\prime\\prime}(a)", "(f'' a)");
    expect("f^2(a)", "(^ (f a) 2)");
    expect("b(a)", "(* b a)");
    expect("af(b)a", "(* a (f b) a)");
    expect("abf'(b)^2", "(* a b (^ (f' b) 2))");
    expect("1/f(a)", "(/ 1 (f a))");
    expect("1/f(a)^2 + a", "(+ (/ 1 (^ (f a) 2)) a)");
    expect("\\ln f(a) b", "(* (ln (f a)) b)");
    expect("\\log x_1", "(ln x_{1})");
    expect("max(a, 2 b)", "(max a (* 2 b))");
    expect("\\max\\{0, a\\}", "(max 0 a)");
    expect("\\sqrt{a} + sqrt(b)", "(+ (sqrt a) (sqrt b))");
    expect("√a √(a + b)", "(* (sqrt a) (sqrt (+ a b)))");
    expect("√a (a + b)", "(* (sqrt a) (+ a b))");
    expect("exp'(a)", "(exp a)");
    expect("\\ln'(a)", "(/ 1 a)");
}
END_TEST

START_TEST(test_exponentials)
{
    static const char *const names[] = {"z_{1}", "a", "x_{1}", NULL};
    static const char *const with_e[] = {"e", "z_{1}", NULL};
    known = names;
    expect("\\frac{1}{1 + e^{-z_1}}", "(/ 1 (+ 1 (exp (- z_{1}))))");
    expect("e^{\\tanh a + x1}", "(exp (+ (tanh a) x_{1}))");
    expect("e^a", "(exp a)");
    expect("ae^{-z_1}", "(* a (exp (- z_{1})))");
    expect("e^{-a} (1 - a)", "(* (exp (- a)) (+ 1 (- a)))");
    expect("e^a * (a)^2", "(* (exp a) (^ a 2))");
    expect("\\sum_k e^{z_k}", "(exp z_{1})");
    refuse("e", DIAG_SPEC_NAME, 1);
    known = with_e;
    expect("e^2", "(^ e 2)");
    refuse("e^{z_1}", DIAG_FORMULA_EXPONENT, 4);
}
END_TEST

START_TEST(test_bars)
{
    expect("|a|", "(abs a)");
    expect("\\lvert a - b\\rvert", "(abs (+ a (- b)))");
    expect("|a - |b||^2 a", "(* (^ (abs (+ a (- (abs b)))) 2) a)");
    expect("\\left|a\\right| |b|", "(* (abs a) (abs b))");
    expect("\\ln|a|", "(ln (abs a))");
    expect("|\\sum_k x_k|", "(abs (+ x_{1} x_{2}))");
    expect("2|-a|", "(* 2 (abs (- a)))");
}
END_TEST

START_TEST(test_wrong_functions)
{
    scope.function = declared;
    refuse("sigmod(a)", DIAG_FORMULA_FUNCTION_NEAR, 1);
    refuse("a + f", DIAG_FORMULA_FUNCTION_ALONE, 5);
    refuse("a'(b)", DIAG_FORMULA_FUNCTION, 1);
    refuse("qf(b)", DIAG_FORMULA_FUNCTION, 1);
    refuse("f(a, b)", DIAG_FORMULA_ARGUMENTS, 1);
    refuse("max(a)", DIAG_FORMULA_ARGUMENTS, 1);
    refuse("max'(a, b)", DIAG_FORMULA_PRIMES, 1);
    refuse("abs'(a)", DIAG_FORMULA_PRIMES, 1);
    refuse("exp''(a)", DIAG_FORMULA_PRIMES, 1);
    refuse("softmax(a)", DIAG_FORMULA_SOFTMAX, 1);
    refuse("sin(a)", DIAG_FORMULA_FUNCTION, 1);
    refuse("1/b (a)", DIAG_FORMULA_SLASH, 5);
    refuse("\\ln b (a)", DIAG_FORMULA_CALL, 1);
}
END_TEST

START_TEST(test_refused)
{
    refuse("q(a)", DIAG_FORMULA_FUNCTION, 1);
    refuse("half-squares", DIAG_FORMULA_KEYWORD, 1);
    refuse("a = b", DIAG_FORMULA_RELATION, 1);
    refuse("a, b", DIAG_FORMULA_LIST, 1);
    refuse("a_{b_1}", DIAG_FORMULA_INDEX, 1);
}
END_TEST

START_TEST(test_declared_names)
{
    struct elaborate with = context();
    bindings_push(&bindings, "i", 3);
    bindings_push(&bindings, "j", 12);
    ck_assert(elaborate_declared(&with, parse_text("h_{ij}^2"), &out));
    ck_assert_str_eq(buf_peek(&out), "h_{312}^{2}");
    bindings.commas = true;
    buf_truncate(&out, 0);
    ck_assert(elaborate_declared(&with, parse_text("h_{ij}"), &out));
    ck_assert_str_eq(buf_peek(&out), "h_{3,12}");
    buf_truncate(&out, 0);
    ck_assert(elaborate_declared(&with, parse_text("h^{(i-1)}_{j}"), &out));
    ck_assert_str_eq(buf_peek(&out), "h_{12}^{(2)}");
}
END_TEST

START_TEST(test_deep)
{
    size_t depth = 9000;
    char *text = malloc(6 * depth + 2), *at = text;
    for (size_t i = 0; i < depth; i++)
        at += sprintf(at, "(-");
    *at++ = 'a';
    memset(at, ')', depth);
    at[depth] = '\0';
    ck_assert_uint_ne(elaborate_text(text), 0);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("elaborate");
    TCase *tests = tcase_create("elaborate");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_arithmetic);
    tcase_add_test(tests, test_powers_and_indices);
    tcase_add_test(tests, test_commas);
    tcase_add_test(tests, test_runs);
    tcase_add_test(tests, test_sums);
    tcase_add_test(tests, test_derivatives);
    tcase_add_test(tests, test_functions);
    tcase_add_test(tests, test_exponentials);
    tcase_add_test(tests, test_bars);
    tcase_add_test(tests, test_wrong_functions);
    tcase_add_test(tests, test_refused);
    tcase_add_test(tests, test_declared_names);
    tcase_add_test(tests, test_deep);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
