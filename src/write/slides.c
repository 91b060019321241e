#include "write/slides.h"

#include "write/latex_figure.h"
#include "write/latex_table.h"
#include "write/overlays.h"
#include "write/slide_heights.h"

#include <string.h>

enum {
    FIGURE_LEAST = 54, /* beside other things, in points */
    FIGURE_MOST = 165, /* by itself */
    FIGURE_GAP = 6
};

/* What is not parted, and where it ends. */
struct unit {
    unsigned height;
    struct spot end;
};

/* --- units --- */

static struct spot spot_of(const struct doc *doc, const struct block *block)
{
    while (block && !doc_is_shown(doc, block))
        block = block->next;
    return (struct spot){.block = block};
}

static struct spot row_spot(const struct doc *doc, const struct block *block,
                            const struct row *row)
{
    return row ? (struct spot){.block = block, .row = row} : spot_of(doc, block->next);
}

static bool is_display(const struct block *block)
{
    return block->kind == BLOCK_DISPLAY || block->kind == BLOCK_GRID;
}

static bool is_heading(const struct block *block)
{
    return block->kind == BLOCK_HEADING;
}

bool slides_is_list(const struct block *block)
{
    if (block->kind != BLOCK_GRID)
        return false;
    for (const struct row *row = block->rows; row; row = row->next)
        if (row->number || row->reason)
            return false;
    return true;
}

/* Rows up to `end`, which are `beside` each other or below each other. */
static unsigned rows_height(const struct block *block, const struct row *first,
                            const struct row *end, bool beside)
{
    struct latex_rows rows = latex_rows_part(block->rows, block->rows, NULL);
    unsigned total = 0, highest = 0;
    for (const struct row *row = first; row != end; row = row->next) {
        unsigned height = slide_row_height(&rows, row);
        total += height;
        highest = height > highest ? height : highest;
    }
    return beside ? highest : total;
}

/* One line of a list, or a row and those that continue it; with `is_single` one row. */
static struct unit rows_at(const struct doc *doc, struct spot at, bool is_single)
{
    const struct block *block = at.block;
    const struct row *first = at.row ? at.row : block->rows, *end = first->next;
    unsigned columns =
        slides_is_list(block) ? latex_rows_columns(block->rows, block->columns) : 1;
    for (unsigned i = 1; i < columns && end; i++)
        end = end->next;
    while (!is_single && end && end->continues)
        end = end->next;
    return (struct unit){.height = rows_height(block, first, end, columns > 1) +
                                   (at.row ? 0 : SLIDE_DISPLAY),
                         .end = row_spot(doc, block, end)};
}

/* Rows that continue each other are parted where a slide has no room for all. */
static struct unit display_at(const struct doc *doc, struct spot at, unsigned room)
{
    struct unit unit = rows_at(doc, at, false);
    return unit.height > room ? rows_at(doc, at, true) : unit;
}

static bool leads(struct unit paragraph, struct spot at)
{
    return at.block->kind == BLOCK_PARAGRAPH && paragraph.end.block &&
           is_display(paragraph.end.block);
}

static struct unit table_at(const struct doc *doc, struct spot at)
{
    struct latex_table_pieces pieces =
        latex_table_measure(at.block, at.line, SLIDE_TABLE_LINES);
    struct unit unit = {.height = slide_table_height(pieces.lines),
                        .end = {.block = at.block, .line = pieces.end}};
    if (pieces.end >= latex_table_rows(at.block))
        unit.end = spot_of(doc, at.block->next);
    return unit;
}

static struct unit unit_at(const struct doc *doc, struct spot at, unsigned room)
{
    struct unit unit = {.end = spot_of(doc, at.block->next)};
    switch (at.block->kind) {
    case BLOCK_PARAGRAPH:
    case BLOCK_HEADING:
        unit.height = slide_paragraph_height(at.block->inlines, leads(unit, at));
        break;
    case BLOCK_DISPLAY:
    case BLOCK_GRID:
        unit = display_at(doc, at, room);
        break;
    case BLOCK_TABLE:
        unit = table_at(doc, at);
        break;
    case BLOCK_CODE:
        unit.height = slide_code_height(at.block->text);
        break;
    case BLOCK_FIGURE:
        unit.height = slides_figure_height(at.block->figure);
        break;
    }
    return unit;
}

/* --- slides --- */

/* What must have room for a display to begin: all of it if that is little, else its first
   unit. */
static unsigned beginning(const struct doc *doc, struct spot at, unsigned room)
{
    unsigned whole = rows_height(at.block, at.block->rows, NULL, false) + SLIDE_DISPLAY;
    return 2 * whole < SLIDE_ROOM ? whole : unit_at(doc, at, room).height;
}

