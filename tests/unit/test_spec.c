#include "base/memory.h"
#include "expr/function.h"
#include "given.h"
#include "net/build.h"
#include "net/spec_formula.h"

#include <stdlib.h>

static struct given given;
static struct buf out;

static void setup(void)
{
    buf_init(&out);
}

static void teardown(void)
{
    buf_clear(&out);
}

static const char *definition(const char *canonical)
{
    struct pool *pool = network_pool(given.network);
    expr_id symbol = network_symbol(given.network, given_node(&given, canonical));
    buf_truncate(&out, 0);
    spec_write_formula(pool, defs_get(network_defs(given.network), symbol), &out);
    return buf_peek(&out);
}

static void check_definition(const char *canonical, const char *formula)
{
    ck_assert_str_eq(definition(canonical), formula);
}

static void refuse(const char *spec, enum diag_code code, uint32_t line, uint32_t column)
{
    given_try(&given, spec);
    ck_assert_msg(given.network == NULL, "%s is read", spec);
    ck_assert_uint_gt(given.diags.count, 0);
    const struct diag *first = &given.diags.items[0];
    struct position at = source_position(&given.source, first->place.span.begin);
    ck_assert_int_eq(first->code, code);
    ck_assert_uint_eq(at.line, line);
    ck_assert_uint_eq(at.column, column);
    given_clear(&given);
}

START_TEST(test_post)
{
    given_init(&given, "gradtex 1\ninputs x 2\nlayer h 2\nlayer h 2\nlayer y 2\n"
                       "weights w_{<edge>1}^{<layer>}\ntargets t\nerror half-squares\n"
                       "write partial \\delta\nwrite gradient \\Delta <weight>\n");
    ck_assert_int_eq(network_count(given.network), 2 + 12 + 2 + 6 + 1);
    check_definition("h_{2}^{2}", "h_1^1 w_{31}^2 + h_2^1 w_{41}^2");
    check_definition("E", "\\frac{1}{2} ((t_1 - y_1)^{2} + (t_2 - y_2)^{2})");
    ck_assert_str_eq(network_partial(given.network), "\\delta");
    given_clear(&given);
}
END_TEST

START_TEST(test_recurrent)
{
    given_init(&given, "inputs x 3\nparameters u v w\nerror E = 1/2 (t_1 - y_1)^2\n"
                       "h_0 = 0\nfor s = 1..3: h_s = w x_s + u h_{s-1}\ny_1 = v h_3\n"
                       "targets t_1\nlet u = -2/3\n");
    check_definition("h_{3}", "w x_3 + u h_2");
    check_definition("h_{0}", "0");
    check_definition("E", "\\frac{1}{2} (t_1 - y_1)^{2}");
    node_id u = given_node(&given, "u");
    ck_assert(mpq_cmp_si(network_value(given.network, u), -2, 3) == 0);
    given_clear(&given);
}
END_TEST

START_TEST(test_families)
{
    given_init(&given, "inputs x 3\nparameters v 3, w_1..w_3\n"
                       "for i = 1..3, j = 1..2: g_{ij} = w_i x_i (x_j + 1/2)\n"
                       "for i = 1..3: a_i = \\sum_j g_{ij}\n"
                       "s = \\sum_k v_ka_k\nerror J = (1 - s)^2\n");
    check_definition("g_{32}", "w_3 x_3 (x_2 + \\frac{1}{2})");
    check_definition("a_{2}", "g_{21} + g_{22}");
    check_definition("s", "v_1 a_1 + v_2 a_2 + v_3 a_3");
    check_definition("J", "(1 - s)^{2}");
    given_clear(&given);
}
END_TEST

START_TEST(test_commas_in_families)
{
    given_init(&given, "inputs x 12\nfor i = 1..2, j = 1..12: g_{ij} = x_j\n"
                       "s = g_{12} + g_{1,12}\nerror E = (s)^2\n");
    check_definition("s", "g_{1,2} + g_{1,12}");
    given_clear(&given);
}
END_TEST

