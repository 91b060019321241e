/* print_spec SEED [any | rich]: the random network of that seed, for laws that scripts
   check: a rational one, any of those of the laws, or rich: of all of the language. */
#include "random_spec.h"

#include <string.h>

int main(int argc, char **argv)
{
    const char *kind = argc > 2 ? argv[2] : "";
    struct buf spec;

    if (argc < 2 || argc > 3)
        return 2;
    state = strtoull(argv[1], NULL, 10);
    buf_init(&spec);
    if (strcmp(kind, "rich") == 0)
        random_rich_spec(&spec);
    else if (strcmp(kind, "any") == 0)
        random_spec(&spec);
    else
        random_rational_spec(&spec);
    fputs(buf_peek(&spec), stdout);
    buf_clear(&spec);
    return 0;
}
