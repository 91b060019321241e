/* The inside of the lexer: for the files lex*.c alone. */
#ifndef GRADTEX_TEX_LEXER_H
#define GRADTEX_TEX_LEXER_H

#include "tex/lex.h"

/* The text at the cursor, and the byte `ahead` of it; '\0' beyond the end. */
const char *lexer_here(const struct lex *lex);
char lexer_at(const struct lex *lex, uint32_t ahead);
bool lexer_is_letter(char c);
uint32_t lexer_letters(const struct lex *lex);
/* Bytes of the character at the cursor, which is inside valid UTF-8. */
uint32_t lexer_character(const struct lex *lex);
/* Always false. */
bool lexer_refuse(struct lex *lex, enum diag_code code, uint32_t length);
/* Makes the next `length` bytes a token. Always true. */
bool lexer_take(struct lex *lex, struct token *token, uint32_t length,
                enum token_kind kind, const char *text);
/* `\hat{y}` of `\hat` and `y`. */
const char *lexer_over(struct lex *lex, const char *accent, const char *letter);
/* The token that begins with the backslash at the cursor. */
bool lexer_command(struct lex *lex, struct token *token);

#endif
