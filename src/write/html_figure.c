#include "write/html_figure.h"

#include "base/name.h"
#include "write/figure_curve.h"
#include "write/html_style.h"
#include "write/html_text.h"
#include "write/write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In pixels. */
enum {
    COLUMN = 170,
    ROW = 96,
    UNIT = 24,
    VALUED_UNIT = 32,
    MARGIN = 14,
    ARROW = 9,
    BIAS = 15 /* its line below a unit */
};

struct drawing {
    const struct figure *figure;
    struct buf *out;
    double left, top, width, height;
    double unit; /* radius */
};

/* Tenths, whatever the locale writes for a decimal point. */
static void put(struct buf *out, double value)
{
    long tenths = lround(value * 10), size = labs(tenths);
    buf_format(out, "%s%ld", tenths < 0 ? "-" : "", size / 10);
    if (size % 10)
        buf_format(out, ".%ld", size % 10);
}

static void put_attribute(struct buf *out, const char *name, double value)
{
    buf_format(out, " %s=\"", name);
    put(out, value);
    buf_char(out, '"');
}

static struct point place(const struct drawing *d, size_t node)
{
    return (struct point){d->figure->nodes[node].x * COLUMN,
                          d->figure->nodes[node].y * ROW};
}

/* --- names --- */

/* Scripts stand one over the other: the second goes back by the width of the first. */
static void put_scripts(struct buf *out, const struct buf *sub, const struct buf *sup)
{
    if (sub->length) {
        buf_text(out, "<tspan class=\"script\" dy=\".35em\">");
        html_text(out, buf_peek(sub));
        buf_text(out, "</tspan>");
    }
    if (sup->length) {
        buf_text(out, "<tspan class=\"script\"");
        if (sub->length)
            buf_format(out, " dx=\"-%zu.%zuem\"", sub->length * 55 / 100,
                       sub->length * 55 % 100 / 10);
        buf_format(out, " dy=\"%s\">", sub->length ? "-1em" : "-.5em");
        html_text(out, buf_peek(sup));
        buf_text(out, "</tspan>");
    }
}

static void put_name(struct buf *out, const char *canonical)
{
    struct buf head, sub, sup;
    buf_init(&head);
    buf_init(&sub);
    buf_init(&sup);
    name_parts(canonical, &head, &sub, &sup);
    html_text(out, buf_peek(&head));
    put_scripts(out, &sub, &sup);
    buf_clear(&sup);
    buf_clear(&sub);
    buf_clear(&head);
}

static void put_text(const struct drawing *d, const char *class, struct point at,
                     const char *name)
{
    buf_format(d->out, "<text class=\"%s\"", class);
    put_attribute(d->out, "x", at.x);
    put_attribute(d->out, "y", at.y);
    buf_char(d->out, '>');
    put_name(d->out, name);
    buf_text(d->out, "</text>\n");
}

/* --- units --- */

/* `+b_1` below the unit, or its value with its sign. */
static void put_bias(const struct drawing *d, const struct figure_node *node,
                     struct point at)
{
    struct buf value;
    buf_init(&value);
    if (node->bias_value)
        write_text_formula(node->bias_value, &value);
    bool has_sign = strncmp(buf_peek(&value), "−", strlen("−")) == 0;
    buf_format(d->out, "<text class=\"bias%s\"", node->mark ? "" : " idle");
    put_attribute(d->out, "x", at.x);
    put_attribute(d->out, "y", at.y + d->unit + BIAS);
    buf_text(d->out, has_sign ? ">" : ">+");
    html_text(d->out, buf_peek(&value));
    if (!node->bias_value)
        put_name(d->out, node->bias);
    buf_text(d->out, "</text>\n");
    buf_clear(&value);
}

static void put_unit(const struct drawing *d, size_t index)
{
    const struct figure_node *node = &d->figure->nodes[index];
    const char *class = node->mark ? "unit" : "unit idle";
    struct point at = place(d, index);
    if (!node->name) {
        buf_format(d->out, "<text class=\"%s\"", class);
        put_attribute(d->out, "x", at.x);
        put_attribute(d->out, "y", at.y + 5);
        buf_format(d->out, ">%s</text>\n", node->across ? "⋯" : "⋮");
        return;
    }
    buf_format(d->out, "<circle class=\"%s\"", class);
    put_attribute(d->out, "cx", at.x);
    put_attribute(d->out, "cy", at.y);
    put_attribute(d->out, "r", d->unit);
    buf_text(d->out, "/>\n");
    put_text(d, class, (struct point){at.x, at.y + (node->value ? -3 : 5)}, node->name);
    if (node->bias)
        put_bias(d, node, at);
    if (!node->value)
        return;
    buf_text(d->out, "<text class=\"value\"");
    put_attribute(d->out, "x", at.x);
    put_attribute(d->out, "y", at.y + 14);
    buf_char(d->out, '>');
    struct buf value;
    buf_init(&value);
    write_text_formula(node->value, &value);
    html_text(d->out, buf_peek(&value));
    buf_clear(&value);
    buf_text(d->out, "</text>\n");
}

/* --- edges --- */

static struct curve curve_of(const struct drawing *d, const struct figure_edge *edge)
{
    return curve_between(place(d, edge->from), place(d, edge->to), edge->bend, d->unit);
}

static void put_point(struct buf *out, struct point p)
{
    put(out, p.x);
    buf_char(out, ' ');
    put(out, p.y);
}

static void put_curve(const struct drawing *d, const char *class,
                      const struct curve *curve)
{
    buf_format(d->out, "<path class=\"%s\" d=\"M", class);
    put_point(d->out, curve->from);
    buf_char(d->out, 'C');
    put_point(d->out, curve->first);
    buf_char(d->out, ' ');
    put_point(d->out, curve->second);
    buf_char(d->out, ' ');
    put_point(d->out, curve->to);
    buf_text(d->out, "\"/>");
}

