#include "tell/tell_verdict.h"

#include "base/memory.h"
#include "base/name.h"

#include <ctype.h>
#include <string.h>

enum shade { SHADE_PLAIN, SHADE_FALSE, SHADE_OPEN, SHADE_TRUE, SHADE_PLACE };

struct teller {
    struct buf *out;
    const struct verification *verification;
    const struct verdict_telling *telling;
};

static const char *const words[STEP_VERDICTS] = {[STEP_DEFINITION] = "defines",
                                                 [STEP_NAMING] = "defines a name",
                                                 [STEP_PROVED] = "true",
                                                 [STEP_REFUTED] = "false",
                                                 [STEP_CARRIED] = "error carried forward",
                                                 [STEP_PROBABLE] = "not decided",
                                                 [STEP_UNDECIDED] = "not decided",
                                                 [STEP_UNCHECKED] = "not read"};

static void put_shaded(struct teller *t, enum shade shade, const char *text)
{
    static const char *const codes[] = {"", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;32m",
                                        "\x1b[1m"};
    bool is_shaded = t->telling->has_color && shade != SHADE_PLAIN;
    buf_text(t->out, is_shaded ? codes[shade] : "");
    buf_text(t->out, text);
    buf_text(t->out, is_shaded ? "\x1b[0m" : "");
}

/* --- places --- */

static const struct source *source_of(const struct teller *t,
                                      const struct verified_step *step)
{
    return &t->verification->documents[step->document].source;
}

static uint32_t line_of(const struct teller *t, const struct verified_step *step)
{
    return source_position(source_of(t, step), step->right.begin).line;
}

/* Names of files may hold anything. */
static void put_file(struct buf *out, const char *name)
{
    for (; *name; name++)
        buf_char(out, iscntrl((unsigned char)*name) ? '?' : *name);
}

static void put_place(struct teller *t, const struct source *source, uint32_t offset)
{
    struct position at = source_position(source, offset);
    struct buf place;
    buf_init(&place);
    put_file(&place, source->name);
    buf_format(&place, ":%u:%u: ", at.line, at.column);
    put_shaded(t, SHADE_PLACE, buf_peek(&place));
    buf_clear(&place);
}

/* --- what is said of one step --- */

static enum shade shade_of(enum step_verdict verdict)
{
    if (verdict == STEP_REFUTED || verdict == STEP_CARRIED)
        return SHADE_FALSE;
    return verdict <= STEP_PROVED ? SHADE_TRUE : SHADE_OPEN;
}

void tell_reason(struct buf *out, const struct verified_step *step)
{
    if (step->reasons.count > 0)
        diag_message(&step->reasons.items[0], out);
    else if (step->verdict == STEP_PROBABLE)
        buf_format(out,
                   "the sides are equal at random points; a false line would be found "
                   "so with probability below 2^-%u",
                   step->bound);
}

static void put_note(struct teller *t, const char *note)
{
    buf_format(t->out, "      = %s\n", note);
}

static void put_name(struct buf *out, const char *canonical)
{
    struct name name;
    if (name_split(&name, canonical))
        name_unicode(out, canonical);
    else
        buf_text(out, canonical);
}

static void put_side(struct buf *out, const char *word, const char *value)
{
    buf_format(out, "%s %s", word, value ? value : "undefined");
}

/* Most values of a simple counterexample are 0. */
static void put_values(struct buf *out, const struct counterexample *counterexample)
{
    size_t zeros = 0, shown = 0;
    for (size_t i = 0; i < counterexample->count; i++)
        zeros += strcmp(counterexample->values[i].value, "0") == 0;
    bool gathers = zeros > 3;
    for (size_t i = 0; i < counterexample->count; i++) {
        const struct step_value *value = &counterexample->values[i];
        if (gathers && strcmp(value->value, "0") == 0)
            continue;
        buf_text(out, shown++ > 0 ? ", " : "");
        put_name(out, value->name);
        buf_format(out, " = %s", value->value);
    }
    if (gathers)
        buf_text(out, shown > 0 ? " and all other names 0" : "all names 0");
}

