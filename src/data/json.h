/* A small writer of JSON (RFC 8259): two blanks a level, one item a line.

   The caller keeps the order: between json_object and json_end every value has a json_key
   before it. */
#ifndef GRADTEX_DATA_JSON_H
#define GRADTEX_DATA_JSON_H

#include "base/buf.h"

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json {
    struct buf *out;    /* borrowed; may be emptied between two calls, for streaming */
    struct buf closers; /* `}` or `]` for each open container */
    bool is_first;      /* nothing stands in the innermost container yet */
    bool has_key;       /* a key was written and waits for its value */
};

void json_init(struct json *json, struct buf *out);
void json_clear(struct json *json);

void json_object(struct json *json);
void json_array(struct json *json);
/* Closes the innermost container; after the outermost one a line end is written. */
void json_end(struct json *json);
void json_key(struct json *json, const char *key);

/* Bytes that are not UTF-8 become U+FFFD. */
void json_text(struct json *json, const char *text);
void json_boolean(struct json *json, bool value);
void json_integer(struct json *json, int64_t value);
void json_null(struct json *json);
/* Exact numbers are texts: "-3/7", "125000". */
void json_rational(struct json *json, mpq_srcptr value);
void json_count(struct json *json, mpz_srcptr value);

#endif
