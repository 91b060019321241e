/* Assumptions at the values that `let` and `fix` give: exact numbers, without functions.
 */
#include "net/spec_reader.h"

#include "base/memory.h"
#include "base/number.h"
#include "expr/walk.h"
#include "net/node_map.h"

enum { MOST_BITS = 1000000 };

/* The numbers of the nodes of one expression. */
struct numbers {
    struct spec *spec;
    struct pool *pool;
    struct node_map index; /* by expression */
    mpq_ptr items;
    size_t count;
};

static mpq_ptr number_of(const struct numbers *numbers, expr_id e)
{
    return numbers->items + node_map_get(&numbers->index, e);
}

static bool is_short(mpq_srcptr q)
{
    return mpz_sizeinbase(mpq_numref(q), 2) + mpz_sizeinbase(mpq_denref(q), 2) <
           MOST_BITS;
}

static bool take_symbol(const struct numbers *numbers, expr_id symbol, mpq_ptr value)
{
    node_id node = network_node(numbers->spec->network, symbol);
    mpq_srcptr given = node < 0 ? NULL : network_value(numbers->spec->network, node);
    if (given)
        mpq_set(value, given);
    return given != NULL;
}

static bool take_all(const struct numbers *numbers, expr_id e, mpq_ptr value,
                     void (*operation)(mpq_ptr, mpq_srcptr, mpq_srcptr))
{
    for (size_t i = 0; i < expr_count(numbers->pool, e); i++) {
        operation(value, value, number_of(numbers, expr_part(numbers->pool, e, i)));
        if (!is_short(value))
            return false;
    }
    return true;
}

/* base^exponent, an integer. */
static bool take_power(mpq_ptr value, mpq_srcptr base, mpq_srcptr exponent)
{
    if (mpz_cmp_ui(mpq_denref(exponent), 1) != 0 ||
        mpz_cmpabs_ui(mpq_numref(exponent), MOST_BITS) > 0)
        return false;
    long n = mpz_get_si(mpq_numref(exponent));
    unsigned long times = (unsigned long)(n < 0 ? -n : n);
    size_t bits =
        mpz_sizeinbase(mpq_numref(base), 2) + mpz_sizeinbase(mpq_denref(base), 2);
    if ((n < 0 && mpq_sgn(base) == 0) || bits * (times + 1) > MOST_BITS)
        return false;
    mpz_pow_ui(mpq_numref(value), mpq_numref(base), times);
    mpz_pow_ui(mpq_denref(value), mpq_denref(base), times);
    if (n < 0)
        mpq_inv(value, value);
    return true;
}

static bool take_quotient(mpq_ptr value, mpq_srcptr above, mpq_srcptr below)
{
    if (mpq_sgn(below) == 0)
        return false;
    mpq_div(value, above, below);
    return is_short(value);
}

/* False where there is no value, or none that is exact and short. */
static bool take_value(const struct numbers *numbers, expr_id e, mpq_ptr value)
{
    struct pool *pool = numbers->pool;
    switch (expr_kind(pool, e)) {
    case EXPR_NUMBER:
        mpq_set(value, expr_peek_number(pool, e));
        return true;
    case EXPR_SYMBOL:
        return take_symbol(numbers, e, value);
    case EXPR_SUM:
        return take_all(numbers, e, value, mpq_add);
    case EXPR_PRODUCT:
        mpq_set_ui(value, 1, 1);
        return take_all(numbers, e, value, mpq_mul);
    case EXPR_NEGATE:
        mpq_neg(value, number_of(numbers, expr_part(pool, e, 0)));
        return true;
    case EXPR_POWER:
        return take_power(value, number_of(numbers, expr_part(pool, e, 0)),
                          number_of(numbers, expr_part(pool, e, 1)));
    case EXPR_QUOTIENT:
        return take_quotient(value, number_of(numbers, expr_part(pool, e, 0)),
                             number_of(numbers, expr_part(pool, e, 1)));
    default:
        return false;
    }
}

static bool evaluate(struct spec *spec, expr_id e, mpq_ptr value)
{
    struct numbers numbers = {.spec = spec, .pool = network_pool(spec->network)};
    struct expr_list nodes;
    bool good = true;
    expr_list_init(&nodes);
    node_map_init(&numbers.index);
    walk_nodes(numbers.pool, e, &nodes);
    numbers.items = memory_array(NULL, nodes.count, sizeof *numbers.items);
    for (size_t i = 0; i < nodes.count && good; i++) {
        mpq_init(numbers.items + i);
        node_map_put(&numbers.index, nodes.items[i], (uint32_t)i);
        numbers.count++;
        good = take_value(&numbers, nodes.items[i], numbers.items + i);
    }
    if (good)
        mpq_set(value, number_of(&numbers, e));
    for (size_t i = 0; i < numbers.count; i++)
        mpq_clear(numbers.items + i);
    memory_free(numbers.items);
    node_map_clear(&numbers.index);
    expr_list_clear(&nodes);
    return good;
}

static bool refuse(struct spec *spec, struct span span, mpq_srcptr left, mpq_srcptr right)
{
    struct buf texts[2];
    buf_init(&texts[0]);
    buf_init(&texts[1]);
    number_write(&texts[0], left);
    number_write(&texts[1], right);
    diag_at(spec->diags, DIAG_SPEC_ASSUME_FALSE, spec_place(spec, span),
            buf_peek(&texts[0]), buf_peek(&texts[1]), (char *)NULL);
    buf_clear(&texts[0]);
    buf_clear(&texts[1]);
    return false;
}

bool spec_check_assumptions(struct spec *spec)
{
    bool good = true;
    mpq_t left, right;
    mpq_init(left);
    mpq_init(right);
    for (size_t i = 0; i < spec->plan->assumption_count; i++) {
        const struct plan_assumption *assumption = &spec->plan->assumptions[i];
        if (evaluate(spec, assumption->left, left) &&
            evaluate(spec, assumption->right, right) && !mpq_equal(left, right))
            good = refuse(spec, assumption->formula, left, right);
    }
    mpq_clear(left);
    mpq_clear(right);
    return good;
}

bool spec_check_values(struct network *network, const struct source *source,
                       struct diags *diags)
{
    struct spec spec;
    spec_init(&spec, network, source);
    spec.diags = diags;
    bool good = spec_check_assumptions(&spec);
    spec_clear(&spec);
    return good;
}
