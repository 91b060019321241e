/* Texts by a pair of nodes, kept while there is room: when that is used up all are
   forgotten. */
#ifndef GRADTEX_STREAM_TEXTS_H
#define GRADTEX_STREAM_TEXTS_H

#include "base/buf.h"

#include <stdint.h>

struct texts {
    struct texts_entry {
        int64_t a, b;
        uint32_t begin, length;
    } * entries; /* open addressing; a is -1 where there is none */
    size_t count;
    struct buf bytes;
};

void texts_init(struct texts *texts);
void texts_clear(struct texts *texts);
/* The text of a pair (a is not negative), borrowed until the next texts_add; NULL if it
   is not there. */
const char *texts_find(const struct texts *texts, int64_t a, int64_t b, size_t *length);
/* Keeps a text that is not there yet; answers the copy, borrowed until the next
   texts_add. */
const char *texts_add(struct texts *texts, int64_t a, int64_t b, const struct buf *text);

#endif
