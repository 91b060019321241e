#include "verify/scope.h"

#include "base/memory.h"
#include "base/name.h"
#include "expr/substitute.h"
#include "verify/kronecker.h"
#include "verify/scope_paths.h"

#include <string.h>

enum { MOST_SIGNALS = 20000 };

struct scope_name {
    expr_id meaning;
    bool is_doubtful, is_known;
    bool is_default; /* the meaning holds where the document gives no other */
};

static struct scope_name *name_of(struct verify_scope *scope, expr_id symbol)
{
    if (symbol >= scope->name_count) {
        size_t count = 2 * (size_t)symbol + 64;
        scope->names = memory_array(scope->names, count, sizeof *scope->names);
        memset(scope->names + scope->name_count, 0,
               (count - scope->name_count) * sizeof *scope->names);
        scope->name_count = count;
    }
    return &scope->names[symbol];
}

static struct scope_name look_up(const struct verify_scope *scope, expr_id symbol)
{
    return symbol < scope->name_count ? scope->names[symbol] : (struct scope_name){0};
}

void scope_set_meaning(struct verify_scope *scope, expr_id symbol, expr_id meaning)
{
    struct scope_name *name = name_of(scope, symbol);
    name->meaning = meaning;
    name->is_known = true;
    name->is_default = false;
}

expr_id scope_meaning(const struct verify_scope *scope, expr_id symbol)
{
    return look_up(scope, symbol).meaning;
}

bool scope_is_fixed(const struct verify_scope *scope, expr_id symbol)
{
    struct scope_name name = look_up(scope, symbol);
    return name.meaning && !name.is_default;
}

void scope_doubt(struct verify_scope *scope, expr_id symbol)
{
    name_of(scope, symbol)->is_doubtful = true;
}

bool scope_is_doubtful(const struct verify_scope *scope, expr_id symbol)
{
    return look_up(scope, symbol).is_doubtful;
}

/* --- what elaborate asks --- */

static bool is_known(const struct verify_scope *scope, const char *canonical)
{
    expr_id symbol = expr_find_symbol(scope->pool, canonical);
    struct scope_name name = look_up(scope, symbol);
    bool is_function =
        name.meaning && expr_kind(scope->pool, name.meaning) == EXPR_FUNCTION;
    return name.is_known && !is_function;
}

static bool exists(void *context, const char *canonical)
{
    const struct verify_scope *scope = context;
    if (is_known(scope, canonical))
        return true;
    return scope->network ? network_find(scope->network, canonical) >= 0
                          : families_is_member(scope->families, canonical);
}

/* A name that nothing tells of is a constant, and no step is false because of it. */
static expr_id name(void *context, const char *canonical, struct place place,
                    struct diags *diags)
{
    struct verify_scope *scope = context;
    long value;
    (void)place;
    (void)diags;
    if (scope->has_kronecker && kronecker_value(canonical, &value))
        return expr_integer(scope->pool, value);
    if (scope->network && !is_known(scope, canonical)) {
        node_id node = network_find(scope->network, canonical);
        if (node >= 0)
            return network_symbol(scope->network, node);
    }
    expr_id symbol = expr_symbol(scope->pool, canonical);
    if (!exists(context, canonical) || families_is_ambiguous(scope->families, canonical))
        scope_doubt(scope, symbol);
    expr_id meaning = scope_meaning(scope, symbol);
    return meaning ? meaning : symbol;
}

/* Such as leaky relu, which has its slope from the layer. */
static expr_id layer_function(const struct verify_scope *scope, const char *canonical)
{
    for (size_t i = 0; i < network_layer_count(scope->network); i++) {
        const struct layer *layer = network_layer(scope->network, i);
        if (layer->activation == ACTIVATION_FUNCTION &&
            strcmp(function_peek(scope->pool, layer->function)->name, canonical) == 0)
            return layer->function;
    }
    return 0;
}

