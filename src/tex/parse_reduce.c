/* Factors: what a factor is the argument of, and what it becomes with its scripts. */
#include "tex/cases.h"
#include "tex/parser.h"

#include <string.h>

static struct parse_node *waiting_call(struct parse_node *node)
{
    struct parse_node *call = node->kind == PARSE_POWER ? node->parts[0] : node;
    bool waits = call->kind == PARSE_CALL || call->kind == PARSE_INDICATOR;
    return waits && call->count == 0 ? call : NULL;
}

static bool wants_argument(struct parse_node *node)
{
    return waiting_call(node) || (node->kind == PARSE_KEYWORD && node->count == 0 &&
                                  strcmp(node->text, "weight-decay") == 0);
}

bool parser_open_arguments(struct parser *p, struct parse_node *node, size_t wanted)
{
    lex_skip(&p->lex);
    bool square = p->lex.at < p->lex.end && p->lex.source->text[p->lex.at] == '[';
    if (square && node->kind == PARSE_CALL && strcmp(node->text, "sqrt") == 0)
        return parser_fail(p, DIAG_FORMULA_ROOT, (struct span){p->lex.at, p->lex.at + 1},
                           NULL);
    return parser_push_frame(p, (struct frame){.kind = FRAME_ARGUMENT,
                                               .opener = node->span,
                                               .node = node,
                                               .wanted = wanted});
}

static void give_arguments(struct parser *p, struct parse_node *to,
                           struct parse_node *argument)
{
    struct parse_node *inner = argument;
    if (argument->kind == PARSE_BRACKET && strcmp(argument->text, "|") != 0)
        inner = argument->parts[0];
    bool list = inner->kind == PARSE_LIST;
    struct parse_node *filled =
        tree_make(parser_arena(p), to->kind, span_join(to->span, argument->span),
                  list ? inner->parts : &inner, list ? inner->count : 1);
    filled->text = to->text;
    *to = *filled;
}

/* A name before a bracket, which may be the argument of a function of that name. */
static bool may_be_applied(struct parser *p, const struct parse_node *node)
{
    if (node->kind != PARSE_NAME || tree_script(node, PARSE_SUB) || tree_is_partial(node))
        return false;
    lex_skip(&p->lex);
    return p->lex.at < p->lex.end && p->lex.source->text[p->lex.at] == '(';
}

/* The sign `√`, which takes in the next factor and nothing else. */
static bool is_root_sign(const struct parser *p, const struct parse_node *node)
{
    static const char sign[] = "√";
    return strncmp(p->lex.source->text + node->span.begin, sign, sizeof sign - 1) == 0;
}

/* What `\frac{a}{b}`, `\pdv{A}{b}`, `\@{A}{b}` become; of `\pdv{b}` the numerator
 * follows. */
static struct parse_node *make_fraction(struct parser *p, const struct parse_node *node,
                                        struct parse_node *const *arguments, size_t count)
{
    struct parse_node *fraction;
    struct parse_node *parts[] = {count > 1 ? tree_ungroup(arguments[0]) : NULL,
                                  tree_ungroup(arguments[count - 1])};
    if (strcmp(node->text, "\\frac") != 0)
        fraction = tree_make(parser_arena(p), PARSE_DERIVATIVE, node->span, parts, 2);
    else
        fraction = tree_fraction(parser_arena(p), arguments[0], arguments[1]);
    fraction->span.begin = node->span.begin;
    fraction->span.end = p->lex.at;
    return fraction;
}

/* What cannot be told apart stays a call, which is not read. */
static void read_cases(struct parser *p, struct parse_node *call)
{
    struct parse_node *cases = cases_make(parser_arena(p), p->lex.source, call);
    if (cases)
        *call = *cases;
}

