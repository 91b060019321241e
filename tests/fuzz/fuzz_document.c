/* Any bytes as a document: verdicts or a diagnostic. The first byte chooses the format.
 */
#include "base/memory.h"
#include "tell/tell_verdict.h"
#include "verify/verify.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const char *const names[] = {"fuzz.tex", "fuzz.md", "fuzz.txt"};

static void judge(struct verification *verification)
{
    struct verdict_telling telling = {.explains = true, .language = language_at(0)};
    struct budget budget;
    struct buf text;
    budget_init(&budget);
    budget.max_nodes = 20000;
    budget.max_bytes = 1 << 16;
    struct verify_options options = {
        .explains = true, .repairs = true, .budget = &budget, .seed = 1};
    verify_document(verification, 0, &options);
    buf_init(&text);
    tell_verdict(&text, verification, &telling);
    buf_clear(&text);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct verification verification;
    if (size == 0)
        return 0;
    verification_init(&verification);
    verification.documents = memory_zeroed(1, sizeof *verification.documents);
    verification.document_count = 1;
    struct verified_document *document = &verification.documents[0];
    diags_init(&document->diags);
    if (source_from_text(&document->source, names[data[0] % 3], (const char *)data + 1,
                         size - 1, &document->diags)) {
        judge(&verification);
        if (!document->is_read && document->diags.count == 0)
            abort();
    }
    verification_clear(&verification);
    return 0;
}
