/* What a prover keeps from proof to proof. */
#ifndef GRADTEX_PROVE_PROVER_H
#define GRADTEX_PROVE_PROVER_H

#include "prove/chance.h"
#include "prove/lower.h"
#include "prove/prove.h"

#include <flint/flint.h>

enum { PROVER_PRIMES = 3 }; /* of a probable verdict, one point each */

struct prover {
    struct lowering lowering;
    const struct budget *budget;
    struct chance chance;
    mp_limb_t primes[PROVER_PRIMES]; /* 0: not drawn yet */
};

/* Drawn when it is first needed: most proofs need one. */
mp_limb_t prover_prime(struct prover *prover, size_t i);

#endif
