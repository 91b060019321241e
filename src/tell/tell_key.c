#include "base/language.h"
#include "base/number.h"
#include "tell/exercise_teller.h"
#include "tell/tell_finding.h"
#include "tell/tell_number.h"
#include "tell/verdict_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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
    const struct exercise_lines *lines = &exercise->lines;
    size_t next = 1;
    sentence_count(&teller->sentence, exercise->path_count, true);
    sentence_node(&teller->sentence, exercise->node);
    sentence_node(&teller->sentence, network_error(teller->network));
    exercise_teller_say(teller, mpz_cmp_ui(exercise->path_count, 1) == 0
                                    ? N_("One path leads from {2} to {3}:")
                                    : N_("{1} paths lead from {2} to {3}; their sum is"));
    show_equation(teller, lines->left, lines->sides[0]);
    if (exercise->form != FORM_SUM) {
        exercise_teller_say(teller, exercise->form == FORM_FACTORED
                                        ? N_("With the common factors taken out this is")
                                        : N_("Simplified this is"));
        show_equation(teller, lines->left, lines->sides[next++]);
    }
    if (next < lines->count) {
        exercise_teller_say(teller, N_("By assumption this is"));
        show_equation(teller, lines->left, lines->sides[next]);
    }
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

static void answer_mistake(struct exercise_teller *teller,
                           const struct exercise *exercise)
{
    const struct exercise_mistake *mistake = &exercise->mistake;
    const struct verified_step *step = &mistake->verification.steps[mistake->line];
    char number[24];
    snprintf(number, sizeof number, "%zu", mistake->line + 1);
    sentence_text(&teller->sentence, number);
    sentence_words(&teller->sentence, verdict_repair_reason(mistake_kind(mistake)));
    exercise_teller_say(
        teller, mistake->line + 1 < exercise->lines.count
                    ? N_("Step {1} is false: {2}. What follows carries the error on.")
                    : N_("Step {1} is false: {2}."));
    tell_finding(teller->doc, &teller->typeset, step, false);
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
