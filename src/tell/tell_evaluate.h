/* A forward pass, a backward pass and a step of gradient descent as tables. */
#ifndef GRADTEX_TELL_TELL_EVALUATE_H
#define GRADTEX_TELL_TELL_EVALUATE_H

#include "doc/doc.h"
#include "eval/training.h"

/* Appends to the document; decimals have at most `digits` digits, all certain. */
void tell_evaluate(struct doc *doc, const struct training *training, size_t digits);

#endif
