/* Kronecker's delta, where the words of a document say that `\delta_{ij}` is that. */
#ifndef GRADTEX_VERIFY_KRONECKER_H
#define GRADTEX_VERIFY_KRONECKER_H

#include "base/source.h"

bool kronecker_is_declared(const struct source *document);
/* 1 for `\delta_{22}`, 0 for `\delta_{12}`; false if the name is no delta with two
   numbers. */
bool kronecker_value(const char *canonical, long *value);

#endif
