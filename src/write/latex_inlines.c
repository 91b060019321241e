#include "write/latex_inlines.h"

#include "write/latex_code.h"
#include "write/latex_formula.h"

#include <string.h>

enum {
    LONG_NUMBER = 20 /* characters; a longer one may be broken after its commas */
};

void latex_inlines_formula(struct latex *latex, const struct formula *formula,
                           bool in_text)
{
    struct latex_formula writer = {.coloured = latex->standalone,
                                   .in_text = in_text,
                                   .colours = latex->colours,
                                   .overlays = latex->overlays,
                                   .overlay = latex->overlay};
    latex_formula_write(&writer, formula, latex->out);
    latex->colours = writer.colours;
}

/* Numbers are written as they are: a label would need a second run of TeX. */
static void reference(struct latex *latex, unsigned number)
{
    buf_format(latex->out, "(%u)", number);
}

static void words(struct latex *latex, const char *text)
{
    struct buf escaped;
    buf_init(&escaped);
    latex_formula_escape(&escaped, text);
    for (const char *next = buf_peek(&escaped); *next;) {
        size_t digits = strspn(next, "0123456789,");
        for (size_t i = 0; i < digits; i++) {
            buf_char(latex->out, next[i]);
            if (digits > LONG_NUMBER && next[i] == ',' && i + 1 < digits)
                buf_text(latex->out, "\\allowbreak ");
        }
        next += digits;
        if (*next)
            buf_char(latex->out, *next++);
    }
    buf_clear(&escaped);
}

static bool has_fraction(const struct formula *formula)
{
    struct formula_walk walk;
    struct formula_step step;
    bool found = false;
    formula_walk_init(&walk, formula);
    while (!found && formula_walk_next(&walk, &step))
        found = step.formula->kind == FORMULA_FRACTION && step.formula->size > 0;
    formula_walk_clear(&walk);
    return found;
}

/* A derivative alone gets a slash in a line. */
static void formula_in_text(struct latex *latex, const struct formula *formula)
{
    bool is_low = formula->kind == FORMULA_FRACTION || !has_fraction(formula);
    if (latex->has_struts && !is_low)
        buf_text(latex->out, "\\rule[-2.2ex]{0pt}{6ex}");
    buf_char(latex->out, '$');
    latex_inlines_formula(latex, formula, true);
    buf_char(latex->out, '$');
}

void latex_inlines_write(struct latex *latex, const struct inline_node *node)
{
    for (; node; node = node->next) {
        switch (node->kind) {
        case INLINE_TEXT:
            words(latex, node->text);
            break;
        case INLINE_FORMULA:
            formula_in_text(latex, node->formula);
            break;
        case INLINE_REFERENCE:
            reference(latex, node->number);
            break;
        case INLINE_CODE:
            buf_text(latex->out, "\\texttt{");
            latex_code_put(latex->out, node->text);
            buf_char(latex->out, '}');
            break;
        }
    }
}
