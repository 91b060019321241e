/* One look at many expressions. */
#include "base/memory.h"
#include "expr/function.h"
#include "prove/modular.h"
#include "prove/prover.h"

/* Functions take the values of a hash with a secret key. */
struct oracle {
    struct modular modular;
    uint64_t key;
    bool *is_nowhere; /* by gate */
};

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ hash >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return hash ^ hash >> 29;
}

/* Half of the values count as above 0, so that -z is where z is not. */
static bool is_positive(const struct oracle *o, mp_limb_t value)
{
    return value != 0 && value <= o->modular.mod.n / 2;
}

static mp_limb_t hashed(const struct oracle *o, expr_id function, mp_limb_t argument)
{
    mp_limb_t value = mix(mix(o->key, function), argument) % o->modular.mod.n;
    return value ? value : 1;
}

static mp_limb_t exponential(const struct oracle *o, expr_id function, mp_limb_t z)
{
    nmod_t mod = o->modular.mod;
    if (z == 0)
        return 1;
    return is_positive(o, z) ? hashed(o, function, z)
                             : nmod_inv(hashed(o, function, nmod_neg(z, mod)), mod);
}

static mp_limb_t apply(const struct oracle *o, const struct gate *gate)
{
    const struct circuit *circuit = o->modular.circuit;
    nmod_t mod = o->modular.mod;
    const gate_id *parts = circuit->parts + gate->first;
    mp_limb_t z = o->modular.values[parts[0]], y;
    switch (function_peek(circuit->pool, gate->expression)->id) {
    case FUNCTION_EXP:
        return exponential(o, gate->expression, z);
    case FUNCTION_STEP:
        return is_positive(o, z);
    case FUNCTION_SIGN:
        return is_positive(o, z) ? 1 : nmod_neg(z != 0, mod);
    case FUNCTION_MAX:
        y = o->modular.values[parts[1]];
        return is_positive(o, nmod_sub(z, y, mod)) ? z : y;
    default:
        return hashed(o, gate->expression, z);
    }
}

static bool has_parts(const struct gate *gate)
{
    return gate->kind != GATE_NUMBER && gate->kind != GATE_UNKNOWN;
}

/* What hangs on something that has no value has none. */
static bool evaluate_gate(struct oracle *o, gate_id id, const mp_limb_t *point)
{
    const struct circuit *circuit = o->modular.circuit;
    const struct gate *gate = &circuit->gates[id];
    for (size_t i = 0; has_parts(gate) && i < gate->count; i++)
        if (o->is_nowhere[circuit_part(circuit, id, i)])
            return false;
    if (gate->kind != GATE_APPLY)
        return modular_evaluate_gate(&o->modular, id, point);
    o->modular.values[id] = apply(o, gate);
    return true;
}

static void evaluate(struct prover *prover, const struct circuit *circuit,
                     mp_limb_t prime, uint64_t *values)
{
    struct oracle o = {.key = chance_next(&prover->chance)};
    mp_limb_t *point = memory_array(NULL, circuit->unknowns.count + 1, sizeof *point);
    o.is_nowhere = memory_zeroed(circuit->count, sizeof *o.is_nowhere);
    modular_init(&o.modular, circuit, prime);
    for (size_t i = 0; i < circuit->unknowns.count; i++)
        point[i] = chance_below(&prover->chance, prime);
    for (size_t i = 0; i < circuit->order_count; i++)
        o.is_nowhere[circuit->order[i]] = !evaluate_gate(&o, circuit->order[i], point);
    for (size_t i = 0; i < circuit->output_count; i++)
        values[i] = o.is_nowhere[circuit->outputs[i]]
                        ? PROVE_NO_VALUE
                        : o.modular.values[circuit->outputs[i]];
    modular_clear(&o.modular);
    memory_free(o.is_nowhere);
    memory_free(point);
}

bool prove_values(struct prover *prover, const expr_id *expressions, size_t count,
                  uint64_t *values, uint64_t *prime)
{
    const struct unfolding all = {.use_lemmas = false, .from = 0};
    struct circuit circuit;
    lower_grant(&prover->lowering, NULL, 0);
    bool is_made = !lower_make_all(&prover->lowering, &circuit, expressions, count, all);
    *prime = prover_prime(prover, 0);
    if (is_made)
        evaluate(prover, &circuit, *prime, values);
    circuit_clear(&circuit);
    return is_made;
}
