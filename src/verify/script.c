#include "verify/script.h"

#include "tex/index.h"
#include "tex/tree.h"

#include <stdlib.h>
#include <string.h>

static struct script_item *add(struct script *script, enum script_kind kind)
{
    static struct script_item spare;
    if (script->count == SCRIPT_ITEMS) {
        script->is_other = true;
        return &spare;
    }
    script->items[script->count] = (struct script_item){.kind = kind};
    return &script->items[script->count++];
}

static void add_number(struct script *script, const char *digits)
{
    struct script_item *item = add(script, SCRIPT_NUMBER);
    item->text = digits;
    item->value = strlen(digits) < 10 ? atol(digits) : -1;
}

static void add_letter(struct script *script, const char *letter, size_t length,
                       long offset)
{
    struct script_item *item = add(script, SCRIPT_LETTER);
    memcpy(item->letter, letter, length);
    item->value = offset;
}

static void add_label(struct script *script, const char *text)
{
    add(script, SCRIPT_LABEL)->text = text;
}

static bool is_letter_run(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= 3 &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz") == length;
}

/* `*`, `+`, and the `j*` of verify/split.h: never an exponent. */
static bool is_mark(const char *text)
{
    return strcmp(text, "+") == 0 || text[strlen(text) - 1] == '*';
}

/* `\text{out}`; letters that Unicode has for scripts are shorter. */
static bool is_upright(const struct parse_node *name)
{
    return name->span.end - name->span.begin >= strlen(name->text) + strlen("\\text{}");
}

/* A run such as `ij` is letters side by side; `total` is a label. */
static void add_name(struct script *script, const struct parse_node *name)
{
    if (name->count > 0) {
        script->is_other = true;
    } else if (is_letter_run(name->text) && !is_upright(name)) {
        for (const char *letter = name->text; *letter; letter++)
            add_letter(script, letter, 1, 0);
    } else if (name->text[0] == '\\' && strlen(name->text) < 8) {
        add_letter(script, name->text, strlen(name->text), 0);
    } else {
        add_label(script, name->text);
        script->is_bracketed |= is_mark(name->text);
    }
}

/* `l+1`, `t-1`: a letter and a number. */
static bool add_shifted(struct script *script, const struct parse_node *sum)
{
    const struct bindings none = {0};
    const struct parse_node *letter = sum->parts[0];
    long offset;
    if (sum->count != 2 || letter->kind != PARSE_NAME || letter->count > 0 ||
        strlen(letter->text) >= 8 || !index_integer(&none, sum->parts[1], &offset))
        return false;
    add_letter(script, letter->text, strlen(letter->text), offset);
    return true;
}

/* `(2-1)` is an exponent. */
static bool is_number_sum(const struct parse_node *node)
{
    return node->kind == PARSE_SUM && node->parts[0]->kind == PARSE_NUMBER;
}

static void add_node(struct script *script, const struct parse_node *node, int depth);

static void add_parts(struct script *script, const struct parse_node *node, int depth)
{
    for (size_t i = 0; i < node->count; i++)
        add_node(script, node->parts[i], depth);
}

/* Recursion ends at `depth`. */
static void add_node(struct script *script, const struct parse_node *node, int depth)
{
    if (depth == 0) {
        script->is_other = true;
        return;
    }
    switch (node->kind) {
    case PARSE_NUMBER:
        add_number(script, node->text);
        break;
    case PARSE_NAME:
        add_name(script, node);
        break;
    case PARSE_LIST:
    case PARSE_PRODUCT:
        add_parts(script, node, depth - 1);
        break;
    case PARSE_BRACKET:
        script->is_other |= is_number_sum(node->parts[0]);
        script->is_bracketed |= strcmp(node->text, "{") != 0;
        add_node(script, node->parts[0], depth - 1);
        break;
    case PARSE_SUM:
        script->is_other |= !add_shifted(script, node);
        break;
    case PARSE_NEGATE:
        script->has_sign = true;
        add_node(script, node->parts[0], depth - 1);
        break;
    default:
        script->is_other = true;
    }
}

void script_read(struct script *script, const struct parse_node *name,
                 enum parse_kind kind)
{
    enum { DEPTH = 6 };
    const struct parse_node *node = tree_script(name, kind);
    *script = (struct script){.count = 0};
    if (node)
        add_node(script, node->parts[0], DEPTH);
}

bool script_name(struct bindings *bindings, const struct parse_node *name,
                 struct buf *canonical)
{
    static const struct scope by_hand = {.by_hand = true};
    struct bindings none = {0};
    struct elaborate context = {.scope = &by_hand,
                                .bindings = bindings ? bindings : &none};
    return index_name(&context, name, context.bindings->commas, canonical);
}
