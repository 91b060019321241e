#include "tex/parser.h"

#include "base/language.h"

#include <string.h>

static bool attach_to_name(struct parser *p, struct parse_node **name,
                           enum parse_kind kind, struct parse_node *script)
{
    if (tree_script(*name, kind))
        return parser_fail(p, DIAG_FORMULA_TWO_SCRIPTS, script->span,
                           kind == PARSE_SUB ? NC_("diagnostic", "subscript")
                                             : NC_("diagnostic", "superscript"));
    *name = tree_with_script(parser_arena(p), *name,
                             tree_make(parser_arena(p), kind, script->span, &script, 1));
    return true;
}

/* `\left.\frac{\partial A}{\partial b}\right|_c` */
static bool attach_held(struct parser *p, struct parse_node **node,
                        struct parse_node *held)
{
    struct parse_node *inner = tree_ungroup((*node)->parts[0]);
    if (inner->kind != PARSE_DERIVATIVE)
        return parser_fail(p, DIAG_FORMULA_HELD, (*node)->span, NULL);
    if (tree_inside(held)->kind == PARSE_RELATION)
        return parser_fail(p, DIAG_FORMULA_AT, held->span, NULL);
    struct parse_node *parts[] = {inner->parts[0], inner->parts[1], held};
    *node = tree_make(parser_arena(p), PARSE_LOCAL, span_join((*node)->span, held->span),
                      parts, 3);
    return true;
}

/* What is not read needs no scripts. */
static bool attach_to_vector(struct parser *p, struct parse_node **node,
                             const struct parse_node *script)
{
    *node = tree_leaf(parser_arena(p), PARSE_VECTOR,
                      span_join((*node)->span, script->span), (*node)->text);
    return true;
}

/* `\mathbb{1}_{z>0}`, `1_{\{z>0\}}` */
static bool takes_condition(const struct parse_node *base, struct parse_node *script)
{
    bool is_one = base->kind == PARSE_NUMBER && strcmp(base->text, "1") == 0 &&
                  tree_inside(script)->kind == PARSE_RELATION;
    return is_one || (base->kind == PARSE_INDICATOR && base->count == 0);
}

static bool attach_condition(struct parser *p, struct parse_node **node,
                             struct parse_node *script)
{
    struct parse_node *inside = tree_inside(script);
    *node = tree_make(parser_arena(p), PARSE_INDICATOR,
                      span_join((*node)->span, script->span), &inside, 1);
    return true;
}

bool parser_attach(struct parser *p, struct parse_node **node, enum parse_kind kind,
                   struct parse_node *script)
{
    struct parse_node *base = *node;
    if (base->kind == PARSE_BIG)
        return parser_attach_limit(p, base, kind, script);
    if (base->kind == PARSE_NAME)
        return attach_to_name(p, node, kind, script);
    if (base->kind == PARSE_VECTOR)
        return attach_to_vector(p, node, script);
    if (base->kind == PARSE_BRACKET && strcmp(base->text, ".") == 0 && kind == PARSE_SUB)
        return attach_held(p, node, script);
    if (kind == PARSE_SUB && takes_condition(base, script))
        return attach_condition(p, node, script);
    if (kind == PARSE_SUB)
        return parser_fail(p, DIAG_FORMULA_SCRIPT_OF, script->span, NULL);
    if (base->kind == PARSE_POWER)
        return parser_fail(p, DIAG_FORMULA_TWO_SCRIPTS, script->span,
                           NC_("diagnostic", "superscript"));
    *node = tree_make(parser_arena(p), PARSE_POWER, span_join(base->span, script->span),
                      (struct parse_node *[]){base, script}, 2);
    return true;
}

struct parse_node *parser_leaf_here(struct parser *p, uint32_t length)
{
    const char *text = p->lex.source->text + p->lex.at;
    enum parse_kind kind = text[0] >= '0' && text[0] <= '9' ? PARSE_NUMBER : PARSE_NAME;
    struct span span = {p->lex.at, p->lex.at + length};
    p->lex.at += length;
    return tree_leaf(parser_arena(p), kind, span,
                     arena_strndup(parser_arena(p), text, length));
}

/* Whether another script follows of a kind that the name has: it belongs to what stands
   before it, the a of `w_{kj}^La_j`. */
static bool is_of_next(const struct lex *after, const struct parse_node *name,
                       enum parse_kind kind)
{
    char sign = after->at < after->end ? after->source->text[after->at] : ' ';
    enum parse_kind next = sign == '_' ? PARSE_SUB : PARSE_SUP;
    return (sign == '_' || sign == '^') &&
           (next == kind || (name->kind == PARSE_NAME && tree_script(name, next)));
}

/* `_11`, `_y1`, `_jx`: the longest run. Letters alone may also be one index and more
 * factors. */
