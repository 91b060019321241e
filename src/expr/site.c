#include "expr/site.h"

#include "base/memory.h"
#include "expr/walk.h"

#include <stdlib.h>
#include <string.h>

void sites_init(struct sites *sites)
{
    *sites = (struct sites){0};
}

void sites_clear(struct sites *sites)
{
    for (size_t i = 0; i < sites->count; i++)
        memory_free(sites->items[i].steps);
    memory_free(sites->items);
    *sites = (struct sites){0};
}

void sites_push(struct sites *sites, const uint32_t *steps, size_t depth)
{
    struct site site = {.steps = memory_array(NULL, depth + 1, sizeof *steps),
                        .depth = depth};

    if (depth)
        memcpy(site.steps, steps, depth * sizeof *steps);
    if (sites->count == sites->capacity) {
        sites->capacity = sites->capacity * 2 + 8;
        sites->items = memory_array(sites->items, sites->capacity, sizeof *sites->items);
    }
    sites->items[sites->count++] = site;
}

void sites_root(struct sites *sites)
{
    sites_push(sites, NULL, 0);
}

static bool is_derivative(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_DERIVATIVE || expr_kind(pool, e) == EXPR_LOCAL;
}

enum { NOTHING, INSIDE, WANTED };

/* For each node of `e`: is it wanted, or is something wanted inside it? The caller frees.
 */
static uint8_t *classify(const struct pool *pool, expr_id e,
                         bool (*wanted)(void *, const struct pool *, expr_id),
                         void *context)
{
    uint8_t *classes = memory_array(NULL, (size_t)e + 1, 1);
    struct expr_list nodes;

    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        expr_id node = nodes.items[i];
        size_t count = is_derivative(pool, node) ? 0 : expr_count(pool, node);
        classes[node] = NOTHING;
        for (size_t j = 0; j < count; j++) {
            if (classes[expr_part(pool, node, j)] != NOTHING)
                classes[node] = INSIDE;
        }
        if (wanted(context, pool, node))
            classes[node] = WANTED;
    }
    expr_list_clear(&nodes);
    return classes;
}

/* The way from the root to the place of a walk: nodes[d] is entered by step d - 1. */
struct way {
    expr_id *nodes;
    uint32_t *steps;
    size_t depth, capacity;
};

static void way_enter(struct way *way, expr_id e)
{
    if (way->depth + 1 >= way->capacity) {
        way->capacity = way->capacity * 2 + 32;
        way->nodes = memory_array(way->nodes, way->capacity, sizeof *way->nodes);
        way->steps = memory_array(way->steps, way->capacity, sizeof *way->steps);
    }
    way->nodes[way->depth] = e;
    way->steps[way->depth++] = 0;
}

void sites_find(struct sites *sites, const struct pool *pool, expr_id e,
                bool (*wanted)(void *context, const struct pool *pool, expr_id part),
                void *context)
{
    uint8_t *classes = classify(pool, e, wanted, context);
    struct way way = {0};

    if (classes[e] == WANTED)
        sites_root(sites);
    else if (classes[e] == INSIDE)
        way_enter(&way, e);
    while (way.depth) {
        expr_id node = way.nodes[way.depth - 1], part;
        uint32_t step = way.steps[way.depth - 1];
        if (step == expr_count(pool, node)) {
            if (--way.depth)
                way.steps[way.depth - 1]++;
            continue;
        }
        part = expr_part(pool, node, step);
        if (classes[part] == INSIDE) {
            way_enter(&way, part);
            continue;
        }
        if (classes[part] == WANTED)
            sites_push(sites, way.steps, way.depth);
        way.steps[way.depth - 1]++;
    }
    memory_free(way.nodes);
    memory_free(way.steps);
    memory_free(classes);
}

static int compare_sites(const void *first, const void *second)
{
    const struct site *a = *(const struct site *const *)first;
    const struct site *b = *(const struct site *const *)second;

    for (size_t i = 0; i < a->depth && i < b->depth; i++) {
        if (a->steps[i] != b->steps[i])
            return a->steps[i] < b->steps[i] ? -1 : 1;
    }
    return (a->depth > b->depth) - (a->depth < b->depth);
}

/* A node on the way of the rewriter: its sites are order[low .. high), its new parts
   begin at `first` in the list of finished parts. */
struct frame {
    expr_id node;
    size_t low, high, first;
};

struct rewriter {
    struct pool *pool;
    const struct site **order;
    expr_id (*rewrite)(void *context, expr_id part);
    void *context;
    struct frame *frames;
    size_t depth, capacity;
    struct expr_list done;
};

static void enter(struct rewriter *r, expr_id node, size_t low, size_t high)
{
    if (r->depth == r->capacity) {
        r->capacity = r->capacity * 2 + 16;
        r->frames = memory_array(r->frames, r->capacity, sizeof *r->frames);
    }
    r->frames[r->depth++] = (struct frame){node, low, high, r->done.count};
}

/* Copies the parts before the next site's, and enters that; or closes the frame when no
   site is left. False if a site does not exist, or lies inside another. */
static bool advance(struct rewriter *r)
{
    struct frame *frame = &r->frames[r->depth - 1];
    size_t level = r->depth - 1, low = frame->low, high = low;
    size_t count = expr_count(r->pool, frame->node);
    size_t next = low < frame->high ? r->order[low]->steps[level] : count;
    expr_id whole;

    if (next > count || (next == count && low < frame->high))
        return false;
    for (size_t i = r->done.count - frame->first; i < next; i++)
        expr_list_push(&r->done, expr_part(r->pool, frame->node, i));
    if (next < count) {
        while (high < frame->high && r->order[high]->steps[level] == next)
            high++;
        frame->low = high;
        enter(r, expr_part(r->pool, frame->node, next), low, high);
        return true;
    }
    whole = expr_make(r->pool, expr_kind(r->pool, frame->node),
                      r->done.items + frame->first, count);
    r->done.count = frame->first;
    expr_list_push(&r->done, whole);
    r->depth--;
    return true;
}

/* The topmost frame is a site itself: its part is rewritten, and the frame closed. */
static bool replace(struct rewriter *r)
{
    struct frame *frame = &r->frames[r->depth - 1];
    expr_id part;

    if (frame->high - frame->low != 1)
        return false;
    part = r->rewrite(r->context, frame->node);
    r->depth--;
    expr_list_push(&r->done, part);
    return part != 0;
}

static expr_id rewrite_all(struct rewriter *r, expr_id e, size_t count)
{
    bool ok = true;

    enter(r, e, 0, count);
    while (ok && r->depth) {
        struct frame *frame = &r->frames[r->depth - 1];
        bool is_site =
            frame->low < frame->high && r->order[frame->low]->depth == r->depth - 1;
        ok = is_site ? replace(r) : advance(r);
    }
    return ok ? r->done.items[0] : 0;
}

expr_id sites_rewrite(struct pool *pool, expr_id e, const struct sites *sites,
                      expr_id (*rewrite)(void *context, expr_id part), void *context)
{
    struct rewriter r = {.pool = pool, .rewrite = rewrite, .context = context};
    expr_id result;

    if (sites->count == 0)
        return e;
    r.order = memory_array(NULL, sites->count, sizeof *r.order);
    for (size_t i = 0; i < sites->count; i++)
        r.order[i] = &sites->items[i];
    qsort(r.order, sites->count, sizeof *r.order, compare_sites);
    expr_list_init(&r.done);
    result = rewrite_all(&r, e, sites->count);
    expr_list_clear(&r.done);
    memory_free(r.frames);
    memory_free(r.order);
    return result;
}
