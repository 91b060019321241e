#include "tex/parse.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct source source;
static struct arena arena;
static struct diags diags;
static struct budget budget;
static struct buf out;

static void setup(void)
{
    memset(&source, 0, sizeof source);
    arena_init(&arena);
    diags_init(&diags);
    budget_init(&budget);
    buf_init(&out);
}

static void teardown(void)
{
    source_clear(&source);
    arena_clear(&arena);
    diags_clear(&diags);
    buf_clear(&out);
}

static const char *head_of(const struct parse_node *node)
{
    static const char *const heads[] = {
        [PARSE_SUB] = "_",        [PARSE_SUP] = "^",       [PARSE_LIST] = ",",
        [PARSE_SUM] = "+",        [PARSE_NEGATE] = "-",    [PARSE_PRODUCT] = "*",
        [PARSE_FRACTION] = "/",   [PARSE_POWER] = "pow",   [PARSE_DERIVATIVE] = "D",
        [PARSE_LOCAL] = "L",      [PARSE_RELATION] = "",   [PARSE_BIG] = "",
        [PARSE_CALL] = "",        [PARSE_BRACKET] = "",    [PARSE_NAME] = "",
        [PARSE_KEYWORD] = "",     [PARSE_NUMBER] = "",     [PARSE_DELTA] = "Delta",
        [PARSE_PATHS] = "",       [PARSE_INDICATOR] = "1", [PARSE_DOTS] = "...",
        [PARSE_VECTOR] = "vector"};
    return heads[node->kind];
}

/* `(+ a (_ b 1))`; trees of tests are shallow. */
static void write_tree(const struct parse_node *node)
{
    if (!node) {
        buf_char(&out, '?');
        return;
    }
    if (node->count > 0)
        buf_char(&out, '(');
    buf_format(&out, "%s%s", head_of(node), *head_of(node) ? "" : node->text);
    for (size_t i = 0; i < node->count; i++) {
        buf_char(&out, ' ');
        write_tree(node->parts[i]);
    }
    if (node->other) {
        buf_text(&out, " or ");
        write_tree(node->other);
    }
    if (node->count > 0)
        buf_char(&out, ')');
}

static struct parse_node *parse_text(const char *text)
{
    struct parse parse = {&source, &arena, &budget, &diags, '#'};
    source_clear(&source);
    ck_assert(source_from_text(&source, "test", text, strlen(text), &diags));
    return parse_formula(&parse, (struct span){0, (uint32_t)source.length});
}

static void expect(const char *text, const char *tree)
{
    struct parse_node *node = parse_text(text);
    buf_truncate(&out, 0);
    write_tree(node);
    ck_assert_str_eq(buf_peek(&out), tree);
    ck_assert_uint_eq(diags.count, 0);
}

static void refuse(const char *text, enum diag_code code, uint32_t column)
{
    diags_clear(&diags);
    ck_assert_ptr_null(parse_text(text));
    ck_assert_int_eq(diags.items[0].code, code);
    ck_assert_uint_eq(diags.items[0].place.span.begin + 1, column);
    diags_clear(&diags);
}

START_TEST(test_sums)
{
    expect("a + b - c", "(+ a b (- c))");
    expect("-a b + c", "(+ (- (* a b)) c)");
    expect("a = b + 1 = c", "(= = a (+ b 1) c)");
    expect("(a - b)[c]\\{d\\}", "(* (( (+ a (- b))) ([ c) (\\{ d))");
    expect("\\left(a\\right)\\bigl(b\\bigr)", "(* (( a) (( b))");
    expect("a \\cdot b * c \\times d", "(* a b c d)");
}
END_TEST

