#include "verify/divisors.h"

#include "base/memory.h"
#include "expr/function.h"
#include "expr/walk.h"
#include "tex/tree.h"
#include "verify/judge.h"

#include <string.h>

struct noting {
    struct section *section;
    struct judged *judged;
    expr_id others; /* the product of the other side's divisors */
    struct buf condition;
};

static bool is_number(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_NUMBER;
}

/* The product of what an expression is divided by. */
static expr_id divisors_of(struct pool *pool, expr_id e)
{
    struct expr_list nodes, divisors;
    expr_list_init(&nodes);
    expr_list_init(&divisors);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        expr_id node = nodes.items[i];
        bool is_inverse = expr_kind(pool, node) == EXPR_POWER &&
                          is_number(pool, expr_part(pool, node, 1)) &&
                          mpq_sgn(expr_peek_number(pool, expr_part(pool, node, 1))) < 0;
        if (expr_kind(pool, node) == EXPR_QUOTIENT || is_inverse)
            expr_list_push(&divisors, expr_part(pool, node, is_inverse ? 0 : 1));
    }
    expr_id product = expr_product(pool, divisors.items, divisors.count);
    expr_list_clear(&divisors);
    expr_list_clear(&nodes);
    return product;
}

/* Whether the prover needs that a divisor, or a product with it, is not 0. */
static bool may_be_zero(const struct noting *n, expr_id divisor)
{
    const struct pool *pool = n->section->scope->pool;
    const struct expr_list *conditions = &n->judged->proof.conditions;
    for (size_t i = 0; i < conditions->count; i++) {
        expr_id e = conditions->items[i];
        bool found = e == divisor;
        for (size_t k = 0;
             !found && expr_kind(pool, e) == EXPR_PRODUCT && k < expr_count(pool, e); k++)
            found = expr_part(pool, e, k) == divisor;
        if (found)
            return true;
    }
    return false;
}

static bool are_positive(const struct pool *pool, expr_id e, const bool *positive)
{
    for (size_t i = 0; i < expr_count(pool, e); i++)
        if (!positive[expr_part(pool, e, i)])
            return false;
    return true;
}

static bool is_positive_node(const struct pool *pool, expr_id e, const bool *positive)
{
    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        return mpq_sgn(expr_peek_number(pool, e)) > 0;
    case EXPR_SUM:
    case EXPR_PRODUCT:
    case EXPR_QUOTIENT:
        return are_positive(pool, e, positive);
    case EXPR_POWER:
        return positive[expr_part(pool, e, 0)];
    case EXPR_APPLY: {
        enum function_id id = expr_peek_function(pool, expr_part(pool, e, 0))->id;
        return id == FUNCTION_SIGMOID || id == FUNCTION_EXP;
    }
    default:
        return false;
    }
}

