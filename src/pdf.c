#include "pdf.h"

#include "base/file.h"
#include "base/language.h"
#include "base/memory.h"
#include "base/out.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 2, NOT_FOUND = 127 };

/* What TeX writes, or may. */
static const char *const names[] = {"page.tex", "page.aux", "page.log",
                                    "page.pdf", "page.out", "page.nav",
                                    "page.toc", "page.snm", "texput.log"};

enum { FILES = sizeof names / sizeof *names };

/* A signal removes it, too. */
struct folder {
    struct buf path;
    char *files[FILES];
};

/* --- the private folder --- */

static void folder_file(const struct folder *folder, const char *name, struct buf *path)
{
    buf_init(path);
    buf_format(path, "%s/%s", buf_peek(&folder->path), name);
}

static void remember(struct folder *folder)
{
    for (size_t i = 0; i < FILES; i++) {
        struct buf path;
        folder_file(folder, names[i], &path);
        folder->files[i] = buf_take(&path);
        out_remember(folder->files[i]);
    }
    out_remember(folder->path.data);
}

static bool folder_open(struct folder *folder, struct diags *diags)
{
    const char *parent = getenv("TMPDIR");
    struct stat status;
    if (!parent || stat(parent, &status) != 0 || !S_ISDIR(status.st_mode))
        parent = "/tmp";
    buf_init(&folder->path);
    buf_format(&folder->path, "%s/gradtex-XXXXXX", parent);
    if (mkdtemp(folder->path.data)) {
        remember(folder);
        return true;
    }
    diag(diags, DIAG_FILE_WRITE, buf_peek(&folder->path), strerror(errno), NULL);
    buf_clear(&folder->path);
    return false;
}

static void folder_close(struct folder *folder)
{
    for (size_t i = 0; i < FILES; i++) {
        unlink(folder->files[i]);
        out_forget(folder->files[i]);
        memory_free(folder->files[i]);
    }
    rmdir(buf_peek(&folder->path));
    out_forget(folder->path.data);
    buf_clear(&folder->path);
}

static bool write_source(const struct folder *folder, const char *latex, size_t length,
                         struct diags *diags)
{
    struct buf path;
    folder_file(folder, "page.tex", &path);
    FILE *file = fopen(buf_peek(&path), "w");
    bool ok = file && fwrite(latex, 1, length, file) == length;
    ok = (!file || fclose(file) == 0) && ok;
    if (!ok)
        diag(diags, DIAG_FILE_WRITE, buf_peek(&path), strerror(errno), NULL);
    buf_clear(&path);
    return ok;
}

/* --- TeX --- */

static void become_tex(const struct folder *folder)
{
    int null = open("/dev/null", O_RDWR);
    for (int stream = 0; stream <= 2; stream++)
        dup2(null, stream);
    setenv("openin_any", "p", 1);
    setenv("openout_any", "p", 1);
    setenv("SOURCE_DATE_EPOCH", "0", 0);
    setenv("FORCE_SOURCE_DATE", "1", 1);
    unsetenv("TEXMFOUTPUT");
    if (chdir(buf_peek(&folder->path)) == 0)
        execlp("pdflatex", "pdflatex", "-interaction=batchmode", "-halt-on-error",
               "-no-shell-escape", "page.tex", (char *)NULL);
    _exit(NOT_FOUND);
}

/* The process of TeX while it runs, else 0. */
static pid_t _Atomic running;

void pdf_stop(void)
{
    pid_t child = atomic_load(&running);
    if (child > 0)
        kill(child, SIGTERM);
}

static int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The exit status of TeX; -1 if it did not come to an end. */
static int run_tex(const struct folder *folder)
{
    pid_t child = fork();
    if (child == 0)
        become_tex(folder);
    if (child < 0)
        return -1;
    atomic_store(&running, child);
    int status = wait_for(child);
    atomic_store(&running, 0);
    return status;
}

static bool load(const struct folder *folder, const char *name, struct buf *bytes,
                 struct diags *diags)
{
    struct buf path;
    folder_file(folder, name, &path);
    bool ok = file_load(bytes, buf_peek(&path), (struct place){NULL, {0, 0}}, diags);
    buf_clear(&path);
    return ok;
}

/* With the first error of the log. */
static bool refuse(const struct folder *folder, struct diags *diags)
{
    struct buf log;
    struct diags unheard;
    diags_init(&unheard);
    buf_init(&log);
    load(folder, "page.log", &log, &unheard);
    const char *error = strstr(buf_peek(&log), "\n!");
    char *line = error ? memory_strndup(error + 1, strcspn(error + 1, "\n"))
                       : memory_strdup(NC_("diagnostic", "it came to no end"));
    diag(diags, DIAG_TEX_FAILED, line, NULL);
    memory_free(line);
    buf_clear(&log);
    diags_clear(&unheard);
    return false;
}

bool pdf_make(const char *latex, size_t length, struct buf *pdf, struct diags *diags)
{
    struct folder folder;
    int status = 0;
    if (!folder_open(&folder, diags))
        return false;
    bool ok = write_source(&folder, latex, length, diags);
    for (int i = 0; i < RUNS && ok && status == 0; i++)
        status = run_tex(&folder);
    if (ok && status == NOT_FOUND)
        ok = diag(diags, DIAG_TEX_ABSENT, NULL);
    else if (ok && status != 0)
        ok = refuse(&folder, diags);
    ok = ok && load(&folder, "page.pdf", pdf, diags);
    folder_close(&folder);
    return ok;
}
