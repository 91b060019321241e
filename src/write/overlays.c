#include "write/overlays.h"

#include <string.h>

static const uint64_t one = 1;

void overlays_section(struct overlays *overlays)
{
    memset(overlays, 0, sizeof *overlays);
}

void overlays_part(struct overlays *overlays)
{
    overlays->in_part = 0;
}

void overlays_slide(struct overlays *overlays)
{
    overlays->now = 0;
    overlays->is_joined = false;
    overlays->alone = 0;
    for (unsigned i = 0; i < OVERLAYS_PATHS; i++)
        overlays->paths[i] = overlays->in_part >> i & 1;
}

unsigned overlays_next(struct overlays *overlays)
{
    overlays->now += !overlays->is_joined;
    overlays->is_joined = false;
    return overlays->now;
}

void overlays_join(struct overlays *overlays)
{
    overlays->is_joined = overlays->now > 0;
}

unsigned overlays_path_at(const struct formula *row, size_t index)
{
    while (index < row->count && row->parts[index]->kind == FORMULA_SIGN)
        index++;
    return index < row->count && row->parts[index]->kind == FORMULA_MARK
               ? row->parts[index]->size
               : OVERLAYS_PATHS;
}

uint64_t overlays_paths(const struct formula *formula)
{
    struct formula_walk walk;
    struct formula_step step;
    uint64_t paths = 0;
    formula_walk_init(&walk, formula);
    while (formula_walk_next(&walk, &step))
        if (step.formula->kind == FORMULA_MARK)
            paths |= one << step.formula->size;
    formula_walk_clear(&walk);
    return paths;
}

/* The terms come together if all have been seen, else one by one, the first of them with
   its row. */
static void place_terms(struct overlays *overlays, uint64_t paths)
{
    bool is_known = (paths & ~overlays->in_section) == 0, is_first = true;
    for (unsigned i = 0; i < OVERLAYS_PATHS; i++) {
        if (!(paths >> i & 1) || overlays->paths[i])
            continue;
        overlays->now += !is_known && !is_first;
        overlays->paths[i] = overlays->now;
        overlays->alone |= is_known ? 0 : one << i;
        is_first = false;
    }
    overlays->in_section |= paths;
    overlays->in_part |= paths;
}

unsigned overlays_row(struct overlays *overlays, const struct row *row,
                      const struct row *end)
{
    unsigned first = overlays_next(overlays);
    uint64_t paths = overlays_paths(row->right);
    for (row = row->next; row != end && row->continues; row = row->next)
        paths |= overlays_paths(row->right);
    place_terms(overlays, paths);
    return first;
}

void overlays_open(unsigned from, struct buf *out)
{
    if (from > 1)
        buf_format(out, "\\uncover<%u->{", from);
}

void overlays_close(unsigned from, struct buf *out)
{
    if (from > 1)
        buf_char(out, '}');
}
