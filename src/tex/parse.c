#include "tex/parse.h"

#include "base/memory.h"
#include "tex/parser.h"

#include <string.h>

static bool read_leaf(struct parser *p, enum parse_kind kind)
{
    return parser_reduce(p,
                         tree_leaf(parser_arena(p), kind, p->token.span, p->token.text));
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
    return parser_attach(p, &name, PARSE_SUB, index) && parser_reduce(p, name);
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
    return parser_reduce(p, name);
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
    return parser_reduce(p, node);
}

/* The groups in braces that follow. */
static size_t count_groups(const struct parser *p)
{
    struct lex ahead = p->lex;
    size_t count = 0, depth = 0;
    for (lex_skip(&ahead); ahead.at < ahead.end; ahead.at++) {
        char c = ahead.source->text[ahead.at];
        if (depth == 0 && c != '{' && c != ' ')
            break;
        count += c == '{' && depth == 0;
        depth += c == '{' ? 1 : c == '}' ? (size_t)-1 : 0;
    }
    return count;
}

/* `\pdv{A}{b}`, `\pdv{b} A`; others are derivatives of derivatives. */
static bool read_derivative(struct parser *p, struct parse_node *node)
{
    size_t count = count_groups(p);
    lex_skip(&p->lex);
    bool is_higher = p->lex.at < p->lex.end && p->lex.source->text[p->lex.at] == '[';
    if (is_higher || count < 1 || count > 2)
        return parser_fail(p, DIAG_FORMULA_SECOND, node->span, NULL);
    return parser_open_arguments(p, node, count);
}

static bool read_fraction(struct parser *p)
{
    struct parse_node *node =
        tree_leaf(parser_arena(p), PARSE_FRACTION, p->token.span, p->token.text);
    return strcmp(node->text, "\\pdv") == 0 ? read_derivative(p, node)
                                            : parser_open_arguments(p, node, 2);
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

/* `2 + -x`; of `2 - -x` a row may have repeated its sign. */
static bool is_minus_after_plus(struct parser *p)
{
    const struct frame *f = parser_top(p);
    return p->token.kind == TOKEN_MINUS && f->has_sign && !f->negative &&
           p->node_count == f->factors;
}

static bool read_sign(struct parser *p)
{
    struct frame *f = parser_top(p);
    if (f->times && f->slash == NO_SLASH)
        return read_sign_of_factor(p);
    if (is_minus_after_plus(p)) {
        f->negative = true;
        return true;
    }
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
        return parser_read_open(p);
    case TOKEN_CLOSE:
        return parser_read_close(p);
    case TOKEN_BAR:
        return parser_read_bar(p);
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
