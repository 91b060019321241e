#include "tex/apply.h"

#include "expr/function.h"
#include "tex/juxtapose.h"
#include "tex/tree.h"

#include <stdio.h>
#include <string.h>

/* The functions that formulas may apply by their words or names. */
static const enum function_id known[] = {FUNCTION_SIGMOID,  FUNCTION_TANH, FUNCTION_RELU,
                                         FUNCTION_SOFTPLUS, FUNCTION_EXP,  FUNCTION_LN,
                                         FUNCTION_SQRT,     FUNCTION_ABS,  FUNCTION_MAX};

enum { KNOWN = sizeof known / sizeof *known };

static bool fail(const struct elaborate *context, enum diag_code code,
                 const struct parse_node *node, const char *first, const char *second)
{
    return diag_at(context->diags, code, (struct place){context->source, node->span},
                   first, second, (char *)NULL);
}

/* The text without its primes, and how many there are. */
static const char *without_primes(struct buf *out, const char *text, unsigned *primes)
{
    size_t length = strlen(text);
    *primes = 0;
    for (; length > 0 && text[length - 1] == '\''; length--)
        ++*primes;
    buf_bytes(out, text, length);
    return buf_peek(out);
}

static enum function_id find_known(const char *name)
{
    if (strcmp(name, "log") == 0)
        return FUNCTION_LN;
    if (strcmp(name, "ReLU") == 0)
        return FUNCTION_RELU;
    for (size_t i = 0; i < KNOWN; i++)
        if (strcmp(function_row(known[i])->word, name) == 0 ||
            strcmp(function_row(known[i])->name, name) == 0)
            return known[i];
    return FUNCTION_COUNT;
}

static expr_id declared(const struct elaborate *context, const char *name)
{
    const struct scope *scope = context->scope;
    return scope->function ? scope->function(scope->context, name) : 0;
}

bool apply_is_function(const struct elaborate *context, const char *text)
{
    struct buf name;
    unsigned primes;
    buf_init(&name);
    without_primes(&name, text, &primes);
    bool found = declared(context, buf_peek(&name)) != 0 ||
                 find_known(buf_peek(&name)) != FUNCTION_COUNT;
    buf_clear(&name);
    return found;
}

/* --- calls in products --- */

static struct parse_node *power(struct arena *arena, struct parse_node *base,
                                struct parse_node *exponent)
{
    return tree_make(arena, PARSE_POWER, span_join(base->span, exponent->span),
                     (struct parse_node *[]){base, exponent}, 2);
}

bool apply_is_decorated(const struct elaborate *context, const struct parse_node *name)
{
    const struct scope *scope = context->scope;
    return scope->is_decorated && name->kind == PARSE_NAME &&
           scope->is_decorated(scope->context, name->text);
}

/* `E(w)^2` without its `(w)`. */
static struct parse_node *undecorated(struct arena *arena, struct parse_node *name,
                                      const struct parse_node *next)
{
    return next->kind == PARSE_POWER ? power(arena, name, next->parts[1]) : name;
}

/* Whether the name can only be a function here; `e^{-z} (…)` is a product. */
static bool is_applied(const struct elaborate *context, struct arena *arena,
                       const struct parse_node *name, const struct parse_node *next)
{
    return name->kind == PARSE_NAME && !tree_script(name, PARSE_SUB) &&
           tree_is_argument(next) && !apply_exponent(context, name) &&
           !juxtapose_is_known(context, name) && !juxtapose(context, arena, name);
}

/* `f(z)`, `f^2(z)`, `f(z)^2` */
static struct parse_node *make_call(struct arena *arena, const struct parse_node *name,
                                    struct parse_node *next)
{
    struct parse_node *bracket = next->kind == PARSE_POWER ? next->parts[0] : next;
    struct parse_node *inner = bracket->parts[0], *sup = tree_script(name, PARSE_SUP);
    bool list = inner->kind == PARSE_LIST;
    struct parse_node *call =
        tree_make(arena, PARSE_CALL, span_join(name->span, bracket->span),
                  list ? inner->parts : &inner, list ? inner->count : 1);
    call->text = name->text;
    if (sup)
        call = power(arena, call, sup->parts[0]);
    return next->kind == PARSE_POWER ? power(arena, call, next->parts[1]) : call;
}

