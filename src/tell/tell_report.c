#include "tell/tell_report.h"

#include "base/excerpt.h"
#include "tell/sentence.h"
#include "tell/tell_finding.h"
#include "tell/verdict_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAME_SHOWN = 200, TEXT_SHOWN = 4000 };

struct teller {
    struct doc *doc;
    const struct verification *verification;
    bool explains;
    struct typeset typeset;
    struct sentence sentence;
};

static struct block *paragraph(struct teller *teller)
{
    return doc_block(teller->doc, BLOCK_PARAGRAPH);
}

static void say(struct teller *teller, const char *text)
{
    sentence_end(&teller->sentence, paragraph(teller), text);
}

static struct inline_node *number(struct teller *teller, size_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", value);
    return doc_text(teller->doc, digits);
}

/* --- counts --- */

/* Verdicts that have one word for people. */
static const enum step_verdict told[] = {STEP_PROVED,   STEP_DEFINITION, STEP_NAMING,
                                         STEP_REFUTED,  STEP_CARRIED,    STEP_UNDECIDED,
                                         STEP_UNCHECKED};

enum { TOLD = sizeof told / sizeof *told };

static void tell_counts(struct teller *teller, struct step_range range)
{
    size_t counts[STEP_VERDICTS], rows = 0;
    verification_tally(teller->verification, range, counts);
    counts[STEP_UNDECIDED] += counts[STEP_PROBABLE];
    for (int i = 0; i < TOLD; i++)
        rows += counts[told[i]] > 0;
    if (rows == 0)
        return;
    struct block *table = doc_table(teller->doc, 2, rows);
    doc_cell(table, doc_words(teller->doc, N_("verdict")));
    doc_cell(table, doc_words(teller->doc, N_("steps")));
    for (int i = 0; i < TOLD; i++) {
        if (counts[told[i]] == 0)
            continue;
        doc_cell(table, doc_words(teller->doc, verdict_word(told[i])));
        doc_cell(table, number(teller, counts[told[i]]));
    }
}

/* --- steps --- */

static const struct source *source_of(const struct teller *teller,
                                      const struct verified_step *step)
{
    return &teller->verification->documents[step->document].source;
}

static void tell_place(struct teller *teller, const struct verified_step *step)
{
    const struct verification *verification = teller->verification;
    bool is_carried = step->verdict == STEP_CARRIED && step->carried_from != STEP_NONE;
    const struct verified_step *from =
        is_carried ? &verification->steps[step->carried_from] : step;
    struct inline_node *arguments[] = {
        number(teller, step_line(verification, step)),
        doc_words(teller->doc, verdict_word(step->verdict)),
        number(teller, step_line(verification, from))};
    doc_heading(teller->doc, 2)->inlines =
        doc_sentence(teller->doc,
                     is_carried ? N_("Line {1}: error carried forward from line {3}")
                                : N_("Line {1}: {2}"),
                     arguments, 3);
}

/* Without the marks at which an environment aligns its rows. */
static void quote(struct buf *out, const struct source *source, struct span span)
{
    struct buf text;
    buf_init(&text);
    verdict_quote(source, span, &text);
    for (const char *c = buf_peek(&text); *c != '\0'; c++)
        if (*c != '&' || (c > buf_peek(&text) && c[-1] == '\\'))
            buf_char(out, *c);
    buf_clear(&text);
}

/* Both sides, also of a row that goes on with a chain. */
static void tell_formula(struct teller *teller, const struct verified_step *step)
{
    const struct source *source = source_of(teller, step);
    struct buf text, sign, safe;
    buf_init(&text);
    buf_init(&sign);
    buf_init(&safe);
    quote(&sign, source, (struct span){step->span.begin, step->right.begin});
    quote(&text, source, step->left);
    buf_text(&text, strstr(buf_peek(&sign), "\\approx") ? " \\approx " : " = ");
    quote(&text, source, step->right);
    excerpt_word(&safe, buf_peek(&text), TEXT_SHOWN);
    doc_block(teller->doc, BLOCK_CODE)->text =
        arena_strndup(&teller->doc->arena, buf_peek(&safe), safe.length);
    buf_clear(&safe);
    buf_clear(&sign);
    buf_clear(&text);
}

/* `Reason: {1}`, or another sentence around the message of a diagnostic. */
static void tell_message(struct teller *teller, const char *sentence,
                         const struct diag *item)
{
    struct buf text;
    buf_init(&text);
    diag_message(item, teller->doc->language, &text);
    sentence_text(&teller->sentence, buf_peek(&text));
    say(teller, sentence);
    buf_clear(&text);
}

static void tell_refutation(struct teller *teller, const struct verified_step *step)
{
    const char *kind =
        step->repair_count > 0 ? verdict_repair_reason(step->repairs[0].kind) : NULL;
    if (kind != NULL)
        sentence_words(&teller->sentence, kind);
    say(teller, step->is_nowhere ? N_("A side is defined nowhere, as it divides by 0.")
                : kind != NULL   ? N_("The two sides are not equal: {1}.")
                                 : N_("The two sides are not equal."));
}

