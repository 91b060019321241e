/* What is said of one step, in words: shared by the report for people and the messages in
   SARIF and JUnit. Texts are one line, safe for a terminal. Words that are answered are
   the English ones, keys of the catalogue; what is appended is in the language. */
#ifndef GRADTEX_TELL_VERDICT_WORDS_H
#define GRADTEX_TELL_VERDICT_WORDS_H

#include "base/buf.h"
#include "base/language.h"
#include "verify/verdict.h"

/* `true`, `false`, `not read`; of a carried step without the line. */
const char *verdict_word(enum step_verdict verdict);
/* `not read: \foo is not read in formulas`, `error carried forward from line 137`. */
void verdict_sentence(const struct verification *verification,
                      const struct verified_step *step, const struct language *language,
                      struct buf *out);
/* Why: its reasons, and of a probable step the bound. Empty if nothing is to be said. */
void verdict_reason(const struct verified_step *step, const struct language *language,
                    struct buf *out);
/* `put w_{31}^2 in place of w_{21}^2`. */
void verdict_repair(const struct repair *repair, const struct language *language,
                    struct buf *out);
/* The right side with the repair, if that is one short line; else nothing. */
void verdict_repaired(const struct source *source, const struct verified_step *step,
                      const struct repair *repair, struct buf *out);
/* `another index`; NULL if no reason is known. */
const char *verdict_repair_reason(enum repair_kind kind);
/* Said once of lines that are true up to the same factor. */
void verdict_convention(const struct convention *convention,
                        const struct language *language, struct buf *out);
/* The sentence, with {1} for their number and {2} for the factor. */
const char *verdict_convention_text(const struct convention *convention,
                                    const struct language *language);
/* A piece of a document on one line, blanks collapsed. */
void verdict_quote(const struct source *source, struct span span, struct buf *out);

#endif
