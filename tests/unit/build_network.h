/* Networks for tests, made through net/build.h alone. */
#ifndef GRADTEX_TESTS_BUILD_NETWORK_H
#define GRADTEX_TESTS_BUILD_NETWORK_H

#include "base/buf.h"
#include "base/memory.h"
#include "base/name.h"
#include "net/build.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
    struct source source;
    struct diags diags;
    struct budget budget;
    struct network *network;
    struct network_plan *plan;
    uint32_t at; /* statements get places one after the other */
};

static inline void fixture_init(struct fixture *f)
{
    char blanks[4096];

    memset(blanks, ' ', sizeof blanks);
    diags_init(&f->diags);
    budget_init(&f->budget);
    ck_assert(source_from_text(&f->source, "test", blanks, sizeof blanks, &f->diags));
    f->network = network_new(&f->source);
    f->plan = network_plan(f->network);
    f->at = 0;
}

static inline void fixture_clear(struct fixture *f)
{
    network_free(f->network);
    diags_clear(&f->diags);
    source_clear(&f->source);
}

static inline struct span fixture_span(struct fixture *f)
{
    f->at += 10;
    return (struct span){f->at, f->at + 5};
}

static inline void add_inputs(struct fixture *f, const char *name, int64_t size)
{
    plan_names_push(&f->plan->inputs, name, size, fixture_span(f));
}

static inline struct plan_layer *add_layer(struct fixture *f, const char *name,
                                           int64_t size)
{
    struct plan_layer *layer = plan_add_layer(f->plan);

    layer->name = name;
    layer->size = size;
    layer->span = fixture_span(f);
    return layer;
}

static inline size_t add_equation(struct fixture *f, const char *left)
{
    struct plan_equation *equation = plan_add_equation(f->plan);

    equation->left = left;
    equation->left_span = equation->span = fixture_span(f);
    return f->plan->equation_count - 1;
}

static inline void set_weights(struct fixture *f, const char *text)
{
    f->plan->written.weights.text = f->plan->shown.weights.text = text;
}

static inline void declare(struct fixture *f)
{
    ck_assert(network_declare(f->network, &f->budget, &f->diags));
}

static inline void finish(struct fixture *f)
{
    ck_assert(network_order(f->network, &f->diags));
    ck_assert(network_finish(f->network, &f->diags));
}

static inline expr_id symbol(struct fixture *f, const char *name)
{
    expr_id found = network_lookup(f->network, name);

    ck_assert_msg(found != 0, "no %s", name);
    return found;
}

static inline node_id node(struct fixture *f, const char *name)
{
    node_id found = network_find(f->network, name);

    ck_assert_msg(found >= 0, "no %s", name);
    return found;
}

static inline void check_name(struct fixture *f, node_id n, const char *name)
{
    struct buf out;

    buf_init(&out);
    network_name(f->network, n, &out);
    ck_assert_str_eq(buf_peek(&out), name);
    buf_clear(&out);
}

/* inputs x, hidden layers h, outputs y with the sizes given, the last one 0. */
static inline void layered(struct fixture *f, const int64_t *sizes, size_t count)
{
    add_inputs(f, "x", sizes[0]);
    for (size_t i = 1; i < count; i++)
        add_layer(f, i + 1 < count ? "h" : "y", sizes[i]);
    plan_names_push(&f->plan->targets, "t", -1, fixture_span(f));
}

#endif
