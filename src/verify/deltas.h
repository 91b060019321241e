/* `\delta h`, the derivative of the error by h. */
#ifndef GRADTEX_VERIFY_DELTAS_H
#define GRADTEX_VERIFY_DELTAS_H

#include "verify/reading.h"

/* Tells `\delta h` from a product with a name \delta: it stands left of some equation,
   and \delta is no name. Whether any is found: they are signals then. */
bool deltas_resolve(struct reading *reading);

#endif
