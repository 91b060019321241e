#include "write/latex_rows.h"

enum {
    GRID_GAP = 30, /* the least between two columns */
    RELATION = 14,
    TAG = 30,
    CONTINUED = 20, /* how far a row that continues is moved in */
    HELD_ROWS = 4,  /* an expression of so many stays on its page, */
    FEW_ROWS = 2    /* and one of so few is not alone there */
};

static unsigned width(const struct formula *of)
{
    return of ? formula_width(of) : 0;
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* Reasons are set small. */
static unsigned reason_width(const struct row *row)
{
    return doc_width(row->reason) * 9 / 10;
}

static void measure(struct latex_rows *rows)
{
    unsigned right = 0, reason = 0;
    rows->left = width(rows->opening);
    rows->numbered = rows->number > 0;
    for (const struct row *row = rows->first; row != rows->end; row = row->next) {
        rows->left = larger(rows->left, width(row->left));
        right = larger(right, width(row->right) + (row->continues ? CONTINUED : 0));
        reason = larger(reason, reason_width(row));
        rows->numbered = rows->numbered || row->number;
        rows->reasoned = rows->reasoned || row->reason;
    }
    unsigned total = rows->left + RELATION + right + 2 * GRID_GAP + reason;
    rows->beside = total + (rows->numbered ? 2 * TAG : 0) <= LATEX_ROWS_LINE;
}

struct latex_rows latex_rows_take(const struct row *first)
{
    const struct row *end = first->next;
    for (size_t count = 1; end && (count < LATEX_ROWS_MOST || end->continues); count++)
        end = end->next;
    struct latex_rows rows = {.first = first, .end = end, .opening = first->left};
    measure(&rows);
    return rows;
}

struct latex_rows latex_rows_part(const struct row *display, const struct row *first,
                                  const struct row *end)
{
    struct latex_rows rows = {.first = first, .end = end, .opening = first->left};
    struct latex_rows whole = {.first = display, .opening = display->left};
    const struct formula *chain = NULL;
    unsigned number = 0;
    for (const struct row *row = display; row != first; row = row->next) {
        chain = row->left ? row->left : chain;
        number = row->continues ? number : row->number;
    }
    if (first->continues)
        rows.number = number;
    else if (!first->left)
        rows.opening = chain;
    measure(&rows);
    measure(&whole);
    rows.beside = whole.beside;
    return rows;
}

bool latex_rows_reason_fits(const struct latex_rows *rows, const struct row *row)
{
    return rows->left + RELATION + reason_width(row) + TAG <= LATEX_ROWS_LINE;
}

unsigned latex_rows_number(const struct row *row, unsigned *pending)
{
    if (!row->continues)
        *pending = row->number;
    return row->next && row->next->continues ? 0 : *pending;
}

/* Whether an expression has at most so many rows. */
static bool is_short(const struct row *expression, const struct row *end, unsigned most)
{
    const struct row *row = expression->next;
    for (; row != end && row->continues && most > 0; row = row->next)
        most--;
    return most > 0;
}

static const struct row *after(const struct row *expression, const struct row *end)
{
    const struct row *row = expression->next;
    while (row != end && row->continues)
        row = row->next;
    return row;
}

bool latex_rows_hold(const struct latex_rows *rows, const struct row *expression,
                     const struct row *row)
{
    const struct row *next = row->next;
    if (!next->continues)
        return (expression == rows->first && is_short(expression, next, FEW_ROWS)) ||
               (after(next, rows->end) == rows->end &&
                is_short(next, rows->end, FEW_ROWS));
    return row == expression || next->next == rows->end || !next->next->continues ||
           is_short(expression, rows->end, HELD_ROWS);
}

/* Whether the rows fit side by side in so many columns. */
static bool fits(const struct row *rows, unsigned columns)
{
    unsigned total = 0;
    for (unsigned column = 0; column < columns; column++) {
        unsigned left = 0, right = 0, place = 0;
        for (const struct row *row = rows; row; row = row->next, place++) {
            if (row->continues || row->number || row->reason)
                return false;
            if (place % columns != column)
                continue;
            left = larger(left, width(row->left));
            right = larger(right, width(row->right));
        }
        total += left + right + RELATION + (column ? GRID_GAP : 0);
    }
    return total <= LATEX_ROWS_LINE;
}

unsigned latex_rows_columns(const struct row *rows, unsigned wanted)
{
    while (wanted > 1 && !fits(rows, wanted))
        wanted--;
    return wanted;
}
