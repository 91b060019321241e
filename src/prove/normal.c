#include "prove/normal.h"

#include "base/memory.h"

#include <flint/flint.h>
#include <flint/fmpq.h>
#include <flint/fmpz_mpoly.h>
#include <flint/fmpz_vec.h>
#include <string.h>

/* An unknown, or a divisor as number `unknowns` and on, to a power. */
struct factor {
    uint32_t unknown;
    int64_t exponent;
};

/* A gate's value: scale * factors * above. NULL for `above` is 1; polynomials are shared
   between values. Divisors are kept as factors, so that equal ones cancel. */
struct value {
    fmpq_t scale;
    uint32_t first, count; /* of the factors */
    fmpz_mpoly_struct *above;
};

struct normal {
    const struct circuit *circuit;
    size_t unknowns;
    fmpz_mpoly_ctx_t ring;
    struct value *values; /* by gate */
    struct factor *factors;
    size_t factor_count, factor_capacity;
    fmpz_mpoly_struct **polynomials;
    size_t polynomial_count, polynomial_capacity;
    fmpz_mpoly_struct **divisors; /* primitive, their first coefficient above 0 */
    size_t divisor_count;
    int64_t *exponents; /* by unknown and divisor; all 0 between uses */
    ulong *monomial;    /* by unknown; all 0 between uses */
    uint32_t *met; /* by unknown and divisor: in how many terms; all 0 between uses */
    bool *is_touched;
    uint32_t *touched; /* those whose exponent may be other than 0 */
    size_t touched_count, exponent_capacity;
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

/* Factors. */

static void reserve_exponents(struct normal *n, size_t count)
{
    size_t old = n->exponent_capacity;

    if (count <= old)
        return;
    n->exponent_capacity = count * 2 + 16;
    n->exponents = memory_array(n->exponents, n->exponent_capacity, sizeof *n->exponents);
    n->met = memory_array(n->met, n->exponent_capacity, sizeof *n->met);
    n->is_touched =
        memory_array(n->is_touched, n->exponent_capacity, sizeof *n->is_touched);
    n->touched = memory_array(n->touched, n->exponent_capacity, sizeof *n->touched);
    for (size_t i = old; i < n->exponent_capacity; i++) {
        n->exponents[i] = 0;
        n->met[i] = 0;
        n->is_touched[i] = false;
    }
}

static void raise_unknown(struct normal *n, uint32_t unknown, int64_t exponent)
{
    if (!n->is_touched[unknown])
        n->touched[n->touched_count++] = unknown;
    n->is_touched[unknown] = true;
    n->exponents[unknown] += exponent;
}

static void raise_factors(struct normal *n, const struct value *value, int64_t times)
{
    for (uint32_t i = 0; i < value->count; i++) {
        const struct factor *factor = &n->factors[value->first + i];
        raise_unknown(n, factor->unknown, factor->exponent * times);
    }
}

static void forget_exponents(struct normal *n)
{
    while (n->touched_count) {
        uint32_t unknown = n->touched[--n->touched_count];
        n->exponents[unknown] = 0;
        n->is_touched[unknown] = false;
    }
}

/* Takes the gathered exponents as the factors of a value. */
static void take_factors(struct normal *n, struct value *value)
{
    size_t need = n->factor_count + n->touched_count;

    if (need > n->factor_capacity) {
        n->factor_capacity = need * 2 + 64;
        n->factors = memory_array(n->factors, n->factor_capacity, sizeof *n->factors);
    }
    value->first = (uint32_t)n->factor_count;
    for (size_t i = 0; i < n->touched_count; i++) {
        uint32_t unknown = n->touched[i];
        if (n->exponents[unknown])
            n->factors[n->factor_count++] =
                (struct factor){unknown, n->exponents[unknown]};
    }
    value->count = (uint32_t)(n->factor_count - value->first);
    forget_exponents(n);
}

/* The number of a divisor that is the primitive part of `p`; scale is multiplied by what
   that leaves. */
static uint32_t find_divisor(struct normal *n, fmpz_mpoly_struct *p, fmpq_t scale)
{
    fmpz_mpoly_struct *primitive = new_polynomial(n);
    fmpz_t content;

    fmpz_init(content);
    _fmpz_vec_content(content, p->coeffs, p->length);
    if (fmpz_sgn(p->coeffs) < 0)
        fmpz_neg(content, content);
    fmpz_mpoly_scalar_divexact_fmpz(primitive, p, content, n->ring);
    fmpq_mul_fmpz(scale, scale, content);
    fmpz_clear(content);
    for (size_t i = 0; i < n->divisor_count; i++) {
        if (fmpz_mpoly_equal(n->divisors[i], primitive, n->ring))
            return (uint32_t)(n->unknowns + i);
    }
    n->divisors =
        memory_array(n->divisors, n->divisor_count + 1, sizeof(fmpz_mpoly_struct *));
    n->divisors[n->divisor_count++] = primitive;
    reserve_exponents(n, n->unknowns + n->divisor_count);
    return (uint32_t)(n->unknowns + n->divisor_count - 1);
}

/* Sums: what all terms have in common, the least exponents, is taken out; monomials are
   pushed, sorted and combined once; polynomials are added in pairs, level by level, so
   that no long sum is copied for each short one. */

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

/* The factors that values have in common become those of `sum`. */
static void take_common(struct normal *n, struct value *sum, struct value **values,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < values[i]->count; k++) {
            const struct factor *factor = &n->factors[values[i]->first + k];
            int64_t *least = &n->exponents[factor->unknown];
            raise_unknown(n, factor->unknown, 0);
            if (n->met[factor->unknown]++ == 0 || factor->exponent < *least)
                *least = factor->exponent;
        }
    }
    for (size_t i = 0; i < n->touched_count; i++) {
        uint32_t unknown = n->touched[i];
        if (n->met[unknown] < count && n->exponents[unknown] > 0)
            n->exponents[unknown] = 0;
        n->met[unknown] = 0;
    }
    take_factors(n, sum);
}

