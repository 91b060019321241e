/* The commands as data: what they are called, and their options. */
#ifndef GRADTEX_CMD_CMD_H
#define GRADTEX_CMD_CMD_H

#include "gradtex.h"

#include <stdbool.h>

enum cmd_value { CMD_NO_VALUE, CMD_VALUE, CMD_OPTIONAL_VALUE };

/* `name` is also the name for gtx_options_set; `value` is how the help calls it. */
struct cmd_option {
    const char *name;
    char letter; /* or 0 */
    enum cmd_value has_value;
    const char *value;
    const char *help;
};

typedef int cmd_function(struct gtx_network *network, const char *const *names,
                         size_t count, const struct gtx_options *options,
                         const struct gtx_sink *sink);

/* For a command that reads documents; each is a word of the command line. */
typedef int cmd_documents(const char *const *words, size_t count,
                          const struct gtx_options *options, const struct gtx_sink *sink);

/* `function` is for a command on one network, the first operand; `documents` for one
   whose operands are documents. One of them is NULL. */
struct cmd {
    const char *name;
    const char *operands;
    const char *summary; /* one line */
    const char *example; /* a command to paste */
    size_t least_names, most_names;
    cmd_function *function;
    cmd_documents *documents;
    const struct cmd_option *options; /* ended by a NULL name */
};

extern const struct cmd cmd_derive, cmd_paths, cmd_crosscheck, cmd_evaluate, cmd_show,
    cmd_verify, cmd_figure, cmd_handout;

/* Reads argv (argv[0] is the command's name), runs, and answers the exit status. */
int cmd_run(const struct cmd *cmd, int argc, char **argv);
void cmd_help(const struct cmd *cmd);
/* Prints words that a user wrote on standard error, without characters that a terminal
   acts on. */
void cmd_complain(const char *text);
/* Whether standard output took everything that was printed: GTX_OK or GTX_FILE. */
int cmd_flush(void);

#endif
