#include "prove/exponents.h"

#include "base/memory.h"
#include "prove/zero.h"

#include <flint/fmpq.h>
#include <flint/ulong_extras.h>

enum {
    SPARE = 3,         /* points more than members: no relation by chance */
    MAX_ROOT = 1 << 30 /* greater common denominators are not looked for */
};

void exponents_init(struct exponents *x, struct circuit *circuit,
                    const struct points *points, struct exponent_roots *roots,
                    size_t max_bytes)
{
    size_t width = points->width;

    *x = (struct exponents){
        .circuit = circuit, .points = points, .roots = roots, .max_bytes = max_bytes};
    x->capacity = width > SPARE ? width - SPARE : 0;
    x->items = memory_array(NULL, x->capacity + 1, sizeof *x->items);
    x->pivots = memory_array(NULL, x->capacity + 1, sizeof *x->pivots);
    x->rows = memory_array(NULL, x->capacity * width + 1, sizeof *x->rows);
    x->made = memory_array(NULL, x->capacity * x->capacity + 1, sizeof *x->made);
    x->row = memory_array(NULL, width + 1, sizeof *x->row);
    x->coefficients = memory_array(NULL, x->capacity + 1, sizeof *x->coefficients);
}

void exponents_clear(struct exponents *x)
{
    memory_free(x->items);
    memory_free(x->pivots);
    memory_free(x->rows);
    memory_free(x->made);
    memory_free(x->row);
    memory_free(x->coefficients);
}

/* Splits values into a combination of the items, in `coefficients`, and the rest, in
   `row`. Whether there is no rest. */
static bool reduce(struct exponents *x, const mp_limb_t *values)
{
    size_t width = x->points->width;
    nmod_t mod = x->points->mod;
    bool is_zero = true;

    for (size_t t = 0; t < width; t++)
        x->row[t] = values[t];
    for (size_t i = 0; i < x->count; i++)
        x->coefficients[i] = 0;
    for (size_t k = 0; k < x->count; k++) {
        mp_limb_t factor = x->row[x->pivots[k]];
        if (factor == 0)
            continue;
        _nmod_vec_scalar_addmul_nmod(x->row, x->rows + k * width, (slong)width,
                                     nmod_neg(factor, mod), mod);
        _nmod_vec_scalar_addmul_nmod(x->coefficients, x->made + k * x->capacity,
                                     (slong)x->count, factor, mod);
    }
    for (size_t t = 0; t < width; t++)
        is_zero = is_zero && x->row[t] == 0;
    return is_zero;
}

/* Takes the rest that `reduce` left as the row of a new item. */
static void add_item(struct exponents *x, struct exponent item)
{
    size_t width = x->points->width, pivot = 0, k = x->count;
    mp_limb_t *row = x->rows + k * width, *made = x->made + k * x->capacity, inverse;
    nmod_t mod = x->points->mod;

    while (x->row[pivot] == 0)
        pivot++;
    inverse = nmod_inv(x->row[pivot], mod);
    _nmod_vec_scalar_mul_nmod(row, x->row, (slong)width, inverse, mod);
    _nmod_vec_scalar_mul_nmod(made, x->coefficients, (slong)k, nmod_neg(inverse, mod),
                              mod);
    for (size_t i = k; i < x->capacity; i++)
        made[i] = 0;
    made[k] = inverse;
    x->pivots[k] = pivot;
    x->items[x->count++] = item;
}

static uint32_t root_of(const struct exponents *x, size_t number)
{
    return number < x->roots->count ? x->roots->roots[number] : 1;
}

static void want_root(struct exponents *x, size_t number, uint32_t root)
{
    struct exponent_roots *roots = x->roots;

    if (number >= roots->count) {
        roots->roots = memory_array(roots->roots, number + 1, sizeof *roots->roots);
        while (roots->count <= number)
            roots->roots[roots->count++] = 1;
    }
    roots->roots[number] = root;
    roots->is_changed = true;
}

