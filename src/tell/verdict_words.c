#include "tell/verdict_words.h"

#include "base/excerpt.h"
#include "base/language.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_SHOWN = 4000 };

const char *verdict_word(enum step_verdict verdict)
{
    static const char *const words[] = {[STEP_DEFINITION] = N_("defines"),
                                        [STEP_NAMING] = N_("gives a name"),
                                        [STEP_PROVED] = N_("true"),
                                        [STEP_REFUTED] = N_("false"),
                                        [STEP_CARRIED] = N_("error carried forward"),
                                        [STEP_PROBABLE] = N_("not decided"),
                                        [STEP_UNDECIDED] = N_("not decided"),
                                        [STEP_UNCHECKED] = N_("not read")};

    return words[verdict];
}

static void put_safely(struct buf *out, const char *text)
{
    excerpt_word(out, text, TEXT_SHOWN);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void collapse(struct buf *out, const char *text, size_t length)
{
    size_t begin = out->length;

    for (size_t i = 0; i < length; i++)
        if (!is_blank(text[i]))
            buf_char(out, text[i]);
        else if (out->length > begin && out->data[out->length - 1] != ' ')
            buf_char(out, ' ');
    if (out->length > begin && out->data[out->length - 1] == ' ')
        buf_truncate(out, out->length - 1);
}

void verdict_quote(const struct source *source, struct span span, struct buf *out)
{
    collapse(out, source->text + span.begin, span.end - span.begin);
}

/* LaTeX that may come from several rows of a document. */
static void put_formula(struct buf *out, const char *latex)
{
    struct buf line;

    buf_init(&line);
    collapse(&line, latex, strlen(latex));
    put_safely(out, buf_peek(&line));
    buf_clear(&line);
}

void verdict_reason(const struct verified_step *step, const struct language *language,
                    struct buf *out)
{
    char bound[16];
    const char *const arguments[] = {bound};

    for (size_t i = 0; i < step->reasons.count; i++) {
        buf_text(out, i > 0 ? "; " : "");
        diag_message(&step->reasons.items[i], language, out);
    }
    if (step->verdict != STEP_PROBABLE)
        return;
    buf_text(out, step->reasons.count > 0 ? "; " : "");
    snprintf(bound, sizeof bound, "%u", step->bound);
    language_fill(
        out,
        language_text(language, N_("equal at random points, and wrong with a probability "
                                   "below 2^-{1}")),
        arguments, 1);
}

/* What is said of the step as such. */
static void put_judgement(const struct verification *verification,
                          const struct verified_step *step,
                          const struct language *language, struct buf *out)
{
    bool is_carried = step->verdict == STEP_CARRIED && step->carried_from != STEP_NONE;
    char line[16] = "";
    const char *const arguments[] = {line};
    const char *text = is_carried ? N_("error carried forward from line {1}")
                       : step->verdict != STEP_REFUTED ? verdict_word(step->verdict)
                       : step->is_nowhere
                           ? N_("false: a side is defined nowhere, as it divides by 0")
                           : N_("false: the two sides are not equal");

    if (is_carried)
        snprintf(line, sizeof line, "%u",
                 step_line(verification, &verification->steps[step->carried_from]));
    language_fill(out, language_text(language, text), arguments, 1);
}

/* What is said so far, in a text with more: `{1} if {2}`. */
static void go_on(struct buf *said, const struct language *language, const char *text,
                  const char *more)
{
    struct buf whole;
    const char *const arguments[] = {buf_peek(said), more};

    buf_init(&whole);
    language_fill(&whole, language_text(language, text), arguments, 2);
    buf_truncate(said, 0);
    buf_bytes(said, buf_peek(&whole), whole.length);
    buf_clear(&whole);
}

static void put_reason(const struct verified_step *step, const struct language *language,
                       struct buf *said)
{
    struct buf reason;

    buf_init(&reason);
    verdict_reason(step, language, &reason);
    if (reason.length > 0)
        go_on(said, language, N_("{1}: {2}"), buf_peek(&reason));
    buf_clear(&reason);
}

static void put_condition(const struct verified_step *step,
                          const struct language *language, struct buf *said)
{
    struct buf condition;

    if (step->condition == NULL)
        return;
    buf_init(&condition);
    put_formula(&condition, step->condition);
    go_on(said, language,
          step->verdict == STEP_REFUTED ? N_("{1}; true if {2}") : N_("{1} if {2}"),
          buf_peek(&condition));
    buf_clear(&condition);
}

void verdict_sentence(const struct verification *verification,
                      const struct verified_step *step, const struct language *language,
                      struct buf *out)
{
    struct buf said;

    buf_init(&said);
    put_judgement(verification, step, language, &said);
    if (step->verdict >= STEP_PROBABLE)
        put_reason(step, language, &said);
    put_condition(step, language, &said);
    buf_bytes(out, buf_peek(&said), said.length);
    buf_clear(&said);
}

void verdict_repaired(const struct source *source, const struct verified_step *step,
                      const struct repair *repair, struct buf *out)
{
    enum { MOST_SHOWN = 100 };
    struct span side = step->right;
    bool is_within = repair->span.begin >= side.begin && repair->span.end <= side.end;
    bool is_line = memchr(source->text + side.begin, '\n', side.end - side.begin) == NULL;
    bool is_short = side.end - side.begin <= MOST_SHOWN;
    struct buf line;

    if (!is_within || !is_line || !is_short)
        return;
    buf_init(&line);
    buf_bytes(&line, source->text + side.begin, repair->span.begin - side.begin);
    buf_text(&line, repair->after);
    buf_bytes(&line, source->text + repair->span.end, side.end - repair->span.end);
    put_safely(out, buf_peek(&line));
    buf_clear(&line);
}

void verdict_repair(const struct repair *repair, const struct language *language,
                    struct buf *out)
{
    bool takes = repair->before[0] != '\0', puts = repair->after[0] != '\0';
    struct buf after, before;
    const char *text = !puts   ? N_("take away {2}")
                       : takes ? N_("put {1} in place of {2}")
                               : NC_("repair", "put in {1}");

    buf_init(&after);
    buf_init(&before);
    put_formula(&after, repair->after);
    put_formula(&before, repair->before);
    language_fill(out, language_text(language, text),
                  (const char *const[]){buf_peek(&after), buf_peek(&before)}, 2);
    buf_clear(&before);
    buf_clear(&after);
}

const char *verdict_repair_reason(enum repair_kind kind)
{
    static const char *const words[] = {[REPAIR_INDEX] = N_("another index"),
                                        [REPAIR_NAME] = N_("another name"),
                                        [REPAIR_SIGN] = N_("a wrong sign"),
                                        [REPAIR_FACTOR_LOST] = N_("a lost factor"),
                                        [REPAIR_FACTOR_EXTRA] = N_("a factor too many"),
                                        [REPAIR_TERM_LOST] = N_("a lost term"),
                                        [REPAIR_TERM_EXTRA] = N_("a term too many"),
                                        [REPAIR_PRIME_LOST] = N_("a lost f'"),
                                        [REPAIR_PRIME_EXTRA] = N_("f' in place of f"),
                                        [REPAIR_ARGUMENT] = N_("f' of another argument"),
                                        [REPAIR_EXPONENT] = N_("another exponent"),
                                        [REPAIR_CONSTANT] = N_("a constant factor")};

    return kind == REPAIR_OTHER ? NULL : words[kind];
}

void verdict_convention(const struct convention *convention,
                        const struct language *language, struct buf *out)
{
    struct buf factor;
    char count[24];

    snprintf(count, sizeof count, "%zu", convention->count);
    buf_init(&factor);
    if (convention->factor != NULL)
        put_formula(&factor, convention->factor);
    language_fill(out, verdict_convention_text(convention, language),
                  (const char *const[]){count, buf_peek(&factor)}, 2);
    buf_clear(&factor);
}

const char *verdict_convention_text(const struct convention *convention,
                                    const struct language *language)
{
    size_t count = convention->count;

    return convention->factor == NULL
               ? language_counted(language, count,
                                  "Another convention for the error or the update: {1} "
                                  "step is true up to a constant factor.",
                                  "Another convention for the error or the update: {1} "
                                  "steps are true up to one constant factor.")
               : language_counted(language, count,
                                  "Another convention for the error or the update: {1} "
                                  "step is true up to the factor {2}.",
                                  "Another convention for the error or the update: {1} "
                                  "steps are true up to the factor {2}.");
}
