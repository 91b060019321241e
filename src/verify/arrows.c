#include "verify/arrows.h"

#include "tex/tree.h"

#include <string.h>

static bool resolve(struct arena *arena, const struct parse_node *name)
{
    struct parse_node *sub = tree_script(name, PARSE_SUB);
    struct parse_node *relation = sub ? tree_inside(sub->parts[0]) : NULL;
    if (!relation || relation->kind != PARSE_RELATION || relation->count != 2 ||
        strcmp(relation->text, "\\to") != 0)
        return false;
    sub->parts[0] = tree_join(arena, PARSE_LIST, relation->parts, 2);
    return true;
}

bool arrows_resolve(struct reading *reading, const struct survey *survey)
{
    bool is_changed = false;
    for (size_t i = 0; i < survey->names.count; i++)
        is_changed |= resolve(&reading->arena, survey->names.items[i]->name);
    return is_changed;
}
