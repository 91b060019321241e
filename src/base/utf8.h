/* UTF-8, strictly: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
#ifndef GRADTEX_BASE_UTF8_H
#define GRADTEX_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the character at the start of the text, 0 if there is none or it is malformed.
   The code point is stored unless `point` is NULL. */
size_t utf8_read(const char *text, size_t length, uint32_t *point);
/* A character that a terminal would act on, or that hides or reorders text. */
bool utf8_is_control(uint32_t point);
/* Columns of a terminal: 0 for combining marks, 2 for wide characters, else 1. */
unsigned utf8_width(uint32_t point);

#endif
