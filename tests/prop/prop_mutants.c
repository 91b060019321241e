/* The soundness law of verify, over steps of derivations of the examples' networks and of
   random ones:

       a step with one thing changed is proved only if it is true all the same, which
   numbers at random points tell, and refuted only if it is not; a step written in another
   way that is as true is never refuted, and hardly ever anything but proved.

   GRADTEX_SEED gives the seed of the first network, GRADTEX_RUNS how many are tried. */
#include "../given.h"
#include "base/memory.h"
#include "base/name.h"
#include "derive/derive.h"
#include "expr/substitute.h"
#include "mirror.h"
#include "point.h"
#include "random_spec.h"
#include "styled.h"
#include "verify/verify.h"

#include <glob.h>

enum {
    RUNS = 100,
    MUTANTS = 24,
    CHAINS = 12,
    CHAIN = 3,
    NODES = 6,
    MOST_STEPS = 400,
    MOST_SIZE = 150,
    MOST_LINES = 200,
    POINTS = 10
};

static struct given given;
static uint64_t seed;
static struct buf spec, document;
static struct point *points[POINTS];
static struct derivation derivations[NODES];
static size_t derivation_count;
static glob_t examples;

/* Steps that derive has proved. */
static struct {
    expr_id left, right;
} steps[MOST_STEPS];
static size_t step_count;

/* What the lines of the document claim, from 1. */
static struct line {
    expr_id left, right;
    bool is_mutant;
} lines[MOST_LINES];
static size_t line_count;
static struct source source; /* the document */
static unsigned failures;

static struct tally {
    uint64_t steps, proved, conditional, refuted, undecided, unread;
} mutants, mirrors;

/* Told at once; the law fails at the end. */
static void fail_at(const char *what, struct span span)
{
    printf("%s: line %" PRIu32 ", %.*s\nGRADTEX_SEED=%" PRIu64 " GRADTEX_RUNS=1\n", what,
           source_position(&source, span.begin).line, (int)(span.end - span.begin),
           source.text + span.begin, seed);
    failures++;
}

/* --- what is true --- */

/* Error signals are names for derivatives. */
static expr_id put_in_signal(void *context, expr_id symbol)
{
    (void)context;
    struct network *network = given.network;
    for (size_t i = 0; i < derivation_count; i++)
        for (size_t k = 0; k < derivations[i].signal_count; k++)
            if (derivations[i].signals[k].symbol == symbol)
                return expr_derivative(
                    network_pool(network), network_symbol(network, derivations[i].to),
                    network_symbol(network, derivations[i].signals[k].node));
    return symbol;
}

static expr_id put_in_signals(expr_id e)
{
    return substitute(network_pool(given.network), e, put_in_signal, NULL);
}

static bool is_kinked(const struct pool *pool, expr_id e)
{
    static const bool kinked[FUNCTION_COUNT] = {
        [FUNCTION_RELU] = true, [FUNCTION_LEAKY_RELU] = true, [FUNCTION_ABS] = true,
        [FUNCTION_MAX] = true,  [FUNCTION_STEP] = true,       [FUNCTION_SIGN] = true};
    return expr_kind(pool, e) == EXPR_APPLY && kinked[function_peek(pool, e)->id];
}

static bool has_kinked_function(const struct pool *pool, expr_id e)
{
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        found = found || is_kinked(pool, nodes.items[i]);
    expr_list_clear(&nodes);
    return found;
}

/* At a kink two sides may differ that no random point tells apart. */
static bool has_kink(expr_id e)
{
    struct pool *pool = network_pool(given.network);
    struct expr_list list;
    bool found = false;
    expr_list_init(&list);
    walk_nodes(pool, e, &list);
    walk_symbols_deep(network_defs(given.network), e, &list);
    for (size_t i = 0; i < list.count && !found; i++) {
        expr_id node = list.items[i];
        expr_id definition = expr_kind(pool, node) == EXPR_SYMBOL
                                 ? defs_get(network_defs(given.network), node)
                                 : 0;
        found = has_kinked_function(pool, definition ? definition : node);
    }
    expr_list_clear(&list);
    return found;
}

/* Equal wherever both sides have a value; none if there is no such point. */
static enum point_answer answer_of(expr_id left, expr_id right,
                                   enum point_reading reading)
{
    enum point_answer answer = POINT_NO_VALUE;
    for (int i = 0; i < POINTS && answer != POINT_DIFFERENT; i++) {
        enum point_answer here = point_compare(points[i], left, right, reading);
        if (here != POINT_NO_VALUE)
            answer = here;
    }
    return answer;
}