/* A document declares no functions. */
static enum diag_code unknown_function(const struct elaborate *context)
{
    return context->scope->by_hand ? DIAG_FORMULA_FUNCTION_UNREAD : DIAG_FORMULA_FUNCTION;
}

static bool refuse_name(const struct elaborate *context, const struct parse_node *name)
{
    const char *words[KNOWN];
    for (size_t i = 0; i < KNOWN; i++)
        words[i] = function_row(known[i])->word;
    struct buf text;
    unsigned primes;
    buf_init(&text);
    without_primes(&text, name->text, &primes);
    const char *nearest = diag_nearest(buf_peek(&text), words, KNOWN);
    fail(context, nearest ? DIAG_FORMULA_FUNCTION_NEAR : unknown_function(context), name,
         buf_peek(&text), nearest);
    buf_clear(&text);
    return false;
}

/* The w and the f of `wf(z)`, a run of letters; false if they are not a name, or names
   side by side, and a function. */
static bool split_run(const struct elaborate *context, struct arena *arena,
                      const struct parse_node *name, struct parse_node *parts[2])
{
    size_t length = strcspn(name->text, "'");
    uint32_t middle = name->span.begin + (uint32_t)length - 1;
    if (length < 2 || name->text[0] == '\\' ||
        !apply_is_function(context, name->text + length - 1))
        return false;
    parts[0] = tree_leaf(arena, PARSE_NAME, (struct span){name->span.begin, middle},
                         arena_strndup(arena, name->text, length - 1));
    parts[1] = tree_make(arena, PARSE_NAME, (struct span){middle, name->span.end},
                         name->parts, name->count);
    parts[1]->text = name->text + length - 1;
    return juxtapose_is_known(context, parts[0]) || juxtapose(context, arena, parts[0]);
}

/* The factors in which a name and the bracket after it result: the call, perhaps after
   what stood before it in the same run of letters. How many; 0 after a diagnostic. */
static size_t call_parts(const struct elaborate *context, struct arena *arena,
                         const struct parse_node *name, struct parse_node *bracket,
                         struct parse_node *parts[2])
{
    if (apply_is_function(context, name->text)) {
        parts[0] = make_call(arena, name, bracket);
        return 1;
    }
    if (!split_run(context, arena, name, parts)) {
        refuse_name(context, name);
        return 0;
    }
    parts[1] = make_call(arena, parts[1], bracket);
    return 2;
}

const struct parse_node *apply_calls(const struct elaborate *context, struct arena *arena,
                                     const struct parse_node *product)
{
    struct parse_node **parts = arena_array(arena, product->count + 1, sizeof *parts);
    size_t count = 0;
    for (size_t i = 0; i < product->count; i++) {
        struct parse_node *part = product->parts[i];
        struct parse_node *next = i + 1 < product->count ? product->parts[i + 1] : NULL;
        if (next && tree_is_argument(next) && apply_is_decorated(context, part)) {
            parts[count++] = undecorated(arena, part, next);
            i++;
            continue;
        }
        if (!next || !is_applied(context, arena, part, next)) {
            parts[count++] = part;
            continue;
        }
        size_t made = call_parts(context, arena, part, next, parts + count);
        if (made == 0)
            return NULL;
        count += made;
        i++;
    }
    return tree_join(arena, PARSE_PRODUCT, parts, count);
}

struct parse_node *apply_exponent(const struct elaborate *context,
                                  const struct parse_node *name)
{
    struct parse_node *sup = tree_script(name, PARSE_SUP);
    struct parse_node e = {.kind = PARSE_NAME, .text = "e", .span = name->span};
    if (strcmp(name->text, "e") != 0 || name->count != 1 || !sup ||
        declared(context, "e") || juxtapose_is_known(context, &e))
        return NULL;
    return sup->parts[0];
}

