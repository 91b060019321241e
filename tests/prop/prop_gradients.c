/* Law: on any network, for every symbol,

       sum over paths = reverse sweep = forward mode = difference quotient
                      (= matrix backprop, where it applies),

   exactly or as enclosures that meet; what more digits say is inside of what fewer digits said; as many
   paths are enumerated as are counted, and rank and unrank are inverse.

   GRADTEX_SEED gives the seed of the first network, GRADTEX_RUNS how many are tried. */
#include "../given.h"
#include "eval/crosscheck.h"
#include "eval/path_sum.h"
#include "eval/referee.h"
#include "forward.h"
#include "path/path.h"
#include "random_spec.h"

enum { RUNS = 300, PATHS = 2000, ROWS = 40, FEW_BITS = 64, MOST_BITS = 256 };

/* Forward mode is not enclosed: it may be as far off as what two precisions differ by, and half of the digits
   of its largest term. */
enum { FORWARD_BITS = 200, FORWARD_MORE_BITS = 400 };

struct tally {
    uint64_t networks, rows, undecided;
};

static struct given given;
static struct crosscheck crosscheck;
static struct forward *forward, *forward_more;
static uint64_t seed;
static struct buf spec;

static void fail_with(const char *what, const char *text)
{
    ck_abort_msg("%s: %s\nGRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=1:\n%s", what, text, seed,
                 buf_peek(&spec));
}

static void fail_at(const char *what, node_id node)
{
    struct buf name;
    buf_init(&name);
    network_name(given.network, node, &name);
    fail_with(what, buf_peek(&name));
}

/* Paths. */

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

/* With few bits, path by path. */
static void check_path_sum(struct graph *graph, const struct crosscheck_row *row)
{
    const struct arith *arith = &crosscheck.values.arith;
    struct enclosure sum;
    void *number = arith_new_array(arith, 1);
    enclosure_init(&sum);
    if (!path_sum(number, graph, &crosscheck.values, &given.diags))
        fail_at("no sum over the paths of", row->node);
    arith->get_enclosure(&sum, number);
    if (!enclosures_meet(&sum, &row->path_sum))
        fail_at("fewer bits say something else of", row->node);
    enclosure_clear(&sum);
    arith_free_array(arith, number, 1);
}

static void check_paths(const struct crosscheck_row *row)
{
    struct graph *graph = graph_new(given.network, row->node, crosscheck.goal);
    if (mpz_cmp(graph_total(graph), row->path_count) != 0)
        fail_at("paths are counted in two ways from", row->node);
    if (mpz_cmp_ui(graph_total(graph), PATHS) <= 0) {
        check_ranks(graph);
        check_path_sum(graph, row);
    }
    graph_free(graph);
}

/* Ways to the derivative. */

/* Whether an enclosure, made wider by `off` at both ends, holds the number. */
static bool holds(const struct enclosure *enclosure, mpfr_srcptr number, mpfr_srcptr off)
{
    mpfr_t end;
    mpfr_init2(end, FORWARD_MORE_BITS);
    mpfr_add(end, number, off, MPFR_RNDU);
    bool is_above = enclosure->is_exact ? mpfr_cmp_q(end, enclosure->exact) >= 0
                                        : mpfr_cmp(end, enclosure->lower) >= 0;
    mpfr_sub(end, number, off, MPFR_RNDD);
    bool is_below = enclosure->is_exact ? mpfr_cmp_q(end, enclosure->exact) <= 0
                                        : mpfr_cmp(end, enclosure->upper) <= 0;
    mpfr_clear(end);
    return is_above && is_below;
}

