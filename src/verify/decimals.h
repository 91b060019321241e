/* What the decimals of a step stand for: themselves, or what was rounded or cut off to
   their digits. */
#ifndef GRADTEX_VERIFY_DECIMALS_H
#define GRADTEX_VERIFY_DECIMALS_H

#include "net/network.h"
#include "tex/parse.h"
#include "verify/value.h"

enum { MOST_DECIMALS = 128 };

struct decimals {
    struct pool *pool;
    bool is_approx;     /* every decimal is rounded */
    bool is_of_numbers; /* and they stand for no names, whose values they may be */
    bool skips_vague;
    struct network *rounded_for; /* short decimals are as well, unless they are values of
                                    this network; NULL: they are not */
    const struct parse_node *result; /* a side that is nothing but a number */
    struct value_interval items[MOST_DECIMALS];
    size_t count;
    bool is_full;   /* there are more of them */
    bool has_vague; /* one of them may as well be exact */
};

/* Whether a decimal has so many places that it was rounded. */
bool decimals_is_rounded(const char *text);
/* `0.0001`, which has a single digit. */
bool decimals_is_vague(const char *text);
bool decimals_is_value(struct network *network, const char *text);
/* Adds what the decimals of a side may be. */
void decimals_take(struct decimals *decimals, const struct parse_node *side);
/* Adds what a side that is a number may be that someone has rounded or cut off who
   computed it. */
void decimals_take_result(struct decimals *decimals, const struct parse_node *side);

#endif
