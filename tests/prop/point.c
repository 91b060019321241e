#include "point.h"

#include "expr/walk.h"
#include "random.h"

#include <string.h>

enum { BITS = 4800, KEPT_BITS = 2000, LOST_BITS = 2000, ORDERS = 6, DEGREE = 5 };

/* Taylor coefficients. */
struct jet {
    mpfr_t c[ORDERS];
};

/* The jets of expressions along one way through the network. */
struct table {
    struct point *point;
    expr_id by; /* what varies; 0: nothing */
    bool holds; /* all else is held, and not only what does not hang on it */
    enum point_reading reading;
    unsigned order;
    struct jet **items;
    size_t count;
    struct table *next;
};

struct point {
    struct network *network;
    struct pool *pool;
    uint64_t seed;
    mpq_t *leaves; /* by node */
    struct table *tables;
};

static const struct jet *evaluate(struct table *table, expr_id e);

/* --- jets --- */

static void jet_init(struct jet *x)
{
    for (int i = 0; i < ORDERS; i++) {
        mpfr_init2(x->c[i], BITS);
        mpfr_set_ui(x->c[i], 0, MPFR_RNDN);
    }
}

static void jet_clear(struct jet *x)
{
    for (int i = 0; i < ORDERS; i++)
        mpfr_clear(x->c[i]);
}

static void jet_set(struct jet *x, const struct jet *a)
{
    for (int i = 0; i < ORDERS; i++)
        mpfr_set(x->c[i], a->c[i], MPFR_RNDN);
}

static void jet_constant(struct jet *x, mpfr_srcptr value)
{
    for (int i = 1; i < ORDERS; i++)
        mpfr_set_ui(x->c[i], 0, MPFR_RNDN);
    mpfr_set(x->c[0], value, MPFR_RNDN);
}

static void jet_integer(struct jet *x, long value)
{
    for (int i = 1; i < ORDERS; i++)
        mpfr_set_ui(x->c[i], 0, MPFR_RNDN);
    mpfr_set_si(x->c[0], value, MPFR_RNDN);
}

static void jet_nan(struct jet *x)
{
    for (int i = 0; i < ORDERS; i++)
        mpfr_set_nan(x->c[i]);
}

/* x = x + a; no number where one swallows the other or too little is left of both. */
static void add(mpfr_ptr x, mpfr_srcptr a)
{
    bool is_regular = mpfr_regular_p(x) && mpfr_regular_p(a);
    mpfr_exp_t e = is_regular ? mpfr_get_exp(x) : 0, f = is_regular ? mpfr_get_exp(a) : 0;
    mpfr_exp_t most = e > f ? e : f;
    mpfr_add(x, x, a, MPFR_RNDN);
    bool is_swallowed = is_regular && labs((long)(e - f)) > KEPT_BITS;
    bool is_lost = is_regular && mpfr_regular_p(x) && mpfr_get_exp(x) < most - LOST_BITS;
    if (is_swallowed || is_lost)
        mpfr_set_nan(x);
}

static void jet_add(struct jet *x, const struct jet *a, unsigned order)
{
    for (unsigned i = 0; i <= order; i++)
        add(x->c[i], a->c[i]);
}

static void jet_negate(struct jet *x)
{
    for (int i = 0; i < ORDERS; i++)
        mpfr_neg(x->c[i], x->c[i], MPFR_RNDN);
}

static void jet_multiply(struct jet *x, const struct jet *a, unsigned order)
{
    mpfr_t sum, term;
    mpfr_inits2(BITS, sum, term, (mpfr_ptr)NULL);
    for (unsigned k = order + 1; k-- > 0;) {
        mpfr_set_ui(sum, 0, MPFR_RNDN);
        for (unsigned i = 0; i <= k; i++) {
            mpfr_mul(term, x->c[i], a->c[k - i], MPFR_RNDN);
            mpfr_add(sum, sum, term, MPFR_RNDN);
        }
        mpfr_set(x->c[k], sum, MPFR_RNDN);
    }
    mpfr_clears(sum, term, (mpfr_ptr)NULL);
}

