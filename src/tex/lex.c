#include "tex/lex.h"

#include "base/name.h"
#include "base/number.h"

#include <string.h>

struct spelling {
    const char *name;
    enum token_kind kind;
    const char *text;
};

static const struct spelling commands[] = {
    {"frac", TOKEN_FRACTION, "\\frac"},
    {"dfrac", TOKEN_FRACTION, "\\frac"},
    {"tfrac", TOKEN_FRACTION, "\\frac"},
    {"over", TOKEN_OVER, "\\over"},
    {"sum", TOKEN_BIG, "\\sum"},
    {"prod", TOKEN_BIG, "\\prod"},
    {"cdot", TOKEN_TIMES, "\\cdot"},
    {"times", TOKEN_TIMES, "\\times"},
    {"partial", TOKEN_NAME, "\\partial"},
    {"prime", TOKEN_PRIME, "'"},
    {"lvert", TOKEN_OPEN, "|"},
    {"rvert", TOKEN_CLOSE, "|"},
    {"{", TOKEN_OPEN, "\\{"},
    {"}", TOKEN_CLOSE, "\\}"},
    {"lbrace", TOKEN_OPEN, "\\{"},
    {"rbrace", TOKEN_CLOSE, "\\}"},
    {"neq", TOKEN_RELATION, "\\neq"},
    {"ne", TOKEN_RELATION, "\\neq"},
    {"le", TOKEN_RELATION, "\\le"},
    {"leq", TOKEN_RELATION, "\\le"},
    {"ge", TOKEN_RELATION, "\\ge"},
    {"geq", TOKEN_RELATION, "\\ge"},
    {"in", TOKEN_RELATION, "\\in"},
    {"to", TOKEN_RELATION, "\\to"},
    {"approx", TOKEN_RELATION, "\\approx"},
    {"exp", TOKEN_FUNCTION, "exp"},
    {"ln", TOKEN_FUNCTION, "ln"},
    {"log", TOKEN_FUNCTION, "log"},
    {"max", TOKEN_FUNCTION, "max"},
    {"min", TOKEN_FUNCTION, "min"},
    {"sin", TOKEN_FUNCTION, "sin"},
    {"cos", TOKEN_FUNCTION, "cos"},
    {"tanh", TOKEN_FUNCTION, "tanh"},
    {"sqrt", TOKEN_FUNCTION, "sqrt"},
    {",", TOKEN_SPACE, ""},
    {";", TOKEN_SPACE, ""},
    {":", TOKEN_SPACE, ""},
    {"!", TOKEN_SPACE, ""},
    {" ", TOKEN_SPACE, ""},
    {"quad", TOKEN_SPACE, ""},
    {"qquad", TOKEN_SPACE, ""},
    {"limits", TOKEN_SPACE, ""},
    {"nolimits", TOKEN_SPACE, ""},
    {"displaystyle", TOKEN_SPACE, ""},
    {"textstyle", TOKEN_SPACE, ""},
    {"big", TOKEN_SPACE, ""},
    {"Big", TOKEN_SPACE, ""},
    {"bigg", TOKEN_SPACE, ""},
    {"Bigg", TOKEN_SPACE, ""},
    {"bigl", TOKEN_SPACE, ""},
    {"bigr", TOKEN_SPACE, ""},
    {"Bigl", TOKEN_SPACE, ""},
    {"Bigr", TOKEN_SPACE, ""},
    {"biggl", TOKEN_SPACE, ""},
    {"biggr", TOKEN_SPACE, ""},
    {"Biggl", TOKEN_SPACE, ""},
    {"Biggr", TOKEN_SPACE, ""},
};