START_TEST(test_error_equation)
{
    given_init(&given, "inputs x 1\nlayer y 1\nconstant \\lambda\n"
                       "error J = half-squares + weight-decay \\lambda\n");
    check_definition("J", "\\frac{1}{2} (t_1 - y_1)^{2} + "
                          "\\frac{\\lambda}{2} (w_{11}^1)^{2}");
    given_clear(&given);
}
END_TEST

START_TEST(test_tied_autoencoder)
{
    given_init(&given, "inputs x 2\nlayer h 1 weights w_{<to><from>}\n"
                       "layer y 2 weights w_{<from><to>} tied\ntargets x\n");
    check_definition("y_{2}", "h_1 w_{12}");
    ck_assert_int_eq(network_target(given.network, 0), given_node(&given, "x_{1}"));
    given_clear(&given);
}
END_TEST

START_TEST(test_functions)
{
    given_init(&given,
               "layer h 2 f\nlayer g 1 S\nlayer y 1 leaky-relu(1/100)\ninputs x 1\n"
               "function f(z) = z s(z)\nfunction s(z) = 1/(1 + e^{-z})\n"
               "function S = sigmoid\nfunction p\n"
               "r = p'(y_1) + S'(x_1) + f(x_1)\noutputs y\n");
    check_definition("h_{2}", "f(z_2^1)");
    check_definition("g_{1}", "S(z_1^2)");
    check_definition("y_{1}", "leaky-relu(1/100)(z_1^3)");
    check_definition("r", "p'(y_1) + S'(x_1) + f(x_1)");
    ck_assert_uint_eq(network_function_count(given.network), 4);
    struct pool *pool = network_pool(given.network);
    const struct function *f = function_peek(pool, network_function(given.network, 0));
    buf_truncate(&out, 0);
    spec_write_formula(pool, f->body, &out);
    ck_assert_str_eq(buf_peek(&out), "\\mathit{z} s(\\mathit{z})");
    ck_assert_int_eq(network_find(given.network, expr_peek_name(pool, f->variable)), -1);
    given_clear(&given);
}
END_TEST

START_TEST(test_wrong_functions)
{
    refuse("inputs x 1\nlayer y 1 sigmoid\nfunction \\sigma", DIAG_SPEC_FUNCTION_TAKEN, 2,
           11);
    refuse("inputs x 1\nlayer y 1\nfunction tanh", DIAG_SPEC_FUNCTION_NAME, 3, 10);
    refuse("inputs x 1\nlayer y 1\nfunction step", DIAG_SPEC_FUNCTION_NAME, 3, 10);
    refuse("inputs x 1\nlayer y 1\nfunction f_1", DIAG_SPEC_FUNCTION, 3, 10);
    refuse("inputs x 1\nlayer y 1\nfunction y_1 ", DIAG_SPEC_FUNCTION, 3, 10);
    refuse("inputs x u\nlayer y 1\nfunction u", DIAG_NET_TWICE, 3, 10);
    refuse("inputs x 1\nlayer y 1\nfunction f(z, y) = z", DIAG_SPEC_FUNCTION_VARIABLE, 3,
           12);
    refuse("inputs x 1\nlayer y 1\nfunction f(z) = z x_1", DIAG_SPEC_FUNCTION_FREE, 3,
           19);
    refuse("inputs x 1\nlayer y 1\nfunction f(z) = g(z)\nfunction g(z) = f(z)",
           DIAG_SPEC_FUNCTION_CIRCLE, 3, 10);
    refuse("inputs x 1\nlayer y 1\nfunction f = softmax", DIAG_SPEC_FUNCTION_WHICH, 3,
           14);
    refuse("inputs x 1\nlayer y 1 leaky-relu", DIAG_SPEC_LEAKY, 2, 21);
    refuse("inputs x 1\nlayer h 1 leaky-relu(1/2)\nlayer y 1 leaky-relu(1/3)",
           DIAG_SPEC_LEAKY_TWO, 3, 11);
    refuse("inputs x 1\nlayer y 1 tanh relu", DIAG_SPEC_TWICE, 2, 16);
}
END_TEST

