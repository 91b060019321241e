/* Helpers for sentences: counted words, lists, and the argument lists of doc_sentence. */
#ifndef GRADTEX_TELL_SENTENCE_H
#define GRADTEX_TELL_SENTENCE_H

#include "tell/typeset.h"

enum { SENTENCE_ARGUMENTS = 9, SENTENCE_LIST = 8 };

/* A paragraph under construction. */
struct sentence {
    struct doc *doc;
    const struct typeset *typeset;
    struct inline_node *arguments[SENTENCE_ARGUMENTS];
    size_t count;
};

void sentence_begin(struct sentence *sentence, struct doc *doc,
                    const struct typeset *typeset);
void sentence_expression(struct sentence *sentence, expr_id e);
void sentence_formula(struct sentence *sentence, struct formula *formula);
void sentence_node(struct sentence *sentence, node_id node);
void sentence_reference(struct sentence *sentence, unsigned number);
void sentence_text(struct sentence *sentence, const char *text);
/* English words, in the language of the document. */
void sentence_words(struct sentence *sentence, const char *words);
/* `two`, `12`, `125,000`. Nothing and one are of multiplications or derivatives, as other
   languages ask; of other things sentence_counted says them. */
void sentence_count(struct sentence *sentence, mpz_srcptr count, bool capital);
/* `a, b and c`; a long list ends with how many more there are. */
void sentence_nodes(struct sentence *sentence, const node_id *nodes, size_t count);
/* `a, b, c`; of a range longer than `most`, `a, b, …, z`. */
void sentence_range(struct sentence *sentence, struct range range, int64_t most);
/* The inlines of the text with the arguments; the sentence is empty again. */
struct inline_node *sentence_inlines(struct sentence *sentence, const char *text);
/* The same of one of two texts, `one` for a single thing, as the language counts;
   they are not marked with N_. */
struct inline_node *sentence_counted(struct sentence *sentence, size_t count,
                                     const char *one, const char *many);
/* Inlines of a text, added to a block. */
void sentence_end(struct sentence *sentence, struct block *block, const char *text);

#endif
