#include "prove/prove.h"

#include "base/language.h"
#include "base/memory.h"
#include "prove/counterexample.h"
#include "prove/estimate.h"
#include "prove/functions.h"
#include "prove/modular.h"
#include "prove/normal.h"
#include "prove/prover.h"
#include "prove/separate.h"
#include "prove/sign.h"

#include <math.h>

enum {
    TRIES = 9,  /* points before a side counts as nowhere defined */
    LEVELS = 16 /* of definitions that are put in one by one */
};

static const char *const NOT_SEPARATED = NC_(
    "diagnostic", "the sides are not equal, but no point was found at which they differ");
static const char *const NOT_SEPARATED_BY_VALUES =
    NC_("diagnostic",
        "the sides were not shown to be equal, and no values were found at which they "
        "certainly differ");
static const char *const NOT_KNOWN_TO_BE_DEFINED =
    NC_("diagnostic", "it is not known whether the sides are defined anywhere");
static const char *const NO_BOUND =
    NC_("diagnostic", "the degrees are too large for a random test to mean anything");

/* One look at the two sides, unfolded so far. */
struct look {
    struct circuit circuit;
    struct modular modular;
    mp_limb_t *point;
};

enum outcome { EQUAL, DIFFERENT, NOWHERE, DECIDED };

struct prover *prover_new(struct defs *defs, const struct budget *budget, uint64_t seed)
{
    struct prover *prover = memory_zeroed(1, sizeof *prover);

    lower_init(&prover->lowering, defs, budget->max_nodes);
    prover->budget = budget;
    chance_init(&prover->chance, seed);
    return prover;
}

mp_limb_t prover_prime(struct prover *prover, size_t i)
{
    if (prover->primes[i] == 0)
        prover->primes[i] = chance_prime(&prover->chance);
    return prover->primes[i];
}

void prover_free(struct prover *prover)
{
    if (!prover)
        return;
    lower_clear(&prover->lowering);
    memory_free(prover);
}

void proof_init(struct proof *proof)
{
    *proof = (struct proof){.verdict = VERDICT_UNDECIDED};
    expr_list_init(&proof->conditions);
    mpq_init(proof->left);
    mpq_init(proof->right);
    mpq_init(proof->left_error);
    mpq_init(proof->right_error);
}

void proof_clear(struct proof *proof)
{
    for (size_t i = 0; i < proof->witness_count; i++)
        mpq_clear(proof->witnesses[i].value);
    memory_free(proof->witnesses);
    expr_list_clear(&proof->conditions);
    mpq_clear(proof->left);
    mpq_clear(proof->right);
    mpq_clear(proof->left_error);
    mpq_clear(proof->right_error);
}

static enum verdict decide(struct proof *proof, enum verdict verdict, const char *reason)
{
    proof->verdict = verdict;
    proof->reason = reason;
    return verdict;
}

/* A look is closed by the caller, also if it could not be made: then the reason is
   returned. */
static const char *look_open(struct prover *prover, struct look *look,
                             const expr_id sides[2], struct unfolding unfolding)
{
    const char *reason = lower_make(&prover->lowering, &look->circuit, sides, unfolding);

    look->modular = (struct modular){0};
    look->point = NULL;
    if (!reason) {
        if (functions_occur(&look->circuit))
            functions_eliminate(&look->circuit, &prover->chance,
                                prover->budget->max_bytes);
        modular_init(&look->modular, &look->circuit, prover_prime(prover, 0));
        look->point =
            memory_array(NULL, look->circuit.unknowns.count + 1, sizeof *look->point);
    }
    return reason;
}

static void look_close(struct look *look)
{
    modular_clear(&look->modular);
    memory_free(look->point);
    circuit_clear(&look->circuit);
}

/* Evaluates at random points, modulo the primes in turn, until one is in the domain. */
static bool find_point(struct prover *prover, struct look *look)
{
    for (size_t i = 0; i < TRIES; i++) {
        mp_limb_t prime = prover_prime(prover, i % PROVER_PRIMES);
        if (look->modular.mod.n != prime) {
            modular_clear(&look->modular);
            modular_init(&look->modular, &look->circuit, prime);
        }
        for (size_t j = 0; j < look->circuit.unknowns.count; j++)
            look->point[j] = chance_below(&prover->chance, prime);
        if (modular_evaluate(&look->modular, look->point))
            return true;
    }
    return false;
}

