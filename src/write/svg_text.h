/* Texts and numbers in SVG. */
#ifndef GRADTEX_WRITE_SVG_TEXT_H
#define GRADTEX_WRITE_SVG_TEXT_H

#include "base/buf.h"
#include "doc/formula.h"

/* Where a text stands: the middle of its baseline, in pixels. It is `size` pixels high,
   less where it would be wider than `room`. One with a halo is free of what it lies on.
 */
struct svg_text {
    const char *class;
    const char *before; /* a sign: put before a text that has none */
    double x, y, size, room;
    bool has_halo;
};

void svg_name(struct buf *out, const struct svg_text *text, const char *canonical);
void svg_value(struct buf *out, const struct svg_text *text,
               const struct formula *formula);

/* Tenths, whatever the locale writes for a decimal point. */
void svg_number(struct buf *out, double value);
void svg_attribute(struct buf *out, const char *name, double value);

#endif
