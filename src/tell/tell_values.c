#include "tell/tell_values.h"

#include <inttypes.h>

void tell_values(struct doc *doc, const struct crosscheck *crosscheck)
{
    if (!crosscheck->is_random)
        return;
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%" PRIu64, crosscheck->seed);
    struct inline_node *seed = doc_text(doc, buf_peek(&text));
    doc_block(doc, BLOCK_PARAGRAPH)->inlines =
        doc_sentence(doc,
                     crosscheck->is_by_default
                         ? "The network has no values; these are drawn with --random={1}:"
                         : "These values are drawn with --random={1}:",
                     &seed, 1);
    buf_truncate(&text, 0);
    values_write_let(&crosscheck->values, &text);
    struct block *code = doc_block(doc, BLOCK_CODE);
    code->text = arena_strndup(&doc->arena, buf_peek(&text), text.length);
    buf_clear(&text);
}