/* x b = x before */
static void jet_divide(struct jet *x, const struct jet *b, unsigned order)
{
    mpfr_t term;
    mpfr_init2(term, BITS);
    for (unsigned k = 0; k <= order; k++) {
        for (unsigned i = 0; i < k; i++) {
            mpfr_mul(term, x->c[i], b->c[k - i], MPFR_RNDN);
            mpfr_sub(x->c[k], x->c[k], term, MPFR_RNDN);
        }
        mpfr_div(x->c[k], x->c[k], b->c[0], MPFR_RNDN);
    }
    if (mpfr_zero_p(b->c[0]))
        jet_nan(x);
    mpfr_clear(term);
}

/* k x_k = sum of j z_j x_{k-j} */
static void jet_exp(struct jet *x, unsigned order)
{
    struct jet z;
    mpfr_t term;
    jet_init(&z);
    mpfr_init2(term, BITS);
    jet_set(&z, x);
    mpfr_exp(x->c[0], z.c[0], MPFR_RNDN);
    for (unsigned k = 1; k <= order; k++) {
        mpfr_set_ui(x->c[k], 0, MPFR_RNDN);
        for (unsigned j = 1; j <= k; j++) {
            mpfr_mul(term, z.c[j], x->c[k - j], MPFR_RNDN);
            mpfr_mul_ui(term, term, j, MPFR_RNDN);
            mpfr_add(x->c[k], x->c[k], term, MPFR_RNDN);
        }
        mpfr_div_ui(x->c[k], x->c[k], k, MPFR_RNDN);
    }
    mpfr_clear(term);
    jet_clear(&z);
}

/* k z_0 x_k = k z_k - sum of j x_j z_{k-j} */
static void jet_ln(struct jet *x, unsigned order)
{
    struct jet z;
    mpfr_t term;
    jet_init(&z);
    mpfr_init2(term, BITS);
    jet_set(&z, x);
    mpfr_log(x->c[0], z.c[0], MPFR_RNDN);
    for (unsigned k = 1; k <= order; k++) {
        mpfr_mul_ui(x->c[k], z.c[k], k, MPFR_RNDN);
        for (unsigned j = 1; j < k; j++) {
            mpfr_mul(term, x->c[j], z.c[k - j], MPFR_RNDN);
            mpfr_mul_ui(term, term, j, MPFR_RNDN);
            mpfr_sub(x->c[k], x->c[k], term, MPFR_RNDN);
        }
        mpfr_div_ui(x->c[k], x->c[k], k, MPFR_RNDN);
        mpfr_div(x->c[k], x->c[k], z.c[0], MPFR_RNDN);
    }
    mpfr_clear(term);
    jet_clear(&z);
}

/* 2 x_0 x_k = z_k - sum of x_j x_{k-j} */
static void jet_sqrt(struct jet *x, unsigned order)
{
    mpfr_t term;
    mpfr_init2(term, BITS);
    mpfr_sqrt(x->c[0], x->c[0], MPFR_RNDN);
    for (unsigned k = 1; k <= order; k++) {
        for (unsigned j = 1; j < k; j++) {
            mpfr_mul(term, x->c[j], x->c[k - j], MPFR_RNDN);
            mpfr_sub(x->c[k], x->c[k], term, MPFR_RNDN);
        }
        mpfr_div(x->c[k], x->c[k], x->c[0], MPFR_RNDN);
        mpfr_div_ui(x->c[k], x->c[k], 2, MPFR_RNDN);
    }
    mpfr_clear(term);
}

static void jet_add_integer(struct jet *x, long value)
{
    mpfr_t number;
    mpfr_init2(number, BITS);
    mpfr_set_si(number, value, MPFR_RNDN);
    add(x->c[0], number);
    mpfr_clear(number);
}

/* 1/(1 + e^{-z}) */
static void jet_sigmoid(struct jet *x, unsigned order)
{
    struct jet below;
    jet_init(&below);
    jet_set(&below, x);
    jet_negate(&below);
    jet_exp(&below, order);
    jet_add_integer(&below, 1);
    jet_integer(x, 1);
    jet_divide(x, &below, order);
    jet_clear(&below);
}

