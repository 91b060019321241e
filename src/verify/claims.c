#include "verify/claims.h"

#include "base/memory.h"
#include "verify/displays.h"
#include "verify/mask.h"
#include "verify/plain.h"
#include "verify/rows.h"

#include <string.h>

static bool read_displays(struct claims *claims, const struct displays *displays,
                          enum displays_format format, struct diags *diags)
{
    struct rows rows = {.claims = claims};
    for (size_t i = 0; i < displays->count; i++) {
        if (!mask_display(claims, displays->items[i].span, format == DISPLAYS_TEX, diags))
            return false;
        if (format == DISPLAYS_PLAIN)
            plain_mask(claims, displays->items[i].span);
        rows_read(&rows, &displays->items[i]);
    }
    return true;
}

bool claims_read(struct claims *claims, const struct source *document,
                 struct diags *diags)
{
    struct displays displays;
    *claims = (struct claims){.document = document};
    enum displays_format format = displays_format(document);
    bool ok = source_from_text(&claims->text, document->name, document->text,
                               document->length, diags) &&
              displays_find(&displays, document, format, diags) &&
              read_displays(claims, &displays, format, diags);
    displays_clear(&displays);
    return ok;
}

void claims_clear(struct claims *claims)
{
    source_clear(&claims->text);
    memory_free(claims->items);
    memory_free(claims->references);
}