/* The polynomial of the gathered exponents, none below 0, that belong to divisors; NULL
   is 1. */
static fmpz_mpoly_struct *expand_divisors(struct normal *n)
{
    fmpz_mpoly_struct *product = NULL, *power;

    for (size_t i = 0; i < n->touched_count; i++) {
        uint32_t unknown = n->touched[i];
        if (unknown < n->unknowns || n->exponents[unknown] == 0)
            continue;
        power = new_polynomial(n);
        fmpz_mpoly_pow_ui(power, n->divisors[unknown - n->unknowns],
                          (ulong)n->exponents[unknown], n->ring);
        product = times(n, product, power);
    }
    return product;
}

/* Adds coefficient times the gathered unknowns as a term. */
static void push_monomial(struct normal *n, fmpz_mpoly_struct *p,
                          const fmpz_t coefficient)
{
    for (size_t i = 0; i < n->touched_count; i++) {
        if (n->touched[i] < n->unknowns)
            n->monomial[n->touched[i]] = (ulong)n->exponents[n->touched[i]];
    }
    fmpz_mpoly_push_term_fmpz_ui(p, coefficient, n->monomial, n->ring);
    for (size_t i = 0; i < n->touched_count; i++) {
        if (n->touched[i] < n->unknowns)
            n->monomial[n->touched[i]] = 0;
    }
}

/* A term without the common factors of the sum: put among the monomials, or returned. */
static fmpz_mpoly_struct *expand_term(struct normal *n, const struct value *sum,
                                      const struct value *term, const fmpz_t coefficient,
                                      fmpz_mpoly_struct *monomials)
{
    fmpz_mpoly_struct *rest, *own;

    raise_factors(n, term, 1);
    raise_factors(n, sum, -1);
    rest = times(n, expand_divisors(n), term->above);
    own = rest ? new_polynomial(n) : monomials;
    push_monomial(n, own, coefficient);
    forget_exponents(n);
    return rest ? times(n, own, rest) : NULL;
}

/* The terms' numerators, times `common` to be integer, added. */
static fmpz_mpoly_struct *add_terms(struct normal *n, const struct value *sum,
                                    struct value **values, size_t count,
                                    const fmpz_t common)
{
    fmpz_mpoly_struct **items =
                          memory_array(NULL, count + 1, sizeof(fmpz_mpoly_struct *)),
                      *result, *monomials = new_polynomial(n);
    size_t item_count = 0;
    fmpz_t coefficient;

    fmpz_init(coefficient);
    for (size_t i = 0; i < count; i++) {
        fmpz_divexact(coefficient, common, fmpq_denref(values[i]->scale));
        fmpz_mul(coefficient, coefficient, fmpq_numref(values[i]->scale));
        result = expand_term(n, sum, values[i], coefficient, monomials);
        if (result)
            items[item_count++] = result;
    }
    fmpz_clear(coefficient);
    fmpz_mpoly_sort_terms(monomials, n->ring);
    fmpz_mpoly_combine_like_terms(monomials, n->ring);
    items[item_count++] = monomials;
    result = sum_pairwise(n, items, item_count);
    memory_free(items);
    return result;
}

