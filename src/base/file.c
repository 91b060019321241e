#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_BLOCK = 1 << 16 };

int file_read(int file, struct buf *bytes)
{
    while (bytes->length <= SOURCE_LIMIT) {
        ssize_t got;

        buf_reserve(bytes, READ_BLOCK);
        got = read(file, bytes->data + bytes->length, READ_BLOCK);
        if (got == 0)
            return 0;
        if (got < 0 && errno != EINTR)
            return errno;
        if (got > 0)
            bytes->length += (size_t)got;
        bytes->data[bytes->length] = '\0';
    }
    return 0;
}

/* Opened without waiting for somebody at the other end of a pipe; read as usual. */
static int open_now(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (file >= 0)
        fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK);
    return file;
}

static bool load(struct buf *bytes, int file, const char *path, struct place place,
                 struct diags *diags)
{
    struct stat status;
    int error = fstat(file, &status) != 0 ? errno : 0;

    if (error == 0 && !S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode))
        return diag_at(diags, DIAG_FILE_KIND, place, path, NULL);
    if (error == 0)
        error = file_read(file, bytes);
    if (error != 0)
        return diag_at(diags, DIAG_FILE_READ, place, path, strerror(error), NULL);
    return bytes->length <= SOURCE_LIMIT ||
           diag_at(diags, DIAG_SOURCE_TOO_LONG, place, path, NULL);
}

bool file_load(struct buf *bytes, const char *path, struct place place,
               struct diags *diags)
{
    int file = open_now(path);
    bool good;

    if (file < 0)
        return diag_at(diags, DIAG_FILE_OPEN, place, path, strerror(errno), NULL);
    good = load(bytes, file, path, place, diags);
    close(file);
    return good;
}