static bool is_shown_equal(expr_id left, expr_id right)
{
    struct prover *prover =
        prover_new(network_defs(given.network), &given.budget, seed | 1);
    struct proof proof;
    proof_init(&proof);
    for (size_t i = 0; i < network_assumption_count(given.network); i++) {
        expr_id assumed, value;
        network_assumption(given.network, i, &assumed, &value);
        prove_assume(prover, assumed, value);
    }
    bool is_equal = prove_equal(prover, left, right, NULL, 0, &proof) == VERDICT_PROVED;
    proof_clear(&proof);
    prover_free(prover);
    return is_equal;
}

/* `[0 > 0]` is 0 to a reader, whatever a network says of relu at 0. */
static bool has_bare_step(expr_id e)
{
    const struct pool *pool = network_pool(given.network);
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        found = found || (function_is(pool, nodes.items[i], FUNCTION_STEP) &&
                          expr_is_integer(pool, expr_part(pool, nodes.items[i], 1), 0));
    expr_list_clear(&nodes);
    return found;
}

/* A number alone is what the left side is worth with the network's values. */
static bool is_value(expr_id left, expr_id right)
{
    struct expr_list symbols;
    expr_list_init(&symbols);
    walk_symbols(network_pool(given.network), right, &symbols);
    bool is_number = symbols.count == 0 && network_has_values(given.network);
    expr_list_clear(&symbols);
    if (!is_number)
        return false;
    struct point *values = point_given(given.network);
    bool is_equal = point_compare(values, left, right, POINT_TOTAL) == POINT_EQUAL;
    point_free(values);
    return is_equal;
}

/* A step that was proved must be true in one reading of its derivatives. */
static bool may_be_proved(const struct line *line)
{
    expr_id left = put_in_signals(line->left), right = put_in_signals(line->right);
    if (has_bare_step(left) || has_bare_step(right) || is_value(left, right))
        return true;
    if (answer_of(left, right, POINT_TOTAL) != POINT_DIFFERENT)
        return !line->is_mutant || is_shown_equal(left, right);
    return answer_of(left, right, POINT_LOCAL) == POINT_EQUAL ||
           answer_of(left, right, POINT_LOCAL_BUT_ERROR) == POINT_EQUAL;
}

/* Whether something that a side hangs on has a value nowhere, though its derivative may
   be 0 where no path leads through it. */
