#include "write/html_text.h"

#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

static const char *entity(uint32_t point)
{
    switch (point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void html_text(struct buf *out, const char *text)
{
    size_t rest = strlen(text);
    while (rest > 0) {
        uint32_t point = 0;
        size_t length = utf8_read(text, rest, &point);
        bool is_character = length > 0 && (!utf8_is_control(point) || point == '\n');
        length = length > 0 ? length : 1;
        if (!is_character)
            buf_char(out, ' ');
        else if (entity(point))
            buf_text(out, entity(point));
        else
            buf_bytes(out, text, length);
        text += length;
        rest -= length;
    }
}

size_t html_minus(struct buf *out, const char *text)
{
    bool is_negative = text[0] == '-' && isdigit((unsigned char)text[1]);
    buf_text(out, is_negative ? "−" : "");
    return is_negative ? 1 : 0;
}

void html_element(struct buf *out, const char *tag, const char *text)
{
    buf_format(out, "<%s>", tag);
    html_text(out, text);
    buf_format(out, "</%s>", tag);
}
