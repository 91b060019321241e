/* A growing circuit at several random points modulo a prime: gates that have the same
   values there are probably equal, and values that hang together linearly show linear
   relations. What is found so is still to be proved. */
#ifndef GRADTEX_PROVE_POINTS_H
#define GRADTEX_PROVE_POINTS_H

#include "prove/chance.h"
#include "prove/circuit.h"

#include <flint/flint.h>
#include <flint/nmod_vec.h>

struct points {
    const struct circuit *circuit;
    struct chance *chance;
    nmod_t mod;
    size_t width;      /* points */
    mp_limb_t *values; /* `width` a gate */
    bool *is_defined;  /* by gate: at all points */
    size_t count, capacity;
};

void points_init(struct points *points, const struct circuit *circuit,
                 struct chance *chance, size_t width);
void points_clear(struct points *points);
/* Works out all gates that the circuit has; it holds no applications. */
void points_extend(struct points *points);
/* The values of a gate that was worked out, or NULL if something is divided by 0. */
const mp_limb_t *points_of(const struct points *points, gate_id gate);

#endif
