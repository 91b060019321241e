#include "path/path.h"

#include "base/memory.h"
#include "path/graph_parts.h"

/* A node of the path and the place of the next one among its predecessors. */
struct step {
    const struct range *ranges;
    size_t range_count;
    size_t range;
    int64_t offset;
    bool joined; /* every node of the ranges is a predecessor */
};

struct path_iterator {
    struct graph *graph;
    node_id goal;
    path_stops *stops;
    void *context;
    struct path path;
    struct step *steps; /* of nodes[i] to nodes[i + 1] */
    size_t capacity;
    size_t kept;
    enum { FRESH, SEEKED, RUNNING, DONE } state;
};

struct path_iterator *path_iterator_new_within(struct graph *graph, node_id goal,
                                               path_stops *stops, void *context)
{
    struct path_iterator *iterator = memory_zeroed(1, sizeof *iterator);

    iterator->graph = graph;
    iterator->goal = goal;
    iterator->stops = stops;
    iterator->context = context;
    return iterator;
}

struct path_iterator *path_iterator_new(struct graph *graph)
{
    return path_iterator_new_within(graph, graph->to, NULL, NULL);
}

void path_iterator_free(struct path_iterator *iterator)
{
    if (iterator == NULL)
        return;
    memory_free(iterator->path.nodes);
    memory_free(iterator->steps);
    memory_free(iterator);
}

/* Goes on to a node, its predecessors still to be tried. */
static void push(struct path_iterator *iterator, node_id node)
{
    size_t at = iterator->path.length++;
    const struct segment *segment = graph_segment(iterator->graph, node);
    struct step *step;

    if (at == iterator->capacity) {
        iterator->capacity = 2 * iterator->capacity + 16;
        iterator->path.nodes = memory_array(iterator->path.nodes, iterator->capacity,
                                            sizeof *iterator->path.nodes);
        iterator->steps =
            memory_array(iterator->steps, iterator->capacity, sizeof *iterator->steps);
    }
    iterator->path.nodes[at] = node;
    step = &iterator->steps[at];
    *step = (struct step){.offset = -1};
    step->ranges = graph_peek_predecessors(iterator->graph, node, &step->range_count);
    step->joined = segment == NULL || segment->joined || segment->starts != NULL;
}

/* Moves to the next predecessor of the last node and pushes it; false if there is none.
 */
static bool advance(struct path_iterator *iterator)
{
    size_t at = iterator->path.length - 1;
    struct step *step = &iterator->steps[at];

    while (step->range < step->range_count) {
        const struct range *range = &step->ranges[step->range];
        node_id node;

        if (++step->offset >= range->count) {
            step->range++;
            step->offset = -1;
            continue;
        }
        node = range->first + step->offset;
        if (!step->joined &&
            !graph_has_edge(iterator->graph, node, iterator->path.nodes[at]))
            continue;
        push(iterator, node);
        return true;
    }
    return false;
}

static bool is_complete(const struct path_iterator *iterator)
{
    node_id last = iterator->path.nodes[iterator->path.length - 1];

    return last == iterator->graph->from ||
           (iterator->stops != NULL && iterator->stops(iterator->context, last));
}

/* Every node on the way is reached from the start, so that going on always ends there. */
static void descend(struct path_iterator *iterator)
{
    while (!is_complete(iterator))
        advance(iterator);
}

static bool begin(struct path_iterator *iterator)
{
    if (!graph_on_way(iterator->graph, iterator->goal))
        return false;
    push(iterator, iterator->goal);
    descend(iterator);
    return true;
}

static bool go_on(struct path_iterator *iterator)
{
    while (iterator->path.length > 0) {
        iterator->path.length--;
        iterator->kept = iterator->path.length;
        if (iterator->path.length > 0 && advance(iterator)) {
            descend(iterator);
            return true;
        }
    }
    return false;
}

const struct path *path_next(struct path_iterator *iterator, size_t *kept)
{
    bool found = iterator->state == SEEKED;

    iterator->kept = 0;
    if (iterator->state == FRESH)
        found = begin(iterator);
    else if (iterator->state == RUNNING)
        found = go_on(iterator);
    iterator->state = found ? RUNNING : DONE;
    if (kept != NULL)
        *kept = iterator->kept;
    return found ? &iterator->path : NULL;
}

