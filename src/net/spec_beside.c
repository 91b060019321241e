/* `name` and `assume`: what documents use beside the network, and what proofs may take
   for granted. */
#include "net/spec_reader.h"

#include "base/memory.h"
#include "base/name.h"
#include "expr/walk.h"
#include "net/node_map.h"

#include <string.h>

static void keep_later(struct spec_laters *list, const struct parse_node *formula,
                       size_t index)
{
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 8;
        list->items = memory_array(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = (struct spec_later){formula, index};
}

/* --- name --- */

bool spec_read_beside(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct span span, statement = {keyword.begin, cursor.end};
    const char *name = spec_name(spec, &cursor, &span);
    if (!name)
        return false;
    if (!spec_accept(spec, &cursor, '=') || !spec_more(spec, &cursor))
        return spec_fail(spec, DIAG_SPEC_NAME_FORM, span, NULL);
    const struct parse_node *formula =
        spec_formula(spec, (struct span){cursor.at, cursor.end});
    if (!formula)
        return false;
    *plan_add_beside(spec->plan) =
        (struct plan_beside){.name = name, .name_span = span, .span = statement};
    keep_later(&spec->names, formula, spec->plan->beside_count - 1);
    return true;
}

/* The names of the network and those beside it. */
struct besides {
    struct spec *spec;
    struct node_map index; /* by symbol */
};

static uint32_t find_beside(const struct besides *besides, const char *canonical)
{
    expr_id symbol = expr_find_symbol(network_pool(besides->spec->network), canonical);
    return symbol ? node_map_get(&besides->index, symbol) : NODE_MAP_NONE;
}

static bool beside_exists(void *context, const char *canonical)
{
    const struct besides *besides = context;
    return find_beside(besides, canonical) != NODE_MAP_NONE ||
           network_knows(besides->spec->network, canonical);
}

static expr_id beside_name(void *context, const char *canonical, struct place place,
                           struct diags *diags)
{
    const struct besides *besides = context;
    if (find_beside(besides, canonical) != NODE_MAP_NONE)
        return expr_symbol(network_pool(besides->spec->network), canonical);
    return besides->spec->scope.name(besides->spec, canonical, place, diags);
}

static expr_id beside_function(void *context, const char *canonical)
{
    const struct besides *besides = context;
    return spec_scope_function(besides->spec, canonical);
}

static bool beside_uses(void *context, enum function_id id, struct place place)
{
    const struct besides *besides = context;
    return spec_scope_uses(besides->spec, id, place);
}

static bool refuse_twice(const struct besides *besides, size_t i)
{
    struct spec *spec = besides->spec;
    const struct plan_beside *beside = &spec->plan->besides[i];
    uint32_t other = find_beside(besides, beside->name);
    struct buf name;
    buf_init(&name);
    name_latex(&name, beside->name);
    spec_fail(spec, DIAG_NET_TWICE, beside->name_span, buf_peek(&name));
    if (other != NODE_MAP_NONE)
        spec_fail(spec, DIAG_NOTE_HERE, spec->plan->besides[other].name_span,
                  buf_peek(&name));
    buf_clear(&name);
    return false;
}

static bool declare_besides(struct besides *besides)
{
    struct spec *spec = besides->spec;
    struct pool *pool = network_pool(spec->network);
    for (size_t i = 0; i < spec->plan->beside_count; i++) {
        const char *name = spec->plan->besides[i].name;
        if (beside_exists(besides, name) || spec_find_function(spec, name))
            return refuse_twice(besides, i);
        node_map_put(&besides->index, expr_symbol(pool, name), (uint32_t)i);
    }
    return true;
}

static bool elaborate_besides(struct besides *besides)
{
    struct spec *spec = besides->spec;
    struct scope scope = {.context = besides,
                          .pool = network_pool(spec->network),
                          .exists = beside_exists,
                          .name = beside_name,
                          .function = beside_function,
                          .uses = beside_uses,
                          .derivatives = true};
    bool good = true;
    for (size_t i = 0; i < spec->names.count; i++) {
        struct bindings none = {0};
        struct elaborate context = spec_elaborate(spec, &none);
        context.scope = &scope;
        expr_id right = elaborate(&context, spec->names.items[i].formula);
        spec->plan->besides[spec->names.items[i].index].right = right;
        bindings_clear(&none);
        good = good && right != 0;
    }
    return good;
}

/* A name that is being followed through its formula. */
struct follow {
    size_t beside, next;
    struct expr_list symbols;
};

struct follows {
    struct follow *items;
    size_t count, capacity;
};

static void follow(const struct besides *besides, struct follows *follows, size_t beside)
{
    if (follows->count == follows->capacity) {
        follows->capacity = 2 * follows->capacity + 8;
        follows->items =
            memory_array(follows->items, follows->capacity, sizeof *follows->items);
    }
    struct follow *f = &follows->items[follows->count++];
    *f = (struct follow){.beside = beside};
    expr_list_init(&f->symbols);
    walk_symbols(network_pool(besides->spec->network),
                 besides->spec->plan->besides[beside].right, &f->symbols);
}

enum state { STATE_NEW, STATE_OPEN, STATE_DONE };

/* Takes one step; false if a name is met that is still being followed. */
static bool step(const struct besides *besides, struct follows *follows,
                 unsigned char *states)
{
    struct follow *f = &follows->items[follows->count - 1];
    if (f->next == f->symbols.count) {
        states[f->beside] = STATE_DONE;
        expr_list_clear(&f->symbols);
        follows->count--;
        return true;
    }
    uint32_t met = node_map_get(&besides->index, f->symbols.items[f->next++]);
    if (met == NODE_MAP_NONE || states[met] == STATE_DONE)
        return true;
    if (states[met] == STATE_OPEN)
        return false;
    states[met] = STATE_OPEN;
    follow(besides, follows, met);
    return true;
}

static bool refuse_circle(const struct besides *besides, const struct follow *follow)
{
    const struct plan_beside *beside = &besides->spec->plan->besides[follow->beside];
    struct buf name;
    buf_init(&name);
    name_latex(&name, beside->name);
    spec_fail(besides->spec, DIAG_SPEC_NAME_CIRCLE, beside->name_span, buf_peek(&name));
    buf_clear(&name);
    return false;
}

static bool check_circles(const struct besides *besides)
{
    size_t count = besides->spec->plan->beside_count;
    unsigned char *states = memory_zeroed(count + 1, sizeof *states);
    struct follows follows = {0};
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        if (states[i] != STATE_NEW)
            continue;
        states[i] = STATE_OPEN;
        follow(besides, &follows, i);
        while (good && follows.count > 0)
            good = step(besides, &follows, states) ||
                   refuse_circle(besides, &follows.items[follows.count - 1]);
    }
    while (follows.count > 0)
        expr_list_clear(&follows.items[--follows.count].symbols);
    memory_free(follows.items);
    memory_free(states);
    return good;
}

