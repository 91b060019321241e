#include "verify/families.h"

#include "base/memory.h"
#include "base/name.h"
#include "tex/index.h"
#include "tex/tree.h"
#include "verify/script.h"
#include "verify/split.h"

#include <stdio.h>
#include <string.h>

enum { LAST_BY_DEFAULT = 3, LEAST_LAST = 2, MOST_VALUES = 64, MOST_MEMBERS = 100000 };

/* How a letter or word is used as a name. */
struct family_head {
    bool is_bare, is_applied, is_primed, is_differentiated;
    bool is_applied_left; /* `f(z) = …` */
    bool is_applied_otherwise;
    bool has_index_sup;        /* some superscript of a digit or letter is an index */
    bool has_list_argument;    /* `L(y, \hat y)`: none of our functions */
    bool has_formula_argument; /* `y(1-y)`: a product, unless it is a function */
    bool has_pairs;            /* of indices: `w_{11}`, `w_{ij}` */
    size_t arity[2];           /* the most indices in its sub- and superscripts */
    bool is_alone;             /* stands without scripts: `i` is a unit, not an index */
    bool has_both_scripts;     /* `w_{ji}^{(1)}` */
    bool is_letter;            /* as an index */
    bool is_sup_letter;        /* as an index in superscripts: of a layer */
};

/* Indices that run through the same values. */
struct family_class {
    size_t parent;
    long first, last;
    bool is_seen;    /* with a number */
    bool is_limited; /* by the limits of a sum, or by definitions one by one */
};

static size_t intern(struct families *families, const char *text)
{
    return expr_symbol(families->texts, text);
}

/* --- tables by text --- */

static struct family_head *head_of(struct families *families, const char *text)
{
    size_t id = intern(families, text);
    if (id >= families->head_count) {
        size_t count = 2 * id + 64;
        families->heads = memory_array(families->heads, count, sizeof *families->heads);
        memset(families->heads + families->head_count, 0,
               (count - families->head_count) * sizeof *families->heads);
        families->head_count = count;
    }
    return &families->heads[id];
}

static const struct family_head *find_head(const struct families *families,
                                           const char *text)
{
    static const struct family_head none;
    size_t id = expr_find_symbol(families->texts, text);
    return id > 0 && id < families->head_count ? &families->heads[id] : &none;
}

static struct family_class *class_at(struct families *families, size_t id)
{
    if (id >= families->class_count) {
        size_t count = 2 * id + 64;
        families->classes =
            memory_array(families->classes, count, sizeof *families->classes);
        for (size_t i = families->class_count; i < count; i++)
            families->classes[i] = (struct family_class){.parent = i, .first = 1};
        families->class_count = count;
    }
    return &families->classes[id];
}

static size_t root_of(struct families *families, size_t id)
{
    class_at(families, id);
    while (families->classes[id].parent != id)
        id = families->classes[id].parent;
    return id;
}

static size_t class_of(struct families *families, const char *text)
{
    return root_of(families, intern(families, text));
}

/* What a sum begins with says nothing of where it ends. */
static void see_first(struct families *families, size_t class, long value)
{
    struct family_class *c = class_at(families, root_of(families, class));
    if (value < c->first)
        c->first = value;
}

static void see(struct families *families, size_t class, long value)
{
    struct family_class *c = class_at(families, root_of(families, class));
    if (value < c->first)
        c->first = value;
    if (!c->is_seen || value > c->last)
        c->last = value;
    c->is_seen = true;
}

static void unite(struct families *families, size_t a, size_t b)
{
    a = root_of(families, a);
    b = root_of(families, b);
    if (a == b)
        return;
    struct family_class *x = &families->classes[a], *y = &families->classes[b];
    y->parent = a;
    x->is_limited |= y->is_limited;
    see_first(families, a, y->first);
    if (y->is_seen)
        see(families, a, y->last);
}

static void mark_member(struct families *families, const char *canonical)
{
    size_t id = intern(families, canonical);
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

static bool is_left_side(const struct reading_step *step, const struct parse_node *name)
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

/* The scripts of a name; `o1` is one label if no name of this head has two indices. */
static void read_script(const struct families *families, struct script *script,
                        const struct parse_node *name, enum parse_kind kind)
{
    script_read(script, name, kind);
    bool is_label = script->count == 2 && script->items[0].kind == SCRIPT_LETTER &&
                    script->items[1].kind == SCRIPT_NUMBER &&
                    !find_head(families, name->text)->has_pairs;
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
        if (!script.is_other && script.count > head->arity[k])
            head->arity[k] = script.count;
    }
}

