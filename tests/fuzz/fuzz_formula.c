/* Any bytes as a formula: an expression or a diagnostic. */
#include "base/memory.h"
#include "tell/typeset_read.h"
#include "tex/elaborate.h"
#include "write/write.h"

#include <stdlib.h>
#include <string.h>

enum { NODES = 100000 };

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static bool exists(void *context, const char *canonical)
{
    (void)context;
    return canonical[0] != '\\' && !strstr(canonical, "9");
}

static expr_id name(void *context, const char *canonical, struct place place,
                    struct diags *diags)
{
    if (exists(context, canonical))
        return expr_symbol(context, canonical);
    diag_at(diags, DIAG_SPEC_NAME, place, canonical, (char *)NULL);
    return 0;
}

static bool limit(void *context, const char *canonical, long *value)
{
    (void)context;
    *value = 3;
    return strcmp(canonical, "n") == 0;
}

static expr_id paths(void *context, expr_id from, expr_id to, bool weights,
                     struct place place, struct diags *diags)
{
    (void)place;
    (void)diags;
    return weights ? expr_add(context, from, to) : from;
}

static expr_id delta(void *context, expr_id of, struct place place, struct diags *diags)
{
    (void)place;
    (void)diags;
    return expr_negate(context, of);
}

static bool is_decorated(void *context, const char *head)
{
    (void)context;
    return strcmp(head, "E") == 0 || head[0] == '\\';
}

static expr_id read_tree(const struct source *source, const struct parse_node *tree,
                         const struct budget *budget, struct diags *diags)
{
    struct pool *pool = pool_new();
    struct bindings bindings = {0};
    uint64_t steps = 0;
    struct scope scope = {.context = pool,
                          .pool = pool,
                          .exists = exists,
                          .name = name,
                          .derivatives = true,
                          .by_hand = true,
                          .limit = limit,
                          .paths = paths,
                          .delta = delta,
                          .is_decorated = is_decorated};
    struct elaborate with = {source, &scope, &bindings, budget,
                             diags,  &steps, false,     false};

    bindings_push(&bindings, "j", 1);
    expr_id e = elaborate(&with, tree);
    bindings_clear(&bindings);
    pool_free(pool);
    return e;
}

/* As a sheet shows it. */
static void set(const char *text)
{
    struct typeset typeset;
    struct doc doc;
    struct buf out;

    doc_init(&doc);
    buf_init(&out);
    typeset_init(&typeset, &doc.arena, NULL);
    struct formula *formula = typeset_read(&typeset, text);
    if (formula != NULL)
        write_latex_formula(formula, &out);
    buf_clear(&out);
    doc_clear(&doc);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct source source;
    struct budget budget;
    struct diags diags;
    struct arena arena;
    struct buf text;

    budget_init(&budget);
    budget.max_nodes = NODES;
    diags_init(&diags);
    arena_init(&arena);
    buf_init(&text);
    if (source_from_text(&source, "fuzz.tex", (const char *)data, size, &diags)) {
        struct parse parse = {&source, &arena, &budget, &diags, 0};
        struct span span = {0, (uint32_t)source.length};
        const struct parse_node *tree = parse_formula(&parse, span);

        if ((tree == NULL) != (diags.count > 0))
            abort();
        if (tree && (read_tree(&source, tree, &budget, &diags) == 0) != (diags.count > 0))
            abort();
        set(source.text);
    }
    diags_print(&diags, language_at(0), &text);
    buf_clear(&text);
    arena_clear(&arena);
    diags_clear(&diags);
    source_clear(&source);
    return 0;
}
