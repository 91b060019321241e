#include "verify/repair.h"

#include "base/memory.h"
#include "verify/repair_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_SPOTS = 400,
    MOST_EDITS = 40000,
    MOST_ELABORATED = 1000000, /* steps of elaborate */
    MOST_PROOFS = 24
};

/* Smaller edits first. */
static int rank(enum repair_kind kind)
{
    static const int ranks[] = {
        [REPAIR_OTHER] = 9,       [REPAIR_INDEX] = 0,       [REPAIR_NAME] = 5,
        [REPAIR_SIGN] = 1,        [REPAIR_FACTOR_LOST] = 7, [REPAIR_FACTOR_EXTRA] = 7,
        [REPAIR_TERM_LOST] = 8,   [REPAIR_TERM_EXTRA] = 8,  [REPAIR_PRIME_LOST] = 2,
        [REPAIR_PRIME_EXTRA] = 2, [REPAIR_ARGUMENT] = 3,    [REPAIR_EXPONENT] = 4,
        [REPAIR_CONSTANT] = 6};
    return ranks[kind];
}

/* To drop is less than to replace, and that less than to put in. */
static int size_of(const struct edit *edit)
{
    int way = edit->after[0] == '\0' ? 0 : edit->span.begin < edit->span.end ? 1 : 2;
    return 3 * rank(edit->kind) + (edit->kind == REPAIR_CONSTANT ? way : 0);
}

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

static bool is_within_budget(const struct repairing *r)
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
    if (!is_within_budget(r))
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
    if (!spot->is_needed)
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

/* Keeps the edits that make the deciding instance right at a random point. */
static void filter(struct repairing *r)
{
    struct expr_list list;
    uint64_t prime;
    size_t kept = 0;
    nmod_t mod;
    expr_list_init(&list);
    list_expressions(r, &list);
    uint64_t *values = memory_array(NULL, list.count, sizeof *values);
    if (prove_values(r->section->prover, list.items, list.count, values, &prime)) {
        nmod_init(&mod, prime);
        for (size_t i = 0; i < r->spots.count; i++)
            r->spots.items[i].value = values[1 + i];
        spots_need(&r->spots, values[0], mod);
        for (size_t i = 0; i < r->edit_count; i++)
            if (does(r, &r->edits[i], values[1 + r->spots.count + i], mod))
                r->edits[kept++] = r->edits[i];
    }
    r->edit_count = kept;
    memory_free(values);
    expr_list_clear(&list);
}

/* --- are they repairs? --- */

/* The step with the edit made, in every instance. */
struct confirming {
    struct repairing *r;
    struct source source;
    const struct parse_node *trees[2]; /* as edited, as it is */
    struct expr_list sides;
};

static bool take_sides(void *context)
{
    struct confirming *c = context;
    struct elaborate edited = c->r->context;
    edited.source = &c->source;
    for (int i = 0; i < 2; i++) {
        expr_id side = elaborate(i == 0 ? &edited : &c->r->context, c->trees[i]);
        if (!side) {
            c->sides.count = 0;
            return false;
        }
        expr_list_push(&c->sides, side);
    }
    return true;
}

static bool are_equal(struct section *section, const struct expr_list *sides)
{
    uint64_t prime, *values = memory_array(NULL, sides->count, sizeof *values);
    bool is_equal = sides->count > 0 && prove_values(section->prover, sides->items,
                                                     sides->count, values, &prime);
    for (size_t i = 0; i < sides->count && is_equal; i += 2)
        is_equal = values[i] == values[i + 1];
    memory_free(values);
    return is_equal;
}

static bool are_proved(struct section *section, const struct expr_list *sides)
{
    struct proof proof;
    bool is_proved = true;
    proof_init(&proof);
    for (size_t i = 0; i < sides->count && is_proved; i += 2)
        is_proved = prove_equal(section->prover, sides->items[i], sides->items[i + 1],
                                NULL, 0, &proof) == VERDICT_PROVED;
    proof_clear(&proof);
    return is_proved;
}

static bool is_repair(struct repairing *r, const struct edit *edit)
{
    struct confirming c = {.r = r};
    const char *text = repair_replaced(r, r->side, edit->span, edit->after);
    struct instances instances;
    c.trees[0] = repair_parse(r, text, strlen(text), &c.source);
    c.trees[1] = r->other;
    if (!c.trees[0])
        return false;
    expr_list_init(&c.sides);
    instances_init(&instances, &r->context, c.trees, r->judged->step->condition,
                   scope_is_letter, r->section->scope);
    bool is_done = instances_run(&instances, take_sides, &c) == INSTANCES_DONE;
    instances_clear(&instances);
    bool is_proved =
        is_done && are_equal(r->section, &c.sides) && are_proved(r->section, &c.sides);
    expr_list_clear(&c.sides);
    return is_proved;
}

