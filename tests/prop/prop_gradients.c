/* Law: on any network, for every symbol,

       sum over paths = reverse sweep = forward mode (= matrix backprop, where it
   applies), within the bounds of a difference quotient,

   as many paths are enumerated as are counted, and rank and unrank are inverse.

   GRADTEX_SEED gives the seed of the first network, GRADTEX_RUNS how many are tried. */
#include "../given.h"
#include "eval/backprop.h"
#include "eval/difference.h"
#include "eval/path_sum.h"
#include "eval/sweep.h"
#include "expr/walk.h"
#include "path/path.h"

#include "random_spec.h"

enum { RUNS = 150, PATHS = 3000 };

/* Forward mode: numbers with a derivative beside them, by expression. */

struct dual {
    mpq_t value, slope;
};

static void multiply_dual(struct dual *x, const struct dual *a)
{
    mpq_t term;
    mpq_init(term);
    mpq_mul(term, x->value, a->slope);
    mpq_mul(x->slope, x->slope, a->value);
    mpq_add(x->slope, x->slope, term);
    mpq_mul(x->value, x->value, a->value);
    mpq_clear(term);
}

static void divide_dual(struct dual *x, const struct dual *a)
{
    mpq_t term;
    mpq_init(term);
    mpq_div(x->value, x->value, a->value);
    mpq_mul(term, x->value, a->slope);
    mpq_sub(x->slope, x->slope, term);
    mpq_div(x->slope, x->slope, a->value);
    mpq_clear(term);
}

static void set_dual(struct dual *x, const struct dual *a)
{
    mpq_set(x->value, a->value);
    mpq_set(x->slope, a->slope);
}

static void raise_dual(struct dual *x, const struct dual *base,
                       const struct dual *exponent)
{
    long n = mpz_get_si(mpq_numref(exponent->value));
    mpq_set_ui(x->value, 1, 1);
    mpq_set_ui(x->slope, 0, 1);
    for (long i = 0; i < labs(n); i++) {
        if (n > 0)
            multiply_dual(x, base);
        else
            divide_dual(x, base);
    }
}

static void combine_dual(const struct pool *pool, struct dual *duals, expr_id e)
{
    struct dual *x = &duals[e];
    enum expr_kind kind = expr_kind(pool, e);
    set_dual(x, &duals[expr_part(pool, e, 0)]);
    for (size_t i = 1; i < expr_count(pool, e); i++) {
        const struct dual *part = &duals[expr_part(pool, e, i)];
        if (kind == EXPR_SUM) {
            mpq_add(x->value, x->value, part->value);
            mpq_add(x->slope, x->slope, part->slope);
        } else if (kind == EXPR_PRODUCT) {
            multiply_dual(x, part);
        } else if (kind == EXPR_QUOTIENT) {
            divide_dual(x, part);
        } else {
            raise_dual(x, &duals[expr_part(pool, e, 0)], part);
        }
    }
    if (kind == EXPR_NEGATE) {
        mpq_neg(x->value, x->value);
        mpq_neg(x->slope, x->slope);
    }
}

static void define_dual(struct network *network, struct dual *duals, node_id node)
{
    struct pool *pool = network_pool(network);
    expr_id symbol = network_symbol(network, node);
    expr_id right = defs_get(network_defs(network), symbol);
    struct expr_list nodes;
    expr_list_init(&nodes);
    walk_nodes(pool, right, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        expr_id e = nodes.items[i];
        if (expr_kind(pool, e) == EXPR_NUMBER)
            mpq_set(duals[e].value, expr_peek_number(pool, e));
        else if (expr_kind(pool, e) != EXPR_SYMBOL)
            combine_dual(pool, duals, e);
    }
    set_dual(&duals[symbol], &duals[right]);
    expr_list_clear(&nodes);
}

