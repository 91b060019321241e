/* Where an array comes from, for messages. */
#ifndef GRADTEX_ARRAY_ORIGIN_H
#define GRADTEX_ARRAY_ORIGIN_H

#include "base/diag.h"

struct array_origin {
    const char *label;  /* `x.npy`, `w^1 in all.npz` */
    struct place place; /* of the statement that names the file, or none */
    struct diags *diags;
};

#endif
