#include "write/figure_curve.h"

#include <math.h>

struct point curve_step(struct point p, double distance, double angle)
{
    return (struct point){p.x + distance * cos(angle), p.y + distance * sin(angle)};
}

struct curve curve_between(struct point a, struct point b, int bend, double radius)
{
    const double reach = .3915, gap = 2; /* the gap lies before the arrow's head */
    double angle = atan2(b.y - a.y, b.x - a.x), turn = bend * M_PI / 180;
    struct curve c = {.from = curve_step(a, radius, angle - turn),
                      .to = curve_step(b, -(radius + gap), angle + turn)};
    double length = reach * hypot(c.to.x - c.from.x, c.to.y - c.from.y);
    c.first = curve_step(c.from, length, angle - turn);
    c.second = curve_step(c.to, -length, angle + turn);
    return c;
}

struct point curve_at(const struct curve *c, double t)
{
    double u = 1 - t, weights[] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
    struct point points[] = {c->from, c->first, c->second, c->to}, at = {0, 0};
    for (int i = 0; i < 4; i++) {
        at.x += weights[i] * points[i].x;
        at.y += weights[i] * points[i].y;
    }
    return at;
}
