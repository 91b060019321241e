#include "write/latex_figure.h"

#include "base/name.h"
#include "write/latex_formula.h"
#include "write/latex_scale.h"
#include "write/write.h"

/* In tenths of a millimetre. */
static const double POINT = 3.5146;

static void put_tenths(struct buf *out, int tenths)
{
    buf_format(out, "%d.%dmm", tenths / 10, tenths % 10);
}

/* Hundredths, whatever the locale writes for a decimal point. */
static void put_place(struct buf *out, double value)
{
    int hundredths = (int)(value * 100 + (value < 0 ? -.5 : .5));
    int magnitude = hundredths < 0 ? -hundredths : hundredths;
    buf_format(out, "%s%d.%02d", hundredths < 0 ? "-" : "", magnitude / 100,
               magnitude % 100);
}

/* What is lit is thick where something else is not. */
static bool has_contrast(const struct figure *figure)
{
    for (size_t i = 1; i < figure->edge_count; i++) {
        if (figure->edges[i].mark != figure->edges[0].mark)
            return true;
    }
    return false;
}

static void put_sizes(struct buf *out, const struct latex_scale *scale)
{
    buf_text(out, "x=");
    put_tenths(out, scale->x);
    buf_text(out, ",y=");
    put_tenths(out, scale->y);
    if (scale->factor < 1) {
        buf_text(out, ",scale=");
        put_place(out, scale->factor);
        buf_text(out, ",transform shape");
    }
    buf_text(out, scale->factor < .7 ? ",>={Stealth[length=1.4mm]}"
                                     : ",>={Stealth[length=2mm]}");
}

static void put_styles(struct buf *out, const struct figure *figure,
                       const struct latex_scale *scale)
{
    buf_text(out, "\\begin{tikzpicture}[");
    put_sizes(out, scale);
    buf_text(out, ",\n  unit/.style={circle,draw,minimum size=");
    put_tenths(out, scale->node);
    buf_text(out, ",inner sep=0pt,font=\\small");
    buf_text(out, scale->has_values ? ",align=center},\n" : "},\n");
    buf_text(out, "  idle/.style={black!35},\n"
                  "  lit/.style={");
    buf_text(out, has_contrast(figure) ? "very thick" : "");
    buf_text(out, "},\n"
                  "  weight/.style={font=\\scriptsize,fill=white,inner sep=1pt}");
    buf_text(out, scale->has_biases ? ",\n  bias/.style={font=\\scriptsize,anchor=north,"
                                      "inner sep=2pt}]\n"
                                    : "]\n");
}

static const char *const dashes[LATEX_COLOURS] = {
    "solid",
    "densely dashed",
    "densely dotted",
    "densely dashdotted",
    "dash pattern=on 8pt off 2pt",
    "densely dashdotdotted",
};

static void put_name(struct buf *out, const char *canonical)
{
    buf_char(out, '$');
    name_latex(out, canonical);
    buf_char(out, '$');
}

static void put_value(struct buf *out, const struct formula *value)
{
    buf_char(out, '$');
    write_latex_formula(value, out);
    buf_char(out, '$');
}

/* The name, with the value below it. */
static void put_unit(struct buf *out, const struct figure_node *node,
                     const struct latex_scale *scale)
{
    put_name(out, node->name);
    if (!node->value)
        return;
    buf_format(out, "\\\\[-1pt]%s", scale->value);
    put_value(out, node->value);
}

/* `+b_1` below the unit, or its value with its sign. */
static void put_bias(struct buf *out, const struct figure_node *node, size_t index)
{
    struct buf text;
    buf_init(&text);
    if (node->bias_value)
        write_latex_formula(node->bias_value, &text);
    else
        name_latex(&text, node->bias);
    buf_format(out, "  \\node[bias%s] at (n%zu.south) {$%s%s$};\n",
               node->mark ? "" : ",idle", index, buf_peek(&text)[0] == '-' ? "" : "+",
               buf_peek(&text));
    buf_clear(&text);
}

static void put_node(struct buf *out, const struct figure *figure,
                     const struct latex_scale *scale, size_t index)
{
    const struct figure_node *node = &figure->nodes[index];
    const char *idle = node->mark ? "" : ",idle";
    if (node->name)
        buf_format(out, "  \\node[unit%s] (n%zu) at (", idle, index);
    else
        buf_format(out, "  \\node%s (n%zu) at (", node->mark ? "" : "[idle]", index);
    put_place(out, node->x);
    buf_char(out, ',');
    put_place(out, -node->y);
    buf_text(out, ") {");
    if (node->name)
        put_unit(out, node, scale);
    else
        buf_text(out, node->across ? "$\\cdots$" : "$\\vdots$");
    buf_text(out, "};\n");
    if (node->bias)
        put_bias(out, node, index);
}

