#include "prove/exact.h"

#include "base/memory.h"

enum { BITS = 1 << 20 };

struct exact {
    const struct circuit *circuit;
    mpq_t *values; /* by gate */
};

static double bits_of(mpq_srcptr q)
{
    return (double)mpz_sizeinbase(mpq_numref(q), 2) +
           (double)mpz_sizeinbase(mpq_denref(q), 2);
}

static enum exact_status fits(mpq_srcptr value)
{
    return bits_of(value) > BITS ? EXACT_TOO_LARGE : EXACT_OK;
}

static void set_number(const struct exact *x, mpq_ptr value, const struct gate *gate)
{
    if (gate->expression)
        mpq_set(value, expr_peek_number(x->circuit->pool, gate->expression));
    else
        mpq_set_si(value, gate->integer, 1);
}

static enum exact_status combine(const struct exact *x, mpq_ptr value,
                                 const struct gate *gate)
{
    const gate_id *parts = x->circuit->parts + gate->first;
    enum exact_status status = EXACT_OK;

    mpq_set(value, x->values[parts[0]]);
    for (size_t i = 1; i < gate->count && status == EXACT_OK; i++) {
        if (gate->kind == GATE_SUM)
            mpq_add(value, value, x->values[parts[i]]);
        else
            mpq_mul(value, value, x->values[parts[i]]);
        status = fits(value);
    }
    return status;
}

static bool is_unit(mpq_srcptr q)
{
    return mpz_cmp_ui(mpq_denref(q), 1) == 0 && mpz_cmpabs_ui(mpq_numref(q), 1) <= 0;
}

static enum exact_status power(mpq_ptr value, mpq_srcptr base, int64_t n)
{
    uint64_t size = n < 0 ? (uint64_t)-n : (uint64_t)n;

    if (mpq_sgn(base) == 0 && n < 0)
        return EXACT_UNDEFINED;
    if (is_unit(base))
        size = size % 2 ? 1 : 2;
    if ((double)size * bits_of(base) > BITS)
        return EXACT_TOO_LARGE;
    mpz_pow_ui(mpq_numref(value), mpq_numref(base), size);
    mpz_pow_ui(mpq_denref(value), mpq_denref(base), size);
    if (n < 0)
        mpq_inv(value, value);
    return EXACT_OK;
}

static enum exact_status work_out(const struct exact *x, gate_id id, const mpq_t *point)
{
    const struct gate *gate = &x->circuit->gates[id];
    const gate_id *parts = x->circuit->parts + gate->first;
    mpq_ptr value = x->values[id];

    switch (gate->kind) {
    case GATE_NUMBER:
        set_number(x, value, gate);
        return EXACT_OK;
    case GATE_UNKNOWN:
        mpq_set(value, point[gate->first]);
        return EXACT_OK;
    case GATE_NAMED:
        mpq_set(value, x->values[parts[0]]);
        return EXACT_OK;
    case GATE_NEGATE:
        mpq_neg(value, x->values[parts[0]]);
        return EXACT_OK;
    case GATE_POWER:
        return power(value, x->values[parts[0]], gate->integer);
    case GATE_QUOTIENT:
        if (mpq_sgn(x->values[parts[1]]) == 0)
            return EXACT_UNDEFINED;
        mpq_div(value, x->values[parts[0]], x->values[parts[1]]);
        return fits(value);
    default:
        return combine(x, value, gate);
    }
}

enum exact_status exact_sides(const struct circuit *circuit, const mpq_t *point,
                              mpq_t left, mpq_t right)
{
    struct exact x = {circuit, memory_array(NULL, circuit->count, sizeof(mpq_t))};
    enum exact_status status = EXACT_OK;

    for (size_t i = 0; i < circuit->order_count; i++)
        mpq_init(x.values[circuit->order[i]]);
    for (size_t i = 0; i < circuit->order_count && status == EXACT_OK; i++)
        status = work_out(&x, circuit->order[i], point);
    if (status == EXACT_OK) {
        mpq_set(left, x.values[circuit->left]);
        mpq_set(right, x.values[circuit->right]);
    }
    for (size_t i = 0; i < circuit->order_count; i++)
        mpq_clear(x.values[circuit->order[i]]);
    memory_free(x.values);
    return status;
}
