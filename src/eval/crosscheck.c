#include "eval/crosscheck.h"

#include "base/memory.h"
#include "eval/node_sums.h"
#include "eval/referee.h"

/* Rows are held in memory, all of them. */
enum { MOST_ROWS = 2000000, FEWEST_BITS = 64 };

static void row_init(struct crosscheck_row *row, node_id node)
{
    row->node = node;
    row->verdict = CROSSCHECK_EQUAL;
    mpz_init(row->path_count);
    enclosure_init(&row->path_sum);
    row->others = NULL;
}

/* Room for what the methods come to. */
static void row_expect(struct crosscheck_row *row, size_t method_count)
{
    row->others = memory_array(NULL, method_count, sizeof *row->others);
    for (size_t i = 0; i < method_count; i++)
        enclosure_init(&row->others[i]);
}

static void row_clear(struct crosscheck_row *row, size_t method_count)
{
    mpz_clear(row->path_count);
    enclosure_clear(&row->path_sum);
    for (size_t i = 0; row->others != NULL && i < method_count; i++)
        enclosure_clear(&row->others[i]);
    memory_free(row->others);
}

static void add_row(struct crosscheck *crosscheck, node_id node)
{
    size_t count = crosscheck->count;
    if ((count & (count - 1)) == 0)
        crosscheck->rows = memory_array(crosscheck->rows, count == 0 ? 1 : 2 * count,
                                        sizeof *crosscheck->rows);
    row_init(&crosscheck->rows[crosscheck->count++], node);
}

static bool is_free_parameter(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);
    return (kind == NODE_PARAMETER || kind == NODE_WEIGHT || kind == NODE_BIAS) &&
           !network_is_fixed(network, node);
}

static bool report_size(struct diags *diags)
{
    struct buf most;
    buf_init(&most);
    buf_format(&most, "%d", MOST_ROWS);
    diag(diags, DIAG_CROSSCHECK_TOO_MANY, buf_peek(&most), NULL);
    buf_clear(&most);
    return false;
}

static void choose_parameters(struct crosscheck *crosscheck)
{
    const struct network_leaves *leaves = network_leaves(crosscheck->network);
    for (size_t i = 0; i < leaves->count; i++) {
        node_id end = leaves->ranges[i].first + leaves->ranges[i].count;
        for (node_id node = leaves->ranges[i].first; node < end; node++)
            if (crosscheck->count <= MOST_ROWS &&
                is_free_parameter(crosscheck->network, node))
                add_row(crosscheck, node);
    }
}

static bool choose_rows(struct crosscheck *crosscheck,
                        const struct crosscheck_options *options, struct diags *diags)
{
    for (size_t i = 0; i < options->count && i <= MOST_ROWS; i++)
        add_row(crosscheck, options->nodes[i]);
    crosscheck->is_whole = options->count == 0;
    if (crosscheck->is_whole)
        choose_parameters(crosscheck);
    return crosscheck->count <= MOST_ROWS || report_size(diags);
}

/* Whether something that is defined happens to be 0: then a product hides its other
 * factors. */
