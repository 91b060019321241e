#include "tell/tell_exercise.h"

#include "base/language.h"
#include "base/memory.h"
#include "tell/exercise_teller.h"
#include "tell/tell_number.h"

#include <stdio.h>

enum { COLUMNS = 4 };

void exercise_teller_init(struct exercise_teller *teller, struct doc *doc,
                          struct network *network)
{
    *teller = (struct exercise_teller){.doc = doc, .network = network};
    teller->bars = (struct bars){network, &doc->arena};
    typeset_init(&teller->typeset, &doc->arena, network);
    teller->typeset.needs_bar = bars_needed;
    teller->typeset.held = bars_held;
    teller->typeset.context = &teller->bars;
    sentence_begin(&teller->sentence, doc, &teller->typeset);
}

void exercise_teller_say(struct exercise_teller *teller, const char *text)
{
    sentence_end(&teller->sentence, doc_block(teller->doc, BLOCK_PARAGRAPH), text);
}

void exercise_teller_derivative(struct exercise_teller *teller, node_id node)
{
    struct network *network = teller->network;
    sentence_expression(&teller->sentence,
                        expr_derivative(network_pool(network),
                                        network_symbol(network, network_error(network)),
                                        network_symbol(network, node)));
}

static void add_value(struct exercise_teller *teller, struct block *grid,
                      const struct exercise_value *value)
{
    struct inline_node *number =
        tell_plain_number(teller->doc, &value->value, EXERCISE_DIGITS);
    doc_row(teller->doc, grid, typeset_node(&teller->typeset, value->node),
            number->formula);
}

void exercise_teller_values(struct exercise_teller *teller,
                            const struct exercise_values *values)
{
    struct block *grid = doc_block(teller->doc, BLOCK_GRID);
    grid->columns = COLUMNS;
    for (size_t i = 0; i < values->count; i++)
        add_value(teller, grid, &values->items[i]);
}

/* --- lines --- */

/* The marks of the blanks in one line; `*first` moves past them. */
static size_t marks_of(const struct exercise *exercise, size_t line, size_t *first,
                       struct mark *marks)
{
    size_t count = 0;
    while (*first < exercise->blank_count && exercise->blanks[*first].line == line) {
        marks[count++] = (struct mark){.site = exercise->blanks[*first].site,
                                       .blank = exercise->blanks[*first].number};
        ++*first;
    }
    return count;
}

static void show_lines(struct exercise_teller *teller, const struct exercise *exercise)
{
    const struct exercise_lines *lines = &exercise->lines;
    struct block *block = doc_block(teller->doc, BLOCK_DISPLAY);
    struct mark *marks = memory_array(NULL, exercise->blank_count + 1, sizeof *marks);
    struct formula *left = typeset_expression(&teller->typeset, lines->left);
    size_t blank = 0;
    for (size_t i = 0; i < lines->count; i++) {
        size_t count = marks_of(exercise, i, &blank, marks);
        struct formula *side =
            typeset_marked(&teller->typeset, lines->sides[i], marks, count);
        typeset_rows(&teller->typeset, teller->doc, block, i == 0 ? left : NULL, "=",
                     side);
    }
    memory_free(marks);
}

void tell_exercise_lines(struct doc *doc, struct network *network,
                         const struct exercise_lines *lines)
{
    struct exercise_teller teller;
    struct exercise exercise = {.lines = *lines};
    exercise_teller_init(&teller, doc, network);
    show_lines(&teller, &exercise);
}

/* --- questions --- */

static void ask_to_derive(struct exercise_teller *teller, const struct exercise *exercise)
{
    sentence_expression(&teller->sentence, exercise->lines.left);
    exercise_teller_say(teller, mpz_cmp_ui(exercise->path_count, 1) == 0
                                    ? N_("Derive {1}.")
                                    : N_("Derive {1} as a sum over paths."));
}

static bool repeats_a_number(const struct exercise *exercise)
{
    for (size_t i = 0; i < exercise->blank_count; i++)
        for (size_t k = 0; k < i; k++)
            if (exercise->blanks[k].number == exercise->blanks[i].number)
                return true;
    return false;
}

/* What equal numbers mean is said once on a sheet. */
static void ask_for_blanks(struct exercise_teller *teller,
                           const struct exercise *exercise)
{
    bool is_new = !teller->knows_numbers && repeats_a_number(exercise);
    teller->knows_numbers = teller->knows_numbers || is_new;
    exercise_teller_say(teller,
                        is_new ? N_("Fill in what is missing in this derivation. Equal "
                                    "numbers stand for equal parts.")
                               : N_("Fill in what is missing in this derivation."));
    show_lines(teller, exercise);
}

static void ask_for_paths(struct exercise_teller *teller, const struct exercise *exercise)
{
    sentence_node(&teller->sentence, exercise->node);
    sentence_node(&teller->sentence, network_error(teller->network));
    exercise_teller_say(teller,
                        exercise->listed > 0
                            ? N_("How many paths lead from {1} to {2}? List them.")
                            : N_("How many paths lead from {1} to {2}, and why?"));
}

static void ask_for_mistake(struct exercise_teller *teller,
                            const struct exercise *exercise)
{
    exercise_teller_say(
        teller, N_("One of these steps is false. Which, and what should stand there?"));
    show_lines(teller, exercise);
}

static void ask_to_compute(struct exercise_teller *teller,
                           const struct exercise *exercise)
{
    exercise_teller_say(teller, N_("Given are the values"));
    exercise_teller_values(teller, &exercise->given);
    sentence_node(&teller->sentence, network_error(teller->network));
    exercise_teller_derivative(teller, exercise->node);
    exercise_teller_say(teller, N_("Compute the forward pass, the error {1}, and {2}."));
}

static void ask(struct exercise_teller *teller, const struct exercise *exercise)
{
    static void (*const questions[EXERCISE_KINDS])(struct exercise_teller *,
                                                   const struct exercise *) = {
        [EXERCISE_DERIVE] = ask_to_derive,   [EXERCISE_BLANKS] = ask_for_blanks,
        [EXERCISE_PATHS] = ask_for_paths,    [EXERCISE_MISTAKE] = ask_for_mistake,
        [EXERCISE_COMPUTE] = ask_to_compute,
    };
    questions[exercise->kind](teller, exercise);
}

/* --- the sheet --- */

static void tell_part(struct exercise_teller *teller, const struct exercises *exercises,
                      const char *title,
                      void (*tell)(struct exercise_teller *, const struct exercise *))
{
    char number[24];
    if (exercises->count == 0)
        return;
    sentence_end(&teller->sentence, doc_heading(teller->doc, 1), title);
    for (size_t i = 0; i < exercises->count; i++) {
        snprintf(number, sizeof number, "%zu", i + 1);
        sentence_text(&teller->sentence, number);
        sentence_end(&teller->sentence, doc_heading(teller->doc, 2), N_("Exercise {1}"));
        tell(teller, &exercises->items[i]);
    }
}

void tell_exercises(struct doc *doc, const struct exercises *exercises,
                    enum exercise_part parts)
{
    struct exercise_teller teller;
    bool had_answers = doc->has_answers;
    exercise_teller_init(&teller, doc, exercises->network);
    if (parts & EXERCISES_QUESTIONS)
        tell_part(&teller, exercises, N_("Exercises"), ask);
    doc->has_answers = true;
    if (parts & EXERCISES_ANSWERS)
        tell_part(&teller, exercises, N_("Key"), exercise_teller_answer);
    doc->has_answers = had_answers;
}
