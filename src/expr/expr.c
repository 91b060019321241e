#include "expr/expr.h"

#include "base/arena.h"
#include "base/memory.h"
#include "expr/walk.h"

#include <string.h>
#include <sys/random.h>
#include <unistd.h>

struct named {
    const char *text;
    const struct function *function; /* of EXPR_FUNCTION */
};

/* Nodes lie in parallel arrays. `first` is the offset of the parts, or the index of the
   number or name. `table` holds ids by hash, open addressing; a slot with 0 is free. */
struct pool {
    uint8_t *kinds;
    uint32_t *firsts, *counts, *hashes;
    expr_id count;
    size_t capacity;
    expr_id *parts;
    size_t parts_count, parts_capacity;
    __mpq_struct *numbers;
    size_t numbers_count, numbers_capacity;
    struct named *names;
    size_t names_count, names_capacity;
    struct arena texts;
    expr_id *table;
    size_t table_size;
    uint64_t seed;
    struct pool_style style;
};

/* What is looked up: exactly one of parts, number and name is there. */
struct key {
    enum expr_kind kind;
    const expr_id *parts;
    size_t count;
    mpq_srcptr number;
    const char *name;
    size_t length;
    const struct function *function;
};

struct pool *pool_new(void)
{
    struct pool *pool = memory_zeroed(1, sizeof *pool);

    arena_init(&pool->texts);
    pool->style.has_step_at_zero = true;
    mpq_init(pool->style.step_at_zero);
    pool->table_size = 64;
    pool->table = memory_zeroed(pool->table_size, sizeof *pool->table);
    /* A secret seed: nobody can choose names that collide. Ids do not hang on it. */
    if (getentropy(&pool->seed, sizeof pool->seed) != 0)
        pool->seed = (uint64_t)(uintptr_t)pool;
    return pool;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    for (size_t i = 0; i < pool->numbers_count; i++)
        mpq_clear(&pool->numbers[i]);
    memory_free(pool->kinds);
    memory_free(pool->firsts);
    memory_free(pool->counts);
    memory_free(pool->hashes);
    memory_free(pool->parts);
    memory_free(pool->numbers);
    memory_free(pool->names);
    memory_free(pool->table);
    arena_clear(&pool->texts);
    mpq_clear(pool->style.step_at_zero);
    memory_free(pool);
}

expr_id pool_count(const struct pool *pool)
{
    return pool->count;
}

struct arena *pool_arena(struct pool *pool)
{
    return &pool->texts;
}

struct pool_style *pool_style(struct pool *pool)
{
    return &pool->style;
}

