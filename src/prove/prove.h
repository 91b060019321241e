/* Are two expressions equal? Decided by normal form; a random evaluation filters and
   refutes.

   Derivatives are eliminated here, by tangents, not by the rules that derive uses.
   Symbols that have a definition are first kept as unknowns, then replaced by it where
   that is needed. */
#ifndef GRADTEX_PROVE_PROVE_H
#define GRADTEX_PROVE_PROVE_H

#include "base/budget.h"
#include "expr/defs.h"
#include "expr/walk.h"

#include <gmp.h>

enum verdict {
    VERDICT_PROVED,   /* equal for all values where both sides are defined */
    VERDICT_REFUTED,  /* with a witness */
    VERDICT_PROBABLE, /* equal at random points modulo secret random primes */
    VERDICT_UNDECIDED /* with a reason */
};

/* A value of a free symbol in a counterexample, or of an arbitrary function or a
   derivative of it applied to a number: f'(2). */
struct witness {
    expr_id symbol;
    mpq_t value;
};

struct proof {
    enum verdict verdict;
    /* Proved: expressions that must not be 0 (each printed as `… \neq 0`). */
    struct expr_list conditions;
    /* Refuted: values of the free symbols that matter (0 and 1 first; with functions, of
       all), and both sides there; a side that is defined nowhere has has_left or
       has_right false. */
    struct witness *witnesses;
    size_t witness_count;
    mpq_t left, right;
    mpq_t left_error, right_error; /* 0: the side is exact; else a rounded decimal, and
                                      how far off it is at most */
    bool has_left, has_right;
    bool is_too_long; /* the sides differ there, but their values are too long to be
                         worked out */
    /* Probable: a false equality would have passed with probability below 2^-bound. */
    unsigned bound;
    /* Undecided: why, a constant text. */
    const char *reason;
    /* Room for a certificate that a reader can check alone; NULL. */
    void *certificate;
};

/* Two expressions known to be equal: a proof first takes both for one unknown, wherever
   they stand and also inside tangents. `left` is a total derivative or a symbol; if
   nothing defines the symbol, the lemma does. Both sides the same: it is just held as an
   unknown. */
struct lemma {
    expr_id left, right;
};

struct prover;

/* The definitions and the budget are borrowed; a definition that was asked for must not
   change. `seed` 0 takes secret random primes and points. */
struct prover *prover_new(struct defs *defs, const struct budget *budget, uint64_t seed);
void prover_free(struct prover *prover);

/* Takes left = right as true in all proofs that follow: it is solved for the last symbol
   in which it is linear with a number as coefficient, that nothing defines and that was
   not solved for before, and what that gives is put in for the symbol. Derivatives take
   the symbol as free. The symbol, or 0: there is none. */
expr_id prove_assume(struct prover *prover, expr_id left, expr_id right);
/* What is put in for a symbol by an assumption, or 0. */
expr_id prove_assumed(const struct prover *prover, expr_id symbol);

void proof_init(struct proof *proof);
void proof_clear(struct proof *proof);

/* Fills `proof`, which the caller has initialised; what was in it is lost. The lemmas may
   be none. */
enum verdict prove_equal(struct prover *prover, expr_id left, expr_id right,
                         const struct lemma *lemmas, size_t lemma_count,
                         struct proof *proof);

#define PROVE_NO_VALUE UINT64_MAX

/* One look at many expressions: their values at one random point modulo a prime, with all
   definitions put in; PROVE_NO_VALUE where something is divided by 0. Functions take
   values at random, but e^{-z} is 1/e^z. What is equal by other laws of functions may
   differ, else expressions whose values differ are not equal; those whose values agree
   most likely are. False: they are too large. */
bool prove_values(struct prover *prover, const expr_id *expressions, size_t count,
                  uint64_t *values, uint64_t *prime);

#endif
