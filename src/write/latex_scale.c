#include "write/latex_scale.h"

#include "write/figure_curve.h"

#include <math.h>

/* The largest diameters, in tenths of a millimetre, and a value, in tenths of an em, that
 * widens its unit. */
enum { NODE = 90, VALUED_NODE = 130, WIDE_VALUE = 45 };

enum { SLIDE = 1450, EDGE_ROOM = 5, BIAS = 35 };

/* A tenth of an em of small script, in tenths of a millimetre. */
static const double SCRIPT_TENTH = 2.8;

/* Of a unit's diameter, below its name. */
static const double VALUE_SHARE = .75;

static int smaller(double a, double b)
{
    return (int)(a < b ? a : b);
}

/* Of the widest value in a node, in tenths of an em; 0 if there is none. */
static unsigned value_width(const struct figure *figure)
{
    unsigned widest = 0;
    for (size_t i = 0; i < figure->node_count; i++) {
        const struct formula *value = figure->nodes[i].value;
        unsigned width = value ? formula_width(value) : 0;
        widest = width > widest ? width : widest;
    }
    return widest;
}

static bool has_biases(const struct figure *figure)
{
    for (size_t i = 0; i < figure->node_count; i++)
        if (figure->nodes[i].bias)
            return true;
    return false;
}

struct latex_scale latex_scale_fit(const struct figure *figure)
{
    unsigned values = value_width(figure);
    double left = 0, right = 0, top = 0, bottom = 0;
    bool biases = has_biases(figure), is_high = values > WIDE_VALUE || (values && biases);
    struct latex_scale scale = {.x = values ? 330 : 280,
                                .y = is_high ? 190 : 160,
                                .node = values ? VALUED_NODE : NODE,
                                .value = "\\scriptsize",
                                .has_values = values > 0,
                                .has_biases = biases,
                                .factor = 1};
    for (size_t i = 0; i < figure->node_count; i++) {
        const struct figure_node *node = &figure->nodes[i];
        left = i == 0 || node->x < left ? node->x : left;
        right = i == 0 || node->x > right ? node->x : right;
        top = i == 0 || node->y < top ? node->y : top;
        bottom = i == 0 || node->y > bottom ? node->y : bottom;
    }
    if (right > left)
        scale.x = smaller(scale.x, 1450 / (right - left));
    if (bottom > top)
        scale.y = smaller(scale.y, 1300 / (bottom - top));
    int least = scale.x < scale.y ? scale.x : scale.y;
    scale.node = smaller(scale.node, least * .8);
    if (values * SCRIPT_TENTH > scale.node * VALUE_SHARE)
        scale.value = "\\tiny";
    return scale;
}

static struct point place(const struct figure *figure, const struct latex_scale *scale,
                          size_t node)
{
    return (struct point){figure->nodes[node].x * scale->x,
                          figure->nodes[node].y * scale->y};
}

static void include(struct latex_extent *extent, struct point p, double room)
{
    extent->left = fmin(extent->left, p.x - room);
    extent->right = fmax(extent->right, p.x + room);
    extent->top = fmin(extent->top, p.y - room);
    extent->bottom = fmax(extent->bottom, p.y + room);
}

static void include_edge(struct latex_extent *extent, const struct figure *figure,
                         const struct latex_scale *scale, const struct figure_edge *edge)
{
    struct curve curve =
        curve_between(place(figure, scale, edge->from), place(figure, scale, edge->to),
                      edge->bend, scale->node / 2.);
    for (int quarter = 1; quarter <= 3; quarter++)
        include(extent, curve_at(&curve, quarter / 4.), EDGE_ROOM);
}

struct latex_extent latex_scale_extent(const struct figure *figure,
                                       const struct latex_scale *scale)
{
    struct latex_extent extent = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    double room = fmax(scale->node, NODE) / 2. + EDGE_ROOM;
    for (size_t i = 0; i < figure->node_count; i++)
        include(&extent, place(figure, scale, i),
                room + (figure->nodes[i].bias ? BIAS : 0));
    for (size_t i = 0; i < figure->edge_count; i++)
        include_edge(&extent, figure, scale, &figure->edges[i]);
    return extent;
}

double latex_scale_height(const struct figure *figure, const struct latex_scale *scale)
{
    struct latex_extent extent = latex_scale_extent(figure, scale);
    double width = extent.right - extent.left;
    return (extent.bottom - extent.top) * (width > SLIDE ? SLIDE / width : 1);
}

void latex_scale_shrink(struct latex_scale *scale, const struct figure *figure,
                        double height)
{
    struct latex_extent extent = latex_scale_extent(figure, scale);
    double factor =
        fmin(SLIDE / (extent.right - extent.left), height / (extent.bottom - extent.top));
    scale->factor = factor < 1 ? floor(factor * 100) / 100 : 1;
}
