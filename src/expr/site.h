/* Occurrences in an expression: a site is the path of part numbers from the root to a
   part. */
#ifndef GRADTEX_EXPR_SITE_H
#define GRADTEX_EXPR_SITE_H

#include "expr/expr.h"

struct site {
    uint32_t *steps;
    size_t depth;
};

struct sites {
    struct site *items;
    size_t count, capacity;
};

void sites_init(struct sites *sites);
void sites_clear(struct sites *sites);
/* Adds a copy. */
void sites_push(struct sites *sites, const uint32_t *steps, size_t depth);
/* The root alone. */
void sites_root(struct sites *sites);
/* Every occurrence of a part that `wanted` accepts, outermost ones only, in the order
   written; the walk enters neither derivatives nor local derivatives that are not wanted
   themselves. */
void sites_find(struct sites *sites, const struct pool *pool, expr_id e,
                bool (*wanted)(void *context, const struct pool *pool, expr_id part),
                void *context);

/* Rewrites the part at each site and rebuilds what is around, in the given order,
   unsimplified. 0 if a site does not exist in `e`, stands twice or lies inside another,
   or if the rewriter answers 0. */
expr_id sites_rewrite(struct pool *pool, expr_id e, const struct sites *sites,
                      expr_id (*rewrite)(void *context, expr_id part), void *context);

#endif
