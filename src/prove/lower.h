/* From expressions to circuits: definitions and lemmas are looked up, derivatives
   eliminated by tangents (forward mode; Griewank and Walther, "Evaluating Derivatives",
   2008, chapter 3). */
#ifndef GRADTEX_PROVE_LOWER_H
#define GRADTEX_PROVE_LOWER_H

#include "prove/circuit.h"
#include "prove/cone.h"
#include "prove/grants.h"
#include "prove/touch.h"

struct mark;
struct task;

struct tangent {
    gate_id of;
    uint32_t seed; /* 0: a free slot */
    gate_id gate;
};

/* By what tangents are taken: by a symbol along all paths, or with other symbols held
   fixed. */
struct seed {
    expr_id by;
    bool is_local;
};

#define UNFOLD_NOTHING UINT32_MAX

/* How far a circuit unfolds. */
struct unfolding {
    bool use_lemmas;     /* both sides of a lemma are one unknown */
    bool keep_functions; /* sigmoid and the like are unknowns, whatever they mean */
    uint32_t from; /* symbols of at least this height are replaced by their definitions */
};

/* Kept from proof to proof; what belongs to one circuit is told by the marks' epoch. */
struct lowering {
    struct pool *pool;
    struct defs *defs;
    struct cone cone;
    struct grants grants;
    struct unfolding unfolding;
    uint64_t max_gates;
    struct circuit *circuit;
    bool has_kept; /* some function of the circuit is kept that means something */
    const char *reason;
    struct mark *marks; /* by expression id */
    size_t mark_count;
    uint32_t epoch;
    struct task *tasks;
    size_t task_count, task_capacity;
    bool is_waiting;
    struct tangent *tangents; /* a hash table */
    size_t tangent_count, tangent_size;
    struct seed *seeds;
    size_t seed_count, seed_capacity;
    struct touch touch;
    expr_id *assumed; /* by symbol id: what is put in for it; 0 is nothing */
    size_t assumed_count;
    gate_id slot; /* the unknown at which functions are differentiated; 0: not needed */
    gate_id *class_gates; /* by class of granted equals */
    struct expr_list parts, users;
};

void lower_init(struct lowering *lowering, struct defs *defs, uint64_t max_gates);
void lower_clear(struct lowering *lowering);
/* For the circuits that follow. */
void lower_grant(struct lowering *lowering, const struct lemma *lemmas, size_t count);
/* Puts a value in for a symbol without definition, in all circuits that follow. Tangents
   take the symbol as free. */
void lower_assume(struct lowering *lowering, expr_id symbol, expr_id value);
expr_id lower_assumed(const struct lowering *lowering, expr_id symbol);
/* Fills a circuit, initialised here, for both sides; the caller clears it. NULL, or why
   it cannot be made, a constant text. */
const char *lower_make(struct lowering *lowering, struct circuit *circuit,
                       const expr_id sides[2], struct unfolding unfolding);
/* The same for many expressions: their gates are the circuit's outputs; it has no sides.
 */
const char *lower_make_all(struct lowering *lowering, struct circuit *circuit,
                           const expr_id *expressions, size_t count,
                           struct unfolding unfolding);
/* The greatest height of a symbol that stayed unknown; 0: all definitions are put in. */
uint32_t lower_height(struct lowering *lowering, const struct circuit *circuit);

#endif
