#include "journey.h"

#include "base/memory.h"
#include "base/name.h"
#include "page.h"

#include <stdlib.h>
#include <string.h>

static void send(const struct gtx_sink *sink, const char *message)
{
    if (sink->message != NULL && message[0] != '\0')
        sink->message(sink->context, message);
}

enum status journey_report(const struct gtx_sink *sink, const struct language *language,
                           const struct diags *diags)
{
    struct buf text;

    buf_init(&text);
    diags_print(diags, language, &text);
    send(sink, buf_peek(&text));
    buf_clear(&text);
    return diags_status(diags);
}

static bool refuse_name(struct journey *journey, const char *word)
{
    char *nearest = network_nearest(journey->network, word);
    struct buf plain;

    buf_init(&plain);
    if (nearest != NULL) {
        name_plain(&plain, nearest);
        diag(&journey->diags, DIAG_SYMBOL_UNKNOWN_NEAR, word, buf_peek(&plain), NULL);
    } else {
        diag(&journey->diags, DIAG_SYMBOL_UNKNOWN, word, NULL);
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
        diag(&journey->diags, DIAG_SYMBOL_REPEATED, buf_peek(&name), NULL);
        buf_clear(&name);
    }
    memory_free(sorted);
    return i >= count;
}

static bool find_names(struct journey *journey, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t found = network_match(journey->network, names[i], &journey->nodes,
                                     &journey->node_count);

        if (found == 0)
            return refuse_name(journey, names[i]);
        if (found == SIZE_MAX)
            return diag(&journey->diags, DIAG_SYMBOL_MANY, names[i], NULL);
    }
    return check_distinct(journey);
}

/* What is differentiated: E, or the one symbol of --of. */
static bool find_goal(struct journey *journey)
{
    const char *word = journey->options->of;
    node_id *nodes = NULL;
    size_t count = 0, found;

    journey->goal = network_error(journey->network);
    if (word == NULL)
        return true;
    found = network_match(journey->network, word, &nodes, &count);
    if (found == 0)
        return refuse_name(journey, word);
    if (found == SIZE_MAX)
        return diag(&journey->diags, DIAG_GOAL_MANY, word, NULL);
    journey->goal = nodes[0];
    memory_free(nodes);
    if (count > 1)
        return diag(&journey->diags, DIAG_GOAL_MANY, word, NULL);
    if (!network_is_defined(journey->network, journey->goal))
        return diag(&journey->diags, DIAG_GOAL_LEAF, word, NULL);
    return true;
}

/* The output is none of the files that were read. */
static bool check_inputs(struct journey *journey)
{
    const struct gtx_options *options = journey->options;
    bool good = target_is_other(journey->opened->input, options, &journey->diags) &&
                target_is_other(options->values, options, &journey->diags);
    const char *file;

    for (size_t i = 0; good && (file = network_file(journey->network, i)) != NULL; i++)
        good = target_is_other(file, options, &journey->diags);
    return good;
}

bool journey_begin(struct journey *journey, const struct formats *formats,
                   const char *const *names, size_t count)
{
    journey->network = journey->opened->network;
    diags_init(&journey->diags);
    options_budget(journey->options, &journey->budget);
    if (!target_choose(&journey->target, formats, journey->options, journey->sink,
                       &journey->diags))
        return false;
    if (!find_names(journey, names, count) || !find_goal(journey) ||
        !check_inputs(journey))
        return false;
    journey->out = target_open(journey->options, journey->sink, &journey->diags);
    return journey->out != NULL;
}

bool journey_refuse_goal(struct journey *journey)
{
    struct buf name;
    buf_init(&name);
    network_name(journey->network, journey->goal, &name);
    diag(&journey->diags, DIAG_GOAL_BY_ITSELF, buf_peek(&name), NULL);
    buf_clear(&name);
    return false;
}

static struct page page_of(struct journey *journey)
{
    return (struct page){&journey->target, journey->out, &journey->diags};
}

void journey_write(struct journey *journey, const struct doc *doc)
{
    struct page page = page_of(journey);
    page_document(&page, doc);
}

void journey_write_figures(struct journey *journey, const struct doc *doc)
{
    struct page page = page_of(journey);
    page_figures(&page, doc);
}

int journey_end(struct journey *journey, enum status status)
{
    bool failed = diags_status(&journey->diags) != STATUS_OK;
    enum status worst;

    if (journey->out != NULL && failed)
        out_abandon(journey->out);
    else if (journey->out != NULL && out_close(journey->out, &journey->diags) &&
             journey->target.suggests_latex)
        send(journey->sink, "LaTeX: -o sheet.tex\n");
    worst = journey_report(journey->sink, journey->options->language, &journey->diags);
    diags_clear(&journey->diags);
    memory_free(journey->nodes);
    return worst != STATUS_OK ? worst : status;
}
