#include "tell/typeset.h"

#include "base/memory.h"

enum {
    INDENT = 20, /* of a row that continues */
    RELATION = 14,
    DEPTH_PRICE =
        150, /* how much emptier a line may be to break one bracket further out */
    PRODUCT_PRICE = 250 /* … or between terms, not between factors */
};

/* A piece of a formula between two places where a line could end. */
struct token {
    struct formula *formula;
    enum formula_kind kind; /* without its mark */
    unsigned depth;         /* of brackets */
    bool breaks, factors;   /* a line may begin here; between two factors */
};

struct tokens {
    struct token *items;
    size_t count, capacity;
};

/* What is being taken apart: open marks give each piece their colour. */
struct splitter {
    const struct typeset *typeset;
    struct tokens tokens;
    unsigned depth;
    unsigned marks, mark; /* how many are open, and the outermost */
};

static bool is_sign_class(const struct formula *formula, enum sign_class class)
{
    const struct formula_sign *sign =
        formula->kind == FORMULA_SIGN ? formula_sign(formula->text) : NULL;
    return sign && sign->class == class;
}

/* Terms begin with their sign; a sign after an opening bracket or another sign belongs to
   its term. */
static void mark_break(struct splitter *splitter, struct token *token)
{
    if (splitter->tokens.count == 0)
        return;
    enum formula_kind before = splitter->tokens.items[splitter->tokens.count - 1].kind;
    if (before == FORMULA_OPEN || before == FORMULA_SIGN || before == FORMULA_BIG)
        return;
    if (is_sign_class(token->formula, SIGN_BINARY)) {
        token->breaks = true;
        token->factors = formula_is_sign(token->formula, "\\cdot");
    } else if (token->kind != FORMULA_CLOSE && token->kind != FORMULA_SIGN) {
        token->breaks = token->factors = true;
    }
}

static void push_token(struct splitter *splitter, struct formula *formula)
{
    struct tokens *tokens = &splitter->tokens;
    struct token token = {formula, formula->kind, splitter->depth, false, false};
    mark_break(splitter, &token);
    if (splitter->marks > 0 && formula->kind != FORMULA_SIGN)
        token.formula = formula_make(splitter->typeset->arena, FORMULA_MARK, NULL,
                                     &formula, 1, splitter->mark);
    if (tokens->count == tokens->capacity) {
        tokens->capacity = tokens->capacity ? 2 * tokens->capacity : 64;
        tokens->items =
            memory_array(tokens->items, tokens->capacity, sizeof *tokens->items);
    }
    tokens->items[tokens->count++] = token;
}

static void push_half(struct splitter *splitter, enum formula_kind kind,
                      const struct formula *bracket, struct formula *exponent)
{
    push_token(splitter, formula_make(splitter->typeset->arena, kind, bracket->text,
                                      &exponent, exponent != NULL, bracket->size));
}

/* The exponent of a bracket, if that is the base of a power. */
static struct formula *exponent_around(const struct formula_walk *walk)
{
    size_t index;
    const struct formula *around = formula_walk_parent(walk, &index);
    return around && around->kind == FORMULA_POWER && index == 0 ? around->parts[1]
                                                                 : NULL;
}

static bool opens(const struct formula *formula)
{
    return formula->kind == FORMULA_ROW || formula->kind == FORMULA_BRACKET ||
           formula->kind == FORMULA_MARK ||
           (formula->kind == FORMULA_POWER && formula->parts[0]->kind == FORMULA_BRACKET);
}

/* What a formula that is taken apart adds around its parts. */
static void split_step(struct splitter *splitter, struct formula_walk *walk,
                       const struct formula_step *step)
{
    const struct formula *formula = step->formula;
    bool first = step->index == 0, last = step->index == formula->count;
    switch (formula->kind) {
    case FORMULA_BRACKET:
        if (first)
            push_half(splitter, FORMULA_OPEN, formula, NULL);
        splitter->depth = first ? splitter->depth + 1 : splitter->depth - 1;
        if (last)
            push_half(splitter, FORMULA_CLOSE, formula, exponent_around(walk));
        break;
    case FORMULA_MARK:
        if (first && splitter->marks++ == 0)
            splitter->mark = formula->size;
        if (last)
            splitter->marks--;
        break;
    case FORMULA_POWER:
        if (step->index == 1) /* the exponent is with the closing bracket */
            formula_walk_skip(walk);
        break;
    default:
        break;
    }
}

static void split(struct splitter *splitter, struct formula *formula)
{
    struct formula_walk walk;
    struct formula_step step;
    formula_walk_init(&walk, formula);
    while (formula_walk_next(&walk, &step)) {
        if (opens(step.formula)) {
            split_step(splitter, &walk, &step);
            continue;
        }
        if (step.index == 0)
            push_token(splitter, (struct formula *)step.formula);
        formula_walk_skip(&walk);
    }
    formula_walk_clear(&walk);
}

/* Where the line that begins at `start` ends: at the break that leaves it fullest,
   brackets and products counting against it. Past the width there is nothing to choose:
   the first break. */
static size_t line_end(const struct tokens *tokens, size_t start, unsigned width)
{
    size_t best = tokens->count;
    unsigned used = 0;
    long best_score = 0;
    for (size_t i = start; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        if (i > start && token->breaks && (used <= width || best == tokens->count)) {
            long score = (long)used - (long)token->depth * DEPTH_PRICE -
                         (token->factors ? PRODUCT_PRICE : 0);
            if (best == tokens->count || score > best_score) {
                best = i;
                best_score = score;
            }
        }
        used += formula_width(token->formula);
        if (used > width && best < tokens->count)
            return best;
    }
    return used > width ? best : tokens->count;
}

static struct formula *line(const struct typeset *typeset, const struct tokens *tokens,
                            size_t start, size_t end)
{
    struct formula *row = formula_row(typeset->arena);
    for (size_t i = start; i < end; i++)
        formula_append(typeset->arena, row, tokens->items[i].formula);
    return row;
}

static struct row *split_rows(const struct typeset *typeset, struct doc *doc,
                              struct block *block, const struct tokens *tokens,
                              unsigned width)
{
    struct row *first = NULL;
    for (size_t start = 0, end; start < tokens->count; start = end) {
        end = line_end(tokens, start, first ? width - INDENT : width);
        struct row *row = doc_row(doc, block, NULL, line(typeset, tokens, start, end));
        const struct token *begin = &tokens->items[start];
        row->continues = first != NULL;
        row->in_product = row->continues && begin->factors &&
                          !formula_is_sign(begin->formula, "\\cdot");
        if (!first)
            first = row;
    }
    return first;
}

struct row *typeset_rows(const struct typeset *typeset, struct doc *doc,
                         struct block *block, struct formula *left, const char *relation,
                         struct formula *right)
{
    unsigned used = (left ? formula_width(left) : 0) + RELATION, least = 8 * INDENT;
    unsigned width =
        typeset->line_width > used + least ? typeset->line_width - used : least;
    struct row *first;
    if (formula_width(right) <= width) {
        first = doc_row(doc, block, NULL, right);
    } else {
        struct splitter splitter = {.typeset = typeset};
        split(&splitter, right);
        first = split_rows(typeset, doc, block, &splitter.tokens, width);
        memory_free(splitter.tokens.items);
    }
    first->left = left;
    first->relation = relation;
    return first;
}
