#include "base/source.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static bool is_line_end(const char *text, size_t length, size_t i)
{
    if (text[i] == '\n')
        return true;
    return text[i] == '\r' && !(i + 1 < length && text[i + 1] == '\n');
}

static void find_lines(struct source *source)
{
    uint32_t count = 1;

    for (size_t i = 0; i < source->length; i++)
        count += is_line_end(source->text, source->length, i);
    source->line_starts = memory_array(NULL, count, sizeof *source->line_starts);
    source->line_count = 1;
    source->line_starts[0] = 0;
    for (size_t i = 0; i < source->length; i++)
        if (is_line_end(source->text, source->length, i))
            source->line_starts[source->line_count++] = (uint32_t)i + 1;
}

/* Moves on by a code point; what is none counts as one. */
static void pass_point(const struct source *source, struct source_mark *mark)
{
    size_t size =
        utf8_read(source->text + mark->offset, source->length - mark->offset, NULL);
    mark->offset += (uint32_t)(size == 0 ? 1 : size);
    mark->points++;
}

/* So that a place in a long line is found without counting from its begin. */
static void find_marks(struct source *source)
{
    size_t count = source->length / SOURCE_BLOCK + 1;
    struct source_mark mark = {0, 0};

    source->marks = memory_array(NULL, count, sizeof *source->marks);
    for (size_t i = 0; i < count; i++) {
        while (mark.offset < i * SOURCE_BLOCK)
            pass_point(source, &mark);
        source->marks[i] = mark;
    }
}

/* How many code points end before `offset`. */
static uint32_t points_before(const struct source *source, uint32_t offset)
{
    struct source_mark before, mark = source->marks[offset / SOURCE_BLOCK];

    if (mark.offset > offset)
        mark = source->marks[offset / SOURCE_BLOCK - 1];
    before = mark;
    while (mark.offset <= offset) {
        before = mark;
        if (mark.offset == offset)
            break;
        pass_point(source, &mark);
    }
    return before.points;
}

/* Without a byte order mark, a NUL beside an ASCII character at the very beginning gives
   it away. */
static bool is_utf16(const char *text, size_t length)
{
    if (length < 2)
        return false;
    if (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0)
        return true;
    return length % 2 == 0 && (text[0] == '\0') != (text[1] == '\0');
}

static bool check_text(const struct source *source, struct diags *diags)
{
    size_t i = 0;

    if (is_utf16(source->text, source->length))
        return diag_at(diags, DIAG_SOURCE_UTF16, source_place(source, 0, 1), NULL);
    while (i < source->length) {
        size_t size = utf8_read(source->text + i, source->length - i, NULL);
        struct place here = source_place(source, (uint32_t)i, (uint32_t)i + 1);

        if (size == 0)
            return diag_at(diags, DIAG_SOURCE_UTF8, here, NULL);
        if (source->text[i] == '\0')
            return diag_at(diags, DIAG_SOURCE_NUL, here, NULL);
        i += size;
    }
    return true;
}

static void start(struct source *source, const char *name)
{
    memset(source, 0, sizeof *source);
    source->name = memory_strdup(name);
}

/* Takes over the text of `buf`. The source is complete even if a check fails, so that the
   diagnostic can show the line. */
static bool adopt(struct source *source, struct buf *buf, struct diags *diags)
{
    const size_t mark = sizeof byte_order_mark - 1;

    if (buf->length > SOURCE_LIMIT) {
        buf_clear(buf);
        return diag(diags, DIAG_SOURCE_TOO_LONG, source->name, NULL);
    }
    source->length = buf->length;
    source->text = buf_take(buf);
    if (source->length >= mark && memcmp(source->text, byte_order_mark, mark) == 0) {
        source->length -= mark;
        memmove(source->text, source->text + mark, source->length + 1);
    }
    find_lines(source);
    find_marks(source);
    return check_text(source, diags);
}

bool source_load(struct source *source, const char *path, struct diags *diags)
{
    bool standard_input = strcmp(path, "-") == 0;
    int file = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct buf buf;
    int error;

    start(source, standard_input ? "<stdin>" : path);
    if (file < 0)
        return diag(diags, DIAG_FILE_OPEN, path, strerror(errno), NULL);
    buf_init(&buf);
    error = file_read(file, &buf);
    if (!standard_input)
        close(file);
    if (error != 0) {
        buf_clear(&buf);
        return diag(diags, DIAG_FILE_READ, source->name, strerror(error), NULL);
    }
    return adopt(source, &buf, diags);
}

bool source_from_text(struct source *source, const char *name, const char *text,
                      size_t length, struct diags *diags)
{
    struct buf buf;

    start(source, name);
    buf_init(&buf);
    buf_bytes(&buf, text, length);
    return adopt(source, &buf, diags);
}

void source_clear(struct source *source)
{
    memory_free(source->name);
    memory_free(source->text);
    memory_free(source->line_starts);
    memory_free(source->marks);
    memset(source, 0, sizeof *source);
}

uint32_t source_line(const struct source *source, uint32_t offset)
{
    uint32_t low = 0, high = source->line_count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

struct position source_position(const struct source *source, uint32_t offset)
{
    struct position position = {1, 1};

    if (source->line_count == 0)
        return position;
    if (offset > source->length)
        offset = (uint32_t)source->length;
    position.line = source_line(source, offset);
    position.column += points_before(source, offset) -
                       points_before(source, source->line_starts[position.line - 1]);
    return position;
}

struct place source_place(const struct source *source, uint32_t begin, uint32_t end)
{
    struct place place = {source, {begin, end}};

    return place;
}

struct span span_join(struct span a, struct span b)
{
    struct span joined = {a.begin < b.begin ? a.begin : b.begin,
                          a.end > b.end ? a.end : b.end};

    return joined;
}
