/* The signs of a display that cut it into equations: relations, marks, separators, rows,
   and words between them. */
#ifndef GRADTEX_VERIFY_UNITS_H
#define GRADTEX_VERIFY_UNITS_H

#include "base/source.h"

/* What stands at a place of a row, outside of all brackets. */
enum unit_kind {
    UNIT_OTHER,
    UNIT_EQUAL,
    UNIT_APPROX,
    UNIT_RELATION,  /* one that makes no step: < \le \propto \to \leftarrow := */
    UNIT_IN,        /* `\in`: what follows says where the value lies */
    UNIT_ROW,       /* `\\` */
    UNIT_MARK,      /* & */
    UNIT_SEPARATOR, /* \quad , ; \Rightarrow \therefore */
    UNIT_TEXT,      /* \text{…} */
    UNIT_END
};

struct unit {
    enum unit_kind kind;
    struct span span;
    bool is_let;  /* `\triangleq`: the left side is defined */
    bool is_weak; /* a separator only if equations stand on both sides: , \quad */
};

/* A place in a display. Copied, it looks ahead. */
struct units {
    const char *text; /* of the whole document */
    uint32_t at, end;
    int depth; /* of the brackets around the place */
};

/* The next unit; in brackets there are only rows and marks. */
struct unit units_next(struct units *units);
bool units_is_relation(enum unit_kind kind);
/* Whether a word stands at a place. */
bool units_start(const struct units *units, uint32_t at, const char *word);
uint32_t units_skip_blanks(const struct units *units, uint32_t at);
/* A stretch without blanks, spacing commands and punctuation at its edges; and whether
   nothing is left. */
struct span units_trim(const struct units *units, uint32_t begin, uint32_t end);
bool units_is_empty(struct span span);

#endif
