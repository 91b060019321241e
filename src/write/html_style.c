#include "write/html_style.h"

#include "doc/formula.h"

/* Okabe and Ito's colours, which the colour-blind can tell apart; darker on light paper
   where they would be hard to read. */
static const char *const light[FORMULA_PATHS] = {"#0068a3", "#b84f00", "#00795a",
                                                 "#a8487f", "#8a6100", "#2b6f99"};
static const char *const dark[FORMULA_PATHS] = {"#6bbcf2", "#f0a050", "#3ecf9f",
                                                "#e79ac6", "#f0c040", "#9fd3f5"};
static const char *const dashes[FORMULA_PATHS] = {"none",    "7 4",  "2 3",
                                                  "8 3 2 3", "12 3", "6 2 2 2 2 2"};

static const char page[] =
    "body{margin:0 auto;max-width:51rem;padding:1.5rem;color:var(--ink);"
    "background:var(--paper);font:1.05rem/1.6 Georgia,serif}p{max-width:44rem}\n"
    "h1{font-size:1.5rem;line-height:1.3}h2{font-size:1.2rem;margin-top:2rem}"
    "h3{font-size:1.05rem;margin-top:1.6rem}h4{font-size:1rem;font-style:italic}\n"
    "a{color:inherit}math{font-size:1.1em}mfrac{padding:0 .1em}\n"
    ".call{padding-left:.17em}.call:first-child,mo+.call{padding-left:0}"
    "mo[minsize]{margin:0 -.08em}\n"
    "figure{margin:1.5rem 0}svg{display:block;margin:auto;width:100%;height:auto}\n"
    ".scroll{overflow-x:auto;margin:.6rem 0;padding:.4rem 0}\n"
    ".rows{display:grid;grid-template-columns:max-content max-content 1fr;"
    "align-items:baseline;row-gap:.5rem;width:max-content;min-width:100%}\n"
    ".left{grid-column:1;justify-self:end}.right{grid-column:2}\n"
    ".more{padding-left:2em}.more>math>mo:first-child,"
    ".more>math>mrow>mo:first-child:not([form]){padding-right:.2em}\n"
    ".reason{grid-column:2/-1;color:var(--soft);font-size:.9em;margin-top:.3rem}\n"
    ".number{grid-column:3;justify-self:end;padding-left:1.5em;color:var(--soft)}\n"
    ".grid,.grid>div{display:flex;align-items:baseline}"
    ".grid{flex-wrap:wrap;gap:.6rem 2.5rem}"
    ".pairs{display:grid;grid-template-columns:max-content max-content}\n"
    "h1{overflow-wrap:anywhere}\n"
    "table{border-collapse:collapse;margin:1rem 0}"
    "th,td{padding:.3rem .8rem;text-align:left;vertical-align:baseline}"
    "th{border-bottom:1px solid var(--ink)}\n"
    "pre{overflow-x:auto}code{font-size:.92em}:not(pre)>code{overflow-wrap:anywhere}\n"
    ".hit{stroke:transparent;stroke-width:18;pointer-events:stroke}\n"
    ".term,.way{cursor:help}.term,.edge{transition:opacity .15s}.term:focus{outline:2px "
    "solid;"
    "outline-offset:2px}\n"
    "@media(prefers-reduced-motion:reduce){.term,.edge{transition:none}}\n";

/* On a telephone what an equation defines stands above it. */
static const char narrow[] =
    "@media(max-width:40rem){body{padding:1rem;font-size:1rem}"
    ".rows{grid-template-columns:max-content 1fr}"
    ".left,.reason{grid-column:1/-1;justify-self:start}.right{grid-column:1}"
    ".reason{position:sticky;left:0;max-width:calc(100vw - 2rem)}"
    ".number{grid-column:2}.pairs{grid-template-columns:max-content}}\n";

/* Where there is room beside the text, the figure stays in sight while its terms are
   pointed at. */
static const char wide[] =
    "@media screen and (min-width:84rem){body:has(.term){--side:min(36rem,100vw - 57rem);"
    "margin-left:calc((100vw - 54rem - var(--side))/2)}"
    "section:has(.term)>figure{position:sticky;top:1.5rem;float:right;"
    "width:var(--side);margin:0 calc(-1rem - var(--side)) 0 0}"
    "section:has(.term)>figure svg{max-height:calc(100vh - 3rem)}}\n";

