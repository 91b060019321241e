#include "prove/factored.h"

#include "base/memory.h"
#include "prove/size.h"

#include <math.h>

/* An unknown, or what the gate `unknown` - `unknowns` has above, to a power. */
struct factor {
    uint32_t unknown;
    double exponent;
};

/* As a value of normal.c: 2^(norm - scale) * factors * above at most; `origin` is the
   gate that made `above`, 0 if that is 1. */
struct form {
    double norm, scale;
    uint32_t first, count;
    gate_id origin;
    struct size above;
};

struct factored {
    const struct circuit *circuit;
    uint32_t unknowns;
    struct form *forms; /* by gate */
    struct factor *factors;
    size_t factor_count, factor_capacity;
    double *exponents; /* by unknown and gate; all 0 between uses, as `met` */
    uint32_t *met;
    bool *is_touched;
    uint32_t *touched;
    size_t touched_count;
    double bytes;
};

static void raise_unknown(struct factored *f, uint32_t unknown, double exponent)
{
    if (!f->is_touched[unknown])
        f->touched[f->touched_count++] = unknown;
    f->is_touched[unknown] = true;
    f->exponents[unknown] += exponent;
}

static void raise_factors(struct factored *f, const struct form *form, double times)
{
    for (uint32_t i = 0; i < form->count; i++) {
        const struct factor *factor = &f->factors[form->first + i];
        raise_unknown(f, factor->unknown, factor->exponent * times);
    }
}

static void forget_exponents(struct factored *f)
{
    while (f->touched_count) {
        uint32_t unknown = f->touched[--f->touched_count];
        f->exponents[unknown] = 0;
        f->met[unknown] = 0;
        f->is_touched[unknown] = false;
    }
}

static void take_factors(struct factored *f, struct form *form)
{
    size_t need = f->factor_count + f->touched_count;

    if (need > f->factor_capacity) {
        f->factor_capacity = need * 2 + 64;
        f->factors = memory_array(f->factors, f->factor_capacity, sizeof *f->factors);
    }
    form->first = (uint32_t)f->factor_count;
    for (size_t i = 0; i < f->touched_count; i++) {
        uint32_t unknown = f->touched[i];
        if (f->exponents[unknown] != 0)
            f->factors[f->factor_count++] =
                (struct factor){unknown, f->exponents[unknown]};
    }
    form->count = (uint32_t)(f->factor_count - form->first);
    forget_exponents(f);
}

/* The least exponents of all terms. */
static void take_common(struct factored *f, struct form *sum, const gate_id *parts,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct form *term = &f->forms[parts[i]];
        for (uint32_t k = 0; k < term->count; k++) {
            const struct factor *factor = &f->factors[term->first + k];
            double *least = &f->exponents[factor->unknown];
            raise_unknown(f, factor->unknown, 0);
            if (f->met[factor->unknown]++ == 0 || factor->exponent < *least)
                *least = factor->exponent;
        }
    }
    for (size_t i = 0; i < f->touched_count; i++) {
        uint32_t unknown = f->touched[i];
        if (f->met[unknown] < count)
            f->exponents[unknown] = fmin(f->exponents[unknown], 0);
    }
    take_factors(f, sum);
}

/* The polynomial of a term without the common factors of the sum. */
static struct size expand_term(struct factored *f, const struct form *sum,
                               const struct form *term)
{
    struct size size = term->origin ? term->above : SIZE_UNIT;

    size.norm += term->norm;
    raise_factors(f, term, 1);
    raise_factors(f, sum, -1);
    for (size_t i = 0; i < f->touched_count; i++) {
        uint32_t unknown = f->touched[i];
        double exponent = f->exponents[unknown];
        if (unknown < f->unknowns)
            size.degree += exponent;
        else if (exponent > 0)
            size = size_multiply(
                size, size_raise(f->forms[unknown - f->unknowns].above, exponent));
    }
    forget_exponents(f);
    return size_capped(size, f->unknowns);
}

static void add_terms(struct factored *f, gate_id id, const gate_id *parts, size_t count)
{
    struct form *sum = &f->forms[id];

    take_common(f, sum, parts, count);
    for (size_t i = 0; i < count; i++)
        sum->scale += f->forms[parts[i]].scale;
    for (size_t i = 0; i < count; i++) {
        const struct form *term = &f->forms[parts[i]];
        struct size size = expand_term(f, sum, term);
        size.norm += sum->scale - term->scale;
        f->bytes += size_bytes(size, 0, f->unknowns);
        sum->above = i ? size_add(sum->above, size) : size;
    }
    sum->above = size_capped(sum->above, f->unknowns);
    f->bytes += size_bytes(sum->above, 0, f->unknowns);
    sum->origin = id;
}

