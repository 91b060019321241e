#include "net/plan.h"

#include "base/memory.h"

#include <string.h>

void plan_init(struct network_plan *plan, const struct source *source)
{
    memset(plan, 0, sizeof *plan);
    arena_init(&plan->arena);
    plan->source = source;
    plan->error.name = "E";
    plan->written.weights.text = plan->shown.weights.text = "w_{<to><from>}^{<layer>}";
    plan->written.biases.text = plan->shown.biases.text = "b_{<to>}^{<layer>}";
    plan->written.preactivations.text = plan->shown.preactivations.text =
        "z_{<to>}^{<layer>}";
    plan->written.partial = plan->shown.partial = "\\partial";
    plan->units_from = 1;
    plan->written.layers_from = plan->shown.layers_from = 1;
    plan->written.weights_from = plan->shown.weights_from = 1;
}

void plan_clear(struct network_plan *plan)
{
    struct plan_names *lists[] = {&plan->inputs,  &plan->parameters, &plan->constants,
                                  &plan->outputs, &plan->targets,    &plan->files};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        memory_free(lists[i]->items);
    for (size_t i = 0; i < plan->layer_count; i++)
        memory_free(plan->layers[i].sources.items);
    memory_free(plan->layers);
    memory_free(plan->equations);
    memory_free(plan->functions);
    memory_free(plan->besides);
    memory_free(plan->assumptions);
    arena_clear(&plan->arena);
    memset(plan, 0, sizeof *plan);
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool plan_same_names(const struct plan_templates *a, const struct plan_templates *b)
{
    return same_text(a->weights.text, b->weights.text) &&
           same_text(a->biases.text, b->biases.text) &&
           same_text(a->preactivations.text, b->preactivations.text) &&
           same_text(a->units.text, b->units.text) &&
           same_text(a->outputs.text, b->outputs.text) &&
           same_text(a->targets.text, b->targets.text) && same_text(a->error, b->error) &&
           a->layers_from == b->layers_from && a->weights_from == b->weights_from;
}

const char *plan_error_name(const struct network_plan *plan,
                            const struct plan_templates *templates)
{
    return templates->error ? templates->error : plan->error.name;
}

/* Room for one more item at the end of a list, which may move. */
static void *grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = 2 * *capacity + 4;
    return memory_array(items, *capacity, size);
}

void plan_names_push(struct plan_names *names, const char *name, int64_t size,
                     struct span span)
{
    names->items =
        grow(names->items, names->count, &names->capacity, sizeof *names->items);
    names->items[names->count++] = (struct plan_name){name, size, span};
}

struct plan_layer *plan_add_layer(struct network_plan *plan)
{
    plan->layers = grow(plan->layers, plan->layer_count, &plan->layer_capacity,
                        sizeof *plan->layers);
    struct plan_layer *layer = &plan->layers[plan->layer_count++];
    memset(layer, 0, sizeof *layer);
    layer->size = -1;
    return layer;
}

struct plan_equation *plan_add_equation(struct network_plan *plan)
{
    plan->equations = grow(plan->equations, plan->equation_count,
                           &plan->equation_capacity, sizeof *plan->equations);
    struct plan_equation *equation = &plan->equations[plan->equation_count++];
    memset(equation, 0, sizeof *equation);
    return equation;
}

struct plan_function *plan_add_function(struct network_plan *plan)
{
    plan->functions = grow(plan->functions, plan->function_count,
                           &plan->function_capacity, sizeof *plan->functions);
    struct plan_function *function = &plan->functions[plan->function_count++];
    memset(function, 0, sizeof *function);
    return function;
}

struct plan_beside *plan_add_beside(struct network_plan *plan)
{
    plan->besides = grow(plan->besides, plan->beside_count, &plan->beside_capacity,
                         sizeof *plan->besides);
    struct plan_beside *beside = &plan->besides[plan->beside_count++];
    memset(beside, 0, sizeof *beside);
    return beside;
}

struct plan_assumption *plan_add_assumption(struct network_plan *plan)
{
    plan->assumptions = grow(plan->assumptions, plan->assumption_count,
                             &plan->assumption_capacity, sizeof *plan->assumptions);
    struct plan_assumption *assumption = &plan->assumptions[plan->assumption_count++];
    memset(assumption, 0, sizeof *assumption);
    return assumption;
}

struct place plan_place(const struct network_plan *plan, struct span span)
{
    return (struct place){plan->source, span};
}
