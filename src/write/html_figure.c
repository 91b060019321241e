#include "write/html_figure.h"

#include "base/name.h"
#include "write/figure_curve.h"
#include "write/html_style.h"
#include "write/html_text.h"
#include "write/svg_text.h"
#include "write/write.h"

#include <math.h>

/* In pixels; the lines of names and values from the middle of a unit or edge, that of a
   bias from below its unit. */
enum {
    COLUMN = 170,
    ROW = 96,
    UNIT = 24,
    VALUED_UNIT = 32,
    MARGIN = 14,
    ARROW = 9,
    BASELINE = 5,
    VALUE_UP = 10,
    VALUE_DOWN = 17,
    BIAS = 17
};

/* Of texts, in pixels: how high they are, and how wide at an edge at most. */
enum { NAME = 18, WEIGHT = 16, VALUE = 15, LABEL_ROOM = 90 };

/* Where a page is narrower a figure scrolls. */
static const double least_scale = .55;

struct drawing {
    const struct figure *figure;
    struct buf *out;
    double left, top, width, height;
    double unit; /* radius */
};

static struct point place(const struct drawing *d, size_t node)
{
    return (struct point){d->figure->nodes[node].x * COLUMN,
                          d->figure->nodes[node].y * ROW};
}

/* --- units --- */

static void put_ellipsis(const struct drawing *d, const struct figure_node *node,
                         struct point at)
{
    buf_text(d->out, node->mark ? "<text class=\"unit\"" : "<text class=\"unit idle\"");
    svg_attribute(d->out, "x", at.x);
    svg_attribute(d->out, "y", at.y + BASELINE);
    svg_attribute(d->out, "font-size", NAME);
    buf_format(d->out, ">%s</text>\n", node->across ? "⋯" : "⋮");
}

static void put_circle(const struct drawing *d, const char *class, struct point at)
{
    buf_format(d->out, "<circle class=\"%s\"", class);
    svg_attribute(d->out, "cx", at.x);
    svg_attribute(d->out, "cy", at.y);
    svg_attribute(d->out, "r", d->unit);
    buf_text(d->out, "/>\n");
}

static struct svg_text text_at(struct point at, const char *class, double size,
                               double room)
{
    return (struct svg_text){class, "", at.x, at.y, size, room, false};
}

/* `+b_1` below the unit, or its value with its sign. */
static void put_bias(const struct drawing *d, const struct figure_node *node,
                     struct point at)
{
    at.y += d->unit + BIAS;
    struct svg_text text =
        text_at(at, node->mark ? "bias" : "bias idle", WEIGHT, LABEL_ROOM);
    text.before = "+";
    text.class = node->bias_value && node->mark ? "bias value" : text.class;
    if (node->bias_value)
        svg_value(d->out, &text, node->bias_value);
    else
        svg_name(d->out, &text, node->bias);
}

static void put_names(const struct drawing *d, const struct figure_node *node,
                      struct point at)
{
    const char *class = node->mark ? "unit" : "unit idle";
    struct point name_at = {at.x, at.y + BASELINE - (node->value ? VALUE_UP : 0)};
    struct point value_at = {at.x, at.y + VALUE_DOWN};
    struct svg_text name = text_at(name_at, class, NAME, 1.7 * d->unit);
    struct svg_text value = text_at(value_at, "value", VALUE, 1.7 * d->unit);
    svg_name(d->out, &name, node->name);
    if (node->value)
        svg_value(d->out, &value, node->value);
    if (node->bias)
        put_bias(d, node, at);
}

static void put_unit(const struct drawing *d, size_t index)
{
    const struct figure_node *node = &d->figure->nodes[index];
    struct point at = place(d, index);
    if (!node->name) {
        put_ellipsis(d, node, at);
        return;
    }
    put_circle(d, node->mark ? "unit" : "unit idle", at);
    put_names(d, node, at);
}

/* --- edges --- */

