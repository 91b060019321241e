#include "write/latex_code.h"

#include "write/latex_formula.h"

#include <string.h>

enum { LONG_PIECE = 24 }; /* characters that are kept in one line */

/* Up to where a line may be broken. */
static size_t piece_length(const char *text)
{
    size_t length = 1 + strcspn(text + 1, "\\{(_^=");
    if (length <= LONG_PIECE)
        return length;
    for (length = LONG_PIECE; ((unsigned char)text[length] & 0xc0) == 0x80;)
        length++;
    return length;
}

void latex_code_put(struct buf *out, const char *text)
{
    while (*text) {
        size_t length = piece_length(text);
        struct buf piece;
        buf_init(&piece);
        buf_bytes(&piece, text, length);
        latex_formula_escape(out, buf_peek(&piece));
        buf_clear(&piece);
        text += length;
        buf_text(out, *text ? "\\allowbreak{}" : "");
    }
}

/* Line by line and escaped: a verbatim environment could be left by the text in it. */
void latex_code_write(struct latex *latex, const char *text)
{
    buf_text(latex->out, "\\begin{flushleft}\\small\\ttfamily\n");
    while (*text) {
        size_t length = strcspn(text, "\n"), indent = strspn(text, " ");
        struct buf line;
        buf_init(&line);
        buf_bytes(&line, text + (indent < length ? indent : length),
                  indent < length ? length - indent : 0);
        for (size_t i = 0; i < indent; i++)
            buf_text(latex->out, "~");
        latex_code_put(latex->out, buf_peek(&line));
        buf_text(latex->out, length ? "\\\\\n" : "~\\\\\n");
        buf_clear(&line);
        text += length + (text[length] == '\n');
    }
    buf_text(latex->out, "\\end{flushleft}\n");
}
