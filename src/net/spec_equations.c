#include "net/spec_reader.h"

#include "base/memory.h"

#include <string.h>

enum { FAMILY_LIMIT = 1000000, VARIABLES = 8, VALUE_LIMIT = 1000000 };

/* The variables of a `for`, each with its range. */
struct family {
    const char *letters[VARIABLES];
    long first[VARIABLES], last[VARIABLES];
    size_t count;
};

/* The side before `=` and the side after it. */
static bool split(struct spec *spec, const struct parse_node *node, struct span statement,
                  const struct parse_node *sides[2])
{
    if (node->kind != PARSE_RELATION || node->count != 2 || strcmp(node->text, "=") != 0)
        return spec_fail(spec, DIAG_SPEC_EQUATION, statement, NULL);
    sides[0] = node->parts[0];
    sides[1] = node->parts[1];
    if (sides[0]->kind != PARSE_NAME)
        return spec_fail(spec, DIAG_SPEC_LEFT, sides[0]->span, NULL);
    return true;
}

static struct bindings copy_bindings(struct spec *spec, const struct bindings *bindings)
{
    struct bindings copy = {.count = bindings->count, .commas = bindings->commas};
    copy.items = arena_array(&spec->trees, bindings->count + 1, sizeof *copy.items);
    if (bindings->count > 0)
        memcpy(copy.items, bindings->items, bindings->count * sizeof *copy.items);
    return copy;
}

static void keep_formula(struct spec *spec, struct spec_formula formula)
{
    struct spec_formulas *list = &spec->formulas;
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 8;
        list->items = memory_array(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = formula;
}

static bool add_equation(struct spec *spec, const struct parse_node *const sides[2],
                         struct span statement, struct bindings *bindings)
{
    struct elaborate context = spec_elaborate(spec, bindings);
    struct buf left;
    buf_init(&left);
    bool good = elaborate_declared(&context, sides[0], &left);
    if (good) {
        struct plan_equation *equation = plan_add_equation(spec->plan);
        equation->left = arena_strndup(&spec->plan->arena, left.data, left.length);
        equation->left_span = sides[0]->span;
        equation->span = statement;
        keep_formula(spec, (struct spec_formula){sides[1], copy_bindings(spec, bindings),
                                                 spec->plan->equation_count - 1});
    }
    buf_clear(&left);
    return good;
}

bool spec_read_equation(struct spec *spec, struct span statement)
{
    struct bindings none = {0};
    const struct parse_node *sides[2];
    const struct parse_node *node = spec_formula(spec, statement);
    return node && split(spec, node, statement, sides) &&
           add_equation(spec, sides, statement, &none);
}

/* --- for --- */

/* `i = 1..3` */
static bool read_variable(struct spec *spec, struct spec_cursor *cursor,
                          struct family *family)
{
    size_t k = family->count;
    const struct parse_node *letter = spec_name_node(spec, cursor);
    if (!letter)
        return false;
    if (k == VARIABLES || letter->count > 0)
        return spec_fail(spec, DIAG_SPEC_FOR, letter->span, NULL);
    struct span at = {cursor->at, cursor->at + 1};
    if (!spec_accept(spec, cursor, '=') ||
        !spec_integer(spec, cursor, &family->first[k]) ||
        !spec_accept(spec, cursor, '.') || !spec_accept(spec, cursor, '.') ||
        !spec_integer(spec, cursor, &family->last[k]))
        return spec_fail(spec, DIAG_SPEC_FOR, at, NULL);
    struct span range = {letter->span.begin, cursor->at};
    if (family->last[k] < family->first[k] || family->last[k] > VALUE_LIMIT ||
        family->first[k] < -VALUE_LIMIT)
        return spec_fail(spec, DIAG_SPEC_FOR_RANGE, range, NULL);
    family->letters[k] = letter->text;
    family->count++;
    return true;
}

static bool read_family(struct spec *spec, struct spec_cursor *cursor,
                        struct family *family)
{
    uint64_t total = 1;
    struct span begin = {cursor->at, cursor->at};
    do {
        if (!read_variable(spec, cursor, family))
            return false;
        total *= (uint64_t)(family->last[family->count - 1] -
                            family->first[family->count - 1] + 1);
        if (total > FAMILY_LIMIT)
            return spec_fail(spec, DIAG_SPEC_FOR_LARGE,
                             (struct span){begin.begin, cursor->at}, NULL);
    } while (spec_accept(spec, cursor, ','));
    return spec_accept(spec, cursor, ':') ||
           spec_fail(spec, DIAG_SPEC_FOR, (struct span){cursor->at, cursor->at}, NULL);
}

static bool has_two_digits(const struct family *family)
{
    for (size_t i = 0; i < family->count; i++)
        if (family->last[i] > 9 || family->first[i] < 0)
            return true;
    return false;
}

/* The next values, the last variable first; false after the last ones. */
static bool next_values(const struct family *family, struct bindings *bindings)
{
    for (size_t i = family->count; i > 0; i--) {
        if (bindings->items[i - 1].value < family->last[i - 1]) {
            bindings->items[i - 1].value++;
            return true;
        }
        bindings->items[i - 1].value = family->first[i - 1];
    }
    return false;
}

static bool add_family(struct spec *spec, const struct family *family,
                       const struct parse_node *const sides[2], struct span statement)
{
    struct bindings bindings = {.commas = has_two_digits(family)};
    bool good = true;
    for (size_t i = 0; i < family->count; i++)
        bindings_push(&bindings, family->letters[i], family->first[i]);
    do
        good = add_equation(spec, sides, statement, &bindings);
    while (good && next_values(family, &bindings));
    bindings_clear(&bindings);
    return good;
}

bool spec_read_for(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct family family = {.count = 0};
    const struct parse_node *sides[2];
    if (!read_family(spec, &cursor, &family))
        return false;
    struct span equation = {cursor.at, cursor.end};
    const struct parse_node *node = spec_formula(spec, equation);
    return node && split(spec, node, equation, sides) &&
           add_family(spec, &family, sides, (struct span){keyword.begin, cursor.end});
}

/* --- right sides --- */

bool spec_elaborate_equations(struct spec *spec)
{
    bool good = true;
    for (size_t i = 0; i < spec->formulas.count; i++) {
        struct spec_formula *formula = &spec->formulas.items[i];
        struct bindings bindings = {0};
        for (size_t k = 0; k < formula->bindings.count; k++)
            bindings_push(&bindings, formula->bindings.items[k].letter,
                          formula->bindings.items[k].value);
        struct elaborate context = spec_elaborate(spec, &bindings);
        spec->sample = spec->plan->equations[formula->equation].sample;
        expr_id right = elaborate(&context, formula->right);
        spec->sample = -1;
        spec->plan->equations[formula->equation].right = right;
        bindings_clear(&bindings);
        good = good && right != 0;
        if (!good && spec->diags->count > 20)
            return false;
    }
    return good;
}
