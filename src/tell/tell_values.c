#include "tell/tell_values.h"

#include <inttypes.h>

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
    bool listed = most == 0 || count_lines(buf_peek(&text)) <= most;
    tell_origin(doc, crosscheck, listed);
    if (listed)
        doc_block(doc, BLOCK_CODE)->text =
            arena_strndup(&doc->arena, buf_peek(&text), text.length);
    buf_clear(&text);
}
