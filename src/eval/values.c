#include "eval/values.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "net/build.h"

#include <inttypes.h>
#include <string.h>

enum { FIRST_BITS = 64 };

static const void *symbol_value(void *context, expr_id symbol)
{
    const struct values *values = context;
    node_id node = network_node(values->network, symbol);
    return node < 0 ? NULL : values_number(values, node);
}

/* Numbers of the precision that is wanted. */
static void make_numbers(struct values *values, long bits)
{
    values->arith = arith_enclosing(&arith_gmp, bits);
    values->numbers = arith_new_array(&values->arith, (size_t)values->count);
    evaluation_init(&values->evaluation, &values->arith, network_pool(values->network),
                    &values->budget);
    evaluation_set_symbols(&values->evaluation, symbol_value, values);
    evaluation_set_drawing(&values->evaluation, values->drawing);
}

static void free_numbers(struct values *values)
{
    evaluation_clear(&values->evaluation);
    arith_free_array(&values->arith, values->numbers, (size_t)values->count);
}

void values_init(struct values *values, struct network *network,
                 const struct budget *budget)
{
    *values = (struct values){.network = network, .budget = *budget};
    values->count = network_count(network);
    values->items = memory_array(NULL, (size_t)values->count, sizeof(mpq_t));
    for (int64_t i = 0; i < values->count; i++)
        mpq_init(values->items + i);
    make_numbers(values, FIRST_BITS);
}

void values_clear(struct values *values)
{
    free_numbers(values);
    for (int64_t i = 0; i < values->count; i++)
        mpq_clear(values->items + i);
    memory_free(values->items);
}

void values_set_bits(struct values *values, long bits)
{
    free_numbers(values);
    make_numbers(values, bits);
}

void values_set_drawing(struct values *values, struct drawing drawing)
{
    values->drawing = drawing;
    evaluation_set_drawing(&values->evaluation, drawing);
}

mpq_srcptr values_peek(const struct values *values, node_id node)
{
    return values->items + node;
}

const void *values_number(const struct values *values, node_id node)
{
    return arith_at(&values->arith, values->numbers, (size_t)node);
}

bool values_is_exact(const struct values *values, node_id node)
{
    return values->arith.is_exact(values_number(values, node));
}

bool values_are_given(struct network *network)
{
    int64_t count = network_count(network);
    for (node_id node = 0; node < count; node++) {
        if (network_is_defined(network, node))
            continue;
        if (network_value(network, node) != NULL && !network_is_fixed(network, node))
            return true;
    }
    return false;
}

static void write_plain_name(const struct network *network, node_id node, struct buf *out)
{
    struct buf name;
    buf_init(&name);
    network_name(network, node, &name);
    name_plain(out, buf_peek(&name));
    buf_clear(&name);
}

/* Where more than one is left out. */
enum { NAMED_LEAVES = 6 };

static bool is_missing(const struct network *network, node_id node)
{
    return !network_is_defined(network, node) && network_value(network, node) == NULL;
}

static void write_missing(struct network *network, node_id first, int64_t count,
                          struct buf *out)
{
    for (node_id node = first; count > 0; node++) {
        if (!is_missing(network, node))
            continue;
        buf_text(out, node == first ? "" : ", ");
        write_plain_name(network, node, out);
        count--;
    }
}

/* Names the first of the leaves without value, and counts the others. */
static bool report_missing(struct network *network, node_id first, struct diags *diags)
{
    struct buf names, others;
    int64_t missing = 0;
    for (node_id node = first; node < network_count(network); node++)
        missing += is_missing(network, node);
    bool has_many = missing > NAMED_LEAVES + 1;
    buf_init(&names);
    buf_init(&others);
    write_missing(network, first, has_many ? NAMED_LEAVES : missing, &names);
    buf_format(&others, "%" PRId64, missing - NAMED_LEAVES);
    if (has_many)
        diag(diags, DIAG_VALUES_MISSING_MANY, buf_peek(&names), buf_peek(&others), NULL);
    else
        diag(diags, DIAG_VALUES_MISSING, buf_peek(&names), NULL);
    buf_clear(&others);
    buf_clear(&names);
    return false;
}

bool values_take_given(struct values *values, struct diags *diags)
{
    struct network *network = values->network;
    for (node_id node = 0; node < values->count; node++) {
        if (network_is_defined(network, node))
            continue;
        mpq_srcptr given = network_value(network, node);
        if (given == NULL)
            return report_missing(network, node, diags);
        mpq_set(values->items + node, given);
    }
    return true;
}

