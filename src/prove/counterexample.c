#include "prove/counterexample.h"

#include "base/memory.h"
#include "prove/exact.h"

enum {
    SMALL = 40,               /* 0, 1, -1, 2, … this many are tried one by one */
    WIDE = 1000000,           /* then random integers up to this size */
    GATES = 200 * 1000 * 1000 /* evaluated in one search, about; then it gets coarse */
};

/* A search walks over the unknowns by blocks, halving those that resist. All tests are
   modulo a prime: where the sides are defined and differ modulo a prime, they are defined
   and differ exactly, since the values tried are integers. */
struct search {
    struct modular *modular;
    struct chance *chance;
    mp_limb_t *point, *saved;
    long *values;  /* by unknown */
    bool *matters; /* by unknown */
    size_t count;
    bool must_differ;
    mp_limb_t left, right; /* at the final point */
    uint64_t work;
};

struct block {
    size_t begin, end;
};

typedef bool block_test(struct search *search, struct block block);

static bool evaluate(struct search *s)
{
    s->work += s->modular->circuit->order_count;
    return modular_evaluate(s->modular, s->point);
}

static mp_limb_t left_of(const struct search *s)
{
    return s->modular->values[s->modular->circuit->left];
}

static mp_limb_t right_of(const struct search *s)
{
    return s->modular->values[s->modular->circuit->right];
}

static bool is_good(struct search *s)
{
    return evaluate(s) && (!s->must_differ || left_of(s) != right_of(s));
}

static void put(struct search *s, size_t unknown, long value)
{
    mp_limb_t size = value < 0 ? -(mp_limb_t)value : (mp_limb_t)value;

    s->values[unknown] = value;
    s->point[unknown] = value < 0 ? nmod_neg(size, s->modular->mod) : size;
}

static void save(struct search *s, struct block block)
{
    for (size_t i = block.begin; i < block.end; i++)
        s->saved[i] = s->point[i];
}

static void restore(struct search *s, struct block block)
{
    for (size_t i = block.begin; i < block.end; i++)
        s->point[i] = s->saved[i];
}

/* 0, 1, -1, 2, -2, … then random integers. A rational function that differs somewhere
   differs at all but finitely many of them. */
static void put_other(struct search *s, size_t unknown)
{
    for (long i = 1;; i++) {
        long size = i < SMALL ? (i + 1) / 2 : 1 + (long)chance_below(s->chance, WIDE);
        put(s, unknown, i % 2 ? size : -size);
        if (is_good(s))
            return;
    }
}

/* Can the whole block be 0? */
static bool test_zero(struct search *s, struct block block)
{
    save(s, block);
    for (size_t i = block.begin; i < block.end; i++)
        put(s, i, 0);
    if (is_good(s))
        return true;
    restore(s, block);
    if (block.end - block.begin == 1) {
        put_other(s, block.begin);
        return true;
    }
    return false;
}

/* Do the sides keep their values, whatever the zeros of the block become? */
static bool test_idle(struct search *s, struct block block)
{
    bool idle;

    save(s, block);
    for (size_t i = block.begin; i < block.end; i++) {
        if (s->values[i] == 0)
            s->point[i] = chance_below(s->chance, s->modular->mod.n);
    }
    idle = evaluate(s) && left_of(s) == s->left && right_of(s) == s->right;
    if (idle)
        return true;
    restore(s, block);
    if (block.end - block.begin > 1 && s->work < GATES)
        return false;
    for (size_t i = block.begin; i < block.end; i++)
        s->matters[i] = true;
    return true;
}

/* Tests the whole, and the halves of every block that the test answers false for. */
static void halve(struct search *s, block_test *test)
{
    struct block *blocks = memory_array(NULL, 2 * 64 + 2, sizeof *blocks);
    size_t depth = 0;

    if (s->count)
        blocks[depth++] = (struct block){0, s->count};
    while (depth) {
        struct block block = blocks[--depth];
        size_t middle = block.begin + (block.end - block.begin) / 2;
        if (test(s, block))
            continue;
        blocks[depth++] = (struct block){middle, block.end};
        blocks[depth++] = (struct block){block.begin, middle};
    }
    memory_free(blocks);
}

static void find_idle(struct search *s)
{
    evaluate(s);
    s->left = left_of(s);
    s->right = right_of(s);
    halve(s, test_idle);
    for (size_t i = 0; i < s->count; i++)
        s->matters[i] = s->matters[i] || s->values[i] != 0;
}

static void push_witness(struct proof *proof, expr_id symbol, long value)
{
    struct witness *witness;

    proof->witnesses = memory_array(proof->witnesses, proof->witness_count + 1,
                                    sizeof *proof->witnesses);
    witness = &proof->witnesses[proof->witness_count++];
    witness->symbol = symbol;
    mpq_init(witness->value);
    mpq_set_si(witness->value, value, 1);
}

static bool report(const struct search *s, struct proof *proof)
{
    const struct circuit *circuit = s->modular->circuit;
    mpq_t *point = memory_array(NULL, s->count + 1, sizeof *point);
    enum exact_status status;

    for (size_t i = 0; i < s->count; i++) {
        mpq_init(point[i]);
        mpq_set_si(point[i], s->values[i], 1);
        if (s->matters[i])
            push_witness(proof, circuit->unknowns.items[i], s->values[i]);
    }
    status = exact_sides(circuit, point, proof->left, proof->right);
    for (size_t i = 0; i < s->count; i++)
        mpq_clear(point[i]);
    memory_free(point);
    return status == EXACT_OK;
}

bool counterexample_find(struct modular *modular, struct chance *chance, mp_limb_t *point,
                         bool must_differ, struct proof *proof)
{
    size_t count = modular->circuit->unknowns.count;
    struct search s = {.modular = modular,
                       .chance = chance,
                       .point = point,
                       .count = count,
                       .must_differ = must_differ};
    bool is_written;

    s.saved = memory_array(NULL, count + 1, sizeof *s.saved);
    s.values = memory_zeroed(count + 1, sizeof *s.values);
    s.matters = memory_zeroed(count + 1, sizeof *s.matters);
    halve(&s, test_zero);
    find_idle(&s);
    is_written = report(&s, proof);
    memory_free(s.saved);
    memory_free(s.values);
    memory_free(s.matters);
    return is_written;
}
