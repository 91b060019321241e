#include "tell/tell_functions.h"

#include "expr/function.h"
#include "expr/substitute.h"
#include "expr/walk.h"
#include "tell/sentence.h"

#include <string.h>

/* What the definitions of the nodes are made of. */
static void list_parts(struct network *network, const node_id *nodes, size_t count,
                       struct expr_list *parts)
{
    for (size_t i = 0; i < count; i++)
        if (network_is_defined(network, nodes[i]))
            walk_nodes(network_pool(network),
                       defs_get(network_defs(network), network_symbol(network, nodes[i])),
                       parts);
}

static bool is_applied(const struct pool *pool, const struct expr_list *parts,
                       expr_id function)
{
    const char *name = function_peek(pool, function)->name;
    for (size_t i = 0; i < parts->count; i++)
        if (expr_kind(pool, parts->items[i]) == EXPR_APPLY &&
            strcmp(function_peek(pool, parts->items[i])->name, name) == 0)
            return true;
    return false;
}

/* `z` for the variable, whose own name is one that no formula can have. */
static expr_id letter_of(struct pool *pool, expr_id variable)
{
    static const char begin[] = "\\mathit{";
    const char *name = expr_peek_name(pool, variable);
    size_t length = strlen(name), before = sizeof begin - 1;
    struct buf letter;
    if (strncmp(name, begin, before) != 0)
        return variable;
    buf_init(&letter);
    buf_bytes(&letter, name + before, length - before - 1);
    expr_id symbol = expr_symbol(pool, buf_peek(&letter));
    buf_clear(&letter);
    return symbol;
}

static void add_row(struct doc *doc, const struct typeset *typeset, struct block *block,
                    expr_id function, expr_id variable, expr_id value)
{
    struct pool *pool = typeset->pool;
    expr_id letter = letter_of(pool, variable);
    typeset_rows(typeset, doc, block,
                 typeset_expression(typeset, function_apply(pool, function, letter)),
                 "=",
                 typeset_expression(typeset,
                                    substitute_one(pool, value, variable, letter)));
}

/* f(z) = …, and f'(z) = … */
static void add_function(struct doc *doc, const struct typeset *typeset,
                         struct block *block, expr_id function)
{
    struct pool *pool = typeset->pool;
    expr_id variable = function_peek(pool, function)->variable,
            body = function_peek(pool, function)->body,
            prime = function_prime(pool, function);
    add_row(doc, typeset, block, function, variable, body);
    add_row(doc, typeset, block, prime, variable,
            function_unfold(pool, function_apply(pool, prime, variable)));
}

void tell_functions(struct doc *doc, const struct typeset *typeset,
                    struct network *network, const node_id *nodes, size_t count)
{
    const struct pool *pool = network_pool(network);
    struct expr_list parts, functions;
    expr_list_init(&parts);
    expr_list_init(&functions);
    if (network_function_count(network) > 0)
        list_parts(network, nodes, count, &parts);
    for (size_t i = 0; i < network_function_count(network); i++) {
        expr_id function = network_function(network, i);
        if (function_peek(pool, function)->id == FUNCTION_DEFINED &&
            is_applied(pool, &parts, function))
            expr_list_push(&functions, function);
    }
    if (functions.count > 0) {
        struct sentence sentence;
        sentence_begin(&sentence, doc, typeset);
        sentence_end(&sentence, doc_block(doc, BLOCK_PARAGRAPH),
                     functions.count == 1
                         ? N_("The declared function and its derivative are")
                         : N_("The declared functions and their derivatives are"));
        struct block *block = doc_block(doc, BLOCK_DISPLAY);
        for (size_t i = 0; i < functions.count; i++)
            add_function(doc, typeset, block, functions.items[i]);
    }
    expr_list_clear(&functions);
    expr_list_clear(&parts);
}
