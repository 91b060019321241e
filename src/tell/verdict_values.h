/* Counterexamples and paths in words, for the report as text and the messages in SARIF
   and JUnit. All texts are one line, safe for a terminal. */
#ifndef GRADTEX_TELL_VERDICT_VALUES_H
#define GRADTEX_TELL_VERDICT_VALUES_H

#include "base/buf.h"
#include "base/language.h"
#include "verify/verdict.h"

/* `at x₁ = 1, w₁ = 0: left 1, right 0, difference 1`. */
void verdict_counterexample(const struct counterexample *counterexample,
                            const struct language *language, struct buf *out);
bool verdict_is_zero(const struct step_value *value);
/* Most values of a simple counterexample are 0: whether they are said together. */
bool verdict_joins_zeros(const struct counterexample *counterexample);
/* `w₁ → h₁ → E` of the names of a path. */
void verdict_path(const char *path, struct buf *out);

#endif