START_TEST(test_assumptions)
{
    given_init(&given, "inputs x 1\nlayer y 3 softmax\nerror cross-entropy\n"
                       "assume \\sum_k t_k = 1\nlet t_1 t_2 t_3 = 1/2 1/3 1/6\n");
    expr_id left, right;
    ck_assert_uint_eq(network_assumption_count(given.network), 1);
    network_assumption(given.network, 0, &left, &right);
    buf_truncate(&out, 0);
    spec_write_formula(network_pool(given.network), left, &out);
    ck_assert_str_eq(buf_peek(&out), "t_1 + t_2 + t_3");
    ck_assert(expr_is_integer(network_pool(given.network), right, 1));
    given_clear(&given);
    refuse("inputs x 1\nlayer y 2\nassume t_1 + t_2 = 1\nlet t = 1 1/3",
           DIAG_SPEC_ASSUME_FALSE, 3, 8);
    refuse("inputs x 1\nlayer y 2\nassume t_1", DIAG_SPEC_ASSUME, 3, 8);
}
END_TEST

START_TEST(test_names_beside)
{
    given_init(&given, "inputs x 1\nlayer y 1 sigmoid\nconstant \\eta\n"
                       "name w^+ = w_{11}^1 - \\eta \\delta_{o1}x_1\n"
                       "name \\delta_{o1} = \\frac{\\partial E}{\\partial z_1^1}\n");
    expr_id right;
    ck_assert_uint_eq(network_beside_count(given.network), 2);
    ck_assert_str_eq(network_beside(given.network, 1, &right), "\\delta_{o1}");
    ck_assert_int_eq(expr_kind(network_pool(given.network), right), EXPR_DERIVATIVE);
    ck_assert_int_eq(network_find(given.network, "\\delta_{o1}"), -1);
    given_clear(&given);
    refuse("inputs x 1\nlayer y 1\nname a = b\nname b = a", DIAG_SPEC_NAME_CIRCLE, 4, 6);
    refuse("inputs x 1\nlayer y 1\nname y_1 = x_1", DIAG_NET_TWICE, 3, 6);
    refuse("inputs x 1\nlayer y 1\nname a = 1\nname a = 2", DIAG_NET_TWICE, 4, 6);
}
END_TEST

/* Letters that the language takes by itself make way for those of the spec. */
START_TEST(test_default_letters)
{
    given_init(&given, "inputs z 1\nparameters E\nlayer a 1 tanh\nlayer t 1 sigmoid\n");
    given_node(&given, "s_{1}^{2}");
    given_node(&given, "d_{1}");
    given_node(&given, "J");
    given_clear(&given);
}
END_TEST

static size_t count_said(enum diag_code code)
{
    size_t count = 0;
    for (size_t i = 0; i < given.diags.count; i++)
        count += given.diags.items[i].code == code;
    return count;
}

/* -t ln y alone is seldom what is meant for one output. */
START_TEST(test_accented_family)
{
    given_init(&given, "inputs \\tilde x 2\nlayer \\hat y 3\ntargets t\n");
    given_node(&given, "\\tilde{x}_{2}");
    given_node(&given, "\\hat{y}_{3}");
    given_clear(&given);
}
END_TEST

static void check_value(const char *canonical, long value)
{
    node_id node = given_node(&given, canonical);
    ck_assert(mpq_cmp_si(network_value(given.network, node), value, 1) == 0);
}

