/* The rows of a display, taken apart at their relations. */
#ifndef GRADTEX_VERIFY_ROWS_H
#define GRADTEX_VERIFY_ROWS_H

#include "verify/claims.h"
#include "verify/displays.h"

/* What goes on from display to display. */
struct rows {
    struct claims *claims;
    uint32_t equation, chain;
    struct span last;      /* the last member of the last chain; empty before the first */
    bool is_last_alone;    /* it is a display without an equation */
    struct span beside;    /* a derivative in the prose after it, without an equation */
    struct span condition; /* `If $i = j$:` in the prose just before; empty if none */
    size_t first;          /* claim of the last display that has any, */
    uint32_t end;          /* and the end of that */
};

/* Adds the claims of a masked display. */
void rows_read(struct rows *rows, const struct display *display);

#endif