static expr_id declared_function(const struct verify_scope *scope, const char *canonical)
{
    for (size_t i = 0; scope->network && i < network_function_count(scope->network);
         i++) {
        expr_id declared = network_function(scope->network, i);
        if (strcmp(expr_peek_name(scope->pool, declared), canonical) == 0)
            return declared;
    }
    return scope->network ? layer_function(scope, canonical) : 0;
}

/* A letter that is used as a function and is none of the language is any function. */
static expr_id arbitrary_function(const struct verify_scope *scope, const char *canonical)
{
    struct function function = {.id = FUNCTION_ARBITRARY, .name = canonical};
    bool is_letter = canonical[0] == '\\' || canonical[1] == '\0';
    bool is_known = function_of_name(canonical, strlen(canonical)) != FUNCTION_COUNT ||
                    function_of_word(canonical) != FUNCTION_COUNT;
    if (scope->network || is_known || !is_letter ||
        !families_is_function(scope->families, canonical))
        return 0;
    return function_make(scope->pool, &function);
}

/* The derivative of |z|, which derivations write and networks do not. */
static expr_id sign_function(const struct verify_scope *scope, const char *canonical)
{
    const struct function_row *row = function_row(FUNCTION_SIGN);
    bool is_sign = strcmp(canonical, row->word) == 0 || strcmp(canonical, row->name) == 0;
    return is_sign ? function_builtin(scope->pool, FUNCTION_SIGN) : 0;
}

static expr_id function(void *context, const char *canonical)
{
    const struct verify_scope *scope = context;
    expr_id meaning = expr_find_symbol(scope->pool, canonical);
    meaning = meaning ? scope_meaning(scope, meaning) : 0;
    if (meaning && expr_kind(scope->pool, meaning) == EXPR_FUNCTION)
        return meaning;
    expr_id found = declared_function(scope, canonical);
    found = found ? found : sign_function(scope, canonical);
    return found ? found : arbitrary_function(scope, canonical);
}

bool scope_is_letter(void *context, const char *letter)
{
    const struct verify_scope *scope = context;
    return families_is_letter(scope->families, letter);
}

/* --- the gradient's name --- */

expr_id scope_unknown_error(const struct verify_scope *scope)
{
    return expr_symbol(scope->pool, "\\delta");
}

struct change {
    struct pool *pool;
    expr_id from, to;
    bool is_found;
};

static expr_id change_node(void *context, expr_id node)
{
    struct change *change = context;
    struct pool *pool = change->pool;
    if (expr_kind(pool, node) != EXPR_DERIVATIVE ||
        expr_part(pool, node, 1) != change->from)
        return node;
    change->is_found = true;
    return expr_derivative(pool, expr_part(pool, node, 0), change->to);
}

/* `e` with the derivative by one symbol in it made one by another; none if it holds no
   derivative. */
static expr_id change_derivative(struct pool *pool, expr_id e, expr_id from, expr_id to)
{
    struct change change = {pool, from, to, false};
    expr_id changed = substitute_nodes(pool, e, change_node, &change);
    return change.is_found ? changed : 0;
}

bool scope_declare_delta(struct verify_scope *scope, expr_id by, expr_id right)
{
    if (!change_derivative(scope->pool, right, by, by))
        return false;
    scope->delta = right;
    scope->delta_by = by;
    return true;
}

static bool names_gradients(const struct verify_scope *scope)
{
    struct buf name;
    bool found = false;
    buf_init(&name);
    for (node_id node = 0; node < network_count(scope->network) && !found; node++)
        found = network_gradient_name(scope->network, node, &name);
    found = found && strncmp(buf_peek(&name), "\\Delta", 6) == 0;
    buf_clear(&name);
    return found;
}

static expr_id delta(void *context, expr_id of, struct place place, struct diags *diags)
{
    struct verify_scope *scope = context;
    if (scope->delta)
        return change_derivative(scope->pool, scope->delta, scope->delta_by, of);
    if (scope->network && expr_kind(scope->pool, of) == EXPR_SYMBOL &&
        names_gradients(scope))
        return expr_derivative(scope->pool, scope->error, of);
    diag_at(diags, DIAG_VERIFY_DELTA, place, (char *)NULL);
    return 0;
}

/* --- other things that elaborate asks --- */

