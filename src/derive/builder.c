#include "derive/builder.h"

struct chain *builder_begin(struct builder *builder, enum chain_role role, expr_id left,
                            expr_id start)
{
    builder->chain = derivation_chain(builder->derivation, role, left, start);
    return builder->chain;
}

struct step *builder_apply(struct builder *builder, enum rule_id rule,
                           struct sites *sites)
{
    struct rule_context context = {builder->derivation, builder->pool, NULL, 0};
    expr_id before = chain_end(builder->chain);
    expr_id after = sites->count ? rule_apply(&context, rule, before, sites) : 0;
    struct step *step = NULL;
    if (after && after != before)
        step = derivation_step(builder->derivation, rule, sites, after);
    sites_clear(sites);
    sites_init(sites);
    return step;
}

struct step *builder_apply_at_root(struct builder *builder, enum rule_id rule)
{
    struct sites sites;
    sites_init(&sites);
    sites_root(&sites);
    return builder_apply(builder, rule, &sites);
}

struct step *builder_apply_where(struct builder *builder, enum rule_id rule,
                                 bool (*wanted)(void *context, const struct pool *pool,
                                                expr_id part))
{
    struct sites sites;
    sites_init(&sites);
    sites_find(&sites, builder->pool, chain_end(builder->chain), wanted,
               builder->derivation);
    return builder_apply(builder, rule, &sites);
}

void builder_reshape(struct builder *builder, enum rule_id rule, enum shape_kind kind)
{
    struct sites sites;
    sites_init(&sites);
    sites_root(&sites);
    derivation_step(builder->derivation, rule, &sites, chain_end(builder->chain))
        ->shape.kind = kind;
}

void builder_number(struct builder *builder)
{
    builder->chain->number = ++builder->derivation->equation_count;
}

bool builder_is_local(void *context, const struct pool *pool, expr_id part)
{
    (void)context;
    return expr_kind(pool, part) == EXPR_LOCAL;
}
