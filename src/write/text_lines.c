#include "write/text_lines.h"

#include <string.h>

enum {
    DEPTH_PRICE = 30, /* how many columns a line may stay emptier to break one bracket
                         further out */
    FACTOR_PRICE = 50 /* … or between terms, not between factors */
};

static void put_word(struct buf *out, const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++)
        buf_char(out, word[i] == TEXT_LINES_BLANK ? ' ' : word[i]);
}

void text_lines_fill(struct buf *out, const char *words, size_t width)
{
    size_t used = 0;
    for (words += strspn(words, " "); *words; words += strspn(words, " ")) {
        size_t length = strcspn(words, " "),
               columns = text_formula_columns(words, length);
        if (used > 0 && used + 1 + columns > width) {
            buf_char(out, '\n');
            used = 0;
        } else if (used > 0) {
            buf_char(out, ' ');
            used++;
        }
        put_word(out, words, length);
        used += columns;
        words += length;
    }
    buf_char(out, '\n');
}

static const struct text_break *break_at(const struct text_breaks *breaks, size_t offset)
{
    for (size_t i = 0; i < breaks->count; i++) {
        if (breaks->items[i].offset == offset)
            return &breaks->items[i];
    }
    return NULL;
}

size_t text_lines_end(const struct buf *text, const struct text_breaks *breaks,
                      size_t start, size_t width)
{
    size_t best = text->length, used = 0, from = start;
    long best_score = 0;
    for (size_t i = 0; i < breaks->count; i++) {
        const struct text_break *place = &breaks->items[i];
        if (place->offset <= start)
            continue;
        used += text_formula_columns(text->data + from, place->offset - from);
        from = place->offset;
        if (used > width + 1 &&
            best < text->length) /* the blank before it may hang out */
            return best;
        long score = (long)used - (long)place->depth * DEPTH_PRICE -
                     (place->factors ? FACTOR_PRICE : 0);
        if (best == text->length || score > best_score) {
            best = place->offset;
            best_score = score;
        }
    }
    used += text_formula_columns(text->data + from, text->length - from);
    return used > width ? best : text->length;
}

const char *text_lines_lead(const struct buf *text, const struct text_breaks *breaks,
                            size_t start)
{
    const struct text_break *place = break_at(breaks, start);
    bool has_dot = strncmp(text->data + start, "·", strlen("·")) == 0;
    return place && place->factors && !has_dot ? "· " : "";
}

size_t text_lines_widest(const struct buf *texts, size_t count, size_t step)
{
    size_t widest = 0;
    for (size_t i = 0; i < count; i += step) {
        size_t columns = text_formula_columns(buf_peek(&texts[i]), texts[i].length);
        widest = columns > widest ? columns : widest;
    }
    return widest;
}
