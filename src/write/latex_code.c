#include "write/latex_code.h"

#include "write/latex_formula.h"

#include <string.h>

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
        latex_formula_escape(latex->out, buf_peek(&line));
        buf_text(latex->out, length ? "\\\\\n" : "~\\\\\n");
        buf_clear(&line);
        text += length + (text[length] == '\n');
    }
    buf_text(latex->out, "\\end{flushleft}\n");
}
