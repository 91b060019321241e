#include "net/spec.h"

#include "base/memory.h"
#include "base/name.h"
#include "net/spec_document.h"
#include "net/spec_lines.h"
#include "net/spec_reader.h"

#include <string.h>

enum { MOST_DIAGNOSTICS = 20 };

struct statement {
    const char *word;
    spec_reader *read;
};

static const struct statement statements[] = {
    {"gradtex", spec_read_version},
    {"title", spec_read_title},
    {"input", spec_read_inputs},
    {"inputs", spec_read_inputs},
    {"layer", spec_read_layer},
    {"output", spec_read_outputs},
    {"outputs", spec_read_outputs},
    {"target", spec_read_targets},
    {"targets", spec_read_targets},
    {"error", spec_read_error},
    {"loss", spec_read_error},
    {"cost", spec_read_error},
    {"weights", spec_read_weights},
    {"biases", spec_read_biases},
    {"preactivations", spec_read_preactivations},
    {"units", spec_read_units},
    {"deltas", spec_read_deltas},
    {"parameter", spec_read_parameters},
    {"parameters", spec_read_parameters},
    {"constant", spec_read_constants},
    {"constants", spec_read_constants},
    {"fix", spec_keep_values},
    {"let", spec_keep_values},
    {"for", spec_read_for},
    {"write", spec_read_write},
    {"number", spec_read_number},
    {"function", spec_read_function},
    {"samples", spec_read_samples},
    {"name", spec_read_beside},
    {"assume", spec_read_assume},
    {"values", spec_keep_file},
};

enum { STATEMENTS = sizeof statements / sizeof *statements };

/* The letters and hyphens at the start of a statement. */
static struct span first_word(const struct spec *spec, struct span statement)
{
    const char *text = spec->source->text;
    struct span word = {statement.begin, statement.begin};
    while (word.end < statement.end &&
           ((text[word.end] >= 'a' && text[word.end] <= 'z') || text[word.end] == '-'))
        word.end++;
    return word;
}

/* A keyword stands before a blank, and not before the `=` of an equation. */
static bool is_keyword_place(const struct spec *spec, struct span word,
                             struct span statement)
{
    struct spec_cursor cursor = {word.end, statement.end};
    if (word.end < statement.end && strchr("_^'{(", spec->source->text[word.end]))
        return false;
    return !spec_looks_at(spec, &cursor, '=');
}

static const struct statement *find_statement(const struct spec *spec, struct span word)
{
    for (size_t i = 0; i < STATEMENTS; i++)
        if (spec_is_word(spec, word, statements[i].word))
            return &statements[i];
    return NULL;
}

static bool refuse_statement(struct spec *spec, struct span statement)
{
    const char *words[STATEMENTS];
    struct spec_cursor cursor = {statement.begin, statement.end};
    struct span span = spec_word(spec, &cursor);
    const char *word = spec_text(spec, span);
    for (size_t i = 0; i < STATEMENTS; i++)
        words[i] = statements[i].word;
    const char *nearest = diag_nearest(word, words, STATEMENTS);
    return diag_at(spec->diags, nearest ? DIAG_SPEC_STATEMENT_NEAR : DIAG_SPEC_STATEMENT,
                   spec_place(spec, span), word, nearest, (char *)NULL);
}

/* A line that is no equation is a statement with a word that nobody knows. */
static bool read_other(struct spec *spec, struct span statement, struct span word)
{
    const char *text = spec->source->text;
    struct spec_cursor cursor = {word.end, statement.end};
    bool words = word.end - word.begin > 1 && spec_more(spec, &cursor) &&
                 cursor.at > word.end && text[cursor.at] != '=';
    if (words || !memchr(text + statement.begin, '=', statement.end - statement.begin))
        return refuse_statement(spec, statement);
    return spec_read_equation(spec, statement);
}

static bool read_statement(struct spec *spec, struct span statement)
{
    struct span word = first_word(spec, statement);
    const struct statement *known = find_statement(spec, word);
    if (!known || !is_keyword_place(spec, word, statement))
        return read_other(spec, statement, word);
    return known->read(spec, word, (struct spec_cursor){word.end, statement.end});
}

static bool read_statements(struct spec *spec)
{
    struct spec_lines lines;
    struct span statement;
    bool good = true;
    spec_lines_init(&lines, spec->source, spec->budget, spec->diags);
    while (spec->diags->count < MOST_DIAGNOSTICS && spec_lines_next(&lines, &statement))
        good = read_statement(spec, statement) && good;
    good = good && !lines.failed;
    spec_lines_clear(&lines);
    return good;
}

