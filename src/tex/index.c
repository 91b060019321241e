#include "tex/index.h"

#include "base/memory.h"
#include "base/name.h"
#include "tex/tree.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { INDEX_LENGTH = 64, SPLIT_LENGTH = 12, BRACKETS = 2, LARGEST_LIMIT = 1000000000 };

void bindings_push(struct bindings *bindings, const char *letter, long value)
{
    if (bindings->count == bindings->capacity) {
        bindings->capacity = 2 * bindings->capacity + 4;
        bindings->items =
            memory_array(bindings->items, bindings->capacity, sizeof *bindings->items);
    }
    bindings->items[bindings->count++] = (struct binding){letter, value};
}

void bindings_clear(struct bindings *bindings)
{
    memory_free(bindings->items);
    memset(bindings, 0, sizeof *bindings);
}

const long *bindings_find(const struct bindings *bindings, const char *letter)
{
    for (size_t i = bindings->count; i > 0; i--)
        if (strcmp(bindings->items[i - 1].letter, letter) == 0)
            return &bindings->items[i - 1].value;
    return NULL;
}

/* --- values --- */

struct addend {
    const struct parse_node *node;
    long sign;
};

struct addends {
    struct addend *items;
    size_t count, capacity;
};

static void push_addend(struct addends *stack, const struct parse_node *node, long sign)
{
    if (stack->count == stack->capacity) {
        stack->capacity = 2 * stack->capacity + 8;
        stack->items = memory_array(stack->items, stack->capacity, sizeof *stack->items);
    }
    stack->items[stack->count++] = (struct addend){node, sign};
}

static bool small_integer(const char *digits, long *value)
{
    if (strlen(digits) > 9 || strspn(digits, "0123456789") != strlen(digits))
        return false;
    *value = atol(digits);
    return true;
}

static bool leaf_value(const struct bindings *bindings, const struct parse_node *node,
                       long *value)
{
    if (node->kind == PARSE_NUMBER)
        return small_integer(node->text, value);
    if (node->kind != PARSE_NAME || node->count > 0)
        return false;
    const long *bound = bindings_find(bindings, node->text);
    if (bound)
        *value = *bound;
    return bound != NULL;
}

/* A name that has a value as a limit. */
static bool limit_value(const struct elaborate *context, const struct parse_node *node,
                        long *value)
{
    const struct scope *scope = context ? context->scope : NULL;
    if (!scope || !scope->limit || node->kind != PARSE_NAME)
        return false;
    struct buf canonical;
    buf_init(&canonical);
    bool known = index_name(context->bindings, node, false, &canonical) &&
                 scope->limit(scope->context, buf_peek(&canonical), value) &&
                 labs(*value) <= LARGEST_LIMIT;
    buf_clear(&canonical);
    return known;
}

/* `context`, or NULL, is whom to ask for limits. */
static bool add_one(const struct bindings *bindings, const struct elaborate *context,
                    struct addends *stack, long *sum)
{
    struct addend a = stack->items[--stack->count];
    long value;
    switch (a.node->kind) {
    case PARSE_SUM:
        for (size_t i = 0; i < a.node->count; i++)
            push_addend(stack, a.node->parts[i], a.sign);
        return true;
    case PARSE_BRACKET:
        push_addend(stack, a.node->parts[0], a.sign);
        return true;
    case PARSE_NEGATE:
        push_addend(stack, a.node->parts[0], -a.sign);
        return true;
    default:
        if (!leaf_value(bindings, a.node, &value) &&
            !limit_value(context, a.node, &value))
            return false;
        return !__builtin_add_overflow(*sum, a.sign * value, sum);
    }
}

static bool read_integer(const struct bindings *bindings, const struct elaborate *context,
                         const struct parse_node *node, long *value)
{
    struct addends stack = {0};
    bool known = true;
    *value = 0;
    push_addend(&stack, node, 1);
    while (known && stack.count > 0)
        known = add_one(bindings, context, &stack, value);
    memory_free(stack.items);
    return known;
}

bool index_integer(const struct bindings *bindings, const struct parse_node *node,
                   long *value)
{
    return read_integer(bindings, NULL, node, value);
}

bool index_limit(const struct elaborate *context, const struct parse_node *node,
                 long *value)
{
    return read_integer(context->bindings, context, node, value);
}

/* --- texts --- */

struct writer {
    const struct bindings *bindings;
    bool commas;
    struct buf *out;
    bool labels; /* a letter with a value stands before it: `o1` */
};

/* Letters of which each has a value, as in `w_{ij}`. */
static bool all_bound(const struct bindings *bindings, const char *letters)
{
    char letter[2] = {0};
    for (; *letters; letters++) {
        letter[0] = *letters;
        if (!bindings_find(bindings, letter))
            return false;
    }
    return true;
}

