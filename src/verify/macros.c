#include "verify/macros.h"

#include "base/memory.h"
#include "base/word.h"

#include <ctype.h>
#include <string.h>

static uint32_t command_end(const struct source *source, uint32_t at)
{
    do
        at++;
    while (at < source->length && isalpha((unsigned char)source->text[at]));
    return at;
}

static bool is_harmful(const char *name, size_t length)
{
    static const char *const names[] = {
        "def",     "edef",   "gdef",  "xdef",    "let",    "input",     "include",
        "catcode", "csname", "write", "openout", "openin", "immediate", "iffalse"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (word_is(names[i], name, length))
            return true;
    return false;
}

static bool is_used_after(const char *text, const char *name, size_t length)
{
    while ((text = strstr(text, name)) != NULL) {
        text += length;
        if (!isalpha((unsigned char)*text))
            return true;
    }
    return false;
}

/* `\renewcommand{\phi}` of a command that is used. */
static bool redefines(const struct source *source, uint32_t at)
{
    static const char command[] = "\\renewcommand";
    const char *text = source->text;
    if (strncmp(text + at, command, sizeof command - 1) != 0)
        return false;
    at += sizeof command - 1;
    while (text[at] == '{' || text[at] == '*')
        at++;
    if (text[at] != '\\')
        return false;
    uint32_t end = command_end(source, at);
    char *name = memory_strndup(text + at, end - at);
    bool is_used = is_used_after(text + end, name, end - at);
    memory_free(name);
    return is_used;
}

bool macros_check(const struct source *source, uint32_t at, struct diags *diags)
{
    uint32_t end = command_end(source, at);
    if (!is_harmful(source->text + at + 1, end - at - 1) && !redefines(source, at))
        return true;
    char *text = memory_strndup(source->text + at, end - at);
    diag_at(diags, DIAG_VERIFY_MACRO, (struct place){source, {at, end}}, text,
            (char *)NULL);
    memory_free(text);
    return false;
}
