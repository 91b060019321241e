#include "tex/parse.h"

#include "base/memory.h"
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

static bool open_arguments(struct parser *p, struct parse_node *node, size_t wanted)
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

/* Another argument of the top frame is complete: what is complete thereby, or NULL. */
static struct parse_node *end_argument(struct parser *p, struct parse_node *argument)
{
    struct frame *f = parser_top(p);
    struct parse_node *node = f->node;
    parser_push_node(p, argument);
    if (p->node_count - f->items < f->wanted)
        return NULL;
    struct parse_node **arguments = p->nodes + f->items;
    p->node_count = f->items;
    p->frame_count--;
    if (node->kind == PARSE_FRACTION) {
        struct parse_node *fraction =
            tree_fraction(parser_arena(p), arguments[0], arguments[1]);
        fraction->span.begin = node->span.begin;
        fraction->span.end = p->lex.at;
        return fraction;
    }
    give_arguments(p, waiting_call(node) ? waiting_call(node) : node, arguments[0]);
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
    struct parse_node operator= * node;
    operator.count = 0;
    if (node->count != 1 || node->parts[0]->kind != PARSE_SUB ||
        !tree_is_operator(&operator))
        return node;
    struct parse_node *parts[] = {NULL, indexed_name(p, node->parts[0]->parts[0])};
    struct parse_node *derivative =
        tree_make(parser_arena(p), PARSE_DERIVATIVE, node->span, parts, 2);
    derivative->text = "_";
    return derivative;
}

/* What an argument, now complete, makes complete in its turn; NULL: nothing yet. */
static struct parse_node *deliver(struct parser *p, struct parse_node *node)
{
    node = join_applied(p, node);
    return node ? end_argument(p, node) : NULL;
}

