#include "verify/ranges.h"

#include "base/memory.h"
#include "tex/index.h"
#include "tex/tree.h"
#include "verify/heads.h"

#include <stdio.h>
#include <string.h>

enum { LAST_BY_DEFAULT = 3, LEAST_LAST = 2, MOST_VALUES = 64 };

/* Indices that run through the same values. */
struct family_class {
    size_t parent;
    long first, last;
    bool is_seen;    /* with a number */
    bool is_limited; /* by the limits of a sum, or by definitions one by one */
    bool is_summed;
    bool is_named; /* a sum ends at a name: `n` */
};

/* --- classes --- */

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
    return root_of(families, heads_intern(families, text));
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

/* What two sums say to end at different values is two things, lest a wrong index make
   families larger. */
static void unite(struct families *families, size_t a, size_t b)
{
    a = root_of(families, a);
    b = root_of(families, b);
    struct family_class *x = &families->classes[a], *y = &families->classes[b];
    if (a == b || (x->is_limited && y->is_limited && x->last != y->last))
        return;
    y->parent = a;
    x->is_limited |= y->is_limited;
    x->is_summed |= y->is_summed;
    x->is_named |= y->is_named;
    see_first(families, a, y->first);
    if (y->is_seen)
        see(families, a, y->last);
}

/* --- what indices run through --- */

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
    buf_text(&text, "name ");
    buf_text(&text, at->occurrence->name->text);
    buf_char(&text, ' ');
    buf_long(&text, at->which);
    buf_char(&text, ' ');
    buf_long(&text, (long)place);
    buf_char(&text, '/');
    buf_long(&text, (long)count);
    buf_char(&text, ' ');
    buf_text(&text, at->other);
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
    for (size_t i = 0; i < script->count; i++) {
        buf_text(text,
                 script->items[i].kind == SCRIPT_LETTER ? "*" : script->items[i].text);
        buf_char(text, ',');
    }
}

static void see_name(struct families *families, const struct occurrence *occurrence,
                     size_t step)
{
    const struct family_head *head = heads_find(families, occurrence->name->text);
    struct name_scripts name;
    ranges_scripts(families, occurrence, &name);
    for (int k = 0; k < 2; k++) {
        struct positions at = ranges_positions(families, occurrence, &name, k, step);
        if (heads_is_index_run(families, &name.scripts[k]))
            see_items(&at, &name.scripts[k], head->arity[k]);
    }
    ranges_scripts_clear(&name);
}

void ranges_scripts(struct families *families, const struct occurrence *occurrence,
                    struct name_scripts *name)
{
    heads_script(families, &name->scripts[0], occurrence->name, PARSE_SUB);
    heads_script(families, &name->scripts[1], occurrence->name, PARSE_SUP);
    if (!heads_is_index_sup(families, occurrence->name))
        name->scripts[1].count = 0;
    for (int k = 0; k < 2; k++) {
        buf_init(&name->texts[k]);
        script_text(&name->scripts[k], &name->texts[k]);
    }
}

void ranges_scripts_clear(struct name_scripts *name)
{
    buf_clear(&name->texts[0]);
    buf_clear(&name->texts[1]);
}

struct positions ranges_positions(struct families *families,
                                  const struct occurrence *occurrence,
                                  struct name_scripts *name, int which, size_t step)
{
    return (struct positions){families, occurrence, buf_peek(&name->texts[1 - which]),
                              which, step};
}

/* --- limits of sums --- */

static void limit_class_text(const char *canonical, char text[96])
{
    snprintf(text, 96, "limit %.80s", canonical);
}

/* Whether the document does not say how many values there are. */
static bool is_open(const struct family_class *c)
{
    return c->is_summed && !c->is_limited && (c->is_named || !c->is_seen);
}

