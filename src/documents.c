#include "documents.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static bool has_suffix(const char *word, const char *suffix)
{
    size_t length = strlen(word), other = strlen(suffix);
    return length > other && strcmp(word + length - other, suffix) == 0;
}

/* --- networks --- */

static bool open_network(struct documents *documents, struct journey *journey,
                         uint32_t line, const char *word)
{
    int status;
    struct gtx_network *opened =
        gtx_network_open(word, journey->options, journey->sink, &status);
    if (!opened) {
        documents->failed = (enum status)status;
        return false;
    }
    size_t at = documents->network_count++;
    documents->opened =
        memory_array(documents->opened, at + 1, sizeof *documents->opened);
    documents->networks =
        memory_array(documents->networks, at + 1, sizeof *documents->networks);
    documents->opened[at] = opened;
    documents->networks[at] = (struct verify_network){line, opened->network};
    return target_is_other(opened->input, journey->options, &journey->diags);
}

/* `77:FILE`, or a file. */
static bool open_placed(struct documents *documents, struct journey *journey,
                        const char *word)
{
    enum { MOST_DIGITS = 9 };
    size_t digits = strspn(word, "0123456789");
    if (digits == 0 || digits > MOST_DIGITS || word[digits] != ':')
        return open_network(documents, journey, 1, word);
    long line = atol(word);
    if (line == 0 || word[digits + 1] == '\0')
        return diag(&journey->diags, DIAG_VERIFY_PLACE, word, NULL);
    return open_network(documents, journey, (uint32_t)line, word + digits + 1);
}

static int compare_networks(const void *a, const void *b)
{
    const struct verify_network *x = a, *y = b;
    return (x->from_line > y->from_line) - (x->from_line < y->from_line);
}

static bool check_places(struct documents *documents, struct journey *journey)
{
    size_t count = documents->network_count;
    if (count > 1)
        qsort(documents->networks, count, sizeof *documents->networks, compare_networks);
    for (size_t i = 1; i < count; i++)
        if (documents->networks[i].from_line == documents->networks[i - 1].from_line)
            return diag(&journey->diags, DIAG_VERIFY_PLACES, NULL);
    return true;
}

/* --- documents --- */

static void load(struct documents *documents, struct journey *journey, const char *word)
{
    struct verification *verification = &documents->verification;
    size_t at = verification->document_count++;
    verification->documents =
        memory_array(verification->documents, at + 1, sizeof *verification->documents);
    struct verified_document *document = &verification->documents[at];
    *document = (struct verified_document){.is_read = false};
    diags_init(&document->diags);
    document->is_read = target_is_other(strcmp(word, "-") == 0 ? "/dev/stdin" : word,
                                        journey->options, &document->diags) &&
                        source_load(&document->source, word, &document->diags);
    if (!document->source.name)
        document->source.name = memory_strdup(word);
}

bool documents_open(struct documents *documents, struct journey *journey,
                    const char *const *words, size_t count)
{
    const struct words *networks = &journey->options->networks;
    *documents = (struct documents){.failed = STATUS_OK};
    verification_init(&documents->verification);
    bool ok = true;
    for (size_t i = 0; i < networks->count && ok; i++)
        ok = open_placed(documents, journey, networks->items[i]);
    for (size_t i = 0; i < count && ok; i++)
        if (has_suffix(words[i], ".net"))
            ok = open_network(documents, journey, 1, words[i]);
        else
            load(documents, journey, words[i]);
    if (!ok || !check_places(documents, journey))
        return false;
    return documents->verification.document_count > 0 ||
           diag(&journey->diags, DIAG_VERIFY_NO_DOCUMENT, NULL);
}

void documents_clear(struct documents *documents)
{
    for (size_t i = 0; i < documents->network_count; i++)
        gtx_network_free(documents->opened[i]);
    memory_free(documents->opened);
    memory_free(documents->networks);
    verification_clear(&documents->verification);
}

/* --- the exit status --- */

static enum status status_of_steps(const struct verification *verification,
                                   size_t document)
{
    enum status status = STATUS_UNDECIDED;
    bool is_open = false, has_steps = false;
    for (size_t i = 0; i < verification->step_count; i++) {
        const struct verified_step *step = &verification->steps[i];
        if (step->document != document)
            continue;
        has_steps = true;
        is_open |= step->verdict >= STEP_PROBABLE;
        if (step->verdict == STEP_REFUTED || step->verdict == STEP_CARRIED)
            return STATUS_FALSE;
    }
    if (has_steps && !is_open)
        status = STATUS_OK;
    return status;
}

static enum status status_of(const struct verification *verification, size_t document,
                             bool is_strict)
{
    const struct verified_document *d = &verification->documents[document];
    enum status said = diags_status(&d->diags);
    if (!d->is_read)
        return said != STATUS_OK ? said : STATUS_INPUT;
    if (said != STATUS_OK)
        return said;
    enum status status = status_of_steps(verification, document);
    return is_strict && d->warning_count > 0 ? STATUS_FALSE : status;
}

static int weight(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return 0;
    case STATUS_UNDECIDED:
        return 1;
    case STATUS_FALSE:
        return 2;
    case STATUS_INPUT:
        return 3;
    default:
        return 4;
    }
}

enum status documents_status(const struct documents *documents, bool is_strict)
{
    enum status worst = STATUS_OK;
    for (size_t i = 0; i < documents->verification.document_count; i++) {
        enum status status = status_of(&documents->verification, i, is_strict);
        if (weight(status) > weight(worst))
            worst = status;
    }
    return worst;
}
