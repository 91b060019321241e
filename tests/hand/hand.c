/* Judges every document of this folder, with the network beside it if there is one, and
   compares with its verdicts: `equation.member verdict`, a line a step. */
#include "base/memory.h"
#include "net/spec.h"
#include "verify/verify.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *folder;
static size_t failed, passed;

static char *path_of(const char *stem, const char *suffix)
{
    struct buf path;
    buf_init(&path);
    buf_format(&path, "%s/%s%s", folder, stem, suffix);
    return buf_take(&path);
}

static bool load(struct source *source, const char *stem, const char *suffix)
{
    struct diags diags;
    char *path = path_of(stem, suffix);
    diags_init(&diags);
    bool ok = source_load(source, path, &diags);
    diags_clear(&diags);
    memory_free(path);
    return ok;
}

static void said(const struct verification *verification, struct buf *out)
{
    for (size_t i = 0; i < verification->step_count; i++) {
        const struct verified_step *step = &verification->steps[i];
        buf_format(out, "%u.%u %s\n", step->equation, step->member,
                   step_verdict_word(step->verdict));
    }
}

static void judge(const char *stem, const char *suffix, struct buf *out)
{
    struct verification verification;
    struct verify_network network = {.from_line = 1};
    struct source spec;
    struct diags diags;
    struct budget budget;
    diags_init(&diags);
    budget_init(&budget);
    verification_init(&verification);
    bool has_network = load(&spec, stem, ".net");
    if (has_network)
        network.network = spec_read(&spec, NULL, &budget, &diags);
    verification.documents = memory_zeroed(1, sizeof *verification.documents);
    verification.document_count = 1;
    diags_init(&verification.documents[0].diags);
    if (load(&verification.documents[0].source, stem, suffix)) {
        struct verify_options options = {.networks = &network,
                                         .network_count = has_network,
                                         .budget = &budget,
                                         .seed = 1};
        verify_document(&verification, 0, &options);
        said(&verification, out);
    }
    verification_clear(&verification);
    network_free(network.network);
    source_clear(&spec);
    diags_clear(&diags);
}

static void check(const char *stem, const char *suffix)
{
    struct source wanted;
    struct buf got;
    buf_init(&got);
    judge(stem, suffix, &got);
    bool ok =
        load(&wanted, stem, ".verdicts") && strcmp(wanted.text, buf_peek(&got)) == 0;
    if (!ok)
        printf("%s%s: said\n%s", stem, suffix, buf_peek(&got));
    passed += ok;
    failed += !ok;
    source_clear(&wanted);
    buf_clear(&got);
}

static void check_entry(const char *entry)
{
    static const char *const suffixes[] = {".tex", ".md", ".txt"};
    const char *dot = strrchr(entry, '.');
    for (size_t i = 0; dot && i < 3; i++)
        if (strcmp(dot, suffixes[i]) == 0) {
            char *stem = memory_strndup(entry, (size_t)(dot - entry));
            check(stem, dot);
            memory_free(stem);
        }
}

int main(void)
{
    const char *source = getenv("srcdir");
    struct buf path;
    struct dirent *entry;
    memory_install();
    buf_init(&path);
    buf_format(&path, "%s/tests/hand", source ? source : ".");
    folder = buf_take(&path);
    DIR *dir = opendir(folder);
    while (dir && (entry = readdir(dir)) != NULL)
        check_entry(entry->d_name);
    if (dir)
        closedir(dir);
    memory_free(folder);
    printf("%zu documents judged as written down, %zu not\n", passed, failed);
    return failed > 0 || passed == 0;
}
