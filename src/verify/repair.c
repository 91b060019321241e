#include "verify/repair.h"

#include "base/memory.h"
#include "verify/repair_parts.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SPOTS = 400, MOST_TRIED = 48 };

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

/* At a random point; for a few of them, as functions may be constant around one. */
static bool seem_equal(struct section *section, const struct expr_list *sides)
{
    enum { POINTS = 3 };
    uint64_t prime, *values = memory_array(NULL, sides->count + 1, sizeof *values);
    bool is_equal = sides->count > 0;
    for (int point = 0; point < POINTS && is_equal; point++) {
        is_equal =
            prove_values(section->prover, sides->items, sides->count, values, &prime);
        for (size_t i = 0; i < sides->count && is_equal; i += 2)
            is_equal = values[i] == values[i + 1] && values[i] != PROVE_NO_VALUE;
    }
    memory_free(values);
    return is_equal;
}

/* `a = a` says nothing. */
static bool is_empty(const struct expr_list *sides)
{
    for (size_t i = 0; i < sides->count; i += 2)
        if (sides->items[i] != sides->items[i + 1])
            return false;
    return true;
}

static bool are_proved(struct section *section, const struct expr_list *sides)
{
    struct proof proof;
    bool is_proved = true;
    proof_init(&proof);
    for (size_t i = 0; i < sides->count && is_proved; i += 2)
        is_proved = prove_equal(section->prover, sides->items[i], sides->items[i + 1],
                                NULL, 0, &proof) == VERDICT_PROVED &&
                    !nowhere_holds(section, sides->items[i]) &&
                    !nowhere_holds(section, sides->items[i + 1]);
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
    bool is_proved = is_done && !is_empty(&c.sides) && seem_equal(r->section, &c.sides) &&
                     are_proved(r->section, &c.sides);
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
                        struct verified_step *out)
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
static void take_repairs(struct repairing *r, int below, struct verified_step *out)
{
    size_t tried = 0;
    below *= 3;
    if (r->edit_count > 1)
        qsort(r->edits, r->edit_count, sizeof *r->edits, compare_edits);
    for (size_t i = 0; i < r->edit_count && size_of(&r->edits[i]) < below; i++) {
        if (is_known(r, i) || out->repair_count == STEP_REPAIRS || tried++ == MOST_TRIED)
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
    if (repair_is_affordable(r))
        repair_filter(r);
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
                        struct verified_step *out)
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

static void free_repairs(struct verified_step *out)
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
static void repair_left(struct section *section, size_t step, struct verified_step *out)
{
    struct verified_step left = {.repair_count = 0};
    int smallest = rank(out->repair_count > 0 ? out->repairs[0].kind : REPAIR_OTHER);
    if (smallest > rank(REPAIR_INDEX))
        repair_side(section, step, true, smallest, &left);
    if (left.repair_count == 0)
        return;
    free_repairs(out);
    memcpy(out->repairs, left.repairs, sizeof left.repairs);
    out->repair_count = left.repair_count;
}

void repair_find(struct section *section, size_t step, struct verified_step *out)
{
    const struct judged *judged = &section->steps[step];
    if (judged->step->claim->relation != CLAIM_EQUAL)
        return;
    repair_side(section, step, false, rank(REPAIR_OTHER), out);
    if (judged->base == step)
        repair_left(section, step, out);
}
