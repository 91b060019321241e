#include "tell/tell_crosscheck.h"

#include "tell/sentence.h"
#include "tell/tell_number.h"
#include "tell/tell_values.h"

#include <stdio.h>

enum { MOST_COLUMNS = 5 + CROSSCHECK_METHODS, BOUND_BITS = 64 };

struct teller {
    struct doc *doc;
    const struct crosscheck *crosscheck;
    const struct crosscheck_telling *telling;
    struct typeset typeset;
    struct sentence sentence;
};

static void paragraph(struct teller *teller, const char *text)
{
    sentence_end(&teller->sentence, doc_block(teller->doc, BLOCK_PARAGRAPH), text);
}

/* A column of its own is called "difference" already. */
static const char *method_head(enum crosscheck_method method)
{
    switch (method) {
    case CROSSCHECK_BACKPROP:
        return N_("backprop");
    case CROSSCHECK_SWEEP:
        return N_("sweep");
    default:
        return N_("quotient");
    }
}

static void tell_one_method(struct teller *teller)
{
    const struct crosscheck *crosscheck = teller->crosscheck;
    bool is_exact = crosscheck->is_exact;
    if (crosscheck->methods[0] == CROSSCHECK_BACKPROP) {
        paragraph(
            teller,
            is_exact ? N_("The sum over all paths (GMP rationals) beside matrix backprop "
                          "(FLINT integer matrices), both exact.")
                     : N_("The sum over all paths (MPFI intervals) beside matrix "
                          "backprop (FLINT matrices of balls), enclosed with {1} bits."));
        return;
    }
    sentence_node(&teller->sentence, crosscheck->goal);
    if (crosscheck->methods[0] == CROSSCHECK_DIFFERENCE) {
        paragraph(teller, N_("The sum over all paths beside a difference quotient of "
                             "{2}, whose error is enclosed by the third derivative "
                             "(FLINT power series), with {1} bits."));
        return;
    }
    paragraph(
        teller,
        is_exact
            ? N_("The sum over all paths (GMP rationals) beside a reverse sweep over the "
                 "expression of {1} (FLINT rationals), both exact.")
            : N_("The sum over all paths (MPFI intervals) beside a reverse sweep over "
                 "the expression of {2} (FLINT balls), enclosed with {1} bits."));
}

static void tell_methods(struct teller *teller)
{
    const struct crosscheck *crosscheck = teller->crosscheck;
    struct buf bits;
    buf_init(&bits);
    buf_format(&bits, "%ld", crosscheck->bits);
    if (!crosscheck->is_exact)
        sentence_text(&teller->sentence, buf_peek(&bits));
    if (crosscheck->method_count == 1)
        tell_one_method(teller);
    else
        paragraph(
            teller,
            crosscheck->is_exact
                ? N_("The sum over all paths (GMP) beside other ways (FLINT), all exact.")
                : N_("The sum over all paths (MPFI intervals) beside other ways (FLINT "
                     "balls), enclosed with {1} bits."));
    if (crosscheck->is_shared)
        paragraph(
            teller,
            N_("These are more paths than --max-paths allows to walk one by one: what "
               "paths have in common is multiplied once, from the end backwards."));
    buf_clear(&bits);
}

static void add_words(struct teller *teller, struct block *table, const char *words)
{
    doc_cell(table, doc_words(teller->doc, words));
}

static void add_heads(struct teller *teller, struct block *table)
{
    const struct crosscheck *crosscheck = teller->crosscheck;
    add_words(teller, table, N_("symbol"));
    add_words(teller, table, N_("paths"));
    add_words(teller, table, N_("path sum"));
    for (size_t i = 0; i < crosscheck->method_count; i++)
        add_words(teller, table, method_head(crosscheck->methods[i]));
    add_words(teller, table, N_("difference"));
    add_words(teller, table, N_("verdict"));
}

