#include "base/name.h"

#include "base/utf8.h"

#include <string.h>

/* Characters with a script form, by what they are written as in a canonical name. */
struct script_form {
    const char *plain, *below, *above;
};

static const struct script_form script_forms[] = {
    {"0", "₀", "⁰"},  {"1", "₁", "¹"},  {"2", "₂", "²"},  {"3", "₃", "³"},
    {"4", "₄", "⁴"},  {"5", "₅", "⁵"},  {"6", "₆", "⁶"},  {"7", "₇", "⁷"},
    {"8", "₈", "⁸"},  {"9", "₉", "⁹"},  {"+", "₊", "⁺"},  {"-", "₋", "⁻"},
    {"=", "₌", "⁼"},  {"(", "₍", "⁽"},  {")", "₎", "⁾"},  {"a", "ₐ", "ᵃ"},
    {"b", NULL, "ᵇ"}, {"c", NULL, "ᶜ"}, {"d", NULL, "ᵈ"}, {"e", "ₑ", "ᵉ"},
    {"f", NULL, "ᶠ"}, {"g", NULL, "ᵍ"}, {"h", "ₕ", "ʰ"},  {"i", "ᵢ", "ⁱ"},
    {"j", "ⱼ", "ʲ"},  {"k", "ₖ", "ᵏ"},  {"l", "ₗ", "ˡ"},  {"m", "ₘ", "ᵐ"},
    {"n", "ₙ", "ⁿ"},  {"o", "ₒ", "ᵒ"},  {"p", "ₚ", "ᵖ"},  {"r", "ᵣ", "ʳ"},
    {"s", "ₛ", "ˢ"},  {"t", "ₜ", "ᵗ"},  {"u", "ᵤ", "ᵘ"},  {"v", "ᵥ", "ᵛ"},
    {"w", NULL, "ʷ"}, {"x", "ₓ", "ˣ"},  {"y", NULL, "ʸ"}, {"z", NULL, "ᶻ"},
    {"L", NULL, "ᴸ"}, {"N", NULL, "ᴺ"}, {"T", NULL, "ᵀ"},
};

static const struct {
    const char *command, *letter;
} greek[] = {
    {"\\alpha", "α"},    {"\\beta", "β"},       {"\\gamma", "γ"},   {"\\delta", "δ"},
    {"\\epsilon", "ϵ"},  {"\\varepsilon", "ε"}, {"\\zeta", "ζ"},    {"\\eta", "η"},
    {"\\theta", "θ"},    {"\\vartheta", "ϑ"},   {"\\iota", "ι"},    {"\\kappa", "κ"},
    {"\\lambda", "λ"},   {"\\mu", "μ"},         {"\\nu", "ν"},      {"\\xi", "ξ"},
    {"\\pi", "π"},       {"\\rho", "ρ"},        {"\\varrho", "ϱ"},  {"\\sigma", "σ"},
    {"\\varsigma", "ς"}, {"\\tau", "τ"},        {"\\upsilon", "υ"}, {"\\phi", "ϕ"},
    {"\\varphi", "φ"},   {"\\chi", "χ"},        {"\\psi", "ψ"},     {"\\omega", "ω"},
    {"\\Gamma", "Γ"},    {"\\Delta", "Δ"},      {"\\Theta", "Θ"},   {"\\Lambda", "Λ"},
    {"\\Xi", "Ξ"},       {"\\Pi", "Π"},         {"\\Sigma", "Σ"},   {"\\Upsilon", "Υ"},
    {"\\Phi", "Φ"},      {"\\Psi", "Ψ"},        {"\\Omega", "Ω"},   {"\\ell", "ℓ"},
};

static const struct {
    const char *command, *mark; /* the mark combines with the letter before it */
} accents[] = {
    {"\\hat", "\u0302"}, {"\\tilde", "\u0303"}, {"\\bar", "\u0304"}, {"\\mathit", ""}};

enum {
    SCRIPT_FORMS = sizeof script_forms / sizeof *script_forms,
    GREEK = sizeof greek / sizeof *greek,
    ACCENTS = sizeof accents / sizeof *accents
};

static bool is_text(const char *text, const char *slice, size_t length)
{
    return strlen(text) == length && memcmp(text, slice, length) == 0;
}

const char *name_greek_to_unicode(const char *command, size_t length)
{
    for (int i = 0; i < GREEK; i++)
        if (is_text(greek[i].command, command, length))
            return greek[i].letter;
    return NULL;
}

