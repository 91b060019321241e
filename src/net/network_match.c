/* Words of the command line: names without braces, in Unicode or LaTeX, whole or with a
   script missing. */
#include "net/parts.h"
#include "net/word.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct matches {
    node_id *nodes;
    size_t count, capacity;
    bool too_many;
};

static void add_match(struct matches *matches, node_id node)
{
    if (matches->count == NETWORK_MATCHES) {
        matches->too_many = true;
        return;
    }
    if (matches->count == matches->capacity) {
        matches->capacity = 2 * matches->capacity + 16;
        matches->nodes =
            memory_array(matches->nodes, matches->capacity, sizeof *matches->nodes);
    }
    matches->nodes[matches->count++] = node;
}

static bool is_match(const struct names_family *family, const struct names_member *member,
                     int64_t place, const struct word *word)
{
    struct buf name;
    bool good;

    buf_init(&name);
    names_write_member(family, member, place, &name);
    good = word_is_completed(word, buf_peek(&name));
    buf_clear(&name);
    return good;
}

static void match_member(const struct network *network, const struct names_family *family,
                         const struct names_member *member, const struct word *word,
                         struct matches *matches)
{
    bool uniform = names_is_uniform(family, word->has_sub, word->has_sup);
    int64_t count = names_member_count(member);

    if (uniform && !is_match(family, member, names_member_place(member, 0), word))
        return;
    for (int64_t i = 0; i < count && !matches->too_many; i++) {
        int64_t place = names_member_place(member, i);
        struct slot slot = {member->block, place};

        if (uniform || is_match(family, member, place, word))
            add_match(matches, slot_node(network, slot_owner(network, slot)));
    }
}

/* Families whose template begins with the word's head. */
static void match_families(const struct network *network, const struct names *names,
                           const struct word *word, struct matches *matches)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct names_family *family = &names->families[i];
        const char *source = family->template.source;

        if (strncmp(source, buf_peek(&word->head), word->head.length) != 0)
            continue;
        for (size_t k = 0; k < family->count && !matches->too_many; k++)
            match_member(network, family, &family->members[k], word, matches);
    }
}

static void match_singles(const struct network *network, const struct word *word,
                          struct matches *matches)
{
    for (size_t i = 0; i < network->block_count; i++)
        if (network->blocks[i].symbol != 0 &&
            word_is_completed(word,
                              expr_peek_name(network->pool, network->blocks[i].symbol)))
            add_match(matches, network->blocks[i].first);
}

static int compare_nodes(const void *a, const void *b)
{
    node_id left = *(const node_id *)a, right = *(const node_id *)b;

    return (left > right) - (left < right);
}

static void sort_matches(struct matches *matches)
{
    size_t kept = 0;

    if (matches->count > 0)
        qsort(matches->nodes, matches->count, sizeof *matches->nodes, compare_nodes);
    for (size_t i = 0; i < matches->count; i++)
        if (kept == 0 || matches->nodes[kept - 1] != matches->nodes[i])
            matches->nodes[kept++] = matches->nodes[i];
    matches->count = kept;
}

static void complete(const struct network *network, const struct word *word,
                     struct matches *matches)
{
    if (word->has_sub && word->has_sup)
        return;
    match_singles(network, word, matches);
    match_families(network, names_first(network), word, matches);
    if (matches->count == 0 && names_second(network) != NULL)
        match_families(network, names_second(network), word, matches);
    sort_matches(matches);
}

/* The name itself, as it is written or as it was taken apart. */
static node_id find_exactly(const struct network *network, const char *text,
                            const struct word *word)
{
    node_id node = network_find(network, text);
    struct buf canonical;

    if (node >= 0)
        return node;
    buf_init(&canonical);
    word_write(word, &canonical);
    node = network_find(network, buf_peek(&canonical));
    buf_clear(&canonical);
    return node;
}

/* How layers and samples stand in superscripts, of which `h_1__2` and `h_1__1_2` keep no
   brackets. */
static const char *const bracketed[] = {"(%.*s)", "[%.*s]"};
static const char *const bracketed_pairs[] = {"%.*s(%s)", "[%.*s](%s)", "%.*s[%s]",
                                              "(%.*s)(%s)", "[%.*s][%s]"};

/* The name whose superscript lost its brackets in an identifier; -1 if there is none. */
static node_id find_without_brackets(const struct network *network,
                                     const struct word *word)
{
    struct word whole = *word;
    const char *sup = buf_peek(&word->sup), *comma = strchr(sup, ',');
    int first = comma ? (int)(comma - sup) : (int)word->sup.length;
    size_t forms = comma ? sizeof bracketed_pairs / sizeof *bracketed_pairs
                         : sizeof bracketed / sizeof *bracketed;
    node_id node = -1;

    buf_init(&whole.sup);
    for (size_t i = 0; i < forms && node < 0; i++) {
        buf_truncate(&whole.sup, 0);
        if (comma)
            buf_format(&whole.sup, bracketed_pairs[i], first, sup, comma + 1);
        else
            buf_format(&whole.sup, bracketed[i], first, sup);
        node = find_exactly(network, "", &whole);
    }
    buf_clear(&whole.sup);
    return node;
}

static void match_once(const struct network *network, const char *text,
                       const struct word *word, struct matches *matches)
{
    node_id node = find_exactly(network, text, word);

    if (node < 0 && word->has_sup && strstr(text, "__"))
        node = find_without_brackets(network, word);
    if (node >= 0)
        add_match(matches, node);
    else
        complete(network, word, matches);
}

static void match_word(const struct network *network, const char *text, struct word *word,
                       struct matches *matches)
{
    match_once(network, text, word, matches);
    if (matches->count == 0 && word_spell_greek(word))
        match_once(network, text, word, matches);
}

size_t network_match(const struct network *network, const char *text, node_id **nodes,
                     size_t *count)
{
    struct matches matches = {0};
    struct word word;
    size_t found;

    word_init(&word);
    if (word_read(text, &word))
        match_word(network, text, &word, &matches);
    found = matches.too_many ? SIZE_MAX : matches.count;
    if (found > 0 && found != SIZE_MAX) {
        *nodes = memory_array(*nodes, *count + found, sizeof **nodes);
        memcpy(*nodes + *count, matches.nodes, found * sizeof **nodes);
        *count += found;
    }
    memory_free(matches.nodes);
    word_clear(&word);
    return found;
}
