#include "verify/named.h"

#include "tex/tree.h"
#include "verify/heads.h"
#include "verify/script.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LETTERS = 'z' - 'a' + 1 };

/* What is known of each letter. */
struct labels {
    struct families *families;
    bool holds_derivative; /* the step looked at */
    bool runs[LETTERS]; /* it has values: it is bound, shifted, or stands for numbers */
    bool is_named[LETTERS]; /* it tells names apart */
};

static long letter_of(const struct script_item *item)
{
    bool is_letter = item->kind == SCRIPT_LETTER &&
                     islower((unsigned char)item->letter[0]) && item->letter[1] == '\0';
    return is_letter ? item->letter[0] - 'a' : -1;
}

/* --- letters that run --- */

static void position_text(const struct parse_node *name, int which, size_t place,
                          size_t count, char text[120])
{
    snprintf(text, 120, "numbered %.80s %d %zu/%zu", name->text, which, place, count);
}

static void note_numbers(struct labels *labels, const struct parse_node *name, int which,
                         const struct script *script)
{
    char text[120];
    size_t length = script->count == 1 && script->items[0].kind == SCRIPT_NUMBER
                        ? strlen(script->items[0].text)
                        : 0;
    for (size_t i = 0; i < script->count; i++) {
        if (script->items[i].kind != SCRIPT_NUMBER)
            continue;
        position_text(name, which, i, script->count, text);
        heads_intern(labels->families, text);
    }
    for (size_t i = 0; i < length && length > 1; i++) {
        position_text(name, which, i, length, text);
        heads_intern(labels->families, text);
    }
}

/* `o1` is one of the things that o runs through. */
static bool has_number_after(const struct script *script, size_t i)
{
    return i + 1 < script->count && script->items[i + 1].kind == SCRIPT_NUMBER;
}

static void note_shifts(struct labels *labels, const struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        long letter = letter_of(&script->items[i]);
        if (letter >= 0 && (script->items[i].value != 0 || has_number_after(script, i)))
            labels->runs[letter] = true;
    }
}

static void run(struct labels *labels, const char *letter)
{
    if (islower((unsigned char)letter[0]) && letter[1] == '\0')
        labels->runs[letter[0] - 'a'] = true;
}

/* What a sum runs through, and where it ends. */
static void note_binders(struct labels *labels, const struct binder *binder)
{
    for (; binder; binder = binder->outer) {
        run(labels, binder->letter);
        if (heads_limit(binder))
            run(labels, heads_limit(binder));
    }
}

static const enum parse_kind kinds[] = {PARSE_SUB, PARSE_SUP};

static void note_runs(struct labels *labels, const struct occurrence *occurrence)
{
    note_binders(labels, occurrence->binders);
    for (int k = 0; k < 2; k++) {
        struct script script;
        script_read(&script, occurrence->name, kinds[k]);
        note_shifts(labels, &script);
        note_numbers(labels, occurrence->name, k, &script);
    }
}

/* Letters that stand where other names of the family have numbers. */
static void note_numbered(struct labels *labels, const struct parse_node *name)
{
    char text[120];
    for (int k = 0; k < 2; k++) {
        struct script script;
        script_read(&script, name, kinds[k]);
        for (size_t i = 0; i < script.count; i++) {
            long letter = letter_of(&script.items[i]);
            if (letter < 0 || labels->runs[letter])
                continue;
            position_text(name, k, i, script.count, text);
            if (expr_find_symbol(labels->families->texts, text) != 0)
                labels->runs[letter] = true;
        }
    }
}

/* `j = 1`, `j \in`, `j \neq` anywhere in the document. */
static void note_words(struct labels *labels, const struct source *document)
{
    static const char *const signs[] = {"=1", "=0", "= 1", "= 0", "=\\", "\\in", "\\ne"};
    for (uint32_t i = 1; i + 1 < document->length; i++) {
        const char *at = document->text + i;
        if (!islower((unsigned char)at[0]) || isalnum((unsigned char)at[-1]) ||
            strchr("\\_^", at[-1]))
            continue;
        const char *sign = at + 1 + strspn(at + 1, " $");
        for (size_t s = 0; s < sizeof signs / sizeof *signs; s++)
            if (strncmp(sign, signs[s], strlen(signs[s])) == 0)
                labels->runs[at[0] - 'a'] = true;
    }
}

/* --- letters that name --- */

static bool carries(const struct parse_node *name, long letter)
{
    for (int k = 0; k < 2; k++) {
        struct script script;
        script_read(&script, name, kinds[k]);
        for (size_t i = 0; i < script.count; i++)
            if (letter_of(&script.items[i]) == letter)
                return true;
    }
    return false;
}

static bool is_derivative(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_DERIVATIVE || node->kind == PARSE_LOCAL;
}

static bool is_definition(const struct reading_step *step)
{
    return step->left && step->right && step->left->kind == PARSE_NAME &&
           !step->claim->continues;
}

static bool is_free(const struct occurrence *occurrence, const char *letter)
{
    return !binder_find(occurrence->binders, letter);
}

/* An index that what is defined does not have would say nothing: the h of `a_o = w_o
   a_h`, the n of `\delta_j = dE_n/da_j`. */
