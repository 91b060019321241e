#include "base/memory.h"
#include "exercise/passage.h"
#include "exercise/spoil.h"
#include "verify/verify.h"

#include <string.h>

enum { FEWEST_LINES = 2, MOST_TRIES = 4, MOST_DIGITS = 24 };

/* A proof with all definitions put in must stay cheap. */
static const double most_edges = 400;

static bool repeats_last(struct maker *maker, const struct exercise_lines *lines,
                         expr_id side)
{
    return lines_look_alike(maker, lines->left, lines->sides[lines->count - 1], side);
}

/* The lines up to the false one, and what the same rules make of that, as far as it can
   be seen. */
static void carry_on(struct maker *maker, struct exercise *exercise,
                     const struct passage *passage, size_t line, expr_id wrong)
{
    struct exercise_lines *lines = &exercise->lines;
    lines->count = 0;
    lines->left = passage->left;
    for (size_t i = 0; i < line; i++)
        lines_push(lines, passage->steps[passage_shown(passage, i)].step->after);
    lines_push(lines, wrong);
    for (size_t i = passage_shown(passage, line) + 1; i < passage->count; i++) {
        expr_id after = passage_carry(passage, i, wrong);
        wrong = after ? after : wrong;
        if (after && passage->steps[i].is_shown && !repeats_last(maker, lines, after))
            lines_push(lines, after);
    }
}

static void judge(struct maker *maker, struct exercise *exercise)
{
    struct verification *verification = &exercise->mistake.verification;
    struct verify_network network = {1, maker->network};
    struct verify_options options = {.networks = &network,
                                     .network_count = 1,
                                     .repairs = true,
                                     .budget = maker->request->budget,
                                     .seed = maker->request->seed | 1};
    struct buf text;
    buf_init(&text);
    maker->request->write(maker->request->context, &exercise->lines, &text);
    verification_init(verification);
    verification->documents = memory_zeroed(1, sizeof *verification->documents);
    verification->document_count = 1;
    struct verified_document *document = &verification->documents[0];
    diags_init(&document->diags);
    document->is_read = source_from_text(&document->source, "exercise", buf_peek(&text),
                                         text.length, &document->diags);
    if (document->is_read)
        verify_document(verification, 0, &options);
    buf_clear(&text);
}

static bool is_readable(const struct counterexample *counterexample)
{
    if (counterexample == NULL || counterexample->left == NULL ||
        counterexample->right == NULL)
        return false;
    bool is_short = strlen(counterexample->left) <= MOST_DIGITS &&
                    strlen(counterexample->right) <= MOST_DIGITS;
    for (size_t i = 0; i < counterexample->count; i++)
        is_short = is_short && strlen(counterexample->values[i].value) <= MOST_DIGITS;
    return is_short;
}

static bool is_as_told(const struct exercise_mistake *mistake, size_t line)
{
    const struct verified_step *step = &mistake->verification.steps[line];
    if (line < mistake->line)
        return step->verdict == STEP_PROVED && step->condition == NULL;
    if (line > mistake->line)
        return step->verdict == STEP_CARRIED && step->carried_from == (long)mistake->line;
    return step->verdict == STEP_REFUTED && is_readable(step->counterexample);
}

enum repair_kind mistake_kind(const struct exercise_mistake *mistake)
{
    return mistake->verification.steps[mistake->line].repairs[0].kind;
}

/* Whether `verify` finds the mistake where it was made, and one of these repairs. */
static bool is_found(const struct exercise *exercise, unsigned repairs)
{
    const struct exercise_mistake *mistake = &exercise->mistake;
    const struct verification *verification = &mistake->verification;
    if (!verification->documents[0].is_read ||
        verification->documents[0].convention_count > 0 ||
        verification->step_count != exercise->lines.count)
        return false;
    for (size_t i = 0; i < exercise->lines.count; i++)
        if (!is_as_told(mistake, i))
            return false;
    return verification->steps[mistake->line].repair_count > 0 &&
           (repairs >> mistake_kind(mistake) & 1);
}

static bool try_line(struct maker *maker, struct exercise *exercise,
                     const struct passage *passage, size_t line)
{
    struct exercise_mistake *mistake = &exercise->mistake;
    unsigned repairs = 0;
    mistake->line = line;
    mistake->right = passage->steps[passage_shown(passage, line)].step->after;
    expr_id wrong = spoil(maker, mistake->right, &repairs);
    if (wrong == 0)
        return false;
    carry_on(maker, exercise, passage, line, wrong);
    if (exercise->lines.count < FEWEST_LINES)
        return false;
    verification_clear(&mistake->verification);
    judge(maker, exercise);
    return is_found(exercise, repairs & ~maker->made_mistakes);
}

bool make_mistake(struct maker *maker, node_id node, struct exercise *exercise)
{
    struct derivation *derivation =
        maker_edges(maker) > most_edges ? NULL : maker_derivation(maker, node);
    struct passage passage;
    if (derivation == NULL)
        return false;
    bool ok = false,
         has_lines = passage_choose(&passage, maker, derivation, FEWEST_LINES);
    for (int i = 0; has_lines && !ok && i < MOST_TRIES; i++)
        ok = try_line(maker, exercise, &passage, maker_below(maker, passage.shown));
    if (ok)
        mpz_set(exercise->path_count, graph_total(derivation->graph));
    passage_clear(&passage);
    return ok;
}
