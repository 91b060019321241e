/* How large a figure is on paper; lengths are tenths of a millimetre. */
#ifndef GRADTEX_WRITE_LATEX_SCALE_H
#define GRADTEX_WRITE_LATEX_SCALE_H

#include "doc/doc.h"

struct latex_scale {
    int x, y;          /* a unit of the figure */
    int node;          /* diameter of a unit of the network */
    const char *value; /* the font of values */
    bool has_values, has_biases;
    double factor; /* by which all is smaller, words included */
};

struct latex_extent {
    double left, top, right, bottom; /* y downwards */
};

/* Fitted to the width of a page. */
struct latex_scale latex_scale_fit(const struct figure *figure);
/* What the figure covers, the factor apart. */
struct latex_extent latex_scale_extent(const struct figure *figure,
                                       const struct latex_scale *scale);
/* The height of a figure that is no wider than a slide. */
double latex_scale_height(const struct figure *figure, const struct latex_scale *scale);
/* Makes it so small that it is no wider than a slide and no higher than that. */
void latex_scale_shrink(struct latex_scale *scale, const struct figure *figure,
                        double height);

#endif