static void note_free(struct labels *labels, const struct reading_step *step,
                      const struct occurrence *occurrence)
{
    for (int k = 0; k < 2; k++) {
        struct script script;
        script_read(&script, occurrence->name, kinds[k]);
        if (kinds[k] == PARSE_SUP && !script.is_bracketed)
            continue;
        for (size_t i = 0; i < script.count; i++) {
            long letter = letter_of(&script.items[i]);
            if (letter >= 0 && is_free(occurrence, script.items[i].letter) &&
                !carries(step->left, letter))
                labels->is_named[letter] = true;
        }
    }
}

/* In scripts, or by itself as in `[i = j]`. */
static bool stands_here(void *context, const struct parse_node *node)
{
    long letter = *(long *)context;
    const char text[2] = {(char)('a' + letter), '\0'};
    return node->kind == PARSE_NAME &&
           (strcmp(node->text, text) == 0 || carries(node, letter));
}

static bool is_name(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_NAME;
}

/* Nor would one that only what is defined has: `E_d = \frac12 (t - y)^2`. */
static void note_left(struct labels *labels, const struct reading_step *step)
{
    struct script sub;
    script_read(&sub, step->left, PARSE_SUB);
    if (!tree_any(step->right, is_name, NULL))
        return;
    for (size_t i = 0; i < sub.count; i++) {
        long letter = letter_of(&sub.items[i]);
        if (letter >= 0 && !tree_any(step->right, stands_here, &letter))
            labels->is_named[letter] = true;
    }
}

/* The superscript of a name that is defined or differentiated. */
static void note_superscript(struct labels *labels, const struct reading_step *step,
                             const struct occurrence *occurrence)
{
    struct script sup;
    script_read(&sup, occurrence->name, PARSE_SUP);
    bool is_name = sup.is_bracketed || heads_is_left_side(step, occurrence->name) ||
                   occurrence->place != OCCURRENCE_PLAIN;
    if (sup.count == 1 && is_name && letter_of(&sup.items[0]) >= 0)
        labels->is_named[letter_of(&sup.items[0])] = true;
}

static void note_name(struct labels *labels, const struct reading_step *step,
                      const struct occurrence *occurrence)
{
    const struct occurrence *base = occurrence->base ? occurrence->base : occurrence;
    note_numbered(labels, occurrence->name);
    note_superscript(labels, step, occurrence);
    bool is_told = occurrence->place == OCCURRENCE_ABOVE || !labels->holds_derivative;
    if (is_definition(step) && base->name != step->left && is_told)
        note_free(labels, step, occurrence);
}

static void note_step(struct labels *labels, const struct reading_step *step,
                      struct occurrence *const *names, size_t count)
{
    labels->holds_derivative = step->right && tree_any(step->right, is_derivative, NULL);
    if (is_definition(step) && !labels->holds_derivative)
        note_left(labels, step);
    for (size_t i = 0; i < count; i++)
        note_name(labels, step, names[i]);
}

/* --- labels beside indices --- */

static bool is_label(const struct labels *labels, char letter)
{
    char text[2] = {letter, '\0'};
    return heads_find(labels->families, text)->is_label;
}

/* A run such as `jo` of both. */
static bool is_mixed(const struct labels *labels, const struct parse_node *leaf)
{
    size_t length = strlen(leaf->text), count = 0;
    if (leaf->kind != PARSE_NAME || leaf->count > 0 || length < 2 || length > 3)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!islower((unsigned char)leaf->text[i]))
            return false;
        count += is_label(labels, leaf->text[i]);
    }
    return count > 0 && count < length;
}

static bool separate(struct labels *labels, struct arena *arena,
                     const struct parse_node *name)
{
    struct parse_node *sub = tree_script(name, PARSE_SUB), *letters[3];
    if (!sub)
        return false;
    struct parse_node *leaf = tree_ungroup(sub->parts[0]);
    if (leaf->kind != PARSE_NAME || !is_mixed(labels, leaf))
        return false;
    size_t count = strlen(leaf->text);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t begin = leaf->span.begin + i;
        letters[i] = tree_leaf(arena, PARSE_NAME, (struct span){begin, begin + 1},
                               arena_strndup(arena, leaf->text + i, 1));
    }
    sub->parts[0] = tree_join(arena, PARSE_LIST, letters, count);
    return true;
}

/* --- all of it --- */

static void set_labels(struct labels *labels)
{
    for (long i = 0; i < LETTERS; i++) {
        char text[2] = {(char)('a' + i), '\0'};
        heads_get(labels->families, text)->is_label =
            labels->is_named[i] && !labels->runs[i];
    }
}

bool named_find(struct families *families, struct reading *reading,
                const struct survey *survey)
{
    struct labels labels = {.families = families};
    bool is_changed = false;
    note_words(&labels, reading->claims->document);
    for (size_t i = 0; i < survey->names.count; i++)
        note_runs(&labels, survey->names.items[i]);
    for (size_t s = 0; s < reading->count; s++) {
        size_t first = survey_begin(survey, s);
        if (survey->ends[s] > first)
            note_step(&labels, &reading->steps[s], survey->names.items + first,
                      survey->ends[s] - first);
    }
    set_labels(&labels);
    for (size_t i = 0; i < survey->names.count; i++)
        is_changed |= separate(&labels, &reading->arena, survey->names.items[i]->name);
    return is_changed;
}
