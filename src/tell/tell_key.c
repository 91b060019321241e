#include "base/language.h"
#include "base/number.h"
#include "tell/exercise_teller.h"
#include "tell/tell_number.h"
#include "tell/verdict_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FEW_ZEROS = 3, VALUE_DIGITS = 6 };

static struct formula *sign(struct exercise_teller *teller, const char *text)
{
    return formula_text(&teller->doc->arena, FORMULA_SIGN, text);
}

static void append(struct exercise_teller *teller, struct formula *row,
                   struct formula *part)
{
    formula_append(&teller->doc->arena, row, part);
}

static void show_equation(struct exercise_teller *teller, expr_id left, expr_id right)
{
    typeset_rows(&teller->typeset, teller->doc, doc_block(teller->doc, BLOCK_DISPLAY),
                 typeset_expression(&teller->typeset, left), "=",
                 typeset_expression(&teller->typeset, right));
}

static void answer_result(struct exercise_teller *teller, const struct exercise *exercise)
{
    sentence_count(&teller->sentence, exercise->path_count, true);
    sentence_node(&teller->sentence, exercise->node);
    sentence_node(&teller->sentence, network_error(teller->network));
    exercise_teller_say(teller,
                        mpz_cmp_ui(exercise->path_count, 1) == 0
                            ? N_("One path leads from {2} to {3}:")
                            : N_("{1} paths lead from {2} to {3}; with the common "
                                 "factors taken out, their sum is"));
    show_equation(teller, exercise->lines.left, exercise->lines.sides[0]);
}

static void answer_blanks(struct exercise_teller *teller, const struct exercise *exercise)
{
    struct block *grid = doc_block(teller->doc, BLOCK_GRID);
    unsigned number = 0;
    grid->columns = 2;
    for (size_t i = 0; i < exercise->blank_count; i++) {
        const struct exercise_blank *blank = &exercise->blanks[i];
        char digits[16];
        if (blank->number <= number)
            continue;
        number = blank->number;
        snprintf(digits, sizeof digits, "%u", number);
        doc_row(teller->doc, grid,
                formula_text(&teller->doc->arena, FORMULA_BLANK, digits),
                typeset_expression(&teller->typeset, blank->part));
    }
}

/* --- paths --- */

static struct formula *arrows(struct exercise_teller *teller,
                              const struct exercise_path *path)
{
    struct formula *row = formula_row(&teller->doc->arena);
    for (size_t i = 0; i < path->length; i++) {
        if (i > 0)
            append(teller, row, sign(teller, "\\to"));
        append(teller, row, typeset_node(&teller->typeset, path->nodes[i]));
    }
    return row;
}

static void list_paths(struct exercise_teller *teller, const struct exercise *exercise)
{
    struct block *table = doc_table(teller->doc, 1, exercise->listed);
    doc_cell(table, doc_words(teller->doc, N_("path")));
    for (size_t i = 0; i < exercise->listed; i++)
        doc_cell(table, doc_formula(teller->doc, arrows(teller, &exercise->paths[i])));
}

/* `64 \cdot 10` */
static struct formula *product(struct exercise_teller *teller,
                               const struct exercise *exercise)
{
    struct formula *row = formula_row(&teller->doc->arena);
    for (size_t i = 0; i < exercise->level_count; i++) {
        char digits[24];
        snprintf(digits, sizeof digits, "%" PRId64, exercise->levels[i]);
        if (i > 0)
            append(teller, row, sign(teller, "\\cdot"));
        append(teller, row, formula_text(&teller->doc->arena, FORMULA_NUMBER, digits));
    }
    return row;
}

static void answer_paths(struct exercise_teller *teller, const struct exercise *exercise)
{
    sentence_count(&teller->sentence, exercise->path_count, true);
    if (exercise->listed > 0) {
        exercise_teller_say(teller,
                            exercise->listed == 1 ? N_("One path:") : N_("{1} paths:"));
        list_paths(teller, exercise);
        return;
    }
    sentence_formula(&teller->sentence, product(teller, exercise));
    exercise_teller_say(
        teller,
        exercise->level_count == 1
            ? N_("{1} paths: one for each unit of the layer in which they part.")
            : N_("{1} paths: from layer to layer every unit is joined to every unit, so "
                 "their number is the product of the numbers of units, {2}."));
}

/* --- mistakes --- */

/* Exact, or a decimal that was rounded. */
static struct inline_node *number_of(struct exercise_teller *teller, const char *text)
{
    struct enclosure number;
    enclosure_init(&number);
    number_read(number.exact, text, strlen(text), true);
    struct inline_node *cell = tell_plain_number(teller->doc, &number, VALUE_DIGITS);
    enclosure_clear(&number);
    return cell;
}

/* A name, or `f(2)`: the value that a function takes there. */
static struct formula *name_of(struct exercise_teller *teller, const char *name)
{
    struct arena *arena = &teller->doc->arena;
    size_t length = strlen(name);
    const char *opener =
        length > 0 && name[length - 1] == ')' ? strrchr(name, '(') : NULL;
    if (opener == NULL)
        return formula_text(arena, FORMULA_NAME, name);
    const char *argument = arena_strndup(arena, opener + 1, strlen(opener) - 2);
    struct formula *parts[] = {
        formula_text(arena, FORMULA_NAME,
                     arena_strndup(arena, name, (size_t)(opener - name))),
        typeset_bracket(&teller->typeset, number_of(teller, argument)->formula)};
    return formula_make(arena, FORMULA_CALL, NULL, parts, 2, 0);
}

