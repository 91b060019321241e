/* The counterexample of a refuted step, in texts. */
#ifndef GRADTEX_VERIFY_WITNESS_H
#define GRADTEX_VERIFY_WITNESS_H

#include "expr/expr.h"
#include "prove/prove.h"
#include "verify/verdict.h"

/* NULL if the proof has no values. The caller owns it; verification_clear frees it as
   part of its step. */
struct counterexample *witness_texts(const struct pool *pool, const struct proof *proof);

#endif
