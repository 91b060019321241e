/* A document cut into slides of 160 by 90 mm at 10 points: what stands on each. */
#ifndef GRADTEX_WRITE_SLIDES_H
#define GRADTEX_WRITE_SLIDES_H

#include "doc/doc.h"

/* A place in a document where a slide may end. */
struct spot {
    const struct block *block; /* NULL at the end */
    const struct row *row;     /* within a display; NULL at its beginning */
    size_t line;               /* within a table: a row */
};

struct slide {
    const struct block *heading; /* NULL for none */
    bool is_title;               /* opens a section: its heading, and its figure */
    bool is_continued;           /* not the first under its heading */
    const struct figure *figure; /* shown above all else; NULL for none */
    unsigned figure_height;      /* points */
    bool has_terms;              /* of paths, here or further on under the heading */
    struct spot first, end;      /* from the one up to the other */
};

/* What is cut, and how far. Each heading opens a slide, those of level 1 a section. */
struct slides {
    const struct doc *doc;
    struct spot next;
    const struct block *heading;
    const struct figure *figure; /* of the section */
    unsigned figure_height;      /* beside what stands under the heading; 0: left out */
    bool has_terms;              /* what stands under the heading */
    bool is_continued;
};

void slides_init(struct slides *slides, const struct doc *doc);
/* False after the last slide. */
bool slides_next(struct slides *slides, struct slide *slide);
/* Whether a grid is a list: it appears at once, its rows side by side. */
bool slides_is_list(const struct block *block);
/* The height of a figure that stands on a slide by itself, in points. */
unsigned slides_figure_height(const struct figure *figure);

#endif
