/* Read first: each command is one journey, from a network to a text. */
#include "gradtex.h"

#include "answer.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/name.h"
#include "data/crosscheck_json.h"
#include "data/dag.h"
#include "data/evaluate_json.h"
#include "derive/derive.h"
#include "documents.h"
#include "eval/crosscheck.h"
#include "eval/training.h"
#include "handout.h"
#include "journey.h"
#include "listing.h"
#include "net/spec.h"
#include "pdf.h"
#include "pictures.h"
#include "tell/tell_crosscheck.h"
#include "tell/tell_evaluate.h"
#include "tell/tell_show.h"

#include <string.h>

const char *gtx_version(void)
{
    return PACKAGE_VERSION;
}

void gtx_install_memory(void (*handler)(void))
{
    memory_install();
    memory_set_handler(handler);
}

void gtx_remove_temporaries(void)
{
    pdf_stop();
    out_remove_temporaries();
}

/* A short form is a text of its own; everything else is read from where the word points.
 */
static bool load(struct gtx_network *opened, const char *word, struct diags *diags)
{
    struct buf spec;
    bool is_short, ok;

    buf_init(&spec);
    ok = preset_expand(word, &spec, &is_short, diags);
    if (is_short) {
        ok = ok &&
             source_from_text(&opened->source, word, buf_peek(&spec), spec.length, diags);
    } else {
        ok = source_load(&opened->source, word, diags);
        opened->input = memory_strdup(strcmp(word, "-") == 0 ? "/dev/stdin" : word);
    }
    buf_clear(&spec);
    return ok;
}

/* Values of the command line stand in place of the file's. */
static bool load_values(struct gtx_network *opened, const struct gtx_options *options,
                        const struct budget *budget, struct diags *diags)
{
    const char *path = options->values;
    struct buf bytes;
    if (path == NULL)
        return true;
    if (options->random)
        return diag(diags, DIAG_VALUES_TWO_WAYS, NULL);
    buf_init(&bytes);
    bool ok = file_load(&bytes, path, (struct place){NULL, {0, 0}}, diags);
    if (ok && spec_is_arrays(&bytes))
        ok = spec_take_arrays(opened->network, path, &bytes, diags);
    else if (ok)
        ok = source_from_text(&opened->values, path, bytes.data, bytes.length, diags) &&
             spec_take_lets(opened->network, &opened->values, budget, diags);
    buf_clear(&bytes);
    return ok && spec_check_values(opened->network, &opened->source, diags);
}

struct gtx_network *gtx_network_open(const char *word, const struct gtx_options *options,
                                     const struct gtx_sink *sink, int *status)
{
    struct gtx_network *opened = memory_zeroed(1, sizeof *opened);
    struct budget budget;
    struct diags diags;

    diags_init(&diags);
    options_budget(options, &budget);
    if (load(opened, word, &diags))
        opened->network = spec_read(&opened->source, options->notation, &budget, &diags);
    bool ok = opened->network != NULL && load_values(opened, options, &budget, &diags);
    *status = journey_report(sink, options->language, &diags);
    diags_clear(&diags);
    if (ok)
        return opened;
    gtx_network_free(opened);
    return NULL;
}

void gtx_network_free(struct gtx_network *opened)
{
    if (opened == NULL)
        return;
    network_free(opened->network);
    source_clear(&opened->source);
    source_clear(&opened->values);
    memory_free(opened->input);
    memory_free(opened);
}

enum { EVALUATE_DIGITS = 10, PAGE_DIGITS = 10, EVALUATE_ROWS = 96, SLIDE_TERMS = 12 };

static const struct formats derive_formats = {
    FORMAT_TEXT | FORMAT_LATEX | FORMAT_MARKDOWN | FORMAT_HTML | FORMAT_PDF |
        FORMAT_BEAMER | FORMAT_INFIX | FORMAT_JSON,
    FORMAT_LATEX, true};
static const struct formats paths_formats = {FORMAT_TEXT | FORMAT_LATEX | FORMAT_JSON,
                                             FORMAT_TEXT, false};
static const struct formats crosscheck_formats = {
    FORMAT_TEXT | FORMAT_LATEX | FORMAT_MARKDOWN | FORMAT_HTML | FORMAT_PDF | FORMAT_JSON,
    FORMAT_TEXT, true};
static const struct formats evaluate_formats = {
    FORMAT_TEXT | FORMAT_LATEX | FORMAT_MARKDOWN | FORMAT_HTML | FORMAT_PDF | FORMAT_JSON,
    FORMAT_TEXT, true};
static const struct formats figure_formats = {FORMAT_LATEX | FORMAT_SVG | FORMAT_PDF,
                                              FORMAT_LATEX, true};
static const struct formats handout_formats = {
    FORMAT_TEXT | FORMAT_LATEX | FORMAT_MARKDOWN | FORMAT_HTML | FORMAT_PDF | FORMAT_JSON,
    FORMAT_LATEX, true};
