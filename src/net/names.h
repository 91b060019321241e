/* The names that templates give, in one notation: written and found by arithmetic,
   nothing is stored a name. A family is a template whose texts are put in; its members
   are the boxes of numbers that it is used with: the units of a layer, the edges between
   a layer and one of its sources. */
#ifndef GRADTEX_NET_NAMES_H
#define GRADTEX_NET_NAMES_H

#include "base/source.h"
#include "net/notation.h"

/* A place in a block of nodes; for weights the place of an edge: target * fan_in +
   source. */
struct slot {
    size_t block;
    int64_t place;
};

#define SLOT_NONE ((struct slot){SIZE_MAX, -1})

/* Numbers that placeholders run through; `<unit>` is `<to>`, with a fan_in and from_count
   of 1. */
struct names_member {
    size_t block;
    int64_t to_first, to_count;
    int64_t fan_in;
    int64_t from_first;              /* what `<from>` writes for source 0 */
    int64_t from_offset, from_count; /* the sources of this member */
    int64_t source_first;            /* what `<source-unit>` writes at from_offset */
    int64_t layer, sample;
    int64_t edge_first; /* what `<edge-all>` writes at place 0 */
    bool shared;        /* tied: another may have the same name */
    struct span span;
};

struct names_family {
    struct template template;
    char *skeleton;               /* a name with every run of digits replaced by `#` */
    struct names_member *members; /* by layer, then by sample, ascending */
    size_t count, capacity;
};

struct names {
    struct names_family *families;
    size_t count, capacity;
    struct names_key {
        const char *skeleton;
        size_t family;
    } * sorted; /* by skeleton */
    struct names_reference {
        size_t block, family, member;
    } * references; /* by block, then by source */
    size_t reference_count, reference_capacity;
};

void names_init(struct names *names);
void names_clear(struct names *names);

/* The member is copied. `text` is a template whose only placeholders are numbers, known
   to be right. */
void names_add(struct names *names, const char *text, const struct names_member *member);
/* Decides about commas and makes names findable; to be called again after names_add. */
void names_seal(struct names *names);

/* Appends the name of a slot; false if no family has its block. */
bool names_write(const struct names *names, struct slot slot, struct buf *out);
/* The slot that has this name; with `owned`, of members that are not shared. SLOT_NONE if
   none has it. */
struct slot names_find(const struct names *names, const char *canonical, bool owned);

/* What a placeholder of a member runs through. */
void names_interval(const struct names_member *member, enum placeholder place,
                    int64_t *first, int64_t *last);
int64_t names_member_count(const struct names_member *member);
/* The i-th place of a member. */
int64_t names_member_place(const struct names_member *member, int64_t i);
void names_write_member(const struct names_family *family,
                        const struct names_member *member, int64_t place,
                        struct buf *out);

/* Whether all names of a member have the same script: the subscript, the superscript or
   both, as asked for. */
bool names_is_uniform(const struct names_family *family, bool sub, bool sup);

#endif
