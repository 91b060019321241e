/* LaTeX to PDF, by the pdflatex that the system has. */
#ifndef GRADTEX_PDF_H
#define GRADTEX_PDF_H

#include "base/buf.h"
#include "base/diag.h"

/* Appends the PDF of a whole document. TeX runs twice, in a private folder that is
   removed, without a shell and with paranoid rules for files; the same document gives the
   same bytes. False with a diagnostic (5) if TeX is missing or stops. */
bool pdf_make(const char *latex, size_t length, struct buf *pdf, struct diags *diags);
/* Ends a TeX that runs; a handler of signals may call it. */
void pdf_stop(void);

#endif
