/* When what stands on a slide appears: beamer's overlays. */
#ifndef GRADTEX_WRITE_OVERLAYS_H
#define GRADTEX_WRITE_OVERLAYS_H

#include "base/buf.h"
#include "doc/doc.h"

#include <stdint.h>

enum { OVERLAYS_PATHS = FORMULA_PATHS * FORMULA_OUTPUTS };

/* Paths are sets of their numbers, a bit each. What is new in a section, the terms of one
   sum, appears one by one; later the same terms come together. */
struct overlays {
    unsigned now;                   /* the last overlay of the slide so far */
    bool is_joined;                 /* what comes next appears with what was last */
    unsigned paths[OVERLAYS_PATHS]; /* the first overlay of the path's term; 0 for none */
    uint64_t alone;                 /* whose term comes by itself on this slide */
    uint64_t in_section, in_part;   /* whose terms have been seen */
};

/* Nothing has been seen yet; parts belong to sections. */
void overlays_section(struct overlays *overlays);
void overlays_part(struct overlays *overlays);
/* A new slide: what was seen in the part is there from the beginning. */
void overlays_slide(struct overlays *overlays);
/* The overlay on which the next thing appears. */
unsigned overlays_next(struct overlays *overlays);
/* What comes next appears together with what was last. */
void overlays_join(struct overlays *overlays);
/* The overlay of a row; its terms, and those of the rows up to `end` that continue it,
   get theirs. */
unsigned overlays_row(struct overlays *overlays, const struct row *row,
                      const struct row *end);
/* The path that a part of a row belongs to: that of the mark there, or after the signs
   there. OVERLAYS_PATHS if there is none. */
unsigned overlays_path_at(const struct formula *row, size_t index);
/* The paths of a formula. */
uint64_t overlays_paths(const struct formula *formula);
/* Around what appears on overlay `from`; nothing for what is always there. */
void overlays_open(unsigned from, struct buf *out);
void overlays_close(unsigned from, struct buf *out);

#endif