static void differentiate_forward(const struct values *values, node_id by, mpq_ptr slope)
{
    struct network *network = values->network;
    for (node_id node = 0; node < values->count; node++)
        defs_get(network_defs(network), network_symbol(network, node));
    size_t count = (size_t)pool_count(network_pool(network)) + 1;
    struct dual *duals = malloc(count * sizeof *duals);
    for (size_t i = 0; i < count; i++)
        mpq_inits(duals[i].value, duals[i].slope, NULL);
    for (node_id node = 0; node < values->count; node++) {
        struct dual *dual = &duals[network_symbol(network, node)];
        if (network_is_defined(network, node))
            define_dual(network, duals, node);
        else
            mpq_set(dual->value, values_peek(values, node));
        if (node == by)
            mpq_set_ui(dual->slope, 1, 1);
    }
    mpq_set(slope, duals[network_symbol(network, network_error(network))].slope);
    for (size_t i = 0; i < count; i++)
        mpq_clears(duals[i].value, duals[i].slope, NULL);
    free(duals);
}

/* The laws. */

static void check_equal(mpq_srcptr a, mpq_srcptr b, const char *what, uint64_t seed)
{
    if (mpq_equal(a, b))
        return;
    gmp_fprintf(stderr, "%s: %Qd is not %Qd\n", what, a, b);
    ck_abort_msg("GRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=1", seed);
}

/* Exactly, or as enclosures. */
static void check_meets(const struct enclosure *a, const struct enclosure *b,
                        const char *what, uint64_t seed)
{
    if (a->is_exact && b->is_exact)
        check_equal(a->exact, b->exact, what, seed);
    else
        ck_assert_msg(enclosures_meet(a, b), "%s: GRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=1",
                      what, seed);
}

static bool same_path(const struct path *path, const node_id *nodes, size_t length)
{
    return path->length == length &&
           memcmp(path->nodes, nodes, length * sizeof *nodes) == 0;
}

static void check_ranks(struct graph *graph)
{
    struct path_iterator *iterator = path_iterator_new(graph);
    struct path_iterator *seeker = path_iterator_new(graph);
    const struct path *path;
    mpz_t rank, expected;
    mpz_inits(rank, expected, NULL);
    for (; (path = path_next(iterator, NULL)) != NULL;
         mpz_add_ui(expected, expected, 1)) {
        path_rank(graph, path, rank);
        ck_assert_int_eq(mpz_cmp(rank, expected), 0);
        ck_assert(path_iterator_seek(seeker, rank));
        const struct path *found = path_next(seeker, NULL);
        ck_assert(found != NULL && same_path(found, path->nodes, path->length));
    }
    ck_assert_int_eq(mpz_cmp(expected, graph_total(graph)), 0);
    ck_assert(!path_iterator_seek(seeker, expected));
    mpz_clears(rank, expected, NULL);
    path_iterator_free(seeker);
    path_iterator_free(iterator);
}

static mpq_srcptr leaf_value(void *context, expr_id symbol)
{
    const struct values *values = context;
    return values_peek(values, network_node(values->network, symbol));
}

struct players {
    struct given *given;
    struct values *values;
    struct sweep *sweep;
    struct backprop *backprop; /* or NULL */
    struct difference *difference;
    bool is_rational;
    uint64_t seed;
};

static void sum_paths(const struct players *players, struct graph *graph,
                      struct enclosure *sum)
{
    const struct arith *arith = &players->values->arith;
    void *number = arith_new_array(arith, 1);
    ck_assert(path_sum(number, graph, players->values, &players->given->diags));
    arith->get_enclosure(sum, number);
    arith_free_array(arith, number, 1);
}

static void check_exact_ways(const struct players *players, node_id node,
                             const struct enclosure *sum)
{
    mpq_t other;
    mpq_init(other);
    if (!network_is_defined(players->given->network, node)) {
        differentiate_forward(players->values, node, other);
        check_equal(sum->exact, other, "path sum and forward mode", players->seed);
    }
    if (players->backprop != NULL) {
        backprop_gradient(players->backprop, node, other);
        check_equal(sum->exact, other, "path sum and backprop", players->seed);
    }
    mpq_clear(other);
}