/* --- the scope of equations --- */

static bool has_sample(const struct spec *spec)
{
    return spec->sample >= 0 && spec_sample_count(spec) > 0;
}

/* Whether the sample that a formula is read for has a name of its own. */
static bool own_name(struct spec *spec, const char *canonical, struct buf *own)
{
    network_sample_name(spec->network, canonical, spec->sample, own);
    return network_knows(spec->network, buf_peek(own));
}

static bool scope_exists(void *context, const char *canonical)
{
    struct spec *spec = context;
    struct buf own;
    bool found = network_knows(spec->network, canonical);
    if (found || !has_sample(spec))
        return found;
    buf_init(&own);
    found = own_name(spec, canonical, &own);
    buf_clear(&own);
    return found;
}

/* The sample's own symbol, else the one that all share; 0 if there is none. */
static expr_id find_symbol(struct spec *spec, const char *canonical)
{
    struct buf own;
    expr_id symbol = 0;
    buf_init(&own);
    if (has_sample(spec) && own_name(spec, canonical, &own))
        symbol = network_lookup(spec->network, buf_peek(&own));
    buf_clear(&own);
    return symbol != 0 ? symbol : network_lookup(spec->network, canonical);
}

static expr_id scope_name(void *context, const char *canonical, struct place place,
                          struct diags *diags)
{
    struct spec *spec = context;
    expr_id symbol = find_symbol(spec, canonical);
    if (symbol != 0)
        return symbol;
    char *member = network_first_member(spec->network, canonical);
    char *nearest = member ? member : network_nearest(spec->network, canonical);
    struct buf texts[2];
    buf_init(&texts[0]);
    buf_init(&texts[1]);
    name_latex(&texts[0], canonical);
    name_latex(&texts[1], nearest ? nearest : "");
    enum diag_code code = member    ? DIAG_SPEC_NAME_FAMILY
                          : nearest ? DIAG_SPEC_NAME_NEAR
                                    : DIAG_SPEC_NAME;
    diag_at(diags, code, place, buf_peek(&texts[0]), buf_peek(&texts[1]), (char *)NULL);
    buf_clear(&texts[0]);
    buf_clear(&texts[1]);
    memory_free(nearest);
    return 0;
}

/* --- notations --- */

/* A tied weight belongs to several edges, for which a book has several names. */
static bool refuse_ties(struct spec *spec, const char *notation)
{
    const struct network_plan *plan = spec->plan;
    bool tied = plan->written.weights.tied;
    for (size_t i = 0; i < plan->layer_count && !tied; i++)
        tied = plan->layers[i].weights.tied || plan->layers[i].biases.tied;
    return !tied || diag(spec->diags, DIAG_NOTATION_TIED, notation, (char *)NULL);
}

static bool shares_letters(const struct network_plan *plan)
{
    struct pool *letters = pool_new();
    bool found = false;
    for (size_t i = 0; i < plan->layer_count && !found; i++) {
        found = expr_find_symbol(letters, plan->layers[i].name) != 0;
        expr_symbol(letters, plan->layers[i].name);
    }
    pool_free(letters);
    return found;
}

/* Whether a unit without index is told from others of its letter by its layer's number.
 */
static bool has_numbered_units(const struct network_plan *plan)
{
    bool single = false;
    for (size_t i = 0; i < plan->layer_count; i++)
        single = single || plan->layers[i].size < 0;
    return single && shares_letters(plan);
}

/* Diagnostics about a notation have their places in the file. */
static void keep_places(struct network_plan *plan)
{
    const struct plan_templates *from = &plan->written;
    struct plan_templates *to = &plan->shown;
    to->weights.span = from->weights.span;
    to->biases.span = from->biases.span;
    to->units.span = from->units.span;
    to->preactivations.span = from->preactivations.span;
    to->outputs.span = from->outputs.span;
    to->deltas.span = from->deltas.span;
    to->targets.span = from->targets.span;
    to->gradient.span = from->gradient.span;
}

