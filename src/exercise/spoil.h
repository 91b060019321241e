/* The mistakes that are made by hand, one at a time: for this room alone. */
#ifndef GRADTEX_EXERCISE_SPOIL_H
#define GRADTEX_EXERCISE_SPOIL_H

#include "exercise/maker.h"

/* The expression with one mistake at random; 0 if none was found. `repairs` are the kinds
   of repair (a bit each) that undo such a mistake. */
expr_id spoil(struct maker *maker, expr_id e, unsigned *repairs);

#endif
