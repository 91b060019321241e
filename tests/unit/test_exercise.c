/* Exercises on every network of the examples and on short forms, from many seeds.

   GRADTEX_PRINT=text (or latex, html, markdown) prints the sheets. */
#include "../given.h"
#include "base/memory.h"
#include "base/number.h"
#include "eval/crosscheck.h"
#include "exercise/exercise.h"
#include "net/notation.h"
#include "prove/prove.h"
#include "tell/exercise_teller.h"
#include "tell/tell_exercise.h"
#include "verify/verify.h"
#include "write/write.h"

#include <glob.h>
#include <stdlib.h>

enum { SEEDS = 6, COUNT = 10, WIDTH = 100 };

static struct given given;

static void write_lines(void *context, const struct exercise_lines *lines,
                        struct buf *out)
{
    struct doc doc;
    doc_init(&doc);
    tell_exercise_lines(&doc, context, lines);
    write_latex(&doc, false, out);
    doc_clear(&doc);
}

static struct exercise_request request_of(uint64_t seed)
{
    return (struct exercise_request){.is_exact = true,
                                     .network = given.network,
                                     .budget = &given.budget,
                                     .count = COUNT,
                                     .seed = seed,
                                     .write = write_lines,
                                     .context = given.network};
}

/* --- networks --- */

static void open_file(const char *path)
{
    budget_init(&given.budget);
    diags_init(&given.diags);
    ck_assert(source_load(&given.source, path, &given.diags));
    given.network = spec_read(&given.source, NULL, &given.budget, &given.diags);
    ck_assert_ptr_nonnull(given.network);
}

static void open_short(const char *word)
{
    struct buf spec;
    bool is_short;
    buf_init(&spec);
    diags_init(&given.diags);
    ck_assert(preset_expand(word, &spec, &is_short, &given.diags) && is_short);
    given_init(&given, buf_peek(&spec));
    buf_clear(&spec);
}

static void with_examples(void (*check)(const char *name))
{
    const char *srcdir = getenv("srcdir");
    char pattern[4096];
    glob_t examples;
    snprintf(pattern, sizeof pattern, "%s/examples/*.net", srcdir ? srcdir : ".");
    ck_assert_int_eq(glob(pattern, 0, NULL, &examples), 0);
    ck_assert_uint_gt(examples.gl_pathc, 10);
    for (size_t i = 0; i < examples.gl_pathc; i++) {
        open_file(examples.gl_pathv[i]);
        check(examples.gl_pathv[i]);
        given_clear(&given);
    }
    globfree(&examples);
}

/* --- what is checked --- */

static void write_sheet(const struct exercises *exercises, const char *format,
                        struct buf *out)
{
    struct doc doc;
    doc_init(&doc);
    doc.shows_answers = true;
    tell_exercises(&doc, exercises, EXERCISES_BOTH);
    if (strcmp(format, "latex") == 0)
        write_latex(&doc, false, out);
    else if (strcmp(format, "html") == 0)
        write_html(&doc, out);
    else if (strcmp(format, "markdown") == 0)
        write_markdown(&doc, FLAVOUR_GITHUB, out);
    else
        write_text(&doc, WIDTH, out);
    doc_clear(&doc);
}

static void find_text(const char *sheet, const char *wanted)
{
    ck_assert_msg(strstr(sheet, wanted) != NULL, "no '%s' in\n%s", wanted, sheet);
}

static void print_sheet(const char *name, const struct exercises *exercises)
{
    const char *format = getenv("GRADTEX_PRINT");
    struct buf text;
    if (format == NULL)
        return;
    buf_init(&text);
    write_sheet(exercises, format, &text);
    printf("%s\n%s\n", name, buf_peek(&text));
    buf_clear(&text);
}

