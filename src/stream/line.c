#include "stream/line.h"

/* What stands between the parts of a line, by form. */
struct marks {
    const char *begin; /* of the line */
    const char *quote; /* around each text */
    const char *arrow; /* between nodes */
    const char *turn;  /* between nodes and labels */
    const char *first; /* before the first label */
    const char *times; /* before each other label */
    const char *one;   /* for a label that is 1, where it is not left out */
    const char *end;
};

static const struct marks all_marks[] = {
    [STREAM_TEXT] = {"", "", " → ", "  ", " ", " ", NULL, "\n"},
    [STREAM_LATEX] = {"", "", " \\to ", " \\quad", " ", " ", NULL, "\n"},
    [STREAM_JSON] = {"{\"nodes\":[", "\"", ",", "],\"labels\":[", "", ",", "1", "]}\n"},
    [STREAM_SUM] = {"", "", NULL, "+", " ", " ", NULL, "\n"},
};

enum { NAME_ALONE = -1 };

void line_init(struct line *line, const struct stream *stream)
{
    line->stream = stream;
    texts_init(&line->texts);
    buf_init(&line->rendered);
}

void line_clear(struct line *line)
{
    texts_clear(&line->texts);
    buf_clear(&line->rendered);
}

static const struct marks *marks_of(const struct line *line)
{
    return &all_marks[line->stream->form];
}

/* Within a JSON string. */
static void escape(const struct buf *text, struct buf *out)
{
    for (size_t i = 0; i < text->length; i++) {
        unsigned char c = (unsigned char)text->data[i];

        if (c == '"' || c == '\\')
            buf_char(out, '\\');
        if (c < ' ')
            buf_format(out, "\\u%04x", c);
        else
            buf_char(out, (char)c);
    }
}

/* A name (`target` is NAME_ALONE) or a label, as it stands in the line. */
static const char *peek_text(struct line *line, node_id source, node_id target,
                             size_t *length)
{
    const struct stream_texts *callbacks = &line->stream->texts;
    const char *known = texts_find(&line->texts, source, target, length);
    struct buf quoted;

    if (known != NULL)
        return known;
    buf_truncate(&line->rendered, 0);
    if (target == NAME_ALONE)
        callbacks->name(callbacks->context, source, &line->rendered);
    else
        callbacks->label(callbacks->context, source, target, &line->rendered);
    if (line->rendered.length == 0 && marks_of(line)->one != NULL)
        buf_text(&line->rendered, marks_of(line)->one);
    buf_init(&quoted);
    if (line->rendered.length > 0) {
        buf_text(&quoted, marks_of(line)->quote);
        if (line->stream->form == STREAM_JSON)
            escape(&line->rendered, &quoted);
        else
            buf_bytes(&quoted, buf_peek(&line->rendered), line->rendered.length);
        buf_text(&quoted, marks_of(line)->quote);
    }
    known = texts_add(&line->texts, source, target, &quoted);
    *length = quoted.length;
    buf_clear(&quoted);
    return known;
}

static void add_name(struct line *line, node_id node, struct buf *out)
{
    size_t length;
    const char *text = peek_text(line, node, NAME_ALONE, &length);

    buf_bytes(out, text, length);
}

/* The labels of a part, from the goal back; `*some` is whether there was one before. */
static void add_labels(struct line *line, const struct path *part, bool *some,
                       struct buf *out)
{
    for (size_t i = 1; i < part->length; i++) {
        size_t length;
        const char *text = peek_text(line, part->nodes[i], part->nodes[i - 1], &length);

        if (length == 0)
            continue;
        buf_text(out, *some ? marks_of(line)->times : marks_of(line)->first);
        buf_bytes(out, text, length);
        *some = true;
    }
}

bool line_middle(struct line *line, const struct path *part, struct buf *out)
{
    const struct marks *marks = marks_of(line);
    bool some = false;

    for (size_t i = part->length; marks->arrow != NULL && i-- > 0;) {
        add_name(line, part->nodes[i], out);
        if (i > 0)
            buf_text(out, marks->arrow);
    }
    buf_text(out, marks->turn);
    add_labels(line, part, &some, out);
    return some;
}

void line_before(struct line *line, const struct path *part, struct buf *out)
{
    const struct marks *marks = marks_of(line);

    buf_text(out, marks->begin);
    for (size_t i = part->length; marks->arrow != NULL && i-- > 1;) {
        add_name(line, part->nodes[i], out);
        buf_text(out, marks->arrow);
    }
}

bool line_behind(struct line *line, const struct path *part, struct buf *out)
{
    size_t begin = out->length;
    bool some = line->stream->form == STREAM_JSON;

    add_labels(line, part, &some, out);
    some = out->length > begin || line->stream->form == STREAM_JSON;
    buf_text(out, marks_of(line)->end);
    return some;
}
