#include "data/verify_json.h"

#include "tell/tell_verdict.h"

#include <string.h>

void verify_text(struct buf *out, const struct source *source, struct span span)
{
    bool was_blank = false;
    for (uint32_t i = span.begin; i < span.end; i++) {
        bool is_blank = strchr(" \t\r\n", source->text[i]) != NULL;
        if (is_blank && !was_blank)
            buf_char(out, ' ');
        else if (!is_blank)
            buf_char(out, source->text[i]);
        was_blank = is_blank;
    }
}

static void put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    if (text)
        json_text(json, text);
    else
        json_null(json);
}

static void put_span(struct json *json, const struct source *source, struct span span)
{
    struct position begin = source_position(source, span.begin);
    struct position end = source_position(source, span.end);
    json_key(json, "line");
    json_integer(json, begin.line);
    json_key(json, "column");
    json_integer(json, begin.column);
    json_key(json, "end_line");
    json_integer(json, end.line);
    json_key(json, "end_column");
    json_integer(json, end.column);
}

static void put_side(struct json *json, const char *key, const struct source *source,
                     struct span span)
{
    struct buf text;
    buf_init(&text);
    verify_text(&text, source, span);
    put_text(json, key, buf_peek(&text));
    buf_clear(&text);
}

static void put_counterexample(struct json *json, const struct counterexample *example)
{
    json_key(json, "counterexample");
    if (!example) {
        json_null(json);
        return;
    }
    json_object(json);
    json_key(json, "values");
    json_object(json);
    for (size_t i = 0; i < example->count; i++)
        put_text(json, example->values[i].name, example->values[i].value);
    json_end(json);
    put_text(json, "left", example->left);
    put_text(json, "right", example->right);
    json_key(json, "rounded");
    json_boolean(json, example->is_rounded);
    json_end(json);
}

static void put_repair(struct json *json, const struct source *source,
                       const struct repair *repair)
{
    static const char *const kinds[] = {[REPAIR_OTHER] = "other",
                                        [REPAIR_INDEX] = "index",
                                        [REPAIR_NAME] = "name",
                                        [REPAIR_SIGN] = "sign",
                                        [REPAIR_FACTOR_LOST] = "factor-lost",
                                        [REPAIR_FACTOR_EXTRA] = "factor-extra",
                                        [REPAIR_TERM_LOST] = "term-lost",
                                        [REPAIR_TERM_EXTRA] = "term-extra",
                                        [REPAIR_PRIME_LOST] = "prime-lost",
                                        [REPAIR_PRIME_EXTRA] = "prime-extra",
                                        [REPAIR_ARGUMENT] = "argument",
                                        [REPAIR_EXPONENT] = "exponent",
                                        [REPAIR_CONSTANT] = "constant"};
    json_object(json);
    put_text(json, "kind", kinds[repair->kind]);
    put_text(json, "before", repair->before);
    put_text(json, "after", repair->after);
    put_span(json, source, repair->span);
    json_end(json);
}

static void put_repairs(struct json *json, const struct source *source,
                        const struct verified_step *step, bool is_hint)
{
    json_key(json, "repair");
    if (is_hint || step->repair_count == 0) {
        json_null(json);
        return;
    }
    json_array(json);
    for (size_t i = 0; i < step->repair_count; i++)
        put_repair(json, source, &step->repairs[i]);
    json_end(json);
}

static void put_reason(struct json *json, const struct verified_step *step)
{
    struct buf reason;
    buf_init(&reason);
    tell_reason(&reason, step);
    put_text(json, "reason", reason.length > 0 ? buf_peek(&reason) : NULL);
    buf_clear(&reason);
}

static void put_step(struct json *json, const struct verification *verification,
                     const struct verified_step *step, bool is_hint)
{
    const struct source *source = &verification->documents[step->document].source;
    const struct counterexample *example = is_hint ? NULL : step->counterexample;
    json_object(json);
    put_text(json, "file", source->name);
    put_span(json, source, step->right);
    json_key(json, "equation");
    json_integer(json, step->equation);
    json_key(json, "member");
    json_integer(json, step->member);
    put_side(json, "left", source, step->left);
    put_side(json, "right", source, step->right);
    put_text(json, "verdict", step_verdict_word(step->verdict));
    json_key(json, "carried_from");
    if (step->carried_from == STEP_NONE)
        json_null(json);
    else
        json_integer(
            json,
            source_position(source, verification->steps[step->carried_from].right.begin)
                .line);
    put_text(json, "difference", example ? example->difference : NULL);
    put_counterexample(json, example);
    put_text(json, "path", is_hint ? NULL : step->path);
    put_repairs(json, source, step, is_hint);
    put_reason(json, step);
    put_text(json, "condition", step->condition);
    put_text(json, "reading", step->reading);
    json_end(json);
}

static void put_document(struct json *json, const struct verified_document *document)
{
    struct buf text;
    json_object(json);
    put_text(json, "file", document->source.name);
    json_key(json, "read");
    json_boolean(json, document->is_read);
    json_key(json, "messages");
    json_array(json);
    for (size_t i = 0; i < document->diags.count; i++) {
        const struct diag *diag = &document->diags.items[i];
        buf_init(&text);
        diag_message(diag, &text);
        json_object(json);
        if (diag->place.source)
            put_span(json, diag->place.source, diag->place.span);
        put_text(json, "text", buf_peek(&text));
        json_end(json);
        buf_clear(&text);
    }
    json_end(json);
    json_end(json);
}

void verify_json(struct json *json, const struct verification *verification, bool is_hint)
{
    json_object(json);
    json_key(json, "steps");
    json_array(json);
    for (size_t i = 0; i < verification->step_count; i++)
        put_step(json, verification, &verification->steps[i], is_hint);
    json_end(json);
    json_key(json, "documents");
    json_array(json);
    for (size_t i = 0; i < verification->document_count; i++)
        put_document(json, &verification->documents[i]);
    json_end(json);
    json_key(json, "summary");
    json_object(json);
    for (int i = 0; i < STEP_VERDICTS; i++) {
        json_key(json, step_verdict_word((enum step_verdict)i));
        json_integer(json,
                     (int64_t)verification_count(verification, (enum step_verdict)i));
    }
    json_end(json);
    json_end(json);
}
