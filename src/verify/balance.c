#include "verify/balance.h"

#include "base/memory.h"

#include <ctype.h>
#include <string.h>

#define DEEPEST 10000
#define DEEPEST_WORD "10,000"

struct balance {
    const struct source *document;
    const char *text;
    uint32_t at, end;
    bool has_comments;
    struct span *open; /* `{` and `\left` that are not closed yet */
    size_t count, capacity;
    struct diags *diags;
};

static bool refuse(struct balance *b, enum diag_code code, struct span span)
{
    char *word = memory_strndup(b->text + span.begin, span.end - span.begin);
    bool is_deep = code == DIAG_FORMULA_TOO_DEEP;
    diag_at(b->diags, code, (struct place){b->document, span},
            is_deep ? DEEPEST_WORD : word, (char *)NULL);
    memory_free(word);
    return false;
}

static bool open_one(struct balance *b, struct span span)
{
    if (b->count == DEEPEST)
        return refuse(b, DIAG_FORMULA_TOO_DEEP, span);
    if (b->count == b->capacity) {
        b->capacity = 2 * b->capacity + 32;
        b->open = memory_array(b->open, b->capacity, sizeof *b->open);
    }
    b->open[b->count++] = span;
    return true;
}

static bool close_one(struct balance *b, struct span span)
{
    if (b->count == 0)
        return refuse(b, DIAG_FORMULA_UNOPENED, span);
    struct span opener = b->open[b->count - 1];
    if ((b->text[opener.begin] == '{') != (b->text[span.begin] == '}'))
        return refuse(b, DIAG_VERIFY_UNCLOSED, opener);
    b->count--;
    return true;
}

static bool is_word(const struct balance *b, struct span span, const char *word)
{
    size_t length = strlen(word);
    return span.end - span.begin == length &&
           memcmp(b->text + span.begin, word, length) == 0;
}

/* A command, or an escaped character. */
static bool take_command(struct balance *b)
{
    struct span span = {b->at, b->at + 1};
    while (span.end < b->end && isalpha((unsigned char)b->text[span.end]))
        span.end++;
    b->at = span.end > span.begin + 1 ? span.end : span.begin + 2;
    if (is_word(b, span, "\\left"))
        return open_one(b, span);
    return !is_word(b, span, "\\right") || close_one(b, span);
}

static bool take(struct balance *b)
{
    struct span here = {b->at, b->at + 1};
    char c = b->text[b->at];
    if (c == '\\')
        return take_command(b);
    if (c == '%' && b->has_comments)
        while (b->at < b->end && b->text[b->at] != '\n')
            b->at++;
    else
        b->at++;
    return c == '{' ? open_one(b, here) : c != '}' || close_one(b, here);
}

bool balance_check(const struct claims *claims, struct span display, bool has_comments,
                   struct diags *diags)
{
    struct balance b = {.document = claims->document,
                        .text = claims->text.text,
                        .at = display.begin,
                        .end = display.end,
                        .has_comments = has_comments,
                        .diags = diags};
    bool ok = true;
    while (ok && b.at < b.end)
        ok = take(&b);
    if (ok && b.count > 0)
        ok = refuse(&b, DIAG_VERIFY_UNCLOSED, b.open[b.count - 1]);
    memory_free(b.open);
    return ok;
}
