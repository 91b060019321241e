#include "tex/elaborate.h"

#include "base/memory.h"
#include "base/number.h"
#include "expr/function.h"
#include "expr/walk.h"
#include "tex/apply.h"
#include "tex/dots.h"
#include "tex/index.h"
#include "tex/machine.h"
#include "tex/tree.h"

#include <string.h>

enum { STEPS = 4 };

struct place machine_place(const struct machine *m, const struct parse_node *node)
{
    return (struct place){m->context->source, node->span};
}

bool machine_fail(const struct machine *m, enum diag_code code,
                  const struct parse_node *node, const char *text)
{
    return diag_at(m->context->diags, code, machine_place(m, node), text, (char *)NULL);
}

bool machine_push(struct machine *m, expr_id value)
{
    if (value == 0)
        return false;
    if (m->value_count == m->value_capacity) {
        m->value_capacity = 2 * m->value_capacity + 32;
        m->values = memory_array(m->values, m->value_capacity, sizeof *m->values);
    }
    m->values[m->value_count++] = value;
    return true;
}

struct frame *machine_open(struct machine *m, const struct parse_node *node)
{
    if (m->frame_count == m->frame_capacity) {
        m->frame_capacity = 2 * m->frame_capacity + 32;
        m->frames = memory_array(m->frames, m->frame_capacity, sizeof *m->frames);
    }
    m->frames[m->frame_count] = (struct frame){.node = node, .values = m->value_count};
    return &m->frames[m->frame_count++];
}

static bool open(struct machine *m, const struct parse_node *node)
{
    return machine_open(m, node) != NULL;
}

/* --- numbers --- */

static bool read_number(struct machine *m, const struct parse_node *node)
{
    mpq_t value;
    mpq_init(value);
    enum number_status status = number_read(value, node->text, strlen(node->text), false);
    bool read = status == NUMBER_OK
                    ? machine_push(m, expr_number(m->pool, value))
                    : machine_fail(m,
                                   status == NUMBER_TOO_LONG ? DIAG_NUMBER_TOO_LONG
                                                             : DIAG_NUMBER_MALFORMED,
                                   node, node->text);
    mpq_clear(value);
    return read;
}

/* `1/2` is one number; other fractions stay as they are, and so do their decimals. */
static expr_id quotient(struct machine *m, const struct parse_node *node, expr_id above,
                        expr_id below)
{
    bool numbers = tree_is_integer(node->parts[0]) && tree_is_integer(node->parts[1]);
    bool is_undefined = expr_is_integer(m->pool, below, 0);
    if (is_undefined && !m->context->may_be_undefined) {
        machine_fail(m, DIAG_FORMULA_ZERO_DIVISOR, node->parts[1], NULL);
        return 0;
    }
    if (!numbers || is_undefined)
        return expr_quotient(m->pool, above, below);
    mpq_t value;
    mpq_init(value);
    mpq_div(value, expr_peek_number(m->pool, above), expr_peek_number(m->pool, below));
    expr_id number = expr_number(m->pool, value);
    mpq_clear(value);
    return number;
}

/* A number with a sign of its own is a negative number. */
static expr_id negate(struct machine *m, expr_id value, bool alone)
{
    if (!alone || expr_kind(m->pool, value) != EXPR_NUMBER)
        return expr_negate(m->pool, value);
    mpq_t negative;
    mpq_init(negative);
    mpq_neg(negative, expr_peek_number(m->pool, value));
    expr_id number = expr_number(m->pool, negative);
    mpq_clear(negative);
    return number;
}

/* --- what becomes of the parts --- */

static bool is_bracketed(const struct parse_node *node, size_t part)
{
    size_t i = node->kind == PARSE_BIG ? 3 : part;
    return i < node->count && node->parts[i]->kind == PARSE_BRACKET;
}

static void add_parts(const struct machine *m, struct expr_list *list, expr_id whole)
{
    for (size_t i = 0; i < expr_count(m->pool, whole); i++)
        expr_list_push(list, expr_part(m->pool, whole, i));
}

/* The sum or product of the values of the parts; one that is of the same kind, and not in
   brackets, is no whole of its own. */