/* 2/(1 + e^{-2z}) - 1 */
static void jet_tanh(struct jet *x, unsigned order)
{
    jet_add(x, x, order);
    jet_sigmoid(x, order);
    jet_add(x, x, order);
    jet_add_integer(x, -1);
}

static void jet_scale(struct jet *x, mpq_srcptr factor)
{
    for (int i = 0; i < ORDERS; i++)
        mpfr_mul_q(x->c[i], x->c[i], factor, MPFR_RNDN);
}

/* --- functions --- */

static uint64_t letter_seed(const struct point *point, const char *name)
{
    uint64_t seed = point->seed;
    for (; *name; name++)
        seed = seed * 1000003 + (unsigned char)*name;
    return seed;
}

/* A polynomial drawn from the name. */
static void jet_letter(struct jet *x, unsigned order, uint64_t seed)
{
    uint64_t kept = state;
    struct jet z;
    jet_init(&z);
    jet_set(&z, x);
    state = seed;
    jet_integer(x, 1);
    for (int i = 0; i < DEGREE; i++) {
        jet_multiply(x, &z, order);
        jet_add_integer(x, (long)below(19) - 9);
    }
    state = kept;
    jet_clear(&z);
}

static struct table *table_new(struct point *point, expr_id by, unsigned order);
static void table_free(struct table *table);

static void jet_defined(struct table *table, struct jet *x, unsigned order,
                        const struct function *function)
{
    struct table *body = table_new(table->point, 0, order);
    body->items[function->variable] = malloc(sizeof(struct jet));
    jet_init(body->items[function->variable]);
    jet_set(body->items[function->variable], x);
    jet_set(x, evaluate(body, function->body));
    table_free(body);
}

static void jet_bent(struct jet *x, mpq_srcptr slope)
{
    if (mpfr_sgn(x->c[0]) > 0)
        return;
    if (slope)
        jet_scale(x, slope);
    else
        jet_integer(x, 0);
}

/* Where a kink is, no point tells anything. */
static void jet_function(struct table *table, struct jet *x, unsigned order,
                         const struct function *function)
{
    bool is_kink = mpfr_zero_p(x->c[0]) || !mpfr_number_p(x->c[0]);
    switch (function->id) {
    case FUNCTION_ARBITRARY:
        jet_letter(x, order, letter_seed(table->point, function->name));
        return;
    case FUNCTION_DEFINED:
        jet_defined(table, x, order, function);
        return;
    case FUNCTION_SIGMOID:
        jet_sigmoid(x, order);
        return;
    case FUNCTION_TANH:
        jet_tanh(x, order);
        return;
    case FUNCTION_SOFTPLUS:
        jet_exp(x, order);
        jet_add_integer(x, 1);
        jet_ln(x, order);
        return;
    case FUNCTION_EXP:
        jet_exp(x, order);
        return;
    case FUNCTION_LN:
        jet_ln(x, order);
        return;
    case FUNCTION_SQRT:
        jet_sqrt(x, order);
        return;
    case FUNCTION_RELU:
    case FUNCTION_LEAKY_RELU:
        jet_bent(x, function->parameter);
        break;
    case FUNCTION_ABS:
        if (mpfr_sgn(x->c[0]) < 0)
            jet_negate(x);
        break;
    case FUNCTION_STEP:
        jet_integer(x, mpfr_sgn(x->c[0]) > 0);
        break;
    case FUNCTION_SIGN:
        jet_integer(x, mpfr_sgn(x->c[0]));
        break;
    default:
        is_kink = true;
    }
    if (is_kink)
        jet_nan(x);
}

/* The series of f^{(primes)}, from that of f. */
static void take_primes(struct jet *x, unsigned primes, unsigned order)
{
    for (; primes > 0; primes--) {
        for (unsigned k = 0; k < order; k++)
            mpfr_mul_ui(x->c[k], x->c[k + 1], k + 1, MPFR_RNDN);
        order--;
    }
}

