#include "verify/goal.h"

#include <string.h>

/* The symbol that a word of the command line means; 0 after a diagnostic. */
static expr_id find_symbol(struct section *section, const char *goal)
{
    struct source source;
    struct arena arena;
    struct bindings none = {0};
    struct diags diags;
    expr_id symbol = 0;
    diags_init(&diags);
    arena_init(&arena);
    if (source_from_text(&source, "--goal", goal, strlen(goal), &diags)) {
        struct parse parse = {&source, &arena, section->budget, &diags, 0};
        const struct parse_node *name =
            parse_name(&parse, (struct span){0, (uint32_t)source.length});
        struct buf canonical;
        buf_init(&canonical);
        struct elaborate context = section_context(section, &none, &diags);
        context.source = &source;
        if (name && elaborate_existing(&context, name, &canonical))
            symbol = expr_find_symbol(section->scope->pool, buf_peek(&canonical));
        buf_clear(&canonical);
    }
    source_clear(&source);
    arena_clear(&arena);
    diags_clear(&diags);
    return symbol;
}

static bool is_reached(struct section *section, expr_id symbol)
{
    struct pool *pool = section->scope->pool;
    const struct judged *last = &section->steps[section->end - 1];
    expr_id wanted = expr_derivative(pool, section->scope->error, symbol);
    return last->pair_count > 0 && last->role != ROLE_UNREAD &&
           last->verdict == VERDICT_PROVED && last->pairs[0].base == wanted &&
           !section_holds_derivative(section, last->pairs[0].member);
}

bool goal_check(struct section *section, const char *goal, struct diags *diags)
{
    const struct source *document = section->reading->claims->document;
    struct span end = section->steps[section->end - 1].step->claim->right;
    expr_id symbol = find_symbol(section, goal);
    if (!symbol)
        return diag(diags, DIAG_VERIFY_GOAL_UNKNOWN, goal, (char *)NULL);
    return is_reached(section, symbol) ||
           diag_at(diags, DIAG_VERIFY_GOAL, (struct place){document, end}, goal,
                   (char *)NULL);
}
