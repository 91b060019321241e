#include "prove/zero.h"

#include "base/memory.h"
#include "prove/estimate.h"
#include "prove/normal.h"

bool zero_is_proved(const struct circuit *circuit, gate_id gate, size_t max_bytes)
{
    struct circuit view = *circuit;
    struct estimate estimate;
    bool is_zero;

    view.order = NULL;
    view.conditions = NULL;
    expr_list_init(&view.unknowns);
    circuit_narrow(&view, gate);
    estimate = estimate_circuit(&view);
    is_zero = estimate.bytes <= (double)max_bytes && estimate.degree < 0x1p60 &&
              normal_difference(&view, NULL) == NORMAL_ZERO;
    memory_free(view.order);
    expr_list_clear(&view.unknowns);
    return is_zero;
}