/* f(z), where `series` is that of f at the value of z. */
static void compose_jets(struct jet *x, const struct jet *z, const struct jet *series,
                         unsigned order)
{
    struct jet shift;
    jet_init(&shift);
    jet_set(&shift, z);
    mpfr_set_ui(shift.c[0], 0, MPFR_RNDN);
    jet_constant(x, series->c[order]);
    for (unsigned k = order; k-- > 0;) {
        jet_multiply(x, &shift, order);
        mpfr_add(x->c[0], x->c[0], series->c[k], MPFR_RNDN);
    }
    jet_clear(&shift);
}

static void apply(struct table *table, struct jet *x, expr_id e)
{
    const struct function *function = function_peek(table->point->pool, e);
    const struct jet *z = evaluate(table, expr_part(table->point->pool, e, 1));
    unsigned order = table->order + function->primes;
    struct jet series;
    if (order >= ORDERS) {
        jet_nan(x);
        return;
    }
    jet_init(&series);
    jet_constant(&series, z->c[0]);
    mpfr_set_ui(series.c[1], 1, MPFR_RNDN);
    jet_function(table, &series, order, function);
    take_primes(&series, function->primes, order);
    compose_jets(x, z, &series, table->order);
    jet_clear(&series);
}

static void set_maximum(struct table *table, struct jet *x, expr_id e)
{
    const struct jet *a = evaluate(table, expr_part(table->point->pool, e, 1));
    const struct jet *b = evaluate(table, expr_part(table->point->pool, e, 2));
    jet_set(x, mpfr_greater_p(a->c[0], b->c[0]) ? a : b);
    if (mpfr_equal_p(a->c[0], b->c[0]) || mpfr_unordered_p(a->c[0], b->c[0]))
        jet_nan(x);
}

/* --- expressions --- */

static struct table *table_new(struct point *point, expr_id by, unsigned order)
{
    struct table *table = calloc(1, sizeof *table);
    table->point = point;
    table->by = by;
    table->order = order;
    table->count = (size_t)pool_count(point->pool) + 1;
    table->items = calloc(table->count, sizeof(struct jet *));
    return table;
}

static void table_free(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->items[i]) {
            jet_clear(table->items[i]);
            free(table->items[i]);
        }
    free(table->items);
    free(table);
}

static struct table *find_table(struct point *point, expr_id by, bool holds,
                                enum point_reading reading)
{
    for (struct table *table = point->tables; table; table = table->next)
        if (table->by == by && table->holds == holds && table->reading == reading)
            return table;
    struct table *table = table_new(point, by, 1);
    table->holds = holds;
    table->reading = reading;
    table->next = point->tables;
    return point->tables = table;
}

static expr_id definition_of(const struct point *point, expr_id symbol)
{
    node_id node = network_node(point->network, symbol);
    return node >= 0 ? defs_get(network_defs(point->network), symbol) : 0;
}

static void set_symbol(struct table *table, struct jet *x, expr_id symbol)
{
    struct point *point = table->point;
    expr_id definition = definition_of(point, symbol);
    node_id node = network_node(point->network, symbol);
    if (definition && table->by && (table->by == symbol || table->holds))
        jet_constant(x, evaluate(find_table(point, 0, false, POINT_TOTAL), symbol)->c[0]);
    else if (definition)
        jet_set(x, evaluate(table, definition));
    else if (node >= 0)
        mpfr_set_q(x->c[0], point->leaves[node], MPFR_RNDN);
    else
        jet_nan(x);
    if (symbol == table->by)
        mpfr_set_ui(x->c[1], 1, MPFR_RNDN);
}

/* Whether the definition of a symbol uses another. */
static bool is_edge(const struct point *point, expr_id of, expr_id by)
{
    struct expr_list symbols;
    expr_id definition = definition_of(point, of);
    bool found = false;
    expr_list_init(&symbols);
    if (definition)
        walk_symbols(point->pool, definition, &symbols);
    for (size_t i = 0; i < symbols.count; i++)
        found = found || symbols.items[i] == by;
    expr_list_clear(&symbols);
    return found;
}