static const struct spelling characters[] = {
    {"â", TOKEN_NAME, "\\hat{a}"},
    {"ê", TOKEN_NAME, "\\hat{e}"},
    {"ĥ", TOKEN_NAME, "\\hat{h}"},
    {"î", TOKEN_NAME, "\\hat{i}"},
    {"ô", TOKEN_NAME, "\\hat{o}"},
    {"û", TOKEN_NAME, "\\hat{u}"},
    {"ŵ", TOKEN_NAME, "\\hat{w}"},
    {"ŷ", TOKEN_NAME, "\\hat{y}"},
    {"ẑ", TOKEN_NAME, "\\hat{z}"},
    {"(", TOKEN_OPEN, "("},
    {")", TOKEN_CLOSE, ")"},
    {"[", TOKEN_OPEN, "["},
    {"]", TOKEN_CLOSE, "]"},
    {"{", TOKEN_OPEN, "{"},
    {"}", TOKEN_CLOSE, "}"},
    {"+", TOKEN_PLUS, "+"},
    {"-", TOKEN_MINUS, "-"},
    {"*", TOKEN_TIMES, "*"},
    {"/", TOKEN_SLASH, "/"},
    {",", TOKEN_COMMA, ","},
    {"=", TOKEN_RELATION, "="},
    {":", TOKEN_RELATION, ":"},
    {"|", TOKEN_BAR, "|"},
    {"_", TOKEN_SUB, "_"},
    {"^", TOKEN_SUP, "^"},
    {"'", TOKEN_PRIME, "'"},
    {"~", TOKEN_SPACE, ""},
    {"·", TOKEN_TIMES, "*"},
    {"⋅", TOKEN_TIMES, "*"},
    {"×", TOKEN_TIMES, "*"},
    {"−", TOKEN_MINUS, "-"},
    {"∂", TOKEN_NAME, "\\partial"},
    {"∑", TOKEN_BIG, "\\sum"},
    {"∏", TOKEN_BIG, "\\prod"},
    {"′", TOKEN_PRIME, "'"},
    {"≠", TOKEN_RELATION, "\\neq"},
    {"≤", TOKEN_RELATION, "\\le"},
    {"≥", TOKEN_RELATION, "\\ge"},
    {"∈", TOKEN_RELATION, "\\in"},
    {"→", TOKEN_RELATION, "\\to"},
    {"≈", TOKEN_RELATION, "\\approx"},
    {"√", TOKEN_FUNCTION, "sqrt"},
};

static const char *const words[] = {"tanh", "sigmoid", "relu", "softplus", "softmax",
                                    "exp",  "ln",      "log",  "sqrt",     "abs",
                                    "max",  "min",     "sin",  "cos"};

static const char *const keywords[] = {"half-squares",  "squares",
                                       "mean-squares",  "weight-decay",
                                       "cross-entropy", "binary-cross-entropy"};

