/* The terms of a derivative by the chain rule: the paths of definitions from one symbol
   to another, each with the local derivatives along it. */
#ifndef GRADTEX_VERIFY_TERMS_H
#define GRADTEX_VERIFY_TERMS_H

#include "base/arena.h"
#include "expr/defs.h"

/* symbols[0] is what is differentiated by, symbols[length] what is differentiated;
   labels[i] the derivative of symbols[i + 1] by symbols[i]. */
struct term_path {
    const expr_id *symbols, *labels;
    size_t length;
};

struct term_paths {
    struct arena arena;
    struct term_path *items;
    size_t count;
};

/* At most `most` of them. */
void term_paths_init(struct term_paths *paths, struct defs *defs, expr_id of, expr_id by,
                     size_t most);
void term_paths_clear(struct term_paths *paths);

#endif
