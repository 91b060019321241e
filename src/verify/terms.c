#include "verify/terms.h"

#include "base/memory.h"
#include "expr/diff.h"
#include "expr/walk.h"

#include <string.h>

/* Most ways that are tried come to no path of that length where there are many. */
enum { LONGEST = 32, MOST_STEPS = 20000 };

struct walker {
    struct term_paths *paths;
    struct defs *defs;
    expr_id by;
    bool *reaches; /* by symbol: whether it hangs on `by` */
    size_t most, steps;
    expr_id symbols[LONGEST + 1], labels[LONGEST]; /* from what is differentiated down */
};

static expr_id *reversed(struct arena *arena, const expr_id *items, size_t count)
{
    expr_id *copy = arena_array(arena, count, sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = items[count - 1 - i];
    return copy;
}

static void add(struct walker *w, size_t length)
{
    struct term_path *path = &w->paths->items[w->paths->count++];
    path->symbols = reversed(&w->paths->arena, w->symbols, length + 1);
    path->labels = reversed(&w->paths->arena, w->labels, length);
    path->length = length;
}

static bool is_enough(const struct walker *w)
{
    return w->paths->count == w->most || w->steps >= MOST_STEPS;
}

/* Goes on below symbols[length]; the depth is at most LONGEST. */
static void descend(struct walker *w, size_t length)
{
    expr_id defined = w->symbols[length], definition = defs_get(w->defs, defined);
    struct expr_list symbols;
    if (defined == w->by) {
        add(w, length);
        return;
    }
    if (!definition || length == LONGEST || w->steps++ >= MOST_STEPS)
        return;
    expr_list_init(&symbols);
    walk_symbols(w->defs->pool, definition, &symbols);
    for (size_t i = 0; i < symbols.count && !is_enough(w); i++) {
        expr_id symbol = symbols.items[i];
        expr_id label = w->reaches[symbol] ? diff_label(w->defs, defined, symbol) : 0;
        if (!label || expr_is_integer(w->defs->pool, label, 0))
            continue;
        w->symbols[length + 1] = symbol;
        w->labels[length] = label;
        descend(w, length + 1);
    }
    expr_list_clear(&symbols);
}

static bool reaches(const struct walker *w, expr_id symbol)
{
    expr_id definition = defs_get(w->defs, symbol);
    struct expr_list symbols;
    bool found = symbol == w->by;
    expr_list_init(&symbols);
    if (definition && !found)
        walk_symbols(w->defs->pool, definition, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = w->reaches[symbols.items[i]];
    expr_list_clear(&symbols);
    return found;
}

void term_paths_init(struct term_paths *paths, struct defs *defs, expr_id of, expr_id by,
                     size_t most)
{
    struct walker w = {.paths = paths, .defs = defs, .by = by, .most = most};
    struct expr_list symbols;
    *paths = (struct term_paths){0};
    arena_init(&paths->arena);
    paths->items = arena_array(&paths->arena, most, sizeof *paths->items);
    expr_list_init(&symbols);
    walk_symbols_deep(defs, of, &symbols);
    w.reaches = memory_zeroed((size_t)pool_count(defs->pool) + 1, sizeof *w.reaches);
    for (size_t i = 0; i < symbols.count; i++)
        w.reaches[symbols.items[i]] = reaches(&w, symbols.items[i]);
    w.symbols[0] = of;
    if (w.reaches[of])
        descend(&w, 0);
    memory_free(w.reaches);
    expr_list_clear(&symbols);
}

void term_paths_clear(struct term_paths *paths)
{
    arena_clear(&paths->arena);
}
