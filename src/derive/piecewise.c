#include "derive/checker.h"

#include "base/memory.h"
#include "derive/form.h"
#include "derive/rule.h"
#include "expr/walk.h"

bool piecewise_proved_nodes(struct checker *checker, struct graph *graph,
                            const expr_id *parts)
{
    struct network *network = graph_network(graph);
    expr_id by = network_symbol(network, graph_from(graph));
    node_id *nodes = NULL;
    size_t count = 0;
    bool ok = true;
    graph_list_nodes(graph, &nodes, &count);
    checker->lemma_count = 0;
    for (size_t i = 1; ok && i < count; i++) {
        expr_id left =
            expr_derivative(checker->pool, network_symbol(network, nodes[i]), by);
        ok = checker_proved(checker, left, parts[i]);
        checker_add_lemma(checker, left, parts[i]);
    }
    checker->lemma_count = 0;
    memory_free(nodes);
    return ok;
}

static bool is_local(void *context, const struct pool *pool, expr_id part)
{
    (void)context;
    return expr_kind(pool, part) == EXPR_LOCAL;
}

/* A symbol of its own for each local derivative. */
static expr_id name_of_local(void *context, expr_id part)
{
    struct buf name;
    buf_init(&name);
    buf_format(&name, "#%u", (unsigned)part);
    expr_id symbol = expr_symbol(context, buf_peek(&name));
    buf_clear(&name);
    return symbol;
}

static expr_id with_locals_named(struct pool *pool, expr_id e)
{
    struct sites sites;
    sites_init(&sites);
    sites_find(&sites, pool, e, is_local, NULL);
    if (sites.count)
        e = sites_rewrite(pool, e, &sites, name_of_local, pool);
    sites_clear(&sites);
    return e;
}

/* d(of)/d(by) = sum over all paths: by the recursion node by node, and by multiplying
   that out, the local derivatives being unknowns. */
static bool proved_chain_rule(struct checker *checker, expr_id before, expr_id after)
{
    struct network *network = checker->derivation->network;
    struct derivation part = *checker->derivation;
    part.from = network_node(network, expr_part(checker->pool, before, 1));
    part.to = network_node(network, expr_part(checker->pool, before, 0));
    part.graph = graph_new(network, part.from, part.to);
    node_id *nodes = NULL;
    size_t count = 0;
    graph_list_nodes(part.graph, &nodes, &count);
    expr_id *parts = memory_array(NULL, count + 1, sizeof *parts);
    expr_id shared = form_shared(&part, true, parts);
    bool ok = piecewise_proved_nodes(checker, part.graph, parts) &&
              checker_proved(checker, with_locals_named(checker->pool, shared),
                             with_locals_named(checker->pool, after));
    memory_free(parts);
    memory_free(nodes);
    graph_free(part.graph);
    return ok;
}

/* Local derivatives on their way to become labels. */
struct labelling {
    struct checker *checker;
    struct graph *graph;
};

/* The label, if it is proved to be the local derivative. */
static expr_id label_of_local(void *context, expr_id part)
{
    struct labelling *labelling = context;
    struct checker *checker = labelling->checker;
    struct network *network = graph_network(labelling->graph);
    node_id of = network_node(network, expr_part(checker->pool, part, 0));
    node_id by = network_node(network, expr_part(checker->pool, part, 1));
    expr_id label = graph_label(labelling->graph, by, of);
    return checker_proved(checker, part, label) ? label : 0;
}

bool piecewise_proved_labels(struct checker *checker, struct graph *graph,
                             expr_id fractions, expr_id labels)
{
    struct labelling labelling = {checker, graph};
    struct sites sites;
    size_t lemma_count = checker->lemma_count;
    sites_init(&sites);
    sites_find(&sites, checker->pool, fractions, is_local, NULL);
    checker->worst = VERDICT_PROVED;
    checker->lemma_count = 0;
    expr_id e =
        sites_rewrite(checker->pool, fractions, &sites, label_of_local, &labelling);
    checker->lemma_count = lemma_count;
    sites_clear(&sites);
    return e != 0 && checker_proved(checker, e, labels) &&
           checker->worst == VERDICT_PROVED;
}

/* The parts at the sites, before and after. */
struct pairs {
    struct rule_context context;
    enum rule_id rule;
    struct expr_list before, after;
};

static expr_id note_pair(void *context, expr_id part)
{
    struct pairs *pairs = context;
    expr_id after = rule_of(pairs->rule)->rewrite(&pairs->context, part);
    expr_list_push(&pairs->before, part);
    expr_list_push(&pairs->after, after);
    return after;
}

/* What is equal at each site is equal as a whole. */
static bool proved_at_sites(struct checker *checker, const struct step *step,
                            expr_id before)
{
    struct pairs pairs = {
        .context = {checker->derivation, checker->pool, step->uses, step->use_count},
        .rule = step->rule};
    expr_list_init(&pairs.before);
    expr_list_init(&pairs.after);
    bool ok = sites_rewrite(checker->pool, before, &step->sites, note_pair, &pairs) ==
              step->after;
    for (size_t i = 0; ok && i < pairs.before.count; i++)
        ok = checker_proved(checker, pairs.before.items[i], pairs.after.items[i]);
    expr_list_clear(&pairs.before);
    expr_list_clear(&pairs.after);
    return ok;
}

static bool acts_on_whole(const struct step *step)
{
    return step->sites.count == 1 && step->sites.items[0].depth == 0;
}

bool piecewise_proved(struct checker *checker, const struct step *step, expr_id before)
{
    bool ok = false;
    checker->worst = VERDICT_PROVED;
    checker->lemma_count = 0;
    if (!acts_on_whole(step))
        ok = proved_at_sites(checker, step, before);
    else if (step->rule == RULE_CHAIN_RULE)
        ok = proved_chain_rule(checker, before, step->after);
    return ok && checker->worst == VERDICT_PROVED;
}
