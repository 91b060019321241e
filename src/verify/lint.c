#include "verify/lint.h"

#include "base/memory.h"
#include "tex/tree.h"

#include <string.h>

static size_t warn(struct diags *diags, enum diag_code code,
                   const struct reading *reading, struct span span, const char *text)
{
    diag_at(diags, code, (struct place){reading->claims->document, span}, text,
            (char *)NULL);
    return 1;
}

/* --- sections --- */

static bool is_without_range(void *context, const struct parse_node *node)
{
    const struct parse_node **found = context;
    if (node->kind != PARSE_BIG || node->parts[1] || node->parts[2] ||
        node->parts[0]->kind != PARSE_NAME)
        return false;
    *found = node;
    return true;
}

size_t lint_section(const struct section *section, struct diags *diags)
{
    size_t count = 0;
    for (size_t i = section->first; i < section->end; i++) {
        const struct judged *judged = &section->steps[i];
        const struct parse_node *sum;
        if (judged->role == ROLE_UNREAD)
            continue;
        if (judged->is_one_sided)
            count += warn(diags, DIAG_VERIFY_ONE_SIDED, section->reading,
                          judged->step->claim->right, NULL);
        if (tree_any(judged->step->right, is_without_range, &sum))
            count += warn(diags, DIAG_VERIFY_NO_LIMITS, section->reading, sum->span,
                          sum->parts[0]->text);
    }
    return count;
}

/* --- references --- */

static bool is_text(const struct reading *reading, struct span a, struct span b)
{
    const char *text = reading->claims->document->text;
    return a.end - a.begin == b.end - b.begin && a.begin < a.end &&
           memcmp(text + a.begin, text + b.begin, a.end - a.begin) == 0;
}

/* The first step from `from` on with this label, `count` if there is none. */
static size_t find_label(const struct reading *reading, struct span name)
{
    size_t i = 0;
    while (i < reading->count && !is_text(reading, reading->steps[i].claim->label, name))
        i++;
    return i;
}

static expr_id base_of(const struct judged *judged)
{
    return judged->pair_count > 0 ? judged->pairs[0].base : 0;
}

/* Whether a labelled step before this one is about the same left side. */
static bool is_labelled_elsewhere(const struct reading *reading,
                                  const struct judged *steps, size_t step)
{
    for (size_t i = 0; i < step; i++) {
        struct span label = reading->steps[i].claim->label;
        if (label.begin < label.end && base_of(&steps[i]) == base_of(&steps[step]))
            return true;
    }
    return false;
}

size_t lint_references(const struct reading *reading, const struct judged *steps,
                       struct diags *diags)
{
    const struct claims *claims = reading->claims;
    size_t count = 0;
    for (size_t i = 0; i < claims->reference_count; i++) {
        struct span name = claims->references[i].name;
        size_t next = claims->references[i].before, label = find_label(reading, name);
        char *text =
            memory_strndup(claims->document->text + name.begin, name.end - name.begin);
        if (label == reading->count)
            count += warn(diags, DIAG_VERIFY_NO_LABEL, reading, name, text);
        else if (next < reading->count && label < next && base_of(&steps[next]) &&
                 base_of(&steps[label]) != base_of(&steps[next]) &&
                 is_labelled_elsewhere(reading, steps, next))
            count += warn(diags, DIAG_VERIFY_OTHER_LABEL, reading, name, text);
        memory_free(text);
    }
    return count;
}
