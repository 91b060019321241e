/* The pictures of a network that `figure` draws. */
#ifndef GRADTEX_PICTURES_H
#define GRADTEX_PICTURES_H

#include "doc/doc.h"
#include "journey.h"

/* Appends a picture for each of the journey's nodes, with the paths from it; one of the whole
   network if it has none. False with a diagnostic in the journey. */
bool pictures_make(struct journey *journey, struct doc *doc);

#endif
