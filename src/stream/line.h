/* Lines of paths, put together from three parts: what a path's end near the start gives
   before and behind (few, kept), and the middle that all of them share. */
#ifndef GRADTEX_STREAM_LINE_H
#define GRADTEX_STREAM_LINE_H

#include "stream/stream.h"
#include "stream/texts.h"

struct line {
    const struct stream *stream;
    struct texts texts;
    struct buf rendered; /* scratch */
};

void line_init(struct line *line, const struct stream *stream);
void line_clear(struct line *line);

/* Appends the middle for nodes from the goal to where a part stops. Answers whether it
   has a factor. */
bool line_middle(struct line *line, const struct path *part, struct buf *out);
/* Appends what stands before the middle for a part that begins where the middle stopped.
 */
void line_before(struct line *line, const struct path *part, struct buf *out);
/* Appends what stands behind, with the end of the line. Answers whether it has a factor,
   or needs none. */
bool line_behind(struct line *line, const struct path *part, struct buf *out);

#endif
