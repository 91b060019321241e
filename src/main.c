/* The gradtex tool: argv -> command -> exit status. */
#include "cmd/cmd.h"
#include "gradtex.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct cmd *const commands[] = {&cmd_derive,   &cmd_crosscheck, &cmd_verify,
                                             &cmd_evaluate, &cmd_paths,      &cmd_show,
                                             &cmd_figure,   &cmd_handout};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct cmd *find_command(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static void print_questions(void)
{
    puts("gradtex answers questions about a neural network.\n\n"
         "What is dE/dw, and why?       gradtex derive 2-2-2 w11^1\n"
         "Is it right?                  gradtex crosscheck 2-2-2 w11^1\n"
         "Is my derivation right?       gradtex verify my.tex\n"
         "What are the numbers?         gradtex evaluate 2-2-2\n"
         "Along which paths?            gradtex paths 2-2-2 w11^1\n"
         "What network is this?         gradtex show 2-2-2\n"
         "How does it look?             gradtex figure 2-2-2 w11^1 -o figure.svg\n"
         "How do I teach it?            gradtex handout 2-2-2 -o sheet.html\n\n"
         "More: gradtex help [COMMAND], gradtex(1), gradtex-spec(5).");
}

static void print_help(void)
{
    puts("Usage: gradtex COMMAND [OPTION]... NETWORK [SYMBOL]...\n"
         "       gradtex verify [OPTION]... DOCUMENT...\n");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-12s%s\n", commands[i]->name, commands[i]->summary);
    puts("  help        Explain a command\n\n"
         "  --help      print this help\n"
         "  --version   print the version\n\n"
         "NETWORK is a file, - for standard input, or a short form such as 2-2-2.\n"
         "Exit status: 0 all well, 1 gradients differ or a step is false, 2 usage,\n"
         "3 undecided, 4 wrong network or document, 5 file or stream, 6 a limit was\n"
         "reached, 70 a contradiction inside the program.");
}

static bool is_like_network(const char *word)
{
    return access(word, R_OK) == 0 || (word[0] >= '0' && word[0] <= '9') ||
           strchr(word, '.') != NULL;
}

static int refuse_command(const char *word)
{
    bool is_network = is_like_network(word);

    cmd_complain("gradtex: error: there is no command '");
    cmd_complain(word);
    cmd_complain(is_network ? "'; is it a network? Try: gradtex derive "
                            : "'; see gradtex help");
    if (is_network)
        cmd_complain(word);
    fputc('\n', stderr);
    return GTX_USAGE;
}

static int help(const char *name)
{
    const struct cmd *cmd;

    if (name == NULL) {
        print_help();
        return cmd_flush();
    }
    cmd = find_command(name);
    if (cmd == NULL)
        return refuse_command(name);
    cmd_help(cmd);
    return cmd_flush();
}

static int run(int argc, char **argv)
{
    const struct cmd *cmd;

    if (argc < 2) {
        print_questions();
        return cmd_flush();
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0)
        return help(argc > 2 ? argv[2] : NULL);
    if (strcmp(argv[1], "--version") == 0) {
        printf("gradtex %s\n", gtx_version());
        return cmd_flush();
    }
    cmd = find_command(argv[1]);
    return cmd != NULL ? cmd_run(cmd, argc - 1, argv + 1) : refuse_command(argv[1]);
}

static void leave_without_memory(void)
{
    static const char text[] = "gradtex: error: out of memory\n";

    gtx_remove_temporaries();
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        _exit(GTX_LIMIT);
    _exit(GTX_LIMIT);
}

static void die_of_signal(int number)
{
    gtx_remove_temporaries();
    signal(number, SIG_DFL);
    raise(number);
}

/* A signal that the parent ignores stays ignored. */
static void catch_signals(void)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGTERM, SIGXCPU};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (signal(numbers[i], die_of_signal) == SIG_IGN)
            signal(numbers[i], SIG_IGN);
    signal(SIGPIPE, SIG_IGN); /* these two are seen as errors of write */
    signal(SIGXFSZ, SIG_IGN);
}

/* If a standard stream is closed, no file that is opened later may get its number. */
static void hold_standard_streams(void)
{
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
        if (fcntl(file, F_GETFD) < 0)
            open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    gtx_install_memory(leave_without_memory);
    catch_signals();
    return run(argc, argv);
}
