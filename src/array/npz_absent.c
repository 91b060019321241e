/* In place of npz.c where there is no libzip. */
#include "array/npz.h"

#include <string.h>

bool npz_is_archive(const void *bytes, size_t length)
{
    return length >= 4 && memcmp(bytes, "PK", 2) == 0;
}

bool npz_visit(const struct buf *archive, const struct array_origin *origin,
               npz_visitor *visit, void *context)
{
    (void)archive, (void)visit, (void)context;
    return diag_at(origin->diags, DIAG_ARCHIVE_ABSENT, origin->place, origin->label,
                   NULL);
}
