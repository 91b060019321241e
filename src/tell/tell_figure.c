#include "tell/tell_figure.h"

#include "figure/figure.h"
#include "tell/tell_number.h"

enum { DIGITS = 3 };

struct teller {
    struct doc *doc;
    const struct training *training;
};

static struct formula *rounded_value(void *context, node_id node)
{
    struct teller *teller = context;
    struct enclosure value;
    enclosure_init(&value);
    training_value(teller->training, node, &value);
    struct formula *formula = tell_rounded_number(&teller->doc->arena, &value, DIGITS);
    enclosure_clear(&value);
    return formula;
}

struct figure *tell_figure(struct doc *doc, const struct training *training,
                           struct graph *graph)
{
    struct teller teller = {doc, training};
    struct figure_values values = {rounded_value, &teller};
    return figure_new(&doc->arena, training->network, graph, &values);
}
