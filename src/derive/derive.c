#include "derive/derive.h"

#include "base/memory.h"
#include "base/number.h"
#include "derive/backward.h"
#include "derive/builder.h"
#include "derive/check.h"
#include "derive/form.h"
#include "derive/index.h"
#include "derive/signals.h"
#include "derive/signs.h"

#include <stdlib.h>
#include <string.h>

static bool is_unreached(void *context, const struct pool *pool, expr_id part)
{
    struct derivation *derivation = context;
    if (expr_kind(pool, part) != EXPR_DERIVATIVE)
        return false;
    node_id node = network_node(derivation->network, expr_part(pool, part, 0));
    return node >= 0 && !graph_is_reached(derivation->graph, node);
}

/* dE/dw = d/dw(…) down to the derivatives of the outputs. */
static void derive_goal(struct builder *builder)
{
    expr_id left = builder->derivation->left;
    static const uint32_t goal_in_derivative[] = {0};
    struct sites sites;
    builder_begin(builder, CHAIN_GOAL, left, left);
    sites_init(&sites);
    sites_push(&sites, goal_in_derivative, 1);
    builder_apply(builder, RULE_DEFINITION, &sites);
    builder_apply_at_root(builder, RULE_DIFFERENTIATE);
    builder_apply_at_root(builder, RULE_CANCEL);
    builder_apply_where(builder, RULE_NO_PATH, is_unreached);
    builder_apply_at_root(builder, RULE_DROP_ZERO);
    builder_number(builder);
}

/* The only path to a node is one edge: then the total derivative is the local one. */
static bool is_one_edge(struct derivation *derivation, node_id node)
{
    return mpz_cmp_ui(graph_count(derivation->graph, node), 1) == 0 &&
           graph_has_edge(derivation->graph, derivation->from, node);
}

/* dy/dw along every path, with the local derivatives put in. */
static void derive_output(struct builder *builder, node_id output)
{
    struct derivation *derivation = builder->derivation;
    expr_id left =
        expr_derivative(builder->pool, network_symbol(derivation->network, output),
                        network_symbol(derivation->network, derivation->from));
    builder_begin(builder, CHAIN_OUTPUT, left, left)->output = output;
    if (is_one_edge(derivation, output)) {
        builder_apply_at_root(builder, RULE_LOCAL);
    } else {
        builder_apply_at_root(builder, RULE_CHAIN_RULE);
        builder_apply_where(builder, RULE_LOCAL, builder_is_local);
    }
    builder_apply_at_root(builder, RULE_TIDY);
    builder_apply_at_root(builder, RULE_COMMON_FACTOR);
    builder_number(builder);
}

static bool is_known_derivative(void *context, const struct pool *pool, expr_id part)
{
    const struct derivation *derivation = context;
    (void)pool;
    for (size_t i = 0; i < derivation->chain_count; i++) {
        const struct chain *chain = &derivation->chains[i];
        if (chain->role == CHAIN_OUTPUT && chain->left == part)
            return true;
    }
    return false;
}

/* Puts the derivatives of the outputs into the first equation. */
static void put_in(struct builder *builder)
{
    struct derivation *derivation = builder->derivation;
    struct sites sites;
    sites_init(&sites);
    expr_id before = chain_end(builder->chain);
    sites_find(&sites, builder->pool, before, is_known_derivative, derivation);
    unsigned *uses = memory_array(NULL, derivation->chain_count, sizeof *uses);
    size_t count = 0;
    for (size_t i = 0; i < derivation->chain_count; i++)
        if (derivation->chains[i].role == CHAIN_OUTPUT)
            uses[count++] = derivation->chains[i].number;
    struct rule_context context = {derivation, builder->pool, uses, count};
    expr_id after = sites.count ? rule_apply(&context, RULE_PUT_IN, before, &sites) : 0;
    if (after) {
        struct step *step = derivation_step(derivation, RULE_PUT_IN, &sites, after);
        for (size_t i = 0; i < count; i++)
            step_use(step, uses[i]);
    }
    memory_free(uses);
    sites_clear(&sites);
}