/* On paper nothing scrolls. */
static const char printed[] =
    "@media print{body{max-width:none;padding:0;font-size:9.5pt}"
    "p{max-width:none}.scroll,pre{overflow:visible}pre{white-space:pre-wrap}"
    "td{overflow-wrap:anywhere}svg{min-width:0!important}"
    "figure,.left,.right,.grid>div,tr{break-inside:avoid}.reason{break-after:avoid}h1,h2,"
    "h3,h4{break-after:avoid}}\n";

static const char figure_rules[] =
    "circle.unit{fill:var(--paper);stroke:var(--ink);stroke-width:1.3}"
    "circle.idle{stroke:var(--idle)}\n"
    "text{fill:var(--ink);font-family:Georgia,serif;font-style:italic;text-anchor:middle}"
    "text.idle,.idle .weight{fill:var(--soft)}.value{font-style:normal}\n"
    "text.halo{fill:var(--paper);stroke:var(--paper);stroke-width:7px;"
    "stroke-linejoin:round}\n"
    ".stem{text-anchor:end}.script{text-anchor:start;font-size:.7em;font-style:normal}\n"
    ".line,.hit{fill:none}.line{stroke:var(--idle);stroke-width:1.4}"
    ".head{fill:var(--idle)}\n"
    ".lit .line{stroke:var(--ink);stroke-width:2.4}.lit .head{fill:var(--ink)}\n";

static void put_colours(struct buf *out, const char *const colours[FORMULA_PATHS])
{
    for (unsigned i = 0; i < FORMULA_PATHS; i++)
        buf_format(out, ";--c%u:%s", i, colours[i]);
    buf_text(out, "}");
}

/* The first path of an edge gives it its colour and dashes. */
static void put_colour(struct buf *out, unsigned colour)
{
    buf_format(out, ".c%u .line{stroke:var(--c%u);stroke-dasharray:%s}", colour, colour,
               dashes[colour]);
    buf_format(out, ".c%u :is(.head,.weight){fill:var(--c%u)}\n", colour, colour);
}

static void put_pointed(struct buf *out, unsigned path)
{
    buf_format(out, "section:has(.p%u:hover,.p%u:focus) ", path, path);
}

static void put_path(struct buf *out, unsigned path)
{
    unsigned colour = path % FORMULA_PATHS;
    buf_format(out, ".term.p%u{color:var(--c%u)}\n", path, colour);
    put_pointed(out, path);
    buf_format(out, ":is(.term,.edge).p%u{opacity:1}\n", path);
    put_pointed(out, path);
    buf_format(out, ".edge.p%u .line{stroke:var(--c%u);stroke-width:4.5}\n", path,
               colour);
    put_pointed(out, path);
    buf_format(out, ".edge.p%u .head{fill:var(--c%u)}\n", path, colour);
}

static void put_root(struct buf *out)
{
    buf_text(out,
             ":root{color-scheme:light dark;--ink:#222;--paper:#fdfdfb;--idle:#c4c4c0;"
             "--soft:#5e5e5a");
    put_colours(out, light);
    buf_text(out, "\n@media screen and (prefers-color-scheme:dark){:root{--ink:#e8e6e3;"
                  "--paper:#17191c;--idle:#50545a;--soft:#a9a9a4");
    put_colours(out, dark);
    buf_text(out, "}\n");
}

void html_style_figure(struct buf *out)
{
    put_root(out);
    buf_text(out, figure_rules);
    for (unsigned i = 0; i < FORMULA_PATHS; i++)
        put_colour(out, i);
}

void html_style(uint64_t paths, struct buf *out)
{
    html_style_figure(out);
    buf_text(out, page);
    buf_text(out, narrow);
    buf_text(out, printed);
    if (paths) {
        buf_text(out, wide);
        buf_text(out, "section:has(.term:hover,.term:focus,.way:hover) "
                      ":is(.term,.lit){opacity:.18}\n");
    }
    for (unsigned i = 0; i < FORMULA_PATHS * FORMULA_OUTPUTS; i++)
        if (paths >> i & 1)
            put_path(out, i);
}
