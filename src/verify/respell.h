/* Expressions as LaTeX, in the names of a document. */
#ifndef GRADTEX_VERIFY_RESPELL_H
#define GRADTEX_VERIFY_RESPELL_H

#include "base/buf.h"
#include "expr/expr.h"

/* How a symbol is spelled; NULL: by its canonical name. */
typedef const char *respell_symbol(void *context, expr_id symbol);

struct spelling {
    respell_symbol *symbol;
    void *context;
    const char *sign; /* of derivatives: `\partial ` */
};

/* False if the expression is too deep to be written; something of it may be. */
bool respell(struct buf *out, const struct pool *pool, expr_id e,
             const struct spelling *spelling);

#endif
