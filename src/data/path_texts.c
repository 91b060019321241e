#include "data/path_texts.h"

#include "base/name.h"
#include "derive/backward.h"
#include "tell/typeset.h"
#include "write/write.h"

void path_texts_init(struct path_texts *texts, struct graph *graph)
{
    texts->graph = graph;
    texts->signals = texts->signals && backward_outputs_apart(graph);
}

static void write_name(const struct path_texts *texts, const char *canonical,
                       struct buf *out)
{
    if (texts->unicode)
        name_unicode(out, canonical);
    else
        name_latex(out, canonical);
}

static void write_node(const struct path_texts *texts, node_id node, struct buf *out)
{
    struct buf canonical;
    buf_init(&canonical);
    network_name(graph_network(texts->graph), node, &canonical);
    write_name(texts, buf_peek(&canonical), out);
    buf_clear(&canonical);
}

void path_texts_name(void *context, node_id node, struct buf *out)
{
    const struct path_texts *texts = context;
    if (texts->canonical)
        network_name(graph_network(texts->graph), node, out);
    else
        write_node(texts, node, out);
}

/* The weight on an edge between units, found by arithmetic: no expression is made for it.
 */
static node_id weight_between(const struct network *network, node_id source,
                              node_id target)
{
    int64_t to, before = 0;
    const struct layer *layer = network_layer_of(network, target, &to);
    if (layer && !layer_has_sum(layer, target))
        return -1;
    for (size_t i = 0; layer && i < layer->source_count; i++) {
        struct range range = layer->sources[i];
        if (source >= range.first && source < range.first + range.count)
            return network_weight(network, layer, to, before + (source - range.first));
        before += range.count;
    }
    return -1;
}

/* Whether a factor would be read with the one before it: `-1`, or `3u` after a number. */
static bool begins_with_number(const struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) == EXPR_PRODUCT || expr_kind(pool, e) == EXPR_POWER)
        e = expr_part(pool, e, 0);
    return expr_kind(pool, e) == EXPR_NUMBER;
}

/* A factor of a product; the label at the goal, which comes first, `is_first`. */
static void write_factor(const struct path_texts *texts, expr_id e, bool is_first,
                         struct buf *out)
{
    struct arena arena;
    struct typeset typeset;
    arena_init(&arena);
    typeset_init(&typeset, &arena, graph_network(texts->graph));
    enum expr_kind kind = expr_kind(typeset.pool, e);
    struct formula *formula = typeset_expression(&typeset, e);
    bool is_loose = kind == EXPR_SUM || kind == EXPR_NEGATE ||
                    (!is_first && begins_with_number(typeset.pool, e));
    if (is_loose || (texts->unicode && kind == EXPR_QUOTIENT))
        formula = typeset_bracket(&typeset, formula);
    if (texts->unicode)
        write_text_formula(formula, out);
    else
        write_latex_formula(formula, out);
    arena_clear(&arena);
}

void path_texts_label(void *context, node_id source, node_id target, struct buf *out)
{
    const struct path_texts *texts = context;
    struct network *network = graph_network(texts->graph);
    node_id weight = weight_between(network, source, target);
    if (weight >= 0) {
        write_node(texts, weight, out);
        return;
    }
    bool is_signal = texts->signals && target == graph_to(texts->graph) &&
                     source != graph_from(texts->graph);
    expr_id label = is_signal ? backward_name(network, target, source)
                              : graph_label(texts->graph, source, target);
    if (!expr_is_integer(network_pool(network), label, 1))
        write_factor(texts, label, target == graph_to(texts->graph), out);
}
