#include "figure/labels.h"

/* Distances count in rows; a column is wider than a row is high. */
static const double column_width = 1.75;

/* How far a name should be from another, and from an edge that is not its own. */
static const double name_room = .38, edge_room = .22;

/* A name with less freedom than this is left out. */
static const double least_freedom = .4;

static const double candidates[] = {.5, .3, .7, .4, .6, .25, .75};

struct point {
    double x, y;
};

static struct point place_of(const struct figure *figure, size_t node)
{
    return (struct point){figure->nodes[node].x * column_width, figure->nodes[node].y};
}

static struct point along(const struct figure *figure, const struct figure_edge *edge,
                          double at)
{
    struct point from = place_of(figure, edge->from), to = place_of(figure, edge->to);
    return (struct point){from.x + at * (to.x - from.x), from.y + at * (to.y - from.y)};
}

static double squared(struct point a, struct point b)
{
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/* From a point to the nearest of an edge. */
static double from_edge(const struct figure *figure, const struct figure_edge *edge,
                        struct point point)
{
    struct point a = place_of(figure, edge->from), b = place_of(figure, edge->to);
    double length = squared(a, b), at = 0;
    if (length > 0)
        at = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length;
    at = at < 0 ? 0 : at > 1 ? 1 : at;
    return squared(point, along(figure, edge, at));
}

/* 1 where nothing is too near, less where something is. Names before `index` have their
   places. */
static double freedom(const struct figure *figure, size_t index, double at)
{
    struct point point = along(figure, &figure->edges[index], at);
    double least = 1;
    for (size_t i = 0; i < figure->edge_count; i++) {
        const struct figure_edge *edge = &figure->edges[i];
        if (i == index || edge->bend)
            continue;
        double here = from_edge(figure, edge, point) / (edge_room * edge_room);
        least = here < least ? here : least;
        if (i > index || !edge->name)
            continue;
        here =
            squared(point, along(figure, edge, edge->label_at)) / (name_room * name_room);
        least = here < least ? here : least;
    }
    return least;
}

void labels_remove(struct figure_edge *edge)
{
    edge->name = NULL;
    edge->value = NULL;
}

void labels_place(struct figure *figure)
{
    for (size_t i = 0; i < figure->edge_count; i++) {
        struct figure_edge *edge = &figure->edges[i];
        if (!edge->name || edge->bend)
            continue;
        double best = -1;
        for (size_t j = 0; j < sizeof candidates / sizeof *candidates; j++) {
            double free = freedom(figure, i, candidates[j]);
            if (free > best) {
                best = free;
                edge->label_at = candidates[j];
            }
        }
        if (best < least_freedom && (edge->mark != FIGURE_LIT || edge->value))
            labels_remove(edge);
    }
}
