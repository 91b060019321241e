#include "base/out.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1 << 16, TEMPORARIES = 32, LINKS_FOLLOWED = 40 };

struct out {
    out_sink *sink; /* NULL: bytes go to `file` */
    void *context;
    int file;
    char *name;      /* for messages */
    char *target;    /* where the temporary file will go, or NULL */
    char *temporary; /* also in the table below while it exists */
    int error;       /* errno of the first failure */
    bool failed;
    size_t used;
    char block[BLOCK];
};

/* A signal handler must find the temporary files, so their names have to be global. */
static char *_Atomic temporaries[TEMPORARIES];
static atomic_ulong fail_countdown;

void out_fail_at(unsigned long k)
{
    atomic_store(&fail_countdown, k);
}

static bool injected(void)
{
    if (atomic_load_explicit(&fail_countdown, memory_order_relaxed) == 0)
        return false;
    if (atomic_fetch_sub(&fail_countdown, 1) != 1)
        return false;
    errno = EIO;
    return true;
}

void out_remember(char *temporary)
{
    for (int i = 0; i < TEMPORARIES; i++) {
        char *none = NULL;

        if (atomic_compare_exchange_strong(&temporaries[i], &none, temporary))
            return;
    }
}

void out_forget(char *temporary)
{
    for (int i = 0; i < TEMPORARIES; i++) {
        char *expected = temporary;

        if (atomic_compare_exchange_strong(&temporaries[i], &expected, NULL))
            return;
    }
}

void out_remove_temporaries(void)
{
    for (int i = 0; i < TEMPORARIES; i++) {
        char *temporary = atomic_load(&temporaries[i]);

        if (temporary != NULL)
            unlink(temporary);
    }
    for (int i = 0; i < TEMPORARIES; i++) {
        char *temporary = atomic_exchange(&temporaries[i], NULL);

        if (temporary != NULL)
            rmdir(temporary);
    }
}

static struct out *make(const char *name)
{
    struct out *out = memory_zeroed(1, sizeof *out);

    out->file = -1;
    out->name = memory_strdup(name);
    return out;
}

static void release(struct out *out)
{
    if (out->file >= 0)
        close(out->file);
    memory_free(out->name);
    memory_free(out->target);
    memory_free(out->temporary);
    memory_free(out);
}

static bool fail(struct out *out)
{
    if (!out->failed)
        out->error = errno;
    out->failed = true;
    return false;
}

struct out *out_to_sink(out_sink *sink, void *context)
{
    struct out *out = make("the sink");

    out->sink = sink;
    out->context = context;
    return out;
}

struct out *out_to_stdout(void)
{
    struct out *out = make(NC_("diagnostic", "standard output"));

    out->file = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (out->file < 0)
        fail(out);
    return out;
}

/* The text of a link, with the link's own directory in front if it is relative. */
static char *link_text(const char *path)
{
    char text[PATH_MAX];
    ssize_t length = readlink(path, text, sizeof text);
    const char *slash = strrchr(path, '/');
    struct buf buf;

    if (length < 0 || (size_t)length == sizeof text)
        return NULL;
    buf_init(&buf);
    if (text[0] != '/' && slash != NULL)
        buf_bytes(&buf, path, (size_t)(slash - path) + 1);
    buf_bytes(&buf, text, (size_t)length);
    return buf_take(&buf);
}

/* The file that a path leads to, which need not exist: the last of a chain of links. */
static char *follow_links(const char *path)
{
    char *at = memory_strdup(path);

    for (int i = 0; i < LINKS_FOLLOWED; i++) {
        char *next = link_text(at);

        if (next == NULL)
            return at;
        memory_free(at);
        at = next;
    }
    return at;
}

/* Opens a new file in the target's directory; the mode is the umask's, or that of the old
   file. */
static bool open_temporary(struct out *out, const struct stat *old)
{
    const char *slash = strrchr(out->target, '/');
    int directory = slash != NULL ? (int)(slash - out->target) + 1 : 0;

    for (unsigned attempt = 0; attempt < 1000; attempt++) {
        struct buf name;

        buf_init(&name);
        buf_format(&name, "%.*s.gradtex-%ld-%u.tmp", directory, out->target,
                   (long)getpid(), attempt);
        out->file = open(name.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        out->temporary = buf_take(&name);
        if (out->file >= 0)
            break;
        memory_free(out->temporary);
        out->temporary = NULL;
        if (errno != EEXIST)
            return false;
    }
    if (out->file < 0)
        return false;
    out_remember(out->temporary);
    return old == NULL || fchmod(out->file, old->st_mode & 07777) == 0;
}

static bool open_target(struct out *out, const char *path)
{
    struct stat old;
    bool exists = stat(path, &old) == 0;

    if (!exists && errno != ENOENT)
        return false;
    if (exists && S_ISDIR(old.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (exists && !S_ISREG(old.st_mode)) {
        out->file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return out->file >= 0;
    }
    if (exists && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return false;
    out->target = follow_links(path);
    return open_temporary(out, exists ? &old : NULL);
}

struct out *out_to_file(const char *path, struct diags *diags)
{
    struct out *out = make(path);

    if (open_target(out, path))
        return out;
    diag(diags, DIAG_FILE_WRITE, path, strerror(errno), NULL);
    out_abandon(out);
    return NULL;
}

/* A terminal or pipe that another program made non-blocking: wait until it takes more. */
static void wait_writable(int file)
{
    struct pollfd ready = {file, POLLOUT, 0};

    poll(&ready, 1, -1);
}

static bool put(struct out *out, const char *bytes, size_t length)
{
    if (out->sink != NULL) {
        errno = 0;
        return length == 0 || out->sink(out->context, bytes, length) || fail(out);
    }
    while (length > 0) {
        ssize_t written = injected() ? -1 : write(out->file, bytes, length);

        if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            wait_writable(out->file);
        else if (written < 0 && errno != EINTR)
            return fail(out);
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return true;
}

static bool flush(struct out *out)
{
    size_t used = out->used;

    out->used = 0;
    return !out->failed && put(out, out->block, used);
}

bool out_bytes(struct out *out, const char *bytes, size_t length)
{
    if (out->failed)
        return false;
    if (length > BLOCK - out->used && !flush(out))
        return false;
    if (length >= BLOCK)
        return put(out, bytes, length);
    if (length > 0)
        memcpy(out->block + out->used, bytes, length);
    out->used += length;
    return true;
}

bool out_text(struct out *out, const char *text)
{
    return out_bytes(out, text, strlen(text));
}

bool out_is_broken_pipe(const struct out *out)
{
    return out->failed && out->error == EPIPE;
}

static bool finish_file(struct out *out)
{
    int file = out->file;

    if (out->target != NULL && (injected() || fsync(file) != 0))
        return fail(out);
    out->file = -1;
    if (close(file) != 0 || injected())
        return fail(out);
    if (out->target == NULL)
        return true;
    if (injected() || rename(out->temporary, out->target) != 0)
        return fail(out);
    out_forget(out->temporary);
    memory_free(out->temporary);
    out->temporary = NULL;
    return true;
}

bool out_close(struct out *out, struct diags *diags)
{
    bool done = flush(out) && (out->sink != NULL || finish_file(out));

    if (!done && out_is_broken_pipe(out))
        done = true;
    else if (!done && out->sink == NULL)
        diag(diags, DIAG_FILE_WRITE, out->name, strerror(out->error), NULL);
    out_abandon(out);
    return done;
}

void out_abandon(struct out *out)
{
    if (out->temporary != NULL) {
        unlink(out->temporary);
        out_forget(out->temporary);
    }
    release(out);
}
