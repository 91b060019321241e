/* For laws: one random occurrence in an expression, changed. */
#ifndef GRADTEX_TESTS_OCCURRENCE_H
#define GRADTEX_TESTS_OCCURRENCE_H

#include "expr/walk.h"
#include "net/network.h"
#include "random.h"

enum { MOST_PARTS = 64 };

/* What takes the place of a part; 0: nothing suits it. In a derivative only names stand.
 */
typedef expr_id change(struct network *network, expr_id part, bool in_derivative);

static inline bool is_derivative(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_DERIVATIVE || expr_kind(pool, e) == EXPR_LOCAL;
}

/* Numbers of exponents and the functions that are applied stay. */
static inline bool is_open(const struct pool *pool, expr_id e, size_t part)
{
    enum expr_kind kind = expr_kind(pool, e);
    return !(kind == EXPR_POWER && part == 1) && !(kind == EXPR_APPLY && part == 0);
}

static inline uint64_t count_occurrences(const struct pool *pool, expr_id e)
{
    uint64_t count = 1;
    for (size_t i = 0; i < expr_count(pool, e); i++)
        if (is_open(pool, e, i))
            count += count_occurrences(pool, expr_part(pool, e, i));
    return count;
}

static inline expr_id change_at(struct network *network, expr_id e, uint64_t *place,
                                bool in_derivative, change *make)
{
    struct pool *pool = network_pool(network);
    expr_id parts[MOST_PARTS];
    size_t count = expr_count(pool, e);
    if ((*place)-- == 0)
        return make(network, e, in_derivative);
    for (size_t i = 0; i < count; i++) {
        parts[i] = expr_part(pool, e, i);
        uint64_t inside = is_open(pool, e, i) ? count_occurrences(pool, parts[i]) : 0;
        if (*place >= inside) {
            *place -= inside;
            continue;
        }
        bool inner = in_derivative || is_derivative(pool, e);
        parts[i] = change_at(network, parts[i], place, inner, make);
        if (parts[i] == 0)
            return 0;
        for (size_t k = i + 1; k < count; k++)
            parts[k] = expr_part(pool, e, k);
        return expr_make(pool, expr_kind(pool, e), parts, count);
    }
    return 0;
}

static inline bool is_wide(const struct pool *pool, expr_id e)
{
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        found = found || expr_count(pool, nodes.items[i]) >= MOST_PARTS;
    expr_list_clear(&nodes);
    return found;
}

/* The expression with one occurrence changed; itself if nothing was found to change. */
static inline expr_id change_somewhere(struct network *network, expr_id e, change *make)
{
    uint64_t count = count_occurrences(network_pool(network), e);
    for (int tries = 0; tries < 20; tries++) {
        uint64_t place = below((unsigned)count);
        expr_id changed = change_at(network, e, &place, false, make);
        if (changed)
            return changed;
    }
    return e;
}

#endif
