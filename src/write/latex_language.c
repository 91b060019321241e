#include "write/latex_language.h"

/* Letters with accents as one character each, where the fonts for it are there, and the
   patterns of hyphenation. Without these no word is broken, since English patterns would
   do it in the wrong places, and lines may be ragged. Babel is not needed, and would
   change formulas. */
void latex_language_preamble(const struct language *language, struct buf *out)
{
    if (!language->hyphenation)
        return;
    buf_text(out, "\\IfFileExists{lmodern.sty}"
                  "{\\usepackage[T1]{fontenc}\\usepackage{lmodern}}{}\n");
    buf_format(out,
               "\\makeatletter\n"
               "\\ifdefined\\l@%s \\language=\\l@%s\n"
               "\\else \\language=255 \\rightskip=0pt plus 4em \\fi\n"
               "\\makeatother\n",
               language->hyphenation, language->hyphenation);
}
