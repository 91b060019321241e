/* The rules: each rewrites a part of an expression into an equal one. */
#ifndef GRADTEX_DERIVE_RULE_H
#define GRADTEX_DERIVE_RULE_H

#include "derive/derivation.h"

enum rule_level { RULE_EXPLICIT, RULE_NORMAL, RULE_BRIEF };

/* Where a rule stands: the derivation so far (its network, graph and numbered equations),
   and the step's equations. */
struct rule_context {
    struct derivation *derivation;
    struct pool *pool;
    const unsigned *uses;
    size_t use_count;
};

/* The equal of a part, 0 if the rule does not apply to it. */
typedef expr_id rule_rewrite(struct rule_context *context, expr_id part);

struct rule {
    const char *name;
    enum rule_level level;
    rule_rewrite *rewrite;
    const char *reason;
    const char *manual;
};

const struct rule *rule_of(enum rule_id id);
/* The expression after the rule has acted on the parts at the sites; 0 if it does not
 * apply. */
expr_id rule_apply(struct rule_context *context, enum rule_id id, expr_id before,
                   const struct sites *sites);

/* The rewriters of rule.def. */
#define RULE(id, name, level, rewrite, reason, manual) rule_rewrite rewrite;
#include "derive/rule.def"
#undef RULE

#endif