/* The head without the primes that stand at the end of it. */
static const char *without_primes(const char *text, char plain[72])
{
    size_t length = strcspn(text, "'");
    snprintf(plain, 72, "%.*s", (int)(length < 71 ? length : 71), text);
    return plain;
}

static void note_use(struct families *families, const struct reading_step *step,
                     const struct occurrence *occurrence)
{
    char plain[72];
    const struct parse_node *name = occurrence->name;
    struct family_head *head = head_of(families, without_primes(name->text, plain));
    bool may_be_function = !tree_script(name, PARSE_SUB);
    head->is_primed |= strchr(name->text, '\'') != NULL;
    if (occurrence->arguments && may_be_function)
        note_arguments(head, step, occurrence);
    else
        head->is_bare |= strcmp(name->text, "e") != 0 || !tree_script(name, PARSE_SUP);
    if (occurrence->place != OCCURRENCE_PLAIN && !occurrence->arguments)
        head->is_differentiated = true;
    head->is_alone |= name->count == 0 && !occurrence->base &&
                      !binder_find(occurrence->binders, name->text);
    note_arity(head, name);
}

bool families_is_function(const struct families *families, const char *head)
{
    char plain[72];
    const struct family_head *h = find_head(families, without_primes(head, plain));
    if (!h->is_applied)
        return h->is_primed;
    if (h->has_list_argument && !h->is_primed)
        return false;
    return h->is_primed || (!h->is_bare && !h->is_differentiated) ||
           (h->is_applied_left && h->is_applied_otherwise && !h->is_differentiated);
}

bool families_is_decorated(const struct families *families, const char *head)
{
    const struct family_head *h = find_head(families, head);
    return h->is_applied && !h->is_primed && !h->has_formula_argument &&
           !families_is_function(families, head);
}

/* --- superscripts --- */

static bool is_digit_or_letter(const struct script *sup)
{
    return sup->count == 1 && !sup->has_sign && !sup->is_other &&
           sup->items[0].kind != SCRIPT_LABEL;
}

/* A name with this superscript stands left of a definition, or is differentiated; or it
   is a 1, which nobody writes as a power. */
static void note_index_sup(struct families *families, const struct reading_step *step,
                           const struct occurrence *occurrence)
{
    struct script sup;
    bool is_name =
        is_left_side(step, occurrence->name) || occurrence->place != OCCURRENCE_PLAIN;
    script_read(&sup, occurrence->name, PARSE_SUP);
    bool is_first = sup.items[0].kind == SCRIPT_NUMBER && sup.items[0].value == 1;
    if (!is_digit_or_letter(&sup) || (!is_name && !is_first))
        return;
    struct buf canonical;
    const struct bindings none = {0};
    bool is_square = sup.items[0].kind == SCRIPT_NUMBER && sup.items[0].value == 2;
    buf_init(&canonical);
    if (sup.items[0].kind == SCRIPT_LETTER)
        head_of(families, sup.items[0].letter)->is_sup_letter = true;
    if (!is_square)
        head_of(families, occurrence->name->text)->has_index_sup = true;
    else if (index_name(&none, occurrence->name, false, &canonical))
        mark_member(families, buf_peek(&canonical));
    buf_clear(&canonical);
}

/* The letter of a layer is one in all superscripts: `a_k^{l-1}`. */
static void note_layer_sup(struct families *families, const struct reading_step *step,
                           const struct occurrence *occurrence)
{
    struct script sup;
    (void)step;
    script_read(&sup, occurrence->name, PARSE_SUP);
    if (sup.count == 1 && sup.items[0].kind == SCRIPT_LETTER &&
        find_head(families, sup.items[0].letter)->is_sup_letter)
        head_of(families, occurrence->name->text)->has_index_sup = true;
}

static bool is_index_sup(const struct families *families, const struct parse_node *name)
{
    struct script sup;
    script_read(&sup, name, PARSE_SUP);
    if (sup.count == 0 || sup.has_sign || sup.is_other)
        return false;
    if (sup.is_bracketed || find_head(families, name->text)->has_index_sup)
        return true;
    struct buf canonical;
    const struct bindings none = {0};
    buf_init(&canonical);
    bool is_index = index_name(&none, name, false, &canonical) &&
                    families_is_member(families, buf_peek(&canonical));
    buf_clear(&canonical);
    return is_index;
}

