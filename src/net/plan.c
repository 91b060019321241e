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
    plan->units_from = plan->layers_from = plan->weights_from = 1;
}

void plan_clear(struct network_plan *plan)
{
    struct plan_names *lists[] = {&plan->inputs, &plan->parameters, &plan->constants,
                                  &plan->outputs, &plan->targets};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        memory_free(lists[i]->items);
    for (size_t i = 0; i < plan->layer_count; i++)
        memory_free(plan->layers[i].sources.items);
    memory_free(plan->layers);
    memory_free(plan->equations);
    arena_clear(&plan->arena);
    memset(plan, 0, sizeof *plan);
}

void plan_names_push(struct plan_names *names, const char *name, int64_t size,
                     struct span span)
{
    if (names->count == names->capacity) {
        names->capacity = 2 * names->capacity + 4;
        names->items = memory_array(names->items, names->capacity, sizeof *names->items);
    }
    names->items[names->count++] = (struct plan_name){name, size, span};
}

struct plan_layer *plan_add_layer(struct network_plan *plan)
{
    if (plan->layer_count == plan->layer_capacity) {
        plan->layer_capacity = 2 * plan->layer_capacity + 4;
        plan->layers =
            memory_array(plan->layers, plan->layer_capacity, sizeof *plan->layers);
    }
    struct plan_layer *layer = &plan->layers[plan->layer_count++];
    memset(layer, 0, sizeof *layer);
    layer->size = -1;
    return layer;
}

struct plan_equation *plan_add_equation(struct network_plan *plan)
{
    if (plan->equation_count == plan->equation_capacity) {
        plan->equation_capacity = 2 * plan->equation_capacity + 4;
        plan->equations = memory_array(plan->equations, plan->equation_capacity,
                                       sizeof *plan->equations);
    }
    struct plan_equation *equation = &plan->equations[plan->equation_count++];
    memset(equation, 0, sizeof *equation);
    return equation;
}

struct place plan_place(const struct network_plan *plan, struct span span)
{
    return (struct place){plan->source, span};
}
