#include "prove/functions.h"

#include "base/memory.h"
#include "expr/function.h"
#include "prove/graft.h"

struct functions {
    const struct circuit *from;
    struct circuit to;
    gate_id *put;     /* by gate of `from`: its gate in `to` */
    gate_id *unknown; /* by gate of `to`: what stands for an application, or 0 */
    size_t unknown_count;
    struct expr_list parts;
};

bool functions_occur(const struct circuit *circuit)
{
    for (size_t i = 0; i < circuit->order_count; i++) {
        if (circuit->gates[circuit->order[i]].kind == GATE_APPLY)
            return true;
    }
    return false;
}

/* The unknown for an application of `to`. */
static gate_id unknown_of(struct functions *f, gate_id application, bool is_positive)
{
    if (application >= f->unknown_count) {
        size_t count = (size_t)application * 2 + 64;
        f->unknown = memory_array(f->unknown, count, sizeof *f->unknown);
        for (size_t i = f->unknown_count; i < count; i++)
            f->unknown[i] = 0;
        f->unknown_count = count;
    }
    if (!f->unknown[application])
        f->unknown[application] = circuit_fresh(&f->to, is_positive);
    return f->unknown[application];
}

/* e^{-a} = 1/e^a. */
static gate_id exponential(struct functions *f, expr_id function, gate_id argument)
{
    struct circuit *to = &f->to;
    bool is_negated = to->gates[argument].kind == GATE_NEGATE;
    gate_id gate;

    if (is_negated)
        argument = circuit_part(to, argument, 0);
    if (argument == GATE_ZERO)
        return GATE_ONE;
    gate = unknown_of(f, circuit_apply(to, function, &argument, 1), true);
    return is_negated ? circuit_quotient(to, GATE_ONE, gate) : gate;
}

static gate_id application(struct functions *f, const struct gate *gate,
                           const gate_id *parts)
{
    const struct function *function = function_peek(f->to.pool, gate->expression);

    if (function->id == FUNCTION_EXP)
        return exponential(f, gate->expression, parts[0]);
    return unknown_of(f, graft_like(&f->to, gate, parts), false);
}

static gate_id put_gate(struct functions *f, gate_id id)
{
    const struct gate *gate = &f->from->gates[id];

    if (gate->kind == GATE_NUMBER)
        return gate->expression ? circuit_number(&f->to, gate->expression)
                                : circuit_integer(&f->to, gate->integer);
    if (gate->kind == GATE_UNKNOWN)
        return gate->integer ? circuit_granted(&f->to, gate->expression)
                             : circuit_unknown(&f->to, gate->expression);
    f->parts.count = 0;
    for (size_t i = 0; i < gate->count; i++)
        expr_list_push(&f->parts, f->put[circuit_part(f->from, id, i)]);
    return gate->kind == GATE_APPLY ? application(f, gate, f->parts.items)
                                    : graft_like(&f->to, gate, f->parts.items);
}

void functions_eliminate(struct circuit *circuit)
{
    struct functions f = {.from = circuit};

    circuit_init(&f.to, circuit->pool);
    expr_list_init(&f.parts);
    f.put = memory_array(NULL, circuit->count, sizeof *f.put);
    for (size_t i = 0; i < circuit->order_count; i++)
        f.put[circuit->order[i]] = put_gate(&f, circuit->order[i]);
    for (size_t i = 0; i < circuit->condition_count; i++)
        circuit_require(&f.to, circuit->conditions[i].expression,
                        f.put[circuit->conditions[i].gate]);
    for (size_t i = 0; i < circuit->unknowns.count; i++)
        expr_list_push(&f.to.hidden, circuit->unknowns.items[i]);
    circuit_finish(&f.to, f.put[circuit->left], f.put[circuit->right]);
    memory_free(f.put);
    memory_free(f.unknown);
    expr_list_clear(&f.parts);
    circuit_clear(circuit);
    *circuit = f.to;
}