const char *name_greek_from_unicode(const char *utf8, size_t length)
{
    for (int i = 0; i < GREEK; i++)
        if (is_text(greek[i].letter, utf8, length))
            return greek[i].command;
    return NULL;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of the group `{…}` at the start, 0 if there is none. */
static size_t group_span(const char *text)
{
    size_t depth = 0, i = 0;

    if (text[0] != '{')
        return 0;
    for (; text[i] != '\0'; i++) {
        if ((unsigned char)text[i] <= ' ' || text[i] == 0x7F)
            return 0;
        depth += text[i] == '{';
        depth -= text[i] == '}';
        if (depth == 0)
            return i + 1;
    }
    return 0;
}

/* Length of a command such as `\delta` or `\hat{y}`, 0 if there is none. */
static size_t command_span(const char *text)
{
    size_t i = 1;

    if (text[0] != '\\')
        return 0;
    while (is_letter(text[i]))
        i++;
    return i == 1 ? 0 : i + group_span(text + i);
}

static size_t head_span(const char *text)
{
    size_t i = command_span(text);

    if (i == 0)
        while (is_letter(text[i]) || (i > 0 && is_digit(text[i])) ||
               (text[i] & 0x80) != 0)
            i++;
    if (i > 0)
        i += strspn(text + i, "'*");
    return i;
}

/* Takes `_{…}` off the text; false if what stands there is malformed. */
static bool take_script(const char **text, char mark, const char **script, size_t *length)
{
    size_t span;

    *script = *text;
    *length = 0;
    if (**text != mark)
        return true;
    span = group_span(*text + 1);
    if (span <= 2)
        return false;
    *script = *text + 2;
    *length = span - 2;
    *text += span + 1;
    return true;
}

bool name_split(struct name *name, const char *canonical)
{
    const char *rest = canonical;

    name->head = canonical;
    name->head_length = head_span(canonical);
    rest += name->head_length;
    return name->head_length > 0 &&
           take_script(&rest, '_', &name->sub, &name->sub_length) &&
           take_script(&rest, '^', &name->sup, &name->sup_length) && *rest == '\0';
}

static void join_script(struct buf *out, const char *mark, const char *text,
                        size_t length)
{
    if (length == 0)
        return;
    buf_text(out, mark);
    buf_bytes(out, text, length);
    buf_char(out, '}');
}

void name_join(struct buf *out, const struct name *name)
{
    buf_bytes(out, name->head, name->head_length);
    join_script(out, "_{", name->sub, name->sub_length);
    join_script(out, "^{", name->sup, name->sup_length);
}

/* What stands before the primes and stars of a head. */
static size_t stem_length(const struct name *name)
{
    size_t length = name->head_length;

    while (length > 0 && strchr("'*", name->head[length - 1]) != NULL)
        length--;
    return length;
}

/* More than one letter, as in `net`. */
static bool is_word(const char *stem, size_t length)
{
    return length > 1 && is_letter(stem[0]);
}

static void latex_head(struct buf *out, const struct name *name)
{
    size_t stem = stem_length(name);
    const char *command = name_greek_from_unicode(name->head, stem);

    if (command != NULL)
        buf_text(out, command);
    else if (is_word(name->head, stem))
        buf_format(out, "\\mathrm{%.*s}", (int)stem, name->head);
    else
        buf_bytes(out, name->head, stem);
    buf_bytes(out, name->head + stem, name->head_length - stem);
}

/* A command keeps its braces, so that a letter may follow it. */
static void latex_script(struct buf *out, char mark, const char *script, size_t length)
{
    if (length == 0)
        return;
    if (length == 1)
        buf_format(out, "%c%c", mark, script[0]);
    else
        buf_format(out, "%c{%.*s}", mark, (int)length, script);
}

void name_latex(struct buf *out, const char *canonical)
{
    struct name name;

    if (!name_split(&name, canonical)) {
        buf_text(out, canonical);
        return;
    }
    latex_head(out, &name);
    /* TeX takes a superscript into a prime only if it follows at once. */
    if (stem_length(&name) < name.head_length)
        latex_script(out, '^', name.sup, name.sup_length);
    latex_script(out, '_', name.sub, name.sub_length);
    if (stem_length(&name) == name.head_length)
        latex_script(out, '^', name.sup, name.sup_length);
}

/* Text with its Greek commands as letters. */
static void unicode_text(struct buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t span = 1;
        const char *letter;

        while (text[i] == '\\' && i + span < length && is_letter(text[i + span]))
            span++;
        letter = name_greek_to_unicode(text + i, span);
        if (letter != NULL)
            buf_text(out, letter);
        else
            buf_bytes(out, text + i, span);
        i += span;
    }
}

