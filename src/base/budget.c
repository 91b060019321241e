#include "base/budget.h"

void budget_init(struct budget *budget)
{
    budget->max_terms = 64;
    budget->max_paths = 10000000;
    budget->max_nodes = 20000000;
    budget->max_bytes = (size_t)64 << 20;
    budget->depth = 10000;
}
