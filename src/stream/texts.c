#include "stream/texts.h"

#include "base/memory.h"

enum { CAPACITY = 1 << 16, MOST = CAPACITY / 2, BYTES = 3 << 20 };

static void forget(struct texts *texts)
{
    for (size_t i = 0; i < CAPACITY; i++)
        texts->entries[i].a = -1;
    texts->count = 0;
    buf_truncate(&texts->bytes, 0);
}

void texts_init(struct texts *texts)
{
    texts->entries = memory_array(NULL, CAPACITY, sizeof *texts->entries);
    buf_init(&texts->bytes);
    forget(texts);
}

void texts_clear(struct texts *texts)
{
    memory_free(texts->entries);
    buf_clear(&texts->bytes);
}

static size_t first_place(int64_t a, int64_t b)
{
    uint64_t key = (uint64_t)a * UINT64_C(0x9e3779b97f4a7c15) ^
                   (uint64_t)b * UINT64_C(0xc2b2ae3d27d4eb4f);

    return (size_t)((key ^ key >> 32) * UINT64_C(0x9e3779b97f4a7c15) >> 48) &
           (CAPACITY - 1);
}

static struct texts_entry *find(const struct texts *texts, int64_t a, int64_t b)
{
    size_t at = first_place(a, b);

    while (texts->entries[at].a != -1 &&
           (texts->entries[at].a != a || texts->entries[at].b != b))
        at = (at + 1) & (CAPACITY - 1);
    return &texts->entries[at];
}

const char *texts_find(const struct texts *texts, int64_t a, int64_t b, size_t *length)
{
    const struct texts_entry *entry = find(texts, a, b);

    if (entry->a == -1)
        return NULL;
    *length = entry->length;
    return buf_peek(&texts->bytes) + entry->begin;
}

const char *texts_add(struct texts *texts, int64_t a, int64_t b, const struct buf *text)
{
    struct texts_entry *entry;

    if (texts->count == MOST ||
        (texts->bytes.length > 0 && texts->bytes.length + text->length > BYTES))
        forget(texts);
    entry = find(texts, a, b);
    *entry =
        (struct texts_entry){a, b, (uint32_t)texts->bytes.length, (uint32_t)text->length};
    texts->count++;
    buf_bytes(&texts->bytes, buf_peek(text), text->length);
    return buf_peek(&texts->bytes) + entry->begin;
}
