/* Words of the command line: names without braces, in Unicode or LaTeX, whole or with a
   script missing. */
#include "net/parts.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A word taken apart; the texts are owned. */
struct word {
    struct buf head, sub, sup;
    bool has_sub, has_sup;
};

static void word_init(struct word *word)
{
    buf_init(&word->head);
    buf_init(&word->sub);
    buf_init(&word->sup);
    word->has_sub = word->has_sup = false;
}

static void word_clear(struct word *word)
{
    buf_clear(&word->head);
    buf_clear(&word->sub);
    buf_clear(&word->sup);
}

/* Superscript and subscript characters, with what they stand for. */
static const char *const above = "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁽(⁾)";
static const char *const below = "₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₍(₎)";

static char script_character(const char *table, const char *text, size_t length)
{
    const char *found;
    char wanted[8] = "";

    if (length < 2 || length > 4)
        return '\0';
    memcpy(wanted, text, length);
    found = strstr(table, wanted);
    return found != NULL ? found[length] : '\0';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_script_character(const char *at)
{
    size_t length = utf8_read(at, strlen(at), NULL);

    return script_character(above, at, length) != '\0' ||
           script_character(below, at, length) != '\0';
}

/* Appends to a text, turning Greek letters into commands and dropping blanks. */
static const char *take_character(const char *at, struct buf *out)
{
    size_t length = utf8_read(at, strlen(at), NULL);
    const char *command;

    length = length == 0 ? 1 : length;
    command = length > 1 ? name_greek_from_unicode(at, length) : NULL;
    if (command != NULL)
        buf_text(out, command);
    else if (*at != ' ')
        buf_bytes(out, at, length);
    return at + length;
}

static const char *take_group(const char *at, struct buf *out)
{
    size_t depth = 0;

    do {
        depth += *at == '{';
        depth -= *at == '}';
        at = take_character(at, out);
    } while (depth > 0 && *at != '\0');
    return at;
}

/* `\hat y` and `\hat{y}`, `\mathrm{net}`, `δ`, `net`. */
static const char *take_command(const char *at, struct word *word)
{
    size_t length = 1;
    bool accent;

    while (is_letter(at[length]))
        length++;
    accent = (length == 4 && strncmp(at, "\\hat", 4) == 0) ||
             (length == 4 && strncmp(at, "\\bar", 4) == 0) ||
             (length == 6 && strncmp(at, "\\tilde", 6) == 0);
    if (length == 7 && strncmp(at, "\\mathrm", 7) == 0 && at[7] == '{') {
        at = take_group(at + 7, &word->head);
        memmove(word->head.data, word->head.data + 1, word->head.length);
        buf_truncate(&word->head, word->head.length - 2);
        return at;
    }
    buf_bytes(&word->head, at, length);
    at += length;
    at += strspn(at, " ");
    if (*at == '{')
        return take_group(at, &word->head);
    if (!accent || *at == '\0')
        return at;
    buf_char(&word->head, '{');
    at = take_character(at, &word->head);
    buf_char(&word->head, '}');
    return at;
}

static const char *take_head(const char *at, struct word *word)
{
    if (*at == '\\')
        at = take_command(at, word);
    else
        while (is_letter(*at) || ((*at & 0x80) != 0 && !is_script_character(at)))
            at = take_character(at, &word->head);
    while (*at == '\'' || *at == '*')
        at = take_character(at, &word->head);
    return at;
}

/* A script: a group, or all up to the next mark. Of the marks only `^` ends at `_`, which
   elsewhere is the comma of an identifier (`w_1_1__2`). */
static const char *take_script(const char *at, char mark, struct buf *out, bool *has)
{
    *has = true;
    if (*at == '{') {
        size_t begin = out->length;

        at = take_group(at, out);
        memmove(out->data + begin, out->data + begin + 1, out->length - begin);
        buf_truncate(out, out->length - 2);
        return at;
    }
    while (*at != '\0' && *at != '^' && strncmp(at, "__", 2) != 0) {
        if (*at == '_' && (mark == '^' || out->length == 0))
            break;
        if (*at == '_')
            buf_char(out, ',');
        at = *at == '_' ? at + 1 : take_character(at, out);
    }
    return at;
}

/* Takes a run of script characters such as `₁₁`; the same place if there is none. */
static const char *take_unicode(const char *at, const char *table, struct buf *out,
                                bool *has)
{
    size_t length;
    char c;

    while ((length = utf8_read(at, strlen(at), NULL)) > 1 &&
           (c = script_character(table, at, length)) != '\0') {
        buf_char(out, c);
        *has = true;
        at += length;
    }
    return at;
}

/* One script; NULL if the word goes on with something else. */
static const char *take_part(const char *at, struct word *word)
{
    const char *begin = at;

    at = take_unicode(at, above, &word->sup, &word->has_sup);
    at = take_unicode(at, below, &word->sub, &word->has_sub);
    if (at != begin)
        return at;
    if (is_digit(*at) && !word->has_sub)
        return take_script(at, '_', &word->sub, &word->has_sub);
    if (strncmp(at, "__", 2) == 0 && !word->has_sup)
        return take_script(at + 2, '_', &word->sup, &word->has_sup);
    if (*at == '_' && !word->has_sub)
        return take_script(at + 1, '_', &word->sub, &word->has_sub);
    if (*at == '^' && !word->has_sup)
        return take_script(at + 1, '^', &word->sup, &word->has_sup);
    return NULL;
}

static bool read_word(const char *text, struct word *word)
{
    const char *at = take_head(text, word);

    while (at != NULL && *at != '\0')
        at = take_part(at, word);
    return at != NULL && word->head.length > 0 &&
           (!word->has_sub || word->sub.length > 0) &&
           (!word->has_sup || word->sup.length > 0);
}

static void write_word(const struct word *word, struct buf *out)
{
    struct name name = {buf_peek(&word->head), buf_peek(&word->sub), buf_peek(&word->sup),
                        word->head.length,     word->sub.length,     word->sup.length};

    name_join(out, &name);
}

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

/* Whether a name completes the word: the same head, and the scripts that the word has. */
static bool completes(const struct word *word, const char *canonical)
{
    struct name name;

    return name_split(&name, canonical) && name.head_length == word->head.length &&
           strncmp(name.head, buf_peek(&word->head), name.head_length) == 0 &&
           (!word->has_sub ||
            (name.sub_length == word->sub.length &&
             strncmp(name.sub, buf_peek(&word->sub), name.sub_length) == 0)) &&
           (!word->has_sup ||
            (name.sup_length == word->sup.length &&
             strncmp(name.sup, buf_peek(&word->sup), name.sup_length) == 0));
}

/* Whether all names of a member have the same script, the one that the word has (or it
   has none). */
static bool is_uniform(const struct names_family *family, const struct word *word)
{
    bool above_line = false;

    for (size_t i = 0; i < family->template.count; i++) {
        const struct template_piece *piece = &family->template.pieces[i];
        bool varies = piece->text == NULL && piece->placeholder != PLACE_LAYER;

        for (size_t k = 0; piece->text != NULL && k < piece->length; k++)
            above_line = above_line || piece->text[k] == '^';
        if (varies && (above_line ? word->has_sup : word->has_sub))
            return false;
    }
    return true;
}

static bool is_match(const struct names_family *family, const struct names_member *member,
                     int64_t place, const struct word *word)
{
    struct buf name;
    bool good;

    buf_init(&name);
    names_write_member(family, member, place, &name);
    good = completes(word, buf_peek(&name));
    buf_clear(&name);
    return good;
}

static void match_member(const struct network *network, const struct names_family *family,
                         const struct names_member *member, const struct word *word,
                         struct matches *matches)
{
    bool uniform = is_uniform(family, word);
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
            completes(word, expr_peek_name(network->pool, network->blocks[i].symbol)))
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
    match_families(network, &network->shown, word, matches);
    if (matches->count == 0)
        match_families(network, &network->written, word, matches);
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
    write_word(word, &canonical);
    node = network_find(network, buf_peek(&canonical));
    buf_clear(&canonical);
    return node;
}

/* `delta_1` as `\delta_1`: shells eat backslashes. */
static bool spell_greek(struct word *word)
{
    struct buf command;
    bool known;

    buf_init(&command);
    buf_format(&command, "\\%s", buf_peek(&word->head));
    known = name_greek_to_unicode(buf_peek(&command), command.length) != NULL;
    if (known) {
        buf_truncate(&word->head, 0);
        buf_text(&word->head, buf_peek(&command));
    }
    buf_clear(&command);
    return known;
}

static void match_word(const struct network *network, const char *text, struct word *word,
                       struct matches *matches)
{
    node_id node = find_exactly(network, text, word);

    if (node >= 0)
        add_match(matches, node);
    else
        complete(network, word, matches);
    if (matches->count > 0 || !spell_greek(word))
        return;
    node = find_exactly(network, text, word);
    if (node >= 0)
        add_match(matches, node);
    else
        complete(network, word, matches);
}

size_t network_match(const struct network *network, const char *text, node_id **nodes,
                     size_t *count)
{
    struct matches matches = {0};
    struct word word;
    size_t found;

    word_init(&word);
    if (read_word(text, &word))
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
