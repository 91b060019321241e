#include "verify/unknown.h"

#include "expr/function.h"
#include "expr/walk.h"

#include <string.h>

static const char *function_name(const struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) != EXPR_APPLY)
        return NULL;
    const struct function *function = function_peek(pool, e);
    return function->id == FUNCTION_ARBITRARY ? function->name : NULL;
}

static bool has(const struct pool *pool, expr_id e, const char *name)
{
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count && !found; i++) {
        const char *other = function_name(pool, nodes.items[i]);
        found = other && strcmp(other, name) == 0;
    }
    expr_list_clear(&nodes);
    return found;
}

static bool is_elsewhere(const struct section *section, const struct judged *judged,
                         const char *name)
{
    const struct pool *pool = section->scope->pool;
    for (size_t i = section->first; i < section->end; i++) {
        const struct judged *other = &section->steps[i];
        if (other->step->claim->chain == judged->step->claim->chain)
            continue;
        for (size_t k = 0; k < other->pair_count; k++)
            if (has(pool, other->pairs[k].base, name) ||
                has(pool, other->pairs[k].member, name))
                return true;
    }
    return false;
}

static bool has_unknown(const struct section *section, const struct judged *judged,
                        expr_id e, expr_id other)
{
    const struct pool *pool = section->scope->pool;
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count && !found; i++) {
        const char *name = function_name(pool, nodes.items[i]);
        found = name && !has(pool, other, name) && !is_elsewhere(section, judged, name);
    }
    expr_list_clear(&nodes);
    return found;
}

bool unknown_has_function(const struct section *section, const struct judged *judged)
{
    const struct pair *pair = &judged->pairs[judged->decided];
    return !section->scope->network &&
           (has_unknown(section, judged, pair->base, pair->member) ||
            has_unknown(section, judged, pair->member, pair->base));
}