/* Without a network the error is not known yet; one with a \delta of its own has
   products. */
static expr_id signal(void *context, expr_id of)
{
    const struct verify_scope *scope = context;
    if (scope->network && network_find(scope->network, "\\delta") >= 0)
        return expr_multiply(scope->pool, scope_unknown_error(scope), of);
    expr_id error = scope->network ? scope->error : scope_unknown_error(scope);
    return expr_derivative(scope->pool, error, of);
}

static bool limit(void *context, const char *canonical, long *value)
{
    const struct verify_scope *scope = context;
    return !scope->network && families_limit(scope->families, canonical, value);
}

/* Whether the network has it, and nothing defines it there: it is a function of nothing. */
static bool is_leaf(const struct network *network, const char *head)
{
    char *member = network_first_member(network, head);
    node_id node = network_find(network, member ? member : head);
    memory_free(member);
    return node >= 0 && !network_is_defined(network, node);
}

static bool is_decorated(void *context, const char *head)
{
    const struct verify_scope *scope = context;
    return families_is_decorated(scope->families, head) &&
           !(scope->network && is_leaf(scope->network, head));
}

/* --- making them --- */

static void enter(struct verify_scope *scope, const struct buf *canonical,
                  expr_id meaning)
{
    expr_id symbol = expr_symbol(scope->pool, buf_peek(canonical));
    if (network_find(scope->network, buf_peek(canonical)) < 0)
        scope_set_meaning(scope, symbol, meaning);
}

/* The error signals of outputs that equations define. */
static void enter_output_signals(struct verify_scope *scope)
{
    struct network *network = scope->network;
    node_id error = network_error(network);
    size_t count = 0;
    node_id *outputs = network_arguments(network, error, &count);
    struct buf canonical;
    buf_init(&canonical);
    for (size_t i = 0; i < count; i++) {
        buf_truncate(&canonical, 0);
        if (!network_output_delta_name(network, error, outputs[i], &canonical) ||
            network_find(network, buf_peek(&canonical)) >= 0)
            continue;
        expr_id symbol = expr_symbol(scope->pool, buf_peek(&canonical));
        scope_set_meaning(scope, symbol,
                          expr_derivative(scope->pool, scope->error,
                                          network_symbol(network, outputs[i])));
        name_of(scope, symbol)->is_default = true;
    }
    memory_free(outputs);
    buf_clear(&canonical);
}

/* The network's names for error signals and gradients. */
static void enter_signals(struct verify_scope *scope)
{
    struct network *network = scope->network;
    struct buf canonical;
    buf_init(&canonical);
    for (node_id node = 0; node < network_count(network); node++) {
        buf_truncate(&canonical, 0);
        if (network_delta_name(network, node, &canonical) ||
            network_gradient_name(network, node, &canonical))
            enter(scope, &canonical,
                  expr_derivative(scope->pool, scope->error,
                                  network_symbol(network, node)));
    }
    buf_clear(&canonical);
}

static void init(struct verify_scope *scope, struct pool *pool,
                 const struct families *families)
{
    *scope = (struct verify_scope){.pool = pool, .families = families};
    scope->scope = (struct scope){.context = scope,
                                  .pool = pool,
                                  .exists = exists,
                                  .name = name,
                                  .function = function,
                                  .derivatives = true,
                                  .by_hand = true,
                                  .limit = limit,
                                  .paths = scope_paths,
                                  .delta = delta,
                                  .signal = signal,
                                  .is_decorated = is_decorated};
}

void scope_of_network(struct verify_scope *scope, struct network *network,
                      const struct families *families)
{
    init(scope, network_pool(network), families);
    scope->network = network;
    scope->error = network_symbol(network, network_error(network));
    if (network_count(network) <= MOST_SIGNALS) {
        enter_output_signals(scope);
        enter_signals(scope);
    }
}

void scope_of_document(struct verify_scope *scope, struct pool *pool,
                       const struct families *families)
{
    init(scope, pool, families);
}

void scope_clear(struct verify_scope *scope)
{
    memory_free(scope->names);
}
