/* print_spec SEED: the random network of that seed, for laws that scripts check. */
#include "random_spec.h"

int main(int argc, char **argv)
{
    struct buf spec;

    if (argc != 2)
        return 2;
    state = strtoull(argv[1], NULL, 10);
    buf_init(&spec);
    random_spec(&spec);
    fputs(buf_peek(&spec), stdout);
    buf_clear(&spec);
    return 0;
}
