#include "tell/bars.h"

#include "base/memory.h"
#include "path/graph.h"

static struct graph *graph_between(struct network *network, expr_id local)
{
    struct pool *pool = network_pool(network);
    return graph_new(network, network_node(network, expr_part(pool, local, 1)),
                     network_node(network, expr_part(pool, local, 0)));
}

bool bars_needed(void *context, expr_id local)
{
    struct bars *bars = context;
    struct graph *graph = graph_between(bars->network, local);
    bool more = mpz_cmp_ui(graph_total(graph), 1) > 0;
    graph_free(graph);
    return more;
}

/* Held are the other arguments of the definition that hang on the symbol too. */
void bars_held(void *context, expr_id local, struct formula *row)
{
    struct bars *bars = context;
    struct graph *graph = graph_between(bars->network, local);
    struct typeset typeset;
    typeset_init(&typeset, bars->arena, bars->network);
    size_t count = 0, written = 0;
    node_id *arguments = network_arguments(bars->network, graph_to(graph), &count);
    for (size_t i = 0; i < count; i++) {
        if (arguments[i] == graph_from(graph) || !graph_is_reached(graph, arguments[i]))
            continue;
        if (written++)
            formula_append(typeset.arena, row,
                           formula_text(typeset.arena, FORMULA_SIGN, ","));
        formula_append(typeset.arena, row, typeset_node(&typeset, arguments[i]));
    }
    memory_free(arguments);
    graph_free(graph);
}

static bool has_bar(const struct formula *formula)
{
    struct formula_walk walk;
    struct formula_step step;
    bool found = false;
    formula_walk_init(&walk, formula);
    while (!found && formula_walk_next(&walk, &step))
        found = step.formula->kind == FORMULA_BAR;
    formula_walk_clear(&walk);
    return found;
}

void bars_tell(struct sentence *sentence, const struct block *block)
{
    struct doc *doc = sentence->doc;
    for (const struct row *row = block->rows; row && !doc->knows_bars; row = row->next) {
        if (!has_bar(row->right))
            continue;
        doc->knows_bars = true;
        sentence_end(sentence, doc_block(doc, BLOCK_PARAGRAPH),
                     N_("What stands at the foot of a bar is held fixed: that derivative "
                        "is the one along the edge alone, without the other paths."));
    }
}
