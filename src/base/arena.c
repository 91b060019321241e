#include "base/arena.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

struct arena_chunk {
    struct arena_chunk *older;
    size_t used, capacity;
    alignas(max_align_t) char storage[];
};

void arena_init(struct arena *arena)
{
    arena->newest = NULL;
}

void arena_clear(struct arena *arena)
{
    while (arena->newest != NULL) {
        struct arena_chunk *older = arena->newest->older;

        memory_free(arena->newest);
        arena->newest = older;
    }
}

/* Chunks double, so that few are needed however much is asked for. */
static struct arena_chunk *grow(struct arena *arena, size_t size)
{
    size_t capacity = FIRST_CHUNK;
    struct arena_chunk *chunk;

    if (arena->newest != NULL && arena->newest->capacity < LARGEST_CHUNK)
        capacity = 2 * arena->newest->capacity;
    else if (arena->newest != NULL)
        capacity = LARGEST_CHUNK;
    if (capacity < size)
        capacity = size;
    chunk = memory_alloc(sizeof *chunk + capacity);
    chunk->older = arena->newest;
    chunk->used = 0;
    chunk->capacity = capacity;
    arena->newest = chunk;
    return chunk;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    struct arena_chunk *chunk = arena->newest;
    size_t rounded;
    void *block;

    if (size > PTRDIFF_MAX - 2 * align)
        return memory_array(NULL, size, SIZE_MAX); /* overflows, so it never returns */
    rounded = (size + align - 1) / align * align;
    if (chunk == NULL || chunk->capacity - chunk->used < rounded)
        chunk = grow(arena, rounded);
    block = chunk->storage + chunk->used;
    chunk->used += rounded;
    memset(block, 0, rounded);
    return block;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return arena_alloc(arena, SIZE_MAX);
    return arena_alloc(arena, count * size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);

    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}
