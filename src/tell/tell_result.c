#include "derive/form.h"
#include "tell/sentence.h"
#include "tell/shape.h"
#include "tell/tell_derivation.h"

#include "base/number.h"

static struct formula *elided_sum(const struct typeset *typeset,
                                  struct derivation *derivation)
{
    mpz_t rank;
    mpz_init(rank);
    struct shape shape = {.kind = SHAPE_ELIDED};
    shape.first = form_path(derivation, rank, false);
    mpz_sub_ui(rank, graph_total(derivation->graph), 1);
    shape.last = form_path(derivation, rank, false);
    mpz_clear(rank);
    return shape_formula(typeset, derivation, &shape, 0);
}

/* How many terms the dots stand for. */
static struct inline_node *elision(struct doc *doc, const struct typeset *typeset,
                                   struct derivation *derivation)
{
    struct sentence sentence;
    sentence_begin(&sentence, doc, typeset);
    sentence_count(&sentence, graph_total(derivation->graph), false);
    return sentence_inlines(&sentence, N_("the first and the last of {1} terms"));
}

static struct formula *result_formula(const struct typeset *typeset,
                                      struct derivation *derivation,
                                      enum result_form form)
{
    struct shape shape = {.kind = form == RESULT_INDEX ? SHAPE_INDEX : SHAPE_PATH_SET};
    if (mpz_sgn(graph_total(derivation->graph)) == 0)
        return formula_text(typeset->arena, FORMULA_NUMBER, "0");
    if (form == RESULT_PATHS || form == RESULT_INDEX)
        return shape_formula(typeset, derivation, &shape, 0);
    if (derivation->is_compact)
        return elided_sum(typeset, derivation);
    return typeset_expression(typeset, form == RESULT_SUM
                                           ? form_sum(derivation, false)
                                           : form_factored(derivation, false));
}

static void tell_backprop(struct doc *doc, const struct typeset *typeset,
                          struct derivation *derivation)
{
    struct block *block = doc_block(doc, BLOCK_DISPLAY);
    for (size_t i = 0; i < derivation->signal_count + derivation->backward_count; i++) {
        const struct signal *signal =
            i < derivation->signal_count
                ? &derivation->signals[i]
                : &derivation->backward[i - derivation->signal_count];
        typeset_rows(typeset, doc, block, typeset_expression(typeset, signal->symbol),
                     "=", typeset_expression(typeset, signal->value));
    }
}

bool tell_result(struct doc *doc, struct derivation *derivation, enum result_form form,
                 const struct telling *telling)
{
    struct typeset typeset;
    typeset_init(&typeset, &doc->arena, derivation->network);
    typeset.max_terms = derivation->is_compact ? 4 : telling->max_terms;
    bool is_zero = mpz_sgn(graph_total(derivation->graph)) == 0;
    if (form == RESULT_INDEX && derivation->no_index != SOME_INDEX && !is_zero)
        return false;
    if (form == RESULT_BACKPROP && derivation->backward_count) {
        tell_backprop(doc, &typeset, derivation);
        return true;
    }
    struct block *block = doc_block(doc, BLOCK_DISPLAY);
    struct row *row =
        typeset_rows(&typeset, doc, block, typeset_expression(&typeset, derivation->left),
                     "=", result_formula(&typeset, derivation, form));
    if (derivation->is_compact && (form == RESULT_SUM || form == RESULT_FACTORED))
        row->reason = elision(doc, &typeset, derivation);
    return true;
}

const char *tell_no_index(enum no_index reason)
{
    switch (reason) {
    case NO_INDEX_ONE_PATH:
        return N_(
            "With a single path there is nothing to sum, so there is no index form.");
    case NO_INDEX_TEMPLATE:
        return N_(
            "There is no index form: the names of the weights number the edges and do "
            "not carry both ends of an edge, so no letter can run through them.");
    case NO_INDEX_EQUATIONS:
        return N_("There is no index form: some of the symbols on the way are defined by "
                  "equations of their own and not as a layer.");
    case NO_INDEX_SKIP:
        return N_("There is no index form: the layers on the way do not follow one "
                  "another as a plain chain.");
    case NO_INDEX_IRREGULAR:
        return N_("There is no index form: parameters are shared between edges, or edges "
                  "are missing.");
    case NO_INDEX_SIGNALS:
        return N_("There is no index form: it needs outputs side by side, with an error "
                  "signal each.");
    default:
        return "";
    }
}
