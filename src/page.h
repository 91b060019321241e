/* A document on its way out: written in the format that its target asks for. */
#ifndef GRADTEX_PAGE_H
#define GRADTEX_PAGE_H

#include "base/diag.h"
#include "base/out.h"
#include "doc/doc.h"
#include "target.h"
#include "write/write.h"

/* All borrowed. */
struct page {
    const struct target *target;
    struct out *out;
    struct diags *diags; /* where TeX fails */
};

void page_document(const struct page *page, const struct doc *doc);
/* Its figures alone: LaTeX, SVG (of the first) or PDF. */
void page_figures(const struct page *page, const struct doc *doc);

#endif