/* Within nodes that all have the same number of paths, the place of a rank is a quotient.
 */
static bool skip_evenly(struct graph *graph, struct range range, mpz_ptr rank,
                        int64_t *offset)
{
    const struct segment *segment = graph_segment(graph, range.first);

    /* As many lead to a unit behind an activation as to its sum. */
    if (segment != NULL && segment->is_single && !range_has(range, graph->from) &&
        range_meet(segment->nodes, range).count == range.count) {
        range = segment_sums(segment, range);
        segment = graph_segment(graph, range.first);
    }
    if (segment == NULL || segment->is_single || segment->counts != NULL ||
        range_meet(segment->nodes, range).count != range.count ||
        graph_direct_within(graph, range) > 0 || range_has(range, graph->from))
        return false;
    *offset = 0;
    if (mpz_sgn(segment->base) > 0) {
        mpz_t quotient;

        mpz_init(quotient);
        mpz_fdiv_qr(quotient, rank, rank, segment->base);
        *offset = mpz_cmp_ui(quotient, (unsigned long)range.count) < 0
                      ? (int64_t)mpz_get_ui(quotient)
                      : range.count;
        if (*offset == range.count) {
            mpz_submul_ui(rank, segment->base, (unsigned long)range.count);
            mpz_addmul(rank, quotient, segment->base);
        }
        mpz_clear(quotient);
    }
    return true;
}

/* Goes to the predecessor that holds the rank, and takes the paths before it off. */
static void choose(struct path_iterator *iterator, mpz_ptr rank)
{
    struct graph *graph = iterator->graph;
    size_t at = iterator->path.length - 1;
    struct step *step = &iterator->steps[at];

    while (step->range < step->range_count) {
        const struct range *range = &step->ranges[step->range];
        int64_t offset;

        if (step->joined && step->offset == -1 &&
            skip_evenly(graph, *range, rank, &offset)) {
            step->offset = offset - 1;
            if (offset < range->count)
                break;
        }
        if (++step->offset >= range->count) {
            step->range++;
            step->offset = -1;
            continue;
        }
        node_id node = range->first + step->offset;
        if (!step->joined && !graph_has_edge(graph, node, iterator->path.nodes[at]))
            continue;
        if (mpz_cmp(rank, graph_count(graph, node)) < 0) {
            step->offset--;
            break;
        }
        mpz_sub(rank, rank, graph_count(graph, node));
    }
    advance(iterator);
}

bool path_iterator_seek_part(struct path_iterator *iterator, mpz_srcptr rank,
                             mpz_ptr rest)
{
    iterator->path.length = 0;
    iterator->state = DONE;
    if (mpz_sgn(rank) < 0 || !graph_on_way(iterator->graph, iterator->goal) ||
        mpz_cmp(rank, graph_count(iterator->graph, iterator->goal)) >= 0)
        return false;
    mpz_set(rest, rank);
    push(iterator, iterator->goal);
    while (!is_complete(iterator))
        choose(iterator, rest);
    iterator->state = SEEKED;
    return true;
}

bool path_iterator_seek(struct path_iterator *iterator, mpz_srcptr rank)
{
    bool found;
    mpz_t rest;

    mpz_init(rest);
    found = path_iterator_seek_part(iterator, rank, rest);
    mpz_clear(rest);
    return found;
}

/* Adds the paths through predecessors before one of them. */
static void add_before(struct graph *graph, node_id target, node_id node, mpz_ptr rank)
{
    const struct segment *segment = graph_segment(graph, target);
    size_t count;
    const struct range *ranges = graph_peek_predecessors(graph, target, &count);

    for (size_t i = 0; i < count; i++) {
        struct range before = range_meet(ranges[i], (struct range){0, node});

        if (segment->joined)
            count_range(graph, before, rank);
        for (int64_t k = 0; !segment->joined && k < before.count; k++)
            if (graph_has_edge(graph, before.first + k, target))
                mpz_add(rank, rank, graph_count(graph, before.first + k));
    }
}

void path_rank(struct graph *graph, const struct path *path, mpz_ptr rank)
{
    mpz_set_ui(rank, 0);
    for (size_t i = 0; i + 1 < path->length; i++)
        add_before(graph, path->nodes[i], path->nodes[i + 1], rank);
}