static const struct spelling scripts[] = {
    {"₀", TOKEN_SUBS, "0"}, {"₁", TOKEN_SUBS, "1"}, {"₂", TOKEN_SUBS, "2"},
    {"₃", TOKEN_SUBS, "3"}, {"₄", TOKEN_SUBS, "4"}, {"₅", TOKEN_SUBS, "5"},
    {"₆", TOKEN_SUBS, "6"}, {"₇", TOKEN_SUBS, "7"}, {"₈", TOKEN_SUBS, "8"},
    {"₉", TOKEN_SUBS, "9"}, {"₊", TOKEN_SUBS, "+"}, {"₋", TOKEN_SUBS, "-"},
    {"ₐ", TOKEN_SUBS, "a"}, {"ₑ", TOKEN_SUBS, "e"}, {"ₕ", TOKEN_SUBS, "h"},
    {"ᵢ", TOKEN_SUBS, "i"}, {"ⱼ", TOKEN_SUBS, "j"}, {"ₖ", TOKEN_SUBS, "k"},
    {"ₗ", TOKEN_SUBS, "l"}, {"ₘ", TOKEN_SUBS, "m"}, {"ₙ", TOKEN_SUBS, "n"},
    {"ₒ", TOKEN_SUBS, "o"}, {"ₚ", TOKEN_SUBS, "p"}, {"ᵣ", TOKEN_SUBS, "r"},
    {"ₛ", TOKEN_SUBS, "s"}, {"ₜ", TOKEN_SUBS, "t"}, {"ᵤ", TOKEN_SUBS, "u"},
    {"ᵥ", TOKEN_SUBS, "v"}, {"ₓ", TOKEN_SUBS, "x"}, {"⁰", TOKEN_SUPS, "0"},
    {"¹", TOKEN_SUPS, "1"}, {"²", TOKEN_SUPS, "2"}, {"³", TOKEN_SUPS, "3"},
    {"⁴", TOKEN_SUPS, "4"}, {"⁵", TOKEN_SUPS, "5"}, {"⁶", TOKEN_SUPS, "6"},
    {"⁷", TOKEN_SUPS, "7"}, {"⁸", TOKEN_SUPS, "8"}, {"⁹", TOKEN_SUPS, "9"},
    {"⁺", TOKEN_SUPS, "+"}, {"⁻", TOKEN_SUPS, "-"}, {"ᵃ", TOKEN_SUPS, "a"},
    {"ᵇ", TOKEN_SUPS, "b"}, {"ᶜ", TOKEN_SUPS, "c"}, {"ᵈ", TOKEN_SUPS, "d"},
    {"ᵉ", TOKEN_SUPS, "e"}, {"ᶠ", TOKEN_SUPS, "f"}, {"ᵍ", TOKEN_SUPS, "g"},
    {"ʰ", TOKEN_SUPS, "h"}, {"ⁱ", TOKEN_SUPS, "i"}, {"ʲ", TOKEN_SUPS, "j"},
    {"ᵏ", TOKEN_SUPS, "k"}, {"ˡ", TOKEN_SUPS, "l"}, {"ᵐ", TOKEN_SUPS, "m"},
    {"ⁿ", TOKEN_SUPS, "n"}, {"ᵒ", TOKEN_SUPS, "o"}, {"ᵖ", TOKEN_SUPS, "p"},
    {"ʳ", TOKEN_SUPS, "r"}, {"ˢ", TOKEN_SUPS, "s"}, {"ᵗ", TOKEN_SUPS, "t"},
    {"ᵘ", TOKEN_SUPS, "u"}, {"ᵛ", TOKEN_SUPS, "v"}, {"ʷ", TOKEN_SUPS, "w"},
    {"ˣ", TOKEN_SUPS, "x"}, {"ʸ", TOKEN_SUPS, "y"}, {"ᶻ", TOKEN_SUPS, "z"},
    {"ᴸ", TOKEN_SUPS, "L"}, {"ᴺ", TOKEN_SUPS, "N"}, {"ᵀ", TOKEN_SUPS, "T"},
    {"₍", TOKEN_SUBS, "("}, {"₎", TOKEN_SUBS, ")"}, {"⁽", TOKEN_SUPS, "("},
    {"⁾", TOKEN_SUPS, ")"},
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *here(const struct lex *lex)
{
    return lex->source->text + lex->at;
}

static char at(const struct lex *lex, uint32_t ahead)
{
    return ahead < lex->end - lex->at ? here(lex)[ahead] : '\0';
}

/* Bytes of the character at the cursor, which is inside valid UTF-8. */
static uint32_t character_length(const struct lex *lex)
{
    unsigned char c = (unsigned char)at(lex, 0);
    uint32_t length = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    return length <= lex->end - lex->at ? length : lex->end - lex->at;
}

static struct place place_of(const struct lex *lex, uint32_t length)
{
    return source_place(lex->source, lex->at, lex->at + length);
}

static bool refuse(struct lex *lex, enum diag_code code, uint32_t length)
{
    char *text = arena_strndup(lex->arena, here(lex), length < 80 ? length : 80);
    return diag_at(lex->diags, code, place_of(lex, length), text, (char *)NULL);
}

static void skip_comment(struct lex *lex)
{
    while (lex->at < lex->end && at(lex, 0) != '\n' && at(lex, 0) != '\r')
        lex->at++;
}

void lex_skip(struct lex *lex)
{
    while (lex->at < lex->end) {
        char c = at(lex, 0);
        if (lex->comment && c == lex->comment)
            skip_comment(lex);
        else if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            lex->at++;
        else
            return;
    }
}

/* Makes the next `length` bytes a token. */
static bool take(struct lex *lex, struct token *token, uint32_t length, struct token what)
{
    token->kind = what.kind;
    token->text = what.text;
    token->span.begin = lex->at;
    token->span.end = lex->at + length;
    lex->at += length;
    return true;
}

static const struct spelling *find(const struct spelling *table, size_t count,
                                   const char *text, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(table[i].name) == length && memcmp(table[i].name, text, length) == 0)
            return &table[i];
    return NULL;
}

static uint32_t run_of_letters(const struct lex *lex)
{
    uint32_t n = 0;
    while (is_letter(at(lex, n)))
        n++;
    return n;
}

uint32_t lex_digits(const struct lex *lex)
{
    uint32_t n = 0;
    while (is_digit(at(lex, n)))
        n++;
    return n;
}

uint32_t lex_letters_and_digits(const struct lex *lex)
{
    uint32_t n = 0;
    while (is_digit(at(lex, n)) || is_letter(at(lex, n)))
        n++;
    return n;
}

static const char *find_word(const struct lex *lex, uint32_t length)
{
    for (size_t i = 0; i < LENGTH(words); i++)
        if (strlen(words[i]) == length && memcmp(words[i], here(lex), length) == 0)
            return words[i];
    return NULL;
}

/* The keyword at the cursor, which may have hyphens, or NULL. */
static const char *find_keyword(const struct lex *lex)
{
    uint32_t n = 0;
    while (is_letter(at(lex, n)) || (at(lex, n) == '-' && is_letter(at(lex, n + 1))))
        n++;
    for (size_t i = 0; i < LENGTH(keywords); i++)
        if (strlen(keywords[i]) == n && memcmp(keywords[i], here(lex), n) == 0)
            return keywords[i];
    return NULL;
}

