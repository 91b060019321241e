#include "data/sarif.h"

#include "tell/verdict_values.h"
#include "tell/verdict_words.h"

#include <string.h>

static void put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static void put_integer(struct json *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_integer(json, value);
}

static void open_object(struct json *json, const char *key)
{
    json_key(json, key);
    json_object(json);
}

static void open_array(struct json *json, const char *key)
{
    json_key(json, key);
    json_array(json);
}

static void put_message(struct json *json, const char *key, const char *text)
{
    open_object(json, key);
    put_text(json, "text", text);
    json_end(json);
}

/* A relative reference: what is no plain character of a path is percent-encoded. */
static void put_artifact(struct json *json, const struct source *source)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789-._~/";
    struct buf uri;

    buf_init(&uri);
    for (const char *c = source->name; *c != '\0'; c++)
        if (strchr(plain, *c) != NULL)
            buf_char(&uri, *c);
        else
            buf_format(&uri, "%%%02X", (unsigned char)*c);
    open_object(json, "artifactLocation");
    put_text(json, "uri", buf_peek(&uri));
    json_end(json);
    buf_clear(&uri);
}

static void put_region(struct json *json, const char *key, const struct place *place)
{
    struct position begin = source_position(place->source, place->span.begin);
    struct position end = source_position(place->source, place->span.end);

    open_object(json, key);
    put_integer(json, "startLine", begin.line);
    put_integer(json, "startColumn", begin.column);
    put_integer(json, "endLine", end.line);
    put_integer(json, "endColumn", end.column);
    json_end(json);
}

static void put_location(struct json *json, const struct place *place)
{
    json_object(json);
    open_object(json, "physicalLocation");
    put_artifact(json, place->source);
    if (place->source->line_count > 0)
        put_region(json, "region", place);
    json_end(json);
    json_end(json);
}

static const char *level_of(enum step_verdict verdict)
{
    return verdict == STEP_REFUTED || verdict == STEP_CARRIED ? "error" : "warning";
}

static void put_rules(struct json *json)
{
    open_array(json, "rules");
    for (int i = STEP_REFUTED; i < STEP_VERDICTS; i++) {
        enum step_verdict verdict = (enum step_verdict)i;

        json_object(json);
        put_text(json, "id", step_verdict_word(verdict));
        put_message(json, "shortDescription", verdict_word(verdict));
        open_object(json, "defaultConfiguration");
        put_text(json, "level", level_of(verdict));
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void put_tool(struct json *json)
{
    open_object(json, "tool");
    open_object(json, "driver");
    put_text(json, "name", "gradtex");
    put_text(json, "version", PACKAGE_VERSION);
    put_rules(json);
    json_end(json);
    json_end(json);
}

static void put_fix(struct json *json, const struct repair *repair,
                    const struct source *source)
{
    struct place place = {source, repair->span};
    struct buf text;

    buf_init(&text);
    verdict_repair(repair, language_at(0), &text);
    json_object(json);
    put_message(json, "description", buf_peek(&text));
    open_array(json, "artifactChanges");
    json_object(json);
    put_artifact(json, source);
    open_array(json, "replacements");
    json_object(json);
    put_region(json, "deletedRegion", &place);
    put_message(json, "insertedContent", repair->after);
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
    json_end(json);
    buf_clear(&text);
}

static void put_fixes(struct json *json, const struct verified_step *step,
                      const struct source *source)
{
    if (step->repair_count == 0)
        return;
    open_array(json, "fixes");
    for (size_t i = 0; i < step->repair_count; i++)
        put_fix(json, &step->repairs[i], source);
    json_end(json);
}

static void put_root(struct json *json, const struct verification *verification,
                     const struct verified_step *step)
{
    struct place root;

    if (step->carried_from == STEP_NONE)
        return;
    root = step_place(verification, &verification->steps[step->carried_from]);
    open_array(json, "relatedLocations");
    put_location(json, &root);
    json_end(json);
}

static void put_sentence(struct json *json, const struct verification *verification,
                         const struct verified_step *step)
{
    struct buf text;

    buf_init(&text);
    verdict_sentence(verification, step, language_at(0), &text);
    if (step->counterexample != NULL) {
        buf_text(&text, "; ");
        verdict_counterexample(step->counterexample, language_at(0), &text);
    }
    put_message(json, "message", buf_peek(&text));
    buf_clear(&text);
}

static void put_result(struct json *json, const struct verification *verification,
                       const struct verified_step *step)
{
    const struct source *source = &verification->documents[step->document].source;
    struct place place = {source, step->right};

    json_object(json);
    put_text(json, "ruleId", step_verdict_word(step->verdict));
    put_integer(json, "ruleIndex", (int64_t)step->verdict - STEP_REFUTED);
    put_text(json, "level", level_of(step->verdict));
    put_sentence(json, verification, step);
    open_array(json, "locations");
    put_location(json, &place);
    json_end(json);
    put_root(json, verification, step);
    put_fixes(json, step, source);
    json_end(json);
}

static void put_notification(struct json *json, const struct diag *item)
{
    struct buf message;

    buf_init(&message);
    diag_message(item, language_at(0), &message);
    json_object(json);
    put_text(json, "level", diag_severity_word(item));
    put_message(json, "message", buf_peek(&message));
    if (item->place.source != NULL) {
        open_array(json, "locations");
        put_location(json, &item->place);
        json_end(json);
    }
    json_end(json);
    buf_clear(&message);
}

/* What is said of documents as a whole. */
static void put_invocation(struct json *json, const struct verification *verification)
{
    bool is_read = true;

    for (size_t i = 0; i < verification->document_count; i++)
        is_read = is_read && verification->documents[i].is_read;
    open_array(json, "invocations");
    json_object(json);
    json_key(json, "executionSuccessful");
    json_boolean(json, is_read);
    open_array(json, "toolExecutionNotifications");
    for (size_t i = 0; i < verification->document_count; i++)
        for (size_t k = 0; k < verification->documents[i].diags.count; k++)
            put_notification(json, &verification->documents[i].diags.items[k]);
    json_end(json);
    json_end(json);
    json_end(json);
}

static void put_run(struct json *json, const struct verification *verification)
{
    json_object(json);
    put_tool(json);
    put_invocation(json, verification);
    put_text(json, "columnKind", "unicodeCodePoints");
    open_array(json, "results");
    for (size_t i = 0; i < verification->step_count; i++)
        if (verification->steps[i].verdict >= STEP_REFUTED)
            put_result(json, verification, &verification->steps[i]);
    json_end(json);
    json_end(json);
}

void sarif(struct json *json, const struct verification *verification)
{
    json_object(json);
    put_text(json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    put_text(json, "version", "2.1.0");
    open_array(json, "runs");
    put_run(json, verification);
    json_end(json);
    json_end(json);
}
