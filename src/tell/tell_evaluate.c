#include "tell/tell_evaluate.h"

#include "base/number.h"
#include "tell/sentence.h"
#include "tell/tell_figure.h"
#include "tell/tell_number.h"
#include "tell/tell_values.h"

struct teller {
    struct doc *doc;
    const struct training *training;
    struct network *network;
    const struct evaluate_telling *telling;
    struct typeset typeset;
    struct sentence sentence;
    struct block *table;   /* the last one */
    size_t row_count, row; /* all that it could have, and how many it was asked for */
};

static void paragraph(struct teller *teller, const char *text)
{
    sentence_end(&teller->sentence, doc_block(teller->doc, BLOCK_PARAGRAPH), text);
}

static void heading(struct teller *teller, unsigned level, const char *text)
{
    sentence_end(&teller->sentence, doc_heading(teller->doc, level), text);
}

static bool is_cut(const struct teller *teller)
{
    return tell_values_are_cut(teller->row_count, teller->telling->most_rows);
}

/* A table of so many rows, each of which next_row asks for; NULL ends its heads. */
static void begin_table(struct teller *teller, const char *const *heads, size_t rows)
{
    unsigned columns = 0;
    while (heads[columns] != NULL)
        columns++;
    teller->row_count = rows;
    teller->row = 0;
    if (is_cut(teller))
        rows = teller->telling->most_rows;
    teller->table = doc_table(teller->doc, columns, rows);
    for (unsigned i = 0; i < columns; i++)
        doc_cell(teller->table, doc_words(teller->doc, heads[i]));
}

/* Begins the next row; false if it is left out. One row of dots stands for those in the
   middle, between the first ones and the last. */
static bool next_row(struct teller *teller)
{
    size_t row = teller->row++, most = teller->telling->most_rows;
    if (!is_cut(teller) || row + 2 < most || row + 1 == teller->row_count)
        return true;
    for (unsigned i = 0; row + 2 == most && i < teller->table->columns; i++)
        doc_cell(teller->table, doc_text(teller->doc, "…"));
    return false;
}

/* Says how much of the table was left out. */
static void end_table(struct teller *teller)
{
    mpz_t left_out;
    if (!is_cut(teller))
        return;
    mpz_init_set_ui(left_out, teller->row_count - teller->telling->most_rows + 1);
    sentence_count(&teller->sentence, left_out, true);
    mpz_clear(left_out);
    paragraph(teller, teller->telling->is_sheet
                          ? N_("{1} rows are left out of this table.")
                          : N_("{1} rows are left out of this table; gradtex evaluate "
                               "--format=text has all."));
}

static void add_node(struct teller *teller, node_id node)
{
    doc_cell(teller->table,
             doc_formula(teller->doc, typeset_node(&teller->typeset, node)));
}

static void add_number(struct teller *teller, const struct enclosure *number)
{
    doc_cell(teller->table,
             tell_plain_number(teller->doc, number, teller->telling->digits));
}

static void add_value(struct teller *teller, node_id node)
{
    struct enclosure value;
    enclosure_init(&value);
    training_value(teller->training, node, &value);
    add_number(teller, &value);
    enclosure_clear(&value);
}

/* The picture. */

static bool has_edge_values(const struct figure *figure)
{
    for (size_t i = 0; i < figure->edge_count; i++)
        if (figure->edges[i].value != NULL)
            return true;
    return false;
}

static void add_figure(struct teller *teller)
{
    struct figure *figure = tell_figure(teller->doc, teller->training, NULL);
    if (figure == NULL)
        return;
    doc_figure(teller->doc, figure);
    sentence_end(
        &teller->sentence, teller->doc->last,
        has_edge_values(figure)
            ? N_("The values at the units and those of the weights on the edges are "
                 "rounded to three significant digits.")
            : N_("The values at the units are rounded to three significant digits."));
}

/* The forward pass. */

static bool is_given(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);
    return kind == NODE_INPUT || kind == NODE_TARGET || kind == NODE_CONSTANT;
}

