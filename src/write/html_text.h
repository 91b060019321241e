/* Text in HTML, in attributes and in SVG. */
#ifndef GRADTEX_WRITE_HTML_TEXT_H
#define GRADTEX_WRITE_HTML_TEXT_H

#include "base/buf.h"

/* The one way in which a text from outside gets into a page: nothing in it acts. Control
   characters become blanks. */
void html_text(struct buf *out, const char *text);

#endif
