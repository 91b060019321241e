/* The network language: text -> network, and back. gradtex-spec(5) is its manual. */
#ifndef GRADTEX_NET_SPEC_H
#define GRADTEX_NET_SPEC_H

#include "base/budget.h"
#include "base/diag.h"
#include "net/network.h"

/* Reads a spec. `notation` is NULL or the name of a preset (net/preset.h) whose lines
   stand in for the spec's templates and signs. NULL with diagnostics if the spec is
   wrong. The source must outlive the network. */
struct network *spec_read(const struct source *source, const char *notation,
                          const struct budget *budget, struct diags *diags);

/* Values in place of those that the spec gives, after spec_read: from the bytes of a .npy
   or .npz file called `path`, or from a text of `let` lines. False with diagnostics; the
   source must outlive them. */
bool spec_is_arrays(const struct buf *bytes);
bool spec_take_arrays(struct network *network, const char *path, const struct buf *bytes,
                      struct diags *diags);
bool spec_take_lets(struct network *network, const struct source *source,
                    const struct budget *budget, struct diags *diags);
/* Whether what the network, read from the source, assumes holds for its values; false
   after diagnostics. What lacks a value is passed over. */
bool spec_check_values(struct network *network, const struct source *source,
                       struct diags *diags);

/* The spec in full: presets and defaults written out; spec_read of it gives the same
 * network. */
void spec_write(struct network *network, struct buf *out);

/* If the word is a short form (`2-3-1`, `2-2-2:bias`) appends the spec that it stands
   for. A word that looks like one and is wrong gives a diagnostic and `false`,
   `*is_short` telling the two apart. */
bool preset_expand(const char *word, struct buf *spec, bool *is_short,
                   struct diags *diags);
/* What a notation may look at in the network that it is for. */
struct preset_facts {
    bool shares_letters; /* several layers have one letter */
    bool ties_biases;    /* the units of a layer have one bias together */
};

/* Appends the lines of a notation (`post`); false if there is none of that name. */
bool preset_notation(const char *name, const struct preset_facts *facts,
                     struct buf *lines);
#endif
