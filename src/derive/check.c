#include "derive/check.h"

#include "base/memory.h"
#include "derive/backward.h"
#include "derive/checker.h"
#include "derive/form.h"
#include "derive/index.h"
#include "derive/rule.h"
#include "derive/signals.h"

#include <stdio.h>
#include <string.h>

void checker_add_lemma(struct checker *checker, expr_id left, expr_id right)
{
    enum expr_kind kind = expr_kind(checker->pool, right);
    if (left != right && (kind == EXPR_NUMBER || kind == EXPR_SYMBOL))
        return;
    checker->lemmas =
        memory_array(checker->lemmas, checker->lemma_count + 1, sizeof(struct lemma));
    checker->lemmas[checker->lemma_count++] = (struct lemma){left, right};
}

static bool contradiction(struct checker *checker, const char *what, const char *rule)
{
    struct buf text;
    if (checker->is_nowhere)
        return diag(checker->diags, DIAG_DERIVE_NOWHERE, NULL);
    if (checker->reason)
        return diag(checker->diags, DIAG_DERIVE_UNDECIDED, checker->reason, NULL);
    buf_init(&text);
    buf_format(&text, "%s (rule %s)", what, rule);
    diag(checker->diags, DIAG_INTERNAL, buf_peek(&text), NULL);
    buf_clear(&text);
    return false;
}

/* What is not equal with the lemmas' unknowns may still be so without. */
bool checker_proved(struct checker *checker, expr_id left, expr_id right)
{
    struct proof proof;
    proof_init(&proof);
    enum verdict verdict = prove_equal(checker->prover, left, right, checker->lemmas,
                                       checker->lemma_count, &proof);
    if (verdict != VERDICT_PROVED && checker->lemma_count) {
        proof_clear(&proof);
        proof_init(&proof);
        verdict = prove_equal(checker->prover, left, right, NULL, 0, &proof);
    }
    if (verdict == VERDICT_PROBABLE) {
        if (checker->worst != VERDICT_PROBABLE || proof.bound < checker->bound)
            checker->bound = proof.bound;
        checker->worst = VERDICT_PROBABLE;
    }
    checker->reason = verdict == VERDICT_UNDECIDED ? proof.reason : NULL;
    checker->is_nowhere =
        verdict == VERDICT_REFUTED && !(proof.has_left && proof.has_right);
    proof_clear(&proof);
    return verdict == VERDICT_PROVED || verdict == VERDICT_PROBABLE;
}

static bool is_signal_symbol(void *context, const struct pool *pool, expr_id part)
{
    const struct derivation *derivation = context;
    (void)pool;
    for (size_t i = 0; i < derivation->signal_count; i++)
        if (derivation->signals[i].symbol == part)
            return true;
    return false;
}

static expr_id signal_value(void *context, expr_id part)
{
    const struct derivation *derivation = context;
    for (size_t i = 0; i < derivation->signal_count; i++)
        if (derivation->signals[i].symbol == part)
            return derivation->signals[i].value;
    return 0;
}

/* The expression with the names of the output errors replaced by what they stand for. */
static expr_id without_signals(struct checker *checker, expr_id e)
{
    struct sites sites;
    sites_init(&sites);
    sites_find(&sites, checker->pool, e, is_signal_symbol, checker->derivation);
    if (sites.count)
        e = sites_rewrite(checker->pool, e, &sites, signal_value, checker->derivation);
    sites_clear(&sites);
    return e;
}

/* Node after node; the last equality is the one of the goal. */
static bool proved_shared(struct checker *checker, bool fractions, expr_id after)
{
    struct derivation *derivation = checker->derivation;
    node_id *nodes = NULL;
    size_t count = 0;
    graph_list_nodes(derivation->graph, &nodes, &count);
    expr_id *parts = memory_array(NULL, count, sizeof *parts);
    bool ok = form_shared(derivation, fractions, parts) == after &&
              piecewise_proved_nodes(checker, derivation->graph, parts);
    memory_free(parts);
    memory_free(nodes);
    return ok;
}

/* The names of the error signals for their values, the sums over paths to the nodes that
   have them being unknowns. */
