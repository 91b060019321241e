#include "tex/parser.h"

#include "base/memory.h"

#include <stdio.h>
#include <string.h>

struct frame *parser_top(struct parser *p)
{
    return &p->frames[p->frame_count - 1];
}

struct arena *parser_arena(struct parser *p)
{
    return p->parse->arena;
}

bool parser_fail(struct parser *p, enum diag_code code, struct span span,
                 const char *text)
{
    return diag_at(p->parse->diags, code, (struct place){p->parse->source, span}, text,
                   (char *)NULL);
}

static const char *text_of(struct parser *p, const struct parse_node *node)
{
    return arena_strndup(parser_arena(p), p->parse->source->text + node->span.begin,
                         node->span.end - node->span.begin);
}

void parser_push_node(struct parser *p, struct parse_node *node)
{
    if (p->node_count == p->node_capacity) {
        p->node_capacity = 2 * p->node_capacity + 32;
        p->nodes = memory_array(p->nodes, p->node_capacity, sizeof *p->nodes);
    }
    p->nodes[p->node_count++] = node;
}

bool parser_push_frame(struct parser *p, struct frame frame)
{
    if (p->frame_count > p->parse->budget->depth) {
        char depth[32];
        snprintf(depth, sizeof depth, "%u", p->parse->budget->depth);
        return parser_fail(p, DIAG_FORMULA_TOO_DEEP, frame.opener, depth);
    }
    if (p->frame_count == p->frame_capacity) {
        p->frame_capacity = 2 * p->frame_capacity + 16;
        p->frames = memory_array(p->frames, p->frame_capacity, sizeof *p->frames);
    }
    if (p->frame_count > 0)
        frame.in_script = !frame.is_exponent &&
                          (frame.kind == FRAME_SCRIPT || parser_top(p)->in_script);
    frame.items = frame.members = frame.terms = frame.factors = p->node_count;
    frame.slash = NO_SLASH;
    p->frames[p->frame_count++] = frame;
    return true;
}

bool parser_in_fraction(struct parser *p)
{
    const struct frame *f = parser_top(p);
    return f->kind == FRAME_ARGUMENT && f->node->kind == PARSE_FRACTION;
}

/* Replaces the nodes from `from` on by one. */
static void gather(struct parser *p, size_t from, enum parse_kind kind)
{
    struct parse_node *node =
        tree_join(parser_arena(p), kind, p->nodes + from, p->node_count - from);
    p->node_count = from;
    parser_push_node(p, node);
}

/* term = [-] factor { [*] factor } */
bool parser_end_term(struct parser *p)
{
    struct frame *f = parser_top(p);
    if (p->node_count == f->factors || f->times || f->slash != NO_SLASH)
        return parser_fail(p, DIAG_FORMULA_OPERAND, p->token.span, NULL);
    gather(p, f->factors, PARSE_PRODUCT);
    if (f->negative) {
        struct parse_node *term = p->nodes[p->node_count - 1];
        p->nodes[p->node_count - 1] =
            tree_make(parser_arena(p), PARSE_NEGATE, term->span, &term, 1);
    }
    f->factors = p->node_count;
    f->negative = f->has_sign = false;
    f->divided = NULL;
    return true;
}

bool parser_end_sum(struct parser *p)
{
    if (!parser_end_term(p))
        return false;
    struct frame *f = parser_top(p);
    gather(p, f->terms, PARSE_SUM);
    f->terms = f->factors = p->node_count;
    return true;
}

bool parser_end_relation(struct parser *p)
{
    if (!parser_end_sum(p))
        return false;
    struct frame *f = parser_top(p);
    gather(p, f->members, PARSE_RELATION);
    if (f->relations)
        p->nodes[p->node_count - 1]->text = f->relations;
    f->relations = NULL;
    f->members = f->terms = f->factors = p->node_count;
    return true;
}

struct parse_node *parser_items(struct parser *p)
{
    gather(p, parser_top(p)->items, PARSE_LIST);
    return p->nodes[--p->node_count];
}

struct parse_node *parser_content(struct parser *p)
{
    if (!parser_end_relation(p))
        return NULL;
    struct parse_node *over = parser_top(p)->over, *node = parser_items(p);
    return over ? tree_fraction(parser_arena(p), over, node) : node;
}

bool parser_open_body(struct parser *p, struct parse_node *node)
{
    return parser_push_frame(
        p, (struct frame){.kind = FRAME_BODY, .opener = node->span, .node = node});
}

bool parser_is_open_derivative(const struct parse_node *node)
{
    return node->kind == PARSE_DERIVATIVE && !node->parts[0];
}

/* Where the numerator of the pending `/` begins: a number before a number, a derivative's
   sign and name, else the whole product so far. */
