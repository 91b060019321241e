/* The environments of LaTeX that matter: which hold formulas, and which none. */
#ifndef GRADTEX_VERIFY_ENVIRONMENTS_H
#define GRADTEX_VERIFY_ENVIRONMENTS_H

#include <stdbool.h>
#include <stddef.h>

enum environment {
    ENVIRONMENT_OTHER,
    ENVIRONMENT_MATH,   /* a display, or rows within one */
    ENVIRONMENT_CASES,  /* a display that is not read */
    ENVIRONMENT_TABLE,  /* within a display: rows of equations, or a matrix */
    ENVIRONMENT_SKIPPED /* nothing in it is read */
};

/* What an environment of this name, without a star, is; `has_arguments` tells whether
   words such as `[t]{rcl}` follow it. */
enum environment environment_of(const char *name, size_t length, bool *has_arguments);

#endif
