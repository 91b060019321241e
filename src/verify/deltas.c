#include "verify/deltas.h"

#include "tex/tree.h"

#include <string.h>

static bool is_delta(const struct parse_node *node)
{
    return tree_is_bare(node, "\\delta");
}

static bool are_signal(const struct parse_node *product, size_t i)
{
    return i + 1 < product->count && is_delta(product->parts[i]) &&
           product->parts[i + 1]->kind == PARSE_NAME && !is_delta(product->parts[i + 1]);
}

/* --- whether the sign means derivatives in this document --- */

struct count {
    size_t signs;   /* of \delta without a subscript */
    size_t signals; /* of those that stand before a name */
};

static bool count_node(void *context, const struct parse_node *node)
{
    struct count *count = context;
    count->signs += node->kind == PARSE_NAME && strcmp(node->text, "\\delta") == 0 &&
                    !tree_script(node, PARSE_SUB);
    for (size_t i = 0; node->kind == PARSE_PRODUCT && i < node->count; i++)
        count->signals += are_signal(node, i);
    return false;
}

static bool is_signal_alone(const struct parse_node *side)
{
    return side->kind == PARSE_PRODUCT && side->count == 2 && are_signal(side, 0);
}

/* Some equation says what a signal is, and the sign is never a name. */
static bool is_sign(const struct reading *reading)
{
    struct count count = {0, 0};
    bool is_left = false;
    for (size_t i = 0; i < reading->count; i++) {
        const struct reading_step *step = &reading->steps[i];
        tree_any(step->left, count_node, &count);
        tree_any(step->right, count_node, &count);
        is_left |= step->left && !step->claim->continues && is_signal_alone(step->left);
    }
    return is_left && count.signs == count.signals;
}

/* --- making them --- */

static struct parse_node *signal_of(struct arena *arena, const struct parse_node *delta,
                                    struct parse_node *name)
{
    struct parse_node *signal =
        tree_make(arena, PARSE_DELTA, span_join(delta->span, name->span), &name, 1);
    signal->text = "\\delta";
    return signal;
}

static bool resolve_product(void *context, const struct parse_node *node)
{
    struct parse_node *product = (struct parse_node *)node;
    size_t count = 0;
    if (node->kind != PARSE_PRODUCT)
        return false;
    for (size_t i = 0; i < node->count; i++) {
        struct parse_node *factor = node->parts[i];
        if (are_signal(node, i))
            factor = signal_of(context, factor, node->parts[++i]);
        product->parts[count++] = factor;
    }
    product->count = count;
    if (count == 1)
        *product = *product->parts[0];
    return false;
}

bool deltas_resolve(struct reading *reading)
{
    if (!is_sign(reading))
        return false;
    for (size_t i = 0; i < reading->count; i++) {
        tree_any(reading->steps[i].left, resolve_product, &reading->arena);
        tree_any(reading->steps[i].right, resolve_product, &reading->arena);
    }
    return true;
}
