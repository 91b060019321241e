#include "eval/enclosure.h"

#include "base/memory.h"

#include <inttypes.h>
#include <string.h>

/* Of radii and bounds, which are for people. */
enum {
    BOUND_BITS = 64,
    BOUND_DIGITS = 2,
    PLAIN_ZEROS = 5,
    PLAIN_DIGITS = 21,
    FEWEST_DIGITS = 3
};

void enclosure_init(struct enclosure *enclosure)
{
    enclosure->is_exact = true;
    mpq_init(enclosure->exact);
    mpfr_init2(enclosure->lower, BOUND_BITS);
    mpfr_init2(enclosure->upper, BOUND_BITS);
    mpfr_set_zero(enclosure->lower, 1);
    mpfr_set_zero(enclosure->upper, 1);
}

void enclosure_clear(struct enclosure *enclosure)
{
    mpq_clear(enclosure->exact);
    mpfr_clears(enclosure->lower, enclosure->upper, (mpfr_ptr)0);
}

void enclosure_set(struct enclosure *x, const struct enclosure *a)
{
    x->is_exact = a->is_exact;
    mpq_set(x->exact, a->exact);
    mpfr_set_prec(x->lower, mpfr_get_prec(a->lower));
    mpfr_set_prec(x->upper, mpfr_get_prec(a->upper));
    mpfr_set(x->lower, a->lower, MPFR_RNDD);
    mpfr_set(x->upper, a->upper, MPFR_RNDU);
}

void enclosure_set_rational(struct enclosure *x, mpq_srcptr value)
{
    x->is_exact = true;
    mpq_set(x->exact, value);
}

static mpfr_prec_t precision_of(const struct enclosure *a)
{
    return a->is_exact ? BOUND_BITS : mpfr_get_prec(a->lower);
}

static void subtract_ends(mpfr_ptr x, const struct enclosure *a, bool lower,
                          const struct enclosure *b)
{
    mpfr_rnd_t round = lower ? MPFR_RNDD : MPFR_RNDU;
    mpfr_srcptr left = lower ? a->lower : a->upper;
    mpfr_srcptr right = lower ? b->upper : b->lower;
    if (b->is_exact) {
        mpfr_sub_q(x, left, b->exact, round);
    } else if (a->is_exact) {
        mpfr_sub_q(x, right, a->exact, lower ? MPFR_RNDU : MPFR_RNDD);
        mpfr_neg(x, x, round);
    } else {
        mpfr_sub(x, left, right, round);
    }
    if (mpfr_nan_p(x))
        mpfr_set_inf(x, lower ? -1 : 1);
}

void enclosure_subtract(struct enclosure *x, const struct enclosure *a,
                        const struct enclosure *b)
{
    mpfr_prec_t left = precision_of(a), right = precision_of(b);
    x->is_exact = a->is_exact && b->is_exact;
    if (x->is_exact) {
        mpq_sub(x->exact, a->exact, b->exact);
        return;
    }
    mpfr_set_prec(x->lower, left > right ? left : right);
    mpfr_set_prec(x->upper, left > right ? left : right);
    subtract_ends(x->lower, a, true, b);
    subtract_ends(x->upper, a, false, b);
}

bool enclosures_meet(const struct enclosure *a, const struct enclosure *b)
{
    if (a->is_exact && b->is_exact)
        return mpq_equal(a->exact, b->exact);
    if (a->is_exact)
        return mpfr_cmp_q(b->lower, a->exact) <= 0 && mpfr_cmp_q(b->upper, a->exact) >= 0;
    if (b->is_exact)
        return enclosures_meet(b, a);
    return mpfr_lessequal_p(a->lower, b->upper) && mpfr_lessequal_p(b->lower, a->upper);
}

bool enclosure_exceeds(const struct enclosure *a, const struct enclosure *b)
{
    if (a->is_exact && b->is_exact)
        return mpq_cmp(a->exact, b->exact) > 0;
    if (a->is_exact)
        return mpfr_cmp_q(b->upper, a->exact) < 0;
    if (b->is_exact)
        return mpfr_cmp_q(a->upper, b->exact) > 0;
    return mpfr_greater_p(a->upper, b->upper) != 0;
}

bool enclosure_has_zero(const struct enclosure *a)
{
    if (a->is_exact)
        return mpq_sgn(a->exact) == 0;
    return mpfr_sgn(a->lower) <= 0 && mpfr_sgn(a->upper) >= 0;
}

bool enclosure_is_bounded(const struct enclosure *a)
{
    return a->is_exact || (mpfr_number_p(a->lower) && mpfr_number_p(a->upper));
}