const struct pool_style *pool_peek_style(const struct pool *pool)
{
    return &pool->style;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ (hash >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    return hash ^ (hash >> 29);
}

static uint64_t mix_integer(uint64_t hash, mpz_srcptr z)
{
    hash = mix(hash, (uint64_t)(mpz_sgn(z) + 1));
    for (size_t i = 0; i < mpz_size(z); i++)
        hash = mix(hash, mpz_getlimbn(z, (mp_size_t)i));
    return hash;
}

static uint64_t mix_text(uint64_t hash, const char *text, size_t length)
{
    uint64_t word;

    for (; length >= sizeof word; text += sizeof word, length -= sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    memcpy(&word, text, length);
    return mix(mix(hash, word), length);
}

static uint32_t key_hash(const struct pool *pool, const struct key *key)
{
    uint64_t hash = mix(pool->seed, (uint64_t)key->kind);

    if (key->number) {
        hash = mix_integer(hash, mpq_numref(key->number));
        hash = mix_integer(hash, mpq_denref(key->number));
    } else if (key->name) {
        hash = mix_text(hash, key->name, key->length);
    } else {
        for (size_t i = 0; i < key->count; i++)
            hash = mix(hash, key->parts[i]);
    }
    return (uint32_t)(hash ^ (hash >> 32));
}

static bool key_matches(const struct pool *pool, const struct key *key, expr_id e)
{
    if (pool->kinds[e] != (uint8_t)key->kind)
        return false;
    if (key->number)
        return mpq_equal(key->number, &pool->numbers[pool->firsts[e]]);
    if (key->name)
        return strcmp(key->name, pool->names[pool->firsts[e]].text) == 0;
    return pool->counts[e] == key->count &&
           memcmp(key->parts, pool->parts + pool->firsts[e],
                  key->count * sizeof(expr_id)) == 0;
}

/* The slot of the key, or the free slot where it belongs. */
static size_t find_slot(const struct pool *pool, const struct key *key, uint32_t hash)
{
    size_t mask = pool->table_size - 1, slot = hash & mask;
    expr_id e;

    while ((e = pool->table[slot]) != 0) {
        if (pool->hashes[e] == hash && key_matches(pool, key, e))
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static void grow_table(struct pool *pool)
{
    size_t size = pool->table_size * 2, mask = size - 1;
    expr_id *table = memory_zeroed(size, sizeof *table);

    for (expr_id e = 1; e <= pool->count; e++) {
        size_t slot = pool->hashes[e] & mask;
        while (table[slot])
            slot = (slot + 1) & mask;
        table[slot] = e;
    }
    memory_free(pool->table);
    pool->table = table;
    pool->table_size = size;
}

/* Makes room for `more` elements; past 32-bit offsets memory counts as exhausted. */
static void *reserve(void *array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return array;
    if (need > UINT32_MAX - 1)
        return memory_array(array, SIZE_MAX, 2);
    *capacity = need + need / 2 + 32;
    return memory_array(array, *capacity, size);
}

static void reserve_node(struct pool *pool)
{
    size_t capacity = pool->capacity, need = (size_t)pool->count + 2;

    if (need <= capacity)
        return;
    pool->kinds = reserve(pool->kinds, &pool->capacity, need, sizeof *pool->kinds);
    pool->firsts = memory_array(pool->firsts, pool->capacity, sizeof *pool->firsts);
    pool->counts = memory_array(pool->counts, pool->capacity, sizeof *pool->counts);
    pool->hashes = memory_array(pool->hashes, pool->capacity, sizeof *pool->hashes);
}

static uint32_t store_number(struct pool *pool, mpq_srcptr number)
{
    pool->numbers = reserve(pool->numbers, &pool->numbers_capacity,
                            pool->numbers_count + 1, sizeof *pool->numbers);
    mpq_init(&pool->numbers[pool->numbers_count]);
    mpq_set(&pool->numbers[pool->numbers_count], number);
    return (uint32_t)pool->numbers_count++;
}

static uint32_t store_name(struct pool *pool, const struct key *key)
{
    pool->names = reserve(pool->names, &pool->names_capacity, pool->names_count + 1,
                          sizeof *pool->names);
    pool->names[pool->names_count] = (struct named){
        arena_strndup(&pool->texts, key->name, key->length), key->function};
    return (uint32_t)pool->names_count++;
}

static uint32_t store_parts(struct pool *pool, const struct key *key)
{
    /* The given parts may lie in the array that grows here. */
    bool ours = pool->parts && key->parts >= pool->parts &&
                key->parts < pool->parts + pool->parts_count;
    size_t offset = ours ? (size_t)(key->parts - pool->parts) : 0;
    size_t first = pool->parts_count;

    pool->parts = reserve(pool->parts, &pool->parts_capacity, first + key->count,
                          sizeof *pool->parts);
    memcpy(pool->parts + first, ours ? pool->parts + offset : key->parts,
           key->count * sizeof *pool->parts);
    pool->parts_count += key->count;
    return (uint32_t)first;
}

static expr_id intern(struct pool *pool, const struct key *key)
{
    uint32_t hash = key_hash(pool, key), first;
    size_t slot = find_slot(pool, key, hash);
    expr_id e = pool->table[slot];

    if (e)
        return e;
    reserve_node(pool);
    first = key->number ? store_number(pool, key->number)
            : key->name ? store_name(pool, key)
                        : store_parts(pool, key);
    e = ++pool->count;
    pool->kinds[e] = (uint8_t)key->kind;
    pool->firsts[e] = first;
    pool->counts[e] = (uint32_t)key->count;
    pool->hashes[e] = hash;
    pool->table[slot] = e;
    if ((size_t)pool->count * 4 > pool->table_size * 3)
        grow_table(pool);
    return e;
}

expr_id expr_number(struct pool *pool, mpq_srcptr value)
{
    return intern(pool, &(struct key){.kind = EXPR_NUMBER, .number = value});
}

expr_id expr_integer(struct pool *pool, long value)
{
    mpq_t q;
    expr_id e;

    mpq_init(q);
    mpq_set_si(q, value, 1);
    e = expr_number(pool, q);
    mpq_clear(q);
    return e;
}

expr_id expr_symbol(struct pool *pool, const char *name)
{
    return intern(
        pool, &(struct key){.kind = EXPR_SYMBOL, .name = name, .length = strlen(name)});
}

expr_id expr_make(struct pool *pool, enum expr_kind kind, const expr_id *parts,
                  size_t count)
{
    return intern(pool, &(struct key){.kind = kind, .parts = parts, .count = count});
}

static expr_id make_pair(struct pool *pool, enum expr_kind kind, expr_id a, expr_id b)
{
    return expr_make(pool, kind, (expr_id[]){a, b}, 2);
}

expr_id expr_sum(struct pool *pool, const expr_id *terms, size_t count)
{
    if (count == 0)
        return expr_integer(pool, 0);
    return count == 1 ? terms[0] : expr_make(pool, EXPR_SUM, terms, count);
}

expr_id expr_product(struct pool *pool, const expr_id *factors, size_t count)
{
    if (count == 0)
        return expr_integer(pool, 1);
    return count == 1 ? factors[0] : expr_make(pool, EXPR_PRODUCT, factors, count);
}

expr_id expr_add(struct pool *pool, expr_id a, expr_id b)
{
    return make_pair(pool, EXPR_SUM, a, b);
}

expr_id expr_subtract(struct pool *pool, expr_id a, expr_id b)
{
    return make_pair(pool, EXPR_SUM, a, expr_negate(pool, b));
}

expr_id expr_multiply(struct pool *pool, expr_id a, expr_id b)
{
    return make_pair(pool, EXPR_PRODUCT, a, b);
}

expr_id expr_negate(struct pool *pool, expr_id a)
{
    return expr_make(pool, EXPR_NEGATE, &a, 1);
}

expr_id expr_power(struct pool *pool, expr_id base, long exponent)
{
    return make_pair(pool, EXPR_POWER, base, expr_integer(pool, exponent));
}

expr_id expr_quotient(struct pool *pool, expr_id a, expr_id b)
{
    return make_pair(pool, EXPR_QUOTIENT, a, b);
}

expr_id expr_derivative(struct pool *pool, expr_id of, expr_id by)
{
    return make_pair(pool, EXPR_DERIVATIVE, of, by);
}

expr_id expr_local(struct pool *pool, expr_id of, expr_id by)
{
    return make_pair(pool, EXPR_LOCAL, of, by);
}

expr_id expr_function(struct pool *pool, const char *name,
                      const struct function *function)
{
    return intern(pool, &(struct key){.kind = EXPR_FUNCTION,
                                      .name = name,
                                      .length = strlen(name),
                                      .function = function});
}

enum expr_kind expr_kind(const struct pool *pool, expr_id e)
{
    return (enum expr_kind)pool->kinds[e];
}

size_t expr_count(const struct pool *pool, expr_id e)
{
    return pool->counts[e];
}

expr_id expr_part(const struct pool *pool, expr_id e, size_t i)
{
    return pool->parts[pool->firsts[e] + i];
}

const expr_id *expr_peek_parts(const struct pool *pool, expr_id e)
{
    return pool->counts[e] ? pool->parts + pool->firsts[e] : NULL;
}

mpq_srcptr expr_peek_number(const struct pool *pool, expr_id e)
{
    return &pool->numbers[pool->firsts[e]];
}

const char *expr_peek_name(const struct pool *pool, expr_id e)
{
    return pool->names[pool->firsts[e]].text;
}

const struct function *expr_peek_function(const struct pool *pool, expr_id function)
{
    return pool->names[pool->firsts[function]].function;
}

expr_id expr_find_symbol(const struct pool *pool, const char *name)
{
    struct key key = {.kind = EXPR_SYMBOL, .name = name, .length = strlen(name)};

    return pool->table[find_slot(pool, &key, key_hash(pool, &key))];
}

bool expr_is_integer(const struct pool *pool, expr_id e, long value)
{
    return expr_kind(pool, e) == EXPR_NUMBER &&
           mpq_cmp_si(expr_peek_number(pool, e), value, 1) == 0;
}

uint64_t expr_tree_size(const struct pool *pool, expr_id e)
{
    /* Only the sizes of nodes of `e` are written and read. */
    uint64_t *sizes = memory_array(NULL, (size_t)e + 1, sizeof *sizes), result;
    struct expr_list nodes;

    expr_list_init(&nodes);
    walk_nodes(pool, e, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        expr_id node = nodes.items[i];
        uint64_t size = 1;
        for (size_t j = 0; j < expr_count(pool, node); j++) {
            uint64_t part = sizes[expr_part(pool, node, j)];
            size = size > UINT64_MAX - part ? UINT64_MAX : size + part;
        }
        sizes[node] = size;
    }
    result = sizes[e];
    expr_list_clear(&nodes);
    memory_free(sizes);
    return result;
}
