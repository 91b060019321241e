#include "tell/verdict_counts.h"

#include "base/excerpt.h"

enum { NAME_SHOWN = 200 };

static void put_count(struct buf *out, size_t count, const char *one, const char *many)
{
    buf_format(out, "%zu %s", count, count == 1 ? one : many);
}

static void put_part(struct buf *out, size_t count, const char *words, bool *is_first)
{
    if (count == 0)
        return;
    buf_format(out, "%s%zu %s", *is_first ? ": " : ", ", count, words);
    *is_first = false;
}

static const char *true_words(const size_t counts[STEP_VERDICTS])
{
    if (counts[STEP_DEFINITION] + counts[STEP_NAMING] == 0)
        return "true";
    if (counts[STEP_PROVED] > 0)
        return "true or definitions";
    return counts[STEP_DEFINITION] + counts[STEP_NAMING] == 1 ? "definition"
                                                              : "definitions";
}

static void put_counts(struct buf *out, const size_t counts[STEP_VERDICTS])
{
    bool is_first = true;

    put_part(out, counts[STEP_PROVED] + counts[STEP_DEFINITION] + counts[STEP_NAMING],
             true_words(counts), &is_first);
    put_part(out, counts[STEP_REFUTED], "false", &is_first);
    put_part(out, counts[STEP_CARRIED], "carried forward", &is_first);
    put_part(out, counts[STEP_PROBABLE] + counts[STEP_UNDECIDED], "not decided",
             &is_first);
    put_part(out, counts[STEP_UNCHECKED], "not read", &is_first);
}

static void put_steps(struct buf *out, const struct verification *verification,
                      struct step_range range)
{
    size_t counts[STEP_VERDICTS];

    if (range.end == range.first) {
        buf_text(out, "no steps");
        return;
    }
    verification_tally(verification, range, counts);
    put_count(out, range.end - range.first, "step", "steps");
    put_counts(out, counts);
}

static void put_document(struct buf *out, const struct verification *verification,
                         size_t i)
{
    const struct verified_document *document = &verification->documents[i];

    excerpt_word(out, document->source.name, NAME_SHOWN);
    buf_text(out, ": ");
    if (document->is_read)
        put_steps(out, verification, verification_range(verification, i));
    else
        buf_text(out, "not judged");
    if (document->warning_count > 0) {
        buf_text(out, "; ");
        put_count(out, document->warning_count, "warning", "warnings");
    }
    buf_char(out, '\n');
}

static void put_all(struct buf *out, const struct verification *verification)
{
    struct step_range all = {0, verification->step_count};
    size_t unread = 0;

    for (size_t i = 0; i < verification->document_count; i++)
        unread += !verification->documents[i].is_read;
    buf_format(out, "%zu documents: ", verification->document_count);
    put_steps(out, verification, all);
    if (unread > 0) {
        buf_text(out, "; ");
        put_count(out, unread, "document not judged", "documents not judged");
    }
    buf_char(out, '\n');
}

void verdict_counts(struct buf *out, const struct verification *verification)
{
    for (size_t i = 0; i < verification->document_count; i++)
        put_document(out, verification, i);
    if (verification->document_count > 1)
        put_all(out, verification);
}
