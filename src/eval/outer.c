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

/* A factor of the product: the numerator of one vector's entry over the denominator of
   the other's, in `reduced` if they share something. */
struct factor {
    const fmpz *numerator, *denominator;
    fmpq_t reduced;
};

static void factor_init(struct factor *factor, const fmpq *top, const fmpq *bottom,
                        const fmpz_t shared)
{
    factor->numerator = fmpq_numref(top);
    factor->denominator = fmpq_denref(bottom);
    fmpq_init(factor->reduced);
    if (fmpz_is_one(shared) || fmpz_is_one(factor->denominator))
        return;
    fmpz_t common;
    fmpz_init(common);
    fmpz_gcd(common, shared, factor->denominator);
    if (!fmpz_is_one(common)) {
        fmpz_divexact(fmpq_numref(factor->reduced), factor->numerator, common);
        fmpz_divexact(fmpq_denref(factor->reduced), factor->denominator, common);
        factor->numerator = fmpq_numref(factor->reduced);
        factor->denominator = fmpq_denref(factor->reduced);
    }
    fmpz_clear(common);
}

void outer_get(const struct outer *outer, int64_t i, int64_t j, fmpq_t product)
{
    const fmpq *left = outer->left.entries + i, *right = outer->right.entries + j;
    struct factor first, second;
    factor_init(&first, left, right, outer->left.shared + i);
    factor_init(&second, right, left, outer->right.shared + j);
    fmpz_mul(fmpq_numref(product), first.numerator, second.numerator);
    fmpz_mul(fmpq_denref(product), first.denominator, second.denominator);
    fmpq_clear(first.reduced);
    fmpq_clear(second.reduced);
}
