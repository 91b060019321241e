/* Functions in formulas: which one a name means, and what is its argument. */
#ifndef GRADTEX_TEX_APPLY_H
#define GRADTEX_TEX_APPLY_H

#include "tex/elaborate.h"

/* Whether the text, with its primes, is the name of a function. */
bool apply_is_function(const struct elaborate *context, const char *text);
/* Whether brackets after this name are no factor: `E(w)`. */
bool apply_is_decorated(const struct elaborate *context, const struct parse_node *name);
/* A product in which `f(z)` has become a call wherever f is a function and no other name,
   and `E(w)` the name E;
   NULL after a diagnostic about a name that is neither. */
const struct parse_node *apply_calls(const struct elaborate *context, struct arena *arena,
                                     const struct parse_node *product);
/* The z of `e^{z}`; NULL if the name is something else. */
struct parse_node *apply_exponent(const struct elaborate *context,
                                  const struct parse_node *name);
/* `e^{z}` as a call of exp; NULL if the name is something else. */
const struct parse_node *apply_exponential(const struct elaborate *context,
                                           struct arena *arena,
                                           const struct parse_node *name);
/* The value of a call whose arguments have been elaborated. 0 after a diagnostic. */
expr_id apply_function(const struct elaborate *context, const struct parse_node *call,
                       const expr_id *arguments);

#endif
