/* Words and formulas in Markdown, as all its readers take them. */
#ifndef GRADTEX_WRITE_MARKDOWN_WORDS_H
#define GRADTEX_WRITE_MARKDOWN_WORDS_H

#include "base/buf.h"
#include "doc/formula.h"

/* Text as it is: nothing in it acts, whatever it holds. `at_start`: it begins a line,
   where more characters act. */
void markdown_words(struct buf *out, const char *text, bool at_start);
/* Text in backticks, more of them than it holds. A bar would end a cell of a table. */
void markdown_code_span(struct buf *out, const char *text, bool in_table);
/* A fence for lines of code, longer than those that they hold. Tildes are known to all
   readers. */
void markdown_fence(struct buf *out, const char *text);

/* A formula in LaTeX, without its delimiters and without what Markdown would take for its
 * own. */
void markdown_formula(struct buf *out, const struct formula *formula, bool in_text);
/* Words inside a formula. */
void markdown_formula_words(struct buf *out, const char *text);

#endif
