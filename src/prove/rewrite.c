#include "base/memory.h"
#include "expr/function.h"
#include "prove/function_parts.h"

/* Logarithms: terms that are still to be split, n ln(gate). */

struct term {
    gate_id gate;
    int64_t times;
};

struct terms {
    struct term *items;
    size_t count, capacity;
};

static void push_term(struct terms *terms, gate_id gate, int64_t times)
{
    if (terms->count == terms->capacity) {
        terms->capacity = terms->capacity * 2 + 16;
        terms->items = memory_array(terms->items, terms->capacity, sizeof *terms->items);
    }
    terms->items[terms->count++] = (struct term){gate, times};
}

/* a + b/c = (a c + b)/c: the first positive denominator of a sum is taken out. */
static bool split_sum(struct functions *f, struct terms *terms, struct term term)
{
    struct circuit *to = &f->to;
    uint32_t count = to->gates[term.gate].count;
    gate_id below = 0, *parts;

    for (uint32_t i = 0; i < count && !below; i++) {
        gate_id part = circuit_part(to, term.gate, i);
        if (to->gates[part].kind == GATE_QUOTIENT)
            below = circuit_part(to, part, 1);
    }
    if (!below || !sign_is_positive(&f->signs, below))
        return false;
    parts = memory_array(NULL, count, sizeof *parts);
    for (uint32_t i = 0; i < count; i++) {
        gate_id part = circuit_part(to, term.gate, i);
        bool is_over =
            to->gates[part].kind == GATE_QUOTIENT && circuit_part(to, part, 1) == below;
        parts[i] = is_over ? circuit_part(to, part, 0)
                           : circuit_product(to, (gate_id[]){part, below}, 2);
    }
    push_term(terms, circuit_sum(to, parts, count), term.times);
    push_term(terms, below, -term.times);
    memory_free(parts);
    return true;
}

/* Splits n ln(gate), where the gate is above 0, into simpler terms; false if there are
   none. */
static bool split(struct functions *f, struct terms *terms, struct term term)
{
    struct circuit *to = &f->to;
    const struct gate gate = to->gates[term.gate];
    int64_t times;

    switch (gate.kind) {
    case GATE_PRODUCT:
    case GATE_QUOTIENT:
        for (size_t i = 0; i < gate.count; i++) {
            gate_id part = circuit_part(to, term.gate, i);
            if (!sign_is_positive(&f->signs, part))
                return false;
        }
        for (size_t i = 0; i < gate.count; i++)
            push_term(terms, circuit_part(to, term.gate, i),
                      gate.kind == GATE_QUOTIENT && i ? -term.times : term.times);
        return true;
    case GATE_POWER:
        if (!sign_is_positive(&f->signs, circuit_part(to, term.gate, 0)) ||
            __builtin_mul_overflow(term.times, gate.integer, &times))
            return false;
        push_term(terms, circuit_part(to, term.gate, 0), times);
        return true;
    case GATE_SUM:
        return split_sum(f, terms, term);
    default:
        return false;
    }
}

static gate_id divided(struct circuit *circuit, gate_id above, int64_t below)
{
    return below == 1 ? above
                      : circuit_quotient(circuit, above, circuit_integer(circuit, below));
}

/* n ln(gate) that is not split. */
static gate_id simple_logarithm(struct functions *f, expr_id function, struct term term)
{
    struct circuit *to = &f->to;
    const struct exponent *exponent = exponents_find(&f->exponents, term.gate);
    gate_id gate;

    if (term.gate == GATE_ONE)
        return GATE_ZERO;
    if (exponent) {
        gate = divided(to, exponent->argument, exponent->root);
    } else {
        gate = functions_value(f, function, &term.gate, 0);
        exponents_enter(&f->exponents, gate, term.gate);
    }
    return circuit_product(to, (gate_id[]){circuit_integer(to, term.times), gate}, 2);
}

gate_id rewrite_logarithm(struct functions *f, expr_id function, gate_id argument)
{
    struct terms terms = {0};
    struct expr_list sum;
    gate_id gate;

    expr_list_init(&sum);
    push_term(&terms, argument, 1);
    while (terms.count) {
        struct term term = terms.items[--terms.count];
        bool is_positive = sign_is_positive(&f->signs, term.gate);
        if (!is_positive || !split(f, &terms, term))
            expr_list_push(&sum, simple_logarithm(f, function, term));
    }
    gate = circuit_sum(&f->to, sum.items, sum.count);
    expr_list_clear(&sum);
    memory_free(terms.items);
    return gate;
}