void values_draw(struct values *values, uint64_t *state)
{
    struct network *network = values->network;
    for (node_id node = 0; node < values->count; node++) {
        if (network_is_defined(network, node))
            continue;
        if (network_is_fixed(network, node))
            mpq_set(values->items + node, network_value(network, node));
        else
            drawn_rational(values->items + node, state);
    }
}

/* The place of an equation, or none for a layer. */
static struct place definition_place(struct network *network, const char *name)
{
    const struct network_plan *plan = network_plan(network);
    for (size_t i = 0; i < plan->equation_count; i++)
        if (strcmp(plan->equations[i].left, name) == 0)
            return plan_place(plan, plan->equations[i].span);
    return (struct place){NULL, {0, 0}};
}

void values_report(const struct values *values, node_id node, enum arith_fault fault,
                   struct diags *diags)
{
    static const enum diag_code codes[] = {
        [ARITH_ZERO_DIVISOR] = DIAG_EVAL_ZERO_DIVISOR,
        [ARITH_EXPONENT] = DIAG_EVAL_EXPONENT,
        [ARITH_TOO_LONG] = DIAG_EVAL_TOO_LONG,
        [ARITH_NO_VALUE] = DIAG_EVAL_NO_VALUE,
        [ARITH_IRRATIONAL] = DIAG_EVAL_NO_VALUE,
        [ARITH_DOMAIN] = DIAG_EVAL_DOMAIN,
        [ARITH_KINK] = DIAG_EVAL_KINK,
        [ARITH_LETTER] = DIAG_EVAL_LETTER,
        [ARITH_LETTER_WIDE] = DIAG_EVAL_LETTER_WIDE,
    };
    struct buf name, plain, limit;
    buf_init(&name);
    buf_init(&plain);
    buf_init(&limit);
    network_name(values->network, node, &name);
    name_plain(&plain, buf_peek(&name));
    buf_format(&limit, "%zu", values->evaluation.max_bits / 8);
    diag_at(diags, codes[fault], definition_place(values->network, buf_peek(&name)),
            buf_peek(&plain), buf_peek(&limit), NULL);
    buf_clear(&limit);
    buf_clear(&plain);
    buf_clear(&name);
}

static void *number_at(struct values *values, node_id node)
{
    return arith_at(&values->arith, values->numbers, (size_t)node);
}

/* A sum of a layer, without making its expression. */
static void forward_sum(struct values *values, node_id node)
{
    const struct arith *arith = &values->arith;
    int64_t place;
    const struct layer *layer = network_layer_of(values->network, node, &place);
    void *sum = number_at(values, node), *product = arith_new_array(arith, 1);
    arith_set_integer(arith, sum, 0);
    for (int64_t from = 0; from < layer->fan_in; from++) {
        node_id weight = network_weight(values->network, layer, place, from);
        if (weight < 0)
            continue;
        arith->multiply(product, number_at(values, weight),
                        number_at(values, network_source(layer, from)));
        arith->add(sum, sum, product);
    }
    node_id bias = network_bias(values->network, layer, place);
    if (bias >= 0)
        arith->add(sum, sum, number_at(values, bias));
    arith_free_array(arith, product, 1);
}

const void *values_evaluate(struct values *values, expr_id e, node_id node,
                            struct diags *diags)
{
    enum arith_fault fault = evaluation_run(&values->evaluation, e);
    if (fault == ARITH_OK)
        return evaluation_peek(&values->evaluation, e);
    values_report(values, node, fault, diags);
    return NULL;
}

static bool forward_expression(struct values *values, node_id node, struct diags *diags)
{
    struct network *network = values->network;
    expr_id right = defs_get(network_defs(network), network_symbol(network, node));
    const void *value = values_evaluate(values, right, node, diags);
    if (value != NULL)
        values->arith.set(number_at(values, node), value);
    return value != NULL;
}

/* The sum of a layer whose value may be the greatest. */
static node_id greatest_sum(const struct values *values, const struct layer *layer)
{
    struct enclosure most, here;
    node_id greatest = layer->sums.first;
    enclosure_init(&most);
    enclosure_init(&here);
    for (int64_t i = 0; i < layer->size; i++) {
        values->arith.get_enclosure(&here, values_number(values, layer->sums.first + i));
        if (i > 0 && !enclosure_exceeds(&here, &most))
            continue;
        enclosure_set(&most, &here);
        greatest = layer->sums.first + i;
    }
    enclosure_clear(&most);
    enclosure_clear(&here);
    return greatest;
}