static void tell_given(struct teller *teller)
{
    static const char *const heads[] = {N_("given"), N_("value"), NULL};
    const struct network_leaves *leaves = network_leaves(teller->network);
    size_t count = 0;
    for (size_t i = 0; i < leaves->count; i++)
        if (is_given(teller->network, leaves->ranges[i].first))
            count += (size_t)leaves->ranges[i].count;
    if (count == 0)
        return;
    begin_table(teller, heads, count);
    for (size_t i = 0; i < leaves->count; i++) {
        struct range range = leaves->ranges[i];
        for (node_id node = range.first; node < range.first + range.count; node++) {
            if (!is_given(teller->network, node) || !next_row(teller))
                continue;
            add_node(teller, node);
            add_value(teller, node);
        }
    }
    end_table(teller);
}

static bool has_sums(const struct layer *layer)
{
    return layer->sums.first != layer->units.first;
}

static void name_layer(struct teller *teller, const struct layer *layer)
{
    struct buf number;
    buf_init(&number);
    buf_format(&number, "%d", network_layer_number(teller->network, layer));
    sentence_text(&teller->sentence, buf_peek(&number));
    sentence_range(&teller->sentence, layer->units, 3);
    buf_clear(&number);
}

static void tell_layer(struct teller *teller, const struct layer *layer)
{
    static const char *const heads[] = {N_("unit"), N_("value"), NULL};
    static const char *const both[] = {N_("pre-activation"), N_("value"), N_("unit"),
                                       N_("value"), NULL};
    name_layer(teller, layer);
    heading(teller, 2, N_("Layer {1}: {2}"));
    begin_table(teller, has_sums(layer) ? both : heads, (size_t)layer->size);
    for (int64_t i = 0; i < layer->size; i++) {
        if (!next_row(teller))
            continue;
        if (has_sums(layer)) {
            add_node(teller, layer->sums.first + i);
            add_value(teller, layer->sums.first + i);
        }
        add_node(teller, layer->units.first + i);
        add_value(teller, layer->units.first + i);
    }
    end_table(teller);
}

static void tell_definitions(struct teller *teller)
{
    static const char *const heads[] = {N_("symbol"), N_("value"), NULL};
    int64_t count = network_count(teller->network), defined = 0;
    for (node_id node = 0; node < count; node++)
        defined += network_kind(teller->network, node) == NODE_DEFINED;
    if (defined == 0)
        return;
    heading(teller, 2, N_("Equations"));
    begin_table(teller, heads, (size_t)defined);
    for (node_id node = 0; node < count; node++) {
        if (network_kind(teller->network, node) != NODE_DEFINED || !next_row(teller))
            continue;
        add_node(teller, node);
        add_value(teller, node);
    }
    end_table(teller);
}

static void tell_error(struct teller *teller)
{
    static const char *const heads[] = {N_("error"), N_("value"), NULL};
    heading(teller, 2, N_("Error"));
    begin_table(teller, heads, 1);
    add_node(teller, network_error(teller->network));
    add_value(teller, network_error(teller->network));
}

static void tell_forward(struct teller *teller)
{
    heading(teller, 1, N_("Forward pass"));
    tell_given(teller);
    for (size_t i = 0; i < network_layer_count(teller->network); i++)
        tell_layer(teller, network_layer(teller->network, i));
    tell_definitions(teller);
    tell_error(teller);
}

/* The backward pass. */

/* dE/d(node), or the name of the error signal. */
static struct inline_node *derivative_name(struct teller *teller, node_id node)
{
    struct pool *pool = network_pool(teller->network);
    struct buf name;
    buf_init(&name);
    expr_id e =
        network_delta_name(teller->network, node, &name)
            ? expr_symbol(pool, buf_peek(&name))
            : expr_derivative(
                  pool, network_symbol(teller->network, network_error(teller->network)),
                  network_symbol(teller->network, node));
    buf_clear(&name);
    return doc_formula(teller->doc, typeset_expression(&teller->typeset, e));
}

static void tell_signals(struct teller *teller)
{
    static const char *const heads[] = {N_("symbol"), N_("error signal"), N_("value"),
                                        NULL};
    const struct training *training = teller->training;
    if (training->signal_count == 0)
        return;
    heading(teller, 1, N_("Backward pass"));
    begin_table(teller, heads, training->signal_count);
    for (size_t i = 0; i < training->signal_count; i++) {
        const struct crosscheck_row *row = &training->crosscheck.rows[i];
        if (!next_row(teller))
            continue;
        add_node(teller, row->node);
        doc_cell(teller->table, derivative_name(teller, row->node));
        add_number(teller, &row->path_sum);
    }
    end_table(teller);
}

