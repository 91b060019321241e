/* Edits tried: which of them make the deciding instance right, by one look at all. */
#include "base/memory.h"
#include "verify/repair_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    MOST_EDITS = 40000,
    MOST_ELABORATED = 400000 /* steps of elaborate */
};

/* --- texts --- */

const char *repair_format(struct repairing *r, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_alloc(&r->arena, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

const char *repair_copy(struct repairing *r, struct span span)
{
    return arena_strndup(&r->arena, r->text + span.begin, span.end - span.begin);
}

const char *repair_replaced(struct repairing *r, struct span span, struct span part,
                            const char *after)
{
    return repair_format(r, "%.*s%s%.*s", (int)(part.begin - span.begin),
                         r->text + span.begin, after, (int)(span.end - part.end),
                         r->text + part.end);
}

const struct parse_node *repair_parse(struct repairing *r, const char *text,
                                      size_t length, struct source *source)
{
    *source = (struct source){.text = (char *)text, .length = length};
    const struct parse parse = {.source = source,
                                .arena = &r->arena,
                                .budget = r->section->budget,
                                .diags = &r->tried};
    const struct parse_node *tree =
        length > 0 ? parse_formula(&parse, (struct span){0, (uint32_t)length}) : NULL;
    if (!tree) {
        diags_clear(&r->tried);
        diags_init(&r->tried);
    }
    return tree;
}

expr_id repair_read(struct repairing *r, const char *text)
{
    struct source source;
    struct elaborate context = r->context;
    const struct parse_node *tree = repair_parse(r, text, strlen(text), &source);
    context.source = &source;
    return tree ? elaborate(&context, tree) : 0;
}

/* --- edits that may do --- */

bool repair_is_affordable(const struct repairing *r)
{
    return r->edit_count < MOST_EDITS && r->steps < MOST_ELABORATED;
}

static bool is_within(struct span part, struct span whole)
{
    return part.begin >= whole.begin && part.end <= whole.end;
}

void repair_try(struct repairing *r, struct edit edit)
{
    const struct spot *spot = &r->spots.items[edit.spot];
    bool needs_reading = !spot->is_place || (edit.test == EDIT_PUT && !edit.expression);
    if (!repair_is_affordable(r))
        return;
    if (needs_reading) {
        struct span whole = r->spots.items[spot->place].node->span;
        if (!is_within(edit.span, whole))
            return;
        edit.expression =
            repair_read(r, repair_replaced(r, whole, edit.span, edit.after));
        edit.spot = spot->place;
        edit.test = EDIT_PUT;
        if (!edit.expression)
            return;
    }
    if (r->edit_count == r->edit_capacity) {
        r->edit_capacity = 2 * r->edit_capacity + 256;
        r->edits = memory_array(r->edits, r->edit_capacity, sizeof *r->edits);
    }
    r->edits[r->edit_count++] = edit;
}

static bool does(const struct repairing *r, const struct edit *edit, mp_limb_t value,
                 nmod_t mod)
{
    const struct spot *spot = &r->spots.items[edit->spot];
    if (!spot->is_needed || value == PROVE_NO_VALUE)
        return false;
    switch (edit->test) {
    case EDIT_TIMES:
        return nmod_mul(spot->value, value, mod) == spot->need;
    case EDIT_PLUS:
        return nmod_add(spot->value, value, mod) == spot->need;
    case EDIT_ONE:
        return spot->need == 1;
    case EDIT_ZERO:
        return spot->need == 0;
    case EDIT_NEGATIVE:
        return nmod_neg(spot->value, mod) == spot->need;
    default:
        return value == spot->need;
    }
}

/* What is to be looked at: the other side, the places, what edits put in; 1 for those
   that put in nothing. */
static void list_expressions(struct repairing *r, struct expr_list *list)
{
    const struct pair *pair = &r->judged->pairs[r->judged->decided];
    expr_id one = expr_integer(r->context.scope->pool, 1);
    expr_list_push(list, r->is_left ? pair->member : pair->base);
    for (size_t i = 0; i < r->spots.count; i++)
        expr_list_push(list,
                       r->spots.items[i].is_place ? r->spots.items[i].expression : one);
    for (size_t i = 0; i < r->edit_count; i++)
        expr_list_push(list, r->edits[i].expression ? r->edits[i].expression : one);
}

/* False if the line has none. */
static bool set_values(struct repairing *r, const uint64_t *values)
{
    bool has_all = values[0] != PROVE_NO_VALUE;
    for (size_t i = 0; i < r->spots.count; i++) {
        r->spots.items[i].value = values[1 + i];
        has_all = has_all && values[1 + i] != PROVE_NO_VALUE;
    }
    return has_all;
}

void repair_filter(struct repairing *r)
{
    struct expr_list list;
    uint64_t prime;
    size_t kept = 0;
    nmod_t mod;
    expr_list_init(&list);
    list_expressions(r, &list);
    uint64_t *values = memory_array(NULL, list.count, sizeof *values);
    if (prove_values(r->section->prover, list.items, list.count, values, &prime) &&
        set_values(r, values)) {
        nmod_init(&mod, prime);
        spots_need(&r->spots, values[0], mod);
        for (size_t i = 0; i < r->edit_count; i++)
            if (does(r, &r->edits[i], values[1 + r->spots.count + i], mod))
                r->edits[kept++] = r->edits[i];
    }
    r->edit_count = kept;
    memory_free(values);
    expr_list_clear(&list);
}
