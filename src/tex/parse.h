/* Formulas to parse trees: LaTeX, plain text and Unicode, one grammar. Deep input is only
   long input: the parser keeps its own stack. */
#ifndef GRADTEX_TEX_PARSE_H
#define GRADTEX_TEX_PARSE_H

#include "base/arena.h"
#include "base/budget.h"
#include "base/diag.h"

enum parse_kind {
    PARSE_NUMBER, /* `text`: its digits */
    PARSE_NAME, /* `text` is the head (`w`, `\delta`, `\hat{y}`, `net`); parts: scripts */
    PARSE_SUB,  /* a subscript: one part, or a list */
    PARSE_SUP,
    PARSE_LIST,    /* comma separated or juxtaposed indices of a script */
    PARSE_BRACKET, /* `text` is the opening bracket; one part */
    PARSE_SUM,     /* terms; a subtracted one is a PARSE_NEGATE */
    PARSE_NEGATE,
    PARSE_PRODUCT,  /* juxtaposition, \cdot, \times, * */
    PARSE_FRACTION, /* \frac{a}{b} and a/b; of `a/f(z)`, where f may be a function, `text`
                       is "/" */
    PARSE_POWER,    /* base and exponent where the base is no name: `(…)^2` */
    PARSE_BIG,      /* \sum, \prod: `text`; parts: letter, first, last, body; NULL where
                       absent;      perhaps a fifth, the condition `j \neq i` or `j \in …` */
    PARSE_RELATION, /* a = b = c; `text`: the signs, separated by blanks */
    PARSE_DERIVATIVE, /* \frac{\partial A}{\partial b}, \frac{\partial}{\partial b} A: A,
                         b; `text` is the sign, or _ as in \partial_b A */
    PARSE_LOCAL,      /* \left.\frac{…}{…}\right|_{c}: A, b, c */
    PARSE_CALL,       /* a word such as \tanh applied: `text`, with its primes; parts:
                         arguments.       What `f(z)` is the scope knows; here it is a product,
                         also       where it is the       argument of a call without brackets.
                       */
    PARSE_KEYWORD,    /* an error kind: `text`; one part after `weight-decay` */
    PARSE_DELTA,     /* `\Delta w`; one part, the name; with the `text` "\delta", which no
                        parser gives it, the derivative of the error by the name */
    PARSE_PATHS,     /* \sum_{p:a\to b}\prod_{w\in p}w: a, b; `text` is "weights", or
                        "derivatives" of \prod_{u\to v\in p}\partial v/\partial u */
    PARSE_INDICATOR, /* 1 if its one part, a relation, holds, else 0: `[k=j]` */
    PARSE_DOTS,      /* `\cdots`, `…` */
    PARSE_VECTOR     /* what belongs to vectors and matrices: `text`, as it was written */
};

struct parse_node {
    enum parse_kind kind;
    struct span span;
    const char *text; /* in the arena */
    struct parse_node **parts;
    size_t count;
    struct parse_node
        *other;    /* of `h_jx`: the product h_j x, should there be no h_{jx} */
    bool is_times; /* stands after a written sign of multiplication */
};

struct parse {
    const struct source *source;
    struct arena *arena;
    const struct budget *budget;
    struct diags *diags;
    char comment; /* starts a comment up to the end of the line; 0: there are none */
};

/* Parses the formula in [begin, end) of the source; NULL after a diagnostic. */
struct parse_node *parse_formula(const struct parse *parse, struct span span);
/* Parses the one name at the beginning of the span; its own span tells where it ends. */
struct parse_node *parse_name(const struct parse *parse, struct span span);

#endif
