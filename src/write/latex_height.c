#include "write/latex_height.h"

#include "base/memory.h"

#include <string.h>

enum { RULE = 4, BIG_SIGN = 14, LIMIT = 9, EXPONENT = 3, BAR_SCRIPT = 5, ROOF = 3 };

/* Of brackets by their size. */
static const unsigned brackets[] = {10, 12, 18, 24, 30};

/* Letters in a display, in its fractions, in the fractions of those, and so on. */
static const unsigned letters[] = {11, 10, 6, 5};

/* With scripts in brackets: `x_1^{(1)}`. */
static const unsigned high_letters[] = {14, 12, 8, 7};

/* A formula whose parts are being measured. */
struct level {
    unsigned height;    /* of the parts so far: the sum in a fraction, else the most */
    unsigned fractions; /* around it */
};

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static unsigned letter_height(const struct formula *formula, unsigned fractions)
{
    unsigned style = fractions < 3 ? fractions : 3;
    return formula->text && strchr(formula->text, '(') ? high_letters[style]
                                                       : letters[style];
}

/* Of a formula whose parts have been measured. */
static unsigned height_of(const struct formula *formula, const struct level *level)
{
    switch (formula->kind) {
    case FORMULA_FRACTION:
        return formula->size > 0 ? level->height + RULE : letters[0];
    case FORMULA_BRACKET:
    case FORMULA_OPEN:
    case FORMULA_CLOSE:
        return larger(level->height, brackets[formula->size]);
    case FORMULA_POWER:
        return level->height + EXPONENT;
    case FORMULA_BIG:
        return BIG_SIGN + LIMIT * (unsigned)formula->count;
    case FORMULA_BAR:
        return level->height + BAR_SCRIPT;
    case FORMULA_ROOT:
        return level->height + ROOF;
    default:
        return larger(level->height, letter_height(formula, level->fractions));
    }
}

static void add_part(struct level *level, const struct formula *formula, unsigned height)
{
    bool is_stacked = formula->kind == FORMULA_FRACTION;
    level->height = is_stacked ? level->height + height : larger(level->height, height);
}

/* The formulas that are open, from the whole one inwards. */
struct levels {
    struct level *items;
    size_t capacity;
};

/* The level of a formula; its height is 0 before the first part. */
static struct level *level_of(struct levels *levels, const struct formula_walk *walk,
                              const struct formula_step *step)
{
    size_t depth = walk->depth - 1, index;
    if (depth >= levels->capacity) {
        levels->capacity = 2 * depth + 8;
        levels->items =
            memory_array(levels->items, levels->capacity, sizeof *levels->items);
    }
    struct level *level = &levels->items[depth];
    const struct formula *around = formula_walk_parent(walk, &index);
    if (step->index == 0) {
        level->height = level->fractions = 0;
        if (around)
            level->fractions = level[-1].fractions + (around->kind == FORMULA_FRACTION);
    }
    return level;
}

unsigned latex_height(const struct formula *formula)
{
    struct levels levels = {NULL, 0};
    struct formula_walk walk;
    struct formula_step step;
    unsigned height = 0;
    size_t index;
    formula_walk_init(&walk, formula);
    while (formula_walk_next(&walk, &step)) {
        struct level *level = level_of(&levels, &walk, &step);
        if (step.index < step.formula->count)
            continue;
        height = height_of(step.formula, level);
        const struct formula *around = formula_walk_parent(&walk, &index);
        if (around)
            add_part(level - 1, around, height);
    }
    formula_walk_clear(&walk);
    memory_free(levels.items);
    return height;
}
