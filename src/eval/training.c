#include "eval/training.h"

#include "base/memory.h"

/* More digits than are shown, so that rounding leaves no doubt of the last one. */
enum { SPARE_DIGITS = 3 };

struct node_list {
    node_id *items;
    size_t count;
};

static void push(struct node_list *list, node_id node)
{
    if ((list->count & (list->count - 1)) == 0)
        list->items = memory_array(list->items, list->count == 0 ? 1 : 2 * list->count,
                                   sizeof(node_id));
    list->items[list->count++] = node;
}

/* dE/d(node) by the sums of layers, which are error signals, and by what equations
   define: from the error backwards, a layer's in order. */
static void list_signals(const struct network *network, struct node_list *list)
{
    node_id node = network_error(network) - 1;
    while (node >= 0 && network_is_defined(network, node)) {
        int64_t place;
        const struct layer *layer = network_layer_of(network, node, &place);
        if (layer == NULL) {
            push(list, node--);
            continue;
        }
        struct range nodes = layer_has_sum(layer, node) ? layer->sums : layer->units;
        for (int64_t i = 0; i < nodes.count && layer_has_sum(layer, node); i++)
            push(list, nodes.first + i);
        node = nodes.first - 1;
    }
}

static bool is_free_parameter(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);
    return (kind == NODE_PARAMETER || kind == NODE_WEIGHT || kind == NODE_BIAS) &&
           !network_is_fixed(network, node);
}

static void list_parameters(const struct network *network, struct node_list *list)
{
    const struct network_leaves *leaves = network_leaves(network);
    for (size_t i = 0; i < leaves->count; i++) {
        struct range range = leaves->ranges[i];
        for (node_id node = range.first; node < range.first + range.count; node++)
            if (is_free_parameter(network, node))
                push(list, node);
    }
}

/* All derivatives, as narrow as the digits ask for. Sums over paths are shared: no path
 * is of interest by itself. */
static bool differentiate(struct training *training,
                          const struct training_options *options,
                          const struct budget *budget, struct diags *diags)
{
    struct node_list nodes = {NULL, 0};
    struct budget shared = *budget;
    mpq_t accuracy;
    mpq_init(accuracy);
    mpq_set_ui(accuracy, 1, 1);
    mpz_ui_pow_ui(mpq_denref(accuracy), 10, options->digits + SPARE_DIGITS);
    list_signals(training->network, &nodes);
    training->signal_count = nodes.count;
    list_parameters(training->network, &nodes);
    training->parameter_count = nodes.count - training->signal_count;
    shared.max_paths = 0;
    struct crosscheck_options wanted = {.nodes = nodes.items,
                                        .count = nodes.count,
                                        .goal = -1,
                                        .random = options->random,
                                        .seed = options->seed,
                                        .accuracy = accuracy,
                                        .max_bits = options->max_bits};
    bool ok =
        crosscheck_run(&training->crosscheck, training->network, &wanted, &shared, diags);
    memory_free(nodes.items);
    mpq_clear(accuracy);
    return ok;
}

const struct crosscheck_row *training_parameter(const struct training *training, size_t i)
{
    return &training->crosscheck.rows[training->signal_count + i];
}

void training_value(const struct training *training, node_id node,
                    struct enclosure *value)
{
    const struct values *values = &training->crosscheck.values;
    values->arith.get_enclosure(value, values_number(values, node));
}

/* w - rate dE/dw, all from the old values. */
static void update(struct training *training)
{
    const struct values *values = &training->crosscheck.values;
    const struct arith *arith = &values->arith;
    void *numbers = arith_new_array(arith, 2), *rate = arith_at(arith, numbers, 1);
    training->updated =
        memory_array(NULL, training->parameter_count, sizeof *training->updated);
    arith->set_rational(rate, training->rate);
    arith->negate(rate, rate);
    for (size_t i = 0; i < training->parameter_count; i++) {
        const struct crosscheck_row *row = training_parameter(training, i);
        arith->set_enclosure(numbers, &row->path_sum);
        arith->multiply(numbers, numbers, rate);
        arith->add(numbers, numbers, values_number(values, row->node));
        enclosure_init(&training->updated[i]);
        arith->get_enclosure(&training->updated[i], numbers);
    }
    arith_free_array(arith, numbers, 2);
}

/* The error with the parameters that the step has led to. */
static bool forward_again(struct training *training, struct diags *diags)
{
    const struct values *before = &training->crosscheck.values;
    struct values after;
    values_init(&after, training->network, &before->budget);
    values_set_drawing(&after, before->drawing);
    values_set_bits(&after, before->arith.bits);
    for (node_id node = 0; node < after.count; node++)
        if (!network_is_defined(training->network, node))
            mpq_set(after.items + node, values_peek(before, node));
    values_set_leaves(&after);
    for (size_t i = 0; i < training->parameter_count; i++)
        values_set_leaf(&after, training_parameter(training, i)->node,
                        &training->updated[i]);
    bool ok = values_forward_from_leaves(&after, diags);
    if (ok)
        after.arith.get_enclosure(
            &training->error_after,
            values_number(&after, network_error(training->network)));
    values_clear(&after);
    return ok;
}

static bool take_step(struct training *training, mpq_srcptr rate, struct diags *diags)
{
    training->has_step = true;
    mpq_set(training->rate, rate);
    update(training);
    return forward_again(training, diags);
}

bool training_run(struct training *training, struct network *network,
                  const struct training_options *options, const struct budget *budget,
                  struct diags *diags)
{
    *training = (struct training){.network = network};
    mpq_init(training->rate);
    enclosure_init(&training->error_after);
    if (!differentiate(training, options, budget, diags))
        return false;
    enum crosscheck_verdict worst = crosscheck_worst(&training->crosscheck);
    training->is_certain = worst < CROSSCHECK_UNDECIDED;
    if (worst == CROSSCHECK_DIFFER)
        return diag(diags, DIAG_INTERNAL, "two ways to the gradient disagree", NULL);
    return options->rate == NULL || take_step(training, options->rate, diags);
}

void training_clear(struct training *training)
{
    for (size_t i = 0; training->updated != NULL && i < training->parameter_count; i++)
        enclosure_clear(&training->updated[i]);
    memory_free(training->updated);
    enclosure_clear(&training->error_after);
    mpq_clear(training->rate);
    crosscheck_clear(&training->crosscheck);
}
