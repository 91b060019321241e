#include "expr/diff.h"

#include "base/memory.h"
#include "expr/function.h"
#include "expr/substitute.h"
#include "expr/walk.h"

/* One differentiation. `derivatives` is by id, written and read for nodes of the
   expression only; a part is constant where it is `zero`, 0 is: there is no rule for it.
   */
struct differ {
    struct pool *pool;
    expr_id by, zero, one;
    expr_id (*inner)(void *context, expr_id symbol);
    void *context;
    expr_id whole, symbol; /* `symbol` is defined as `whole`, or both are 0 */
    expr_id *derivatives;
    struct expr_list parts;
};

static bool is_constant(const struct differ *d, expr_id part)
{
    return d->derivatives[part] == d->zero;
}

/* Appends a factor; a product is taken apart. */
static void push_factor(struct differ *d, expr_id factor)
{
    if (expr_kind(d->pool, factor) != EXPR_PRODUCT) {
        expr_list_push(&d->parts, factor);
        return;
    }
    for (size_t i = 0; i < expr_count(d->pool, factor); i++)
        expr_list_push(&d->parts, expr_part(d->pool, factor, i));
}

/* Appends the derivative of a part as a factor; 1 is none. */
static void push_derivative(struct differ *d, expr_id part)
{
    if (d->derivatives[part] != d->one)
        push_factor(d, d->derivatives[part]);
}

static expr_id take_product(struct differ *d, size_t first)
{
    expr_id e = expr_product(d->pool, d->parts.items + first, d->parts.count - first);

    d->parts.count = first;
    return e;
}

static expr_id diff_sum(struct differ *d, expr_id e)
{
    size_t first = d->parts.count;
    expr_id sum;

    for (size_t i = 0; i < expr_count(d->pool, e); i++)
        expr_list_push(&d->parts, d->derivatives[expr_part(d->pool, e, i)]);
    sum = expr_sum(d->pool, d->parts.items + first, d->parts.count - first);
    d->parts.count = first;
    return sum;
}

/* The varying factors of `e` with the derivative of the one at `chosen` in its place. */
static expr_id product_rule_term(struct differ *d, expr_id e, size_t chosen)
{
    size_t first = d->parts.count;

    for (size_t i = 0; i < expr_count(d->pool, e); i++) {
        expr_id factor = expr_part(d->pool, e, i);
        if (i == chosen)
            push_derivative(d, factor);
        else if (!is_constant(d, factor))
            push_factor(d, factor);
    }
    return take_product(d, first);
}

static bool is_reciprocal(const struct pool *pool, expr_id e)
{
    return expr_kind(pool, e) == EXPR_QUOTIENT &&
           expr_is_integer(pool, expr_part(pool, e, 0), 1);
}

static bool begins_with_reciprocal(const struct pool *pool, expr_id e)
{
    bool is_product = expr_kind(pool, e) == EXPR_PRODUCT;

    return is_reciprocal(pool, is_product ? expr_part(pool, e, 0) : e);
}

/* c (1/v) u is written (c/v) u; the constants are the parts from the given one on. */
static expr_id over_constants(struct differ *d, size_t constants, expr_id varying)
{
    bool is_product = expr_kind(d->pool, varying) == EXPR_PRODUCT;
    expr_id reciprocal = is_product ? expr_part(d->pool, varying, 0) : varying;
    expr_id above = take_product(d, constants);

    expr_list_push(&d->parts,
                   expr_quotient(d->pool, above, expr_part(d->pool, reciprocal, 1)));
    for (size_t i = 1; is_product && i < expr_count(d->pool, varying); i++)
        expr_list_push(&d->parts, expr_part(d->pool, varying, i));
    return take_product(d, constants);
}

/* (c u)' = c u' and (u v)' = u' v + u v', constants in front. */
static expr_id diff_product(struct differ *d, expr_id e)
{
    size_t constants = d->parts.count, terms;
    expr_id varying;

    for (size_t i = 0; i < expr_count(d->pool, e); i++) {
        if (is_constant(d, expr_part(d->pool, e, i)))
            expr_list_push(&d->parts, expr_part(d->pool, e, i));
    }
    terms = d->parts.count;
    for (size_t i = 0; i < expr_count(d->pool, e); i++) {
        if (!is_constant(d, expr_part(d->pool, e, i)))
            expr_list_push(&d->parts, product_rule_term(d, e, i));
    }
    varying = expr_sum(d->pool, d->parts.items + terms, d->parts.count - terms);
    d->parts.count = terms;
    if (d->parts.count > constants && begins_with_reciprocal(d->pool, varying))
        return over_constants(d, constants, varying);
    if (varying != d->one || d->parts.count == constants)
        push_factor(d, varying);
    return take_product(d, constants);
}

