/* What is said of one step, in words: shared by the report for people and the messages in
   SARIF and JUnit. All texts are one line, safe for a terminal. */
#ifndef GRADTEX_TELL_VERDICT_WORDS_H
#define GRADTEX_TELL_VERDICT_WORDS_H

#include "base/buf.h"
#include "verify/verdict.h"

/* `true`, `false`, `not read`; of a carried step without the line. */
const char *verdict_word(enum step_verdict verdict);
/* `not read: \foo is not read in formulas`, `error carried forward from line 137`. */
void verdict_sentence(const struct verification *verification,
                      const struct verified_step *step, struct buf *out);
/* Why: its reasons, and of a probable step the bound. Empty if nothing is to be said. */
void verdict_reason(const struct verified_step *step, struct buf *out);
/* `at x₁ = 1, w₁ = 0: left 1, right 0, difference 1`. */
void verdict_counterexample(const struct counterexample *counterexample, struct buf *out);
/* `w₁ → h₁ → E` of the names of a path. */
void verdict_path(const char *path, struct buf *out);
/* `put w_{31}^2 in place of w_{21}^2`. */
void verdict_repair(const struct repair *repair, struct buf *out);
/* The right side with the repair, if that is one short line; else nothing. */
void verdict_repaired(const struct source *source, const struct verified_step *step,
                      const struct repair *repair, struct buf *out);
/* `another index`; NULL if no reason is known. */
const char *verdict_repair_reason(enum repair_kind kind);
/* Said once of lines that are true up to the same factor. */
void verdict_convention(const struct convention *convention, struct buf *out);
/* A piece of a document on one line, blanks collapsed. */
void verdict_quote(const struct source *source, struct span span, struct buf *out);

#endif
