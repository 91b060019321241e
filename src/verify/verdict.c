#include "verify/verdict.h"

#include "base/memory.h"

void verification_init(struct verification *verification)
{
    *verification = (struct verification){.step_count = 0};
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

static void clear_step(struct verified_step *step)
{
    diags_clear(&step->reasons);
    clear_counterexample(step->counterexample);
    memory_free(step->condition);
    memory_free(step->reading);
    memory_free(step->path);
    for (size_t i = 0; i < step->repair_count; i++) {
        memory_free(step->repairs[i].before);
        memory_free(step->repairs[i].after);
    }
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
}

struct verified_step *verification_add(struct verification *verification)
{
    if (verification->step_count == verification->step_capacity) {
        verification->step_capacity = 2 * verification->step_capacity + 32;
        verification->steps =
            memory_array(verification->steps, verification->step_capacity,
                         sizeof *verification->steps);
    }
    struct verified_step *step = &verification->steps[verification->step_count++];
    *step = (struct verified_step){.verdict = STEP_UNCHECKED, .carried_from = STEP_NONE};
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

const char *step_verdict_word(enum step_verdict verdict)
{
    static const char *const words[STEP_VERDICTS] = {
        [STEP_DEFINITION] = "definition", [STEP_NAMING] = "naming",
        [STEP_PROVED] = "proved",         [STEP_REFUTED] = "refuted",
        [STEP_CARRIED] = "carried",       [STEP_PROBABLE] = "probable",
        [STEP_UNDECIDED] = "undecided",   [STEP_UNCHECKED] = "unchecked"};
    return words[verdict];
}
