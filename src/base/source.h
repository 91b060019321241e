/* A text that was read, and where things stand in it. */
#ifndef GRADTEX_BASE_SOURCE_H
#define GRADTEX_BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Byte offsets [begin, end) into a source; they keep their meaning inside a larger
   document. */
struct span {
    uint32_t begin, end;
};

/* A place in a text, and how many code points stand before it. */
struct source_mark {
    uint32_t offset, points;
};

/* `text` is valid UTF-8 without NUL and without byte order mark; line ends are as in the
   file. `line_starts[i]` is the offset of line i + 1 (LF, CRLF and a lone CR end a
   line). `marks[i]` is at the first code point of block i. */
struct source {
    char *name;
    char *text;
    size_t length;
    uint32_t *line_starts;
    uint32_t line_count;
    struct source_mark *marks;
};

struct place {
    const struct source *source;
    struct span span;
};

/* Lines and columns count from 1; a column is a code point. */
struct position {
    uint32_t line, column;
};

struct diags;

enum { SOURCE_LIMIT = 64 << 20, SOURCE_BLOCK = 128 };

/* Reads a file (`-` is standard input). False with a diagnostic if it cannot be read (5),
   is not UTF-8 or holds a NUL (4), or is longer than SOURCE_LIMIT (6). The caller clears
   the source. */
bool source_load(struct source *source, const char *path, struct diags *diags);
/* Takes a copy of a text; the same checks. */
bool source_from_text(struct source *source, const char *name, const char *text,
                      size_t length, struct diags *diags);
void source_clear(struct source *source);

uint32_t source_line(const struct source *source, uint32_t offset);
struct position source_position(const struct source *source, uint32_t offset);
struct place source_place(const struct source *source, uint32_t begin, uint32_t end);
struct span span_join(struct span a, struct span b);

#endif
