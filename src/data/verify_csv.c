#include "data/verify_csv.h"

#include "base/excerpt.h"

#include <string.h>

enum { NAME_SHOWN = 4096 };

/* A spreadsheet would take a text that begins with one of these signs for a formula. */
static void put_name(struct buf *out, const char *name)
{
    struct buf cell;

    buf_init(&cell);
    if (name[0] != '\0' && strchr("=+-@", name[0]) != NULL)
        buf_char(&cell, '\'');
    excerpt_word(&cell, name, NAME_SHOWN);
    if (strpbrk(buf_peek(&cell), "\",") == NULL) {
        buf_text(out, buf_peek(&cell));
    } else {
        buf_char(out, '"');
        for (const char *c = cell.data; *c != '\0'; c++)
            buf_text(out, *c == '"' ? "\"\"" : (const char[]){*c, '\0'});
        buf_char(out, '"');
    }
    buf_clear(&cell);
}

static const char *word_of(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return "true";
    case STATUS_FALSE:
        return "false";
    case STATUS_UNDECIDED:
        return "undecided";
    default:
        return "not judged";
    }
}

/* Empty if there is none. */
static void put_first_false(struct buf *out, const struct verification *verification,
                            struct step_range range)
{
    for (size_t i = range.first; i < range.end; i++)
        if (verification->steps[i].verdict == STEP_REFUTED) {
            buf_format(out, "%u", step_line(verification, &verification->steps[i]));
            return;
        }
}

static void put_document(struct buf *out, const struct verification *verification,
                         size_t i, bool is_strict)
{
    struct step_range range = verification_range(verification, i);
    size_t counts[STEP_VERDICTS];

    verification_tally(verification, range, counts);
    put_name(out, verification->documents[i].source.name);
    buf_format(out, ",%zu,%zu,%zu,%zu,%zu,%zu,%zu,", range.end - range.first,
               counts[STEP_PROVED], counts[STEP_DEFINITION] + counts[STEP_NAMING],
               counts[STEP_REFUTED], counts[STEP_CARRIED],
               counts[STEP_PROBABLE] + counts[STEP_UNDECIDED], counts[STEP_UNCHECKED]);
    put_first_false(out, verification, range);
    buf_format(out, ",%s\r\n", word_of(verification_status(verification, i, is_strict)));
}

void verify_csv(struct buf *out, const struct verification *verification, bool is_strict)
{
    buf_text(out, "file,steps,true,definitions,false,carried,undecided,not read,"
                  "first false line,verdict\r\n");
    for (size_t i = 0; i < verification->document_count; i++)
        put_document(out, verification, i, is_strict);
}