/* The gradient. */

static const struct layer *layer_of(const struct teller *teller, size_t parameter)
{
    node_id node = training_parameter(teller->training, parameter)->node;
    int64_t place;
    return network_kind(teller->network, node) == NODE_PARAMETER
               ? NULL
               : network_layer_of(teller->network, node, &place);
}

static size_t group_end(const struct teller *teller, size_t begin)
{
    size_t end = begin + 1;
    while (end < teller->training->parameter_count &&
           layer_of(teller, end) == layer_of(teller, begin))
        end++;
    return end;
}

static void name_group(struct teller *teller, size_t begin)
{
    const struct layer *layer = layer_of(teller, begin);
    if (layer == NULL) {
        heading(teller, 2, N_("Parameters of equations"));
        return;
    }
    name_layer(teller, layer);
    heading(teller, 2, N_("Layer {1}: {2}"));
}

static void tell_group(struct teller *teller, size_t begin, size_t end)
{
    static const char *const heads[] = {N_("parameter"), N_("value"), N_("derivative"),
                                        NULL};
    static const char *const stepped[] = {N_("parameter"), N_("value"), N_("derivative"),
                                          N_("after the step"), NULL};
    const struct training *training = teller->training;
    begin_table(teller, training->has_step ? stepped : heads, end - begin);
    for (size_t i = begin; i < end; i++) {
        const struct crosscheck_row *row = training_parameter(training, i);
        if (!next_row(teller))
            continue;
        add_node(teller, row->node);
        add_value(teller, row->node);
        add_number(teller, &row->path_sum);
        if (training->has_step)
            add_number(teller, &training->updated[i]);
    }
    end_table(teller);
}

static void tell_gradient(struct teller *teller)
{
    size_t count = teller->training->parameter_count;
    if (count == 0)
        return;
    heading(teller, 1, N_("Gradient"));
    for (size_t begin = 0, end; begin < count; begin = end) {
        end = group_end(teller, begin);
        name_group(teller, begin);
        tell_group(teller, begin, end);
    }
}

static struct inline_node *error_value(struct teller *teller, bool after)
{
    struct enclosure value;
    enclosure_init(&value);
    if (after)
        enclosure_set(&value, &teller->training->error_after);
    else
        training_value(teller->training, network_error(teller->network), &value);
    struct inline_node *cell =
        tell_plain_number(teller->doc, &value, teller->telling->digits);
    enclosure_clear(&value);
    return cell;
}

static void tell_step(struct teller *teller)
{
    static const char *const heads[] = {N_("error before"), N_("error after"), NULL};
    struct buf rate;
    if (!teller->training->has_step)
        return;
    buf_init(&rate);
    number_write(&rate, teller->training->rate);
    heading(teller, 1, N_("Step"));
    sentence_text(&teller->sentence, buf_peek(&rate));
    paragraph(teller, N_("Every parameter less {1} times its derivative, all at once:"));
    begin_table(teller, heads, 1);
    doc_cell(teller->table, error_value(teller, false));
    doc_cell(teller->table, error_value(teller, true));
    buf_clear(&rate);
}

void tell_evaluate(struct doc *doc, const struct training *training,
                   const struct evaluate_telling *telling)
{
    struct teller teller = {.doc = doc,
                            .training = training,
                            .network = training->network,
                            .telling = telling};
    typeset_init(&teller.typeset, &doc->arena, training->network);
    sentence_begin(&teller.sentence, doc, &teller.typeset);
    if (telling->has_figure)
        add_figure(&teller);
    tell_values(doc, &training->crosscheck, telling->most_rows);
    tell_forward(&teller);
    tell_signals(&teller);
    tell_gradient(&teller);
    tell_step(&teller);
    if (!training->is_certain)
        paragraph(&teller, N_("Some derivatives are enclosed too widely for all digits; "
                              "--max-bits raises the precision."));
}

const char *tell_evaluate_title(void)
{
    return N_("An example in numbers");
}
