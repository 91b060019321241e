/* Which superscripts are indices, and which are powers. */
#include "verify/heads.h"

#include "tex/index.h"
#include "tex/tree.h"
#include "verify/layers.h"

#include <stdio.h>
#include <string.h>

static bool is_digit_or_letter(const struct script *sup)
{
    return layers_letter(sup) || (sup->count == 1 && !sup->has_sign && !sup->is_other &&
                                  sup->items[0].kind == SCRIPT_NUMBER);
}

bool families_is_raised(const struct families *families, const struct parse_node *name)
{
    struct script sup;
    script_read(&sup, name, PARSE_SUP);
    return name->count == 1 && is_digit_or_letter(&sup) && !sup.is_bracketed &&
           heads_find(families, name->text)->is_left_bare &&
           !heads_find(families, name->text)->has_layer;
}

/* `e^x`, where x is a name */
static bool is_exponential(const struct families *families, const struct parse_node *name,
                           const struct script *sup)
{
    return strcmp(name->text, "e") == 0 && sup->items[0].kind == SCRIPT_LETTER &&
           !sup->is_bracketed && heads_find(families, sup->items[0].letter)->is_alone;
}

/* Whether a subscript holds letters: `w_{kj}^2` stands for names such as `w_{11}^2`. */
static bool is_of_family(const struct families *families, const struct parse_node *name,
                         struct script *sub)
{
    bool holds_letter = false;
    heads_script(families, sub, name, PARSE_SUB);
    for (size_t i = 0; i < sub->count; i++)
        holds_letter |= sub->items[i].kind == SCRIPT_LETTER;
    return holds_letter;
}

static void square_text(const struct parse_node *name, size_t arity, char text[120])
{
    snprintf(text, 120, "square %.80s %zu", name->text, arity);
}

/* A square that is a name makes one of no other square: of exactly this name, or of those
   with as many indices. */
static void note_square(struct families *families, const struct parse_node *name)
{
    struct script sub;
    struct buf canonical;
    char text[120];
    buf_init(&canonical);
    if (is_of_family(families, name, &sub)) {
        square_text(name, sub.count, text);
        heads_intern(families, text);
    } else if (script_name(NULL, name, &canonical)) {
        heads_mark(families, buf_peek(&canonical));
    }
    buf_clear(&canonical);
}

/* `w_{11}^2` and `w_{ij}^2`, where `w_{kj}^2` is a name. */
static bool is_named_square(const struct families *families,
                            const struct parse_node *name, const struct script *sup)
{
    struct script sub;
    char text[120];
    if (sup->items[0].kind != SCRIPT_NUMBER || sup->items[0].value != 2)
        return false;
    heads_script(families, &sub, name, PARSE_SUB);
    size_t arity = sub.count == 1 && sub.items[0].kind == SCRIPT_NUMBER
                       ? strlen(sub.items[0].text)
                       : sub.count;
    square_text(name, arity, text);
    if (expr_find_symbol(families->texts, text) != 0)
        return true;
    square_text(name, sub.count, text);
    return expr_find_symbol(families->texts, text) != 0;
}

/* A name with this superscript stands left of a definition, or is differentiated; or it
   is a 1, which few write as a power. */
void heads_note_index_sup(struct families *families, const struct reading_step *step,
                          const struct occurrence *occurrence)
{
    struct script sup;
    bool is_name = (heads_is_left_side(step, occurrence->name) &&
                    !families_is_raised(families, occurrence->name)) ||
                   occurrence->place != OCCURRENCE_PLAIN;
    script_read(&sup, occurrence->name, PARSE_SUP);
    const char *letter = layers_letter(&sup);
    bool is_first = sup.items[0].kind == SCRIPT_NUMBER && sup.items[0].value == 1 &&
                    !heads_find(families, occurrence->name->text)->is_alone;
    if (!is_digit_or_letter(&sup) || (!is_name && !is_first) ||
        is_exponential(families, occurrence->name, &sup))
        return;
    bool is_square = sup.items[0].kind == SCRIPT_NUMBER && sup.items[0].value == 2;
    if (letter)
        heads_get(families, letter)->is_sup_letter = true;
    if (is_square && !sup.is_bracketed)
        note_square(families, occurrence->name);
    else
        heads_get(families, occurrence->name->text)->has_index_sup = true;
}

/* The letter of a layer is one in all superscripts: `a_k^{l-1}`, `a^{L-1}`. */
void heads_note_layer_sup(struct families *families, const struct reading_step *step,
                          const struct occurrence *occurrence)
{
    struct script sup;
    (void)step;
    script_read(&sup, occurrence->name, PARSE_SUP);
    const char *letter = layers_letter(&sup);
    if (letter && heads_find(families, letter)->is_sup_letter)
        heads_get(families, occurrence->name->text)->has_index_sup = true;
}

bool heads_is_index_sup(const struct families *families, const struct parse_node *name)
{
    struct script sup;
    script_read(&sup, name, PARSE_SUP);
    if (sup.count == 0 || sup.has_sign || sup.is_other)
        return false;
    if (sup.is_bracketed || heads_find(families, name->text)->has_index_sup ||
        is_named_square(families, name, &sup))
        return true;
    struct buf canonical;
    buf_init(&canonical);
    bool is_index = script_name(NULL, name, &canonical) &&
                    families_is_member(families, buf_peek(&canonical));
    buf_clear(&canonical);
    return is_index;
}
