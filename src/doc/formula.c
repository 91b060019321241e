#include "doc/formula.h"

#include "base/memory.h"
#include "base/name.h"

#include <limits.h>
#include <string.h>

static const struct formula_sign signs[] = {
    {"+", "+", SIGN_BINARY, 12},
    {"-", "−", SIGN_BINARY, 12},
    {"\\cdot", "·", SIGN_BINARY, 7},
    {"\\times", "×", SIGN_BINARY, 12},
    {"\\pm", "±", SIGN_BINARY, 12},
    {"/", "/", SIGN_ORDINARY, 5},
    {"=", "=", SIGN_RELATION, 14},
    {"\\neq", "≠", SIGN_RELATION, 14},
    {"\\le", "≤", SIGN_RELATION, 14},
    {"\\approx", "≈", SIGN_RELATION, 14},
    {"\\in", "∈", SIGN_RELATION, 13},
    {"\\to", "→", SIGN_RELATION, 16},
    {":", ":", SIGN_RELATION, 7},
    {",", ",", SIGN_COMMA, 5},
    {"\\partial", "∂", SIGN_PREFIX, 6},
    {"\\delta", "δ", SIGN_PREFIX, 5},
    {"\\Delta", "Δ", SIGN_PREFIX, 8},
    {"d", "d", SIGN_PREFIX, 6},
    {"\\ldots", "…", SIGN_ORDINARY, 12},
    {"\\cdots", "⋯", SIGN_ORDINARY, 14},
    {"\\sum", "∑", SIGN_ORDINARY, 14},
    {"\\prod", "∏", SIGN_ORDINARY, 13},
    {"\\,", " ", SIGN_SPACE, 2},
    {">", ">", SIGN_RELATION, 14},
    {"\\ln", "ln", SIGN_ORDINARY, 10},
    {"\\tanh", "tanh", SIGN_ORDINARY, 20},
    {"\\tanh'", "tanh′", SIGN_ORDINARY, 23},
    {"\\max", "max", SIGN_ORDINARY, 19},
};

const struct formula_sign *formula_sign(const char *text)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strcmp(signs[i].text, text) == 0)
            return &signs[i];
    }
    return NULL;
}

enum { BLANK_WIDTH = 35 };

