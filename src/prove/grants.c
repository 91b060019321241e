#include "prove/grants.h"

#include "base/memory.h"

#include <string.h>

/* What is granted of an expression, if the epoch is now's. */
struct grant_mark {
    uint32_t epoch, class, first_derivative;
    expr_id value;
};

/* Classes are united as trees: a root is its own parent. */
struct grant_class {
    uint32_t parent;
    expr_id number;
};

struct grant_derivative {
    expr_id by;
    uint32_t class, next;
};

void grants_init(struct grants *grants, struct pool *pool)
{
    *grants = (struct grants){.pool = pool, .class_count = 1};
}

void grants_clear(struct grants *grants)
{
    memory_free(grants->marks);
    memory_free(grants->classes);
    memory_free(grants->derivatives);
}

static struct grant_mark *mark_of(struct grants *grants, expr_id e)
{
    if (e >= grants->mark_count) {
        size_t count = (size_t)e + e / 2 + 64;
        grants->marks = memory_array(grants->marks, count, sizeof *grants->marks);
        memset(grants->marks + grants->mark_count, 0,
               (count - grants->mark_count) * sizeof *grants->marks);
        grants->mark_count = count;
    }
    if (grants->marks[e].epoch != grants->epoch)
        grants->marks[e] = (struct grant_mark){.epoch = grants->epoch};
    return &grants->marks[e];
}

static uint32_t root_of(const struct grants *grants, uint32_t class)
{
    struct grant_class *classes = grants->classes;

    while (classes[class].parent != class) {
        classes[class].parent = classes[classes[class].parent].parent;
        class = classes[class].parent;
    }
    return class;
}

static uint32_t enter(struct grants *grants, expr_id e)
{
    struct grant_mark *mark = mark_of(grants, e);

    if (!mark->class) {
        bool is_number = expr_kind(grants->pool, e) == EXPR_NUMBER;
        mark->class = (uint32_t)grants->class_count++;
        grants->classes[mark->class] =
            (struct grant_class){mark->class, is_number ? e : 0};
    }
    return root_of(grants, mark->class);
}

static void unite(struct grants *grants, expr_id a, expr_id b)
{
    uint32_t first = enter(grants, a), second = enter(grants, b);

    if (first == second)
        return;
    grants->classes[second].parent = first;
    if (!grants->classes[first].number)
        grants->classes[first].number = grants->classes[second].number;
}

static void index_derivative(struct grants *grants, expr_id e, uint32_t slot)
{
    struct grant_mark *of;

    if (expr_kind(grants->pool, e) != EXPR_DERIVATIVE)
        return;
    of = mark_of(grants, expr_part(grants->pool, e, 0));
    grants->derivatives[slot] = (struct grant_derivative){
        expr_part(grants->pool, e, 1), grants_class(grants, e), of->first_derivative};
    of->first_derivative = slot;
}

static void index_value(struct grants *grants, expr_id symbol, expr_id value)
{
    if (symbol != value && expr_kind(grants->pool, symbol) == EXPR_SYMBOL &&
        !mark_of(grants, symbol)->value && mark_of(grants, value)->value != symbol)
        mark_of(grants, symbol)->value = value;
}

void grants_set(struct grants *grants, const struct lemma *lemmas, size_t count)
{
    grants->epoch++;
    grants->class_count = 1;
    if (count == 0)
        return;
    grants->classes =
        memory_array(grants->classes, 2 * count + 1, sizeof *grants->classes);
    grants->derivatives =
        memory_array(grants->derivatives, 2 * count + 1, sizeof *grants->derivatives);
    for (size_t i = 0; i < count; i++)
        unite(grants, lemmas[i].left, lemmas[i].right);
    for (size_t i = 0; i < count; i++) {
        index_derivative(grants, lemmas[i].left, (uint32_t)(2 * i + 1));
        if (lemmas[i].right != lemmas[i].left)
            index_derivative(grants, lemmas[i].right, (uint32_t)(2 * i + 2));
        index_value(grants, lemmas[i].left, lemmas[i].right);
        index_value(grants, lemmas[i].right, lemmas[i].left);
    }
}

uint32_t grants_class(struct grants *grants, expr_id e)
{
    uint32_t class = mark_of(grants, e)->class;

    return class ? root_of(grants, class) : 0;
}

expr_id grants_number(const struct grants *grants, uint32_t class)
{
    return grants->classes[root_of(grants, class)].number;
}

uint32_t grants_derivative(struct grants *grants, expr_id of, expr_id by)
{
    uint32_t slot = mark_of(grants, of)->first_derivative;

    while (slot && grants->derivatives[slot].by != by)
        slot = grants->derivatives[slot].next;
    return slot ? root_of(grants, grants->derivatives[slot].class) : 0;
}

bool grants_any_derivative(struct grants *grants, expr_id of)
{
    return mark_of(grants, of)->first_derivative != 0;
}

expr_id grants_value(struct grants *grants, expr_id symbol)
{
    return mark_of(grants, symbol)->value;
}
