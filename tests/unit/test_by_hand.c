/* What documents may write and network files have no use for. */
#include "lisp.h"
#include "tex/elaborate.h"

#include <check.h>
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

/* The names that exist; n has the value 3 as a limit. */
static const char *const known[] = {"a",
                                    "b",
                                    "c",
                                    "w",
                                    "x",
                                    "y",
                                    "A",
                                    "L",
                                    "\\mathcal{L}",
                                    "\\xi",
                                    "\\ell",
                                    "\\Sigma_{C}",
                                    "\\hat{y}",
                                    "E_{total}",
                                    "x_{1}",
                                    "x_{2}",
                                    "x_{3}",
                                    "x_{4}",
                                    "w_{1}",
                                    "w_{2}",
                                    "w_{3}",
                                    "w_{4}",
                                    "w_{5}",
                                    "w_{11}",
                                    "w_{12}",
                                    "w_{13}",
                                    "w_{21}",
                                    "w_{22}",
                                    "w_{31}",
                                    "w_{11}^{1}",
                                    "w_{11}^{(2)}",
                                    "w_{1,1}^{[2]}",
                                    "w^{+}",
                                    "y_{1}",
                                    "y_{2}",
                                    "\\delta_{1}",
                                    "\\delta_{2}",
                                    "h_{1}",
                                    "net_{1}",
                                    "net_{h1}",
                                    "out_{o1}",
                                    "t_{1}^{*}",
                                    "h_{t-1}",
                                    "x^{(1)}",
                                    "x'",
                                    "\\Delta",
                                    NULL};

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

static bool limit(void *context, const char *canonical, long *value)
{
    (void)context;
    *value = 3;
    return strcmp(canonical, "n") == 0 || strcmp(canonical, "C") == 0;
}

/* Written as the sum of both ends and what the paths are products of. */
static expr_id paths(void *context, expr_id from, expr_id to, bool weights,
                     struct place place, struct diags *to_diags)
{
    expr_id parts[] = {from, to, expr_symbol(scope.pool, weights ? "weights" : "labels")};
    (void)context;
    (void)place;
    (void)to_diags;
    return expr_sum(scope.pool, parts, 3);
}

static expr_id delta(void *context, expr_id of, struct place place, struct diags *to)
{
    (void)context;
    (void)place;
    (void)to;
    return expr_derivative(scope.pool, expr_symbol(scope.pool, "E"), of);
}

static bool is_decorated(void *context, const char *head)
{
    (void)context;
    return strcmp(head, "L") == 0 || strcmp(head, "\\mathcal{L}") == 0 ||
           strcmp(head, "\\xi") == 0;
}