static void tell_reason(struct teller *teller, const struct verified_step *step)
{
    if (step->verdict == STEP_REFUTED)
        tell_refutation(teller, step);
    if (step->condition != NULL) {
        struct inline_node *condition = doc_code(teller->doc, step->condition);
        paragraph(teller)->inlines =
            doc_sentence(teller->doc, N_("It is true if {1}."), &condition, 1);
    }
    if (step->verdict == STEP_PROBABLE) {
        struct inline_node *bound = number(teller, step->bound);
        paragraph(teller)->inlines = doc_sentence(
            teller->doc,
            N_("Both sides agree at random points; were they not equal, the chance of "
               "that would be below 1 in 2 to the {1}."),
            &bound, 1);
    }
    for (size_t i = 0; i < step->reasons.count; i++)
        tell_message(teller,
                     step->verdict < STEP_PROBABLE ? N_("Note: {1}") : N_("Reason: {1}"),
                     &step->reasons.items[i]);
}

static bool is_told(const struct teller *teller, const struct verified_step *step)
{
    return teller->explains || step->verdict >= STEP_REFUTED || step->condition != NULL;
}

/* The right side with the first repair, where that is short. */
static void tell_repaired(struct teller *teller, const struct verified_step *step)
{
    struct buf text;
    buf_init(&text);
    if (step->repair_count > 0)
        verdict_repaired(source_of(teller, step), step, &step->repairs[0], &text);
    if (text.length > 0) {
        struct inline_node *side = doc_code(teller->doc, buf_peek(&text));
        paragraph(teller)->inlines =
            doc_sentence(teller->doc, N_("The right side is then {1}."), &side, 1);
    }
    buf_clear(&text);
}

static void tell_step(struct teller *teller, const struct verified_step *step)
{
    tell_place(teller, step);
    tell_formula(teller, step);
    tell_reason(teller, step);
    if (step->verdict != STEP_CARRIED || teller->explains) {
        tell_finding(teller->doc, &teller->typeset, step, true);
        tell_repaired(teller, step);
    }
    if (teller->explains && step->reading != NULL) {
        struct inline_node *reading = doc_code(teller->doc, step->reading);
        paragraph(teller)->inlines =
            doc_sentence(teller->doc, N_("Read as {1}."), &reading, 1);
    }
}

/* --- documents --- */

static void tell_convention(struct teller *teller, const struct convention *convention)
{
    const char *factor = convention->factor != NULL ? convention->factor : "";
    struct inline_node *arguments[] = {number(teller, convention->count),
                                       doc_code(teller->doc, factor)};
    paragraph(teller)->inlines =
        doc_fill(teller->doc, verdict_convention_text(convention, teller->doc->language),
                 arguments, 2);
}

static void tell_warning(struct teller *teller, const struct diag *item)
{
    struct buf text;
    if (item->place.source == NULL) {
        tell_message(teller, N_("Note: {1}"), item);
        return;
    }
    buf_init(&text);
    diag_message(item, teller->doc->language, &text);
    struct inline_node *arguments[] = {
        number(teller, source_line(item->place.source, item->place.span.begin)),
        doc_text(teller->doc, buf_peek(&text))};
    paragraph(teller)->inlines =
        doc_sentence(teller->doc, N_("Line {1}: {2}"), arguments, 2);
    buf_clear(&text);
}

static void tell_name(struct teller *teller, const struct verified_document *document)
{
    struct buf name;
    buf_init(&name);
    excerpt_word(&name, document->source.name, NAME_SHOWN);
    doc_heading(teller->doc, 1)->inlines = doc_code(teller->doc, buf_peek(&name));
    buf_clear(&name);
}

static void tell_document(struct teller *teller, size_t i)
{
    const struct verified_document *document = &teller->verification->documents[i];
    struct step_range range = verification_range(teller->verification, i);
    tell_name(teller, document);
    if (!document->is_read)
        say(teller, N_("This document was not judged."));
    else
        tell_counts(teller, range);
    for (size_t k = 0; k < document->diags.count; k++)
        tell_warning(teller, &document->diags.items[k]);
    for (size_t k = 0; k < document->convention_count; k++)
        tell_convention(teller, &document->conventions[k]);
    for (size_t k = range.first; k < range.end; k++)
        if (is_told(teller, &teller->verification->steps[k]))
            tell_step(teller, &teller->verification->steps[k]);
}

void tell_report(struct doc *doc, const struct verification *verification, bool explains)
{
    struct teller teller = {
        .doc = doc, .verification = verification, .explains = explains};
    typeset_init(&teller.typeset, &doc->arena, NULL);
    sentence_begin(&teller.sentence, doc, &teller.typeset);
    for (size_t i = 0; i < verification->document_count; i++)
        tell_document(&teller, i);
}

const char *tell_report_title(void)
{
    return N_("A derivation, checked");
}
