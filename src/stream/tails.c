#include "stream/tails.h"

#include "base/memory.h"

enum { CAPACITY = 1 << 13, MOST_SETS = CAPACITY / 2, BYTES = 4 << 20, MOST_PATHS = 256 };

/* Nodes in the tails of one node. */
enum { MOST_NODES = 1 << 14 };

static void forget(struct tails *tails)
{
    for (size_t i = 0; i < CAPACITY; i++) {
        memory_free(tails->sets[i].items);
        buf_clear(&tails->sets[i].bytes);
        tails->sets[i] = (struct tail_set){.node = -1};
    }
    tails->set_count = 0;
    tails->bytes = 0;
}

void tails_init(struct tails *tails, struct line *line, struct graph *graph,
                size_t length)
{
    size_t most = MOST_NODES / (length + 1);

    *tails = (struct tails){.line = line, .graph = graph};
    tails->most = most < MOST_PATHS ? most : MOST_PATHS;
    tails->sets = memory_zeroed(CAPACITY, sizeof *tails->sets);
    forget(tails);
}

void tails_clear(struct tails *tails)
{
    forget(tails);
    memory_free(tails->sets);
}

bool tails_stop(void *context, node_id node)
{
    const struct tails *tails = context;

    return node != graph_to(tails->graph) &&
           mpz_cmp_ui(graph_count(tails->graph, node), tails->most) <= 0;
}

static struct tail_set *find(const struct tails *tails, node_id node)
{
    size_t at =
        (size_t)((uint64_t)node * UINT64_C(0x9e3779b97f4a7c15) >> 51) & (CAPACITY - 1);

    while (tails->sets[at].node != -1 && tails->sets[at].node != node)
        at = (at + 1) & (CAPACITY - 1);
    return &tails->sets[at];
}

static void add_tail(struct tails *tails, struct tail_set *set, const struct path *part)
{
    struct tail *tail = &set->items[set->count++];

    tail->before = set->bytes.length;
    line_before(tails->line, part, &set->bytes);
    tail->before_length = set->bytes.length - tail->before;
    tail->behind = set->bytes.length;
    tail->has_factor = line_behind(tails->line, part, &set->bytes);
    tail->behind_length = set->bytes.length - tail->behind;
}

static void fill(struct tails *tails, struct tail_set *set, node_id node)
{
    struct path_iterator *iterator =
        path_iterator_new_within(tails->graph, node, NULL, NULL);
    const struct path *part;

    set->node = node;
    set->items = memory_array(NULL, mpz_get_ui(graph_count(tails->graph, node)),
                              sizeof *set->items);
    while ((part = path_next(iterator, NULL)) != NULL)
        add_tail(tails, set, part);
    path_iterator_free(iterator);
    tails->set_count++;
    tails->bytes += set->bytes.capacity + set->count * sizeof *set->items;
}

const struct tail_set *tails_of(struct tails *tails, node_id node)
{
    struct tail_set *set = find(tails, node);

    if (set->node == node)
        return set;
    if (tails->set_count == MOST_SETS || tails->bytes > BYTES)
        forget(tails);
    set = find(tails, node);
    fill(tails, set, node);
    return set;
}