static void setup(void)
{
    memset(&source, 0, sizeof source);
    memset(&bindings, 0, sizeof bindings);
    arena_init(&arena);
    diags_init(&diags);
    budget_init(&budget);
    buf_init(&out);
    steps = 0;
    scope = (struct scope){.pool = pool_new(),
                           .exists = exists,
                           .name = find,
                           .function = declared,
                           .derivatives = true,
                           .by_hand = true,
                           .limit = limit,
                           .paths = paths,
                           .delta = delta,
                           .is_decorated = is_decorated};
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

static expr_id elaborate_text(const char *text)
{
    struct parse parse = {&source, &arena, &budget, &diags, 0};
    struct elaborate with = {&source, &scope, &bindings, &budget,
                             &diags,  &steps, false,     false};
    source_clear(&source);
    ck_assert(source_from_text(&source, "test", text, strlen(text), &diags));
    const struct parse_node *node =
        parse_formula(&parse, (struct span){0, (uint32_t)source.length});
    return node ? elaborate(&with, node) : 0;
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
    ck_assert_msg(diags.items[0].code == code, "%s: code %d", text, diags.items[0].code);
    ck_assert_uint_eq(diags.items[0].place.span.begin + 1, column);
    diags_clear(&diags);
}

START_TEST(test_sums)
{
    bindings_push(&bindings, "i", 2);
    expect("\\sum_{j\\neq i} x_j", "(+ x_{1} x_{3} x_{4})");
    expect("\\sum_{i\\neq j} x_j", "(+ x_{1} x_{3} x_{4})");
    expect("\\sum_{j \\ne i}^{C} x_j", "(+ x_{1} x_{3})");
    expect("\\sum_{j\\neq i, j=1}^C x_j", "(+ x_{1} x_{3})");
    expect("\\prod_{j\\neq i}^n x_j", "(* x_{1} x_{3})");
    expect("\\sum_{j,k=1}^2 w_{jk}", "(+ w_{11} w_{12} w_{21} w_{22})");
    expect(
        "\\sum_{j,k} x_j y_k a - b",
        "(+ (* x_{1} y_{1} a) (* x_{1} y_{2} a) (* x_{2} y_{1} a) (* x_{2} y_{2} a) "
        "(* x_{3} y_{1} a) (* x_{3} y_{2} a) (* x_{4} y_{1} a) (* x_{4} y_{2} a) (- b))");
    expect("\\sum_{jk} y_j y_k",
           "(+ (* y_{1} y_{1}) (* y_{1} y_{2}) (* y_{2} y_{1}) (* y_{2} y_{2}))");
    expect("\\sum_{k=1}^{n} x_k", "(+ x_{1} x_{2} x_{3})");
    expect("\\sum\\limits_{k=1}^{n-1} x_k", "(+ x_{1} x_{2})");
    expect("\\sum_{1\\le k\\le n} x_k", "(+ x_{1} x_{2} x_{3})");
    expect("\\sum_{j\\in\\ldots} x_j", "(+ x_{1} x_{2} x_{3} x_{4})");
    expect("\\sum_k a^k y_k", "(+ (* a y_{1}) (* (^ a 2) y_{2}))");
    expect("E_{total} \\sum_t y_t E_{total}",
           "(* E_{total} (+ (* y_{1} E_{total}) (* y_{2} E_{total})))");
    expect("\\sum_{j \\in N} y_j", "(+ y_{1} y_{2})");
    expect("\\sum_{j\\in\\{1,3\\}} x_j", "(+ x_{1} x_{3})");
    expect("\\sum_{j\\in\\{1,2,\\ldots,n\\}} x_j", "(+ x_{1} x_{2} x_{3})");
    ck_assert_uint_eq(bindings.count, 1);
}
END_TEST

START_TEST(test_refused_sums)
{
    refuse("\\sum_{k=1} x_k", DIAG_FORMULA_BOTH_LIMITS, 7);
    refuse("\\sum_k^n x_k", DIAG_FORMULA_BOTH_LIMITS, 6);
    refuse("\\sum_{k=1}^m x_k", DIAG_FORMULA_LIMIT_VALUE, 12);
    refuse("\\sum_{j\\neq i} x_j", DIAG_FORMULA_EXCLUDED, 13);
    refuse("\\sum_{j<k} x_j", DIAG_FORMULA_SUM_INDEX, 7);
    refuse("\\sum_{j\\in\\{1,a\\}} x_j", DIAG_FORMULA_SET, 15);
    refuse("\\sum_{k=1}^5 x_k", DIAG_SPEC_NAME, 14);
    refuse("\\sum_{j,j} x_j", DIAG_FORMULA_SUM_INDEX, 7);
}
END_TEST

START_TEST(test_conditions)
{
    bindings_push(&bindings, "k", 1);
    bindings_push(&bindings, "j", 2);
    expect("[k=j] a", "(* 0 a)");
    expect("x_k ([k\\neq j] - y_1)", "(* x_{1} (+ 1 (- y_{1})))");
    expect("\\mathbf 1\\{k=j-1\\}", "1");
    expect("\\mathbb 1[a>0]", "(step a)");
    expect("\\mathbb{1}_{a>0} b", "(* (step a) b)");
    expect("1_{\\{a < b\\}}", "(step (+ b (- a)))");
    expect("\\mathbb{I}(a \\ge 0)", "(+ 1 (- (step (+ 0 (- a)))))");
    expect("\\sum_k [k=j] x_k", "(+ (* 0 x_{1}) (* 1 x_{2}) (* 0 x_{3}) (* 0 x_{4}))");
    refuse("[a=b]", DIAG_FORMULA_CONDITION_INDEX, 2);
    refuse("[a=b=c]", DIAG_FORMULA_CONDITION, 2);
    refuse("\\mathbb{1}(a)", DIAG_FORMULA_CONDITION, 12);
    refuse("(k=j)", DIAG_FORMULA_RELATION, 2);
    scope.by_hand = false;
    refuse("[k=j]", DIAG_FORMULA_RELATION, 2);
    refuse("\\mathbb 1[a>0]", DIAG_FORMULA_CONDITION, 1);
}
END_TEST

START_TEST(test_derivatives)
{
    expect("\\partial_w A", "(D A w)");
    expect("\\partial_wA", "(D A w)");
    expect("\\nabla_{w_1} A b + c", "(+ (D (* A b) w_{1}) c)");
    expect("\\partial_{w1} A", "(D A w_{1})");
    expect("{\\partial A \\over \\partial w}", "(D A w)");
    expect("\\dfrac{\\partial A}{\\partial w} \\tfrac{\\mathrm d A}{\\mathrm d b}",
           "(* (D A w) (D A b))");
    expect("\\frac{\\text{d} A}{\\text{d} w}", "(D A w)");
    expect("\\partial A/\\partial w_1 \\cdot b", "(* (D A w_{1}) b)");
    expect("\\delta A/\\delta w_1 b", "(* (D A w_{1}) b)");
    expect("δ/δw₁ 1/2 [A]", "(D (* 1/2 A) w_{1})");
    expect("\\mathrm{d}A/\\mathrm{d}w", "(D A w)");
    expect("\\frac{\\partial}{\\partial w}\\left[ A + b \\right]", "(D (+ A b) w)");
    expect("\\frac{d}{da}\\sigma(a)", "(D (\\sigma a) a)");
    expect("\\frac{\\partial \\frac{a}{b}}{\\partial a}{}", "(D (/ a b) a)");
    expect("\\frac{\\partial A}{\\partial b}\\Big|_{c}", "(L A b)");
    expect("∂A/∂b|_{x_1,c} · ∂b/∂w", "(* (L A b) (D b w))");
    expect("\\pdv{A}{w_{11}} \\dv{w}{b}", "(* (D A w_{11}) (D w b))");
    expect("2\\pdv{w} (A + b)", "(* 2 (D (+ A b) w))");
    refuse("\\pdv[2]{A}{w}", DIAG_FORMULA_SECOND, 1);
    refuse("\\pdv{A}{w}{b}", DIAG_FORMULA_SECOND, 1);
    refuse("\\frac{\\partial^2 A}{\\partial w^2}", DIAG_FORMULA_SECOND, 7);
    refuse("\\frac{d^2 A}{dw^2}", DIAG_FORMULA_SECOND, 1);
    refuse("\\frac{\\partial f}{\\partial a}(a + b)", DIAG_FORMULA_FUNCTION_ALONE, 16);
    refuse("\\nabla A", DIAG_FORMULA_VECTOR, 1);
}
END_TEST

START_TEST(test_paths)
{
    expect("x_1\\sum_{k=1}^{2}\\delta_k\\sum_{p\\,:\\,h_1\\to y_k}\\,\\prod_{w\\in p}w",
           "(* x_{1} (+ (* \\delta_{1} (+ h_{1} y_{1} weights)) (* \\delta_{2} (+ h_{1} "
           "y_{2} weights))))");
    expect("\\sum_{p:h_1\\to y_1}\\prod_{u\\to v\\in p}\\frac{\\partial v}{\\partial u}",
           "(+ h_{1} y_{1} labels)");
    expect("∑_{p:h₁→y₂} ∏_{u→v∈p} δv/δu", "(+ h_{1} y_{2} labels)");
    refuse("\\sum_{paths}(product of all weights in the path)", DIAG_FORMULA_PROSE, 7);
    refuse("\\sum_{\\text{paths}} a", DIAG_FORMULA_PROSE, 7);
    refuse("\\sum_{p:h_1\\to y_1}\\prod_{w\\in p}w a", DIAG_FORMULA_PATHS, 7);
    refuse("\\sum_{p:h_1\\to y_1}\\prod_{w\\in q}w", DIAG_FORMULA_PATHS, 7);
    scope.paths = NULL;
    refuse("\\sum_{p:h_1\\to y_1}\\prod_{w\\in p}w", DIAG_FORMULA_PATHS, 1);
}
END_TEST

START_TEST(test_dots)
{
    expect("x_1 w_1 + \\cdots + x_n w_n",
           "(+ (* x_{1} w_{1}) (* x_{2} w_{2}) (* x_{3} w_{3}))");
    expect("a + x_1 + x_2 + \\ldots + x_4", "(+ a x_{1} x_{2} x_{3} x_{4})");
    expect("x_1 x_2 \\cdots x_n", "(* x_{1} x_{2} x_{3})");
    expect("-x_1 - … - x_3 + a", "(+ (- x_{1}) (- x_{2}) (- x_{3}) a)");
    expect("w_{11} + ... + w_{13}", "(+ w_{11} w_{12} w_{13})");
    expect(
        "(x_1 y_1 + \\cdots + x_1 y_2) + \\cdots + (x_3 y_1 + \\cdots + x_3 y_2)",
        "(+ (+ (* x_{1} y_{1}) (* x_{1} y_{2})) (+ (* x_{2} y_{1}) (* x_{2} y_{2})) (+ "
        "(* x_{3} y_{1}) (* x_{3} y_{2})))");
    refuse("x_1 + x_3 + \\cdots + x_4", DIAG_FORMULA_DOTS, 13);
    refuse("x_1 + \\cdots", DIAG_FORMULA_DOTS, 7);
    refuse("x_1 + \\cdots + x_m", DIAG_FORMULA_DOTS, 7);
    refuse("x_1 w_2 + \\cdots + x_3 w_3", DIAG_FORMULA_DOTS, 11);
    refuse("x_1 - \\cdots + x_3", DIAG_FORMULA_DOTS, 7);
    refuse("w_{11} + \\cdots + w_{31}", DIAG_FORMULA_DOTS, 10);
    refuse("\\cdots", DIAG_FORMULA_DOTS, 1);
    scope.by_hand = false;
    refuse("x_1 + \\cdots + x_3", DIAG_FORMULA_DOTS, 7);
}
END_TEST

START_TEST(test_vectors)
{
    static const char *const formulas[] = {"\\mathbf{W} a",
                                           "\\mathbf x_1",
                                           "\\boldsymbol\\delta^{(2)}",
                                           "\\bm{x}",
                                           "\\vec x",
                                           "\\hat{\\mathbf{y}}",
                                           "\\lVert x\\rVert",
                                           "\\|x\\|_2^2",
                                           "\\operatorname{diag}(x)",
                                           "x^T",
                                           "x_1^\\top",
                                           "\\nabla"};
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        ck_assert_msg(elaborate_text(formulas[i]) == 0, "%s is read", formulas[i]);
        ck_assert_int_eq(diags.items[0].code, DIAG_FORMULA_VECTOR);
        diags_clear(&diags);
    }
    refuse("a \\odot b", DIAG_FORMULA_VECTOR, 3);
    refuse("a \\circ b", DIAG_FORMULA_VECTOR, 3);
    refuse("a \\otimes b", DIAG_FORMULA_VECTOR, 3);
    refuse("{w_{11}}^\\top a", DIAG_FORMULA_VECTOR, 10);
    refuse("(a + b)^T", DIAG_FORMULA_VECTOR, 9);
    refuse("a^{\\mathsf T}", DIAG_FORMULA_VECTOR, 4);
    refuse("\\frac{\\partial A}{\\partial\\mathbf{w}}", DIAG_FORMULA_VECTOR, 27);
}
END_TEST

