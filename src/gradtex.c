/* Read first: each command is one journey, from a network to a text. */
#include "gradtex.h"

#include "base/budget.h"
#include "base/diag.h"
#include "base/memory.h"
#include "base/name.h"
#include "base/out.h"
#include "net/spec.h"
#include "options.h"
#include "target.h"

#include <stdlib.h>
#include <string.h>

struct gtx_network {
    struct source source;
    struct network *network;
    char *input; /* the file that it was read from, or NULL */
};

/* What every journey carries with it. */
struct journey {
    struct gtx_network *opened;
    struct network *network;
    const struct gtx_options *options;
    const struct gtx_sink *sink;
    struct target target;
    struct budget budget;
    struct diags diags;
    node_id *nodes; /* that the names mean, in the order given */
    size_t node_count;
    node_id goal;   /* that is differentiated */
    struct out *out;
};

const char *gtx_version(void)
{
    return PACKAGE_VERSION;
}

void gtx_install_memory(void (*handler)(void))
{
    memory_install();
    memory_set_handler(handler);
}

void gtx_remove_temporaries(void)
{
    out_remove_temporaries();
}

static void send(const struct gtx_sink *sink, const char *message)
{
    if (sink->message != NULL && message[0] != '\0')
        sink->message(sink->context, message);
}

static enum status report(const struct gtx_sink *sink, const struct diags *diags)
{
    struct buf text;

    buf_init(&text);
    diags_print(diags, &text);
    send(sink, buf_peek(&text));
    buf_clear(&text);
    return diags_status(diags);
}

/* A short form is a text of its own; everything else is read from where the word points. */
static bool load(struct gtx_network *opened, const char *word, struct diags *diags)
{
    struct buf spec;
    bool is_short, ok;

    buf_init(&spec);
    ok = preset_expand(word, &spec, &is_short, diags);
    if (is_short) {
        ok = ok && source_from_text(&opened->source, word, buf_peek(&spec), spec.length, diags);
    } else {
        ok = source_load(&opened->source, word, diags);
        opened->input = memory_strdup(strcmp(word, "-") == 0 ? "/dev/stdin" : word);
    }
    buf_clear(&spec);
    return ok;
}

struct gtx_network *gtx_network_open(const char *word, const struct gtx_options *options,
                                     const struct gtx_sink *sink, int *status)
{
    struct gtx_network *opened = memory_zeroed(1, sizeof *opened);
    struct budget budget;
    struct diags diags;

    diags_init(&diags);
    options_budget(options, &budget);
    if (load(opened, word, &diags))
        opened->network = spec_read(&opened->source, options->notation, &budget, &diags);
    *status = report(sink, &diags);
    diags_clear(&diags);
    if (opened->network != NULL)
        return opened;
    gtx_network_free(opened);
    return NULL;
}

void gtx_network_free(struct gtx_network *opened)
{
    if (opened == NULL)
        return;
    network_free(opened->network);
    source_clear(&opened->source);
    memory_free(opened->input);
    memory_free(opened);
}

static bool refuse_name(struct journey *journey, const char *word)
{
    char *nearest = network_nearest(journey->network, word);
    struct buf plain;

    buf_init(&plain);
    if (nearest != NULL) {
        name_plain(&plain, nearest);
        diag(&journey->diags, DIAG_NAME_UNKNOWN_NEAR, word, buf_peek(&plain), NULL);
    } else {
        diag(&journey->diags, DIAG_NAME_UNKNOWN, word, NULL);
    }
    buf_clear(&plain);
    memory_free(nearest);
    return false;
}

static int compare_nodes(const void *a, const void *b)
{
    node_id first = *(const node_id *)a, second = *(const node_id *)b;

    return (first > second) - (first < second);
}

/* A name given twice is often one that a shell has taken apart. */
static bool check_distinct(struct journey *journey)
{
    size_t count = journey->node_count, i = 1;
    node_id *sorted = memory_array(NULL, count, sizeof *sorted);
    struct buf name;

    if (count > 0)
        memcpy(sorted, journey->nodes, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_nodes);
    while (i < count && sorted[i] != sorted[i - 1])
        i++;
    if (i < count) {
        buf_init(&name);
        network_name(journey->network, sorted[i], &name);
        diag(&journey->diags, DIAG_NAME_REPEATED, buf_peek(&name), NULL);
        buf_clear(&name);
    }
    memory_free(sorted);
    return i >= count;
}