/* Roots. */

static const struct root *find_root(const struct functions *f, gate_id root)
{
    for (size_t i = 0; i < f->root_count; i++) {
        if (f->roots[i].root == root)
            return &f->roots[i];
    }
    return NULL;
}

static gate_id push_root(struct functions *f, gate_id radicand, gate_id root)
{
    if (!find_root(f, root)) {
        f->roots = memory_array(f->roots, f->root_count + 1, sizeof *f->roots);
        f->roots[f->root_count++] = (struct root){radicand, root, 0, 0};
    }
    return root;
}

/* The root of a number that is a square, or 0. */
static gate_id exact_root(struct circuit *circuit, gate_id number)
{
    const struct gate *gate = &circuit->gates[number];
    gate_id root = 0;
    mpq_t q;

    if (gate->kind != GATE_NUMBER)
        return 0;
    mpq_init(q);
    if (gate->expression)
        mpq_set(q, expr_peek_number(circuit->pool, gate->expression));
    else
        mpq_set_si(q, gate->integer, 1);
    if (mpz_perfect_square_p(mpq_numref(q)) && mpz_perfect_square_p(mpq_denref(q))) {
        mpz_sqrt(mpq_numref(q), mpq_numref(q));
        mpz_sqrt(mpq_denref(q), mpq_denref(q));
        if (mpz_fits_slong_p(mpq_numref(q)) && mpz_fits_slong_p(mpq_denref(q)))
            root = divided(circuit, circuit_integer(circuit, mpz_get_si(mpq_numref(q))),
                           mpz_get_si(mpq_denref(q)));
    }
    mpq_clear(q);
    return root;
}

static const struct square *find_square(const struct functions *f, expr_id unknown)
{
    for (size_t i = 0; i < f->knowledge->square_count; i++) {
        if (f->knowledge->squares[i].unknown == unknown)
            return &f->knowledge->squares[i];
    }
    return NULL;
}

static bool is_named_unknown(const struct gate *gate)
{
    return gate->kind == GATE_UNKNOWN && gate->expression && !gate->integer;
}

/* Whether the parts of a sum are leaves, none of them written by a root already. */
static bool is_sum_of_leaves(const struct functions *f, gate_id sum)
{
    const struct gate *gate = &f->to.gates[sum];

    if (gate->kind != GATE_SUM || gate->count > SQUARE_REST + 1)
        return false;
    for (size_t i = 0; i < gate->count; i++) {
        const struct gate *part = &f->to.gates[circuit_part(&f->to, sum, i)];
        bool is_leaf = part->kind == GATE_NUMBER ||
                       (is_named_unknown(part) && !find_square(f, part->expression));
        if (!is_leaf)
            return false;
    }
    return true;
}

static void push_square(struct functions *f, struct square square)
{
    struct knowledge *knowledge = f->knowledge;

    knowledge->squares = memory_array(knowledge->squares, knowledge->square_count + 1,
                                      sizeof *knowledge->squares);
    knowledge->squares[knowledge->square_count++] = square;
    knowledge->squares_changed = true;
}

/* Of an unknown, or a sum with one, a further run can do without the root's square. */
static void learn_square(struct functions *f, gate_id argument)
{
    const struct gate *gate = &f->to.gates[argument];
    struct square square = {.unknown = 0};

    if (is_named_unknown(gate)) {
        square.unknown = gate->expression;
    } else if (is_sum_of_leaves(f, argument)) {
        for (size_t i = 0; i < gate->count; i++) {
            const struct gate *part = &f->to.gates[circuit_part(&f->to, argument, i)];
            if (!square.unknown && is_named_unknown(part))
                square.unknown = part->expression;
            else if (square.rest_count < SQUARE_REST)
                square.rest[square.rest_count++] = *part;
        }
    }
    if (square.unknown)
        push_square(f, square);
}

gate_id rewrite_root(struct functions *f, expr_id function, gate_id argument)
{
    gate_id root = exact_root(&f->to, argument);

    if (root)
        return root;
    for (size_t i = 0; i < f->root_count; i++) {
        points_extend(&f->points);
        if (functions_are_equal(f, f->roots[i].radicand, argument))
            return f->roots[i].root;
    }
    learn_square(f, argument);
    return push_root(f, argument, functions_value(f, function, &argument, 0));
}

