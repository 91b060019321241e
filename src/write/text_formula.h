/* Formulas in Unicode text that reads back as the same formula. */
#ifndef GRADTEX_WRITE_TEXT_FORMULA_H
#define GRADTEX_WRITE_TEXT_FORMULA_H

#include "base/buf.h"
#include "doc/formula.h"

/* A place in the text where a line may end: after `offset` bytes, which stand before a
   sign or between two factors, so many brackets deep. */
struct text_break {
    size_t offset;
    unsigned depth;
    bool factors;
};

struct text_breaks {
    struct text_break *items;
    size_t count, capacity;
};

/* A formula is written in pieces: each goes on where the one before it ended. */
struct text_formula {
    struct buf *out;
    struct text_breaks *breaks; /* may be NULL */
    size_t start;               /* breaks count from here */
    unsigned depth;             /* of brackets */
    unsigned whole;             /* inside fractions and scripts no line ends */
    unsigned script;            /* inside scripts signs have no blanks */
    bool raised;                /* digits are written as exponents */
    int previous;               /* what stands before, see text_formula.c */
};

void text_formula_init(struct text_formula *text, struct buf *out,
                       struct text_breaks *breaks);
void text_formula_write(struct text_formula *text, const struct formula *formula);

/* Columns that a text takes in a terminal. */
size_t text_formula_columns(const char *text, size_t length);

#endif