/* The head is drawn apart, so that it has the colour of its edge. */
static void put_arrow(const struct drawing *d, const struct curve *curve)
{
    struct point tip = curve->to;
    double angle = atan2(tip.y - curve->second.y, tip.x - curve->second.x);
    buf_text(d->out, "<path class=\"head\" d=\"M");
    put_point(d->out, tip);
    for (int side = -1; side <= 1; side += 2) {
        buf_char(d->out, 'L');
        put_point(d->out, curve_step(tip, -ARROW, angle + side * .38));
    }
    buf_text(d->out, "Z\"/>");
}

static void put_label(const struct drawing *d, const struct figure_edge *edge,
                      const struct curve *curve)
{
    struct point at = curve_at(curve, edge->label_at);
    at.y += 4;
    if (edge->value) {
        struct buf value;
        buf_init(&value);
        write_text_formula(edge->value, &value);
        buf_text(d->out, "<text class=\"weight number\"");
        put_attribute(d->out, "x", at.x);
        put_attribute(d->out, "y", at.y);
        buf_char(d->out, '>');
        html_text(d->out, buf_peek(&value));
        buf_text(d->out, "</text>\n");
        buf_clear(&value);
    } else if (edge->name) {
        put_text(d, "weight", at, edge->name);
    }
}

static void put_classes(struct buf *out, const struct figure_edge *edge)
{
    buf_text(out, edge->mark == FIGURE_IDLE ? "edge idle" : "edge lit");
    if (edge->mark >= FIGURE_PATH)
        buf_format(out, " c%u", (edge->mark - FIGURE_PATH) % FORMULA_PATHS);
    buf_text(out, edge->paths ? " way" : "");
    for (unsigned i = 0; i < FORMULA_PATHS * FORMULA_OUTPUTS; i++)
        if (edge->paths >> i & 1)
            buf_format(out, " p%u", i);
}

static void put_edge(const struct drawing *d, const struct figure_edge *edge)
{
    struct curve curve = curve_of(d, edge);
    buf_text(d->out, "<g class=\"");
    put_classes(d->out, edge);
    buf_text(d->out, "\">");
    put_curve(d, "line", &curve);
    put_arrow(d, &curve);
    if (edge->paths) /* dashes have gaps that the pointer falls through */
        put_curve(d, "hit", &curve);
    put_label(d, edge, &curve);
    buf_text(d->out, "</g>\n");
}

/* What is lit lies above what is not. */
static void put_edges(const struct drawing *d, bool are_lit)
{
    for (size_t i = 0; i < d->figure->edge_count; i++)
        if ((d->figure->edges[i].mark != FIGURE_IDLE) == are_lit)
            put_edge(d, &d->figure->edges[i]);
}

static void include(struct drawing *d, struct point p, double room)
{
    double right = d->left + d->width, bottom = d->top + d->height;
    d->left = fmin(d->left, p.x - room);
    d->top = fmin(d->top, p.y - room);
    d->width = fmax(right, p.x + room) - d->left;
    d->height = fmax(bottom, p.y + room) - d->top;
}

static void measure(struct drawing *d)
{
    const struct figure *figure = d->figure;
    for (size_t i = 0; i < figure->node_count; i++)
        d->unit = figure->nodes[i].value ? VALUED_UNIT : d->unit;
    for (size_t i = 0; i < figure->node_count; i++) {
        if (i == 0) {
            struct point first = place(d, i);
            d->left = first.x;
            d->top = first.y;
        }
        include(d, place(d, i), d->unit + MARGIN + (figure->nodes[i].bias ? BIAS : 0));
    }
    for (size_t i = 0; i < figure->edge_count; i++) {
        struct curve curve = curve_of(d, &figure->edges[i]);
        for (int quarter = 1; quarter <= 3; quarter++)
            include(d, curve_at(&curve, quarter / 4.), MARGIN);
    }
}

/* The frame, with attributes that an SVG file needs besides. */
static void put_picture(struct drawing *d, const char *more, unsigned number)
{
    measure(d);
    buf_format(d->out, "<svg %sviewBox=\"", more);
    put(d->out, d->left);
    buf_char(d->out, ' ');
    put(d->out, d->top);
    buf_char(d->out, ' ');
    put(d->out, d->width);
    buf_char(d->out, ' ');
    put(d->out, d->height);
    buf_text(d->out, "\" style=\"max-width:");
    put(d->out, d->width);
    buf_format(d->out, "px\" role=\"img\" aria-labelledby=\"figure%u\">\n", number);
    buf_format(d->out, "<title id=\"figure%u\">", number);
    html_text(d->out, d->figure->description ? d->figure->description : "");
    buf_text(d->out, "</title>\n");
}

static void put_content(const struct drawing *d)
{
    put_edges(d, false);
    put_edges(d, true);
    for (size_t i = 0; i < d->figure->node_count; i++)
        put_unit(d, i);
    buf_text(d->out, "</svg>\n");
}

void html_figure(const struct figure *figure, unsigned number, uint64_t *paths,
                 struct buf *out)
{
    struct drawing d = {.figure = figure, .out = out, .unit = UNIT};
    put_picture(&d, "", number);
    put_content(&d);
    for (size_t i = 0; i < figure->edge_count; i++)
        *paths |= figure->edges[i].paths;
}

void write_svg(const struct figure *figure, struct buf *out)
{
    struct drawing d = {.figure = figure, .out = out, .unit = UNIT};
    put_picture(&d, "xmlns=\"http://www.w3.org/2000/svg\" ", 1);
    buf_text(out, "<style>\n");
    html_style_figure(out);
    buf_text(out, "</style>\n");
    put_content(&d);
}
