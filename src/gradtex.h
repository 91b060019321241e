/* gradtex: proved derivations of the gradients of neural networks.

   Open a network, set options by name, call one function per command; each answers an
   exit status. Nothing here is shared between networks or options, so threads may each
   use their own. */
#ifndef GRADTEX_H
#define GRADTEX_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum gtx_status {
    GTX_OK = 0,        /* all well */
    GTX_FALSE = 1,     /* a claim is false, or two gradients differ */
    GTX_USAGE = 2,     /* a wrong option, or a name that the network does not have */
    GTX_UNDECIDED = 3, /* something is probable or undecided, and nothing false */
    GTX_INPUT = 4,     /* a wrong network, or a document that cannot be read */
    GTX_FILE = 5,      /* a file or stream failed */
    GTX_LIMIT = 6,     /* a limit was reached, or memory ran out */
    GTX_INTERNAL = 70  /* an internal contradiction; please report it */
};

struct gtx_network;
struct gtx_options;

/* Where results and diagnostics go. */
struct gtx_sink {
    /* Takes bytes of the result; false stops the command. NULL: standard output. Not
       called when the option `output` names a file. */
    bool (*text)(void *context, const char *bytes, size_t length);
    /* Takes diagnostics, whole lines of UTF-8. NULL: they are dropped. */
    void (*message)(void *context, const char *text);
    void *context;
};

const char *gtx_version(void);

struct gtx_options *gtx_options_new(void);
void gtx_options_free(struct gtx_options *options);
/* The names and values are those of the command line without the dashes (see gradtex(1)):
   `detail`, `normal`. The value of an option without one is NULL. False if there is no
   such option or the value is wrong; gtx_options_problem then says why. */
bool gtx_options_set(struct gtx_options *options, const char *name, const char *value);
/* One sentence, valid until the next call with these options. */
const char *gtx_options_problem(const struct gtx_options *options);

/* Reads a network: from a file, from standard input (`-`), or from a short form
   (`2-3-1`). NULL if it is wrong; diagnostics go to the sink, and the status is stored in
   both cases. */
struct gtx_network *gtx_network_open(const char *word, const struct gtx_options *options,
                                     const struct gtx_sink *sink, int *status);
void gtx_network_free(struct gtx_network *network);

/* The commands. `names` are `count` words as on the command line, such as `w11^2`. */

/* The derivation of dE/d(name) for each name; without names the network's general
   equations. */
int gtx_derive(struct gtx_network *network, const char *const *names, size_t count,
               const struct gtx_options *options, const struct gtx_sink *sink);
/* The paths from one symbol to E: listed, counted, or as one sum. */
int gtx_paths(struct gtx_network *network, const char *const *names, size_t count,
              const struct gtx_options *options, const struct gtx_sink *sink);
/* The gradient by paths and by backprop, with exact numbers; without names for all
   parameters. */
int gtx_crosscheck(struct gtx_network *network, const char *const *names, size_t count,
                   const struct gtx_options *options, const struct gtx_sink *sink);
/* The values of all units and the error, its gradient, and with `learning-rate` one step
   of gradient descent; takes no names. */
int gtx_evaluate(struct gtx_network *network, const char *const *names, size_t count,
                 const struct gtx_options *options, const struct gtx_sink *sink);
/* What was read: the spec in full, the equations, the names, the counts. */
int gtx_show(struct gtx_network *network, const char *const *names, size_t count,
             const struct gtx_options *options, const struct gtx_sink *sink);

/* A picture of the network for each name, its paths in colour; without names one. */
int gtx_figure(struct gtx_network *network, const char *const *names, size_t count,
               const struct gtx_options *options, const struct gtx_sink *sink);

/* A sheet for a class: the network, derivations by the names (by one parameter of each
   layer without any), general equations, an example in numbers, exercises and a key. */
int gtx_handout(struct gtx_network *network, const char *const *names, size_t count,
                const struct gtx_options *options, const struct gtx_sink *sink);

/* Judges hand-written derivations step by step, against the networks of the option
   `network` and of the words that end in `.net`, else against the definitions of each
   document itself. `words` are `count` files, or `-`. */
int gtx_verify(const char *const *words, size_t count, const struct gtx_options *options,
               const struct gtx_sink *sink);

/* For programs. Makes GMP and FLINT allocate as this library does; call it first or not
   at all. When memory runs out the handler is called, which must not return; without one
   the program aborts. */
void gtx_install_memory(void (*handler)(void));
/* Removes the unfinished files of this process; safe in a signal handler. */
void gtx_remove_temporaries(void);

#ifdef __cplusplus
}
#endif

#endif
