#include "documents.h"

#include "base/memory.h"
#include "data/junit.h"
#include "data/sarif.h"
#include "data/verify_csv.h"
#include "data/verify_json.h"
#include "journey.h"
#include "page.h"
#include "tell/tell_report.h"
#include "tell/tell_verdict.h"
#include "verify/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct documents {
    const struct gtx_options *options;
    const struct gtx_sink *sink;
    struct target target;
    struct budget budget;
    struct diags diags;
    enum status status; /* the worst so far */
    struct gtx_network **opened;
    struct verify_network *networks; /* by line */
    size_t network_count;
    struct verification verification;
    struct out *out;
};

enum {
    PAGES = FORMAT_LATEX | FORMAT_PDF | FORMAT_MARKDOWN | FORMAT_HTML,
    DATA = FORMAT_JSON | FORMAT_SARIF | FORMAT_JUNIT | FORMAT_CSV
};

static const struct formats formats = {FORMAT_TEXT | PAGES | DATA, FORMAT_TEXT, true};

static bool is_network(const char *word)
{
    size_t length = strlen(word);

    return length > 4 && strcmp(word + length - 4, ".net") == 0;
}

/* Takes `LINE:` off a word. False if LINE is none. */
static bool take_line(const char **word, uint32_t *line)
{
    size_t digits = strspn(*word, "0123456789");
    uintmax_t number;

    *line = 1;
    if (digits == 0 || (*word)[digits] != ':')
        return true;
    number = strtoumax(*word, NULL, 10);
    *line = (uint32_t)number;
    *word += digits + 1;
    return number >= 1 && number <= UINT32_MAX;
}

static bool open_network(struct documents *documents, const char *given)
{
    size_t count = documents->network_count;
    const char *word = given;
    uint32_t line;
    int status;

    if (!take_line(&word, &line))
        return diag(&documents->diags, DIAG_VERIFY_LINE, given, NULL);
    struct gtx_network *opened =
        gtx_network_open(word, documents->options, documents->sink, &status);
    if (opened == NULL) {
        documents->status = (enum status)status;
        return false;
    }
    documents->opened =
        memory_array(documents->opened, count + 1, sizeof *documents->opened);
    documents->networks =
        memory_array(documents->networks, count + 1, sizeof *documents->networks);
    documents->opened[count] = opened;
    documents->networks[count] = (struct verify_network){line, opened->network};
    documents->network_count = count + 1;
    return target_is_other(opened->input, documents->options, &documents->diags);
}

static int compare_lines(const void *a, const void *b)
{
    uint32_t first = ((const struct verify_network *)a)->from_line;
    uint32_t second = ((const struct verify_network *)b)->from_line;

    return (first > second) - (first < second);
}

static bool refuse_line(struct documents *documents, uint32_t line)
{
    char text[16];

    snprintf(text, sizeof text, "%" PRIu32, line);
    return diag(&documents->diags, DIAG_VERIFY_SAME_LINE, text, NULL);
}

static bool sort_networks(struct documents *documents)
{
    struct verify_network *networks = documents->networks;

    if (documents->network_count == 0)
        return true;
    qsort(networks, documents->network_count, sizeof *networks, compare_lines);
    for (size_t i = 1; i < documents->network_count; i++)
        if (networks[i].from_line == networks[i - 1].from_line)
            return refuse_line(documents, networks[i].from_line);
    return true;
}

static bool open_networks(struct documents *documents, const char *const *words,
                          size_t count)
{
    const struct word_list *given = &documents->options->networks;
    bool ok = true;

    for (size_t i = 0; ok && i < given->count; i++)
        ok = open_network(documents, given->items[i]);
    for (size_t i = 0; ok && i < count; i++)
        ok = !is_network(words[i]) || open_network(documents, words[i]);
    return ok && sort_networks(documents);
}

static bool is_standard_input(const char *word)
{
    const char *colon = strchr(word, ':');

    return strcmp(colon != NULL ? colon + 1 : word, "-") == 0;
}

static bool check_standard_input(struct documents *documents, const char *const *words,
                                 size_t count)
{
    const struct word_list *given = &documents->options->networks;
    size_t uses = 0;

    for (size_t i = 0; i < given->count; i++)
        uses += is_standard_input(given->items[i]);
    for (size_t i = 0; i < count; i++)
        uses += strcmp(words[i], "-") == 0;
    return uses < 2 || diag(&documents->diags, DIAG_VERIFY_STANDARD_INPUT, NULL);
}

/* Places in a document point at its source, so that none of them moves again. */
static void read_documents(struct documents *documents, const char *const *words,
                           size_t count)
{
    struct verification *verification = &documents->verification;

    verification->documents = memory_zeroed(count, sizeof *verification->documents);
    for (size_t i = 0; i < count; i++) {
        struct verified_document *document =
            &verification->documents[verification->document_count];

        if (is_network(words[i]))
            continue;
        diags_init(&document->diags);
        document->is_read = source_load(&document->source, words[i], &document->diags);
        verification->document_count++;
    }
}

static bool check_words(struct documents *documents, const char *const *words,
                        size_t count)
{
    size_t networks = 0;
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        networks += is_network(words[i]);
        ok = target_is_other(words[i], documents->options, &documents->diags);
    }
    if (ok && networks == count)
        return diag(&documents->diags, DIAG_VERIFY_NO_DOCUMENT, NULL);
    return ok && check_standard_input(documents, words, count);
}

