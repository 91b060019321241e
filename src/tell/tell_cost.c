#include "tell/tell_cost.h"

static const char *cost_sentence(const struct cost *cost)
{
    bool one = mpz_cmp_ui(cost->paths_one, 1) == 0;
    if (mpz_cmp(cost->paths_one, cost->backward_one) != 0)
        return one ? N_("For {3} alone the sum over paths takes one multiplication and "
                        "backpropagation {2}.")
                   : N_("For {3} alone the sum over paths takes {1} multiplications and "
                        "backpropagation {2}.");
    if (mpz_sgn(cost->paths_one) == 0)
        return N_("For {3} alone nothing is left to multiply.");
    return one ? N_("For {3} alone the sum over paths and backpropagation take one "
                    "multiplication each.")
               : N_("For {3} alone the sum over paths and backpropagation take {1} "
                    "multiplications each.");
}

static const char *total_cost_sentence(const struct cost *cost)
{
    if (mpz_cmp(cost->paths_all, cost->backward_all) == 0)
        return cost->parameters == 2
                   ? N_("For both parameters of the network it is {2} each.")
                   : N_("For all {1} parameters of the network it is {2} each.");
    return cost->parameters == 2
               ? N_("For both parameters of the network it is {2} against {3}.")
               : N_("For all {1} parameters of the network it is {2} against {3}.");
}

void tell_cost(struct sentence *sentence, struct block *block,
               const struct derivation *derivation)
{
    const struct cost *cost = &derivation->cost;
    sentence_count(sentence, cost->paths_one, false);
    sentence_count(sentence, cost->backward_one, false);
    sentence_node(sentence, derivation->from);
    sentence_end(sentence, block, cost_sentence(cost));
    if (cost->parameters < 2 || mpz_sgn(cost->paths_all) == 0)
        return;
    mpz_t parameters;
    mpz_init_set_si(parameters, cost->parameters);
    sentence_count(sentence, parameters, false);
    sentence_count(sentence, cost->paths_all, false);
    sentence_count(sentence, cost->backward_all, false);
    sentence_end(sentence, block, total_cost_sentence(cost));
    if (derivation_shares_outputs(derivation))
        sentence_end(sentence, block,
                     N_("Each local derivative counts as one factor, and nothing has "
                        "cancelled yet."));
    mpz_clear(parameters);
}
