#include "tell/tell_number.h"

#include "base/number.h"

#include <string.h>

enum {
    SHORT_NUMBER = 21,
    SHORT_FRACTION = 9,
    SHOWN_DIGITS = 6,
    END_DIGITS = 3,
    MORE_DIGITS = 6,
    RADIUS_BITS = 64
};

/* Where digits were left out. */
static const char REST[] = "…";

static void append_cut(struct buf *out, const char *digits, size_t length)
{
    size_t shown = SHOWN_DIGITS + (digits[0] == '-');
    buf_bytes(out, digits, length > shown ? shown : length);
    if (length > shown)
        buf_text(out, REST);
}

/* `-123456…/789012…` */
static void append_short(struct buf *out, const char *digits, size_t length)
{
    const char *slash = strchr(digits, '/');
    size_t upper = slash == NULL ? length : (size_t)(slash - digits);
    append_cut(out, digits, upper);
    if (slash != NULL) {
        buf_char(out, '/');
        append_cut(out, slash + 1, length - upper - 1);
    }
}

static struct inline_node *take_cell(struct doc *doc, struct buf *text)
{
    struct inline_node *cell = doc_text(doc, buf_peek(text));
    buf_clear(text);
    return cell;
}

static struct inline_node *short_cell(struct doc *doc, const char *digits, size_t length)
{
    struct buf ends, count;
    buf_init(&ends);
    buf_init(&count);
    append_short(&ends, digits, length);
    buf_format(&count, "%zu",
               length - (digits[0] == '-') - (strchr(digits, '/') != NULL));
    struct inline_node *const arguments[] = {take_cell(doc, &ends),
                                             take_cell(doc, &count)};
    return doc_sentence(doc, N_("{1} ({2}\u00a0digits)"), arguments, 2);
}

/* `1.000…` would be taken for what is more than 1, and may be 0.99999834. */
static bool ends_with_zero(const char *decimal)
{
    const char *rest = strstr(decimal, REST);
    return rest != NULL && (rest[-1] == '0' || rest[-1] == '.');
}

/* More digits than asked for where the last would be a zero that was rounded to. */
static bool write_digits(struct buf *out, const struct enclosure *number, size_t digits)
{
    size_t begin = out->length;
    for (size_t more = 0; more <= MORE_DIGITS; more++) {
        buf_truncate(out, begin);
        if (!enclosure_write_decimal(out, number, digits + more))
            return false;
        if (!ends_with_zero(buf_peek(out) + begin))
            return true;
    }
    buf_truncate(out, begin);
    return enclosure_write_decimal(out, number, digits);
}

void tell_decimal(struct buf *out, const struct enclosure *number, size_t digits)
{
    if (write_digits(out, number, digits))
        return;
    if (enclosure_is_bounded(number) && enclosure_has_zero(number)) {
        buf_char(out, '0');
        return;
    }
    buf_char(out, '[');
    enclosure_write_end(out, number->lower, END_DIGITS, true);
    buf_text(out, ", ");
    enclosure_write_end(out, number->upper, END_DIGITS, false);
    buf_char(out, ']');
}

static struct formula *ten_to_the(struct arena *arena, const char *exponent)
{
    bool is_negative = exponent[0] == '-';
    struct formula *parts[] = {
        formula_text(arena, FORMULA_NUMBER, "10"),
        formula_text(arena, FORMULA_NUMBER, exponent + is_negative)};
    if (is_negative) {
        struct formula *row = formula_row(arena);
        formula_append(arena, row, formula_text(arena, FORMULA_SIGN, "-"));
        formula_append(arena, row, parts[1]);
        parts[1] = row;
    }
    return formula_make(arena, FORMULA_POWER, NULL, parts, 2, 0);
}

/* `-1.25`, `…` and `e-8`, each of which may be missing, as 1.25… times a power of ten. */
static struct formula *number_formula(struct arena *arena, const char *text)
{
    const char *mark = strstr(text, REST), *power = strchr(text, 'e');
    size_t length = mark != NULL    ? (size_t)(mark - text)
                    : power != NULL ? (size_t)(power - text)
                                    : strlen(text);
    size_t sign = text[0] == '-';
    struct formula *row = formula_row(arena);
    if (sign)
        formula_append(arena, row, formula_text(arena, FORMULA_SIGN, "-"));
    formula_append(arena, row,
                   formula_text(arena, FORMULA_NUMBER,
                                arena_strndup(arena, text + sign, length - sign)));
    if (mark != NULL)
        formula_append(arena, row, formula_text(arena, FORMULA_SIGN, "\\ldots"));
    if (power != NULL) {
        formula_append(arena, row, formula_text(arena, FORMULA_SIGN, "\\cdot"));
        formula_append(arena, row, ten_to_the(arena, power + 1));
    }
    return row;
}

/* `-7/2` in one line. */
static struct formula *fraction_formula(struct arena *arena, const char *text)
{
    struct formula *row = formula_row(arena);
    bool is_negative = text[0] == '-';
    const char *upper = text + is_negative, *slash = strchr(upper, '/');
    size_t length = slash != NULL ? (size_t)(slash - upper) : strlen(upper);
    if (is_negative)
        formula_append(arena, row, formula_text(arena, FORMULA_SIGN, "-"));
    formula_append(
        arena, row,
        formula_text(arena, FORMULA_NUMBER, arena_strndup(arena, upper, length)));
    if (slash != NULL) {
        formula_append(arena, row, formula_text(arena, FORMULA_SIGN, "/"));
        formula_append(arena, row,
                       formula_text(arena, FORMULA_NUMBER,
                                    arena_strndup(arena, slash + 1, strlen(slash + 1))));
    }
    return row;
}