/* A notation changes what is shown, not what the file means. */
START_TEST(test_values_in_a_notation)
{
    static const char spec[] = "inputs x 1\nlayer h 1\nlayer y 1\ntargets t\n"
                               "let w^1 = 2\nlet w^2 = 3\nlet x t = 1 1\n"
                               "name q = w_{11}^2 h_1\nassume w_{11}^2 = 3\n";
    static const char lets[] = "let w^1 = 4\nlet w^2 = 5\n";
    struct source values;
    given_try(&given, spec);
    network_free(given.network);
    given.network = spec_read(&given.source, "nielsen", &given.budget, &given.diags);
    ck_assert_ptr_nonnull(given.network);
    check_value("w_{11}^{2}", 2);
    check_value("w_{11}^{3}", 3);
    ck_assert(source_from_text(&values, "lets", lets, sizeof lets - 1, &given.diags));
    ck_assert(spec_take_lets(given.network, &values, &given.budget, &given.diags));
    check_value("w_{11}^{2}", 4);
    check_value("w_{11}^{3}", 5);
    source_clear(&values);
    given_clear(&given);
}
END_TEST

START_TEST(test_lone_output)
{
    static const struct {
        const char *text;
        size_t notes;
    } cases[] = {
        {"inputs x 2\nlayer y 1 sigmoid\nerror cross-entropy\n", 1},
        {"inputs x 2\nlayer y 1 sigmoid\nerror cross-entropy\nsamples 3 averaged\n", 1},
        {"inputs x 2\nlayer y 1 sigmoid\nerror binary-cross-entropy\n", 0},
        {"inputs x 2\nlayer y 2 softmax\nerror cross-entropy\n", 0},
        {"inputs x 2\nlayer y 2 softmax\nerror cross-entropy\nsamples 3 averaged\n", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        given_init(&given, cases[i].text);
        ck_assert_uint_eq(count_said(DIAG_NOTE_ONE_OUTPUT), cases[i].notes);
        given_clear(&given);
    }
}
END_TEST

START_TEST(test_samples)
{
    given_init(&given, "inputs x 2\nlayer h 2 tanh\nlayer h 1\nsamples 3 averaged\n"
                       "let x = 0 1; 2 3; 4 5\nlet t_1 = 7;8 ; 9\n");
    ck_assert_int_eq(network_sample_count(given.network), 3);
    ck_assert(network_is_averaged(given.network));
    ck_assert_int_eq(network_count(given.network),
                     3 * 2 + 4 + 2 + 3 + 3 * (2 + 2 + 1) + 1);
    check_definition("h_{1}^{2(3)}", "h_1^{1(3)} w_{11}^2 + h_2^{1(3)} w_{12}^2");
    check_definition("z_{2}^{1(2)}", "x_1^{(2)} w_{21}^1 + x_2^{(2)} w_{22}^1");
    check_definition("E", "\\frac{1}{6} ((t_1^{(1)} - h_1^{2(1)})^{2} + "
                          "(t_1^{(2)} - h_1^{2(2)})^{2} + (t_1^{(3)} - h_1^{2(3)})^{2})");
    node_id node = given_node(&given, "x_{1}^{(3)}");
    ck_assert(mpq_cmp_si(network_value(given.network, node), 4, 1) == 0);
    node = given_node(&given, "t_{1}^{(2)}");
    ck_assert(mpq_cmp_si(network_value(given.network, node), 8, 1) == 0);
    ck_assert_int_eq(network_sample(given.network, node), 1);
    ck_assert_int_eq(network_sample(given.network, given_node(&given, "w_{11}^{2}")), -1);
    size_t count;
    memory_free(network_uses(given.network, given_node(&given, "w_{11}^{2}"), &count));
    ck_assert_uint_eq(count, 3);
    given_clear(&given);
}
END_TEST

/* A term that speaks of no sample stands once; equations are made for every sample. */
START_TEST(test_samples_of_equations)
{
    given_init(&given, "input x\nparameters w \\lambda\nh_0 = x\n"
                       "for s = 1..2: h_s = w h_{s-1} + h_0\n"
                       "targets t\nsamples 2 summed named ^{[<sample>]}\n"
                       "outputs h_2\nerror E = squares - \\lambda w^2 + h_1\n"
                       "assume x = t_1\nassume w = 1\n");
    check_definition("h_{2}^{[2]}", "w h_1^{[2]} + h_0^{[2]}");
    check_definition(
        "E", "(t_1^{[1]} - h_2^{[1]})^{2} + h_1^{[1]} + (t_1^{[2]} - h_2^{[2]})^{2} + "
             "h_1^{[2]} - \\lambda (w)^{2}");
    ck_assert_uint_eq(network_assumption_count(given.network), 3);
    given_clear(&given);
    refuse("inputs x 1\nlayer y 1\nsamples 2 averaged\nlet x = 1; 2; 3",
           DIAG_SPEC_SAMPLES_COUNT, 4, 9);
    refuse("inputs x 2\nlayer y 1\nsamples 2 averaged\nlet x = 1 2; 3",
           DIAG_SPEC_VALUE_COUNT, 4, 9);
    refuse("inputs x 1\nlayer y 1\nlet x = 1; 2", DIAG_SPEC_SAMPLES, 3, 9);
    refuse("inputs x 1\nlayer y 1\nsamples 2 summed\nlet w = 1; 2",
           DIAG_SPEC_SAMPLES_SHARED, 4, 1);
}
END_TEST

START_TEST(test_lines)
{
    given_init(&given, "\xEF\xBB\xBFinputs x 2 # two\r\rlayer y 1\r\nz = (y_1 # more\n"
                       " + x_1\n)\noutputs z\n");
    check_definition("z", "y_1 + x_1");
    given_clear(&given);
}
END_TEST

START_TEST(test_positions)
{
    refuse("", DIAG_SPEC_NO_NETWORK, 1, 1);
    refuse("inputs x 1\r\rlayer y 1 sigmod", DIAG_SPEC_LAYER_NEAR, 3, 11);
    refuse("inputs x 1\ny = (x_1\n", DIAG_FORMULA_UNCLOSED, 2, 5);
    refuse("inputs x 1\nlayr y 1", DIAG_SPEC_STATEMENT_NEAR, 2, 1);
    refuse("layer y 1\nerror squares\ncost squares", DIAG_SPEC_TWICE, 3, 1);
    refuse("inputs x 1\ny_1 = x_1 + x_2\n", DIAG_SPEC_NAME_NEAR, 2, 13);
    refuse("inputs x 0", DIAG_SPEC_WIDTH, 1, 10);
    refuse("inputs x 1000000000000000000", DIAG_SPEC_WIDE, 1, 10);
    refuse("title \"x\nlayer y 1", DIAG_SPEC_STRING, 1, 7);
}
END_TEST

/* What spec_write prints is read as the same network, and printed as the same text. */
static void check_round(const char *spec, const char *notation)
{
    struct given first = {.network = NULL}, second = {.network = NULL};
    struct buf text, again;
    buf_init(&text);
    buf_init(&again);
    given_try(&first, spec);
    network_free(first.network);
    first.network = spec_read(&first.source, notation, &first.budget, &first.diags);
    if (first.network == NULL)
        given_print(&first);
    ck_assert_ptr_nonnull(first.network);
    spec_write(first.network, &text);
    given_init(&second, buf_peek(&text));
    spec_write(second.network, &again);
    ck_assert_str_eq(buf_peek(&text), buf_peek(&again));
    ck_assert_msg(network_count(first.network) == network_count(second.network),
                  "%s is read as another network", buf_peek(&text));
    for (node_id i = 0; i < network_count(first.network); i++) {
        buf_truncate(&text, 0);
        buf_truncate(&again, 0);
        network_name(first.network, i, &text);
        network_name(second.network, i, &again);
        ck_assert_str_eq(buf_peek(&text), buf_peek(&again));
    }
    given_clear(&first);
    given_clear(&second);
    buf_clear(&text);
    buf_clear(&again);
}

START_TEST(test_round_trip)
{
    static const char *const specs[] = {
        "title \"T\"\ninputs x 2\nlayer h 3 biases\nlayer h 2 no-bias\nlayer y 1 from "
        "h^2, "
        "x\nlet x = 1 -1/2\nfix w_{11}^1 = 0\n",
        "inputs x 2\nlayer h 2\nfor j = 1..2: r_j = h_j + x_j\nlayer y 1 from r\n",
        "input x\nlayer net 2\nlayer \\hat y from net\nnumber units from 0\ntargets t\n",
        "inputs x 12\nlayer h 3 weights w_{<to><from>}\nlayer \\hat y\nbiases\nconstant "
        "\\lambda\nerror J = half-squares + weight-decay \\lambda\n",
        "inputs x 2\nparameters a b\nh = a x_1 + b (x_2)^2\ny = h / (1 + h)\n"
        "error E = (y - 1/3)^2\n",
        "inputs z 2\nfunction f\nfunction g(u) = u/(1 + e^{-u})\nlayer h 2 f\n"
        "layer k 2 g biases\nlayer \\hat y sigmoid\nassume z_1 = 1\n"
        "name \\delta = \\frac{\\partial E}{\\partial h_1}\nwrite relu-at-zero 1/2\n"
        "write activation-derivative value\nerror binary-cross-entropy\n",
        "input x\nlayer h 2 leaky-relu(1/100)\nlayer y 2 softmax\nconstant c\n"
        "samples 3 summed named ^{[n<sample>]}\nassume \\sum_k t_k = 1\n"
        "error J = cross-entropy + weight-decay c\nlet x = 1; 2; 3\n",
        "inputs i 2\nlayer h 2 sigmoid\nlayer o 2 sigmoid\nbiases b_<layer> tied\n"
        "name \\delta_{o1} = \\frac{\\partial E}{\\partial z_1^2}\n",
        "input x\nparameters w\nh = tanh(w x) + |x| max(x, w)\nfor i = 1..2: y_i = h^i\n"
        "samples 2 averaged\noutputs y\n"};
    static const char *const notations[] = {NULL,     "post",  "nielsen", "ng",
                                            "bishop", "mazur", "ufldl"};
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++)
        for (size_t k = 0; k < sizeof notations / sizeof *notations; k++)
            check_round(specs[i], notations[k]);
}
END_TEST