/* e^{z_k - m} / sum_j e^{z_j - m} with m the greatest z, so that nothing overflows. */
static bool forward_softmax(struct values *values, const struct layer *layer)
{
    const struct arith *arith = &values->arith;
    struct arith_call call = {.function = FUNCTION_EXP};
    void *numbers = arith_new_array(arith, 2), *total = arith_at(arith, numbers, 1);
    arith->negate(numbers, values_number(values, greatest_sum(values, layer)));
    for (int64_t i = 0; i < layer->size; i++) {
        void *unit = number_at(values, layer->units.first + i);
        arith->add(unit, values_number(values, layer->sums.first + i), numbers);
        arith->apply(unit, &call, (const void *[]){unit, NULL});
        arith->add(total, total, unit);
    }
    bool ok = arith->invert(total, total);
    for (int64_t i = 0; i < layer->size; i++) {
        void *unit = number_at(values, layer->units.first + i);
        arith->multiply(unit, unit, total);
    }
    arith_free_array(arith, numbers, 2);
    return ok;
}

static bool forward_node(struct values *values, node_id node, struct diags *diags)
{
    int64_t place;
    const struct layer *layer = network_layer_of(values->network, node, &place);
    if (layer && layer_has_sum(layer, node)) {
        forward_sum(values, node);
        return true;
    }
    if (!layer || layer->activation != ACTIVATION_SOFTMAX)
        return forward_expression(values, node, diags);
    return node != layer->units.first || forward_softmax(values, layer);
}

void values_set_leaves(struct values *values)
{
    for (node_id node = 0; node < values->count; node++)
        if (!network_is_defined(values->network, node))
            values->arith.set_rational(number_at(values, node), values->items + node);
}

void values_set_leaf(struct values *values, node_id leaf, const struct enclosure *value)
{
    values->arith.set_enclosure(number_at(values, leaf), value);
}

bool values_forward_from_leaves(struct values *values, struct diags *diags)
{
    evaluation_forget(&values->evaluation);
    for (node_id node = 0; node < values->count; node++) {
        if (!network_is_defined(values->network, node))
            continue;
        if (!forward_node(values, node, diags))
            return false;
        if (values_is_exact(values, node))
            values->arith.get_rational(values->items + node, number_at(values, node));
    }
    return true;
}

bool values_forward(struct values *values, struct diags *diags)
{
    values_set_leaves(values);
    return values_forward_from_leaves(values, diags);
}

enum { LET_COLUMNS = 76 };

/* One `let` line, filled with names on the left and numbers on the right. */
struct let_line {
    struct buf names, numbers;
};

static void end_line(struct let_line *line, struct buf *out)
{
    if (line->names.length > 0)
        buf_format(out, "let%s =%s\n", buf_peek(&line->names), buf_peek(&line->numbers));
    buf_truncate(&line->names, 0);
    buf_truncate(&line->numbers, 0);
}

static void write_leaf(const struct values *values, node_id node, struct let_line *line,
                       struct buf *out)
{
    struct buf name, number;
    buf_init(&name);
    buf_init(&number);
    network_name(values->network, node, &name);
    number_write(&number, values->items + node);
    size_t length =
        line->names.length + line->numbers.length + name.length + number.length;
    if (length + strlen("let  =  ") > LET_COLUMNS)
        end_line(line, out);
    buf_format(&line->names, " %s", buf_peek(&name));
    buf_format(&line->numbers, " %s", buf_peek(&number));
    buf_clear(&number);
    buf_clear(&name);
}

void values_write_let(const struct values *values, struct buf *out)
{
    const struct network_leaves *leaves = network_leaves(values->network);
    struct let_line line;
    buf_init(&line.names);
    buf_init(&line.numbers);
    for (size_t i = 0; i < leaves->count; i++) {
        struct range range = leaves->ranges[i];
        for (node_id node = range.first; node < range.first + range.count; node++)
            if (!network_is_fixed(values->network, node))
                write_leaf(values, node, &line, out);
        end_line(&line, out);
    }
    buf_clear(&line.numbers);
    buf_clear(&line.names);
}
