/* Kronecker's delta, where a document says that `\delta_{ij}` is that. */
#ifndef GRADTEX_VERIFY_KRONECKER_H
#define GRADTEX_VERIFY_KRONECKER_H

#include "verify/reading.h"

/* By its name, or by `\delta_{ij} = 1` if `i = j`. */
bool kronecker_is_declared(const struct reading *reading);
/* 1 for `\delta_{22}`, 0 for `\delta_{12}`; false if the name is no delta with two
   numbers. */
bool kronecker_value(const char *canonical, long *value);

#endif
