#include "tell/teller.h"

#include "base/memory.h"

/* In a compact derivation the first and the last speak for the others. */
static bool is_told_signal(const struct teller *teller, size_t i)
{
    const struct derivation *derivation = teller->derivation;
    return !derivation->is_compact || i == 0 || i + 1 == derivation->signal_count;
}

static const struct chain *chain_of_signal(const struct derivation *derivation,
                                           const struct signal *signal)
{
    for (size_t i = 0; i < derivation->chain_count; i++)
        if (derivation->chains[i].role == CHAIN_SIGNAL &&
            derivation->chains[i].output == signal->node)
            return &derivation->chains[i];
    return NULL;
}

/* `\delta_1 = y_1 - t_1`, …; those of pre-activations with the steps to them. */
static void show_signals(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    struct block *grid = NULL;
    for (size_t i = 0; i < derivation->signal_count; i++) {
        const struct signal *signal = &derivation->signals[i];
        const struct chain *chain = chain_of_signal(derivation, signal);
        if (!is_told_signal(teller, i))
            continue;
        if (chain) {
            teller_show_chain(teller, chain);
            continue;
        }
        grid = grid ? grid : doc_block(teller->doc, BLOCK_GRID);
        grid->columns = 4;
        doc_row(teller->doc, grid, typeset_expression(&teller->typeset, signal->symbol),
                typeset_expression(&teller->typeset, signal->value));
    }
    if (derivation->is_compact && derivation->signal_count > 2)
        sentence_end(&teller->sentence, teller_paragraph(teller),
                     N_("and so for the other outputs."));
}

static const char *signals_sentence(const struct derivation *derivation)
{
    bool one = derivation->signal_count == 1;
    if (!chain_of_signal(derivation, &derivation->signals[0]))
        return one ? N_("Let us name the error at the output:")
                   : N_("Let us name the errors at the outputs:");
    if (derivation_shares_outputs(derivation))
        return one ? N_("Every output depends on {1}, so the derivative of {2} with "
                        "respect to it is a sum over all of them. Let us name it:")
                   : N_("Every output depends on each of {1}, so the derivatives of {2} "
                        "with respect to them are sums over all outputs. Let us name "
                        "these:");
    return one ? N_("Let us name the derivative of {2} with respect to {1}, the error "
                    "signal of the output:")
               : N_("Let us name the derivatives of {2} with respect to {1}, the error "
                    "signals of the outputs:");
}

/* What is left of an error signal of softmax with cross-entropy. */
static void tell_sum(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    struct sentence *sentence = &teller->sentence;
    sentence_expression(sentence, derivation->sum_of_targets);
    sentence_expression(sentence, derivation->signals[0].symbol);
    sentence_expression(sentence, derivation->signal_if_one);
    sentence_end(
        sentence, teller_paragraph(teller),
        derivation->signal_count == 1
            ? N_("Where {1} is 1, {2} is just {3}.")
            : N_("Where {1} is 1, {2} is just {3}, and so for the other outputs."));
}

void tell_signals(struct teller *teller)
{
    struct derivation *derivation = teller->derivation;
    size_t count = derivation->signal_count;
    node_id *nodes = memory_array(NULL, count, sizeof *nodes);
    for (size_t i = 0; i < count; i++)
        nodes[i] = derivation->signals[i].node;
    sentence_nodes(&teller->sentence, nodes, count);
    sentence_node(&teller->sentence, derivation->to);
    sentence_end(&teller->sentence, teller_paragraph(teller),
                 signals_sentence(derivation));
    memory_free(nodes);
    show_signals(teller);
    if (derivation->signal_if_one)
        tell_sum(teller);
}