/* (u^n)' = n u^(n-1) u' for a number n. */
static expr_id diff_power(struct differ *d, expr_id e)
{
    expr_id base = expr_part(d->pool, e, 0), power;
    expr_id exponent = fold(d->pool, expr_part(d->pool, e, 1));
    size_t first = d->parts.count;
    mpq_t less;

    if (expr_kind(d->pool, exponent) != EXPR_NUMBER)
        return 0;
    if (exponent == d->zero)
        return d->zero;
    if (exponent == d->one)
        return d->derivatives[base];
    mpq_init(less);
    mpq_set_si(less, 1, 1);
    mpq_sub(less, expr_peek_number(d->pool, exponent), less);
    power = expr_number(d->pool, less);
    mpq_clear(less);
    power = power == d->one ? base
                            : expr_make(d->pool, EXPR_POWER, (expr_id[]){base, power}, 2);
    expr_list_push(&d->parts, exponent);
    push_factor(d, power);
    push_derivative(d, base);
    return take_product(d, first);
}

/* (u/v)' = (u' v - u v') / v^2. */
static expr_id diff_quotient(struct differ *d, expr_id e)
{
    struct pool *pool = d->pool;
    expr_id u = expr_part(pool, e, 0), v = expr_part(pool, e, 1);
    expr_id du = d->derivatives[u], dv = d->derivatives[v], numerator;

    if (is_constant(d, v))
        return expr_quotient(pool, du, v);
    numerator = expr_negate(pool, expr_multiply(pool, u, dv));
    if (!is_constant(d, u))
        numerator = expr_add(pool, expr_multiply(pool, du, v), numerator);
    return expr_quotient(pool, numerator, expr_power(pool, v, 2));
}

/* f(u)' = f'(u) u'; of several arguments, the sum of that for each. */
static expr_id diff_apply(struct differ *d, expr_id e)
{
    size_t first = d->parts.count;
    expr_id value = e == d->whole ? d->symbol : e, sum;
    struct expr_list terms;

    expr_list_init(&terms);
    for (size_t i = 1; i < expr_count(d->pool, e); i++) {
        expr_id argument = expr_part(d->pool, e, i);
        if (is_constant(d, argument))
            continue;
        push_factor(d, function_derivative(d->pool, e, i - 1, value));
        push_derivative(d, argument);
        expr_list_push(&terms, take_product(d, first));
    }
    sum = expr_sum(d->pool, terms.items, terms.count);
    expr_list_clear(&terms);
    return sum;
}

static expr_id diff_node(struct differ *d, expr_id e)
{
    bool constant = true;

    switch (expr_kind(d->pool, e)) {
    case EXPR_NUMBER:
    case EXPR_FUNCTION:
        return d->zero;
    case EXPR_SYMBOL:
        return e == d->by ? d->one : d->inner(d->context, e);
    case EXPR_DERIVATIVE:
    case EXPR_LOCAL:
        return 0;
    default:
        break;
    }
    for (size_t i = 0; i < expr_count(d->pool, e); i++) {
        if (!d->derivatives[expr_part(d->pool, e, i)])
            return 0;
        constant = constant && is_constant(d, expr_part(d->pool, e, i));
    }
    if (constant)
        return d->zero;
    switch (expr_kind(d->pool, e)) {
    case EXPR_SUM:
        return diff_sum(d, e);
    case EXPR_PRODUCT:
        return diff_product(d, e);
    case EXPR_POWER:
        return diff_power(d, e);
    case EXPR_QUOTIENT:
        return diff_quotient(d, e);
    case EXPR_APPLY:
        return diff_apply(d, e);
    default:
        return expr_negate(d->pool, d->derivatives[expr_part(d->pool, e, 0)]);
    }
}

