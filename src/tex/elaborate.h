/* Parse tree + scope -> expression. The scope says what names mean; spec and verify each
 * implement it. */
#ifndef GRADTEX_TEX_ELABORATE_H
#define GRADTEX_TEX_ELABORATE_H

#include "base/budget.h"
#include "base/diag.h"
#include "expr/function.h"
#include "tex/parse.h"

/* Values of index variables while a sum or a `for` family is written out. */
struct binding {
    const char *letter;
    long value;
};

struct bindings {
    struct binding *items;
    size_t count, capacity;
    bool commas; /* in declared names: some value has two digits */
};

void bindings_push(struct bindings *bindings, const char *letter, long value);
void bindings_clear(struct bindings *bindings);
/* The value of a letter, the last one pushed; NULL if it has none. Borrowed. */
const long *bindings_find(const struct bindings *bindings, const char *letter);

struct scope {
    void *context;
    struct pool *pool;
    /* Whether a canonical name exists. */
    bool (*exists)(void *context, const char *canonical);
    /* The symbol or expression for a name; 0 after a diagnostic (with near names) if
     * there is none. */
    expr_id (*name)(void *context, const char *canonical, struct place place,
                    struct diags *diags);
    /* A word that is an error kind (`half-squares`); `argument` is 0 but after
       `weight-decay`. 0 after a diagnostic. NULL where no such word may stand. */
    expr_id (*keyword)(void *context, const char *word, expr_id argument,
                       struct place place, struct diags *diags);
    /* The function that is declared with this canonical name, 0 if there is none; NULL
       where functions are not declared. */
    expr_id (*function)(void *context, const char *canonical);
    /* Told of each function of the language that a formula applies. False after a
       diagnostic. May be NULL. */
    bool (*uses)(void *context, enum function_id id, struct place place);
    bool derivatives; /* may be written */
    /* What people write by hand and a network file has no use for: powers with a formula
       as exponent, `[k=j]`, `\sum_{j\neq i}`, `x_1 + \cdots + x_3`. */
    bool by_hand;
    /* The value of a name that is a limit of a sum, such as the n of `\sum_{k=1}^n`.
       False if it has none. NULL: no name has. */
    bool (*limit)(void *context, const char *canonical, long *value);
    /* The sum, over all paths from one value to another, of the products of the weights
       or of the local derivatives along them. 0 after a diagnostic. NULL: path sums are
       not read. */
    expr_id (*paths)(void *context, expr_id from, expr_id to, bool weights,
                     struct place place, struct diags *diags);
    /* `\Delta w`, where `of` is the value of w. 0 after a diagnostic. NULL: it is a
       product. */
    expr_id (*delta)(void *context, expr_id of, struct place place, struct diags *diags);
    /* `\delta w` where it is the derivative of the error; never NULL where parse trees
       hold any. */
    expr_id (*signal)(void *context, expr_id of);
    /* Whether `(…)` after this name says only what it depends on, as in `E(w)`: it is
       looked through, whatever stands in it. Of the name by its head, `\mathcal{L}`.
       NULL: never. */
    bool (*is_decorated)(void *context, const char *head);
};

struct elaborate {
    const struct source *source; /* of the tree */
    const struct scope *scope;
    struct bindings *bindings; /* as it was before, afterwards */
    const struct budget *budget;
    struct diags *diags;
    uint64_t *steps;       /* taken so far, over all formulas that share a budget */
    bool may_be_undefined; /* what is divided by the number 0 is read, too */
    bool marks_totals;     /* \frac{dA}{db} is read as a power with the exponent 1 */
};

/* Elaborates a formula. 0 after a diagnostic. */
expr_id elaborate(const struct elaborate *context, const struct parse_node *node);
/* The canonical text of a name that is declared here: its longest reading, with its
   scripts as indices (index arithmetic such as `h_{s-1}` done). The scope is not asked.
 */
bool elaborate_declared(const struct elaborate *context, const struct parse_node *name,
                        struct buf *canonical);
/* The canonical text of a name that exists; false after a diagnostic. */
bool elaborate_existing(const struct elaborate *context, const struct parse_node *name,
                        struct buf *canonical);

#endif