static const struct formats show_formats = {FORMAT_TEXT | FORMAT_DOT, FORMAT_TEXT, false};

/* Derives by one symbol, each step proved, and adds it to the answer. */
static bool derive_one(struct journey *journey, struct answer *answer, node_id node)
{
    struct derivation derivation;
    if (node == journey->goal)
        return journey_refuse_goal(journey);
    bool ok = derive(&derivation, journey->network, node, journey->goal, &journey->budget,
                     &journey->diags) &&
              answer_derivation(answer, &derivation);
    derivation_clear(&derivation);
    return ok;
}

static bool derive_general(struct journey *journey, struct answer *answer)
{
    struct general general;
    bool ok = general_derive(&general, journey->network, journey->goal, &journey->budget,
                             &journey->diags) &&
              answer_general(answer, &general);
    general_clear(&general);
    return ok;
}

int gtx_derive(struct gtx_network *opened, const char *const *names, size_t count,
               const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};
    struct answer answer;
    if (journey_begin(&journey, &derive_formats, names, count)) {
        if (journey.target.format == FORMAT_BEAMER && !options->has_max_terms)
            journey.budget.max_terms = SLIDE_TERMS;
        answer_init(&answer, &journey);
        bool ok = count || derive_general(&journey, &answer);
        for (size_t i = 0; ok && i < journey.node_count; i++)
            ok = derive_one(&journey, &answer, journey.nodes[i]);
        if (ok)
            answer_write(&answer);
        answer_clear(&answer);
    }
    return journey_end(&journey, STATUS_OK);
}

int gtx_paths(struct gtx_network *opened, const char *const *names, size_t count,
              const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};
    if (journey_begin(&journey, &paths_formats, names, count)) {
        bool ok = true;
        if (!count)
            ok = diag(&journey.diags, DIAG_PATHS_OF_WHAT, NULL);
        else if (options->sum && (options->format & (FORMAT_TEXT | FORMAT_JSON)))
            ok = diag(&journey.diags, DIAG_SUM_FORMAT, NULL);
        for (size_t i = 0; ok && i < journey.node_count; i++)
            ok = listing_write(&journey, journey.nodes[i]);
    }
    return journey_end(&journey, STATUS_OK);
}

/* Lines of pages are short: they have fewer digits, and no radii. */
static struct crosscheck_telling crosscheck_telling(const struct journey *journey)
{
    const struct gtx_options *options = journey->options;
    bool is_page = journey->target.format != FORMAT_TEXT;
    size_t digits = is_page ? PAGE_DIGITS : CROSSCHECK_DIGITS;
    return (struct crosscheck_telling){.digits =
                                           options->digits > 0 ? options->digits : digits,
                                       .is_summary = options->summary,
                                       .has_radius = !is_page};
}

static void write_crosscheck(struct journey *journey, const struct crosscheck *crosscheck)
{
    struct crosscheck_telling telling = crosscheck_telling(journey);
    struct doc doc;
    struct buf text;
    doc_init(&doc);
    doc.language = journey->options->language;
    buf_init(&text);
    if (journey->target.format == FORMAT_JSON) {
        struct json json;
        json_init(&json, &text);
        crosscheck_json(&json, crosscheck);
        json_clear(&json);
        out_bytes(journey->out, buf_peek(&text), text.length);
    } else {
        doc.title = tell_crosscheck_title();
        tell_crosscheck(&doc, crosscheck, &telling);
        journey_write(journey, &doc);
    }
    buf_clear(&text);
    doc_clear(&doc);
}

static enum status crosscheck_status(const struct crosscheck *crosscheck)
{
    switch (crosscheck_worst(crosscheck)) {
    case CROSSCHECK_DIFFER:
        return STATUS_FALSE;
    case CROSSCHECK_UNDECIDED:
        return STATUS_UNDECIDED;
    default:
        return STATUS_OK;
    }
}

int gtx_crosscheck(struct gtx_network *opened, const char *const *names, size_t count,
                   const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};
    struct crosscheck crosscheck;
    enum status status = STATUS_OK;
    if (journey_begin(&journey, &crosscheck_formats, names, count)) {
        struct crosscheck_options wanted = {
            .nodes = journey.nodes,
            .count = journey.node_count,
            .goal = journey.goal,
            .random = options->random,
            .seed = options->random_seed,
            .accuracy = options->has_accuracy ? options->accuracy : NULL,
            .max_bits = (long)options->max_bits,
            .methods = options->methods};
        if (crosscheck_run(&crosscheck, journey.network, &wanted, &journey.budget,
                           &journey.diags))
            write_crosscheck(&journey, &crosscheck);
        status = crosscheck_status(&crosscheck);
        crosscheck_clear(&crosscheck);
    }
    return journey_end(&journey, status);
}

static size_t evaluate_digits(const struct gtx_options *options)
{
    return options->digits > 0 ? options->digits : EVALUATE_DIGITS;
}

