#include "verify/heads.h"

#include "base/memory.h"
#include "tex/index.h"
#include "tex/tree.h"
#include "verify/layers.h"

#include <stdio.h>
#include <string.h>

/* --- tables by text --- */

size_t heads_intern(struct families *families, const char *text)
{
    return expr_symbol(families->texts, text);
}

struct family_head *heads_get(struct families *families, const char *text)
{
    size_t id = heads_intern(families, text);
    if (id >= families->head_count) {
        size_t count = 2 * id + 64;
        families->heads = memory_array(families->heads, count, sizeof *families->heads);
        memset(families->heads + families->head_count, 0,
               (count - families->head_count) * sizeof *families->heads);
        families->head_count = count;
    }
    return &families->heads[id];
}

const struct family_head *heads_find(const struct families *families, const char *text)
{
    static const struct family_head none;
    size_t id = expr_find_symbol(families->texts, text);
    return id > 0 && id < families->head_count ? &families->heads[id] : &none;
}

void heads_mark(struct families *families, const char *canonical)
{
    size_t id = heads_intern(families, canonical);
    if (id >= families->member_count) {
        size_t count = 2 * id + 64;
        families->members =
            memory_array(families->members, count, sizeof *families->members);
        memset(families->members + families->member_count, 0,
               count - families->member_count);
        families->member_count = count;
    }
    families->members[id] = true;
}

/* --- how heads are used --- */

bool heads_is_left_side(const struct reading_step *step, const struct parse_node *name)
{
    return step->left == name && !step->claim->continues;
}

static bool is_plain_argument(const struct parse_node *arguments)
{
    const struct parse_node *inner = arguments->parts[0];
    return arguments->kind == PARSE_BRACKET && inner->kind == PARSE_NAME;
}

static bool is_list_argument(const struct parse_node *arguments)
{
    enum parse_kind kind = arguments->parts[0]->kind;
    return arguments->kind == PARSE_BRACKET &&
           (kind == PARSE_LIST || kind == PARSE_RELATION || kind == PARSE_VECTOR);
}

/* `f(z)` is all that stands left. */
static bool is_applied_left(const struct reading_step *step,
                            const struct occurrence *occurrence)
{
    const struct parse_node *left = step->left;
    return left && !step->claim->continues && left->kind == PARSE_PRODUCT &&
           left->count == 2 && left->parts[0] == occurrence->name &&
           left->parts[1] == occurrence->arguments;
}

static void note_arguments(struct family_head *head, const struct reading_step *step,
                           const struct occurrence *occurrence)
{
    head->is_applied = true;
    head->has_list_argument |= is_list_argument(occurrence->arguments);
    head->has_formula_argument |= !is_plain_argument(occurrence->arguments) &&
                                  !is_list_argument(occurrence->arguments);
    if (is_applied_left(step, occurrence))
        head->is_applied_left = true;
    else if (occurrence->place != OCCURRENCE_ABOVE)
        head->is_applied_otherwise = true;
}

/* Two digits, or two letters. */
static bool is_pair(const struct script *script)
{
    const struct script_item *a = &script->items[0], *b = &script->items[1];
    if (script->count == 1)
        return a->kind == SCRIPT_NUMBER && strlen(a->text) > 1;
    return script->count > 1 && a->kind == b->kind;
}

static void tell_labels(const struct families *families, struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        struct script_item *item = &script->items[i];
        if (item->kind != SCRIPT_LETTER || !heads_find(families, item->letter)->is_label)
            continue;
        expr_id text = expr_find_symbol(families->texts, item->letter);
        *item = (struct script_item){.kind = SCRIPT_LABEL,
                                     .text = expr_peek_name(families->texts, text)};
    }
}

/* `o1` is one label if no name of this head has two indices. */
void heads_script(const struct families *families, struct script *script,
                  const struct parse_node *name, enum parse_kind kind)
{
    script_read(script, name, kind);
    tell_labels(families, script);
    bool is_label = kind == PARSE_SUB && script->count == 2 &&
                    script->items[0].kind == SCRIPT_LETTER &&
                    script->items[1].kind == SCRIPT_NUMBER &&
                    !heads_find(families, name->text)->has_pairs;
    if (is_label) {
        script->count = 1;
        script->items[0].kind = SCRIPT_LABEL;
        script->items[0].text = "";
    }
}