static unsigned add(unsigned a, unsigned b)
{
    return a > UINT_MAX - b ? UINT_MAX : a + b;
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* Scripts are set at 7/10 of the size. */
static unsigned script(unsigned width)
{
    return width / 10 * 7 + width % 10 * 7 / 10;
}

/* Code points that take a place of their own: a command such as `\delta` counts as one.
 */
static unsigned letters(const char *text, size_t length)
{
    unsigned count = 0;
    for (size_t i = 0; i < length;) {
        unsigned char c = (unsigned char)text[i++];
        if (c == '\\') {
            while (i < length && ((text[i] | 32) >= 'a' && (text[i] | 32) <= 'z'))
                i++;
        }
        count += c < 0x80 ? c != '{' && c != '}' : c >= 0xc0;
    }
    return count;
}

/* Letters of a word are narrower than single ones, which are set in italics. */
static unsigned head_width(const char *head, size_t length)
{
    if (length > 1 && head[0] != '\\')
        return 1 + 5 * letters(head, length);
    bool wide = (head[0] >= 'A' && head[0] <= 'Z') || head[0] == 'm' || head[0] == 'w';
    return wide ? 8 : 6;
}

static unsigned name_width(const char *text)
{
    struct name name;
    if (!name_split(&name, text))
        return 6 * letters(text, strlen(text));
    unsigned sub = letters(name.sub, name.sub_length);
    unsigned sup = letters(name.sup, name.sup_length);
    return head_width(name.head, name.head_length) + 4 * larger(sub, sup);
}

static unsigned text_width(enum formula_kind kind, const char *text)
{
    if (kind == FORMULA_NAME)
        return name_width(text);
    if (kind == FORMULA_SIGN) {
        const struct formula_sign *sign = formula_sign(text);
        return sign ? sign->width : 6;
    }
    if (kind == FORMULA_BLANK)
        return BLANK_WIDTH;
    return 5 * letters(text, strlen(text));
}

static unsigned bracket_width(unsigned size)
{
    return 4 + size;
}

static unsigned part_width(const struct formula *formula, size_t index)
{
    return index < formula->count && formula->parts[index] ? formula->parts[index]->width
                                                           : 0;
}

static unsigned compound_width(const struct formula *formula)
{
    unsigned first = part_width(formula, 0), second = part_width(formula, 1);
    switch (formula->kind) {
    case FORMULA_FRACTION:
        first = larger(first, second);
        return add(formula->size ? first : script(first), 3);
    case FORMULA_BRACKET:
        return add(first, 2 * bracket_width(formula->size));
    case FORMULA_OPEN:
    case FORMULA_CLOSE:
        return add(bracket_width(formula->size), script(first));
    case FORMULA_POWER:
        return add(first, script(second));
    case FORMULA_BIG:
        return add(larger(14, script(larger(first, second))), 2);
    case FORMULA_BAR:
        return add(add(first, 4), script(second));
    case FORMULA_CALL:
        return add(first, second);
    case FORMULA_ROOT:
        return add(first, 10);
    default:
        return first;
    }
}

/* A fraction wants \Big brackets, and one with fractions in it the next size. */
static unsigned own_height(const struct formula *formula, unsigned inner)
{
    switch (formula->kind) {
    case FORMULA_FRACTION:
        return formula->size == 0 ? inner : inner >= 2 ? 3 : 2;
    case FORMULA_BRACKET:
    case FORMULA_OPEN:
    case FORMULA_CLOSE:
        return larger(formula->size, inner);
    case FORMULA_BIG:
        return larger(2, inner);
    default:
        return inner;
    }
}

/* Bars do not count, nor do square brackets where round ones would be expected, as in `[z
   > 0]`: so that round ones stand around them. */
static bool counts_as_nested(const struct formula *formula, unsigned inner)
{
    return formula->kind == FORMULA_BRACKET && formula->text[0] != '|' &&
           !(formula->text[0] == '[' && inner % 2 == 0);
}

static void measure(struct formula *formula)
{
    unsigned height = 0, nesting = 0;
    for (size_t i = 0; i < formula->count; i++) {
        const struct formula *part = formula->parts[i];
        if (part) {
            height = larger(height, part->height);
            nesting = larger(nesting, part->nesting);
        }
    }
    formula->height = own_height(formula, height);
    formula->nesting = nesting + counts_as_nested(formula, nesting);
    if (formula->kind != FORMULA_ROW) {
        formula->width = compound_width(formula);
        return;
    }
    formula->width = 0;
    for (size_t i = 0; i < formula->count; i++)
        formula->width = add(formula->width, part_width(formula, i));
}

struct formula *formula_text(struct arena *arena, enum formula_kind kind,
                             const char *text)
{
    struct formula *formula = arena_alloc(arena, sizeof *formula);
    formula->kind = kind;
    formula->text = arena_strndup(arena, text, strlen(text));
    formula->width = text_width(kind, text);
    return formula;
}

struct formula *formula_make(struct arena *arena, enum formula_kind kind,
                             const char *text, struct formula *const *parts, size_t count,
                             unsigned size)
{
    struct formula *formula = arena_alloc(arena, sizeof *formula);
    formula->kind = kind;
    formula->text = text ? arena_strndup(arena, text, strlen(text)) : NULL;
    formula->size = size;
    formula->count = count;
    if (count > 0) {
        formula->parts = arena_array(arena, count, sizeof *formula->parts);
        memcpy(formula->parts, parts, count * sizeof *parts);
    }
    measure(formula);
    return formula;
}

struct formula *formula_row(struct arena *arena)
{
    return formula_make(arena, FORMULA_ROW, NULL, NULL, 0, 0);
}

void formula_append(struct arena *arena, struct formula *row, struct formula *part)
{
    size_t count = row->count;
    bool full = (count & (count - 1)) == 0;
    if (full) {
        struct formula **parts = arena_array(arena, count ? 2 * count : 1, sizeof *parts);
        if (count > 0)
            memcpy(parts, row->parts, count * sizeof *parts);
        row->parts = parts;
    }
    row->parts[row->count++] = part;
    row->width = add(row->width, part->width);
    row->height = larger(row->height, part->height);
    row->nesting = larger(row->nesting, part->nesting);
}

unsigned formula_width(const struct formula *formula)
{
    return formula->width;
}

bool formula_is_sign(const struct formula *formula, const char *text)
{
    return formula->kind == FORMULA_SIGN && strcmp(formula->text, text) == 0;
}

static void push(struct formula_walk *walk, const struct formula *formula)
{
    if (walk->depth == walk->capacity) {
        walk->capacity = walk->capacity ? 2 * walk->capacity : 16;
        walk->stack = memory_array(walk->stack, walk->capacity, sizeof *walk->stack);
    }
    walk->stack[walk->depth++] = (struct formula_step){formula, 0};
}

void formula_walk_init(struct formula_walk *walk, const struct formula *formula)
{
    *walk = (struct formula_walk){NULL, 0, 0, false};
    push(walk, formula);
}

void formula_walk_clear(struct formula_walk *walk)
{
    memory_free(walk->stack);
    *walk = (struct formula_walk){NULL, 0, 0, false};
}

/* From the step last given: into the part after it, or to the next step of the formula
   around. */
static void advance(struct formula_walk *walk)
{
    struct formula_step *top = &walk->stack[walk->depth - 1];
    if (top->index < top->formula->count) {
        const struct formula *part = top->formula->parts[top->index];
        if (part)
            push(walk, part);
        else
            top->index++;
        return;
    }
    if (--walk->depth > 0)
        walk->stack[walk->depth - 1].index++;
}

bool formula_walk_next(struct formula_walk *walk, struct formula_step *step)
{
    if (walk->started && walk->depth > 0)
        advance(walk);
    walk->started = true;
    if (walk->depth == 0)
        return false;
    *step = walk->stack[walk->depth - 1];
    return true;
}

void formula_walk_skip(struct formula_walk *walk)
{
    struct formula_step *top = &walk->stack[walk->depth - 1];
    top->index = top->formula->count;
}

const struct formula *formula_walk_parent(const struct formula_walk *walk, size_t *index)
{
    if (walk->depth < 2)
        return NULL;
    const struct formula_step *around = &walk->stack[walk->depth - 2];
    *index = around->index;
    return around->formula;
}

/* The next step at something that is written itself; rows and marks are not. */
static bool next_written(struct formula_walk *walk, struct formula_step *step)
{
    bool any;
    do
        any = formula_walk_next(walk, step);
    while (any &&
           (step->formula->kind == FORMULA_ROW || step->formula->kind == FORMULA_MARK));
    return any;
}

static bool same_step(const struct formula_step *a, const struct formula_step *b)
{
    const struct formula *first = a->formula, *second = b->formula;
    if (first->kind != second->kind || first->size != second->size ||
        a->index != b->index || first->count != second->count ||
        !first->text != !second->text)
        return false;
    return !first->text || strcmp(first->text, second->text) == 0;
}

bool formula_looks_like(const struct formula *a, const struct formula *b)
{
    struct formula_walk walks[2];
    struct formula_step steps[2];
    bool same = true, more = true;
    formula_walk_init(&walks[0], a);
    formula_walk_init(&walks[1], b);
    while (same && more) {
        more = next_written(&walks[0], &steps[0]);
        same = next_written(&walks[1], &steps[1]) == more &&
               (!more || same_step(&steps[0], &steps[1]));
    }
    formula_walk_clear(&walks[0]);
    formula_walk_clear(&walks[1]);
    return same;
}