static expr_id join(struct machine *m, const struct frame *f, enum expr_kind kind)
{
    struct expr_list list;
    expr_list_init(&list);
    for (size_t i = f->values; i < m->value_count; i++) {
        expr_id value = m->values[i];
        if (expr_kind(m->pool, value) == kind && !is_bracketed(f->node, i - f->values))
            add_parts(m, &list, value);
        else
            expr_list_push(&list, value);
    }
    expr_id whole = kind == EXPR_SUM ? expr_sum(m->pool, list.items, list.count)
                                     : expr_product(m->pool, list.items, list.count);
    expr_list_clear(&list);
    return whole;
}

/* `\partial_w f(x, w)`, where the other arguments are held. */
static bool by_argument(const struct machine *m, const struct parse_node *node)
{
    const struct parse_node *of = node->parts[0];
    return strcmp(node->text, "_") == 0 && of->kind == PARSE_PRODUCT && of->count == 2 &&
           of->parts[1]->kind == PARSE_BRACKET &&
           of->parts[1]->parts[0]->kind == PARSE_LIST &&
           apply_is_decorated(m->context, of->parts[0]);
}

static expr_id path_sum(struct machine *m, const struct parse_node *node,
                        const expr_id *ends)
{
    const struct scope *scope = m->context->scope;
    return scope->paths(scope->context, ends[0], ends[1],
                        strcmp(node->text, "weights") == 0, machine_place(m, node),
                        m->context->diags);
}

static expr_id derivative(struct machine *m, const struct parse_node *node,
                          const expr_id *parts)
{
    if (expr_kind(m->pool, parts[1]) != EXPR_SYMBOL) {
        machine_fail(m, DIAG_FORMULA_BY_NAME, node->parts[1], NULL);
        return 0;
    }
    if (by_argument(m, node) && expr_kind(m->pool, parts[0]) != EXPR_SYMBOL) {
        machine_fail(m, DIAG_FORMULA_BY_NAME, node->parts[0], NULL);
        return 0;
    }
    bool is_local = node->kind == PARSE_LOCAL || by_argument(m, node);
    if (is_local && parts[0] != parts[1])
        return expr_local(m->pool, parts[0], parts[1]);
    expr_id total = expr_derivative(m->pool, parts[0], parts[1]);
    return m->context->marks_totals && strcmp(node->text, "d") == 0
               ? expr_power(m->pool, total, 1)
               : total;
}

static expr_id keyword(struct machine *m, const struct parse_node *node,
                       const expr_id *parts)
{
    const struct scope *scope = m->context->scope;
    if (!scope->keyword) {
        machine_fail(m, DIAG_FORMULA_KEYWORD, node, node->text);
        return 0;
    }
    return scope->keyword(scope->context, node->text, node->count > 0 ? parts[0] : 0,
                          machine_place(m, node), m->context->diags);
}

static expr_id absolute(struct machine *m, expr_id value)
{
    return function_apply(m->pool, function_builtin(m->pool, FUNCTION_ABS), value);
}

/* Whether this negation stands alone on its level: the minus of `-1`, but not that of `x
 * - 1`. */
static bool stands_alone(const struct machine *m)
{
    return m->frame_count < 2 || m->frames[m->frame_count - 2].node->kind != PARSE_SUM;
}

static expr_id combine(struct machine *m, const struct frame *f)
{
    const expr_id *parts = m->values + f->values;
    switch (f->node->kind) {
    case PARSE_SUM:
        return join(m, f, EXPR_SUM);
    case PARSE_PRODUCT:
        return join(m, f, EXPR_PRODUCT);
    case PARSE_BIG:
        return join(m, f, strcmp(f->node->text, "\\sum") == 0 ? EXPR_SUM : EXPR_PRODUCT);
    case PARSE_NEGATE:
        return negate(m, parts[0], stands_alone(m));
    case PARSE_FRACTION:
        return quotient(m, f->node, parts[0], parts[1]);
    case PARSE_DERIVATIVE:
    case PARSE_LOCAL:
        return derivative(m, f->node, parts);
    case PARSE_KEYWORD:
        return keyword(m, f->node, parts);
    case PARSE_CALL:
        return apply_function(m->context, f->node, parts);
    case PARSE_PATHS:
        return path_sum(m, f->node, parts);
    case PARSE_RELATION:
        return machine_step(m, f->node, parts);
    case PARSE_POWER:
        return machine_general_power(m, parts[0], parts[1]);
    case PARSE_BRACKET:
        return f->node->text[0] == '|' ? absolute(m, parts[0]) : parts[0];
    default:
        return parts[0];
    }
}