/* Another argument of the top frame is complete: what is complete thereby, or NULL. */
static struct parse_node *end_argument(struct parser *p, struct parse_node *argument)
{
    struct frame *f = parser_top(p);
    struct parse_node *node = f->node;
    parser_push_node(p, argument);
    if (p->node_count - f->items < f->wanted)
        return NULL;
    struct parse_node **arguments = p->nodes + f->items;
    size_t wanted = f->wanted;
    p->node_count = f->items;
    p->frame_count--;
    if (node->kind == PARSE_FRACTION)
        return make_fraction(p, node, arguments, wanted);
    struct parse_node *to = waiting_call(node) ? waiting_call(node) : node;
    give_arguments(p, to, arguments[0]);
    if (strcmp(to->text, "\\begin{cases}") == 0)
        read_cases(p, to);
    node->span = span_join(node->span, argument->span);
    return node;
}

/* The argument `f(z)` of a call without brackets is two factors: NULL after the first. */
static struct parse_node *join_applied(struct parser *p, struct parse_node *node)
{
    struct frame *f = parser_top(p);
    bool is_closed = f->node->kind == PARSE_FRACTION || is_root_sign(p, f->node);
    if (!is_closed && !f->applied && may_be_applied(p, node)) {
        f->applied = true;
        parser_push_node(p, node);
        return NULL;
    }
    if (!f->applied)
        return node;
    f->applied = false;
    return tree_join(parser_arena(p), PARSE_PRODUCT,
                     (struct parse_node *[]){p->nodes[--p->node_count], node}, 2);
}

/* A factor in an argument: what is complete thereby, or NULL. */
static struct parse_node *take_argument(struct parser *p, struct parse_node *factor)
{
    factor = join_applied(p, factor);
    return factor ? end_argument(p, factor) : NULL;
}

bool parser_end_body(struct parser *p, struct parse_node *node)
{
    while (parser_top(p)->kind == FRAME_ARGUMENT && !parser_in_fraction(p))
        node = end_argument(p, node);
    return parser_push_factor(p, node);
}

/* The w_1 of `\partial_{w1}`: in scripts a digit is an index of its own. */
static struct parse_node *indexed_name(struct parser *p, struct parse_node *by)
{
    by = tree_ungroup(by);
    bool digits = by->kind == PARSE_PRODUCT && by->count == 2 &&
                  by->parts[0]->kind == PARSE_NAME && by->parts[0]->count == 0 &&
                  by->parts[1]->kind == PARSE_NUMBER;
    if (!digits)
        return by;
    return tree_with_script(
        parser_arena(p), by->parts[0],
        tree_make(parser_arena(p), PARSE_SUB, by->parts[1]->span, by->parts + 1, 1));
}

/* `\partial_w`, `\nabla_w`: a derivative whose numerator follows; others are themselves.
 */
static struct parse_node *read_operator_name(struct parser *p, struct parse_node *node)
{
    struct parse_node bare = *node;
    bare.count = 0;
    if (node->count != 1 || node->parts[0]->kind != PARSE_SUB || !tree_is_operator(&bare))
        return node;
    struct parse_node *parts[] = {NULL, indexed_name(p, node->parts[0]->parts[0])};
    struct parse_node *derivative =
        tree_make(parser_arena(p), PARSE_DERIVATIVE, node->span, parts, 2);
    derivative->text = "_";
    return derivative;
}

bool parser_reduce(struct parser *p, struct parse_node *node)
{
    for (;;) {
        if (parser_is_open_derivative(node) && lex_at_script(&p->lex))
            return parser_fail(p, DIAG_FORMULA_SECOND, node->span, NULL);
        if (!parser_scripts(p, &node))
            return false;
        if (!node)
            return true;
        node = read_operator_name(p, node);
        if (node->kind == PARSE_BIG && !node->parts[0])
            return parser_fail(p, DIAG_FORMULA_LIMITS, node->span, node->text);
        if (node->kind == PARSE_BIG || parser_is_open_derivative(node))
            return parser_open_body(p, node);
        if (wants_argument(node))
            return parser_open_arguments(p, node, 1);
        if (parser_top(p)->kind != FRAME_ARGUMENT)
            break;
        node = take_argument(p, node);
        if (!node)
            return true;
    }
    if (p->name_only && parser_top(p)->kind == FRAME_TOP) {
        p->result = node;
        return true;
    }
    parser_top(p)->applied = may_be_applied(p, node);
    return parser_push_factor(p, node);
}