/* The accent that follows a letter as a combining character, or NULL. */
static const char *combining_accent(const struct lex *lex, uint32_t after)
{
    static const char *const accents[][2] = {
        {"\xcc\x82", "\\hat"}, {"\xcc\x83", "\\tilde"}, {"\xcc\x84", "\\bar"}};
    for (size_t i = 0; i < LENGTH(accents); i++)
        if (at(lex, after) == accents[i][0][0] && at(lex, after + 1) == accents[i][0][1])
            return accents[i][1];
    return NULL;
}

static const char *accented(struct lex *lex, const char *accent, const char *letter)
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
        return take(
            lex, token, length + 2,
            (struct token){.kind = TOKEN_NAME, .text = accented(lex, accent, letter)});
    return take(lex, token, length, (struct token){.kind = TOKEN_NAME, .text = letter});
}

static bool take_letters(struct lex *lex, struct token *token)
{
    uint32_t length = run_of_letters(lex);
    if (length > LEX_NAME_LENGTH)
        return refuse(lex, DIAG_NAME_TOO_LONG, length);
    const char *keyword = find_keyword(lex);
    if (keyword)
        return take(lex, token, (uint32_t)strlen(keyword),
                    (struct token){.kind = TOKEN_KEYWORD, .text = keyword});
    const char *word = find_word(lex, length);
    if (word)
        return take(lex, token, length,
                    (struct token){.kind = TOKEN_FUNCTION, .text = word});
    if (length > 1 && combining_accent(lex, length))
        length--; /* the accent belongs to the last letter alone */
    return take_accented(lex, token, length,
                         arena_strndup(lex->arena, here(lex), length));
}

/* The letter under `\hat`: `\hat y`, `\hat{y}`, `\hat\theta`, `\hat{\theta}`. */
static bool take_accent(struct lex *lex, struct token *token, const char *accent)
{
    uint32_t begin = lex->at;
    lex->at += (uint32_t)strlen(accent);
    lex_skip(lex);
    bool braces = at(lex, 0) == '{';
    if (braces) {
        lex->at++;
        lex_skip(lex);
    }
    struct token letter;
    if (!lex_single(lex, &letter))
        return false;
    if (letter.kind != TOKEN_NAME || strchr(letter.text, '{'))
        return diag_at(lex->diags, DIAG_NAME_ACCENT,
                       (struct place){lex->source, letter.span}, accent, (char *)NULL);
    lex_skip(lex);
    if (braces && at(lex, 0) != '}')
        return refuse(lex, DIAG_NAME_ACCENT_LONG, character_length(lex));
    lex->at += braces;
    *token =
        (struct token){TOKEN_NAME, {begin, lex->at}, accented(lex, accent, letter.text)};
    return true;
}

/* `\text{net}`, `\mathrm{net}`: letters alone. */
static bool take_upright(struct lex *lex, struct token *token, uint32_t length)
{
    uint32_t begin = lex->at;
    lex->at += length;
    lex_skip(lex);
    bool braces = at(lex, 0) == '{';
    lex->at += braces;
    uint32_t letters = braces ? run_of_letters(lex) : is_letter(at(lex, 0));
    if (letters == 0 || letters > LEX_NAME_LENGTH || (braces && at(lex, letters) != '}'))
        return refuse(lex, DIAG_NAME_WORD, character_length(lex));
    const char *text = arena_strndup(lex->arena, here(lex), letters);
    lex->at += letters + braces;
    *token = (struct token){TOKEN_NAME, {begin, lex->at}, text};
    return true;
}

/* `\left(` and `\right)`; a dot stands for no bracket. */
static bool take_sized(struct lex *lex, struct token *token, bool left)
{
    uint32_t begin = lex->at;
    lex->at += left ? 5 : 6;
    lex_skip(lex);
    const char *dot = at(lex, 0) == '.' ? "." : at(lex, 0) == '|' ? "|" : NULL;
    enum token_kind wanted = left ? TOKEN_OPEN : TOKEN_CLOSE;
    if (dot)
        take(lex, token, 1, (struct token){.kind = wanted, .text = dot});
    else if (!lex_next(lex, token))
        return false;
    if (token->kind != wanted)
        return diag_at(lex->diags, DIAG_FORMULA_DELIMITER,
                       source_place(lex->source, begin, token->span.end),
                       left ? "\\left" : "\\right", (char *)NULL);
    token->span.begin = begin;
    return true;
}