/* What was worked out at both precisions; nothing else is told of numbers that were lost. */
static void check_forward(const struct crosscheck_row *row)
{
    mpfr_t slope, off, lost;
    mpfr_inits2(FORWARD_MORE_BITS, slope, off, lost, (mpfr_ptr)NULL);
    bool is_kept = forward_slope(forward, crosscheck.goal, row->node, off) &&
                   forward_slope(forward_more, crosscheck.goal, row->node, slope);
    mpfr_sub(off, off, slope, MPFR_RNDA);
    mpfr_abs(off, off, MPFR_RNDU);
    mpfr_mul_2si(lost, forward_scale(forward_more), -FORWARD_BITS, MPFR_RNDU);
    mpfr_add(off, off, lost, MPFR_RNDU);
    bool is_known = is_kept && mpfr_number_p(slope) && mpfr_number_p(off);
    if (is_kept && !is_known && enclosure_is_bounded(&row->path_sum))
        fail_at("forward mode has no derivative by", row->node);
    if (is_known && !holds(&row->path_sum, slope, off))
        fail_at("forward mode has another derivative by", row->node);
    for (size_t i = 0; is_known && i < crosscheck.method_count; i++)
        if (!holds(&row->others[i], slope, off))
            fail_at(crosscheck_method_name(crosscheck.methods[i]), row->node);
    mpfr_clears(slope, off, lost, (mpfr_ptr)NULL);
}

static void check_rows(void)
{
    values_set_bits(&crosscheck.values, FEW_BITS);
    if (!values_forward(&crosscheck.values, &given.diags))
        fail_with("no values with fewer bits", "");
    forward = forward_new(&crosscheck.values, FORWARD_BITS);
    forward_more = forward_new(&crosscheck.values, FORWARD_MORE_BITS);
    for (size_t i = 0; i < crosscheck.count; i++) {
        if (crosscheck.rows[i].verdict == CROSSCHECK_DIFFER)
            fail_at("two ways differ at", crosscheck.rows[i].node);
        check_paths(&crosscheck.rows[i]);
        check_forward(&crosscheck.rows[i]);
    }
    forward_free(forward);
    forward_free(forward_more);
}

/* Networks. */

/* The error or, at times, something else that is defined. */
static node_id random_goal(node_id error)
{
    node_id goal = below(4) ? error : (node_id)below((unsigned)error);
    return network_is_defined(given.network, goal) ? goal : error;
}

/* All ways that can tell. */
static unsigned methods_for(node_id goal)
{
    struct crosscheck probe = {.network = given.network, .goal = goal};
    unsigned methods = 1u << CROSSCHECK_SWEEP | 1u << CROSSCHECK_DIFFERENCE;
    return methods | (unsigned)referee_has_backprop(&probe) << CROSSCHECK_BACKPROP;
}

/* False if it has no values, which must be said. */
static bool run_crosscheck(void)
{
    node_id nodes[ROWS];
    node_id goal = random_goal(network_error(given.network));
    struct crosscheck_options options = {
        .nodes = nodes, .goal = goal, .random = true, .seed = seed, .max_bits = MOST_BITS};
    for (; options.count < ROWS && (node_id)options.count < goal; options.count++)
        nodes[options.count] =
            goal <= ROWS ? (node_id)options.count : (node_id)below((unsigned)goal);
    options.methods = methods_for(goal);
    if (crosscheck_run(&crosscheck, given.network, &options, &given.budget, &given.diags))
        return true;
    enum status status = diags_status(&given.diags);
    if (status != STATUS_INPUT && status != STATUS_UNDECIDED)
        given_print(&given), fail_with("not checked", "");
    return false;
}

static void check_network(struct tally *tally)
{
    state = seed;
    buf_init(&spec);
    random_spec(&spec);
    given_try(&given, buf_peek(&spec));
    if (given.network == NULL)
        given_print(&given), fail_with("not read", "");
    if (run_crosscheck()) {
        check_rows();
        tally->networks++;
        tally->rows += crosscheck.count;
        tally->undecided += crosscheck.verdicts[CROSSCHECK_UNDECIDED];
    }
    crosscheck_clear(&crosscheck);
    given_clear(&given);
    buf_clear(&spec);
}

START_TEST(all_ways_agree)
{
    struct tally tally = {0};
    uint64_t first, runs;
    random_begin(&first, &runs, RUNS);
    for (uint64_t i = 0; i < runs; i++) {
        seed = first + i;
        check_network(&tally);
    }
    printf("%" PRIu64 " of the networks had values; %" PRIu64 " derivatives, %" PRIu64
           " of them undecided\n",
           tally.networks, tally.rows, tally.undecided);
    ck_assert(runs < 20 || tally.networks > runs / 2);
    ck_assert(runs < 20 || tally.undecided < tally.rows / 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gradients");
    TCase *tcase = tcase_create("gradients");
    tcase_set_timeout(tcase, 1800);
    tcase_add_test(tcase, all_ways_agree);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
