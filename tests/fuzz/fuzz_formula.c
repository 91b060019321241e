/* Any bytes as a formula: a tree or a diagnostic. */
#include "base/memory.h"
#include "tex/parse.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct source source;
    struct budget budget;
    struct diags diags;
    struct arena arena;
    struct buf text;

    budget_init(&budget);
    diags_init(&diags);
    arena_init(&arena);
    buf_init(&text);
    if (source_from_text(&source, "fuzz.tex", (const char *)data, size, &diags)) {
        struct parse parse = {&source, &arena, &budget, &diags, 0};
        struct span span = {0, (uint32_t)source.length};

        if ((parse_formula(&parse, span) == NULL) != (diags.count > 0))
            abort();
    }
    diags_print(&diags, &text);
    buf_clear(&text);
    arena_clear(&arena);
    diags_clear(&diags);
    source_clear(&source);
    return 0;
}
