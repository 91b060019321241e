#include "write/html_name.h"

#include "base/name.h"
#include "base/utf8.h"
#include "write/html_text.h"

#include <ctype.h>
#include <string.h>

static void element_of(struct buf *out, const char *tag, const char *text, size_t length)
{
    struct buf part;
    buf_init(&part);
    buf_bytes(&part, text, length);
    html_element(out, tag, buf_peek(&part));
    buf_clear(&part);
}

/* One number, letter or sign at the start of a script; its length. Letters stand by
   themselves, as TeX sets them. */
static size_t put_index(struct buf *out, const char *text)
{
    size_t digits = strspn(text, "0123456789"), letter;
    if (digits > 0) {
        element_of(out, "mn", text, digits);
        return digits;
    }
    letter = utf8_read(text, strlen(text), NULL);
    letter = letter > 0 ? letter : 1;
    if (strchr("()[]", text[0]))
        buf_format(out, "<mo lspace=\"0\" rspace=\"0\" stretchy=\"false\">%c</mo>",
                   text[0]);
    else
        element_of(out, ispunct((unsigned char)text[0]) ? "mo" : "mi", text, letter);
    return letter;
}

/* `1,11`, `h1`, `[2](i)`; an index may have one of its own, `kj_{9}`. */
static void put_script(struct buf *out, const char *text)
{
    bool is_inner = false;
    buf_text(out, "<mrow>");
    while (*text) {
        bool opens = !is_inner && strncmp(text + 1, "_{", 2) == 0;
        buf_text(out, opens ? "<msub>" : "");
        text += put_index(out, text);
        if (opens) {
            buf_text(out, "<mrow>");
            text += strlen("_{");
            is_inner = true;
        } else if (is_inner && *text == '}') {
            buf_text(out, "</mrow></msub>");
            text++;
            is_inner = false;
        }
    }
    buf_text(out, "</mrow>");
}

/* Where the primes and stars at the end of a head begin. */
static size_t stem_length(const char *head)
{
    const char *prime = strstr(head, "′");
    size_t star = strcspn(head, "*");
    return prime && (size_t)(prime - head) < star ? (size_t)(prime - head) : star;
}

/* The accent over the one letter of a stem; NULL for none. */
static const char *accent(const char *stem)
{
    uint32_t point = 0;
    size_t letter = utf8_read(stem, strlen(stem), &point);
    utf8_read(stem + letter, strlen(stem + letter), &point);
    switch (point) {
    case 0x302:
        return "^";
    case 0x303:
        return "~";
    case 0x304:
        return "¯";
    default:
        return NULL;
    }
}

/* `tag` is the one that begins the letters, with its attributes. */
static void put_stem(struct buf *out, const char *tag, const char *stem)
{
    const char *over = accent(stem);
    size_t letter = utf8_read(stem, strlen(stem), NULL);
    if (!over) {
        buf_text(out, tag);
        html_text(out, stem);
        buf_text(out, "</mi>");
        return;
    }
    buf_text(out, "<mover accent=\"true\">");
    element_of(out, "mi", stem, letter);
    buf_format(out, "<mo stretchy=\"false\">%s</mo></mover>", over);
}

/* Letters, and the primes and stars after them; they have their height from the font. */
static void put_head(struct buf *out, const char *tag, const char *head)
{
    struct buf stem;
    size_t length = stem_length(head);
    bool is_marked = length > 0 && head[length];
    buf_init(&stem);
    buf_bytes(&stem, head, is_marked ? length : strlen(head));
    buf_text(out, is_marked ? "<mrow>" : "");
    put_stem(out, tag, buf_peek(&stem));
    if (is_marked) {
        buf_text(out, "<mo lspace=\"0\" rspace=\"0\">");
        html_text(out, head + length);
        buf_text(out, "</mo></mrow>");
    }
    buf_clear(&stem);
}

/* Capital Greek letters stand upright. */
static const char *letters_tag(const char *head)
{
    uint32_t point = 0;
    utf8_read(head, strlen(head), &point);
    return point >= 0x391 && point <= 0x3a9 ? "<mi mathvariant=\"normal\">" : "<mi>";
}

static void put_parts(struct buf *out, const char *canonical, bool is_whole)
{
    struct buf head, sub, sup;
    buf_init(&head);
    buf_init(&sub);
    buf_init(&sup);
    name_parts(canonical, &head, &sub, &sup);
    const char *tag = sub.length && sup.length ? "msubsup"
                      : sub.length             ? "msub"
                      : sup.length             ? "msup"
                                               : NULL;
    is_whole = is_whole && tag;
    if (is_whole)
        buf_format(out, "<%s>", tag);
    put_head(out, letters_tag(buf_peek(&head)), buf_peek(&head));
    if (sub.length)
        put_script(out, buf_peek(&sub));
    if (sup.length)
        put_script(out, buf_peek(&sup));
    if (is_whole)
        buf_format(out, "</%s>", tag);
    buf_clear(&sup);
    buf_clear(&sub);
    buf_clear(&head);
}

void html_names(struct buf *out, const char *text)
{
    struct buf word;
    bool are_many = strchr(text, ' ') != NULL;
    buf_init(&word);
    buf_text(out, are_many ? "<mrow>" : "");
    for (size_t length; *text; text += length + (text[length] == ' ')) {
        length = strcspn(text, " ");
        buf_truncate(&word, 0);
        buf_bytes(&word, text, length);
        put_parts(out, buf_peek(&word), true);
    }
    buf_text(out, are_many ? "</mrow>" : "");
    buf_clear(&word);
}

void html_open_name(struct buf *out, const char *canonical)
{
    put_parts(out, canonical, false);
}

void html_word(struct buf *out, const char *word)
{
    put_head(out, "<mi class=\"word\">", word);
}
