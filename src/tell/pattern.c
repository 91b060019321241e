#include "tell/pattern.h"

#include "base/memory.h"
#include "base/name.h"
#include "expr/diff.h"
#include "expr/function.h"

#include <string.h>

static bool begins_with(const struct network *network, node_id node, const char *letter)
{
    struct buf text;
    struct name name;
    buf_init(&text);
    network_name(network, node, &text);
    bool same = name_split(&name, buf_peek(&text)) &&
                name.head_length == strlen(letter) &&
                strncmp(name.head, letter, name.head_length) == 0;
    buf_clear(&text);
    return same;
}

/* Whether an equation defines a symbol of this letter; the units of a layer are passed
 * over at once. */
static bool is_letter_of_equation(const struct network *network, const char *letter)
{
    int64_t place;
    for (node_id node = network_error(network);
         node >= 0 && network_is_defined(network, node); node--) {
        const struct layer *layer = network_layer_of(network, node, &place);
        if (layer)
            node -= place;
        else if (begins_with(network, node, letter))
            return true;
    }
    return false;
}

static bool is_letter_of(const struct network *network, const char *letter)
{
    for (size_t i = 0; i < network_leaves(network)->count; i++) {
        struct range range = network_leaves(network)->ranges[i];
        if (range.count && begins_with(network, range.first, letter))
            return true;
    }
    for (size_t i = 0; i < network_layer_count(network); i++)
        if (strcmp(network_layer(network, i)->head, letter) == 0)
            return true;
    return is_letter_of_equation(network, letter);
}

size_t pattern_letters(const struct network *network, const char *letters[],
                       size_t wanted)
{
    static const char *const candidates[] = {"k", "j", "i", "l", "m",
                                             "n", "q", "r", "s", "u"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates && count < wanted; i++)
        if (!is_letter_of(network, candidates[i]))
            letters[count++] = candidates[i];
    return count;
}

struct path_letters pattern_path_letters(const struct network *network)
{
    static const char *const paths[] = {"p", "q", "P", "\\pi"};
    static const char *const edges[][2] = {
        {"u", "v"}, {"a", "b"}, {"m", "n"}, {"f", "g"}};
    struct path_letters letters = {paths[0], edges[0][0], edges[0][1]};
    for (size_t i = sizeof paths / sizeof *paths; i-- > 0;)
        if (!is_letter_of(network, paths[i]))
            letters.path = paths[i];
    for (size_t i = sizeof edges / sizeof *edges; i-- > 0;)
        if (!is_letter_of(network, edges[i][0]) && !is_letter_of(network, edges[i][1])) {
            letters.tail = edges[i][0];
            letters.head = edges[i][1];
        }
    return letters;
}

/* What the template reads in the name of the layer's first weight. */
static bool first_weight(const struct network *network, const struct layer *layer,
                         struct buf *name, struct template_values *values)
{
    network_name(network, network_weight(network, layer, 0, 0), name);
    return template_read(network_weight_template(network, layer), buf_peek(name), values);
}

long pattern_number(const struct network *network, const struct layer *layer, bool is_to,
                    int64_t place)
{
    struct template_values values = {0};
    struct buf name;
    buf_init(&name);
    first_weight(network, layer, &name, &values);
    buf_clear(&name);
    return (long)(values.numbers[is_to ? PLACE_TO : PLACE_FROM] + place);
}

static void write_piece(const struct template_piece *piece,
                        const struct template_values *values, const char *to,
                        const char *from, struct buf *out)
{
    if (piece->text)
        buf_bytes(out, piece->text, piece->length);
    else if (piece->placeholder == PLACE_TO)
        buf_text(out, to);
    else if (piece->placeholder == PLACE_FROM)
        buf_text(out, from);
    else if (values->texts[piece->placeholder])
        buf_text(out, values->texts[piece->placeholder]);
    else
        buf_format(out, "%lld", (long long)values->numbers[piece->placeholder]);
}

void pattern_weight(const struct network *network, const struct layer *layer,
                    const char *to, const char *from, struct buf *out)
{
    const struct template *template = network_weight_template(network, layer);
    struct template_values values = {0};
    struct buf name;
    buf_init(&name);
    first_weight(network, layer, &name, &values);
    for (size_t i = 0; i < template->count; i++) {
        bool adjacent =
            i > 0 && !template->pieces[i].text && !template->pieces[i - 1].text;
        if (adjacent && template->commas)
            buf_char(out, ',');
        write_piece(&template->pieces[i], &values, to, from, out);
    }
    buf_clear(&name);
}

static bool read_index(const struct name *name, long *index)
{
    long value = 0;
    for (size_t i = 0; i < name->sub_length; i++) {
        if (name->sub[i] < '0' || name->sub[i] > '9' || value > 100000000)
            return false;
        value = 10 * value + (name->sub[i] - '0');
    }
    *index = value;
    return name->sub_length > 0;
}

static bool same_but_index(const struct name *a, const struct name *b)
{
    return a->head_length == b->head_length && a->sup_length == b->sup_length &&
           strncmp(a->head, b->head, a->head_length) == 0 &&
           (!a->sup_length || strncmp(a->sup, b->sup, a->sup_length) == 0);
}

bool pattern_family(const char *const *names, size_t count, const char *letter,
                    struct buf *out, long *first)
{
    struct name head, name;
    long index;
    if (!count || !name_split(&head, names[0]) || !read_index(&head, first))
        return false;
    for (size_t i = 1; i < count; i++)
        if (!name_split(&name, names[i]) || !same_but_index(&head, &name) ||
            !read_index(&name, &index) || index != *first + (long)i)
            return false;
    head.sub = letter;
    head.sub_length = strlen(letter);
    name_join(out, &head);
    return true;
}

bool pattern_range(const struct network *network, struct range range, const char *letter,
                   struct buf *out, long *first)
{
    char *names[PATTERN_LOOKED_AT] = {NULL};
    size_t count =
        range.count < PATTERN_LOOKED_AT ? (size_t)range.count : PATTERN_LOOKED_AT;
    for (size_t i = 0; i < count; i++) {
        struct buf text;
        buf_init(&text);
        network_name(network, range.first + (node_id)i, &text);
        names[i] = buf_take(&text);
    }
    bool ok = pattern_family((const char *const *)names, count, letter, out, first);
    for (size_t i = 0; i < count; i++)
        memory_free(names[i]);
    return ok;
}

/* The symbol with a letter for the number; 0 if the names follow no pattern. */
static expr_id symbol_with_letter(struct network *network, struct range range,
                                  const char *letter)
{
    struct buf text;
    long first;
    buf_init(&text);
    bool ok = pattern_range(network, range, letter, &text, &first);
    expr_id symbol = ok ? expr_symbol(network_pool(network), buf_peek(&text)) : 0;
    buf_clear(&text);
    return symbol;
}

expr_id pattern_activation(struct network *network, const struct layer *layer,
                           const char *letter)
{
    struct pool *pool = network_pool(network);
    expr_id sum = symbol_with_letter(network, layer->sums, letter);
    expr_id unit = symbol_with_letter(network, layer->units, letter);
    if (!sum || !unit || layer->activation != ACTIVATION_FUNCTION)
        return 0;
    return fold(pool, function_derivative(
                          pool, function_apply(pool, layer->function, sum), 0, unit));
}
