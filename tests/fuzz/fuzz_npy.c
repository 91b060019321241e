/* Any bytes as an array or an archive of them: values of a small network or a diagnostic.
 */
#include "array/npy.h"
#include "net/spec.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

enum { MOST_NUMBERS = 200 };

static void read_numbers(const struct npy *npy, const struct array_origin *origin)
{
    mpq_t exact, shortest;

    mpq_inits(exact, shortest, NULL);
    for (int64_t i = 0; i < npy->count && i < MOST_NUMBERS; i++) {
        bool good = npy_number(npy, i, false, exact, origin);

        if (good != npy_number(npy, i, true, shortest, origin) ||
            (good && mpq_sgn(exact) != mpq_sgn(shortest)))
            abort();
    }
    mpq_clears(exact, shortest, NULL);
}

static void try_array(const unsigned char *data, size_t size)
{
    struct array_origin origin = {"fuzz.npy", {NULL, {0, 0}}, NULL};
    struct diags diags;
    struct npy npy;

    diags_init(&diags);
    origin.diags = &diags;
    if (npy_open(&npy, data, size, &origin))
        read_numbers(&npy, &origin);
    else if (diags.count != 1)
        abort();
    diags_clear(&diags);
}

static void try_values(const unsigned char *data, size_t size)
{
    static const char text[] =
        "inputs x 2\nlayer h 2\nlayer y 1 weights v_<from> tied\n"
        "biases\nparameters u\ntargets t\nerror E = half-squares + u\n";
    struct source source;
    struct budget budget;
    struct diags diags;
    struct buf bytes, said;

    budget_init(&budget);
    diags_init(&diags);
    buf_init(&bytes);
    buf_init(&said);
    buf_bytes(&bytes, (const char *)data, size);
    if (!source_from_text(&source, "fuzz.net", text, strlen(text), &diags))
        abort();
    struct network *network = spec_read(&source, NULL, &budget, &diags);
    if (spec_take_arrays(network, "w1.npy", &bytes, &diags) !=
        (diags_status(&diags) == STATUS_OK))
        abort();
    diags_print(&diags, language_at(0), &said);
    network_free(network);
    buf_clear(&said);
    buf_clear(&bytes);
    diags_clear(&diags);
    source_clear(&source);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    try_array(data, size);
    try_values(data, size);
    return 0;
}
