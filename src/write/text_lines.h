/* Lines of a terminal: where they end, and how wide they are. */
#ifndef GRADTEX_WRITE_TEXT_LINES_H
#define GRADTEX_WRITE_TEXT_LINES_H

#include "base/buf.h"
#include "write/text_formula.h"

/* Stands in words for a blank at which no line may end. */
enum { TEXT_LINES_BLANK = '\x1f' };

/* Words in lines of at most `width` columns, each ended. */
void text_lines_fill(struct buf *out, const char *words, size_t width);

/* The end of the line of a formula that begins at `start`: at a break, as far out of
   brackets and as full as can be, or at the end of the text. */
size_t text_lines_end(const struct buf *text, const struct text_breaks *breaks,
                      size_t start, size_t width);
/* What a line that begins at `start` begins with: a dot between two factors, else
   nothing. */
const char *text_lines_lead(const struct buf *text, const struct text_breaks *breaks,
                            size_t start);

/* Columns of the widest of the texts 0, step, 2 step, … below `count`. */
size_t text_lines_widest(const struct buf *texts, size_t count, size_t step);

#endif
