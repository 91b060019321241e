/* Any bytes as a network: a network or a diagnostic. */
#include "base/memory.h"
#include "net/spec.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct network *network = NULL;
    struct source source;
    struct budget budget;
    struct diags diags;
    struct buf text;

    budget_init(&budget);
    diags_init(&diags);
    buf_init(&text);
    if (source_from_text(&source, "fuzz.net", (const char *)data, size, &diags))
        network = spec_read(&source, NULL, &budget, &diags);
    if ((network == NULL) != (diags_status(&diags) != STATUS_OK))
        abort();
    if (network != NULL && network_count(network) < 10000)
        spec_write(network, &text);
    diags_print(&diags, language_at(0), &text);
    buf_clear(&text);
    network_free(network);
    diags_clear(&diags);
    source_clear(&source);
    return 0;
}
