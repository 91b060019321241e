#include "exercise/parts.h"

#include "base/memory.h"

#include <string.h>

static void push(struct parts *parts, expr_id e, expr_id whole, struct site site)
{
    parts->items = memory_array(parts->items, parts->count + 1, sizeof *parts->items);
    parts->items[parts->count++] = (struct part){e, whole, site};
}

static struct site site_below(const struct site *site, uint32_t step)
{
    struct site below = {memory_array(NULL, site->depth + 1, sizeof *below.steps),
                         site->depth + 1};
    if (site->depth > 0)
        memcpy(below.steps, site->steps, site->depth * sizeof *below.steps);
    below.steps[site->depth] = step;
    return below;
}

static bool is_closed(const struct pool *pool, expr_id e)
{
    enum expr_kind kind = expr_kind(pool, e);
    return kind == EXPR_DERIVATIVE || kind == EXPR_LOCAL || kind == EXPR_APPLY;
}

void parts_find(struct parts *parts, const struct pool *pool, expr_id e)
{
    *parts = (struct parts){NULL, 0};
    push(parts, e, 0, (struct site){NULL, 0});
    for (size_t i = 0; i < parts->count; i++) {
        struct part whole = parts->items[i];
        size_t count = is_closed(pool, whole.e) ? 0 : expr_count(pool, whole.e);
        for (size_t k = 0; k < count; k++)
            push(parts, expr_part(pool, whole.e, k), whole.e,
                 site_below(&whole.site, (uint32_t)k));
    }
}

void parts_clear(struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        memory_free(parts->items[i].site.steps);
    memory_free(parts->items);
}
