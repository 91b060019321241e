#include "data/verify_json.h"

#include "tell/verdict_words.h"

/* Nothing is null. */
static void put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    if (text != NULL)
        json_text(json, text);
    else
        json_null(json);
}

static void put_integer(struct json *json, const char *key, size_t value)
{
    json_key(json, key);
    json_integer(json, (int64_t)value);
}

static void put_side(struct json *json, const char *key, const struct source *source,
                     struct span span)
{
    struct buf text;

    buf_init(&text);
    verdict_quote(source, span, &text);
    put_text(json, key, buf_peek(&text));
    buf_clear(&text);
}

static void put_place(struct json *json, struct place place)
{
    struct position begin = source_position(place.source, place.span.begin);
    struct position end = source_position(place.source, place.span.end);

    put_integer(json, "line", begin.line);
    put_integer(json, "column", begin.column);
    put_integer(json, "end_line", end.line);
    put_integer(json, "end_column", end.column);
}

static void put_counterexample(struct json *json,
                               const struct counterexample *counterexample)
{
    json_key(json, "counterexample");
    if (counterexample == NULL) {
        json_null(json);
        return;
    }
    json_object(json);
    json_key(json, "values");
    json_object(json);
    for (size_t i = 0; i < counterexample->count; i++)
        put_text(json, counterexample->values[i].name, counterexample->values[i].value);
    json_end(json);
    put_text(json, "left", counterexample->left);
    put_text(json, "right", counterexample->right);
    json_key(json, "rounded");
    json_boolean(json,
                 counterexample->is_left_rounded || counterexample->is_right_rounded);
    json_end(json);
}

static void put_repairs(struct json *json, const struct verified_step *step,
                        const struct source *source)
{
    json_key(json, "repair");
    if (step->repair_count == 0) {
        json_null(json);
        return;
    }
    json_array(json);
    for (size_t i = 0; i < step->repair_count; i++) {
        const struct repair *repair = &step->repairs[i];

        json_object(json);
        put_text(json, "before", repair->before);
        put_text(json, "after", repair->after);
        put_place(json, source_place(source, repair->span.begin, repair->span.end));
        put_text(json, "kind", repair_kind_word(repair->kind));
        json_end(json);
    }
    json_end(json);
}

static void put_carried_from(struct json *json, const struct verification *verification,
                             const struct verified_step *step)
{
    json_key(json, "carried_from");
    if (step->carried_from == STEP_NONE)
        json_null(json);
    else
        json_integer(json,
                     step_line(verification, &verification->steps[step->carried_from]));
}

static void put_reason(struct json *json, const struct verified_step *step)
{
    struct buf reason;

    buf_init(&reason);
    verdict_reason(step, language_at(0), &reason);
    put_text(json, "reason", reason.length > 0 ? buf_peek(&reason) : NULL);
    buf_clear(&reason);
}

static void put_step(struct json *json, const struct verification *verification,
                     const struct verified_step *step)
{
    const struct source *source = &verification->documents[step->document].source;
    const struct counterexample *counterexample = step->counterexample;

    json_object(json);
    put_text(json, "file", source->name);
    put_place(json, step_place(verification, step));
    put_integer(json, "equation", step->equation);
    put_integer(json, "member", step->member);
    put_side(json, "left", source, step->left);
    put_side(json, "right", source, step->right);
    put_text(json, "verdict", step_verdict_word(step->verdict));
    put_carried_from(json, verification, step);
    put_text(json, "difference",
             counterexample != NULL ? counterexample->difference : NULL);
    put_counterexample(json, counterexample);
    put_repairs(json, step, source);
    put_reason(json, step);
    put_text(json, "condition", step->condition);
    if (step->reading != NULL)
        put_text(json, "reading", step->reading);
    json_end(json);
}

static void put_diag(struct json *json, const struct diag *item)
{
    struct buf message;

    buf_init(&message);
    diag_message(item, language_at(0), &message);
    json_object(json);
    put_text(json, "severity", diag_severity_word(item));
    put_text(json, "message", buf_peek(&message));
    if (item->place.source != NULL)
        put_place(json, item->place);
    json_end(json);
    buf_clear(&message);
}

static void put_convention(struct json *json, const struct verification *verification,
                           const struct convention *convention)
{
    const struct verified_step *first = &verification->steps[convention->first];

    json_object(json);
    put_text(json, "factor", convention->factor);
    put_integer(json, "line", step_line(verification, first));
    put_integer(json, "steps", convention->count);
    json_end(json);
}

static void put_document(struct json *json, const struct verification *verification,
                         size_t i)
{
    const struct verified_document *document = &verification->documents[i];
    struct step_range range = verification_range(verification, i);

    json_object(json);
    put_text(json, "file", document->source.name);
    json_key(json, "read");
    json_boolean(json, document->is_read);
    put_integer(json, "steps", range.end - range.first);
    json_key(json, "diagnostics");
    json_array(json);
    for (size_t k = 0; k < document->diags.count; k++)
        put_diag(json, &document->diags.items[k]);
    json_end(json);
    json_key(json, "conventions");
    json_array(json);
    for (size_t k = 0; k < document->convention_count; k++)
        put_convention(json, verification, &document->conventions[k]);
    json_end(json);
    json_end(json);
}

static void put_summary(struct json *json, const struct verification *verification)
{
    json_object(json);
    put_integer(json, "steps", verification->step_count);
    for (int verdict = 0; verdict < STEP_VERDICTS; verdict++)
        put_integer(json, step_verdict_word((enum step_verdict)verdict),
                    verification_count(verification, (enum step_verdict)verdict));
    json_key(json, "documents");
    json_array(json);
    for (size_t i = 0; i < verification->document_count; i++)
        put_document(json, verification, i);
    json_end(json);
    json_end(json);
}

void verify_json(struct json *json, const struct verification *verification)
{
    json_object(json);
    json_key(json, "steps");
    json_array(json);
    for (size_t i = 0; i < verification->step_count; i++)
        put_step(json, verification, &verification->steps[i]);
    json_end(json);
    json_key(json, "summary");
    put_summary(json, verification);
    json_end(json);
}
