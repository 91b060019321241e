/* For laws: random networks of equations, some with layers among them. */
#ifndef GRADTEX_TESTS_RANDOM_EQUATIONS_H
#define GRADTEX_TESTS_RANDOM_EQUATIONS_H

#include "random_formula.h"

static inline void write_equations(struct buf *spec, enum formula_style style)
{
    int count = 1 + (int)below(style == FORMULA_RATIONAL ? 6 : 4);
    buf_text(spec, "inputs x 2\nparameters u v\n");
    for (int i = 1; i <= count; i++) {
        buf_format(spec, "a_{%d} = ", i);
        write_formula_of(spec, style, i - 1, 3);
        buf_char(spec, '\n');
    }
    buf_text(spec, "error E = ");
    write_formula_of(spec, style, count, 2);
    buf_format(spec, " + a_{%d}\n", count);
}

static const char *const unit_functions[] = {"\\tanh",   "\\sigma", "relu",
                                             "softplus", "exp",     "g"};

static inline const char *choose_unit(void)
{
    return choose(unit_functions, sizeof unit_functions / sizeof *unit_functions);
}

static inline void write_recurrent(struct buf *spec)
{
    static const char *const steps[] = {"w x_s + u h_{s-1} + b", "w x_s h_{s-1} + u",
                                        "u (x_s - h_{s-1})/(1 + b^2)",
                                        "w x_s + u h_{s-1}^2"};
    static const char *const ends[] = {
        "y_1 = v h_%d\ntargets t_1\nerror E = 1/2 (t_1 - y_1)^2\n",
        "y = \\sigma(v h_%d)\ntarget t\nerror binary-cross-entropy\n",
        "y = v h_%d + h_1\ntarget t\nerror E = (t - y)^2 + u^2\n"};
    int steps_count = 1 + (int)below(4);
    buf_format(spec, "inputs x %d\nparameters u v w b\nh_0 = %u\n", steps_count,
               below(2));
    buf_format(spec, "for s = 1..%d: h_s = %s(", steps_count, choose_unit());
    write_choice(spec, steps, 4);
    buf_text(spec, ")\n");
    buf_format(spec, ends[below(3)], steps_count);
}

static inline void write_gated(struct buf *spec)
{
    int steps = 1 + (int)below(3);
    buf_format(spec, "inputs x %d\nparameters a b c d v\nh_0 = 0\n", steps);
    buf_format(spec, "for s = 1..%d: q_s = \\sigma(a x_s + b h_{s-1})\n", steps);
    buf_format(spec, "for s = 1..%d: k_s = %s(c x_s + d %sh_{s-1})\n", steps,
               choose_unit(), below(2) ? "q_s " : "");
    buf_format(spec, "for s = 1..%d: h_s = q_s h_{s-1} + (1 - q_s) k_s\n", steps);
    buf_format(spec, "y = v h_%d\ntarget t\nerror half-squares\n", steps);
}

/* Softmax written out, as it is or in an attention. */
static inline void write_softmax(struct buf *spec)
{
    unsigned count = 2 + below(2);
    buf_format(spec, "inputs x 2\nparameters v");
    for (unsigned k = 1; k <= count; k++)
        buf_format(spec, " p_%u", k);
    buf_format(spec, "\nfor k = 1..%u: s_k = p_k x_1 + v x_2\n", count);
    buf_format(spec, "for k = 1..%u: y_k = e^{s_k}/\\sum_{j=1}^%u e^{s_j}\n", count,
               count);
    if (below(2))
        buf_format(spec, "targets t\nerror cross-entropy\n%s",
                   below(2) ? "assume \\sum_k t_k = 1\n" : "");
    else
        buf_text(spec, "c = \\sum_k y_k s_k\ntarget t\noutputs c\nerror half-squares\n");
}

static inline void write_normalised(struct buf *spec)
{
    static const char *const shifts[] = {"1", "u^2 + 1", "x_1^2"};
    buf_text(spec, "inputs x 2\nparameters u v w\n"
                   "for k = 1..2: s_k = u x_k + w\n"
                   "m = (s_1 + s_2)/2\nr = \\sqrt{");
    write_choice(spec, shifts, 3);
    buf_format(spec,
               " + \\sum_{k=1}^2 (s_k - m)^2}\n"
               "for k = 1..2: y_k = v (s_k - m)/r\n"
               "targets t\nerror %ssquares\n",
               below(2) ? "half-" : "mean-");
}

static inline void write_residual(struct buf *spec)
{
    buf_format(spec, "inputs x 2\nlayer h 2 %s\n", below(2) ? "tanh" : "softmax");
    buf_format(spec, "for j = 1..2: r_j = %s\n",
               below(2) ? "h_j + x_j" : "h_j x_j + \\sigma(h_1)");
    buf_format(spec, "layer y %u %s from r\n", 1 + below(2), below(2) ? "relu" : "");
}

static inline void write_equation_network(struct buf *spec)
{
    switch (below(9)) {
    case 0:
    case 1:
        write_equations(spec, FORMULA_RATIONAL);
        break;
    case 2:
        write_equations(spec, FORMULA_KINKED);
        break;
    case 3:
        write_equations(spec, FORMULA_SMOOTH);
        break;
    case 4:
        write_recurrent(spec);
        break;
    case 5:
        write_gated(spec);
        break;
    case 6:
        write_softmax(spec);
        break;
    case 7:
        write_normalised(spec);
        break;
    default:
        write_residual(spec);
    }
}

#endif
