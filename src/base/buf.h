/* A growing text, always terminated by a NUL that `length` does not count. */
#ifndef GRADTEX_BASE_BUF_H
#define GRADTEX_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data;
    size_t length, capacity;
};

void buf_init(struct buf *buf);
void buf_clear(struct buf *buf);
/* Forgets the text from `length` on and keeps the storage. */
void buf_truncate(struct buf *buf, size_t length);
void buf_reserve(struct buf *buf, size_t more);
void buf_char(struct buf *buf, char c);
void buf_long(struct buf *buf, long value); /* in decimal */
void buf_text(struct buf *buf, const char *text);
void buf_bytes(struct buf *buf, const char *bytes, size_t length);
void buf_format(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));
/* Hands the text to the caller, who frees it with memory_free; the buffer is empty
   again. */
char *buf_take(struct buf *buf);
const char *buf_peek(const struct buf *buf);

#endif
