#include "tell/reason.h"

#include "derive/rule.h"
#include "expr/function.h"
#include "expr/walk.h"

#include <stdio.h>

static bool contains(const struct pool *pool, expr_id e,
                     bool (*wanted)(const struct pool *, expr_id))
{
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count && !found; i++)
        found = wanted(pool, nodes.items[i]);
    expr_list_clear(&nodes);
    return found;
}

static bool is_power(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_POWER;
}

static bool is_logarithm(const struct pool *pool, expr_id e)
{
    return function_is(pool, e, FUNCTION_LN);
}

static bool is_zero(const struct pool *pool, expr_id e)
{
    return expr_is_integer(pool, e, 0);
}

/* `before` is the derivative of what is differentiated. */
static const char *of_differentiation(const struct pool *pool, expr_id before,
                                      expr_id after)
{
    bool constants = contains(pool, after, is_zero);
    if (contains(pool, before, is_logarithm))
        return constants ? N_("derivative of the logarithm; constants give 0")
                         : N_("derivative of the logarithm and chain rule");
    if (contains(pool, before, is_power))
        return constants ? N_("power rule and chain rule; constants give 0")
                         : N_("power rule and chain rule");
    switch (expr_kind(pool, expr_part(pool, before, 0))) {
    case EXPR_PRODUCT:
        return constants ? N_("product rule; constants give 0") : N_("product rule");
    case EXPR_QUOTIENT:
        return constants ? N_("quotient rule; constants give 0") : N_("quotient rule");
    default:
        return constants ? N_("term by term; constants give 0") : N_("term by term");
    }
}

static struct inline_node *of_put_in(struct sentence *sentence, const struct step *step,
                                     unsigned first_number)
{
    sentence_reference(sentence, step->uses[0] + first_number - 1);
    sentence_reference(sentence, step->uses[step->use_count - 1] + first_number - 1);
    return sentence_inlines(sentence, step->use_count == 1   ? N_("put in {1}")
                                      : step->use_count == 2 ? N_("put in {1} and {2}")
                                                             : N_("put in {1} to {2}"));
}

static bool has_one_path(const struct derivation *derivation, node_id node)
{
    return mpz_cmp_ui(graph_count(derivation->graph, node), 1) == 0;
}

/* The sentence of the rule table, or one that suits the case better; {1} is the goal. */
static const char *sentence_of(const struct derivation *derivation,
                               const struct chain *chain, size_t i)
{
    const struct pool *pool = network_pool(derivation->network);
    const struct step *step = &chain->steps[i];
    bool one_output = derivation->output_count == 1;
    switch (step->rule) {
    case RULE_DEFINITION:
        return network_kind(derivation->network, derivation->to) == NODE_ERROR
                   ? rule_of(step->rule)->reason
                   : N_("put in the definition of {1}");
    case RULE_DIFFERENTIATE:
        return of_differentiation(pool, i ? chain->steps[i - 1].after : chain->start,
                                  step->after);
    case RULE_CHAIN_RULE:
        if (chain->role == CHAIN_SIGNAL)
            return expr_kind(pool, step->after) == EXPR_SUM
                       ? N_("chain rule: one product for each output")
                       : N_("chain rule through the output");
        return has_one_path(derivation, chain->output) ? N_("chain rule along the path")
                                                       : rule_of(step->rule)->reason;
    case RULE_COLLECT:
        return one_output && !derivation->is_direct ? N_("common factors to the front")
                                                    : rule_of(step->rule)->reason;
    case RULE_ERROR_SIGNALS:
        return derivation->signal_count == 1 ? N_("name the error signal of the output")
                                             : rule_of(step->rule)->reason;
    case RULE_PATH_SET:
        return one_output ? N_("the same, as a sum over paths")
                          : rule_of(step->rule)->reason;
    default:
        return rule_of(step->rule)->reason;
    }
}

static struct inline_node *of_rule(struct sentence *sentence,
                                   const struct derivation *derivation,
                                   const struct chain *chain, size_t i)
{
    sentence_node(sentence, derivation->to);
    return sentence_inlines(sentence, sentence_of(derivation, chain, i));
}

struct inline_node *reason_of_step(struct sentence *sentence,
                                   const struct derivation *derivation,
                                   const struct chain *chain, size_t i,
                                   unsigned first_number)
{
    const struct step *step = &chain->steps[i];
    struct inline_node *inlines = step->use_count
                                      ? of_put_in(sentence, step, first_number)
                                      : of_rule(sentence, derivation, chain, i);
    if (step->shape.kind == SHAPE_ELIDED) {
        sentence_text(sentence, step->shape.count);
        inlines = doc_join(sentence->doc, inlines,
                           sentence_inlines(sentence, N_("({1} terms)")));
    }
    if (step->verdict == VERDICT_PROBABLE) {
        char bound[16];
        snprintf(bound, sizeof bound, "%u", step->bound);
        sentence_text(sentence, bound);
        inlines =
            doc_join(sentence->doc, inlines,
                     sentence_inlines(
                         sentence, N_("(probable: wrong with a chance below 2^-{1})")));
    }
    return inlines;
}
