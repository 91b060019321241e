#include "verify/occurrence.h"

#include "base/memory.h"
#include "tex/tree.h"

#include <string.h>

/* What is still to be looked at. */
struct visit {
    const struct parse_node *node, *arguments;
    const struct binder *binders;
    const struct occurrence *base;
    enum occurrence_place place;
};

struct visits {
    struct visit *items;
    size_t count, capacity;
};

static void push(struct visits *visits, struct visit visit)
{
    if (visit.node == NULL)
        return;
    if (visits->count == visits->capacity) {
        visits->capacity = 2 * visits->capacity + 16;
        visits->items =
            memory_array(visits->items, visits->capacity, sizeof *visits->items);
    }
    visits->items[visits->count++] = visit;
}

static const struct occurrence *add(struct occurrences *occurrences,
                                    const struct visit *visit)
{
    struct occurrence *item = arena_alloc(occurrences->arena, sizeof *item);
    *item = (struct occurrence){visit->node, visit->binders, visit->base,
                                visit->arguments, visit->place};
    if (occurrences->count == occurrences->capacity) {
        occurrences->capacity = 2 * occurrences->capacity + 16;
        occurrences->items = memory_array(occurrences->items, occurrences->capacity,
                                          sizeof *occurrences->items);
    }
    occurrences->items[occurrences->count++] = item;
    return item;
}

/* Parts are pushed last first, so that names come in order. */
static void push_parts(struct visits *visits, const struct visit *visit, size_t first)
{
    for (size_t i = visit->node->count; i > first; i--) {
        struct visit part = *visit;
        part.node = visit->node->parts[i - 1];
        part.arguments = NULL;
        part.place = OCCURRENCE_PLAIN;
        push(visits, part);
    }
}

static void push_product(struct visits *visits, const struct visit *visit)
{
    const struct parse_node *product = visit->node;
    for (size_t i = product->count; i > 0; i--) {
        const struct parse_node *next = i < product->count ? product->parts[i] : NULL;
        struct visit part = *visit;
        part.node = product->parts[i - 1];
        part.arguments = next && tree_is_argument(next) ? next : NULL;
        part.place = i == 1 && product->count == 2 && part.arguments ? visit->place
                                                                     : OCCURRENCE_PLAIN;
        push(visits, part);
    }
}

/* What follows `\log h_1` follows h_1. */
static void push_call(struct visits *visits, const struct visit *visit)
{
    const struct parse_node *call = visit->node;
    const struct parse_node *last = call->count == 1 ? call->parts[0] : NULL;
    bool is_open = last && last->kind == PARSE_NAME && last->span.end == call->span.end;
    struct visit part = *visit;
    part.node = last;
    part.place = OCCURRENCE_PLAIN;
    if (is_open)
        push(visits, part);
    else
        push_parts(visits, visit, 0);
}

static void push_derivative(struct visits *visits, const struct visit *visit)
{
    struct visit part = *visit;
    part.arguments = NULL;
    part.node = visit->node->parts[1];
    part.place = OCCURRENCE_BELOW;
    push(visits, part);
    part.node = visit->node->parts[0];
    part.place = OCCURRENCE_ABOVE;
    push(visits, part);
}

static void push_big(struct occurrences *occurrences, struct visits *visits,
                     const struct visit *visit)
{
    const struct parse_node *index = visit->node->parts[0];
    struct visit body = *visit;
    while (index && index->kind == PARSE_RELATION)
        index = index->parts[0];
    if (index && index->kind == PARSE_NAME) {
        struct binder *binder = arena_alloc(occurrences->arena, sizeof *binder);
        *binder = (struct binder){index->text, visit->node, visit->binders};
        body.binders = binder;
    }
    body.node = visit->node->parts[3];
    body.arguments = NULL;
    body.place = OCCURRENCE_PLAIN;
    push(visits, body);
}

static void push_name(struct occurrences *occurrences, struct visits *visits,
                      const struct visit *visit)
{
    const struct occurrence *item = add(occurrences, visit);
    const struct parse_node *sup = tree_script(visit->node, PARSE_SUP);
    if (sup)
        push(visits, (struct visit){
                         .node = sup->parts[0], .binders = visit->binders, .base = item});
}

/* `[k = j]` compares indices, which are no names. */
static bool compares_indices(const struct parse_node *relation)
{
    return strcmp(relation->text, "=") == 0 || strcmp(relation->text, "\\neq") == 0;
}

static void step(struct occurrences *occurrences, struct visits *visits,
                 const struct visit *visit)
{
    switch (visit->node->kind) {
    case PARSE_NAME:
        push_name(occurrences, visits, visit);
        break;
    case PARSE_PRODUCT:
        push_product(visits, visit);
        break;
    case PARSE_CALL:
        push_call(visits, visit);
        break;
    case PARSE_DERIVATIVE:
    case PARSE_LOCAL:
        push_derivative(visits, visit);
        break;
    case PARSE_BIG:
        push_big(occurrences, visits, visit);
        break;
    case PARSE_RELATION:
        if (!compares_indices(visit->node))
            push_parts(visits, visit, 0);
        break;
    case PARSE_BRACKET:
        push(visits,
             (struct visit){visit->node->parts[0], NULL, visit->binders, visit->base,
                            strcmp(visit->node->text, "{") == 0 ? visit->place
                                                                : OCCURRENCE_PLAIN});
        break;
    default:
        push_parts(visits, visit, 0);
    }
}

void occurrences_collect(struct occurrences *occurrences, const struct parse_node *tree)
{
    struct visits visits = {0};
    push(&visits, (struct visit){.node = tree});
    while (visits.count > 0) {
        struct visit visit = visits.items[--visits.count];
        step(occurrences, &visits, &visit);
    }
    memory_free(visits.items);
}

void occurrences_clear(struct occurrences *occurrences)
{
    memory_free(occurrences->items);
}

const struct binder *binder_find(const struct binder *binders, const char *letter)
{
    while (binders && strcmp(binders->letter, letter) != 0)
        binders = binders->outer;
    return binders;
}