static bool has_zero(const struct crosscheck *crosscheck)
{
    struct network *network = crosscheck->network;
    for (node_id node = 0; node < crosscheck->values.count; node++) {
        if (!network_is_defined(network, node) ||
            !values_is_exact(&crosscheck->values, node) ||
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
    values_set_drawing(&crosscheck->values,
                       (struct drawing){crosscheck->is_random, crosscheck->seed});
    if (crosscheck->is_random)
        return draw_values(crosscheck, diags);
    return values_take_given(&crosscheck->values, diags) &&
           values_forward(&crosscheck->values, diags);
}

static long first_bits(const struct crosscheck_options *options, mpq_srcptr accuracy)
{
    long most = options->max_bits > 0 ? options->max_bits : CROSSCHECK_MAX_BITS;
    size_t above = mpz_sizeinbase(mpq_denref(accuracy), 2);
    size_t below = mpz_sizeinbase(mpq_numref(accuracy), 2);
    long bits = FEWEST_BITS;
    while (bits < most && above > below + (size_t)bits)
        bits *= 2;
    return bits < most ? bits : most;
}

static bool sum_paths(struct crosscheck *crosscheck, struct node_sums *sums,
                      struct diags *diags)
{
    const struct arith *arith = &crosscheck->values.arith;
    void *sum = arith_new_array(arith, 1);
    bool ok = true;
    node_sums_forget(sums);
    for (size_t i = 0; ok && i < crosscheck->count; i++) {
        struct crosscheck_row *row = &crosscheck->rows[i];
        ok = node_sums_derivative(sums, row->node, sum, diags);
        arith->get_enclosure(&row->path_sum, sum);
    }
    arith_free_array(arith, sum, 1);
    return ok;
}

static bool run_referees(struct crosscheck *crosscheck, struct diags *diags)
{
    bool ok = true;
    for (size_t i = 0; ok && i < crosscheck->method_count; i++)
        ok = referee_run(crosscheck, i, diags);
    return ok;
}

static bool choose_methods(struct crosscheck *crosscheck, unsigned methods,
                           struct diags *diags)
{
    if (methods == 0)
        methods = 1u << referee_choose(crosscheck);
    if ((methods & 1u << CROSSCHECK_BACKPROP) != 0 && !referee_has_backprop(crosscheck))
        return diag(diags, DIAG_NO_BACKPROP, NULL);
    for (unsigned i = 0; i < CROSSCHECK_METHODS; i++)
        if ((methods & 1u << i) != 0)
            crosscheck->methods[crosscheck->method_count++] = (enum crosscheck_method)i;
    return true;
}

static enum crosscheck_verdict judge(const struct enclosure *a, const struct enclosure *b,
                                     mpq_srcptr accuracy)
{
    if (!enclosures_meet(a, b))
        return CROSSCHECK_DIFFER;
    if (a->is_exact && b->is_exact)
        return CROSSCHECK_EQUAL;
    bool narrow = enclosure_is_within(a, accuracy) && enclosure_is_within(b, accuracy);
    return narrow ? CROSSCHECK_AGREE : CROSSCHECK_UNDECIDED;
}

static void judge_row(struct crosscheck *crosscheck, struct crosscheck_row *row,
                      mpq_srcptr accuracy)
{
    row->verdict = CROSSCHECK_EQUAL;
    crosscheck->is_exact &= row->path_sum.is_exact;
    for (size_t i = 0; i < crosscheck->method_count; i++) {
        enum crosscheck_verdict verdict =
            judge(&row->path_sum, &row->others[i], accuracy);
        if (verdict > row->verdict)
            row->verdict = verdict;
        crosscheck->is_exact &= row->others[i].is_exact;
    }
    crosscheck->verdicts[row->verdict]++;
}

static void judge_rows(struct crosscheck *crosscheck, mpq_srcptr accuracy)
{
    crosscheck->is_exact = true;
    for (size_t i = 0; i <= CROSSCHECK_DIFFER; i++)
        crosscheck->verdicts[i] = 0;
    for (size_t i = 0; i < crosscheck->count; i++)
        judge_row(crosscheck, &crosscheck->rows[i], accuracy);
}

static bool run_at(struct crosscheck *crosscheck, struct node_sums *sums, long bits,
                   struct diags *diags)
{
    crosscheck->bits = bits;
    values_set_bits(&crosscheck->values, bits);
    return values_forward(&crosscheck->values, diags) &&
           sum_paths(crosscheck, sums, diags) && run_referees(crosscheck, diags);
}

/* Doubles the precision until no row is undecided. */
static bool run_precisely(struct crosscheck *crosscheck, struct node_sums *sums,
                          const struct crosscheck_options *options, struct diags *diags)
{
    long most = options->max_bits > 0 ? options->max_bits : CROSSCHECK_MAX_BITS;
    mpq_t accuracy;
    mpq_init(accuracy);
    mpq_set_ui(accuracy, 1, 1);
    if (options->accuracy != NULL)
        mpq_set(accuracy, options->accuracy);
    else
        mpz_ui_pow_ui(mpq_denref(accuracy), 10, CROSSCHECK_DIGITS);
    long bits = first_bits(options, accuracy);
    bool ok = true, is_done = false;
    while (ok && !is_done) {
        ok = run_at(crosscheck, sums, bits, diags);
        judge_rows(crosscheck, accuracy);
        is_done = crosscheck->verdicts[CROSSCHECK_UNDECIDED] == 0 || bits >= most;
        bits = bits < most / 2 ? 2 * bits : most;
    }
    mpq_clear(accuracy);
    return ok;
}

static bool exceeds(mpz_srcptr total, uint64_t limit)
{
    return mpz_sizeinbase(total, 2) > 64 || mpz_get_ui(total) > limit;
}

static void count_paths(struct crosscheck *crosscheck, struct node_sums *sums,
                        const struct budget *budget)
{
    for (size_t i = 0; i < crosscheck->count; i++)
        node_sums_count(sums, crosscheck->rows[i].node, crosscheck->rows[i].path_count);
    crosscheck->is_shared = exceeds(sums->total, budget->max_paths);
    node_sums_share(sums, crosscheck->is_shared);
}

bool crosscheck_run(struct crosscheck *crosscheck, struct network *network,
                    const struct crosscheck_options *options, const struct budget *budget,
                    struct diags *diags)
{
    *crosscheck = (struct crosscheck){.network = network};
    crosscheck->goal = options->goal < 0 ? network_error(network) : options->goal;
    if (!choose_rows(crosscheck, options, diags))
        return false;
    values_init(&crosscheck->values, network, budget);
    if (!find_values(crosscheck, options, diags) ||
        !choose_methods(crosscheck, options->methods, diags))
        return false;
    for (size_t i = 0; i < crosscheck->count; i++)
        row_expect(&crosscheck->rows[i], crosscheck->method_count);
    struct node_sums sums;
    node_sums_init(&sums, &crosscheck->values, crosscheck->goal);
    count_paths(crosscheck, &sums, budget);
    bool ok = run_precisely(crosscheck, &sums, options, diags);
    node_sums_clear(&sums);
    return ok;
}

void crosscheck_clear(struct crosscheck *crosscheck)
{
    for (size_t i = 0; i < crosscheck->count; i++)
        row_clear(&crosscheck->rows[i], crosscheck->method_count);
    memory_free(crosscheck->rows);
    if (crosscheck->values.network != NULL)
        values_clear(&crosscheck->values);
}

void crosscheck_difference(struct enclosure *x, const struct crosscheck_row *row,
                           size_t method)
{
    enclosure_subtract(x, &row->path_sum, &row->others[method]);
}

enum crosscheck_verdict crosscheck_worst(const struct crosscheck *crosscheck)
{
    enum crosscheck_verdict worst = CROSSCHECK_DIFFER;
    while (worst > CROSSCHECK_EQUAL && crosscheck->verdicts[worst] == 0)
        worst--;
    return worst;
}

const char *crosscheck_method_name(enum crosscheck_method method)
{
    static const char *const names[CROSSCHECK_METHODS] = {
        [CROSSCHECK_BACKPROP] = "backprop",
        [CROSSCHECK_SWEEP] = "sweep",
        [CROSSCHECK_DIFFERENCE] = "difference"};
    return names[method];
}
