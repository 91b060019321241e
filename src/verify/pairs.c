#include "verify/pairs.h"

#include "tex/tree.h"
#include "verify/heads.h"

#include <ctype.h>
#include <string.h>

enum { CHARACTERS = 128 };

/* How single letters stand in the document, and which pairs are names of their own. */
struct letters {
    bool is_name[CHARACTERS]; /* it is defined, or differentiated */
    bool is_bare[CHARACTERS];
    bool is_pair[CHARACTERS][CHARACTERS];
};

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) && (unsigned char)c < CHARACTERS;
}

/* Whether a name is two letters, written without a command around them. */
static bool is_pair(const struct reading *reading, const struct parse_node *name)
{
    return strlen(name->text) == 2 && is_letter(name->text[0]) &&
           is_letter(name->text[1]) && !name->other &&
           memcmp(reading->claims->text.text + name->span.begin, name->text, 2) == 0;
}

static void note(struct letters *letters, const struct reading_step *step,
                 const struct occurrence *occurrence)
{
    const struct parse_node *name = occurrence->name;
    const char *text = name->text;
    bool is_name =
        occurrence->place != OCCURRENCE_PLAIN || heads_is_left_side(step, name);
    if (is_letter(text[0]) && text[1] == '\0') {
        size_t letter = (size_t)text[0];
        letters->is_name[letter] |= is_name;
        letters->is_bare[letter] |= !occurrence->arguments && !occurrence->base;
    } else if (is_letter(text[0]) && is_letter(text[1]) && text[2] == '\0' && is_name) {
        letters->is_pair[(size_t)text[0]][(size_t)text[1]] = true;
    }
}

/* One of its letters stands elsewhere; `dx` is no product where there is no d. */
static bool is_product(const struct letters *letters, const char *text)
{
    size_t a = (size_t)text[0], b = (size_t)text[1];
    bool is_known[2] = {letters->is_name[a] || letters->is_bare[a],
                        letters->is_name[b] || letters->is_bare[b]};
    if (letters->is_pair[a][b] || (text[0] == 'd' && !is_known[0]))
        return false;
    return is_known[0] || is_known[1];
}

/* An index of two letters in a superscript is none. */
static bool is_exponent(const struct occurrence *occurrence)
{
    return !occurrence->base || strcmp(occurrence->base->name->text, "e") == 0;
}

/* `wf(z)`, where f is a function, is told elsewhere. */
static bool ends_in_function(const struct letters *letters,
                             const struct occurrence *occurrence)
{
    size_t last = (size_t)occurrence->name->text[1];
    return occurrence->arguments && !letters->is_name[last] && !letters->is_bare[last];
}

static void make_product(struct arena *arena, struct parse_node *name)
{
    struct parse_node *letters[2];
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t begin = name->span.begin + i;
        letters[i] = tree_leaf(arena, PARSE_NAME, (struct span){begin, begin + 1},
                               arena_strndup(arena, name->text + i, 1));
    }
    letters[1]->parts = name->parts;
    letters[1]->count = name->count;
    letters[1]->span.end = name->span.end;
    struct parse_node *product = tree_join(arena, PARSE_PRODUCT, letters, 2);
    product->is_times = name->is_times;
    *name = *product;
}

bool pairs_resolve(struct reading *reading, const struct survey *survey)
{
    struct letters letters = {.is_name = {false}};
    bool is_changed = false;
    for (size_t s = 0; s < reading->count; s++)
        for (size_t i = survey_begin(survey, s); i < survey->ends[s]; i++)
            note(&letters, &reading->steps[s], survey->names.items[i]);
    for (size_t i = 0; i < survey->names.count; i++) {
        const struct occurrence *occurrence = survey->names.items[i];
        const struct parse_node *name = occurrence->name;
        if (name->kind != PARSE_NAME || !is_pair(reading, name) ||
            !is_exponent(occurrence) || ends_in_function(&letters, occurrence) ||
            !is_product(&letters, name->text))
            continue;
        make_product(&reading->arena, (struct parse_node *)name);
        is_changed = true;
    }
    return is_changed;
}
