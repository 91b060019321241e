#include "stream/stream.h"

#include "base/memory.h"
#include "stream/tails.h"

#include <string.h>

enum { BLOCK = 128 << 10 };

struct writer {
    struct out *out;
    char *block;
    size_t used;
    uint64_t left; /* paths still to be written */
    bool first;    /* the next line is the first of a sum */
    bool good;
};

static void flush(struct writer *writer)
{
    if (writer->used > 0)
        writer->good =
            writer->good && out_bytes(writer->out, writer->block, writer->used);
    writer->used = 0;
}

static void put(struct writer *writer, const char *bytes, size_t length)
{
    if (length > BLOCK - writer->used)
        flush(writer);
    if (length > BLOCK) {
        writer->good = writer->good && out_bytes(writer->out, bytes, length);
        return;
    }
    memcpy(writer->block + writer->used, bytes, length);
    writer->used += length;
}

/* All lines that share a middle. */
struct middle {
    const char *text;
    size_t length;
    bool has_factor;
};

static void put_line(struct writer *writer, const struct middle *middle,
                     const struct tail_set *set, const struct tail *tail)
{
    const char *bytes = set->bytes.data;
    size_t total = tail->before_length + middle->length + tail->behind_length;
    char *at;

    if (total > BLOCK - writer->used || (!middle->has_factor && !tail->has_factor)) {
        put(writer, bytes + tail->before, tail->before_length);
        put(writer, middle->text, middle->length);
        if (!middle->has_factor && !tail->has_factor)
            put(writer, " 1", 2);
        put(writer, bytes + tail->behind, tail->behind_length);
        return;
    }
    at = writer->block + writer->used;
    memcpy(at, bytes + tail->before, tail->before_length);
    at += tail->before_length;
    memcpy(at, middle->text, middle->length);
    memcpy(at + middle->length, bytes + tail->behind, tail->behind_length);
    writer->used += total;
}

/* The first term of a sum, without the sign that stands before the others. */
static void put_first_line(struct writer *writer, const struct middle *middle,
                           const struct tail_set *set, const struct tail *tail)
{
    struct buf line;

    buf_init(&line);
    buf_bytes(&line, middle->text, middle->length);
    if (!middle->has_factor && !tail->has_factor)
        buf_text(&line, " 1");
    buf_bytes(&line, buf_peek(&set->bytes) + tail->behind, tail->behind_length);
    put(writer, line.data + strlen("+ "), line.length - strlen("+ "));
    buf_clear(&line);
    writer->first = false;
}

static void put_lines(struct writer *writer, const struct middle *middle,
                      const struct tail_set *set, size_t skip)
{
    size_t i = skip;

    if (writer->first && i < set->count && writer->left > 0) {
        put_first_line(writer, middle, set, &set->items[i++]);
        writer->left--;
    }
    for (; i < set->count && writer->left > 0 && writer->good; i++, writer->left--)
        put_line(writer, middle, set, &set->items[i]);
}

static uint64_t read_limit(mpz_srcptr limit)
{
    if (limit == NULL || mpz_sizeinbase(limit, 2) > 63)
        return UINT64_MAX;
    return mpz_sgn(limit) < 0 ? 0 : mpz_get_ui(limit);
}

static size_t usual_length(struct graph *graph)
{
    struct path_iterator *iterator = path_iterator_new(graph);
    const struct path *path = path_next(iterator, NULL);
    size_t length = path != NULL ? path->length : 0;

    path_iterator_free(iterator);
    return length;
}

/* Goes to the first path; how many tails of its part are to be left out. */
static size_t begin(const struct stream *stream, struct path_iterator *iterator,
                    bool *good)
{
    size_t skipped;
    mpz_t rest;

    *good = true;
    if (stream->skip == NULL)
        return 0;
    mpz_init(rest);
    *good = path_iterator_seek_part(iterator, stream->skip, rest);
    skipped = mpz_get_ui(rest);
    mpz_clear(rest);
    return skipped;
}

static void write_parts(const struct stream *stream, struct tails *tails,
                        struct writer *writer)
{
    struct path_iterator *iterator =
        path_iterator_new_within(tails->graph, graph_to(tails->graph), tails_stop, tails);
    const struct path *part;
    struct buf text;
    bool some;
    size_t skip = begin(stream, iterator, &some);

    buf_init(&text);
    while (some && writer->good && writer->left > 0 &&
           (part = path_next(iterator, NULL)) != NULL) {
        struct middle middle;

        buf_truncate(&text, 0);
        middle.has_factor = line_middle(tails->line, part, &text);
        middle.text = buf_peek(&text);
        middle.length = text.length;
        put_lines(writer, &middle, tails_of(tails, part->nodes[part->length - 1]), skip);
        skip = 0;
    }
    buf_clear(&text);
    path_iterator_free(iterator);
}

bool stream_paths(const struct stream *stream, struct graph *graph, struct out *out)
{
    struct writer writer = {.out = out,
                            .block = memory_alloc(BLOCK),
                            .left = read_limit(stream->limit),
                            .first = stream->form == STREAM_SUM,
                            .good = true};
    struct line line;
    struct tails tails;

    line_init(&line, stream);
    tails_init(&tails, &line, graph, usual_length(graph));
    write_parts(stream, &tails, &writer);
    if (writer.first)
        put(&writer, "0\n", 2);
    flush(&writer);
    tails_clear(&tails);
    line_clear(&line);
    memory_free(writer.block);
    return writer.good;
}
