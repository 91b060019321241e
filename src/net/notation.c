#include "net/notation.h"

#include "base/language.h"
#include "base/memory.h"

#include <inttypes.h>
#include <string.h>

static const char *const place_names[PLACE_COUNT] = {
    [PLACE_TO] = "<to>",
    [PLACE_FROM] = "<from>",
    [PLACE_SOURCE] = "<source>",
    [PLACE_SOURCE_UNIT] = "<source-unit>",
    [PLACE_LAYER] = "<layer>",
    [PLACE_EDGE] = "<edge>",
    [PLACE_EDGE_ALL] = "<edge-all>",
    [PLACE_UNIT] = "<unit>",
    [PLACE_NAME] = "<name>",
    [PLACE_WEIGHT] = "<weight>",
    [PLACE_SAMPLE] = "<sample>",
};

static const char digits[] = "0123456789";

static bool is_text_place(enum placeholder place)
{
    return place == PLACE_SOURCE || place == PLACE_NAME || place == PLACE_WEIGHT;
}

static bool is_number(const struct template_piece *piece)
{
    return piece->text == NULL && !is_text_place(piece->placeholder);
}

static bool is_digits(const struct template_piece *piece)
{
    return piece->text != NULL && strspn(piece->text, digits) >= piece->length;
}

/* The placeholder at the start of the text; PLACE_COUNT if there is none of this name. */
static enum placeholder place_at(const char *text)
{
    enum placeholder place = 0;

    while (place < PLACE_COUNT &&
           strncmp(text, place_names[place], strlen(place_names[place])) != 0)
        place++;
    return place;
}

static struct template_piece *add_piece(struct template *template, const char **error)
{
    if (template->count == TEMPLATE_PIECES) {
        *error = NC_("diagnostic", "it has too many parts");
        return NULL;
    }
    return &template->pieces[template->count++];
}

static const char *add_placeholder(struct template *template, const char *text,
                                   unsigned allowed, const char **error)
{
    enum placeholder place = place_at(text);
    struct template_piece *piece;

    if (place == PLACE_COUNT)
        *error = NC_("diagnostic",
                     "what stands in <...> is no placeholder; <to>, <from> and <layer> "
                     "are, gradtex-spec(5) has all");
    else if ((allowed >> place & 1) == 0)
        *error = NC_("diagnostic", "one of its placeholders has no meaning here");
    else if ((piece = add_piece(template, error)) != NULL)
        *piece = (struct template_piece){.placeholder = place};
    return *error != NULL ? NULL : text + strlen(place_names[place]);
}

static const char *add_literal(struct template *template, const char *text,
                               const char **error)
{
    struct template_piece *piece = add_piece(template, error);
    size_t length = strcspn(text, "<");

    if (piece == NULL)
        return NULL;
    *piece = (struct template_piece){
        .text = text, .length = length, .placeholder = PLACE_COUNT};
    return text + length;
}

bool template_init(struct template *template, const char *text, size_t length,
                   unsigned allowed, const char **error)
{
    const char *rest;

    *template = (struct template){.source = memory_strndup(text, length)};
    *error = NULL;
    rest = template->source;
    while (rest != NULL && *rest != '\0')
        rest = *rest == '<' ? add_placeholder(template, rest, allowed, error)
                            : add_literal(template, rest, error);
    if (*error != NULL)
        template_clear(template);
    return *error == NULL;
}

void template_clear(struct template *template)
{
    memory_free(template->source);
    *template = (struct template){0};
}

bool template_uses(const struct template *template, enum placeholder placeholder)
{
    for (size_t i = 0; i < template->count; i++)
        if (template->pieces[i].text == NULL &&
            template->pieces[i].placeholder == placeholder)
            return true;
    return false;
}

/* The nearest piece on one side (step -1 or 1) that is not made of digits alone; NULL at
   the end. */
static const struct template_piece *neighbour(const struct template *template, size_t at,
                                              int step)
{
    for (size_t i = at + (size_t)step; i < template->count; i += (size_t)step)
        if (!is_digits(&template->pieces[i]))
            return &template->pieces[i];
    return NULL;
}

