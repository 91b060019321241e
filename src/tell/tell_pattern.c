#include "tell/tell_pattern.h"

#include "tell/path_words.h"
#include "tell/pattern.h"
#include "tell/sentence.h"
#include "tell/tell_number.h"

#include <stdio.h>

struct teller {
    struct doc *doc;
    struct typeset typeset;
    struct sentence sentence;
    struct block *table;
};

static struct formula *sign(struct teller *teller, const char *text)
{
    return formula_text(&teller->doc->arena, FORMULA_SIGN, text);
}

static struct formula *row_of(struct teller *teller, struct formula *const *parts,
                              size_t count)
{
    struct formula *row = formula_row(&teller->doc->arena);
    for (size_t i = 0; i < count; i++)
        formula_append(&teller->doc->arena, row, parts[i]);
    return row;
}

/* `\sum_{p : w \to E} \prod_{u \to v \in p} \partial v/\partial u` */
static struct formula *sum_over_paths(struct teller *teller,
                                      const struct derivation *derivation)
{
    struct arena *arena = &teller->doc->arena;
    struct path_letters letters = pattern_path_letters(derivation->network);
    struct formula *path = formula_text(arena, FORMULA_NAME, letters.path);
    struct formula *from[] = {
        path, sign(teller, ":"), typeset_node(&teller->typeset, derivation->from),
        sign(teller, "\\to"), typeset_node(&teller->typeset, derivation->to)};
    struct formula *in[] = {path_words_edge(&teller->typeset, &letters),
                            sign(teller, "\\in"), path};
    struct formula *paths = row_of(teller, from, 5), *edges = row_of(teller, in, 3);
    struct formula *parts[] = {formula_make(arena, FORMULA_BIG, "\\sum", &paths, 1, 0),
                               sign(teller, "\\,"),
                               formula_make(arena, FORMULA_BIG, "\\prod", &edges, 1, 0),
                               path_words_label(&teller->typeset, &letters)};
    return row_of(teller, parts, 4);
}

static void add_costs(struct teller *teller, mpz_srcptr paths, mpz_srcptr by_paths,
                      mpz_srcptr backward)
{
    doc_cell(teller->table, tell_count(teller->doc, paths));
    doc_cell(teller->table, tell_count(teller->doc, by_paths));
    doc_cell(teller->table, tell_count(teller->doc, backward));
}

static void tell_costs(struct teller *teller, struct derivation *derivations,
                       size_t count)
{
    static const char *const heads[] = {N_("derivative by"), N_("paths"),
                                        N_("sum over paths"), N_("backpropagation")};
    const struct cost *all = &derivations[0].cost;
    teller->table = doc_table(teller->doc, 4, count + 1);
    for (size_t i = 0; i < 4; i++)
        doc_cell(teller->table, doc_words(teller->doc, heads[i]));
    for (size_t i = 0; i < count; i++) {
        struct derivation *derivation = &derivations[i];
        doc_cell(teller->table, doc_formula(teller->doc, typeset_node(&teller->typeset,
                                                                      derivation->from)));
        add_costs(teller, graph_total(derivation->graph), derivation->cost.paths_one,
                  derivation->cost.backward_one);
    }
    if (all->parameters < 2)
        return;
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)all->parameters);
    sentence_text(&teller->sentence, number);
    doc_cell(teller->table,
             sentence_inlines(&teller->sentence, N_("all {1} parameters")));
    add_costs(teller, all->path_count, all->paths_all, all->backward_all);
}

void tell_pattern(struct doc *doc, struct derivation *derivations, size_t count)
{
    struct teller teller = {.doc = doc};
    typeset_init(&teller.typeset, &doc->arena, derivations[0].network);
    sentence_begin(&teller.sentence, doc, &teller.typeset);
    sentence_end(&teller.sentence, doc_heading(doc, 1), N_("The pattern"));
    sentence_node(&teller.sentence, derivations[0].to);
    sentence_end(
        &teller.sentence, doc_block(doc, BLOCK_PARAGRAPH),
        N_("Every path to {1} contributes the product of the local derivatives on its "
           "edges, and the derivative is the sum of what the paths contribute:"));
    doc_row(doc, doc_block(doc, BLOCK_DISPLAY),
            typeset_expression(&teller.typeset, derivations[0].left),
            sum_over_paths(&teller, &derivations[0]));
    sentence_end(&teller.sentence, doc_block(doc, BLOCK_PARAGRAPH),
                 N_("Backpropagation computes the same sum from the error backwards, and "
                    "what several paths have in common only once. That is all it saves; "
                    "in multiplications:"));
    tell_costs(&teller, derivations, count);
}
