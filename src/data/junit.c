#include "data/junit.h"

#include "base/utf8.h"
#include "tell/verdict_values.h"
#include "tell/verdict_words.h"

#include <inttypes.h>
#include <string.h>

struct totals {
    size_t tests, failures, errors, skipped;
};

/* XML 1.0 has no words for some characters; others are written by number, so that they
   survive in attributes and hide nothing. */
static void put_character(struct buf *out, const char *bytes, size_t size, uint32_t point,
                          bool is_attribute)
{
    static const struct {
        char plain;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
    bool is_forbidden =
        (point < 0x20 && point != '\t' && point != '\n' && point != '\r') ||
        point == 0xFFFE || point == 0xFFFF;

    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (point == (unsigned char)entities[i].plain) {
            buf_text(out, entities[i].entity);
            return;
        }
    if (is_forbidden)
        buf_text(out, "\xEF\xBF\xBD");
    else if (utf8_is_control(point) && (is_attribute || point != '\n'))
        buf_format(out, "&#x%" PRIX32 ";", point);
    else
        buf_bytes(out, bytes, size);
}

static void put_escaped(struct buf *out, const char *text, bool is_attribute)
{
    size_t rest = strlen(text);

    while (rest > 0) {
        uint32_t point = 0;
        size_t size = utf8_read(text, rest, &point);

        if (size == 0)
            buf_text(out, "\xEF\xBF\xBD");
        else
            put_character(out, text, size, point, is_attribute);
        size += size == 0;
        text += size;
        rest -= size;
    }
}

static void put_attribute(struct buf *out, const char *key, const char *value)
{
    buf_format(out, " %s=\"", key);
    put_escaped(out, value, true);
    buf_char(out, '"');
}

static void put_totals(struct buf *out, const struct totals *totals)
{
    buf_format(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\">\n",
               totals->tests, totals->failures, totals->errors, totals->skipped);
}

static struct totals count(const struct verification *verification, size_t document)
{
    struct step_range range = verification_range(verification, document);
    size_t counts[STEP_VERDICTS];

    if (!verification->documents[document].is_read)
        return (struct totals){.tests = 1, .errors = 1};
    verification_tally(verification, range, counts);
    return (struct totals){.tests = range.end - range.first,
                           .failures = counts[STEP_REFUTED] + counts[STEP_CARRIED],
                           .skipped = counts[STEP_PROBABLE] + counts[STEP_UNDECIDED] +
                                      counts[STEP_UNCHECKED]};
}

static struct totals count_all(const struct verification *verification)
{
    struct totals all = {0};

    for (size_t i = 0; i < verification->document_count; i++) {
        struct totals one = count(verification, i);

        all.tests += one.tests;
        all.failures += one.failures;
        all.errors += one.errors;
        all.skipped += one.skipped;
    }
    return all;
}

static void put_details(struct buf *out, const struct verified_step *step)
{
    struct buf text;

    buf_init(&text);
    if (step->counterexample != NULL) {
        verdict_counterexample(step->counterexample, language_at(0), &text);
        buf_char(&text, '\n');
    }
    for (size_t i = 0; i < step->repair_count; i++) {
        verdict_repair(&step->repairs[i], language_at(0), &text);
        buf_char(&text, '\n');
    }
    put_escaped(out, buf_peek(&text), false);
    buf_clear(&text);
}

static void put_outcome(struct buf *out, const struct verification *verification,
                        const struct verified_step *step)
{
    bool is_failure = step->verdict == STEP_REFUTED || step->verdict == STEP_CARRIED;
    struct buf sentence;

    buf_init(&sentence);
    verdict_sentence(verification, step, language_at(0), &sentence);
    buf_text(out, is_failure ? "      <failure" : "      <skipped");
    put_attribute(out, "message", buf_peek(&sentence));
    if (is_failure) {
        put_attribute(out, "type", step_verdict_word(step->verdict));
        buf_char(out, '>');
        put_details(out, step);
        buf_text(out, "</failure>\n");
    } else {
        buf_text(out, "/>\n");
    }
    buf_clear(&sentence);
}

static void put_name(struct buf *out, const struct source *source,
                     const struct verified_step *step, uint32_t line)
{
    struct buf name;

    buf_init(&name);
    buf_format(&name, "line %" PRIu32 ", %" PRIu32 ".%" PRIu32 ": ", line, step->equation,
               step->member);
    verdict_quote(source, step->left, &name);
    buf_text(&name, " = ");
    verdict_quote(source, step->right, &name);
    put_attribute(out, "name", buf_peek(&name));
    buf_clear(&name);
}

static void put_step(struct buf *out, const struct verification *verification,
                     const struct verified_step *step)
{
    const struct source *source = &verification->documents[step->document].source;
    uint32_t line = step_line(verification, step);

    buf_text(out, "    <testcase");
    put_name(out, source, step, line);
    put_attribute(out, "classname", source->name);
    put_attribute(out, "file", source->name);
    buf_format(out, " line=\"%" PRIu32 "\"", line);
    if (step->verdict < STEP_REFUTED) {
        buf_text(out, "/>\n");
        return;
    }
    buf_text(out, ">\n");
    put_outcome(out, verification, step);
    buf_text(out, "    </testcase>\n");
}

static void put_unread(struct buf *out, const struct verified_document *document)
{
    struct buf text;

    buf_init(&text);
    diags_print(&document->diags, language_at(0), &text);
    buf_text(out, "    <testcase");
    put_attribute(out, "name", document->source.name);
    put_attribute(out, "classname", document->source.name);
    buf_text(out, ">\n      <error type=\"document\">");
    put_escaped(out, buf_peek(&text), false);
    buf_text(out, "</error>\n    </testcase>\n");
    buf_clear(&text);
}

static void put_suite(struct buf *out, const struct verification *verification,
                      size_t document)
{
    const struct verified_document *judged = &verification->documents[document];
    struct step_range range = verification_range(verification, document);
    struct totals totals = count(verification, document);

    buf_text(out, "  <testsuite");
    put_attribute(out, "name", judged->source.name);
    put_totals(out, &totals);
    if (!judged->is_read)
        put_unread(out, judged);
    else
        for (size_t i = range.first; i < range.end; i++)
            put_step(out, verification, &verification->steps[i]);
    buf_text(out, "  </testsuite>\n");
}

void junit(struct buf *out, const struct verification *verification)
{
    struct totals totals = count_all(verification);

    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    put_attribute(out, "name", "gradtex verify");
    put_totals(out, &totals);
    for (size_t i = 0; i < verification->document_count; i++)
        put_suite(out, verification, i);
    buf_text(out, "</testsuites>\n");
}
