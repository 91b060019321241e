#include "tex/parse.h"

#include "base/memory.h"
#include "tex/lex.h"
#include "tex/tree.h"

#include <stdio.h>
#include <string.h>

/* What is open. Each frame holds a comma list of relations of sums of products; its unfinished parts lie
   on the stack of nodes, from `items`, `members`, `terms` and `factors` on. */
enum frame_kind {
    FRAME_TOP,
    FRAME_BRACKET,
    FRAME_SCRIPT,   /* braces after _ or ^; node: what has the script */
    FRAME_ARGUMENT, /* of \frac or a function; node: what wants the factors */
    FRAME_BODY      /* of \sum or \frac{\partial}{\partial w}: a product, closed by what follows */
};

enum { NO_SLASH = -1 };

struct frame {
    enum frame_kind kind;
    struct span opener;
    const char *text;        /* the bracket */
    struct parse_node *node;
    enum parse_kind script;  /* PARSE_SUB or PARSE_SUP */
    struct parse_node *run;  /* as the parser's, of the name that has the script */
    size_t wanted;           /* arguments */
    size_t items, members, terms, factors;
    int64_t slash;           /* where the divisor begins on the stack */
    struct parse_node *over; /* what stands above \over */
    const char *relations;
    bool negative, has_sign;
    bool times;              /* a factor must follow */
    bool in_script;
    struct parse_node *divided; /* a fraction by `/`, which must not be followed by a factor */
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

static struct frame *top(struct parser *p) { return &p->frames[p->frame_count - 1]; }

static struct arena *arena_of(struct parser *p) { return p->parse->arena; }

static bool fail(struct parser *p, enum diag_code code, struct span span, const char *text)
{
    return diag_at(p->parse->diags, code, (struct place){p->parse->source, span}, text,
                   (char *)NULL);
}

static const char *text_of(struct parser *p, const struct parse_node *node)
{
    return arena_strndup(arena_of(p), p->parse->source->text + node->span.begin,
                         node->span.end - node->span.begin);
}

static void push_node(struct parser *p, struct parse_node *node)
{
    if (p->node_count == p->node_capacity) {
        p->node_capacity = 2 * p->node_capacity + 32;
        p->nodes = memory_array(p->nodes, p->node_capacity, sizeof *p->nodes);
    }
    p->nodes[p->node_count++] = node;
}

static bool push_frame(struct parser *p, struct frame frame)
{
    if (p->frame_count > p->parse->budget->depth) {
        char depth[32];
        snprintf(depth, sizeof depth, "%u", p->parse->budget->depth);
        return fail(p, DIAG_FORMULA_TOO_DEEP, frame.opener, depth);
    }
    if (p->frame_count == p->frame_capacity) {
        p->frame_capacity = 2 * p->frame_capacity + 16;
        p->frames = memory_array(p->frames, p->frame_capacity, sizeof *p->frames);
    }
    if (p->frame_count > 0)
        frame.in_script = frame.kind == FRAME_SCRIPT || top(p)->in_script;
    frame.items = frame.members = frame.terms = frame.factors = p->node_count;
    frame.slash = NO_SLASH;
    p->frames[p->frame_count++] = frame;
    return true;
}

/* Replaces the nodes from `from` on by one. */
static void gather(struct parser *p, size_t from, enum parse_kind kind)
{
    struct parse_node *node = tree_join(arena_of(p), kind, p->nodes + from, p->node_count - from);
    p->node_count = from;
    push_node(p, node);
}

/* term = [-] factor { [*] factor } */
static bool end_term(struct parser *p)
{
    struct frame *f = top(p);
    if (p->node_count == f->factors || f->times || f->slash != NO_SLASH)
        return fail(p, DIAG_FORMULA_OPERAND, p->token.span, NULL);
    gather(p, f->factors, PARSE_PRODUCT);
    if (f->negative) {
        struct parse_node *term = p->nodes[p->node_count - 1];
        p->nodes[p->node_count - 1] =
            tree_make(arena_of(p), PARSE_NEGATE, term->span, &term, 1);
    }
    f->factors = p->node_count;
    f->negative = f->has_sign = false;
    f->divided = NULL;
    return true;
}

static bool end_sum(struct parser *p)
{
    if (!end_term(p))
        return false;
    struct frame *f = top(p);
    gather(p, f->terms, PARSE_SUM);
    f->terms = f->factors = p->node_count;
    return true;
}

static bool end_relation(struct parser *p)
{
    if (!end_sum(p))
        return false;
    struct frame *f = top(p);
    gather(p, f->members, PARSE_RELATION);
    if (f->relations)
        p->nodes[p->node_count - 1]->text = f->relations;
    f->relations = NULL;
    f->members = f->terms = f->factors = p->node_count;
    return true;
}

/* The whole of the top frame, which stays open; NULL after a diagnostic. */
static struct parse_node *content(struct parser *p)
{
    if (!end_relation(p))
        return NULL;
    struct frame *f = top(p);
    gather(p, f->items, PARSE_LIST);
    struct parse_node *node = p->nodes[--p->node_count];
    return f->over ? tree_fraction(arena_of(p), f->over, node) : node;
}

static bool open_body(struct parser *p, struct parse_node *node)
{
    return push_frame(p, (struct frame){.kind = FRAME_BODY, .opener = node->span, .node = node});
}

static bool is_open_derivative(const struct parse_node *node)
{
    return node->kind == PARSE_DERIVATIVE && !node->parts[0];
}

/* Where the numerator of the pending `/` begins: a number before a number, a derivative's sign and
   name, else the whole product so far. */
static size_t numerator_begin(struct parser *p, const struct parse_node *below)
{
    struct frame *f = top(p);
    size_t slash = (size_t)f->slash;
    if (tree_is_integer(below) && tree_is_integer(p->nodes[slash - 1]))
        return slash - 1;
    for (size_t i = 1; i <= 2 && slash - f->factors >= i; i++) {
        struct parse_node *above = tree_join(arena_of(p), PARSE_PRODUCT, p->nodes + slash - i, i);
        if (tree_fraction(arena_of(p), above, (struct parse_node *)below)->kind == PARSE_DERIVATIVE)
            return slash - i;
    }
    return f->factors;
}

static bool end_slash(struct parser *p)
{
    struct frame *f = top(p);
    size_t slash = (size_t)f->slash;
    struct parse_node *below =
        tree_join(arena_of(p), PARSE_PRODUCT, p->nodes + slash, p->node_count - slash);
    size_t begin = numerator_begin(p, below);
    struct parse_node *above =
        tree_join(arena_of(p), PARSE_PRODUCT, p->nodes + begin, slash - begin);
    struct parse_node *node = tree_fraction(arena_of(p), above, below);
    p->node_count = begin;
    f->slash = NO_SLASH;
    if (is_open_derivative(node))
        return open_body(p, node);
    push_node(p, node);
    if (node->kind == PARSE_FRACTION && !(tree_is_integer(above) && tree_is_integer(below)))
        f->divided = node;
    return true;
}

static bool refuse_divided(struct parser *p, const struct parse_node *next)
{
    const struct parse_node *fraction = top(p)->divided;
    return diag_at(p->parse->diags, DIAG_FORMULA_SLASH,
                   (struct place){p->parse->source, next->span}, text_of(p, fraction->parts[0]),
                   text_of(p, fraction->parts[1]), text_of(p, next), (char *)NULL);
}

static bool push_factor(struct parser *p, struct parse_node *node)
{
    struct frame *f = top(p);
    bool juxtaposed = p->node_count > f->factors && !f->times && f->slash == NO_SLASH;
    if (juxtaposed && f->divided)
        return refuse_divided(p, node);
    if (juxtaposed && !f->in_script && node->kind == PARSE_NUMBER &&
        p->nodes[p->node_count - 1]->kind == PARSE_NUMBER)
        return fail(p, DIAG_FORMULA_TWO_NUMBERS, node->span, NULL);
    push_node(p, node);
    f->times = false;
    bool first = f->slash == (int64_t)p->node_count - 1;
    if (f->slash != NO_SLASH && !(first && tree_is_partial(node)))
        return end_slash(p);
    return true;
}

/* Bodies of sums end before +, -, =, a comma and a closing bracket. */
static bool close_bodies(struct parser *p)
{
    while (top(p)->kind == FRAME_BODY) {
        if (!end_sum(p))
            return false;
        struct parse_node *node = top(p)->node;
        struct parse_node *body = p->nodes[--p->node_count];
        node->parts[node->kind == PARSE_BIG ? 3 : 0] = body;
        node->span = span_join(node->span, body->span);
        p->frame_count--;
        if (!push_factor(p, node))
            return false;
    }
    if (top(p)->kind == FRAME_ARGUMENT)
        return fail(p, DIAG_FORMULA_ARGUMENT, p->token.span, top(p)->node->text);
    return true;
}

/* --- scripts --- */

/* Below a big operator: `k`, `k=1`, or a condition kept as it is. */
static void set_lower_limit(struct parse_node *big, struct parse_node *below)
{
    big->parts[0] = below;
    if (below->kind == PARSE_RELATION && strcmp(below->text, "=") == 0 && below->count == 2) {
        big->parts[0] = below->parts[0];
        big->parts[1] = below->parts[1];
    }
}

static bool attach_limit(struct parser *p, struct parse_node *big, enum parse_kind kind,
                         struct parse_node *script)
{
    if (kind == PARSE_SUB ? big->parts[0] != NULL : big->parts[2] != NULL)
        return fail(p, DIAG_FORMULA_TWO_SCRIPTS, script->span, "limit");
    if (kind == PARSE_SUB)
        set_lower_limit(big, script);
    else
        big->parts[2] = script;
    return true;
}

static bool attach_to_name(struct parser *p, struct parse_node **name, enum parse_kind kind,
                           struct parse_node *script)
{
    if (tree_script(*name, kind))
        return fail(p, DIAG_FORMULA_TWO_SCRIPTS, script->span,
                    kind == PARSE_SUB ? "subscript" : "superscript");
    *name = tree_with_script(arena_of(p), *name,
                             tree_make(arena_of(p), kind, script->span, &script, 1));
    return true;
}

/* `\left.\frac{\partial A}{\partial b}\right|_c` */
static bool attach_held(struct parser *p, struct parse_node **node, struct parse_node *held)
{
    struct parse_node *inner = tree_ungroup((*node)->parts[0]);
    if (inner->kind != PARSE_DERIVATIVE)
        return fail(p, DIAG_FORMULA_HELD, (*node)->span, NULL);
    struct parse_node *parts[] = {inner->parts[0], inner->parts[1], held};
    *node = tree_make(arena_of(p), PARSE_LOCAL, span_join((*node)->span, held->span), parts, 3);
    return true;
}

static bool attach(struct parser *p, struct parse_node **node, enum parse_kind kind,
                   struct parse_node *script)
{
    struct parse_node *base = *node;
    if (base->kind == PARSE_BIG)
        return attach_limit(p, base, kind, script);
    if (base->kind == PARSE_NAME)
        return attach_to_name(p, node, kind, script);
    if (base->kind == PARSE_BRACKET && strcmp(base->text, ".") == 0 && kind == PARSE_SUB)
        return attach_held(p, node, script);
    if (kind == PARSE_SUB)
        return fail(p, DIAG_FORMULA_SCRIPT_OF, script->span, NULL);
    if (base->kind == PARSE_POWER)
        return fail(p, DIAG_FORMULA_TWO_SCRIPTS, script->span, "superscript");
    *node = tree_make(arena_of(p), PARSE_POWER, span_join(base->span, script->span),
                      (struct parse_node *[]){base, script}, 2);
    return true;
}

static struct parse_node *leaf_here(struct parser *p, uint32_t length)
{
    const char *text = p->lex.source->text + p->lex.at;
    enum parse_kind kind = text[0] >= '0' && text[0] <= '9' ? PARSE_NUMBER : PARSE_NAME;
    struct span span = {p->lex.at, p->lex.at + length};
    p->lex.at += length;
    return tree_leaf(arena_of(p), kind, span, arena_strndup(arena_of(p), text, length));
}

/* `_11`, `_y1`, `_jx`: the longest run. Letters alone may also be one index and more factors. */
static struct parse_node *script_run(struct parser *p, enum parse_kind kind)
{
    uint32_t digits = lex_digits(&p->lex);
    uint32_t length = digits > 0 ? digits : lex_letters_and_digits(&p->lex);
    struct lex after = p->lex;
    after.at += length;
    char same = kind == PARSE_SUB ? '_' : '^';
    bool again = lex_at_script(&after) && after.source->text[after.at] == same;
    struct lex second = p->lex;
    second.at++;
    bool letters = digits == 0 && length > 1 && lex_digits(&second) == 0;
    if (letters && again)
        return leaf_here(p, 1);
    struct parse_node *leaf = leaf_here(p, length);
    if (letters)
        p->run = leaf;
    return leaf;
}

/* A script without braces. NULL after a diagnostic. */
static struct parse_node *short_script(struct parser *p, enum parse_kind kind)
{
    struct token token;
    lex_skip(&p->lex);
    if (lex_letters_and_digits(&p->lex) > 0)
        return script_run(p, kind);
    if (!lex_next(&p->lex, &token))
        return NULL;
    bool mark = kind == PARSE_SUP && (token.kind == TOKEN_PLUS ||
                                      (token.kind == TOKEN_TIMES && strcmp(token.text, "*") == 0));
    if (token.kind != TOKEN_NAME && !mark) {
        fail(p, DIAG_FORMULA_SCRIPT, token.span, NULL);
        return NULL;
    }
    return tree_leaf(arena_of(p), PARSE_NAME, token.span, token.text);
}

/* Unicode scripts, already in ASCII: digits and letters, perhaps after a minus. */
static struct parse_node *unicode_script(struct parser *p, const struct token *token)
{
    struct parse_node *items[LEX_NAME_LENGTH];
    const char *text = token->text + (token->text[0] == '-');
    size_t count = 0;
    for (size_t length; *text && count < LEX_NAME_LENGTH; text += length, count++) {
        bool digit = *text >= '0' && *text <= '9';
        length = digit ? strspn(text, "0123456789") : strcspn(text, "0123456789+-");
        if (length == 0)
            break;
        items[count] = tree_leaf(arena_of(p), digit ? PARSE_NUMBER : PARSE_NAME, token->span,
                                 arena_strndup(arena_of(p), text, length));
    }
    if (count == 0 || *text) {
        fail(p, DIAG_FORMULA_SCRIPT, token->span, NULL);
        return NULL;
    }
    struct parse_node *node = tree_join(arena_of(p), PARSE_PRODUCT, items, count);
    if (token->text[0] == '-')
        node = tree_make(arena_of(p), PARSE_NEGATE, token->span, &node, 1);
    return node;
}

/* `{+}` and `{*}`, which are marks and no formulas. */
static struct parse_node *mark_in_braces(struct parser *p)
{
    struct lex inner = p->lex;
    inner.at++;
    lex_skip(&inner);
    struct span span = {inner.at, inner.at + 1};
    const char *text = inner.source->text + inner.at;
    if (inner.at >= inner.end || (*text != '+' && *text != '*'))
        return NULL;
    inner.at++;
    lex_skip(&inner);
    if (inner.at >= inner.end || inner.source->text[inner.at] != '}')
        return NULL;
    p->lex.at = inner.at + 1;
    return tree_leaf(arena_of(p), PARSE_NAME, span, arena_strndup(arena_of(p), text, 1));
}

/* After _ or ^: attaches the script, or opens its braces and sets *node to NULL. */
static bool begin_script(struct parser *p, struct parse_node **node, const struct token *token)
{
    enum parse_kind kind = token->kind == TOKEN_SUB ? PARSE_SUB : PARSE_SUP;
    lex_skip(&p->lex);
    if (p->lex.at >= p->lex.end || p->lex.source->text[p->lex.at] != '{') {
        struct parse_node *script = short_script(p, kind);
        return script && attach(p, node, kind, script);
    }
    struct parse_node *mark = mark_in_braces(p);
    if (mark)
        return attach(p, node, kind, mark);
    struct span brace = {p->lex.at, p->lex.at + 1};
    p->lex.at++;
    struct parse_node *base = *node;
    *node = NULL;
    struct parse_node *run = p->run;
    p->run = NULL;
    return push_frame(p, (struct frame){.kind = FRAME_SCRIPT,
                                        .opener = brace,
                                        .text = "{",
                                        .node = base,
                                        .run = run,
                                        .script = kind});
}

static bool add_prime(struct parser *p, struct parse_node **node, struct span span)
{
    if ((*node)->kind != PARSE_NAME)
        return fail(p, DIAG_FORMULA_SCRIPT_OF, span, NULL);
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%s'", (*node)->text);
    struct parse_node *primed = tree_make(arena_of(p), PARSE_NAME, span_join((*node)->span, span),
                                          (*node)->parts, (*node)->count);
    primed->text = arena_strndup(arena_of(p), text.data, text.length);
    buf_clear(&text);
    *node = primed;
    return true;
}

static bool one_script(struct parser *p, struct parse_node **node)
{
    struct token token;
    if (!lex_next(&p->lex, &token))
        return false;
    if (token.kind == TOKEN_PRIME)
        return add_prime(p, node, token.span);
    if (token.kind == TOKEN_SUB || token.kind == TOKEN_SUP)
        return begin_script(p, node, &token);
    struct parse_node *script = unicode_script(p, &token);
    return script && attach(p, node, token.kind == TOKEN_SUBS ? PARSE_SUB : PARSE_SUP, script);
}

/* `h_jx^2` as h_j x^2. */
static struct parse_node *latex_reading(struct parser *p, const struct parse_node *name)
{
    struct parse_node *run = p->run;
    const char *rest = run->text + 1;
    size_t letters = strcspn(rest, "0123456789");
    struct span first = {run->span.begin, run->span.begin + 1};
    struct parse_node *index = tree_leaf(arena_of(p), PARSE_NAME, first,
                                         arena_strndup(arena_of(p), run->text, 1));
    struct parse_node *left = tree_leaf(arena_of(p), PARSE_NAME, name->span, name->text);
    struct parse_node *right =
        tree_leaf(arena_of(p), PARSE_NAME, (struct span){first.end, run->span.end},
                  arena_strndup(arena_of(p), rest, letters));
    if (rest[letters]) {
        struct parse_node *digits = tree_leaf(arena_of(p), PARSE_NUMBER, run->span, rest + letters);
        right = tree_with_script(arena_of(p), right,
                                 tree_make(arena_of(p), PARSE_SUB, run->span, &digits, 1));
    }
    bool after = false;
    for (size_t i = 0; i < name->count; i++) {
        struct parse_node *script = name->parts[i];
        if (after) {
            right = tree_with_script(arena_of(p), right, script);
        } else if (script->parts[0] == run) {
            left = tree_with_script(arena_of(p), left,
                                    tree_make(arena_of(p), script->kind, first, &index, 1));
            after = true;
        } else {
            left = tree_with_script(arena_of(p), left, script);
        }
    }
    left->span = (struct span){name->span.begin, first.end};
    return tree_join(arena_of(p), PARSE_PRODUCT, (struct parse_node *[]){left, right}, 2);
}

static bool is_argument_of_fraction(const struct frame *f)
{
    return f->kind == FRAME_ARGUMENT && f->node->kind == PARSE_FRACTION;
}

/* `\frac{a}{b}` and `\tanh(x)^2`: what follows does not belong to the argument. */
static bool takes_scripts(struct parser *p, const struct parse_node *node)
{
    return !is_argument_of_fraction(top(p)) &&
           !(top(p)->kind == FRAME_ARGUMENT && node->kind == PARSE_BRACKET);
}

/* Attaches all scripts that follow; *node becomes NULL if the braces of one had to be opened. */
static bool scripts(struct parser *p, struct parse_node **node)
{
    while (takes_scripts(p, *node) && lex_at_script(&p->lex)) {
        if (!one_script(p, node))
            return false;
        if (!*node)
            return true;
    }
    if (p->run && (*node)->kind == PARSE_NAME)
        (*node)->other = latex_reading(p, *node);
    p->run = NULL;
    return true;
}

/* --- factors --- */

static struct parse_node *waiting_call(struct parse_node *node)
{
    struct parse_node *call = node->kind == PARSE_POWER ? node->parts[0] : node;
    return call->kind == PARSE_CALL && call->count == 0 ? call : NULL;
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
        return fail(p, DIAG_FORMULA_ROOT, (struct span){p->lex.at, p->lex.at + 1}, NULL);
    return push_frame(p, (struct frame){.kind = FRAME_ARGUMENT,
                                        .opener = node->span,
                                        .node = node,
                                        .wanted = wanted});
}

static void give_arguments(struct parser *p, struct parse_node *to, struct parse_node *argument)
{
    struct parse_node *inner = argument;
    if (argument->kind == PARSE_BRACKET && strcmp(argument->text, "|") != 0)
        inner = argument->parts[0];
    bool list = inner->kind == PARSE_LIST;
    struct parse_node *filled = tree_make(arena_of(p), to->kind, span_join(to->span, argument->span),
                                          list ? inner->parts : &inner, list ? inner->count : 1);
    filled->text = to->text;
    *to = *filled;
}

/* Another argument of the top frame is complete: what is complete thereby, or NULL. */
static struct parse_node *end_argument(struct parser *p, struct parse_node *argument)
{
    struct frame *f = top(p);
    struct parse_node *node = f->node;
    push_node(p, argument);
    if (p->node_count - f->items < f->wanted)
        return NULL;
    struct parse_node **arguments = p->nodes + f->items;
    p->node_count = f->items;
    p->frame_count--;
    if (node->kind == PARSE_FRACTION) {
        struct parse_node *fraction = tree_fraction(arena_of(p), arguments[0], arguments[1]);
        fraction->span.begin = node->span.begin;
        fraction->span.end = p->lex.at;
        return fraction;
    }
    give_arguments(p, waiting_call(node) ? waiting_call(node) : node, arguments[0]);
    node->span = span_join(node->span, argument->span);
    return node;
}

/* A factor has been read, up to its scripts. */
static bool reduce(struct parser *p, struct parse_node *node)
{
    for (;;) {
        if (!scripts(p, &node))
            return false;
        if (!node)
            return true;
        if (node->kind == PARSE_BIG && !node->parts[0])
            return fail(p, DIAG_FORMULA_LIMITS, node->span, node->text);
        if (node->kind == PARSE_BIG || is_open_derivative(node))
            return open_body(p, node);
        if (wants_argument(node))
            return open_arguments(p, node, 1);
        if (top(p)->kind != FRAME_ARGUMENT)
            break;
        node = end_argument(p, node);
        if (!node)
            return true;
    }
    if (p->name_only && top(p)->kind == FRAME_TOP) {
        p->result = node;
        return true;
    }
    return push_factor(p, node);
}

/* --- tokens --- */

static bool read_leaf(struct parser *p, enum parse_kind kind)
{
    return reduce(p, tree_leaf(arena_of(p), kind, p->token.span, p->token.text));
}

/* `w1` and `w11` are w with a subscript. */
static bool read_name(struct parser *p)
{
    struct parse_node *name = tree_leaf(arena_of(p), PARSE_NAME, p->token.span, p->token.text);
    uint32_t digits = lex_digits(&p->lex);
    if (digits > 0 && !top(p)->in_script && !is_argument_of_fraction(top(p))) {
        struct parse_node *index = leaf_here(p, digits);
        if (!attach_to_name(p, &name, PARSE_SUB, index))
            return false;
    }
    return reduce(p, name);
}

static bool read_function(struct parser *p)
{
    return read_leaf(p, top(p)->in_script ? PARSE_NAME : PARSE_CALL);
}

static bool read_big(struct parser *p)
{
    struct parse_node *parts[4] = {NULL, NULL, NULL, NULL};
    struct parse_node *node = tree_make(arena_of(p), PARSE_BIG, p->token.span, parts, 4);
    node->text = p->token.text;
    return reduce(p, node);
}

static bool read_fraction(struct parser *p)
{
    struct parse_node *node =
        tree_leaf(arena_of(p), PARSE_FRACTION, p->token.span, p->token.text);
    return open_arguments(p, node, 2);
}

static bool read_open(struct parser *p)
{
    return push_frame(p, (struct frame){.kind = FRAME_BRACKET,
                                        .opener = p->token.span,
                                        .text = p->token.text});
}

static bool brackets_match(const char *open, const char *close)
{
    static const char *const pairs[][2] = {{"(", ")"}, {"[", "]"}, {"{", "}"},
                                           {"\\{", "\\}"}, {"|", "|"}, {".", "|"}};
    for (size_t i = 0; i < 6; i++)
        if (strcmp(open, pairs[i][0]) == 0 && strcmp(close, pairs[i][1]) == 0)
            return true;
    return false;
}

static bool refuse_close(struct parser *p)
{
    struct frame *f = top(p);
    struct place place = {p->parse->source, p->token.span};
    if (f->kind == FRAME_TOP)
        return fail(p, DIAG_FORMULA_UNOPENED, p->token.span, p->token.text);
    diag_at(p->parse->diags, DIAG_FORMULA_MISMATCH, place, p->token.text, f->text, (char *)NULL);
    return diag_at(p->parse->diags, DIAG_NOTE_TEXT, (struct place){p->parse->source, f->opener},
                   "it was opened here", (char *)NULL);
}

static bool close_script(struct parser *p, struct parse_node *script)
{
    struct parse_node *node = top(p)->node;
    enum parse_kind kind = top(p)->script;
    p->frame_count--;
    if (!attach(p, &node, kind, script))
        return false;
    node->span.end = p->token.span.end;
    return reduce(p, node);
}

static bool read_close(struct parser *p)
{
    if (!close_bodies(p))
        return false;
    if (top(p)->kind == FRAME_TOP || !brackets_match(top(p)->text, p->token.text))
        return refuse_close(p);
    struct parse_node *inner = content(p);
    if (!inner)
        return false;
    if (top(p)->kind == FRAME_SCRIPT)
        return close_script(p, inner);
    struct frame f = *top(p);
    p->frame_count--;
    if (strcmp(f.text, "{") == 0 && is_open_derivative(inner))
        return reduce(p, inner);
    struct parse_node *bracket = tree_make(arena_of(p), PARSE_BRACKET,
                                           span_join(f.opener, p->token.span), &inner, 1);
    bracket->text = f.text;
    return reduce(p, bracket);
}

static bool read_sign(struct parser *p)
{
    struct frame *f = top(p);
    bool leading = f->kind != FRAME_ARGUMENT && p->node_count == f->terms && !f->has_sign;
    if (!leading) {
        if (!close_bodies(p) || !end_term(p))
            return false;
        f = top(p);
    }
    f->has_sign = true;
    f->negative = p->token.kind == TOKEN_MINUS;
    return true;
}

static bool read_operator(struct parser *p)
{
    struct frame *f = top(p);
    if (f->kind == FRAME_ARGUMENT)
        return fail(p, DIAG_FORMULA_ARGUMENT, p->token.span, f->node->text);
    if (p->node_count == f->factors || f->times || f->slash != NO_SLASH)
        return fail(p, DIAG_FORMULA_OPERAND, p->token.span, NULL);
    f->divided = NULL;
    if (p->token.kind == TOKEN_TIMES)
        f->times = true;
    else
        f->slash = (int64_t)p->node_count;
    return true;
}

static bool read_relation(struct parser *p)
{
    if (!close_bodies(p) || !end_sum(p))
        return false;
    struct frame *f = top(p);
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%s%s%s", f->relations ? f->relations : "", f->relations ? " " : "",
               p->token.text);
    f->relations = arena_strndup(arena_of(p), text.data, text.length);
    buf_clear(&text);
    return true;
}