static expr_id run(struct differ *d, expr_id e)
{
    struct expr_list nodes;
    expr_id result;

    d->zero = expr_integer(d->pool, 0);
    d->one = expr_integer(d->pool, 1);
    d->derivatives = memory_array(NULL, (size_t)e + 1, sizeof *d->derivatives);
    expr_list_init(&d->parts);
    expr_list_init(&nodes);
    walk_nodes(d->pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        d->derivatives[nodes.items[i]] = diff_node(d, nodes.items[i]);
    result = d->derivatives[e];
    expr_list_clear(&nodes);
    expr_list_clear(&d->parts);
    memory_free(d->derivatives);
    return result;
}

expr_id diff(struct pool *pool, expr_id e, expr_id by,
             expr_id (*inner)(void *context, expr_id symbol), void *context)
{
    struct differ d = {.pool = pool, .by = by, .inner = inner, .context = context};

    return run(&d, e);
}

static expr_id held(void *context, expr_id symbol)
{
    (void)symbol;
    return *(expr_id *)context;
}

/* Does `e` hold the symbol? Products of symbols, the usual case, are answered without a
   walk. */
static bool holds(const struct pool *pool, expr_id e, expr_id symbol)
{
    struct expr_list nodes;
    bool found = e == symbol, flat = true;

    for (size_t i = 0; !found && i < expr_count(pool, e); i++) {
        expr_id part = expr_part(pool, e, i);
        found = part == symbol;
        flat = flat && expr_count(pool, part) == 0;
    }
    if (found || flat || symbol > e)
        return found;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; !found && i < nodes.count; i++)
        found = nodes.items[i] == symbol;
    expr_list_clear(&nodes);
    return found;
}

/* A sum without the terms that do not hold the symbol: of a wide unit one term remains.
 */
static expr_id only_terms_with(struct pool *pool, expr_id e, expr_id symbol)
{
    struct expr_list terms;

    if (expr_kind(pool, e) != EXPR_SUM)
        return e;
    expr_list_init(&terms);
    for (size_t i = 0; i < expr_count(pool, e); i++) {
        if (holds(pool, expr_part(pool, e, i), symbol))
            expr_list_push(&terms, expr_part(pool, e, i));
    }
    e = expr_sum(pool, terms.items, terms.count);
    expr_list_clear(&terms);
    return e;
}

/* The local derivative of `e`; `symbol` stands for the value of `whole` (0: nothing
 * does). */
static expr_id local_of(struct pool *pool, expr_id e, expr_id by, expr_id symbol,
                        expr_id whole)
{
    expr_id zero = expr_integer(pool, 0);
    struct differ d = {.pool = pool,
                       .by = by,
                       .inner = held,
                       .context = &zero,
                       .whole = whole,
                       .symbol = symbol};

    e = run(&d, only_terms_with(pool, e, by));
    return e ? fold(pool, e) : 0;
}

expr_id diff_local(struct pool *pool, expr_id e, expr_id by)
{
    return local_of(pool, e, by, 0, 0);
}

expr_id diff_local_of(struct pool *pool, expr_id definition, expr_id by, expr_id symbol)
{
    return local_of(pool, definition, by, symbol, definition);
}

/* The number that a symbol is defined as, or 0. */
static expr_id defined_number(struct defs *defs, expr_id symbol)
{
    expr_id value = defs_get(defs, symbol);
    struct expr_list symbols;
    bool free;

    if (!value || expr_kind(defs->pool, value) == EXPR_NUMBER)
        return value;
    expr_list_init(&symbols);
    walk_symbols(defs->pool, value, &symbols);
    free = symbols.count == 0;
    expr_list_clear(&symbols);
    value = free ? fold(defs->pool, value) : 0;
    return value && expr_kind(defs->pool, value) == EXPR_NUMBER ? value : 0;
}

static expr_id put_number(void *context, expr_id symbol)
{
    expr_id number = defined_number(context, symbol);

    return number ? number : symbol;
}

expr_id diff_label_of(struct defs *defs, expr_id e, expr_id defined, expr_id symbol)
{
    expr_id label = local_of(defs->pool, e, symbol, defined, defs_get(defs, defined));
    expr_id put = label ? substitute(defs->pool, label, put_number, defs) : 0;

    return put == label ? label : fold(defs->pool, put);
}

expr_id diff_label(struct defs *defs, expr_id defined, expr_id symbol)
{
    expr_id definition = defs_get(defs, defined);

    return definition ? diff_label_of(defs, definition, defined, symbol)
                      : expr_integer(defs->pool, 0);
}
