#include "eval/values.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "net/build.h"

#include <inttypes.h>
#include <string.h>

static mpq_srcptr symbol_value(void *context, expr_id symbol)
{
    const struct values *values = context;
    node_id node = network_node(values->network, symbol);
    return node < 0 ? NULL : values->items + node;
}

void values_init(struct values *values, struct network *network,
                 const struct budget *budget)
{
    values->network = network;
    values->count = network_count(network);
    values->items = memory_array(NULL, (size_t)values->count, sizeof(mpq_t));
    for (int64_t i = 0; i < values->count; i++)
        mpq_init(values->items + i);
    evaluation_init(&values->evaluation, &arith_gmp, network_pool(network), budget);
    evaluation_set_symbols(&values->evaluation, symbol_value, values);
}

void values_clear(struct values *values)
{
    evaluation_clear(&values->evaluation);
    for (int64_t i = 0; i < values->count; i++)
        mpq_clear(values->items + i);
    memory_free(values->items);
}

mpq_srcptr values_peek(const struct values *values, node_id node)
{
    return values->items + node;
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

enum { NAMED_LEAVES = 6 };

/* Names the first of the leaves without value, and counts the others. */
static bool report_missing(struct network *network, node_id first, struct diags *diags)
{
    struct buf names, others;
    buf_init(&names);
    buf_init(&others);
    int64_t missing = 0;
    for (node_id node = first; node < network_count(network); node++) {
        if (network_is_defined(network, node) || network_value(network, node) != NULL)
            continue;
        if (missing++ >= NAMED_LEAVES)
            continue;
        buf_text(&names, node == first ? "" : ", ");
        write_plain_name(network, node, &names);
    }
    buf_format(&others, "%" PRId64, missing - NAMED_LEAVES);
    if (missing > NAMED_LEAVES)
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

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
 */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static void draw_rational(mpq_ptr value, uint64_t *state)
{
    uint64_t bits = next_random(state);
    long numerator = 1 + (long)(bits % 9);
    unsigned long denominator = 1 + (bits >> 16) % 4;
    mpq_set_si(value, bits >> 63 ? -numerator : numerator, denominator);
    mpq_canonicalize(value);
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
            draw_rational(values->items + node, state);
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

static void add_product(mpq_ptr sum, mpq_srcptr a, mpq_srcptr b)
{
    mpq_t product;
    mpq_init(product);
    mpq_mul(product, a, b);
    mpq_add(sum, sum, product);
    mpq_clear(product);
}

/* A unit of a layer, without making its expression. */
static void forward_unit(struct values *values, node_id unit)
{
    int64_t place;
    const struct layer *layer = network_layer_of(values->network, unit, &place);
    mpq_ptr sum = values->items + unit;
    mpq_set_ui(sum, 0, 1);
    for (int64_t from = 0; from < layer->fan_in; from++) {
        node_id weight = network_weight(values->network, layer, place, from);
        if (weight >= 0)
            add_product(sum, values->items + weight,
                        values->items + network_source(layer, from));
    }
    node_id bias = network_bias(values->network, layer, place);
    if (bias >= 0)
        mpq_add(sum, sum, values->items + bias);
}

mpq_srcptr values_evaluate(struct values *values, expr_id e, node_id node,
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
    mpq_srcptr value = values_evaluate(values, right, node, diags);
    if (value != NULL)
        mpq_set(values->items + node, value);
    return value != NULL;
}

bool values_forward(struct values *values, struct diags *diags)
{
    struct network *network = values->network;
    evaluation_forget(&values->evaluation);
    for (node_id node = 0; node < values->count; node++) {
        int64_t place;
        if (!network_is_defined(network, node))
            continue;
        const struct layer *layer = network_layer_of(network, node, &place);
        if (layer && layer_has_sum(layer, node))
            forward_unit(values, node);
        else if (!forward_expression(values, node, diags))
            return false;
    }
    return true;
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
