/* Names with a letter for an index: `y_k`, `w_{kj}^2`, in the network's own templates. */
#ifndef GRADTEX_TELL_PATTERN_H
#define GRADTEX_TELL_PATTERN_H

#include "base/buf.h"
#include "net/network.h"

#include <stdbool.h>

enum { PATTERN_LETTERS = 8 };

/* Index letters `k j i …` that are no letters of the network; fewer than asked for if
 * there are no more. */
size_t pattern_letters(const struct network *network, const char *letters[],
                       size_t wanted);

/* For sums over sets of paths: a path, and the ends of an edge of it. No letters of the
   network, as far as there are enough. */
struct path_letters {
    const char *path, *tail, *head;
};

struct path_letters pattern_path_letters(const struct network *network);
/* The canonical name of a layer's weight with texts for both ends. */
void pattern_weight(const struct network *network, const struct layer *layer,
                    const char *to, const char *from, struct buf *out);
/* If the names differ by a number in the subscript alone, counting up by one: the name
   with `letter` in its place, and the first number. */
bool pattern_family(const char *const *names, size_t count, const char *letter,
                    struct buf *out, long *first);
/* The number that names the i-th place at an end of the layer's weights. */
long pattern_number(const struct network *network, const struct layer *layer, bool is_to,
                    int64_t place);

enum { PATTERN_LOOKED_AT = 12 };

/* pattern_family of the names of nodes; of many, the first are looked at. */
bool pattern_range(const struct network *network, struct range range, const char *letter,
                   struct buf *out, long *first);
/* The derivative of a layer's activation with a letter for the unit: `\sigma'(z_j^2)`, an
   expression over symbols that are names with the letter. 0 if the names of the units or
   pre-activations follow no pattern. */
expr_id pattern_activation(struct network *network, const struct layer *layer,
                           const char *letter);

#endif