static bool hangs_on_nothing(expr_id e)
{
    struct expr_list symbols;
    bool found = false;
    expr_list_init(&symbols);
    walk_symbols_deep(network_defs(given.network), e, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = answer_of(symbols.items[i], symbols.items[i], POINT_TOTAL) ==
                POINT_NO_VALUE;
    expr_list_clear(&symbols);
    return found;
}

/* A side that has a value nowhere is refuted, also of a mirror. */
static bool may_be_refuted(const struct line *line)
{
    expr_id left = put_in_signals(line->left), right = put_in_signals(line->right);
    enum point_answer answer = answer_of(left, right, POINT_TOTAL);
    return answer == POINT_NO_VALUE || hangs_on_nothing(left) ||
           hangs_on_nothing(right) ||
           (line->is_mutant &&
            (answer == POINT_DIFFERENT || has_kink(left) || has_kink(right)));
}

/* --- documents --- */

struct display {
    const char *begin, *end, *relation, *next;
};

static struct display any_display(void)
{
    static const struct display all[] = {
        {"\\begin{align}", "\\end{align}", "&=", "\\\\"},
        {"\\begin{align*}", "\\end{align*}", "=&", "\\\\"},
        {"\\[\\begin{aligned}", "\\end{aligned}\\]", "& =", "\\\\[2pt]"},
        {"\\begin{equation}\\begin{split}", "\\end{split}\\end{equation}", "&=", "\\\\"},
        {"\\begin{eqnarray}", "\\end{eqnarray}", "&=&", "\\nonumber\\\\"},
        {"$$\\begin{aligned}", "\\end{aligned}$$", "&=", "\\\\"}};
    return all[below(6)];
}

static void end_line(struct line line)
{
    buf_char(&document, '\n');
    lines[++line_count] = line;
}

static void write_text_line(const char *text)
{
    buf_text(&document, text);
    end_line((struct line){0, 0, false});
}

static void write_side(struct style *style, expr_id e)
{
    style_write(style, e, TIGHT_SUM);
}

/* `left = right[0] = right[1] …`, of which the first may be written by another style. */
static void write_chain(struct style *left_style, struct style *style, expr_id left,
                        const expr_id *rights, size_t count, bool is_mutant)
{
    struct display display = any_display();
    write_text_line(display.begin);
    write_side(left_style, left);
    for (size_t i = 0; i < count; i++) {
        buf_text(&document, display.relation);
        write_side(style, rights[i]);
        buf_text(&document, i + 1 < count ? display.next : below(3) ? "" : ".");
        end_line((struct line){left, rights[i], is_mutant});
    }
    write_text_line(display.end);
}

static struct style style_of(void)
{
    return (struct style){.pool = network_pool(given.network),
                          .out = &document,
                          .partial = network_partial(given.network)};
}

static void write_mutant(void)
{
    size_t i = below((unsigned)step_count);
    struct style style = style_of();
    expr_id mutant = mutant_of(given.network, steps[i].right);
    if (!is_wide(style.pool, mutant))
        write_chain(&style, &style, steps[i].left, &mutant, 1, true);
}

static void write_mirror(void)
{
    size_t i = below((unsigned)step_count);
    struct style style = style_of();
    expr_id rights[CHAIN], right = steps[i].right;
    size_t count = 1 + below(CHAIN);
    for (size_t k = 0; k < count; k++) {
        for (unsigned times = 1 + below(3); times > 0; times--)
            right = mirror_of(given.network, right);
        rights[k] = right;
    }
    write_chain(&style, &style, steps[i].left, rights, count, false);
}

/* --- sums --- */

/* A digit of a name's subscript and the run of digits for which there are such names. */
struct run {
    expr_id symbol;
    size_t at;
    char first, last, letter;
};

static expr_id member_of(const struct run *run, char digit)
{
    struct buf name;
    buf_init(&name);
    buf_text(&name, expr_peek_name(network_pool(given.network), run->symbol));
    name.data[run->at] = digit;
    node_id node = network_find(given.network, buf_peek(&name));
    buf_clear(&name);
    return node >= 0 ? network_symbol(given.network, node) : 0;
}

/* A letter that is the head of no name of the network. */
static char free_letter(void)
{
    static const char choices[] = "kjmnlpc";
    char letter = choices[below(sizeof choices - 1)];
    struct buf name;
    bool is_free = true;
    buf_init(&name);
    for (node_id i = 0; i < network_count(given.network); i++) {
        buf_truncate(&name, 0);
        network_name(given.network, i, &name);
        is_free = is_free && buf_peek(&name)[0] != letter;
    }
    buf_clear(&name);
    return is_free ? letter : 0;
}

/* Of a subscript of one or two digits alone. */
static bool find_run(struct run *run, expr_id symbol)
{
    struct name name;
    const char *canonical = expr_peek_name(network_pool(given.network), symbol);
    name_split(&name, canonical);
    if (name.sub_length == 0 || name.sub_length > 2 ||
        strspn(name.sub, "0123456789") < name.sub_length)
        return false;
    *run = (struct run){.symbol = symbol,
                        .at = (size_t)(name.sub - canonical) +
                              below((unsigned)name.sub_length),
                        .letter = free_letter()};
    run->first = run->last = canonical[run->at];
    while (run->first > '0' && member_of(run, (char)(run->first - 1)))
        run->first--;
    while (run->last < '9' && member_of(run, (char)(run->last + 1)))
        run->last++;
    return run->letter && run->first < run->last && run->last < '9'; /* 10 is no digit */
}

/* Only names vary: what is differentiated by stays. */
static bool holds_derivative(expr_id e)
{
    const struct pool *pool = network_pool(given.network);
    struct expr_list nodes;
    bool found = false;
    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++)
        found = found || is_derivative(pool, nodes.items[i]);
    expr_list_clear(&nodes);
    return found;
}

/* Any term of a step's right side over some symbol of it that has such a run. */
static bool choose_term(struct run *run, expr_id *term)
{
    struct pool *pool = network_pool(given.network);
    struct expr_list symbols;
    expr_id right = steps[below((unsigned)step_count)].right;
    size_t terms = expr_kind(pool, right) == EXPR_SUM ? expr_count(pool, right) : 0;
    *term = terms ? expr_part(pool, right, below((unsigned)terms)) : right;
    expr_list_init(&symbols);
    walk_symbols(pool, *term, &symbols);
    bool is_found = symbols.count > 0 && !holds_derivative(*term) &&
                    find_run(run, symbols.items[below((unsigned)symbols.count)]);
    expr_list_clear(&symbols);
    return is_found;
}

static expr_id expand(const struct run *run, expr_id term)
{
    struct pool *pool = network_pool(given.network);
    expr_id terms[10];
    size_t count = 0;
    for (char digit = run->first; digit <= run->last; digit++)
        terms[count++] = substitute_one(pool, term, run->symbol, member_of(run, digit));
    return expr_sum(pool, terms, count);
}