static void judge_text(const struct buf *text, struct verification *verification)
{
    struct verify_network network = {1, given.network};
    struct verify_options options = {
        .networks = &network, .network_count = 1, .budget = &given.budget, .seed = 7};
    verification_init(verification);
    verification->documents = memory_zeroed(1, sizeof *verification->documents);
    verification->document_count = 1;
    diags_init(&verification->documents[0].diags);
    ck_assert(source_from_text(&verification->documents[0].source, "lines",
                               buf_peek(text), text->length,
                               &verification->documents[0].diags));
    verify_document(verification, 0, &options);
}

static void judge(const struct exercise *exercise, struct verification *verification)
{
    struct buf text;
    buf_init(&text);
    write_lines(given.network, &exercise->lines, &text);
    judge_text(&text, verification);
    buf_clear(&text);
}

/* What a verification with another seed says: false exactly where the key says so. */
static void check_lines(const struct exercise *exercise)
{
    struct verification verification;
    bool is_mistake = exercise->kind == EXERCISE_MISTAKE;
    judge(exercise, &verification);
    ck_assert_uint_eq(verification.step_count, exercise->lines.count);
    for (size_t i = 0; i < verification.step_count; i++) {
        enum step_verdict wanted = !is_mistake || i < exercise->mistake.line ? STEP_PROVED
                                   : i == exercise->mistake.line ? STEP_REFUTED
                                                                 : STEP_CARRIED;
        ck_assert_msg(verification.steps[i].verdict == wanted, "step %zu is %s, not %s",
                      i, step_verdict_word(verification.steps[i].verdict),
                      step_verdict_word(wanted));
    }
    verification_clear(&verification);
}

static void write_side(expr_id left, expr_id side, struct buf *out)
{
    struct exercise_lines line = {left, &side, 1};
    buf_init(out);
    write_lines(given.network, &line, out);
}

/* No line is written as the one before. */
static void check_rows(const struct exercise_lines *lines)
{
    struct buf last, next;
    write_side(lines->left, lines->sides[0], &last);
    for (size_t i = 1; i < lines->count; i++) {
        write_side(lines->left, lines->sides[i], &next);
        ck_assert_str_ne(buf_peek(&last), buf_peek(&next));
        buf_clear(&last);
        last = next;
    }
    buf_clear(&last);
}

/* --- blanks, filled in as people do --- */

static void write_answer(const struct exercise *exercise, unsigned number,
                         struct buf *out)
{
    struct doc doc;
    struct exercise_teller teller;
    doc_init(&doc);
    exercise_teller_init(&teller, &doc, given.network);
    for (size_t i = 0; i < exercise->blank_count; i++)
        if (exercise->blanks[i].number == number) {
            write_latex_formula(
                typeset_expression(&teller.typeset, exercise->blanks[i].part), out);
            break;
        }
    doc_clear(&doc);
}

/* The answers of the key in place of the boxes, and nothing else. */
static void fill_in(const struct exercise *exercise, const char *sheet, struct buf *out)
{
    static const char box[] = "\\boxed{\\scriptstyle ", end[] = "\\qquad}";
    for (const char *next; (next = strstr(sheet, box)) != NULL;) {
        char *after;
        buf_bytes(out, sheet, (size_t)(next - sheet));
        write_answer(exercise, (unsigned)strtoul(next + sizeof box - 1, &after, 10), out);
        sheet = after + sizeof end - 1;
    }
    buf_text(out, sheet);
}

static void check_filled_in(const struct exercise *exercise)
{
    struct exercise one = *exercise;
    struct exercises exercises = {given.network, &one, 1};
    struct verification verification;
    struct buf sheet, text;
    struct doc doc;
    buf_init(&sheet);
    buf_init(&text);
    doc_init(&doc);
    tell_exercises(&doc, &exercises, EXERCISES_QUESTIONS);
    write_latex(&doc, false, &sheet);
    fill_in(exercise, buf_peek(&sheet), &text);
    judge_text(&text, &verification);
    ck_assert_uint_eq(verification.step_count, exercise->lines.count);
    for (size_t i = 0; i < verification.step_count; i++)
        ck_assert_msg(verification.steps[i].verdict == STEP_PROVED,
                      "step %zu is %s, filled in:\n%s", i,
                      step_verdict_word(verification.steps[i].verdict), buf_peek(&text));
    verification_clear(&verification);
    doc_clear(&doc);
    buf_clear(&text);
    buf_clear(&sheet);
}

