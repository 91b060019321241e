/* One look at many expressions. */
#include "base/memory.h"
#include "prove/functions.h"
#include "prove/modular.h"
#include "prove/prover.h"

enum { TRIES = 3 };

static bool evaluate(struct prover *prover, const struct circuit *circuit,
                     mp_limb_t prime, uint64_t *values)
{
    struct modular modular;
    mp_limb_t *point = memory_array(NULL, circuit->unknowns.count + 1, sizeof *point);

    modular_init(&modular, circuit, prime);
    for (size_t i = 0; i < circuit->unknowns.count; i++)
        point[i] = chance_below(&prover->chance, prime);
    bool is_defined = modular_evaluate(&modular, point);
    for (size_t i = 0; is_defined && i < circuit->output_count; i++)
        values[i] = modular.values[circuit->outputs[i]];
    modular_clear(&modular);
    memory_free(point);
    return is_defined;
}

bool prove_values(struct prover *prover, const expr_id *expressions, size_t count,
                  uint64_t *values, uint64_t *prime)
{
    const struct unfolding all = {.use_lemmas = false, .from = 0};
    struct circuit circuit;
    bool is_found = false;

    lower_grant(&prover->lowering, NULL, 0);
    if (!lower_make_all(&prover->lowering, &circuit, expressions, count, all)) {
        if (functions_occur(&circuit))
            functions_eliminate(&circuit, &prover->chance, prover->budget->max_bytes);
        for (size_t i = 0; i < TRIES && !is_found; i++) {
            *prime = prover->primes[i % PROVER_PRIMES];
            is_found = evaluate(prover, &circuit, *prime, values);
        }
    }
    circuit_clear(&circuit);
    return is_found;
}