static bool find_names(struct journey *journey, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (network_match(journey->network, names[i], &journey->nodes, &journey->node_count) == 0)
            return refuse_name(journey, names[i]);
    return check_distinct(journey);
}

/* What is differentiated: E, or the one symbol of --of. */
static bool find_goal(struct journey *journey)
{
    const char *word = journey->options->of;
    node_id *nodes = NULL;
    size_t count = 0;

    journey->goal = network_error(journey->network);
    if (word == NULL)
        return true;
    if (network_match(journey->network, word, &nodes, &count) == 0)
        return refuse_name(journey, word);
    journey->goal = nodes[0];
    memory_free(nodes);
    if (count > 1)
        return diag(&journey->diags, DIAG_GOAL_MANY, word, NULL);
    if (!network_is_defined(journey->network, journey->goal))
        return diag(&journey->diags, DIAG_GOAL_LEAF, word, NULL);
    return true;
}

/* Settles format, names and output; false with a diagnostic. journey_end must follow. */
static bool journey_begin(struct journey *journey, const struct formats *formats,
                          const char *const *names, size_t count)
{
    journey->network = journey->opened->network;
    diags_init(&journey->diags);
    options_budget(journey->options, &journey->budget);
    if (!target_choose(&journey->target, formats, journey->options, journey->sink,
                       &journey->diags))
        return false;
    if (!find_names(journey, names, count) || !find_goal(journey))
        return false;
    journey->out =
        target_open(journey->opened->input, journey->options, journey->sink, &journey->diags);
    return journey->out != NULL;
}

/* Writes what was made, or nothing if anything went wrong; answers the exit status. */
static int journey_end(struct journey *journey, enum status status)
{
    bool failed = diags_status(&journey->diags) != STATUS_OK;
    enum status worst;

    if (journey->out != NULL && failed)
        out_abandon(journey->out);
    else if (journey->out != NULL && out_close(journey->out, &journey->diags) &&
             journey->target.suggests_latex)
        send(journey->sink, "LaTeX: -o sheet.tex\n");
    worst = report(journey->sink, &journey->diags);
    diags_clear(&journey->diags);
    memory_free(journey->nodes);
    return worst != STATUS_OK ? worst : status;
}

static const struct formats derive_formats = {
    FORMAT_TEXT | FORMAT_LATEX | FORMAT_INFIX | FORMAT_JSON, FORMAT_LATEX, true};
static const struct formats paths_formats = {FORMAT_TEXT | FORMAT_LATEX | FORMAT_JSON,
                                             FORMAT_TEXT, false};
static const struct formats crosscheck_formats = {FORMAT_TEXT | FORMAT_JSON, FORMAT_TEXT, false};
static const struct formats show_formats = {FORMAT_TEXT | FORMAT_DOT, FORMAT_TEXT, false};

int gtx_derive(struct gtx_network *opened, const char *const *names, size_t count,
               const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};

    if (journey_begin(&journey, &derive_formats, names, count))
        diag(&journey.diags, DIAG_INTERNAL, "gtx_derive", NULL);
    return journey_end(&journey, STATUS_OK);
}

int gtx_paths(struct gtx_network *opened, const char *const *names, size_t count,
              const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};

    if (journey_begin(&journey, &paths_formats, names, count))
        diag(&journey.diags, DIAG_INTERNAL, "gtx_paths", NULL);
    return journey_end(&journey, STATUS_OK);
}

int gtx_crosscheck(struct gtx_network *opened, const char *const *names, size_t count,
                   const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};

    if (journey_begin(&journey, &crosscheck_formats, names, count))
        diag(&journey.diags, DIAG_INTERNAL, "gtx_crosscheck", NULL);
    return journey_end(&journey, STATUS_OK);
}

int gtx_show(struct gtx_network *opened, const char *const *names, size_t count,
             const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};

    if (journey_begin(&journey, &show_formats, names, count))
        diag(&journey.diags, DIAG_INTERNAL, "gtx_show", NULL);
    return journey_end(&journey, STATUS_OK);
}
