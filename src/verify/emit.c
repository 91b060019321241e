#include "verify/emit.h"

#include "base/name.h"
#include "expr/walk.h"
#include "net/spec_formula.h"

#include <string.h>

enum leaf { LEAF_INPUT, LEAF_PARAMETER, LEAF_TARGET, LEAVES };

static const char *const words[LEAVES] = {"inputs    ", "parameters", "targets   "};

static bool contains(const struct pool *pool, expr_id e, expr_id symbol)
{
    struct expr_list symbols;
    bool found = false;
    expr_list_init(&symbols);
    walk_symbols(pool, e, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = symbols.items[i] == symbol;
    expr_list_clear(&symbols);
    return found;
}

/* Whether a symbol stands in the error's definition and in no other one. */
static bool is_target(struct section *section, const struct expr_list *symbols,
                      expr_id leaf)
{
    struct pool *pool = section->scope->pool;
    for (size_t i = 0; i < symbols->count; i++) {
        expr_id value = section_definition(section, symbols->items[i]);
        if (value &&
            contains(pool, value, leaf) != (symbols->items[i] == section->scope->error))
            return false;
    }
    return true;
}

static enum leaf leaf_of(struct section *section, const struct expr_list *symbols,
                         expr_id leaf)
{
    if (section_differentiates_by(section, leaf))
        return LEAF_PARAMETER;
    return is_target(section, symbols, leaf) ? LEAF_TARGET : LEAF_INPUT;
}

static void put_leaves(struct section *section, const struct expr_list *symbols,
                       enum leaf kind, struct buf *out)
{
    bool is_first = true;
    for (size_t i = 0; i < symbols->count; i++) {
        expr_id symbol = symbols->items[i];
        if (section_definition(section, symbol) ||
            leaf_of(section, symbols, symbol) != kind)
            continue;
        buf_text(out, is_first ? words[kind] : "");
        buf_char(out, ' ');
        name_latex(out, expr_peek_name(section->scope->pool, symbol));
        is_first = false;
    }
    buf_text(out, is_first ? "" : "\n");
}

static void put_function(const struct pool *pool, const struct function *function,
                         struct buf *out)
{
    if (function->primes > 0 ||
        (function->id != FUNCTION_ARBITRARY && function->id != FUNCTION_DEFINED))
        return;
    buf_text(out, "function ");
    name_latex(out, function->name);
    if (function->id == FUNCTION_DEFINED) {
        buf_char(out, '(');
        name_latex(out, expr_peek_name(pool, function->variable));
        buf_text(out, ") = ");
        spec_write_formula(pool, function->body, out);
    }
    buf_char(out, '\n');
}

/* Those that the definitions apply. */
static void put_functions(struct section *section, const struct expr_list *symbols,
                          struct buf *out)
{
    struct pool *pool = section->scope->pool;
    struct expr_list nodes, functions;
    expr_list_init(&functions);
    for (size_t i = 0; i < symbols->count; i++) {
        expr_id value = section_definition(section, symbols->items[i]);
        expr_list_init(&nodes);
        if (value)
            walk_nodes(pool, value, &nodes);
        for (size_t k = 0; k < nodes.count; k++) {
            bool known = expr_kind(pool, nodes.items[k]) != EXPR_FUNCTION;
            for (size_t m = 0; m < functions.count && !known; m++)
                known = functions.items[m] == nodes.items[k];
            if (known)
                continue;
            expr_list_push(&functions, nodes.items[k]);
            put_function(pool, expr_peek_function(pool, nodes.items[k]), out);
        }
        expr_list_clear(&nodes);
    }
    expr_list_clear(&functions);
}

static void put_definition(const struct section *section, const char *before,
                           expr_id symbol, expr_id value, struct buf *out)
{
    buf_text(out, before);
    name_latex(out, expr_peek_name(section->scope->pool, symbol));
    buf_text(out, " = ");
    spec_write_formula(section->scope->pool, value, out);
    buf_char(out, '\n');
}

bool emit_network(struct section *section, struct buf *out)
{
    expr_id error = section->scope->error;
    struct expr_list symbols;
    if (!error || !section_definition(section, error))
        return false;
    expr_list_init(&symbols);
    walk_symbols_deep(&section->defs, error, &symbols);
    buf_text(out, "gradtex 1\n");
    put_functions(section, &symbols, out);
    for (enum leaf kind = 0; kind < LEAVES; kind++)
        put_leaves(section, &symbols, kind, out);
    for (size_t i = 0; i < symbols.count; i++) {
        expr_id value = section_definition(section, symbols.items[i]);
        if (value && symbols.items[i] != error)
            put_definition(section, "", symbols.items[i], value, out);
    }
    put_definition(section, "error ", error, section_definition(section, error), out);
    expr_list_clear(&symbols);
    return true;
}
