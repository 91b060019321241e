#include "verify/split.h"

#include "base/memory.h"
#include "tex/tree.h"
#include "verify/heads.h"

#include <string.h>

enum { MOST_TUPLES = 8, TUPLE_LENGTH = 32 };

/* The letters of a name's subscript, `ji`; empty if some index is none. */
struct tuple {
    char letters[TUPLE_LENGTH];
    size_t count;
};

/* A head with the tuples that it has in definitions. */
struct candidate {
    const char *head;
    struct tuple tuples[MOST_TUPLES];
    const struct reading_step *steps[MOST_TUPLES]; /* that define it; NULL: they use it */
    size_t count;
    bool has_sup, is_defined;
};

struct candidates {
    const struct families *families;
    struct candidate *items;
    size_t count, capacity;
};

static struct tuple tuple_of(const struct families *families,
                             const struct parse_node *name)
{
    struct tuple tuple = {.count = 0};
    struct script script;
    heads_script(families, &script, name, PARSE_SUB);
    for (size_t i = 0; i < script.count; i++) {
        bool is_letter =
            script.items[i].kind == SCRIPT_LETTER && script.items[i].value == 0;
        if (!is_letter || strlen(tuple.letters) + 9 > TUPLE_LENGTH)
            return (struct tuple){.count = 0};
        strcat(tuple.letters, script.items[i].letter);
        tuple.count++;
    }
    return tuple;
}

static struct candidate *candidate_of(struct candidates *candidates, const char *head)
{
    for (size_t i = 0; i < candidates->count; i++)
        if (strcmp(candidates->items[i].head, head) == 0)
            return &candidates->items[i];
    if (candidates->count == candidates->capacity) {
        candidates->capacity = 2 * candidates->capacity + 16;
        candidates->items = memory_array(candidates->items, candidates->capacity,
                                         sizeof *candidates->items);
    }
    struct candidate *candidate = &candidates->items[candidates->count++];
    *candidate = (struct candidate){.head = head};
    return candidate;
}

static void add_tuple(struct candidate *candidate, const struct tuple *tuple,
                      const struct reading_step *step)
{
    for (size_t i = 0; i < candidate->count; i++)
        if (strcmp(candidate->tuples[i].letters, tuple->letters) == 0)
            return;
    if (candidate->count == MOST_TUPLES)
        return;
    candidate->steps[candidate->count] = step;
    candidate->tuples[candidate->count++] = *tuple;
}

static bool is_definition(const struct reading_step *step)
{
    return step->left && step->right && step->left->kind == PARSE_NAME &&
           !step->claim->continues;
}

static bool is_square(const struct parse_node *sup)
{
    return sup->kind == PARSE_NUMBER && strcmp(sup->text, "2") == 0;
}

/* First the names that are defined, then those that definitions use. */
static void note(struct candidates *candidates, const struct reading_step *step,
                 const struct occurrence *occurrence, bool of_defined)
{
    const struct parse_node *name = occurrence->name;
    struct candidate *candidate = candidate_of(candidates, name->text);
    struct tuple tuple = tuple_of(candidates->families, name);
    bool is_left = step->left == name;
    const struct parse_node *sup = tree_script(name, PARSE_SUP);
    candidate->has_sup |= sup && !is_square(sup->parts[0]);
    if (!is_definition(step) || tuple.count == 0 || sup)
        return;
    if (of_defined && is_left) {
        candidate->is_defined = true;
        add_tuple(candidate, &tuple, step);
    } else if (!of_defined && !is_left && !candidate->is_defined && tuple.count > 1) {
        add_tuple(candidate, &tuple, NULL);
    }
}

static void collect(struct candidates *candidates, const struct reading *reading,
                    const struct survey *survey)
{
    for (int of_defined = 1; of_defined >= 0; of_defined--)
        for (size_t s = 0; s < reading->count; s++)
            for (size_t i = survey_begin(survey, s); i < survey->ends[s]; i++)
                note(candidates, &reading->steps[s], survey->names.items[i], of_defined);
}

/* --- which are two families --- */