static bool is_held(const struct table *table, expr_id e)
{
    const struct point *point = table->point;
    expr_id error = network_symbol(point->network, network_error(point->network));
    expr_id of = expr_part(point->pool, e, 0), by = expr_part(point->pool, e, 1);
    if (expr_kind(point->pool, e) == EXPR_LOCAL)
        return true;
    bool is_read = table->reading == POINT_LOCAL ||
                   (table->reading == POINT_LOCAL_BUT_ERROR && of != error);
    return is_read && expr_kind(point->pool, of) == EXPR_SYMBOL && is_edge(point, of, by);
}

/* A derivative of a derivative has no value here. */
static void set_derivative(struct table *table, struct jet *x, expr_id e)
{
    struct point *point = table->point;
    expr_id of = expr_part(point->pool, e, 0), by = expr_part(point->pool, e, 1);
    bool holds = is_held(table, e);
    expr_id definition = holds && of != by ? definition_of(point, of) : 0;
    struct table *along = find_table(point, by, holds, POINT_TOTAL);
    if (table->by)
        jet_nan(x);
    else
        jet_constant(x, evaluate(along, definition ? definition : of)->c[1]);
}

static void set_power(struct table *table, struct jet *x, const struct jet *base,
                      expr_id exponent)
{
    mpq_srcptr value = expr_kind(table->point->pool, exponent) == EXPR_NUMBER
                           ? expr_peek_number(table->point->pool, exponent)
                           : NULL;
    if (!value || mpz_cmp_ui(mpq_denref(value), 1) != 0 ||
        mpz_cmpabs_ui(mpq_numref(value), 1000) > 0) {
        jet_nan(x);
        return;
    }
    long n = mpz_get_si(mpq_numref(value));
    struct jet power;
    jet_init(&power);
    jet_integer(&power, 1);
    for (long i = 0; i < labs(n); i++)
        jet_multiply(&power, base, table->order);
    jet_integer(x, 1);
    if (n < 0)
        jet_divide(x, &power, table->order);
    else
        jet_set(x, &power);
    jet_clear(&power);
}

static void set_number(struct jet *x, mpq_srcptr value)
{
    mpfr_set_q(x->c[0], value, MPFR_RNDN);
}

static void combine(struct table *table, struct jet *x, expr_id e)
{
    const struct pool *pool = table->point->pool;
    enum expr_kind kind = expr_kind(pool, e);
    jet_set(x, evaluate(table, expr_part(pool, e, 0)));
    for (size_t i = 1; i < expr_count(pool, e); i++) {
        const struct jet *part = evaluate(table, expr_part(pool, e, i));
        if (kind == EXPR_SUM)
            jet_add(x, part, table->order);
        else if (kind == EXPR_PRODUCT)
            jet_multiply(x, part, table->order);
        else
            jet_divide(x, part, table->order);
    }
    if (kind == EXPR_NEGATE)
        jet_negate(x);
}

static void set_jet(struct table *table, struct jet *x, expr_id e)
{
    const struct pool *pool = table->point->pool;
    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        set_number(x, expr_peek_number(pool, e));
        break;
    case EXPR_SYMBOL:
        set_symbol(table, x, e);
        break;
    case EXPR_DERIVATIVE:
    case EXPR_LOCAL:
        set_derivative(table, x, e);
        break;
    case EXPR_POWER:
        set_power(table, x, evaluate(table, expr_part(pool, e, 0)),
                  expr_part(pool, e, 1));
        break;
    case EXPR_APPLY:
        if (function_peek(pool, e)->id == FUNCTION_MAX)
            set_maximum(table, x, e);
        else
            apply(table, x, e);
        break;
    default:
        combine(table, x, e);
    }
}

static void table_grow(struct table *table)
{
    size_t count = (size_t)pool_count(table->point->pool) + 1;
    table->items = realloc(table->items, count * sizeof(struct jet *));
    memset(table->items + table->count, 0, (count - table->count) * sizeof(struct jet *));
    table->count = count;
}

