#include "verify/phrase.h"

#include <ctype.h>
#include <string.h>

static bool is_word(const char *text, size_t length, const char *const *list,
                    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < length && list[i][k] && tolower((unsigned char)text[k]) == list[i][k])
            k++;
        if (list[i][k] == '\0' && (k == length || !isalpha((unsigned char)text[k])))
            return true;
    }
    return false;
}

enum phrase phrase_of(const char *text, size_t length)
{
    static const char *const joins[] = {"and",   "or",    "so",        "then",
                                        "hence", "thus",  "therefore", "where",
                                        "with",  "since", "but"};
    static const char *const conditions[] = {"if", "for", "when"};
    static const char *const lets[] = {"let"};
    if (is_word(text, length, joins, sizeof joins / sizeof *joins))
        return PHRASE_AND;
    if (is_word(text, length, conditions, sizeof conditions / sizeof *conditions))
        return PHRASE_CONDITION;
    if (is_word(text, length, lets, 1))
        return PHRASE_LET;
    return memchr(text, ' ', length) || (length > 0 && text[0] == '(') ? PHRASE_REMARK
                                                                       : PHRASE_NAME;
}