/* A sum that came down to one term is kept as its factors; the coefficient belongs to the
   scale. */
static void take_single_term(struct normal *n, struct value *sum)
{
    fmpz_mpoly_get_term_exp_ui(n->monomial, sum->above, 0, n->ring);
    raise_factors(n, sum, 1);
    for (size_t i = 0; i < n->unknowns; i++) {
        if (n->monomial[i])
            raise_unknown(n, (uint32_t)i, (int64_t)n->monomial[i]);
        n->monomial[i] = 0;
    }
    sum->above = NULL;
    take_factors(n, sum);
}

static void add_values(struct normal *n, struct value *sum, struct value **values,
                       size_t count)
{
    fmpz_t common, above;

    fmpz_init_set_ui(common, 1);
    fmpz_init_set_ui(above, 1);
    for (size_t i = 0; i < count; i++)
        fmpz_lcm(common, common, fmpq_denref(values[i]->scale));
    take_common(n, sum, values, count);
    sum->above = add_terms(n, sum, values, count, common);
    if (sum->above->length == 0)
        fmpz_zero(above);
    if (sum->above->length == 1) {
        fmpz_set(above, sum->above->coeffs);
        take_single_term(n, sum);
    }
    fmpq_set_fmpz_frac(sum->scale, above, common);
    fmpz_clear(common);
    fmpz_clear(above);
}

static void sum_values(struct normal *n, struct value *sum, const gate_id *parts,
                       size_t part_count)
{
    struct value **values = memory_array(NULL, part_count, sizeof *values);
    size_t count = 0;

    for (size_t i = 0; i < part_count; i++) {
        if (!is_zero(&n->values[parts[i]]))
            values[count++] = &n->values[parts[i]];
    }
    if (count)
        add_values(n, sum, values, count);
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
        raise_factors(n, factor, 1);
        product->above = times(n, product->above, factor->above);
    }
    take_factors(n, product);
}

static void set_power(fmpq_t power, const fmpq_t base, int64_t exponent)
{
    bool is_unit = fmpz_is_one(fmpq_denref(base)) && fmpz_is_pm1(fmpq_numref(base));

    if (!is_unit)
        fmpq_pow_si(power, base, (slong)exponent);
    else if (exponent % 2)
        fmpq_set(power, base);
    else
        fmpq_one(power);
}

/* A sum to a power is not multiplied out before it is added to something. */
static void raise_value(struct normal *n, struct value *result, const struct value *base,
                        int64_t exponent)
{
    fmpq_t scale;

    if (is_zero(base)) {
        n->is_nowhere = n->is_nowhere || exponent < 0;
        return;
    }
    fmpq_init(scale);
    fmpq_set(scale, base->scale);
    raise_factors(n, base, exponent);
    if (base->above) {
        uint32_t divisor = find_divisor(n, base->above, scale);
        raise_unknown(n, divisor, exponent);
    }
    take_factors(n, result);
    set_power(result->scale, scale, exponent);
    fmpq_clear(scale);
}

static void divide_values(struct normal *n, struct value *quotient,
                          const struct value *above, const struct value *below)
{
    struct value inverse = {0};

    fmpq_init(inverse.scale);
    raise_value(n, &inverse, below, -1);
    fmpq_mul(quotient->scale, above->scale, inverse.scale);
    raise_factors(n, above, 1);
    raise_factors(n, &inverse, 1);
    take_factors(n, quotient);
    quotient->above = above->above;
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
        take_factors(n, value);
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
    if (is_zero(value))
        return NORMAL_ZERO;
    return value->count || value->above ? NORMAL_VARIES : NORMAL_CONSTANT;
}

static void set_up(struct normal *n, const struct circuit *circuit)
{
    size_t unknowns = circuit->unknowns.count;

    *n = (struct normal){.circuit = circuit, .unknowns = unknowns};
    fmpz_mpoly_ctx_init(n->ring, (slong)unknowns, ORD_LEX);
    n->values = memory_zeroed(circuit->count, sizeof *n->values);
    for (size_t i = 0; i < circuit->order_count; i++)
        fmpq_init(n->values[circuit->order[i]].scale);
    n->monomial = memory_zeroed(unknowns + 1, sizeof *n->monomial);
    reserve_exponents(n, unknowns + 1);
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
    memory_free(n->divisors);
    memory_free(n->exponents);
    memory_free(n->monomial);
    memory_free(n->met);
    memory_free(n->is_touched);
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
