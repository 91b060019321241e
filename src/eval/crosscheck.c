#include "eval/crosscheck.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "eval/backprop.h"
#include "eval/path_sum.h"
#include "eval/sweep.h"

#include <inttypes.h>

static void add_row(struct crosscheck *crosscheck, node_id node)
{
    size_t count = crosscheck->count;
    if ((count & (count - 1)) == 0)
        crosscheck->rows = memory_array(crosscheck->rows, count == 0 ? 1 : 2 * count,
                                        sizeof *crosscheck->rows);
    struct crosscheck_row *row = &crosscheck->rows[crosscheck->count++];
    row->node = node;
    mpz_init(row->path_count);
    mpq_inits(row->path_sum, row->other, row->difference, NULL);
    row->is_equal = false;
}

static bool is_free_parameter(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);
    return (kind == NODE_PARAMETER || kind == NODE_WEIGHT || kind == NODE_BIAS) &&
           !network_is_fixed(network, node);
}

static void choose_rows(struct crosscheck *crosscheck,
                        const struct crosscheck_options *options)
{
    for (size_t i = 0; i < options->count; i++)
        add_row(crosscheck, options->nodes[i]);
    if (options->count > 0)
        return;
    const struct network_leaves *leaves = network_leaves(crosscheck->network);
    for (size_t i = 0; i < leaves->count; i++) {
        node_id end = leaves->ranges[i].first + leaves->ranges[i].count;
        for (node_id node = leaves->ranges[i].first; node < end; node++)
            if (is_free_parameter(crosscheck->network, node))
                add_row(crosscheck, node);
    }
}

/* Beyond this many nodes to look at, counting stops at the first excess. */
static const double exact_total_nodes = 1e8;

static void report_excess(const struct crosscheck *crosscheck, size_t counted,
                          mpz_srcptr total, const struct budget *budget,
                          struct diags *diags)
{
    struct buf rows, name, paths, limit;
    buf_init(&rows);
    buf_init(&name);
    buf_init(&paths);
    buf_init(&limit);
    buf_format(&rows, "%zu", counted);
    number_write_grouped(&paths, total);
    buf_format(&limit, "%" PRIu64, budget->max_paths);
    if (crosscheck->count == 1) {
        struct buf canonical;
        buf_init(&canonical);
        network_name(crosscheck->network, crosscheck->rows[0].node, &canonical);
        name_plain(&name, buf_peek(&canonical));
        buf_clear(&canonical);
        diag(diags, DIAG_PATHS_TOO_MANY, buf_peek(&name), buf_peek(&paths),
             buf_peek(&limit), NULL);
    } else {
        diag(diags,
             counted < crosscheck->count ? DIAG_PATHS_TOO_MANY_SO_FAR
                                         : DIAG_PATHS_TOO_MANY_TOGETHER,
             buf_peek(&rows), buf_peek(&paths), buf_peek(&limit), NULL);
    }
    buf_clear(&limit);
    buf_clear(&paths);
    buf_clear(&name);
    buf_clear(&rows);
}

static bool exceeds(mpz_srcptr total, uint64_t limit)
{
    return mpz_sizeinbase(total, 2) > 64 || mpz_get_ui(total) > limit;
}

static bool count_paths(struct crosscheck *crosscheck, const struct budget *budget,
                        struct diags *diags)
{
    double nodes = (double)crosscheck->count * (double)network_count(crosscheck->network);
    bool goes_on = nodes <= exact_total_nodes;
    mpz_t total;
    mpz_init(total);
    size_t i = 0;
    while (i < crosscheck->count && (goes_on || !exceeds(total, budget->max_paths))) {
        struct crosscheck_row *row = &crosscheck->rows[i++];
        struct graph *graph = graph_new(crosscheck->network, row->node, crosscheck->goal);
        mpz_set(row->path_count, graph_total(graph));
        mpz_add(total, total, row->path_count);
        graph_free(graph);
    }
    bool ok = !exceeds(total, budget->max_paths);
    if (!ok)
        report_excess(crosscheck, i, total, budget, diags);
    mpz_clear(total);
    return ok;
}

/* Whether something that is defined happens to be 0: then a product hides its other
 * factors. */
static bool has_zero(const struct crosscheck *crosscheck)
{
    struct network *network = crosscheck->network;
    for (node_id node = 0; node < crosscheck->values.count; node++) {
        if (!network_is_defined(network, node) ||
            mpq_sgn(values_peek(&crosscheck->values, node)) != 0)
            continue;
        if (network_kind(network, node) == NODE_UNIT)
            return true;
        expr_id right = defs_get(network_defs(network), network_symbol(network, node));
        if (expr_kind(network_pool(network), right) != EXPR_NUMBER)
            return true;
    }
    return false;
}

enum { DRAWS = 64, DRAWS_WITHOUT_ZERO = 8 };

