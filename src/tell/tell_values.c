#include "tell/tell_values.h"

#include <inttypes.h>

/* What says that some are left out is as long as so many rows. */
enum { SPARE_ROWS = 4 };

bool tell_values_are_cut(size_t count, size_t most)
{
    return most > 0 && count > most + SPARE_ROWS;
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += *text == '\n';
    return count;
}

static void tell_origin(struct doc *doc, const struct crosscheck *crosscheck, bool listed)
{
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%" PRIu64, crosscheck->seed);
    struct inline_node *seed = doc_text(doc, buf_peek(&text));
    const char *sentence =
        !listed ? N_("The values are drawn with --random={1}, which draws the same ones "
                     "again.")
        : crosscheck->is_by_default
            ? N_("The network has no values; these are drawn with --random={1}:")
            : N_("These values are drawn with --random={1}:");
    doc_block(doc, BLOCK_PARAGRAPH)->inlines = doc_sentence(doc, sentence, &seed, 1);
    buf_clear(&text);
}

void tell_values(struct doc *doc, const struct crosscheck *crosscheck, size_t most)
{
    if (!crosscheck->is_random)
        return;
    struct buf text;
    buf_init(&text);
    values_write_let(&crosscheck->values, &text);
    bool listed = !tell_values_are_cut(count_lines(buf_peek(&text)), most);
    tell_origin(doc, crosscheck, listed);
    if (listed)
        doc_block(doc, BLOCK_CODE)->text =
            arena_strndup(&doc->arena, buf_peek(&text), text.length);
    buf_clear(&text);
}
