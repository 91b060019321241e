#include "exercise/passage.h"

enum { MOST_SIZE = 160 };

bool make_result(struct maker *maker, node_id node, struct exercise *exercise)
{
    struct derivation *derivation = maker_derivation(maker, node);
    expr_id result = derivation ? maker_result(derivation) : 0;
    if (result == 0 || expr_tree_size(maker->pool, result) > MOST_SIZE)
        return false;
    exercise->lines.left = derivation->left;
    lines_push(&exercise->lines, result);
    mpz_set(exercise->path_count, graph_total(derivation->graph));
    return true;
}
