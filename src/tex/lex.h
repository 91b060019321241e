/* Tokens of formulas: LaTeX, plain text and Unicode. */
#ifndef GRADTEX_TEX_LEX_H
#define GRADTEX_TEX_LEX_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_NAME, /* a run of letters, a Greek letter, `\hat{y}`, `\text{net}`, `\partial`
                 */
    TOKEN_FUNCTION, /* `tanh`, `\ln`, `\sqrt` */
    TOKEN_KEYWORD,  /* `half-squares` */
    TOKEN_OPEN,     /* text: ( [ { \{ | and . for `\left.` */
    TOKEN_CLOSE,    /* text: ) ] } \} | . */
    TOKEN_BAR,      /* `|`, which opens or closes */
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_TIMES,
    TOKEN_SLASH,
    TOKEN_COMMA,
    TOKEN_RELATION, /* text: = \neq \le \ge \in \to \approx : */
    TOKEN_SUB,
    TOKEN_SUP,
    TOKEN_SUBS, /* a run of Unicode subscripts; text: the same in ASCII */
    TOKEN_SUPS,
    TOKEN_PRIME,
    TOKEN_FRACTION,
    TOKEN_OVER,
    TOKEN_BIG,       /* text: \sum \prod */
    TOKEN_DOTS,      /* `\cdots`, `…`, `...` */
    TOKEN_INDICATOR, /* `\mathbf 1` */
    TOKEN_VECTOR,    /* what belongs to vectors and matrices: `\mathbf{W}`, `\odot` */
    TOKEN_SPACE      /* never returned */
};

struct token {
    enum token_kind kind;
    struct span span;
    const char *text; /* canonical; in the arena or static */
};

enum { LEX_NAME_LENGTH = 64, LEX_NESTED = 4 };

/* Reads [at, end) of the source. */
struct lex {
    const struct source *source;
    struct arena *arena;
    struct diags *diags;
    uint32_t at, end;
    char comment;    /* starts a comment that ends with the line; 0: there are none */
    unsigned nested; /* commands that take one another, as in `\hat{\mathbf{y}}` */
};

/* False after a diagnostic. */
bool lex_next(struct lex *lex, struct token *token);
/* Moves over blanks and comments. */
void lex_skip(struct lex *lex);
/* Whether a prime comes next; a script or a prime. */
bool lex_at_prime(struct lex *lex);
bool lex_at_script(struct lex *lex);
/* One digit, letter or command, as `\frac12` and `w_11` take them. */
bool lex_single(struct lex *lex, struct token *token);
/* The digits or letters and digits that follow at once, as one slice; its length. */
uint32_t lex_digits(const struct lex *lex);
uint32_t lex_letters_and_digits(const struct lex *lex);

#endif
