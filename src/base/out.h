/* Checked output: to standard output, to a file that appears whole or not at all, or to a
   callback. */
#ifndef GRADTEX_BASE_OUT_H
#define GRADTEX_BASE_OUT_H

#include <stdbool.h>
#include <stddef.h>

struct diags;

/* Takes bytes; false stops the writing (the callback has recorded why). */
typedef bool out_sink(void *context, const char *bytes, size_t length);

struct out;

struct out *out_to_sink(out_sink *sink, void *context);
/* Standard output, with a block buffer. */
struct out *out_to_stdout(void);
/* A regular file is written under a temporary name beside it and renamed when closed; a
   device, FIFO or other special file is written through; a symbolic link keeps pointing
   where it did. NULL with a diagnostic if it cannot be opened. */
struct out *out_to_file(const char *path, struct diags *diags);

/* False once anything failed; later writes are then ignored. */
bool out_bytes(struct out *out, const char *bytes, size_t length);
bool out_text(struct out *out, const char *text);
/* The reader of the pipe went away: to stop quietly is right. */
bool out_is_broken_pipe(const struct out *out);
/* Flushes, syncs and renames; frees `out`. False with a diagnostic if anything failed on
   the way; then an old file is untouched. A broken pipe is no failure. */
bool out_close(struct out *out, struct diags *diags);
/* Gives up: removes the temporary file, frees `out`. */
void out_abandon(struct out *out);

/* Another temporary file, or a folder of them, that the next function removes until it is
   forgotten; the path stays the caller's. */
void out_remember(char *temporary);
void out_forget(char *temporary);
/* Removes the temporary files of this process, then their folders; safe in a signal
   handler. */
void out_remove_temporaries(void);
/* For tests: the k-th write, close, fsync or rename from now on fails (k >= 1); 0 turns
   this off. */
void out_fail_at(unsigned long k);

#endif
