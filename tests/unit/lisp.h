/* Expressions written for tests: `(+ a (* 2 (- b)) (^ x 2) (/ p q) (D y w) (L y w))`, and
   functions `(\sigma x)`, `(f' x)`: those of function.def by name, others arbitrary. */
#ifndef GRADTEX_TESTS_LISP_H
#define GRADTEX_TESTS_LISP_H

#include "base/buf.h"
#include "base/number.h"
#include "expr/function.h"

#include <string.h>

static inline void lisp_write(struct buf *out, const struct pool *pool, expr_id e)
{
    static const char *const heads[] = {"",  "",  "+", "*", "-", "^",
                                        "/", "D", "L", "",  ""};

    if (expr_kind(pool, e) == EXPR_NUMBER) {
        number_write(out, expr_peek_number(pool, e));
    } else if (expr_kind(pool, e) == EXPR_SYMBOL) {
        buf_text(out, expr_peek_name(pool, e));
    } else if (expr_kind(pool, e) == EXPR_FUNCTION) {
        buf_text(out, function_peek(pool, e)->name);
        for (unsigned i = 0; i < function_peek(pool, e)->primes; i++)
            buf_char(out, '\'');
    } else {
        buf_format(out, "(%s", heads[expr_kind(pool, e)]);
        for (size_t i = 0; i < expr_count(pool, e); i++) {
            if (i > 0 || expr_kind(pool, e) != EXPR_APPLY)
                buf_char(out, ' ');
            lisp_write(out, pool, expr_part(pool, e, i));
        }
        buf_char(out, ')');
    }
}

static inline expr_id lisp_read_leaf(struct pool *pool, const char **text)
{
    size_t length = strcspn(*text, " )");
    char word[2000];
    expr_id e;
    mpq_t q;

    memcpy(word, *text, length);
    word[length] = 0;
    *text += length;
    mpq_init(q);
    e = number_read(q, word, length, true) == NUMBER_OK ? expr_number(pool, q)
                                                        : expr_symbol(pool, word);
    mpq_clear(q);
    return e;
}

static inline expr_id lisp_read_function(struct pool *pool, const char **text)
{
    size_t length = strcspn(*text, " )'");
    char name[200];
    struct function function = {.name = name, .id = function_of_name(*text, length)};

    if (function.id == FUNCTION_COUNT)
        function.id = FUNCTION_ARBITRARY;
    memcpy(name, *text, length);
    name[length] = 0;
    for (*text += length; **text == '\''; ++*text)
        function.primes++;
    return function_make(pool, &function);
}

/* Reads one expression and moves `text` behind it. */
static inline expr_id lisp_read(struct pool *pool, const char **text)
{
    static const char heads[] = "+*-^/DL";
    expr_id parts[16];
    size_t count = 0;
    const char *head;

    while (**text == ' ')
        ++*text;
    if (**text != '(')
        return lisp_read_leaf(pool, text);
    ++*text;
    head = (*text)[1] == ' ' ? strchr(heads, **text) : NULL;
    if (head)
        ++*text;
    else
        parts[count++] = lisp_read_function(pool, text);
    while (**text != ')')
        parts[count++] = lisp_read(pool, text);
    ++*text;
    return expr_make(pool, head ? EXPR_SUM + (unsigned)(head - heads) : EXPR_APPLY, parts,
                     count);
}

#endif
