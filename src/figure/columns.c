#include "figure/columns.h"

#include "base/memory.h"

enum {
    MAX_GROUPS = 160, /* equations and families that can be drawn */
    MAX_ROWS = 8,     /* of a column that is shown whole */
    FIRST_ROWS = 3,
    MAX_COLUMNS = 9,
    FIRST_COLUMNS = 3,
    LAST_COLUMNS = 2
};

/* Nodes that stand in one column, one after the other: inputs, a layer's units, one
   equation. */
struct group {
    struct range nodes;
    const struct layer *layer; /* NULL for inputs and equations */
    bool is_input;
    int column;
};

struct groups {
    struct group items[MAX_GROUPS];
    size_t count;
};

static bool groups_push(struct groups *groups, struct group group)
{
    if (groups->count == MAX_GROUPS)
        return false;
    groups->items[groups->count++] = group;
    return true;
}

/* Inputs one by one where no layer holds them together. */
static bool add_inputs(struct groups *groups, const struct network *network)
{
    const struct network_leaves *leaves = network_leaves(network);
    bool apart = network_layer_count(network) == 0;
    for (size_t i = 0; i < leaves->count; i++) {
        struct range range = leaves->ranges[i];
        if (range.count == 0 || network_kind(network, range.first) != NODE_INPUT)
            continue;
        int64_t step = apart ? 1 : range.count;
        for (int64_t j = 0; j < range.count; j += step) {
            struct range part = {range.first + j, step};
            if (!groups_push(groups, (struct group){.nodes = part, .is_input = true}))
                return false;
        }
    }
    return true;
}

/* A symbol defined as a number is a constant, no unit. */
static bool is_number(struct network *network, node_id node)
{
    expr_id value = defs_get(network_defs(network), network_symbol(network, node));
    return value && expr_kind(network_pool(network), value) == EXPR_NUMBER;
}

/* What is defined, from the error back to the leaves, then turned round: arguments come
   first. */
static bool add_defined(struct groups *groups, struct network *network)
{
    size_t first = groups->count;
    for (node_id node = network_error(network) - 1;
         node >= 0 && network_is_defined(network, node);) {
        struct group group = {.nodes = {node, 1}};
        int64_t place;
        group.layer = network_layer_of(network, node, &place);
        if (group.layer)
            group.nodes = (struct range){node - place, group.layer->size};
        node = group.nodes.first - 1;
        bool skipped = group.layer ? network_kind(network, node + 1) == NODE_PREACTIVATION
                                   : is_number(network, node + 1);
        if (!skipped && !groups_push(groups, group))
            return false;
    }
    for (size_t low = first, high = groups->count; low + 1 < high; low++) {
        struct group swapped = groups->items[low];
        groups->items[low] = groups->items[--high];
        groups->items[high] = swapped;
    }
    return true;
}

static bool meets(struct range a, struct range b)
{
    return a.first < b.first + b.count && b.first < a.first + a.count;
}

/* The unit of a pre-activation; other nodes are themselves. */
static node_id unit_of(const struct network *network, node_id node)
{
    int64_t place;
    if (network_kind(network, node) != NODE_PREACTIVATION)
        return node;
    return network_layer_of(network, node, &place)->units.first + place;
}

/* One more than the column of any group that the range meets, of those before `group`. */
static int column_after(const struct groups *groups, size_t group, struct range range)
{
    int column = 0;
    for (size_t i = 0; i < group; i++) {
        const struct group *before = &groups->items[i];
        if (meets(before->nodes, range) && before->column >= column)
            column = before->column + 1;
    }
    return column;
}

static int column_of_layer(const struct groups *groups, size_t group)
{
    const struct layer *layer = groups->items[group].layer;
    int column = 0;
    for (size_t i = 0; i < layer->source_count; i++) {
        int after = column_after(groups, group, layer->sources[i]);
        column = after > column ? after : column;
    }
    return column;
}

/* An input moves up to the column before the first equation that uses it. */
static void pull_input(struct groups *groups, size_t group, node_id argument)
{
    for (size_t i = 0; i < group; i++) {
        struct group *input = &groups->items[i];
        int column = groups->items[group].column - 1;
        if (input->is_input && input->nodes.first == argument &&
            (input->column < 0 || column < input->column))
            input->column = column;
    }
}

static void place_equation(struct groups *groups, size_t group, struct network *network)
{
    size_t count;
    node_id *arguments =
        network_arguments(network, groups->items[group].nodes.first, &count);
    int column = 0;
    for (size_t i = 0; i < count; i++) {
        node_id argument = unit_of(network, arguments[i]);
        int after = column_after(groups, group, (struct range){argument, 1});
        column = after > column ? after : column;
    }
    groups->items[group].column = column;
    memory_free(arguments);
}

/* In a network of equations alone. */
static void pull_inputs(struct groups *groups, struct network *network)
{
    for (size_t i = 0; i < groups->count; i++)
        groups->items[i].column -= groups->items[i].is_input;
    for (size_t group = 0; group < groups->count; group++) {
        if (groups->items[group].is_input)
            continue;
        size_t count;
        node_id *arguments =
            network_arguments(network, groups->items[group].nodes.first, &count);
        for (size_t i = 0; i < count; i++)
            pull_input(groups, group, arguments[i]);
        memory_free(arguments);
    }
    for (size_t i = 0; i < groups->count; i++)
        groups->items[i].column += groups->items[i].column < 0;
}