/* A coefficient as the exponent of an item's base. False if there is no such integer; a
   root that would give one is asked for. */
static bool read_exponent(struct exponents *x, size_t number, fmpq_t coefficient,
                          int64_t *exponent)
{
    struct exponent *item = &x->items[number];
    fmpz_t modulus, value;
    ulong below, root;
    bool ok;

    fmpz_init_set_ui(modulus, x->points->mod.n);
    fmpz_init_set_ui(value, x->coefficients[number]);
    ok = fmpq_reconstruct_fmpz(coefficient, value, modulus) &&
         fmpz_cmp_ui(fmpq_denref(coefficient), MAX_ROOT) <= 0;
    fmpz_clear(modulus);
    fmpz_clear(value);
    if (!ok)
        return false;
    below = fmpz_get_ui(fmpq_denref(coefficient));
    root = item->root / n_gcd(item->root, below) * below;
    if (root != item->root) {
        if (!item->is_logarithm && root <= MAX_ROOT)
            want_root(x, number, (uint32_t)root);
        return false;
    }
    *exponent = fmpz_get_si(fmpq_numref(coefficient)) * (int64_t)(item->root / below);
    return true;
}

/* coefficient * argument */
static gate_id scaled(struct circuit *circuit, const fmpq_t coefficient, gate_id argument)
{
    gate_id above = circuit_integer(circuit, fmpz_get_si(fmpq_numref(coefficient))),
            below = circuit_integer(circuit, fmpz_get_si(fmpq_denref(coefficient)));

    above = circuit_product(circuit, (gate_id[]){above, argument}, 2);
    return below == GATE_ONE ? above : circuit_quotient(circuit, above, below);
}

/* The combination that was found, proved: the product of the powers, or 0. */
static gate_id take_combination(struct exponents *x, gate_id argument)
{
    struct circuit *circuit = x->circuit;
    gate_id above = GATE_ONE, below = GATE_ONE, rest = argument;
    bool is_complete = true, ok = true;
    int64_t exponent;
    fmpq_t coefficient;

    fmpq_init(coefficient);
    for (size_t i = 0; i < x->count; i++) {
        gate_id *side, factor;
        if (x->coefficients[i] == 0)
            continue;
        ok = read_exponent(x, i, coefficient, &exponent);
        is_complete = is_complete && ok;
        if (!ok)
            continue;
        side = exponent < 0 ? &below : &above;
        factor =
            circuit_power(circuit, x->items[i].base, exponent < 0 ? -exponent : exponent);
        *side = circuit_product(circuit, (gate_id[]){*side, factor}, 2);
        fmpq_neg(coefficient, coefficient);
        factor = scaled(circuit, coefficient, x->items[i].argument);
        rest = circuit_sum(circuit, (gate_id[]){rest, factor}, 2);
    }
    fmpq_clear(coefficient);
    if (!is_complete || !zero_is_proved(circuit, rest, x->max_bytes))
        return 0;
    return below == GATE_ONE ? above : circuit_quotient(circuit, above, below);
}

gate_id exponents_power(struct exponents *x, gate_id argument)
{
    const mp_limb_t *values = points_of(x->points, argument);
    struct exponent item = {.argument = argument};

    if (!values)
        return 0;
    if (reduce(x, values))
        return take_combination(x, argument);
    if (x->count == x->capacity)
        return 0;
    item.root = root_of(x, x->count);
    item.base = circuit_fresh(x->circuit, true);
    add_item(x, item);
    return circuit_power(x->circuit, item.base, item.root);
}

void exponents_enter(struct exponents *x, gate_id argument, gate_id base)
{
    const mp_limb_t *values = points_of(x->points, argument);

    if (x->count < x->capacity && values && !reduce(x, values))
        add_item(x, (struct exponent){argument, base, 1, true});
}

const struct exponent *exponents_find(const struct exponents *x, gate_id base)
{
    for (size_t i = 0; i < x->count; i++) {
        if (x->items[i].base == base)
            return &x->items[i];
    }
    return NULL;
}
