/* replay FILE...: runs a fuzz target, without libFuzzer, on each file and on everything
   that a file begins with. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* A copy of its own size, so that tools notice a look beyond the end. */
static void try_prefix(const unsigned char *data, size_t size)
{
    unsigned char *copy = malloc(size + !size);

    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static int replay(const char *path)
{
    static unsigned char data[1 << 16];
    FILE *file = fopen(path, "rb");
    size_t size;

    if (file == NULL) {
        perror(path);
        return 0;
    }
    size = fread(data, 1, sizeof data, file);
    fclose(file);
    for (size_t end = 0; end <= size; end++)
        try_prefix(data, end);
    return 1;
}

int main(int argc, char **argv)
{
    int played = 0;

    for (int i = 1; i < argc; i++)
        played += replay(argv[i]);
    printf("%d files\n", played);
    return played == 0 || played < argc - 1;
}