bool template_is_joined(const struct template *template, size_t piece)
{
    const struct template_piece *before, *after;

    if (!is_number(&template->pieces[piece]))
        return false;
    before = neighbour(template, piece, -1);
    after = neighbour(template, piece, 1);
    return (before != NULL && is_number(before)) || (after != NULL && is_number(after));
}

bool template_is_readable(const struct template *template)
{
    for (size_t i = 0; template->commas && i + 1 < template->count; i++)
        if (template_is_joined(template, i) && is_digits(&template->pieces[i + 1]) &&
            neighbour(template, i, 1) != NULL && is_number(neighbour(template, i, 1)))
            return false;
    return true;
}

/* Whether a comma stands before this piece. */
static bool needs_comma(const struct template *template, size_t i)
{
    return template->commas && i > 0 && is_number(&template->pieces[i]) &&
           is_number(&template->pieces[i - 1]);
}

void template_write(const struct template *template, const struct template_values *values,
                    struct buf *out)
{
    for (size_t i = 0; i < template->count; i++) {
        const struct template_piece *piece = &template->pieces[i];

        if (needs_comma(template, i))
            buf_char(out, ',');
        if (piece->text != NULL)
            buf_bytes(out, piece->text, piece->length);
        else if (is_text_place(piece->placeholder))
            buf_text(out, values->texts[piece->placeholder]);
        else
            buf_format(out, "%" PRId64, values->numbers[piece->placeholder]);
    }
}

static bool read_text(const char **at, const char *text, size_t length)
{
    if (text == NULL || strncmp(*at, text, length) != 0)
        return false;
    *at += length;
    return true;
}

/* How many digits belong to the number: one where numbers run together, else all that the
   literal behind it does not need. */
static size_t number_length(const struct template *template, size_t i, const char *at)
{
    const struct template_piece *next =
        i + 1 < template->count ? &template->pieces[i + 1] : NULL;
    size_t run = strspn(at, digits), kept = 0;

    if (!template->commas && template_is_joined(template, i))
        return run > 0;
    if (next != NULL && next->text != NULL)
        kept = strspn(next->text, digits) < next->length ? strspn(next->text, digits)
                                                         : next->length;
    return run > kept ? run - kept : 0;
}

/* No leading zeros, and nothing that could overflow. */
static bool read_number(const char **at, size_t length, int64_t *value)
{
    *value = 0;
    if (length == 0 || length > 18 || (length > 1 && **at == '0'))
        return false;
    for (; length > 0; length--)
        *value = 10 * *value + (*(*at)++ - '0');
    return true;
}

bool template_read(const struct template *template, const char *canonical,
                   struct template_values *values)
{
    unsigned seen = 0;

    for (size_t i = 0; i < template->count; i++) {
        const struct template_piece *piece = &template->pieces[i];
        enum placeholder place = piece->placeholder;
        int64_t number;

        if (needs_comma(template, i) && *canonical++ != ',')
            return false;
        if (!is_number(piece)) {
            const char *text = piece->text != NULL ? piece->text : values->texts[place];
            size_t length =
                piece->text != NULL || text == NULL ? piece->length : strlen(text);
            if (!read_text(&canonical, text, length))
                return false;
            continue;
        }
        if (!read_number(&canonical, number_length(template, i, canonical), &number) ||
            ((seen >> place & 1) != 0 && values->numbers[place] != number))
            return false;
        seen |= 1u << place;
        values->numbers[place] = number;
    }
    return *canonical == '\0';
}

void template_bind(const char *text, enum placeholder placeholder, const char *value,
                   struct buf *out)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "<");

        buf_bytes(out, text, length);
        text += length;
        if (*text == '<' && place_at(text) == placeholder) {
            buf_text(out, value);
            text += strlen(place_names[placeholder]);
        } else if (*text == '<') {
            buf_char(out, *text++);
        }
    }
}