/* --- mistakes and numbers --- */

/* Each name of the counterexample is said once. */
static void check_counterexample(const struct exercise_mistake *mistake)
{
    const struct counterexample *counterexample =
        mistake->verification.steps[mistake->line].counterexample;
    ck_assert_str_ne(counterexample->left, counterexample->right);
    for (size_t i = 0; i < counterexample->count; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(counterexample->values[i].name,
                             counterexample->values[k].name);
}

/* What follows "put in" or "take away", as far as its own paragraph goes. */
static size_t next_repair(const char **sheet, const char **repair)
{
    const char *begin = strstr(*sheet, "\nRepair: "), *other = strstr(*sheet, "\nOr: ");
    if (begin == NULL || (other != NULL && other < begin))
        begin = other;
    if (begin == NULL)
        return 0;
    *repair = strchr(begin, ':') + 1;
    *sheet = strstr(*repair, "\n\n");
    return (size_t)(*sheet - *repair);
}

/* The key says each repair once. */
static void check_repairs(const struct exercise *exercise)
{
    struct exercise one = *exercise;
    struct exercises exercises = {given.network, &one, 1};
    const char *repairs[STEP_REPAIRS], *sheet;
    size_t lengths[STEP_REPAIRS], count = 0;
    struct buf text;
    buf_init(&text);
    write_sheet(&exercises, "text", &text);
    sheet = buf_peek(&text);
    while (count < STEP_REPAIRS &&
           (lengths[count] = next_repair(&sheet, &repairs[count])) > 0) {
        for (size_t i = 0; i < count; i++)
            ck_assert_msg(lengths[i] != lengths[count] ||
                              strncmp(repairs[i], repairs[count], lengths[i]) != 0,
                          "a repair comes twice:\n%s", buf_peek(&text));
        count++;
    }
    ck_assert_uint_gt(count, 0);
    buf_clear(&text);
}

/* 0 is not said to be nearly 0, and no dots stand before the full stop. */
static void check_sides(const struct exercise *exercise)
{
    const struct exercise_mistake *mistake = &exercise->mistake;
    const struct counterexample *counterexample =
        mistake->verification.steps[mistake->line].counterexample;
    bool is_zero =
        strcmp(counterexample->left, "0") == 0 && !counterexample->is_left_rounded;
    struct exercise one = *exercise;
    struct exercises exercises = {given.network, &one, 1};
    struct buf text;
    buf_init(&text);
    write_sheet(&exercises, "markdown", &text);
    ck_assert_ptr_null(strstr(buf_peek(&text), "\\ldots`$."));
    if (is_zero)
        find_text(buf_peek(&text), " left side is $`0`$ and");
    else if (counterexample->is_left_rounded)
        find_text(buf_peek(&text), " left side is approximately $`");
    buf_clear(&text);
}

static void give_values(const struct exercise_values *values)
{
    struct source source;
    struct buf text;
    buf_init(&text);
    for (size_t i = 0; i < values->count; i++) {
        ck_assert(values->items[i].value.is_exact);
        buf_text(&text, "let ");
        network_name(given.network, values->items[i].node, &text);
        buf_text(&text, " = ");
        number_write(&text, values->items[i].value.exact);
        buf_text(&text, "\n");
    }
    ck_assert(
        source_from_text(&source, "values", buf_peek(&text), text.length, &given.diags));
    ck_assert(spec_take_lets(given.network, &source, &given.budget, &given.diags));
    source_clear(&source);
    buf_clear(&text);
}

/* Backprop, where it applies, says the same as the key. */
static void check_numbers(const struct exercise *exercise)
{
    struct crosscheck crosscheck;
    struct crosscheck_options options = {
        .nodes = &exercise->node, .count = 1, .goal = -1};
    give_values(&exercise->given);
    ck_assert(crosscheck_run(&crosscheck, given.network, &options, &given.budget,
                             &given.diags));
    ck_assert(crosscheck_worst(&crosscheck) < CROSSCHECK_UNDECIDED);
    ck_assert(enclosures_meet(&exercise->gradient, &crosscheck.rows[0].others[0]));
    ck_assert_int_eq(exercise->found.items[exercise->found.count - 1].node,
                     network_error(given.network));
    crosscheck_clear(&crosscheck);
}

static size_t count_text(const char *text, const char *word)
{
    size_t count = 0;
    while ((text = strstr(text, word)) != NULL) {
        text += strlen(word);
        count++;
    }
    return count;
}

/* The key says what was done. */
static void check_forms(const struct exercise *exercise)
{
    struct exercise one = *exercise;
    struct exercises exercises = {given.network, &one, 1};
    const struct exercise_lines *lines = &exercise->lines;
    bool is_changed = exercise->form != FORM_SUM;
    struct buf text;
    buf_init(&text);
    write_sheet(&exercises, "text", &text);
    ck_assert_uint_ge(lines->count, 1 + is_changed);
    ck_assert_uint_le(lines->count,
                      1 + is_changed + network_assumption_count(given.network));
    ck_assert_uint_eq(count_text(buf_peek(&text), "common factors"),
                      exercise->form == FORM_FACTORED);
    if (mpz_cmp_ui(exercise->path_count, 1) == 0)
        ck_assert_int_eq(exercise->form, FORM_SUM);
    if (is_changed)
        ck_assert_uint_ne(lines->sides[0], lines->sides[1]);
    buf_clear(&text);
}

static void check_exercise(const struct exercise *exercise)
{
    if (exercise->lines.count > 0)
        check_rows(&exercise->lines);
    switch (exercise->kind) {
    case EXERCISE_DERIVE:
        check_forms(exercise);
        check_lines(exercise);
        break;
    case EXERCISE_BLANKS:
        ck_assert_uint_ge(exercise->blank_count, 2);
        check_lines(exercise);
        check_filled_in(exercise);
        break;
    case EXERCISE_MISTAKE:
        ck_assert_uint_lt(exercise->mistake.line, exercise->lines.count);
        ck_assert_uint_ne(exercise->lines.sides[exercise->mistake.line],
                          exercise->mistake.right);
        check_counterexample(&exercise->mistake);
        check_repairs(exercise);
        check_sides(exercise);
        check_lines(exercise);
        break;
    case EXERCISE_PATHS:
        ck_assert_int_gt(mpz_sgn(exercise->path_count), 0);
        ck_assert(exercise->listed + exercise->level_count > 0);
        break;
    default:
        check_numbers(exercise);
    }
}

static void check_apart(const struct exercises *exercises)
{
    for (size_t i = 0; i < exercises->count; i++)
        for (size_t k = 0; k < i; k++)
            ck_assert(exercises->items[i].kind != exercises->items[k].kind ||
                      exercises->items[i].node != exercises->items[k].node);
}

static void make(struct exercises *exercises, const struct exercise_request *request)
{
    bool ok = exercises_make(exercises, request, &given.diags);
    if (!ok)
        given_print(&given);
    ck_assert(ok);
}

/* --- tests --- */

static void check_sheets(const char *name)
{
    struct exercises exercises;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct exercise_request request = request_of(seed);
        make(&exercises, &request);
        ck_assert_msg(exercises.count > 0, "%s: no exercise", name);
        if (seed == 1)
            print_sheet(name, &exercises);
        check_apart(&exercises);
        for (size_t i = 0; i < exercises.count; i++)
            check_exercise(&exercises.items[i]);
        exercises_clear(&exercises);
    }
}

