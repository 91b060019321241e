#include "verify/layers.h"

#include "tex/tree.h"
#include "verify/heads.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* As many layers as indices have values where a document says nothing of them. */
enum { LEAST_LAYERS = 3, MOST_LAYERS = 9 };

bool layers_is_capital(const char *letter)
{
    return isupper((unsigned char)letter[0]) && letter[1] == '\0';
}

/* `out` of `z^{\text{out}}` */
static bool is_word(const char *text)
{
    size_t length = 0;
    while (isalpha((unsigned char)text[length]))
        length++;
    return length > 1 && text[length] == '\0';
}

const char *layers_letter(const struct script *sup)
{
    const struct script_item *item = &sup->items[0];
    if (sup->count != 1 || sup->has_sign || sup->is_other)
        return NULL;
    if (item->kind == SCRIPT_LETTER)
        return item->letter;
    bool is_transpose =
        !sup->is_bracketed && item->kind == SCRIPT_LABEL && strcmp(item->text, "T") == 0;
    bool is_name = item->kind == SCRIPT_LABEL && !is_transpose &&
                   (layers_is_capital(item->text) || is_word(item->text));
    return is_name ? item->text : NULL;
}

/* The letters that number layers, and the largest number of one. */
struct layers {
    bool is_running['z' - 'a' + 1];
    long last;
};

static void note(struct layers *layers, const struct reading_step *step,
                 const struct parse_node *name)
{
    struct script sup;
    script_read(&sup, name, PARSE_SUP);
    const char *letter = layers_letter(&sup);
    if (sup.count == 0 || !heads_is_left_side(step, name))
        return;
    if (letter && islower((unsigned char)letter[0]) && letter[1] == '\0')
        layers->is_running[letter[0] - 'a'] = true;
    else if (sup.items[0].kind == SCRIPT_NUMBER && sup.items[0].value > layers->last &&
             sup.items[0].value <= MOST_LAYERS)
        layers->last = sup.items[0].value;
}

/* Puts the number in the brackets, if there are any, of a superscript. */
static void replace(struct arena *arena, struct parse_node *sup, long value)
{
    char digits[24];
    struct parse_node **place = &sup->parts[0];
    while ((*place)->kind == PARSE_BRACKET)
        place = &(*place)->parts[0];
    snprintf(digits, sizeof digits, "%ld", value);
    *place = tree_leaf(arena, PARSE_NUMBER, (*place)->span,
                       arena_strndup(arena, digits, strlen(digits)));
}

static bool resolve(struct reading *reading, const struct layers *layers,
                    const struct parse_node *name)
{
    struct script sup;
    script_read(&sup, name, PARSE_SUP);
    const char *letter = layers_letter(&sup);
    if (!letter || !layers_is_capital(letter) ||
        !layers->is_running[tolower((unsigned char)letter[0]) - 'a'])
        return false;
    replace(&reading->arena, tree_script(name, PARSE_SUP),
            layers->last + sup.items[0].value);
    return true;
}

bool layers_resolve(struct reading *reading, const struct survey *survey)
{
    struct layers layers = {.last = LEAST_LAYERS};
    bool is_changed = false;
    for (size_t s = 0; s < reading->count; s++)
        for (size_t i = survey_begin(survey, s); i < survey->ends[s]; i++)
            note(&layers, &reading->steps[s], survey->names.items[i]->name);
    for (size_t i = 0; i < survey->names.count; i++)
        is_changed |= resolve(reading, &layers, survey->names.items[i]->name);
    return is_changed;
}