static void derive_result(struct builder *builder)
{
    struct derivation *derivation = builder->derivation;
    expr_id goal = chain_end(&derivation->chains[0]);
    builder_begin(builder, CHAIN_RESULT, derivation->left, goal);
    put_in(builder);
    bool turns = signs_can_turn(builder->pool, chain_end(builder->chain));
    builder_apply_at_root(builder, RULE_REDUCE);
    builder_apply_at_root(builder, turns ? RULE_ABSORB_SIGNS : RULE_TIDY);
    builder_apply_at_root(builder, RULE_COLLECT);
    if (builder->chain->count)
        builder_number(builder);
}

static void derive_pattern(struct builder *builder)
{
    struct derivation *derivation = builder->derivation;
    builder_begin(builder, CHAIN_PATTERN, derivation->left, chain_end(builder->chain));
    struct step *named = derivation->has_signals
                             ? builder_apply_at_root(builder, RULE_ERROR_SIGNALS)
                             : NULL;
    if (named && derivation->is_compact)
        named->shape.kind = SHAPE_PATH_SET;
    else if (derivation_has_sum(derivation))
        builder_reshape(builder, RULE_PATH_SET, SHAPE_PATH_SET);
    if (derivation->no_index == SOME_INDEX)
        builder_reshape(builder, RULE_INDEX, SHAPE_INDEX);
    if (builder->chain->count)
        builder_number(builder);
}

static void elide(struct builder *builder, struct step *step, bool fractions)
{
    struct derivation *derivation = builder->derivation;
    mpz_t rank;
    mpz_init(rank);
    step->shape.kind = SHAPE_ELIDED;
    step->shape.first = form_path(derivation, rank, fractions);
    mpz_sub_ui(rank, graph_total(derivation->graph), 1);
    step->shape.last = form_path(derivation, rank, fractions);
    mpz_clear(rank);
    struct buf count;
    buf_init(&count);
    number_write_grouped(&count, graph_total(derivation->graph));
    step->shape.count = buf_take(&count);
}

/* Too many paths to write them all: the sum by its first and last terms, then the closed
 * forms. */
static void derive_compact(struct builder *builder)
{
    builder_begin(builder, CHAIN_RESULT, builder->derivation->left,
                  builder->derivation->left);
    elide(builder, builder_apply_at_root(builder, RULE_SUM_OVER_PATHS), true);
    elide(builder, builder_apply_at_root(builder, RULE_SHARED_LABELS), false);
    builder_number(builder);
    derive_pattern(builder);
}

static void find_outputs(struct derivation *derivation)
{
    node_id *nodes = NULL;
    size_t count = 0;
    graph_list_predecessors(derivation->graph, derivation->to, &nodes, &count);
    for (size_t i = 0; i < count; i++) {
        if (nodes[i] == derivation->from)
            derivation->is_direct = true;
        else
            nodes[derivation->output_count++] = nodes[i];
    }
    derivation->outputs = nodes;
}

/* A node on the way and the length of the longest path to it. */
struct depth {
    node_id node;
    size_t depth;
};

static int compare_nodes(const void *key, const void *item)
{
    node_id a = *(const node_id *)key, b = ((const struct depth *)item)->node;
    return (a > b) - (a < b);
}

/* Deepest first; nodes of one depth in the order of the definitions. */
static int compare_depths(const void *a, const void *b)
{
    const struct depth *first = a, *second = b;
    if (first->depth != second->depth)
        return first->depth < second->depth ? 1 : -1;
    return (first->node > second->node) - (first->node < second->node);
}

/* Sources stand before what they define, so their depths are known. */
static size_t depth_of(struct derivation *derivation, const struct depth *depths,
                       size_t i)
{
    node_id *sources = NULL;
    size_t count = 0, depth = 0;
    graph_list_predecessors(derivation->graph, depths[i].node, &sources, &count);
    for (size_t k = 0; k < count; k++) {
        const struct depth *source =
            bsearch(&sources[k], depths, i, sizeof *depths, compare_nodes);
        if (source && source->depth + 1 > depth)
            depth = source->depth + 1;
    }
    memory_free(sources);
    return depth;
}

