#include "verify/kin.h"

#include "base/name.h"
#include "expr/walk.h"
#include "verify/split.h"

#include <stdlib.h>
#include <string.h>

static bool is_same_family(const struct name *a, const struct name *b)
{
    return a->head_length == b->head_length && a->sup_length == b->sup_length &&
           memcmp(a->head, b->head, a->head_length) == 0 &&
           memcmp(a->sup, b->sup, a->sup_length) == 0;
}

bool kin_is_apart(struct section *section, expr_id of, expr_id by)
{
    const struct pool *pool = section->scope->pool;
    struct name name, other;
    struct expr_list symbols;
    bool found = false;
    if (!name_split(&name, expr_peek_name(pool, by)) || name.sub_length == 0)
        return false;
    expr_list_init(&symbols);
    walk_symbols(pool, section_definition(section, of), &symbols);
    for (size_t i = 0; i < symbols.count && !found; i++)
        found = name_split(&other, expr_peek_name(pool, symbols.items[i])) &&
                is_same_family(&name, &other) && other.sub_length > 0;
    expr_list_clear(&symbols);
    return found;
}

/* The number in a subscript; -1 if it is something else. */
static long index_of(const struct name *name)
{
    char digits[12];
    if (name->sub_length == 0 || name->sub_length >= sizeof digits)
        return -1;
    memcpy(digits, name->sub, name->sub_length);
    digits[name->sub_length] = '\0';
    return strspn(digits, "0123456789") == name->sub_length ? atol(digits) : -1;
}

bool kin_is_left_out(struct section *section, expr_id symbol)
{
    const struct pool *pool = section->scope->pool;
    struct name name, other;
    if (section->scope->network || section_definition(section, symbol) ||
        !name_split(&name, expr_peek_name(pool, symbol)) || index_of(&name) < 0)
        return false;
    for (expr_id e = 1; e < section->value_count; e++)
        if (section->values[e].value && name_split(&other, expr_peek_name(pool, e)) &&
            is_same_family(&name, &other) && index_of(&other) >= 0 &&
            index_of(&other) < index_of(&name))
            return true;
    return false;
}

bool kin_is_feed(struct section *section, expr_id symbol)
{
    struct name name;
    const char *text = expr_peek_name(section->scope->pool, symbol);
    if (!split_is_marked(text) || !name_split(&name, text) ||
        section_definition(section, symbol))
        return false;
    struct buf plain;
    buf_init(&plain);
    name.sup_length = 0;
    name_join(&plain, &name);
    expr_id fed = expr_find_symbol(section->scope->pool, buf_peek(&plain));
    buf_clear(&plain);
    return fed && section_definition(section, fed);
}