/* The difference from the way that is farthest from the path sum. */
static void farthest_difference(struct enclosure *farthest,
                                const struct crosscheck *crosscheck,
                                const struct crosscheck_row *row)
{
    struct enclosure difference;
    mpfr_t most, here;
    enclosure_init(&difference);
    mpfr_init2(most, BOUND_BITS);
    mpfr_init2(here, BOUND_BITS);
    for (size_t i = 0; i < crosscheck->method_count; i++) {
        crosscheck_difference(&difference, row, i);
        enclosure_magnitude(here, &difference);
        if (i == 0 || mpfr_greater_p(here, most)) {
            enclosure_set(farthest, &difference);
            mpfr_set(most, here, MPFR_RNDU);
        }
    }
    mpfr_clears(most, here, (mpfr_ptr)0);
    enclosure_clear(&difference);
}

static const char *verdict_word(enum crosscheck_verdict verdict)
{
    static const char *const words[] = {[CROSSCHECK_EQUAL] = N_("equal"),
                                        [CROSSCHECK_AGREE] = N_("agree"),
                                        [CROSSCHECK_UNDECIDED] = N_("undecided"),
                                        [CROSSCHECK_DIFFER] = N_("differ")};
    return words[verdict];
}

static void add_row(struct teller *teller, struct block *table,
                    const struct crosscheck_row *row)
{
    struct doc *doc = teller->doc;
    size_t digits = teller->telling->digits;
    bool has_radius = teller->telling->has_radius;
    struct enclosure difference;
    enclosure_init(&difference);
    farthest_difference(&difference, teller->crosscheck, row);
    doc_cell(table, doc_formula(doc, typeset_node(&teller->typeset, row->node)));
    doc_cell(table, tell_count(doc, row->path_count));
    doc_cell(table, tell_number(doc, &row->path_sum, digits, has_radius));
    for (size_t i = 0; i < teller->crosscheck->method_count; i++)
        doc_cell(table, tell_number(doc, &row->others[i], digits, has_radius));
    doc_cell(table, tell_bound(doc, &difference));
    add_words(teller, table, verdict_word(row->verdict));
    enclosure_clear(&difference);
}

/* The layer that a parameter belongs to, NULL for one that stands in equations. */
static const struct layer *layer_of(const struct teller *teller, size_t row)
{
    const struct network *network = teller->crosscheck->network;
    node_id node = teller->crosscheck->rows[row].node;
    enum node_kind kind = network_kind(network, node);
    int64_t place;
    if (kind != NODE_WEIGHT && kind != NODE_BIAS)
        return NULL;
    return network_layer_of(network, node, &place);
}

/* Where the rows end that belong to the same layer. */
static size_t group_end(const struct teller *teller, size_t begin)
{
    size_t end = begin + 1;
    while (end < teller->crosscheck->count &&
           layer_of(teller, end) == layer_of(teller, begin))
        end++;
    return end;
}

/* `Layer 1 (h_1, ..., h_4)`, or other parameters. */
static struct inline_node *group_name(struct teller *teller, size_t begin)
{
    const struct network *network = teller->crosscheck->network;
    const struct layer *layer = layer_of(teller, begin);
    struct buf number;
    if (layer == NULL)
        return doc_words(teller->doc, N_("Parameters of equations"));
    buf_init(&number);
    buf_format(&number, "%d", network_layer_number(network, layer));
    sentence_text(&teller->sentence, buf_peek(&number));
    sentence_range(&teller->sentence, layer->units, 3);
    buf_clear(&number);
    return sentence_inlines(&teller->sentence, N_("Layer {1}: {2}"));
}

static void tell_group(struct teller *teller, size_t begin, size_t end)
{
    unsigned columns = (unsigned)(5 + teller->crosscheck->method_count);
    struct block *table = doc_table(teller->doc, columns, end - begin);
    add_heads(teller, table);
    for (size_t i = begin; i < end; i++)
        add_row(teller, table, &teller->crosscheck->rows[i]);
}

/* All parameters go by layers, chosen ones stay in the order in which they were chosen.
 */
static void tell_rows(struct teller *teller)
{
    const struct crosscheck *crosscheck = teller->crosscheck;
    if (crosscheck->count == 0)
        return;
    if (!crosscheck->is_whole || group_end(teller, 0) == crosscheck->count) {
        tell_group(teller, 0, crosscheck->count);
        return;
    }
    for (size_t begin = 0, end; begin < crosscheck->count; begin = end) {
        end = group_end(teller, begin);
        struct block *heading = doc_heading(teller->doc, 2);
        heading->inlines = group_name(teller, begin);
        tell_group(teller, begin, end);
    }
}

