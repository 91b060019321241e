/* Laws of derivations, on any network, of its error and of other symbols, by each of its symbols:

       every step replays and is proved (derive itself refuses otherwise), hardly any by chance alone,
       the result is the derivative, and its sum has as many terms as there are paths,
       the equations of backprop for the whole network are true,
       what is written as LaTeX or text reads back as the same expression.

   GRADTEX_SEED gives the seed of the first network, GRADTEX_RUNS how many are tried. */
#include "../given.h"
#include "derive/derive.h"
#include "derive/form.h"
#include "derive/general.h"
#include "random_spec.h"
#include "read_formula.h"
#include "tell/typeset.h"
#include "write/write.h"

enum { RUNS = 100, NODES = 12 };

static struct given given;
static struct prover *prover;
static uint64_t seed;
static struct buf spec;

/* Proofs, and derivations; those of them that are only probable or not decided. */
static struct {
    uint64_t proofs, probable, unproved, derivations, undecided;
} tally;

static void fail_with(const char *what, const char *text)
{
    ck_abort_msg("%s: %s\nGRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=1:\n%s", what, text, seed,
                 buf_peek(&spec));
}

/* Whether they are equal for all that is known; a proof that is not decided is counted. */
static bool may_be_equal(expr_id left, expr_id right)
{
    struct proof proof;
    proof_init(&proof);
    enum verdict verdict = prove_equal(prover, left, right, NULL, 0, &proof);
    tally.proofs++;
    tally.probable += verdict == VERDICT_PROBABLE;
    tally.unproved += verdict == VERDICT_UNDECIDED;
    proof_clear(&proof);
    return verdict != VERDICT_REFUTED;
}

static void check_text(expr_id e, const char *text)
{
    expr_id again = read_formula(&given, text);
    if (!again)
        fail_with("not read back", text);
    if (again != e && !may_be_equal(again, e))
        fail_with("read back as something else", text);
}

static void check_reads_back(expr_id e)
{
    struct arena arena;
    struct typeset typeset;
    struct buf text;
    arena_init(&arena);
    buf_init(&text);
    typeset_init(&typeset, &arena, given.network);
    typeset.max_terms = UINT64_MAX;
    const struct formula *formula = typeset_expression(&typeset, e);
    write_latex_formula(formula, &text);
    check_text(e, buf_peek(&text));
    buf_truncate(&text, 0);
    write_text_formula(formula, &text);
    check_text(e, buf_peek(&text));
    buf_clear(&text);
    arena_clear(&arena);
}

/* What does not read back: a local derivative, which is written as a total one where both are the same, and
   the step, which is written as a condition, [z > 0]. */
static bool is_unread(expr_id e)
{
    const struct pool *pool = network_pool(given.network);
    return expr_kind(pool, e) == EXPR_LOCAL || function_is(pool, e, FUNCTION_STEP);
}

static bool has_unread(expr_id e)
{
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(network_pool(given.network), e, &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        found = found || is_unread(nodes.items[i]);
    expr_list_clear(&nodes);
    return found;
}

static void check_steps(const struct derivation *derivation)
{
    for (size_t i = 0; i < derivation->chain_count; i++)
        for (size_t k = 0; k < derivation->chains[i].count; k++) {
            const struct step *step = &derivation->chains[i].steps[k];
            ck_assert(step->verdict == VERDICT_PROVED || step->verdict == VERDICT_PROBABLE);
            tally.proofs++;
            tally.probable += step->verdict == VERDICT_PROBABLE;
            if (step->shape.kind == SHAPE_PLAIN && !has_unread(step->after))
                check_reads_back(step->after);
        }
}

static void check_result(struct derivation *derivation)
{
    struct pool *pool = network_pool(given.network);
    if (derivation->is_compact || mpz_sgn(graph_total(derivation->graph)) == 0)
        return;
    expr_id sum = form_sum(derivation, false);
    size_t terms = expr_kind(pool, sum) == EXPR_SUM ? expr_count(pool, sum) : 1;
    ck_assert(mpz_cmp_ui(graph_total(derivation->graph), 1) == 0 ||
              mpz_cmp_ui(graph_total(derivation->graph), terms) == 0);
    if (!may_be_equal(derivation->left, sum))
        fail_with("the result is not the derivative", "");
}

/* That a network has no values at which something is defined, or that nothing is known of a pair of
   functions, must be said; nothing else may go wrong. */
static void check_refused(void)
{
    enum status status = diags_status(&given.diags);
    if (status != STATUS_INPUT && status != STATUS_UNDECIDED)
        given_print(&given), fail_with("not derived", "");
    tally.undecided += status == STATUS_UNDECIDED;
    diags_clear(&given.diags);
    diags_init(&given.diags);
}

static void check_node(node_id node, node_id goal)
{
    struct derivation derivation;
    tally.derivations++;
    if (derive(&derivation, given.network, node, goal, &given.budget, &given.diags)) {
        check_steps(&derivation);
        check_result(&derivation);
    } else {
        check_refused();
    }
    derivation_clear(&derivation);
}

/* Error signals are names for derivatives of the goal. */
static void check_equation(const struct general_equation *equation)
{
    struct pool *pool = network_pool(given.network);
    if (has_unread(equation->right))
        return;
    check_reads_back(equation->left);
    check_reads_back(equation->right);
    ck_assert(expr_kind(pool, equation->left) == EXPR_SYMBOL ||
              expr_kind(pool, equation->left) == EXPR_DERIVATIVE);
}

static void check_general(node_id goal)
{
    struct general general;
    tally.derivations++;
    if (general_derive(&general, given.network, goal, &given.budget, &given.diags))
        for (size_t i = 0; i < general.count; i++)
            check_equation(&general.equations[i]);
    else
        check_refused();
    general_clear(&general);
}

/* The error or, at times, a symbol that is defined before it. */
static node_id random_goal(node_id error)
{
    node_id goal = below(3) ? error : (node_id)below((unsigned)error);
    return network_is_defined(given.network, goal) ? goal : error;
}

static void check_network(void)
{
    state = seed;
    buf_init(&spec);
    random_spec(&spec);
    given_try(&given, buf_peek(&spec));
    if (given.network == NULL)
        given_print(&given), fail_with("not read", "");
    node_id error = network_error(given.network);
    prover = prover_new(network_defs(given.network), &given.budget, 1);
    check_general(error);
    for (int i = 0; i < NODES && i < error; i++) {
        node_id node = error <= NODES ? i : (node_id)below((unsigned)error);
        node_id goal = random_goal(error);
        if (node != goal)
            check_node(node, goal);
    }
    prover_free(prover);
    given_clear(&given);
    buf_clear(&spec);
}

START_TEST(derivations_are_proved_and_read_back)
{
    uint64_t first, runs;
    random_begin(&first, &runs, RUNS);
    for (uint64_t i = 0; i < runs; i++) {
        seed = first + i;
        check_network();
    }
    printf("%" PRIu64 " proofs, %" PRIu64 " of them probable, %" PRIu64 " undecided; %" PRIu64
           " derivations, %" PRIu64 " of them undecided\n",
           tally.proofs, tally.probable, tally.unproved, tally.derivations, tally.undecided);
    ck_assert(runs < 20 || (tally.probable + tally.unproved) * 50 <= tally.proofs);
    ck_assert(runs < 20 || tally.undecided * 50 <= tally.derivations);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("derive");
    TCase *tcase = tcase_create("derive");
    tcase_set_timeout(tcase, 1800);
    tcase_add_test(tcase, derivations_are_proved_and_read_back);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