START_TEST(every_example_has_exercises)
{
    with_examples(check_sheets);
}
END_TEST

static size_t kinds_of(const struct exercises *exercises)
{
    unsigned kinds = 0;
    for (size_t i = 0; i < exercises->count; i++)
        kinds |= 1u << exercises->items[i].kind;
    return (size_t)__builtin_popcount(kinds);
}

START_TEST(kinds_are_mixed)
{
    struct exercises exercises;
    open_short("2-2-2-2");
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct exercise_request request = request_of(seed);
        request.count = EXERCISE_KINDS;
        make(&exercises, &request);
        ck_assert_uint_eq(exercises.count, EXERCISE_KINDS);
        ck_assert_uint_eq(kinds_of(&exercises), EXERCISE_KINDS);
        exercises_clear(&exercises);
    }
    given_clear(&given);
}
END_TEST

START_TEST(wide_networks_have_readable_exercises)
{
    struct exercises exercises;
    open_short("784-64-10");
    struct exercise_request request = request_of(1);
    make(&exercises, &request);
    print_sheet("784-64-10", &exercises);
    ck_assert_uint_eq(exercises.count, COUNT);
    ck_assert_uint_ge(kinds_of(&exercises), 3);
    for (size_t i = 0; i < exercises.count; i++)
        ck_assert(exercises.items[i].kind != EXERCISE_MISTAKE &&
                  exercises.items[i].kind != EXERCISE_COMPUTE);
    exercises_clear(&exercises);
    given_clear(&given);
}
END_TEST

