#include "tell/tell_finding.h"

#include "base/language.h"
#include "base/memory.h"
#include "base/number.h"
#include "tell/sentence.h"
#include "tell/tell_number.h"
#include "tell/typeset_read.h"
#include "tell/verdict_values.h"
#include "tell/verdict_words.h"

#include <string.h>

enum { VALUE_DIGITS = 6 };

struct teller {
    struct doc *doc;
    const struct typeset *typeset;
    struct sentence sentence;
    bool has_code;
};

static struct formula *sign(struct teller *teller, const char *text)
{
    return formula_text(&teller->doc->arena, FORMULA_SIGN, text);
}

static void append(struct teller *teller, struct formula *row, struct formula *part)
{
    formula_append(&teller->doc->arena, row, part);
}

static void say(struct teller *teller, const char *text)
{
    sentence_end(&teller->sentence, doc_block(teller->doc, BLOCK_PARAGRAPH), text);
}

/* Exact, or a decimal that was rounded. */
static struct inline_node *number_of(struct teller *teller, const char *text)
{
    struct enclosure number;
    enclosure_init(&number);
    number_read(number.exact, text, strlen(text), true);
    struct inline_node *cell = tell_plain_number(teller->doc, &number, VALUE_DIGITS);
    enclosure_clear(&number);
    return cell;
}

/* `\frac{\partial E}{\partial y}` of two names; NULL if it is something else. */
static struct formula *derivative_of(struct teller *teller, const char *name)
{
    static const char begin[] = "\\frac{\\partial ", middle[] = "}{\\partial ";
    struct arena *arena = &teller->doc->arena;
    const char *by = strstr(name, middle), *of = name + sizeof begin - 1;
    struct formula *parts[2];
    if (by == NULL || strncmp(name, begin, sizeof begin - 1) != 0)
        return NULL;
    const char *names[] = {arena_strndup(arena, of, (size_t)(by - of)),
                           by + sizeof middle - 1};
    names[1] = arena_strndup(arena, names[1], strlen(names[1]) - 1);
    for (int i = 0; i < 2; i++) {
        parts[i] = formula_row(arena);
        append(teller, parts[i], sign(teller, "\\partial"));
        append(teller, parts[i], formula_text(arena, FORMULA_NAME, names[i]));
    }
    return formula_make(arena, FORMULA_FRACTION, NULL, parts, 2, 0);
}

/* A name, a derivative, or `f(2)`: the value that a function takes there. */
static struct formula *name_of(struct teller *teller, const char *name)
{
    struct arena *arena = &teller->doc->arena;
    struct formula *derivative = derivative_of(teller, name);
    if (derivative != NULL)
        return derivative;
    size_t length = strlen(name);
    const char *opener =
        length > 0 && name[length - 1] == ')' ? strrchr(name, '(') : NULL;
    if (opener == NULL)
        return formula_text(arena, FORMULA_NAME, name);
    const char *argument = arena_strndup(arena, opener + 1, strlen(opener) - 2);
    struct formula *parts[] = {
        formula_text(arena, FORMULA_NAME,
                     arena_strndup(arena, name, (size_t)(opener - name))),
        typeset_bracket(teller->typeset, number_of(teller, argument)->formula)};
    return formula_make(arena, FORMULA_CALL, NULL, parts, 2, 0);
}

static struct inline_node *equation_of(struct teller *teller,
                                       const struct step_value *value)
{
    struct formula *row = formula_row(&teller->doc->arena);
    append(teller, row, name_of(teller, value->name));
    append(teller, row, sign(teller, "="));
    append(teller, row, number_of(teller, value->value)->formula);
    return doc_formula(teller->doc, row);
}

static struct inline_node *values_of(struct teller *teller,
                                     const struct counterexample *counterexample)
{
    bool joins = verdict_joins_zeros(counterexample);
    struct inline_node *list = NULL;
    for (size_t i = 0; i < counterexample->count; i++) {
        const struct step_value *value = &counterexample->values[i];
        if (joins && verdict_is_zero(value))
            continue;
        struct inline_node *const both[] = {list, equation_of(teller, value)};
        list = list ? doc_sentence(teller->doc, N_("{1}, {2}"), both, 2) : both[1];
    }
    if (!joins)
        return list;
    return list ? doc_sentence(teller->doc, N_("{1} and 0 for all other names"), &list, 1)
                : doc_words(teller->doc, N_("0 for all names"));
}

