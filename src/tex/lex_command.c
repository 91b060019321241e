/* Commands of LaTeX, and what they take. */
#include "tex/lexer.h"

#include "base/name.h"
#include "base/word.h"
#include "tex/spelling.h"

#include <ctype.h>
#include <string.h>

typedef bool take_command(struct lex *lex, struct token *token, uint32_t length,
                          const char *what);

/* The letter under `\hat`: `\hat y`, `\hat{y}`, `\hat\theta`, `\hat{\theta}`; the same
   after `\mathcal`. */
static bool take_accent(struct lex *lex, struct token *token, uint32_t length,
                        const char *accent)
{
    uint32_t begin = lex->at;
    lex->at += length;
    lex_skip(lex);
    bool braces = lexer_at(lex, 0) == '{';
    if (braces) {
        lex->at++;
        lex_skip(lex);
    }
    struct token letter;
    if (!lex_single(lex, &letter))
        return false;
    bool vector = letter.kind == TOKEN_VECTOR;
    if (!vector && (letter.kind != TOKEN_NAME || strchr(letter.text, '{')))
        return diag_at(lex->diags, DIAG_NAME_ACCENT,
                       (struct place){lex->source, letter.span}, accent, (char *)NULL);
    if (braces)
        lex_skip(lex);
    if (braces && lexer_at(lex, 0) != '}')
        return lexer_refuse(lex, DIAG_NAME_ACCENT_LONG, lexer_character(lex));
    lex->at += braces;
    *token = (struct token){letter.kind,
                            {begin, lex->at},
                            vector ? letter.text : lexer_over(lex, accent, letter.text)};
    return true;
}

static bool is_vector_word(const char *text, size_t length)
{
    return length == 4 && memcmp(text, "diag", 4) == 0;
}

/* `\text{net}`, `\mathrm{net}`, `\text{o1}`, `\operatorname{tanh}` */
static bool take_upright(struct lex *lex, struct token *token, uint32_t length,
                         const char *what)
{
    uint32_t begin = lex->at;
    (void)what;
    lex->at += length;
    lex_skip(lex);
    bool braces = lexer_at(lex, 0) == '{';
    lex->at += braces;
    bool begins = lexer_is_letter(lexer_at(lex, 0));
    uint32_t count = braces && begins ? lex_letters_and_digits(lex) : begins;
    if (count == 0 || count > LEX_NAME_LENGTH || (braces && lexer_at(lex, count) != '}'))
        return lexer_refuse(lex, DIAG_NAME_WORD, lexer_character(lex));
    const char *text = arena_strndup(lex->arena, lexer_here(lex), count);
    enum token_kind kind = spelling_word(text, count)    ? TOKEN_FUNCTION
                           : is_vector_word(text, count) ? TOKEN_VECTOR
                                                         : TOKEN_NAME;
    lex->at += count + braces;
    *token = (struct token){kind, {begin, lex->at}, text};
    return true;
}

/* The bytes of `{…}` at the cursor, up to the end where it is never closed. */
static uint32_t group_length(const struct lex *lex)
{
    uint32_t depth = 0, n = 0;
    do {
        depth += lexer_at(lex, n) == '{';
        depth -= lexer_at(lex, n) == '}';
        n++;
    } while (depth > 0 && n < lex->end - lex->at);
    return n;
}

/* Moves over the group or the one token that a command takes; what stands in it. */
static bool skip_argument(struct lex *lex, struct span *inside)
{
    struct token token;
    lex_skip(lex);
    *inside = (struct span){lex->at, lex->at};
    if (lexer_at(lex, 0) == '{') {
        lex->at += group_length(lex);
        *inside = (struct span){inside->begin + 1, lex->at - 1};
        return true;
    }
    if (!lex_single(lex, &token))
        return false;
    inside->end = token.span.end;
    return true;
}

/* `\mathbf{W}`; but `\mathbf 1` and `\mathbb{I}` (those of the letters `what`) are 1
   where what follows holds. */
static bool take_bold(struct lex *lex, struct token *token, uint32_t length,
                      const char *what)
{
    uint32_t begin = lex->at;
    struct span inside;
    lex->at += length;
    if (!skip_argument(lex, &inside))
        return false;
    const char *text = lex->source->text + inside.begin;
    bool indicates = inside.end == inside.begin + 1 && strchr(what, text[0]);
    *token = (struct token){
        indicates ? TOKEN_INDICATOR : TOKEN_VECTOR,
        {begin, lex->at},
        arena_strndup(lex->arena, lex->source->text + begin, lex->at - begin)};
    return true;
}

static bool take_space(struct lex *lex, struct token *token, uint32_t length,
                       const char *what)
{
    uint32_t begin = lex->at;
    struct span inside;
    lex->at += length;
    if (lexer_at(lex, 0) == '*')
        lex->at++;
    if (!skip_argument(lex, &inside))
        return false;
    *token = (struct token){TOKEN_SPACE, {begin, lex->at}, what};
    return true;
}