static struct parse_node *script_run(struct parser *p, const struct parse_node *name,
                                     enum parse_kind kind)
{
    uint32_t digits = lex_digits(&p->lex);
    uint32_t length = digits > 0 ? digits : lex_letters_and_digits(&p->lex);
    struct lex after = p->lex;
    after.at += length;
    bool again = lex_at_script(&after) && is_of_next(&after, name, kind);
    struct lex second = p->lex;
    second.at++;
    bool letters = digits == 0 && length > 1 && lex_digits(&second) == 0;
    if (letters && again)
        return parser_leaf_here(p, 1);
    struct parse_node *leaf = parser_leaf_here(p, length);
    if (letters)
        p->run = leaf;
    return leaf;
}

/* A script without braces. NULL after a diagnostic. */
static struct parse_node *short_script(struct parser *p, const struct parse_node *name,
                                       enum parse_kind kind)
{
    struct token token;
    lex_skip(&p->lex);
    if (lex_letters_and_digits(&p->lex) > 0)
        return script_run(p, name, kind);
    if (!lex_next(&p->lex, &token))
        return NULL;
    if (token.kind == TOKEN_VECTOR)
        return tree_leaf(parser_arena(p), PARSE_VECTOR, token.span, token.text);
    bool mark = kind == PARSE_SUP &&
                (token.kind == TOKEN_PLUS ||
                 (token.kind == TOKEN_TIMES && strcmp(token.text, "*") == 0));
    if (token.kind != TOKEN_NAME && !mark) {
        parser_fail(p, DIAG_FORMULA_SCRIPT, token.span, NULL);
        return NULL;
    }
    return tree_leaf(parser_arena(p), PARSE_NAME, token.span, token.text);
}

/* A number or a run of letters; NULL if the text begins with neither. */
static struct parse_node *unicode_leaf(struct parser *p, const struct token *token,
                                       const char **text)
{
    bool digit = **text >= '0' && **text <= '9';
    size_t length =
        digit ? strspn(*text, "0123456789") : strcspn(*text, "0123456789+-()");
    if (length == 0)
        return NULL;
    const char *copy = arena_strndup(parser_arena(p), *text, length);
    *text += length;
    return tree_leaf(parser_arena(p), digit ? PARSE_NUMBER : PARSE_NAME, token->span,
                     copy);
}

/* The same in brackets, `(2)`. */
static struct parse_node *unicode_item(struct parser *p, const struct token *token,
                                       const char **text)
{
    bool bracket = **text == '(';
    *text += bracket;
    struct parse_node *leaf = unicode_leaf(p, token, text);
    if (!leaf || !bracket || **text != ')')
        return bracket ? NULL : leaf;
    ++*text;
    struct parse_node *node =
        tree_make(parser_arena(p), PARSE_BRACKET, token->span, &leaf, 1);
    node->text = "(";
    return node;
}

/* The w of `\partial_wA`. */
static struct parse_node *single_script(struct parser *p)
{
    struct token token;
    if (!lex_single(&p->lex, &token))
        return NULL;
    if (token.kind == TOKEN_NAME)
        return tree_leaf(parser_arena(p), PARSE_NAME, token.span, token.text);
    parser_fail(p, DIAG_FORMULA_SCRIPT, token.span, NULL);
    return NULL;
}

/* Unicode scripts, already in ASCII: digits, letters and brackets, perhaps after a minus.
 */
static struct parse_node *unicode_script(struct parser *p, const struct token *token)
{
    struct parse_node *items[LEX_NAME_LENGTH];
    const char *text = token->text + (token->text[0] == '-');
    size_t count = 0;
    while (*text && count < LEX_NAME_LENGTH &&
           (items[count] = unicode_item(p, token, &text)) != NULL)
        count++;
    if (count == 0 || *text) {
        parser_fail(p, DIAG_FORMULA_SCRIPT, token->span, NULL);
        return NULL;
    }
    struct parse_node *node = tree_join(parser_arena(p), PARSE_PRODUCT, items, count);
    if (token->text[0] == '-')
        node = tree_make(parser_arena(p), PARSE_NEGATE, token->span, &node, 1);
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
    return tree_leaf(parser_arena(p), PARSE_NAME, span,
                     arena_strndup(parser_arena(p), text, 1));
}

static bool add_prime(struct parser *p, struct parse_node **node, struct span span)
{
    bool is_call = (*node)->kind == PARSE_CALL && (*node)->count == 0;
    if ((*node)->kind != PARSE_NAME && !is_call)
        return parser_fail(p, DIAG_FORMULA_SCRIPT_OF, span, NULL);
    if (strlen((*node)->text) >= LEX_NAME_LENGTH)
        return parser_fail(p, DIAG_NAME_TOO_LONG, (*node)->span, NULL);
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%s'", (*node)->text);
    struct parse_node *primed =
        tree_make(parser_arena(p), (*node)->kind, span_join((*node)->span, span),
                  (*node)->parts, (*node)->count);
    primed->text = arena_strndup(parser_arena(p), text.data, text.length);
    buf_clear(&text);
    *node = primed;
    return true;
}

