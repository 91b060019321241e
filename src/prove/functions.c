#include "prove/functions.h"

#include "base/memory.h"
#include "expr/function.h"
#include "prove/function_parts.h"
#include "prove/graft.h"
#include "prove/zero.h"

#include <string.h>

enum {
    RUNS = 8,             /* until all roots are known */
    SPARE = 4,            /* points more than exponentials */
    WIDTH = 256,          /* points at most */
    VALUES = 16 * 1000000 /* of all gates at all points, about */
};

bool functions_occur(const struct circuit *circuit)
{
    for (size_t i = 0; i < circuit->order_count; i++) {
        if (circuit->gates[circuit->order[i]].kind == GATE_APPLY)
            return true;
    }
    return false;
}

/* What stands for an application of `to`, 0 if that is not known yet. */
static gate_id *result_of(struct functions *f, gate_id application)
{
    if (application >= f->result_count) {
        size_t count = (size_t)application * 2 + 64;
        f->results = memory_array(f->results, count, sizeof *f->results);
        memset(f->results + f->result_count, 0,
               (count - f->result_count) * sizeof *f->results);
        f->result_count = count;
    }
    return &f->results[application];
}

bool functions_are_equal(struct functions *f, gate_id a, gate_id b)
{
    const mp_limb_t *first, *second;
    gate_id difference;

    if (a == b)
        return true;
    first = points_of(&f->points, a);
    second = points_of(&f->points, b);
    if (!first || !second || memcmp(first, second, f->points.width * sizeof *first) != 0)
        return false;
    difference = circuit_sum(&f->to, (gate_id[]){a, circuit_negate(&f->to, b)}, 2);
    return zero_is_proved(&f->to, difference, f->max_bytes);
}

/* An application of the same function to equal arguments, or 0. */
static gate_id find_equal(struct functions *f, gate_id application)
{
    for (size_t i = 0; i < f->known_count; i++) {
        struct gate gate = f->to.gates[application],
                    other = f->to.gates[f->known[i].application];
        bool same = gate.expression == other.expression;
        for (size_t k = 0; same && k < gate.count; k++)
            same = functions_are_equal(f, f->to.parts[gate.first + k],
                                       f->to.parts[other.first + k]);
        if (same)
            return f->known[i].value;
    }
    return 0;
}

static void push_known(struct functions *f, gate_id application, gate_id value)
{
    if (f->known_count == f->known_capacity) {
        f->known_capacity = f->known_capacity * 2 + 16;
        f->known = memory_array(f->known, f->known_capacity, sizeof *f->known);
    }
    f->known[f->known_count++] = (struct known){application, value};
}

gate_id functions_value(struct functions *f, expr_id function, const gate_id *arguments,
                        gate_id known)
{
    const struct function *meaning = function_peek(f->to.pool, function);
    size_t count = function_arguments(meaning->id);
    gate_id application = circuit_apply(&f->to, function, arguments, count), value;

    if (*result_of(f, application))
        return *result_of(f, application);
    points_extend(&f->points);
    value = find_equal(f, application);
    if (!value) {
        value = known ? known : circuit_fresh(&f->to, meaning->id == FUNCTION_EXP);
        push_known(f, application, value);
        points_extend(&f->points);
    }
    return *result_of(f, application) = value;
}

static gate_id inverse(struct functions *f, gate_id gate)
{
    const struct gate *quotient = &f->to.gates[gate];

    if (quotient->kind == GATE_QUOTIENT && circuit_part(&f->to, gate, 0) == GATE_ONE)
        return circuit_part(&f->to, gate, 1);
    return circuit_quotient(&f->to, GATE_ONE, gate);
}

static gate_id exponential(struct functions *f, expr_id function, gate_id argument)
{
    struct circuit *to = &f->to;
    bool is_negated = to->gates[argument].kind == GATE_NEGATE;
    gate_id application, power;

    if (is_negated)
        argument = circuit_part(to, argument, 0);
    if (argument == GATE_ZERO)
        return GATE_ONE;
    application = circuit_apply(to, function, &argument, 1);
    power = *result_of(f, application);
    if (!power) {
        points_extend(&f->points);
        power = exponents_power(&f->exponents, argument);
        if (!power)
            power = functions_value(f, function, &argument, 0);
        *result_of(f, application) = power;
    }
    return is_negated ? inverse(f, power) : power;
}

static gate_id application(struct functions *f, const struct gate *gate, gate_id *parts)
{
    switch (function_peek(f->to.pool, gate->expression)->id) {
    case FUNCTION_EXP:
        return exponential(f, gate->expression, parts[0]);
    case FUNCTION_LN:
        return rewrite_logarithm(f, gate->expression, parts[0]);
    case FUNCTION_SQRT:
        return rewrite_root(f, gate->expression, parts[0]);
    case FUNCTION_STEP:
    case FUNCTION_SIGN:
        return rewrite_step(f, gate->expression, parts[0]);
    case FUNCTION_MAX:
        return rewrite_max(f, gate->expression, parts);
    default:
        return functions_value(f, gate->expression, parts, 0);
    }
}

