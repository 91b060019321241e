/* For tests: a network from the text of a spec. */
#ifndef GRADTEX_TESTS_GIVEN_H
#define GRADTEX_TESTS_GIVEN_H

#include "net/spec.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

struct given {
    struct source source;
    struct budget budget;
    struct diags diags;
    struct network *network;
};

static inline void given_print(const struct given *given)
{
    struct buf text;
    buf_init(&text);
    diags_print(&given->diags, language_at(0), &text);
    fputs(buf_peek(&text), stderr);
    buf_clear(&text);
}

/* The network is NULL if the spec is wrong. */
static inline void given_try(struct given *given, const char *spec)
{
    budget_init(&given->budget);
    diags_init(&given->diags);
    ck_assert(
        source_from_text(&given->source, "given", spec, strlen(spec), &given->diags));
    given->network = spec_read(&given->source, NULL, &given->budget, &given->diags);
}

static inline void given_init(struct given *given, const char *spec)
{
    given_try(given, spec);
    if (given->network == NULL)
        given_print(given);
    ck_assert_ptr_nonnull(given->network);
}

static inline void given_clear(struct given *given)
{
    network_free(given->network);
    source_clear(&given->source);
    diags_clear(&given->diags);
}

static inline node_id given_node(const struct given *given, const char *canonical)
{
    node_id node = network_find(given->network, canonical);
    ck_assert_msg(node >= 0, "no node %s", canonical);
    return node;
}

/* What was said last, after the notes of the spec. */
static inline void given_check_diag(const struct given *given, enum diag_code code,
                                    const char *part)
{
    struct buf text;
    buf_init(&text);
    diags_print(&given->diags, language_at(0), &text);
    ck_assert_uint_gt(given->diags.count, 0);
    ck_assert_msg(given->diags.items[given->diags.count - 1].code == code &&
                      strstr(buf_peek(&text), part) != NULL,
                  "%s", buf_peek(&text));
    buf_clear(&text);
}

#endif
