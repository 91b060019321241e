#include "tex/index.h"

#include "base/name.h"
#include "tex/tree.h"

#include <string.h>

enum { INDEX_LENGTH = 64, SPLIT_LENGTH = 12, BRACKETS = 2 };

struct writer {
    const struct bindings *bindings;
    bool commas, by_hand;
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
        buf_text(w->out, w->labels ? letter : "");
        buf_long(w->out, *bindings_find(w->bindings, letter));
    }
}

/* `t-1`, where t has no value. */
static bool write_difference(const struct writer *w, const struct parse_node *node)
{
    if (node->kind != PARSE_SUM)
        return false;
    for (size_t i = 0; i < node->count; i++) {
        const struct parse_node *part = node->parts[i];
        bool negative = part->kind == PARSE_NEGATE;
        part = negative ? part->parts[0] : part;
        if (part->count > 0 || (part->kind != PARSE_NUMBER && part->kind != PARSE_NAME))
            return false;
        buf_text(w->out, negative ? "-" : i > 0 ? "+" : "");
        const long *value = bindings_find(w->bindings, part->text);
        if (value)
            buf_long(w->out, *value);
        else
            buf_text(w->out, part->text);
    }
    return true;
}

static bool write_leaf(const struct writer *w, const struct parse_node *node)
{
    long value;
    if (node->kind == PARSE_NAME && node->count > 0)
        return false;
    if (node->kind == PARSE_NAME && all_bound(w->bindings, node->text))
        write_letters(w, node->text);
    else if (node->kind == PARSE_NAME && bindings_find(w->bindings, node->text))
        buf_long(w->out, *bindings_find(w->bindings, node->text));
    else if (node->kind == PARSE_NUMBER || node->kind == PARSE_NAME)
        buf_text(w->out, node->text);
    else if (index_integer(w->bindings, node, &value))
        buf_long(w->out, value);
    else
        return w->by_hand && write_difference(w, node);
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

bool index_name(const struct elaborate *context, const struct parse_node *name,
                bool commas, struct buf *canonical)
{
    size_t begin = canonical->length;
    if (write_name(&(struct writer){context->bindings, commas, context->scope->by_hand,
                                    canonical, false},
                   name, true))
        return true;
    buf_truncate(canonical, begin);
    return false;
}

bool index_base(const struct elaborate *context, const struct parse_node *name,
                struct buf *canonical)
{
    const struct writer writer = {context->bindings, false, context->scope->by_hand,
                                  canonical, false};
    return context->scope->by_hand && write_name(&writer, name, false);
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
    struct writer writer = {
        .bindings = context->bindings, .by_hand = true, .out = &text, .labels = true};
    if (write_name(&writer, node, with_sup))
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
        if (write_name(&(struct writer){context->bindings, commas,
                                        context->scope->by_hand, &text, false},
                       node, with_sup))
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