/* What a group of rows comes to. */
struct summary {
    size_t verdicts[CROSSCHECK_DIFFER + 1];
    mpfr_t difference, radius; /* the largest */
};

static void raise(mpfr_ptr most, mpfr_srcptr here)
{
    if (mpfr_greater_p(here, most))
        mpfr_set(most, here, MPFR_RNDU);
}

static void summary_add(struct summary *summary, const struct crosscheck *crosscheck,
                        const struct crosscheck_row *row)
{
    struct enclosure difference;
    mpfr_t here;
    enclosure_init(&difference);
    mpfr_init2(here, BOUND_BITS);
    summary->verdicts[row->verdict]++;
    farthest_difference(&difference, crosscheck, row);
    enclosure_magnitude(here, &difference);
    raise(summary->difference, here);
    enclosure_radius(here, &row->path_sum);
    raise(summary->radius, here);
    mpfr_clear(here);
    enclosure_clear(&difference);
}

static struct inline_node *verdict_count(struct teller *teller,
                                         enum crosscheck_verdict verdict, size_t count)
{
    struct sentence *sentence = &teller->sentence;
    char number[24];
    snprintf(number, sizeof number, "%zu", count);
    sentence_text(sentence, number);
    switch (verdict) {
    case CROSSCHECK_EQUAL:
        return sentence_counted(sentence, count, "{1} equal", "{1} equal");
    case CROSSCHECK_AGREE:
        return sentence_counted(sentence, count, "{1} agree", "{1} agree");
    case CROSSCHECK_UNDECIDED:
        return sentence_counted(sentence, count, "{1} undecided", "{1} undecided");
    default:
        return sentence_counted(sentence, count, "{1} differ", "{1} differ");
    }
}

static struct inline_node *verdicts_cell(struct teller *teller,
                                         const struct summary *summary)
{
    struct inline_node *cell = NULL;
    for (int i = CROSSCHECK_DIFFER; i >= CROSSCHECK_EQUAL; i--) {
        if (summary->verdicts[i] == 0)
            continue;
        struct inline_node *const parts[] = {
            cell,
            verdict_count(teller, (enum crosscheck_verdict)i, summary->verdicts[i])};
        cell = cell ? doc_fill(teller->doc, "{1}, {2}", parts, 2) : parts[1];
    }
    return cell;
}

static void tell_group_summary(struct teller *teller, struct block *table, size_t begin,
                               size_t end)
{
    struct summary summary = {.verdicts = {0}};
    struct buf count;
    buf_init(&count);
    mpfr_init2(summary.difference, BOUND_BITS);
    mpfr_init2(summary.radius, BOUND_BITS);
    mpfr_set_zero(summary.difference, 1);
    mpfr_set_zero(summary.radius, 1);
    for (size_t i = begin; i < end; i++)
        summary_add(&summary, teller->crosscheck, &teller->crosscheck->rows[i]);
    buf_format(&count, "%zu", end - begin);
    doc_cell(table, group_name(teller, begin));
    doc_cell(table, doc_text(teller->doc, buf_peek(&count)));
    doc_cell(table, tell_size(teller->doc, summary.difference));
    doc_cell(table, tell_size(teller->doc, summary.radius));
    doc_cell(table, verdicts_cell(teller, &summary));
    mpfr_clears(summary.difference, summary.radius, (mpfr_ptr)0);
    buf_clear(&count);
}

static void tell_summary(struct teller *teller)
{
    static const char *const heads[] = {N_("layer"), N_("derivatives"),
                                        N_("largest difference"), N_("largest radius"),
                                        N_("verdicts")};
    const struct crosscheck *crosscheck = teller->crosscheck;
    size_t groups = 0;
    if (crosscheck->count == 0)
        return;
    for (size_t begin = 0; begin < crosscheck->count; begin = group_end(teller, begin))
        groups++;
    struct block *table = doc_table(teller->doc, 5, groups);
    for (size_t i = 0; i < 5; i++)
        add_words(teller, table, heads[i]);
    for (size_t begin = 0, end; begin < crosscheck->count; begin = end) {
        end = group_end(teller, begin);
        tell_group_summary(teller, table, begin, end);
    }
}