bool enclosure_is_within(const struct enclosure *a, mpq_srcptr accuracy)
{
    if (a->is_exact || !enclosure_is_bounded(a))
        return a->is_exact;
    mpfr_t width, most;
    mpfr_init2(width, BOUND_BITS);
    mpfr_init2(most, BOUND_BITS);
    mpfr_sub(width, a->upper, a->lower, MPFR_RNDU);
    mpfr_set_ui(most, 1, MPFR_RNDD);
    if (!enclosure_has_zero(a))
        mpfr_abs(most, mpfr_sgn(a->lower) > 0 ? a->lower : a->upper, MPFR_RNDD);
    mpfr_mul_q(most, most, accuracy, MPFR_RNDD);
    bool ok = mpfr_lessequal_p(width, most);
    mpfr_clears(width, most, (mpfr_ptr)0);
    return ok;
}

void enclosure_radius(mpfr_ptr radius, const struct enclosure *a)
{
    if (a->is_exact) {
        mpfr_set_zero(radius, 1);
    } else if (!enclosure_is_bounded(a)) {
        mpfr_set_inf(radius, 1);
    } else {
        mpfr_sub(radius, a->upper, a->lower, MPFR_RNDU);
        mpfr_div_2ui(radius, radius, 1, MPFR_RNDU);
    }
}

void enclosure_magnitude(mpfr_ptr magnitude, const struct enclosure *a)
{
    if (a->is_exact) {
        mpfr_set_q(magnitude, a->exact, mpq_sgn(a->exact) < 0 ? MPFR_RNDD : MPFR_RNDU);
        mpfr_abs(magnitude, magnitude, MPFR_RNDU);
        return;
    }
    bool lower = mpfr_cmpabs(a->lower, a->upper) > 0;
    mpfr_abs(magnitude, lower ? a->lower : a->upper, MPFR_RNDU);
}

/* 0.digits times 10^exponent. */
struct decimal {
    bool is_negative, is_whole; /* is_whole: nothing was rounded */
    char *digits;               /* to be freed */
    mpfr_exp_t exponent;
};

static void write_decimal(struct buf *out, const struct decimal *decimal)
{
    const char *digits = decimal->digits;
    long exponent = (long)decimal->exponent, length = (long)strlen(digits);
    const char *rest = decimal->is_whole ? "" : "…";
    if (decimal->is_negative)
        buf_char(out, '-');
    if (exponent > -PLAIN_ZEROS && exponent <= 0) {
        buf_text(out, "0.");
        for (long i = exponent; i < 0; i++)
            buf_char(out, '0');
        buf_format(out, "%s%s", digits, rest);
    } else if (exponent > 0 && exponent <= length) {
        buf_bytes(out, digits, (size_t)exponent);
        if (exponent < length || !decimal->is_whole)
            buf_char(out, '.');
        buf_format(out, "%s%s", digits + exponent, rest);
    } else if (exponent > length && exponent <= PLAIN_DIGITS && decimal->is_whole) {
        buf_text(out, digits);
        for (long i = length; i < exponent; i++)
            buf_char(out, '0');
    } else {
        buf_char(out, digits[0]);
        if (length > 1 || !decimal->is_whole)
            buf_char(out, '.');
        buf_format(out, "%s%se%ld", digits + 1, rest, exponent - 1);
    }
}

static void power_of_ten(mpz_ptr x, unsigned long exponent)
{
    mpz_ui_pow_ui(x, 10, exponent);
}

/* |value| 10^shift, rounded to the nearest integer, halves up. True if nothing was
 * rounded. */
static bool scale(mpz_ptr x, mpq_srcptr value, long shift)
{
    mpz_t numerator, denominator, rest;
    mpz_inits(numerator, denominator, rest, NULL);
    power_of_ten(rest, (unsigned long)(shift < 0 ? -shift : shift));
    mpz_abs(numerator, mpq_numref(value));
    mpz_set(denominator, mpq_denref(value));
    mpz_mul(shift < 0 ? denominator : numerator, shift < 0 ? denominator : numerator,
            rest);
    mpz_tdiv_qr(x, rest, numerator, denominator);
    bool is_whole = mpz_sgn(rest) == 0;
    mpz_mul_2exp(rest, rest, 1);
    if (mpz_cmp(rest, denominator) >= 0)
        mpz_add_ui(x, x, 1);
    mpz_clears(numerator, denominator, rest, NULL);
    return is_whole;
}

/* The least e with |value| < 10^e, or one too much. */
static long exponent_of(mpq_srcptr value)
{
    long upper = (long)mpz_sizeinbase(mpq_numref(value), 10);
    long lower = (long)mpz_sizeinbase(mpq_denref(value), 10);
    return upper - lower + 1;
}

static char *text_of(mpz_srcptr integer)
{
    char *text = memory_alloc(mpz_sizeinbase(integer, 10) + 2);
    return mpz_get_str(text, 10, integer);
}

static void strip_zeros(char *digits)
{
    size_t length = strlen(digits);
    while (length > 1 && digits[length - 1] == '0')
        length--;
    digits[length] = '\0';
}

