#include "base/diag.h"

#include "base/excerpt.h"
#include "base/memory.h"

#include <stdarg.h>
#include <string.h>

/* The context of DIAG_WORDS. */
static const char SAID[] = "diagnostic\004";

enum { ARGUMENT_SHOWN = 200, SENTENCE_SHOWN = 4000, WORD_COMPARED = 48 };

static const struct {
    enum status status;
    const char *text;
} kinds[] = {
#define DIAG(code, status, text) [DIAG_##code] = {status, text},
#include "base/diag.def"
#undef DIAG
};

void diags_init(struct diags *diags)
{
    memset(diags, 0, sizeof *diags);
}

void diags_clear(struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        for (int k = 0; k < DIAG_ARGUMENTS; k++)
            memory_free(diags->items[i].arguments[k]);
    memory_free(diags->items);
    diags_init(diags);
}

static void record(struct diags *diags, enum diag_code code, struct place place,
                   va_list arguments)
{
    struct diag *item;
    const char *text;

    if (diags->count == diags->capacity) {
        diags->capacity = 2 * diags->capacity + 4;
        diags->items = memory_array(diags->items, diags->capacity, sizeof *diags->items);
    }
    item = &diags->items[diags->count++];
    memset(item, 0, sizeof *item);
    item->code = code;
    item->place = place;
    for (int k = 0;
         k < DIAG_ARGUMENTS && (text = va_arg(arguments, const char *)) != NULL; k++)
        item->arguments[k] = memory_strdup(text);
}

bool diag_at(struct diags *diags, enum diag_code code, struct place place, ...)
{
    va_list arguments;

    va_start(arguments, place);
    record(diags, code, place, arguments);
    va_end(arguments);
    return false;
}

bool diag(struct diags *diags, enum diag_code code, ...)
{
    struct place nowhere = {NULL, {0, 0}};
    va_list arguments;

    va_start(arguments, code);
    record(diags, code, nowhere, arguments);
    va_end(arguments);
    return false;
}

enum diag_severity diag_severity(const struct diag *item)
{
    enum status status = kinds[item->code].status;

    if (status == STATUS_WARNING)
        return DIAG_WARNING;
    return status == STATUS_OK ? DIAG_NOTE : DIAG_ERROR;
}

const char *diag_severity_word(const struct diag *item)
{
    static const char *const words[] = {[DIAG_NOTE] = N_("note"),
                                        [DIAG_WARNING] = N_("warning"),
                                        [DIAG_ERROR] = N_("error")};

    return words[diag_severity(item)];
}

enum status diags_status(const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diag_severity(&diags->items[i]) == DIAG_ERROR)
            return kinds[diags->items[i].code].status;
    return STATUS_OK;
}

static void put_word(struct buf *out, const char *text)
{
    size_t begin = out->length;
    struct buf quoted;

    if (!excerpt_word(out, text, ARGUMENT_SHOWN))
        return;
    buf_init(&quoted);
    buf_format(&quoted, "\"%s\"", out->data + begin);
    buf_truncate(out, begin);
    buf_bytes(out, quoted.data, quoted.length);
    buf_clear(&quoted);
}

/* What the program says itself begins with a context, and is in the catalogue: a file may
   hold the one, but nothing else than its words with it. */
static bool is_said(const char *argument)
{
    return strncmp(argument, SAID, sizeof SAID - 1) == 0 && language_knows(argument);
}

static void put_argument(struct buf *out, const struct language *language,
                         const char *argument)
{
    if (is_said(argument))
        buf_text(out, language_text(language, argument));
    else
        put_word(out, argument);
}

static void put_filled(struct buf *out, const struct language *language, const char *text,
                       char *const arguments[DIAG_ARGUMENTS])
{
    struct buf shown[DIAG_ARGUMENTS];
    const char *words[DIAG_ARGUMENTS];

    for (int k = 0; k < DIAG_ARGUMENTS; k++) {
        buf_init(&shown[k]);
        if (arguments[k] != NULL)
            put_argument(&shown[k], language, arguments[k]);
        words[k] = buf_peek(&shown[k]);
    }
    language_fill(out, language_text(language, text), words, DIAG_ARGUMENTS);
    for (int k = 0; k < DIAG_ARGUMENTS; k++)
        buf_clear(&shown[k]);
}

void diag_message(const struct diag *item, const struct language *language,
                  struct buf *out)
{
    const char *text = kinds[item->code].text, *whole = item->arguments[0];

    if (text != NULL)
        put_filled(out, language, text, item->arguments);
    else if (whole != NULL)
        excerpt_word(out, language_text(language, whole), SENTENCE_SHOWN);
}

static void put_excerpt(struct buf *out, const struct place *place, uint32_t line)
{
    struct buf marks;

    buf_init(&marks);
    buf_format(out, "%5u | ", line);
    excerpt_lines(place, out, &marks);
    buf_format(out, "\n      | %s\n", buf_peek(&marks));
    buf_clear(&marks);
}

static void put_diag(struct buf *out, const struct language *language,
                     const struct diag *item)
{
    const struct source *source = item->place.source;
    struct position at = {0, 0};

    if (source != NULL) {
        at = source_position(source, item->place.span.begin);
        put_word(out, source->name);
        buf_format(out, ":%u:%u: ", at.line, at.column);
    } else {
        buf_text(out, "gradtex: ");
    }
    buf_format(out, "%s: ", language_text(language, diag_severity_word(item)));
    diag_message(item, language, out);
    buf_char(out, '\n');
    if (source != NULL && source->line_count > 0)
        put_excerpt(out, &item->place, at.line);
}

void diags_print(const struct diags *diags, const struct language *language,
                 struct buf *out)
{
    for (size_t i = 0; i < diags->count; i++)
        put_diag(out, language, &diags->items[i]);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance by rows; both words are at most WORD_COMPARED bytes. */
static unsigned distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned row[WORD_COMPARED + 1];

    for (size_t j = 0; j <= b_length; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= a_length; i++) {
        unsigned diagonal = row[0];

        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_length; j++) {
            unsigned above = row[j];

            row[j] =
                least(diagonal + (a[i - 1] != b[j - 1]), 1 + least(above, row[j - 1]));
            diagonal = above;
        }
    }
    return row[b_length];
}

const char *diag_nearest(const char *word, const char *const *candidates, size_t count)
{
    size_t length = strlen(word);
    unsigned best = (unsigned)length / 3 + 1;
    const char *nearest = NULL;

    if (length > WORD_COMPARED)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t other = strlen(candidates[i]);
        unsigned d;

        if (other > WORD_COMPARED)
            continue;
        d = distance(word, length, candidates[i], other);
        if (d < best) {
            best = d;
            nearest = candidates[i];
        }
    }
    return nearest;
}
