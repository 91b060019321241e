#include "data/junit.h"

#include "data/verify_json.h"
#include "tell/tell_verdict.h"

/* XML 1.0 has no control characters but blanks; they become U+FFFD. */
static void put_escaped(struct buf *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '&')
            buf_text(out, "&amp;");
        else if (c == '<')
            buf_text(out, "&lt;");
        else if (c == '>')
            buf_text(out, "&gt;");
        else if (c == '"')
            buf_text(out, "&quot;");
        else if (c == '\n' || c == '\t' || c == '\r')
            buf_format(out, "&#%d;", c);
        else if (c < 0x20 || c == 0x7F)
            buf_text(out, "\xEF\xBF\xBD");
        else
            buf_char(out, (char)c);
    }
}

static void put_attribute(struct buf *out, const char *name, const char *value)
{
    buf_format(out, " %s=\"", name);
    put_escaped(out, value);
    buf_char(out, '"');
}

static void put_message(struct buf *out, const char *element,
                        const struct verified_step *step, bool is_hint)
{
    struct buf message;
    buf_init(&message);
    tell_reason(&message, step);
    for (size_t i = 0; i < step->repair_count && !is_hint; i++) {
        buf_text(&message, message.length > 0 ? "; " : "");
        tell_repair(&message, &step->repairs[i]);
    }
    buf_format(out, "      <%s", element);
    put_attribute(out, "message",
                  message.length > 0 ? buf_peek(&message)
                                     : step_verdict_word(step->verdict));
    buf_text(out, "/>\n");
    buf_clear(&message);
}

static void put_step(struct buf *out, const struct source *source,
                     const struct verified_step *step, bool is_hint)
{
    struct buf name;
    struct position at = source_position(source, step->right.begin);
    bool is_false = step->verdict == STEP_REFUTED || step->verdict == STEP_CARRIED;
    buf_init(&name);
    buf_format(&name, "%u.%u line %u: ", step->equation, step->member, at.line);
    verify_text(&name, source, step->left);
    buf_text(&name, " = ");
    verify_text(&name, source, step->right);
    buf_text(out, "    <testcase");
    put_attribute(out, "classname", source->name);
    put_attribute(out, "name", buf_peek(&name));
    buf_clear(&name);
    if (step->verdict <= STEP_PROVED) {
        buf_text(out, "/>\n");
        return;
    }
    buf_text(out, ">\n");
    put_message(out, is_false ? "failure" : "skipped", step, is_hint);
    buf_text(out, "    </testcase>\n");
}

static void put_unread(struct buf *out, const struct verified_document *document)
{
    struct buf message;
    buf_init(&message);
    diags_print(&document->diags, &message);
    buf_text(out, "    <testcase name=\"document\">\n      <error");
    put_attribute(out, "message", buf_peek(&message));
    buf_text(out, "/>\n    </testcase>\n");
    buf_clear(&message);
}

static void put_suite(struct buf *out, const struct verification *verification,
                      size_t index, bool is_hint)
{
    const struct verified_document *document = &verification->documents[index];
    size_t tests = 0, failures = 0, skipped = 0;
    for (size_t i = 0; i < verification->step_count; i++) {
        const struct verified_step *step = &verification->steps[i];
        if (step->document != index)
            continue;
        tests++;
        failures += step->verdict == STEP_REFUTED || step->verdict == STEP_CARRIED;
        skipped += step->verdict >= STEP_PROBABLE;
    }
    buf_text(out, "  <testsuite");
    put_attribute(out, "name", document->source.name);
    buf_format(out, " tests=\"%zu\" failures=\"%zu\" skipped=\"%zu\" errors=\"%d\">\n",
               tests + !document->is_read, failures, skipped, !document->is_read);
    if (!document->is_read)
        put_unread(out, document);
    for (size_t i = 0; i < verification->step_count; i++)
        if (verification->steps[i].document == index)
            put_step(out, &document->source, &verification->steps[i], is_hint);
    buf_text(out, "  </testsuite>\n");
}

void junit(struct buf *out, const struct verification *verification, bool is_hint)
{
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (size_t i = 0; i < verification->document_count; i++)
        put_suite(out, verification, i, is_hint);
    buf_text(out, "</testsuites>\n");
}
