#include "tex/lexer.h"

#include "base/name.h"
#include "base/number.h"
#include "tex/spelling.h"

#include <string.h>

bool lexer_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

const char *lexer_here(const struct lex *lex)
{
    return lex->source->text + lex->at;
}

char lexer_at(const struct lex *lex, uint32_t ahead)
{
    return ahead < lex->end - lex->at ? lexer_here(lex)[ahead] : '\0';
}

uint32_t lexer_character(const struct lex *lex)
{
    unsigned char c = (unsigned char)lexer_at(lex, 0);
    uint32_t length = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    return length <= lex->end - lex->at ? length : lex->end - lex->at;
}

static struct place place_of(const struct lex *lex, uint32_t length)
{
    return source_place(lex->source, lex->at, lex->at + length);
}

bool lexer_refuse(struct lex *lex, enum diag_code code, uint32_t length)
{
    char *text = arena_strndup(lex->arena, lexer_here(lex), length < 80 ? length : 80);
    return diag_at(lex->diags, code, place_of(lex, length), text, (char *)NULL);
}

static void skip_comment(struct lex *lex)
{
    while (lex->at < lex->end && lexer_at(lex, 0) != '\n' && lexer_at(lex, 0) != '\r')
        lex->at++;
}

void lex_skip(struct lex *lex)
{
    while (lex->at < lex->end) {
        char c = lexer_at(lex, 0);
        if (lex->comment && c == lex->comment)
            skip_comment(lex);
        else if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            lex->at++;
        else
            return;
    }
}

bool lexer_take(struct lex *lex, struct token *token, uint32_t length,
                enum token_kind kind, const char *text)
{
    *token = (struct token){kind, {lex->at, lex->at + length}, text};
    lex->at += length;
    return true;
}

uint32_t lexer_letters(const struct lex *lex)
{
    uint32_t n = 0;
    while (lexer_is_letter(lexer_at(lex, n)))
        n++;
    return n;
}

uint32_t lex_digits(const struct lex *lex)
{
    uint32_t n = 0;
    while (is_digit(lexer_at(lex, n)))
        n++;
    return n;
}

uint32_t lex_letters_and_digits(const struct lex *lex)
{
    uint32_t n = 0;
    while (is_digit(lexer_at(lex, n)) || lexer_is_letter(lexer_at(lex, n)))
        n++;
    return n;
}

/* The keyword at the cursor, which may have hyphens, or NULL. */
static const char *find_keyword(const struct lex *lex)
{
    uint32_t n = 0;
    while (lexer_is_letter(lexer_at(lex, n)) ||
           (lexer_at(lex, n) == '-' && lexer_is_letter(lexer_at(lex, n + 1))))
        n++;
    return spelling_keyword(lexer_here(lex), n);
}

/* The accent that follows a letter as a combining character, or NULL. */
static const char *combining_accent(const struct lex *lex, uint32_t after)
{
    static const char *const accents[][2] = {
        {"\xcc\x82", "\\hat"}, {"\xcc\x83", "\\tilde"}, {"\xcc\x84", "\\bar"}};
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (lexer_at(lex, after) == accents[i][0][0] &&
            lexer_at(lex, after + 1) == accents[i][0][1])
            return accents[i][1];
    return NULL;
}

const char *lexer_over(struct lex *lex, const char *accent, const char *letter)
{
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%s{%s}", accent, letter);
    const char *copy = arena_strndup(lex->arena, text.data, text.length);
    buf_clear(&text);
    return copy;
}

static bool take_accented(struct lex *lex, struct token *token, uint32_t length,
                          const char *letter)
{
    const char *accent = combining_accent(lex, length);
    if (accent)
        return lexer_take(lex, token, length + 2, TOKEN_NAME,
                          lexer_over(lex, accent, letter));
    return lexer_take(lex, token, length, TOKEN_NAME, letter);
}

