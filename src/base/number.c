#include "base/number.h"

#include <string.h>

static size_t digits_at(const char *text, size_t length, size_t from)
{
    size_t i = from;

    while (i < length && text[i] >= '0' && text[i] <= '9')
        i++;
    return i - from;
}

size_t number_span(const char *text, size_t length)
{
    size_t whole = digits_at(text, length, 0), after;

    if (whole == 0 || whole == length || text[whole] != '.')
        return whole;
    after = digits_at(text, length, whole + 1);
    return after == 0 ? whole : whole + 1 + after;
}

/* The parts of a decimal: `whole` digits at `text`, `after` digits one byte later,
   10^exponent. */
struct decimal {
    const char *text;
    size_t whole, after;
    long exponent;
};

/* Stops counting at a value that is too long in any case. */
static long read_exponent(const char *text, size_t length)
{
    long value = 0;

    for (size_t i = 0; i < length; i++)
        if (value <= NUMBER_DIGITS)
            value = 10 * value + (text[i] - '0');
    return value;
}

/* Reads `e-12` from `at` on; false if the rest of the text is something else. */
static bool scan_exponent(struct decimal *decimal, const char *text, size_t length,
                          size_t at)
{
    bool negative;

    if (at == length)
        return true;
    if (text[at] != 'e' && text[at] != 'E')
        return false;
    at++;
    negative = at < length && text[at] == '-';
    if (at < length && (text[at] == '-' || text[at] == '+'))
        at++;
    if (at == length || at + digits_at(text, length, at) != length)
        return false;
    decimal->exponent = read_exponent(text + at, length - at);
    if (negative)
        decimal->exponent = -decimal->exponent;
    return true;
}

static bool is_too_long(const struct decimal *decimal)
{
    size_t shift =
        (size_t)(decimal->exponent < 0 ? -decimal->exponent : decimal->exponent);

    return decimal->whole > NUMBER_DIGITS || decimal->after > NUMBER_DIGITS ||
           decimal->whole + decimal->after + shift > NUMBER_DIGITS;
}

/* Digits only, so that GMP's reader has nothing to interpret. */
static void set_digits(mpz_ptr value, const struct decimal *decimal)
{
    struct buf digits;

    buf_init(&digits);
    buf_bytes(&digits, decimal->text, decimal->whole);
    if (decimal->after > 0)
        buf_bytes(&digits, decimal->text + decimal->whole + 1, decimal->after);
    mpz_set_str(value, buf_peek(&digits), 10);
    buf_clear(&digits);
}

static enum number_status read_decimal(mpq_t value, const char *text, size_t length,
                                       bool exponents)
{
    size_t span = number_span(text, length);
    struct decimal decimal = {text, digits_at(text, length, 0), 0, 0};
    long scale;
    mpz_t power;

    if (span == 0 || (span < length && !exponents) ||
        !scan_exponent(&decimal, text, length, span))
        return NUMBER_MALFORMED;
    if (span > decimal.whole)
        decimal.after = span - decimal.whole - 1;
    if (is_too_long(&decimal))
        return NUMBER_TOO_LONG;
    scale = (long)decimal.after - decimal.exponent;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)(scale < 0 ? -scale : scale));
    mpq_set_ui(value, 0, 1);
    set_digits(mpq_numref(value), &decimal);
    if (scale > 0)
        mpz_set(mpq_denref(value), power);
    else
        mpz_mul(mpq_numref(value), mpq_numref(value), power);
    mpz_clear(power);
    mpq_canonicalize(value);
    return NUMBER_OK;
}

static enum number_status read_fraction(mpq_t value, const char *text, size_t length,
                                        size_t slash)
{
    struct decimal over = {text, slash, 0, 0},
                   under = {text + slash + 1, length - slash - 1, 0, 0};

    if (slash == 0 || under.whole == 0 || digits_at(text, length, 0) != slash ||
        digits_at(under.text, under.whole, 0) != under.whole)
        return NUMBER_MALFORMED;
    if (is_too_long(&over) || is_too_long(&under))
        return NUMBER_TOO_LONG;
    set_digits(mpq_numref(value), &over);
    set_digits(mpq_denref(value), &under);
    if (mpz_sgn(mpq_denref(value)) == 0) {
        mpq_set_ui(value, 0, 1);
        return NUMBER_ZERO_DIVISOR;
    }
    mpq_canonicalize(value);
    return NUMBER_OK;
}

enum number_status number_read(mpq_t value, const char *text, size_t length,
                               bool exponents)
{
    bool negative = length > 0 && text[0] == '-';
    const char *slash;
    enum number_status status;

    text += negative;
    length -= negative;
    slash = length > 0 ? memchr(text, '/', length) : NULL;
    if (slash != NULL)
        status = read_fraction(value, text, length, (size_t)(slash - text));
    else
        status = read_decimal(value, text, length, exponents);
    if (status == NUMBER_OK && negative)
        mpq_neg(value, value);
    return status;
}

/* The text is written in place, so that nobody has to know how GMP allocates. */
void number_write_integer(struct buf *out, mpz_srcptr value)
{
    buf_reserve(out, mpz_sizeinbase(value, 10) + 2);
    mpz_get_str(out->data + out->length, 10, value);
    out->length += strlen(out->data + out->length);
}

void number_write(struct buf *out, mpq_srcptr value)
{
    number_write_integer(out, mpq_numref(value));
    if (mpz_cmp_ui(mpq_denref(value), 1) != 0) {
        buf_char(out, '/');
        number_write_integer(out, mpq_denref(value));
    }
}

void number_write_grouped(struct buf *out, mpz_srcptr value)
{
    struct buf digits;
    size_t i = 0;

    buf_init(&digits);
    number_write_integer(&digits, value);
    if (digits.data[0] == '-')
        buf_char(out, digits.data[i++]);
    for (size_t first = i; i < digits.length; i++) {
        if (i > first && (digits.length - i) % 3 == 0)
            buf_char(out, ',');
        buf_char(out, digits.data[i]);
    }
    buf_clear(&digits);
}
