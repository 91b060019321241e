#include "tell/typeset_read.h"

#include "base/name.h"
#include "expr/function.h"
#include "tex/tree.h"

#include <string.h>

/* Pieces are short; what is nested deeper is no piece for a sheet. */
enum { MOST_NESTED = 40 };

struct reader {
    const struct typeset *typeset;
    struct arena *arena;
    const char *latex;
};

static struct formula *read(const struct reader *reader, struct parse_node *node);

static struct formula *sign(const struct reader *reader, const char *text)
{
    return formula_text(reader->arena, FORMULA_SIGN, text);
}

/* NULL if one of the parts is. */
static struct formula *make(const struct reader *reader, enum formula_kind kind,
                            const char *text, struct formula *first,
                            struct formula *second, unsigned size)
{
    struct formula *parts[] = {first, second};
    return first && second ? formula_make(reader->arena, kind, text, parts, 2, size)
                           : NULL;
}

static struct formula *pair(const struct reader *reader, struct formula *first,
                            struct formula *second)
{
    return make(reader, FORMULA_ROW, NULL, first, second, 0);
}

/* --- names --- */

/* The script after `_` or `^`, without its braces; where it ends, NULL if its own
   contents have scripts or commands. */
static const char *take_script(const char *script, const char *end, struct buf *out)
{
    bool has_braces = script + 1 < end && script[1] == '{';
    const char *begin = script + 1 + has_braces;
    const char *stop = has_braces ? memchr(begin, '}', (size_t)(end - begin)) : begin + 1;
    if (stop == NULL || stop == begin || stop > end)
        return NULL;
    for (const char *c = begin; c < stop; c++)
        if (strchr("\\_^{", *c))
            return NULL;
    buf_format(out, "%c{%.*s}", *script, (int)(stop - begin), begin);
    return stop + has_braces;
}

static bool is_symbol(const struct reader *reader, const char *canonical)
{
    struct network *network = reader->typeset->network;
    return network != NULL && network_find(network, canonical) >= 0;
}

/* `vx_{1}` where the network has v and x_{1}, but nothing of that name: the product, as
   sheets write it. NULL if it is none. */
static struct formula *split_word(const struct reader *reader, const char *canonical)
{
    size_t letters = strcspn(canonical, "_^"), split = letters > 0 ? letters - 1 : 0;
    struct formula *row = formula_row(reader->arena);
    for (size_t i = 0; i <= split; i++) {
        const char *part =
            i < split ? arena_strndup(reader->arena, canonical + i, 1) : canonical + i;
        if (!is_symbol(reader, part))
            return NULL;
        formula_append(reader->arena, row,
                       formula_text(reader->arena, FORMULA_NAME, part));
    }
    return row;
}

static struct formula *name_formula(const struct reader *reader, const char *canonical)
{
    bool is_known = canonical[0] == '\\' || is_symbol(reader, canonical);
    struct formula *product = is_known ? NULL : split_word(reader, canonical);
    return product ? product : formula_text(reader->arena, FORMULA_NAME, canonical);
}

static struct formula *read_name(const struct reader *reader,
                                 const struct parse_node *node)
{
    const char *at = reader->latex + node->span.begin;
    const char *end = reader->latex + node->span.end;
    struct formula *formula = NULL;
    struct buf canonical;
    struct name name;
    buf_init(&canonical);
    buf_text(&canonical, node->text);
    while (at < end && *at != '_' && *at != '^')
        at++;
    while (at && at < end && (*at == '_' || *at == '^'))
        at = take_script(at, end, &canonical);
    if (at == end && name_split(&name, buf_peek(&canonical)))
        formula = name_formula(reader, buf_peek(&canonical));
    buf_clear(&canonical);
    return formula;
}

/* --- sums and products --- */

static bool append(const struct reader *reader, struct formula *row, struct formula *part)
{
    if (part)
        formula_append(reader->arena, row, part);
    return part != NULL;
}

static struct formula *read_sum(const struct reader *reader,
                                const struct parse_node *node)
{
    struct formula *row = formula_row(reader->arena);
    for (size_t i = 0; i < node->count; i++) {
        if (i > 0 && node->parts[i]->kind != PARSE_NEGATE)
            append(reader, row, sign(reader, "+"));
        if (!append(reader, row, read(reader, node->parts[i])))
            return NULL;
    }
    return row;
}

/* What stands before a factor, as `compose` has it; NULL for nothing. */
static const char *before_factor(const struct parse_node *last,
                                 const struct parse_node *next)
{
    if (next->is_times || next->kind == PARSE_NUMBER)
        return "\\cdot";
    return last->kind == PARSE_NUMBER && next->kind == PARSE_BRACKET ? "\\," : NULL;
}

static struct formula *read_product(const struct reader *reader,
                                    const struct parse_node *node)
{
    struct formula *row = formula_row(reader->arena);
    for (size_t i = 0; i < node->count; i++) {
        const char *before =
            i > 0 ? before_factor(node->parts[i - 1], node->parts[i]) : NULL;
        if (before)
            append(reader, row, sign(reader, before));
        if (!append(reader, row, read(reader, node->parts[i])))
            return NULL;
    }
    return row;
}

/* --- brackets, fractions, powers --- */

static struct formula *read_bracket(const struct reader *reader,
                                    const struct parse_node *node)
{
    struct formula *inner = read(reader, node->parts[0]);
    if (!inner || node->text[0] == '{')
        return inner;
    return node->text[0] == '|'
               ? formula_make(reader->arena, FORMULA_BRACKET, "|", &inner, 1, 0)
               : typeset_bracket(reader->typeset, inner);
}

