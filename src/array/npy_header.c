#include "array/npy_header.h"

#include <string.h>

enum { SIZE_DIGITS = 18 };

enum key { KEY_TYPE, KEY_ORDER, KEY_SHAPE, KEYS };

static const char *const keys[KEYS] = {"descr", "fortran_order", "shape"};

struct header {
    struct npy *npy;
    const char *text;
    size_t length, at, offset; /* of the text in the file */
    const struct array_origin *origin;
};

struct slice {
    const char *text;
    size_t length;
};

static bool expect(const struct header *header, const char *what)
{
    struct buf place;
    buf_init(&place);
    buf_format(&place, "%zu", header->offset + header->at);
    diag_at(header->origin->diags, DIAG_ARRAY_HEADER, header->origin->place,
            header->origin->label, buf_peek(&place), what, NULL);
    buf_clear(&place);
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void skip_blanks(struct header *header)
{
    while (header->at < header->length && is_blank(header->text[header->at]))
        header->at++;
}

static bool looks_at(struct header *header, char c)
{
    skip_blanks(header);
    return header->at < header->length && header->text[header->at] == c;
}

static bool accept(struct header *header, char c)
{
    bool found = looks_at(header, c);
    header->at += found;
    return found;
}

static bool accept_word(struct header *header, const char *word)
{
    size_t length = strlen(word);
    bool found = looks_at(header, word[0]) && header->length - header->at >= length &&
                 memcmp(header->text + header->at, word, length) == 0;
    header->at += found ? length : 0;
    return found;
}

/* In either kind of quotes; without escapes. */
static bool read_string(struct header *header, struct slice *string)
{
    if (!looks_at(header, '\'') && !looks_at(header, '"'))
        return expect(header, NC_("diagnostic", "a string"));
    char quote = header->text[header->at++];
    string->text = header->text + header->at;
    const char *end = memchr(string->text, quote, header->length - header->at);
    if (!end)
        return expect(header, NC_("diagnostic", "a string that ends"));
    string->length = (size_t)(end - string->text);
    header->at += string->length + 1;
    return true;
}

static bool read_size(struct header *header, int64_t *size)
{
    skip_blanks(header);
    size_t begin = header->at;
    *size = 0;
    while (header->at < header->length && header->text[header->at] >= '0' &&
           header->text[header->at] <= '9' && header->at - begin < SIZE_DIGITS)
        *size = 10 * *size + (header->text[header->at++] - '0');
    return header->at > begin ||
           expect(header, NC_("diagnostic", "a size, of at most eighteen digits,"));
}

/* `()`, `(3,)`, `(3, 4)`: one size needs its comma, as in Python. */
static bool read_shape(struct header *header)
{
    struct npy_shape *shape = &header->npy->shape;
    bool comma = true;
    if (!accept(header, '('))
        return expect(header, NC_("diagnostic", "( of a shape"));
    while (!looks_at(header, ')')) {
        if (!comma)
            return expect(header, NC_("diagnostic", "a comma or )"));
        if (shape->dimensions == NPY_DIMENSIONS)
            return expect(header, NC_("diagnostic", "), after at most 32 sizes,"));
        if (!read_size(header, &shape->sizes[shape->dimensions++]))
            return false;
        comma = accept(header, ',');
    }
    if (shape->dimensions == 1 && !comma)
        return expect(header, NC_("diagnostic", "a comma after a single size"));
    header->at++;
    return true;
}

static bool refuse_type(const struct header *header, struct slice type)
{
    struct buf text;
    buf_init(&text);
    buf_bytes(&text, type.text, type.length);
    diag_at(header->origin->diags, DIAG_ARRAY_TYPE, header->origin->place,
            header->origin->label, buf_peek(&text), NULL);
    buf_clear(&text);
    return false;
}

static bool take_type(struct header *header, struct slice type)
{
    static const char kinds[] = "biuf"; /* in the order of enum npy_kind */
    const char *text = type.text;
    const char *kind = type.length == 3 ? memchr(kinds, text[1], 4) : NULL;
    if (!kind || !strchr("<>|", text[0]) || !strchr("1248", text[2]))
        return refuse_type(header, type);
    struct npy *npy = header->npy;
    npy->kind = (enum npy_kind)(kind - kinds);
    npy->width = (size_t)(text[2] - '0');
    npy->is_big_endian = text[0] == '>';
    if ((npy->width == 1 ? npy->kind == NPY_FLOAT : text[0] == '|') ||
        (npy->kind == NPY_BOOL && npy->width != 1))
        return refuse_type(header, type);
    return true;
}

static bool read_type(struct header *header)
{
    struct slice type;
    if (looks_at(header, '['))
        return diag_at(header->origin->diags, DIAG_ARRAY_RECORDS, header->origin->place,
                       header->origin->label, NULL);
    if (!read_string(header, &type))
        return false;
    if (memchr(type.text, 'O', type.length))
        return diag_at(header->origin->diags, DIAG_ARRAY_OBJECTS, header->origin->place,
                       header->origin->label, NULL);
    return take_type(header, type);
}

static bool read_order(struct header *header)
{
    header->npy->is_fortran = accept_word(header, "True");
    return header->npy->is_fortran || accept_word(header, "False") ||
           expect(header, NC_("diagnostic", "True or False"));
}

static bool read_key(struct header *header, bool *seen)
{
    struct slice word;
    struct header before = *header;
    if (!read_string(header, &word))
        return false;
    for (enum key key = 0; key < KEYS; key++) {
        if (strlen(keys[key]) != word.length ||
            memcmp(keys[key], word.text, word.length) != 0 || seen[key])
            continue;
        seen[key] = true;
        if (!accept(header, ':'))
            return expect(header, NC_("diagnostic", "a colon"));
        return key == KEY_TYPE    ? read_type(header)
               : key == KEY_ORDER ? read_order(header)
                                  : read_shape(header);
    }
    return expect(
        &before,
        NC_("diagnostic", "one of 'descr', 'fortran_order' and 'shape', each once,"));
}

bool npy_read_header(struct npy *npy, const char *text, size_t length, size_t at,
                     const struct array_origin *origin)
{
    struct header header = {npy, text, length, 0, at, origin};
    bool seen[KEYS] = {false}, comma = true;
    if (!accept(&header, '{'))
        return expect(&header, "{");
    while (!accept(&header, '}')) {
        if (!comma)
            return expect(&header, NC_("diagnostic", "a comma or }"));
        if (!read_key(&header, seen))
            return false;
        comma = accept(&header, ',');
    }
    for (enum key key = 0; key < KEYS; key++)
        if (!seen[key])
            return expect(&header, keys[key]);
    skip_blanks(&header);
    return header.at == length || expect(&header, NC_("diagnostic", "the end"));
}
