#include "verify/convention.h"

#include "base/memory.h"

#include <string.h>

/* 1/2, 2, -1, then m and 1/m for other counts of outputs or samples. */
static const long factors[CONVENTION_FACTORS][2] = {
    {1, 2}, {2, 1}, {-1, 1}, {3, 1}, {1, 3}, {4, 1}, {1, 4},  {5, 1},
    {1, 5}, {6, 1}, {1, 6},  {8, 1}, {1, 8}, {9, 1}, {10, 1}, {1, 10}};

void convention_begin(struct convention_search *search)
{
    *search = (struct convention_search){.count = 0};
    for (size_t i = 0; i < CONVENTION_FACTORS; i++)
        search->is_possible[i] = true;
}

static expr_id factor_of(struct pool *pool, size_t i)
{
    mpq_t value;
    mpq_init(value);
    mpq_set_si(value, factors[i][0], (unsigned long)factors[i][1]);
    expr_id factor = expr_number(pool, value);
    mpq_clear(value);
    return factor;
}

/* One look at an instance: the factors for which the values fit are left. */
static bool look(struct convention_search *search, struct section *section,
                 const struct pair *pair)
{
    struct pool *pool = section->scope->pool;
    expr_id sides[1 + CONVENTION_FACTORS] = {pair->member};
    uint64_t values[1 + CONVENTION_FACTORS], prime;
    bool is_left = false;
    for (size_t i = 0; i < CONVENTION_FACTORS; i++)
        sides[1 + i] = expr_multiply(pool, factor_of(pool, i), pair->base);
    if (!prove_values(section->prover, sides, 1 + CONVENTION_FACTORS, values, &prime))
        return false;
    for (size_t i = 0; i < CONVENTION_FACTORS; i++) {
        search->is_possible[i] = search->is_possible[i] && values[1 + i] == values[0] &&
                                 values[0] != PROVE_NO_VALUE;
        is_left |= search->is_possible[i];
    }
    return is_left;
}

static bool is_proved(struct section *section, const struct pair *pair, size_t factor)
{
    struct pool *pool = section->scope->pool;
    struct proof proof;
    proof_init(&proof);
    expr_id scaled = expr_multiply(pool, factor_of(pool, factor), pair->base);
    bool proved = prove_equal(section->prover, scaled, pair->member, NULL, 0, &proof) ==
                  VERDICT_PROVED;
    proof_clear(&proof);
    return proved;
}

static void forget(struct convention_search *search)
{
    memset(search->is_possible, 0, sizeof search->is_possible);
}

static bool is_over(const struct convention_search *search)
{
    for (size_t i = 0; i < CONVENTION_FACTORS; i++)
        if (search->is_possible[i])
            return false;
    return true;
}

/* `\frac{\partial E}{\partial w} = …`, true and without derivatives on the right: then
   the factor is no convention. */
static bool is_true_result(const struct section *section, const struct judged *judged)
{
    const struct pool *pool = section->scope->pool;
    if (judged->role == ROLE_UNREAD || judged->verdict != VERDICT_PROVED ||
        judged->pair_count == 0)
        return false;
    expr_id base = judged->pairs[0].base;
    return expr_kind(pool, base) == EXPR_DERIVATIVE &&
           expr_part(pool, base, 0) == section->scope->error &&
           !section_holds_derivative(section, judged->pairs[0].member);
}

void convention_see(struct convention_search *search, struct section *section,
                    size_t step)
{
    const struct judged *judged = &section->steps[step];
    if (is_true_result(section, judged))
        forget(search);
    if (judged->role == ROLE_UNREAD || judged->verdict != VERDICT_REFUTED)
        return;
    if (judged->pair_count > 0 && judged->pairs[0].base != search->last)
        search->count++;
    search->last = judged->pair_count > 0 ? judged->pairs[0].base : 0;
    for (size_t i = 0; i < judged->pair_count && !is_over(search); i++)
        if (!look(search, section, &judged->pairs[i]))
            forget(search);
    for (size_t f = 0; f < CONVENTION_FACTORS; f++)
        for (size_t i = 0; i < judged->pair_count && search->is_possible[f]; i++)
            search->is_possible[f] = is_proved(section, &judged->pairs[i], f);
}

static char *factor_text(size_t i)
{
    struct buf text;
    buf_init(&text);
    if (factors[i][1] == 1)
        buf_format(&text, "%ld", factors[i][0]);
    else
        buf_format(&text, "\\frac{%ld}{%ld}", factors[i][0], factors[i][1]);
    return buf_take(&text);
}

static bool is_false(const struct verified_step *step)
{
    return step->verdict == STEP_REFUTED || step->verdict == STEP_CARRIED;
}

static void carry(struct verification *verification, struct convention *convention,
                  size_t first)
{
    for (size_t i = first; i < verification->step_count; i++) {
        struct verified_step *step = &verification->steps[i];
        if (!is_false(step))
            continue;
        if (convention->count++ == 0) {
            convention->first = i;
            continue;
        }
        step->verdict = STEP_CARRIED;
        step->carried_from = (long)convention->first;
    }
}

void convention_tell(const struct convention_search *search,
                     struct verification *verification, size_t document, size_t first)
{
    struct verified_document *told = &verification->documents[document];
    size_t factor = 0;
    while (factor < CONVENTION_FACTORS && !search->is_possible[factor])
        factor++;
    if (factor == CONVENTION_FACTORS || search->count < 2)
        return;
    told->conventions = memory_zeroed(1, sizeof *told->conventions);
    told->convention_count = 1;
    told->conventions[0].factor = factor_text(factor);
    carry(verification, &told->conventions[0], first);
}
