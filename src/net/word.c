#include "net/word.h"

#include "base/name.h"
#include "base/utf8.h"

#include <string.h>

void word_init(struct word *word)
{
    buf_init(&word->head);
    buf_init(&word->sub);
    buf_init(&word->sup);
    word->has_sub = word->has_sup = false;
}

void word_clear(struct word *word)
{
    buf_clear(&word->head);
    buf_clear(&word->sub);
    buf_clear(&word->sup);
}

/* Superscript and subscript characters, with what they stand for. */
static const char *const above = "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁽(⁾)";
static const char *const below = "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₍(₎)";

static char script_character(const char *table, const char *text, size_t length)
{
    const char *found;
    char wanted[8] = "";

    if (length < 2 || length > 4)
        return '\0';
    memcpy(wanted, text, length);
    found = strstr(table, wanted);
    return found != NULL ? found[length] : '\0';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_script_character(const char *at)
{
    size_t length = utf8_read(at, strlen(at), NULL);

    return script_character(above, at, length) != '\0' ||
           script_character(below, at, length) != '\0';
}

/* Appends to a text, turning Greek letters into commands and dropping blanks. */
static const char *take_character(const char *at, struct buf *out)
{
    size_t length = utf8_read(at, strlen(at), NULL);
    const char *command;

    length = length == 0 ? 1 : length;
    command = length > 1 ? name_greek_from_unicode(at, length) : NULL;
    if (command != NULL)
        buf_text(out, command);
    else if (*at != ' ')
        buf_bytes(out, at, length);
    return at + length;
}

static const char *take_group(const char *at, struct buf *out)
{
    size_t depth = 0;

    do {
        depth += *at == '{';
        depth -= *at == '}';
        at = take_character(at, out);
    } while (depth > 0 && *at != '\0');
    return at;
}

/* `\hat y` and `\hat{y}`, `\mathrm{net}`, `δ`, `net`. */
static const char *take_command(const char *at, struct word *word)
{
    size_t length = 1;
    bool accent;

    while (is_letter(at[length]))
        length++;
    accent = (length == 4 && strncmp(at, "\\hat", 4) == 0) ||
             (length == 4 && strncmp(at, "\\bar", 4) == 0) ||
             (length == 6 && strncmp(at, "\\tilde", 6) == 0);
    if (length == 7 && strncmp(at, "\\mathrm", 7) == 0 && at[7] == '{') {
        at = take_group(at + 7, &word->head);
        memmove(word->head.data, word->head.data + 1, word->head.length);
        buf_truncate(&word->head, word->head.length - 2);
        return at;
    }
    buf_bytes(&word->head, at, length);
    at += length;
    at += strspn(at, " ");
    if (*at == '{')
        return take_group(at, &word->head);
    if (!accent || *at == '\0')
        return at;
    buf_char(&word->head, '{');
    at = take_character(at, &word->head);
    buf_char(&word->head, '}');
    return at;
}

static const char *take_head(const char *at, struct word *word)
{
    if (*at == '\\')
        at = take_command(at, word);
    else
        while (is_letter(*at) || ((*at & 0x80) != 0 && !is_script_character(at)))
            at = take_character(at, &word->head);
    while (*at == '\'' || *at == '*')
        at = take_character(at, &word->head);
    return at;
}

/* A script: a group, or all up to the next mark. Of the marks only `^` ends at `_`, which
   elsewhere is the comma of an identifier (`w_1_1__2`). */
static const char *take_script(const char *at, char mark, struct buf *out, bool *has)
{
    *has = true;
    if (*at == '{') {
        size_t begin = out->length;

        at = take_group(at, out);
        memmove(out->data + begin, out->data + begin + 1, out->length - begin);
        buf_truncate(out, out->length - 2);
        return at;
    }
    while (*at != '\0' && *at != '^' && strncmp(at, "__", 2) != 0) {
        if (*at == '_' && (mark == '^' || out->length == 0))
            break;
        if (*at == '_')
            buf_char(out, ',');
        at = *at == '_' ? at + 1 : take_character(at, out);
    }
    return at;
}

/* Takes a run of script characters such as `₁₁`; the same place if there is none. */
static const char *take_unicode(const char *at, const char *table, struct buf *out,
                                bool *has)
{
    size_t length;
    char c;

    while ((length = utf8_read(at, strlen(at), NULL)) > 1 &&
           (c = script_character(table, at, length)) != '\0') {
        buf_char(out, c);
        *has = true;
        at += length;
    }
    return at;
}

/* One script; NULL if the word goes on with something else. */
static const char *take_part(const char *at, struct word *word)
{
    const char *begin = at;

    at = take_unicode(at, above, &word->sup, &word->has_sup);
    at = take_unicode(at, below, &word->sub, &word->has_sub);
    if (at != begin)
        return at;
    if (is_digit(*at) && !word->has_sub)
        return take_script(at, '_', &word->sub, &word->has_sub);
    if (strncmp(at, "__", 2) == 0 && !word->has_sup)
        return take_script(at + 2, '_', &word->sup, &word->has_sup);
    if (*at == '_' && !word->has_sub)
        return take_script(at + 1, '_', &word->sub, &word->has_sub);
    if (*at == '^' && !word->has_sup)
        return take_script(at + 1, '^', &word->sup, &word->has_sup);
    return NULL;
}

bool word_read(const char *text, struct word *word)
{
    const char *at = take_head(text, word);

    while (at != NULL && *at != '\0')
        at = take_part(at, word);
    return at != NULL && word->head.length > 0 &&
           (!word->has_sub || word->sub.length > 0) &&
           (!word->has_sup || word->sup.length > 0);
}

void word_write(const struct word *word, struct buf *out)
{
    struct name name = {buf_peek(&word->head), buf_peek(&word->sub), buf_peek(&word->sup),
                        word->head.length,     word->sub.length,     word->sup.length};

    name_join(out, &name);
}

bool word_spell_greek(struct word *word)
{
    struct buf command;
    bool known;

    buf_init(&command);
    buf_format(&command, "\\%s", buf_peek(&word->head));
    known = name_greek_to_unicode(buf_peek(&command), command.length) != NULL;
    if (known) {
        buf_truncate(&word->head, 0);
        buf_text(&word->head, buf_peek(&command));
    }
    buf_clear(&command);
    return known;
}

bool word_is_completed(const struct word *word, const char *canonical)
{
    struct name name;

    return name_split(&name, canonical) && name.head_length == word->head.length &&
           strncmp(name.head, buf_peek(&word->head), name.head_length) == 0 &&
           (!word->has_sub ||
            (name.sub_length == word->sub.length &&
             strncmp(name.sub, buf_peek(&word->sub), name.sub_length) == 0)) &&
           (!word->has_sup ||
            (name.sup_length == word->sup.length &&
             strncmp(name.sup, buf_peek(&word->sup), name.sup_length) == 0));
}
