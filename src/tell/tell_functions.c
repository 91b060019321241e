#include "tell/tell_functions.h"

#include "expr/diff.h"
#include "expr/function.h"
#include "expr/walk.h"
#include "tell/sentence.h"
#include "tell/tell_granted.h"

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

/* What a function is applied to, a symbol if there is one; 0 if it is applied nowhere. */
static expr_id find_argument(const struct pool *pool, const struct expr_list *parts,
                             expr_id function)
{
    const char *name = function_peek(pool, function)->name;
    expr_id found = 0;
    for (size_t i = 0; i < parts->count; i++) {
        expr_id part = parts->items[i];
        if (expr_kind(pool, part) != EXPR_APPLY ||
            strcmp(function_peek(pool, part)->name, name) != 0)
            continue;
        found = expr_part(pool, part, 1);
        if (expr_kind(pool, found) == EXPR_SYMBOL)
            return found;
    }
    return found;
}

static void add_row(struct doc *doc, const struct typeset *typeset, struct block *block,
                    expr_id left, expr_id right)
{
    typeset_rows(typeset, doc, block, typeset_expression(typeset, left), "=",
                 typeset_expression(typeset, right));
}

/* f(z) = …, and f'(z) = …. */
static void add_function(struct doc *doc, const struct typeset *typeset,
                         struct block *block, expr_id function, expr_id argument)
{
    struct pool *pool = typeset->pool;
    expr_id value = function_apply(pool, function, argument),
            slope = function_apply(pool, function_prime(pool, function), argument);
    bool is_declared = function_peek(pool, function)->id == FUNCTION_DEFINED;
    add_row(doc, typeset, block, value,
            is_declared ? function_unfold(pool, value)
                        : fold(pool, function_meaning(pool, value)));
    add_row(doc, typeset, block, slope, function_without_primes(pool, slope));
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
        expr_id argument = find_argument(pool, &parts, function);
        if (function_peek(pool, function)->id != FUNCTION_DEFINED || !argument)
            continue;
        expr_list_push(&functions, function);
        expr_list_push(&functions, argument);
    }
    if (functions.count > 0) {
        struct sentence sentence;
        sentence_begin(&sentence, doc, typeset);
        sentence_end(&sentence, doc_block(doc, BLOCK_PARAGRAPH),
                     functions.count == 2
                         ? N_("The declared function and its derivative are")
                         : N_("The declared functions and their derivatives are"));
        struct block *block = doc_block(doc, BLOCK_DISPLAY);
        for (size_t i = 0; i < functions.count; i += 2)
            add_function(doc, typeset, block, functions.items[i], functions.items[i + 1]);
    }
    expr_list_clear(&functions);
    expr_list_clear(&parts);
}

/* --- all of them --- */

/* Everyone knows exp and ln, and what is only differentiable cannot be told. */
static bool is_to_tell(const struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) != EXPR_APPLY)
        return false;
    const struct function *function = function_peek(pool, e);
    return function->id == FUNCTION_DEFINED || function_row(function->id)->is_primed;
}

static void add_once(const struct pool *pool, struct expr_list *functions,
                     expr_id application)
{
    const char *name = function_peek(pool, application)->name;
    for (size_t i = 0; i < functions->count; i++)
        if (strcmp(function_peek(pool, functions->items[i])->name, name) == 0)
            return;
    expr_list_push(functions, expr_part(pool, application, 0));
}

/* The functions in the parts, those in their formulas after them; the parts of these
   formulas join the others. */
static void list_functions(const struct pool *pool, struct expr_list *parts,
                           struct expr_list *functions)
{
    for (size_t i = 0, told = 0; i < parts->count; i++) {
        if (is_to_tell(pool, parts->items[i]))
            add_once(pool, functions, parts->items[i]);
        for (; told < functions->count; told++) {
            expr_id body = function_peek(pool, functions->items[told])->body;
            if (body)
                walk_nodes(pool, body, parts);
        }
    }
}

/* A letter for the argument that names nothing in the network. */
static expr_id free_letter(struct network *network)
{
    static const char *const letters[] = {"z", "u", "v", "s", "a", "\\zeta"};
    size_t i = 0, last = sizeof letters / sizeof *letters - 1;
    while (i < last && network_find(network, letters[i]) >= 0)
        i++;
    return expr_symbol(network_pool(network), letters[i]);
}

void tell_all_functions(struct doc *doc, const struct typeset *typeset,
                        struct network *network, const node_id *nodes, size_t count)
{
    struct pool *pool = network_pool(network);
    struct expr_list parts, functions;
    struct sentence sentence;
    expr_list_init(&parts);
    expr_list_init(&functions);
    sentence_begin(&sentence, doc, typeset);
    list_parts(network, nodes, count, &parts);
    list_functions(pool, &parts, &functions);
    if (functions.count > 0) {
        sentence_end(&sentence, doc_block(doc, BLOCK_PARAGRAPH),
                     functions.count == 1
                         ? N_("The function in these definitions and its derivative are")
                         : N_("The functions in these definitions and their derivatives "
                              "are"));
        struct block *grid = doc_block(doc, BLOCK_GRID);
        grid->columns = 2;
        for (size_t i = 0; i < functions.count; i++)
            add_function(doc, typeset, grid, functions.items[i], free_letter(network));
    }
    tell_bend_of(&sentence, pool, &parts);
    expr_list_clear(&functions);
    expr_list_clear(&parts);
}
