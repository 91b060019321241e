#include "tell/verdict_words.h"

#include "base/excerpt.h"
#include "base/language.h"
#include "base/memory.h"
#include "base/name.h"

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

void verdict_reason(const struct verified_step *step, struct buf *out)
{
    for (size_t i = 0; i < step->reasons.count; i++) {
        buf_text(out, i > 0 ? "; " : "");
        diag_message(&step->reasons.items[i], out);
    }
    if (step->verdict == STEP_PROBABLE)
        buf_format(out,
                   "%sequal at random points, and wrong with a probability below 2^-%u",
                   step->reasons.count > 0 ? "; " : "", step->bound);
}

static void put_reason(const struct verified_step *step, struct buf *out)
{
    struct buf reason;

    buf_init(&reason);
    verdict_reason(step, &reason);
    if (reason.length > 0)
        buf_format(out, ": %s", buf_peek(&reason));
    buf_clear(&reason);
}

static void put_condition(const struct verified_step *step, struct buf *out)
{
    if (step->condition == NULL)
        return;
    buf_text(out, step->verdict == STEP_REFUTED ? "; true if " : " if ");
    put_formula(out, step->condition);
}

void verdict_sentence(const struct verification *verification,
                      const struct verified_step *step, struct buf *out)
{
    buf_text(out, verdict_word(step->verdict));
    if (step->verdict == STEP_CARRIED && step->carried_from != STEP_NONE)
        buf_format(out, " from line %u",
                   step_line(verification, &verification->steps[step->carried_from]));
    if (step->verdict == STEP_REFUTED)
        buf_text(out, step->is_nowhere ? ": a side is defined nowhere, as it divides by 0"
                                       : ": the two sides are not equal");
    if (step->verdict >= STEP_PROBABLE)
        put_reason(step, out);
    put_condition(step, out);
}

/* `∂E/∂y` for `\frac{\partial E}{\partial y}`; false if that is not what it is. */
static bool put_derivative(struct buf *out, const char *name)
{
    static const char begin[] = "\\frac{\\partial ", middle[] = "}{\\partial ";
    const char *by = strstr(name, middle), *of = name + sizeof begin - 1;
    struct buf head, written;

    if (by == NULL || strncmp(name, begin, sizeof begin - 1) != 0)
        return false;
    buf_init(&head);
    buf_init(&written);
    buf_text(&written, "∂");
    buf_bytes(&head, of, (size_t)(by - of));
    name_unicode(&written, buf_peek(&head));
    buf_text(&written, "/∂");
    by += sizeof middle - 1;
    buf_truncate(&head, 0);
    buf_bytes(&head, by, strlen(by) - 1);
    name_unicode(&written, buf_peek(&head));
    put_safely(out, buf_peek(&written));
    buf_clear(&written);
    buf_clear(&head);
    return true;
}

/* `w₁`, and `f(2)` for the value that a function without formula has at 2. */
static void put_name(struct buf *out, const char *name)
{
    size_t length = strlen(name);
    const char *opener = strrchr(name, '(');
    bool is_applied = length > 0 && name[length - 1] == ')' && opener != NULL;
    struct buf head, written;

    if (put_derivative(out, name))
        return;
    buf_init(&head);
    buf_init(&written);
    buf_bytes(&head, name, is_applied ? (size_t)(opener - name) : length);
    name_unicode(&written, buf_peek(&head));
    buf_text(&written, is_applied ? opener : "");
    put_safely(out, buf_peek(&written));
    buf_clear(&written);
    buf_clear(&head);
}

/* The digits in the middle of a line help nobody if they are many. */
static void put_number(struct buf *out, const char *number)
{
    enum { MOST_SHOWN = 60 };
    size_t length = strlen(number);

    buf_format(out, "%.*s", MOST_SHOWN, number);
    if (length > MOST_SHOWN)
        buf_format(out, "… (%zu characters)", length);
}

static void put_side(struct buf *out, const char *side, const char *value,
                     bool is_rounded)
{
    buf_format(out, "%s ", side);
    if (value == NULL) {
        buf_text(out, "without a value");
        return;
    }
    buf_text(out, is_rounded ? "≈ " : "");
    put_number(out, value);
}

static bool is_zero(const struct step_value *value)
{
    return strcmp(value->value, "0") == 0;
}

/* Most values of a simple counterexample are 0: they are said together. */
static void put_values(struct buf *out, const struct counterexample *counterexample)
{
    enum { FEW = 3 };
    size_t zeros = 0, shown = 0;
    for (size_t i = 0; i < counterexample->count; i++)
        zeros += is_zero(&counterexample->values[i]);
    for (size_t i = 0; i < counterexample->count; i++) {
        const struct step_value *value = &counterexample->values[i];
        if (zeros > FEW && is_zero(value))
            continue;
        buf_text(out, shown++ > 0 ? ", " : "at ");
        put_name(out, value->name);
        buf_text(out, " = ");
        put_number(out, value->value);
    }
    if (zeros > FEW)
        buf_text(out, shown > 0 ? " and 0 for all other names" : "at 0 for all names");
}

void verdict_counterexample(const struct counterexample *counterexample, struct buf *out)
{
    bool is_rounded = counterexample->is_rounded;

    put_values(out, counterexample);
    buf_text(out, counterexample->count > 0 ? ": " : "for all values: ");
    put_side(out, "left", counterexample->left, is_rounded);
    put_side(out, ", right", counterexample->right, is_rounded);
    if (counterexample->difference != NULL)
        put_side(out, ", difference", counterexample->difference, is_rounded);
}

void verdict_path(const char *path, struct buf *out)
{
    static const char arrow[] = " \\to ";
    while (*path != '\0') {
        const char *end = strstr(path, arrow);
        size_t length = end != NULL ? (size_t)(end - path) : strlen(path);
        char *name = memory_strndup(path, length);
        put_name(out, name);
        memory_free(name);
        buf_text(out, end != NULL ? " → " : "");
        path += length + (end != NULL ? sizeof arrow - 1 : 0);
    }
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

void verdict_repair(const struct repair *repair, struct buf *out)
{
    bool takes = repair->before[0] != '\0', puts = repair->after[0] != '\0';

    buf_text(out, puts ? takes ? "put " : "put in " : "take away ");
    put_formula(out, puts ? repair->after : repair->before);
    if (!puts || !takes)
        return;
    buf_text(out, " in place of ");
    put_formula(out, repair->before);
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

void verdict_convention(const struct convention *convention, struct buf *out)
{
    buf_text(out, "another convention for the error or the update: ");
    buf_format(out, convention->count == 1 ? "%zu step is" : "%zu steps are",
               convention->count);
    buf_text(out, " true up to ");
    if (convention->factor == NULL) {
        buf_text(out, "one constant factor");
        return;
    }
    buf_text(out, "the factor ");
    put_formula(out, convention->factor);
}
