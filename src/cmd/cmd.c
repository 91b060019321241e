#include "cmd/cmd.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { MOST_OPTIONS = 16, HELP_COLUMN = 30, FIRST_LONG = 256 };

static void print_message(void *context, const char *text)
{
    (void)context;
    fputs(text, stderr);
}

static size_t count_options(const struct cmd *cmd)
{
    size_t count = 0;

    while (cmd->options[count].name != NULL)
        count++;
    return count;
}

static void print_option(const struct cmd_option *option)
{
    int column = printf("  --%s", option->name);

    if (option->has_value == CMD_VALUE)
        column += printf(option->letter != 0 ? " %s" : "=%s", option->value);
    else if (option->has_value == CMD_OPTIONAL_VALUE)
        column += printf("[=%s]", option->value);
    if (option->letter != 0)
        column += printf(", -%c%s%s", option->letter, option->value != NULL ? " " : "",
                         option->value != NULL ? option->value : "");
    if (column >= HELP_COLUMN)
        printf("\n%*s%s\n", HELP_COLUMN, "", option->help);
    else
        printf("%*s%s\n", HELP_COLUMN - column, "", option->help);
}

void cmd_help(const struct cmd *cmd)
{
    printf("Usage: gradtex %s [OPTION]... %s\n%s.\n\n", cmd->name, cmd->operands,
           cmd->summary);
    for (const struct cmd_option *option = cmd->options; option->name != NULL; option++)
        print_option(option);
    printf("%-*s%s\n\n", HELP_COLUMN, "  --help", "print this help");
    puts(cmd->documents != NULL
             ? "DOCUMENT is a file of Markdown or LaTeX, or - for standard input."
             : "NETWORK is a file, - for standard input, or a short form such as 2-2-2.");
    printf("Example: %s\n", cmd->example);
}

int cmd_flush(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return GTX_OK;
    if (errno == EPIPE)
        return GTX_OK;
    fprintf(stderr, "gradtex: error: cannot write standard output: %s\n",
            strerror(errno));
    return GTX_FILE;
}

void cmd_complain(const char *text)
{
    for (; *text != '\0'; text++)
        fputc((unsigned char)*text < 0x20 || *text == 0x7F ? '?' : *text, stderr);
}

static int refuse(const struct cmd *cmd, const char *problem, const char *argument)
{
    fprintf(stderr, "gradtex %s: error: ", cmd->name);
    cmd_complain(problem);
    cmd_complain(argument);
    fprintf(stderr, "\nTry 'gradtex help %s'.\n", cmd->name);
    return GTX_USAGE;
}

/* A long option's value is its index in the command's table from FIRST_LONG on; after the
   last one comes --help. */
static void make_getopt(const struct cmd *cmd, struct option *longs, char *shorts)
{
    size_t count = count_options(cmd);

    *shorts++ = ':';
    for (size_t i = 0; i < count; i++) {
        const struct cmd_option *option = &cmd->options[i];

        longs[i] = (struct option){option->name, (int)option->has_value, NULL,
                                   FIRST_LONG + (int)i};
        if (option->letter == 0)
            continue;
        *shorts++ = option->letter;
        *shorts = ':';
        shorts += option->has_value == CMD_VALUE;
    }
    longs[count] = (struct option){"help", no_argument, NULL, FIRST_LONG + (int)count};
    longs[count + 1] = (struct option){NULL, 0, NULL, 0};
    *shorts = '\0';
}

static const struct cmd_option *find_option(const struct cmd *cmd, int found)
{
    for (size_t i = 0; cmd->options[i].name != NULL; i++)
        if (found == FIRST_LONG + (int)i || found == cmd->options[i].letter)
            return &cmd->options[i];
    return NULL;
}

static int refuse_option(const struct cmd *cmd, int found, char **argv)
{
    const char letter[] = {'-', (char)optopt, '\0'};
    const char *argument = optopt > 0 && optopt < FIRST_LONG ? letter : argv[optind - 1];

    if (found == ':')
        return refuse(cmd, "a value is missing after ", argument);
    if (optopt >= FIRST_LONG)
        return refuse(cmd, "this option takes no value: ", argument);
    return refuse(cmd, "unknown or ambiguous option ", argument);
}

/* Answers -1 to go on, else the exit status. */
static int read_options(const struct cmd *cmd, int argc, char **argv,
                        struct gtx_options *options)
{
    struct option longs[MOST_OPTIONS];
    char shorts[2 * MOST_OPTIONS + 2];
    int found;

    make_getopt(cmd, longs, shorts);
    opterr = 0;
    while ((found = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        const struct cmd_option *option = find_option(cmd, found);

        if (found == '?' || found == ':')
            return refuse_option(cmd, found, argv);
        if (option == NULL) {
            cmd_help(cmd);
            return cmd_flush();
        }
        if (!gtx_options_set(options, option->name, optarg))
            return refuse(cmd, gtx_options_problem(options), "");
    }
    return -1;
}

static int run_on_documents(const struct cmd *cmd, int argc, char **argv,
                            const struct gtx_options *options)
{
    const struct gtx_sink sink = {NULL, print_message, NULL};

    if (argc < 1)
        return refuse(cmd, "which document? It takes ", cmd->operands);
    return cmd->documents((const char *const *)argv, (size_t)argc, options, &sink);
}

static int run_on_network(const struct cmd *cmd, int argc, char **argv,
                          const struct gtx_options *options)
{
    const struct gtx_sink sink = {NULL, print_message, NULL};
    size_t names = argc > 0 ? (size_t)argc - 1 : 0;
    struct gtx_network *network;
    int status;

    if (argc < 1)
        return refuse(cmd, "which network? It takes ", cmd->operands);
    if (names < cmd->least_names)
        return refuse(cmd, "a name is missing; it takes ", cmd->operands);
    if (names > cmd->most_names)
        return refuse(cmd, "too many names; it takes ", cmd->operands);
    network = gtx_network_open(argv[0], options, &sink, &status);
    if (network != NULL)
        status =
            cmd->function(network, (const char *const *)argv + 1, names, options, &sink);
    gtx_network_free(network);
    return status;
}

int cmd_run(const struct cmd *cmd, int argc, char **argv)
{
    struct gtx_options *options = gtx_options_new();
    int status = read_options(cmd, argc, argv, options);

    if (status < 0 && cmd->documents != NULL)
        status = run_on_documents(cmd, argc - optind, argv + optind, options);
    else if (status < 0)
        status = run_on_network(cmd, argc - optind, argv + optind, options);
    gtx_options_free(options);
    return status;
}