/* Of a rational that is not 0. The exponent is estimated, and mended until there are as
 * many digits as wanted. */
static void round_rational(struct decimal *decimal, mpq_srcptr value, size_t digits)
{
    mpz_t integer;
    mpz_init(integer);
    decimal->is_negative = mpq_sgn(value) < 0;
    decimal->exponent = exponent_of(value);
    for (;; decimal->exponent--) {
        decimal->is_whole = scale(integer, value, (long)digits - decimal->exponent);
        decimal->digits = text_of(integer);
        if (mpz_sgn(integer) != 0 && strlen(decimal->digits) >= digits)
            break;
        memory_free(decimal->digits);
    }
    if (strlen(decimal->digits) > digits) {
        decimal->digits[digits] = '\0';
        decimal->exponent++;
    }
    if (decimal->is_whole)
        strip_zeros(decimal->digits);
    mpz_clear(integer);
}

static void write_rational(struct buf *out, mpq_srcptr value, size_t digits)
{
    struct decimal decimal;
    if (mpq_sgn(value) == 0) {
        buf_char(out, '0');
        return;
    }
    round_rational(&decimal, value, digits);
    write_decimal(out, &decimal);
    memory_free(decimal.digits);
}

/* The digits of an end, rounded to the nearest, from its first digit on. */
static char *digits_of(mpfr_srcptr end, size_t digits, mpfr_exp_t *exponent)
{
    char *text = memory_alloc(digits + 3);
    return mpfr_get_str(text, exponent, 10, digits, end, MPFR_RNDN);
}

/* As many digits as the ends can have in common, or a few more; less than 1: none. */
static long common_digits(const struct enclosure *a)
{
    mpfr_t width;
    mpfr_init2(width, BOUND_BITS);
    mpfr_sub(width, a->upper, a->lower, MPFR_RNDU);
    long digits =
        mpfr_zero_p(width)
            ? (long)mpfr_get_prec(a->lower)
            : (long)((double)(mpfr_get_exp(a->lower) - mpfr_get_exp(width)) * 0.30103) +
                  2;
    mpfr_clear(width);
    return digits;
}

size_t enclosure_digits(const struct enclosure *a)
{
    long digits = 0;
    if (!a->is_exact && enclosure_is_bounded(a) && !enclosure_has_zero(a))
        digits = common_digits(a) + 2;
    return digits > FEWEST_DIGITS ? (size_t)digits : FEWEST_DIGITS;
}

/* Both ends rounded to so many digits, if they agree. */
static bool round_ends(struct decimal *decimal, const struct enclosure *a, size_t digits)
{
    mpfr_exp_t exponent;
    char *lower = digits_of(a->lower, digits, &decimal->exponent);
    char *upper = digits_of(a->upper, digits, &exponent);
    bool agree = decimal->exponent == exponent && strcmp(lower, upper) == 0;
    memory_free(upper);
    if (!agree) {
        memory_free(lower);
        return false;
    }
    decimal->is_negative = lower[0] == '-';
    decimal->is_whole = false;
    decimal->digits = lower;
    if (decimal->is_negative)
        memmove(lower, lower + 1, strlen(lower));
    return true;
}

bool enclosure_write_decimal(struct buf *out, const struct enclosure *a, size_t digits)
{
    if (a->is_exact) {
        write_rational(out, a->exact, digits);
        return true;
    }
    if (!enclosure_is_bounded(a) || enclosure_has_zero(a))
        return false;
    long most = common_digits(a);
    for (size_t n = most < (long)digits ? (size_t)(most > 0 ? most : 0) : digits; n > 0;
         n--) {
        struct decimal decimal;
        if (!round_ends(&decimal, a, n))
            continue;
        write_decimal(out, &decimal);
        memory_free(decimal.digits);
        return true;
    }
    return false;
}

void enclosure_write_end(struct buf *out, mpfr_srcptr end, size_t digits, bool downward)
{
    if (mpfr_zero_p(end)) {
        buf_char(out, '0');
        return;
    }
    buf_text(out, mpfr_signbit(end) ? "-" : "");
    if (!mpfr_number_p(end)) {
        buf_text(out, "infinite");
        return;
    }
    mpfr_exp_t exponent;
    char *text = memory_alloc(digits + 3);
    mpfr_get_str(text, &exponent, 10, digits, end, downward ? MPFR_RNDD : MPFR_RNDU);
    const char *first = text + (text[0] == '-');
    buf_format(out, "%c%s%se%ld", first[0], digits > 1 ? "." : "", first + 1,
               (long)exponent - 1);
    memory_free(text);
}

void enclosure_write_bound(struct buf *out, mpfr_srcptr bound)
{
    enclosure_write_end(out, bound, BOUND_DIGITS, false);
}