static bool proved_naming(struct checker *checker, expr_id before, expr_id after)
{
    struct derivation *derivation = checker->derivation;
    for (size_t i = 0; i < derivation->signal_count; i++) {
        const struct signal *signal = &derivation->signals[i];
        bool alone = derivation->signal_count + derivation->is_direct == 1;
        expr_id term = alone ? after : expr_part(checker->pool, after, i);
        if (expr_kind(checker->pool, term) == EXPR_PRODUCT)
            checker_add_lemma(
                checker,
                expr_derivative(checker->pool,
                                network_symbol(derivation->network, signal->node),
                                network_symbol(derivation->network, derivation->from)),
                expr_part(checker->pool, term, 1));
    }
    return checker_proved(checker, before, without_signals(checker, after));
}

/* Derivatives of the outputs stay unknowns while only the error is differentiated. */
static void hold_outputs(struct checker *checker)
{
    struct derivation *derivation = checker->derivation;
    expr_id from = network_symbol(derivation->network, derivation->from);
    for (size_t i = 0; i < derivation->output_count; i++) {
        expr_id output = network_symbol(derivation->network, derivation->outputs[i]);
        expr_id d = expr_derivative(checker->pool, output, from);
        checker_add_lemma(checker, d, d);
    }
}

static void grant_used(struct checker *checker, const struct step *step)
{
    for (size_t i = 0; i < step->use_count; i++) {
        expr_id left = 0;
        expr_id right = derivation_equation(checker->derivation, step->uses[i], &left);
        if (right)
            checker_add_lemma(checker, left, right);
    }
}

static bool prove_index(struct checker *checker, expr_id before)
{
    struct index_form form = index_form_of(checker->derivation);
    if (form.none != SOME_INDEX)
        return false;
    expr_id written = index_expression(checker->derivation, &form);
    return written == before ||
           (!checker->derivation->is_compact && checker_proved(checker, before, written));
}

static bool prove_step(struct checker *checker, const struct chain *chain,
                       const struct step *step, expr_id before)
{
    struct derivation *derivation = checker->derivation;
    switch (step->rule) {
    case RULE_SUM_OVER_PATHS:
        return proved_shared(checker, true, step->after);
    case RULE_SHARED_LABELS:
        return proved_shared(checker, false, step->after);
    case RULE_ERROR_SIGNALS:
        if (derivation->is_compact)
            return proved_naming(checker, before, step->after);
        return checker_proved(checker, before, without_signals(checker, step->after));
    case RULE_PATH_SET:
        return derivation->is_compact ||
               checker_proved(checker, before,
                              form_sum(derivation, derivation->has_signals));
    case RULE_INDEX:
        return prove_index(checker, before);
    default:
        break;
    }
    if (chain->role == CHAIN_GOAL)
        hold_outputs(checker);
    if (step->rule == RULE_PUT_IN)
        grant_used(checker, step);
    return checker_proved(checker, before, step->after);
}

/* What the last proof said before another was tried. */
static void keep_verdict(struct checker *checker, const struct checker *before)
{
    checker->worst = before->worst;
    checker->bound = before->bound;
    checker->is_nowhere = before->is_nowhere;
    checker->reason = before->reason;
}

static bool check_step(struct checker *checker, const struct chain *chain,
                       struct step *step, expr_id before)
{
    struct rule_context context = {checker->derivation, checker->pool, step->uses,
                                   step->use_count};
    const char *name = rule_of(step->rule)->name;
    if (rule_apply(&context, step->rule, before, &step->sites) != step->after)
        return contradiction(checker, "a step of the derivation does not replay", name);
    checker->worst = VERDICT_PROVED;
    checker->lemma_count = 0;
    bool ok = prove_step(checker, chain, step, before);
    struct checker whole = *checker;
    if ((!ok || checker->worst != VERDICT_PROVED) &&
        !piecewise_proved(checker, step, before))
        keep_verdict(checker, &whole);
    else
        ok = true;
    step->verdict = checker->worst;
    step->bound = checker->bound;
    return ok || contradiction(checker, "a step of the derivation is not proved", name);
}

static bool check_chain(struct checker *checker, struct chain *chain)
{
    expr_id before = chain->start;
    for (size_t i = 0; i < chain->count; i++) {
        if (!check_step(checker, chain, &chain->steps[i], before))
            return false;
        before = chain->steps[i].after;
    }
    return true;
}