static gate_id put_leaf(struct functions *f, const struct gate *gate)
{
    if (gate->kind == GATE_NUMBER)
        return gate->expression ? circuit_number(&f->to, gate->expression)
                                : circuit_integer(&f->to, gate->integer);
    return rewrite_unknown(f, gate->integer ? circuit_granted(&f->to, gate->expression)
                                            : circuit_unknown(&f->to, gate->expression));
}

static gate_id put_gate(struct functions *f, gate_id id)
{
    const struct gate *gate = &f->from->gates[id];

    if (gate->kind == GATE_NUMBER || gate->kind == GATE_UNKNOWN)
        return put_leaf(f, gate);
    f->parts.count = 0;
    for (size_t i = 0; i < gate->count; i++)
        expr_list_push(&f->parts, f->put[circuit_part(f->from, id, i)]);
    if (gate->kind == GATE_APPLY)
        return application(f, gate, f->parts.items);
    if (gate->kind == GATE_PRODUCT)
        rewrite_pairs(f, f->parts.items, gate->count);
    if (gate->kind == GATE_POWER)
        return rewrite_power(f, f->parts.items[0], gate->integer);
    return graft_like(&f->to, gate, f->parts.items);
}

/* First the applications and what their arguments hang on, so that nothing else is worked
   out at the points. */
static void put_all(struct functions *f)
{
    const struct circuit *from = f->from;
    bool *is_argument = memory_zeroed(from->count, sizeof *is_argument);

    for (size_t i = from->order_count; i-- > 0;) {
        gate_id id = from->order[i];
        const struct gate *gate = &from->gates[id];
        bool is_leaf = gate->kind == GATE_NUMBER || gate->kind == GATE_UNKNOWN;
        is_argument[id] = is_argument[id] || gate->kind == GATE_APPLY;
        for (size_t k = 0; is_argument[id] && !is_leaf && k < gate->count; k++)
            is_argument[circuit_part(from, id, k)] = true;
    }
    for (size_t i = 0; i < from->order_count; i++) {
        if (is_argument[from->order[i]])
            f->put[from->order[i]] = put_gate(f, from->order[i]);
    }
    for (size_t i = 0; i < from->order_count; i++) {
        if (!is_argument[from->order[i]])
            f->put[from->order[i]] = put_gate(f, from->order[i]);
    }
    memory_free(is_argument);
}

/* As many points as there may be independent exponentials, and some more. */
static size_t width_for(const struct circuit *circuit)
{
    size_t width = SPARE, most = VALUES / (circuit->order_count + 64) + 1;

    for (size_t i = 0; i < circuit->order_count && width < WIDTH; i++)
        width += circuit->gates[circuit->order[i]].kind == GATE_APPLY;
    return width < most ? width : most;
}

static void open_run(struct functions *f, struct circuit *from, struct chance *chance)
{
    f->from = from;
    circuit_init(&f->to, from->pool);
    expr_list_init(&f->parts);
    f->put = memory_array(NULL, from->count, sizeof *f->put);
    f->knowledge->roots.is_changed = f->knowledge->squares_changed = false;
    points_init(&f->points, &f->to, chance, width_for(from));
    sign_init(&f->signs, &f->to);
    exponents_init(&f->exponents, &f->to, &f->points, &f->knowledge->roots, f->max_bytes);
}

/* Leaves the new circuit to the caller. */
static void close_run(struct functions *f)
{
    points_clear(&f->points);
    sign_clear(&f->signs);
    exponents_clear(&f->exponents);
    expr_list_clear(&f->parts);
    memory_free(f->put);
    memory_free(f->results);
    memory_free(f->known);
    memory_free(f->roots);
}

/* Whether a further run would find more. */
static bool run(struct circuit *from, struct circuit *to, struct functions f,
                struct chance *chance)
{
    open_run(&f, from, chance);
    put_all(&f);
    for (size_t i = 0; i < from->condition_count; i++)
        circuit_require(&f.to, from->conditions[i].expression,
                        f.put[from->conditions[i].gate]);
    for (size_t i = 0; i < from->unknowns.count; i++)
        expr_list_push(&f.to.hidden, from->unknowns.items[i]);
    f.to.has_functions = true;
    circuit_finish(&f.to, f.put[from->left], f.put[from->right]);
    close_run(&f);
    *to = f.to;
    return f.knowledge->roots.is_changed || f.knowledge->squares_changed;
}

void functions_eliminate(struct circuit *circuit, struct chance *chance, size_t max_bytes)
{
    struct knowledge knowledge = {0};
    const struct functions fresh = {.max_bytes = max_bytes, .knowledge = &knowledge};
    struct circuit to;

    for (size_t i = 1; run(circuit, &to, fresh, chance) && i < RUNS; i++)
        circuit_clear(&to);
    memory_free(knowledge.roots.roots);
    memory_free(knowledge.squares);
    circuit_clear(circuit);
    *circuit = to;
}
