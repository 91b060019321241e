#include "verify/doubts.h"

#include "base/name.h"
#include "expr/substitute.h"
#include "expr/walk.h"
#include "verify/error.h"
#include "verify/example.h"
#include "verify/judge.h"
#include "verify/kin.h"
#include "verify/primes.h"
#include "verify/signals.h"
#include "verify/slope.h"
#include "verify/unknown.h"
#include "verify/untold.h"

#include <stdio.h>
#include <string.h>

static bool is_undefined_derivative(struct section *section, expr_id e)
{
    struct pool *pool = section->scope->pool;
    if (section->scope->network || expr_kind(pool, e) != EXPR_DERIVATIVE ||
        expr_kind(pool, expr_part(pool, e, 0)) != EXPR_SYMBOL)
        return false;
    expr_id of = expr_part(pool, e, 0), by = expr_part(pool, e, 1);
    struct expr_list symbols;
    bool hangs = of == by;
    expr_list_init(&symbols);
    walk_symbols_deep(&section->defs, of, &symbols);
    for (size_t i = 0; i < symbols.count && !hangs; i++)
        hangs = symbols.items[i] == by;
    expr_list_clear(&symbols);
    return !hangs;
}

static expr_id find_undefined_derivative(struct section *section, expr_id e)
{
    struct expr_list nodes;
    expr_id found = 0;
    expr_list_init(&nodes);
    walk_nodes(section->scope->pool, e, &nodes);
    for (size_t i = 0; i < nodes.count && !found; i++)
        if (is_undefined_derivative(section, nodes.items[i]))
            found = nodes.items[i];
    expr_list_clear(&nodes);
    return found;
}

/* A derivative without a path stands for a value of its own, but that of a constant is 0.
 */
static expr_id name_unknown(void *context, expr_id node)
{
    struct section *section = context;
    struct pool *pool = section->scope->pool;
    if (!is_undefined_derivative(section, node) ||
        !section_definition(section, expr_part(pool, node, 0)) ||
        kin_is_apart(section, expr_part(pool, node, 0), expr_part(pool, node, 1)))
        return node;
    return slope_symbol(pool, expr_part(pool, node, 0), expr_part(pool, node, 1));
}

/* The derivative for which the document shows no path, and whose being 0 a proof has
   used; 0 if there is none. */
static expr_id find_vanished(struct section *section, const struct judged *judged)
{
    struct pool *pool = section->scope->pool;
    for (size_t i = 0; i < judged->pair_count && !section->scope->network; i++) {
        struct pair pair = judged->pairs[i],
                    unknown = {
                        substitute_nodes(pool, pair.base, name_unknown, section),
                        substitute_nodes(pool, pair.member, name_unknown, section)};
        bool is_same = unknown.base == pair.base && unknown.member == pair.member;
        if (is_same || judge_is_equal(section->prover, unknown.base, unknown.member))
            continue;
        expr_id found = find_undefined_derivative(section, pair.base);
        return found ? found : find_undefined_derivative(section, pair.member);
    }
    return 0;
}

/* A delta that nothing defines may be an error signal, or Kronecker's. */
static bool is_unknown_delta(struct section *section, expr_id symbol)
{
    struct name name;
    return name_split(&name, expr_peek_name(section->scope->pool, symbol)) &&
           name.head_length == 6 && memcmp(name.head, "\\delta", 6) == 0 &&
           !section_definition(section, symbol);
}

/* A symbol of which not enough is known, or a derivative for which the document shows no
   path; 0 if there is none. */
static expr_id find_doubt(struct section *section, expr_id e)
{
    struct expr_list list;
    expr_id doubt = find_undefined_derivative(section, e);
    expr_list_init(&list);
    walk_symbols_deep(&section->defs, e, &list);
    for (size_t i = 0; i < list.count && !doubt; i++)
        if (scope_is_doubtful(section->scope, list.items[i]) ||
            kin_is_left_out(section, list.items[i]) ||
            kin_is_feed(section, list.items[i]) ||
            primes_plain(section, expr_peek_name(section->scope->pool, list.items[i])) ||
            is_unknown_delta(section, list.items[i]))
            doubt = list.items[i];
    expr_list_clear(&list);
    return doubt;
}

static void doubt(struct section *section, struct judged *judged, expr_id e)
{
    struct pool *pool = section->scope->pool;
    struct place place = {section->reading->claims->document, judged->step->claim->right};
    judged->verdict = VERDICT_UNDECIDED;
    if (expr_kind(pool, e) == EXPR_SYMBOL) {
        diag_at(&judged->diags, DIAG_VERIFY_DOUBT, place, expr_peek_name(pool, e),
                (char *)NULL);
        return;
    }
    judged->role = ROLE_UNREAD;
    diag_at(&judged->diags, DIAG_VERIFY_NO_PATH, place,
            expr_peek_name(pool, expr_part(pool, e, 0)),
            expr_peek_name(pool, expr_part(pool, e, 1)), (char *)NULL);
}