static void note_arity(struct family_head *head, const struct parse_node *name)
{
    static const enum parse_kind kinds[] = {PARSE_SUB, PARSE_SUP};
    for (int k = 0; k < 2; k++) {
        struct script script;
        script_read(&script, name, kinds[k]);
        head->has_pairs |= is_pair(&script);
        head->has_letter |= script.count == 1 && script.items[0].kind == SCRIPT_LETTER;
        if (!script.is_other && script.count > head->arity[k])
            head->arity[k] = script.count;
    }
}

/* The head without the primes that stand at the end of it. */
static const char *heads_without_primes(const char *text, char plain[72])
{
    size_t length = strcspn(text, "'");
    snprintf(plain, 72, "%.*s", (int)(length < 71 ? length : 71), text);
    return plain;
}

/* The n of `\sum_{k=1}^{n}` and `\sum_{k=1}^{n-1}`. */
const char *heads_limit(const struct binder *binder)
{
    struct parse_node *upper = binder->big->parts[2];
    upper = upper ? tree_ungroup(upper) : NULL;
    if (upper && upper->kind == PARSE_SUM)
        upper = upper->parts[0];
    return upper && upper->kind == PARSE_NAME && upper->count == 0 ? upper->text : NULL;
}

static void note_limits(struct families *families, const struct binder *binder)
{
    for (; binder; binder = binder->outer) {
        const char *limit = heads_limit(binder);
        if (limit)
            heads_get(families, limit)->is_limit = true;
    }
}

/* `a^1`, `a^0`, `a^l`: then `a^2` is no square. */
static void note_layer(struct family_head *head, const struct parse_node *name)
{
    struct script sup;
    if (!tree_script(name, PARSE_SUP))
        return;
    script_read(&sup, name, PARSE_SUP);
    head->has_layer |= sup.count == 1 && !sup.has_sign && !sup.is_other &&
                       (sup.items[0].kind == SCRIPT_LETTER ||
                        (sup.items[0].kind == SCRIPT_NUMBER && sup.items[0].value < 2));
}

void heads_note_use(struct families *families, const struct reading_step *step,
                    const struct occurrence *occurrence)
{
    char plain[72];
    const struct parse_node *name = occurrence->name;
    struct family_head *head =
        heads_get(families, heads_without_primes(name->text, plain));
    bool may_be_function = !tree_script(name, PARSE_SUB);
    bool has_prime = strchr(name->text, '\'') != NULL;
    head->is_primed |= has_prime;
    head->is_primed_applied |= has_prime && occurrence->arguments;
    head->is_primed_name |= has_prime && occurrence->place != OCCURRENCE_PLAIN;
    bool is_left = name->count == 0 && heads_is_left_side(step, name);
    head->is_left_bare |= is_left && !has_prime;
    head->is_left_primed |= is_left && has_prime;
    if (occurrence->arguments && may_be_function)
        note_arguments(head, step, occurrence);
    else
        head->is_bare |= strcmp(name->text, "e") != 0 || name->count != 1 ||
                         !tree_script(name, PARSE_SUP);
    if (occurrence->place != OCCURRENCE_PLAIN && !occurrence->arguments)
        head->is_differentiated = true;
    head->is_alone |= name->count == 0 && !occurrence->base &&
                      !binder_find(occurrence->binders, name->text);
    note_arity(head, name);
    note_layer(head, name);
    note_limits(families, occurrence->binders);
}

/* What stands left without a bracket, and never has one, may have a prime as a name. */
static bool is_primed_function(const struct family_head *head)
{
    bool is_name = head->is_left_bare || (head->is_left_primed && !head->is_applied);
    return head->is_primed && (head->is_primed_applied || !is_name);
}

bool families_is_function(const struct families *families, const char *head)
{
    char plain[72];
    const struct family_head *h = heads_find(families, heads_without_primes(head, plain));
    bool is_primed = is_primed_function(h);
    if (!h->is_applied)
        return is_primed;
    if (h->has_list_argument && !is_primed)
        return false;
    return is_primed || (!h->is_bare && !h->is_differentiated) ||
           (h->is_applied_left && h->is_applied_otherwise && !h->is_differentiated);
}

bool families_is_own(const struct families *families, const struct parse_node *name)
{
    char plain[72];
    return heads_find(families, heads_without_primes(name->text, plain))->is_primed_name;
}

