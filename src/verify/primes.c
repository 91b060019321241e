#include "verify/primes.h"

#include "base/name.h"
#include "expr/diff.h"
#include "expr/function.h"
#include "expr/walk.h"

#include <string.h>

/* How many primes a name has at the end of its head. */
static size_t count_primes(const struct name *name)
{
    size_t count = 0;
    while (count < name->head_length &&
           name->head[name->head_length - 1 - count] == '\'')
        count++;
    return count;
}

expr_id primes_plain(struct section *section, const char *canonical)
{
    struct name name;
    if (!name_split(&name, canonical))
        return 0;
    size_t primes = count_primes(&name);
    if (primes == 0 || primes == name.head_length)
        return 0;
    struct buf plain;
    buf_init(&plain);
    name.head_length -= primes;
    name_join(&plain, &name);
    expr_id symbol = expr_find_symbol(section->scope->pool, buf_peek(&plain));
    buf_clear(&plain);
    return symbol && section_definition(section, symbol) ? symbol : 0;
}

/* f'(z) where the name is f(z); 0 where it is something else. */
static expr_id slope(struct section *section, expr_id plain)
{
    struct pool *pool = section->scope->pool;
    expr_id value = section_definition(section, plain);
    return expr_kind(pool, value) == EXPR_APPLY && expr_count(pool, value) == 2
               ? function_derivative(pool, value, 0, value)
               : 0;
}

/* `h(1+h)`: about nothing but h, and no multiple of it, which may have a name. */
static bool is_curve_of(struct section *section, expr_id e, expr_id plain)
{
    struct pool *pool = section->scope->pool;
    struct expr_list symbols;
    expr_list_init(&symbols);
    walk_symbols(pool, e, &symbols);
    bool is_alone = symbols.count == 1 && symbols.items[0] == plain;
    expr_id change = is_alone ? diff_local(pool, e, plain) : 0;
    expr_list_clear(&symbols);
    expr_list_init(&symbols);
    if (change)
        walk_symbols(pool, change, &symbols);
    bool is_curve = symbols.count > 0;
    expr_list_clear(&symbols);
    return is_curve;
}

expr_id primes_derivative(struct section *section, expr_id plain, const char *canonical,
                          expr_id right)
{
    struct name name;
    expr_id derivative = slope(section, plain);
    if (!derivative || !name_split(&name, canonical) || count_primes(&name) != 1)
        return 0;
    return is_curve_of(section, right, plain) || section_proves(section, derivative, right)
               ? derivative
               : 0;
}
