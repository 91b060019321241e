/* For laws: random formulas of the network language, over x_1, x_2, u, v and a_1, a_2, …
 */
#ifndef GRADTEX_TESTS_RANDOM_FORMULA_H
#define GRADTEX_TESTS_RANDOM_FORMULA_H

#include "random.h"

enum { SMALL_EXPONENT = 3 };

/* What a formula may hold: a_1 to a_{defined}, and functions of some kind. */
enum formula_style {
    FORMULA_RATIONAL,
    FORMULA_KINKED, /* functions that keep the rationals, and a letter f */
    FORMULA_SMOOTH  /* all the others, g by a formula */
};

static inline void write_atom(struct buf *spec, int defined)
{
    unsigned choice = below(4 + (unsigned)defined);
    if (choice == 0)
        buf_format(spec, "%u", 1 + below(5));
    else if (choice == 1)
        buf_format(spec, "x_%u", 1 + below(2));
    else if (choice < 4)
        buf_text(spec, choice == 2 ? "u" : "v");
    else
        buf_format(spec, "a_{%d}", (int)choice - 3);
}

/* A function's text around its argument. */
struct surrounds {
    const char *before, *after;
};

static inline struct surrounds choose_function(enum formula_style style)
{
    static const struct surrounds kinked[] = {
        {"relu(", ")"}, {"|", "|"}, {"max(1, ", ")"}, {"f(", ")"}, {"max(", ", x_1)"}};
    static const struct surrounds smooth[] = {{"\\tanh(", ")"},
                                              {"\\sigma(", ")"},
                                              {"e^{-(", ")}"},
                                              {"softplus(", ")"},
                                              {"\\sqrt{1 + (", ")^2}"},
                                              {"\\ln(2 + (", ")^2)"},
                                              {"exp(", ")"},
                                              {"g(", ")"},
                                              {"\\tanh^2(", ")"},
                                              {"\\sqrt{", "}"},
                                              {"\\ln(", ")"},
                                              {"|", "|"},
                                              {"relu(", ")"},
                                              {"max(v, ", ")"}};
    return style == FORMULA_KINKED ? kinked[below(sizeof kinked / sizeof *kinked)]
                                   : smooth[below(sizeof smooth / sizeof *smooth)];
}

static inline void write_formula_of(struct buf *spec, enum formula_style style,
                                    int defined, int depth)
{
    static const char *const operators[] = {" + ", " - ", " * ", " / "};
    if (depth == 0 || below(5) == 0) {
        write_atom(spec, defined);
        return;
    }
    if (style != FORMULA_RATIONAL && below(3) == 0) {
        struct surrounds around = choose_function(style);
        buf_text(spec, around.before);
        write_formula_of(spec, style, defined, depth - 1);
        buf_text(spec, around.after);
        return;
    }
    buf_char(spec, '(');
    write_formula_of(spec, style, defined, depth - 1);
    if (below(5) == 0) {
        buf_format(spec, ")^{%d}", (int)below(2 * SMALL_EXPONENT) - SMALL_EXPONENT + 1);
        return;
    }
    write_choice(spec, operators, 4);
    write_formula_of(spec, style, defined, depth - 1);
    buf_char(spec, ')');
}

static inline void write_formula(struct buf *spec, int defined, int depth)
{
    write_formula_of(spec, FORMULA_RATIONAL, defined, depth);
}

#endif
