/* Documents that are given where a network is expected. */
#ifndef GRADTEX_NET_SPEC_DOCUMENT_H
#define GRADTEX_NET_SPEC_DOCUMENT_H

#include "base/source.h"

#include <stdbool.h>

/* Whether the text is LaTeX or Markdown with formulas, and where that shows first. */
bool spec_is_document(const struct source *source, struct span *mark);

#endif