START_TEST(test_names)
{
    bindings_push(&bindings, "j", 1);
    bindings_push(&bindings, "i", 1);
    expect("\\hat y", "\\hat{y}");
    expect("\\mathcal L \\mathscr{L}", "(* \\mathcal{L} \\mathcal{L})");
    expect("\\ell", "\\ell");
    expect("E_{total} E_{\\text{total}}", "(* E_{total} E_{total})");
    expect("\\text{net}_j \\mathrm{net}_{h1}", "(* net_{1} net_{h1})");
    expect("out_{o1} out{o1}", "(* out_{o1} out_{o1})");
    expect("h1 w5", "(* h_{1} w_{5})");
    expect("t^*_1 w^+", "(* t_{1}^{*} w^{+})");
    expect("w^{[2]}_{1,1} w_{11}^{(2)}", "(* w_{1,1}^{[2]} w_{11}^{(2)})");
    expect("\\Sigma_C^2", "(^ \\Sigma_{C} 2)");
    expect("h_{t-1} x^{(i)} x'", "(* h_{t-1} x^{(1)} x')");
    refuse("h_{t+1}", DIAG_SPEC_NAME, 1);
    refuse("w^+^2", DIAG_FORMULA_TWO_SCRIPTS, 5);
    refuse("x^+", DIAG_FORMULA_EXPONENT, 3);
}
END_TEST

