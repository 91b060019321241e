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

/* What the edges into nodes of the same sources have in common. */
struct clearing {
    size_t target;  /* place of such a node, 0 before the first */
    mpz_t common;   /* least common multiple of the sources' denominators */
    mpz_t *factors; /* common / d(source), by edge */
    size_t factor_count;
};

static void clearing_init(struct clearing *clearing, const struct labels *labels)
{
    size_t most = 0;
    for (size_t place = 1; place < labels->count; place++)
        if (labels->ends[place] - labels->ends[place - 1] > most)
            most = labels->ends[place] - labels->ends[place - 1];
    *clearing = (struct clearing){.factor_count = most};
    clearing->factors = memory_array(NULL, most, sizeof(mpz_t));
    mpz_init(clearing->common);
    for (size_t i = 0; i < most; i++)
        mpz_init(clearing->factors[i]);
}

static void clearing_clear(struct clearing *clearing)
{
    for (size_t i = 0; i < clearing->factor_count; i++)
        mpz_clear(clearing->factors[i]);
    mpz_clear(clearing->common);
    memory_free(clearing->factors);
}

static bool have_same_sources(const struct labels *labels, size_t a, size_t b)
{
    size_t count = labels->ends[a] - labels->ends[a - 1];
    const struct labels_edge *x = labels->edges + labels->ends[a - 1];
    const struct labels_edge *y = labels->edges + labels->ends[b - 1];
    if (labels->ends[b] - labels->ends[b - 1] != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (x[i].place != y[i].place)
            return false;
    return true;
}

static void take_sources(struct clearing *clearing, const struct labels *labels,
                         size_t target)
{
    if (clearing->target > 0 && have_same_sources(labels, clearing->target, target))
        return;
    clearing->target = target;
    size_t begin = labels->ends[target - 1], end = labels->ends[target];
    mpz_set_ui(clearing->common, 1);
    for (size_t i = begin; i < end; i++)
        mpz_lcm(clearing->common, clearing->common,
                labels->denominators[labels->edges[i].place]);
    for (size_t i = begin; i < end; i++)
        mpz_divexact(clearing->factors[i - begin], clearing->common,
                     labels->denominators[labels->edges[i].place]);
}

/* x becomes the integer x multiplier. */
static void multiply_to_integer(mpq_ptr x, mpz_srcptr multiplier)
{
    mpz_divexact(mpq_denref(x), multiplier, mpq_denref(x));
    mpz_mul(mpq_numref(x), mpq_numref(x), mpq_denref(x));
    mpz_set_ui(mpq_denref(x), 1);
}

/* The labels into one node, and its d. */
static void clear_denominators_at(struct labels *labels, size_t target,
                                  struct clearing *clearing)
{
    mpz_ptr common = labels->denominators[target];
    size_t begin = labels->ends[target - 1], end = labels->ends[target];
    take_sources(clearing, labels, target);
    for (size_t i = begin; i < end; i++)
        mpz_lcm(common, common, mpq_denref(labels->edges[i].label));
    for (size_t i = begin; i < end; i++) {
        mpz_ptr numerator = mpq_numref(labels->edges[i].label);
        multiply_to_integer(labels->edges[i].label, common);
        mpz_mul(numerator, numerator, clearing->factors[i - begin]);
    }
    mpz_mul(common, common, clearing->common);
}

static void clear_denominators(struct labels *labels)
{
    struct clearing clearing;
    clearing_init(&clearing, labels);
    for (size_t place = 1; place < labels->count; place++)
        clear_denominators_at(labels, place, &clearing);
    clearing_clear(&clearing);
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
