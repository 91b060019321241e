#include "verify/reading.h"

#include "base/memory.h"

static const struct parse_node *parse(struct reading *reading, struct span span,
                                      const struct budget *budget, struct diags *diags)
{
    struct parse parse = {.source = &reading->claims->text,
                          .arena = &reading->arena,
                          .budget = budget,
                          .diags = diags};
    return span.begin < span.end ? parse_formula(&parse, span) : NULL;
}

static bool is_same(struct span a, struct span b)
{
    return a.begin == b.begin && a.end == b.end;
}

/* The side that two steps of a chain share is parsed once. */
static void read_step(struct reading *reading, size_t i, const struct budget *budget)
{
    struct reading_step *step = &reading->steps[i];
    const struct claim *claim = step->claim;
    const struct reading_step *before = i > 0 ? step - 1 : NULL;
    if (before && claim->continues && before->right &&
        is_same(before->claim->right, claim->left))
        step->left = before->right;
    else
        step->left = parse(reading, claim->left, budget, &step->diags);
    step->right = parse(reading, claim->right, budget, &step->diags);
    step->condition = parse(reading, claim->condition, budget, &step->diags);
    reading_place(reading, &step->diags);
}

void reading_init(struct reading *reading, const struct claims *claims,
                  const struct budget *budget)
{
    *reading = (struct reading){.claims = claims, .count = claims->count};
    arena_init(&reading->arena);
    reading->steps = memory_zeroed(claims->count + 1, sizeof *reading->steps);
    for (size_t i = 0; i < claims->count; i++) {
        reading->steps[i].claim = &claims->items[i];
        diags_init(&reading->steps[i].diags);
        read_step(reading, i, budget);
    }
}

void reading_clear(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        diags_clear(&reading->steps[i].diags);
    memory_free(reading->steps);
    arena_clear(&reading->arena);
}

void reading_place(const struct reading *reading, struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diags->items[i].place.source == &reading->claims->text)
            diags->items[i].place.source = reading->claims->document;
}