static void place_groups(struct groups *groups, struct network *network)
{
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->items[i].layer)
            groups->items[i].column = column_of_layer(groups, i);
        else if (!groups->items[i].is_input)
            place_equation(groups, i, network);
    }
    if (network_layer_count(network) == 0)
        pull_inputs(groups, network);
}

static void push(struct columns *columns, struct shown shown)
{
    if (columns->count == columns->capacity) {
        columns->capacity = columns->capacity ? 2 * columns->capacity : 32;
        columns->items =
            memory_array(columns->items, columns->capacity, sizeof *columns->items);
    }
    columns->items[columns->count++] = shown;
}

/* What a picture must show where there is no room for all. */
struct wanted {
    const node_id *nodes;
    size_t count;
    int columns[8]; /* theirs */
};

/* The first place from `place` on that is shown of a wide group. */
static int64_t next_shown(const struct range *nodes, const struct wanted *wanted,
                          int64_t place)
{
    int64_t next = place < FIRST_ROWS ? place : nodes->count - 1;
    for (size_t i = 0; i < wanted->count; i++) {
        int64_t at = wanted->nodes[i] - nodes->first;
        if (at >= place && at < next)
            next = at;
    }
    return next;
}

/* The nodes of a group, thinned out if the column is wide: a gap is one ellipsis. */
static void show_group(struct columns *columns, const struct group *group,
                       const struct wanted *wanted, bool wide)
{
    const struct range *nodes = &group->nodes;
    for (int64_t i = 0; i < nodes->count; i++) {
        int64_t next = wide ? next_shown(nodes, wanted, i) : i;
        if (next > i)
            push(columns, (struct shown){.node = -1});
        i = next;
        push(columns, (struct shown){.node = nodes->first + i});
    }
}

static int64_t column_height(const struct groups *groups, int column)
{
    int64_t height = 0;
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->items[i].column == column)
            height += groups->items[i].nodes.count;
    }
    return height;
}

static void center(struct columns *columns, size_t first)
{
    double middle = (double)(columns->count - first - 1) / 2;
    for (size_t i = first; i < columns->count; i++)
        columns->items[i].row = (double)(i - first) - middle;
}

static bool is_wanted_column(const struct wanted *wanted, int column)
{
    for (size_t i = 0; i < wanted->count; i++) {
        if (wanted->columns[i] == column)
            return true;
    }
    return false;
}

/* Shows the columns that fit on a page, numbered anew; a gap is one column with an
   ellipsis. */
static void show_columns(struct columns *columns, const struct groups *groups,
                         const struct wanted *wanted, int total)
{
    bool gap = false;
    for (int column = 0; column < total; column++) {
        bool shown = total <= MAX_COLUMNS || column < FIRST_COLUMNS ||
                     column >= total - LAST_COLUMNS || is_wanted_column(wanted, column);
        size_t first = columns->count;
        if (!shown && gap)
            continue;
        if (!shown)
            push(columns, (struct shown){.node = -1, .across = true});
        bool wide = column_height(groups, column) > MAX_ROWS;
        for (size_t i = 0; shown && i < groups->count; i++) {
            if (groups->items[i].column == column)
                show_group(columns, &groups->items[i], wanted, wide);
        }
        gap = !shown;
        for (size_t i = first; i < columns->count; i++)
            columns->items[i].column = columns->column_count;
        center(columns, first);
        columns->column_count++;
    }
}

static int column_of(const struct groups *groups, node_id node)
{
    for (size_t i = 0; i < groups->count; i++) {
        if (meets(groups->items[i].nodes, (struct range){node, 1}))
            return groups->items[i].column;
    }
    return -1;
}

bool columns_init(struct columns *columns, struct network *network, const node_id *wanted,
                  size_t wanted_count)
{
    *columns = (struct columns){.network = network};
    struct groups *groups = memory_zeroed(1, sizeof *groups);
    bool drawn = add_inputs(groups, network) && add_defined(groups, network);
    if (drawn) {
        place_groups(groups, network);
        struct wanted must = {.nodes = wanted,
                              .count = wanted_count < 8 ? wanted_count : 8};
        for (size_t i = 0; i < must.count; i++)
            must.columns[i] = column_of(groups, wanted[i]);
        int total = 0;
        for (size_t i = 0; i < groups->count; i++)
            total =
                groups->items[i].column >= total ? groups->items[i].column + 1 : total;
        show_columns(columns, groups, &must, total);
    }
    memory_free(groups);
    return drawn;
}

void columns_clear(struct columns *columns)
{
    memory_free(columns->items);
    *columns = (struct columns){.network = NULL};
}

size_t columns_add(struct columns *columns, node_id node, int column)
{
    double row = 0;
    for (size_t i = 0; i < columns->count; i++) {
        const struct shown *shown = &columns->items[i];
        if (shown->column == column && shown->row >= row)
            row = shown->row + 1;
    }
    push(columns, (struct shown){.node = node, .column = column, .row = row});
    return columns->count - 1;
}

size_t columns_find(const struct columns *columns, node_id node)
{
    node = unit_of(columns->network, node);
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i].node == node)
            return i;
    }
    return SIZE_MAX;
}
