#include "base/language.h"

#include <stdint.h>
#include <string.h>

extern const unsigned char language_de[], language_es[], language_fr[];

static const struct language languages[] = {
#define LANGUAGE(code, catalogue, zero_is_one, hyphenation)                              \
    {#code, catalogue, zero_is_one, hyphenation},
#include "base/language.def"
#undef LANGUAGE
};

const struct language *language_at(size_t i)
{
    return i < sizeof languages / sizeof *languages ? &languages[i] : NULL;
}

const struct language *language_find(const char *code)
{
    const struct language *language;
    for (size_t i = 0; (language = language_at(i)) != NULL; i++)
        if (strcmp(language->code, code) == 0)
            return language;
    return NULL;
}

/* An .mo file as msgfmt writes it, in words of 32 bits, the lowest byte first: magic,
   version, number of texts, place of the table of originals, place of the table of
   translations. A table has length and place of each text; the originals are sorted. */
enum {
    MO_COUNT = 8,
    MO_ORIGINALS = 12,
    MO_TRANSLATIONS = 16,
    MO_ENTRY = 8,
    MO_PLACE = 4
};

static uint32_t word_at(const unsigned char *catalogue, size_t place)
{
    const unsigned char *bytes = catalogue + place;
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static size_t length_at(const unsigned char *catalogue, size_t table, size_t i)
{
    return word_at(catalogue, word_at(catalogue, table) + i * MO_ENTRY);
}

static const char *text_at(const unsigned char *catalogue, size_t table, size_t i)
{
    size_t entry = word_at(catalogue, table) + i * MO_ENTRY;
    return (const char *)catalogue + word_at(catalogue, entry + MO_PLACE);
}

/* NULL for a text without translation. An original with a plural has that after its end,
   `*has_plural`; the empty text is that of the catalogue's head. */
static const char *find(const unsigned char *catalogue, const char *text,
                        bool *has_plural)
{
    if (!catalogue || !*text)
        return NULL;
    size_t low = 0, high = word_at(catalogue, MO_COUNT);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(text, text_at(catalogue, MO_ORIGINALS, middle));
        if (order == 0) {
            *has_plural = length_at(catalogue, MO_ORIGINALS, middle) > strlen(text);
            return text_at(catalogue, MO_TRANSLATIONS, middle);
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static const char *without_context(const char *text)
{
    const char *end = strchr(text, '\004');
    return end ? end + 1 : text;
}

const char *language_text(const struct language *language, const char *text)
{
    bool has_plural;
    const char *found = find(language->catalogue, text, &has_plural);
    return found ? found : without_context(text);
}

bool language_knows(const char *text)
{
    const struct language *language;
    bool has_plural;
    for (size_t i = 0; (language = language_at(i)) != NULL; i++)
        if (find(language->catalogue, text, &has_plural))
            return true;
    return false;
}

const char *language_counted(const struct language *language, size_t count,
                             const char *one, const char *many)
{
    bool is_one = count == 1 || (count == 0 && language->zero_is_one), has_plural;
    const char *found = find(language->catalogue, one, &has_plural);
    if (!found || !has_plural)
        return count == 1 ? one : many;
    return is_one ? found : found + strlen(found) + 1;
}

void language_fill(struct buf *out, const char *text, const char *const *arguments,
                   size_t count)
{
    for (; *text != '\0'; text++) {
        bool is_place =
            text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}';
        if (!is_place) {
            buf_char(out, *text);
            continue;
        }
        size_t k = (size_t)(text[1] - '1');
        if (k < count && arguments[k] != NULL)
            buf_text(out, arguments[k]);
        text += 2;
    }
}
