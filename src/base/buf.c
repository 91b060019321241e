#include "base/buf.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void buf_init(struct buf *buf)
{
    buf->data = NULL;
    buf->length = 0;
    buf->capacity = 0;
}

void buf_clear(struct buf *buf)
{
    memory_free(buf->data);
    buf_init(buf);
}

void buf_truncate(struct buf *buf, size_t length)
{
    if (length >= buf->length)
        return;
    buf->length = length;
    buf->data[length] = '\0';
}

void buf_reserve(struct buf *buf, size_t more)
{
    size_t needed = more < SIZE_MAX - buf->length ? buf->length + more + 1 : SIZE_MAX;
    size_t capacity = buf->capacity < 32 ? 32 : buf->capacity;

    if (needed <= buf->capacity)
        return;
    while (capacity < needed)
        capacity = capacity > SIZE_MAX / 2 ? SIZE_MAX : 2 * capacity;
    buf->data = memory_realloc(buf->data, capacity);
    buf->capacity = capacity;
    buf->data[buf->length] = '\0';
}

void buf_bytes(struct buf *buf, const char *bytes, size_t length)
{
    if (length == 0)
        return;
    buf_reserve(buf, length);
    memcpy(buf->data + buf->length, bytes, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
}

void buf_char(struct buf *buf, char c)
{
    buf_bytes(buf, &c, 1);
}

void buf_long(struct buf *buf, long value)
{
    char digits[24], *first = digits + sizeof digits;
    unsigned long rest = value < 0 ? 0 - (unsigned long)value : (unsigned long)value;

    do
        *--first = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        *--first = '-';
    buf_bytes(buf, first, (size_t)(digits + sizeof digits - first));
}

void buf_text(struct buf *buf, const char *text)
{
    buf_bytes(buf, text, strlen(text));
}

void buf_format(struct buf *buf, const char *format, ...)
{
    enum { LIKELY = 32 };
    va_list arguments, again;
    int length;

    buf_reserve(buf, LIKELY);
    va_start(arguments, format);
    va_copy(again, arguments);
    size_t room = buf->capacity - buf->length;
    length = vsnprintf(buf->data + buf->length, room, format, arguments);
    if (length >= 0 && (size_t)length >= room) {
        buf_reserve(buf, (size_t)length);
        vsnprintf(buf->data + buf->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    va_end(arguments);
    if (length > 0)
        buf->length += (size_t)length;
    buf->data[buf->length] = '\0';
}

char *buf_take(struct buf *buf)
{
    char *data = buf->data != NULL ? buf->data : memory_strdup("");

    buf_init(buf);
    return data;
}

const char *buf_peek(const struct buf *buf)
{
    return buf->data != NULL ? buf->data : "";
}