void doubts_of_zeros(struct section *section, struct judged *judged)
{
    expr_id vanished = find_vanished(section, judged);
    if (vanished)
        doubt(section, judged, vanished);
}

/* --- names that are introduced --- */

static bool is_used(struct section *section, expr_id e, expr_id symbol)
{
    struct expr_list symbols;
    bool found = false;
    expr_list_init(&symbols);
    walk_symbols(section->scope->pool, e, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = symbols.items[i] == symbol;
    expr_list_clear(&symbols);
    return found;
}

/* Whether a symbol stands in no other chain. */
static bool is_only_here(struct section *section, const struct judged *judged,
                         expr_id symbol)
{
    uint32_t chain = judged->step->claim->chain;
    for (size_t i = section->first; i < section->end; i++) {
        const struct judged *other = &section->steps[i];
        for (size_t k = 0; k < other->pair_count; k++)
            if ((other->step->claim->chain != chain ||
                 other->pairs[k].base != judged->pairs[0].base) &&
                (is_used(section, other->pairs[k].base, symbol) ||
                 is_used(section, other->pairs[k].member, symbol)))
                return false;
    }
    return true;
}

static bool has_defined(struct section *section, const struct expr_list *symbols)
{
    const struct pool *pool = section->scope->pool;
    for (size_t i = 0; i < symbols->count; i++)
        if (section_definition(section, symbols->items[i]) ||
            primes_plain(section, expr_peek_name(pool, symbols->items[i])))
            return true;
    return false;
}

/* `-\log L = …`, where L stands nowhere else, says what L is; `is_beside` if it stands
   there with what has a definition, of which that says something as well. */
static bool introduces(struct section *section, const struct judged *judged,
                       bool *is_beside)
{
    struct pool *pool = section->scope->pool;
    expr_id base = judged->pairs[0].base, member = judged->pairs[judged->decided].member;
    struct expr_list symbols;
    bool found = false;
    if (section->scope->network || section_holds_derivative(section, base))
        return false;
    expr_list_init(&symbols);
    walk_symbols(pool, base, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = !section_definition(section, symbols.items[i]) &&
                !is_used(section, member, symbols.items[i]) &&
                is_only_here(section, judged, symbols.items[i]);
    *is_beside = found && has_defined(section, &symbols);
    expr_list_clear(&symbols);
    return found;
}

/* Whether `e` has a name that nothing defines and that `other` has not. */
static bool has_other_name(struct section *section, expr_id e, expr_id other)
{
    struct expr_list symbols;
    bool found = false;
    expr_list_init(&symbols);
    walk_symbols(section->scope->pool, e, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = !section_definition(section, symbols.items[i]) &&
                !is_used(section, other, symbols.items[i]);
    expr_list_clear(&symbols);
    return found;
}

/* `\frac{\partial E}{\partial y} = y - t` tells what E is if nothing else does. */
static bool tells_error(struct section *section, const struct pair *pair)
{
    return !section->scope->network &&
           untold_is_slope(section, pair->base) != untold_is_slope(section, pair->member);
}

/* `w = 3`, `y = 6` where values are not known: they are those of an example. */
static bool tells_value(struct section *section, const struct pair *pair)
{
    const struct pool *pool = section->scope->pool;
    struct network *network = section->scope->network;
    struct expr_list symbols;
    if (expr_kind(pool, pair->base) != EXPR_SYMBOL ||
        (network && network_has_values(network)))
        return false;
    expr_list_init(&symbols);
    walk_symbols(pool, pair->member, &symbols);
    bool is_number = symbols.count == 0;
    expr_list_clear(&symbols);
    return is_number;
}

/* Whether one side has undefined names that the other has not, and the other way round,
   in a chain that defines its first name: `o = f(z) = f(w x)` tells what z is. */
static bool tells_name(struct section *section, const struct judged *judged)
{
    const struct pair *pair = &judged->pairs[judged->decided];
    const struct judged *head = &section->steps[judged->base];
    expr_id before = section_definition(section, pair->base);
    if (section->scope->network || head->role != ROLE_DEFINITION || !before ||
        &section->steps[judged->base] == judged)
        return false;
    return has_other_name(section, before, pair->member) &&
           has_other_name(section, pair->member, before);
}

/* --- as many as there are --- */

/* The n up to which a sum runs and which is a number besides; 0 if there is none. */
static expr_id find_limit(struct section *section, expr_id e, long *value)
{
    const struct pool *pool = section->scope->pool;
    struct expr_list symbols;
    expr_id limit = 0;
    expr_list_init(&symbols);
    walk_symbols_deep(&section->defs, e, &symbols);
    for (size_t i = 0; i < symbols.count && !limit; i++)
        if (!section_definition(section, symbols.items[i]) &&
            families_limit(section->scope->families,
                           expr_peek_name(pool, symbols.items[i]), value))
            limit = symbols.items[i];
    expr_list_clear(&symbols);
    return limit;
}

/* Whether both sides are equal if n is the number of terms. */
static bool holds_for_number(struct section *section, struct judged *judged)
{
    struct pool *pool = section->scope->pool;
    const struct pair *pair = &judged->pairs[judged->decided];
    char number[24];
    long value;
    if (section->scope->network)
        return false;
    expr_id limit = find_limit(section, pair->base, &value);
    if (!limit)
        limit = find_limit(section, pair->member, &value);
    if (!limit)
        return false;
    struct prover *prover = section_prover(section);
    bool holds = prove_assume(prover, limit, expr_integer(pool, value)) &&
                 judge_holds(prover, judged);
    prover_free(prover);
    snprintf(number, sizeof number, "%ld", value);
    if (holds)
        diag_at(&judged->diags, DIAG_VERIFY_NUMBER,
                (struct place){section->reading->claims->document,
                               judged->step->claim->right},
                expr_peek_name(pool, limit), number, (char *)NULL);
    return holds;
}

/* --- a term of its own --- */

/* `\lambda` in `\frac{\partial E}{\partial w} = \delta x + \lambda w`, where E is defined
   nowhere: a name that nothing else hangs on and without which the step is true; 0 if
   there is none. */
static expr_id find_own_term(struct section *section, const struct judged *judged)
{
    struct pool *pool = section->scope->pool;
    const struct pair *pair = &judged->pairs[judged->decided];
    struct expr_list symbols;
    expr_id found = 0;
    if (section->scope->network || expr_kind(pool, pair->base) != EXPR_DERIVATIVE ||
        !untold_is_slope(section, pair->base))
        return 0;
    expr_list_init(&symbols);
    walk_symbols(pool, pair->member, &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++) {
        expr_id symbol = symbols.items[i];
        if (section_definition(section, symbol) || is_used(section, pair->base, symbol) ||
            error_is_used(section, symbol))
            continue;
        struct prover *prover = section_prover(section);
        if (prove_assume(prover, symbol, expr_integer(pool, 0)) &&
            judge_holds(prover, judged))
            found = symbol;
        prover_free(prover);
    }
    expr_list_clear(&symbols);
    return found;
}

static bool has_own_term(struct section *section, struct judged *judged)
{
    struct pool *pool = section->scope->pool;
    expr_id base = judged->pairs[judged->decided].base,
            symbol = find_own_term(section, judged);
    return symbol &&
           !diag_at(&judged->diags, DIAG_VERIFY_OWN_TERM,
                    (struct place){section->reading->claims->document,
                                   judged->step->claim->right},
                    expr_peek_name(pool, symbol),
                    expr_peek_name(pool, expr_part(pool, base, 0)),
                    expr_peek_name(pool, expr_part(pool, base, 1)), (char *)NULL);
}

static void leave(struct section *section, struct judged *judged, enum diag_code reason)
{
    judged->verdict = VERDICT_UNDECIDED;
    diag_at(
        &judged->diags, reason,
        (struct place){section->reading->claims->document, judged->step->claim->right},
        (char *)NULL);
}

void doubts_of_refutation(struct section *section, struct judged *judged)
{
    const struct pair *pair = &judged->pairs[judged->decided];
    if (tells_error(section, pair) || tells_value(section, pair) ||
        tells_name(section, judged) || unknown_has_function(section, judged)) {
        leave(section, judged, DIAG_VERIFY_TELLS);
        return;
    }
    if (example_is_meant(section, judged)) {
        leave(section, judged, DIAG_VERIFY_EXAMPLE);
        return;
    }
    if (holds_for_number(section, judged) || has_own_term(section, judged)) {
        judged->verdict = VERDICT_UNDECIDED;
        return;
    }
    expr_id found = find_doubt(section, pair->base);
    if (!found)
        found = find_doubt(section, pair->member);
    if (!found)
        found = untold_path(section, pair);
    if (!found && signals_are_doubtful(section, judged))
        found = scope_unknown_error(section->scope);
    if (found)
        doubt(section, judged, found);
}

void doubts_check(struct section *section, struct judged *judged)
{
    bool is_beside;
    if (!introduces(section, judged, &is_beside))
        doubts_of_refutation(section, judged);
    else if (is_beside)
        leave(section, judged, DIAG_VERIFY_TELLS);
    else
        judged->role = ROLE_NAMING;
}
