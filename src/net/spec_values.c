/* `let` and `fix`: values, read when every name has its node. */
#include "net/spec_lines.h"
#include "net/spec_reader.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct targets {
    node_id *nodes;
    size_t count;
};

static bool is_fix(const struct spec *spec, struct span statement)
{
    return memcmp(spec->source->text + statement.begin, "fix", 3) == 0;
}

void spec_span_push(struct spec_span_list *list, struct span span)
{
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 8;
        list->items = memory_array(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = span;
}

bool spec_keep_values(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    if (!memchr(spec->source->text + cursor.at, '=', cursor.end - cursor.at))
        return spec_fail(spec, DIAG_SPEC_LET, keyword, spec_text(spec, keyword));
    spec_span_push(&spec->values, (struct span){keyword.begin, cursor.end});
    return true;
}

static void add_node(struct targets *targets, node_id node)
{
    targets->nodes =
        memory_array(targets->nodes, targets->count + 1, sizeof *targets->nodes);
    targets->nodes[targets->count++] = node;
}

/* The nodes that a name means: one, or a family of which whole scripts are missing. */
static bool find_nodes(struct spec *spec, const struct parse_node *name,
                       const char *canonical, struct targets *targets)
{
    struct bindings none = {0};
    struct elaborate context = spec_elaborate(spec, &none);
    struct buf text;
    size_t matches =
        network_match(spec->network, canonical, &targets->nodes, &targets->count);
    if (matches == SIZE_MAX)
        return spec_fail(spec, DIAG_SPEC_VALUES_MANY, name->span,
                         spec_text(spec, name->span));
    if (matches > 0)
        return true;
    buf_init(&text);
    bool found = elaborate_existing(&context, name, &text);
    if (found)
        add_node(targets, network_find(spec->network, buf_peek(&text)));
    buf_clear(&text);
    return found;
}

static bool find_range(struct spec *spec, const struct plan_name *first,
                       const struct plan_name *last, struct targets *targets)
{
    struct plan_names names = {0};
    bool good = spec_name_range(spec, first, last, &names);
    for (size_t i = 0; good && i < names.count; i++) {
        node_id node = network_find(spec->network, names.items[i].name);
        if (node < 0)
            good =
                spec->scope.name(spec, names.items[i].name,
                                 spec_place(spec, names.items[i].span), spec->diags) != 0;
        else
            add_node(targets, node);
    }
    memory_free(names.items);
    return good;
}

static bool accept_dots(const struct spec *spec, struct spec_cursor *cursor)
{
    struct spec_cursor after = *cursor;
    if (!spec_accept(spec, &after, '.') || !spec_accept(spec, &after, '.'))
        return false;
    *cursor = after;
    return true;
}

static bool read_target(struct spec *spec, struct spec_cursor *cursor,
                        struct targets *targets)
{
    struct spec_cursor begin = *cursor;
    struct plan_name first = {.size = -1}, last = {.size = -1};
    const struct parse_node *node = spec_name_node(spec, &begin);
    if (!node)
        return false;
    first.name = spec_name(spec, cursor, &first.span);
    if (!first.name)
        return false;
    if (!accept_dots(spec, cursor))
        return find_nodes(spec, node, first.name, targets);
    last.name = spec_name(spec, cursor, &last.span);
    return last.name && find_range(spec, &first, &last, targets);
}

static bool read_targets(struct spec *spec, struct spec_cursor *cursor,
                         struct targets *targets)
{
    do {
        if (!read_target(spec, cursor, targets))
            return false;
        spec_accept(spec, cursor, ',');
    } while (!spec_looks_at(spec, cursor, '=') && spec_more(spec, cursor));
    return spec_accept(spec, cursor, '=') ||
           spec_fail(spec, DIAG_SPEC_LET, (struct span){cursor->at, cursor->at}, "let");
}

static bool read_value(struct spec *spec, struct span word, mpq_t value)
{
    const char *text = spec->source->text + word.begin;
    switch (number_read(value, text, word.end - word.begin, true)) {
    case NUMBER_OK:
        return true;
    case NUMBER_ZERO_DIVISOR:
        return spec_fail(spec, DIAG_FORMULA_ZERO_DIVISOR, word, NULL);
    case NUMBER_TOO_LONG:
        return spec_fail(spec, DIAG_NUMBER_TOO_LONG, word, NULL);
    default:
        return spec_fail(spec, DIAG_SPEC_VALUE, word, spec_text(spec, word));
    }
}

static bool refuse_count(struct spec *spec, struct span span, size_t names, size_t values)
{
    char texts[2][32];
    snprintf(texts[0], sizeof texts[0], "%zu", names);
    snprintf(texts[1], sizeof texts[1], "%zu", values);
    return diag_at(spec->diags, DIAG_SPEC_VALUE_COUNT, spec_place(spec, span), texts[0],
                   texts[1], (char *)NULL);
}

static bool refuse_node(const struct spec *spec, node_id node, struct span span,
                        enum diag_code code)
{
    struct buf name, shown;
    buf_init(&name);
    buf_init(&shown);
    network_name(spec->network, node, &name);
    name_latex(&shown, buf_peek(&name));
    spec_fail(spec, code, span, buf_peek(&shown));
    buf_clear(&name);
    buf_clear(&shown);
    return false;
}

static void remember(struct spec *spec, node_id node, struct place place)
{
    if (spec->given_count == spec->given_capacity) {
        spec->given_capacity = 2 * spec->given_capacity + 16;
        spec->given =
            memory_array(spec->given, spec->given_capacity, sizeof *spec->given);
    }
    if (spec->replaced)
        node_map_put(spec->replaced, node, 1);
    spec->given[spec->given_count++] = (struct spec_value){node, place};
}

bool spec_has_value(const struct spec *spec, node_id node)
{
    return spec->replaced ? node_map_get(spec->replaced, node) != NODE_MAP_NONE
                          : network_value(spec->network, node) != NULL;
}

void spec_give_value(struct spec *spec, node_id node, struct place place,
                     mpq_srcptr value)
{
    remember(spec, node, place);
    network_set_value(spec->network, node, value);
}

bool spec_note_value(const struct spec *spec, node_id node)
{
    for (size_t i = 0; i < spec->given_count; i++)
        if (spec->given[i].node == node && spec->given[i].place.source)
            return diag_at(spec->diags, DIAG_NOTE_FIRST_VALUE, spec->given[i].place,
                           (char *)NULL);
    return false;
}

static bool set_value(struct spec *spec, node_id node, struct span statement,
                      mpq_srcptr value)
{
    struct place place = spec_place(spec, statement);
    if (network_is_defined(spec->network, node))
        return refuse_node(spec, node, statement, DIAG_SPEC_VALUE_DEFINED);
    if (spec->replaced && network_is_fixed(spec->network, node))
        return refuse_node(spec, node, statement, DIAG_SPEC_VALUE_FIXED);
    if (spec_has_value(spec, node)) {
        refuse_node(spec, node, statement, DIAG_SPEC_VALUE_TWICE);
        return spec_note_value(spec, node);
    }
    if (!is_fix(spec, statement)) {
        spec_give_value(spec, node, place, value);
        return true;
    }
    remember(spec, node, place);
    network_fix(spec->network, node, value);
    return true;
}

/* --- samples --- */

/* The next value, or the semicolon between two samples; false at the end. */
static bool next_item(const struct spec *spec, struct spec_cursor *cursor,
                      struct span *item)
{
    const char *text = spec->source->text;
    if (!spec_more(spec, cursor))
        return false;
    *item = spec_word(spec, cursor);
    const char *semicolon = memchr(text + item->begin, ';', item->end - item->begin);
    if (semicolon)
        item->end = (uint32_t)(semicolon - text) + (semicolon == text + item->begin);
    cursor->at = item->end;
    return true;
}

static bool is_semicolon(const struct spec *spec, struct span item)
{
    return spec->source->text[item.begin] == ';';
}

static size_t count_samples(const struct spec *spec, struct spec_cursor cursor)
{
    struct span item;
    size_t count = 1;
    while (next_item(spec, &cursor, &item))
        count += is_semicolon(spec, item);
    return count;
}

struct sampled {
    int64_t sample;
    size_t place;
    node_id node;
};

static int compare_sampled(const void *a, const void *b)
{
    const struct sampled *first = a, *second = b;
    if (first->sample != second->sample)
        return first->sample < second->sample ? -1 : 1;
    return (first->place > second->place) - (first->place < second->place);
}

/* Puts the names of each sample together, in their order. */
static bool sort_by_sample(struct spec *spec, struct span statement,
                           struct targets *targets)
{
    struct sampled *sampled = memory_array(NULL, targets->count + 1, sizeof *sampled);
    bool good = true;
    for (size_t i = 0; i < targets->count && good; i++) {
        node_id node = targets->nodes[i];
        sampled[i] = (struct sampled){network_sample(spec->network, node), i, node};
        if (sampled[i].sample < 0)
            good = refuse_node(spec, node, statement, DIAG_SPEC_SAMPLES_SHARED);
    }
    if (good && targets->count > 0)
        qsort(sampled, targets->count, sizeof *sampled, compare_sampled);
    for (size_t i = 0; i < targets->count && good; i++)
        targets->nodes[i] = sampled[i].node;
    memory_free(sampled);
    return good;
}

static bool prepare_samples(struct spec *spec, struct span values, struct span statement,
                            size_t count, struct targets *targets)
{
    char texts[2][32];
    if (spec_sample_count(spec) == 0)
        return spec_fail(spec, DIAG_SPEC_SAMPLES, values, NULL);
    if ((int64_t)count == spec_sample_count(spec))
        return sort_by_sample(spec, statement, targets);
    snprintf(texts[0], sizeof texts[0], "%zu", count);
    snprintf(texts[1], sizeof texts[1], "%lld", (long long)spec_sample_count(spec));
    return diag_at(spec->diags, DIAG_SPEC_SAMPLES_COUNT, spec_place(spec, values),
                   texts[0], texts[1], (char *)NULL);
}

/* --- values in order --- */

/* Values being read: those of a sample stand between semicolons. */
struct reading {
    struct span statement, values;
    const struct targets *targets;
    size_t samples, count, sample_first;
};

/* Whether a sample has as many values as names. */
static bool end_sample(struct spec *spec, struct reading *reading)
{
    size_t wanted = reading->targets->count / reading->samples;
    size_t count = reading->count - reading->sample_first;
    reading->sample_first = reading->count;
    return count == wanted || refuse_count(spec, reading->values, wanted, count);
}

static bool take_item(struct spec *spec, struct reading *reading, struct span item,
                      mpq_t value)
{
    if (is_semicolon(spec, item))
        return end_sample(spec, reading);
    if (!read_value(spec, item, value))
        return false;
    size_t i = reading->count++;
    return i >= reading->targets->count ||
           set_value(spec, reading->targets->nodes[i], reading->statement, value);
}

/* `fix w = 0`: one value for several names. */
static bool fix_all(struct spec *spec, struct reading *reading, mpq_t value)
{
    bool good = true;
    while (good && reading->count < reading->targets->count)
        good = set_value(spec, reading->targets->nodes[reading->count++],
                         reading->statement, value);
    return good;
}

/* Each value its name, in order. */
static bool read_values(struct spec *spec, struct spec_cursor cursor,
                        struct span statement, struct targets *targets)
{
    spec_more(spec, &cursor);
    struct reading reading = {
        statement, {cursor.at, cursor.end}, targets, count_samples(spec, cursor), 0, 0};
    struct span item;
    if (reading.samples > 1 &&
        !prepare_samples(spec, reading.values, statement, reading.samples, targets))
        return false;
    mpq_t value;
    mpq_init(value);
    bool good = true;
    while (good && next_item(spec, &cursor, &item))
        good = take_item(spec, &reading, item, value);
    if (good && is_fix(spec, statement) && reading.count == 1 && reading.samples == 1)
        good = fix_all(spec, &reading, value);
    mpq_clear(value);
    return good && end_sample(spec, &reading);
}

static bool set_statement(struct spec *spec, struct span statement)
{
    struct spec_cursor cursor = {statement.begin + 3, statement.end};
    struct targets targets = {NULL, 0};
    bool good = read_targets(spec, &cursor, &targets) &&
                read_values(spec, cursor, statement, &targets);
    memory_free(targets.nodes);
    return good;
}

static int compare_nodes(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

/* So that the values can be written without asking every node. */
void spec_keep_valued(struct spec *spec)
{
    struct network_plan *plan = spec->plan;
    size_t count = plan->valued_count, kept = 0;
    int64_t *nodes =
        arena_array(&plan->arena, count + spec->given_count + 1, sizeof *nodes);
    for (size_t i = 0; i < count; i++)
        nodes[i] = plan->valued[i];
    for (size_t i = 0; i < spec->given_count; i++)
        nodes[count++] = spec->given[i].node;
    qsort(nodes, count, sizeof *nodes, compare_nodes);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || nodes[kept - 1] != nodes[i])
            nodes[kept++] = nodes[i];
    plan->valued = nodes;
    plan->valued_count = kept;
}

static bool set_statements(struct spec *spec)
{
    bool good = true;
    for (size_t i = 0; i < spec->values.count; i++)
        good = set_statement(spec, spec->values.items[i]) && good;
    return good;
}

bool spec_set_values(struct spec *spec)
{
    bool good = set_statements(spec);
    good = spec_read_files(spec) && good;
    spec_keep_valued(spec);
    return good;
}

/* --- the command line --- */

static bool keep_let(struct spec *spec, struct span statement)
{
    struct spec_cursor cursor = {statement.begin, statement.end};
    struct span word = spec_word(spec, &cursor);
    if (!spec_is_word(spec, word, "let"))
        return spec_fail(spec, DIAG_SPEC_LET_ONLY, word, spec_text(spec, word));
    return spec_keep_values(spec, word, cursor);
}

static bool keep_lets(struct spec *spec)
{
    struct spec_lines lines;
    struct span statement;
    bool good = true;
    spec_lines_init(&lines, spec->source, spec->budget, spec->diags);
    while (good && spec_lines_next(&lines, &statement))
        good = keep_let(spec, statement);
    good = good && !lines.failed;
    spec_lines_clear(&lines);
    return good;
}

bool spec_take_lets(struct network *network, const struct source *source,
                    const struct budget *budget, struct diags *diags)
{
    struct spec spec;
    struct node_map replaced;
    node_map_init(&replaced);
    spec_init(&spec, network, source);
    spec.budget = budget;
    spec.diags = diags;
    spec.replaced = &replaced;
    network_reads_file(network, true);
    bool good = keep_lets(&spec) && set_statements(&spec);
    if (good && spec.given_count == 0)
        good = diag(diags, DIAG_SPEC_NO_VALUES, source->name, (char *)NULL);
    network_reads_file(network, false);
    spec_keep_valued(&spec);
    spec_clear(&spec);
    node_map_clear(&replaced);
    return good;
}
