/* Parse tree + scope -> expression. The scope says what names mean; spec and verify each implement it. */
#ifndef GRADTEX_TEX_ELABORATE_H
#define GRADTEX_TEX_ELABORATE_H

#include "base/budget.h"
#include "base/diag.h"
#include "expr/expr.h"
#include "tex/parse.h"

/* Values of index variables while a sum or a `for` family is written out. */
struct binding {
    const char *letter;
    long value;
};

struct bindings {
    struct binding *items;
    size_t count, capacity;
};

struct scope {
    void *context;
    struct pool *pool;
    /* Whether a canonical name exists. */
    bool (*exists)(void *context, const char *canonical);
    /* The symbol or expression for a name; 0 after a diagnostic (with near names) if there is none. */
    expr_id (*name)(void *context, const char *canonical, struct place place, struct diags *diags);
    /* The values an index letter runs through in `\sum_k` without limits, from a name that carries it:
       its canonical text with the letter (`t_{k}`); false if the family is unknown. */
    bool (*range)(void *context, const char *pattern, const char *letter, long *first, long *last);
    /* A word that is an error kind inside an error equation (`half-squares`), else 0. */
    expr_id (*keyword)(void *context, const char *word, size_t length);
};

/* Elaborates a formula. 0 after a diagnostic. */
expr_id elaborate(const struct parse_node *node, const struct scope *scope,
                  const struct bindings *bindings, const struct budget *budget, struct diags *diags);
/* Elaborates a name to its canonical text (index arithmetic such as `h_{s-1}` done with the bindings). */
bool elaborate_name(const struct parse_node *node, const struct scope *scope,
                    const struct bindings *bindings, struct buf *canonical, struct diags *diags);

#endif