/* The height that must be free; a sentence counts with the display that it leads to. */
static unsigned needed(const struct doc *doc, struct spot at, unsigned room)
{
    struct unit unit = unit_at(doc, at, room);
    if (is_display(at.block) && !at.row)
        return beginning(doc, at, room);
    if (leads(unit, at))
        return unit.height + beginning(doc, unit.end, room - unit.height);
    return unit.height;
}

static bool is_same(struct spot a, struct spot b)
{
    return a.block == b.block && a.row == b.row && a.line == b.line;
}

/* TeX puts an empty line before a display that opens a slide; one that goes on says its
   left side again. */
static unsigned opening(struct spot at)
{
    return SLIDE_LINE + (at.row ? SLIDE_DISPLAY + SLIDE_LINE : 0);
}

static void fill(struct slides *slides, struct slide *slide)
{
    unsigned room = SLIDE_ROOM, used = 0;
    if (slide->figure)
        room -= slide->figure_height + FIGURE_GAP;
    slide->first = slide->end = slides->next;
    if (is_display(slide->first.block))
        used = opening(slide->first);
    unsigned fresh = room - used; /* beside what opens a slide or leads to a display */
    while (slide->end.block && !is_heading(slide->end.block)) {
        bool opens = is_same(slide->first, slide->end);
        if (!opens && used + needed(slides->doc, slide->end, fresh) > room)
            break;
        struct unit unit = unit_at(slides->doc, slide->end, fresh);
        used += unit.height;
        fresh = opens && leads(unit, slide->end) ? room - used : room;
        slide->end = unit.end;
    }
    slides->next = slide->end;
}

/* What stands under a heading. */
struct part {
    unsigned height;
    bool has_terms, has_list;
};

static struct part measure(const struct slides *slides)
{
    struct part part = {.height = 0};
    struct spot at = slides->next;
    while (at.block && !is_heading(at.block)) {
        struct unit unit = unit_at(slides->doc, at, SLIDE_ROOM);
        part.height += unit.height;
        part.has_list |= slides_is_list(at.block);
        if (is_display(at.block))
            for (const struct row *row = at.block->rows; row; row = row->next)
                part.has_terms |= overlays_paths(row->right) != 0;
        at = unit.end;
    }
    return part;
}

unsigned slides_figure_height(const struct figure *figure)
{
    unsigned height = latex_figure_height(figure);
    return height < FIGURE_MOST ? height : FIGURE_MOST;
}

/* The figure stands above the terms of its paths, and above lists where there is room. */
static void choose_figure(struct slides *slides)
{
    struct part part = measure(slides);
    slides->figure_height = 0;
    slides->has_terms = part.has_terms;
    if (!slides->figure || !(part.has_terms || part.has_list))
        return;
    unsigned used = part.height + FIGURE_GAP,
             height = slides_figure_height(slides->figure);
    unsigned least = 2 * height / 5 > FIGURE_LEAST ? 2 * height / 5 : FIGURE_LEAST;
    unsigned rest = used < SLIDE_ROOM ? SLIDE_ROOM - used : 0;
    if (rest < least && !part.has_terms)
        return;
    rest = rest > least ? rest : least;
    slides->figure_height = height < rest ? height : rest;
}

static void take_title(struct slides *slides, struct slide *slide)
{
    const struct block *next = slides->next.block;
    slide->is_title = true;
    slide->heading = slides->heading;
    slide->first = slides->next;
    slides->figure = next && next->kind == BLOCK_FIGURE ? next->figure : NULL;
    if (slides->figure)
        slides->next = spot_of(slides->doc, next->next);
    slide->end = slides->next;
}

/* Whether the heading opens a section. */
static bool take_heading(struct slides *slides)
{
    slides->heading = slides->next.block;
    slides->is_continued = false;
    slides->next = spot_of(slides->doc, slides->heading->next);
    return slides->heading->level <= 1;
}

void slides_init(struct slides *slides, const struct doc *doc)
{
    memset(slides, 0, sizeof *slides);
    slides->doc = doc;
    slides->next = spot_of(doc, doc->first);
}

bool slides_next(struct slides *slides, struct slide *slide)
{
    memset(slide, 0, sizeof *slide);
    while (slides->next.block && is_heading(slides->next.block))
        if (take_heading(slides)) {
            take_title(slides, slide);
            return true;
        }
    if (!slides->next.block)
        return false;
    if (!slides->is_continued)
        choose_figure(slides);
    slide->heading = slides->heading;
    slide->is_continued = slides->is_continued;
    slide->figure = slides->figure_height ? slides->figure : NULL;
    slide->figure_height = slides->figure_height;
    slide->has_terms = slides->has_terms;
    slides->is_continued = true;
    fill(slides, slide);
    return true;
}
