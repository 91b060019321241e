#include "array/binary.h"

/* significand * 2^exponent */
struct parts {
    uint64_t significand;
    long exponent;
    bool negative;
    bool is_lowest; /* of its exponent: the next smaller number is half as far away */
};

static uint64_t exponent_field(const struct binary *binary)
{
    return binary->bits >> binary->fraction_bits &
           ((UINT64_C(1) << binary->exponent_bits) - 1);
}

static uint64_t fraction_field(const struct binary *binary)
{
    return binary->bits & ((UINT64_C(1) << binary->fraction_bits) - 1);
}

bool binary_is_finite(const struct binary *binary)
{
    return exponent_field(binary) != (UINT64_C(1) << binary->exponent_bits) - 1;
}

bool binary_is_nan(const struct binary *binary)
{
    return !binary_is_finite(binary) && fraction_field(binary) != 0;
}

static struct parts take_apart(const struct binary *binary)
{
    uint64_t field = exponent_field(binary), fraction = fraction_field(binary);
    long bias = (1L << (binary->exponent_bits - 1)) - 1 + (long)binary->fraction_bits;
    bool subnormal = field == 0;

    return (struct parts){
        .significand =
            subnormal ? fraction : fraction | UINT64_C(1) << binary->fraction_bits,
        .exponent = (subnormal ? 1 : (long)field) - bias,
        .negative = binary->bits >> (binary->exponent_bits + binary->fraction_bits) & 1,
        .is_lowest = field > 1 && fraction == 0};
}

static void set_integer(mpz_t number, uint64_t value)
{
    mpz_import(number, 1, 1, sizeof value, 0, 0, &value);
}

void binary_exact(const struct binary *binary, mpq_t number)
{
    struct parts parts = take_apart(binary);

    set_integer(mpq_numref(number), parts.significand);
    mpz_set_ui(mpq_denref(number), 1);
    if (parts.exponent >= 0)
        mpq_mul_2exp(number, number, (mp_bitcnt_t)parts.exponent);
    else
        mpq_div_2exp(number, number, (mp_bitcnt_t)-parts.exponent);
    if (parts.negative)
        mpq_neg(number, number);
}

/* The number and the ends of the interval that rounds to it, scaled so that an integer is
   a decimal of so many digits: value / unit and so on. */
struct scaled {
    mpz_t value, low, high, unit;
    bool with_ends; /* ties go to the even significand */
};

static void scaled_init(struct scaled *scaled)
{
    mpz_inits(scaled->value, scaled->low, scaled->high, scaled->unit, NULL);
}

static void scaled_clear(struct scaled *scaled)
{
    mpz_clears(scaled->value, scaled->low, scaled->high, scaled->unit, NULL);
}

static void multiply_all(struct scaled *scaled, mpz_srcptr factor)
{
    mpz_mul(scaled->value, scaled->value, factor);
    mpz_mul(scaled->low, scaled->low, factor);
    mpz_mul(scaled->high, scaled->high, factor);
}

/* In quarters of the last place, times 10^scale. */
static void scaled_set(struct scaled *scaled, const struct parts *parts, long scale)
{
    long exponent = parts->exponent - 2;
    mpz_t factor;

    mpz_init(factor);
    set_integer(scaled->value, parts->significand);
    mpz_mul_2exp(scaled->value, scaled->value, 2);
    mpz_sub_ui(scaled->low, scaled->value, parts->is_lowest ? 1 : 2);
    mpz_add_ui(scaled->high, scaled->value, 2);
    mpz_set_ui(scaled->unit, 1);
    mpz_ui_pow_ui(factor, 10, (unsigned long)(scale < 0 ? -scale : scale));
    if (scale < 0)
        mpz_set(scaled->unit, factor);
    else
        multiply_all(scaled, factor);
    mpz_set_ui(factor, 1);
    mpz_mul_2exp(factor, factor, (mp_bitcnt_t)(exponent < 0 ? -exponent : exponent));
    if (exponent < 0)
        mpz_mul(scaled->unit, scaled->unit, factor);
    else
        multiply_all(scaled, factor);
    scaled->with_ends = (parts->significand & 1) == 0;
    mpz_clear(factor);
}

static bool is_inside(const struct scaled *scaled, mpz_srcptr candidate)
{
    mpz_t product;
    int below, above;

    mpz_init(product);
    mpz_mul(product, candidate, scaled->unit);
    below = mpz_cmp(scaled->low, product);
    above = mpz_cmp(product, scaled->high);
    mpz_clear(product);
    return scaled->with_ends ? below <= 0 && above <= 0 : below < 0 && above < 0;
}

/* The integer nearest to value / unit that rounds to the number; false if none does. */
static bool find_nearest(const struct scaled *scaled, mpz_t digits)
{
    mpz_t rest, next;
    bool lower, upper;
    int order;

    mpz_inits(rest, next, NULL);
    mpz_fdiv_qr(digits, rest, scaled->value, scaled->unit);
    mpz_add_ui(next, digits, 1);
    lower = is_inside(scaled, digits);
    upper = is_inside(scaled, next);
    mpz_mul_2exp(rest, rest, 1);
    order = mpz_cmp(rest, scaled->unit);
    if (upper && (!lower || order > 0 || (order == 0 && mpz_odd_p(digits))))
        mpz_swap(digits, next);
    mpz_clears(rest, next, NULL);
    return lower || upper;
}

/* floor(log10) of the number. */
static long decimal_exponent(const struct parts *parts, struct scaled *scaled)
{
    long bits = parts->exponent, exponent;

    for (uint64_t rest = parts->significand; rest > 1; rest >>= 1)
        bits++;
    exponent =
        (long)(bits * 0.30102999566398120) - (bits < 0); /* at most one too small */
    scaled_set(scaled, parts, -exponent - 1);
    return mpz_cmp(scaled->value, scaled->unit) >= 0 ? exponent + 1 : exponent;
}

/* 17 digits are enough for 64 bits of storage: 1 + ceil(53 log10 2). */
enum { MOST_DIGITS = 17 };

/* A number with n digits is one with n + 1, so the fewest are found by bisection. */
static long find_scale(const struct parts *parts, struct scaled *scaled, mpz_t digits)
{
    long exponent = decimal_exponent(parts, scaled), few = 0, enough = MOST_DIGITS;

    while (enough - few > 1) {
        long middle = (few + enough) / 2;

        scaled_set(scaled, parts, middle - 1 - exponent);
        if (find_nearest(scaled, digits))
            enough = middle;
        else
            few = middle;
    }
    scaled_set(scaled, parts, enough - 1 - exponent);
    find_nearest(scaled, digits);
    return enough - 1 - exponent;
}

void binary_shortest(const struct binary *binary, mpq_t number)
{
    struct parts parts = take_apart(binary);
    struct scaled scaled;
    long scale;

    mpq_set_ui(number, 0, 1);
    if (parts.significand == 0)
        return;
    scaled_init(&scaled);
    scale = find_scale(&parts, &scaled, mpq_numref(number));
    mpz_ui_pow_ui(scaled.unit, 10, (unsigned long)(scale < 0 ? -scale : scale));
    if (scale < 0)
        mpz_mul(mpq_numref(number), mpq_numref(number), scaled.unit);
    else
        mpz_set(mpq_denref(number), scaled.unit);
    mpq_canonicalize(number);
    if (parts.negative)
        mpq_neg(number, number);
    scaled_clear(&scaled);
}
