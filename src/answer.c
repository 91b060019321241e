#include "answer.h"

#include "base/number.h"
#include "data/derivation_json.h"
#include "data/infix.h"
#include "derive/form.h"
#include "figure/figure.h"
#include "tell/tell_derivation.h"
#include "tell/tell_general.h"

void answer_init(struct answer *answer, struct journey *journey)
{
    *answer = (struct answer){.journey = journey};
    doc_init(&answer->doc);
    answer->doc.language = journey->options->language;
    buf_init(&answer->text);
    if (journey->target.format != FORMAT_JSON)
        return;
    json_init(&answer->json, &answer->text);
    json_object(&answer->json);
    json_key(&answer->json, "derivations");
    json_array(&answer->json);
}

void answer_clear(struct answer *answer)
{
    if (answer->journey->target.format == FORMAT_JSON)
        json_clear(&answer->json);
    buf_clear(&answer->text);
    doc_clear(&answer->doc);
}

static bool add_infix(struct answer *answer, struct derivation *derivation)
{
    struct journey *journey = answer->journey;
    bool is_sum = journey->options->result == RESULT_SUM;
    if (derivation->is_compact) {
        struct buf count;
        buf_init(&count);
        number_write_grouped(&count, graph_total(derivation->graph));
        diag(&journey->diags, DIAG_INFIX_TOO_LONG, buf_peek(&count), NULL);
        buf_clear(&count);
        return false;
    }
    expr_id result =
        is_sum ? form_sum(derivation, false) : form_factored(derivation, false);
    bool ok = infix_write(network_pool(journey->network), result, &journey->budget,
                          &answer->text, &journey->diags);
    buf_char(&answer->text, '\n');
    return ok;
}

static struct figure *figure_of(struct answer *answer, struct graph *graph)
{
    struct journey *journey = answer->journey;
    if (!journey->target.is_standalone)
        return NULL;
    return figure_new(&answer->doc.arena, journey->network, graph, NULL);
}

static bool add_derivation(struct answer *answer, struct derivation *derivation)
{
    const struct gtx_options *options = answer->journey->options;
    struct telling telling = {.detail = (enum rule_level)options->detail,
                              .max_terms = answer->journey->budget.max_terms,
                              .has_parts =
                                  answer->journey->target.format == FORMAT_BEAMER,
                              .first_number = answer->equation_count + 1};
    if (options->result == RESULT_NONE) {
        telling.figure = figure_of(answer, derivation->graph);
        tell_derivation(&answer->doc, derivation, &telling);
        answer->equation_count += derivation->equation_count;
        return true;
    }
    if (tell_result(&answer->doc, derivation, (enum result_form)options->result,
                    &telling))
        return true;
    return diag(&answer->journey->diags, DIAG_NO_INDEX,
                tell_no_index(derivation->no_index), NULL);
}

bool answer_derivation(struct answer *answer, struct derivation *derivation)
{
    struct journey *journey = answer->journey;
    if (journey->target.format == FORMAT_JSON && journey->options->result != RESULT_NONE)
        return diag(&journey->diags, DIAG_RESULT_AS_DATA, NULL);
    switch (journey->target.format) {
    case FORMAT_INFIX:
        return add_infix(answer, derivation);
    case FORMAT_JSON:
        derivation_json(&answer->json, derivation, journey->budget.max_terms);
        return true;
    default:
        return add_derivation(answer, derivation);
    }
}

bool answer_general(struct answer *answer, struct general *general)
{
    struct journey *journey = answer->journey;
    if (journey->options->result != RESULT_NONE || journey->target.format == FORMAT_INFIX)
        return diag(&journey->diags, DIAG_RESULT_OF_WHAT, NULL);
    struct general_telling telling = {.figure = figure_of(answer, NULL),
                                      .has_names = true};
    if (journey->target.format == FORMAT_JSON)
        general_json(&answer->json, general);
    else
        tell_general(&answer->doc, general, &telling);
    return true;
}

void answer_write(struct answer *answer)
{
    struct journey *journey = answer->journey;
    if (journey->target.format == FORMAT_JSON) {
        json_end(&answer->json);
        json_end(&answer->json);
    }
    if (answer->text.length)
        out_bytes(journey->out, buf_peek(&answer->text), answer->text.length);
    else
        journey_write(journey, &answer->doc);
}
