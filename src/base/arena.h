/* Storage that dies together. */
#ifndef GRADTEX_BASE_ARENA_H
#define GRADTEX_BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *newest;
};

void arena_init(struct arena *arena);
void arena_clear(struct arena *arena);
/* Zeroed storage, aligned for any type, that lives until arena_clear. */
void *arena_alloc(struct arena *arena, size_t size);
/* As arena_alloc(count * size), with the product checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);
char *arena_strndup(struct arena *arena, const char *text, size_t length);

#endif
