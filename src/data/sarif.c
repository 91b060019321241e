#include "data/sarif.h"

#include "tell/tell_verdict.h"

static void put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static void put_message(struct json *json, const char *text)
{
    json_key(json, "message");
    json_object(json);
    put_text(json, "text", text);
    json_end(json);
}

static void put_region(struct json *json, const struct source *source, struct span span)
{
    struct position begin = source_position(source, span.begin);
    struct position end = source_position(source, span.end);
    json_key(json, "region");
    json_object(json);
    json_key(json, "startLine");
    json_integer(json, begin.line);
    json_key(json, "startColumn");
    json_integer(json, begin.column);
    json_key(json, "endLine");
    json_integer(json, end.line);
    json_key(json, "endColumn");
    json_integer(json, end.column);
    json_end(json);
}

static void put_location(struct json *json, const char *file, const struct source *source,
                         struct span span)
{
    json_key(json, "locations");
    json_array(json);
    json_object(json);
    json_key(json, "physicalLocation");
    json_object(json);
    json_key(json, "artifactLocation");
    json_object(json);
    put_text(json, "uri", file);
    json_end(json);
    if (source)
        put_region(json, source, span);
    json_end(json);
    json_end(json);
    json_end(json);
}

static void step_message(const struct verified_step *step, bool is_hint, struct buf *out)
{
    if (step->verdict == STEP_REFUTED)
        buf_text(out, "false");
    else if (step->verdict == STEP_CARRIED)
        buf_text(out, "error carried forward");
    else
        buf_text(out, step->verdict == STEP_UNCHECKED ? "not read" : "not decided");
    struct buf reason;
    buf_init(&reason);
    tell_reason(&reason, step);
    if (reason.length > 0)
        buf_format(out, ": %s", buf_peek(&reason));
    for (size_t i = 0; i < step->repair_count && !is_hint; i++) {
        buf_text(out, i == 0 ? "; true with " : " or with ");
        tell_repair(out, &step->repairs[i]);
    }
    buf_clear(&reason);
}

static void put_step(struct json *json, const struct verification *verification,
                     const struct verified_step *step, bool is_hint)
{
    const struct source *source = &verification->documents[step->document].source;
    struct buf message;
    if (step->verdict <= STEP_PROVED)
        return;
    buf_init(&message);
    step_message(step, is_hint, &message);
    json_object(json);
    put_text(json, "ruleId", step_verdict_word(step->verdict));
    put_text(json, "level",
             step->verdict == STEP_REFUTED   ? "error"
             : step->verdict == STEP_CARRIED ? "warning"
                                             : "note");
    put_message(json, buf_peek(&message));
    put_location(json, source->name, source, step->right);
    json_end(json);
    buf_clear(&message);
}

static void put_document(struct json *json, const struct verified_document *document)
{
    for (size_t i = 0; i < document->diags.count; i++) {
        const struct diag *diag = &document->diags.items[i];
        struct buf message;
        buf_init(&message);
        diag_message(diag, &message);
        json_object(json);
        put_text(json, "ruleId", document->is_read ? "document" : "unreadable");
        put_text(json, "level", document->is_read ? "note" : "error");
        put_message(json, buf_peek(&message));
        put_location(json, document->source.name, diag->place.source, diag->place.span);
        json_end(json);
        buf_clear(&message);
    }
}

void sarif(struct json *json, const struct verification *verification, bool is_hint)
{
    json_object(json);
    put_text(json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    put_text(json, "version", "2.1.0");
    json_key(json, "runs");
    json_array(json);
    json_object(json);
    json_key(json, "tool");
    json_object(json);
    json_key(json, "driver");
    json_object(json);
    put_text(json, "name", "gradtex");
    put_text(json, "version", PACKAGE_VERSION);
    json_end(json);
    json_end(json);
    put_text(json, "columnKind", "unicodeCodePoints");
    json_key(json, "results");
    json_array(json);
    for (size_t i = 0; i < verification->step_count; i++)
        put_step(json, verification, &verification->steps[i], is_hint);
    for (size_t i = 0; i < verification->document_count; i++)
        put_document(json, &verification->documents[i]);
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
}
