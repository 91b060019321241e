#include "base/diag.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <string.h>

enum { ARGUMENT_SHOWN = 200, SENTENCE_SHOWN = 4000, LINE_SHOWN = 80, WORD_COMPARED = 48 };

static const struct {
    enum status status;
    const char *text;
} kinds[] = {
#define DIAG(code, status, text) [DIAG_##code] = {status, text},
#include "base/diag.def"
#undef DIAG
};

void diags_init(struct diags *diags)
{
    memset(diags, 0, sizeof *diags);
}

void diags_clear(struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        for (int k = 0; k < DIAG_ARGUMENTS; k++)
            memory_free(diags->items[i].arguments[k]);
    memory_free(diags->items);
    diags_init(diags);
}

static void record(struct diags *diags, enum diag_code code, struct place place,
                   va_list arguments)
{
    struct diag *item;
    const char *text;

    if (diags->count == diags->capacity) {
        diags->capacity = 2 * diags->capacity + 4;
        diags->items = memory_array(diags->items, diags->capacity, sizeof *diags->items);
    }
    item = &diags->items[diags->count++];
    memset(item, 0, sizeof *item);
    item->code = code;
    item->place = place;
    for (int k = 0;
         k < DIAG_ARGUMENTS && (text = va_arg(arguments, const char *)) != NULL; k++)
        item->arguments[k] = memory_strdup(text);
}

bool diag_at(struct diags *diags, enum diag_code code, struct place place, ...)
{
    va_list arguments;

    va_start(arguments, place);
    record(diags, code, place, arguments);
    va_end(arguments);
    return false;
}

bool diag(struct diags *diags, enum diag_code code, ...)
{
    struct place nowhere = {NULL, {0, 0}};
    va_list arguments;

    va_start(arguments, code);
    record(diags, code, nowhere, arguments);
    va_end(arguments);
    return false;
}

enum status diags_status(const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        if (kinds[diags->items[i].code].status != STATUS_OK)
            return kinds[diags->items[i].code].status;
    return STATUS_OK;
}

static void escape(struct buf *out, unsigned char byte)
{
    if (byte == '\n')
        buf_text(out, "\\n");
    else if (byte == '\t')
        buf_text(out, "\\t");
    else
        buf_format(out, "\\x%02x", byte);
}

/* Answers whether something had to be escaped or cut. */
static bool put_safely(struct buf *out, const char *text, size_t most)
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

static void put_word(struct buf *out, const char *text)
{
    size_t begin = out->length;
    struct buf quoted;

    if (!put_safely(out, text, ARGUMENT_SHOWN))
        return;
    buf_init(&quoted);
    buf_format(&quoted, "\"%s\"", out->data + begin);
    buf_truncate(out, begin);
    buf_bytes(out, quoted.data, quoted.length);
    buf_clear(&quoted);
}

static void put_message(struct buf *out, const struct diag *item)
{
    const char *text = kinds[item->code].text;

    if (strcmp(text, "{1}") == 0) {
        put_safely(out, item->arguments[0] != NULL ? item->arguments[0] : "",
                   SENTENCE_SHOWN);
        return;
    }
    for (; *text != '\0'; text++) {
        unsigned k = text[0] == '{' ? (unsigned)(text[1] - '1') : DIAG_ARGUMENTS;

        if (k >= DIAG_ARGUMENTS || text[2] != '}') {
            buf_char(out, *text);
            continue;
        }
        if (item->arguments[k] != NULL)
            put_word(out, item->arguments[k]);
        text += 2;
    }
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

static void put_excerpt(struct buf *out, const struct place *place, struct position at)
{
    const struct source *source = place->source;
    uint32_t length = (uint32_t)source->length;
    struct span span = {place->span.begin < length ? place->span.begin : length,
                        place->span.end};
    struct glyphs line = line_around(source, at, span.begin);
    struct buf marks;
    unsigned columns = 0, width;
    uint32_t i, next, point;

    buf_init(&marks);
    buf_format(out, "%5u | %s", at.line, line.cut ? "…" : "");
    buf_text(&marks, line.cut ? " " : "");
    for (i = line.first; i < line.end && columns < LINE_SHOWN; i = next) {
        next = next_character(source, i, &point);
        width = put_glyph(out, source, i, next, point);
        columns += width;
        if (i < span.end || i == span.begin)
            put_marks(&marks, span, i, width);
    }
    if (span.begin >= i)
        buf_char(&marks, '^');
    buf_format(out, "%s\n      | %s\n", at_line_end(source, i) ? "" : "…",
               buf_peek(&marks));
    buf_clear(&marks);
}

static void put_diag(struct buf *out, const struct diag *item)
{
    bool note = kinds[item->code].status == STATUS_OK;
    const struct source *source = item->place.source;
    struct position at = {0, 0};

    if (source != NULL) {
        at = source_position(source, item->place.span.begin);
        put_word(out, source->name);
        buf_format(out, ":%u:%u: ", at.line, at.column);
    } else {
        buf_text(out, "gradtex: ");
    }
    buf_text(out, note ? "note: " : "error: ");
    put_message(out, item);
    buf_char(out, '\n');
    if (source != NULL && source->line_count > 0)
        put_excerpt(out, &item->place, at);
}

void diag_message(const struct diag *item, struct buf *out)
{
    put_message(out, item);
}

void diag_excerpt(const struct place *place, struct buf *out)
{
    if (place->source != NULL && place->source->line_count > 0)
        put_excerpt(out, place, source_position(place->source, place->span.begin));
}

void diags_print(const struct diags *diags, struct buf *out)
{
    for (size_t i = 0; i < diags->count; i++)
        put_diag(out, &diags->items[i]);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance by rows; both words are at most WORD_COMPARED bytes. */
static unsigned distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned row[WORD_COMPARED + 1];

    for (size_t j = 0; j <= b_length; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= a_length; i++) {
        unsigned diagonal = row[0];

        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_length; j++) {
            unsigned above = row[j];

            row[j] =
                least(diagonal + (a[i - 1] != b[j - 1]), 1 + least(above, row[j - 1]));
            diagonal = above;
        }
    }
    return row[b_length];
}

const char *diag_nearest(const char *word, const char *const *candidates, size_t count)
{
    size_t length = strlen(word);
    unsigned best = (unsigned)length / 3 + 1;
    const char *nearest = NULL;

    if (length > WORD_COMPARED)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t other = strlen(candidates[i]);
        unsigned d;

        if (other > WORD_COMPARED)
            continue;
        d = distance(word, length, candidates[i], other);
        if (d < best) {
            best = d;
            nearest = candidates[i];
        }
    }
    return nearest;
}