static struct inline_node *fraction_cell(struct doc *doc, mpq_srcptr number)
{
    struct buf text;
    buf_init(&text);
    number_write(&text, number);
    struct inline_node *cell =
        text.length <= SHORT_NUMBER
            ? doc_formula(doc, fraction_formula(&doc->arena, buf_peek(&text)))
            : short_cell(doc, buf_peek(&text), text.length);
    buf_clear(&text);
    return cell;
}

static void append_bound(struct arena *arena, struct formula *row, const char *relation,
                         mpfr_srcptr bound)
{
    struct buf text;
    buf_init(&text);
    enclosure_write_bound(&text, bound);
    if (mpfr_number_p(bound) && relation != NULL)
        formula_append(arena, row, formula_text(arena, FORMULA_SIGN, relation));
    formula_append(
        arena, row,
        number_formula(arena, arena_strndup(arena, buf_peek(&text), text.length)));
    buf_clear(&text);
}

/* An interval around 0 is written around it: its radius is the greater distance. */
static void append_radius(struct arena *arena, struct formula *row,
                          const struct enclosure *number)
{
    mpfr_t radius;
    mpfr_init2(radius, RADIUS_BITS);
    if (enclosure_has_zero(number))
        enclosure_magnitude(radius, number);
    else
        enclosure_radius(radius, number);
    append_bound(arena, row, "\\pm", radius);
    mpfr_clear(radius);
}

struct inline_node *tell_number(struct doc *doc, const struct enclosure *number,
                                size_t digits, bool has_radius)
{
    struct buf text;
    if (number->is_exact)
        return fraction_cell(doc, number->exact);
    buf_init(&text);
    tell_decimal(&text, number, digits);
    if (buf_peek(&text)[0] == '[')
        return take_cell(doc, &text);
    struct formula *row = formula_row(&doc->arena);
    formula_append(&doc->arena, row, number_formula(&doc->arena, buf_peek(&text)));
    if (has_radius)
        append_radius(&doc->arena, row, number);
    buf_clear(&text);
    return doc_formula(doc, row);
}

static void write_plain(struct buf *out, const struct enclosure *number, size_t digits)
{
    struct buf fraction;
    buf_init(&fraction);
    tell_decimal(out, number, digits);
    if (number->is_exact)
        number_write(&fraction, number->exact);
    bool ends = strstr(buf_peek(out), REST) == NULL;
    if (!ends && number->is_exact && fraction.length <= SHORT_FRACTION) {
        buf_truncate(out, 0);
        buf_text(out, buf_peek(&fraction));
    }
    buf_clear(&fraction);
}

struct inline_node *tell_plain_number(struct doc *doc, const struct enclosure *number,
                                      size_t digits)
{
    struct buf plain;
    buf_init(&plain);
    write_plain(&plain, number, digits);
    const char *text = buf_peek(&plain);
    struct inline_node *cell = text[0] == '['
                                   ? doc_text(doc, text)
                                   : doc_formula(doc, number_formula(&doc->arena, text));
    buf_clear(&plain);
    return cell;
}

bool tell_is_whole(const struct enclosure *number, size_t digits)
{
    struct buf plain;
    buf_init(&plain);
    write_plain(&plain, number, digits);
    bool is_whole = number->is_exact && strstr(buf_peek(&plain), REST) == NULL;
    buf_clear(&plain);
    return is_whole;
}

struct formula *tell_rounded_number(struct arena *arena, const struct enclosure *number,
                                    size_t digits)
{
    struct buf decimal, kept;
    buf_init(&decimal);
    buf_init(&kept);
    if (!enclosure_write_decimal(&decimal, number, digits))
        tell_decimal(&decimal, number, digits);
    const char *text = buf_peek(&decimal), *mark = strstr(text, REST);
    buf_bytes(&kept, text, mark != NULL ? (size_t)(mark - text) : strlen(text));
    if (mark > text && mark[-1] == '.')
        buf_truncate(&kept, kept.length - 1);
    if (mark != NULL)
        buf_text(&kept, mark + strlen(REST));
    struct formula *formula =
        text[0] == '[' ? NULL : number_formula(arena, buf_peek(&kept));
    buf_clear(&kept);
    buf_clear(&decimal);
    return formula;
}

void tell_grouped(struct buf *out, const struct language *language, mpz_srcptr count)
{
    struct buf text;
    buf_init(&text);
    number_write_grouped(&text, count);
    for (const char *c = buf_peek(&text); *c; c++)
        if (*c == ',')
            buf_text(out, language_text(language, NC_("between thousands", ",")));
        else
            buf_char(out, *c);
    buf_clear(&text);
}

struct inline_node *tell_count(struct doc *doc, mpz_srcptr count)
{
    struct buf text;
    buf_init(&text);
    tell_grouped(&text, doc->language, count);
    return take_cell(doc, &text);
}

struct inline_node *tell_bound(struct doc *doc, const struct enclosure *number)
{
    struct formula *row = formula_row(&doc->arena);
    mpfr_t bound;
    if (number->is_exact)
        return fraction_cell(doc, number->exact);
    mpfr_init2(bound, RADIUS_BITS);
    enclosure_magnitude(bound, number);
    append_bound(&doc->arena, row, "\\le", bound);
    mpfr_clear(bound);
    return doc_formula(doc, row);
}

struct inline_node *tell_size(struct doc *doc, mpfr_srcptr bound)
{
    struct formula *row = formula_row(&doc->arena);
    append_bound(&doc->arena, row, NULL, bound);
    return doc_formula(doc, row);
}