static void get_range(struct families *families, size_t class, long *first, long *last)
{
    const struct family_class *c = class_at(families, root_of(families, class));
    *first = c->first;
    *last = c->is_seen ? c->last : LAST_BY_DEFAULT;
    if (*first > 1)
        *first = 1;
    if (*last == 1 && !c->is_limited)
        *last = LEAST_LAST;
    if (is_open(c)) {
        families->has_open = true;
        *last += !families->takes_other ? 0 : c->is_seen ? 1 : -1;
    }
    if (*last > *first + MOST_VALUES)
        *last = *first + MOST_VALUES;
}

/* `\sum_{j=0}^{n-1}`, n values from 0 on. */
static bool counts_from_zero(const struct binder *binder, const struct parse_node *upper)
{
    const struct bindings none = {0};
    const struct parse_node *lower = binder->big->parts[1];
    long first, less;
    return lower && index_integer(&none, lower, &first) && first == 0 &&
           upper->kind == PARSE_SUM && upper->count == 2 &&
           upper->parts[0]->kind == PARSE_NAME &&
           index_integer(&none, upper->parts[1], &less) && less == -1;
}

static void see_count(struct families *families, size_t class,
                      const struct parse_node *count)
{
    struct buf canonical;
    char text[96];
    long first, last;
    buf_init(&canonical);
    if (script_name(NULL, count, &canonical)) {
        limit_class_text(buf_peek(&canonical), text);
        size_t limit = class_of(families, text);
        class_at(families, limit)->is_summed = class_at(families, limit)->is_named = true;
        get_range(families, limit, &first, &last);
        see(families, class, last - 1);
        class_at(families, root_of(families, class))->is_limited = true;
    }
    buf_clear(&canonical);
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
    class_at(families, root_of(families, class))->is_summed = true;
    if (!parts[2])
        return;
    struct parse_node *upper = tree_ungroup(parts[2]);
    if (index_integer(&none, upper, &last)) {
        see(families, class, last);
        class_at(families, root_of(families, class))->is_limited = true;
    } else if (counts_from_zero(binder, upper)) {
        see_count(families, class, upper->parts[0]);
    } else if (upper->kind == PARSE_NAME) {
        struct buf canonical;
        buf_init(&canonical);
        if (script_name(NULL, upper, &canonical)) {
            limit_class_text(buf_peek(&canonical), text);
            unite(families, class, class_of(families, text));
            class_at(families, root_of(families, class))->is_named = true;
        }
        buf_clear(&canonical);
    }
}

bool ranges_runs_like(struct positions *at, const struct script *script, size_t i)
{
    return root_of(at->families, position_class(at, i, script->count)) ==
           letter_class(at, script->items[i].letter);
}

static bool has_limit(const struct positions *at, const char *letter)
{
    const struct binder *binder = binder_find(at->occurrence->binders, letter);
    return binder && binder->big->parts[2];
}

void ranges_item(struct positions *at, const struct script *script, size_t i, long *first,
                 long *last)
{
    const struct script_item *item = &script->items[i];
    size_t letter = letter_class(at, item->letter);
    size_t position = position_class(at, i, script->count);
    bool is_limited = class_at(at->families, root_of(at->families, position))->is_limited;
    bool is_told = item->value != 0 || has_limit(at, item->letter);
    get_range(at->families, is_limited && !is_told ? position : letter, first, last);
}

bool families_limit(const struct families *families, const char *canonical, long *value)
{
    char text[96];
    long first;
    limit_class_text(canonical, text);
    if (expr_find_symbol(families->texts, text) == 0)
        return false;
    get_range((struct families *)families, class_of((struct families *)families, text),
              &first, value);
    return true;
}

void ranges_see_definition(struct families *families, const struct reading_step *step,
                           const struct occurrence *occurrence)
{
    bool is_definition =
        step->left && step->left->kind == PARSE_NAME && !step->claim->continues;
    if (is_definition)
        ranges_see(families, step, occurrence);
}

void ranges_see(struct families *families, const struct reading_step *step,
                const struct occurrence *occurrence)
{
    (void)step;
    for (const struct binder *b = occurrence->binders; b; b = b->outer)
        see_limits(families, b);
    see_name(families, occurrence, families->step);
}