static gate_id leaf_of(struct circuit *circuit, const struct gate *gate)
{
    if (gate->kind == GATE_UNKNOWN)
        return circuit_unknown(circuit, gate->expression);
    return gate->expression ? circuit_number(circuit, gate->expression)
                            : circuit_integer(circuit, gate->integer);
}

/* An unknown of which, with some others, a root is taken is written by the square of
   that: the root is defined only where there is one. */
gate_id rewrite_unknown(struct functions *f, gate_id unknown)
{
    const struct square *square = find_square(f, f->to.gates[unknown].expression);
    gate_id parts[SQUARE_REST + 1], root;

    if (!square)
        return unknown;
    for (size_t i = 0; i < f->root_count; i++) {
        if (f->roots[i].unknown == unknown)
            return f->roots[i].value;
    }
    root = circuit_fresh(&f->to, false);
    parts[0] = circuit_power(&f->to, root, 2);
    push_root(f, parts[0], root);
    for (size_t i = 0; i < square->rest_count; i++)
        parts[1 + i] = circuit_negate(&f->to, leaf_of(&f->to, &square->rest[i]));
    f->roots[f->root_count - 1].unknown = unknown;
    return f->roots[f->root_count - 1].value =
               circuit_sum(&f->to, parts, 1 + square->rest_count);
}

gate_id rewrite_power(struct functions *f, gate_id base, int64_t exponent)
{
    const struct root *root = find_root(f, base);
    gate_id factors[2];

    if (!root || root->unknown)
        return circuit_power(&f->to, base, exponent);
    factors[0] = circuit_power(&f->to, root->radicand, exponent / 2);
    factors[1] = circuit_power(&f->to, base, exponent % 2);
    return circuit_product(&f->to, factors, 2);
}

void rewrite_pairs(struct functions *f, gate_id *parts, size_t count)
{
    for (size_t i = 0; f->root_count && i < count; i++) {
        const struct root *root = find_root(f, parts[i]);
        if (!root || root->unknown)
            continue;
        for (size_t k = 0; k < i; k++) {
            if (parts[k] != parts[i])
                continue;
            parts[k] = root->radicand;
            parts[i] = GATE_ONE;
            break;
        }
    }
}

/* Steps. */

/* Of 0: what derive takes for the derivative of relu there, or 0 for none. */
static gate_id step_of_zero(struct circuit *circuit)
{
    mpq_srcptr q = function_step_at_zero(circuit->pool);

    if (!q || !mpz_fits_slong_p(mpq_numref(q)) || !mpz_fits_slong_p(mpq_denref(q)))
        return 0;
    return divided(circuit, circuit_integer(circuit, mpz_get_si(mpq_numref(q))),
                   mpz_get_si(mpq_denref(q)));
}

/* An equal argument has the same step, also if its sign is not seen. */
gate_id rewrite_step(struct functions *f, expr_id function, gate_id argument)
{
    bool is_sign = function_peek(f->to.pool, function)->id == FUNCTION_SIGN;
    gate_id known = 0;

    if (sign_is_positive(&f->signs, argument))
        known = GATE_ONE;
    else if (sign_is_negative(&f->signs, argument))
        known = is_sign ? circuit_integer(&f->to, -1) : GATE_ZERO;
    else if (sign_is_zero(&f->signs, argument))
        known = is_sign ? GATE_ZERO : step_of_zero(&f->to);
    return functions_value(f, function, &argument, known);
}

static void put_in_order(gate_id *arguments)
{
    gate_id first = arguments[0];

    if (first > arguments[1]) {
        arguments[0] = arguments[1];
        arguments[1] = first;
    }
}

/* Of arguments whose order is seen it is one of them. */
gate_id rewrite_max(struct functions *f, expr_id function, gate_id *arguments)
{
    gate_id terms[2] = {arguments[0], circuit_negate(&f->to, arguments[1])}, known = 0;
    gate_id difference = circuit_sum(&f->to, terms, 2);

    if (sign_is_positive(&f->signs, difference) || sign_is_zero(&f->signs, difference))
        known = arguments[0];
    else if (sign_is_negative(&f->signs, difference))
        known = arguments[1];
    put_in_order(arguments);
    return functions_value(f, function, arguments, known);
}