/* `\sum_{k=1}^{3}`, or with limits left out where they are all that there is. */
static void write_sum(const struct run *run, expr_id term)
{
    struct style style = style_of();
    style.bound = run->symbol;
    style.digit = run->at;
    style.letter = run->letter;
    buf_text(&document, "\\sum");
    if (below(3))
        buf_format(&document, "%s_{%c=%c}^%c", below(2) ? "\\limits" : "", run->letter,
                   run->first, run->last);
    else
        buf_format(&document, "_%c", run->letter);
    style_write(&style, term, TIGHT_FACTOR);
}

/* The sum, its terms one by one, and the sum over another letter. */
static void write_sum_step(bool is_mutant)
{
    struct run run;
    expr_id term;
    if (!choose_term(&run, &term))
        return;
    expr_id sum = expand(&run, term);
    expr_id right =
        is_mutant ? mutant_of(given.network, sum) : mirror_of(given.network, sum);
    if (is_wide(network_pool(given.network), right) ||
        expr_tree_size(network_pool(given.network), right) > 2 * MOST_SIZE)
        return;
    struct style style = style_of();
    struct display display = any_display();
    write_text_line(display.begin);
    write_sum(&run, term);
    buf_text(&document, display.relation);
    write_side(&style, right);
    if (!is_mutant && (run.letter = free_letter()) != 0) {
        buf_text(&document, display.next);
        end_line((struct line){sum, right, false});
        buf_text(&document, display.relation);
        write_sum(&run, term);
        right = sum;
    }
    end_line((struct line){sum, right, is_mutant});
    write_text_line(display.end);
}

static void write_any_mutant(void)
{
    if (below(5))
        write_mutant();
    else
        write_sum_step(true);
}

static void write_any_mirror(void)
{
    if (below(4))
        write_mirror();
    else
        write_sum_step(false);
}

/* --- verdicts --- */

static void count_verdict(struct tally *tally, const struct verified_step *step)
{
    tally->steps++;
    tally->conditional += step->verdict <= STEP_PROVED && step->condition != NULL;
    tally->proved += step->verdict <= STEP_PROVED && step->condition == NULL;
    tally->refuted += step->verdict == STEP_REFUTED || step->verdict == STEP_CARRIED;
    tally->undecided += step->verdict == STEP_PROBABLE || step->verdict == STEP_UNDECIDED;
    tally->unread += step->verdict == STEP_UNCHECKED;
}

static void check_step(const struct verified_step *step)
{
    const struct line *line = &lines[source_position(&source, step->right.begin).line];
    bool is_refuted = step->verdict == STEP_REFUTED || step->verdict == STEP_CARRIED;
    if (!line->left)
        ck_abort_msg("a step where there is none");
    count_verdict(line->is_mutant ? &mutants : &mirrors, step);
    if (is_refuted && !may_be_refuted(line))
        fail_at("a true step is refuted", step->span);
    if (step->verdict <= STEP_PROVED && !step->condition && !may_be_proved(line))
        fail_at("a false step is proved", step->span);
}

static void check_document(void)
{
    struct verification verification;
    struct verify_network network = {1, given.network};
    struct verify_options options = {.networks = &network,
                                     .network_count = 1,
                                     .budget = &given.budget,
                                     .seed = seed | 1};
    verification_init(&verification);
    verification.documents = memory_zeroed(1, sizeof *verification.documents);
    verification.document_count = 1;
    struct verified_document *verified = &verification.documents[0];
    diags_init(&verified->diags);
    ck_assert(source_from_text(&verified->source, "law.tex", buf_peek(&document),
                               document.length, &verified->diags));
    verify_document(&verification, 0, &options);
    if (!verified->is_read)
        fail_at("not read", (struct span){0, document.length});
    source = verified->source;
    for (size_t i = 0; i < verification.step_count; i++)
        check_step(&verification.steps[i]);
    verification_clear(&verification);
}

static void check_lines(void (*write)(void), size_t count)
{
    buf_truncate(&document, 0);
    line_count = 0;
    for (size_t i = 0; i < count; i++)
        write();
    check_document();
}

/* --- steps --- */

/* A node, or an error signal that the network has a name for. */
static bool is_known(expr_id symbol)
{
    struct buf name;
    bool found = network_node(given.network, symbol) >= 0;
    buf_init(&name);
    for (size_t i = 0; i < derivation_count; i++)
        for (size_t k = 0; k < derivations[i].signal_count; k++)
            if (derivations[i].signals[k].symbol == symbol)
                found = network_delta_name(given.network, derivations[i].signals[k].node,
                                           &name);
    buf_clear(&name);
    return found;
}