START_TEST(a_seed_makes_the_same_sheet_again)
{
    static const char *const formats[] = {"latex", "html", "markdown", "text"};
    struct buf texts[2];
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < 2; k++) {
            struct exercises exercises;
            open_short("2-3-2:tanh");
            struct exercise_request request = request_of(5);
            make(&exercises, &request);
            buf_init(&texts[k]);
            write_sheet(&exercises, formats[i], &texts[k]);
            exercises_clear(&exercises);
            given_clear(&given);
        }
        ck_assert_str_eq(buf_peek(&texts[0]), buf_peek(&texts[1]));
        buf_clear(&texts[0]);
        buf_clear(&texts[1]);
    }
}
END_TEST

START_TEST(blanks_can_be_all)
{
    struct exercises exercises;
    open_short("2-2-2");
    struct exercise_request request = request_of(3);
    request.blanks = true;
    request.count = 4;
    make(&exercises, &request);
    ck_assert_uint_eq(exercises.count, 4);
    for (size_t i = 0; i < exercises.count; i++)
        ck_assert_int_eq(exercises.items[i].kind, EXERCISE_BLANKS);
    exercises_clear(&exercises);
    given_clear(&given);
}
END_TEST

static expr_id add_one(void *pool, expr_id part)
{
    return expr_add(pool, part, expr_integer(pool, 1));
}

static bool is_equal(expr_id left, expr_id right)
{
    struct prover *prover = prover_new(network_defs(given.network), &given.budget, 7);
    struct proof proof;
    proof_init(&proof);
    bool equal = prove_equal(prover, left, right, NULL, 0, &proof) != VERDICT_REFUTED;
    proof_clear(&proof);
    prover_free(prover);
    return equal;
}

/* Other than the answer in one blank would make a line false. */
static void check_determined(const struct exercise *exercise)
{
    for (size_t i = 0; i < exercise->blank_count; i++) {
        const struct exercise_blank *blank = &exercise->blanks[i];
        expr_id line = exercise->lines.sides[blank->line], other;
        struct sites sites;
        sites_init(&sites);
        sites_push(&sites, blank->site.steps, blank->site.depth);
        other = sites_rewrite(network_pool(given.network), line, &sites, add_one,
                              network_pool(given.network));
        ck_assert_msg(!is_equal(line, other), "blank %u takes anything", blank->number);
        sites_clear(&sites);
    }
}

static void check_blanks(const char *name)
{
    struct exercises exercises;
    struct exercise_request request = request_of(3);
    (void)name;
    request.blanks = true;
    make(&exercises, &request);
    for (size_t i = 0; i < exercises.count; i++) {
        check_filled_in(&exercises.items[i]);
        check_determined(&exercises.items[i]);
    }
    exercises_clear(&exercises);
}

