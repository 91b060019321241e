/* Diagnostics: what was wrong with an input, as data; the texts stand in diag.def. */
#ifndef GRADTEX_BASE_DIAG_H
#define GRADTEX_BASE_DIAG_H

#include "base/buf.h"
#include "base/language.h"
#include "base/source.h"

#include <stdbool.h>

/* Exit statuses, see gradtex(1). */
enum status {
    STATUS_WARNING = -1, /* of a diagnostic: said, but no failure */
    STATUS_OK = 0,
    STATUS_FALSE = 1,
    STATUS_USAGE = 2,
    STATUS_UNDECIDED = 3,
    STATUS_INPUT = 4,
    STATUS_FILE = 5,
    STATUS_LIMIT = 6,
    STATUS_INTERNAL = 70
};

enum diag_code {
#define DIAG(code, status, text) DIAG_##code,
#include "base/diag.def"
#undef DIAG
    DIAG_COUNT
};

enum { DIAG_ARGUMENTS = 4 };

/* The place's source may be NULL: then the message has no line. Arguments are owned
   copies; a long argument or one with control characters is cut and quoted when
   printed. One that is the program's own words, `NC_("diagnostic", "…")`, is translated.
 */
struct diag {
    enum diag_code code;
    struct place place;
    char *arguments[DIAG_ARGUMENTS];
};

struct diags {
    struct diag *items;
    size_t count, capacity;
};

void diags_init(struct diags *diags);
void diags_clear(struct diags *diags);

/* Records a diagnostic; the arguments are texts, ended by NULL. Always false, so that a
   reader can `return diag_at(...)`. A code of status OK is a note to the diagnostic
   before it, one of STATUS_WARNING a warning. */
bool diag_at(struct diags *diags, enum diag_code code, struct place place, ...);
/* The same without a place. */
bool diag(struct diags *diags, enum diag_code code, ...);

enum diag_severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

enum diag_severity diag_severity(const struct diag *item);
const char *diag_severity_word(const struct diag *item);
/* Appends the sentence alone, safe for a terminal. */
void diag_message(const struct diag *item, const struct language *language,
                  struct buf *out);

/* STATUS_OK if there is none but notes and warnings, else the status of the first
   error. */
enum status diags_status(const struct diags *diags);
/* `file:line:column: error: …`, the line, and a caret under the span. */
void diags_print(const struct diags *diags, const struct language *language,
                 struct buf *out);

/* The nearest of the candidates to a misspelt word (edit distance at most a third), or
   NULL. */
const char *diag_nearest(const char *word, const char *const *candidates, size_t count);

#endif
