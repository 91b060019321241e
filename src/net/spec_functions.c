/* `function`: what is declared, and which function an activation is. */
#include "net/spec_reader.h"

#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "tex/tree.h"

#include <string.h>

/* The functions that may be activations, by their words. */
static const enum function_id activations[] = {
    FUNCTION_SIGMOID, FUNCTION_TANH, FUNCTION_RELU, FUNCTION_SOFTPLUS, FUNCTION_EXP};

enum { ACTIVATIONS = sizeof activations / sizeof *activations };

static const char leaky[] = "leaky-relu";

struct spec_function *spec_find_function(const struct spec *spec, const char *name)
{
    for (size_t i = 0; i < spec->functions.count; i++)
        if (strcmp(spec->functions.items[i].name, name) == 0)
            return &spec->functions.items[i];
    return NULL;
}

/* --- functions of the language --- */

bool spec_use_function(struct spec *spec, const struct function *function,
                       struct span span)
{
    const char *word = function_row(function->id)->word;
    const struct spec_function *declared = spec_find_function(spec, function->name);
    if (!declared || declared->meaning.id == function->id)
        return true;
    diag_at(spec->diags, DIAG_SPEC_FUNCTION_TAKEN, spec_place(spec, span), word,
            declared->name, (char *)NULL);
    return spec_fail(spec, DIAG_NOTE_HERE, declared->name_span, declared->name);
}

/* `(1/100)` after leaky-relu */
static bool read_slope(struct spec *spec, struct spec_cursor *cursor,
                       struct function *function)
{
    struct pool *pool = network_pool(spec->network);
    struct span at = {cursor->at, cursor->at};
    if (!spec_accept(spec, cursor, '(') || !spec_more(spec, cursor))
        return spec_fail(spec, DIAG_SPEC_LEAKY, at, NULL);
    const char *text = spec->source->text + cursor->at;
    size_t length = number_span(text, cursor->end - cursor->at);
    if (length < cursor->end - cursor->at && text[length] == '/')
        length +=
            1 + number_span(text + length + 1, cursor->end - cursor->at - length - 1);
    at.end = cursor->at + (uint32_t)length;
    cursor->at = at.end;
    mpq_t value;
    mpq_init(value);
    bool good = length > 0 && number_read(value, text, length, false) == NUMBER_OK &&
                spec_accept(spec, cursor, ')');
    if (good)
        function->parameter = expr_peek_number(pool, expr_number(pool, value));
    mpq_clear(value);
    return good || spec_fail(spec, DIAG_SPEC_LEAKY, at, NULL);
}

bool spec_activation(struct spec *spec, struct spec_cursor *cursor,
                     struct function *function, bool *is_known)
{
    struct spec_cursor after = *cursor;
    struct span word = spec_word(spec, &after);
    *function = (struct function){.id = FUNCTION_COUNT};
    for (size_t i = 0; i < ACTIVATIONS; i++)
        if (spec_is_word(spec, word, function_row(activations[i])->word))
            function->id = activations[i];
    size_t length = sizeof leaky - 1;
    bool is_leaky = word.end - word.begin >= length &&
                    memcmp(spec->source->text + word.begin, leaky, length) == 0 &&
                    (word.end - word.begin == length ||
                     spec->source->text[word.begin + length] == '(');
    *is_known = is_leaky || function->id != FUNCTION_COUNT;
    if (is_leaky) {
        function->id = FUNCTION_LEAKY_RELU;
        after.at = word.begin + (uint32_t)length;
    }
    if (*is_known) {
        function->name = function_row(function->id)->name;
        *cursor = after;
    }
    return !is_leaky || read_slope(spec, cursor, function);
}

/* Names of formulas are words of their own: other slopes need other names. */
expr_id spec_make_function(struct spec *spec, const struct function *function,
                           struct span span)
{
    struct pool *pool = network_pool(spec->network);
    if (!spec_use_function(spec, function, span))
        return 0;
    expr_id made = function_make(pool, function);
    const struct function *first = function_peek(pool, made);
    if (!function->parameter || mpq_equal(first->parameter, function->parameter))
        return made;
    spec_fail(spec, DIAG_SPEC_LEAKY_TWO, span, NULL);
    return 0;
}

/* --- the statement --- */

static bool refuse_rename(struct spec *spec, struct span span)
{
    const char *words[ACTIVATIONS + 1] = {[ACTIVATIONS] = leaky};
    for (size_t i = 0; i < ACTIVATIONS; i++)
        words[i] = function_row(activations[i])->word;
    const char *word = spec_text(spec, span);
    const char *nearest = diag_nearest(word, words, ACTIVATIONS + 1);
    return diag_at(spec->diags,
                   nearest ? DIAG_SPEC_FUNCTION_NEAR : DIAG_SPEC_FUNCTION_WHICH,
                   spec_place(spec, span), word, nearest, (char *)NULL);
}

