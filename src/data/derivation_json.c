#include "data/derivation_json.h"

#include "derive/rule.h"
#include "tell/bars.h"
#include "tell/shape.h"
#include "tell/tell_derivation.h"
#include "write/write.h"

struct exporter {
    struct json *json;
    struct derivation *derivation;
    struct arena arena;
    struct bars bars;
    struct typeset typeset;
};

static void put_text(struct exporter *exporter, const char *key, const char *text)
{
    json_key(exporter->json, key);
    json_text(exporter->json, text);
}

static void put_formula(struct exporter *exporter, const char *key,
                        const struct formula *formula)
{
    struct buf text;
    buf_init(&text);
    write_latex_formula(formula, &text);
    put_text(exporter, key, buf_peek(&text));
    buf_clear(&text);
}

static void put_expression(struct exporter *exporter, const char *key, expr_id e)
{
    put_formula(exporter, key, typeset_expression(&exporter->typeset, e));
}

static void put_name(struct exporter *exporter, node_id node)
{
    struct buf name;
    buf_init(&name);
    network_name(exporter->typeset.network, node, &name);
    json_text(exporter->json, buf_peek(&name));
    buf_clear(&name);
}

static void put_node(struct exporter *exporter, const char *key, node_id node)
{
    json_key(exporter->json, key);
    put_name(exporter, node);
}

static void put_nodes(struct exporter *exporter, const char *key, const node_id *nodes,
                      size_t count)
{
    json_key(exporter->json, key);
    json_array(exporter->json);
    for (size_t i = 0; i < count; i++)
        put_name(exporter, nodes[i]);
    json_end(exporter->json);
}

static void put_count(struct exporter *exporter, const char *key, mpz_srcptr count)
{
    json_key(exporter->json, key);
    json_count(exporter->json, count);
}

static void put_sites(struct exporter *exporter, const struct sites *sites)
{
    struct json *json = exporter->json;
    json_key(json, "sites");
    json_array(json);
    for (size_t i = 0; i < sites->count; i++) {
        json_array(json);
        for (size_t k = 0; k < sites->items[i].depth; k++)
            json_integer(json, sites->items[i].steps[k]);
        json_end(json);
    }
    json_end(json);
}

static void put_verdict(struct exporter *exporter, enum verdict verdict, unsigned bound)
{
    put_text(exporter, "verdict", verdict == VERDICT_PROVED ? "proved" : "probable");
    if (verdict == VERDICT_PROBABLE) {
        json_key(exporter->json, "bound");
        json_integer(exporter->json, bound);
    }
}

static void put_step(struct exporter *exporter, const struct step *step)
{
    static const char *const levels[] = {"explicit", "normal", "brief"};
    static const char *const shapes[] = {"plain", "elided", "path-set", "index"};
    struct json *json = exporter->json;
    json_object(json);
    put_text(exporter, "rule", rule_of(step->rule)->name);
    put_text(exporter, "level", levels[rule_of(step->rule)->level]);
    put_text(exporter, "reason", rule_of(step->rule)->reason);
    put_sites(exporter, &step->sites);
    json_key(json, "uses");
    json_array(json);
    for (size_t i = 0; i < step->use_count; i++)
        json_integer(json, step->uses[i]);
    json_end(json);
    put_text(exporter, "shape", shapes[step->shape.kind]);
    if (step->shape.kind == SHAPE_ELIDED)
        put_text(exporter, "terms", step->shape.count);
    put_formula(exporter, "right",
                shape_formula(&exporter->typeset, exporter->derivation, &step->shape,
                              step->after));
    put_verdict(exporter, step->verdict, step->bound);
    json_end(json);
}

static void put_chain(struct exporter *exporter, const struct chain *chain)
{
    static const char *const roles[] = {"goal", "output", "result", "signal", "pattern"};
    struct json *json = exporter->json;
    json_object(json);
    put_text(exporter, "role", roles[chain->role]);
    put_expression(exporter, "left", chain->left);
    if (chain->number) {
        json_key(json, "equation");
        json_integer(json, chain->number);
    }
    json_key(json, "steps");
    json_array(json);
    for (size_t i = 0; i < chain->count; i++)
        put_step(exporter, &chain->steps[i]);
    json_end(json);
    json_end(json);
}

