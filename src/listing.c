#include "listing.h"

#include "base/name.h"
#include "base/number.h"
#include "data/json.h"
#include "data/path_texts.h"
#include "stream/stream.h"

static void write_count(struct journey *journey, struct graph *graph)
{
    struct buf text, name;
    struct json json;
    buf_init(&text);
    buf_init(&name);
    network_name(journey->network, graph_from(graph), &name);
    if (journey->target.format == FORMAT_JSON) {
        json_init(&json, &text);
        json_object(&json);
        json_key(&json, "by");
        json_text(&json, buf_peek(&name));
        json_key(&json, "paths");
        json_count(&json, graph_total(graph));
        json_end(&json);
        json_clear(&json);
    } else {
        if (journey->node_count > 1) {
            name_unicode(&text, buf_peek(&name));
            buf_char(&text, ' ');
        }
        number_write_integer(&text, graph_total(graph));
        buf_char(&text, '\n');
    }
    out_bytes(journey->out, buf_peek(&text), text.length);
    buf_clear(&name);
    buf_clear(&text);
}

/* Several sums in one file are told apart by a comment of LaTeX. */
static void write_sum_heading(struct journey *journey, struct graph *graph)
{
    struct buf text, name;
    buf_init(&text);
    buf_init(&name);
    network_name(journey->network, graph_from(graph), &name);
    buf_text(&text, "% ");
    name_latex(&text, buf_peek(&name));
    buf_char(&text, '\n');
    out_bytes(journey->out, buf_peek(&text), text.length);
    buf_clear(&name);
    buf_clear(&text);
}

static void plain_name(struct journey *journey, node_id node, struct buf *out)
{
    struct buf canonical;
    buf_init(out);
    buf_init(&canonical);
    network_name(journey->network, node, &canonical);
    name_plain(out, buf_peek(&canonical));
    buf_clear(&canonical);
}

/* A list without lines would say nothing. */
static void note_no_path(struct journey *journey, struct graph *graph)
{
    struct buf from, to;
    plain_name(journey, graph_from(graph), &from);
    plain_name(journey, graph_to(graph), &to);
    diag(&journey->diags, DIAG_NOTE_NO_PATH, buf_peek(&from), buf_peek(&to), NULL);
    buf_clear(&from);
    buf_clear(&to);
}

/* --skip may not go past the last path: that would be silence. */
static bool check_skip(struct journey *journey, struct graph *graph)
{
    const struct gtx_options *options = journey->options;
    if (mpz_sgn(options->skip) == 0 || mpz_cmp(options->skip, graph_total(graph)) < 0)
        return true;
    struct buf count;
    buf_init(&count);
    number_write_grouped(&count, graph_total(graph));
    diag(&journey->diags, DIAG_SKIP_TOO_FAR, buf_peek(&count), NULL);
    buf_clear(&count);
    return false;
}

static void write_paths(struct journey *journey, struct graph *graph)
{
    const struct gtx_options *options = journey->options;
    struct path_texts texts = {.unicode =
                                   !options->sum && journey->target.format == FORMAT_TEXT,
                               .canonical = journey->target.format == FORMAT_JSON,
                               .signals = options->sum};
    struct stream stream = {.form = options->sum                            ? STREAM_SUM
                                    : journey->target.format == FORMAT_JSON ? STREAM_JSON
                                    : journey->target.format == FORMAT_LATEX
                                        ? STREAM_LATEX
                                        : STREAM_TEXT,
                            .texts = {&texts, path_texts_name, path_texts_label},
                            .skip = options->skip,
                            .limit = options->has_limit ? options->limit : NULL};
    path_texts_init(&texts, graph);
    stream_paths(&stream, graph, journey->out);
}

bool listing_write(struct journey *journey, node_id node)
{
    const struct gtx_options *options = journey->options;
    struct graph *graph = graph_new(journey->network, node, journey->goal);
    bool ok = options->count || check_skip(journey, graph);
    if (mpz_sgn(graph_total(graph)) == 0)
        note_no_path(journey, graph);
    if (ok && options->sum && journey->node_count > 1)
        write_sum_heading(journey, graph);
    if (options->count)
        write_count(journey, graph);
    else if (ok)
        write_paths(journey, graph);
    graph_free(graph);
    return ok;
}
