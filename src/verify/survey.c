#include "base/memory.h"
#include "verify/families.h"

void survey_init(struct survey *survey, const struct reading *reading)
{
    *survey = (struct survey){.step_count = reading->count};
    arena_init(&survey->arena);
    survey->names.arena = &survey->arena;
    survey->ends = memory_zeroed(reading->count + 1, sizeof *survey->ends);
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->steps[i].left)
            occurrences_collect(&survey->names, reading->steps[i].left);
        if (reading->steps[i].right)
            occurrences_collect(&survey->names, reading->steps[i].right);
        survey->ends[i] = survey->names.count;
    }
}

void survey_clear(struct survey *survey)
{
    occurrences_clear(&survey->names);
    memory_free(survey->ends);
    arena_clear(&survey->arena);
}

size_t survey_begin(const struct survey *survey, size_t step)
{
    return step > 0 ? survey->ends[step - 1] : 0;
}