START_TEST(blanks_have_one_answer)
{
    with_examples(check_blanks);
}
END_TEST

START_TEST(equal_numbers_are_explained_once)
{
    struct exercises exercises;
    struct buf text;
    open_short("2-2-2");
    struct exercise_request request = request_of(3);
    request.blanks = true;
    make(&exercises, &request);
    buf_init(&text);
    write_sheet(&exercises, "text", &text);
    ck_assert_uint_eq(count_text(buf_peek(&text), "Fill in"), exercises.count);
    ck_assert_uint_eq(count_text(buf_peek(&text), "stand for equal parts."), 1);
    buf_clear(&text);
    exercises_clear(&exercises);
    given_clear(&given);
}
END_TEST

static const char *const plain_sum = "inputs x 2\n"
                                     "parameters a b c\n"
                                     "y_1 = a x_1 + c\n"
                                     "y_2 = b x_2 + c\n"
                                     "outputs y_1, y_2\n"
                                     "error E = \\frac{1}{2}((y_1-1)^2+(y_2-1)^2)\n";

static void sheet_of(struct exercises *exercises, struct buf *text)
{
    struct exercise_request request = request_of(3);
    request.is_exact = false;
    request.count = 30;
    make(exercises, &request);
    buf_init(text);
    write_sheet(exercises, "text", text);
}

START_TEST(the_sum_over_paths_comes_first)
{
    struct exercises exercises;
    struct buf text;
    open_short("2-2-2");
    sheet_of(&exercises, &text);
    find_text(buf_peek(&text), "their sum is\n\n"
                               "    ∂E/∂w₁₁¹ = (y₁ − t₁) w₁₁² x₁ + (y₂ − t₂) w₂₁² x₁\n\n"
                               "With the common factors taken out this is\n\n"
                               "    ∂E/∂w₁₁¹ = x₁ [(y₁ − t₁) w₁₁² + (y₂ − t₂) w₂₁²]\n");
    buf_clear(&text);
    exercises_clear(&exercises);
    given_clear(&given);
}
END_TEST

START_TEST(the_key_says_what_became_of_the_sum)
{
    struct exercises exercises;
    struct buf text;
    given_init(&given, plain_sum);
    sheet_of(&exercises, &text);
    find_text(buf_peek(&text), "their sum is\n\n    ∂E/∂c = y₁ − 1 + y₂ − 1\n\n"
                               "Simplified this is\n\n    ∂E/∂c = y₁ − 2 + y₂\n");
    ck_assert_uint_eq(count_text(buf_peek(&text), "common factors"), 0);
    buf_clear(&text);
    exercises_clear(&exercises);
    given_clear(&given);
}
END_TEST

START_TEST(what_the_sheet_derives_is_not_asked)
{
    struct exercises exercises;
    open_short("2-2-2");
    node_id derived[] = {given_node(&given, "w_{11}^{1}"),
                         given_node(&given, "w_{12}^{2}")};
    struct exercise_request request = request_of(2);
    request.derived = derived;
    request.derived_count = 2;
    make(&exercises, &request);
    for (size_t i = 0; i < exercises.count; i++)
        ck_assert(exercises.items[i].node != derived[0] &&
                  exercises.items[i].node != derived[1]);
    exercises_clear(&exercises);
    given_clear(&given);
}
END_TEST

/* Of the pre-activations in a numeric exercise, how many are beyond 4. */
static size_t count_flat(const struct exercise_values *found)
{
    size_t count = 0;
    for (size_t i = 0; i < found->count; i++) {
        mpfr_t magnitude;
        if (network_kind(given.network, found->items[i].node) != NODE_PREACTIVATION)
            continue;
        mpfr_init2(magnitude, 64);
        enclosure_magnitude(magnitude, &found->items[i].value);
        count += mpfr_cmp_ui(magnitude, 4) > 0;
        mpfr_clear(magnitude);
    }
    return count;
}

