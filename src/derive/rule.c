#include "derive/rule.h"

#include "derive/form.h"
#include "derive/reduce.h"
#include "derive/signals.h"
#include "derive/signs.h"
#include "derive/term.h"
#include "expr/diff.h"
#include "expr/walk.h"

static const struct rule rules[] = {
#define RULE(id, name, level, rewrite, reason, manual)                                   \
    {name, level, rewrite, reason, manual},
#include "derive/rule.def"
#undef RULE
};

const struct rule *rule_of(enum rule_id id)
{
    return &rules[id];
}

struct application {
    struct rule_context *context;
    rule_rewrite *rewrite;
};

static expr_id apply_at(void *context, expr_id part)
{
    struct application *application = context;
    return application->rewrite(application->context, part);
}

expr_id rule_apply(struct rule_context *context, enum rule_id id, expr_id before,
                   const struct sites *sites)
{
    struct application application = {context, rules[id].rewrite};
    return sites_rewrite(context->pool, before, sites, apply_at, &application);
}

expr_id rewrite_definition(struct rule_context *context, expr_id part)
{
    if (expr_kind(context->pool, part) != EXPR_SYMBOL)
        return 0;
    return defs_get(network_defs(context->derivation->network), part);
}

/* Units keep their derivative, visible; whatever is given as a number or stands alone is
 * constant. */
static expr_id inner_derivative(void *opaque, expr_id symbol)
{
    struct rule_context *context = opaque;
    struct derivation *derivation = context->derivation;
    expr_id value = defs_get(network_defs(derivation->network), symbol);
    if (!value || expr_kind(context->pool, value) == EXPR_NUMBER)
        return expr_integer(context->pool, 0);
    return expr_derivative(context->pool, symbol,
                           network_symbol(derivation->network, derivation->from));
}

expr_id rewrite_differentiate(struct rule_context *context, expr_id part)
{
    if (expr_kind(context->pool, part) != EXPR_DERIVATIVE)
        return 0;
    return diff(context->pool, expr_part(context->pool, part, 0),
                expr_part(context->pool, part, 1), inner_derivative, context);
}

static bool coefficient(const struct pool *pool, expr_id e, mpq_ptr value)
{
    bool is_product = expr_kind(pool, e) == EXPR_PRODUCT;
    expr_id first = is_product ? expr_part(pool, e, 0) : e;
    if (expr_kind(pool, first) != EXPR_NUMBER)
        return false;
    mpq_set(value, expr_peek_number(pool, first));
    return true;
}

/* The number times the term, whose own number is in front. */
static expr_id scaled(struct pool *pool, expr_id e, mpq_srcptr by)
{
    mpq_t value;
    mpq_init(value);
    struct expr_list factors;
    expr_list_init(&factors);
    if (coefficient(pool, e, value)) {
        mpq_mul(value, value, by);
        if (mpq_cmp_ui(value, 1, 1) != 0)
            expr_list_push(&factors, expr_number(pool, value));
        for (size_t i = 1; i < expr_count(pool, e); i++)
            expr_list_push(&factors, expr_part(pool, e, i));
    }
    mpq_clear(value);
    expr_id product = expr_product(pool, factors.items, factors.count);
    expr_list_clear(&factors);
    return product;
}

static bool all_scaled(const struct pool *pool, expr_id sum)
{
    mpq_t value;
    mpq_init(value);
    bool all = expr_kind(pool, sum) == EXPR_SUM;
    for (size_t i = 0; all && i < expr_count(pool, sum); i++)
        all = coefficient(pool, expr_part(pool, sum, i), value);
    mpq_clear(value);
    return all;
}

/* A number times a sum whose terms all have numbers of their own; 0 if it is not that. */
static expr_id cancel_in_sum(struct pool *pool, expr_id product)
{
    mpq_t number;
    mpq_init(number);
    expr_id e = 0;
    if (expr_count(pool, product) == 2 && coefficient(pool, product, number) &&
        all_scaled(pool, expr_part(pool, product, 1))) {
        expr_id sum = expr_part(pool, product, 1);
        struct expr_list terms;
        expr_list_init(&terms);
        for (size_t i = 0; i < expr_count(pool, sum); i++)
            expr_list_push(&terms, scaled(pool, expr_part(pool, sum, i), number));
        e = expr_sum(pool, terms.items, terms.count);
        expr_list_clear(&terms);
    }
    mpq_clear(number);
    return e;
}

