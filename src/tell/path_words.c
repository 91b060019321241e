#include "tell/path_words.h"

#include "base/memory.h"
#include "base/name.h"

#include <string.h>

/* The unit that the only edge of a weight leads to, its label going in front; else the
   symbol itself. An edge to the goal is a path of its own. */
node_id path_words_start(struct derivation *derivation, expr_id *factor)
{
    node_id *users = NULL, only = -1;
    size_t count = 0, others = 0;
    enum node_kind kind = network_kind(derivation->network, derivation->from);
    bool is_edge = kind == NODE_WEIGHT || kind == NODE_BIAS || kind == NODE_PARAMETER;
    graph_list_successors(derivation->graph, derivation->from, &users, &count);
    for (size_t i = 0; i < count; i++) {
        if (users[i] == derivation->to)
            continue;
        only = users[i];
        others++;
    }
    memory_free(users);
    *factor = 0;
    if (!is_edge || others != 1)
        return derivation->from;
    *factor = graph_label(derivation->graph, derivation->from, only);
    return only;
}

/* The letter that the labels on the way share if all of them are weights, as `w_{11}` and
   `w_{12}` do: takes the letter of the first label and keeps it while the others agree.
 */
struct common_letter {
    struct network *network;
    struct buf letter;
    bool fails;
};

static void see_label(struct common_letter *common, node_id weight)
{
    struct buf text;
    struct name name;
    if (weight < 0 || network_kind(common->network, weight) != NODE_WEIGHT) {
        common->fails = true;
        return;
    }
    buf_init(&text);
    network_name(common->network, weight, &text);
    common->fails =
        !name_split(&name, buf_peek(&text)) || !(name.sub_length || name.sup_length);
    if (!common->fails && common->letter.length == 0)
        buf_bytes(&common->letter, name.head, name.head_length);
    else if (!common->fails)
        common->fails = common->letter.length != name.head_length ||
                        memcmp(common->letter.data, name.head, name.head_length) != 0;
    buf_clear(&text);
}

static node_id node_of_label(struct derivation *derivation, node_id source,
                             node_id target)
{
    node_id node = graph_label_node(derivation->graph, source, target);
    if (node >= 0)
        return node;
    expr_id label = graph_label(derivation->graph, source, target);
    bool is_symbol = expr_kind(network_pool(derivation->network), label) == EXPR_SYMBOL;
    return is_symbol ? network_node(derivation->network, label) : -1;
}

/* The layer in which a derivation of many paths need not look at every edge: its labels
   are weights of one template. */
static const struct layer *wide_layer(struct derivation *derivation, node_id node)
{
    int64_t place;
    return derivation->is_compact ? network_layer_of(derivation->network, node, &place)
                                  : NULL;
}

/* Looks at the edges that leave a node, but for those to the goal. */
static void see_edges(struct common_letter *common, struct derivation *derivation,
                      node_id node)
{
    node_id *users = NULL;
    size_t count = 0;
    graph_list_successors(derivation->graph, node, &users, &count);
    const struct layer *seen = NULL;
    for (size_t i = 0; i < count && !common->fails; i++) {
        const struct layer *layer = wide_layer(derivation, users[i]);
        if (users[i] != derivation->to && (!layer || layer != seen))
            see_label(common, node_of_label(derivation, node, users[i]));
        seen = layer;
    }
    memory_free(users);
}

/* Whether its edges are part of what the sum over paths multiplies: not beyond the error
 * signals. */
static bool leads_to_signal(const struct derivation *derivation, node_id node)
{
    for (size_t i = 0; i < derivation->signal_count; i++)
        if (node == derivation->signals[i].node)
            return false;
    for (size_t i = 0; derivation->has_signals && i < derivation->output_count; i++)
        if (node == derivation->outputs[i])
            return false;
    return true;
}

bool path_words_letter(struct derivation *derivation, struct buf *letter)
{
    struct common_letter common = {.network = derivation->network};
    node_id *nodes = NULL;
    size_t count = 0;
    expr_id factor;
    node_id start = path_words_start(derivation, &factor);
    buf_init(&common.letter);
    graph_list_nodes(derivation->graph, &nodes, &count);
    for (size_t i = 0; i < count && !common.fails; i++)
        if ((nodes[i] != derivation->from || nodes[i] == start) &&
            leads_to_signal(derivation, nodes[i]))
            see_edges(&common, derivation, nodes[i]);
    memory_free(nodes);
    bool ok = !common.fails && common.letter.length > 0 &&
              network_find(derivation->network, buf_peek(&common.letter)) < 0;
    if (ok)
        buf_text(letter, buf_peek(&common.letter));
    buf_clear(&common.letter);
    return ok;
}

struct formula *path_words_edge(const struct typeset *typeset,
                                const struct path_letters *letters)
{
    struct arena *arena = typeset->arena;
    struct formula *row = formula_row(arena);
    formula_append(arena, row, formula_text(arena, FORMULA_NAME, letters->tail));
    formula_append(arena, row, formula_text(arena, FORMULA_SIGN, "\\to"));
    formula_append(arena, row, formula_text(arena, FORMULA_NAME, letters->head));
    return row;
}

struct formula *path_words_label(const struct typeset *typeset,
                                 const struct path_letters *letters)
{
    struct arena *arena = typeset->arena;
    const char *const ends[] = {letters->head, letters->tail};
    struct formula *fraction[2];
    for (size_t i = 0; i < 2; i++) {
        fraction[i] = formula_row(arena);
        formula_append(arena, fraction[i], typeset_partial(typeset));
        formula_append(arena, fraction[i], formula_text(arena, FORMULA_NAME, ends[i]));
    }
    return formula_make(arena, FORMULA_FRACTION, NULL, fraction, 2, 1);
}
