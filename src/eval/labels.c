#include "eval/labels.h"

#include "base/memory.h"

static void list_nodes(struct labels *labels, struct graph *graph)
{
    graph_list_nodes(graph, &labels->nodes, &labels->count);
    labels->ends = memory_zeroed(labels->count + 1, sizeof(size_t));
    labels->denominators = memory_array(NULL, labels->count, sizeof(mpz_t));
    for (size_t i = 0; i < labels->count; i++)
        mpz_init_set_ui(labels->denominators[i], 1);
    if (labels->count < 2)
        return;
    node_id span = labels->nodes[labels->count - 1] - labels->nodes[1] + 1;
    labels->places = memory_array(NULL, (size_t)span, sizeof(uint32_t));
    for (size_t i = 1; i < labels->count; i++)
        labels->places[labels->nodes[i] - labels->nodes[1]] = (uint32_t)i;
}

static size_t place_of(const struct labels *labels, node_id node)
{
    return node == labels->nodes[0] ? 0 : labels->places[node - labels->nodes[1]];
}

static void add_edge(struct labels *labels, node_id source, const struct arith *arith,
                     const void *label)
{
    if (labels->edge_count == labels->edge_capacity) {
        labels->edge_capacity = 2 * labels->edge_capacity + 16;
        labels->edges = memory_array(labels->edges, labels->edge_capacity,
                                     sizeof(struct labels_edge));
    }
    struct labels_edge *edge = &labels->edges[labels->edge_count++];
    edge->source = source;
    edge->place = place_of(labels, source);
    mpq_init(edge->label);
    arith->get_rational(edge->label, label);
}

/* The edges into one node. */
static bool add_edges(struct labels *labels, struct graph *graph, struct values *values,
                      node_id target, struct diags *diags)
{
    node_id *sources = NULL;
    size_t count = 0;
    graph_list_predecessors(graph, target, &sources, &count);
    bool ok = true;
    for (size_t i = 0; ok && labels->is_exact && i < count; i++) {
        expr_id label = graph_label(graph, sources[i], target);
        const void *value = values_evaluate(values, label, target, diags);
        ok = value != NULL;
        labels->is_exact = ok && values->arith.is_exact(value);
        if (labels->is_exact)
            add_edge(labels, sources[i], &values->arith, value);
    }
    memory_free(sources);
    return ok;
}

static void divide(mpq_ptr x, mpz_srcptr divisor)
{
    mpz_mul(mpq_denref(x), mpq_denref(x), divisor);
    mpq_canonicalize(x);
}

/* x becomes the integer x multiplier. */
static void multiply_to_integer(mpq_ptr x, mpz_srcptr multiplier)
{
    mpz_divexact(mpq_denref(x), multiplier, mpq_denref(x));
    mpz_mul(mpq_numref(x), mpq_numref(x), mpq_denref(x));
    mpz_set_ui(mpq_denref(x), 1);
}

static void clear_denominators(struct labels *labels)
{
    for (size_t place = 1; place < labels->count; place++) {
        mpz_ptr common = labels->denominators[place];
        size_t begin = labels->ends[place - 1], end = labels->ends[place];
        for (size_t i = begin; i < end; i++) {
            mpq_ptr label = labels->edges[i].label;
            divide(label, labels->denominators[labels->edges[i].place]);
            mpz_lcm(common, common, mpq_denref(label));
        }
        for (size_t i = begin; i < end; i++)
            multiply_to_integer(labels->edges[i].label, common);
    }
}

bool labels_init(struct labels *labels, struct graph *graph, struct values *values,
                 struct diags *diags)
{
    *labels = (struct labels){.is_exact = true};
    list_nodes(labels, graph);
    for (size_t place = 1; labels->is_exact && place < labels->count; place++) {
        if (!add_edges(labels, graph, values, labels->nodes[place], diags))
            return false;
        labels->ends[place] = labels->edge_count;
    }
    if (labels->is_exact)
        clear_denominators(labels);
    return true;
}

void labels_clear(struct labels *labels)
{
    for (size_t i = 0; i < labels->edge_count; i++)
        mpq_clear(labels->edges[i].label);
    for (size_t i = 0; i < labels->count; i++)
        mpz_clear(labels->denominators[i]);
    memory_free(labels->denominators);
    memory_free(labels->ends);
    memory_free(labels->edges);
    memory_free(labels->places);
    memory_free(labels->nodes);
}

mpz_srcptr labels_find(const struct labels *labels, node_id source, node_id target)
{
    size_t place = place_of(labels, target);
    size_t low = labels->ends[place - 1], high = labels->ends[place] - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (labels->edges[middle].source < source)
            low = middle + 1;
        else
            high = middle;
    }
    return mpq_numref(labels->edges[low].label);
}

mpz_srcptr labels_denominator(const struct labels *labels)
{
    return labels->denominators[labels->count - 1];
}