static void find_definitions(struct derivation *derivation)
{
    size_t count = 0, kept = 0;
    node_id *nodes = NULL;
    graph_list_nodes(derivation->graph, &nodes, &count);
    struct depth *depths = memory_array(NULL, count, sizeof *depths);
    for (size_t i = 0; i < count; i++) {
        depths[i].node = nodes[i];
        depths[i].depth = depth_of(derivation, depths, i);
    }
    qsort(depths, count, sizeof *depths, compare_depths);
    for (size_t i = 0; i < count; i++)
        if (depths[i].node != derivation->to && depths[i].node != derivation->from)
            nodes[kept++] = depths[i].node;
    memory_free(depths);
    derivation->definitions = nodes;
    derivation->definition_count = kept;
}

static bool is_number(struct derivation *derivation, node_id node)
{
    struct network *network = derivation->network;
    expr_id value = defs_get(network_defs(network), network_symbol(network, node));
    return value && expr_kind(network_pool(network), value) == EXPR_NUMBER;
}

/* Defined symbols that are not numbers, before the goal and beside the way. */
static void find_idle(struct derivation *derivation)
{
    struct network *network = derivation->network;
    for (node_id node = derivation->to - 1; node >= 0; node--) {
        if (!network_is_defined(network, node))
            break;
        bool is_unit = network_kind(network, node) == NODE_UNIT;
        if (node == derivation->from || graph_on_way(derivation->graph, node) ||
            (!is_unit && is_number(derivation, node)))
            continue;
        derivation->idle = memory_array(derivation->idle, derivation->idle_count + 1,
                                        sizeof *derivation->idle);
        derivation->idle[derivation->idle_count++] = node;
    }
    for (size_t i = 0; i < derivation->idle_count / 2; i++) {
        node_id swap = derivation->idle[i];
        derivation->idle[i] = derivation->idle[derivation->idle_count - 1 - i];
        derivation->idle[derivation->idle_count - 1 - i] = swap;
    }
}

bool derive_fits(const struct network *network, const struct budget *budget,
                 struct diags *diags)
{
    double nodes = 0;
    for (size_t i = 0; i < network_layer_count(network); i++) {
        const struct layer *layer = network_layer(network, i);
        nodes += 4.0 * (double)layer->size * (double)layer->fan_in;
    }
    if (nodes <= (double)budget->max_nodes)
        return true;
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%.0f", nodes);
    diag(diags, DIAG_DERIVE_TOO_LARGE, buf_peek(&text), NULL);
    buf_clear(&text);
    return false;
}

static void build(struct derivation *derivation)
{
    struct builder builder = {derivation, network_pool(derivation->network), NULL};
    derive_goal(&builder);
    if (mpz_sgn(graph_total(derivation->graph)) == 0)
        return;
    signals_derive(&builder);
    if (derivation->is_compact) {
        derive_compact(&builder);
    } else {
        for (size_t i = 0; i < derivation->output_count; i++)
            derive_output(&builder, derivation->outputs[i]);
        derive_result(&builder);
        derive_pattern(&builder);
    }
    backward_equations(derivation);
    if (derivation->backward_count)
        derivation->backward_number = ++derivation->equation_count;
}

bool derive(struct derivation *derivation, struct network *network, node_id from,
            node_id to, const struct budget *budget, struct diags *diags)
{
    memset(derivation, 0, sizeof *derivation);
    derivation->network = network;
    derivation->from = from;
    derivation->to = to;
    cost_init(&derivation->cost);
    if (!derive_fits(network, budget, diags))
        return false;
    derivation->graph = graph_new(network, from, to);
    derivation->left = expr_derivative(network_pool(network), network_symbol(network, to),
                                       network_symbol(network, from));
    derivation->is_compact =
        mpz_cmp_ui(graph_total(derivation->graph), budget->max_terms) > 0;
    find_outputs(derivation);
    find_definitions(derivation);
    find_idle(derivation);
    backward_name_outputs(derivation);
    derivation->no_index = index_form_of(derivation).none;
    build(derivation);
    cost_count(&derivation->cost, derivation->graph);
    return check_derivation(derivation, budget, diags);
}