/* The style of an edge; answers the colour's bit. */
static uint32_t put_style(struct buf *out, unsigned mark)
{
    if (mark == FIGURE_IDLE) {
        buf_text(out, "idle");
        return 0;
    }
    if (mark < FIGURE_PATH) {
        buf_text(out, "lit");
        return 0;
    }
    unsigned colour = (mark - FIGURE_PATH) % LATEX_COLOURS;
    buf_format(out, "thick,path%u,%s", colour + 1, dashes[colour]);
    return (uint32_t)1 << colour;
}

/* How an edge is drawn on an overlay: in the colour of the path whose term appears; idle
   before the first term of a path through it; else as on a page. */
static unsigned mark_on(const struct overlays *overlays, const struct figure_edge *edge,
                        unsigned overlay)
{
    unsigned mark = FIGURE_IDLE;
    for (unsigned i = 0; i < OVERLAYS_PATHS; i++) {
        unsigned from = edge->paths >> i & 1 ? overlays->paths[i] : 0;
        if (from == overlay && overlays->alone >> i & 1)
            return FIGURE_PATH + i % FORMULA_PATHS;
        if (from > 0 && from <= overlay)
            mark = edge->mark;
    }
    return mark;
}

/* The styles of an edge, each for a run of overlays. */
static uint32_t put_overlays(struct buf *out, const struct overlays *overlays,
                             const struct figure_edge *edge)
{
    uint32_t colours = 0;
    for (unsigned first = 1, last; first <= overlays->now; first = last + 1) {
        unsigned mark = mark_on(overlays, edge, first);
        last = first;
        while (last < overlays->now && mark_on(overlays, edge, last + 1) == mark)
            last++;
        if (first == 1 && last == overlays->now)
            return put_style(out, mark);
        buf_format(out, first > 1 ? ",on=<%u" : "on=<%u", first);
        if (last == overlays->now)
            buf_char(out, '-');
        else if (last > first)
            buf_format(out, "-%u", last);
        buf_text(out, ">{");
        colours |= put_style(out, mark);
        buf_char(out, '}');
    }
    return colours;
}

static void put_line(struct buf *out, int bend)
{
    if (bend == 0)
        buf_text(out, "--");
    else
        buf_format(out, "to[bend %s=%d]", bend > 0 ? "left" : "right",
                   bend > 0 ? bend : -bend);
}

static uint32_t put_path(struct buf *out, const char *command,
                         const struct figure_edge *edge, const struct overlays *overlays)
{
    buf_text(out, command);
    uint32_t colours = overlays && edge->paths ? put_overlays(out, overlays, edge)
                                               : put_style(out, edge->mark);
    buf_format(out, "] (n%zu) ", edge->from);
    put_line(out, edge->bend);
    return colours;
}

static uint32_t put_edge(struct buf *out, const struct figure_edge *edge,
                         const struct overlays *overlays)
{
    uint32_t colours = put_path(out, "  \\draw[->,", edge, overlays);
    buf_format(out, " (n%zu);\n", edge->to);
    return colours;
}

/* The name on an edge, or the value of its weight. */
static void put_label(struct buf *out, const struct figure_edge *edge,
                      const struct overlays *overlays)
{
    if (!edge->name && !edge->value)
        return;
    put_path(out, "  \\path[", edge, overlays);
    buf_text(out, " node[weight,pos=");
    put_place(out, edge->label_at);
    buf_text(out, "] {");
    if (edge->value)
        put_value(out, edge->value);
    else
        put_name(out, edge->name);
    buf_format(out, "} (n%zu);\n", edge->to);
}

static uint32_t put_content(struct buf *out, const struct figure *figure,
                            const struct latex_scale *scale,
                            const struct overlays *overlays)
{
    uint32_t colours = 0;
    for (size_t i = 0; i < figure->node_count; i++)
        put_node(out, figure, scale, i);
    for (int lit = 0; lit <= 1; lit++) { /* what is lit lies above what is not */
        for (size_t i = 0; i < figure->edge_count; i++) {
            if ((figure->edges[i].mark > 0) == (lit == 1))
                colours |= put_edge(out, &figure->edges[i], overlays);
        }
    }
    for (size_t i = 0; i < figure->edge_count; i++) /* no line runs over a name */
        put_label(out, &figure->edges[i], overlays);
    buf_text(out, "\\end{tikzpicture}\n");
    return colours;
}