/* `= sigmoid` */
static bool read_renamed(struct spec *spec, struct spec_cursor cursor,
                         struct spec_function *function)
{
    struct spec_cursor begin = cursor;
    bool is_known;
    if (!spec_activation(spec, &cursor, &function->meaning, &is_known))
        return false;
    if (!is_known)
        return refuse_rename(spec, spec_word(spec, &begin));
    function->meaning.name = function->name;
    return spec_at_end(spec, &cursor);
}

/* `(z) = formula` */
static bool read_defined(struct spec *spec, struct spec_cursor cursor,
                         struct spec_function *function)
{
    struct span span = {cursor.at, cursor.at};
    function->meaning.id = FUNCTION_DEFINED;
    function->variable = spec_name(spec, &cursor, &span);
    if (!function->variable)
        return false;
    if (!spec_accept(spec, &cursor, ')') || !spec_accept(spec, &cursor, '='))
        return spec_fail(spec, DIAG_SPEC_FUNCTION_VARIABLE,
                         (struct span){span.begin, cursor.at + 1}, NULL);
    spec_more(spec, &cursor);
    function->body = spec_formula(spec, (struct span){cursor.at, cursor.end});
    return function->body != NULL;
}

/* Names that derivatives and other functions of the language are written with. */
static bool is_reserved(const char *name)
{
    enum function_id id = function_of_name(name, strlen(name));
    return id == FUNCTION_STEP || id == FUNCTION_SIGN ||
           function_of_word(name) != FUNCTION_COUNT;
}

/* Whether a word such as tanh stands where the name is expected. */
static bool is_function_word(struct spec *spec, struct spec_cursor cursor)
{
    const char *text = spec->source->text;
    spec_more(spec, &cursor);
    cursor.at += cursor.at < cursor.end && text[cursor.at] == '\\';
    struct span word = {cursor.at, cursor.at};
    while (word.end < cursor.end &&
           ((text[word.end] >= 'a' && text[word.end] <= 'z') || text[word.end] == '-'))
        word.end++;
    const char *name = spec_text(spec, word);
    return function_of_word(name) != FUNCTION_COUNT ||
           (word.begin > 0 && text[word.begin - 1] != '\\' && is_reserved(name));
}

static bool read_name(struct spec *spec, struct spec_cursor *cursor,
                      struct spec_function *function)
{
    struct spec_cursor begin = *cursor;
    if (is_function_word(spec, begin)) {
        struct span word = spec_word(spec, &begin);
        return spec_fail(spec, DIAG_SPEC_FUNCTION_NAME, word, spec_text(spec, word));
    }
    function->name = spec_name(spec, cursor, &function->name_span);
    if (!function->name)
        return false;
    if (strpbrk(function->name, "_^'"))
        return spec_fail(spec, DIAG_SPEC_FUNCTION, function->name_span, NULL);
    const struct spec_function *other = spec_find_function(spec, function->name);
    if (!other)
        return true;
    spec_fail(spec, DIAG_NET_TWICE, function->name_span, function->name);
    return spec_fail(spec, DIAG_NOTE_HERE, other->name_span, function->name);
}