static struct curve curve_of(const struct drawing *d, const struct figure_edge *edge)
{
    return curve_between(place(d, edge->from), place(d, edge->to), edge->bend, d->unit);
}

static void put_point(struct buf *out, struct point p)
{
    svg_number(out, p.x);
    buf_char(out, ' ');
    svg_number(out, p.y);
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

static void put_line(const struct drawing *d, const struct figure_edge *edge)
{
    struct curve curve = curve_of(d, edge);
    put_curve(d, "line", &curve);
    put_arrow(d, &curve);
    if (edge->paths) /* dashes have gaps that the pointer falls through */
        put_curve(d, "hit", &curve);
}

static void put_label(const struct drawing *d, const struct figure_edge *edge)
{
    struct curve curve = curve_of(d, edge);
    struct point at = curve_at(&curve, edge->label_at);
    at.y += BASELINE;
    struct svg_text text = text_at(at, "weight", WEIGHT, LABEL_ROOM);
    text.has_halo = true;
    if (edge->value) {
        text.class = "weight value";
        text.size = VALUE;
        svg_value(d->out, &text, edge->value);
    } else if (edge->name) {
        svg_name(d->out, &text, edge->name);
    }
}

static void put_edge(const struct drawing *d, const struct figure_edge *edge,
                     void (*part)(const struct drawing *, const struct figure_edge *))
{
    buf_text(d->out, "<g class=\"");
    put_classes(d->out, edge);
    buf_text(d->out, "\">");
    part(d, edge);
    buf_text(d->out, "</g>\n");
}

/* What is lit lies above what is not, names above all lines. */
static void put_edges(const struct drawing *d)
{
    const struct figure *figure = d->figure;
    for (int are_lit = 0; are_lit <= 1; are_lit++)
        for (size_t i = 0; i < figure->edge_count; i++)
            if ((figure->edges[i].mark != FIGURE_IDLE) == are_lit)
                put_edge(d, &figure->edges[i], put_line);
    for (size_t i = 0; i < figure->edge_count; i++)
        if (figure->edges[i].value || figure->edges[i].name)
            put_edge(d, &figure->edges[i], put_label);
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

/* What it shows, for those who do not see it: the units, column by column. */
static void put_description(const struct drawing *d)
{
    const struct figure *figure = d->figure;
    struct buf names;
    buf_init(&names);
    if (figure->description)
        buf_text(&names, figure->description);
    for (size_t i = 0; i < figure->node_count; i++) {
        const struct figure_node *node = &figure->nodes[i];
        bool is_column = i > 0 && node->x != node[-1].x;
        buf_text(&names, i == 0 ? ": " : is_column ? "; " : ", ");
        if (node->name)
            name_unicode(&names, node->name);
        else
            buf_text(&names, "…");
    }
    html_text(d->out, buf_peek(&names));
    buf_clear(&names);
}

/* The frame, with attributes that an SVG file needs besides. */
static void put_picture(struct drawing *d, const char *more, unsigned number)
{
    measure(d);
    buf_format(d->out, "<svg %sviewBox=\"", more);
    svg_number(d->out, d->left);
    buf_char(d->out, ' ');
    svg_number(d->out, d->top);
    buf_char(d->out, ' ');
    svg_number(d->out, d->width);
    buf_char(d->out, ' ');
    svg_number(d->out, d->height);
    buf_text(d->out, "\" style=\"max-width:");
    svg_number(d->out, d->width);
    buf_text(d->out, "px;min-width:");
    svg_number(d->out, least_scale * d->width);
    buf_format(d->out, "px\" role=\"img\" aria-labelledby=\"figure%u\">\n", number);
    buf_format(d->out, "<title id=\"figure%u\">", number);
    put_description(d);
    buf_text(d->out, "</title>\n");
}

static void put_content(const struct drawing *d)
{
    put_edges(d);
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
    buf_text(out, "svg{background:var(--paper)}\n</style>\n");
    put_content(&d);
}
