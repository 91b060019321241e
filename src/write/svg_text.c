#include "write/svg_text.h"

#include "base/name.h"
#include "base/utf8.h"
#include "write/html_text.h"
#include "write/write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In ems: a letter in most fonts; scripts as in html_style, and how far they are below
   and above the baseline. */
static const double letter = .6, script = .7, lower = .26, upper = .42;

static const char minus[] = "−";

void svg_number(struct buf *out, double value)
{
    long tenths = lround(value * 10), size = labs(tenths);
    buf_format(out, "%s%ld", tenths < 0 ? "-" : "", size / 10);
    if (size % 10)
        buf_format(out, ".%ld", size % 10);
}

void svg_attribute(struct buf *out, const char *name, double value)
{
    buf_format(out, " %s=\"", name);
    svg_number(out, value);
    buf_char(out, '"');
}

static double width_of(const struct buf *text)
{
    const char *at = buf_peek(text);
    double width = 0;
    for (size_t span, rest = text->length; rest > 0; at += span, rest -= span) {
        span = utf8_read(at, rest, NULL);
        span = span > 0 ? span : 1;
        width += letter;
    }
    return width;
}

/* A name in its parts. */
struct parts {
    struct buf head, sub, sup;
};

static void parts_init(struct parts *parts, const char *before, const char *canonical)
{
    buf_init(&parts->head);
    buf_text(&parts->head, before);
    buf_init(&parts->sub);
    buf_init(&parts->sup);
    name_parts(canonical, &parts->head, &parts->sub, &parts->sup);
}

static void parts_clear(struct parts *parts)
{
    buf_clear(&parts->sup);
    buf_clear(&parts->sub);
    buf_clear(&parts->head);
}

static double scripts_width(const struct parts *parts)
{
    return script * fmax(width_of(&parts->sub), width_of(&parts->sup));
}

static void put_part(struct buf *out, const char *class, double x, double y,
                     const struct buf *part)
{
    if (part->length == 0)
        return;
    buf_format(out, "<tspan class=\"%s\"", class);
    svg_attribute(out, "x", x);
    svg_attribute(out, "y", y);
    buf_char(out, '>');
    html_text(out, buf_peek(part));
    buf_text(out, "</tspan>");
}

/* The letters end where the scripts begin, in whatever font: only where the middle of
   both is hangs on the width of letters. */
static void put_parts(struct buf *out, const struct svg_text *text, double size,
                      const struct parts *parts)
{
    double scripts = scripts_width(parts);
    double x = text->x + size * (width_of(&parts->head) - scripts) / 2;
    if (scripts == 0) {
        html_text(out, buf_peek(&parts->head));
        return;
    }
    put_part(out, "stem", x, text->y, &parts->head);
    put_part(out, "script", x, text->y + lower * size, &parts->sub);
    put_part(out, "script", x, text->y - upper * size, &parts->sup);
}

static void put_name(struct buf *out, const struct svg_text *text, const char *class,
                     const struct parts *parts)
{
    double width = width_of(&parts->head) + scripts_width(parts);
    double size = fmin(text->size, text->room / width);
    buf_format(out, "<text class=\"%s\"", class);
    svg_attribute(out, "x", text->x);
    svg_attribute(out, "y", text->y);
    svg_attribute(out, "font-size", size);
    buf_char(out, '>');
    put_parts(out, text, size, parts);
    buf_text(out, "</text>");
}

static void put_text(struct buf *out, const struct svg_text *text,
                     const struct parts *parts)
{
    if (text->has_halo)
        put_name(out, text, "halo", parts);
    put_name(out, text, text->class, parts);
    buf_char(out, '\n');
}

void svg_name(struct buf *out, const struct svg_text *text, const char *canonical)
{
    struct parts parts;
    parts_init(&parts, text->before, canonical);
    put_text(out, text, &parts);
    parts_clear(&parts);
}

void svg_value(struct buf *out, const struct svg_text *text,
               const struct formula *formula)
{
    struct parts parts;
    struct buf value;
    buf_init(&value);
    write_text_formula(formula, &value);
    bool is_negative = strncmp(buf_peek(&value), minus, strlen(minus)) == 0;
    parts_init(&parts, is_negative ? "" : text->before, "");
    buf_text(&parts.head, buf_peek(&value));
    put_text(out, text, &parts);
    parts_clear(&parts);
    buf_clear(&value);
}
