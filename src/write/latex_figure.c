#include "write/latex_figure.h"

#include "base/name.h"
#include "write/latex_formula.h"
#include "write/write.h"

/* The largest diameters, in tenths of a millimetre, and a value, in tenths of an em, that
 * widens its unit. */
enum { NODE = 90, VALUED_NODE = 130, WIDE_VALUE = 45 };

/* A tenth of an em of small script, in tenths of a millimetre. */
static const double SCRIPT_TENTH = 2.8;

/* Of a unit's diameter, below its name. */
static const double VALUE_SHARE = .75;

/* The picture's extent, and what a unit is on paper. */
struct scale {
    double left, top, columns, rows;
    int x, y;          /* tenths of a millimetre */
    int node;          /* diameter */
    const char *value; /* the font of values */
};

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

static struct scale fit(const struct figure *figure)
{
    unsigned values = value_width(figure);
    struct scale scale = {
        .x = values ? 330 : 280,
        .y = values > WIDE_VALUE || (values && has_biases(figure)) ? 190 : 160,
        .node = values ? VALUED_NODE : NODE,
        .value = "\\scriptsize"};
    double right = 0, bottom = 0;
    for (size_t i = 0; i < figure->node_count; i++) {
        const struct figure_node *node = &figure->nodes[i];
        scale.left = i == 0 || node->x < scale.left ? node->x : scale.left;
        right = i == 0 || node->x > right ? node->x : right;
        scale.top = i == 0 || node->y < scale.top ? node->y : scale.top;
        bottom = i == 0 || node->y > bottom ? node->y : bottom;
    }
    scale.columns = right - scale.left;
    scale.rows = bottom - scale.top;
    if (scale.columns > 0)
        scale.x = smaller(scale.x, 1450 / scale.columns);
    if (scale.rows > 0)
        scale.y = smaller(scale.y, 1300 / scale.rows);
    int least = scale.x < scale.y ? scale.x : scale.y;
    scale.node = smaller(scale.node, least * .8);
    if (values * SCRIPT_TENTH > scale.node * VALUE_SHARE)
        scale.value = "\\tiny";
    return scale;
}

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

static void put_styles(struct buf *out, const struct figure *figure,
                       const struct scale *scale)
{
    buf_text(out, "\\begin{tikzpicture}[x=");
    put_tenths(out, scale->x);
    buf_text(out, ",y=");
    put_tenths(out, scale->y);
    buf_text(out, ",>={Stealth[length=2mm]},\n  unit/.style={circle,draw,minimum size=");
    put_tenths(out, scale->node);
    buf_text(out, ",inner sep=0pt,font=\\small");
    buf_text(out, value_width(figure) ? ",align=center},\n" : "},\n");
    buf_text(out, "  idle/.style={black!35},\n"
                  "  lit/.style={");
    buf_text(out, has_contrast(figure) ? "very thick" : "");
    buf_text(out, "},\n"
                  "  weight/.style={font=\\scriptsize,fill=white,inner sep=1pt}");
    buf_text(out, has_biases(figure) ? ",\n  bias/.style={font=\\scriptsize,anchor=north,"
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
                     const struct scale *scale)
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
                     const struct scale *scale, size_t index)
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

static void put_line(struct buf *out, int bend)
{
    if (bend == 0)
        buf_text(out, "--");
    else
        buf_format(out, "to[bend %s=%d]", bend > 0 ? "left" : "right",
                   bend > 0 ? bend : -bend);
}

static uint32_t put_edge(struct buf *out, const struct figure_edge *edge)
{
    buf_text(out, "  \\draw[->,");
    uint32_t colour = put_style(out, edge->mark);
    buf_format(out, "] (n%zu) ", edge->from);
    put_line(out, edge->bend);
    if (edge->name || edge->value) {
        buf_text(out, " node[weight,pos=");
        put_place(out, edge->label_at);
        buf_text(out, "] {");
        if (edge->value)
            put_value(out, edge->value);
        else
            put_name(out, edge->name);
        buf_char(out, '}');
    }
    buf_format(out, " (n%zu);\n", edge->to);
    return colour;
}

uint32_t latex_figure_write(const struct figure *figure, struct buf *out)
{
    struct scale scale = fit(figure);
    uint32_t colours = 0;
    put_styles(out, figure, &scale);
    for (size_t i = 0; i < figure->node_count; i++)
        put_node(out, figure, &scale, i);
    for (int lit = 0; lit <= 1; lit++) { /* what is lit lies above what is not */
        for (size_t i = 0; i < figure->edge_count; i++) {
            if ((figure->edges[i].mark > 0) == (lit == 1))
                colours |= put_edge(out, &figure->edges[i]);
        }
    }
    buf_text(out, "\\end{tikzpicture}\n");
    return colours;
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