static void keep_proof(struct signal *signal, const struct checker *checker)
{
    signal->verdict = checker->worst;
    signal->bound = checker->bound;
}

/* An error signal of an output is the derivative of the goal by it. */
static bool check_signals(struct checker *checker)
{
    struct derivation *derivation = checker->derivation;
    checker->lemma_count = 0;
    for (size_t i = 0; i < derivation->signal_count; i++) {
        struct signal *signal = &derivation->signals[i];
        checker->worst = VERDICT_PROVED;
        expr_id d = expr_derivative(checker->pool,
                                    network_symbol(derivation->network, derivation->to),
                                    network_symbol(derivation->network, signal->node));
        if (!checker_proved(checker, d, signal->value))
            return contradiction(checker, "an error signal is not proved",
                                 "error-signals");
        keep_proof(signal, checker);
    }
    return true;
}

/* What the first signal would be, proved with that granted. */
static bool check_sum(struct checker *checker)
{
    struct derivation *derivation = checker->derivation;
    struct prover *prover = checker->prover;
    if (!derivation->signal_if_one)
        return true;
    checker->prover = prover_new(network_defs(derivation->network), checker->budget, 0);
    prove_assume(checker->prover, derivation->sum_of_targets,
                 expr_integer(checker->pool, 1));
    checker->lemma_count = 0;
    bool ok =
        checker_proved(checker, derivation->signals[0].value, derivation->signal_if_one);
    prover_free(checker->prover);
    checker->prover = prover;
    return ok || contradiction(checker, "an error signal is not proved", "assume");
}

static void hold_signals(struct checker *checker)
{
    struct derivation *derivation = checker->derivation;
    checker->lemma_count = 0;
    for (size_t i = 0; i < derivation->signal_count; i++)
        checker_add_lemma(checker, derivation->signals[i].symbol,
                          derivation->signals[i].symbol);
    for (size_t i = 0; i < derivation->backward_count; i++)
        checker_add_lemma(checker, derivation->backward[i].symbol,
                          derivation->backward[i].symbol);
}

/* The chain rule's fractions are the printed labels, the later error signals being
   unknowns: as a whole, or edge by edge where that is too large to be multiplied out. */
static bool prove_backward(struct checker *checker, const struct signal *signal)
{
    struct derivation *derivation = checker->derivation;
    expr_id fractions = backward_sum(derivation, signal->node, true);
    hold_signals(checker);
    checker->worst = VERDICT_PROVED;
    bool ok = checker_proved(checker, fractions, signal->value);
    if (ok && checker->worst == VERDICT_PROVED)
        return true;
    struct checker whole = *checker;
    if (piecewise_proved_labels(checker, derivation->graph, fractions, signal->value)) {
        checker->worst = VERDICT_PROVED;
        return true;
    }
    keep_verdict(checker, &whole);
    return ok;
}

/* Whether the equation, with all definitions put in, is not refuted: the local identity
 * has proved it. */
static bool stands(struct checker *checker, const struct signal *signal)
{
    checker->lemma_count = 0;
    return checker_proved(checker, signal->symbol, signal->value) || checker->reason;
}

/* One local identity a unit. While it is small, the equation is looked at as it stands,
 * too. */
static bool check_backward(struct checker *checker)
{
    struct derivation *derivation = checker->derivation;
    for (size_t i = 0; i < derivation->backward_count; i++) {
        struct signal *signal = &derivation->backward[i];
        bool ok = prove_backward(checker, signal);
        keep_proof(signal, checker);
        ok = ok && (derivation->is_compact || stands(checker, signal));
        checker->lemma_count = 0;
        if (!ok)
            return contradiction(checker, "an error signal is not proved", "backward");
    }
    return true;
}

bool check_derivation(struct derivation *derivation, const struct budget *budget,
                      struct diags *diags)
{
    struct checker checker = {.derivation = derivation, .budget = budget, .diags = diags};
    checker.pool = network_pool(derivation->network);
    checker.prover = signals_prover(derivation->network, budget);
    bool ok = check_signals(&checker) && check_sum(&checker) && check_backward(&checker);
    for (size_t i = 0; ok && i < derivation->chain_count; i++)
        ok = check_chain(&checker, &derivation->chains[i]);
    prover_free(checker.prover);
    memory_free(checker.lemmas);
    return ok;
}
