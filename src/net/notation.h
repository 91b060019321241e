/* Name templates: `w_{<edge>1}^{<layer>}` written out and read back by arithmetic. */
#ifndef GRADTEX_NET_NOTATION_H
#define GRADTEX_NET_NOTATION_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum placeholder {
    PLACE_TO,
    PLACE_FROM,
    PLACE_SOURCE,      /* the letter of the source unit's family */
    PLACE_SOURCE_UNIT, /* its index there */
    PLACE_LAYER,
    PLACE_EDGE,
    PLACE_EDGE_ALL,
    PLACE_UNIT,
    PLACE_NAME,
    PLACE_WEIGHT,
    PLACE_SAMPLE,
    PLACE_COUNT
};

enum { TEMPLATE_PIECES = 24 };

/* A piece is a literal text or, if `text` is NULL, a placeholder. */
struct template_piece {
    const char *text;
    size_t length;
    enum placeholder placeholder;
};

struct template
{
    char *source; /* as written, canonical */
    struct template_piece pieces[TEMPLATE_PIECES];
    size_t count;
    bool commas; /* between adjacent placeholders, as some index has two digits */
};

/* What stands at the placeholders: numbers, and texts for PLACE_SOURCE, PLACE_NAME,
   PLACE_WEIGHT. */
struct template_values {
    int64_t numbers[PLACE_COUNT];
    const char *texts[PLACE_COUNT];
};

/* `allowed` has the bit 1 << place of each placeholder. `error` names what is wrong with
   the text (an unknown placeholder, too many pieces), else NULL; then the template is
   empty. */
bool template_init(struct template *template, const char *text, size_t length,
                   unsigned allowed, const char **error);
void template_clear(struct template *template);
bool template_uses(const struct template *template, enum placeholder placeholder);
/* Whether a piece is a number that could run into another one, nothing but digits being
   between. */
bool template_is_joined(const struct template *template, size_t piece);
/* Whether the numbers stay apart: false if digits stand between two of them and commas
   are needed. */
bool template_is_readable(const struct template *template);
/* Appends the canonical name. */
void template_write(const struct template *template, const struct template_values *values,
                    struct buf *out);
/* Reads a canonical name back; numbers not in the template are left alone. The texts at
   its placeholders are given by the caller. */
bool template_read(const struct template *template, const char *canonical,
                   struct template_values *values);
/* Appends the text of a template with a value in place of one placeholder. */
void template_bind(const char *text, enum placeholder placeholder, const char *value,
                   struct buf *out);

#endif