/* --- letters --- */

bool families_is_letter(const struct families *families, const char *letter)
{
    return find_head(families, letter)->is_letter;
}

static bool is_common_index(const char *letter)
{
    return letter[1] == '\0' && strchr("abcdefghijklmnopqrsuv", letter[0]) != NULL;
}

static void note_letters(struct families *families, const struct occurrence *occurrence,
                         enum parse_kind kind)
{
    struct script script;
    read_script(families, &script, occurrence->name, kind);
    for (size_t i = 0; i < script.count; i++) {
        const struct script_item *item = &script.items[i];
        if (item->kind != SCRIPT_LETTER)
            continue;
        const struct family_head *head = find_head(families, item->letter);
        bool is_bound = binder_find(occurrence->binders, item->letter) != NULL;
        bool is_alone = script.count == 1 && is_common_index(item->letter);
        if (is_bound || (!head->is_alone && (is_alone || item->value != 0)))
            head_of(families, item->letter)->is_letter = true;
    }
}

/* A run such as `hh` is indices only if each letter is an index elsewhere. */
static bool is_index_run(const struct families *families, const struct script *script)
{
    for (size_t i = 0; i < script->count; i++)
        if (script->items[i].kind == SCRIPT_LETTER &&
            !families_is_letter(families, script->items[i].letter))
            return false;
    return !script->is_other;
}

/* --- what indices run through --- */

struct positions {
    struct families *families;
    const struct occurrence *occurrence;
    const char *other; /* the text of the script that is not looked at */
    int which;         /* 0: the subscript, 1: the superscript */
    size_t step;
};

static size_t letter_class(struct positions *at, const char *letter)
{
    char text[64];
    const struct binder *binder = binder_find(at->occurrence->binders, letter);
    if (binder)
        snprintf(text, sizeof text, "big %p %s", (const void *)binder->big, letter);
    else
        snprintf(text, sizeof text, "step %zu %s", at->step, letter);
    return class_of(at->families, text);
}

static size_t position_class(struct positions *at, size_t place, size_t count)
{
    struct buf text;
    buf_init(&text);
    buf_format(&text, "name %s %d %zu/%zu %s", at->occurrence->name->text, at->which,
               place, count, at->other);
    size_t class = class_of(at->families, buf_peek(&text));
    buf_clear(&text);
    return class;
}

/* `11` of a name that also has two indices is 1 and 1. */
static void see_digits(struct positions *at, const struct script_item *item, size_t arity)
{
    for (size_t i = 0; i < arity; i++)
        see(at->families, position_class(at, i, arity), item->text[i] - '0');
}

static void see_items(struct positions *at, const struct script *script, size_t arity)
{
    const struct script_item *only = &script->items[0];
    if (script->count == 1 && only->kind == SCRIPT_NUMBER && arity > 1 &&
        strlen(only->text) == arity) {
        see_digits(at, only, arity);
        return;
    }
    for (size_t i = 0; i < script->count; i++) {
        const struct script_item *item = &script->items[i];
        size_t class = position_class(at, i, script->count);
        if (item->kind == SCRIPT_NUMBER)
            see(at->families, class, item->value);
        else if (item->kind == SCRIPT_LETTER && item->value == 0)
            unite(at->families, class, letter_class(at, item->letter));
    }
}

static void script_text(const struct script *script, struct buf *text)
{
    for (size_t i = 0; i < script->count; i++)
        buf_format(text, "%s,",
                   script->items[i].kind == SCRIPT_LETTER ? "*" : script->items[i].text);
}

static void see_name(struct families *families, const struct occurrence *occurrence,
                     size_t step)
{
    const struct family_head *head = find_head(families, occurrence->name->text);
    struct script scripts[2];
    struct buf text;
    read_script(families, &scripts[0], occurrence->name, PARSE_SUB);
    script_read(&scripts[1], occurrence->name, PARSE_SUP);
    if (!is_index_sup(families, occurrence->name))
        scripts[1].count = 0;
    for (int k = 0; k < 2; k++) {
        if (!is_index_run(families, &scripts[k]))
            continue;
        buf_init(&text);
        script_text(&scripts[1 - k], &text);
        see_items(&(struct positions){families, occurrence, buf_peek(&text), k, step},
                  &scripts[k], head->arity[k]);
        buf_clear(&text);
    }
}

/* --- limits of sums --- */

