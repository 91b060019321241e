/* What the journey of `verify` carries with it: documents, the networks they are held
   against, and where the report goes. */
#ifndef GRADTEX_DOCUMENTS_H
#define GRADTEX_DOCUMENTS_H

#include "gradtex.h"

struct documents;

/* Options and sink are borrowed; documents_end frees it. */
struct documents *documents_new(const struct gtx_options *options,
                                const struct gtx_sink *sink);
/* Settles format and output, opens the networks and reads the documents; a document that
   cannot be read stops no other. False with diagnostics if nothing can be judged. */
bool documents_begin(struct documents *documents, const char *const *words, size_t count);
void documents_judge(struct documents *documents);
/* Writes the report; the status is then that of the documents. */
void documents_report(struct documents *documents);
/* Writes the definitions of the one document as a network. */
void documents_emit(struct documents *documents);
/* Answers the exit status. */
int documents_end(struct documents *documents);

#endif