static void write_letters(const struct writer *w, const char *letters)
{
    char letter[2] = {0};
    for (size_t i = 0; letters[i]; i++) {
        letter[0] = letters[i];
        if (i > 0 && w->commas)
            buf_char(w->out, ',');
        buf_format(w->out, "%s%ld", w->labels ? letter : "",
                   *bindings_find(w->bindings, letter));
    }
}

static bool write_leaf(const struct writer *w, const struct parse_node *node)
{
    long value;
    if (node->kind == PARSE_NAME && node->count > 0)
        return false;
    if (node->kind == PARSE_NAME && all_bound(w->bindings, node->text))
        write_letters(w, node->text);
    else if (node->kind == PARSE_NAME && bindings_find(w->bindings, node->text))
        buf_format(w->out, "%ld", *bindings_find(w->bindings, node->text));
    else if (node->kind == PARSE_NUMBER || node->kind == PARSE_NAME)
        buf_text(w->out, node->text);
    else if (index_integer(w->bindings, node, &value))
        buf_format(w->out, "%ld", value);
    else
        return false;
    return true;
}

static bool write_script(const struct writer *w, const struct parse_node *node,
                         int brackets);

static bool write_bracket(const struct writer *w, const struct parse_node *node,
                          int brackets)
{
    const char *close = strcmp(node->text, "[") == 0   ? "]"
                        : strcmp(node->text, "(") == 0 ? ")"
                                                       : NULL;
    if (!close || brackets == 0)
        return false;
    buf_text(w->out, node->text);
    if (!write_script(w, node->parts[0], brackets - 1))
        return false;
    buf_text(w->out, close);
    return true;
}

static bool write_item(const struct writer *w, const struct parse_node *node,
                       int brackets)
{
    node = tree_ungroup((struct parse_node *)node);
    return node->kind == PARSE_BRACKET ? write_bracket(w, node, brackets)
                                       : write_leaf(w, node);
}

/* Whether a comma may stand between these two: not beside brackets, nor inside a label
 * such as `o1`. */
static bool may_separate(const struct writer *w, const struct parse_node *a,
                         const struct parse_node *b)
{
    if (!w->commas || a->kind == PARSE_BRACKET || b->kind == PARSE_BRACKET)
        return false;
    return a->kind == PARSE_NUMBER || all_bound(w->bindings, a->text);
}

static bool write_product(const struct writer *w, const struct parse_node *node,
                          int brackets)
{
    for (size_t i = 0; i < node->count; i++) {
        if (i > 0 && may_separate(w, node->parts[i - 1], node->parts[i]))
            buf_char(w->out, ',');
        if (!write_item(w, node->parts[i], brackets))
            return false;
    }
    return true;
}

static bool write_part(const struct writer *w, const struct parse_node *node,
                       int brackets)
{
    return node->kind == PARSE_PRODUCT ? write_product(w, node, brackets)
                                       : write_item(w, node, brackets);
}

/* Recursion ends at `brackets`. */
static bool write_script(const struct writer *w, const struct parse_node *node,
                         int brackets)
{
    if (node->kind != PARSE_LIST)
        return write_part(w, node, brackets);
    for (size_t i = 0; i < node->count; i++) {
        if (i > 0)
            buf_char(w->out, ',');
        if (!write_part(w, node->parts[i], brackets))
            return false;
    }
    return true;
}

static bool append_script(const struct writer *w, const struct parse_node *script,
                          char mark)
{
    if (!script)
        return true;
    buf_char(w->out, mark);
    buf_char(w->out, '{');
    size_t begin = w->out->length;
    if (!write_script(w, tree_ungroup(script->parts[0]), BRACKETS) ||
        w->out->length - begin > INDEX_LENGTH)
        return false;
    buf_char(w->out, '}');
    return true;
}

static bool write_name(const struct writer *w, const struct parse_node *name,
                       bool with_sup)
{
    buf_text(w->out, name->text);
    return append_script(w, tree_script(name, PARSE_SUB), '_') &&
           (!with_sup || append_script(w, tree_script(name, PARSE_SUP), '^'));
}

bool index_name(const struct bindings *bindings, const struct parse_node *name,
                bool commas, struct buf *canonical)
{
    size_t begin = canonical->length;
    if (write_name(&(struct writer){bindings, commas, canonical, false}, name, true))
        return true;
    buf_truncate(canonical, begin);
    return false;
}

/* --- readings --- */

/* A search for the one name that exists among several spellings. */
struct search {
    const struct scope *scope;
    struct buf found, second; /* empty if there is none */
};

static void consider(struct search *search, const char *canonical)
{
    if (!search->scope->exists(search->scope->context, canonical))
        return;
    if (search->found.length == 0)
        buf_text(&search->found, canonical);
    else if (strcmp(buf_peek(&search->found), canonical) != 0)
        buf_text(&search->second, canonical);
}

