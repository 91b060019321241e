/* What names mean in a document: those of a network, or of the document itself. */
#ifndef GRADTEX_VERIFY_SCOPE_H
#define GRADTEX_VERIFY_SCOPE_H

#include "net/network.h"
#include "tex/elaborate.h"
#include "verify/families.h"

struct scope_name;

struct verify_scope {
    struct scope scope;              /* for tex/elaborate.h */
    struct pool *pool;               /* borrowed */
    struct defs *defs;               /* borrowed; what is defined just now */
    struct network *network;         /* borrowed; NULL: the document's own names */
    const struct families *families; /* borrowed; without a network */
    struct scope_name *names;        /* by symbol id */
    size_t name_count;
    expr_id error; /* the symbol whose derivatives error signals are; 0: none is known */
    /* `\Delta w` is this expression with the derivative by `delta_by` in it made one by
       w; 0: it is not declared. */
    expr_id delta, delta_by;
    bool trusts_signals; /* `\delta w` is no other thing than the derivative */
    bool has_kronecker;  /* a delta with two indices is Kronecker's */
};

/* Without the names that the network gives to documents (verify/besides.h). */
void scope_of_network(struct verify_scope *scope, struct network *network,
                      const struct families *families);
void scope_of_document(struct verify_scope *scope, struct pool *pool,
                       const struct families *families);
void scope_clear(struct verify_scope *scope);

/* Makes a name mean an expression, or itself again (0). */
void scope_set_meaning(struct verify_scope *scope, expr_id symbol, expr_id meaning);
expr_id scope_meaning(const struct verify_scope *scope, expr_id symbol);
/* Whether a name has a meaning that the document cannot change. */
bool scope_is_fixed(const struct verify_scope *scope, expr_id symbol);
/* A name of which not enough is known for a step with it to be false. */
void scope_doubt(struct verify_scope *scope, expr_id symbol);
bool scope_is_doubtful(const struct verify_scope *scope, expr_id symbol);
/* Makes `left` the gradient's name, `\Delta w` for `right`, which holds a derivative by
   w. False if it holds none. */
bool scope_declare_delta(struct verify_scope *scope, expr_id by, expr_id right);
/* What `\delta w` is the derivative of as long as the document's error is not known. */
expr_id scope_unknown_error(const struct verify_scope *scope);
/* Whether a letter may be an index. */
bool scope_is_letter(void *scope, const char *letter);

#endif