static int compare_edits(const void *a, const void *b)
{
    const struct edit *x = a, *y = b;
    int order = size_of(x) - size_of(y);
    if (order == 0)
        order = (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
    return order ? order : (x->span.end > y->span.end) - (x->span.end < y->span.end);
}

static bool is_known(const struct repairing *r, size_t edit)
{
    const struct edit *this = &r->edits[edit];
    for (size_t i = 0; i < edit; i++)
        if (r->edits[i].span.begin == this->span.begin &&
            r->edits[i].span.end == this->span.end &&
            strcmp(r->edits[i].after, this->after) == 0)
            return true;
    return false;
}

static void take_repair(const struct repairing *r, const struct edit *edit,
                        struct step *out)
{
    const char *document = r->section->reading->claims->document->text;
    struct buf before, after;
    buf_init(&before);
    buf_init(&after);
    buf_bytes(&before, document + edit->span.begin, edit->span.end - edit->span.begin);
    buf_text(&after, edit->after);
    out->repairs[out->repair_count++] =
        (struct repair){edit->kind, edit->span, buf_take(&before), buf_take(&after)};
    if (edit->path && !out->path) {
        buf_text(&after, edit->path);
        out->path = buf_take(&after);
    }
}

/* The first that are proved, all of one size, of a rank below `below`. */
static void take_repairs(struct repairing *r, int below, struct step *out)
{
    size_t proofs = 0;
    below *= 3;
    if (r->edit_count > 1)
        qsort(r->edits, r->edit_count, sizeof *r->edits, compare_edits);
    for (size_t i = 0; i < r->edit_count && size_of(&r->edits[i]) < below; i++) {
        if (is_known(r, i) || out->repair_count == STEP_REPAIRS ||
            proofs++ == MOST_PROOFS)
            continue;
        if (!is_repair(r, &r->edits[i]))
            continue;
        take_repair(r, &r->edits[i], out);
        below = size_of(&r->edits[i]) + 1;
    }
}

/* --- one side --- */

struct searching {
    struct repairing *r;
    size_t left; /* instances before the deciding one */
};

/* In the deciding instance: all edits that may do. */
static bool search_instance(void *context)
{
    struct searching *searching = context;
    struct repairing *r = searching->r;
    if (searching->left-- > 0)
        return true;
    if (!spots_init(&r->spots, &r->context, r->tree, MOST_SPOTS))
        return false;
    repair_words(r);
    for (size_t i = 0; i < r->spots.count; i++)
        repair_edit_spot(r, i);
    if (is_within_budget(r))
        filter(r);
    else
        r->edit_count = 0;
    return false;
}

static void search(struct repairing *r)
{
    struct searching searching = {r, r->judged->decided};
    struct instances instances;
    const struct parse_node *trees[2] = {r->other, r->tree};
    if (r->is_left) {
        trees[0] = r->tree;
        trees[1] = r->other;
    }
    instances_init(&instances, &r->context, trees, r->judged->step->condition,
                   scope_is_letter, r->section->scope);
    instances_run(&instances, search_instance, &searching);
    instances_clear(&instances);
}

static void repairing_clear(struct repairing *r)
{
    spots_clear(&r->spots);
    memory_free(r->names.items);
    memory_free(r->factors.items);
    memory_free(r->terms.items);
    memory_free(r->constants.items);
    memory_free(r->edits);
    bindings_clear(&r->bindings);
    diags_clear(&r->tried);
    arena_clear(&r->arena);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void trim(struct repairing *r)
{
    while (r->side.begin < r->side.end && is_blank(r->text[r->side.begin]))
        r->side.begin++;
    while (r->side.begin < r->side.end && is_blank(r->text[r->side.end - 1]))
        r->side.end--;
}

/* Repairs of a side that are smaller than `below`. */
static void repair_side(struct section *section, size_t step, bool is_left, int below,
                        struct step *out)
{
    const struct judged *judged = &section->steps[step];
    const struct reading_step *base = section->steps[judged->base].step;
    struct repairing r = {.section = section,
                          .judged = judged,
                          .tree = is_left ? base->left : judged->step->right,
                          .other = is_left ? judged->step->right : base->left,
                          .side =
                              is_left ? base->claim->left : judged->step->claim->right,
                          .is_left = is_left,
                          .text = section->reading->claims->text.text};
    arena_init(&r.arena);
    arena_init(&r.spots.arena);
    diags_init(&r.tried);
    r.context = section_context(section, &r.bindings, &r.tried);
    r.context.steps = &r.steps;
    trim(&r);
    search(&r);
    take_repairs(&r, below, out);
    repairing_clear(&r);
}

static void free_repairs(struct step *out)
{
    for (size_t i = 0; i < out->repair_count; i++) {
        memory_free(out->repairs[i].before);
        memory_free(out->repairs[i].after);
    }
    memory_free(out->path);
    out->path = NULL;
    out->repair_count = 0;
}

/* A smaller edit of the left side takes the place of those of the right one. */
static void repair_left(struct section *section, size_t step, struct step *out)
{
    struct step left = {.repair_count = 0};
    int smallest = rank(out->repair_count > 0 ? out->repairs[0].kind : REPAIR_OTHER);
    if (smallest > rank(REPAIR_INDEX))
        repair_side(section, step, true, smallest, &left);
    if (left.repair_count == 0)
        return;
    free_repairs(out);
    memcpy(out->repairs, left.repairs, sizeof left.repairs);
    out->repair_count = left.repair_count;
}

void repair_find(struct section *section, size_t step, struct step *out)
{
    const struct judged *judged = &section->steps[step];
    if (judged->step->claim->relation != CLAIM_EQUAL)
        return;
    repair_side(section, step, false, rank(REPAIR_OTHER), out);
    if (judged->base == step)
        repair_left(section, step, out);
}
