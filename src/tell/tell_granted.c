#include "tell/tell_granted.h"

#include "expr/function.h"
#include "expr/walk.h"

static struct block *paragraph(struct sentence *sentence)
{
    return doc_block(sentence->doc, BLOCK_PARAGRAPH);
}

void tell_assumptions(struct sentence *sentence, struct network *network)
{
    struct arena *arena = &sentence->doc->arena;
    for (size_t i = 0; i < network_assumption_count(network); i++) {
        expr_id left, right;
        struct formula *row = formula_row(arena);
        network_assumption(network, i, &left, &right);
        formula_append(arena, row, typeset_expression(sentence->typeset, left));
        formula_append(arena, row, formula_text(arena, FORMULA_SIGN, "="));
        formula_append(arena, row, typeset_expression(sentence->typeset, right));
        sentence_formula(sentence, row);
        sentence_end(sentence, paragraph(sentence), N_("It is assumed that {1}."));
    }
}

static bool has_bend(const struct pool *pool, expr_id e)
{
    if (expr_kind(pool, e) != EXPR_APPLY)
        return false;
    switch (function_peek(pool, e)->id) {
    case FUNCTION_RELU:
    case FUNCTION_LEAKY_RELU:
    case FUNCTION_MAX:
    case FUNCTION_STEP:
        return true;
    default:
        return false;
    }
}

/* The first application of a function with a bend, 0 if there is none; relu before
 * others. */
static expr_id prefer_bend(const struct pool *pool, expr_id part, expr_id found)
{
    bool is_relu = function_is(pool, part, FUNCTION_RELU);
    return is_relu || (!found && has_bend(pool, part)) ? part : found;
}

static expr_id find_bend(const struct pool *pool, expr_id e, expr_id found)
{
    struct expr_list parts;
    expr_list_init(&parts);
    walk_nodes(pool, e, &parts);
    for (size_t i = 0; i < parts.count; i++)
        found = prefer_bend(pool, parts.items[i], found);
    expr_list_clear(&parts);
    return found;
}

static void tell_convention(struct sentence *sentence, struct pool *pool,
                            expr_id application)
{
    mpq_srcptr value = function_step_at_zero(pool);
    struct arena *arena = &sentence->doc->arena;
    expr_id function = expr_part(pool, application, 0);
    sentence_formula(sentence,
                     formula_text(arena, FORMULA_NAME, expr_peek_name(pool, function)));
    if (value)
        sentence_expression(sentence, expr_number(pool, value));
    else
        sentence_text(sentence, "");
    bool is_slope = function_peek(pool, application)->id == FUNCTION_RELU;
    sentence_end(
        sentence, paragraph(sentence),
        !value ? N_("At its bend {1} has no derivative: what follows holds elsewhere.")
        : is_slope ? N_("The derivative of {1} at 0 is taken to be {2}.")
                   : N_("At the bend of {1}, what is 0 on one side and 1 on the other is "
                        "taken to be {2}."));
}

static void tell_bracket(struct sentence *sentence)
{
    sentence_end(sentence, paragraph(sentence),
                 N_("A bracket around an inequality is 1 where that holds and 0 where it "
                    "does not."));
}

void tell_bends(struct sentence *sentence, struct network *network, const node_id *nodes,
                size_t count)
{
    struct pool *pool = network_pool(network);
    expr_id found = 0;
    for (size_t i = 0; i < count; i++) {
        expr_id value =
            defs_get(network_defs(network), network_symbol(network, nodes[i]));
        found = value ? find_bend(pool, value, found) : found;
    }
    if (!found)
        return;
    tell_convention(sentence, pool, found);
    if (pool_peek_style(pool)->values)
        tell_bracket(sentence);
}

void tell_bend_of(struct sentence *sentence, struct pool *pool,
                  const struct expr_list *parts)
{
    expr_id found = 0;
    for (size_t i = 0; i < parts->count; i++)
        found = prefer_bend(pool, parts->items[i], found);
    if (!found)
        return;
    tell_bracket(sentence);
    tell_convention(sentence, pool, found);
}
