/* Statements of a spec: one a line, continued while a bracket is open. */
#ifndef GRADTEX_NET_SPEC_LINES_H
#define GRADTEX_NET_SPEC_LINES_H

#include "base/budget.h"
#include "base/diag.h"

struct spec_lines {
    const struct source *source;
    const struct budget *budget;
    struct diags *diags;
    uint32_t at;
    uint32_t *open; /* offsets of the brackets that are open */
    size_t count, capacity;
    bool failed; /* after a diagnostic: a bracket or string that is not closed, or too
                    deep */
};

void spec_lines_init(struct spec_lines *lines, const struct source *source,
                     const struct budget *budget, struct diags *diags);
void spec_lines_clear(struct spec_lines *lines);
/* The next statement, without blanks at its ends; false at the end or after a diagnostic.
 */
bool spec_lines_next(struct spec_lines *lines, struct span *statement);

#endif
