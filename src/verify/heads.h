/* How heads, the letters and words of names, are used in a document: as functions, as
   names, as indices. For the files of verify/families.h. */
#ifndef GRADTEX_VERIFY_HEADS_H
#define GRADTEX_VERIFY_HEADS_H

#include "verify/families.h"
#include "verify/script.h"

/* How a letter or word is used as a name. */
struct family_head {
    bool is_bare, is_applied, is_primed, is_differentiated;
    bool is_primed_applied; /* `f'(z)` */
    bool is_primed_name;    /* `h'` is differentiated, or by it */
    bool is_left_primed;    /* the same with a prime */
    bool is_left_bare;      /* stands left of a chain without scripts */
    bool is_applied_left;   /* `f(z) = …` */
    bool is_applied_otherwise;
    bool has_index_sup;        /* some superscript of a digit or letter is an index */
    bool has_list_argument;    /* `L(y, \hat y)`: none of our functions */
    bool has_formula_argument; /* `y(1-y)`: a product, unless it is a function */
    bool has_pairs;            /* of indices: `w_{11}`, `w_{ij}` */
    bool has_letter;           /* as its only index: `p_i` */
    size_t arity[2];           /* the most indices in its sub- and superscripts */
    bool is_alone;             /* stands without scripts: `i` is a unit, not an index */
    bool has_both_scripts;     /* `w_{ji}^{(1)}` */
    bool has_layer;            /* `a^1`, `a^l` */
    bool is_limit;             /* a sum ends at it */
    bool is_letter;            /* as an index */
    bool is_label;             /* in scripts, and never an index */
    bool is_sup_letter;        /* as an index in superscripts: of a layer */
};

/* Texts as numbers; the table entry of a head, made or found (never NULL). */
size_t heads_intern(struct families *families, const char *text);
struct family_head *heads_get(struct families *families, const char *text);
const struct family_head *heads_find(const struct families *families, const char *text);
/* The n up to which a sum runs, or n - 1; NULL if it is no letter. */
const char *heads_limit(const struct binder *binder);
/* Makes a canonical name one of the document. */
void heads_mark(struct families *families, const char *canonical);

/* The passes over all names of a document, in this order. */
void heads_note_use(struct families *families, const struct reading_step *step,
                    const struct occurrence *occurrence);
void heads_note_label(struct families *families, const struct reading_step *step,
                      const struct occurrence *occurrence);
void heads_note_index_sup(struct families *families, const struct reading_step *step,
                          const struct occurrence *occurrence);
void heads_note_layer_sup(struct families *families, const struct reading_step *step,
                          const struct occurrence *occurrence);
void heads_note_letters(struct families *families, const struct reading_step *step,
                        const struct occurrence *occurrence);
void heads_note_lasts(struct families *families, const struct reading_step *step,
                      const struct occurrence *occurrence);

/* The scripts of a name, with its labels told from indices; `o1` is one label if no name
   of this head has two indices. */
void heads_script(const struct families *families, struct script *script,
                  const struct parse_node *name, enum parse_kind kind);
/* Whether the superscript is an index, and no power; whether all letters of a script are
   indices; whether the name is all that stands left of a chain; whether it stands for
   labels, as `out_o` does where `out_{o1}` is a name. */
bool heads_is_index_sup(const struct families *families, const struct parse_node *name);
bool heads_is_index_run(const struct families *families, const struct script *script);
bool heads_is_left_side(const struct reading_step *step, const struct parse_node *name);
bool heads_stand_for_labels(const struct families *families,
                            const struct parse_node *name);
/* Whether the name is `p_K`, where sums end at K: the last of its family. */
bool heads_stand_for_last(const struct families *families, const struct parse_node *name);

#endif
