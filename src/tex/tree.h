/* Nodes of parse trees, and what can be told from their shape. */
#ifndef GRADTEX_TEX_TREE_H
#define GRADTEX_TEX_TREE_H

#include "tex/parse.h"

/* The parts are copied; the text is borrowed. */
struct parse_node *tree_make(struct arena *arena, enum parse_kind kind, struct span span,
                             struct parse_node *const *parts, size_t count);
struct parse_node *tree_leaf(struct arena *arena, enum parse_kind kind, struct span span,
                             const char *text);
/* One part alone is itself; more are joined under `kind`. */
struct parse_node *tree_join(struct arena *arena, enum parse_kind kind,
                             struct parse_node *const *parts, size_t count);
/* A fraction, or the derivative that it is: then part 0 is NULL if nothing stands beside
   the sign
   (`\frac{\partial}{\partial w}`). */
struct parse_node *tree_fraction(struct arena *arena, struct parse_node *above,
                                 struct parse_node *below);

/* `\frac{d^2 E}{dw^2}`, which is no quotient. */
bool tree_is_second(const struct parse_node *fraction);

/* The first script of this kind of a name, or NULL. */
struct parse_node *tree_script(const struct parse_node *name, enum parse_kind kind);
/* The same name with one more script. */
struct parse_node *tree_with_script(struct arena *arena, const struct parse_node *name,
                                    struct parse_node *script);
bool tree_is_integer(const struct parse_node *node);
/* A name without scripts that has this text. */
bool tree_is_bare(const struct parse_node *node, const char *text);
/* `\partial` or `\nabla`, which take a name as their index. */
bool tree_is_operator(const struct parse_node *node);
bool tree_is_delta(const struct parse_node *node);
/* `\delta w`, where it is the derivative of the error. */
bool tree_is_signal(const struct parse_node *node);
/* A name that is the bare sign `\partial`. */
bool tree_is_partial(const struct parse_node *node);
/* The bare letter e. */
bool tree_is_e(const struct parse_node *node);
/* What stands within brackets, of whatever kind but bars. */
struct parse_node *tree_inside(struct parse_node *node);
/* What stands within `{…}`. */
struct parse_node *tree_ungroup(struct parse_node *node);

/* `(…)` or `(…)^2`, to which the name before it may be applied. */
bool tree_is_argument(const struct parse_node *node);

/* Whether some node of the tree passes the test, in no particular order. */
bool tree_any(const struct parse_node *tree,
              bool (*test)(void *context, const struct parse_node *node), void *context);

#endif