/* A factor has been read, up to its scripts. */
static bool reduce(struct parser *p, struct parse_node *node)
{
    for (;;) {
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
            return open_arguments(p, node, 1);
        if (parser_top(p)->kind != FRAME_ARGUMENT)
            break;
        node = deliver(p, node);
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

bool parser_end_argument(struct parser *p, struct parse_node *argument)
{
    struct parse_node *node = deliver(p, argument);
    return !node || reduce(p, node);
}

/* --- tokens --- */

static bool read_leaf(struct parser *p, enum parse_kind kind)
{
    return reduce(p, tree_leaf(parser_arena(p), kind, p->token.span, p->token.text));
}

/* The bytes of `o1` in `out{o1}`, where the `_` was forgotten; 0 if something else
   follows. */
static uint32_t forgotten_index(const struct parser *p)
{
    struct lex inner = p->lex;
    bool word = p->token.span.end - p->token.span.begin >= 2 && p->token.text[0] != '\\';
    if (!word || inner.at >= inner.end || inner.source->text[inner.at] != '{')
        return 0;
    inner.at++;
    uint32_t length = lex_letters_and_digits(&inner);
    bool letter = lex_digits(&inner) == 0;
    struct lex after = inner;
    after.at += length;
    bool closed = after.at < after.end && after.source->text[after.at] == '}';
    struct lex last = after;
    last.at -= length > 0;
    return letter && closed && length > 1 && lex_digits(&last) > 0 ? length : 0;
}

static bool read_forgotten_index(struct parser *p, uint32_t length)
{
    struct parse_node *name =
        tree_leaf(parser_arena(p), PARSE_NAME, p->token.span, p->token.text);
    p->lex.at++;
    struct parse_node *index = parser_leaf_here(p, length);
    p->lex.at++;
    return parser_attach(p, &name, PARSE_SUB, index) && reduce(p, name);
}

/* `w1` and `w11` are w with a subscript. */
static bool read_name(struct parser *p)
{
    struct parse_node *name =
        tree_leaf(parser_arena(p), PARSE_NAME, p->token.span, p->token.text);
    uint32_t digits = lex_digits(&p->lex);
    bool is_closed = parser_top(p)->in_script || parser_in_fraction(p);
    uint32_t forgotten = is_closed ? 0 : forgotten_index(p);
    if (forgotten > 0)
        return read_forgotten_index(p, forgotten);
    if (digits > 0 && !is_closed) {
        struct parse_node *index = parser_leaf_here(p, digits);
        if (!parser_attach(p, &name, PARSE_SUB, index))
            return false;
    }
    return reduce(p, name);
}

static bool read_function(struct parser *p)
{
    return read_leaf(p, parser_top(p)->in_script ? PARSE_NAME : PARSE_CALL);
}

/* `\limits` stands between the operator and its limits. */
static void skip_limits_command(struct parser *p)
{
    static const char *const commands[] = {"\\limits", "\\nolimits"};
    lex_skip(&p->lex);
    for (size_t i = 0; i < 2; i++) {
        size_t length = strlen(commands[i]);
        if (p->lex.end - p->lex.at >= length &&
            memcmp(p->lex.source->text + p->lex.at, commands[i], length) == 0)
            p->lex.at += (uint32_t)length;
    }
}

static bool read_big(struct parser *p)
{
    struct parse_node *parts[4] = {NULL, NULL, NULL, NULL};
    struct parse_node *node =
        tree_make(parser_arena(p), PARSE_BIG, p->token.span, parts, 4);
    node->text = p->token.text;
    skip_limits_command(p);
    return reduce(p, node);
}

static bool read_fraction(struct parser *p)
{
    struct parse_node *node =
        tree_leaf(parser_arena(p), PARSE_FRACTION, p->token.span, p->token.text);
    return open_arguments(p, node, 2);
}

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

static bool read_open(struct parser *p)
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
    return diag_at(p->parse->diags, DIAG_NOTE_TEXT,
                   (struct place){p->parse->source, f->opener}, "it was opened here",
                   (char *)NULL);
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
    return reduce(p, node);
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

static bool read_close(struct parser *p)
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
        return reduce(p, inner);
    struct parse_node *bracket = tree_make(parser_arena(p), PARSE_BRACKET,
                                           span_join(f.opener, p->token.span), &inner, 1);
    bracket->text = f.text;
    return reduce(p, bracket);
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
    return reduce(p, bracket);
}

static bool read_bar(struct parser *p)
{
    if (bar_holds(p))
        return read_held(p);
    return bar_closes(p) ? read_close(p) : read_open(p);
}

/* `2 * -x`: the minus is a factor -1. */
static bool read_sign_of_factor(struct parser *p)
{
    struct parse_node *one = tree_leaf(parser_arena(p), PARSE_NUMBER, p->token.span, "1");
    struct parse_node *minus =
        tree_make(parser_arena(p), PARSE_NEGATE, p->token.span, &one, 1);
    if (p->token.kind == TOKEN_MINUS && !parser_push_factor(p, minus))
        return false;
    parser_top(p)->times = true;
    return true;
}

static bool read_sign(struct parser *p)
{
    struct frame *f = parser_top(p);
    if (f->times && f->slash == NO_SLASH)
        return read_sign_of_factor(p);
    bool leading = f->kind != FRAME_ARGUMENT && p->node_count == f->terms && !f->has_sign;
    if (!leading) {
        if (!parser_close_bodies(p) || !parser_end_term(p))
            return false;
        f = parser_top(p);
    }
    f->has_sign = true;
    f->negative = p->token.kind == TOKEN_MINUS;
    return true;
}

static bool read_operator(struct parser *p)
{
    struct frame *f = parser_top(p);
    if (f->kind == FRAME_ARGUMENT)
        return parser_fail(p, DIAG_FORMULA_ARGUMENT, p->token.span, f->node->text);
    if (p->node_count == f->factors || f->times || f->slash != NO_SLASH)
        return parser_fail(p, DIAG_FORMULA_OPERAND, p->token.span, NULL);
    f->divided = NULL;
    if (p->token.kind == TOKEN_TIMES)
        f->times = true;
    else
        f->slash = (int64_t)p->node_count;
    return true;
}

static bool read_relation(struct parser *p)
{
    if (!parser_close_bodies(p) || !parser_end_sum(p))
        return false;
    struct frame *f = parser_top(p);
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%s%s%s", f->relations ? f->relations : "", f->relations ? " " : "",
               p->token.text);
    f->relations = arena_strndup(parser_arena(p), text.data, text.length);
    buf_clear(&text);
    return true;
}

