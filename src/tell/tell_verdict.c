#include "tell/tell_verdict.h"

#include "base/excerpt.h"
#include "tell/verdict_counts.h"
#include "tell/verdict_values.h"
#include "tell/verdict_words.h"

#include <string.h>

enum { NAME_SHOWN = 200 };

/* What colours mean; all are empty texts where there are none. */
struct inks {
    const char *bold, *bad, *unsure, *good, *mark, *plain;
};

struct teller {
    struct buf *out;
    const struct verification *verification;
    const struct verdict_telling *telling;
    struct inks inks;
};

static struct inks choose_inks(bool has_colors)
{
    static const struct inks none = {"", "", "", "", "", ""};
    static const struct inks colors = {"\x1b[1m",    "\x1b[1;31m", "\x1b[1;33m",
                                       "\x1b[1;32m", "\x1b[1;36m", "\x1b[0m"};

    return has_colors ? colors : none;
}

static const char *words(const struct teller *teller, const char *text)
{
    return language_text(teller->telling->language, text);
}

static void put_place(struct teller *teller, const struct place *place)
{
    struct position at = source_position(place->source, place->span.begin);

    buf_text(teller->out, teller->inks.bold);
    excerpt_word(teller->out, place->source->name, NAME_SHOWN);
    buf_format(teller->out, ":%u:%u:%s ", at.line, at.column, teller->inks.plain);
}

static void put_excerpt(struct teller *teller, const struct place *place)
{
    struct buf *out = teller->out;
    struct buf marks;

    buf_init(&marks);
    buf_format(out, "%5u | ", source_line(place->source, place->span.begin));
    excerpt_lines(place, out, &marks);
    buf_format(out, "\n      | %s%s%s\n", teller->inks.mark, buf_peek(&marks),
               teller->inks.plain);
    buf_clear(&marks);
}

/* One line under the excerpt. */
static void put_detail(struct teller *teller, const char *label, const char *text)
{
    buf_format(teller->out, "      %s%s:%s ", teller->inks.bold, words(teller, label),
               teller->inks.plain);
    excerpt_word(teller->out, text, SIZE_MAX);
    buf_char(teller->out, '\n');
}

static const char *ink_of(const struct teller *teller, enum step_verdict verdict)
{
    if (verdict == STEP_REFUTED || verdict == STEP_CARRIED)
        return teller->inks.bad;
    return verdict >= STEP_PROBABLE ? teller->inks.unsure : teller->inks.good;
}

static void tell_heading(struct teller *teller, const struct verified_step *step,
                         const struct place *place)
{
    struct buf sentence;

    buf_init(&sentence);
    verdict_sentence(teller->verification, step, teller->telling->language, &sentence);
    put_place(teller, place);
    buf_text(teller->out, ink_of(teller, step->verdict));
    if (step->verdict == STEP_REFUTED)
        buf_format(teller->out, "%s: ", words(teller, N_("error")));
    buf_format(teller->out, "%s%s\n", buf_peek(&sentence), teller->inks.plain);
    buf_clear(&sentence);
}

/* The side that the excerpt does not show. */
static void tell_left(struct teller *teller, const struct verified_step *step,
                      const struct place *place)
{
    struct buf left;

    if (source_line(place->source, step->left.begin) ==
        source_line(place->source, step->right.begin))
        return;
    buf_init(&left);
    verdict_quote(place->source, step->left, &left);
    put_detail(teller, N_("left side"), buf_peek(&left));
    buf_clear(&left);
}

static void tell_path(struct teller *teller, const struct verified_step *step)
{
    struct buf text;

    if (step->path == NULL)
        return;
    buf_init(&text);
    verdict_path(step->path, &text);
    put_detail(teller, N_("dropped path"), buf_peek(&text));
    buf_clear(&text);
}

static void tell_counterexample(struct teller *teller, const struct verified_step *step)
{
    struct buf text;

    if (step->counterexample == NULL)
        return;
    buf_init(&text);
    verdict_counterexample(step->counterexample, teller->telling->language, &text);
    put_detail(teller, N_("counterexample"), buf_peek(&text));
    buf_clear(&text);
}

static void tell_repair(struct teller *teller, const struct verified_step *step, size_t i)
{
    const struct repair *repair = &step->repairs[i];
    const char *reason = verdict_repair_reason(repair->kind);
    struct buf text, side;

    buf_init(&text);
    buf_init(&side);
    verdict_repair(repair, teller->telling->language, &text);
    if (reason != NULL)
        buf_format(&text, " (%s)", words(teller, reason));
    verdict_repaired(&teller->verification->documents[step->document].source, step,
                     repair, &side);
    if (side.length > 0)
        buf_format(&text, ": %s", buf_peek(&side));
    put_detail(teller, i == 0 ? N_("repair") : N_("or"), buf_peek(&text));
    buf_clear(&side);
    buf_clear(&text);
}

