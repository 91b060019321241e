/* Circuits evaluated in balls: what functions take at rational points, enclosed. */
#ifndef GRADTEX_PROVE_ENCLOSE_H
#define GRADTEX_PROVE_ENCLOSE_H

#include "prove/chance.h"
#include "prove/circuit.h"

#include <flint/flint.h>
#ifdef GTX_FLINT3
#include <flint/arb.h>
#else
#include <arb.h>
#endif

/* A value that was given to an arbitrary function, or to a derivative of one, of a
   certain argument. */
struct enclose_value {
    gate_id application;
    long value;
};

struct enclose {
    const struct circuit *circuit; /* finished; it may hold applications */
    arb_ptr values;                /* by gate */
    struct enclose_value *given;   /* at the last point */
    size_t given_count;
    uint64_t choice; /* of what arbitrary functions are; each gives others */
};

void enclose_init(struct enclose *enclose, const struct circuit *circuit);
void enclose_clear(struct enclose *enclose);
/* Fills the values for one value of each unknown, with about so many bits. False if it is
   not certain that everything is defined there, that the conditions hold, or which
   arguments of an arbitrary function are equal. */
bool enclose_point(struct enclose *enclose, const mpq_t *point, slong bits);

#endif