static bool read_comma(struct parser *p)
{
    return parser_close_bodies(p) && parser_end_relation(p);
}

static bool read_over(struct parser *p)
{
    if (!parser_close_bodies(p))
        return false;
    struct parse_node *above = parser_content(p);
    struct frame *f = parser_top(p);
    f->members = f->terms = f->factors = f->items;
    f->over = above;
    return above != NULL;
}

static bool read_end(struct parser *p)
{
    if (!parser_close_bodies(p))
        return false;
    if (parser_top(p)->kind != FRAME_TOP)
        return parser_fail(p, DIAG_FORMULA_UNCLOSED, parser_top(p)->opener,
                           parser_top(p)->text);
    p->result = parser_content(p);
    return p->result != NULL;
}

static bool read_token(struct parser *p)
{
    switch (p->token.kind) {
    case TOKEN_NUMBER:
        return read_leaf(p, PARSE_NUMBER);
    case TOKEN_NAME:
        return read_name(p);
    case TOKEN_FUNCTION:
        return read_function(p);
    case TOKEN_KEYWORD:
        return read_leaf(p, PARSE_KEYWORD);
    case TOKEN_DOTS:
        return read_leaf(p, PARSE_DOTS);
    case TOKEN_INDICATOR:
        return read_leaf(p, PARSE_INDICATOR);
    case TOKEN_VECTOR:
        return read_leaf(p, PARSE_VECTOR);
    case TOKEN_OPEN:
        return read_open(p);
    case TOKEN_CLOSE:
        return read_close(p);
    case TOKEN_BAR:
        return read_bar(p);
    case TOKEN_PLUS:
    case TOKEN_MINUS:
        return read_sign(p);
    case TOKEN_TIMES:
    case TOKEN_SLASH:
        return read_operator(p);
    case TOKEN_COMMA:
        return read_comma(p);
    case TOKEN_RELATION:
        return read_relation(p);
    case TOKEN_FRACTION:
        return read_fraction(p);
    case TOKEN_OVER:
        return read_over(p);
    case TOKEN_BIG:
        return read_big(p);
    case TOKEN_END:
        return read_end(p);
    default:
        return parser_fail(p, DIAG_FORMULA_SCRIPT_OF, p->token.span, NULL);
    }
}

static bool next_token(struct parser *p)
{
    return parser_in_fraction(p) ? lex_single(&p->lex, &p->token)
                                 : lex_next(&p->lex, &p->token);
}

static struct parse_node *run_parser(const struct parse *parse, struct span span,
                                     bool name_only)
{
    struct parser p = {.parse = parse, .name_only = name_only};
    p.lex = (struct lex){parse->source,
                         parse->arena,
                         parse->diags,
                         span.begin,
                         span.end,
                         parse->comment,
                         0};
    parser_push_frame(&p, (struct frame){.kind = FRAME_TOP, .opener = span});
    while (!p.result && next_token(&p) && read_token(&p))
        ;
    memory_free(p.frames);
    memory_free(p.nodes);
    return p.result;
}

struct parse_node *parse_formula(const struct parse *parse, struct span span)
{
    return run_parser(parse, span, false);
}

struct parse_node *parse_name(const struct parse *parse, struct span span)
{
    struct parse_node *node = run_parser(parse, span, true);
    if (node && node->kind != PARSE_NAME) {
        diag_at(parse->diags, DIAG_NAME_EXPECTED,
                (struct place){parse->source, node->span}, (char *)NULL);
        return NULL;
    }
    return node;
}
