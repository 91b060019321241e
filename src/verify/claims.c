#include "verify/claims.h"

#include "base/memory.h"
#include "verify/branches.h"
#include "verify/displays.h"
#include "verify/mask.h"
#include "verify/plain.h"
#include "verify/rows.h"
#include "verify/shorthands.h"
#include "verify/tags.h"
#include "verify/unwrap.h"

#include <string.h>

/* A line of a plain text may be prose. */
static bool holds_equation(const struct claims *claims, struct span line)
{
    static const char *const signs[] = {"=", "≈", "\\approx", "\\simeq", "\\equiv"};
    const char *text = claims->text.text;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (memmem(text + line.begin, line.end - line.begin, signs[i], strlen(signs[i])))
            return true;
    return false;
}

static bool read_displays(struct claims *claims, const struct displays *displays,
                          enum displays_format format, struct diags *diags)
{
    struct rows rows = {.claims = claims};
    for (size_t i = 0; i < displays->count; i++) {
        struct span span = displays->items[i].span;
        if (format == DISPLAYS_PLAIN && !holds_equation(claims, span))
            continue;
        if (!mask_display(claims, span, format == DISPLAYS_TEX, diags))
            return false;
        branches_mask(claims, span);
        tags_mask(claims, span);
        unwrap_display(claims, span);
        if (format == DISPLAYS_PLAIN)
            plain_mask(claims, span);
        rows_read(&rows, &displays->items[i]);
    }
    return true;
}

/* A copy that can be masked. A byte order mark behind that of the file would be left out.
 */
static bool copy_text(struct claims *claims, struct diags *diags)
{
    const struct source *document = claims->document;
    return source_from_text(&claims->text, document->name, document->text,
                            document->length, diags) &&
           (claims->text.length == document->length ||
            diag_at(diags, DIAG_VERIFY_INVISIBLE, (struct place){document, {0, 3}},
                    (char *)NULL));
}

static bool mask_shorthands(struct claims *claims)
{
    shorthands_mask(claims);
    return true;
}

bool claims_read(struct claims *claims, const struct source *document,
                 struct diags *diags)
{
    struct displays displays = {.count = 0};
    *claims = (struct claims){.document = document};
    enum displays_format format = displays_format(document);
    bool ok = copy_text(claims, diags) &&
              displays_find(&displays, document, format, diags) &&
              mask_shorthands(claims) && read_displays(claims, &displays, format, diags);
    displays_clear(&displays);
    return ok;
}

void claims_clear(struct claims *claims)
{
    source_clear(&claims->text);
    memory_free(claims->items);
    memory_free(claims->references);
}