static bool take_command(struct lex *lex, struct token *token)
{
    struct lex inner = *lex;
    inner.at++;
    uint32_t length = run_of_letters(&inner);
    if (length == 0)
        length = inner.at < inner.end ? character_length(&inner) : 0;
    const char *name = here(&inner);
    if (length == 4 && memcmp(name, "left", 4) == 0)
        return take_sized(lex, token, true);
    if (length == 5 && memcmp(name, "right", 5) == 0)
        return take_sized(lex, token, false);
    if (length == 3 && (memcmp(name, "hat", 3) == 0 || memcmp(name, "bar", 3) == 0))
        return take_accent(lex, token, name[0] == 'h' ? "\\hat" : "\\bar");
    if (length == 5 && memcmp(name, "tilde", 5) == 0)
        return take_accent(lex, token, "\\tilde");
    if ((length == 4 && memcmp(name, "text", 4) == 0) ||
        (length == 6 && memcmp(name, "mathrm", 6) == 0))
        return take_upright(lex, token, 1 + length);
    const struct spelling *known = find(commands, LENGTH(commands), name, length);
    if (known)
        return take(lex, token, 1 + length,
                    (struct token){.kind = known->kind, .text = known->text});
    if (name_greek_to_unicode(name - 1, 1 + length))
        return take(
            lex, token, 1 + length,
            (struct token){.kind = TOKEN_NAME,
                           .text = arena_strndup(lex->arena, name - 1, 1 + length)});
    return refuse(lex, DIAG_FORMULA_COMMAND, 1 + length);
}

static const struct spelling *script_here(const struct lex *lex)
{
    return find(scripts, LENGTH(scripts), here(lex), character_length(lex));
}

static bool take_scripts(struct lex *lex, struct token *token, enum token_kind kind)
{
    uint32_t begin = lex->at;
    struct buf text;
    buf_init(&text);
    const struct spelling *one = script_here(lex);
    while (lex->at < lex->end && one && one->kind == kind) {
        buf_text(&text, one->text);
        lex->at += character_length(lex);
        one = lex->at < lex->end ? script_here(lex) : NULL;
    }
    *token = (struct token){
        kind, {begin, lex->at}, arena_strndup(lex->arena, buf_peek(&text), text.length)};
    buf_clear(&text);
    return true;
}

static bool take_character(struct lex *lex, struct token *token)
{
    uint32_t length = character_length(lex);
    const struct spelling *known =
        find(characters, LENGTH(characters), here(lex), length);
    if (known)
        return take(lex, token, length,
                    (struct token){.kind = known->kind, .text = known->text});
    const struct spelling *script = script_here(lex);
    if (script)
        return take_scripts(lex, token, script->kind);
    const char *greek = name_greek_from_unicode(here(lex), length);
    if (greek)
        return take_accented(lex, token, length, greek);
    return refuse(lex, DIAG_FORMULA_CHARACTER, length);
}

static bool next_or_space(struct lex *lex, struct token *token)
{
    lex_skip(lex);
    if (lex->at >= lex->end)
        return take(lex, token, 0, (struct token){.kind = TOKEN_END, .text = ""});
    size_t digits = number_span(here(lex), lex->end - lex->at);
    if (digits > 0)
        return take(lex, token, (uint32_t)digits,
                    (struct token){.kind = TOKEN_NUMBER,
                                   .text = arena_strndup(lex->arena, here(lex), digits)});
    if (is_letter(at(lex, 0)))
        return take_letters(lex, token);
    if (at(lex, 0) == '\\')
        return take_command(lex, token);
    return take_character(lex, token);
}

bool lex_at_script(struct lex *lex)
{
    lex_skip(lex);
    char c = at(lex, 0);
    if (c == '_' || c == '^' || c == '\'')
        return true;
    if (c == '\\')
        return lex->end - lex->at >= 6 && memcmp(here(lex), "\\prime", 6) == 0;
    if (lex->end - lex->at >= 3 && memcmp(here(lex), "′", 3) == 0)
        return true;
    return lex->at < lex->end && script_here(lex);
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
    if (!is_letter(at(lex, 0)) && !is_digit(at(lex, 0)))
        return lex_next(lex, token);
    enum token_kind kind = is_digit(at(lex, 0)) ? TOKEN_NUMBER : TOKEN_NAME;
    return take(
        lex, token, 1,
        (struct token){.kind = kind, .text = arena_strndup(lex->arena, here(lex), 1)});
}
