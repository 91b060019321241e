/* Text in HTML, in attributes and in SVG. */
#ifndef GRADTEX_WRITE_HTML_TEXT_H
#define GRADTEX_WRITE_HTML_TEXT_H

#include "base/buf.h"

/* The one way in which a text from outside gets into a page: nothing in it acts. Control
   characters become blanks. */
void html_text(struct buf *out, const char *text);
/* The sign of minus if the text begins with a negative number; how many bytes of the text
   it stands for. */
size_t html_minus(struct buf *out, const char *text);
/* An element that holds the text. */
void html_element(struct buf *out, const char *tag, const char *text);

#endif