static struct inline_node *equation_of(struct exercise_teller *teller,
                                       const struct step_value *value)
{
    struct formula *row = formula_row(&teller->doc->arena);
    append(teller, row, name_of(teller, value->name));
    append(teller, row, sign(teller, "="));
    append(teller, row, number_of(teller, value->value)->formula);
    return doc_formula(teller->doc, row);
}

static bool is_zero(const struct step_value *value)
{
    return strcmp(value->value, "0") == 0;
}

static size_t count_zeros(const struct counterexample *counterexample)
{
    size_t zeros = 0;
    for (size_t i = 0; i < counterexample->count; i++)
        zeros += is_zero(&counterexample->values[i]);
    return zeros;
}

/* Most values of a simple counterexample are 0: they are said together. */
static struct inline_node *values_of(struct exercise_teller *teller,
                                     const struct counterexample *counterexample)
{
    bool has_many = count_zeros(counterexample) > FEW_ZEROS;
    struct inline_node *list = NULL;
    for (size_t i = 0; i < counterexample->count; i++) {
        const struct step_value *value = &counterexample->values[i];
        if (has_many && is_zero(value))
            continue;
        struct inline_node *const both[] = {list, equation_of(teller, value)};
        list = list ? doc_sentence(teller->doc, N_("{1}, {2}"), both, 2) : both[1];
    }
    if (!has_many)
        return list;
    return list ? doc_sentence(teller->doc, N_("{1} and 0 for all other names"), &list, 1)
                : doc_words(teller->doc, N_("0 for all names"));
}

static void tell_counterexample(struct exercise_teller *teller,
                                const struct counterexample *counterexample)
{
    struct inline_node *arguments[] = {values_of(teller, counterexample),
                                       number_of(teller, counterexample->left),
                                       number_of(teller, counterexample->right)};
    bool is_rounded = counterexample->is_rounded;
    struct block *block = doc_block(teller->doc, BLOCK_PARAGRAPH);
    const char *sentence =
        !arguments[0] ? N_("The left side is {2} and the right side {3}, for all values.")
        : is_rounded  ? N_("With {1} the left side is nearly {2} and the right side {3}.")
                      : N_("With {1} the left side is {2} and the right side {3}.");
    block->inlines = doc_sentence(teller->doc, sentence, arguments, 3);
}

/* `w_{1} \to h_{1} \to E`: canonical names. */
static void tell_path(struct exercise_teller *teller, const char *path)
{
    static const char arrow[] = " \\to ";
    struct formula *row = formula_row(&teller->doc->arena);
    for (const char *name = path, *end; name != NULL; name = end) {
        end = strstr(name, arrow);
        size_t length = end != NULL ? (size_t)(end - name) : strlen(name);
        append(teller, row,
               formula_text(&teller->doc->arena, FORMULA_NAME,
                            arena_strndup(&teller->doc->arena, name, length)));
        if (end == NULL)
            break;
        append(teller, row, sign(teller, "\\to"));
        end += sizeof arrow - 1;
    }
    sentence_formula(&teller->sentence, row);
    exercise_teller_say(teller, N_("What is lost is the path {1}."));
}

static void answer_mistake(struct exercise_teller *teller,
                           const struct exercise *exercise)
{
    const struct exercise_mistake *mistake = &exercise->mistake;
    const struct verified_step *step = &mistake->verification.steps[mistake->line];
    char number[24];
    snprintf(number, sizeof number, "%zu", mistake->line + 1);
    sentence_text(&teller->sentence, number);
    sentence_words(&teller->sentence, verdict_repair_reason(step->repairs[0].kind));
    exercise_teller_say(
        teller, mistake->line + 1 < exercise->lines.count
                    ? N_("Step {1} is false: {2}. What follows carries the error on.")
                    : N_("Step {1} is false: {2}."));
    tell_counterexample(teller, step->counterexample);
    if (step->path != NULL)
        tell_path(teller, step->path);
    exercise_teller_say(teller, N_("It should read"));
    show_equation(teller, exercise->lines.left, mistake->right);
}

/* --- numbers --- */

static void answer_numbers(struct exercise_teller *teller,
                           const struct exercise *exercise)
{
    exercise_teller_values(teller, &exercise->found);
    exercise_teller_derivative(teller, exercise->node);
    struct inline_node *derivative = sentence_inlines(&teller->sentence, "{1}");
    doc_row(
        teller->doc, doc_block(teller->doc, BLOCK_DISPLAY), derivative->formula,
        tell_plain_number(teller->doc, &exercise->gradient, EXERCISE_DIGITS)->formula);
}

void exercise_teller_answer(struct exercise_teller *teller,
                            const struct exercise *exercise)
{
    static void (*const answers[EXERCISE_KINDS])(struct exercise_teller *,
                                                 const struct exercise *) = {
        [EXERCISE_DERIVE] = answer_result,   [EXERCISE_BLANKS] = answer_blanks,
        [EXERCISE_PATHS] = answer_paths,     [EXERCISE_MISTAKE] = answer_mistake,
        [EXERCISE_COMPUTE] = answer_numbers,
    };
    answers[exercise->kind](teller, exercise);
}
