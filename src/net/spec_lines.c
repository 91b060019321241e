#include "net/spec_lines.h"

#include "base/memory.h"

#include <stdio.h>
#include <string.h>

void spec_lines_init(struct spec_lines *lines, const struct source *source,
                     const struct budget *budget, struct diags *diags)
{
    memset(lines, 0, sizeof *lines);
    lines->source = source;
    lines->budget = budget;
    lines->diags = diags;
}

void spec_lines_clear(struct spec_lines *lines)
{
    memory_free(lines->open);
    memset(lines, 0, sizeof *lines);
}

static char here(const struct spec_lines *lines)
{
    return lines->at < lines->source->length ? lines->source->text[lines->at] : '\0';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r' || c == '\0';
}

static void skip_comment(struct spec_lines *lines)
{
    while (!is_line_end(here(lines)))
        lines->at++;
}

static bool fail(struct spec_lines *lines, enum diag_code code, uint32_t at,
                 const char *text)
{
    lines->failed = true;
    return diag_at(lines->diags, code, source_place(lines->source, at, at + 1), text,
                   (char *)NULL);
}

static bool refuse_depth(struct spec_lines *lines)
{
    char depth[32];
    snprintf(depth, sizeof depth, "%u", lines->budget->depth);
    return fail(lines, DIAG_FORMULA_TOO_DEEP, lines->at, depth);
}

static bool push(struct spec_lines *lines)
{
    if (lines->count >= lines->budget->depth)
        return refuse_depth(lines);
    if (lines->count == lines->capacity) {
        lines->capacity = 2 * lines->capacity + 16;
        lines->open = memory_array(lines->open, lines->capacity, sizeof *lines->open);
    }
    lines->open[lines->count++] = lines->at;
    return true;
}

/* A closing bracket; that it closes nothing, or another kind, is for the parser to say.
 */
static void pop(struct spec_lines *lines)
{
    if (lines->count > 0)
        lines->count--;
}

/* A string ends on its line; the cursor is left on its closing quote. */
static bool skip_string(struct spec_lines *lines)
{
    uint32_t begin = lines->at++;
    while (!is_line_end(here(lines)) && here(lines) != '"')
        lines->at++;
    return here(lines) == '"' || fail(lines, DIAG_SPEC_STRING, begin, NULL);
}

/* Moves over one character of a statement. */
static bool advance(struct spec_lines *lines)
{
    char c = here(lines);
    if (c == '#') {
        skip_comment(lines);
        return true;
    }
    if (c == '"' && !skip_string(lines))
        return false;
    if (strchr("([{", c) && !push(lines))
        return false;
    if (strchr(")]}", c))
        pop(lines);
    lines->at++;
    return true;
}

static void skip_blanks(struct spec_lines *lines)
{
    while (lines->at < lines->source->length) {
        char c = here(lines);
        if (c == '#')
            skip_comment(lines);
        else if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            lines->at++;
        else
            return;
    }
}

static bool read_one(struct spec_lines *lines, struct span *statement)
{
    const char *text = lines->source->text;
    uint32_t last = lines->at;
    statement->begin = lines->at;
    lines->count = 0;
    while (lines->at < lines->source->length &&
           (lines->count > 0 || !is_line_end(here(lines)))) {
        bool visible = !strchr(" \t\r\n#", here(lines));
        if (!advance(lines))
            return false;
        if (visible)
            last = lines->at;
    }
    statement->end = last;
    if (lines->count == 0)
        return true;
    uint32_t at = lines->open[lines->count - 1];
    char bracket[2] = {text[at], '\0'};
    return fail(lines, DIAG_FORMULA_UNCLOSED, at, bracket);
}

bool spec_lines_next(struct spec_lines *lines, struct span *statement)
{
    skip_blanks(lines);
    return !lines->failed && lines->at < lines->source->length &&
           read_one(lines, statement);
}