static void consider_sub(struct search *search, const struct name *name, const char *sub,
                         size_t length)
{
    struct name other = *name;
    other.sub = sub;
    other.sub_length = length;
    struct buf text;
    buf_init(&text);
    name_join(&text, &other);
    consider(search, buf_peek(&text));
    buf_clear(&text);
}

/* `w_{1,1}` for `w_{11}`: all ways to set one or two commas. */
static void consider_commas(struct search *search, const struct name *name)
{
    size_t n = name->sub_length;
    if (n < 2 || n > SPLIT_LENGTH || memchr(name->sub, ',', n))
        return;
    for (size_t i = 1; i < n; i++) {
        char sub[SPLIT_LENGTH + 2];
        memcpy(sub, name->sub, i);
        sub[i] = ',';
        memcpy(sub + i + 1, name->sub + i, n - i);
        consider_sub(search, name, sub, n + 1);
        for (size_t j = i + 2; j <= n; j++) {
            char more[SPLIT_LENGTH + 3];
            memcpy(more, sub, j);
            more[j] = ',';
            memcpy(more + j + 1, sub + j, n + 1 - j);
            consider_sub(search, name, more, n + 2);
        }
    }
}

/* `w_{11}` for `w_{1,1}`. */
static void consider_without_commas(struct search *search, const struct name *name)
{
    char sub[INDEX_LENGTH];
    size_t length = 0;
    for (size_t i = 0; i < name->sub_length && length < INDEX_LENGTH; i++)
        if (name->sub[i] != ',')
            sub[length++] = name->sub[i];
    if (length < name->sub_length)
        consider_sub(search, name, sub, length);
}

static void consider_all(struct search *search, const char *canonical)
{
    struct name name;
    consider(search, canonical);
    if (search->found.length > 0 || !name_split(&name, canonical))
        return;
    consider_commas(search, &name);
    consider_without_commas(search, &name);
}

static enum index_reading refuse_two(const struct elaborate *context,
                                     const struct parse_node *node,
                                     const struct search *search)
{
    diag_at(context->diags, DIAG_FORMULA_TWO_NAMES,
            (struct place){context->source, node->span}, buf_peek(&search->found),
            buf_peek(&search->second), (char *)NULL);
    return INDEX_AMBIGUOUS;
}

/* `out_o` is `out_{o1}` where o is 1 and there is no `out_1`. */
static void look_up_label(const struct elaborate *context, struct search *search,
                          const struct parse_node *node, bool with_sup)
{
    struct buf text;
    buf_init(&text);
    if (write_name(&(struct writer){context->bindings, false, &text, true}, node,
                   with_sup))
        consider(search, buf_peek(&text));
    buf_clear(&text);
}

/* Looks for the name with or without its superscript. */
static enum index_reading look_up(const struct elaborate *context,
                                  const struct parse_node *node, bool with_sup,
                                  struct buf *canonical)
{
    struct search search = {.scope = context->scope};
    struct buf text;
    enum index_reading reading = INDEX_NONE;
    buf_init(&search.found);
    buf_init(&search.second);
    buf_init(&text);
    for (int commas = 1; commas >= 0 && search.found.length == 0; commas--) {
        buf_truncate(&text, 0);
        if (write_name(&(struct writer){context->bindings, commas, &text, false}, node,
                       with_sup))
            consider(&search, buf_peek(&text));
    }
    if (search.found.length == 0 && context->scope->by_hand)
        look_up_label(context, &search, node, with_sup);
    if (search.found.length == 0 && text.length > 0)
        consider_all(&search, buf_peek(&text));
    if (search.second.length > 0)
        reading = refuse_two(context, node, &search);
    else if (search.found.length > 0)
        reading = INDEX_NAME;
    buf_text(canonical, buf_peek(&search.found));
    buf_clear(&search.found);
    buf_clear(&search.second);
    buf_clear(&text);
    return reading;
}

/* `^{(2-1)}` */
static bool is_sum(const struct parse_node *bracket)
{
    const struct parse_node *inner = bracket->parts[0];
    return inner->kind == PARSE_SUM && inner->parts[0]->kind == PARSE_NUMBER;
}

enum index_reading index_read(const struct elaborate *context,
                              const struct parse_node *name, struct buf *canonical)
{
    enum index_reading reading = look_up(context, name, true, canonical);
    const struct parse_node *sup = tree_script(name, PARSE_SUP);
    if (reading != INDEX_NONE || !sup ||
        (sup->parts[0]->kind == PARSE_BRACKET && !is_sum(sup->parts[0])))
        return reading;
    reading = look_up(context, name, false, canonical);
    return reading == INDEX_NAME ? INDEX_POWER : reading;
}
