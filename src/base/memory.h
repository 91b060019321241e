/* Memory that never answers NULL: when it runs out, one handler is called, which must not
   return. */
#ifndef GRADTEX_BASE_MEMORY_H
#define GRADTEX_BASE_MEMORY_H

#include <stddef.h>

void *memory_alloc(size_t size);
void *memory_zeroed(size_t count, size_t size);
void *memory_realloc(void *old, size_t size);
/* Grows an array to hold `count` elements; count * size is checked against overflow. */
void *memory_array(void *old, size_t count, size_t size);
char *memory_strdup(const char *text);
char *memory_strndup(const char *text, size_t length);
void memory_free(void *block);

/* Makes GMP and FLINT allocate here too. Call once, before any other call of either. */
void memory_install(void);

/* What happens when memory runs out; the default prints one line and aborts. */
void memory_set_handler(void (*handler)(void));

/* For tests: the k-th allocation from now on fails (k >= 1); 0 turns this off. */
void memory_fail_at(unsigned long k);

#endif
