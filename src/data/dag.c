#include "data/dag.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "expr/walk.h"

#include <string.h>

/* Nodes in order, and by id how often each is used and its number in the list (from 1; 0:
 * not in it). */
struct dag {
    struct defs *defs;
    struct expr_list nodes;
    uint32_t *uses, *numbers;
    size_t capacity;
};

static void dag_reserve(struct dag *dag)
{
    size_t wanted = (size_t)pool_count(dag->defs->pool) + 1;
    if (wanted <= dag->capacity)
        return;
    dag->uses = memory_array(dag->uses, wanted, sizeof *dag->uses);
    dag->numbers = memory_array(dag->numbers, wanted, sizeof *dag->numbers);
    memset(dag->uses + dag->capacity, 0, (wanted - dag->capacity) * sizeof *dag->uses);
    memset(dag->numbers + dag->capacity, 0,
           (wanted - dag->capacity) * sizeof *dag->numbers);
    dag->capacity = wanted;
}

static bool is_application(struct dag *dag, expr_id e)
{
    return expr_kind(dag->defs->pool, e) == EXPR_APPLY;
}

/* A symbol has its definition as its only part, an application its arguments. */
static size_t part_count(struct dag *dag, expr_id e)
{
    if (expr_kind(dag->defs->pool, e) == EXPR_SYMBOL)
        return defs_get(dag->defs, e) != 0;
    return expr_count(dag->defs->pool, e) - is_application(dag, e);
}

static expr_id part(struct dag *dag, expr_id e, size_t i)
{
    if (expr_kind(dag->defs->pool, e) == EXPR_SYMBOL)
        return defs_get(dag->defs, e);
    return expr_part(dag->defs->pool, e, i + is_application(dag, e));
}

static void add_node(struct dag *dag, expr_id e)
{
    dag_reserve(dag);
    if (dag->numbers[e] || expr_kind(dag->defs->pool, e) == EXPR_FUNCTION)
        return;
    for (size_t i = 0; i < part_count(dag, e); i++)
        dag->uses[part(dag, e, i)]++;
    expr_list_push(&dag->nodes, e);
    dag->numbers[e] = (uint32_t)dag->nodes.count;
}

static void dag_init(struct dag *dag, struct defs *defs, expr_id root)
{
    memset(dag, 0, sizeof *dag);
    dag->defs = defs;
    expr_list_init(&dag->nodes);
    struct expr_list symbols, inner;
    expr_list_init(&symbols);
    walk_symbols_deep(defs, root, &symbols);
    for (size_t i = 0; i < symbols.count; i++) {
        expr_id value = defs_get(defs, symbols.items[i]);
        expr_list_init(&inner);
        if (value)
            walk_nodes(defs->pool, value, &inner);
        for (size_t k = 0; k < inner.count; k++)
            add_node(dag, inner.items[k]);
        add_node(dag, symbols.items[i]);
        expr_list_clear(&inner);
    }
    expr_list_clear(&symbols);
}

static void dag_clear(struct dag *dag)
{
    expr_list_clear(&dag->nodes);
    memory_free(dag->uses);
    memory_free(dag->numbers);
}

static const char *operation(enum expr_kind kind)
{
    switch (kind) {
    case EXPR_SUM:
        return " + ";
    case EXPR_PRODUCT:
        return " ";
    case EXPR_POWER:
        return "^";
    case EXPR_QUOTIENT:
        return " / ";
    case EXPR_APPLY:
        return ", ";
    default:
        return "";
    }
}

/* Of an application. */
static void write_function(struct dag *dag, expr_id e, struct buf *out)
{
    name_unicode(out, expr_peek_name(dag->defs->pool, expr_part(dag->defs->pool, e, 0)));
}

/* A leaf or a defined symbol by its name, other nodes by their number. */
static void write_reference(struct dag *dag, expr_id e, struct buf *out)
{
    const struct pool *pool = dag->defs->pool;
    if (expr_kind(pool, e) == EXPR_NUMBER)
        number_write(out, expr_peek_number(pool, e));
    else if (expr_kind(pool, e) == EXPR_SYMBOL)
        name_unicode(out, expr_peek_name(pool, e));
    else
        buf_format(out, "#%u", dag->numbers[e]);
}

static void write_operation(struct dag *dag, expr_id e, struct buf *out)
{
    enum expr_kind kind = expr_kind(dag->defs->pool, e);
    if (kind == EXPR_NEGATE)
        buf_text(out, "-");
    if (kind == EXPR_APPLY) {
        write_function(dag, e, out);
        buf_char(out, '(');
    }
    for (size_t i = 0; i < part_count(dag, e); i++) {
        if (i)
            buf_text(out, operation(kind));
        write_reference(dag, part(dag, e, i), out);
    }
    if (kind == EXPR_APPLY)
        buf_char(out, ')');
}

static bool is_leaf(struct dag *dag, expr_id e)
{
    return part_count(dag, e) == 0;
}

void dag_text(struct defs *defs, expr_id root, struct buf *out)
{
    struct dag dag;
    size_t leaves = 0;
    dag_init(&dag, defs, root);
    for (size_t i = 0; i < dag.nodes.count; i++) {
        expr_id e = dag.nodes.items[i];
        leaves += is_leaf(&dag, e);
        if (is_leaf(&dag, e))
            continue;
        write_reference(&dag, e, out);
        buf_text(out, " = ");
        write_operation(&dag, e, out);
        if (dag.uses[e] > 1)
            buf_format(out, "    used %u times", dag.uses[e]);
        buf_char(out, '\n');
    }
    buf_format(out, "%zu nodes, %zu of them leaves\n", dag.nodes.count, leaves);
    dag_clear(&dag);
}

static void write_label(struct dag *dag, expr_id e, struct buf *out)
{
    static const char *const signs[] = {
        [EXPR_SUM] = "+",   [EXPR_PRODUCT] = "×",  [EXPR_NEGATE] = "−",
        [EXPR_POWER] = "^", [EXPR_QUOTIENT] = "÷", [EXPR_APPLY] = "()"};
    enum expr_kind kind = expr_kind(dag->defs->pool, e);
    if (kind == EXPR_APPLY)
        write_function(dag, e, out);
    if (kind == EXPR_SYMBOL || kind == EXPR_NUMBER)
        write_reference(dag, e, out);
    else
        buf_text(out, signs[kind]);
}

void dag_dot(struct defs *defs, expr_id root, struct buf *out)
{
    struct dag dag;
    dag_init(&dag, defs, root);
    buf_text(out, "digraph gradtex {\n    rankdir=BT;\n    node [shape=circle];\n");
    for (size_t i = 0; i < dag.nodes.count; i++) {
        expr_id e = dag.nodes.items[i];
        buf_format(out, "    n%zu [label=\"", i + 1);
        write_label(&dag, e, out);
        buf_format(out, "\"%s];\n", is_leaf(&dag, e) ? ", shape=plain" : "");
        for (size_t k = 0; k < part_count(&dag, e); k++)
            buf_format(out, "    n%u -> n%zu;\n", dag.numbers[part(&dag, e, k)], i + 1);
    }
    buf_text(out, "}\n");
    dag_clear(&dag);
}