static void limit_class_text(const char *canonical, char text[96])
{
    snprintf(text, 96, "limit %.80s", canonical);
}

static void see_limits(struct families *families, const struct binder *binder)
{
    const struct bindings none = {0};
    struct parse_node *const *parts = binder->big->parts;
    char text[96];
    long first, last;
    snprintf(text, sizeof text, "big %p %s", (const void *)binder->big, binder->letter);
    size_t class = class_of(families, text);
    if (parts[1] && index_integer(&none, tree_ungroup(parts[1]), &first))
        see_first(families, class, first);
    if (!parts[2])
        return;
    struct parse_node *upper = tree_ungroup(parts[2]);
    if (index_integer(&none, upper, &last)) {
        see(families, class, last);
        class_at(families, root_of(families, class))->is_limited = true;
    } else if (upper->kind == PARSE_NAME) {
        struct buf canonical;
        buf_init(&canonical);
        if (index_name(&none, upper, false, &canonical)) {
            limit_class_text(buf_peek(&canonical), text);
            unite(families, class, class_of(families, text));
        }
        buf_clear(&canonical);
    }
}

static void range_of(struct families *families, size_t class, long *first, long *last)
{
    const struct family_class *c = class_at(families, root_of(families, class));
    *first = c->first;
    *last = c->is_seen ? c->last : LAST_BY_DEFAULT;
    if (*first > 1)
        *first = 1;
    if (*last == 1 && !c->is_limited)
        *last = LEAST_LAST;
    if (*last > *first + MOST_VALUES)
        *last = *first + MOST_VALUES;
}

bool families_limit(const struct families *families, const char *canonical, long *value)
{
    char text[96];
    long first;
    limit_class_text(canonical, text);
    if (expr_find_symbol(families->texts, text) == 0)
        return false;
    range_of((struct families *)families, class_of((struct families *)families, text),
             &first, value);
    return true;
}

/* --- members --- */

struct letters {
    const char *items[2 * SCRIPT_ITEMS];
    long first[2 * SCRIPT_ITEMS], last[2 * SCRIPT_ITEMS];
    size_t count;
};

static void add_letters(struct letters *letters, struct positions *at,
                        const struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        const struct script_item *item = &script->items[i];
        bool is_known = item->kind != SCRIPT_LETTER;
        for (size_t k = 0; k < letters->count && !is_known; k++)
            is_known = strcmp(letters->items[k], item->letter) == 0;
        if (is_known)
            continue;
        letters->items[letters->count] = item->letter;
        range_of(at->families, letter_class(at, item->letter),
                 &letters->first[letters->count], &letters->last[letters->count]);
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
                      const struct bindings *bindings)
{
    struct buf canonical;
    buf_init(&canonical);
    if (index_name(bindings, name, bindings->commas, &canonical))
        mark_member(families, buf_peek(&canonical));
    buf_clear(&canonical);
}

/* All names that one occurrence stands for. */
static void mark_names(struct families *families, const struct occurrence *occurrence,
                       size_t step)
{
    struct parse_node name = *occurrence->name;
    struct positions at = {families, occurrence, "", 0, step};
    struct letters letters = {.count = 0};
    struct bindings bindings = {0};
    struct script scripts[2];
    struct parse_node *only_sub = tree_script(&name, PARSE_SUB);
    read_script(families, &scripts[0], &name, PARSE_SUB);
    script_read(&scripts[1], &name, PARSE_SUP);
    if (!is_index_sup(families, &name)) {
        scripts[1].count = 0;
        name.parts = &only_sub;
        name.count = only_sub ? 1 : 0;
    }
    for (int k = 0; k < 2; k++)
        if (is_index_run(families, &scripts[k]))
            add_letters(&letters, &at, &scripts[k]);
    for (size_t i = 0; i < letters.count; i++) {
        bindings_push(&bindings, letters.items[i], letters.first[i]);
        bindings.commas |= letters.last[i] > 9;
    }
    size_t marked = 0;
    do
        mark_name(families, &name, &bindings);
    while (++marked < MOST_MEMBERS && next_values(&letters, &bindings));
    bindings_clear(&bindings);
}

/* A run of letters is a product of names that stand elsewhere by themselves, unless it is
   something that is defined or differentiated. */