/* The length of `|` or `\vert` at the cursor, or 0. */
static uint32_t bar_length(const struct lex *lex)
{
    static const char word[] = "\\vert";
    const uint32_t length = sizeof word - 1;
    for (uint32_t i = 0; i < length; i++)
        if (lexer_at(lex, i) != word[i])
            return lexer_at(lex, 0) == '|';
    return isalpha((unsigned char)lexer_at(lex, length)) ? 0 : length;
}

/* `\left(` and `\right)`; a dot stands for no bracket. */
static bool take_sized(struct lex *lex, struct token *token, uint32_t length,
                       const char *what)
{
    uint32_t begin = lex->at;
    lex->at += length;
    lex_skip(lex);
    uint32_t bar = bar_length(lex);
    const char *dot = lexer_at(lex, 0) == '.' ? "." : bar ? "|" : NULL;
    enum token_kind wanted = strcmp(what, "\\left") == 0 ? TOKEN_OPEN : TOKEN_CLOSE;
    if (dot)
        lexer_take(lex, token, bar ? bar : 1, wanted, dot);
    else if (!lex_next(lex, token))
        return false;
    if (token->kind != wanted && token->kind != TOKEN_VECTOR)
        return diag_at(lex->diags, DIAG_FORMULA_DELIMITER,
                       source_place(lex->source, begin, token->span.end), what,
                       (char *)NULL);
    token->span.begin = begin;
    return true;
}

static const struct taking {
    const char *name;
    take_command *take;
    const char *what;
} takings[] = {
    {"left", take_sized, "\\left"},
    {"right", take_sized, "\\right"},
    {"hat", take_accent, "\\hat"},
    {"widehat", take_accent, "\\hat"},
    {"bar", take_accent, "\\bar"},
    {"overline", take_accent, "\\bar"},
    {"tilde", take_accent, "\\tilde"},
    {"widetilde", take_accent, "\\tilde"},
    {"mathcal", take_accent, "\\mathcal"},
    {"mathscr", take_accent, "\\mathcal"},
    {"text", take_upright, ""},
    {"mathrm", take_upright, ""},
    {"textrm", take_upright, ""},
    {"textit", take_upright, ""},
    {"mathit", take_upright, ""},
    {"operatorname", take_upright, ""},
    {"mathbf", take_bold, "1"},
    {"boldsymbol", take_bold, "1"},
    {"bm", take_bold, "1"},
    {"pmb", take_bold, "1"},
    {"textbf", take_bold, "1"},
    {"bold", take_bold, "1"},
    {"mathbb", take_bold, "1I"},
    {"mathbbm", take_bold, "1I"},
    {"mathds", take_bold, "1I"},
    {"vec", take_bold, ""},
    {"overrightarrow", take_bold, ""},
    {"mathsf", take_bold, ""},
    {"hspace", take_space, ""},
};

static const struct taking *find_taking(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof takings / sizeof *takings; i++)
        if (word_is(takings[i].name, name, length))
            return &takings[i];
    return NULL;
}

/* With the nearest command that is known, if one is near. */
static bool refuse_command(struct lex *lex, uint32_t length)
{
    const char *name =
        arena_strndup(lex->arena, lexer_here(lex), length < 80 ? length : 80);
    const char *nearest = length > 2 ? spelling_nearest(name + 1) : NULL;
    if (!nearest)
        return lexer_refuse(lex, DIAG_FORMULA_COMMAND, length);
    struct buf hint;
    buf_init(&hint);
    buf_format(&hint, "\\%s", nearest);
    diag_at(lex->diags, DIAG_FORMULA_COMMAND_NEAR,
            source_place(lex->source, lex->at, lex->at + length), name, buf_peek(&hint),
            (char *)NULL);
    buf_clear(&hint);
    return false;
}

static bool take_argument(struct lex *lex, struct token *token, uint32_t length,
                          const struct taking *taking)
{
    if (lex->nested == LEX_NESTED)
        return lexer_refuse(lex, DIAG_FORMULA_COMMAND, length);
    lex->nested++;
    bool taken = taking->take(lex, token, length, taking->what);
    lex->nested--;
    return taken;
}

bool lexer_command(struct lex *lex, struct token *token)
{
    struct lex inner = *lex;
    inner.at++;
    uint32_t length = lexer_letters(&inner);
    if (length == 0)
        length = inner.at < inner.end ? lexer_character(&inner) : 0;
    const char *name = lexer_here(&inner);
    const struct taking *taking = find_taking(name, length);
    if (taking)
        return take_argument(lex, token, 1 + length, taking);
    const struct spelling *known = spelling_command(name, length);
    if (known)
        return lexer_take(lex, token, 1 + length, known->kind, known->text);
    if (name_greek_to_unicode(name - 1, 1 + length))
        return lexer_take(lex, token, 1 + length, TOKEN_NAME,
                          arena_strndup(lex->arena, name - 1, 1 + length));
    return refuse_command(lex, 1 + length);
}
