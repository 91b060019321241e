#include "eval/outer.h"

#include <flint/fmpq_vec.h>

static void vector_init(struct outer_vector *vector, const struct cleared *entries,
                        const fmpz_t other_denominator)
{
    vector->entries = cleared_get_all(entries);
    vector->count = cleared_count(entries);
    vector->shared = _fmpz_vec_init(vector->count);
    for (int64_t i = 0; i < vector->count; i++)
        fmpz_gcd(vector->shared + i, fmpq_numref(vector->entries + i), other_denominator);
}

static void vector_clear(struct outer_vector *vector)
{
    _fmpq_vec_clear(vector->entries, vector->count);
    _fmpz_vec_clear(vector->shared, vector->count);
}

void outer_init(struct outer *outer, const struct cleared *left,
                const struct cleared *right)
{
    vector_init(&outer->left, left, right->denominator);
    vector_init(&outer->right, right, left->denominator);
}

void outer_clear(struct outer *outer)
{
    vector_clear(&outer->left);
    vector_clear(&outer->right);
}

/* The numerator of one vector's entry and the denominator of the other's, without what
   they share. */
static void divide_shared(fmpz_t numerator, fmpz_t denominator, const fmpz_t shared)
{
    if (fmpz_is_one(shared))
        return;
    fmpz_t common;
    fmpz_init(common);
    fmpz_gcd(common, shared, denominator);
    if (!fmpz_is_one(common)) {
        fmpz_divexact(numerator, numerator, common);
        fmpz_divexact(denominator, denominator, common);
    }
    fmpz_clear(common);
}

void outer_get(const struct outer *outer, int64_t i, int64_t j, fmpq_t product)
{
    const fmpq *left = outer->left.entries + i, *right = outer->right.entries + j;
    fmpz_t other_numerator, other_denominator;
    fmpz_init_set(other_numerator, fmpq_numref(right));
    fmpz_init_set(other_denominator, fmpq_denref(right));
    fmpq_set(product, left);
    divide_shared(fmpq_numref(product), other_denominator, outer->left.shared + i);
    divide_shared(other_numerator, fmpq_denref(product), outer->right.shared + j);
    fmpz_mul(fmpq_numref(product), fmpq_numref(product), other_numerator);
    fmpz_mul(fmpq_denref(product), fmpq_denref(product), other_denominator);
    fmpz_clear(other_numerator);
    fmpz_clear(other_denominator);
}