static bool read_comma(struct parser *p) { return close_bodies(p) && end_relation(p); }

static bool read_over(struct parser *p)
{
    if (!close_bodies(p))
        return false;
    struct parse_node *above = content(p);
    struct frame *f = top(p);
    f->members = f->terms = f->factors = f->items;
    f->over = above;
    return above != NULL;
}

static bool read_end(struct parser *p)
{
    if (!close_bodies(p))
        return false;
    if (top(p)->kind != FRAME_TOP)
        return fail(p, DIAG_FORMULA_UNCLOSED, top(p)->opener, top(p)->text);
    p->result = content(p);
    return p->result != NULL;
}

static bool read_token(struct parser *p)
{
    switch (p->token.kind) {
    case TOKEN_NUMBER: return read_leaf(p, PARSE_NUMBER);
    case TOKEN_NAME: return read_name(p);
    case TOKEN_FUNCTION: return read_function(p);
    case TOKEN_KEYWORD: return read_leaf(p, PARSE_KEYWORD);
    case TOKEN_OPEN: return read_open(p);
    case TOKEN_CLOSE: return read_close(p);
    case TOKEN_PLUS:
    case TOKEN_MINUS: return read_sign(p);
    case TOKEN_TIMES:
    case TOKEN_SLASH: return read_operator(p);
    case TOKEN_COMMA: return read_comma(p);
    case TOKEN_RELATION: return read_relation(p);
    case TOKEN_FRACTION: return read_fraction(p);
    case TOKEN_OVER: return read_over(p);
    case TOKEN_BIG: return read_big(p);
    case TOKEN_END: return read_end(p);
    default: return fail(p, DIAG_FORMULA_SCRIPT_OF, p->token.span, NULL);
    }
}

static bool next_token(struct parser *p)
{
    return is_argument_of_fraction(top(p)) ? lex_single(&p->lex, &p->token)
                                           : lex_next(&p->lex, &p->token);
}

static struct parse_node *run_parser(const struct parse *parse, struct span span, bool name_only)
{
    struct parser p = {.parse = parse, .name_only = name_only};
    p.lex = (struct lex){parse->source, parse->arena, parse->diags,
                         span.begin,    span.end,     parse->comment};
    push_frame(&p, (struct frame){.kind = FRAME_TOP, .opener = span});
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
        diag_at(parse->diags, DIAG_NAME_EXPECTED, (struct place){parse->source, node->span},
                (char *)NULL);
        return NULL;
    }
    return node;
}
