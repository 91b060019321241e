/* For laws: expressions worked out at one point in MPFR, by Taylor series and by nothing
   that gradtex proves with. Letters f are polynomials drawn from their names. */
#ifndef GRADTEX_TESTS_POINT_H
#define GRADTEX_TESTS_POINT_H

#include "net/network.h"

#include <mpfr.h>

struct point;

/* How derivatives are meant: along all paths, or with all else held, the error's as well
   or not. */
enum point_reading { POINT_TOTAL, POINT_LOCAL, POINT_LOCAL_BUT_ERROR, POINT_READINGS };

/* Random values of the leaves; those that are assumed to add up to something do. */
struct point *point_new(struct network *network);
/* The values that the network gives its leaves, random ones for the others. */
struct point *point_given(struct network *network);
void point_free(struct point *point);
/* Whether both sides have a value there, and different ones; only the right side's
   derivatives are read in that way. */
enum point_answer { POINT_EQUAL, POINT_DIFFERENT, POINT_NO_VALUE };
enum point_answer point_compare(struct point *point, expr_id left, expr_id right,
                                enum point_reading reading);

#endif
