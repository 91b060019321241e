#include "verify/recursion.h"

#include "tex/tree.h"
#include "verify/heads.h"
#include "verify/split.h"

#include <string.h>

enum { MOST_FEEDS = 8 };

/* What feeds: names of this head with this letter. */
struct feed {
    const char *head;
    char letter[8];
};

struct feeds {
    struct feed items[MOST_FEEDS];
    size_t count;
};

/* The only index of a name, a letter; false if it has others, or a superscript. */
static bool only_letter(const struct families *families, const struct parse_node *name,
                        char letter[8])
{
    struct script script;
    heads_script(families, &script, name, PARSE_SUB);
    bool is_letter = name->count == 1 && script.count == 1 &&
                     script.items[0].kind == SCRIPT_LETTER && script.items[0].value == 0;
    if (is_letter)
        memcpy(letter, script.items[0].letter, sizeof script.items[0].letter);
    return is_letter;
}

static bool is_definition(const struct reading_step *step)
{
    return step->left && step->right && step->left->kind == PARSE_NAME &&
           !step->claim->continues;
}

static bool is_called(void *context, const struct parse_node *node)
{
    return node->kind == PARSE_NAME && strcmp(node->text, context) == 0;
}

/* Whether `z_j = …` is the only definition of its head, in another letter than this, and
   uses the head `a`. */
static bool is_fed(const struct families *families, const struct reading *reading,
                   const char *head, const char *letter, const char *a)
{
    bool found = false;
    for (size_t i = 0; i < reading->count; i++) {
        const struct reading_step *step = &reading->steps[i];
        char defined[8];
        if (!is_definition(step) || strcmp(step->left->text, head) != 0)
            continue;
        if (!only_letter(families, step->left, defined) || strcmp(defined, letter) == 0)
            return false;
        found |= tree_any(step->right, is_called, (void *)a);
    }
    return found;
}

static void add(struct feeds *feeds, const char *head, const char *letter)
{
    for (size_t i = 0; i < feeds->count; i++)
        if (strcmp(feeds->items[i].head, head) == 0 &&
            strcmp(feeds->items[i].letter, letter) == 0)
            return;
    if (feeds->count == MOST_FEEDS)
        return;
    struct feed *feed = &feeds->items[feeds->count++];
    feed->head = head;
    strcpy(feed->letter, letter);
}

/* The z_i of `a_j = \sum_i w_{ji} z_i`. */
static void find(struct feeds *feeds, const struct families *families,
                 const struct reading *reading, const struct survey *survey)
{
    for (size_t s = 0; s < reading->count; s++) {
        const struct reading_step *step = &reading->steps[s];
        if (!is_definition(step))
            continue;
        for (size_t i = survey_begin(survey, s); i < survey->ends[s]; i++) {
            const struct occurrence *occurrence = survey->names.items[i];
            const struct parse_node *name = occurrence->name;
            char letter[8];
            if (name != step->left && only_letter(families, name, letter) &&
                binder_find(occurrence->binders, letter) &&
                strcmp(name->text, step->left->text) != 0 &&
                is_fed(families, reading, name->text, letter, step->left->text))
                add(feeds, name->text, letter);
        }
    }
}

bool recursion_resolve(const struct families *families, struct reading *reading,
                       const struct survey *survey)
{
    struct feeds feeds = {.count = 0};
    find(&feeds, families, reading, survey);
    for (size_t i = 0; i < survey->names.count && feeds.count > 0; i++) {
        struct parse_node *name = (struct parse_node *)survey->names.items[i]->name;
        char letter[8];
        for (size_t k = 0; k < feeds.count; k++)
            if (strcmp(name->text, feeds.items[k].head) == 0 &&
                only_letter(families, name, letter) &&
                strcmp(letter, feeds.items[k].letter) == 0)
                *name = *split_with_letters(reading, name, letter);
    }
    return feeds.count > 0;
}
