#include "derive/derivation.h"

#include "base/memory.h"

#include <string.h>

static void step_clear(struct step *step)
{
    sites_clear(&step->sites);
    memory_free(step->uses);
    memory_free(step->shape.count);
}

static void chain_clear(struct chain *chain)
{
    for (size_t i = 0; i < chain->count; i++)
        step_clear(&chain->steps[i]);
    memory_free(chain->steps);
}

void derivation_clear(struct derivation *derivation)
{
    for (size_t i = 0; i < derivation->chain_count; i++)
        chain_clear(&derivation->chains[i]);
    memory_free(derivation->chains);
    memory_free(derivation->outputs);
    memory_free(derivation->definitions);
    memory_free(derivation->idle);
    memory_free(derivation->signals);
    memory_free(derivation->backward);
    cost_clear(&derivation->cost);
    if (derivation->graph)
        graph_free(derivation->graph);
}

struct chain *derivation_chain(struct derivation *derivation, enum chain_role role,
                               expr_id left, expr_id start)
{
    size_t count = derivation->chain_count++;
    derivation->chains =
        memory_array(derivation->chains, count + 1, sizeof(struct chain));
    struct chain *chain = &derivation->chains[count];
    memset(chain, 0, sizeof *chain);
    chain->role = role;
    chain->left = left;
    chain->start = start;
    chain->output = -1;
    return chain;
}

struct step *derivation_step(struct derivation *derivation, enum rule_id rule,
                             struct sites *sites, expr_id after)
{
    struct chain *chain = &derivation->chains[derivation->chain_count - 1];
    chain->steps = memory_array(chain->steps, chain->count + 1, sizeof(struct step));
    struct step *step = &chain->steps[chain->count++];
    memset(step, 0, sizeof *step);
    step->rule = rule;
    step->sites = *sites;
    sites_init(sites);
    step->after = after;
    step->verdict = VERDICT_UNDECIDED;
    return step;
}

void step_use(struct step *step, unsigned equation)
{
    step->uses = memory_array(step->uses, step->use_count + 1, sizeof *step->uses);
    step->uses[step->use_count++] = equation;
}

void derivation_count_terms(const struct derivation *derivation, mpz_ptr count)
{
    mpz_sub_ui(count, graph_total(derivation->graph), derivation->is_direct);
    if (!derivation->has_signals)
        return;
    mpz_set_ui(count, 0);
    for (size_t i = 0; i < derivation->signal_count; i++)
        mpz_add(count, count,
                graph_count(derivation->graph, derivation->signals[i].node));
}

bool derivation_has_sum(const struct derivation *derivation)
{
    mpz_t count;
    mpz_init(count);
    derivation_count_terms(derivation, count);
    bool has_sum = mpz_cmp_ui(count, 1) > 0;
    mpz_clear(count);
    return has_sum;
}

bool derivation_shares_outputs(const struct derivation *derivation)
{
    mpz_t count;
    mpz_init(count);
    derivation_count_terms(derivation, count);
    bool is_shared =
        mpz_cmp(count, graph_total(derivation->graph)) < 0 && !derivation->is_direct;
    mpz_clear(count);
    return is_shared;
}

expr_id chain_end(const struct chain *chain)
{
    return chain->count ? chain->steps[chain->count - 1].after : chain->start;
}

expr_id derivation_equation(const struct derivation *derivation, unsigned number,
                            expr_id *left)
{
    for (size_t i = 0; i < derivation->chain_count; i++) {
        const struct chain *chain = &derivation->chains[i];
        if (number && chain->number == number) {
            if (left)
                *left = chain->left;
            return chain_end(chain);
        }
    }
    return 0;
}