static bool close(struct machine *m)
{
    struct frame f = m->frames[m->frame_count - 1];
    if (f.node->kind == PARSE_POWER && !f.is_general) {
        m->frame_count--;
        return machine_raise(m, f.node->parts[1]);
    }
    expr_id value = combine(m, &f);
    m->frame_count--;
    m->value_count = f.values;
    return machine_push(m, value);
}

/* --- the walk --- */

static size_t elaborated_parts(const struct frame *f)
{
    if (f->node->kind == PARSE_LOCAL)
        return 2;
    return f->node->kind == PARSE_POWER && !f->is_general ? 1 : f->node->count;
}

static const char *text_of(struct machine *m, const struct parse_node *node)
{
    return arena_strndup(&m->arena, m->context->source->text + node->span.begin,
                         node->span.end - node->span.begin);
}

/* `1/w (x)`, which is clear only if w is a function. */
static bool refuse_divided(struct machine *m, const struct parse_node *fraction)
{
    const struct parse_node *below = fraction->parts[1];
    return diag_at(m->context->diags, DIAG_FORMULA_SLASH,
                   (struct place){m->context->source, below->parts[1]->span},
                   text_of(m, fraction->parts[0]), text_of(m, below->parts[0]),
                   text_of(m, below->parts[1]), (char *)NULL);
}

static bool open_fraction(struct machine *m, const struct parse_node *fraction)
{
    if (m->context->scope->by_hand && tree_is_second(fraction))
        return machine_fail(m, DIAG_FORMULA_SECOND, fraction, NULL);
    if (strcmp(fraction->text, "/") != 0)
        return open(m, fraction);
    const struct parse_node *below =
        apply_calls(m->context, &m->arena, fraction->parts[1]);
    if (!below)
        return false;
    return below->kind == PARSE_PRODUCT ? refuse_divided(m, fraction) : open(m, fraction);
}

/* The node with its dots filled; NULL after a diagnostic. */
static const struct parse_node *open_dots(struct machine *m,
                                          const struct parse_node *node)
{
    return m->context->scope->by_hand ? dots_fill(m->context, &m->arena, node) : node;
}

static bool open_product(struct machine *m, const struct parse_node *product)
{
    const struct parse_node *calls = open_dots(m, product);
    calls = calls ? apply_calls(m->context, &m->arena, calls) : NULL;
    if (!calls)
        return false;
    return calls->kind == PARSE_NAME ? machine_read_name(m, calls) : open(m, calls);
}

static bool open_sum(struct machine *m, const struct parse_node *sum)
{
    const struct parse_node *filled = open_dots(m, sum);
    return filled && open(m, filled);
}

static bool open_bracket(struct machine *m, const struct parse_node *bracket)
{
    bool condition = m->context->scope->by_hand && strcmp(bracket->text, "[") == 0 &&
                     bracket->parts[0]->kind == PARSE_RELATION;
    return condition ? machine_open_condition(m, bracket->parts[0]) : open(m, bracket);
}

static bool open_indicator(struct machine *m, const struct parse_node *indicator)
{
    if (!m->context->scope->by_hand || indicator->count != 1)
        return machine_fail(m, DIAG_FORMULA_CONDITION, indicator, NULL);
    return machine_open_condition(m, indicator->parts[0]);
}

static bool open_paths(struct machine *m, const struct parse_node *paths)
{
    return m->context->scope->paths ? open(m, paths)
                                    : machine_fail(m, DIAG_FORMULA_PATHS, paths, NULL);
}

/* `\ln x (y)`, which is clear only if x is a function. */
static bool open_call(struct machine *m, const struct parse_node *call)
{
    const struct parse_node *argument = call->count == 1 ? call->parts[0] : NULL;
    bool follows = argument && argument->kind == PARSE_PRODUCT &&
                   argument->span.end == call->span.end;
    if (strcmp(call->text, "\\begin{cases}") == 0)
        return machine_fail(m, DIAG_FORMULA_CASES, call, NULL);
    if (!follows)
        return open(m, call);
    const struct parse_node *calls = apply_calls(m->context, &m->arena, argument);
    if (!calls)
        return false;
    if (calls->kind != PARSE_PRODUCT)
        return open(m, call);
    return diag_at(m->context->diags, DIAG_FORMULA_CALL, machine_place(m, call),
                   call->text, text_of(m, argument->parts[0]),
                   text_of(m, argument->parts[1]), (char *)NULL);
}