static void add_count(struct teller *teller, size_t number)
{
    mpz_t count;
    mpz_init_set_ui(count, number);
    sentence_count(&teller->sentence, count, false);
    mpz_clear(count);
}

static void tell_agreement(struct teller *teller)
{
    bool both = teller->crosscheck->method_count == 1;
    switch (teller->crosscheck->count) {
    case 0:
        paragraph(teller,
                  N_("There is nothing to compare: the network has no free parameter."));
        break;
    case 1:
        paragraph(teller, both ? N_("Both ways agree.") : N_("All ways agree."));
        break;
    case 2:
        paragraph(teller, both ? N_("Both ways agree on both derivatives.")
                               : N_("All ways agree on both derivatives."));
        break;
    default:
        add_count(teller, teller->crosscheck->count);
        paragraph(teller, both ? N_("Both ways agree on all {1} derivatives.")
                               : N_("All ways agree on all {1} derivatives."));
    }
}

static void tell_disagreement(struct teller *teller)
{
    const struct crosscheck *crosscheck = teller->crosscheck;
    bool both = crosscheck->method_count == 1;
    if (crosscheck->count == 1) {
        paragraph(teller, both ? N_("The two ways disagree.") : N_("The ways disagree."));
        return;
    }
    size_t count = crosscheck->verdicts[CROSSCHECK_DIFFER];
    add_count(teller, count);
    add_count(teller, crosscheck->count);
    struct block *block = doc_block(teller->doc, BLOCK_PARAGRAPH);
    block->inlines =
        both ? sentence_counted(&teller->sentence, count,
                                "The two ways disagree on {1} of {2} derivatives.",
                                "The two ways disagree on {1} of {2} derivatives.")
             : sentence_counted(&teller->sentence, count,
                                "The ways disagree on {1} of {2} derivatives.",
                                "The ways disagree on {1} of {2} derivatives.");
}

static void tell_indecision(struct teller *teller)
{
    const struct crosscheck *crosscheck = teller->crosscheck;
    struct buf bits;
    buf_init(&bits);
    buf_format(&bits, "%ld", crosscheck->bits);
    add_count(teller, crosscheck->verdicts[CROSSCHECK_UNDECIDED]);
    add_count(teller, crosscheck->count);
    sentence_text(&teller->sentence, buf_peek(&bits));
    paragraph(teller,
              N_("Undecided: {1} of {2}. With {3} bits, the limit set by --max-bits, the "
                 "enclosures are still wider than --accuracy asks for."));
    buf_clear(&bits);
}

static void tell_verdict(struct teller *teller)
{
    const struct crosscheck *crosscheck = teller->crosscheck;
    if (crosscheck->verdicts[CROSSCHECK_DIFFER] > 0)
        tell_disagreement(teller);
    if (crosscheck->verdicts[CROSSCHECK_UNDECIDED] > 0)
        tell_indecision(teller);
    if (crosscheck->verdicts[CROSSCHECK_DIFFER] == 0 &&
        crosscheck->verdicts[CROSSCHECK_UNDECIDED] == 0)
        tell_agreement(teller);
}

void tell_crosscheck(struct doc *doc, const struct crosscheck *crosscheck,
                     const struct crosscheck_telling *telling)
{
    struct teller teller = {.doc = doc, .crosscheck = crosscheck, .telling = telling};
    typeset_init(&teller.typeset, &doc->arena, crosscheck->network);
    sentence_begin(&teller.sentence, doc, &teller.typeset);
    tell_methods(&teller);
    tell_values(doc, crosscheck, 0);
    if (telling->is_summary)
        tell_summary(&teller);
    else
        tell_rows(&teller);
    tell_verdict(&teller);
}

const char *tell_crosscheck_title(void)
{
    return N_("A crosscheck of the gradient");
}