/* Draws values until no definition divides by zero, and for a while until none is 0. */
static bool draw_values(struct crosscheck *crosscheck, struct diags *diags)
{
    uint64_t state = crosscheck->seed;
    for (int i = 1; i < DRAWS; i++) {
        struct diags ignored;
        diags_init(&ignored);
        values_draw(&crosscheck->values, &state);
        bool ok = values_forward(&crosscheck->values, &ignored);
        bool is_hopeless = diags_status(&ignored) == STATUS_LIMIT;
        diags_clear(&ignored);
        if (is_hopeless)
            break;
        if (ok && (i > DRAWS_WITHOUT_ZERO || !has_zero(crosscheck)))
            return true;
    }
    values_draw(&crosscheck->values, &state);
    return values_forward(&crosscheck->values, diags);
}

static bool find_values(struct crosscheck *crosscheck,
                        const struct crosscheck_options *options, struct diags *diags)
{
    bool given = values_are_given(crosscheck->network);
    crosscheck->is_by_default = !given && !options->random;
    crosscheck->is_random = !given || options->random;
    crosscheck->seed = options->random ? options->seed : 1;
    if (crosscheck->is_random)
        return draw_values(crosscheck, diags);
    return values_take_given(&crosscheck->values, diags) &&
           values_forward(&crosscheck->values, diags);
}

static bool sum_paths(struct crosscheck *crosscheck, struct diags *diags)
{
    bool ok = true;
    for (size_t i = 0; ok && i < crosscheck->count; i++) {
        struct crosscheck_row *row = &crosscheck->rows[i];
        struct graph *graph = graph_new(crosscheck->network, row->node, crosscheck->goal);
        ok = path_sum(row->path_sum, graph, &crosscheck->values, diags);
        graph_free(graph);
    }
    return ok;
}

static void run_backprop(struct crosscheck *crosscheck)
{
    struct backprop *backprop =
        backprop_new(crosscheck->network, crosscheck->values.items, NULL);
    for (size_t i = 0; i < crosscheck->count; i++)
        backprop_gradient(backprop, crosscheck->rows[i].node, crosscheck->rows[i].other);
    backprop_free(backprop);
}

static mpq_srcptr leaf_value(void *context, expr_id symbol)
{
    const struct values *values = context;
    node_id node = network_node(values->network, symbol);
    return node < 0 ? NULL : values_peek(values, node);
}

static bool run_sweep(struct crosscheck *crosscheck, const struct budget *budget,
                      struct diags *diags)
{
    struct network *network = crosscheck->network;
    struct sweep_input input = {.defs = network_defs(network),
                                .arith = &arith_flint,
                                .leaf = leaf_value,
                                .context = &crosscheck->values,
                                .budget = budget};
    enum arith_fault fault;
    struct sweep *sweep =
        sweep_new(&input, network_symbol(network, crosscheck->goal), &fault);
    if (sweep == NULL) {
        values_report(&crosscheck->values, crosscheck->goal, fault, diags);
        return false;
    }
    for (size_t i = 0; i < crosscheck->count; i++) {
        struct crosscheck_row *row = &crosscheck->rows[i];
        sweep_gradient(sweep, network_symbol(network, row->node), row->other);
    }
    sweep_free(sweep);
    return true;
}

static bool run_other(struct crosscheck *crosscheck, const struct budget *budget,
                      struct diags *diags)
{
    bool is_error = crosscheck->goal == network_error(crosscheck->network);
    if (is_error && backprop_applies(crosscheck->network) &&
        backprop_is_rational(crosscheck->network)) {
        crosscheck->method = CROSSCHECK_BACKPROP;
        run_backprop(crosscheck);
        return true;
    }
    crosscheck->method = CROSSCHECK_SWEEP;
    return run_sweep(crosscheck, budget, diags);
}

static void compare(struct crosscheck *crosscheck)
{
    for (size_t i = 0; i < crosscheck->count; i++) {
        struct crosscheck_row *row = &crosscheck->rows[i];
        mpq_sub(row->difference, row->path_sum, row->other);
        row->is_equal = mpq_sgn(row->difference) == 0;
        crosscheck->differing += !row->is_equal;
    }
}

bool crosscheck_run(struct crosscheck *crosscheck, struct network *network,
                    const struct crosscheck_options *options, const struct budget *budget,
                    struct diags *diags)
{
    *crosscheck = (struct crosscheck){.network = network};
    crosscheck->goal = options->goal < 0 ? network_error(network) : options->goal;
    choose_rows(crosscheck, options);
    if (!count_paths(crosscheck, budget, diags))
        return false;
    values_init(&crosscheck->values, network, budget);
    if (!find_values(crosscheck, options, diags) || !sum_paths(crosscheck, diags) ||
        !run_other(crosscheck, budget, diags))
        return false;
    compare(crosscheck);
    return true;
}

void crosscheck_clear(struct crosscheck *crosscheck)
{
    for (size_t i = 0; i < crosscheck->count; i++) {
        struct crosscheck_row *row = &crosscheck->rows[i];
        mpz_clear(row->path_count);
        mpq_clears(row->path_sum, row->other, row->difference, NULL);
    }
    memory_free(crosscheck->rows);
    if (crosscheck->values.network != NULL)
        values_clear(&crosscheck->values);
}
