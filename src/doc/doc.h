/* A document as data: blocks, inlines and figures. Writers print it. */
#ifndef GRADTEX_DOC_DOC_H
#define GRADTEX_DOC_DOC_H

#include "base/arena.h"
#include "base/language.h"
#include "doc/formula.h"

#include <stdint.h>

enum inline_kind {
    INLINE_TEXT,
    INLINE_FORMULA,
    INLINE_REFERENCE, /* to the equation `number` */
    INLINE_CODE
};

struct inline_node {
    enum inline_kind kind;
    const char *text;
    struct formula *formula;
    unsigned number;
    struct inline_node *next;
};

/* One line of a display. The relation signs of all rows are aligned. A row whose `left`
   is NULL goes on with the chain before it; one that `continues` has no relation and
   stands under the expression before it. The number of a row that others continue is
   printed at the last of them. */
struct row {
    struct formula *left, *right;
    const char *relation;       /* `=` */
    bool continues, in_product; /* in_product: a dot of multiplication goes in front */
    unsigned number;            /* of the equation, 0 if it has none */
    struct inline_node *reason; /* said before the row, NULL for none */
    struct row *next;
};

/* How something in a figure is drawn; from FIGURE_PATH on it belongs to path 0, 1, … */
enum figure_mark { FIGURE_IDLE, FIGURE_LIT, FIGURE_PATH };

/* Where something stands in a figure, in its own units; nodes and edges refer to each
   other by index. */
struct figure_node {
    const char *name; /* canonical; NULL for an ellipsis */
    bool across;      /* the ellipsis stands for columns, else for rows */
    double x, y;      /* x to the right, y downwards from the middle */
    unsigned mark;
    struct formula *value; /* NULL for none */
    const char *bias;      /* that is added there, said below the node; NULL for none */
    struct formula *bias_value;
};

struct figure_edge {
    size_t from, to;
    const char *name; /* of its weight, NULL for none */
    unsigned mark;
    int bend;              /* degrees to the left, 0 for a straight line */
    double label_at;       /* 0 … 1 along the edge */
    struct formula *value; /* stands in place of the name; NULL for none */
    uint64_t paths;        /* the numbers of those through it, a bit each */
};

struct figure {
    struct figure_node *nodes;
    size_t node_count;
    struct figure_edge *edges;
    size_t edge_count;
    const char *description;
};

enum block_kind {
    BLOCK_HEADING,   /* inlines; level 1 … 4 */
    BLOCK_PARAGRAPH, /* inlines */
    BLOCK_DISPLAY,   /* rows, aligned at their relations */
    BLOCK_GRID,      /* rows side by side, `columns` in a line: lists of definitions */
    BLOCK_FIGURE,    /* inlines: what is said below it; NULL for nothing */
    BLOCK_TABLE, /* cells row by row, `columns` in each, the first row a heading */
    BLOCK_CODE   /* text, kept as it is */
};

struct block {
    enum block_kind kind;
    bool is_answer; /* for those who teach */
    bool is_paired; /* a grid of two columns: each second row is an instance of the one
                       before it */
    unsigned level, columns;
    struct inline_node *inlines;
    struct row *rows;
    struct row **last_row; /* where the next one is put; NULL before the first */
    struct figure *figure;
    struct inline_node **cells;
    size_t cell_count;
    const char *text;
    struct block *next;
};

struct doc {
    struct arena arena;
    const struct language *language; /* English until it is set */
    struct block *first, *last;
    const char *title; /* of a page without a heading above all else, else NULL */
    unsigned depth;    /* of what is added: headings are so many levels lower */
    bool knows_bars;   /* what a bar at a derivative means is told */
    bool has_answers;  /* what is added is an answer */
    bool shows_answers;
};

void doc_init(struct doc *doc);
void doc_clear(struct doc *doc);
struct block *doc_block(struct doc *doc, enum block_kind kind);
/* A heading, `level` counted from the depth of the document. */
struct block *doc_heading(struct doc *doc, unsigned level);
/* A figure, which gets words for those who cannot see it. */
void doc_figure(struct doc *doc, struct figure *figure);
/* Whether the block would print nothing. */
bool doc_block_is_empty(const struct block *block);

/* Whether the block is to be printed: it has something, and is no answer that is kept
   back. */
bool doc_is_shown(const struct doc *doc, const struct block *block);

/* New inlines; a block takes them by its `inlines`. A sentence is a whole text in English
   with {1} … {9} for its arguments; it is said in the language of the document, where
   they may come in another order. */
struct inline_node *doc_formula(struct doc *doc, struct formula *formula);
struct inline_node *doc_reference(struct doc *doc, unsigned number);
/* A text as it is: a name, digits. */
struct inline_node *doc_text(struct doc *doc, const char *text);
/* A text as it was typed. */
struct inline_node *doc_code(struct doc *doc, const char *text);
/* English words, in the language of the document. */
struct inline_node *doc_words(struct doc *doc, const char *words);
/* The inlines of a sentence; `arguments` are inline lists. */
struct inline_node *doc_sentence(struct doc *doc, const char *sentence,
                                 struct inline_node *const *arguments, size_t count);
/* The same of a text that is in the language of the document already. */
struct inline_node *doc_fill(struct doc *doc, const char *text,
                             struct inline_node *const *arguments, size_t count);
/* Copies of both lists, one after the other, a blank between; either may be NULL. */
struct inline_node *doc_join(struct doc *doc, struct inline_node *a,
                             struct inline_node *b);
/* A table with room for a heading and so many rows. */
struct block *doc_table(struct doc *doc, unsigned columns, size_t rows);
/* The next cell, row by row. */
void doc_cell(struct block *table, struct inline_node *cell);
/* Adds a row with the relation `=`; `left` may be NULL. */
struct row *doc_row(struct doc *doc, struct block *block, struct formula *left,
                    struct formula *right);
/* Width in tenths of an em, as formula_width. */
unsigned doc_width(const struct inline_node *inlines);

#endif