bool families_is_decorated(const struct families *families, const char *head)
{
    const struct family_head *h = heads_find(families, head);
    return h->is_applied && !is_primed_function(h) && !h->has_formula_argument &&
           !families_is_function(families, head);
}

/* --- letters --- */

bool families_is_letter(const struct families *families, const char *letter)
{
    const struct family_head *head = heads_find(families, letter);
    return head->is_letter && !head->is_label;
}

static bool is_common_index(const char *letter)
{
    return letter[1] == '\0' && strchr("abcdefghijklmnopqrsuv", letter[0]) != NULL;
}

/* The L of `a^{L-1}`: one layer, through which nothing runs. */
static bool is_last_layer(const struct family_head *letter,
                          const struct script_item *item)
{
    return letter->is_sup_letter && layers_is_capital(item->letter);
}

static void note_letters(struct families *families, const struct occurrence *occurrence,
                         enum parse_kind kind)
{
    struct script script;
    heads_script(families, &script, occurrence->name, kind);
    for (size_t i = 0; i < script.count; i++) {
        const struct script_item *item = &script.items[i];
        if (item->kind != SCRIPT_LETTER)
            continue;
        const struct family_head *head = heads_find(families, item->letter);
        bool is_bound = binder_find(occurrence->binders, item->letter) != NULL;
        bool is_alone = script.count == 1 && is_common_index(item->letter);
        bool is_shifted = item->value != 0 && !is_last_layer(head, item);
        if (is_bound || head->is_limit || (!head->is_alone && (is_alone || is_shifted)))
            heads_get(families, item->letter)->is_letter = true;
    }
}

/* A run such as `hh` is indices only if each letter is an index elsewhere. */
bool heads_is_index_run(const struct families *families, const struct script *script)
{
    for (size_t i = 0; i < script->count; i++)
        if (script->items[i].kind == SCRIPT_LETTER &&
            !families_is_letter(families, script->items[i].letter))
            return false;
    return !script->is_other;
}

/* --- labels --- */

static void label_text(const struct parse_node *name, const char *letter, char text[120])
{
    snprintf(text, 120, "label %.80s %s", name->text, letter);
}

/* `out_{o1}`: o is a letter of labels. */
void heads_note_label(struct families *families, const struct reading_step *step,
                      const struct occurrence *occurrence)
{
    struct script script;
    char text[120];
    (void)step;
    heads_script(families, &script, occurrence->name, PARSE_SUB);
    if (script.count != 1 || script.items[0].kind != SCRIPT_LABEL ||
        script.items[0].letter[0] == '\0')
        return;
    label_text(occurrence->name, script.items[0].letter, text);
    heads_intern(families, text);
}

/* `out_o`, where `out_{o1}` and `out_{o2}` are names: they are its members. */
bool heads_stand_for_labels(const struct families *families,
                            const struct parse_node *name)
{
    struct script script;
    char text[120];
    heads_script(families, &script, name, PARSE_SUB);
    if (script.count != 1 || script.items[0].kind != SCRIPT_LETTER)
        return false;
    label_text(name, script.items[0].letter, text);
    return expr_find_symbol(families->texts, text) != 0;
}

/* The K of `p_K`, where sums end at K and p has other indices as well. */
static bool is_last(const struct families *families, const struct parse_node *name,
                    const struct script *script)
{
    return script->count == 1 && script->items[0].kind == SCRIPT_LABEL &&
           heads_find(families, script->items[0].text)->is_limit &&
           heads_find(families, name->text)->has_letter;
}

bool heads_stand_for_last(const struct families *families, const struct parse_node *name)
{
    struct script script;
    script_read(&script, name, PARSE_SUB);
    return is_last(families, name, &script);
}

void heads_note_lasts(struct families *families, const struct reading_step *step,
                      const struct occurrence *occurrence)
{
    struct script script;
    (void)step;
    script_read(&script, occurrence->name, PARSE_SUB);
    if (is_last(families, occurrence->name, &script))
        heads_get(families, script.items[0].text)->is_letter = true;
}

void heads_note_letters(struct families *families, const struct reading_step *step,
                        const struct occurrence *occurrence)
{
    (void)step;
    note_letters(families, occurrence, PARSE_SUB);
    if (heads_is_index_sup(families, occurrence->name))
        note_letters(families, occurrence, PARSE_SUP);
}