static size_t numerator_begin(struct parser *p, const struct parse_node *below)
{
    struct frame *f = parser_top(p);
    size_t slash = (size_t)f->slash;
    if (tree_is_integer(below) && tree_is_integer(p->nodes[slash - 1]))
        return slash - 1;
    for (size_t i = 1; i <= 2 && slash - f->factors >= i; i++) {
        struct parse_node *above =
            tree_join(parser_arena(p), PARSE_PRODUCT, p->nodes + slash - i, i);
        if (tree_fraction(parser_arena(p), above, (struct parse_node *)below)->kind ==
            PARSE_DERIVATIVE)
            return slash - i;
    }
    return f->factors;
}

static bool end_slash(struct parser *p)
{
    struct frame *f = parser_top(p);
    size_t slash = (size_t)f->slash;
    struct parse_node *below = tree_join(parser_arena(p), PARSE_PRODUCT, p->nodes + slash,
                                         p->node_count - slash);
    size_t begin = numerator_begin(p, below);
    struct parse_node *above =
        tree_join(parser_arena(p), PARSE_PRODUCT, p->nodes + begin, slash - begin);
    struct parse_node *node = tree_fraction(parser_arena(p), above, below);
    if (below->kind == PARSE_PRODUCT && node->kind == PARSE_FRACTION)
        node->text = "/";
    p->node_count = begin;
    f->slash = NO_SLASH;
    if (parser_is_open_derivative(node))
        return parser_open_body(p, node);
    parser_push_node(p, node);
    if (node->kind == PARSE_FRACTION &&
        !(tree_is_integer(above) && tree_is_integer(below)))
        f->divided = node;
    return true;
}

static bool refuse_divided(struct parser *p, const struct parse_node *next)
{
    const struct parse_node *fraction = parser_top(p)->divided;
    return diag_at(p->parse->diags, DIAG_FORMULA_SLASH,
                   (struct place){p->parse->source, next->span},
                   text_of(p, fraction->parts[0]), text_of(p, fraction->parts[1]),
                   text_of(p, next), (char *)NULL);
}

/* `\Delta w` */
static struct parse_node *read_delta(struct parser *p, const struct parse_node *delta,
                                     struct parse_node *name)
{
    return tree_make(parser_arena(p), PARSE_DELTA, span_join(delta->span, name->span),
                     &name, 1);
}

/* Whether this first factor below a `/` is the sign of a derivative, whose name follows:
   `\partial E/\partial w`, `\delta E/\delta w`, `\delta/\delta w`. */
static bool begins_derivative(struct parser *p, const struct parse_node *node)
{
    const struct frame *f = parser_top(p);
    size_t slash = (size_t)f->slash;
    if (tree_is_partial(node))
        return true;
    if (!tree_is_bare(node, "\\delta") && !tree_is_bare(node, "d"))
        return false;
    for (size_t back = 1; back <= 2 && back <= slash - f->factors; back++)
        if (tree_is_bare(p->nodes[slash - back], node->text))
            return true;
    return false;
}

bool parser_push_factor(struct parser *p, struct parse_node *node)
{
    struct frame *f = parser_top(p);
    bool juxtaposed = p->node_count > f->factors && !f->times && f->slash == NO_SLASH;
    if (juxtaposed && f->divided)
        return refuse_divided(p, node);
    if (juxtaposed && !f->in_script && node->kind == PARSE_NUMBER &&
        p->nodes[p->node_count - 1]->kind == PARSE_NUMBER)
        return parser_fail(p, DIAG_FORMULA_TWO_NUMBERS, node->span, NULL);
    if (juxtaposed && !f->in_script && tree_is_delta(p->nodes[p->node_count - 1]) &&
        node->kind == PARSE_NAME)
        node = read_delta(p, p->nodes[--p->node_count], node);
    node->is_times |= f->times;
    parser_push_node(p, node);
    f->times = false;
    bool waits = f->slash == (int64_t)p->node_count - 1 &&
                 (f->applied || begins_derivative(p, node));
    return f->slash == NO_SLASH || waits || end_slash(p);
}

static struct parse_node *complete_body(struct parser *p, struct parse_node *node,
                                        struct parse_node *body)
{
    if (node->kind == PARSE_BIG)
        return parser_complete_big(p, node, body);
    node->parts[0] = body;
    node->span = span_join(node->span, body->span);
    return node;
}

/* Bodies of sums end before +, -, =, a comma and a closing bracket. */
bool parser_close_bodies(struct parser *p)
{
    while (parser_top(p)->kind == FRAME_BODY) {
        if (!parser_end_sum(p))
            return false;
        struct parse_node *node = parser_top(p)->node;
        struct parse_node *body = p->nodes[--p->node_count];
        p->frame_count--;
        node = complete_body(p, node, body);
        if (!parser_end_body(p, node))
            return false;
    }
    if (parser_top(p)->kind == FRAME_ARGUMENT)
        return parser_fail(p, DIAG_FORMULA_ARGUMENT, p->token.span,
                           parser_top(p)->node->text);
    return true;
}