static const struct jet *evaluate(struct table *table, expr_id e)
{
    if (e >= table->count)
        table_grow(table);
    if (!table->items[e]) {
        struct jet *x = malloc(sizeof *x);
        jet_init(x);
        set_jet(table, x, e);
        table->items[e] = x;
    }
    return table->items[e];
}

/* --- points --- */

static void draw(mpq_ptr value)
{
    mpq_set_si(value, 1 + (long)below(97), 16 + below(89));
    mpq_canonicalize(value);
    if (below(5) < 2)
        mpq_neg(value, value);
}

/* An assumption is a sum of leaves that has a value: the last one makes it true. */
static void assume(struct point *point, size_t i)
{
    expr_id left, right;
    network_assumption(point->network, i, &left, &right);
    size_t count = expr_count(point->pool, left);
    if (expr_kind(point->pool, left) != EXPR_SUM)
        return;
    expr_id last = expr_part(point->pool, left, count - 1);
    mpq_ptr value = point->leaves[network_node(point->network, last)];
    mpq_set(value, expr_peek_number(point->pool, right));
    for (size_t k = 0; k + 1 < count; k++) {
        expr_id part = expr_part(point->pool, left, k);
        mpq_sub(value, value, point->leaves[network_node(point->network, part)]);
    }
}

struct point *point_new(struct network *network)
{
    struct point *point = calloc(1, sizeof *point);
    size_t count = (size_t)network_count(network);
    point->network = network;
    point->pool = network_pool(network);
    point->seed = below(1u << 31);
    point->leaves = calloc(count, sizeof(mpq_t));
    for (size_t i = 0; i < count; i++) {
        mpq_init(point->leaves[i]);
        draw(point->leaves[i]);
    }
    for (size_t i = 0; i < network_assumption_count(network); i++)
        assume(point, i);
    return point;
}

struct point *point_given(struct network *network)
{
    struct point *point = point_new(network);
    for (node_id i = 0; i < network_count(network); i++)
        if (network_value(network, i))
            mpq_set(point->leaves[i], network_value(network, i));
    return point;
}

void point_free(struct point *point)
{
    for (struct table *table = point->tables, *next; table; table = next) {
        next = table->next;
        table_free(table);
    }
    for (node_id i = 0; i < network_count(point->network); i++)
        mpq_clear(point->leaves[i]);
    free(point->leaves);
    free(point);
}

/* Whether a difference is more than what rounding makes. */
static bool is_large(mpfr_srcptr difference, mpfr_srcptr left, mpfr_srcptr right)
{
    mpfr_t limit;
    mpfr_init2(limit, 64);
    mpfr_set_ui(limit, 1, MPFR_RNDU);
    if (mpfr_cmpabs(left, limit) > 0)
        mpfr_abs(limit, left, MPFR_RNDU);
    if (mpfr_cmpabs(right, limit) > 0)
        mpfr_abs(limit, right, MPFR_RNDU);
    mpfr_mul_2si(limit, limit, -KEPT_BITS, MPFR_RNDU);
    bool is_large = mpfr_cmpabs(difference, limit) > 0;
    mpfr_clear(limit);
    return is_large;
}

enum point_answer point_compare(struct point *point, expr_id left, expr_id right,
                                enum point_reading reading)
{
    struct table *total = find_table(point, 0, false, POINT_TOTAL);
    struct table *read = find_table(point, 0, false, reading);
    const struct jet *a = evaluate(total, left);
    const struct jet *b = evaluate(read, right);
    if (!mpfr_number_p(a->c[0]) || !mpfr_number_p(b->c[0]))
        return POINT_NO_VALUE;
    mpfr_t difference;
    mpfr_init2(difference, BITS);
    mpfr_sub(difference, a->c[0], b->c[0], MPFR_RNDN);
    bool differs = is_large(difference, a->c[0], b->c[0]);
    mpfr_clear(difference);
    return differs ? POINT_DIFFERENT : POINT_EQUAL;
}
