/* The ways to the gradient that the path sum is compared with; they share no code with
 * it. */
#ifndef GRADTEX_EVAL_REFEREE_H
#define GRADTEX_EVAL_REFEREE_H

#include "eval/crosscheck.h"

/* Whether matrix backprop can tell: the goal is the error, and the network is layers. */
bool referee_has_backprop(const struct crosscheck *crosscheck);
/* After values_forward: the way to take where none was asked for. That is backprop where
   it can tell, but where a pre-activation is exactly at a kink, which a ball cannot know.
 */
enum crosscheck_method referee_choose(const struct crosscheck *crosscheck);
/* Works out `others[method]` of all rows, at the values and the precision of the
   crosscheck. False with a diagnostic if something has no value. */
bool referee_run(struct crosscheck *crosscheck, size_t method, struct diags *diags);

#endif