static enum outcome compare(struct prover *prover, struct look *look)
{
    const struct circuit *circuit = &look->circuit;

    if (!find_point(prover, look))
        return NOWHERE;
    return look->modular.values[circuit->left] == look->modular.values[circuit->right]
               ? EQUAL
               : DIFFERENT;
}

static bool fits(const struct prover *prover, const struct estimate *estimate)
{
    return estimate->bytes <= (double)prover->budget->max_bytes &&
           estimate->degree < 0x1p60;
}

/* Those that can fail for real values. */
static void keep_conditions(struct prover *prover, const struct circuit *circuit,
                            const enum normal_sign *forms, struct proof *proof)
{
    struct signs signs;

    sign_init(&signs, circuit);
    for (size_t i = 0; i < circuit->condition_count; i++) {
        expr_id e = circuit->conditions[i].expression;
        bool varies = forms ? forms[i] == NORMAL_VARIES
                            : expr_kind(prover->lowering.pool, e) != EXPR_NUMBER;
        if (varies && !sign_is_positive(&signs, circuit->conditions[i].gate))
            expr_list_push(&proof->conditions, e);
    }
    sign_clear(&signs);
}

/* Equal at a random point: are they equal? */
static enum outcome compare_exactly(struct prover *prover, struct look *look,
                                    struct proof *proof)
{
    const struct circuit *circuit = &look->circuit;
    enum normal_sign *signs =
        memory_array(NULL, circuit->condition_count + 1, sizeof *signs);
    enum normal_sign difference = normal_difference(circuit, signs);
    enum outcome outcome = difference == NORMAL_ZERO ? EQUAL : DIFFERENT;

    for (size_t i = 0; i < circuit->condition_count; i++) {
        if (signs[i] == NORMAL_ZERO)
            outcome = NOWHERE;
    }
    if (outcome == EQUAL)
        keep_conditions(prover, circuit, signs, proof);
    memory_free(signs);
    return outcome;
}

/* The probability to agree by chance, for one prime between 2^61 and 2^62 and one point:
   the prime divides all coefficients (there are more than 2^55 such primes, and at most
   norm / 61 divide), or the point is a zero (Schwartz 1980, Zippel 1979). As the exponent
   of 1/2, at least 0. */
static unsigned agreement_bits(const struct estimate *estimate)
{
    double probability = estimate->degree * 0x1p-61 + (estimate->norm / 61 + 1) * 0x1p-55;

    return probability >= 0.5 ? 0 : (unsigned)floor(-log2(probability));
}

/* Too large to multiply out: one point modulo each prime. */
static enum outcome compare_at_random(struct prover *prover, struct look *look,
                                      const struct estimate *estimate,
                                      struct proof *proof)
{
    unsigned bits = agreement_bits(estimate);

    for (size_t i = 0; i < PROVER_PRIMES; i++) {
        mp_limb_t prime = prover_prime(prover, i);
        modular_clear(&look->modular);
        modular_init(&look->modular, &look->circuit, prime);
        for (size_t j = 0; j < look->circuit.unknowns.count; j++)
            look->point[j] = chance_below(&prover->chance, prime);
        if (!modular_evaluate(&look->modular, look->point))
            continue;
        if (look->modular.values[look->circuit.left] !=
            look->modular.values[look->circuit.right])
            return DIFFERENT;
        proof->bound += bits;
    }
    if (proof->bound == 0) {
        decide(proof, VERDICT_UNDECIDED, NO_BOUND);
        return DECIDED;
    }
    keep_conditions(prover, &look->circuit, NULL, proof);
    decide(proof, VERDICT_PROBABLE, NULL);
    return DECIDED;
}

static enum outcome examine(struct prover *prover, struct look *look, struct proof *proof)
{
    enum outcome outcome = compare(prover, look);
    struct estimate estimate;

    if (outcome != EQUAL)
        return outcome;
    circuit_cancel(&look->circuit);
    estimate = estimate_circuit(&look->circuit);
    if (!fits(prover, &estimate))
        return compare_at_random(prover, look, &estimate, proof);
    outcome = compare_exactly(prover, look, proof);
    if (outcome != EQUAL)
        return outcome;
    decide(proof, VERDICT_PROVED, NULL);
    return DECIDED;
}

/* No point was found. Is that for certain, because what was divided by at the last one is
   0 everywhere? The circuit then holds nothing else. */
