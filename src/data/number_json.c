#include "data/number_json.h"

#include <string.h>

enum { RADIUS_BITS = 64 };

static void put_text(struct json *json, const char *key, const char *text, bool is_there)
{
    json_key(json, key);
    if (is_there)
        json_text(json, text);
    else
        json_null(json);
}

/* The decimal without the sign that more digits follow: here all are written that are
 * certain. */
static void put_decimal(struct json *json, const struct enclosure *number)
{
    static const char rest[] = "…";
    struct buf text, plain;
    buf_init(&text);
    buf_init(&plain);
    bool is_there = enclosure_write_decimal(&text, number, enclosure_digits(number));
    const char *all = buf_peek(&text), *mark = strstr(all, rest);
    if (mark != NULL) {
        buf_bytes(&plain, all, (size_t)(mark - all));
        buf_text(&plain, mark + strlen(rest));
    }
    put_text(json, "decimal", mark != NULL ? buf_peek(&plain) : all, is_there);
    buf_clear(&plain);
    buf_clear(&text);
}

static void put_radius(struct json *json, const struct enclosure *number)
{
    struct buf text;
    mpfr_t radius;
    buf_init(&text);
    mpfr_init2(radius, RADIUS_BITS);
    enclosure_radius(radius, number);
    enclosure_write_bound(&text, radius);
    put_text(json, "radius", buf_peek(&text), mpfr_number_p(radius));
    mpfr_clear(radius);
    buf_clear(&text);
}

static void put_end(struct json *json, const char *key, const struct enclosure *number,
                    bool is_lower)
{
    mpfr_srcptr end = is_lower ? number->lower : number->upper;
    struct buf text;
    buf_init(&text);
    enclosure_write_end(&text, end, enclosure_digits(number), is_lower);
    put_text(json, key, buf_peek(&text), mpfr_number_p(end));
    buf_clear(&text);
}

void number_json(struct json *json, const struct enclosure *number)
{
    if (number->is_exact) {
        json_rational(json, number->exact);
        return;
    }
    json_object(json);
    put_decimal(json, number);
    put_radius(json, number);
    put_end(json, "lower", number, true);
    put_end(json, "upper", number, false);
    json_end(json);
}