static void put_equation(struct exporter *exporter, expr_id left, expr_id right)
{
    json_object(exporter->json);
    put_expression(exporter, "left", left);
    put_expression(exporter, "right", right);
    json_end(exporter->json);
}

static void put_signals(struct exporter *exporter, const char *key,
                        const struct signal *signals, size_t count)
{
    json_key(exporter->json, key);
    json_array(exporter->json);
    for (size_t i = 0; i < count; i++) {
        json_object(exporter->json);
        put_expression(exporter, "left", signals[i].symbol);
        put_expression(exporter, "right", signals[i].value);
        put_verdict(exporter, signals[i].verdict, signals[i].bound);
        json_end(exporter->json);
    }
    json_end(exporter->json);
}

static void put_definitions(struct exporter *exporter)
{
    struct derivation *derivation = exporter->derivation;
    struct defs *defs = network_defs(derivation->network);
    json_key(exporter->json, "definitions");
    json_array(exporter->json);
    for (size_t i = 0; i < derivation->definition_count; i++) {
        expr_id symbol = network_symbol(derivation->network, derivation->definitions[i]);
        put_equation(exporter, symbol, defs_get(defs, symbol));
    }
    json_end(exporter->json);
}

static void put_cost(struct exporter *exporter)
{
    const struct cost *cost = &exporter->derivation->cost;
    json_key(exporter->json, "multiplications");
    json_object(exporter->json);
    put_count(exporter, "paths", cost->paths_one);
    put_count(exporter, "backprop", cost->backward_one);
    put_count(exporter, "paths_all", cost->paths_all);
    put_count(exporter, "backprop_all", cost->backward_all);
    json_end(exporter->json);
}

static void exporter_init(struct exporter *exporter, struct json *json,
                          struct network *network)
{
    exporter->json = json;
    arena_init(&exporter->arena);
    exporter->bars = (struct bars){network, &exporter->arena};
    typeset_init(&exporter->typeset, &exporter->arena, network);
    exporter->typeset.needs_bar = bars_needed;
    exporter->typeset.held = bars_held;
    exporter->typeset.context = &exporter->bars;
}

static void put_chains(struct exporter *exporter)
{
    struct derivation *derivation = exporter->derivation;
    json_key(exporter->json, "chains");
    json_array(exporter->json);
    for (size_t i = 0; i < derivation->chain_count; i++)
        put_chain(exporter, &derivation->chains[i]);
    json_end(exporter->json);
}

void derivation_json(struct json *json, struct derivation *derivation, uint64_t max_terms)
{
    struct exporter exporter = {.derivation = derivation};
    exporter_init(&exporter, json, derivation->network);
    exporter.typeset.max_terms = derivation->is_compact ? 4 : max_terms;
    json_object(json);
    put_node(&exporter, "of", derivation->to);
    put_node(&exporter, "by", derivation->from);
    put_count(&exporter, "paths", graph_total(derivation->graph));
    put_nodes(&exporter, "outputs", derivation->outputs, derivation->output_count);
    put_definitions(&exporter);
    put_nodes(&exporter, "idle", derivation->idle, derivation->idle_count);
    put_chains(&exporter);
    put_signals(&exporter, "error_signals", derivation->signals,
                derivation->signal_count);
    put_signals(&exporter, "backprop", derivation->backward, derivation->backward_count);
    if (derivation->no_index != SOME_INDEX)
        put_text(&exporter, "no_index", tell_no_index(derivation->no_index));
    put_cost(&exporter);
    json_end(json);
    arena_clear(&exporter.arena);
}

void general_json(struct json *json, struct general *general)
{
    struct exporter exporter = {0};
    exporter_init(&exporter, json, general->network);
    json_object(json);
    put_node(&exporter, "of", general->goal);
    json_key(json, "equations");
    json_array(json);
    for (size_t i = 0; i < general->count; i++)
        put_equation(&exporter, general->equations[i].left, general->equations[i].right);
    json_end(json);
    json_end(json);
    arena_clear(&exporter.arena);
}
