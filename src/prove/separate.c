#include "prove/separate.h"

#include "base/memory.h"
#include "expr/function.h"
#include "prove/enclose.h"

enum {
    TRIES = 12,      /* points at each precision */
    WORK = 20000000, /* gates times words in one search, about */
    MANY = 64,       /* more values than these are not made simpler one by one */
    DIGITS = 6,      /* of a side after the first in which the sides differ */
    BITS = 20000,    /* in a side; it is too long beyond that */
    DECIMALS = 2000
};

static const slong precisions[] = {64, 256, 1024, 4096};

struct search {
    struct enclose enclose;
    struct pool *pool;
    mpq_t *point;
    size_t count;
    bool must_differ;
    slong bits;
    uint64_t work;
};

static bool is_good(struct search *s)
{
    const struct circuit *circuit = s->enclose.circuit;

    s->work += circuit->order_count * (uint64_t)(s->bits / 64);
    return enclose_point(&s->enclose, (const mpq_t *)s->point, s->bits) &&
           !(s->must_differ && arb_overlaps(s->enclose.values + circuit->left,
                                            s->enclose.values + circuit->right));
}

static void put(struct search *s, size_t unknown, unsigned choice)
{
    static const struct {
        int above;
        unsigned below;
    } values[] = {{0, 1}, {1, 1}, {-1, 1}, {2, 1}, {1, 2}, {-2, 1}, {3, 1}, {-1, 2}};

    mpq_set_si(s->point[unknown], values[choice % 8].above, values[choice % 8].below);
}

/* All 0, all 1, then a mixture; in the end no two are alike, so that all that can differ
   does. */
static void put_all(struct search *s, unsigned attempt)
{
    for (size_t i = 0; i < s->count; i++) {
        uint64_t hash =
            (attempt * UINT64_C(1000003) + i + 1) * UINT64_C(0x9e3779b97f4a7c15);
        put(s, i, attempt < 2 ? attempt : (unsigned)(hash >> 50));
        if (attempt >= TRIES / 2)
            mpq_set_si(s->point[i], (long)((hash >> 40) % 97) - 48, 16);
        mpq_canonicalize(s->point[i]);
    }
    s->enclose.choice = attempt;
}

static bool find(struct search *s)
{
    for (size_t k = 0; k < sizeof precisions / sizeof *precisions; k++) {
        s->bits = precisions[k];
        for (unsigned attempt = 0; attempt < TRIES; attempt++) {
            put_all(s, attempt);
            if (is_good(s))
                return true;
            if (s->work > WORK)
                return false;
        }
    }
    return false;
}

/* 0 or 1 where that does. */
static void simplify(struct search *s)
{
    mpq_t old;

    mpq_init(old);
    for (size_t i = 0; i < s->count && s->count <= MANY && s->work <= WORK; i++) {
        bool ok = false;
        mpq_set(old, s->point[i]);
        for (unsigned choice = 0; choice < 4 && !ok; choice++) {
            put(s, i, choice);
            ok = mpq_equal(old, s->point[i]) || is_good(s);
        }
        if (!ok)
            mpq_set(s->point[i], old);
    }
    mpq_clear(old);
    is_good(s);
}

static void push_witness(struct proof *proof, expr_id symbol, mpq_srcptr value)
{
    struct witness *witness;

    proof->witnesses = memory_array(proof->witnesses, proof->witness_count + 1,
                                    sizeof *proof->witnesses);
    witness = &proof->witnesses[proof->witness_count++];
    witness->symbol = symbol;
    mpq_init(witness->value);
    mpq_set(witness->value, value);
}

static bool is_short(const arf_t x)
{
    slong above = arf_abs_bound_lt_2exp_si(x);

    return arf_is_zero(x) || (above < BITS && above > -BITS && arf_bits(x) < BITS);
}

static void set_middle(mpq_ptr value, arb_srcptr x)
{
    fmpq_t middle;

    fmpq_init(middle);
    arf_get_fmpq(middle, arb_midref(x));
    fmpq_get_mpq(value, middle);
    fmpq_clear(middle);
}

/* What an arbitrary function was taken to be, where its argument is a short number. */
static void push_given(struct search *s, struct proof *proof)
{
    const struct circuit *circuit = s->enclose.circuit;
    mpq_t q;

    mpq_init(q);
    for (size_t i = 0; i < s->enclose.given_count; i++) {
        const struct enclose_value *given = &s->enclose.given[i];
        arb_srcptr x = s->enclose.values + circuit_part(circuit, given->application, 0);
        expr_id function = circuit->gates[given->application].expression, symbol;
        if (!arb_is_exact(x) || !is_short(arb_midref(x)))
            continue;
        set_middle(q, x);
        symbol = function_apply(s->pool, function, expr_number(s->pool, q));
        mpq_set_si(q, given->value, 1);
        push_witness(proof, symbol, q);
    }
    mpq_clear(q);
}