static void put_counterexample(struct teller *t,
                               const struct counterexample *counterexample)
{
    struct buf note;
    buf_init(&note);
    if (counterexample->count > 0) {
        buf_text(&note, "for ");
        put_values(&note, counterexample);
        buf_text(&note, " it is ");
    }
    put_side(&note, "left", counterexample->left);
    buf_text(&note, ", ");
    put_side(&note, "right", counterexample->right);
    if (counterexample->difference)
        buf_format(&note, ", difference %s", counterexample->difference);
    put_note(t, buf_peek(&note));
    buf_clear(&note);
}

static const char *repair_reason(enum repair_kind kind)
{
    static const char *const reasons[] = {[REPAIR_OTHER] = "",
                                          [REPAIR_INDEX] = "another index",
                                          [REPAIR_NAME] = "another name",
                                          [REPAIR_SIGN] = "a sign",
                                          [REPAIR_FACTOR_LOST] = "a factor was lost",
                                          [REPAIR_FACTOR_EXTRA] = "a factor too many",
                                          [REPAIR_TERM_LOST] = "a term was lost",
                                          [REPAIR_TERM_EXTRA] = "a term too many",
                                          [REPAIR_PRIME_LOST] = "a prime was lost",
                                          [REPAIR_PRIME_EXTRA] = "a prime too many",
                                          [REPAIR_ARGUMENT] = "another argument",
                                          [REPAIR_EXPONENT] = "another exponent",
                                          [REPAIR_CONSTANT] = "a constant factor"};
    return reasons[kind];
}

void tell_repair(struct buf *out, const struct repair *repair)
{
    const char *reason = repair_reason(repair->kind);
    if (repair->before[0] == '\0')
        buf_format(out, "%s inserted", repair->after + strspn(repair->after, " "));
    else if (repair->after[0] == '\0')
        buf_format(out, "without %s", repair->before);
    else
        buf_format(out, "%s in place of %s", repair->after, repair->before);
    if (reason[0] != '\0')
        buf_format(out, " (%s)", reason);
}

/* The same words at another place say nothing new. */
static bool is_repeated(const struct verified_step *step, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(step->repairs[k].before, step->repairs[i].before) == 0 &&
            strcmp(step->repairs[k].after, step->repairs[i].after) == 0)
            return true;
    return false;
}

static void put_repairs(struct teller *t, const struct verified_step *step)
{
    for (size_t i = 0; i < step->repair_count; i++) {
        if (is_repeated(step, i))
            continue;
        struct buf note;
        buf_init(&note);
        buf_text(&note, i == 0 ? "true with " : "or with ");
        tell_repair(&note, &step->repairs[i]);
        put_note(t, buf_peek(&note));
        buf_clear(&note);
    }
}

/* `w_1 \to h_1 \to E`, names as people read them. */
static void put_path(struct buf *out, const char *path)
{
    static const char arrow[] = " \\to ";
    while (*path) {
        const char *end = strstr(path, arrow);
        size_t length = end ? (size_t)(end - path) : strlen(path);
        char *name = memory_strndup(path, length);
        put_name(out, name);
        memory_free(name);
        buf_text(out, end ? " → " : "");
        path += length + (end ? sizeof arrow - 1 : 0);
    }
}

static void put_false(struct teller *t, const struct verified_step *step)
{
    if (step->counterexample)
        put_counterexample(t, step->counterexample);
    if (step->path) {
        struct buf note;
        buf_init(&note);
        buf_text(&note, "this path is missing: ");
        put_path(&note, step->path);
        put_note(t, buf_peek(&note));
        buf_clear(&note);
    }
    put_repairs(t, step);
}

static void put_condition(struct teller *t, const struct verified_step *step)
{
    struct buf note;
    buf_init(&note);
    if (step->condition) {
        buf_format(&note, "true if %s", step->condition);
        put_note(t, buf_peek(&note));
    }
    buf_clear(&note);
}

static void put_reading(struct teller *t, const struct verified_step *step)
{
    struct buf note;
    if (!t->telling->explains || !step->reading)
        return;
    buf_init(&note);
    buf_format(&note, "read as %s", step->reading);
    put_note(t, buf_peek(&note));
    buf_clear(&note);
}

