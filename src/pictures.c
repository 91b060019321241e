#include "pictures.h"

#include "eval/training.h"
#include "figure/figure.h"
#include "tell/tell_figure.h"

enum { DIGITS = 6 };

static bool draw(struct journey *journey, struct doc *doc,
                 const struct training *training, const node_id *node)
{
    struct graph *graph = node ? graph_new(journey->network, *node, journey->goal) : NULL;
    struct figure *figure = training
                                ? tell_figure(doc, training, graph)
                                : figure_new(&doc->arena, journey->network, graph, NULL);
    if (figure)
        doc_figure(doc, figure);
    graph_free(graph);
    return figure || diag(&journey->diags, DIAG_FIGURE_TOO_LARGE, NULL);
}

static bool draw_all(struct journey *journey, struct doc *doc,
                     const struct training *training)
{
    bool ok = true;
    if (journey->node_count == 0)
        return draw(journey, doc, training, NULL);
    for (size_t i = 0; ok && i < journey->node_count; i++)
        ok = draw(journey, doc, training, &journey->nodes[i]);
    return ok;
}

static bool draw_with_values(struct journey *journey, struct doc *doc)
{
    const struct gtx_options *options = journey->options;
    struct training_options wanted = {.random = options->random,
                                      .seed = options->random_seed,
                                      .digits = DIGITS,
                                      .max_bits = (long)options->max_bits};
    struct training training;
    bool ok = training_run(&training, journey->network, &wanted, &journey->budget,
                           &journey->diags) &&
              draw_all(journey, doc, &training);
    training_clear(&training);
    return ok;
}

bool pictures_make(struct journey *journey, struct doc *doc)
{
    const struct gtx_options *options = journey->options;
    if (journey->target.format == FORMAT_SVG && journey->node_count > 1)
        return diag(&journey->diags, DIAG_FIGURE_ONE, NULL);
    bool with_values = options->numbers || options->random || options->values;
    return with_values ? draw_with_values(journey, doc) : draw_all(journey, doc, NULL);
}