/* value := the middle of a ball, rounded to the nearest multiple of `unit`, 1 over an
   integer. */
static void set_rounded(mpq_ptr value, arb_srcptr x, mpq_srcptr unit)
{
    mpq_t half;

    mpq_init(half);
    mpq_set_ui(half, 1, 2);
    set_middle(value, x);
    mpq_div(value, value, unit);
    mpq_add(value, value, half);
    mpz_fdiv_q(mpq_numref(value), mpq_numref(value), mpq_denref(value));
    mpz_set_ui(mpq_denref(value), 1);
    mpq_mul(value, value, unit);
    mpq_clear(half);
}

static bool is_within(arb_srcptr x, mpq_srcptr value, mpq_srcptr error, slong bits)
{
    arb_t off, most;
    fmpq_t q;
    bool is;

    arb_init(off);
    arb_init(most);
    fmpq_init(q);
    fmpq_set_mpq(q, value);
    arb_set_fmpq(off, q, bits + BITS);
    arb_sub(off, off, x, bits + BITS);
    arb_abs(off, off);
    fmpq_set_mpq(q, error);
    arb_set_fmpq(most, q, bits);
    is = arb_le(off, most);
    fmpq_clear(q);
    arb_clear(off);
    arb_clear(most);
    return is;
}

/* A ball as a number within `error` of it: itself, or rounded to so many decimals. False
   if the ball is wider than that. */
static bool report_side(mpq_ptr value, mpq_ptr error, arb_srcptr x, unsigned decimals,
                        slong bits)
{
    mpq_set_ui(error, 0, 1);
    set_middle(value, x);
    if (arb_is_exact(x))
        return true;
    mpq_set_ui(error, 1, 1);
    mpz_ui_pow_ui(mpq_denref(error), 10, decimals);
    set_rounded(value, x, error);
    return is_within(x, value, error, bits);
}

/* How many decimals show that the sides differ. */
static double decimals_for(arb_srcptr left, arb_srcptr right, slong bits)
{
    slong exponent;
    arb_t difference;

    arb_init(difference);
    arb_sub(difference, left, right, bits);
    exponent = arf_abs_bound_lt_2exp_si(arb_midref(difference));
    arb_clear(difference);
    return exponent < 0 ? DIGITS - 0.30103 * (double)exponent : DIGITS;
}

static bool report_sides(struct search *s, struct proof *proof)
{
    const struct circuit *circuit = s->enclose.circuit;
    arb_srcptr left = s->enclose.values + circuit->left,
               right = s->enclose.values + circuit->right;
    double decimals = s->must_differ ? decimals_for(left, right, s->bits) : DIGITS;

    if (decimals > DECIMALS || !is_short(arb_midref(left)) ||
        !is_short(arb_midref(right)))
        return false;
    return report_side(proof->left, proof->left_error, left, (unsigned)decimals,
                       s->bits) &&
           report_side(proof->right, proof->right_error, right, (unsigned)decimals,
                       s->bits);
}

/* The sides that differ at few bits may need more for their decimals. */
static void report(struct search *s, struct proof *proof)
{
    bool ok = report_sides(s, proof);

    for (; !ok && s->bits <= BITS && s->work <= 2 * (uint64_t)WORK;) {
        s->bits *= 2;
        if (!is_good(s))
            break;
        ok = report_sides(s, proof);
    }
    for (size_t i = 0; i < s->count; i++)
        push_witness(proof, s->enclose.circuit->unknowns.items[i], s->point[i]);
    push_given(s, proof);
    proof->is_too_long = !ok;
}

bool separate(const struct circuit *circuit, struct pool *pool, bool must_differ,
              struct proof *proof)
{
    struct search s = {
        .pool = pool, .count = circuit->unknowns.count, .must_differ = must_differ};
    bool is_found;

    enclose_init(&s.enclose, circuit);
    s.point = memory_array(NULL, s.count + 1, sizeof *s.point);
    for (size_t i = 0; i < s.count; i++)
        mpq_init(s.point[i]);
    is_found = find(&s);
    if (is_found) {
        simplify(&s);
        report(&s, proof);
    }
    for (size_t i = 0; i < s.count; i++)
        mpq_clear(s.point[i]);
    memory_free(s.point);
    enclose_clear(&s.enclose);
    return is_found;
}