START_TEST(test_scripts)
{
    expect("w_{11}^2", "(w (_ 11) (^ 2))");
    expect("w^2_{11}", "(w (^ 2) (_ 11))");
    expect("w11^2", "(w (_ 11) (^ 2))");
    expect("w_11", "(w (_ 11))");
    expect("w₁₁²", "(w (_ 11) (^ 2))");
    expect("x⁻¹", "(x (^ (- 1)))");
    expect("h₁²⁽¹⁰⁾", "(h (_ 1) (^ (* 2 (( 10))))");
    expect("a_j^{[1](i)}", "(a (_ j) (^ (* ([ 1) (( i))))");
    expect("h_{s-1}", "(h (_ (+ s (- 1))))");
    expect("w_{1,11}", "(w (_ (, 1 11)))");
    expect("out_{o1}", "(out (_ (* o 1)))");
    expect("w^+ + w^{*}", "(+ (w (^ +)) (w (^ *)))");
    expect("\\hat y_1'", "(\\hat{y}' (_ 1))");
    expect("{w_{11}^2}^2", "(pow ({ (w (_ 11) (^ 2))) 2)");
    expect("(h_1)^{-2}", "(pow (( (h (_ 1))) (- 2))");
}
END_TEST

START_TEST(test_unbraced_runs)
{
    expect("E_y1", "(E (_ y1))");
    expect("h_jx", "(h (_ jx) or (* (h (_ j)) x))");
    expect("h_jx^2", "(h (_ jx) (^ 2) or (* (h (_ j)) (x (^ 2))))");
    expect("h_jx^{2}", "(h (_ jx) (^ 2) or (* (h (_ j)) (x (^ 2))))");
    expect("h_jx_j", "(* (h (_ j)) (x (_ j)))");
    expect("v_ix_i", "(* (v (_ i)) (x (_ i)))");
}
END_TEST

START_TEST(test_fractions)
{
    expect("\\frac{a}{b} c", "(* (/ a b) c)");
    expect("\\frac12 x", "(* (/ 1 2) x)");
    expect("\\frac ab^2", "(pow (/ a b) 2)");
    expect("{1 \\over 2} x", "(* ({ (/ 1 2)) x)");
    expect("1/2 (t - y)^2", "(* (/ 1 2) (pow (( (+ t (- y))) 2))");
    expect("a b/c + d", "(+ (/ (* a b) c) d)");
    expect("a/b \\cdot c", "(* (/ a b) c)");
    expect("a 1/2 b", "(* a (/ 1 2) b)");
    refuse("a/b c", DIAG_FORMULA_SLASH, 5);
    refuse("x/2 y", DIAG_FORMULA_SLASH, 5);
}
END_TEST

START_TEST(test_derivatives)
{
    expect("\\frac{\\partial E}{\\partial w_1}", "(D E (w (_ 1)))");
    expect("\\frac{\\delta E}{\\delta w_1}", "(D E (w (_ 1)))");
    expect("\\frac{dE}{dw}", "(D E w)");
    expect("\\frac{\\mathrm d E}{\\mathrm{d} w}", "(D E w)");
    expect("{\\partial E \\over \\partial w}", "({ (D E w))");
    expect("∂E/∂w ∂w/∂v", "(* (D E w) (D w v))");
    expect("x \\frac{\\partial}{\\partial w} a b + c", "(+ (* x (D (* a b) w)) c)");
    expect("{\\partial \\over \\partial w} a", "(D a w)");
    expect("\\delta_1 w", "(* (\\delta (_ 1)) w)");
    expect("\\frac{d_1}{d_2}", "(/ (d (_ 1)) (d (_ 2)))");
    expect("\\left.\\frac{\\partial h}{\\partial w}\\right|_{u}", "(L h w u)");
    refuse("\\left. x \\right|_u", DIAG_FORMULA_HELD, 1);
}
END_TEST