/* A terminal or a file of text has room for all; a page that people read has not. */
static size_t evaluate_rows(const struct journey *journey)
{
    return journey->target.format == FORMAT_TEXT ? 0 : EVALUATE_ROWS;
}

static void write_evaluation(struct journey *journey, const struct training *training)
{
    struct doc doc;
    struct buf text;
    doc_init(&doc);
    doc.language = journey->options->language;
    buf_init(&text);
    if (journey->target.format == FORMAT_JSON) {
        struct json json;
        json_init(&json, &text);
        evaluate_json(&json, training);
        json_clear(&json);
        out_bytes(journey->out, buf_peek(&text), text.length);
    } else {
        struct evaluate_telling telling = {.digits = evaluate_digits(journey->options),
                                           .has_figure = journey->target.is_standalone,
                                           .most_rows = evaluate_rows(journey)};
        doc.title = tell_evaluate_title();
        tell_evaluate(&doc, training, &telling);
        journey_write(journey, &doc);
    }
    buf_clear(&text);
    doc_clear(&doc);
}

int gtx_evaluate(struct gtx_network *opened, const char *const *names, size_t count,
                 const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};
    struct training training;
    enum status status = STATUS_OK;
    if (journey_begin(&journey, &evaluate_formats, names, count)) {
        struct training_options wanted = {.random = options->random,
                                          .seed = options->random_seed,
                                          .digits = evaluate_digits(options),
                                          .max_bits = (long)options->max_bits,
                                          .rate =
                                              options->has_rate ? options->rate : NULL};
        if (training_run(&training, journey.network, &wanted, &journey.budget,
                         &journey.diags))
            write_evaluation(&journey, &training);
        status = training.is_certain ? STATUS_OK : STATUS_UNDECIDED;
        training_clear(&training);
    }
    return journey_end(&journey, status);
}

static void show_spec(struct journey *journey)
{
    struct doc doc;
    struct buf spec;
    doc_init(&doc);
    doc.language = journey->options->language;
    buf_init(&spec);
    spec_write(journey->network, &spec);
    tell_show(&doc, journey->network, buf_peek(&spec));
    journey_write(journey, &doc);
    buf_clear(&spec);
    doc_clear(&doc);
}

static void show_dag(struct journey *journey)
{
    struct buf text;
    buf_init(&text);
    struct defs *defs = network_defs(journey->network);
    expr_id goal = network_symbol(journey->network, journey->goal);
    if (journey->target.format == FORMAT_DOT)
        dag_dot(defs, goal, &text);
    else
        dag_text(defs, goal, &text);
    out_bytes(journey->out, buf_peek(&text), text.length);
    buf_clear(&text);
}

/* One name a line, written as a shell takes it. */
static void show_names(struct journey *journey)
{
    const struct network_leaves *leaves = network_leaves(journey->network);
    struct buf name, line;
    buf_init(&name);
    buf_init(&line);
    for (size_t i = 0; i < leaves->count; i++) {
        const struct range *range = &leaves->ranges[i];
        for (node_id node = range->first; node < range->first + range->count; node++) {
            buf_truncate(&name, 0);
            buf_truncate(&line, 0);
            network_name(journey->network, node, &name);
            name_plain(&line, buf_peek(&name));
            buf_char(&line, '\n');
            if (!out_bytes(journey->out, line.data, line.length))
                break;
        }
    }
    buf_clear(&line);
    buf_clear(&name);
}

int gtx_show(struct gtx_network *opened, const char *const *names, size_t count,
             const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};
    if (journey_begin(&journey, &show_formats, names, count)) {
        if (options->dag || journey.target.format == FORMAT_DOT)
            show_dag(&journey);
        else if (options->names)
            show_names(&journey);
        else
            show_spec(&journey);
    }
    return journey_end(&journey, STATUS_OK);
}

int gtx_figure(struct gtx_network *opened, const char *const *names, size_t count,
               const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};
    struct doc doc;
    doc_init(&doc);
    doc.language = options->language;
    if (journey_begin(&journey, &figure_formats, names, count) &&
        pictures_make(&journey, &doc))
        journey_write_figures(&journey, &doc);
    doc_clear(&doc);
    return journey_end(&journey, STATUS_OK);
}

int gtx_handout(struct gtx_network *opened, const char *const *names, size_t count,
                const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct journey journey = {.opened = opened, .options = options, .sink = sink};
    struct doc doc;
    doc_init(&doc);
    doc.language = options->language;
    if (journey_begin(&journey, &handout_formats, names, count) &&
        handout_make(&journey, &doc))
        journey_write(&journey, &doc);
    doc_clear(&doc);
    return journey_end(&journey, STATUS_OK);
}

int gtx_verify(const char *const *words, size_t count, const struct gtx_options *options,
               const struct gtx_sink *sink)
{
    struct documents *documents = documents_new(options, sink);
    if (documents_begin(documents, words, count)) {
        if (options->emit_network) {
            documents_emit(documents);
        } else {
            documents_judge(documents);
            documents_report(documents);
        }
    }
    return documents_end(documents);
}
