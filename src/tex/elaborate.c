#include "tex/elaborate.h"

#include "base/memory.h"
#include "base/number.h"
#include "expr/function.h"
#include "expr/walk.h"
#include "tex/apply.h"
#include "tex/index.h"
#include "tex/juxtapose.h"
#include "tex/range.h"
#include "tex/tree.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_EXPONENT = 1000, NODES_A_TERM = 10, STEPS = 4 };

/* A node whose parts are being elaborated; their values lie on the stack from `values`
 * on. */
struct frame {
    const struct parse_node *node;
    size_t next;
    size_t values;
    long last;       /* of a sum's letter, whose binding is the last one */
    uint64_t copies; /* of what is around a sum */
};

/* The two stacks take the place of recursion. */
struct machine {
    const struct elaborate *context;
    struct pool *pool;
    struct frame *frames;
    size_t frame_count, frame_capacity;
    expr_id *values;
    size_t value_count, value_capacity;
    uint64_t copies; /* of the body of the innermost sum */
    struct arena arena;
};

static bool fail(const struct machine *m, enum diag_code code,
                 const struct parse_node *node, const char *text)
{
    return diag_at(m->context->diags, code,
                   (struct place){m->context->source, node->span}, text, (char *)NULL);
}

/* Takes a value, and false where there is none. */
static bool push_value(struct machine *m, expr_id value)
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

static bool open(struct machine *m, const struct parse_node *node)
{
    if (m->frame_count == m->frame_capacity) {
        m->frame_capacity = 2 * m->frame_capacity + 32;
        m->frames = memory_array(m->frames, m->frame_capacity, sizeof *m->frames);
    }
    m->frames[m->frame_count++] = (struct frame){.node = node, .values = m->value_count};
    return true;
}

/* --- numbers --- */

static bool read_number(struct machine *m, const struct parse_node *node)
{
    mpq_t value;
    mpq_init(value);
    enum number_status status = number_read(value, node->text, strlen(node->text), false);
    bool read = status == NUMBER_OK
                    ? push_value(m, expr_number(m->pool, value))
                    : fail(m,
                           status == NUMBER_TOO_LONG ? DIAG_NUMBER_TOO_LONG
                                                     : DIAG_NUMBER_MALFORMED,
                           node, node->text);
    mpq_clear(value);
    return read;
}

