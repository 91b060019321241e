/* For laws: formulas over the symbols of a network read into its pool. */
#ifndef GRADTEX_TESTS_READ_FORMULA_H
#define GRADTEX_TESTS_READ_FORMULA_H

#include "../given.h"
#include "base/arena.h"
#include "tex/elaborate.h"

static inline bool formula_name_exists(void *context, const char *canonical)
{
    struct network *network = context;
    return expr_find_symbol(network_pool(network), canonical) != 0 ||
           network_find(network, canonical) >= 0;
}

static inline expr_id formula_name(void *context, const char *canonical,
                                   struct place place, struct diags *diags)
{
    (void)place;
    (void)diags;
    return expr_symbol(network_pool(context), canonical);
}

/* Those that the network declares, and what only derivations or layers write. */
static inline expr_id formula_function(void *context, const char *canonical)
{
    struct network *network = context;
    struct pool *pool = network_pool(network);
    for (size_t i = 0; i < network_function_count(network); i++) {
        expr_id function = network_function(network, i);
        if (strcmp(function_peek(pool, function)->name, canonical) == 0)
            return function;
    }
    for (size_t i = 0; i < network_layer_count(network); i++) {
        const struct layer *layer = network_layer(network, i);
        if (layer->activation == ACTIVATION_FUNCTION &&
            strcmp(function_peek(pool, layer->function)->name, canonical) == 0)
            return layer->function;
    }
    return strcmp(canonical, "sgn") == 0 ? function_builtin(pool, FUNCTION_SIGN) : 0;
}

/* 0 after diagnostics. Symbols may be those of the network and whatever its pool holds.
 */
static inline expr_id read_formula(struct given *given, const char *text)
{
    struct source source;
    struct arena arena;
    struct bindings bindings = {0};
    uint64_t steps = 0;
    struct scope scope = {.context = given->network,
                          .pool = network_pool(given->network),
                          .exists = formula_name_exists,
                          .name = formula_name,
                          .function = formula_function,
                          .derivatives = true};
    ck_assert(source_from_text(&source, "written", text, strlen(text), &given->diags));
    arena_init(&arena);
    struct parse parse = {&source, &arena, &given->budget, &given->diags, 0};
    struct parse_node *tree =
        parse_formula(&parse, (struct span){0, (uint32_t)source.length});
    struct elaborate context = {&source,       &scope, &bindings, &given->budget,
                                &given->diags, &steps, false};
    expr_id e = tree ? elaborate(&context, tree) : 0;
    if (!e)
        given_print(given);
    bindings_clear(&bindings);
    arena_clear(&arena);
    source_clear(&source);
    return e;
}

#endif
