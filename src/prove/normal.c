#include "prove/normal.h"

#include "base/memory.h"

#include <flint/flint.h>
#include <flint/fmpq.h>
#include <flint/fmpz_mpoly.h>
#include <string.h>

/* An unknown to a power. */
struct factor {
    uint32_t unknown;
    ulong exponent;
};

/* A gate's value: scale * monomial * above / below. NULL polynomials are 1; polynomials
   are shared between values. */
struct value {
    fmpq_t scale;
    uint32_t first, count; /* of the monomial's factors */
    fmpz_mpoly_struct *above, *below;
};

struct normal {
    const struct circuit *circuit;
    fmpz_mpoly_ctx_t ring;
    struct value *values; /* by gate */
    struct factor *factors;
    size_t factor_count, factor_capacity;
    fmpz_mpoly_struct **polynomials;
    size_t polynomial_count, polynomial_capacity;
    ulong *exponents;  /* by unknown; all 0 between uses */
    uint32_t *touched; /* the unknowns whose exponent is not 0 */
    size_t touched_count;
    bool is_nowhere; /* something is divided by a polynomial that is 0 */
};

static fmpz_mpoly_struct *new_polynomial(struct normal *n)
{
    fmpz_mpoly_struct *p = memory_alloc(sizeof *p);

    if (n->polynomial_count == n->polynomial_capacity) {
        n->polynomial_capacity = n->polynomial_capacity * 2 + 32;
        n->polynomials = memory_array(n->polynomials, n->polynomial_capacity,
                                      sizeof(fmpz_mpoly_struct *));
    }
    n->polynomials[n->polynomial_count++] = p;
    fmpz_mpoly_init(p, n->ring);
    return p;
}

static bool is_zero(const struct value *value)
{
    return fmpq_is_zero(value->scale);
}

/* Monomials. */

static void raise_unknown(struct normal *n, uint32_t unknown, ulong exponent)
{
    if (n->exponents[unknown] == 0)
        n->touched[n->touched_count++] = unknown;
    n->exponents[unknown] += exponent;
}

static void raise_monomial(struct normal *n, const struct value *value, ulong times)
{
    for (uint32_t i = 0; i < value->count; i++) {
        const struct factor *factor = &n->factors[value->first + i];
        raise_unknown(n, factor->unknown, factor->exponent * times);
    }
}

static void forget_exponents(struct normal *n)
{
    while (n->touched_count)
        n->exponents[n->touched[--n->touched_count]] = 0;
}

/* Takes the gathered exponents as the monomial of a value. */
static void take_monomial(struct normal *n, struct value *value)
{
    size_t need = n->factor_count + n->touched_count;

    if (need > n->factor_capacity) {
        n->factor_capacity = need * 2 + 64;
        n->factors = memory_array(n->factors, n->factor_capacity, sizeof *n->factors);
    }
    value->first = (uint32_t)n->factor_count;
    value->count = (uint32_t)n->touched_count;
    for (size_t i = 0; i < n->touched_count; i++)
        n->factors[n->factor_count++] =
            (struct factor){n->touched[i], n->exponents[n->touched[i]]};
    forget_exponents(n);
}

static void push_monomial(struct normal *n, fmpz_mpoly_struct *p,
                          const struct value *value, const fmpz_t coefficient)
{
    raise_monomial(n, value, 1);
    fmpz_mpoly_push_term_fmpz_ui(p, coefficient, n->exponents, n->ring);
    forget_exponents(n);
}

/* The monomial of a value as a polynomial, times `above`. */
static fmpz_mpoly_struct *numerator(struct normal *n, const struct value *value)
{
    fmpz_mpoly_struct *p, *product;
    fmpz_t one;

    if (value->count == 0 && value->above)
        return value->above;
    p = new_polynomial(n);
    fmpz_init_set_ui(one, 1);
    push_monomial(n, p, value, one);
    fmpz_clear(one);
    if (!value->above)
        return p;
    product = new_polynomial(n);
    fmpz_mpoly_mul(product, p, value->above, n->ring);
    return product;
}