/* Whether what a name is defined as is positive, as sigmoids and softmax are. */
static bool is_never_zero(struct section *section, expr_id name)
{
    const struct pool *pool = section->scope->pool;
    expr_id definition = section_definition(section, name);
    struct expr_list nodes;
    if (!definition)
        return false;
    bool *positive = memory_zeroed((size_t)definition + 1, sizeof *positive);
    expr_list_init(&nodes);
    walk_nodes(pool, definition, &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        positive[nodes.items[i]] = is_positive_node(pool, nodes.items[i], positive);
    bool is_positive = positive[definition];
    expr_list_clear(&nodes);
    memory_free(positive);
    return is_positive;
}

/* Whether the other side, too, divides by 0 where the divisor is 0. What is not known
   counts as if it did. */
static bool is_shared(const struct noting *n, expr_id divisor)
{
    struct section *section = n->section;
    struct pool *pool = section->scope->pool;
    expr_id zero = expr_integer(pool, 0);
    if (is_number(pool, n->others))
        return false;
    struct prover *prover = section_prover(section);
    bool is_shared =
        !prove_assume(prover, divisor, zero) || judge_is_equal(prover, n->others, zero);
    prover_free(prover);
    return is_shared;
}

static void say(struct noting *n, struct span span)
{
    const char *text = n->section->reading->claims->text.text;
    struct buf said;
    buf_init(&said);
    buf_bytes(&said, text + span.begin, span.end - span.begin);
    buf_text(&said, " \\neq 0");
    if (n->condition.length == 0 || !strstr(buf_peek(&n->condition), buf_peek(&said))) {
        buf_text(&n->condition, n->condition.length > 0 ? ", " : "");
        buf_text(&n->condition, buf_peek(&said));
    }
    buf_clear(&said);
}

static void see_factor(struct noting *n, const struct parse_node *factor)
{
    struct bindings bindings = {0};
    struct diags diags;
    diags_init(&diags);
    struct elaborate context = section_context(n->section, &bindings, &diags);
    expr_id divisor = elaborate(&context, factor);
    if (divisor && may_be_zero(n, divisor) && !is_never_zero(n->section, divisor) &&
        !is_shared(n, divisor))
        say(n, factor->span);
    diags_clear(&diags);
    bindings_clear(&bindings);
}

/* A name without its script, which begins at `script`, and the `^` before that. */
static struct span base_span(const struct noting *n, struct span name, uint32_t script)
{
    const char *text = n->section->reading->claims->text.text;
    name.end = script;
    while (name.end > name.begin + 1 && strchr("{^- ", text[name.end - 1]))
        name.end--;
    return name;
}

/* `x^{-1}`, `(x + t)^{-2}`: what is raised; NULL if the exponent has no sign. `bare`
   takes a name without its exponent. */
static const struct parse_node *
inverted(const struct noting *n, const struct parse_node *node, struct parse_node *bare)
{
    if (node->kind == PARSE_POWER)
        return tree_ungroup(node->parts[1])->kind == PARSE_NEGATE ? node->parts[0] : NULL;
    const struct parse_node *sup =
        node->kind == PARSE_NAME ? tree_script(node, PARSE_SUP) : NULL;
    if (!sup || node->parts[node->count - 1] != sup ||
        tree_ungroup(sup->parts[0])->kind != PARSE_NEGATE)
        return NULL;
    *bare = *node;
    bare->count--;
    bare->span = base_span(n, node->span, sup->span.begin);
    return bare;
}

static bool see_divisor(void *context, const struct parse_node *node)
{
    struct noting *n = context;
    struct parse_node bare;
    const struct parse_node *base = inverted(n, node, &bare);
    if (base)
        see_factor(n, base);
    if (node->kind != PARSE_FRACTION)
        return false;
    const struct parse_node *below = tree_inside(tree_ungroup(node->parts[1]));
    if (below->kind == PARSE_PRODUCT)
        for (size_t i = 0; i < below->count; i++)
            see_factor(n, below->parts[i]);
    else if (below->kind == PARSE_POWER)
        see_factor(n, below->parts[0]);
    else
        see_factor(n, below);
    return false;
}

static expr_id defined(struct section *section, expr_id e)
{
    expr_id definition = section_definition(section, e);
    return definition ? definition : e;
}

void divisors_note(struct section *section, struct judged *judged)
{
    if (judged->pair_count == 0 || judged->proof.conditions.count == 0)
        return;
    const struct pair *pair = &judged->pairs[judged->pair_count - 1];
    const struct parse_node *left = section->steps[judged->base].step->left;
    expr_id base = defined(section, pair->base), member = pair->member;
    if (section_holds_derivative(section, base) ||
        section_holds_derivative(section, member))
        return;
    struct noting n = {.section = section, .judged = judged};
    buf_init(&n.condition);
    n.others = divisors_of(section->scope->pool, member);
    if (left)
        tree_any(left, see_divisor, &n);
    n.others = divisors_of(section->scope->pool, base);
    tree_any(judged->step->right, see_divisor, &n);
    if (n.condition.length > 0)
        judged->condition = buf_take(&n.condition);
    buf_clear(&n.condition);
}