START_TEST(test_deltas)
{
    expect("\\Delta w_{11}", "(D E w_{11})");
    expect("Δw₁₁¹", "(D E w_{11}^{1})");
    expect("2\\Delta w_1 x_1", "(* 2 (D E w_{1}) x_{1})");
    refuse("\\Delta w_{12}^2", DIAG_FORMULA_DELTA, 8);
    refuse("\\Delta w_{99}", DIAG_SPEC_NAME, 8);
    scope.delta = NULL;
    expect("\\Delta w_1 a", "(* \\Delta w_{1} a)");
}
END_TEST

START_TEST(test_argument_lists)
{
    expect("\\xi(\\mathbf t,\\mathbf z)", "\\xi");
    expect("-\\log \\mathcal L(\\theta|\\mathbf t,\\mathbf z)", "(- (ln \\mathcal{L}))");
    expect("L(y,\\hat y) + 2L(\\theta;x)^2", "(+ L (* 2 (^ L 2)))");
    expect("1/L(w)", "(/ 1 L)");
    expect("\\frac{\\partial L(w)}{\\partial w}", "(D L w)");
    expect("\\partial_w L(x, w)", "(L L w)");
    refuse("\\varsigma(\\mathbf z)_c", DIAG_FORMULA_SCRIPT_OF, 22);
    refuse("a(\\mathbf z)", DIAG_FORMULA_VECTOR, 3);
    refuse("a(x|w)", DIAG_FORMULA_RELATION, 3);
}
END_TEST

