/* Laws of derivations, on any network, of its error and of other symbols, by each of its symbols:

       every step replays and is proved (derive itself refuses otherwise),
       the result is the derivative, and its sum has as many terms as there are paths,
       what is written as LaTeX or text reads back as the same expression.

   GRADTEX_SEED gives the seed of the first network, GRADTEX_RUNS how many are tried. */
#include "../given.h"
#include "derive/derive.h"
#include "derive/form.h"
#include "random_spec.h"
#include "tell/typeset.h"
#include "tex/elaborate.h"
#include "write/write.h"

enum { RUNS = 60, NODES = 12 };

static struct given given;
static struct prover *prover;
static uint64_t seed;
static struct buf spec;

static void fail_with(const char *what, const char *text)
{
    ck_abort_msg("%s: %s\nGRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=1:\n%s", what, text, seed,
                 buf_peek(&spec));
}

/* Reading back: a scope of the network's names and whatever the derivation introduced. */

static bool name_exists(void *context, const char *canonical)
{
    (void)context;
    return expr_find_symbol(network_pool(given.network), canonical) != 0 ||
           network_find(given.network, canonical) >= 0;
}

static expr_id name_symbol(void *context, const char *canonical, struct place place,
                           struct diags *diags)
{
    (void)context;
    (void)place;
    (void)diags;
    return expr_symbol(network_pool(given.network), canonical);
}

static expr_id read_back(const char *text)
{
    struct source source;
    struct arena arena;
    struct bindings bindings = {0};
    uint64_t steps = 0;
    struct scope scope = {.pool = network_pool(given.network),
                          .exists = name_exists,
                          .name = name_symbol,
                          .derivatives = true};
    ck_assert(source_from_text(&source, "written", text, strlen(text), &given.diags));
    arena_init(&arena);
    struct parse parse = {&source, &arena, &given.budget, &given.diags, 0};
    struct parse_node *tree =
        parse_formula(&parse, (struct span){0, (uint32_t)source.length});
    struct elaborate context = {&source, &scope, &bindings, &given.budget, &given.diags, &steps};
    expr_id e = tree ? elaborate(&context, tree) : 0;
    if (!e)
        given_print(&given);
    bindings_clear(&bindings);
    arena_clear(&arena);
    source_clear(&source);
    return e;
}

static void check_text(expr_id e, const char *text)
{
    struct proof proof;
    expr_id again = read_back(text);
    if (!again)
        fail_with("not read back", text);
    proof_init(&proof);
    enum verdict verdict =
        again == e ? VERDICT_PROVED : prove_equal(prover, again, e, NULL, 0, &proof);
    if (verdict != VERDICT_PROVED && verdict != VERDICT_PROBABLE)
        fail_with("read back as something else", text);
    proof_clear(&proof);
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

static bool has_local(expr_id e)
{
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(network_pool(given.network), e, &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        found = found || expr_kind(network_pool(given.network), nodes.items[i]) == EXPR_LOCAL;
    expr_list_clear(&nodes);
    return found;
}

/* A local derivative is written as a total one where both are the same, so it reads back as that. */
static void check_steps(const struct derivation *derivation)
{
    for (size_t i = 0; i < derivation->chain_count; i++)
        for (size_t k = 0; k < derivation->chains[i].count; k++) {
            const struct step *step = &derivation->chains[i].steps[k];
            ck_assert_int_ne(step->verdict, VERDICT_UNDECIDED);
            if (step->shape.kind == SHAPE_PLAIN && !has_local(step->after))
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
    struct proof proof;
    proof_init(&proof);
    enum verdict verdict = prove_equal(prover, derivation->left, sum, NULL, 0, &proof);
    ck_assert(verdict == VERDICT_PROVED || verdict == VERDICT_PROBABLE);
    proof_clear(&proof);
}

static void check_node(node_id node, node_id goal)
{
    struct derivation derivation;
    bool ok = derive(&derivation, given.network, node, goal, &given.budget, &given.diags);
    enum status status = diags_status(&given.diags);
    if (!ok && status != STATUS_INPUT && status != STATUS_UNDECIDED)
        given_print(&given), fail_with("not derived", "");
    if (!ok) { /* no values were found at which it is defined: said, as it should be */
        derivation_clear(&derivation);
        return;
    }
    prover = prover_new(network_defs(given.network), &given.budget, 1);
    check_steps(&derivation);
    check_result(&derivation);
    prover_free(prover);
    derivation_clear(&derivation);
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
    for (int i = 0; i < NODES && i < error; i++) {
        node_id node = error <= NODES ? i : (node_id)below((unsigned)error);
        node_id goal = random_goal(error);
        if (node != goal)
            check_node(node, goal);
    }
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
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("derive");
    TCase *tcase = tcase_create("derive");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, derivations_are_proved_and_read_back);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