static bool is_suitable(expr_id e)
{
    const struct pool *pool = network_pool(given.network);
    struct expr_list symbols;
    bool is_suitable = expr_tree_size(pool, e) <= MOST_SIZE && !is_wide(pool, e);
    expr_list_init(&symbols);
    walk_symbols(pool, e, &symbols);
    for (size_t i = 0; i < symbols.count; i++)
        is_suitable = is_suitable && is_known(symbols.items[i]);
    expr_list_clear(&symbols);
    return is_suitable;
}

static void take_step(expr_id left, expr_id right)
{
    if (step_count == MOST_STEPS || !is_suitable(left) || !is_suitable(right))
        return;
    steps[step_count].left = left;
    steps[step_count++].right = right;
}

static void take_chain(const struct chain *chain)
{
    expr_id before = chain->start;
    for (size_t i = 0; i < chain->count; i++) {
        const struct step *step = &chain->steps[i];
        if (step->shape.kind == SHAPE_PLAIN && step->verdict == VERDICT_PROVED)
            take_step(below(2) ? before : chain->left, step->after);
        before = step->after;
    }
}

static void take_derivation(node_id node, node_id error)
{
    struct derivation *derivation = &derivations[derivation_count++];
    if (derive(derivation, given.network, node, error, &given.budget, &given.diags))
        for (size_t i = 0; i < derivation->chain_count; i++)
            take_chain(&derivation->chains[i]);
}

static void take_derivations(void)
{
    node_id error = network_error(given.network);
    step_count = derivation_count = 0;
    for (int i = 0; i < NODES; i++)
        take_derivation((node_id)below((unsigned)error), error);
}

/* --- networks --- */

static void read_example(const char *path)
{
    char content[4096];
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    size_t length = fread(content, 1, sizeof content, file);
    fclose(file);
    buf_bytes(&spec, content, length);
}

/* One of the examples or a random one; that with values in files is not read. */
static void choose_network(void)
{
    buf_truncate(&spec, 0);
    if (below(2))
        read_example(examples.gl_pathv[below((unsigned)examples.gl_pathc)]);
    else
        random_spec(&spec);
    given_try(&given, buf_peek(&spec));
}

static void check_network(void)
{
    state = seed;
    choose_network();
    if (given.network) {
        take_derivations();
        for (int i = 0; i < POINTS; i++)
            points[i] = point_new(given.network);
        if (step_count > 0) {
            check_lines(write_any_mutant, MUTANTS);
            check_lines(write_any_mirror, CHAINS);
        }
        for (int i = 0; i < POINTS; i++)
            point_free(points[i]);
        for (size_t i = 0; i < derivation_count; i++)
            derivation_clear(&derivations[i]);
    }
    given_clear(&given);
}

static void print_tally(const char *what, const struct tally *tally)
{
    printf("%" PRIu64 " %s: %" PRIu64 " proved, %" PRIu64 " under a condition, %" PRIu64
           " refuted, %" PRIu64 " undecided, %" PRIu64 " not read\n",
           tally->steps, what, tally->proved, tally->conditional, tally->refuted,
           tally->undecided, tally->unread);
}

static uint64_t mirrors_undecided(void)
{
    return mirrors.steps - mirrors.proved - mirrors.conditional;
}

/* Per cent: steps of one network are often alike, so few networks vary more. */
static uint64_t most_undecided(uint64_t runs)
{
    return runs < 500 ? 4 : 1;
}

START_TEST(verdicts_are_true)
{
    uint64_t first, runs;
    char pattern[4096];
    snprintf(pattern, sizeof pattern, "%s/examples/*.net", getenv("srcdir"));
    ck_assert_int_eq(glob(pattern, 0, NULL, &examples), 0);
    buf_init(&spec);
    buf_init(&document);
    random_begin(&first, &runs, RUNS);
    for (uint64_t i = 0; i < runs; i++) {
        seed = first + i;
        check_network();
    }
    print_tally("mutants", &mutants);
    print_tally("mirrors", &mirrors);
    ck_assert_uint_eq(failures, 0);
    ck_assert(runs < 20 ||
              mirrors_undecided() * 100 <= mirrors.steps * most_undecided(runs));
    buf_clear(&document);
    buf_clear(&spec);
    globfree(&examples);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mutants");
    TCase *tcase = tcase_create("mutants");
    tcase_set_timeout(tcase, 0);
    tcase_add_test(tcase, verdicts_are_true);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