static bool is_nowhere(struct prover *prover, struct look *look)
{
    struct estimate estimate;

    if (look->modular.zero == 0)
        return false;
    circuit_narrow(&look->circuit, look->modular.zero);
    estimate = estimate_circuit(&look->circuit);
    return fits(prover, &estimate) &&
           normal_difference(&look->circuit, NULL) == NORMAL_ZERO;
}

enum domain { DOMAIN_SOME, DOMAIN_EMPTY, DOMAIN_UNKNOWN };

static const struct unfolding ALL = {.use_lemmas = false, .from = 0};

/* Looks for a point where both sides are defined and, if `must_differ`, certainly
   different. */
static bool find_values(struct prover *prover, const expr_id sides[2], bool must_differ,
                        struct proof *proof)
{
    struct circuit circuit;
    bool is_found = !lower_make(&prover->lowering, &circuit, sides, ALL) &&
                    separate(&circuit, prover->lowering.pool, must_differ, proof);

    circuit_clear(&circuit);
    return is_found;
}

/* Looks at one side alone; a value of it, if `proof` is given, becomes both of its sides.
 */
static enum domain domain_of(struct prover *prover, expr_id side, struct proof *proof)
{
    struct look look;
    const char *reason = look_open(prover, &look, (expr_id[]){side, side}, ALL);
    enum domain domain = DOMAIN_UNKNOWN;

    if (!reason && find_point(prover, &look)) {
        domain = DOMAIN_SOME;
        if (proof && look.circuit.has_functions)
            proof->is_too_long =
                !find_values(prover, (expr_id[]){side, side}, false, proof) ||
                proof->is_too_long;
        else if (proof)
            proof->is_too_long = !counterexample_find(&look.modular, &prover->chance,
                                                      look.point, false, proof);
    } else if (!reason && is_nowhere(prover, &look)) {
        domain = DOMAIN_EMPTY;
    }
    look_close(&look);
    return domain;
}

/* No point was found where both sides are defined. */
static enum verdict refute_nowhere(struct prover *prover, const expr_id sides[2],
                                   struct proof *proof)
{
    enum domain left = domain_of(prover, sides[0], NULL);
    enum domain right = domain_of(prover, sides[1], NULL);

    if (left != DOMAIN_EMPTY && right != DOMAIN_EMPTY)
        return decide(proof, VERDICT_UNDECIDED, NOT_KNOWN_TO_BE_DEFINED);
    proof->has_left = left == DOMAIN_SOME;
    proof->has_right = right == DOMAIN_SOME;
    if (proof->has_left || proof->has_right)
        domain_of(prover, proof->has_left ? sides[0] : sides[1], proof);
    proof->conditions.count = 0;
    return decide(proof, VERDICT_REFUTED, NULL);
}

/* What differs as a function of exponentials and other unknowns may be equal: only values
   at a point refute. */
static enum verdict refute_by_values(struct prover *prover, const expr_id sides[2],
                                     struct proof *proof)
{
    if (!find_values(prover, sides, true, proof))
        return decide(proof, VERDICT_UNDECIDED, NOT_SEPARATED_BY_VALUES);
    proof->has_left = proof->has_right = !proof->is_too_long;
    return decide(proof, VERDICT_REFUTED, NULL);
}

/* The sides differ with all definitions put in. */
static enum verdict refute(struct prover *prover, struct look *look,
                           const expr_id sides[2], struct proof *proof)
{
    if (look->circuit.has_functions)
        return refute_by_values(prover, sides, proof);
    for (size_t i = 0; compare(prover, look) != DIFFERENT; i++) {
        if (i == TRIES)
            return decide(proof, VERDICT_UNDECIDED, NOT_SEPARATED);
    }
    proof->is_too_long =
        !counterexample_find(&look->modular, &prover->chance, look->point, true, proof);
    proof->has_left = proof->has_right = !proof->is_too_long;
    return decide(proof, VERDICT_REFUTED, NULL);
}

/* A proof that kept symbols as unknowns says nothing if their definitions leave no
   domain. */
static enum verdict check_domain(struct prover *prover, const expr_id sides[2],
                                 struct proof *proof)
{
    struct look look;
    const char *reason;
    bool ok;

    if (proof->verdict == VERDICT_UNDECIDED || proof->conditions.count == 0)
        return proof->verdict;
    reason = look_open(prover, &look, sides, ALL);
    ok = !reason && find_point(prover, &look);
    look_close(&look);
    if (ok)
        return proof->verdict;
    return reason ? decide(proof, VERDICT_UNDECIDED, reason)
                  : refute_nowhere(prover, sides, proof);
}