/* Several numbers in one product; 0 if there are not. */
static expr_id cancel_numbers(struct pool *pool, expr_id product)
{
    struct term term;
    struct expr_list others;
    size_t numbers = 0;
    term_init(&term);
    expr_list_init(&others);
    expr_list_push(&others, 0);
    for (size_t i = 0; i < expr_count(pool, product); i++) {
        expr_id factor = expr_part(pool, product, i);
        if (expr_kind(pool, factor) == EXPR_NUMBER) {
            term_multiply(&term, pool, factor);
            numbers++;
        } else {
            expr_list_push(&others, factor);
        }
    }
    others.items[0] = expr_number(pool, term.number);
    bool is_one = mpq_cmp_ui(term.number, 1, 1) == 0;
    expr_id e = numbers < 2
                    ? 0
                    : expr_product(pool, others.items + is_one, others.count - is_one);
    expr_list_clear(&others);
    term_clear(&term);
    return e;
}

static expr_id cancel_product(struct pool *pool, expr_id product)
{
    if (expr_kind(pool, product) != EXPR_PRODUCT)
        return 0;
    expr_id e = cancel_in_sum(pool, product);
    return e ? e : cancel_numbers(pool, product);
}

expr_id rewrite_cancel(struct rule_context *context, expr_id part)
{
    struct pool *pool = context->pool;
    if (expr_kind(pool, part) != EXPR_SUM)
        return cancel_product(pool, part);
    struct expr_list terms;
    expr_list_init(&terms);
    bool any = false;
    for (size_t i = 0; i < expr_count(pool, part); i++) {
        expr_id term = expr_part(pool, part, i), cancelled = cancel_product(pool, term);
        any = any || cancelled;
        expr_list_push(&terms, cancelled ? cancelled : term);
    }
    expr_id sum = any ? expr_sum(pool, terms.items, terms.count) : 0;
    expr_list_clear(&terms);
    return sum;
}

expr_id rewrite_no_path(struct rule_context *context, expr_id part)
{
    struct derivation *derivation = context->derivation;
    if (expr_kind(context->pool, part) != EXPR_DERIVATIVE)
        return 0;
    node_id node = network_node(derivation->network, expr_part(context->pool, part, 0));
    if (node < 0 || graph_is_reached(derivation->graph, node))
        return 0;
    return expr_integer(context->pool, 0);
}

static bool is_zero(struct pool *pool, expr_id e)
{
    return expr_is_integer(pool, fold(pool, e), 0);
}

/* The sum without the terms that are 0. */
static expr_id without_zeros(struct pool *pool, expr_id sum)
{
    struct expr_list terms;
    expr_list_init(&terms);
    for (size_t i = 0; i < expr_count(pool, sum); i++)
        if (!is_zero(pool, expr_part(pool, sum, i)))
            expr_list_push(&terms, expr_part(pool, sum, i));
    expr_id rest = expr_sum(pool, terms.items, terms.count);
    expr_list_clear(&terms);
    return rest;
}

/* A product whose long sums have lost their zeros; the 0 of a difference `0 - dy/dw`
 * stays visible. */
static expr_id without_inner_zeros(struct pool *pool, expr_id product)
{
    struct expr_list factors;
    expr_list_init(&factors);
    for (size_t i = 0; i < expr_count(pool, product); i++) {
        expr_id factor = expr_part(pool, product, i);
        bool is_long =
            expr_kind(pool, factor) == EXPR_SUM && expr_count(pool, factor) > 2;
        expr_list_push(&factors, is_long ? without_zeros(pool, factor) : factor);
    }
    expr_id rest = expr_product(pool, factors.items, factors.count);
    expr_list_clear(&factors);
    return rest;
}

static void push_nonzero(struct pool *pool, expr_id term, struct expr_list *terms)
{
    bool is_product = expr_kind(pool, term) == EXPR_PRODUCT;
    if (!is_zero(pool, term))
        expr_list_push(terms, is_product ? without_inner_zeros(pool, term) : term);
}

