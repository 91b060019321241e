#include "verify/families.h"

#include "base/memory.h"
#include "base/name.h"
#include "tex/index.h"
#include "tex/tree.h"
#include "verify/arguments.h"
#include "verify/arrows.h"
#include "verify/bare.h"
#include "verify/deltas.h"
#include "verify/heads.h"
#include "verify/layers.h"
#include "verify/named.h"
#include "verify/pairs.h"
#include "verify/ranges.h"
#include "verify/recursion.h"
#include "verify/split.h"

#include <string.h>

enum { MOST_MEMBERS = 100000 };

/* --- members --- */

struct letters {
    const char *items[2 * SCRIPT_ITEMS];
    long first[2 * SCRIPT_ITEMS], last[2 * SCRIPT_ITEMS];
    size_t count;
};

static void narrow(struct letters *letters, size_t i, long first, long last)
{
    if (first > letters->first[i])
        letters->first[i] = first;
    if (last < letters->last[i])
        letters->last[i] = last;
}

/* Behind the last layer there is none: `w^{l+1}` exists where `w^l` does, unless it is
   what is defined. */
static bool ends_earlier(struct positions *at, const struct script *script, size_t i,
                         bool is_defined)
{
    return at->which == 1 && script->items[i].value > 0 && !is_defined &&
           ranges_runs_like(at, script, i);
}

static void add_letters(struct letters *letters, struct positions *at,
                        const struct script *script, bool is_defined)
{
    for (size_t i = 0; i < script->count; i++) {
        const struct script_item *item = &script->items[i];
        size_t k = 0;
        long first, last;
        if (item->kind != SCRIPT_LETTER)
            continue;
        while (k < letters->count && strcmp(letters->items[k], item->letter) != 0)
            k++;
        ranges_item(at, script, i, &first, &last);
        if (ends_earlier(at, script, i, is_defined))
            last -= item->value;
        if (first + item->value < 0)
            first = -item->value;
        if (k < letters->count) {
            narrow(letters, k, first, last);
            continue;
        }
        letters->items[k] = item->letter;
        letters->first[k] = first;
        letters->last[k] = last;
        letters->count++;
    }
}

static bool next_values(const struct letters *letters, struct bindings *bindings)
{
    for (size_t i = letters->count; i > 0; i--) {
        if (bindings->items[i - 1].value < letters->last[i - 1]) {
            bindings->items[i - 1].value++;
            return true;
        }
        bindings->items[i - 1].value = letters->first[i - 1];
    }
    return false;
}

static void mark_name(struct families *families, const struct parse_node *name,
                      struct bindings *bindings)
{
    struct buf canonical;
    buf_init(&canonical);
    if (script_name(bindings, name, &canonical))
        heads_mark(families, buf_peek(&canonical));
    buf_clear(&canonical);
}

/* All names that one occurrence stands for. */
static void mark_names(struct families *families, const struct occurrence *occurrence,
                       size_t step, bool is_defined)
{
    struct parse_node name = *occurrence->name;
    struct letters letters = {.count = 0};
    struct bindings bindings = {0};
    struct name_scripts scripts;
    struct parse_node *only_sub = tree_script(&name, PARSE_SUB);
    ranges_scripts(families, occurrence, &scripts);
    if (scripts.scripts[1].count == 0) {
        name.parts = &only_sub;
        name.count = only_sub ? 1 : 0;
    }
    for (int k = 0; k < 2; k++) {
        struct positions at = ranges_positions(families, occurrence, &scripts, k, step);
        if (heads_is_index_run(families, &scripts.scripts[k]))
            add_letters(&letters, &at, &scripts.scripts[k], is_defined);
    }
    for (size_t i = 0; i < letters.count; i++) {
        bindings_push(&bindings, letters.items[i], letters.first[i]);
        bindings.commas |= letters.last[i] > 9;
    }
    size_t marked = 0;
    do
        mark_name(families, &name, &bindings);
    while (++marked < MOST_MEMBERS && next_values(&letters, &bindings));
    bindings_clear(&bindings);
    ranges_scripts_clear(&scripts);
}

/* A run of letters is a product of names that stand elsewhere by themselves, unless it is
   something that is defined or differentiated. */
static bool is_product_run(const struct families *families, const struct parse_node *name)
{
    char letter[2] = {0};
    size_t length = strlen(name->text);
    const struct family_head *head = heads_find(families, name->text);
    if (length < 2 || name->text[0] == '\\' || head->is_differentiated ||
        name->span.end - name->span.begin < length)
        return false;
    for (size_t i = 0; i < length; i++) {
        letter[0] = name->text[i];
        const struct family_head *h = heads_find(families, letter);
        if (!h->is_bare && !h->is_applied)
            return false;
    }
    return true;
}

/* The base of `e^{z}`, unless e is a name elsewhere. */
static bool is_exponential(const struct families *families, const struct parse_node *name)
{
    return strcmp(name->text, "e") == 0 && name->count == 1 &&
           tree_script(name, PARSE_SUP) && !heads_find(families, "e")->is_bare;
}

