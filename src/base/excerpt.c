#include "base/excerpt.h"

#include "base/utf8.h"

#include <string.h>

enum { LINE_SHOWN = 80 };

static void escape(struct buf *out, unsigned char byte)
{
    if (byte == '\n')
        buf_text(out, "\\n");
    else if (byte == '\t')
        buf_text(out, "\\t");
    else
        buf_format(out, "\\x%02x", byte);
}

bool excerpt_word(struct buf *out, const char *text, size_t most)
{
    size_t length = strlen(text), i = 0, shown = 0;
    bool changed = false;

    for (; i < length && shown < most; shown++) {
        uint32_t point = 0;
        size_t size = utf8_read(text + i, length - i, &point);

        if (size != 0 && !utf8_is_control(point)) {
            buf_bytes(out, text + i, size);
            i += size;
            continue;
        }
        changed = true;
        for (size_t k = size == 0 ? 1 : size; k > 0; k--)
            escape(out, (unsigned char)text[i++]);
    }
    if (i == length)
        return changed;
    buf_text(out, "…");
    return true;
}

/* One line of the source as it is shown: only printable characters, each with its
   place. */
struct glyphs {
    uint32_t begin, end; /* bytes of the line, without its end */
    uint32_t first;      /* the first byte shown */
    bool cut;
};

static bool at_line_end(const struct source *source, uint32_t i)
{
    return i >= source->length || source->text[i] == '\n' || source->text[i] == '\r';
}

static uint32_t next_character(const struct source *source, uint32_t i, uint32_t *point)
{
    size_t size = utf8_read(source->text + i, source->length - i, point);

    if (size == 0)
        *point = 0;
    return i + (uint32_t)(size == 0 ? 1 : size);
}

/* A long line is shown from about half a window before the caret. */
static struct glyphs line_around(const struct source *source, struct position at,
                                 uint32_t caret)
{
    struct glyphs line = {source->line_starts[at.line - 1], 0, 0, false};
    uint32_t back = caret;
    int columns = LINE_SHOWN / 2;

    line.end = line.begin;
    while (!at_line_end(source, line.end) && line.end < caret + 4 * LINE_SHOWN)
        line.end++;
    while (back > line.begin && columns > 0) {
        back--;
        columns -= ((unsigned char)source->text[back] & 0xC0) != 0x80;
    }
    line.first = caret - line.begin > LINE_SHOWN - 10 ? back : line.begin;
    line.cut = line.first > line.begin;
    return line;
}

static unsigned put_glyph(struct buf *out, const struct source *source, uint32_t i,
                          uint32_t next, uint32_t point)
{
    if (point == '\t') {
        buf_char(out, ' ');
        return 1;
    }
    if (utf8_is_control(point)) {
        buf_text(out, "\xEF\xBF\xBD");
        return 1;
    }
    buf_bytes(out, source->text + i, next - i);
    return utf8_width(point);
}

static void put_marks(struct buf *marks, struct span span, uint32_t i, unsigned width)
{
    for (; width > 0; width--) {
        if (i < span.begin)
            buf_char(marks, ' ');
        else if (marks->length == 0 || marks->data[marks->length - 1] == ' ')
            buf_char(marks, '^');
        else if (i < span.end)
            buf_char(marks, '~');
    }
}

void excerpt_lines(const struct place *place, struct buf *text, struct buf *marks)
{
    const struct source *source = place->source;
    uint32_t length = (uint32_t)source->length;
    struct span span = {place->span.begin < length ? place->span.begin : length,
                        place->span.end};
    struct position at = source_position(source, span.begin);
    struct glyphs line = line_around(source, at, span.begin);
    unsigned columns = 0, width;
    uint32_t i, next, point;

    buf_text(text, line.cut ? "…" : "");
    buf_text(marks, line.cut ? " " : "");
    for (i = line.first; i < line.end && columns < LINE_SHOWN; i = next) {
        next = next_character(source, i, &point);
        width = put_glyph(text, source, i, next, point);
        columns += width;
        if (i < span.end || i == span.begin)
            put_marks(marks, span, i, width);
    }
    if (span.begin >= i)
        buf_char(marks, '^');
    buf_text(text, at_line_end(source, i) ? "" : "…");
}