static fmpz_mpoly_struct *times(struct normal *n, fmpz_mpoly_struct *a,
                                fmpz_mpoly_struct *b)
{
    fmpz_mpoly_struct *product;

    if (!a || !b)
        return a ? a : b;
    product = new_polynomial(n);
    fmpz_mpoly_mul(product, a, b, n->ring);
    return product;
}

/* Sums: monomials are pushed, sorted and combined once; polynomials are added in pairs,
   level by level, so that no long sum is copied for each short one. */

static fmpz_mpoly_struct *sum_pairwise(struct normal *n, fmpz_mpoly_struct **items,
                                       size_t count)
{
    for (; count > 1; count = (count + 1) / 2) {
        for (size_t i = 0; i + 1 < count; i += 2) {
            fmpz_mpoly_struct *sum = new_polynomial(n);
            fmpz_mpoly_add(sum, items[i], items[i + 1], n->ring);
            items[i / 2] = sum;
        }
        if (count % 2)
            items[count / 2] = items[count - 1];
    }
    return items[0];
}

static fmpz_mpoly_struct *scaled(struct normal *n, fmpz_mpoly_struct *p, const fmpz_t by)
{
    fmpz_mpoly_struct *result;

    if (fmpz_is_one(by))
        return p;
    result = new_polynomial(n);
    fmpz_mpoly_scalar_mul_fmpz(result, p, by, n->ring);
    return result;
}

/* Values with one denominator: their numerators, times `common` to be integer, added. */
static fmpz_mpoly_struct *sum_numerators(struct normal *n, struct value **values,
                                         size_t count, const fmpz_t common)
{
    fmpz_mpoly_struct **items =
                          memory_array(NULL, count + 1, sizeof(fmpz_mpoly_struct *)),
                      *sum;
    fmpz_mpoly_struct *monomials = new_polynomial(n);
    size_t item_count = 0;
    fmpz_t coefficient;

    fmpz_init(coefficient);
    for (size_t i = 0; i < count; i++) {
        fmpz_divexact(coefficient, common, fmpq_denref(values[i]->scale));
        fmpz_mul(coefficient, coefficient, fmpq_numref(values[i]->scale));
        if (values[i]->above)
            items[item_count++] = scaled(n, numerator(n, values[i]), coefficient);
        else
            push_monomial(n, monomials, values[i], coefficient);
    }
    fmpz_clear(coefficient);
    fmpz_mpoly_sort_terms(monomials, n->ring);
    fmpz_mpoly_combine_like_terms(monomials, n->ring);
    items[item_count++] = monomials;
    sum = sum_pairwise(n, items, item_count);
    memory_free(items);
    return sum;
}

/* Adds values with one denominator, that of the first. */
static void sum_group(struct normal *n, struct value *sum, struct value **values,
                      size_t count)
{
    fmpz_t common;

    fmpz_init_set_ui(common, 1);
    for (size_t i = 0; i < count; i++)
        fmpz_lcm(common, common, fmpq_denref(values[i]->scale));
    sum->above = sum_numerators(n, values, count, common);
    sum->below = values[0]->below;
    sum->count = 0;
    fmpz_one(fmpq_numref(sum->scale));
    fmpz_set(fmpq_denref(sum->scale), common);
    fmpz_clear(common);
    if (fmpz_mpoly_is_zero(sum->above, n->ring))
        fmpq_zero(sum->scale);
}

static bool same_below(struct normal *n, const struct value *a, const struct value *b)
{
    if (a->below == b->below)
        return true;
    return a->below && b->below && fmpz_mpoly_equal(a->below, b->below, n->ring);
}

/* a := a + b for different denominators. */
static void add_crosswise(struct normal *n, struct value *a, struct value *b)
{
    struct value crossed = {.above = times(n, numerator(n, a), b->below)};
    struct value other = {.above = times(n, numerator(n, b), a->below)};
    fmpz_mpoly_struct *below = times(n, a->below, b->below);

    *crossed.scale = *a->scale;
    *other.scale = *b->scale;
    fmpq_init(a->scale);
    sum_group(n, a, (struct value *[]){&crossed, &other}, 2);
    fmpq_clear(crossed.scale);
    a->below = below;
}

