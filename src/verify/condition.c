#include "verify/condition.h"

#include "base/memory.h"
#include "base/name.h"
#include "expr/walk.h"
#include "verify/judge.h"

#include <string.h>

/* Beyond, a sum of targets is not solved for one of them. */
enum { MOST_TARGETS = 100 };

/* Free symbols of one letter, `t_1`, `t_2`: of equal heads and superscripts. */
static bool is_of_family(const struct pool *pool, expr_id a, expr_id b)
{
    struct name x, y;
    return name_split(&x, expr_peek_name(pool, a)) &&
           name_split(&y, expr_peek_name(pool, b)) && x.sub_length > 0 &&
           y.sub_length > 0 && x.head_length == y.head_length &&
           memcmp(x.head, y.head, x.head_length) == 0 && x.sup_length == y.sup_length &&
           memcmp(x.sup, y.sup, x.sup_length) == 0;
}

static bool is_target(struct section *section, expr_id symbol)
{
    if (section->scope->network) {
        node_id node = network_node(section->scope->network, symbol);
        return node >= 0 && network_kind(section->scope->network, node) == NODE_TARGET;
    }
    return !section_differentiates_by(section, symbol) &&
           defs_get(&section->defs, symbol) == 0;
}

/* The members of the first target's family that the error hangs on. */
static void list_targets(struct section *section, struct expr_list *targets)
{
    struct pool *pool = section->scope->pool;
    struct expr_list symbols;
    expr_id definition = section_definition(section, section->scope->error);
    expr_list_init(&symbols);
    if (definition)
        walk_symbols(pool, definition, &symbols);
    for (size_t i = 0; i < symbols.count; i++)
        if (is_target(section, symbols.items[i]) &&
            (targets->count == 0 ||
             is_of_family(pool, targets->items[0], symbols.items[i])))
            expr_list_push(targets, symbols.items[i]);
    expr_list_clear(&symbols);
}

static void note(struct section *section, struct judged *judged, expr_id target)
{
    struct name name;
    struct buf condition;
    name_split(&name, expr_peek_name(section->scope->pool, target));
    buf_init(&condition);
    buf_format(&condition, "\\sum_k %.*s_k", (int)name.head_length, name.head);
    if (name.sup_length > 0)
        buf_format(&condition, "^{%.*s}", (int)name.sup_length, name.sup);
    buf_text(&condition, " = 1");
    judged->condition = buf_take(&condition);
}

void condition_try(struct section *section, struct judged *judged)
{
    struct pool *pool = section->scope->pool;
    struct expr_list targets;
    expr_list_init(&targets);
    if (section->scope->error)
        list_targets(section, &targets);
    if (targets.count > 1 && targets.count <= MOST_TARGETS) {
        struct prover *prover = section_prover(section);
        prove_assume(prover, expr_sum(pool, targets.items, targets.count),
                     expr_integer(pool, 1));
        if (judge_holds(prover, judged)) {
            judged->verdict = VERDICT_PROVED;
            note(section, judged, targets.items[0]);
        }
        prover_free(prover);
    }
    expr_list_clear(&targets);
}