/* `1/2` is one number; other fractions stay as they are. */
static expr_id quotient(struct machine *m, const struct parse_node *node, expr_id above,
                        expr_id below)
{
    bool numbers =
        node->parts[0]->kind == PARSE_NUMBER && node->parts[1]->kind == PARSE_NUMBER;
    if (expr_is_integer(m->pool, below, 0)) {
        fail(m, DIAG_FORMULA_ZERO_DIVISOR, node->parts[1], NULL);
        return 0;
    }
    if (!numbers)
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

/* --- names --- */

static bool push_name(struct machine *m, const char *canonical,
                      const struct parse_node *node)
{
    const struct scope *scope = m->context->scope;
    return push_value(m, scope->name(scope->context, canonical,
                                     (struct place){m->context->source, node->span},
                                     m->context->diags));
}

static bool read_exponent(struct machine *m, const struct parse_node *node,
                          long *exponent)
{
    if (!index_integer(m->context->bindings, node, exponent))
        return fail(m, DIAG_FORMULA_EXPONENT, node, NULL);
    if (labs(*exponent) > LARGEST_EXPONENT)
        return fail(m, DIAG_FORMULA_LARGE_EXPONENT, node, NULL);
    return true;
}

/* Raises the value on top of the stack. `c^k` where the letter k is 1 just now is c; a 1
   that was written stays. */
static bool raise(struct machine *m, const struct parse_node *exponent)
{
    const struct bindings none = {0};
    long value, written;
    if (!read_exponent(m, exponent, &value))
        return false;
    if (value == 1 && !index_integer(&none, exponent, &written))
        return true;
    expr_id base = m->values[--m->value_count];
    return push_value(m, expr_power(m->pool, base, value));
}

/* What a name would be called if all its scripts were indices, for messages. */
static bool refuse_name(struct machine *m, const struct parse_node *name)
{
    struct buf canonical;
    buf_init(&canonical);
    bool known = false;
    if (tree_is_partial(name))
        fail(m, DIAG_FORMULA_PARTIAL, name, NULL);
    else if (!tree_script(name, PARSE_SUB) && apply_is_function(m->context, name->text))
        fail(m, DIAG_FORMULA_FUNCTION_ALONE, name, name->text);
    else if (index_name(m->context->bindings, name, false, &canonical))
        known = push_name(m, buf_peek(&canonical), name);
    else
        fail(m, DIAG_FORMULA_INDEX, name, NULL);
    buf_clear(&canonical);
    return known;
}

static bool is_bound(const struct machine *m, const struct parse_node *name, long *value)
{
    const long *bound = bindings_find(m->context->bindings, name->text);
    if (bound)
        *value = *bound;
    return bound && !tree_script(name, PARSE_SUB);
}

static bool push_bound(struct machine *m, const struct parse_node *name, long value)
{
    const struct parse_node *sup = tree_script(name, PARSE_SUP);
    return push_value(m, expr_integer(m->pool, value)) &&
           (!sup || raise(m, sup->parts[0]));
}

static bool read_name(struct machine *m, const struct parse_node *name)
{
    struct buf canonical;
    long value;
    if (is_bound(m, name, &value))
        return push_bound(m, name, value);
    buf_init(&canonical);
    enum index_reading reading = index_read(m->context, name, &canonical);
    bool read = false;
    if (reading == INDEX_NAME || reading == INDEX_POWER)
        read = push_name(m, buf_peek(&canonical), name);
    if (reading == INDEX_POWER)
        read = read && raise(m, tree_script(name, PARSE_SUP)->parts[0]);
    buf_clear(&canonical);
    if (reading != INDEX_NONE)
        return read;
    const struct parse_node *other = juxtapose(m->context, &m->arena, name);
    if (!other)
        other = apply_exponential(m->context, &m->arena, name);
    return other ? open(m, other) : refuse_name(m, name);
}

/* --- sums with an index --- */

static bool read_limits(struct machine *m, const struct parse_node *big,
                        struct binding range[2])
{
    const struct parse_node *index = big->parts[0];
    if (index->kind != PARSE_NAME || index->count > 0)
        return fail(m, DIAG_FORMULA_SUM_INDEX, index, big->text);
    range[0].letter = range[1].letter = index->text;
    if (!big->parts[1] && !big->parts[2])
        return range_of_letter(m->context, index, big->parts[3], range);
    for (int i = 0; i < 2; i++) {
        if (!big->parts[1 + i])
            return fail(m, DIAG_FORMULA_BOTH_LIMITS, index, big->text);
        if (!index_integer(m->context->bindings, tree_ungroup(big->parts[1 + i]),
                           &range[i].value))
            return fail(m, DIAG_FORMULA_LIMIT_VALUE, big->parts[1 + i], NULL);
    }
    return true;
}

/* Nested sums multiply: their size is known before they are written out. */
static bool count_copies(struct machine *m, const struct parse_node *big,
                         const struct binding range[2])
{
    uint64_t count = range[1].value < range[0].value
                         ? 0
                         : (uint64_t)(range[1].value - range[0].value) + 1;
    if (count > m->context->budget->max_nodes / (m->copies * NODES_A_TERM))
        return fail(m, DIAG_FORMULA_TOO_LARGE, big, NULL);
    m->copies *= count > 0 ? count : 1;
    return true;
}

static bool open_big(struct machine *m, const struct parse_node *big)
{
    struct binding range[2] = {{NULL, 0}, {NULL, 0}};
    uint64_t around = m->copies;
    if (!read_limits(m, big, range) || !count_copies(m, big, range))
        return false;
    open(m, big);
    m->frames[m->frame_count - 1].last = range[1].value;
    m->frames[m->frame_count - 1].copies = around;
    bindings_push(m->context->bindings, range[0].letter, range[0].value - 1);
    return true;
}

/* The next value of the letter; false when it has run through. */
static bool next_value(struct machine *m, const struct frame *f)
{
    struct bindings *bindings = m->context->bindings;
    struct binding *letter = &bindings->items[bindings->count - 1];
    if (letter->value < f->last) {
        letter->value++;
        return true;
    }
    bindings->count--;
    m->copies = f->copies;
    return false;
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

static expr_id derivative(struct machine *m, const struct parse_node *node,
                          const expr_id *parts)
{
    if (expr_kind(m->pool, parts[1]) != EXPR_SYMBOL) {
        fail(m, DIAG_FORMULA_BY_NAME, node->parts[1], NULL);
        return 0;
    }
    return node->kind == PARSE_LOCAL ? expr_local(m->pool, parts[0], parts[1])
                                     : expr_derivative(m->pool, parts[0], parts[1]);
}

static expr_id keyword(struct machine *m, const struct parse_node *node,
                       const expr_id *parts)
{
    const struct scope *scope = m->context->scope;
    if (!scope->keyword) {
        fail(m, DIAG_FORMULA_KEYWORD, node, node->text);
        return 0;
    }
    return scope->keyword(scope->context, node->text, node->count > 0 ? parts[0] : 0,
                          (struct place){m->context->source, node->span},
                          m->context->diags);
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
    case PARSE_BRACKET:
        return f->node->text[0] == '|' ? absolute(m, parts[0]) : parts[0];
    default:
        return parts[0];
    }
}

static bool close(struct machine *m)
{
    struct frame f = m->frames[m->frame_count - 1];
    if (f.node->kind == PARSE_POWER) {
        m->frame_count--;
        return raise(m, f.node->parts[1]);
    }
    expr_id value = combine(m, &f);
    m->frame_count--;
    m->value_count = f.values;
    return push_value(m, value);
}

/* --- the walk --- */

static size_t elaborated_parts(const struct parse_node *node)
{
    if (node->kind == PARSE_LOCAL)
        return 2;
    return node->kind == PARSE_POWER ? 1 : node->count;
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
    if (strcmp(fraction->text, "/") != 0)
        return open(m, fraction);
    const struct parse_node *below =
        apply_calls(m->context, &m->arena, fraction->parts[1]);
    if (!below)
        return false;
    return below->kind == PARSE_PRODUCT ? refuse_divided(m, fraction) : open(m, fraction);
}

static bool open_product(struct machine *m, const struct parse_node *product)
{
    const struct parse_node *calls = apply_calls(m->context, &m->arena, product);
    return calls && open(m, calls);
}

/* `\ln x (y)`, which is clear only if x is a function. */
static bool open_call(struct machine *m, const struct parse_node *call)
{
    const struct parse_node *argument = call->count == 1 ? call->parts[0] : NULL;
    bool follows = argument && argument->kind == PARSE_PRODUCT &&
                   argument->span.end == call->span.end;
    if (!follows)
        return open(m, call);
    const struct parse_node *calls = apply_calls(m->context, &m->arena, argument);
    if (!calls)
        return false;
    if (calls->kind != PARSE_PRODUCT)
        return open(m, call);
    return diag_at(m->context->diags, DIAG_FORMULA_CALL,
                   (struct place){m->context->source, call->span}, call->text,
                   text_of(m, argument->parts[0]), text_of(m, argument->parts[1]),
                   (char *)NULL);
}

static bool enter(struct machine *m, const struct parse_node *node)
{
    switch (node->kind) {
    case PARSE_NUMBER:
        return read_number(m, node);
    case PARSE_NAME:
        return read_name(m, node);
    case PARSE_BIG:
        return open_big(m, node);
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
                   : fail(m, DIAG_FORMULA_DERIVATIVE, node, NULL);
    case PARSE_RELATION:
        return fail(m, DIAG_FORMULA_RELATION, node, NULL);
    case PARSE_LIST:
        return fail(m, DIAG_FORMULA_LIST, node, NULL);
    default:
        return open(m, node);
    }
}

static bool step(struct machine *m)
{
    struct frame *f = &m->frames[m->frame_count - 1];
    if (f->node->kind == PARSE_BIG)
        return next_value(m, f) ? enter(m, f->node->parts[3]) : close(m);
    if (f->next < elaborated_parts(f->node))
        return enter(m, f->node->parts[f->next++]);
    return close(m);
}

static bool within_budget(struct machine *m, const struct parse_node *node)
{
    if (++*m->context->steps <= m->context->budget->max_nodes / STEPS)
        return true;
    return fail(m, DIAG_FORMULA_TOO_LARGE, node, NULL);
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
    if (index_name(context->bindings, name, context->bindings->commas, canonical))
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
    if (!index_name(context->bindings, name, false, canonical))
        return diag_at(context->diags, DIAG_FORMULA_INDEX, place, (char *)NULL);
    return scope->name(scope->context, buf_peek(canonical), place, context->diags) != 0;
}
