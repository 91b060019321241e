/* Templates of names, brought into canonical form: head, subscript, superscript. */
#include "net/spec_reader.h"

#include <string.h>

enum { TEMPLATE_LENGTH = 200 };

struct template_text {
    struct spec *spec;
    struct spec_cursor cursor;
    struct buf head, sub, sup;
};

static char peek(const struct template_text *t)
{
    return t->cursor.at < t->cursor.end ? t->spec->source->text[t->cursor.at] : '\0';
}

static bool fail_here(const struct template_text *t, enum diag_code code)
{
    uint32_t at = t->cursor.at;
    return spec_fail(t->spec, code, (struct span){at, at + (at < t->cursor.end)}, NULL);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void take(struct template_text *t, struct buf *out)
{
    buf_char(out, peek(t));
    t->cursor.at++;
}

/* `<to>` */
static bool take_placeholder(struct template_text *t, struct buf *out)
{
    while (peek(t) && peek(t) != '>' && peek(t) != ' ')
        take(t, out);
    if (peek(t) != '>')
        return fail_here(t, DIAG_TEMPLATE_PLACEHOLDER);
    take(t, out);
    return true;
}

/* A command with its braces, letters, or a placeholder. */
static bool take_head(struct template_text *t)
{
    if (peek(t) == '<')
        return take_placeholder(t, &t->head);
    if (peek(t) == '\\')
        take(t, &t->head);
    if (!is_letter(peek(t)))
        return fail_here(t, DIAG_TEMPLATE_HEAD);
    while (is_letter(peek(t)))
        take(t, &t->head);
    return true;
}

/* Up to the closing brace, which is taken; blanks are left out. */
static bool take_braces(struct template_text *t, struct buf *out)
{
    t->cursor.at++;
    while (peek(t) && peek(t) != '}') {
        if (peek(t) == '{')
            return fail_here(t, DIAG_TEMPLATE_SCRIPT);
        if (peek(t) == ' ')
            t->cursor.at++;
        else if (peek(t) != '<')
            take(t, out);
        else if (!take_placeholder(t, out))
            return false;
    }
    if (!peek(t) || out->length == 0)
        return fail_here(t, DIAG_TEMPLATE_SCRIPT);
    t->cursor.at++;
    return true;
}

static bool take_script(struct template_text *t)
{
    struct buf *out = peek(t) == '_' ? &t->sub : &t->sup;
    if (out->length > 0)
        return fail_here(t, DIAG_TEMPLATE_SCRIPT);
    t->cursor.at++;
    if (peek(t) == '{')
        return take_braces(t, out);
    if (peek(t) == '<')
        return take_placeholder(t, out);
    if (!is_letter(peek(t)) && !(peek(t) >= '0' && peek(t) <= '9'))
        return fail_here(t, DIAG_TEMPLATE_SCRIPT);
    take(t, out);
    return true;
}

static bool at_blank(const struct template_text *t)
{
    char c = peek(t);
    return !c || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '#';
}

static bool take_template(struct template_text *t)
{
    if (!take_head(t))
        return false;
    /* `\hat{y}`: the accent's letter. */
    if (peek(t) == '{' && t->head.data[0] == '\\') {
        struct buf letter;
        buf_init(&letter);
        bool good = take_braces(t, &letter);
        buf_format(&t->head, "{%s}", buf_peek(&letter));
        buf_clear(&letter);
        if (!good)
            return false;
    }
    while (peek(t) == '_' || peek(t) == '^')
        if (!take_script(t))
            return false;
    return at_blank(t) || fail_here(t, DIAG_TEMPLATE_BRACES);
}

static const char *join(const struct template_text *t)
{
    struct buf text;
    buf_init(&text);
    buf_text(&text, buf_peek(&t->head));
    if (t->sub.length > 0)
        buf_format(&text, "_{%s}", t->sub.data);
    if (t->sup.length > 0)
        buf_format(&text, "^{%s}", t->sup.data);
    const char *copy = arena_strndup(&t->spec->plan->arena, text.data, text.length);
    buf_clear(&text);
    return copy;
}

/* The placeholders are those that have a meaning here. */
static bool check(struct spec *spec, const struct plan_template *template,
                  unsigned places)
{
    struct template parsed;
    const char *error;
    if (template_init(&parsed, template->text, strlen(template->text), places, &error)) {
        template_clear(&parsed);
        return true;
    }
    return spec_fail(spec, DIAG_TEMPLATE_WRONG, template->span, error);
}

bool spec_template(struct spec *spec, struct spec_cursor *cursor, unsigned places,
                   struct plan_template *template)
{
    struct template_text t = {.spec = spec};
    spec_more(spec, cursor);
    t.cursor = *cursor;
    buf_init(&t.head);
    buf_init(&t.sub);
    buf_init(&t.sup);
    bool good = take_template(&t);
    template->span = (struct span){cursor->at, t.cursor.at};
    if (good && t.cursor.at - cursor->at > TEMPLATE_LENGTH)
        good = spec_fail(spec, DIAG_NAME_TOO_LONG, template->span, NULL);
    template->text = good ? join(&t) : NULL;
    cursor->at = t.cursor.at;
    buf_clear(&t.head);
    buf_clear(&t.sub);
    buf_clear(&t.sup);
    return good && check(spec, template, places);
}
