/* print_spec SEED [rich]: the random network of that seed, for laws that scripts check: a rational one, or
   rich: of all of the language. */
#include "random_spec.h"

#include <string.h>

int main(int argc, char **argv)
{
    struct buf spec;

    if (argc != 2 && (argc != 3 || strcmp(argv[2], "rich") != 0))
        return 2;
    state = strtoull(argv[1], NULL, 10);
    buf_init(&spec);
    if (argc == 3)
        random_rich_spec(&spec);
    else
        random_rational_spec(&spec);
    fputs(buf_peek(&spec), stdout);
    buf_clear(&spec);
    return 0;
}
