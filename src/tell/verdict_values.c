#include "tell/verdict_values.h"

#include "base/excerpt.h"
#include "base/memory.h"
#include "base/name.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_SHOWN = 4000 };

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
    excerpt_word(out, buf_peek(&written), TEXT_SHOWN);
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
    excerpt_word(out, buf_peek(&written), TEXT_SHOWN);
    buf_clear(&written);
    buf_clear(&head);
}

/* The digits in the middle of a line help nobody if they are many. */
static void put_number(struct buf *out, const struct language *language,
                       const char *number)
{
    enum { MOST_SHOWN = 60 };
    size_t length = strlen(number);
    char digits[24];
    const char *const arguments[] = {digits};

    buf_format(out, "%.*s", MOST_SHOWN, number);
    if (length <= MOST_SHOWN)
        return;
    snprintf(digits, sizeof digits, "%zu", length);
    buf_text(out, "… ");
    language_fill(out, language_text(language, N_("({1} characters)")), arguments, 1);
}

static void put_side(struct buf *out, const struct language *language, const char *value,
                     bool is_rounded)
{
    if (value == NULL) {
        buf_text(out, language_text(language, N_("without a value")));
        return;
    }
    buf_text(out, is_rounded ? "≈ " : "");
    put_number(out, language, value);
}

bool verdict_is_zero(const struct step_value *value)
{
    return strcmp(value->value, "0") == 0;
}

bool verdict_joins_zeros(const struct counterexample *counterexample)
{
    enum { FEW = 3 };
    size_t zeros = 0;

    for (size_t i = 0; i < counterexample->count; i++)
        zeros += verdict_is_zero(&counterexample->values[i]);
    return zeros > FEW;
}

static void put_values(struct buf *out, const struct language *language,
                       const struct counterexample *counterexample)
{
    bool joins = verdict_joins_zeros(counterexample);
    struct buf list;
    const char *arguments[1];

    buf_init(&list);
    for (size_t i = 0; i < counterexample->count; i++) {
        const struct step_value *value = &counterexample->values[i];

        if (joins && verdict_is_zero(value))
            continue;
        buf_text(&list, list.length > 0 ? ", " : "");
        put_name(&list, value->name);
        buf_text(&list, " = ");
        put_number(&list, language, value->value);
    }
    arguments[0] = buf_peek(&list);
    language_fill(out,
                  language_text(language, !joins ? "{1}"
                                          : list.length > 0
                                              ? N_("{1} and 0 for all other names")
                                              : N_("0 for all names")),
                  arguments, 1);
    buf_clear(&list);
}

static const char *frame_of(const struct counterexample *counterexample)
{
    bool has_values = counterexample->count > 0;

    if (counterexample->difference == NULL)
        return has_values ? N_("at {1}: left {2}, right {3}")
                          : N_("for all values: left {2}, right {3}");
    return has_values ? N_("at {1}: left {2}, right {3}, difference {4}")
                      : N_("for all values: left {2}, right {3}, difference {4}");
}

void verdict_counterexample(const struct counterexample *counterexample,
                            const struct language *language, struct buf *out)
{
    enum { VALUES, LEFT, RIGHT, DIFFERENCE, PARTS };
    bool is_left = counterexample->is_left_rounded;
    bool is_right = counterexample->is_right_rounded;
    struct buf parts[PARTS];
    const char *arguments[PARTS];

    for (int i = 0; i < PARTS; i++)
        buf_init(&parts[i]);
    put_values(&parts[VALUES], language, counterexample);
    put_side(&parts[LEFT], language, counterexample->left, is_left);
    put_side(&parts[RIGHT], language, counterexample->right, is_right);
    if (counterexample->difference != NULL)
        put_side(&parts[DIFFERENCE], language, counterexample->difference,
                 is_left || is_right);
    for (int i = 0; i < PARTS; i++)
        arguments[i] = buf_peek(&parts[i]);
    language_fill(out, language_text(language, frame_of(counterexample)), arguments,
                  PARTS);
    for (int i = 0; i < PARTS; i++)
        buf_clear(&parts[i]);
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
