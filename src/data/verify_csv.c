#include "data/verify_csv.h"

#include <string.h>

/* A cell that begins like a formula would be worked out by a spreadsheet. */
static void put_cell(struct buf *out, const char *text)
{
    buf_char(out, '"');
    if (strchr("=+-@\t\r", text[0]) && text[0] != '\0')
        buf_char(out, '\'');
    for (; *text; text++) {
        if (*text == '"')
            buf_char(out, '"');
        buf_char(out, *text);
    }
    buf_char(out, '"');
}

static const char *verdict_of(const struct verified_document *document,
                              const size_t *counts, size_t all)
{
    if (!document->is_read)
        return "unreadable";
    if (counts[STEP_REFUTED] + counts[STEP_CARRIED] > 0)
        return "false";
    if (all == 0 ||
        counts[STEP_PROBABLE] + counts[STEP_UNDECIDED] + counts[STEP_UNCHECKED] > 0)
        return "open";
    return "true";
}

static void put_row(struct buf *out, const struct verification *verification,
                    size_t index)
{
    const struct verified_document *document = &verification->documents[index];
    size_t counts[STEP_VERDICTS] = {0}, all = 0;
    uint32_t first = 0;
    for (size_t i = 0; i < verification->step_count; i++) {
        const struct verified_step *step = &verification->steps[i];
        if (step->document != index)
            continue;
        all++;
        counts[step->verdict]++;
        if (step->verdict == STEP_REFUTED && first == 0)
            first = source_position(&document->source, step->right.begin).line;
    }
    put_cell(out, document->source.name);
    buf_format(out, ",%s,%zu", verdict_of(document, counts, all), all);
    for (int i = 0; i < STEP_VERDICTS; i++)
        buf_format(out, ",%zu", counts[i]);
    buf_char(out, ',');
    if (first > 0)
        buf_format(out, "%u", first);
    buf_text(out, "\r\n");
}

void verify_csv(struct buf *out, const struct verification *verification)
{
    buf_text(out, "file,verdict,steps");
    for (int i = 0; i < STEP_VERDICTS; i++)
        buf_format(out, ",%s", step_verdict_word((enum step_verdict)i));
    buf_text(out, ",first_false_line\r\n");
    for (size_t i = 0; i < verification->document_count; i++)
        put_row(out, verification, i);
}