/* The first words: `false`, `not read: \mathbf …`. */
static void put_verdict(struct teller *t, const struct verified_step *step)
{
    struct buf text;
    buf_init(&text);
    buf_text(&text, words[step->verdict]);
    if (step->verdict == STEP_CARRIED)
        buf_format(&text, " from line %u",
                   line_of(t, &t->verification->steps[step->carried_from]));
    put_shaded(t, shade_of(step->verdict), buf_peek(&text));
    buf_truncate(&text, 0);
    tell_reason(&text, step);
    if (text.length > 0)
        buf_format(t->out, ": %s", buf_peek(&text));
    buf_char(t->out, '\n');
    buf_clear(&text);
}

/* Where to point: at what was not read, else at the right side. */
static struct place place_of(const struct teller *t, const struct verified_step *step)
{
    struct place place = {source_of(t, step), step->right};
    if (step->verdict >= STEP_UNDECIDED && step->reasons.count > 0 &&
        step->reasons.items[0].place.source == place.source)
        place = step->reasons.items[0].place;
    return place;
}

static void put_step(struct teller *t, const struct verified_step *step)
{
    bool is_shown =
        step->verdict > STEP_PROVED || step->condition || t->telling->explains;
    struct place place = place_of(t, step);
    if (!is_shown)
        return;
    put_place(t, place.source, place.span.begin);
    put_verdict(t, step);
    if (step->verdict != STEP_CARRIED)
        diag_excerpt(&place, t->out);
    if (step->verdict == STEP_REFUTED && !t->telling->is_hint)
        put_false(t, step);
    put_condition(t, step);
    put_reading(t, step);
}

/* --- a document --- */

static void put_conventions(struct teller *t, const struct verified_document *document)
{
    for (size_t i = 0; i < document->convention_count; i++) {
        const struct convention *convention = &document->conventions[i];
        buf_format(
            t->out,
            "      = %zu lines are off by the same factor %s: another convention for "
            "the error or the update\n",
            convention->count, convention->factor);
    }
}

static void put_count(struct buf *out, size_t count, const char *text)
{
    if (count > 0)
        buf_format(out, "%s%zu %s", out->length > 0 ? ", " : "", count, text);
}

static void put_summary(struct teller *t, const char *name, const size_t *counts)
{
    struct buf parts;
    size_t all = 0;
    buf_init(&parts);
    for (int i = 0; i < STEP_VERDICTS; i++)
        all += counts[i];
    put_count(&parts, counts[STEP_DEFINITION] + counts[STEP_NAMING], "define names");
    put_count(&parts, counts[STEP_PROVED], "true");
    put_count(&parts, counts[STEP_REFUTED], "false");
    put_count(&parts, counts[STEP_CARRIED], "carried forward");
    put_count(&parts, counts[STEP_PROBABLE] + counts[STEP_UNDECIDED], "not decided");
    put_count(&parts, counts[STEP_UNCHECKED], "not read");
    put_file(t->out, name);
    if (all == 0)
        buf_text(t->out, ": no equation was found\n");
    else
        buf_format(t->out, ": %zu %s: %s\n", all, all == 1 ? "step" : "steps",
                   buf_peek(&parts));
    buf_clear(&parts);
}

static void put_document(struct teller *t, size_t index)
{
    const struct verified_document *document = &t->verification->documents[index];
    size_t counts[STEP_VERDICTS] = {0};
    for (size_t i = 0; i < t->verification->step_count; i++) {
        const struct verified_step *step = &t->verification->steps[i];
        if (step->document != index)
            continue;
        counts[step->verdict]++;
        put_step(t, step);
    }
    diags_print(&document->diags, t->out);
    if (!document->is_read)
        return;
    put_conventions(t, document);
    put_summary(t, document->source.name, counts);
}

void tell_verdict(struct buf *out, const struct verification *verification,
                  const struct verdict_telling *telling)
{
    struct teller teller = {out, verification, telling};
    size_t counts[STEP_VERDICTS] = {0};
    for (size_t i = 0; i < verification->document_count; i++)
        put_document(&teller, i);
    for (int i = 0; i < STEP_VERDICTS; i++)
        counts[i] = verification_count(verification, (enum step_verdict)i);
    if (verification->document_count > 1)
        put_summary(&teller, "all documents", counts);
}