bool families_is_exponential(const struct families *families,
                             const struct parse_node *name)
{
    return is_exponential(families, name) && !heads_is_index_sup(families, name);
}

static bool is_name(const struct families *families, const struct reading_step *step,
                    const struct occurrence *occurrence)
{
    const struct parse_node *name = occurrence->name;
    bool is_alone =
        occurrence->base == NULL || !heads_is_index_sup(families, occurrence->base->name);
    bool is_function =
        !tree_script(name, PARSE_SUB) && families_is_function(families, name->text);
    bool is_operator =
        strcmp(name->text, "\\partial") == 0 || strcmp(name->text, "\\nabla") == 0;
    if (!is_alone || is_function || is_operator || is_exponential(families, name))
        return false;
    if (name->count == 0 && binder_find(occurrence->binders, name->text))
        return false;
    return heads_is_left_side(step, name) || !is_product_run(families, name);
}

/* --- all of it --- */

typedef void note_function(struct families *families, const struct reading_step *step,
                           const struct occurrence *occurrence);

static void mark_occurrence(struct families *families, const struct reading_step *step,
                            const struct occurrence *occurrence)
{
    const struct parse_node *name = occurrence->name;
    if (tree_script(name, PARSE_SUB) && heads_is_index_sup(families, name))
        heads_get(families, name->text)->has_both_scripts = true;
    if (is_name(families, step, occurrence) && !heads_stand_for_labels(families, name) &&
        !heads_stand_for_last(families, name))
        mark_names(families, occurrence, families->step, heads_is_left_side(step, name));
}

static void for_all(struct families *families, const struct reading *reading,
                    const struct survey *survey, note_function *note)
{
    for (families->step = 0; families->step < reading->count; families->step++)
        for (size_t i = survey_begin(survey, families->step);
             i < survey->ends[families->step]; i++)
            note(families, &reading->steps[families->step], survey->names.items[i]);
}

static void survey_again(struct survey *survey, const struct reading *reading)
{
    survey_clear(survey);
    survey_init(survey, reading);
}

static void split(struct families *families, struct reading *reading,
                  struct survey *survey)
{
    families->split = pool_new();
    split_families(families, reading, survey, families->split);
    if (pool_count(families->split) > 0)
        survey_again(survey, reading);
}

typedef bool resolve(struct reading *reading, const struct survey *survey);

static void resolve_with(resolve *step, struct reading *reading, struct survey *survey)
{
    if (step(reading, survey))
        survey_again(survey, reading);
}

static bool resolve_deltas(struct reading *reading, const struct survey *survey)
{
    (void)survey;
    return deltas_resolve(reading);
}

/* What a document without a network says by its names alone. */
static void resolve_names(struct families *families, struct reading *reading,
                          struct survey *survey)
{
    resolve_with(arrows_resolve, reading, survey);
    resolve_with(pairs_resolve, reading, survey);
    resolve_with(layers_resolve, reading, survey);
    if (named_find(families, reading, survey))
        survey_again(survey, reading);
    if (recursion_resolve(families, reading, survey))
        survey_again(survey, reading);
}

void families_init(struct families *families, struct reading *reading,
                   struct survey *survey, struct families_how how)
{
    static note_function *const passes[] = {
        heads_note_use,        heads_note_label,   heads_note_index_sup,
        heads_note_layer_sup,  heads_note_letters, heads_note_lasts,
        ranges_see_definition, ranges_see,         mark_occurrence};
    *families = (struct families){.texts = pool_new(), .takes_other = how.takes_other};
    resolve_with(resolve_deltas, reading, survey);
    resolve_with(bare_resolve, reading, survey);
    resolve_with(arguments_resolve, reading, survey);
    if (!how.has_network)
        resolve_names(families, reading, survey);
    split(families, reading, survey);
    for (size_t i = 0; i < sizeof passes / sizeof *passes; i++)
        for_all(families, reading, survey, passes[i]);
}

/* Of two families, or without the layer that it has elsewhere. */
bool families_is_ambiguous(const struct families *families, const char *canonical)
{
    struct name name;
    if (!name_split(&name, canonical) || memchr(name.sup, '*', name.sup_length))
        return false;
    char *head = memory_strndup(name.head, name.head_length);
    bool is_split = expr_find_symbol(families->split, head) != 0;
    bool lacks_sup = name.sub_length > 0 && name.sup_length == 0 &&
                     heads_find(families, head)->has_both_scripts;
    memory_free(head);
    return is_split || lacks_sup;
}

void families_clear(struct families *families)
{
    pool_free(families->split);
    pool_free(families->texts);
    memory_free(families->heads);
    memory_free(families->classes);
    memory_free(families->members);
}

bool families_is_member(const struct families *families, const char *canonical)
{
    size_t id = expr_find_symbol(families->texts, canonical);
    return id > 0 && id < families->member_count && families->members[id];
}