static void keep_function(struct spec *spec, struct spec_function function)
{
    struct spec_functions *list = &spec->functions;
    if (list->count == list->capacity) {
        list->capacity = 2 * list->capacity + 8;
        list->items = memory_array(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = function;
}

bool spec_read_function(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct spec_function function = {.statement = {keyword.begin, cursor.end}};
    bool good = true;
    if (spec->functions.count == SPEC_FUNCTIONS)
        return spec_fail(spec, DIAG_SPEC_FUNCTIONS, keyword, NULL);
    if (!read_name(spec, &cursor, &function))
        return false;
    function.meaning = (struct function){.id = FUNCTION_ARBITRARY, .name = function.name};
    if (spec_accept(spec, &cursor, '('))
        good = read_defined(spec, cursor, &function);
    else if (spec_accept(spec, &cursor, '='))
        good = read_renamed(spec, cursor, &function);
    else if (spec_more(spec, &cursor))
        good = spec_fail(spec, DIAG_SPEC_FUNCTION, (struct span){cursor.at, cursor.end},
                         NULL);
    if (good)
        keep_function(spec, function);
    return good;
}

/* --- formulas of functions --- */

/* The scope of one formula: its variable, under a name that no network has. */
struct inside {
    struct spec *spec;
    const char *variable;
    expr_id symbol;
};

static bool inside_exists(void *context, const char *canonical)
{
    const struct inside *inside = context;
    return strcmp(inside->variable, canonical) == 0;
}

static expr_id inside_name(void *context, const char *canonical, struct place place,
                           struct diags *diags)
{
    const struct inside *inside = context;
    if (inside_exists(context, canonical))
        return inside->symbol;
    struct buf name;
    buf_init(&name);
    name_latex(&name, canonical);
    diag_at(diags, DIAG_SPEC_FUNCTION_FREE, place, buf_peek(&name), (char *)NULL);
    buf_clear(&name);
    return 0;
}

static expr_id inside_function(void *context, const char *canonical)
{
    const struct inside *inside = context;
    return spec_scope_function(inside->spec, canonical);
}

static bool inside_uses(void *context, enum function_id id, struct place place)
{
    const struct inside *inside = context;
    return spec_scope_uses(inside->spec, id, place);
}

/* `\mathit{z}` for z: printed like it, and never read as a name. */
static expr_id private_symbol(struct pool *pool, const char *variable)
{
    struct buf name;
    buf_init(&name);
    buf_format(&name, "\\mathit{%s}", variable);
    expr_id symbol = expr_symbol(pool, buf_peek(&name));
    buf_clear(&name);
    return symbol;
}

static bool elaborate_body(struct spec *spec, struct spec_function *function)
{
    struct pool *pool = network_pool(spec->network);
    struct inside inside = {spec, function->variable,
                            private_symbol(pool, function->variable)};
    struct scope scope = {.context = &inside,
                          .pool = pool,
                          .exists = inside_exists,
                          .name = inside_name,
                          .function = inside_function,
                          .uses = inside_uses};
    struct bindings none = {0};
    struct elaborate context = spec_elaborate(spec, &none);
    context.scope = &scope;
    function->meaning.variable = inside.symbol;
    function->meaning.body = elaborate(&context, function->body);
    bindings_clear(&none);
    return function->meaning.body != 0;
}

/* A search for a function in a formula that has no meaning yet. */
struct search {
    const struct spec *spec;
    struct spec_function *found;
};

static bool is_waiting(void *context, const struct parse_node *node)
{
    struct search *search = context;
    if (node->kind != PARSE_NAME)
        return false;
    char name[80];
    size_t length = strcspn(node->text, "'");
    if (length >= sizeof name)
        return false;
    memcpy(name, node->text, length);
    name[length] = '\0';
    search->found = spec_find_function(search->spec, name);
    return search->found && search->found->function == 0;
}

static struct spec_function *waits_for(const struct spec *spec,
                                       const struct spec_function *function)
{
    struct search search = {spec, NULL};
    bool found = function->body && tree_any(function->body, is_waiting, &search);
    return found ? search.found : NULL;
}

static bool make_declared(struct spec *spec, struct spec_function *function)
{
    if (function->body && !elaborate_body(spec, function))
        return false;
    function->function =
        function->meaning.id == FUNCTION_LEAKY_RELU
            ? spec_make_function(spec, &function->meaning, function->name_span)
            : function_make(network_pool(spec->network), &function->meaning);
    return function->function != 0;
}

/* All that wait wait for one of them: following that ends in a circle. */
static bool refuse_circle(struct spec *spec, const struct spec_function *function)
{
    for (size_t i = 0; i < spec->functions.count; i++)
        function = waits_for(spec, function);
    return spec_fail(spec, DIAG_SPEC_FUNCTION_CIRCLE, function->name_span,
                     function->name);
}

/* Makes those that wait for no other; false after a diagnostic. */
static bool make_ready(struct spec *spec, size_t *made)
{
    for (size_t i = 0; i < spec->functions.count; i++) {
        struct spec_function *function = &spec->functions.items[i];
        if (function->function != 0 || waits_for(spec, function))
            continue;
        if (!make_declared(spec, function))
            return false;
        ++*made;
    }
    return true;
}

static bool make_functions(struct spec *spec)
{
    size_t made = 0, before;
    do {
        before = made;
        if (!make_ready(spec, &made))
            return false;
    } while (made > before);
    for (size_t i = 0; i < spec->functions.count; i++)
        if (spec->functions.items[i].function == 0)
            return refuse_circle(spec, &spec->functions.items[i]);
    return true;
}

static void keep_in_plan(struct spec *spec)
{
    for (size_t i = 0; i < spec->functions.count; i++) {
        const struct spec_function *function = &spec->functions.items[i];
        *plan_add_function(spec->plan) = (struct plan_function){
            function->name, function->function, function->statement};
    }
}

bool spec_make_functions(struct spec *spec)
{
    if (!make_functions(spec) || !spec_set_activations(spec))
        return false;
    keep_in_plan(spec);
    return true;
}

bool spec_check_functions(struct spec *spec)
{
    for (size_t i = 0; i < spec->functions.count; i++) {
        const struct spec_function *function = &spec->functions.items[i];
        if (network_knows(spec->network, function->name))
            return spec_fail(spec, DIAG_NET_TWICE, function->name_span, function->name);
    }
    return true;
}

/* --- what scopes ask --- */

expr_id spec_scope_function(void *context, const char *canonical)
{
    const struct spec_function *function = spec_find_function(context, canonical);
    return function ? function->function : 0;
}

bool spec_scope_uses(void *context, enum function_id id, struct place place)
{
    const struct function function = {.id = id, .name = function_row(id)->name};
    return spec_use_function(context, &function, place.span);
}
