#include "verify/verdict.h"

#include "base/memory.h"

#include <string.h>

void verification_init(struct verification *verification)
{
    memset(verification, 0, sizeof *verification);
}

static void clear_counterexample(struct counterexample *counterexample)
{
    if (counterexample == NULL)
        return;
    for (size_t i = 0; i < counterexample->count; i++) {
        memory_free(counterexample->values[i].name);
        memory_free(counterexample->values[i].value);
    }
    memory_free(counterexample->values);
    memory_free(counterexample->left);
    memory_free(counterexample->right);
    memory_free(counterexample->difference);
    memory_free(counterexample);
}

static void clear_repairs(struct verified_step *step)
{
    for (size_t i = 0; i < step->repair_count; i++) {
        memory_free(step->repairs[i].before);
        memory_free(step->repairs[i].after);
    }
    step->repair_count = 0;
}

static void clear_step(struct verified_step *step)
{
    diags_clear(&step->reasons);
    memory_free(step->condition);
    memory_free(step->reading);
    clear_counterexample(step->counterexample);
    memory_free(step->path);
    clear_repairs(step);
}

static void clear_document(struct verified_document *document)
{
    for (size_t i = 0; i < document->convention_count; i++)
        memory_free(document->conventions[i].factor);
    memory_free(document->conventions);
    diags_clear(&document->diags);
    source_clear(&document->source);
}

void verification_clear(struct verification *verification)
{
    for (size_t i = 0; i < verification->step_count; i++)
        clear_step(&verification->steps[i]);
    for (size_t i = 0; i < verification->document_count; i++)
        clear_document(&verification->documents[i]);
    memory_free(verification->steps);
    memory_free(verification->documents);
    verification_init(verification);
}

struct verified_step *verification_add(struct verification *verification)
{
    struct verified_step *step;

    if (verification->step_count == verification->step_capacity) {
        verification->step_capacity = 2 * verification->step_capacity + 16;
        verification->steps =
            memory_array(verification->steps, verification->step_capacity,
                         sizeof *verification->steps);
    }
    step = &verification->steps[verification->step_count++];
    memset(step, 0, sizeof *step);
    step->verdict = STEP_UNCHECKED;
    step->carried_from = STEP_NONE;
    diags_init(&step->reasons);
    return step;
}

size_t verification_count(const struct verification *verification,
                          enum step_verdict verdict)
{
    size_t count = 0;

    for (size_t i = 0; i < verification->step_count; i++)
        count += verification->steps[i].verdict == verdict;
    return count;
}

/* The first step of this document or a later one. */
static size_t first_from(const struct verification *verification, size_t document)
{
    size_t low = 0, high = verification->step_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (verification->steps[middle].document < document)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct step_range verification_range(const struct verification *verification,
                                     size_t document)
{
    struct step_range range = {first_from(verification, document),
                               first_from(verification, document + 1)};

    return range;
}

void verification_tally(const struct verification *verification, struct step_range range,
                        size_t counts[STEP_VERDICTS])
{
    memset(counts, 0, STEP_VERDICTS * sizeof *counts);
    for (size_t i = range.first; i < range.end; i++)
        counts[verification->steps[i].verdict]++;
}

static enum status tally_status(const size_t counts[STEP_VERDICTS], size_t steps)
{
    if (counts[STEP_REFUTED] + counts[STEP_CARRIED] > 0)
        return STATUS_FALSE;
    if (counts[STEP_PROVED] + counts[STEP_DEFINITION] + counts[STEP_NAMING] < steps)
        return STATUS_UNDECIDED;
    return steps > 0 ? STATUS_OK : STATUS_UNDECIDED;
}

enum status verification_status(const struct verification *verification, size_t document,
                                bool is_strict)
{
    const struct verified_document *judged = &verification->documents[document];
    struct step_range range = verification_range(verification, document);
    enum status status = diags_status(&judged->diags);
    size_t counts[STEP_VERDICTS];

    if (!judged->is_read)
        return status != STATUS_OK ? status : STATUS_INPUT;
    if (is_strict && judged->warning_count > 0)
        status = status_worse(status, STATUS_FALSE);
    verification_tally(verification, range, counts);
    return status_worse(status, tally_status(counts, range.end - range.first));
}

static int badness(enum status status)
{
    static const enum status by_badness[] = {STATUS_OK,    STATUS_UNDECIDED, STATUS_FALSE,
                                             STATUS_INPUT, STATUS_LIMIT,     STATUS_FILE};
    enum { KNOWN = sizeof by_badness / sizeof *by_badness };
    int i = 0;

    while (i < KNOWN && by_badness[i] != status)
        i++;
    return i;
}

enum status status_worse(enum status a, enum status b)
{
    return badness(a) >= badness(b) ? a : b;
}

static void hint_step(struct verified_step *step)
{
    bool is_false = step->verdict == STEP_REFUTED || step->verdict == STEP_CARRIED;

    clear_repairs(step);
    clear_counterexample(step->counterexample);
    step->counterexample = NULL;
    memory_free(step->path);
    step->path = NULL;
    if (is_false)
        diags_clear(&step->reasons);
}

void verification_hint(struct verification *verification)
{
    for (size_t i = 0; i < verification->step_count; i++)
        hint_step(&verification->steps[i]);
    for (size_t i = 0; i < verification->document_count; i++) {
        struct verified_document *document = &verification->documents[i];

        for (size_t k = 0; k < document->convention_count; k++) {
            memory_free(document->conventions[k].factor);
            document->conventions[k].factor = NULL;
        }
    }
}

struct place step_place(const struct verification *verification,
                        const struct verified_step *step)
{
    const struct source *source = &verification->documents[step->document].source;
    bool is_one_line =
        source_line(source, step->span.begin) == source_line(source, step->right.begin);

    return source_place(source, is_one_line ? step->span.begin : step->right.begin,
                        step->span.end);
}

uint32_t step_line(const struct verification *verification,
                   const struct verified_step *step)
{
    return source_line(&verification->documents[step->document].source,
                       step->right.begin);
}

const char *step_verdict_word(enum step_verdict verdict)
{
    static const char *const words[] = {
        [STEP_DEFINITION] = "definition", [STEP_NAMING] = "naming",
        [STEP_PROVED] = "proved",         [STEP_REFUTED] = "refuted",
        [STEP_CARRIED] = "carried",       [STEP_PROBABLE] = "probable",
        [STEP_UNDECIDED] = "undecided",   [STEP_UNCHECKED] = "unchecked"};

    return words[verdict];
}

const char *repair_kind_word(enum repair_kind kind)
{
    static const char *const words[] = {[REPAIR_OTHER] = "other",
                                        [REPAIR_INDEX] = "index",
                                        [REPAIR_NAME] = "name",
                                        [REPAIR_SIGN] = "sign",
                                        [REPAIR_FACTOR_LOST] = "factor-lost",
                                        [REPAIR_FACTOR_EXTRA] = "factor-extra",
                                        [REPAIR_TERM_LOST] = "term-lost",
                                        [REPAIR_TERM_EXTRA] = "term-extra",
                                        [REPAIR_PRIME_LOST] = "prime-lost",
                                        [REPAIR_PRIME_EXTRA] = "prime-extra",
                                        [REPAIR_ARGUMENT] = "argument",
                                        [REPAIR_EXPONENT] = "exponent",
                                        [REPAIR_CONSTANT] = "constant"};

    return words[kind];
}