const struct parse_node *apply_exponential(const struct elaborate *context,
                                           struct arena *arena,
                                           const struct parse_node *name)
{
    struct parse_node *exponent = apply_exponent(context, name);
    if (!exponent)
        return NULL;
    struct parse_node *call = tree_make(arena, PARSE_CALL, name->span, &exponent, 1);
    call->text = "exp";
    return call;
}

/* --- values --- */

static bool refuse_call(const struct elaborate *context, const struct parse_node *call,
                        const char *name)
{
    if (strcmp(name, "softmax") == 0)
        return fail(context, DIAG_FORMULA_SOFTMAX, call, NULL, NULL);
    return fail(context, unknown_function(context), call, name, NULL);
}

/* The function of a name without primes; 0 after a diagnostic. */
static expr_id find_function(const struct elaborate *context,
                             const struct parse_node *call, const char *name)
{
    const struct scope *scope = context->scope;
    expr_id function = declared(context, name);
    if (function != 0)
        return function;
    enum function_id id = find_known(name);
    if (id == FUNCTION_COUNT) {
        refuse_call(context, call, name);
        return 0;
    }
    struct place place = {context->source, call->span};
    bool may = !scope->uses || scope->uses(scope->context, id, place);
    return may ? function_builtin(scope->pool, id) : 0;
}

static bool check_arguments(const struct elaborate *context,
                            const struct parse_node *call, unsigned wanted)
{
    char counts[2][32];
    if (call->count == wanted)
        return true;
    snprintf(counts[0], sizeof counts[0], "%u", wanted);
    snprintf(counts[1], sizeof counts[1], "%zu", call->count);
    return diag_at(context->diags, DIAG_FORMULA_ARGUMENTS,
                   (struct place){context->source, call->span}, call->text, counts[0],
                   counts[1], (char *)NULL);
}

/* f'(z); functions whose derivative never has a prime, such as exp, are differentiated
   once. */
static expr_id apply_primed(const struct elaborate *context,
                            const struct parse_node *call, expr_id application,
                            unsigned primes)
{
    struct pool *pool = context->scope->pool;
    expr_id function = expr_part(pool, application, 0);
    const struct function_row *row = function_row(function_peek(pool, function)->id);
    bool is_plain = row->name && row->derivative[0] != 'z' && row->arguments == 1;
    if (is_plain && !row->is_primed && primes == 1)
        return function_derivative(pool, application, 0, application);
    if (row->name && !row->is_primed) {
        fail(context, DIAG_FORMULA_PRIMES, call, call->text, NULL);
        return 0;
    }
    for (unsigned i = 0; i < primes; i++)
        function = function_prime(pool, function);
    return function_apply(pool, function, expr_part(pool, application, 1));
}

static expr_id apply(const struct elaborate *context, const struct parse_node *call,
                     expr_id function, const expr_id *arguments)
{
    struct pool *pool = context->scope->pool;
    if (call->count == 1)
        return function_apply(pool, function, arguments[0]);
    return expr_make(pool, EXPR_APPLY, (expr_id[]){function, arguments[0], arguments[1]},
                     3);
}

expr_id apply_function(const struct elaborate *context, const struct parse_node *call,
                       const expr_id *arguments)
{
    struct buf name;
    unsigned primes;
    expr_id value = 0;
    buf_init(&name);
    without_primes(&name, call->text, &primes);
    expr_id function = find_function(context, call, buf_peek(&name));
    buf_clear(&name);
    if (function == 0)
        return 0;
    const struct function *meaning = function_peek(context->scope->pool, function);
    if (check_arguments(context, call, function_arguments(meaning->id)))
        value = apply(context, call, function, arguments);
    return value != 0 && primes > 0 ? apply_primed(context, call, value, primes) : value;
}