uint32_t latex_figure_write(const struct figure *figure, struct buf *out)
{
    struct latex_scale scale = latex_scale_fit(figure);
    put_styles(out, figure, &scale);
    return put_content(out, figure, &scale, NULL);
}

static void put_corner(struct buf *out, double x, double y)
{
    buf_char(out, '(');
    put_place(out, x / 10);
    buf_text(out, "mm,");
    put_place(out, -y / 10);
    buf_text(out, "mm)");
}

/* TeX would count the control points of curves to the picture. */
static void put_frame(struct buf *out, const struct figure *figure,
                      const struct latex_scale *scale)
{
    struct latex_extent extent = latex_scale_extent(figure, scale);
    buf_text(out, "  \\useasboundingbox ");
    put_corner(out, extent.left, extent.bottom);
    buf_text(out, " rectangle ");
    put_corner(out, extent.right, extent.top);
    buf_text(out, ";\n");
}

unsigned latex_figure_height(const struct figure *figure)
{
    struct latex_scale scale = latex_scale_fit(figure);
    return (unsigned)(latex_scale_height(figure, &scale) / POINT + 1);
}

uint32_t latex_figure_write_slide(const struct figure *figure, unsigned height,
                                  const struct overlays *overlays, struct buf *out)
{
    struct latex_scale scale = latex_scale_fit(figure);
    latex_scale_shrink(&scale, figure, height * POINT);
    put_styles(out, figure, &scale);
    put_frame(out, figure, &scale);
    return put_content(out, figure, &scale, overlays);
}

/* Okabe and Ito's colours, which the colour-blind can tell apart. */
static const char *const colours[LATEX_COLOURS] = {"0072B2", "D55E00", "009E73",
                                                   "CC79A7", "E69F00", "56B4E9"};

void latex_figure_colours(uint32_t used, struct buf *out)
{
    for (unsigned i = 0; i < LATEX_COLOURS; i++)
        if (used >> i & 1)
            buf_format(out, "\\definecolor{path%u}{HTML}{%s}\n", i + 1, colours[i]);
}

/* Pages as large as their pictures, without a package for that. */
static void put_pages(const struct doc *doc, struct buf *out)
{
    buf_text(out, "\\documentclass[11pt]{article}\n\\usepackage{amsmath}\n"
                  "\\usepackage{tikz}\n\\usetikzlibrary{arrows.meta}\n"
                  "\\newcommand{\\picturepage}{%\n"
                  "  \\pdfpagewidth=\\dimexpr\\wd0+4mm\\relax\n"
                  "  \\pdfpageheight=\\dimexpr\\ht0+\\dp0+4mm\\relax\n"
                  "  \\pdfhorigin=2mm \\pdfvorigin=2mm \\hoffset=0pt \\voffset=0pt\n"
                  "  \\shipout\\box0}\n");
    struct buf body;
    uint32_t used = 0;
    buf_init(&body);
    for (const struct block *block = doc->first; block; block = block->next) {
        buf_text(&body, "\\setbox0=\\hbox{%\n");
        used |= latex_figure_write(block->figure, &body);
        buf_truncate(&body, body.length - 1);
        buf_text(&body, "}\\picturepage\n");
    }
    latex_figure_colours(used, out);
    buf_text(out, "\\begin{document}\n");
    buf_bytes(out, buf_peek(&body), body.length);
    buf_text(out, "\\end{document}\n");
    buf_clear(&body);
}

void write_latex_figures(const struct doc *doc, bool standalone, struct buf *out)
{
    if (standalone) {
        put_pages(doc, out);
        return;
    }
    struct buf body;
    uint32_t used = 0;
    buf_init(&body);
    for (const struct block *block = doc->first; block; block = block->next)
        used |= latex_figure_write(block->figure, &body);
    buf_text(out, "% \\usepackage{tikz} \\usetikzlibrary{arrows.meta}\n");
    latex_figure_colours(used, out);
    buf_bytes(out, buf_peek(&body), body.length);
    buf_clear(&body);
}