static bool take_letters(struct lex *lex, struct token *token)
{
    uint32_t length = lexer_letters(lex);
    if (length > LEX_NAME_LENGTH)
        return lexer_refuse(lex, DIAG_NAME_TOO_LONG, length);
    const char *keyword = find_keyword(lex);
    if (keyword)
        return lexer_take(lex, token, (uint32_t)strlen(keyword), TOKEN_KEYWORD, keyword);
    const char *word = spelling_word(lexer_here(lex), length);
    if (word)
        return lexer_take(lex, token, length, TOKEN_FUNCTION, word);
    if (length > 1 && combining_accent(lex, length))
        length--; /* the accent belongs to the last letter alone */
    return take_accented(lex, token, length,
                         arena_strndup(lex->arena, lexer_here(lex), length));
}

/* All of them are beyond ASCII. */
static const struct spelling *script_here(const struct lex *lex)
{
    if ((unsigned char)lexer_at(lex, 0) < 0x80)
        return NULL;
    return spelling_script(lexer_here(lex), lexer_character(lex));
}

static bool take_scripts(struct lex *lex, struct token *token, enum token_kind kind)
{
    uint32_t begin = lex->at;
    struct buf text;
    buf_init(&text);
    const struct spelling *one = script_here(lex);
    while (lex->at < lex->end && one && one->kind == kind) {
        buf_text(&text, one->text);
        lex->at += lexer_character(lex);
        one = lex->at < lex->end ? script_here(lex) : NULL;
    }
    *token = (struct token){
        kind, {begin, lex->at}, arena_strndup(lex->arena, buf_peek(&text), text.length)};
    buf_clear(&text);
    return true;
}

static bool starts_with(const struct lex *lex, const char *text)
{
    size_t length = strlen(text);
    return lex->end - lex->at >= length && memcmp(lexer_here(lex), text, length) == 0;
}

static bool take_character(struct lex *lex, struct token *token)
{
    if (starts_with(lex, "..."))
        return lexer_take(lex, token, 3, TOKEN_DOTS, "...");
    uint32_t length = lexer_character(lex);
    const struct spelling *known = spelling_character(lexer_here(lex), length);
    if (known)
        return lexer_take(lex, token, length, known->kind, known->text);
    const struct spelling *script = script_here(lex);
    if (script)
        return take_scripts(lex, token, script->kind);
    const char *greek = name_greek_from_unicode(lexer_here(lex), length);
    if (greek)
        return take_accented(lex, token, length, greek);
    return lexer_refuse(lex, DIAG_FORMULA_CHARACTER, length);
}

static bool next_or_space(struct lex *lex, struct token *token)
{
    lex_skip(lex);
    if (lex->at >= lex->end)
        return lexer_take(lex, token, 0, TOKEN_END, "");
    size_t digits = number_span(lexer_here(lex), lex->end - lex->at);
    if (digits > 0)
        return lexer_take(lex, token, (uint32_t)digits, TOKEN_NUMBER,
                          arena_strndup(lex->arena, lexer_here(lex), digits));
    if (lexer_is_letter(lexer_at(lex, 0)))
        return take_letters(lex, token);
    if (lexer_at(lex, 0) == '\\')
        return lexer_command(lex, token);
    return take_character(lex, token);
}

bool lex_at_prime(struct lex *lex)
{
    lex_skip(lex);
    switch (lexer_at(lex, 0)) {
    case '\'':
        return true;
    case '\\':
        return starts_with(lex, "\\prime");
    default:
        return starts_with(lex, "′");
    }
}

bool lex_at_script(struct lex *lex)
{
    if (lex_at_prime(lex))
        return true;
    char c = lexer_at(lex, 0);
    return c == '_' || c == '^' || (lex->at < lex->end && script_here(lex));
}

bool lex_next(struct lex *lex, struct token *token)
{
    do {
        if (!next_or_space(lex, token))
            return false;
    } while (token->kind == TOKEN_SPACE);
    return true;
}

bool lex_single(struct lex *lex, struct token *token)
{
    lex_skip(lex);
    if (!lexer_is_letter(lexer_at(lex, 0)) && !is_digit(lexer_at(lex, 0)))
        return lex_next(lex, token);
    enum token_kind kind = is_digit(lexer_at(lex, 0)) ? TOKEN_NUMBER : TOKEN_NAME;
    return lexer_take(lex, token, 1, kind, arena_strndup(lex->arena, lexer_here(lex), 1));
}