/* Dots for the digits left out would meet the full stop: what has more is rounded. */
static struct inline_node *side_of(struct teller *teller, const char *value,
                                   bool is_rounded)
{
    struct inline_node *side;
    struct enclosure number;
    if (value == NULL)
        return doc_words(teller->doc, N_("without a value"));
    enclosure_init(&number);
    number_read(number.exact, value, strlen(value), true);
    if (!is_rounded && tell_is_whole(&number, VALUE_DIGITS)) {
        side = tell_plain_number(teller->doc, &number, VALUE_DIGITS);
    } else {
        side = doc_formula(
            teller->doc, tell_rounded_number(&teller->doc->arena, &number, VALUE_DIGITS));
        side = doc_sentence(teller->doc, N_("approximately {1}"), &side, 1);
    }
    enclosure_clear(&number);
    return side;
}

static void tell_counterexample(struct teller *teller,
                                const struct counterexample *counterexample)
{
    struct inline_node *arguments[] = {
        values_of(teller, counterexample),
        side_of(teller, counterexample->left, counterexample->is_left_rounded),
        side_of(teller, counterexample->right, counterexample->is_right_rounded)};
    struct block *block = doc_block(teller->doc, BLOCK_PARAGRAPH);
    const char *sentence =
        arguments[0] ? N_("With {1} the left side is {2} and the right side {3}.")
                     : N_("The left side is {2} and the right side {3}, for all values.");
    block->inlines = doc_sentence(teller->doc, sentence, arguments, 3);
}

/* `w_{1} \to h_{1} \to E`: canonical names. */
static void tell_path(struct teller *teller, const char *path)
{
    static const char arrow[] = " \\to ";
    struct formula *row = formula_row(&teller->doc->arena);
    for (const char *name = path, *end; name != NULL; name = end) {
        end = strstr(name, arrow);
        size_t length = end != NULL ? (size_t)(end - name) : strlen(name);
        append(teller, row,
               formula_text(&teller->doc->arena, FORMULA_NAME,
                            arena_strndup(&teller->doc->arena, name, length)));
        if (end == NULL)
            break;
        append(teller, row, sign(teller, "\\to"));
        end += sizeof arrow - 1;
    }
    sentence_formula(&teller->sentence, row);
    say(teller, N_("What is lost is the path {1}."));
}

/* As it is typed in the document, or as it is seen. */
static struct inline_node *edit_of(struct teller *teller, const char *latex)
{
    struct formula *formula =
        teller->has_code ? NULL : typeset_read(teller->typeset, latex);
    return formula ? doc_formula(teller->doc, formula)
                   : doc_code(teller->doc, latex + strspn(latex, " "));
}

static void tell_repair(struct teller *teller, const struct repair *repair, bool is_first)
{
    bool takes = repair->before[0] != '\0', puts = repair->after[0] != '\0';
    struct inline_node *arguments[] = {edit_of(teller, repair->after),
                                       edit_of(teller, repair->before)};
    const char *sentence =
        !puts      ? is_first ? N_("Repair: take away {2}.") : N_("Or: take away {2}.")
             : takes ? is_first ? N_("Repair: put {1} in place of {2}.")
                                : N_("Or: put {1} in place of {2}.")
             : is_first ? N_("Repair: put in {1}.")
                   : N_("Or: put in {1}.");
    doc_block(teller->doc, BLOCK_PARAGRAPH)->inlines =
        doc_sentence(teller->doc, sentence, arguments, 2);
}

/* At another place, which is not said. */
static bool is_same_edit(const struct repair *a, const struct repair *b)
{
    return strcmp(a->before + strspn(a->before, " "),
                  b->before + strspn(b->before, " ")) == 0 &&
           strcmp(a->after + strspn(a->after, " "), b->after + strspn(b->after, " ")) ==
               0;
}

static bool is_told(const struct verified_step *step, size_t repair)
{
    for (size_t i = 0; i < repair; i++)
        if (is_same_edit(&step->repairs[i], &step->repairs[repair]))
            return true;
    return false;
}

void tell_finding(struct doc *doc, const struct typeset *typeset,
                  const struct verified_step *step, bool has_code)
{
    struct teller teller = {.doc = doc, .typeset = typeset, .has_code = has_code};
    sentence_begin(&teller.sentence, doc, typeset);
    if (step->counterexample != NULL)
        tell_counterexample(&teller, step->counterexample);
    if (step->path != NULL)
        tell_path(&teller, step->path);
    for (size_t i = 0; i < step->repair_count; i++)
        if (!is_told(step, i))
            tell_repair(&teller, &step->repairs[i], i == 0);
}