bool spec_elaborate_besides(struct spec *spec)
{
    struct besides besides = {.spec = spec};
    node_map_init(&besides.index);
    bool good = declare_besides(&besides) && elaborate_besides(&besides) &&
                check_circles(&besides);
    node_map_clear(&besides.index);
    return good;
}

/* --- assume --- */

bool spec_read_assume(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct span statement = {keyword.begin, cursor.end};
    if (!spec_more(spec, &cursor))
        return spec_fail(spec, DIAG_SPEC_ASSUME, keyword, NULL);
    struct span span = {cursor.at, cursor.end};
    const struct parse_node *formula = spec_formula(spec, span);
    if (!formula)
        return false;
    if (formula->kind != PARSE_RELATION || formula->count != 2 ||
        strcmp(formula->text, "=") != 0)
        return spec_fail(spec, DIAG_SPEC_ASSUME, span, NULL);
    *plan_add_assumption(spec->plan) =
        (struct plan_assumption){.formula = span, .span = statement};
    keep_later(&spec->assumptions, formula, spec->plan->assumption_count - 1);
    return true;
}

/* False after a diagnostic. */
static bool elaborate_sides(struct spec *spec, const struct parse_node *formula,
                            int64_t sample, struct plan_assumption *assumption)
{
    struct bindings none = {0};
    struct elaborate context = spec_elaborate(spec, &none);
    spec->sample = sample;
    assumption->sample = sample;
    assumption->left = elaborate(&context, formula->parts[0]);
    if (assumption->left != 0)
        assumption->right = elaborate(&context, formula->parts[1]);
    spec->sample = -1;
    bindings_clear(&none);
    return assumption->right != 0;
}

/* Of every sample, if it speaks of samples at all. */
static bool elaborate_assumption(struct spec *spec, const struct spec_later *later)
{
    struct plan_assumption first = spec->plan->assumptions[later->index], other = first;
    if (!elaborate_sides(spec, later->formula, 0, &first))
        return false;
    spec->plan->assumptions[later->index] = first;
    for (int64_t s = 1; s < spec_sample_count(spec); s++) {
        other.right = 0;
        if (!elaborate_sides(spec, later->formula, s, &other))
            return false;
        if (other.left == first.left && other.right == first.right)
            return true;
        *plan_add_assumption(spec->plan) = other;
    }
    return true;
}

bool spec_elaborate_assumptions(struct spec *spec)
{
    bool good = true;
    for (size_t i = 0; i < spec->assumptions.count; i++)
        good = elaborate_assumption(spec, &spec->assumptions.items[i]) && good;
    return good;
}