START_TEST(test_big)
{
    expect("\\sum_k a_k b + c", "(+ (\\sum k ? ? (* (a (_ k)) b)) c)");
    expect("\\sum_{k=1}^{3} a_k", "(\\sum k 1 3 (a (_ k)))");
    expect("\\sum^3_{k=1} a", "(\\sum k 1 3 a)");
    expect("(\\sum_i \\prod_j w_{ij}) x",
           "(* (( (\\sum i ? ? (\\prod j ? ? (w (_ ij))))) x)");
    expect("\\sum_k -a", "(\\sum k ? ? (- a))");
    refuse("\\sum a", DIAG_FORMULA_LIMITS, 1);
}
END_TEST

START_TEST(test_calls)
{
    expect("tanh(w x + b) y", "(* (tanh (+ (* w x) b)) y)");
    expect("\\tanh^2 z", "(pow (tanh z) 2)");
    expect("\\ln y_k t", "(* (ln (y (_ k))) t)");
    expect("\\max(0, z)", "(max 0 z)");
    expect("f(z)", "(* f (( z))");
    expect("half-squares + weight-decay \\lambda",
           "(+ half-squares (weight-decay \\lambda))");
}
END_TEST

START_TEST(test_refused)
{
    refuse("", DIAG_FORMULA_OPERAND, 1);
    refuse("a +", DIAG_FORMULA_OPERAND, 4);
    refuse("a * * b", DIAG_FORMULA_OPERAND, 5);
    refuse("a / + b", DIAG_FORMULA_OPERAND, 5);
    refuse("()", DIAG_FORMULA_OPERAND, 2);
    refuse("(a + b", DIAG_FORMULA_UNCLOSED, 1);
    refuse("a)", DIAG_FORMULA_UNOPENED, 2);
    refuse("(a]", DIAG_FORMULA_MISMATCH, 3);
    refuse("2 3", DIAG_FORMULA_TWO_NUMBERS, 3);
    refuse("a^2^3", DIAG_FORMULA_TWO_SCRIPTS, 5);
    refuse("(a)_1", DIAG_FORMULA_SCRIPT_OF, 5);
    refuse("x^-1", DIAG_FORMULA_SCRIPT, 3);
    refuse("\\ln + 1", DIAG_FORMULA_ARGUMENT, 5);
    refuse("\\frac{a}", DIAG_FORMULA_ARGUMENT, 9);
    refuse("_1", DIAG_FORMULA_SCRIPT_OF, 1);
}
END_TEST

static char *nested(const char *open, size_t count, const char *inside)
{
    size_t length = strlen(open);
    char *text = malloc(count * length + strlen(inside) + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, open, length);
    strcpy(text + count * length, inside);
    return text;
}

/* Depth is a number, not a crash. */
START_TEST(test_depth)
{
    static const char *const openers[] = {"(",       "x^{",      "\\frac{", "\\ln ",
                                          "\\left(", "\\sum_k ", "\\frac"};
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        char *text = nested(openers[i], 100000, "x");
        ck_assert_ptr_null(parse_text(text));
        ck_assert_uint_ge(diags.count, 1);
        ck_assert_int_eq(diags.items[0].code, DIAG_FORMULA_TOO_DEEP);
        diags_clear(&diags);
        free(text);
    }
}
END_TEST

START_TEST(test_name)
{
    struct parse parse = {&source, &arena, &budget, &diags, '#'};
    const char *text = "w_{1,1}..w_8";
    ck_assert(source_from_text(&source, "test", text, strlen(text), &diags));
    struct parse_node *name =
        parse_name(&parse, (struct span){0, (uint32_t)source.length});
    ck_assert_ptr_nonnull(name);
    ck_assert_uint_eq(name->span.end, 7);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("parse");
    TCase *tests = tcase_create("parse");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_sums);
    tcase_add_test(tests, test_scripts);
    tcase_add_test(tests, test_unbraced_runs);
    tcase_add_test(tests, test_fractions);
    tcase_add_test(tests, test_derivatives);
    tcase_add_test(tests, test_big);
    tcase_add_test(tests, test_calls);
    tcase_add_test(tests, test_refused);
    tcase_add_test(tests, test_depth);
    tcase_add_test(tests, test_name);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
