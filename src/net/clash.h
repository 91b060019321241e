/* Two templates that give one name, found by arithmetic. */
#ifndef GRADTEX_NET_CLASH_H
#define GRADTEX_NET_CLASH_H

#include "net/names.h"

struct clash {
    struct buf name; /* that both have */
    struct span a, b;
};

/* Looks for a name that two slots have, members that are shared left out. The names are
   sealed; the caller has initialised `clash->name` and clears it. */
bool clash_find(const struct names *names, struct clash *clash);

#endif