/* Moves the values with the denominator of values[first] to the front from there; where
   they end. */
static size_t gather_group(struct normal *n, struct value **values, size_t first,
                           size_t count)
{
    size_t end = first + 1;

    for (size_t i = end; i < count; i++) {
        if (same_below(n, values[first], values[i])) {
            struct value *swapped = values[i];
            values[i] = values[end];
            values[end++] = swapped;
        }
    }
    return end;
}

static void sum_values(struct normal *n, struct value *sum, const gate_id *parts,
                       size_t part_count)
{
    struct value **values = memory_array(NULL, part_count, sizeof *values), group;
    size_t count = 0, end;

    for (size_t i = 0; i < part_count; i++) {
        if (!is_zero(&n->values[parts[i]]))
            values[count++] = &n->values[parts[i]];
    }
    for (size_t first = 0; first < count; first = end) {
        end = gather_group(n, values, first, count);
        if (first == 0) {
            sum_group(n, sum, values, end);
            continue;
        }
        group = (struct value){0};
        fmpq_init(group.scale);
        sum_group(n, &group, values + first, end - first);
        if (is_zero(sum)) {
            fmpq_swap(sum->scale, group.scale);
            sum->above = group.above;
            sum->below = group.below;
        } else if (!is_zero(&group)) {
            add_crosswise(n, sum, &group);
        }
        fmpq_clear(group.scale);
    }
    memory_free(values);
}

/* Products, powers, quotients. */

static void multiply_values(struct normal *n, struct value *product, const gate_id *parts,
                            size_t count)
{
    fmpq_t scale;

    fmpq_init(scale);
    fmpq_one(scale);
    for (size_t i = 0; i < count; i++)
        fmpq_mul(scale, scale, n->values[parts[i]].scale);
    fmpq_swap(product->scale, scale);
    fmpq_clear(scale);
    for (size_t i = 0; i < count && !is_zero(product); i++) {
        const struct value *factor = &n->values[parts[i]];
        raise_monomial(n, factor, 1);
        product->above = times(n, product->above, factor->above);
        product->below = times(n, product->below, factor->below);
    }
    take_monomial(n, product);
}

static fmpz_mpoly_struct *power(struct normal *n, fmpz_mpoly_struct *p, ulong exponent)
{
    fmpz_mpoly_struct *result;

    if (!p)
        return NULL;
    result = new_polynomial(n);
    fmpz_mpoly_pow_ui(result, p, exponent, n->ring);
    return result;
}

/* value := 1 / value. */
static void invert(struct normal *n, struct value *value)
{
    fmpz_mpoly_struct *below = value->below;

    if (is_zero(value)) {
        n->is_nowhere = true;
        return;
    }
    fmpq_inv(value->scale, value->scale);
    value->below = value->count || value->above ? numerator(n, value) : NULL;
    value->above = below;
    value->count = 0;
}

static void raise_value(struct normal *n, struct value *result, const struct value *base,
                        int64_t exponent)
{
    ulong size = exponent < 0 ? (ulong)-exponent : (ulong)exponent;

    fmpq_set(result->scale, base->scale);
    if (is_zero(base) && exponent > 0)
        return;
    if (!fmpz_is_one(fmpq_denref(base->scale)) || !fmpz_is_pm1(fmpq_numref(base->scale)))
        fmpq_pow_si(result->scale, base->scale, (slong)size);
    else if (size % 2 == 0)
        fmpq_one(result->scale);
    raise_monomial(n, base, size);
    take_monomial(n, result);
    result->above = power(n, base->above, size);
    result->below = power(n, base->below, size);
    if (exponent < 0)
        invert(n, result);
}

static void divide_values(struct normal *n, struct value *quotient,
                          const struct value *above, const struct value *below)
{
    struct value inverse = *below;

    fmpq_init(inverse.scale);
    fmpq_set(inverse.scale, below->scale);
    invert(n, &inverse);
    fmpq_mul(quotient->scale, above->scale, inverse.scale);
    quotient->first = above->first;
    quotient->count = above->count;
    quotient->above = times(n, above->above, inverse.above);
    quotient->below = times(n, above->below, inverse.below);
    fmpq_clear(inverse.scale);
}

