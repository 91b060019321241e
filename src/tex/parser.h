/* The inside of the parser: for the files parse*.c alone. */
#ifndef GRADTEX_TEX_PARSER_H
#define GRADTEX_TEX_PARSER_H

#include "tex/lex.h"
#include "tex/parse.h"
#include "tex/tree.h"

/* What is open. Each frame holds a comma list of relations of sums of products; its
   unfinished parts lie on the stack of nodes, from `items`, `members`, `terms` and
   `factors` on. */
enum frame_kind {
    FRAME_TOP,
    FRAME_BRACKET,
    FRAME_SCRIPT,   /* braces after _ or ^; node: what has the script */
    FRAME_ARGUMENT, /* of \frac or a function; node: what wants the factors */
    FRAME_BODY      /* of \sum or \frac{\partial}{\partial w}: a product, closed by what
                       follows */
};

enum { NO_SLASH = -1 };

struct frame {
    enum frame_kind kind;
    struct span opener;
    const char *text; /* the bracket */
    struct parse_node *node;
    enum parse_kind script; /* PARSE_SUB or PARSE_SUP */
    struct parse_node *run; /* as the parser's, of the name that has the script */
    size_t wanted;          /* arguments */
    size_t items, members, terms, factors;
    int64_t slash;           /* where the divisor begins on the stack */
    struct parse_node *over; /* what stands above \over */
    const char *relations;
    bool negative, has_sign;
    bool times;   /* a factor must follow */
    bool applied; /* a name was read that the bracket after it may be the argument of */
    bool in_script;
    bool is_exponent; /* braces of `e^{…}`: a formula, where others hold an index */
    struct parse_node
        *divided; /* a fraction by `/`, which must not be followed by a factor */
};

struct parser {
    const struct parse *parse;
    struct lex lex;
    struct frame *frames;
    size_t frame_count, frame_capacity;
    struct parse_node **nodes;
    size_t node_count, node_capacity;
    struct token token;
    /* The unbraced run of letters that the name being read has as a script, or NULL. */
    struct parse_node *run;
    bool name_only;
    struct parse_node *result;
};

/* --- parse_stack.c: frames, and what is complete in them --- */

struct frame *parser_top(struct parser *p);
struct arena *parser_arena(struct parser *p);
/* Always false. */
bool parser_fail(struct parser *p, enum diag_code code, struct span span,
                 const char *text);
void parser_push_node(struct parser *p, struct parse_node *node);
bool parser_push_frame(struct parser *p, struct frame frame);
/* Whether the next factor is an argument of \frac. */
bool parser_in_fraction(struct parser *p);
bool parser_end_term(struct parser *p);
bool parser_end_sum(struct parser *p);
bool parser_end_relation(struct parser *p);
/* The list of what is complete in the top frame. */
struct parse_node *parser_items(struct parser *p);
/* The whole of the top frame, which stays open; NULL after a diagnostic. */
struct parse_node *parser_content(struct parser *p);
bool parser_open_body(struct parser *p, struct parse_node *node);
bool parser_close_bodies(struct parser *p);
/* `\frac{\partial}{\partial w}`, whose numerator follows. */
bool parser_is_open_derivative(const struct parse_node *node);
/* An argument of the top frame is complete, with its body: `\ln \prod_k y_k`. */
bool parser_end_argument(struct parser *p, struct parse_node *argument);
/* A factor that is complete, with its scripts. */
bool parser_push_factor(struct parser *p, struct parse_node *node);

/* --- parse_brackets.c --- */

bool parser_read_open(struct parser *p);
bool parser_read_close(struct parser *p);
bool parser_read_bar(struct parser *p);

/* --- parse_reduce.c --- */

/* A factor has been read, up to its scripts. */
bool parser_reduce(struct parser *p, struct parse_node *node);
bool parser_open_arguments(struct parser *p, struct parse_node *node, size_t wanted);
/* A body with its operator is complete, and all the calls whose argument it is. */
bool parser_end_body(struct parser *p, struct parse_node *node);

/* --- parse_scripts.c --- */

bool parser_attach(struct parser *p, struct parse_node **node, enum parse_kind kind,
                   struct parse_node *script);
/* The next bytes, digits or letters, as a leaf. */
struct parse_node *parser_leaf_here(struct parser *p, uint32_t length);
/* Attaches all scripts that follow; *node becomes NULL if the braces of one had to be
 * opened. */
bool parser_scripts(struct parser *p, struct parse_node **node);

/* --- parse_big.c --- */

bool parser_attach_limit(struct parser *p, struct parse_node *big, enum parse_kind kind,
                         struct parse_node *script);
/* The operator with its body: one for each letter, or a path sum. What stands below it is
   left as part 0 where it is no letter. */
struct parse_node *parser_complete_big(struct parser *p, struct parse_node *big,
                                       struct parse_node *body);

#endif