START_TEST(test_functions)
{
    expect("\\tanh^2 a \\tanh^2(b)", "(* (^ (tanh a) 2) (^ (tanh b) 2))");
    expect("\\sigma^2(a)", "(^ (\\sigma a) 2)");
    expect("f^\\prime(a) f^{\\prime}(b) f' (c)", "(* (f' a) (f' b) (f' c))");
    expect("f^{\\prime\\prime}(a)", "(f'' a)");
    expect("\\sigma'\\left(x_1\\right)", "(\\sigma' x_{1})");
    expect("\\operatorname{sigmoid}(a) \\operatorname{tanh} b",
           "(* (\\sigma a) (tanh b))");
    expect("\\text{ReLU}(a) \\mathrm{softplus}(b)", "(* (relu a) (softplus b))");
    expect("\\log \\sum_k y_k + a", "(+ (ln (+ y_{1} y_{2})) a)");
    expect("\\lvert a\\rvert \\big|b\\big|", "(* (abs a) (abs b))");
    refuse("\\mathrm{softmax}(a)", DIAG_FORMULA_SOFTMAX, 1);
    refuse("\\text{prod}(a, b)", DIAG_FORMULA_FUNCTION_UNREAD, 1);
}
END_TEST

START_TEST(test_powers)
{
    expect("a^{b}", "(exp (* b (ln a)))");
    expect("y_1^{x_1}", "(exp (* x_{1} (ln y_{1})))");
    expect("(a + b)^{-c}", "(exp (* (- c) (ln (+ a b))))");
    expect("\\log \\prod_{k=1}^2 y_k^{x_k}",
           "(ln (* (exp (* x_{1} (ln y_{1}))) (exp (* x_{2} (ln y_{2})))))");
    expect("2^{n}", "(^ 2 3)");
    expect("a^{1/2}", "(sqrt a)");
    refuse("a^{b1}", DIAG_FORMULA_EXPONENT, 4);
    refuse("a^{q}", DIAG_SPEC_NAME, 4);
    scope.by_hand = false;
    refuse("a^{b}", DIAG_FORMULA_EXPONENT, 4);
}
END_TEST

START_TEST(test_brackets)
{
    expect("\\bigl( a \\Bigr) \\Bigg( b \\Bigg) \\lbrace c \\rbrace \\left[ w \\right]",
           "(* a b c w)");
    expect("a \\times b * c \\cdot w\\,\\;\\quad x{}", "(* a b c w x)");
    refuse("\\lamda a", DIAG_FORMULA_COMMAND_NEAR, 1);
    refuse("a \\fraq{a}{b}", DIAG_FORMULA_COMMAND_NEAR, 3);
    refuse("a + \\foo", DIAG_FORMULA_COMMAND, 5);
}
END_TEST

/* Commands that take one another end, too. */
START_TEST(test_deep)
{
    static const char *const openers[] = {
        "\\hat", "\\mathbf", "\\left", "\\hspace", "\\partial_w", "[", "\\log\\sum_k "};
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        size_t length = strlen(openers[i]), count = 100000;
        char *text = malloc(count * length + 2);
        for (size_t k = 0; k < count; k++)
            memcpy(text + k * length, openers[i], length);
        strcpy(text + count * length, "x");
        ck_assert_uint_eq(elaborate_text(text), 0);
        ck_assert_uint_ge(diags.count, 1);
        diags_clear(&diags);
        free(text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("by_hand");
    TCase *tests = tcase_create("by_hand");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_sums);
    tcase_add_test(tests, test_refused_sums);
    tcase_add_test(tests, test_conditions);
    tcase_add_test(tests, test_derivatives);
    tcase_add_test(tests, test_paths);
    tcase_add_test(tests, test_dots);
    tcase_add_test(tests, test_vectors);
    tcase_add_test(tests, test_names);
    tcase_add_test(tests, test_deltas);
    tcase_add_test(tests, test_argument_lists);
    tcase_add_test(tests, test_functions);
    tcase_add_test(tests, test_powers);
    tcase_add_test(tests, test_brackets);
    tcase_add_test(tests, test_deep);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