/* Remarks on a step that is judged; the reasons of all others are in the heading. */
static void tell_remarks(struct teller *teller, const struct verified_step *step)
{
    struct buf text;

    if (step->verdict >= STEP_PROBABLE)
        return;
    for (size_t i = 0; i < step->reasons.count; i++) {
        buf_init(&text);
        diag_message(&step->reasons.items[i], teller->telling->language, &text);
        put_detail(teller, N_("note"), buf_peek(&text));
        buf_clear(&text);
    }
}

static void tell_details(struct teller *teller, const struct verified_step *step,
                         const struct place *place)
{
    if (step->verdict == STEP_REFUTED)
        tell_left(teller, step, place);
    tell_counterexample(teller, step);
    tell_path(teller, step);
    for (size_t i = 0; i < step->repair_count; i++)
        tell_repair(teller, step, i);
    tell_remarks(teller, step);
    if (teller->telling->explains && step->reading != NULL)
        put_detail(teller, N_("read as"), step->reading);
}

/* Where it is wrong, or where it could not be read. */
static struct place place_of(const struct teller *teller,
                             const struct verified_step *step)
{
    const struct source *source = &teller->verification->documents[step->document].source;

    if (step->verdict >= STEP_PROBABLE)
        for (size_t i = 0; i < step->reasons.count; i++)
            if (step->reasons.items[i].place.source == source)
                return step->reasons.items[i].place;
    return source_place(source, step->right.begin, step->right.end);
}

static bool is_told(const struct teller *teller, const struct verified_step *step)
{
    return teller->telling->explains || step->verdict >= STEP_REFUTED ||
           step->condition != NULL;
}

static void tell_step(struct teller *teller, const struct verified_step *step)
{
    struct place place = place_of(teller, step);

    if (!is_told(teller, step))
        return;
    tell_heading(teller, step, &place);
    if (step->verdict == STEP_CARRIED && !teller->telling->explains)
        return;
    if (step->verdict >= STEP_REFUTED || teller->telling->explains)
        put_excerpt(teller, &place);
    tell_details(teller, step, &place);
}

static void tell_diag(struct teller *teller, const struct diag *item)
{
    const struct source *source = item->place.source;
    bool is_note = diag_severity(item) == DIAG_NOTE;

    if (source != NULL)
        put_place(teller, &item->place);
    buf_format(teller->out, "%s%s:%s ", is_note ? teller->inks.bold : teller->inks.unsure,
               words(teller, diag_severity_word(item)), teller->inks.plain);
    diag_message(item, teller->telling->language, teller->out);
    buf_char(teller->out, '\n');
    if (source != NULL && source->line_count > 0)
        put_excerpt(teller, &item->place);
}

static void tell_convention(struct teller *teller, const struct convention *convention)
{
    const struct verified_step *first = &teller->verification->steps[convention->first];
    struct place place = step_place(teller->verification, first);

    put_place(teller, &place);
    buf_format(teller->out, "%s%s:%s ", teller->inks.bold, words(teller, N_("note")),
               teller->inks.plain);
    verdict_convention(convention, teller->telling->language, teller->out);
    buf_char(teller->out, '\n');
}

/* The errors of a document that is not judged go where all diagnostics go. */
static void tell_document(struct teller *teller, size_t i)
{
    const struct verified_document *document = &teller->verification->documents[i];
    struct step_range range = verification_range(teller->verification, i);

    if (!document->is_read)
        return;
    for (size_t k = 0; k < document->diags.count; k++)
        tell_diag(teller, &document->diags.items[k]);
    for (size_t k = 0; k < document->convention_count; k++)
        tell_convention(teller, &document->conventions[k]);
    for (size_t k = range.first; k < range.end; k++)
        tell_step(teller, &teller->verification->steps[k]);
}

void tell_verdict(struct buf *out, const struct verification *verification,
                  const struct verdict_telling *telling)
{
    struct teller teller = {out, verification, telling, choose_inks(telling->has_colors)};
    size_t begin = out->length;

    for (size_t i = 0; i < verification->document_count; i++)
        tell_document(&teller, i);
    if (out->length > begin)
        buf_char(out, '\n');
    verdict_counts(out, verification, telling->language);
}