static void set_number(const struct normal *n, struct value *value,
                       const struct gate *gate)
{
    if (gate->expression)
        fmpq_set_mpq(value->scale, expr_peek_number(n->circuit->pool, gate->expression));
    else
        fmpq_set_si(value->scale, gate->integer, 1);
}

static void copy_value(struct value *to, const struct value *from)
{
    fmpq_set(to->scale, from->scale);
    to->first = from->first;
    to->count = from->count;
    to->above = from->above;
    to->below = from->below;
}

static void work_out(struct normal *n, gate_id id)
{
    const struct gate *gate = &n->circuit->gates[id];
    const gate_id *parts = n->circuit->parts + gate->first;
    struct value *value = &n->values[id];

    switch (gate->kind) {
    case GATE_NUMBER:
        set_number(n, value, gate);
        break;
    case GATE_UNKNOWN:
        fmpq_one(value->scale);
        raise_unknown(n, gate->first, 1);
        take_monomial(n, value);
        break;
    case GATE_SUM:
        sum_values(n, value, parts, gate->count);
        break;
    case GATE_PRODUCT:
        multiply_values(n, value, parts, gate->count);
        break;
    case GATE_POWER:
        raise_value(n, value, &n->values[parts[0]], gate->integer);
        break;
    case GATE_QUOTIENT:
        divide_values(n, value, &n->values[parts[0]], &n->values[parts[1]]);
        break;
    case GATE_NEGATE:
    case GATE_NAMED:
        copy_value(value, &n->values[parts[0]]);
        if (gate->kind == GATE_NEGATE)
            fmpq_neg(value->scale, value->scale);
        break;
    case GATE_APPLY: /* of these a circuit was rid */
        break;
    }
}

static enum normal_sign sign_of(const struct normal *n, gate_id id)
{
    const struct value *value = &n->values[id];
    bool varies = value->count > 0 || value->below ||
                  (value->above && !fmpz_mpoly_is_fmpz(value->above, n->ring));

    if (is_zero(value))
        return NORMAL_ZERO;
    return varies ? NORMAL_VARIES : NORMAL_CONSTANT;
}

static void set_up(struct normal *n, const struct circuit *circuit)
{
    size_t unknowns = circuit->unknowns.count;

    *n = (struct normal){.circuit = circuit};
    fmpz_mpoly_ctx_init(n->ring, (slong)unknowns, ORD_LEX);
    n->values = memory_zeroed(circuit->count, sizeof *n->values);
    for (size_t i = 0; i < circuit->order_count; i++)
        fmpq_init(n->values[circuit->order[i]].scale);
    n->exponents = memory_zeroed(unknowns + 1, sizeof *n->exponents);
    n->touched = memory_array(NULL, unknowns + 1, sizeof *n->touched);
}

static void clear(struct normal *n)
{
    for (size_t i = 0; i < n->circuit->order_count; i++)
        fmpq_clear(n->values[n->circuit->order[i]].scale);
    for (size_t i = 0; i < n->polynomial_count; i++) {
        fmpz_mpoly_clear(n->polynomials[i], n->ring);
        memory_free(n->polynomials[i]);
    }
    memory_free(n->polynomials);
    memory_free(n->values);
    memory_free(n->factors);
    memory_free(n->exponents);
    memory_free(n->touched);
    fmpz_mpoly_ctx_clear(n->ring);
}

enum normal_sign normal_difference(const struct circuit *circuit,
                                   enum normal_sign *conditions)
{
    enum normal_sign sign;
    struct normal n;

    set_up(&n, circuit);
    for (size_t i = 0; i < circuit->order_count && !n.is_nowhere; i++)
        work_out(&n, circuit->order[i]);
    for (size_t i = 0; i < circuit->condition_count; i++)
        conditions[i] = sign_of(&n, circuit->conditions[i].gate);
    sign = sign_of(&n, circuit->difference);
    clear(&n);
    return sign;
}
