/* Chains under construction: rules applied to the end of the last one. */
#ifndef GRADTEX_DERIVE_BUILDER_H
#define GRADTEX_DERIVE_BUILDER_H

#include "derive/rule.h"

/* What the builder of a derivation carries along. */
struct builder {
    struct derivation *derivation;
    struct pool *pool;
    struct chain *chain; /* the last one */
};

/* Opens a chain. */
struct chain *builder_begin(struct builder *builder, enum chain_role role, expr_id left,
                            expr_id start);
/* Applies a rule at the sites, which are used up, to the end of the chain; NULL if that
   changes nothing: then no step is made. */
struct step *builder_apply(struct builder *builder, enum rule_id rule,
                           struct sites *sites);
struct step *builder_apply_at_root(struct builder *builder, enum rule_id rule);
/* At all parts that `wanted`, with the derivation as its context, accepts. */
struct step *builder_apply_where(struct builder *builder, enum rule_id rule,
                                 bool (*wanted)(void *context, const struct pool *pool,
                                                expr_id part));
/* A step that keeps the expression and writes it in another shape. */
void builder_reshape(struct builder *builder, enum rule_id rule, enum shape_kind kind);
/* Gives the chain the next number. */
void builder_number(struct builder *builder);
/* For builder_apply_where: whether the part is a local derivative. */
bool builder_is_local(void *context, const struct pool *pool, expr_id part);

#endif
