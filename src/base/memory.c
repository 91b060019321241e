#include "base/memory.h"

#include <flint/flint.h>
#include <gmp.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(void)
{
    fputs("gradtex: out of memory\n", stderr);
    abort();
}

static void (*_Atomic out_of_memory)(void) = die;
static atomic_ulong fail_countdown;

static void fail(void)
{
    void (*handler)(void) = atomic_load(&out_of_memory);

    handler();
    abort();
}

static void count_down(void)
{
    unsigned long left = atomic_load_explicit(&fail_countdown, memory_order_relaxed);

    if (left == 0)
        return;
    if (atomic_fetch_sub(&fail_countdown, 1) == 1)
        fail();
}

static size_t product(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        fail();
    return count * size;
}

void *memory_realloc(void *old, size_t size)
{
    void *block;

    count_down();
    block = realloc(old, size == 0 ? 1 : size);
    if (block == NULL)
        fail();
    return block;
}

void *memory_alloc(size_t size)
{
    return memory_realloc(NULL, size);
}

void *memory_zeroed(size_t count, size_t size)
{
    void *block;

    count_down();
    block = calloc(count == 0 ? 1 : count, size == 0 ? 1 : size);
    if (block == NULL)
        fail();
    return block;
}

void *memory_array(void *old, size_t count, size_t size)
{
    return memory_realloc(old, product(count, size));
}

char *memory_strndup(const char *text, size_t length)
{
    char *copy = memory_alloc(length + 1);

    if (length > 0)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *memory_strdup(const char *text)
{
    return memory_strndup(text, strlen(text));
}

void memory_free(void *block)
{
    free(block);
}

static void *gmp_realloc(void *old, size_t old_size, size_t new_size)
{
    (void)old_size;
    return memory_realloc(old, new_size);
}

static void gmp_free(void *block, size_t size)
{
    (void)size;
    memory_free(block);
}

void memory_install(void)
{
    mp_set_memory_functions(memory_alloc, gmp_realloc, gmp_free);
    __flint_set_memory_functions(memory_alloc, memory_zeroed, memory_realloc,
                                 memory_free);
}

void memory_set_handler(void (*handler)(void))
{
    atomic_store(&out_of_memory, handler != NULL ? handler : die);
}

void memory_fail_at(unsigned long k)
{
    atomic_store(&fail_countdown, k);
}