static bool add_primes(struct parser *p, struct parse_node **node, struct span span,
                       unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (!add_prime(p, node, span))
            return false;
    return true;
}

/* The primes of `f^\prime` and `f^{\prime\prime}`; how many, 0 if something else follows.
 */
static unsigned raised_primes(struct parser *p)
{
    struct lex inner = p->lex;
    struct token token;
    lex_skip(&inner);
    bool braces = inner.at < inner.end && inner.source->text[inner.at] == '{';
    unsigned count = 0;
    inner.at += braces;
    while (lex_at_prime(&inner) && (braces || count == 0) && lex_next(&inner, &token))
        count++;
    bool closed =
        !braces || (inner.at < inner.end && inner.source->text[inner.at] == '}');
    if (count == 0 || !closed)
        return 0;
    p->lex.at = inner.at + braces;
    return count;
}

/* After _ or ^: attaches the script, or opens its braces and sets *node to NULL. */
static bool begin_script(struct parser *p, struct parse_node **node,
                         const struct token *token)
{
    enum parse_kind kind = token->kind == TOKEN_SUB ? PARSE_SUB : PARSE_SUP;
    lex_skip(&p->lex);
    unsigned primes = kind == PARSE_SUP ? raised_primes(p) : 0;
    if (primes > 0)
        return add_primes(p, node, token->span, primes);
    if (p->lex.at >= p->lex.end || p->lex.source->text[p->lex.at] != '{') {
        struct parse_node *script = kind == PARSE_SUB && tree_is_operator(*node)
                                        ? single_script(p)
                                        : short_script(p, *node, kind);
        return script && parser_attach(p, node, kind, script);
    }
    struct parse_node *mark = mark_in_braces(p);
    if (mark)
        return parser_attach(p, node, kind, mark);
    struct span brace = {p->lex.at, p->lex.at + 1};
    p->lex.at++;
    struct parse_node *base = *node;
    *node = NULL;
    struct parse_node *run = p->run;
    p->run = NULL;
    return parser_push_frame(
        p, (struct frame){.kind = FRAME_SCRIPT,
                          .opener = brace,
                          .text = "{",
                          .node = base,
                          .run = run,
                          .script = kind,
                          .is_exponent = kind == PARSE_SUP && tree_is_e(base)});
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
    return script &&
           parser_attach(p, node, token.kind == TOKEN_SUBS ? PARSE_SUB : PARSE_SUP,
                         script);
}

/* `h_jx^2` as h_j x^2. */
static struct parse_node *latex_reading(struct parser *p, const struct parse_node *name)
{
    struct parse_node *run = p->run;
    const char *rest = run->text + 1;
    size_t letters = strcspn(rest, "0123456789");
    struct span first = {run->span.begin, run->span.begin + 1};
    struct parse_node *index = tree_leaf(parser_arena(p), PARSE_NAME, first,
                                         arena_strndup(parser_arena(p), run->text, 1));
    struct parse_node *left =
        tree_leaf(parser_arena(p), PARSE_NAME, name->span, name->text);
    struct parse_node *right =
        tree_leaf(parser_arena(p), PARSE_NAME, (struct span){first.end, run->span.end},
                  arena_strndup(parser_arena(p), rest, letters));
    if (rest[letters]) {
        struct parse_node *digits =
            tree_leaf(parser_arena(p), PARSE_NUMBER, run->span, rest + letters);
        right = tree_with_script(
            parser_arena(p), right,
            tree_make(parser_arena(p), PARSE_SUB, run->span, &digits, 1));
    }
    bool after = false;
    for (size_t i = 0; i < name->count; i++) {
        struct parse_node *script = name->parts[i];
        if (after) {
            right = tree_with_script(parser_arena(p), right, script);
        } else if (script->parts[0] == run) {
            left = tree_with_script(
                parser_arena(p), left,
                tree_make(parser_arena(p), script->kind, first, &index, 1));
            after = true;
        } else {
            left = tree_with_script(parser_arena(p), left, script);
        }
    }
    left->span = (struct span){name->span.begin, first.end};
    return tree_join(parser_arena(p), PARSE_PRODUCT, (struct parse_node *[]){left, right},
                     2);
}

/* `\frac{a}{b}` and `\tanh(x)^2`: what follows does not belong to the argument. */
static bool takes_scripts(struct parser *p, const struct parse_node *node)
{
    return !parser_in_fraction(p) &&
           !(parser_top(p)->kind == FRAME_ARGUMENT && node->kind == PARSE_BRACKET);
}

bool parser_scripts(struct parser *p, struct parse_node **node)
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