static void check_node(const struct players *players, node_id node)
{
    struct network *network = players->given->network;
    struct graph *graph = graph_new(network, node, network_error(network));
    struct enclosure sum, other;
    enclosure_init(&sum);
    enclosure_init(&other);
    if (mpz_cmp_ui(graph_total(graph), PATHS) <= 0) {
        check_ranks(graph);
        sum_paths(players, graph, &sum);
        sweep_gradient(players->sweep, network_symbol(network, node), &other);
        check_meets(&sum, &other, "path sum and sweep", players->seed);
        difference_quotient(players->difference, node, &other);
        check_meets(&sum, &other, "path sum and difference quotient", players->seed);
        if (players->is_rational)
            check_exact_ways(players, node, &sum);
    }
    enclosure_clear(&sum);
    enclosure_clear(&other);
    graph_free(graph);
}

/* Whether there is no function on the way to the error. */
static bool is_rational(struct network *network)
{
    struct pool *pool = network_pool(network);
    struct expr_list nodes;
    bool has_function = false;
    expr_list_init(&nodes);
    for (node_id node = 0; node < network_count(network); node++)
        if (network_is_defined(network, node))
            walk_nodes(pool, defs_get(network_defs(network), network_symbol(network, node)),
                       &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        has_function |= expr_kind(pool, nodes.items[i]) == EXPR_APPLY;
    expr_list_clear(&nodes);
    return !has_function;
}

static void check_nodes(struct given *given, struct values *values, uint64_t seed)
{
    struct network *network = given->network;
    struct players players = {.given = given, .values = values, .seed = seed};
    struct arith arith = arith_enclosing(&arith_flint, values->arith.bits);
    struct sweep_input input = {.defs = network_defs(network),
                                .arith = &arith,
                                .drawing = values->drawing,
                                .leaf = leaf_value,
                                .context = values,
                                .budget = &given->budget};
    enum arith_fault fault;
    players.sweep =
        sweep_new(&input, network_symbol(network, network_error(network)), &fault);
    ck_assert_ptr_nonnull(players.sweep);
    players.difference = difference_new(values, network_error(network));
    players.is_rational = is_rational(network);
    if (players.is_rational && backprop_applies(network))
        players.backprop = backprop_new(network, values->items, NULL);
    for (node_id node = 0; node < values->count; node++)
        check_node(&players, node);
    backprop_free(players.backprop);
    difference_free(players.difference);
    sweep_free(players.sweep);
}

/* Values at which nothing divides by zero; false if there are none in a few draws. */
static bool find_values(struct values *values)
{
    uint64_t draws = state;
    for (int i = 0; i < 20; i++) {
        struct diags diags;
        diags_init(&diags);
        values_draw(values, &draws);
        bool ok = values_forward(values, &diags);
        diags_clear(&diags);
        if (ok)
            return true;
    }
    return false;
}

/* Whether the network had values. */
static bool check_network(uint64_t seed)
{
    state = seed;
    struct buf spec;
    buf_init(&spec);
    bool is_layered = random_spec(&spec);
    struct given given;
    given_try(&given, buf_peek(&spec));
    if (given.network == NULL) {
        given_print(&given);
        ck_abort_msg("GRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=1:\n%s", seed,
                     buf_peek(&spec));
    }
    struct values values;
    values_init(&values, given.network, &given.budget);
    values_set_drawing(&values, (struct drawing){true, seed});
    bool found = find_values(&values);
    if (found)
        check_nodes(&given, &values, seed);
    ck_assert(found || !is_layered);
    values_clear(&values);
    given_clear(&given);
    buf_clear(&spec);
    return found;
}

START_TEST(all_ways_agree)
{
    uint64_t seed, runs, checked = 0;
    random_begin(&seed, &runs, RUNS);
    for (uint64_t i = 0; i < runs; i++)
        checked += check_network(seed + i);
    printf("%" PRIu64 " of the networks had values\n", checked);
    ck_assert(runs < 10 || checked > runs / 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gradients");
    TCase *tcase = tcase_create("gradients");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, all_ways_agree);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
