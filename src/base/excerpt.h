/* Texts that somebody wrote, as a terminal may show them. */
#ifndef GRADTEX_BASE_EXCERPT_H
#define GRADTEX_BASE_EXCERPT_H

#include "base/buf.h"
#include "base/source.h"

/* Appends at most `most` characters, control characters escaped. Whether something had to
   be escaped or cut. */
bool excerpt_word(struct buf *out, const char *text, size_t most);
/* The first line of a place, and `^~~~` below it, both without line ends. Of a long line
   only what stands around the caret; what a terminal acts on is replaced. */
void excerpt_lines(const struct place *place, struct buf *text, struct buf *marks);

#endif
