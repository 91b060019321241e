/* Brackets and bars. */
#include "tex/parser.h"

#include <string.h>

/* `{}`, which is nothing. */
static bool skip_empty_group(struct parser *p)
{
    struct lex after = p->lex;
    lex_skip(&after);
    if (strcmp(p->token.text, "{") != 0 || parser_top(p)->kind == FRAME_ARGUMENT ||
        after.at >= after.end || after.source->text[after.at] != '}')
        return false;
    after.at++;
    if (lex_at_script(&after))
        return false;
    p->lex.at = after.at;
    return true;
}

bool parser_read_open(struct parser *p)
{
    if (skip_empty_group(p))
        return true;
    return parser_push_frame(p, (struct frame){.kind = FRAME_BRACKET,
                                               .opener = p->token.span,
                                               .text = p->token.text});
}

/* Whether a bar closes: one is open, and what stands in it could end here. */
static bool bar_closes(struct parser *p)
{
    const struct frame *top = parser_top(p), *f = top;
    while (f->kind == FRAME_BODY)
        f--;
    return f->kind == FRAME_BRACKET && strcmp(f->text, "|") == 0 &&
           p->node_count > top->factors && !top->times && top->slash == NO_SLASH;
}

static bool brackets_match(const char *open, const char *close)
{
    static const char *const pairs[][2] = {{"(", ")"},     {"[", "]"}, {"{", "}"},
                                           {"\\{", "\\}"}, {"|", "|"}, {".", "|"}};
    for (size_t i = 0; i < 6; i++)
        if (strcmp(open, pairs[i][0]) == 0 && strcmp(close, pairs[i][1]) == 0)
            return true;
    return false;
}

static bool refuse_close(struct parser *p)
{
    struct frame *f = parser_top(p);
    struct place place = {p->parse->source, p->token.span};
    if (f->kind == FRAME_TOP)
        return parser_fail(p, DIAG_FORMULA_UNOPENED, p->token.span, p->token.text);
    diag_at(p->parse->diags, DIAG_FORMULA_MISMATCH, place, p->token.text, f->text,
            (char *)NULL);
    return diag_at(p->parse->diags, DIAG_NOTE_OPENED,
                   (struct place){p->parse->source, f->opener}, (char *)NULL);
}

static bool close_script(struct parser *p, struct parse_node *script)
{
    struct parse_node *node = parser_top(p)->node;
    enum parse_kind kind = parser_top(p)->script;
    p->run = parser_top(p)->run;
    p->frame_count--;
    if (!parser_attach(p, &node, kind, script))
        return false;
    node->span.end = p->token.span.end;
    return parser_reduce(p, node);
}

/* The bar of `L(\theta|x)`, which separates: what it opened is closed by the bracket
   around it. */
static bool ends_given(struct parser *p)
{
    const struct frame *f = parser_top(p);
    return p->frame_count > 1 && f->kind == FRAME_BRACKET && strcmp(f->text, "|") == 0 &&
           f[-1].kind == FRAME_BRACKET && !brackets_match("|", p->token.text) &&
           brackets_match(f[-1].text, p->token.text);
}

static bool read_given(struct parser *p)
{
    struct parse_node *given = parser_content(p);
    if (!given)
        return false;
    p->frame_count--;
    if (!parser_end_relation(p))
        return false;
    struct parse_node *members[] = {p->nodes[--p->node_count], given};
    struct parse_node *relation = tree_join(parser_arena(p), PARSE_RELATION, members, 2);
    relation->text = "|";
    parser_push_node(p, relation);
    return true;
}

bool parser_read_close(struct parser *p)
{
    if (!parser_close_bodies(p))
        return false;
    bool given = ends_given(p);
    if (given && !read_given(p))
        return false;
    if (parser_top(p)->kind == FRAME_TOP ||
        !brackets_match(parser_top(p)->text, p->token.text))
        return refuse_close(p);
    struct parse_node *inner = given ? parser_items(p) : parser_content(p);
    if (!inner)
        return false;
    if (parser_top(p)->kind == FRAME_SCRIPT)
        return close_script(p, inner);
    struct frame f = *parser_top(p);
    p->frame_count--;
    if (strcmp(f.text, "{") == 0 && parser_is_open_derivative(inner))
        return parser_reduce(p, inner);
    struct parse_node *bracket = tree_make(parser_arena(p), PARSE_BRACKET,
                                           span_join(f.opener, p->token.span), &inner, 1);
    bracket->text = f.text;
    return parser_reduce(p, bracket);
}

/* `∂y/∂h|_c`: a bar with an index after a derivative. */
static bool bar_holds(struct parser *p)
{
    const struct frame *f = parser_top(p);
    return p->lex.at < p->lex.end && p->lex.source->text[p->lex.at] == '_' &&
           f->kind != FRAME_ARGUMENT && p->node_count > f->factors && !f->times &&
           f->slash == NO_SLASH && p->nodes[p->node_count - 1]->kind == PARSE_DERIVATIVE;
}

static bool read_held(struct parser *p)
{
    struct parse_node *derivative = p->nodes[--p->node_count];
    struct parse_node *bracket =
        tree_make(parser_arena(p), PARSE_BRACKET,
                  span_join(derivative->span, p->token.span), &derivative, 1);
    bracket->text = ".";
    return parser_reduce(p, bracket);
}

bool parser_read_bar(struct parser *p)
{
    if (bar_holds(p))
        return read_held(p);
    return bar_closes(p) ? parser_read_close(p) : parser_read_open(p);
}
