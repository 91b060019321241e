/* Steps with numbers: `0.5 \cdot 0.1 = 0.05`, `E \approx 0.2984`, judged by the digits
   that are written. */
#ifndef GRADTEX_VERIFY_NUMBERS_H
#define GRADTEX_VERIFY_NUMBERS_H

#include "verify/section.h"

/* Whether a step is one about numbers: it is `\approx`, or its right side has values of
   the network, or decimals that may be such, in the place of names. */
bool numbers_are_meant(const struct section *section, const struct judged *judged);
/* Judges such a step with the values of the network. A decimal with four or more places,
   is that number give or take a unit of its last place; one with less in a step with
   `\approx` was rounded or cut off; one with a single digit may as well be exact, and
   proves nothing if only the rounded one is true. Where all are exact, the sides are.
   What is computed from the digits of the member before it is true as well. Fills the
   verdict, and the proof with both sides as decimals if they differ; undecided with a
   reason where a value is missing. */
void numbers_judge(struct section *section, struct judged *judged);

/* Whether a step about numbers is true by its digits; whether it says the same as one
   before. */
bool numbers_hold(struct section *section, const struct judged *judged);
bool numbers_repeat(struct section *section, const struct judged *before,
                    const struct judged *judged);

#endif
