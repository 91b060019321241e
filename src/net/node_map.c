#include "net/node_map.h"

#include "base/memory.h"

void node_map_init(struct node_map *map)
{
    *map = (struct node_map){0};
}

void node_map_clear(struct node_map *map)
{
    memory_free(map->keys);
    memory_free(map->values);
    node_map_init(map);
}

/* The finaliser of splitmix64: neighbouring keys end far apart. */
static uint64_t mix(uint64_t key)
{
    key = (key ^ key >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    key = (key ^ key >> 27) * UINT64_C(0x94d049bb133111eb);
    return key ^ key >> 31;
}

/* Where the key is, or the empty place for it. */
static size_t find(const struct node_map *map, int64_t key)
{
    size_t mask = map->capacity - 1, at = (size_t)mix((uint64_t)key) & mask;

    while (map->keys[at] != -1 && map->keys[at] != key)
        at = (at + 1) & mask;
    return at;
}

static void grow(struct node_map *map)
{
    struct node_map old = *map;

    map->capacity = old.capacity == 0 ? 64 : 2 * old.capacity;
    map->keys = memory_array(NULL, map->capacity, sizeof *map->keys);
    map->values = memory_array(NULL, map->capacity, sizeof *map->values);
    for (size_t i = 0; i < map->capacity; i++)
        map->keys[i] = -1;
    for (size_t i = 0; i < old.capacity; i++) {
        size_t at;

        if (old.keys[i] == -1)
            continue;
        at = find(map, old.keys[i]);
        map->keys[at] = old.keys[i];
        map->values[at] = old.values[i];
    }
    node_map_clear(&old);
}

void node_map_put(struct node_map *map, int64_t key, uint32_t value)
{
    size_t at;

    if (2 * (map->count + 1) > map->capacity)
        grow(map);
    at = find(map, key);
    map->count += map->keys[at] == -1;
    map->keys[at] = key;
    map->values[at] = value;
}

uint32_t node_map_get(const struct node_map *map, int64_t key)
{
    size_t at;

    if (map->capacity == 0)
        return NODE_MAP_NONE;
    at = find(map, key);
    return map->keys[at] == -1 ? NODE_MAP_NONE : map->values[at];
}
