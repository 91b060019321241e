/* Values of index letters, and of what is made of them. */
#include "tex/index.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_LIMIT = 1000000000 };

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
    bool known = index_name(context, node, false, &canonical) &&
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
