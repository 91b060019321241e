#include "prove/application.h"

#include "base/language.h"
#include "base/memory.h"
#include "expr/function.h"
#include "expr/substitute.h"
#include "prove/graft.h"
#include "prove/lower_parts.h"

#include <string.h>

static const char *const UNKNOWN_FUNCTION =
    NC_("diagnostic", "a function is not defined by a formula");
static const char *const PRIMED =
    NC_("diagnostic", "a function of two arguments has no primes");

static gate_id apply(struct lowering *l, enum function_id id, const gate_id *arguments)
{
    return circuit_apply(l->circuit, function_builtin(l->pool, id), arguments,
                         function_arguments(id));
}

/* What the letters of a meaning stand for. */
struct letters {
    gate_id z, y, a;
};

static gate_id difference(struct lowering *l, gate_id a, gate_id b)
{
    return circuit_sum(l->circuit, (gate_id[]){a, circuit_negate(l->circuit, b)}, 2);
}

static gate_id operate(struct lowering *l, char operator, const gate_id * operands)
{
    switch (operator) {
    case '+':
        return circuit_sum(l->circuit, operands, 2);
    case '-':
        return difference(l, operands[0], operands[1]);
    case '*':
        return circuit_product(l->circuit, operands, 2);
    case '/':
        return circuit_quotient(l->circuit, operands[0], operands[1]);
    case '~':
        return circuit_negate(l->circuit, operands[0]);
    case 'E':
        return apply(l, FUNCTION_EXP, operands);
    case 'L':
        return apply(l, FUNCTION_LN, operands);
    case 'S':
        return apply(l, FUNCTION_STEP, operands);
    default:
        return apply(l, FUNCTION_SIGN, operands);
    }
}

static gate_id letter(struct lowering *l, const struct letters *letters, char c)
{
    switch (c) {
    case 'z':
        return letters->z;
    case 'y':
        return letters->y;
    case 'a':
        return letters->a;
    default:
        return circuit_integer(l->circuit, c - '0');
    }
}

/* Meanings are short: eight operands are room enough. */
static gate_id read_meaning(struct lowering *l, const char *meaning,
                            const struct letters *letters)
{
    gate_id stack[8];
    size_t count = 0;

    for (; *meaning; meaning++) {
        if (strchr("+-*/", *meaning))
            count -= 2;
        else if (strchr("~ELSG", *meaning))
            count--;
        else
            stack[count] = letter(l, letters, *meaning);
        if (strchr("+-*/~ELSG", *meaning))
            stack[count] = operate(l, *meaning, stack + count);
        count++;
    }
    return stack[0];
}

/* The function, primes left aside, of gates. */
static gate_id plain_value(struct lowering *l, const struct function *function,
                           const gate_id *arguments)
{
    const struct function_row *row = function_row(function->id);
    struct letters letters = {.z = arguments[0]};

    if (!row->meaning[0])
        return apply(l, function->id, arguments);
    if (row->arguments == 2)
        letters.y = arguments[1];
    if (function->parameter)
        letters.a = circuit_number(l->circuit, expr_number(l->pool, function->parameter));
    return read_meaning(l, row->meaning, &letters);
}

static gate_id value_of_body(struct lowering *l, const struct function *function,
                             expr_id argument)
{
    if (!function->body)
        return lower_fail(l, UNKNOWN_FUNCTION);
    return lower_value(
        l, substitute_one(l->pool, function->body, function->variable, argument));
}

/* A derivative is worked out at the slot, then the argument is put there. What the body
   requires is found from the body at the argument. */
static gate_id value_of_primed(struct lowering *l, const struct function *function,
                               expr_id argument)
{
    expr_id slot = expr_symbol(l->pool, "#");
    gate_id unknown = l->slot = circuit_unknown(l->circuit, slot), value,
            at = lower_value(l, argument);
    bool is_defined = function->id == FUNCTION_DEFINED;

    if (function_arguments(function->id) != 1)
        return lower_fail(l, PRIMED);
    if (is_defined)
        value_of_body(l, function, argument);
    value = is_defined ? value_of_body(l, function, slot)
                       : plain_value(l, function, &unknown);
    for (unsigned i = 0; value && i < function->primes && !lower_is_stopped(l); i++)
        value = lower_tangent(l, value, lower_seed(l, slot, true));
    return lower_is_stopped(l) ? 0 : graft(l->circuit, value, unknown, at);
}

/* Whether the function stays as it is written, primes and all, though it comes down to
 * others. */
static bool is_kept(struct lowering *l, const struct function *function)
{
    const struct function_row *row = function_row(function->id);
    bool is_kept = l->unfolding.keep_functions && row->meaning && row->meaning[0];

    l->has_kept = l->has_kept || is_kept;
    return is_kept || function->id == FUNCTION_ARBITRARY;
}

gate_id application_value(struct lowering *l, expr_id e)
{
    const struct function *function = function_peek(l->pool, e);
    bool keeps = is_kept(l, function);
    size_t count = expr_count(l->pool, e) - 1;
    gate_id arguments[2];

    if (!keeps && function->primes)
        return value_of_primed(l, function, expr_part(l->pool, e, 1));
    if (function->id == FUNCTION_DEFINED)
        return value_of_body(l, function, expr_part(l->pool, e, 1));
    for (size_t i = 0; i < count; i++)
        arguments[i] = lower_value(l, expr_part(l->pool, e, 1 + i));
    if (lower_is_stopped(l))
        return 0;
    if (keeps)
        return circuit_apply(l->circuit, expr_part(l->pool, e, 0), arguments, count);
    return plain_value(l, function, arguments);
}

/* The derivative by the argument at `place`, where it is not 0. */
static gate_id slope(struct lowering *l, gate_id of, size_t place)
{
    struct circuit *circuit = l->circuit;
    expr_id function = circuit->gates[of].expression;
    gate_id z = circuit_part(circuit, of, place), y;

    switch (function_peek(l->pool, function)->id) {
    case FUNCTION_EXP:
        return of;
    case FUNCTION_LN:
        return circuit_quotient(circuit, GATE_ONE, z);
    case FUNCTION_SQRT:
        y = circuit_product(circuit, (gate_id[]){circuit_integer(circuit, 2), of}, 2);
        return circuit_quotient(circuit, GATE_ONE, y);
    case FUNCTION_MAX:
        y = difference(l, z, circuit_part(circuit, of, 1 - place));
        return apply(l, FUNCTION_STEP, &y);
    case FUNCTION_STEP:
    case FUNCTION_SIGN:
        return GATE_ZERO;
    default:
        return circuit_apply(circuit, function_prime(l->pool, function), &z, 1);
    }
}

gate_id application_tangent(struct lowering *l, gate_id of, uint32_t seed)
{
    size_t count = l->circuit->gates[of].count;
    gate_id terms[2];

    for (size_t i = 0; i < count; i++)
        terms[i] = lower_tangent(l, circuit_part(l->circuit, of, i), seed);
    if (lower_is_stopped(l))
        return 0;
    for (size_t i = 0; i < count; i++) {
        if (terms[i] != GATE_ZERO)
            terms[i] =
                circuit_product(l->circuit, (gate_id[]){slope(l, of, i), terms[i]}, 2);
    }
    return circuit_sum(l->circuit, terms, count);
}