START_TEST(test_notation)
{
    static const char spec[] = "inputs x 2\nlayer h 2\nlayer y 2\nz = w_{12}^1 y_1\n"
                               "outputs y\nlet w_{12}^1 = 5\n";
    given_try(&given, spec);
    network_free(given.network);
    given.network = spec_read(&given.source, "post", &given.budget, &given.diags);
    ck_assert_ptr_nonnull(given.network);
    check_definition("h_{1}", "x_1 w_{11}^1 + x_2 w_{21}^1");
    check_definition("z", "w_{21}^1 y_1");
    node_id weight = given_node(&given, "w_{21}^{1}");
    ck_assert(mpq_cmp_si(network_value(given.network, weight), 5, 1) == 0);
    given_clear(&given);
}
END_TEST

static void check_name(const char *canonical, const char *shown)
{
    buf_truncate(&out, 0);
    network_name(given.network, given_node(&given, canonical), &out);
    ck_assert_str_eq(buf_peek(&out), shown);
}

/* The names of a book, and the file's, which are understood as well. */
START_TEST(test_notations_of_books)
{
    static const char *const rows[][6] = {
        {"nielsen", "w_{21}^{2}", "z_{1}^{2}", "a_{2}^{3}", "y_{1}", "C"},
        {"ng", "w_{21}^{[1]}", "z_{1}^{[1]}", "\\hat{y}_{2}", "y_{1}", "J"},
        {"bishop", "w_{21}^{(1)}", "a_{1}^{(1)}", "y_{2}", "t_{1}", "E"},
        {"mazur", "w_{3}", "net_{h1}", "out_{y2}", "target_{y1}", "E_{total}"},
        {"ufldl", "W_{21}^{(1)}", "z_{1}^{(2)}", "a_{2}^{(3)}", "y_{1}", "J"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        given_try(&given, "inputs x 2\nlayer h 2 tanh\nlayer y 2 tanh\nbiases\n");
        network_free(given.network);
        given.network = spec_read(&given.source, rows[i][0], &given.budget, &given.diags);
        ck_assert_ptr_nonnull(given.network);
        check_name("w_{21}^{1}", rows[i][1]);
        check_name(rows[i][1], rows[i][1]);
        check_name("z_{1}^{1}", rows[i][2]);
        check_name(rows[i][3], rows[i][3]);
        check_name("t_{1}", rows[i][4]);
        check_name("E", rows[i][5]);
        given_clear(&given);
    }
}
END_TEST

static void check_short(const char *word, const char *spec)
{
    struct diags diags;
    bool is_short = false;
    diags_init(&diags);
    buf_truncate(&out, 0);
    ck_assert(preset_expand(word, &out, &is_short, &diags) == (spec != NULL));
    if (spec)
        ck_assert_str_eq(buf_peek(&out), spec);
    ck_assert(is_short == (spec || diags.count > 0));
    diags_clear(&diags);
}

START_TEST(test_short_forms)
{
    check_short("2-3-1:bias", "inputs x 2\nlayer  h 3\nlayer  y 1\ntargets t\n"
                              "error half-squares\nbiases b_{<to>}^{<layer>}\n");
    check_short("2-3", "inputs x 2\nlayer  y 3\ntargets t\nerror half-squares\n");
    check_short("2-3-1:sigmoid,bias",
                "inputs x 2\nlayer  h 3 sigmoid\nlayer  y 1 sigmoid\ntargets t\n"
                "error half-squares\nbiases b_{<to>}^{<layer>}\n");
    check_short("2-1:leaky-relu(1/100)", "inputs x 2\nlayer  y 1 leaky-relu(1/100)\n"
                                         "targets t\nerror half-squares\n");
    check_short("2-3-1:sigmoyd", NULL);
    check_short("2-3-1:tanh,relu", NULL);
    check_short("2-3-1:leaky-relu", NULL);
    check_short("2--1", NULL);
    check_short("2-3-1.net", NULL);
    check_short("net", NULL);
    const struct preset_facts facts = {false, false};
    ck_assert(preset_notation("post", &facts, &out));
    ck_assert(!preset_notation("knuth", &facts, &out));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spec");
    TCase *tests = tcase_create("spec");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_post);
    tcase_add_test(tests, test_recurrent);
    tcase_add_test(tests, test_families);
    tcase_add_test(tests, test_commas_in_families);
    tcase_add_test(tests, test_error_equation);
    tcase_add_test(tests, test_tied_autoencoder);
    tcase_add_test(tests, test_functions);
    tcase_add_test(tests, test_wrong_functions);
    tcase_add_test(tests, test_assumptions);
    tcase_add_test(tests, test_names_beside);
    tcase_add_test(tests, test_default_letters);
    tcase_add_test(tests, test_lone_output);
    tcase_add_test(tests, test_accented_family);
    tcase_add_test(tests, test_values_in_a_notation);
    tcase_add_test(tests, test_samples);
    tcase_add_test(tests, test_samples_of_equations);
    tcase_add_test(tests, test_lines);
    tcase_add_test(tests, test_positions);
    tcase_add_test(tests, test_round_trip);
    tcase_add_test(tests, test_notation);
    tcase_add_test(tests, test_notations_of_books);
    tcase_add_test(tests, test_short_forms);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
