#include "verify/environments.h"

#include "base/word.h"

enum environment environment_of(const char *name, size_t length, bool *has_arguments)
{
    static const struct row {
        const char *name;
        enum environment kind;
        bool has_arguments;
    } rows[] = {
        {"align", ENVIRONMENT_MATH, false},
        {"aligned", ENVIRONMENT_MATH, false},
        {"alignat", ENVIRONMENT_MATH, true},
        {"alignedat", ENVIRONMENT_MATH, true},
        {"xalignat", ENVIRONMENT_MATH, true},
        {"xxalignat", ENVIRONMENT_MATH, true},
        {"equation", ENVIRONMENT_MATH, false},
        {"gather", ENVIRONMENT_MATH, false},
        {"gathered", ENVIRONMENT_MATH, false},
        {"split", ENVIRONMENT_MATH, false},
        {"eqnarray", ENVIRONMENT_MATH, false},
        {"IEEEeqnarray", ENVIRONMENT_MATH, true},
        {"IEEEeqnarraybox", ENVIRONMENT_MATH, true},
        {"multline", ENVIRONMENT_MATH, false},
        {"multlined", ENVIRONMENT_MATH, false},
        {"flalign", ENVIRONMENT_MATH, false},
        {"displaymath", ENVIRONMENT_MATH, false},
        {"math", ENVIRONMENT_MATH, false},
        {"dmath", ENVIRONMENT_MATH, false},
        {"dgroup", ENVIRONMENT_MATH, false},
        {"darray", ENVIRONMENT_MATH, false},
        {"empheq", ENVIRONMENT_MATH, true},
        {"numcases", ENVIRONMENT_CASES, true},
        {"subnumcases", ENVIRONMENT_CASES, true},
        {"array", ENVIRONMENT_TABLE, true},
        {"verbatim", ENVIRONMENT_SKIPPED, false},
        {"Verbatim", ENVIRONMENT_SKIPPED, false},
        {"lstlisting", ENVIRONMENT_SKIPPED, false},
        {"comment", ENVIRONMENT_SKIPPED, false},
        {"minted", ENVIRONMENT_SKIPPED, false},
    };
    *has_arguments = false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!word_is(rows[i].name, name, length))
            continue;
        *has_arguments = rows[i].has_arguments;
        return rows[i].kind;
    }
    return ENVIRONMENT_OTHER;
}
