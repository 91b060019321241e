#include "prove/cone.h"

#include "base/memory.h"

enum state { UNMET, OPEN, CLOSED };

struct cone_node {
    uint32_t height, first_edge;
    uint8_t state;
    bool hangs_on_origin;
};

struct cone_edge {
    expr_id user;
    uint32_t next;
};

void cone_init(struct cone *cone, struct defs *defs)
{
    *cone = (struct cone){.defs = defs, .edge_count = 1};
    expr_list_init(&cone->stack);
    expr_list_init(&cone->symbols);
}

void cone_clear(struct cone *cone)
{
    expr_list_clear(&cone->stack);
    expr_list_clear(&cone->symbols);
    memory_free(cone->nodes);
    memory_free(cone->edges);
}

static struct cone_node *node_at(struct cone *cone, expr_id symbol)
{
    if (symbol >= cone->count) {
        size_t count = (size_t)symbol + symbol / 2 + 64;
        cone->nodes = memory_array(cone->nodes, count, sizeof *cone->nodes);
        for (size_t i = cone->count; i < count; i++)
            cone->nodes[i] = (struct cone_node){0};
        cone->count = count;
    }
    return &cone->nodes[symbol];
}

static void add_edge(struct cone *cone, expr_id symbol, expr_id user)
{
    struct cone_node *node = node_at(cone, symbol);

    if (cone->edge_count >= cone->edge_capacity) {
        cone->edge_capacity = cone->edge_count * 2 + 64;
        cone->edges = memory_array(cone->edges, cone->edge_capacity, sizeof *cone->edges);
    }
    cone->edges[cone->edge_count] = (struct cone_edge){user, node->first_edge};
    node->first_edge = (uint32_t)cone->edge_count++;
}

/* The symbols of the definition, in cone->symbols. False if there is none. */
static bool list_arguments(struct cone *cone, expr_id symbol)
{
    expr_id definition = defs_get(cone->defs, symbol);

    cone->symbols.count = 0;
    if (definition)
        walk_symbols(cone->defs->pool, definition, &cone->symbols);
    return definition != 0;
}

/* All arguments are closed. */
static void close_node(struct cone *cone, expr_id symbol)
{
    bool defined = list_arguments(cone, symbol), hangs = symbol == cone->origin;
    uint32_t height = defined ? 1 : 0;
    struct cone_node *node;

    for (size_t i = 0; i < cone->symbols.count; i++) {
        expr_id argument = cone->symbols.items[i];
        node = node_at(cone, argument);
        hangs = hangs || node->hangs_on_origin;
        height = node->height >= height ? node->height + 1 : height;
        add_edge(cone, argument, symbol);
    }
    node = node_at(cone, symbol);
    node->height = height;
    node->hangs_on_origin = node->hangs_on_origin || hangs;
    node->state = CLOSED;
}

static void open_node(struct cone *cone, expr_id symbol)
{
    node_at(cone, symbol)->state = OPEN;
    list_arguments(cone, symbol);
    for (size_t i = 0; i < cone->symbols.count; i++) {
        if (node_at(cone, cone->symbols.items[i])->state == UNMET)
            expr_list_push(&cone->stack, cone->symbols.items[i]);
    }
}

void cone_explore(struct cone *cone, expr_id symbol)
{
    if (node_at(cone, symbol)->state != UNMET)
        return;
    cone->stack.count = 0;
    expr_list_push(&cone->stack, symbol);
    while (cone->stack.count) {
        symbol = cone->stack.items[cone->stack.count - 1];
        if (node_at(cone, symbol)->state == UNMET) {
            open_node(cone, symbol);
            continue;
        }
        cone->stack.count--;
        if (node_at(cone, symbol)->state == OPEN)
            close_node(cone, symbol);
    }
}

uint32_t cone_height(struct cone *cone, expr_id symbol)
{
    cone_explore(cone, symbol);
    return node_at(cone, symbol)->height;
}

static void push_users(struct cone *cone, expr_id symbol, struct expr_list *users)
{
    for (uint32_t e = node_at(cone, symbol)->first_edge; e; e = cone->edges[e].next)
        expr_list_push(users, cone->edges[e].user);
}

static void spread(struct cone *cone, expr_id origin)
{
    for (size_t i = 0; i < cone->count; i++)
        cone->nodes[i].hangs_on_origin = false;
    cone->origin = origin;
    cone->stack.count = 0;
    expr_list_push(&cone->stack, origin);
    while (cone->stack.count) {
        expr_id symbol = cone->stack.items[--cone->stack.count];
        if (node_at(cone, symbol)->hangs_on_origin)
            continue;
        node_at(cone, symbol)->hangs_on_origin = true;
        push_users(cone, symbol, &cone->stack);
    }
}

bool cone_hangs_on(struct cone *cone, expr_id symbol, expr_id other)
{
    cone_explore(cone, symbol);
    if (cone->origin != other)
        spread(cone, other);
    return node_at(cone, symbol)->hangs_on_origin;
}

void cone_users(struct cone *cone, expr_id symbol, struct expr_list *users)
{
    push_users(cone, symbol, users);
}
