/* The curves of edges, as bends in TikZ are drawn. */
#ifndef GRADTEX_WRITE_FIGURE_CURVE_H
#define GRADTEX_WRITE_FIGURE_CURVE_H

/* x to the right, y downwards. */
struct point {
    double x, y;
};

/* A cubic curve between the rims of two units. */
struct curve {
    struct point from, first, second, to;
};

/* Between units of that radius; `bend` in degrees to the left. */
struct curve curve_between(struct point a, struct point b, int bend, double radius);
/* The place at `t`, 0 … 1 along the curve. */
struct point curve_at(const struct curve *curve, double t);
/* So far from `p` in that direction. */
struct point curve_step(struct point p, double distance, double angle);

#endif
