/* Names, and what is written before them. */
#include "tex/machine.h"

#include "tex/apply.h"
#include "tex/index.h"
#include "tex/juxtapose.h"
#include "tex/tree.h"

#include <string.h>

static expr_id name_value(struct machine *m, const char *canonical,
                          const struct parse_node *node)
{
    const struct scope *scope = m->context->scope;
    return scope->name(scope->context, canonical, machine_place(m, node),
                       m->context->diags);
}

/* True if the name is a sign that means something only elsewhere, after a diagnostic. */
static bool refuse_sign(struct machine *m, const struct parse_node *name)
{
    bool nabla = strcmp(name->text, "\\nabla") == 0;
    const struct parse_node *sup = tree_script(name, PARSE_SUP);
    if (nabla || (sup && machine_is_transpose(m, sup->parts[0])))
        machine_fail(m, DIAG_FORMULA_VECTOR, name, NULL);
    else if (strcmp(name->text, "\\partial") == 0)
        machine_fail(m, name->count > 0 ? DIAG_FORMULA_SECOND : DIAG_FORMULA_PARTIAL,
                     name, NULL);
    else
        return false;
    return true;
}

/* What a name would be called if all its scripts were indices, for messages. */
static bool refuse_name(struct machine *m, const struct parse_node *name)
{
    struct buf canonical;
    bool known = false;
    if (refuse_sign(m, name))
        return false;
    buf_init(&canonical);
    if (!tree_script(name, PARSE_SUB) && apply_is_function(m->context, name->text))
        machine_fail(m, DIAG_FORMULA_FUNCTION_ALONE, name, name->text);
    else if (index_name(m->context, name, false, &canonical))
        known = machine_push(m, name_value(m, buf_peek(&canonical), name));
    else if (index_base(m->context, name, &canonical))
        known = name_value(m, buf_peek(&canonical), name) != 0 &&
                machine_open_name_power(m, name);
    else
        machine_fail(m, DIAG_FORMULA_INDEX, name, NULL);
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
    return machine_push(m, expr_integer(m->pool, value)) &&
           (!sup || machine_raise(m, sup->parts[0]));
}

bool machine_read_name(struct machine *m, const struct parse_node *name)
{
    struct buf canonical;
    long value;
    if (is_bound(m, name, &value))
        return push_bound(m, name, value);
    buf_init(&canonical);
    enum index_reading reading = index_read(m->context, name, &canonical);
    bool read = false;
    if (reading == INDEX_NAME)
        read = machine_push(m, name_value(m, buf_peek(&canonical), name));
    if (reading == INDEX_POWER)
        read = machine_open_name_power(m, name);
    buf_clear(&canonical);
    if (reading != INDEX_NONE)
        return read;
    const struct parse_node *other = juxtapose(m->context, &m->arena, name);
    if (!other)
        other = apply_exponential(m->context, &m->arena, name);
    return other ? machine_open(m, other) != NULL : refuse_name(m, name);
}

static bool open_delta_product(struct machine *m, const struct parse_node *delta)
{
    struct parse_node *factors[] = {
        tree_leaf(&m->arena, PARSE_NAME, delta->span, "\\Delta"), delta->parts[0]};
    return machine_open(m, tree_join(&m->arena, PARSE_PRODUCT, factors, 2)) != NULL;
}

/* The w of `\Delta w`, where a power of w has no meaning. 0 after a diagnostic. */
static expr_id delta_of(struct machine *m, const struct parse_node *name)
{
    struct buf canonical;
    buf_init(&canonical);
    enum index_reading reading = index_read(m->context, name, &canonical);
    bool is_name =
        reading == INDEX_NAME ||
        (reading == INDEX_NONE && index_name(m->context, name, false, &canonical));
    expr_id of = is_name ? name_value(m, buf_peek(&canonical), name) : 0;
    if (!is_name && reading != INDEX_AMBIGUOUS)
        machine_fail(m, DIAG_FORMULA_DELTA, name, NULL);
    buf_clear(&canonical);
    return of;
}

bool machine_read_delta(struct machine *m, const struct parse_node *delta)
{
    const struct scope *scope = m->context->scope;
    bool is_signal = tree_is_signal(delta);
    if (!is_signal && !scope->delta)
        return open_delta_product(m, delta);
    expr_id of = delta_of(m, delta->parts[0]);
    if (of != 0 && is_signal)
        return machine_push(m, scope->signal(scope->context, of));
    return of != 0 &&
           machine_push(m, scope->delta(scope->context, of, machine_place(m, delta),
                                        m->context->diags));
}
