#include "verify/slope.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char prefix[] = "\\slope ";

expr_id slope_symbol(struct pool *pool, expr_id of, expr_id by)
{
    struct buf name;
    buf_init(&name);
    buf_format(&name, "%s%" PRIu32 " %" PRIu32, prefix, of, by);
    expr_id symbol = expr_symbol(pool, buf_peek(&name));
    buf_clear(&name);
    return symbol;
}

bool slope_is(const struct pool *pool, expr_id symbol)
{
    return strncmp(expr_peek_name(pool, symbol), prefix, sizeof prefix - 1) == 0;
}

void slope_write(const struct pool *pool, expr_id slope, struct buf *out)
{
    expr_id of, by;
    sscanf(expr_peek_name(pool, slope) + sizeof prefix - 1, "%" SCNu32 " %" SCNu32, &of,
           &by);
    if (by)
        buf_format(out, "\\frac{\\partial %s}{\\partial %s}", expr_peek_name(pool, of),
                   expr_peek_name(pool, by));
    else
        buf_format(out, "%s(0)", expr_peek_name(pool, of));
}