/* The letter under an accent, `y` of `\hat{y}` or `\hat y`; its length is 0 if there is
   no accent. */
static const char *under_accent(const char *head, size_t length, size_t *accent,
                                size_t *inner)
{
    *inner = 0;
    for (size_t i = 0; i < ACCENTS; i++) {
        size_t span = strlen(accents[i].command);

        if (length < span + 3 || memcmp(head, accents[i].command, span) != 0 ||
            head[span] != '{')
            continue;
        *accent = i;
        *inner = length - span - 2;
        return head + span + 1;
    }
    return NULL;
}

static void unicode_head(struct buf *out, const struct name *name)
{
    size_t accent, inner, stem = stem_length(name);
    const char *letter = under_accent(name->head, stem, &accent, &inner);

    if (letter != NULL) {
        unicode_text(out, letter, inner);
        buf_text(out, accents[accent].mark);
    } else {
        unicode_text(out, name->head, stem);
    }
    for (size_t i = stem; i < name->head_length; i++)
        buf_text(out, name->head[i] == '\'' ? "′" : "*");
}

static const char *script_form(char mark, char plain)
{
    for (int i = 0; i < SCRIPT_FORMS; i++)
        if (script_forms[i].plain[0] == plain)
            return mark == '_' ? script_forms[i].below : script_forms[i].above;
    return NULL;
}

static void unicode_script(struct buf *out, char mark, const char *script, size_t length)
{
    bool all = true;

    if (length == 0)
        return;
    for (size_t i = 0; i < length; i++)
        all = all && script_form(mark, script[i]) != NULL;
    if (all) {
        for (size_t i = 0; i < length; i++)
            buf_text(out, script_form(mark, script[i]));
        return;
    }
    buf_format(out, "%c{", mark);
    unicode_text(out, script, length);
    buf_char(out, '}');
}

void name_unicode(struct buf *out, const char *canonical)
{
    struct name name;

    if (!name_split(&name, canonical)) {
        buf_text(out, canonical);
        return;
    }
    unicode_head(out, &name);
    unicode_script(out, '_', name.sub, name.sub_length);
    unicode_script(out, '^', name.sup, name.sup_length);
}

void name_parts(const char *canonical, struct buf *head, struct buf *sub, struct buf *sup)
{
    struct name name;

    if (!name_split(&name, canonical)) {
        buf_text(head, canonical);
        return;
    }
    unicode_head(head, &name);
    unicode_text(sub, name.sub, name.sub_length);
    unicode_text(sup, name.sup, name.sup_length);
}

/* Letters and digits as they are, Greek spelt out, every run of anything else one `_`. */
static void ascii_words(struct buf *out, const char *text, size_t length)
{
    bool gap = false, begun = false;

    for (size_t i = 0, span; i < length; i += span) {
        const char *word = NULL;

        span = utf8_read(text + i, length - i, NULL);
        span = span == 0 ? 1 : span;
        if (span > 1)
            word = name_greek_from_unicode(text + i, span);
        if (word == NULL && !is_letter(text[i]) && !is_digit(text[i])) {
            gap = true;
            continue;
        }
        if (gap && begun)
            buf_char(out, '_');
        gap = false;
        begun = true;
        if (word != NULL)
            buf_text(out, word + 1);
        else
            buf_char(out, text[i]);
    }
}

static void ascii_head(struct buf *out, const struct name *name)
{
    size_t stem = stem_length(name);

    ascii_words(out, name->head, stem);
    for (size_t i = stem; i < name->head_length; i++)
        buf_text(out, name->head[i] == '\'' ? "_prime" : "_star");
}

void name_plain(struct buf *out, const char *canonical)
{
    struct name name;

    if (!name_split(&name, canonical)) {
        buf_text(out, canonical);
        return;
    }
    ascii_head(out, &name);
    if (name.sub_length > 0)
        buf_format(out, "_%.*s", (int)name.sub_length, name.sub);
    if (name.sup_length > 0)
        buf_format(out, "^%.*s", (int)name.sup_length, name.sup);
}

void name_identifier(struct buf *out, const char *canonical)
{
    struct name name;

    if (!name_split(&name, canonical)) {
        ascii_words(out, canonical, strlen(canonical));
        return;
    }
    ascii_head(out, &name);
    if (name.sub_length > 0)
        buf_char(out, '_');
    ascii_words(out, name.sub, name.sub_length);
    if (name.sup_length > 0)
        buf_text(out, "__");
    ascii_words(out, name.sup, name.sup_length);
}