static bool is_product_run(const struct families *families, const struct parse_node *name)
{
    char letter[2] = {0};
    size_t length = strlen(name->text);
    const struct family_head *head = find_head(families, name->text);
    if (length < 2 || name->text[0] == '\\' || head->is_differentiated ||
        name->span.end - name->span.begin < length)
        return false;
    for (size_t i = 0; i < length; i++) {
        letter[0] = name->text[i];
        const struct family_head *h = find_head(families, letter);
        if (!h->is_bare && !h->is_applied)
            return false;
    }
    return true;
}

/* The base of `e^{z}`, unless e is a name elsewhere. */
static bool is_exponential(const struct families *families, const struct parse_node *name)
{
    return strcmp(name->text, "e") == 0 && tree_script(name, PARSE_SUP) &&
           !find_head(families, "e")->is_bare;
}

static bool is_name(const struct families *families, const struct reading_step *step,
                    const struct occurrence *occurrence)
{
    const struct parse_node *name = occurrence->name;
    bool is_alone =
        occurrence->base == NULL || !is_index_sup(families, occurrence->base->name);
    bool is_function =
        !tree_script(name, PARSE_SUB) && families_is_function(families, name->text);
    if (!is_alone || is_function || is_exponential(families, name))
        return false;
    if (name->count == 0 &&
        (binder_find(occurrence->binders, name->text) || tree_is_partial(name)))
        return false;
    return is_left_side(step, name) || !is_product_run(families, name);
}

/* --- all of it --- */

typedef void note_function(struct families *families, const struct reading_step *step,
                           const struct occurrence *occurrence);

static void label_text(const struct parse_node *name, const char *letter, char text[120])
{
    snprintf(text, 120, "label %.80s %s", name->text, letter);
}

/* `out_{o1}`: o is a letter of labels. */
static void note_label(struct families *families, const struct reading_step *step,
                       const struct occurrence *occurrence)
{
    struct script script;
    char text[120];
    (void)step;
    read_script(families, &script, occurrence->name, PARSE_SUB);
    if (script.count != 1 || script.items[0].kind != SCRIPT_LABEL ||
        script.items[0].letter[0] == '\0')
        return;
    label_text(occurrence->name, script.items[0].letter, text);
    intern(families, text);
}

/* `out_o`, where `out_{o1}` and `out_{o2}` are names: they are its members. */
static bool stands_for_labels(const struct families *families,
                              const struct parse_node *name)
{
    struct script script;
    char text[120];
    read_script(families, &script, name, PARSE_SUB);
    if (script.count != 1 || script.items[0].kind != SCRIPT_LETTER)
        return false;
    label_text(name, script.items[0].letter, text);
    return expr_find_symbol(families->texts, text) != 0;
}

static void note_letters_of(struct families *families, const struct reading_step *step,
                            const struct occurrence *occurrence)
{
    (void)step;
    note_letters(families, occurrence, PARSE_SUB);
    if (is_index_sup(families, occurrence->name))
        note_letters(families, occurrence, PARSE_SUP);
}

static void see_occurrence(struct families *families, const struct reading_step *step,
                           const struct occurrence *occurrence)
{
    (void)step;
    for (const struct binder *b = occurrence->binders; b; b = b->outer)
        see_limits(families, b);
    see_name(families, occurrence, families->step);
}

static void mark_occurrence(struct families *families, const struct reading_step *step,
                            const struct occurrence *occurrence)
{
    const struct parse_node *name = occurrence->name;
    if (tree_script(name, PARSE_SUB) && is_index_sup(families, name))
        head_of(families, name->text)->has_both_scripts = true;
    if (is_name(families, step, occurrence) && !stands_for_labels(families, name))
        mark_names(families, occurrence, families->step);
}

static void for_all(struct families *families, const struct reading *reading,
                    const struct survey *survey, note_function *note)
{
    for (families->step = 0; families->step < reading->count; families->step++)
        for (size_t i = survey_begin(survey, families->step);
             i < survey->ends[families->step]; i++)
            note(families, &reading->steps[families->step], survey->names.items[i]);
}

static void split(struct families *families, struct reading *reading,
                  struct survey *survey)
{
    families->split = pool_new();
    split_families(reading, survey, families->split);
    if (pool_count(families->split) == 0)
        return;
    survey_clear(survey);
    survey_init(survey, reading);
}

void families_init(struct families *families, struct reading *reading,
                   struct survey *survey)
{
    static note_function *const passes[] = {
        note_use,        note_label,     note_index_sup, note_layer_sup,
        note_letters_of, see_occurrence, mark_occurrence};
    *families = (struct families){.texts = pool_new()};
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
                     find_head(families, head)->has_both_scripts;
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
