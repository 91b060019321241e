#include "net/spec_reader.h"

#include "base/memory.h"
#include "base/name.h"
#include "tex/parse.h"

#include <stdlib.h>
#include <string.h>

enum { RANGE_LIMIT = 100000, INTEGER_DIGITS = 9 };

struct place spec_place(const struct spec *spec, struct span span)
{
    return (struct place){spec->source, span};
}

bool spec_fail(const struct spec *spec, enum diag_code code, struct span span,
               const char *text)
{
    return diag_at(spec->diags, code, spec_place(spec, span), text, (char *)NULL);
}

const char *spec_text(struct spec *spec, struct span span)
{
    return arena_strndup(&spec->plan->arena, spec->source->text + span.begin,
                         span.end - span.begin);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool spec_more(const struct spec *spec, struct spec_cursor *cursor)
{
    const char *text = spec->source->text;
    while (cursor->at < cursor->end) {
        if (text[cursor->at] == '#')
            while (cursor->at < cursor->end && text[cursor->at] != '\n' &&
                   text[cursor->at] != '\r')
                cursor->at++;
        else if (is_blank(text[cursor->at]))
            cursor->at++;
        else
            return true;
    }
    return false;
}

bool spec_looks_at(const struct spec *spec, struct spec_cursor *cursor, char c)
{
    return spec_more(spec, cursor) && spec->source->text[cursor->at] == c;
}

bool spec_accept(const struct spec *spec, struct spec_cursor *cursor, char c)
{
    bool found = spec_looks_at(spec, cursor, c);
    cursor->at += found;
    return found;
}

struct span spec_word(const struct spec *spec, struct spec_cursor *cursor)
{
    spec_more(spec, cursor);
    struct span word = {cursor->at, cursor->at};
    while (word.end < cursor->end && !is_blank(spec->source->text[word.end]) &&
           spec->source->text[word.end] != '#')
        word.end++;
    cursor->at = word.end;
    return word;
}

bool spec_is_word(const struct spec *spec, struct span span, const char *word)
{
    return span.end - span.begin == strlen(word) &&
           memcmp(spec->source->text + span.begin, word, strlen(word)) == 0;
}

bool spec_accept_word(const struct spec *spec, struct spec_cursor *cursor,
                      const char *word)
{
    struct spec_cursor after = *cursor;
    if (!spec_is_word(spec, spec_word(spec, &after), word))
        return false;
    *cursor = after;
    return true;
}

bool spec_at_end(const struct spec *spec, struct spec_cursor *cursor)
{
    if (!spec_more(spec, cursor))
        return true;
    return spec_fail(spec, DIAG_SPEC_REST, (struct span){cursor->at, cursor->end}, NULL);
}

bool spec_first(struct spec *spec, enum spec_once slot, struct span keyword)
{
    struct span *before = &spec->once[slot];
    if (before->end == 0) {
        *before = keyword;
        return true;
    }
    spec_fail(spec, DIAG_SPEC_TWICE, keyword, spec_text(spec, keyword));
    return spec_fail(spec, DIAG_NOTE_HERE, *before, spec_text(spec, *before));
}

bool spec_integer(struct spec *spec, struct spec_cursor *cursor, long *value)
{
    spec_more(spec, cursor);
    const char *text = spec->source->text;
    uint32_t begin = cursor->at, at = begin;
    at += at < cursor->end && text[at] == '-';
    uint32_t digits = at;
    while (at < cursor->end && text[at] >= '0' && text[at] <= '9')
        at++;
    if (at == digits || at - digits > INTEGER_DIGITS)
        return spec_fail(spec, DIAG_SPEC_INTEGER, (struct span){begin, at}, NULL);
    *value = strtol(spec_text(spec, (struct span){begin, at}), NULL, 10);
    cursor->at = at;
    return true;
}

static struct parse parse_of(struct spec *spec)
{
    return (struct parse){spec->source, &spec->trees, spec->budget, spec->diags, '#'};
}

const struct parse_node *spec_name_node(struct spec *spec, struct spec_cursor *cursor)
{
    struct parse parse = parse_of(spec);
    if (!spec_more(spec, cursor)) {
        spec_fail(spec, DIAG_NAME_EXPECTED, (struct span){cursor->at, cursor->at}, NULL);
        return NULL;
    }
    const struct parse_node *node =
        parse_name(&parse, (struct span){cursor->at, cursor->end});
    if (node)
        cursor->at = node->span.end;
    return node;
}

const struct parse_node *spec_formula(struct spec *spec, struct span span)
{
    struct parse parse = parse_of(spec);
    return parse_formula(&parse, span);
}

struct elaborate spec_elaborate(struct spec *spec, struct bindings *bindings)
{
    return (struct elaborate){spec->source, &spec->scope, bindings, spec->budget,
                              spec->diags,  &spec->steps, false,    false};
}

const char *spec_name(struct spec *spec, struct spec_cursor *cursor, struct span *span)
{
    struct bindings none = {0};
    struct elaborate context = spec_elaborate(spec, &none);
    const struct parse_node *node = spec_name_node(spec, cursor);
    struct buf canonical;
    const char *name = NULL;
    if (!node)
        return NULL;
    buf_init(&canonical);
    *span = node->span;
    if (elaborate_declared(&context, node, &canonical))
        name = arena_strndup(&spec->plan->arena, canonical.data, canonical.length);
    buf_clear(&canonical);
    return name;
}

/* --- lists of names --- */

/* The number that a subscript is, or -1. */
static int64_t sub_number(const struct name *name)
{
    char digits[INTEGER_DIGITS + 1] = {0};
    if (name->sub_length == 0 || name->sub_length > INTEGER_DIGITS)
        return -1;
    memcpy(digits, name->sub, name->sub_length);
    return strspn(digits, "0123456789") == name->sub_length ? atol(digits) : -1;
}

static bool same_but_sub(const struct name *a, const struct name *b)
{
    return a->head_length == b->head_length && a->sup_length == b->sup_length &&
           memcmp(a->head, b->head, a->head_length) == 0 &&
           memcmp(a->sup, b->sup, a->sup_length) == 0;
}

static void push_numbered(struct spec *spec, struct name name, int64_t number,
                          struct plan_names *names, struct span span)
{
    struct buf sub, text;
    buf_init(&sub);
    buf_init(&text);
    buf_format(&sub, "%lld", (long long)number);
    name.sub = buf_peek(&sub);
    name.sub_length = sub.length;
    name_join(&text, &name);
    plan_names_push(names, arena_strndup(&spec->plan->arena, text.data, text.length), -1,
                    span);
    buf_clear(&sub);
    buf_clear(&text);
}

bool spec_name_range(struct spec *spec, const struct plan_name *first,
                     const struct plan_name *last, struct plan_names *names)
{
    struct name a, b;
    struct span span = span_join(first->span, last->span);
    if (!name_split(&a, first->name) || !name_split(&b, last->name) ||
        !same_but_sub(&a, &b) || sub_number(&a) < 0 || sub_number(&b) < sub_number(&a))
        return spec_fail(spec, DIAG_SPEC_RANGE, span, NULL);
    if (sub_number(&b) - sub_number(&a) >= RANGE_LIMIT)
        return spec_fail(spec, DIAG_SPEC_RANGE_LONG, span, NULL);
    for (int64_t i = sub_number(&a); i <= sub_number(&b); i++)
        push_numbered(spec, a, i, names, span);
    return true;
}

static bool accept_dots(const struct spec *spec, struct spec_cursor *cursor)
{
    spec_more(spec, cursor);
    bool dots = cursor->at + 2 <= cursor->end &&
                memcmp(spec->source->text + cursor->at, "..", 2) == 0;
    cursor->at += dots ? 2 : 0;
    return dots;
}

bool spec_at_number(const struct spec *spec, struct spec_cursor *cursor)
{
    if (!spec_more(spec, cursor))
        return false;
    char c = spec->source->text[cursor->at];
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
}

/* The number of a family, from 1 to PLAN_WIDTH. */
static bool read_width(struct spec *spec, struct spec_cursor *cursor, int64_t *size)
{
    struct spec_cursor number = *cursor;
    struct span word = spec_word(spec, cursor);
    if (word.end > word.begin && spec->source->text[word.end - 1] == ',')
        cursor->at = --word.end;
    size_t digits = strspn(spec_text(spec, word), "0123456789");
    long value;
    if (digits != word.end - word.begin)
        return spec_fail(spec, DIAG_SPEC_WIDTH, word, spec_text(spec, word));
    if (digits > INTEGER_DIGITS || !spec_integer(spec, &number, &value) ||
        value > PLAN_WIDTH)
        return spec_fail(spec, DIAG_SPEC_WIDE, word, NULL);
    if (value == 0)
        return spec_fail(spec, DIAG_SPEC_WIDTH, word, "0");
    *size = value;
    return true;
}

bool spec_family(struct spec *spec, struct spec_cursor *cursor, struct plan_name *item)
{
    struct name parts;
    if (!name_split(&parts, item->name) || parts.sub_length > 0 || parts.sup_length > 0)
        return spec_fail(spec, DIAG_SPEC_FAMILY, item->span, item->name);
    return read_width(spec, cursor, &item->size);
}

static bool read_item(struct spec *spec, struct spec_cursor *cursor,
                      struct plan_names *names)
{
    struct plan_name item = {.size = -1}, last = {.size = -1};
    item.name = spec_name(spec, cursor, &item.span);
    if (!item.name)
        return false;
    if (accept_dots(spec, cursor)) {
        last.name = spec_name(spec, cursor, &last.span);
        return last.name && spec_name_range(spec, &item, &last, names);
    }
    if (spec_at_number(spec, cursor) && !spec_family(spec, cursor, &item))
        return false;
    plan_names_push(names, item.name, item.size, item.span);
    return true;
}

bool spec_names(struct spec *spec, struct spec_cursor cursor, struct plan_names *names)
{
    do {
        if (!read_item(spec, &cursor, names))
            return false;
    } while (spec_accept(spec, &cursor, ',') || spec_more(spec, &cursor));
    return true;
}
