#include "tell/verdict_counts.h"

#include "base/excerpt.h"

#include <stdio.h>

enum { NAME_SHOWN = 200 };

struct counting {
    struct buf *out;
    const struct language *language;
    bool goes_on; /* a count stands already */
};

/* With {1} for the count; the texts are for xgettext and not marked with N_. */
static void put_counted(struct counting *counting, size_t count, const char *one,
                        const char *many)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%zu", count);
    language_fill(counting->out, language_counted(counting->language, count, one, many),
                  (const char *const[]){digits}, 1);
}

static void put_part(struct counting *counting, size_t count, const char *one,
                     const char *many)
{
    if (count == 0)
        return;
    buf_text(counting->out, counting->goes_on ? ", " : ": ");
    put_counted(counting, count, one, many);
    counting->goes_on = true;
}

static void put_true(struct counting *counting, const size_t counts[STEP_VERDICTS])
{
    size_t given = counts[STEP_DEFINITION] + counts[STEP_NAMING];

    if (given == 0)
        put_part(counting, counts[STEP_PROVED], "{1} true", "{1} true");
    else if (counts[STEP_PROVED] > 0)
        put_part(counting, counts[STEP_PROVED] + given, "{1} true or definition",
                 "{1} true or definitions");
    else
        put_part(counting, given, "{1} definition", "{1} definitions");
}

static void put_counts(struct counting *counting, const size_t counts[STEP_VERDICTS])
{
    put_true(counting, counts);
    put_part(counting, counts[STEP_REFUTED], "{1} false", "{1} false");
    put_part(counting, counts[STEP_CARRIED], "{1} carried forward",
             "{1} carried forward");
    put_part(counting, counts[STEP_PROBABLE] + counts[STEP_UNDECIDED], "{1} not decided",
             "{1} not decided");
    put_part(counting, counts[STEP_UNCHECKED], "{1} not read", "{1} not read");
}

static void put_steps(struct counting *counting, const struct verification *verification,
                      struct step_range range)
{
    size_t counts[STEP_VERDICTS];

    if (range.end == range.first) {
        buf_text(counting->out, language_text(counting->language, N_("no steps")));
        return;
    }
    verification_tally(verification, range, counts);
    put_counted(counting, range.end - range.first, "{1} step", "{1} steps");
    put_counts(counting, counts);
}

static void put_document(struct buf *out, const struct verification *verification,
                         size_t i, const struct language *language)
{
    const struct verified_document *document = &verification->documents[i];
    struct counting counting = {out, language, false};

    excerpt_word(out, document->source.name, NAME_SHOWN);
    buf_text(out, ": ");
    if (document->is_read)
        put_steps(&counting, verification, verification_range(verification, i));
    else
        buf_text(out, language_text(language, N_("not judged")));
    if (document->warning_count > 0) {
        buf_text(out, "; ");
        put_counted(&counting, document->warning_count, "{1} warning", "{1} warnings");
    }
    buf_char(out, '\n');
}

/* Said of two documents and more. */
static void put_all(struct buf *out, const struct verification *verification,
                    const struct language *language)
{
    struct step_range all = {0, verification->step_count};
    struct counting counting = {out, language, false};
    size_t unread = 0;

    for (size_t i = 0; i < verification->document_count; i++)
        unread += !verification->documents[i].is_read;
    put_counted(&counting, verification->document_count, "{1} document", "{1} documents");
    buf_text(out, ": ");
    put_steps(&counting, verification, all);
    if (unread > 0) {
        buf_text(out, "; ");
        put_counted(&counting, unread, "{1} document not judged",
                    "{1} documents not judged");
    }
    buf_char(out, '\n');
}

void verdict_counts(struct buf *out, const struct verification *verification,
                    const struct language *language)
{
    for (size_t i = 0; i < verification->document_count; i++)
        put_document(out, verification, i, language);
    if (verification->document_count > 1)
        put_all(out, verification, language);
}