static struct formula *read_fraction(const struct reader *reader,
                                     const struct parse_node *node)
{
    struct formula *above = read(reader, node->parts[0]);
    struct formula *below = read(reader, node->parts[1]);
    bool is_small =
        node->parts[0]->kind == PARSE_NUMBER && node->parts[1]->kind == PARSE_NUMBER;
    if (node->text && strcmp(node->text, "/") == 0)
        return pair(reader, pair(reader, above, sign(reader, "/")), below);
    return make(reader, FORMULA_FRACTION, NULL, above, below, !is_small);
}

static struct formula *read_derivative(const struct reader *reader,
                                       const struct parse_node *node)
{
    struct formula *partial = formula_sign(node->text) ? sign(reader, node->text) : NULL;
    struct formula *of = node->parts[0] ? read(reader, node->parts[0]) : NULL;
    struct formula *above = node->parts[0] ? pair(reader, partial, of) : partial;
    return make(reader, FORMULA_FRACTION, NULL, above,
                pair(reader, partial, read(reader, node->parts[1])), 1);
}

static struct formula *read_local(const struct reader *reader,
                                  const struct parse_node *node)
{
    return make(reader, FORMULA_BAR, NULL, read_derivative(reader, node),
                read(reader, node->parts[2]), 0);
}

/* --- functions --- */

static struct formula *read_arguments(const struct reader *reader,
                                      const struct parse_node *node)
{
    struct formula *row = formula_row(reader->arena);
    for (size_t i = 0; i < node->count; i++) {
        if (i > 0)
            append(reader, row, sign(reader, ","));
        if (!append(reader, row, read(reader, node->parts[i])))
            return NULL;
    }
    return row;
}

/* `\tanh'` where LaTeX has a command, else `relu'`. */
static struct formula *function_name(const struct reader *reader, const char *text)
{
    struct buf command;
    buf_init(&command);
    buf_format(&command, "\\%s", text);
    struct formula *formula = formula_sign(buf_peek(&command))
                                  ? sign(reader, buf_peek(&command))
                                  : formula_text(reader->arena, FORMULA_NAME, text);
    buf_clear(&command);
    return formula;
}

static bool is_function(const struct parse_node *call, enum function_id id)
{
    return strcmp(call->text, function_row(id)->word) == 0;
}

static struct formula *read_call(const struct reader *reader,
                                 const struct parse_node *node)
{
    struct formula *arguments = read_arguments(reader, node);
    if (!arguments || node->count == 0)
        return NULL;
    if (is_function(node, FUNCTION_SQRT))
        return formula_make(reader->arena, FORMULA_ROOT, NULL, &arguments, 1, 0);
    if (is_function(node, FUNCTION_EXP))
        return make(reader, FORMULA_POWER, NULL,
                    formula_text(reader->arena, FORMULA_NAME, "e"), arguments, 0);
    return make(reader, FORMULA_CALL, NULL, function_name(reader, node->text),
                typeset_bracket(reader->typeset, arguments), 0);
}

static struct formula *read(const struct reader *reader, struct parse_node *node)
{
    switch (node->kind) {
    case PARSE_NUMBER:
        return formula_text(reader->arena, FORMULA_NUMBER, node->text);
    case PARSE_NAME:
        return read_name(reader, node);
    case PARSE_BRACKET:
        return read_bracket(reader, node);
    case PARSE_SUM:
        return read_sum(reader, node);
    case PARSE_NEGATE:
        return pair(reader, sign(reader, "-"), read(reader, node->parts[0]));
    case PARSE_PRODUCT:
        return read_product(reader, node);
    case PARSE_FRACTION:
        return read_fraction(reader, node);
    case PARSE_POWER:
        return make(reader, FORMULA_POWER, NULL, read(reader, node->parts[0]),
                    read(reader, node->parts[1]), 0);
    case PARSE_DERIVATIVE:
        return read_derivative(reader, node);
    case PARSE_LOCAL:
        return read_local(reader, node);
    case PARSE_CALL:
        return read_call(reader, node);
    default:
        return NULL;
    }
}

static struct formula *read_formula(const struct reader *reader, struct source *source,
                                    struct span span)
{
    struct budget budget;
    struct diags unheard;
    diags_init(&unheard);
    budget_init(&budget);
    budget.depth = MOST_NESTED;
    const struct parse parse = {
        .source = source, .arena = reader->arena, .budget = &budget, .diags = &unheard};
    struct parse_node *tree = parse_formula(&parse, span);
    diags_clear(&unheard);
    return tree ? read(reader, tree) : NULL;
}

/* A term to be added begins with its sign, a sign to be put in is one alone. */
struct formula *typeset_read(const struct typeset *typeset, const char *latex)
{
    struct reader reader = {typeset, typeset->arena, latex};
    size_t begin = strspn(latex, " "), length = strlen(latex);
    struct source source = {.text = (char *)latex, .length = length};
    bool is_added = latex[begin] == '+';
    if (strcmp(latex + begin, "-") == 0 || strcmp(latex + begin, "+") == 0)
        return sign(&reader, latex + begin);
    begin += is_added;
    if (begin + strspn(latex + begin, " ") == length)
        return NULL;
    struct formula *formula =
        read_formula(&reader, &source, (struct span){(uint32_t)begin, (uint32_t)length});
    return is_added ? pair(&reader, sign(&reader, "+"), formula) : formula;
}