/* Opens a look and examines it: first with functions as unknowns of their own, which
   keeps things small; what is equal then is equal. The reason why it cannot be made is
   returned. */
static const char *look_and_examine(struct prover *prover, struct look *look,
                                    const expr_id sides[2], struct unfolding unfolding,
                                    struct proof *proof, enum outcome *outcome)
{
    const char *reason;

    unfolding.keep_functions = true;
    reason = look_open(prover, look, sides, unfolding);
    *outcome = reason ? DECIDED : examine(prover, look, proof);
    if (!prover->lowering.has_kept ||
        (!reason && *outcome == DECIDED && proof->verdict == VERDICT_PROVED))
        return reason;
    look_close(look);
    proof_clear(proof);
    proof_init(proof);
    unfolding.keep_functions = false;
    reason = look_open(prover, look, sides, unfolding);
    *outcome = reason ? DECIDED : examine(prover, look, proof);
    return reason;
}

/* Equal modulo the lemmas? The answer no means nothing. */
static bool prove_by_lemmas(struct prover *prover, const expr_id sides[2],
                            struct proof *proof)
{
    const struct unfolding unfolding = {.use_lemmas = true, .from = UNFOLD_NOTHING};
    struct look look;
    enum outcome outcome;
    bool decided = !look_and_examine(prover, &look, sides, unfolding, proof, &outcome) &&
                   outcome == DECIDED;

    look_close(&look);
    return decided && proof->verdict != VERDICT_UNDECIDED;
}

/* Definitions are put in from the last ones down, in growing strides, until the sides
   agree or none is left. */
static enum verdict prove_by_unfolding(struct prover *prover, const expr_id sides[2],
                                       struct proof *proof)
{
    struct unfolding unfolding = {.use_lemmas = false, .from = UNFOLD_NOTHING};

    for (uint32_t stride = 1;; stride *= 2) {
        struct look look;
        enum outcome outcome;
        const char *reason =
            look_and_examine(prover, &look, sides, unfolding, proof, &outcome);
        uint32_t height =
            outcome == DECIDED ? 0 : lower_height(&prover->lowering, &look.circuit);
        if (reason)
            decide(proof, VERDICT_UNDECIDED, reason);
        if (outcome == DIFFERENT && height == 0)
            refute(prover, &look, sides, proof);
        look_close(&look);
        if (outcome == DECIDED)
            return check_domain(prover, sides, proof);
        if (height == 0)
            return outcome == NOWHERE ? refute_nowhere(prover, sides, proof)
                                      : proof->verdict;
        unfolding.from = outcome == NOWHERE || height <= stride ? 1 : height - stride + 1;
    }
}

/* Strides may pass over the one depth at which functions have the same arguments on both
   sides, so what nothing was found about is looked at level by level. */
static enum verdict prove_by_levels(struct prover *prover, const expr_id sides[2],
                                    struct proof *proof)
{
    struct unfolding unfolding = {.use_lemmas = false, .from = UNFOLD_NOTHING};

    proof_clear(proof);
    proof_init(proof);
    for (int i = 0; i < LEVELS && unfolding.from > 1; i++) {
        struct look look;
        enum outcome outcome;

        look_and_examine(prover, &look, sides, unfolding, proof, &outcome);
        unfolding.from =
            outcome == DECIDED ? 0 : lower_height(&prover->lowering, &look.circuit);
        look_close(&look);
        if (outcome == DECIDED && proof->verdict == VERDICT_PROVED)
            return check_domain(prover, sides, proof);
    }
    return decide(proof, VERDICT_UNDECIDED, NOT_SEPARATED_BY_VALUES);
}

enum verdict prove_equal(struct prover *prover, expr_id left, expr_id right,
                         const struct lemma *lemmas, size_t lemma_count,
                         struct proof *proof)
{
    const expr_id sides[2] = {left, right};

    proof_clear(proof);
    proof_init(proof);
    lower_grant(&prover->lowering, lemmas, lemma_count);
    if (lemma_count && prove_by_lemmas(prover, sides, proof))
        return check_domain(prover, sides, proof);
    proof_clear(proof);
    proof_init(proof);
    prove_by_unfolding(prover, sides, proof);
    if (proof->reason != NOT_SEPARATED_BY_VALUES)
        return proof->verdict;
    return prove_by_levels(prover, sides, proof);
}
