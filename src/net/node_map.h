/* A table from nodes (or other numbers that are not negative) to small numbers. */
#ifndef GRADTEX_NET_NODE_MAP_H
#define GRADTEX_NET_NODE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct node_map {
    int64_t *keys;
    uint32_t *values;
    size_t count, capacity; /* a power of two, or 0 */
};

#define NODE_MAP_NONE UINT32_MAX

void node_map_init(struct node_map *map);
void node_map_clear(struct node_map *map);
void node_map_put(struct node_map *map, int64_t key, uint32_t value);
/* NODE_MAP_NONE if the key is not there. */
uint32_t node_map_get(const struct node_map *map, int64_t key);

#endif
