/* Short forms and notations: a few plain lines of the network language. */
#include "base/buf.h"
#include "net/spec.h"

#include <string.h>

enum { MOST_LAYERS = 10000, SIZE_DIGITS = 9 };

const char *preset_notation(const char *name)
{
    if (strcmp(name, "post") == 0)
        return "weights w_{<edge>1}^{<layer>}\n"
               "write partial \\delta\n"
               "write gradient \\Delta <weight>\n";
    return NULL;
}

/* Digits, then a hyphen, then nothing that only a file name would have. */
static bool looks_short(const char *word)
{
    size_t digits = strspn(word, "0123456789");
    return digits > 0 && word[digits] == '-' &&
           word[strspn(word, "0123456789-:,+abcdefghijklmnopqrstuvwxyz")] == '\0';
}

static void write_layer(struct buf *spec, size_t index, bool last, const char *size,
                        size_t length)
{
    const char *kind = index == 0 ? "inputs" : "layer ";
    const char *name = index == 0 ? "x" : last ? "y" : "h";
    buf_format(spec, "%s %s %.*s\n", kind, name, (int)length, size);
}

/* `2-3-1`, up to the colon. */
static bool write_layers(const char *word, struct buf *spec, struct diags *diags)
{
    for (size_t i = 0;; i++) {
        size_t length = strspn(word, "0123456789");
        bool last = word[length] == '\0' || word[length] == ':';
        if (length == 0 || length > SIZE_DIGITS || i == MOST_LAYERS ||
            (!last && word[length] != '-'))
            return diag(diags, DIAG_PRESET_SIZES, (char *)NULL);
        write_layer(spec, i, last, word, length);
        if (last)
            return true;
        word += length + 1;
    }
}

static bool is_option(const char *option, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(option, word, length) == 0;
}

static bool write_option(const char *option, size_t length, struct buf *spec,
                         struct diags *diags)
{
    static const char *const later[] = {"sigmoid",  "tanh", "relu",
                                        "softplus", "exp",  "softmax"};
    char text[32] = {0};
    memcpy(text, option, length < sizeof text ? length : sizeof text - 1);
    if (is_option(option, length, "bias")) {
        buf_text(spec, "biases b_{<to>}^{<layer>}\n");
        return true;
    }
    if (is_option(option, length, "identity") || is_option(option, length, "linear"))
        return true;
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (is_option(option, length, later[i]))
            return diag(diags, DIAG_PRESET_ACTIVATION, text, (char *)NULL);
    return diag(diags, DIAG_PRESET_OPTION, text, (char *)NULL);
}

/* `:bias,linear` */
static bool write_options(const char *options, struct buf *spec, struct diags *diags)
{
    while (*options) {
        size_t length = strcspn(++options, ",");
        if (!write_option(options, length, spec, diags))
            return false;
        options += length;
    }
    return true;
}

bool preset_expand(const char *word, struct buf *spec, bool *is_short,
                   struct diags *diags)
{
    *is_short = looks_short(word);
    if (!*is_short)
        return false;
    if (!write_layers(word, spec, diags))
        return false;
    buf_text(spec, "targets t\nerror half-squares\n");
    return write_options(word + strcspn(word, ":"), spec, diags);
}