static bool enter(struct machine *m, const struct parse_node *node)
{
    switch (node->kind) {
    case PARSE_NUMBER:
        return read_number(m, node);
    case PARSE_NAME:
        return machine_read_name(m, node);
    case PARSE_BIG:
        return machine_open_big(m, node);
    case PARSE_SUM:
        return open_sum(m, node);
    case PARSE_POWER:
        return machine_open_power(m, node);
    case PARSE_BRACKET:
        return open_bracket(m, node);
    case PARSE_INDICATOR:
        return open_indicator(m, node);
    case PARSE_DELTA:
        return machine_read_delta(m, node);
    case PARSE_PATHS:
        return open_paths(m, node);
    case PARSE_DOTS:
        return machine_fail(m, DIAG_FORMULA_DOTS, node, NULL);
    case PARSE_VECTOR:
        return machine_fail(m, DIAG_FORMULA_VECTOR, node, NULL);
    case PARSE_PRODUCT:
        return open_product(m, node);
    case PARSE_FRACTION:
        return open_fraction(m, node);
    case PARSE_CALL:
        return open_call(m, node);
    case PARSE_DERIVATIVE:
    case PARSE_LOCAL:
        return m->context->scope->derivatives
                   ? open(m, node)
                   : machine_fail(m, DIAG_FORMULA_DERIVATIVE, node, NULL);
    case PARSE_RELATION:
        return machine_fail(m, DIAG_FORMULA_RELATION, node, NULL);
    case PARSE_LIST:
        return machine_fail(m, DIAG_FORMULA_LIST, node, NULL);
    default:
        return open(m, node);
    }
}

static bool step(struct machine *m)
{
    struct frame *f = &m->frames[m->frame_count - 1];
    if (f->node->kind == PARSE_BIG)
        return machine_next_value(m, f) ? enter(m, f->node->parts[3]) : close(m);
    if (f->next < elaborated_parts(f))
        return enter(m, f->node->parts[f->next++]);
    return close(m);
}

static bool within_budget(struct machine *m, const struct parse_node *node)
{
    if (++*m->context->steps <= m->context->budget->max_nodes / STEPS)
        return true;
    return machine_fail(m, DIAG_FORMULA_TOO_LARGE, node, NULL);
}

expr_id elaborate(const struct elaborate *context, const struct parse_node *node)
{
    struct machine m = {.context = context, .pool = context->scope->pool, .copies = 1};
    size_t bound = context->bindings->count;
    m.value_capacity = 32;
    m.values = memory_array(NULL, m.value_capacity, sizeof *m.values);
    arena_init(&m.arena);
    bool good = enter(&m, node);
    while (good && m.frame_count > 0)
        good = within_budget(&m, node) && step(&m);
    expr_id value = good ? m.values[0] : 0;
    context->bindings->count = bound;
    memory_free(m.frames);
    memory_free(m.values);
    arena_clear(&m.arena);
    return value;
}

bool elaborate_declared(const struct elaborate *context, const struct parse_node *name,
                        struct buf *canonical)
{
    if (index_name(context, name, context->bindings->commas, canonical))
        return true;
    return diag_at(context->diags, DIAG_FORMULA_INDEX,
                   (struct place){context->source, name->span}, (char *)NULL);
}

bool elaborate_existing(const struct elaborate *context, const struct parse_node *name,
                        struct buf *canonical)
{
    const struct scope *scope = context->scope;
    enum index_reading reading = index_read(context, name, canonical);
    if (reading == INDEX_NAME || reading == INDEX_AMBIGUOUS)
        return reading == INDEX_NAME;
    struct place place = {context->source, name->span};
    buf_truncate(canonical, 0);
    if (!index_name(context, name, false, canonical))
        return diag_at(context->diags, DIAG_FORMULA_INDEX, place, (char *)NULL);
    return scope->name(scope->context, buf_peek(canonical), place, context->diags) != 0;
}