static void multiply(struct factored *f, gate_id id, const gate_id *parts, size_t count)
{
    struct form *product = &f->forms[id];

    for (size_t i = 0; i < count; i++) {
        const struct form *form = &f->forms[parts[i]];
        raise_factors(f, form, 1);
        product->norm += form->norm;
        product->scale += form->scale;
        if (form->origin) {
            bool is_first = product->origin == 0;
            product->above = is_first
                                 ? form->above
                                 : size_capped(size_multiply(product->above, form->above),
                                               f->unknowns);
            product->origin = is_first ? form->origin : id;
            f->bytes += is_first ? 0 : size_bytes(product->above, 0, f->unknowns);
        }
    }
    take_factors(f, product);
}

/* What a sum's coefficients have in common goes to the scale. */
static void raise_form(struct factored *f, struct form *power, const struct form *base,
                       double n)
{
    double norm = base->norm + (base->origin ? base->above.norm : 0);

    raise_factors(f, base, n);
    if (base->origin)
        raise_unknown(f, f->unknowns + base->origin, n);
    take_factors(f, power);
    power->norm = (n > 0 ? norm : base->scale) * fabs(n);
    power->scale = (n > 0 ? base->scale : norm) * fabs(n);
    f->bytes += base->origin ? size_bytes(base->above, 0, f->unknowns) : 0;
}

static void divide(struct factored *f, struct form *quotient, const struct form *above,
                   const struct form *below)
{
    struct form inverse = {0};

    raise_form(f, &inverse, below, -1);
    raise_factors(f, above, 1);
    raise_factors(f, &inverse, 1);
    take_factors(f, quotient);
    quotient->norm = above->norm + inverse.norm;
    quotient->scale = above->scale + inverse.scale;
    quotient->above = above->above;
    quotient->origin = above->origin;
}

static void set_number(const struct factored *f, struct form *form,
                       const struct gate *gate)
{
    mpq_srcptr q;

    if (gate->expression == 0) {
        form->norm = log2(fabs((double)gate->integer) + 1);
        return;
    }
    q = expr_peek_number(f->circuit->pool, gate->expression);
    form->norm = (double)mpz_sizeinbase(mpq_numref(q), 2);
    form->scale = (double)mpz_sizeinbase(mpq_denref(q), 2);
}

static void work_out(struct factored *f, gate_id id)
{
    const struct gate *gate = &f->circuit->gates[id];
    const gate_id *parts = f->circuit->parts + gate->first;
    struct form *form = &f->forms[id];

    switch (gate->kind) {
    case GATE_NUMBER:
        set_number(f, form, gate);
        break;
    case GATE_UNKNOWN:
        raise_unknown(f, gate->first, 1);
        take_factors(f, form);
        break;
    case GATE_SUM:
        add_terms(f, id, parts, gate->count);
        break;
    case GATE_PRODUCT:
        multiply(f, id, parts, gate->count);
        break;
    case GATE_POWER:
        raise_form(f, form, &f->forms[parts[0]], (double)gate->integer);
        break;
    case GATE_QUOTIENT:
        divide(f, form, &f->forms[parts[0]], &f->forms[parts[1]]);
        break;
    default:
        *form = f->forms[parts[0]];
        break;
    }
}

double factored_bytes(const struct circuit *circuit)
{
    size_t wide = circuit->unknowns.count + circuit->count;
    struct factored f = {.circuit = circuit,
                         .unknowns = (uint32_t)circuit->unknowns.count};

    f.forms = memory_zeroed(circuit->count, sizeof *f.forms);
    f.exponents = memory_zeroed(wide, sizeof *f.exponents);
    f.met = memory_zeroed(wide, sizeof *f.met);
    f.is_touched = memory_zeroed(wide, sizeof *f.is_touched);
    f.touched = memory_array(NULL, wide, sizeof *f.touched);
    for (size_t i = 0; i < circuit->order_count; i++)
        work_out(&f, circuit->order[i]);
    memory_free(f.forms);
    memory_free(f.factors);
    memory_free(f.exponents);
    memory_free(f.met);
    memory_free(f.is_touched);
    memory_free(f.touched);
    return f.bytes;
}