/* A network has no other form, and comes from one document alone. */
static bool check_emission(struct documents *documents, size_t count)
{
    const struct gtx_options *options = documents->options;

    if (options->networks.count > 0)
        return diag(&documents->diags, DIAG_EMIT_NETWORK, NULL);
    if (count != 1)
        return diag(&documents->diags, DIAG_EMIT_ONE, NULL);
    return options->format == FORMAT_BY_TARGET ||
           diag(&documents->diags, DIAG_EMIT_FORMAT, NULL);
}

struct documents *documents_new(const struct gtx_options *options,
                                const struct gtx_sink *sink)
{
    struct documents *documents = memory_zeroed(1, sizeof *documents);

    documents->options = options;
    documents->sink = sink;
    diags_init(&documents->diags);
    verification_init(&documents->verification);
    options_budget(options, &documents->budget);
    return documents;
}

bool documents_begin(struct documents *documents, const char *const *words, size_t count)
{
    const struct gtx_options *options = documents->options;
    struct diags *diags = &documents->diags;

    bool ok = options->emit_network ? check_emission(documents, count)
                                    : target_choose(&documents->target, &formats, options,
                                                    documents->sink, diags);
    if (!ok || !check_words(documents, words, count) ||
        !open_networks(documents, words, count))
        return false;
    read_documents(documents, words, count);
    documents->out = target_open(options, documents->sink, diags);
    return documents->out != NULL;
}

static struct verify_options wanted_of(const struct documents *documents)
{
    const struct gtx_options *options = documents->options;

    return (struct verify_options){.networks = documents->networks,
                                   .network_count = documents->network_count,
                                   .goal = options->goal,
                                   .explains = options->explain,
                                   .repairs = !options->hint,
                                   .budget = &documents->budget,
                                   .seed = options->seed};
}

void documents_judge(struct documents *documents)
{
    struct verification *verification = &documents->verification;
    struct verify_options wanted = wanted_of(documents);

    for (size_t i = 0; i < verification->document_count; i++)
        if (verification->documents[i].is_read)
            verify_document(verification, i, &wanted);
}

static void write_json(const struct verification *verification, struct buf *text,
                       void (*write)(struct json *, const struct verification *))
{
    struct json json;

    json_init(&json, text);
    write(&json, verification);
    json_clear(&json);
}

static void write_format(const struct documents *documents, struct buf *text)
{
    const struct verification *verification = &documents->verification;
    const struct verdict_telling telling = {documents->options->explain,
                                            documents->target.has_colors,
                                            documents->options->language};

    switch (documents->target.format) {
    case FORMAT_JSON:
        write_json(verification, text, verify_json);
        break;
    case FORMAT_SARIF:
        write_json(verification, text, sarif);
        break;
    case FORMAT_JUNIT:
        junit(text, verification);
        break;
    case FORMAT_CSV:
        verify_csv(text, verification, documents->options->strict);
        break;
    default:
        tell_verdict(text, verification, &telling);
    }
}

static void write_page(struct documents *documents)
{
    struct page page = {&documents->target, documents->out, &documents->diags};
    struct doc doc;

    doc_init(&doc);
    doc.language = documents->options->language;
    doc.title = tell_report_title();
    tell_report(&doc, &documents->verification, documents->options->explain);
    page_document(&page, &doc);
    doc_clear(&doc);
}

/* The text and pages have the diagnostics of documents that are judged in their place. */
static void report_documents(struct documents *documents)
{
    const struct verification *verification = &documents->verification;
    bool is_data = (documents->target.format & DATA) != 0;

    for (size_t i = 0; i < verification->document_count; i++) {
        const struct verified_document *document = &verification->documents[i];

        if (!document->is_read || is_data)
            journey_report(documents->sink, documents->options->language,
                           &document->diags);
        documents->status = status_worse(
            documents->status,
            verification_status(verification, i, documents->options->strict));
    }
}

void documents_report(struct documents *documents)
{
    struct buf text;

    if (documents->options->hint)
        verification_hint(&documents->verification);
    report_documents(documents);
    if ((documents->target.format & PAGES) != 0) {
        write_page(documents);
        return;
    }
    buf_init(&text);
    write_format(documents, &text);
    out_bytes(documents->out, buf_peek(&text), text.length);
    buf_clear(&text);
}

void documents_emit(struct documents *documents)
{
    struct verified_document *document = &documents->verification.documents[0];
    struct verify_options wanted = wanted_of(documents);
    struct buf text;

    buf_init(&text);
    if (document->is_read && verify_emit_network(document, &wanted, &text))
        out_bytes(documents->out, buf_peek(&text), text.length);
    else
        documents->status = STATUS_INPUT;
    if (diags_status(&document->diags) != STATUS_OK)
        documents->status = diags_status(&document->diags);
    journey_report(documents->sink, documents->options->language, &document->diags);
    buf_clear(&text);
}

/* An emitted network is there whole or not at all; a report is there even if it tells of
   documents that could not be read. */
static void close_output(struct documents *documents)
{
    bool is_worthless =
        documents->options->emit_network && documents->status != STATUS_OK;

    if (documents->out == NULL)
        return;
    if (is_worthless)
        out_abandon(documents->out);
    else
        out_close(documents->out, &documents->diags);
}

int documents_end(struct documents *documents)
{
    enum status status;

    close_output(documents);
    status =
        journey_report(documents->sink, documents->options->language, &documents->diags);
    if (status == STATUS_OK)
        status = documents->status;
    verification_clear(&documents->verification);
    for (size_t i = 0; i < documents->network_count; i++)
        gtx_network_free(documents->opened[i]);
    memory_free(documents->opened);
    memory_free(documents->networks);
    diags_clear(&documents->diags);
    memory_free(documents);
    return status;
}
