#include "figure/bends.h"

#include <math.h>

/* Distances count in rows; a column is wider than a row is high. */
static const double column_width = 1.75;

/* From the middle of a node, where nothing is too near. */
static const double node_room = .5;

/* How far the control points of TikZ's curves are from the ends, in chords. */
static const double looseness = .3915;

static const int bends[] = {0, 20, 30, 45, 60};

struct point {
    double x, y; /* y upwards */
};

struct curve {
    struct point points[4];
};

static struct point place_of(const struct figure_node *node)
{
    return (struct point){node->x * column_width, -node->y};
}

static struct point towards(struct point from, double angle, double length)
{
    return (struct point){from.x + length * cos(angle), from.y + length * sin(angle)};
}

/* What `bend left` draws, in degrees. */
static struct curve curve_of(const struct figure *figure, const struct figure_edge *edge,
                             int degrees)
{
    struct point from = place_of(&figure->nodes[edge->from]);
    struct point to = place_of(&figure->nodes[edge->to]);
    double pi = acos(-1), bend = degrees * pi / 180;
    double angle = atan2(to.y - from.y, to.x - from.x);
    double length = looseness * hypot(to.x - from.x, to.y - from.y);
    return (struct curve){{from, towards(from, angle + bend, length),
                           towards(to, angle + pi - bend, length), to}};
}

static struct point curve_at(const struct curve *curve, double t)
{
    double s = 1 - t;
    double weights[] = {s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
    struct point point = {0, 0};
    for (int i = 0; i < 4; i++) {
        point.x += weights[i] * curve->points[i].x;
        point.y += weights[i] * curve->points[i].y;
    }
    return point;
}

/* From the curve to the nearest node that is not an end of the edge. */
static double clearance(const struct figure *figure, const struct figure_edge *edge,
                        const struct curve *curve)
{
    double least = node_room;
    for (size_t i = 0; i < figure->node_count; i++) {
        struct point node = place_of(&figure->nodes[i]);
        for (double t = .05; i != edge->from && i != edge->to && t < 1; t += .05) {
            struct point point = curve_at(curve, t);
            double distance = hypot(point.x - node.x, point.y - node.y);
            least = distance < least ? distance : least;
        }
    }
    return least;
}

static int best_bend(const struct figure *figure, const struct figure_edge *edge)
{
    bool below = figure->nodes[edge->from].y + figure->nodes[edge->to].y > 0;
    int best = 0;
    double most = -1;
    for (size_t i = 0; i < 2 * sizeof bends / sizeof *bends; i++) {
        int bend = (i % 2 == 1) == below ? bends[i / 2] : -bends[i / 2];
        struct curve curve = curve_of(figure, edge, bend);
        double clear = clearance(figure, edge, &curve);
        if (clear > most) {
            most = clear;
            best = bend;
        }
    }
    return best;
}

void bends_place(struct figure *figure)
{
    for (size_t i = 0; i < figure->edge_count; i++) {
        struct figure_edge *edge = &figure->edges[i];
        if (figure->nodes[edge->to].x - figure->nodes[edge->from].x != 1)
            edge->bend = best_bend(figure, edge);
    }
}
