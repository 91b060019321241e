/* The bytes of a file. */
#ifndef GRADTEX_BASE_FILE_H
#define GRADTEX_BASE_FILE_H

#include "base/buf.h"
#include "base/diag.h"

/* Appends what an open file holds, to its end or to one byte beyond SOURCE_LIMIT. An
   errno, or 0. */
int file_read(int file, struct buf *bytes);

/* Appends a whole file or pipe, of at most SOURCE_LIMIT bytes. Nothing is waited for: a
   pipe that nobody writes to is empty. False with a diagnostic at `place` if it cannot be
   opened or read, or is a folder or device (5), or is too long (6). */
bool file_load(struct buf *bytes, const char *path, struct place place,
               struct diags *diags);

#endif