/* Reads the lines of a notation in place of the spec. The names of inputs stay. */
static bool read_lines(struct spec *spec, const struct source *source)
{
    struct spec inner = *spec;
    memset(inner.once, 0, sizeof inner.once);
    inner.source = source;
    inner.templates = &spec->plan->shown;
    bool biases = spec->plan->biases;
    bool good = read_statements(&inner);
    spec->plan->biases = biases;
    spec->trees = inner.trees;
    /* One bias for many units cannot have the names of many. */
    if (spec->plan->written.biases.tied && !spec->plan->shown.biases.tied)
        spec->plan->shown.biases = spec->plan->written.biases;
    keep_places(spec->plan);
    spec_yield_to_names(spec);
    if (has_numbered_units(spec->plan))
        spec->plan->shown.layers_from = spec->plan->written.layers_from;
    return good;
}

/* The lines of a notation stand in for templates and signs of the file. */
static bool read_notation(struct spec *spec, const char *notation)
{
    const struct preset_facts facts = {shares_letters(spec->plan),
                                       spec->plan->written.biases.tied};
    struct source source;
    struct buf lines;
    bool good;
    buf_init(&lines);
    if (!preset_notation(notation, &facts, &lines))
        good = diag(spec->diags, DIAG_NOTATION_UNKNOWN, notation, (char *)NULL);
    else
        good = refuse_ties(spec, notation);
    if (good && source_from_text(&source, notation, buf_peek(&lines), lines.length,
                                 spec->diags)) {
        good = read_lines(spec, &source);
        source_clear(&source);
    }
    buf_clear(&lines);
    return good;
}

/* --- the phases --- */

static bool check_presence(struct spec *spec)
{
    if (spec->plan->layer_count > 0 || spec->plan->equation_count > 0 ||
        spec->plan->error.kind == ERROR_EQUATION)
        return true;
    return spec_fail(spec, DIAG_SPEC_NO_NETWORK, (struct span){0, 0}, NULL);
}

/* Each line of a document would be an error of its own. */
static bool refuse_document(struct spec *spec)
{
    struct span mark;
    return !spec_is_document(spec->source, &mark) ||
           spec_fail(spec, DIAG_SPEC_DOCUMENT, mark, NULL);
}

static bool read_plan(struct spec *spec, const char *notation)
{
    if (!refuse_document(spec) || !read_statements(spec) || !check_presence(spec))
        return false;
    spec_add_defaults(spec);
    spec->plan->shown = spec->plan->written;
    return (!notation || read_notation(spec, notation)) && spec_make_functions(spec);
}

/* What is no part of the network, but speaks of it. */
static bool read_beside_network(struct spec *spec)
{
    network_reads_file(spec->network, true);
    bool good = spec_check_functions(spec) && spec_elaborate_besides(spec) &&
                spec_elaborate_assumptions(spec) && spec_check_assumptions(spec);
    network_reads_file(spec->network, false);
    return good;
}

static bool build(struct spec *spec)
{
    return spec_expand_samples(spec) &&
           network_declare(spec->network, spec->budget, spec->diags) &&
           spec_elaborate_equations(spec) && network_order(spec->network, spec->diags) &&
           spec_elaborate_error(spec) && spec_set_values(spec) &&
           network_finish(spec->network, spec->diags) && read_beside_network(spec) &&
           spec_note_defaults(spec);
}

void spec_init(struct spec *spec, struct network *network, const struct source *source)
{
    *spec = (struct spec){.source = source, .network = network};
    spec->plan = network_plan(network);
    spec->templates = &spec->plan->written;
    spec->scope = (struct scope){.context = spec,
                                 .pool = network_pool(network),
                                 .exists = scope_exists,
                                 .name = scope_name,
                                 .function = spec_scope_function,
                                 .uses = spec_scope_uses};
    arena_init(&spec->trees);
}

void spec_clear(struct spec *spec)
{
    arena_clear(&spec->trees);
    memory_free(spec->formulas.items);
    memory_free(spec->functions.items);
    memory_free(spec->activations.items);
    memory_free(spec->names.items);
    memory_free(spec->assumptions.items);
    memory_free(spec->values.items);
    memory_free(spec->files.items);
    memory_free(spec->given);
}

struct network *spec_read(const struct source *source, const char *notation,
                          const struct budget *budget, struct diags *diags)
{
    struct network *network = network_new(source);
    struct spec spec;
    spec_init(&spec, network, source);
    spec.budget = budget;
    spec.diags = diags;
    bool good = read_plan(&spec, notation) && build(&spec);
    spec_clear(&spec);
    if (good)
        return network;
    network_free(network);
    return NULL;
}
