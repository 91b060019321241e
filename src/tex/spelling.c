#include "tex/spelling.h"

#include "base/diag.h"
#include "base/word.h"

#include <string.h>

static const struct spelling commands[] = {
    {"frac", TOKEN_FRACTION, "\\frac"},
    {"dfrac", TOKEN_FRACTION, "\\frac"},
    {"tfrac", TOKEN_FRACTION, "\\frac"},
    {"pdv", TOKEN_FRACTION, "\\pdv"},
    {"dv", TOKEN_FRACTION, "\\pdv"},
    {"pderiv", TOKEN_FRACTION, "\\pdv"},
    {"=", TOKEN_FUNCTION, "\\begin{cases}"}, /* of values and conditions */
    {"@", TOKEN_FRACTION, "\\@"},            /* a derivative in a document's own words */
    {"over", TOKEN_OVER, "\\over"},
    {"sum", TOKEN_BIG, "\\sum"},
    {"prod", TOKEN_BIG, "\\prod"},
    {"cdot", TOKEN_TIMES, "\\cdot"},
    {"times", TOKEN_TIMES, "\\times"},
    {"ast", TOKEN_TIMES, "*"},
    {"partial", TOKEN_NAME, "\\partial"},
    {"nabla", TOKEN_NAME, "\\nabla"},
    {"prime", TOKEN_PRIME, "'"},
    {"lvert", TOKEN_OPEN, "|"},
    {"rvert", TOKEN_CLOSE, "|"},
    {"vert", TOKEN_BAR, "|"},
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
    {"rightarrow", TOKEN_RELATION, "\\to"},
    {"lt", TOKEN_RELATION, "<"},
    {"gt", TOKEN_RELATION, ">"},
    {"colon", TOKEN_RELATION, ":"},
    {"mid", TOKEN_RELATION, "|"},
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
    {"cdots", TOKEN_DOTS, "\\cdots"},
    {"ldots", TOKEN_DOTS, "\\ldots"},
    {"dots", TOKEN_DOTS, "\\dots"},
    {"dotsb", TOKEN_DOTS, "\\dots"},
    {"dotsc", TOKEN_DOTS, "\\dots"},
    {"odot", TOKEN_VECTOR, "\\odot"},
    {"circ", TOKEN_VECTOR, "\\circ"},
    {"otimes", TOKEN_VECTOR, "\\otimes"},
    {"oplus", TOKEN_VECTOR, "\\oplus"},
    {"top", TOKEN_VECTOR, "\\top"},
    {"intercal", TOKEN_VECTOR, "\\intercal"},
    {"lVert", TOKEN_VECTOR, "\\lVert"},
    {"rVert", TOKEN_VECTOR, "\\rVert"},
    {"Vert", TOKEN_VECTOR, "\\Vert"},
    {"|", TOKEN_VECTOR, "\\|"},
    {"langle", TOKEN_VECTOR, "\\langle"},
    {"rangle", TOKEN_VECTOR, "\\rangle"},
    {",", TOKEN_SPACE, ""},
    {";", TOKEN_SPACE, ""},
    {":", TOKEN_SPACE, ""},
    {"!", TOKEN_SPACE, ""},
    {" ", TOKEN_SPACE, ""},
    {">", TOKEN_SPACE, ""},
    {"/", TOKEN_SPACE, ""},
    {"thinspace", TOKEN_SPACE, ""},
    {"enspace", TOKEN_SPACE, ""},
    {"enskip", TOKEN_SPACE, ""},
    {"space", TOKEN_SPACE, ""},
    {"quad", TOKEN_SPACE, ""},
    {"qquad", TOKEN_SPACE, ""},
    {"limits", TOKEN_SPACE, ""},
    {"nolimits", TOKEN_SPACE, ""},
    {"displaystyle", TOKEN_SPACE, ""},
    {"textstyle", TOKEN_SPACE, ""},
    {"scriptstyle", TOKEN_SPACE, ""},
    {"scriptscriptstyle", TOKEN_SPACE, ""},
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
    {"bigm", TOKEN_SPACE, ""},
    {"Bigm", TOKEN_SPACE, ""},
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
    {";", TOKEN_RELATION, ";"},
    {"<", TOKEN_RELATION, "<"},
    {">", TOKEN_RELATION, ">"},
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
    {"…", TOKEN_DOTS, "\\ldots"},
    {"⋯", TOKEN_DOTS, "\\cdots"},
    {"⊙", TOKEN_VECTOR, "\\odot"},
    {"∘", TOKEN_VECTOR, "\\circ"},
    {"⊗", TOKEN_VECTOR, "\\otimes"},
    {"‖", TOKEN_VECTOR, "\\|"},
    {"𝟙", TOKEN_INDICATOR, "\\mathbb{1}"},
    {"∇", TOKEN_NAME, "\\nabla"},
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

/* What else people write: commands that take something, and Greek letters. */
static const char *const others[] = {
    "alpha",        "beta",   "gamma",   "delta",  "epsilon",  "theta",
    "lambda",       "sigma",  "omega",   "Delta",  "Sigma",    "left",
    "right",        "hat",    "widehat", "bar",    "overline", "tilde",
    "widetilde",    "text",   "mathrm",  "textrm", "mathit",   "mathcal",
    "operatorname", "mathbf", "mathbb",  "vec",    "bm",       "hspace"};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const struct spelling *find(const struct spelling *table, size_t count,
                                   const char *text, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (table[i].name[0] == text[0] && word_is(table[i].name, text, length))
            return &table[i];
    return NULL;
}

static const char *find_text(const char *const *table, size_t count, const char *text,
                             size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (table[i][0] == text[0] && word_is(table[i], text, length))
            return table[i];
    return NULL;
}

const struct spelling *spelling_command(const char *text, size_t length)
{
    return find(commands, LENGTH(commands), text, length);
}

const struct spelling *spelling_character(const char *text, size_t length)
{
    return find(characters, LENGTH(characters), text, length);
}

const struct spelling *spelling_script(const char *text, size_t length)
{
    return find(scripts, LENGTH(scripts), text, length);
}

const char *spelling_word(const char *text, size_t length)
{
    return find_text(words, LENGTH(words), text, length);
}

const char *spelling_keyword(const char *text, size_t length)
{
    return find_text(keywords, LENGTH(keywords), text, length);
}

const char *spelling_nearest(const char *name)
{
    const char *all[LENGTH(commands) + LENGTH(others)];
    size_t count = 0;
    for (size_t i = 0; i < LENGTH(commands); i++)
        if (commands[i].name[1] != '\0')
            all[count++] = commands[i].name;
    for (size_t i = 0; i < LENGTH(others); i++)
        all[count++] = others[i];
    return diag_nearest(name, all, count);
}
