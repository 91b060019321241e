#include "figure/labels.h"

#include "base/name.h"

#include <math.h>

/* Distances count in rows; a column is wider than a row is high. */
static const double column_width = 1.75;

/* Of a name on paper, where it is larger than in a browser: half its height, a letter,
   a letter of a script, and a tenth of an em of a value. */
static const double half_height = .13, letter = .13, script = .085, tenth = .02;

/* Around a unit, where no name should stand, and around a name. */
static const double unit_radius = .3, gap = .03;

/* Where a name may stand on its edge, the best first. */
static const double candidates[] = {.5, .45, .55, .4, .6, .35, .65, .3, .7, .25, .75};

/* What is bad about a place: another name in it, a unit, an edge through it, and any of
   these near by. */
static const double on_name = 100, on_unit = 50, on_edge = 4, near_by = 1.5;

/* How much larger than a name its surroundings are. */
static const double surroundings = 1.7;

enum { CANDIDATES = sizeof candidates / sizeof *candidates, SWEEPS = 4 };

struct point {
    double x, y;
};

/* Half of it in each direction. */
struct box {
    struct point middle;
    double width, height;
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

/* A word of the head counts in letters, a command as one. */
static double name_width(const char *canonical)
{
    struct name name;
    if (!name_split(&name, canonical))
        return letter;
    size_t head = canonical[0] == '\\' ? 1 : name.head_length;
    size_t scripts =
        name.sub_length > name.sup_length ? name.sub_length : name.sup_length;
    return (double)head * letter + (double)scripts * script;
}

static struct box box_at(const struct figure *figure, const struct figure_edge *edge,
                         double at)
{
    double width =
        edge->value ? formula_width(edge->value) * tenth : name_width(edge->name);
    return (struct box){along(figure, edge, at), width / 2 + gap, half_height};
}

static bool is_placed(const struct figure_edge *edge)
{
    return edge->name && !edge->bend;
}

static bool overlap(const struct box *a, const struct box *b)
{
    return fabs(a->middle.x - b->middle.x) < a->width + b->width &&
           fabs(a->middle.y - b->middle.y) < a->height + b->height;
}

/* Whether an edge runs through a box: in the strip of its width, within its height. */
static bool runs_through(const struct figure *figure, const struct figure_edge *edge,
                         const struct box *box)
{
    struct point a = place_of(figure, edge->from), b = place_of(figure, edge->to);
    double low = fmax(fmin(a.x, b.x), box->middle.x - box->width),
           high = fmin(fmax(a.x, b.x), box->middle.x + box->width);
    if (low > high || a.x == b.x)
        return false;
    double slope = (b.y - a.y) / (b.x - a.x), first = a.y + slope * (low - a.x),
           last = a.y + slope * (high - a.x);
    return fmin(first, last) < box->middle.y + box->height &&
           fmax(first, last) > box->middle.y - box->height;
}

static bool touches_name(const struct figure *figure, size_t index, const struct box *box)
{
    for (size_t i = 0; i < figure->edge_count; i++) {
        const struct figure_edge *edge = &figure->edges[i];
        if (i == index || !is_placed(edge))
            continue;
        struct box other = box_at(figure, edge, edge->label_at);
        if (overlap(box, &other))
            return true;
    }
    return false;
}

static bool touches_unit(const struct figure *figure, const struct box *box)
{
    struct box unit = {.width = unit_radius, .height = unit_radius};
    for (size_t i = 0; i < figure->node_count; i++) {
        unit.middle = place_of(figure, i);
        if (overlap(box, &unit))
            return true;
    }
    return false;
}

/* How bad a place is. */
static double harm(const struct figure *figure, size_t index, double at)
{
    struct box box = box_at(figure, &figure->edges[index], at),
               around = {box.middle, box.width * surroundings, box.height * surroundings};
    double sum = fabs(at - .5) + on_name * touches_name(figure, index, &box) +
                 on_unit * touches_unit(figure, &box) +
                 near_by * touches_name(figure, index, &around);
    for (size_t i = 0; i < figure->edge_count; i++)
        if (i != index && !figure->edges[i].bend)
            sum += on_edge * runs_through(figure, &figure->edges[i], &box) +
                   near_by * runs_through(figure, &figure->edges[i], &around);
    return sum;
}

static void place(struct figure *figure, size_t index)
{
    struct figure_edge *edge = &figure->edges[index];
    double best = HUGE_VAL, chosen = edge->label_at;
    for (size_t i = 0; i < CANDIDATES; i++) {
        double here = harm(figure, index, candidates[i]);
        if (here < best) {
            best = here;
            chosen = candidates[i];
        }
    }
    edge->label_at = chosen;
}

void labels_remove(struct figure_edge *edge)
{
    edge->name = NULL;
    edge->value = NULL;
}

static bool has_room(const struct figure *figure, size_t index)
{
    const struct figure_edge *edge = &figure->edges[index];
    struct box box = box_at(figure, edge, edge->label_at);
    return !touches_name(figure, index, &box) && !touches_unit(figure, &box);
}

/* Whether some edges stand out from others. */
static bool has_contrast(const struct figure *figure)
{
    for (size_t i = 1; i < figure->edge_count; i++)
        if (figure->edges[i].mark != figure->edges[0].mark)
            return true;
    return false;
}

static bool are_beside(const struct figure *figure, const struct figure_edge *a,
                       const struct figure_edge *b)
{
    return figure->nodes[a->from].x == figure->nodes[b->from].x &&
           figure->nodes[a->to].x == figure->nodes[b->to].x && a->mark == b->mark;
}

/* Takes away a name without room, and with it those of its like between the same columns:
   a few of many would look like a choice. */
static void thin(struct figure *figure, size_t index)
{
    const struct figure_edge crowded = figure->edges[index];
    bool is_chosen = crowded.mark != FIGURE_IDLE && has_contrast(figure);
    for (size_t i = 0; i < figure->edge_count; i++)
        if (i == index || (!is_chosen && !figure->edges[i].bend &&
                           are_beside(figure, &crowded, &figure->edges[i])))
            labels_remove(&figure->edges[i]);
}

void labels_place(struct figure *figure)
{
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t i = 0; i < figure->edge_count; i++)
            if (is_placed(&figure->edges[i]))
                place(figure, i);
    for (size_t i = figure->edge_count; i-- > 0;)
        if (is_placed(&figure->edges[i]) && !has_room(figure, i))
            thin(figure, i);
}
