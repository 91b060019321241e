#include "verify/kronecker.h"

#include "base/name.h"
#include "verify/script.h"

#include <string.h>
#include <strings.h>

static bool is_named(const struct source *document)
{
    static const char word[] = "kronecker";
    for (size_t i = 0; i + strlen(word) <= document->length; i++)
        if (strncasecmp(document->text + i, word, strlen(word)) == 0)
            return true;
    return false;
}

static bool is_told(const struct reading_step *step)
{
    const struct parse_node *condition = step->condition;
    struct script script;
    if (condition && condition->kind == PARSE_BRACKET)
        condition = condition->parts[0];
    if (!condition || condition->kind != PARSE_RELATION ||
        strcmp(condition->text, "=") != 0 || !step->left || !step->right ||
        step->left->kind != PARSE_NAME || strcmp(step->left->text, "\\delta") != 0 ||
        step->right->kind != PARSE_NUMBER || strcmp(step->right->text, "1") != 0)
        return false;
    script_read(&script, step->left, PARSE_SUB);
    return script.count == 2 && script.items[0].kind == SCRIPT_LETTER &&
           script.items[1].kind == SCRIPT_LETTER;
}

bool kronecker_is_declared(const struct reading *reading)
{
    bool is_declared = is_named(reading->claims->document);
    for (size_t i = 0; i < reading->count && !is_declared; i++)
        is_declared = is_told(&reading->steps[i]);
    return is_declared;
}

static bool is_number(const char *text, size_t length)
{
    return length > 0 && strspn(text, "0123456789") >= length;
}

bool kronecker_value(const char *canonical, long *value)
{
    struct name name;
    if (!name_split(&name, canonical) || name.sup_length > 0 || name.head_length != 6 ||
        memcmp(name.head, "\\delta", 6) != 0)
        return false;
    const char *comma = memchr(name.sub, ',', name.sub_length);
    size_t first = comma ? (size_t)(comma - name.sub) : 1;
    size_t second = first + (comma != NULL);
    if (name.sub_length <= second || (!comma && name.sub_length != 2))
        return false;
    size_t length = name.sub_length - second;
    *value = first == length && memcmp(name.sub, name.sub + second, length) == 0;
    return is_number(name.sub, first) && is_number(name.sub + second, length);
}
