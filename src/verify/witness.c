#include "verify/witness.h"

#include "base/memory.h"
#include "base/number.h"
#include "expr/diff.h"
#include "expr/substitute.h"
#include "expr/walk.h"
#include "verify/slope.h"
#include "verify/split.h"

#include <string.h>

enum { MOST_PLACES = 60 };

static char *fraction_text(mpq_srcptr value)
{
    struct buf text;
    buf_init(&text);
    number_write(&text, value);
    return buf_take(&text);
}

/* Of a number that a decimal was read into. */
static char *decimal_text(mpq_srcptr value)
{
    struct buf digits, text;
    mpz_t scaled;
    size_t places = 0;
    mpz_init_set(scaled, mpq_numref(value));
    while (!mpz_divisible_p(scaled, mpq_denref(value)) && places < MOST_PLACES) {
        mpz_mul_ui(scaled, scaled, 10);
        places++;
    }
    mpz_tdiv_q(scaled, scaled, mpq_denref(value));
    buf_init(&digits);
    buf_init(&text);
    buf_text(&text, mpz_sgn(scaled) < 0 ? "-" : "");
    mpz_abs(scaled, scaled);
    number_write_integer(&digits, scaled);
    for (size_t i = digits.length; i <= places; i++)
        buf_char(&text, '0');
    buf_text(&text, buf_peek(&digits));
    if (places > 0) {
        buf_char(&text, '0');
        char *point = text.data + text.length - 1 - places;
        memmove(point + 1, point, places);
        *point = '.';
    }
    buf_clear(&digits);
    mpz_clear(scaled);
    return buf_take(&text);
}

static char *name_of(const struct pool *pool, expr_id e)
{
    struct buf text;
    buf_init(&text);
    if (expr_kind(pool, e) == EXPR_APPLY) {
        buf_format(&text, "%s(", expr_peek_name(pool, expr_part(pool, e, 0)));
        char *argument = fraction_text(expr_peek_number(pool, expr_part(pool, e, 1)));
        buf_format(&text, "%s)", argument);
        memory_free(argument);
    } else if (slope_is(pool, e)) {
        slope_write(pool, e, &text);
    } else {
        buf_text(&text, expr_peek_name(pool, e));
    }
    char *name = buf_take(&text);
    split_unmark(name);
    return name;
}

static char *side_text(mpq_srcptr value, bool is_rounded)
{
    return is_rounded ? decimal_text(value) : fraction_text(value);
}

/* Several arguments of a function may take the same value; that is said once. */
static void add_value(struct counterexample *texts, char *name, char *value)
{
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->values[i].name, name) == 0) {
            memory_free(name);
            memory_free(value);
            return;
        }
    texts->values[texts->count++] = (struct step_value){name, value};
}

/* --- what assumptions make of the values --- */

struct assuming {
    struct pool *pool;
    const struct proof *proof;
};

/* What is not said of is 0. */
static expr_id put_witness(void *context, expr_id symbol)
{
    const struct assuming *assuming = context;
    const struct proof *proof = assuming->proof;
    for (size_t i = 0; i < proof->witness_count; i++)
        if (proof->witnesses[i].symbol == symbol)
            return expr_number(assuming->pool, proof->witnesses[i].value);
    return expr_integer(assuming->pool, 0);
}

static void add_assumed(struct section *section, const struct proof *proof,
                        expr_id symbol, struct counterexample *texts)
{
    struct pool *pool = section->scope->pool;
    struct assuming assuming = {pool, proof};
    expr_id value = prove_assumed(section->prover, symbol);
    if (!value)
        return;
    value = fold(pool, substitute(pool, value, put_witness, &assuming));
    if (expr_kind(pool, value) == EXPR_NUMBER)
        add_value(texts, name_of(pool, symbol),
                  fraction_text(expr_peek_number(pool, value)));
}

/* Of the symbols that the sides hang on. */
static void list_assumed(struct section *section, const struct judged *judged,
                         struct expr_list *symbols)
{
    const struct pair *pair = &judged->pairs[judged->decided];
    if (section->scope->network && network_assumption_count(section->scope->network)) {
        walk_symbols_deep(&section->defs, pair->base, symbols);
        walk_symbols_deep(&section->defs, pair->member, symbols);
    }
}

static struct counterexample *with_values(struct section *section,
                                          const struct judged *judged)
{
    const struct proof *proof = &judged->proof;
    struct counterexample *texts = memory_zeroed(1, sizeof *texts);
    struct expr_list assumed;
    expr_list_init(&assumed);
    list_assumed(section, judged, &assumed);
    texts->values = memory_array(NULL, proof->witness_count + assumed.count + 1,
                                 sizeof *texts->values);
    for (size_t i = 0; i < proof->witness_count; i++)
        add_value(texts, name_of(section->scope->pool, proof->witnesses[i].symbol),
                  fraction_text(proof->witnesses[i].value));
    for (size_t i = 0; i < assumed.count; i++)
        add_assumed(section, proof, assumed.items[i], texts);
    expr_list_clear(&assumed);
    return texts;
}

struct counterexample *witness_texts(struct section *section, const struct judged *judged)
{
    const struct proof *proof = &judged->proof;
    if (!proof->has_left && !proof->has_right)
        return NULL;
    struct counterexample *texts = with_values(section, judged);
    texts->is_left_rounded = mpq_sgn(proof->left_error) != 0;
    texts->is_right_rounded = mpq_sgn(proof->right_error) != 0;
    bool is_rounded = texts->is_left_rounded || texts->is_right_rounded;
    if (proof->has_left)
        texts->left = side_text(proof->left, is_rounded);
    if (proof->has_right)
        texts->right = side_text(proof->right, is_rounded);
    if (proof->has_left && proof->has_right) {
        mpq_t difference;
        mpq_init(difference);
        mpq_sub(difference, proof->left, proof->right);
        texts->difference = side_text(difference, is_rounded);
        mpq_clear(difference);
    }
    return texts;
}
