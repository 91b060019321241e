/* Any bytes as a number or a name: what is read prints as something that is read as the
   same. */
#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void try_number(const char *text, size_t size)
{
    struct buf written;
    mpq_t value, again;

    mpq_inits(value, again, NULL);
    buf_init(&written);
    if (number_read(value, text, size, true) == NUMBER_OK) {
        number_write(&written, value);
        if (number_read(again, buf_peek(&written), written.length, false) == NUMBER_OK &&
            !mpq_equal(value, again))
            abort();
    }
    buf_clear(&written);
    mpq_clears(value, again, NULL);
}

static void try_name(const char *text)
{
    struct name name;
    struct buf out;

    buf_init(&out);
    if (name_split(&name, text)) {
        name_join(&out, &name);
        if (strcmp(buf_peek(&out), text) != 0)
            abort();
    }
    name_latex(&out, text);
    name_unicode(&out, text);
    name_plain(&out, text);
    name_identifier(&out, text);
    buf_clear(&out);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    char *text = memory_strndup((const char *)data, size);

    try_number(text, size);
    try_name(text);
    memory_free(text);
    return 0;
}
