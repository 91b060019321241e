/* What the error compares: outputs and targets. */
#ifndef GRADTEX_NET_OUTPUTS_H
#define GRADTEX_NET_OUTPUTS_H

#include "net/topology.h"

/* Finds the outputs (stated, or the last layer if nothing else uses it, or the equations
   of one letter that nothing uses), then the targets, whose family is declared if only
   its letter was given. An error that is an equation may have neither. False after a
   diagnostic. */
bool outputs_find(struct network *network, const struct topology *topology,
                  struct diags *diags);

#endif