/* Whether two right sides are the same text but for the letter that is defined. */
static bool says_the_same(const struct reading *reading, const struct reading_step *a,
                          const struct reading_step *b, char from, char to)
{
    const char *text = reading->claims->text.text;
    struct span x = a->claim->right, y = b->claim->right;
    if (x.end - x.begin != y.end - y.begin)
        return false;
    for (uint32_t i = 0; i < x.end - x.begin; i++) {
        char c = text[x.begin + i];
        if ((c == from ? to : c) != text[y.begin + i])
            return false;
    }
    return true;
}

static bool share_letter(const char *a, const char *b)
{
    return strpbrk(a, b) != NULL;
}

static bool is_split(const struct reading *reading, const struct candidate *candidate)
{
    if (candidate->count < 2 || candidate->has_sup)
        return false;
    for (size_t i = 1; i < candidate->count; i++) {
        const char *a = candidate->tuples[0].letters, *b = candidate->tuples[i].letters;
        if (candidate->tuples[i].count != candidate->tuples[0].count)
            return false;
        bool is_same = candidate->is_defined
                           ? says_the_same(reading, candidate->steps[0],
                                           candidate->steps[i], a[0], b[0])
                           : !share_letter(a, b) || strspn(a, b) == strlen(a);
        if (is_same)
            return false;
    }
    return true;
}

/* --- the superscript --- */

struct parse_node *split_with_letters(struct reading *reading,
                                      const struct parse_node *name, const char *letters)
{
    char text[TUPLE_LENGTH + 2];
    struct arena *arena = &reading->arena;
    struct parse_node *sub = tree_script(name, PARSE_SUB);
    struct parse_node *plain = tree_make(arena, PARSE_NAME, name->span, &sub, 1);
    strcpy(text, letters);
    strcat(text, "*");
    struct parse_node *leaf = tree_leaf(arena, PARSE_NAME, name->span,
                                        arena_strndup(arena, text, strlen(text)));
    plain->text = name->text;
    return tree_with_script(arena, plain,
                            tree_make(arena, PARSE_SUP, name->span, &leaf, 1));
}

/* What was a superscript is a power. */
static void mark(const struct families *families, struct reading *reading,
                 const struct candidate *candidate, struct parse_node *name)
{
    struct tuple tuple = tuple_of(families, name);
    const struct parse_node *sup = tree_script(name, PARSE_SUP);
    for (size_t i = 0; i < candidate->count; i++) {
        if (strcmp(candidate->tuples[i].letters, tuple.letters) != 0)
            continue;
        struct parse_node *marked = split_with_letters(reading, name, tuple.letters);
        if (sup)
            marked = tree_make(&reading->arena, PARSE_POWER, name->span,
                               (struct parse_node *[]){marked, sup->parts[0]}, 2);
        *name = *marked;
        return;
    }
}

static void mark_all(const struct families *families, struct reading *reading,
                     const struct survey *survey, const struct candidate *candidate)
{
    for (size_t i = 0; i < survey->names.count; i++) {
        const struct parse_node *name = survey->names.items[i]->name;
        if (strcmp(name->text, candidate->head) == 0)
            mark(families, reading, candidate, (struct parse_node *)name);
    }
}

void split_families(const struct families *families, struct reading *reading,
                    const struct survey *survey, struct pool *heads)
{
    struct candidates candidates = {.families = families};
    collect(&candidates, reading, survey);
    for (size_t i = 0; i < candidates.count; i++) {
        if (!is_split(reading, &candidates.items[i]))
            continue;
        expr_symbol(heads, candidates.items[i].head);
        mark_all(families, reading, survey, &candidates.items[i]);
    }
    memory_free(candidates.items);
}

/* --- for readers --- */

/* The first star of a mark, NULL if there is none. */
static char *find_star(const char *text)
{
    for (const char *at = text; (at = strstr(at, "^{")) != NULL;) {
        at += 2;
        size_t letters = strspn(at, "abcdefghijklmnopqrstuvwxyz");
        if (letters > 0 && at[letters] == '*' && at[letters + 1] == '}')
            return (char *)at + letters;
    }
    return NULL;
}

bool split_is_marked(const char *text)
{
    return find_star(text) != NULL;
}

void split_unmark(char *text)
{
    for (char *star = text; (star = find_star(star)) != NULL;)
        memmove(star, star + 1, strlen(star));
}