expr_id rewrite_drop_zero(struct rule_context *context, expr_id part)
{
    struct pool *pool = context->pool;
    if (expr_kind(pool, part) != EXPR_SUM)
        return is_zero(pool, part) ? expr_integer(pool, 0) : 0;
    struct expr_list terms;
    expr_list_init(&terms);
    for (size_t i = 0; i < expr_count(pool, part); i++) {
        expr_id term = expr_part(pool, part, i);
        /* A sum within the sum is written without brackets, and so taken apart. */
        bool is_inner = expr_kind(pool, term) == EXPR_SUM;
        for (size_t k = 0; is_inner && k < expr_count(pool, term); k++)
            push_nonzero(pool, expr_part(pool, term, k), &terms);
        if (!is_inner)
            push_nonzero(pool, term, &terms);
    }
    expr_id sum = expr_sum(pool, terms.items, terms.count);
    expr_list_clear(&terms);
    return sum;
}

expr_id rewrite_chain_rule(struct rule_context *context, expr_id part)
{
    if (expr_kind(context->pool, part) != EXPR_DERIVATIVE)
        return 0;
    struct network *network = context->derivation->network;
    node_id of = network_node(network, expr_part(context->pool, part, 0));
    node_id by = network_node(network, expr_part(context->pool, part, 1));
    return of < 0 || by < 0 ? 0 : form_chain(context->derivation, by, of);
}

expr_id rewrite_local(struct rule_context *context, expr_id part)
{
    struct derivation *derivation = context->derivation;
    enum expr_kind kind = expr_kind(context->pool, part);
    if (kind != EXPR_LOCAL && kind != EXPR_DERIVATIVE)
        return 0;
    node_id of = network_node(derivation->network, expr_part(context->pool, part, 0));
    node_id by = network_node(derivation->network, expr_part(context->pool, part, 1));
    return of < 0 || by < 0 ? 0 : graph_label(derivation->graph, by, of);
}

expr_id rewrite_tidy(struct rule_context *context, expr_id part)
{
    return fold(context->pool, part);
}

expr_id rewrite_reduce(struct rule_context *context, expr_id part)
{
    return reduce_fractions(context->pool, part);
}

expr_id rewrite_multiply_out(struct rule_context *context, expr_id part)
{
    return reduce_multiplied(context->pool, part);
}

expr_id rewrite_assume(struct rule_context *context, expr_id part)
{
    return signals_assumed(context->derivation->network, part);
}

expr_id rewrite_value_form(struct rule_context *context, expr_id part)
{
    return signals_valued(context->derivation->network, part);
}

expr_id rewrite_absorb_signs(struct rule_context *context, expr_id part)
{
    struct pool *pool = context->pool;
    bool is_sum = expr_kind(pool, part) == EXPR_SUM;
    struct expr_list terms;
    expr_list_init(&terms);
    for (size_t i = 0; i < (is_sum ? expr_count(pool, part) : 1); i++) {
        expr_id term = is_sum ? expr_part(pool, part, i) : part;
        expr_id turned = signs_turned(pool, term);
        expr_list_push(&terms, turned ? turned : term);
    }
    expr_id e = fold(pool, expr_sum(pool, terms.items, terms.count));
    expr_list_clear(&terms);
    return e;
}

expr_id rewrite_common_factor(struct rule_context *context, expr_id part)
{
    return form_common_factor(context->pool, part);
}

expr_id rewrite_put_in(struct rule_context *context, expr_id part)
{
    for (size_t i = 0; i < context->use_count; i++) {
        expr_id left = 0;
        expr_id right = derivation_equation(context->derivation, context->uses[i], &left);
        if (right && left == part)
            return right;
    }
    return 0;
}

expr_id rewrite_collect(struct rule_context *context, expr_id part)
{
    (void)part;
    return form_factored(context->derivation, false);
}

expr_id rewrite_shared_fractions(struct rule_context *context, expr_id part)
{
    (void)part;
    return form_shared(context->derivation, true, NULL);
}

expr_id rewrite_shared_labels(struct rule_context *context, expr_id part)
{
    (void)part;
    return form_shared(context->derivation, false, NULL);
}

expr_id rewrite_error_signals(struct rule_context *context, expr_id part)
{
    (void)part;
    if (context->derivation->is_compact)
        return form_shared_signals(context->derivation);
    return form_factored(context->derivation, true);
}

expr_id rewrite_nothing(struct rule_context *context, expr_id part)
{
    (void)context;
    return part;
}