START_TEST(numbers_do_not_saturate)
{
    static const char *const networks[] = {"2-2-1:sigmoid", "2-3-1:tanh", "2-3:softmax"};
    for (size_t i = 0; i < 3; i++) {
        size_t seen = 0;
        open_short(networks[i]);
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            struct exercises exercises;
            struct exercise_request request = request_of(seed);
            make(&exercises, &request);
            for (size_t k = 0; k < exercises.count; k++) {
                ck_assert_uint_eq(count_flat(&exercises.items[k].found), 0);
                seen += exercises.items[k].found.count;
            }
            exercises_clear(&exercises);
        }
        ck_assert_uint_gt(seen, 0);
        given_clear(&given);
    }
}
END_TEST

static size_t count_kind(const struct exercises *exercises, enum repair_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < exercises->count; i++)
        count += exercises->items[i].kind == EXERCISE_MISTAKE &&
                 mistake_kind(&exercises->items[i].mistake) == kind;
    return count;
}

static size_t count_single_paths(const struct exercises *exercises)
{
    size_t count = 0;
    for (size_t i = 0; i < exercises->count; i++)
        count += exercises->items[i].kind == EXERCISE_PATHS &&
                 mpz_cmp_ui(exercises->items[i].path_count, 1) == 0;
    return count;
}

START_TEST(a_sheet_has_no_mistake_twice)
{
    static const char *const networks[] = {"2-2-1:sigmoid", "1-1-1-1-1-1:tanh"};
    for (size_t i = 0; i < 2; i++) {
        open_short(networks[i]);
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            struct exercises exercises;
            struct exercise_request request = request_of(seed);
            make(&exercises, &request);
            ck_assert_uint_eq(exercises.count, COUNT);
            ck_assert_uint_eq(count_single_paths(&exercises), 0);
            for (int kind = REPAIR_OTHER; kind <= REPAIR_CONSTANT; kind++)
                ck_assert_uint_le(count_kind(&exercises, (enum repair_kind)kind), 1);
            exercises_clear(&exercises);
        }
        given_clear(&given);
    }
}
END_TEST

START_TEST(each_kind_is_tried_before_giving_up)
{
    open_short("1-1");
    for (uint64_t seed = 1; seed <= 4 * SEEDS; seed++) {
        struct exercises exercises;
        struct exercise_request request = request_of(seed);
        request.is_exact = false;
        make(&exercises, &request);
        ck_assert_uint_eq(exercises.count, EXERCISE_KINDS);
        ck_assert_uint_eq(kinds_of(&exercises), EXERCISE_KINDS);
        exercises_clear(&exercises);
    }
    given_clear(&given);
}
END_TEST

START_TEST(small_networks_say_that_they_have_no_more)
{
    struct exercises exercises;
    open_short("1-1");
    struct exercise_request request = request_of(1);
    request.count = 20;
    make(&exercises, &request);
    ck_assert_uint_gt(exercises.count, 2);
    ck_assert_uint_lt(exercises.count, 20);
    given_check_diag(&given, DIAG_EXERCISES_FEW, " that differ");
    exercises_clear(&exercises);
    given_clear(&given);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exercise");
    TCase *tests = tcase_create("exercise");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, every_example_has_exercises);
    tcase_add_test(tests, kinds_are_mixed);
    tcase_add_test(tests, wide_networks_have_readable_exercises);
    tcase_add_test(tests, a_seed_makes_the_same_sheet_again);
    tcase_add_test(tests, blanks_can_be_all);
    tcase_add_test(tests, blanks_have_one_answer);
    tcase_add_test(tests, equal_numbers_are_explained_once);
    tcase_add_test(tests, the_sum_over_paths_comes_first);
    tcase_add_test(tests, the_key_says_what_became_of_the_sum);
    tcase_add_test(tests, what_the_sheet_derives_is_not_asked);
    tcase_add_test(tests, numbers_do_not_saturate);
    tcase_add_test(tests, a_sheet_has_no_mistake_twice);
    tcase_add_test(tests, each_kind_is_tried_before_giving_up);
    tcase_add_test(tests, small_networks_say_that_they_have_no_more);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
