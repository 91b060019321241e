#include "verify/definitions.h"
#include "verify/primes.h"
#include "verify/script.h"

#include "base/memory.h"
#include "base/name.h"
#include "expr/walk.h"
#include "tex/index.h"
#include "tex/tree.h"

#include <string.h>

/* `f(z)` */
static bool is_application(const struct parse_node *node)
{
    return node->kind == PARSE_PRODUCT && node->count == 2 &&
           node->parts[0]->kind == PARSE_NAME && node->parts[1]->kind == PARSE_BRACKET &&
           tree_is_argument(node->parts[1]);
}

/* The `\sigma'` of a function \sigma. */
static bool is_slope(const struct families *families, const struct parse_node *name)
{
    return strchr(name->text, '\'') && !tree_script(name, PARSE_SUB) &&
           families_is_function(families, name->text);
}

const struct parse_node *definitions_name(const struct section *section,
                                          const struct reading_step *step)
{
    const struct parse_node *left = step->left;
    if (!left)
        return NULL;
    if (is_application(left) &&
        families_is_decorated(section->scope->families, left->parts[0]->text))
        left = left->parts[0];
    const struct families *families = section->scope->families;
    bool is_name = left->kind == PARSE_NAME && !tree_is_partial(left) &&
                   !families_is_exponential(families, left) &&
                   !families_is_raised(families, left) && !is_slope(families, left);
    return is_name ? left : NULL;
}

static bool is_derivative(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_DERIVATIVE || node->kind == PARSE_LOCAL ||
           tree_is_signal(node);
}

static bool is_signal(const struct parse_node *name)
{
    return strcmp(name->text, "\\delta") == 0;
}

/* --- one definition --- */

enum finding { FINDING_NONE, FINDING_KNOWN, FINDING_NAMING, FINDING_NEW, FINDING_OTHER };

struct defining {
    struct section *section;
    const struct elaborate *context;
    size_t step;
    const struct parse_node *name, *right;
    bool is_naming; /* the right side is a derivative: the name stands for it */
    enum finding finding;
    bool is_read;
};

/* What the name is defined as so far, if it is the network's or this document's. */
static bool is_foreign(struct section *section, const char *canonical)
{
    struct network *network = section->scope->network;
    expr_id symbol = expr_find_symbol(section->scope->pool, canonical);
    return (network && network_find(network, canonical) >= 0) ||
           (symbol && scope_is_fixed(section->scope, symbol));
}

static uint32_t display_of(const struct section *section, size_t step)
{
    return section->steps[step].step->claim->equation;
}

/* An equation for a name that has a value already: a claim, or another definition. */
static enum finding compare(struct defining *d, expr_id symbol, expr_id right)
{
    struct section *section = d->section;
    struct section_value old = section->values[symbol];
    bool same_display = old.section == section->number &&
                        display_of(section, old.step) == display_of(section, d->step);
    bool is_circle = section_hangs_on(section, right, symbol);
    if (is_circle)
        scope_doubt(section->scope, symbol);
    if (is_circle || same_display || is_signal(d->name) || old.value == right ||
        section_proves(section, old.value, right))
        return FINDING_KNOWN;
    return old.section == section->number ? FINDING_OTHER : FINDING_NEW;
}

/* An equation for the primed name of one that is defined: a claim about a derivative, or
   about something of which too little is known. True if it is such a name. */
static bool take_primed(struct defining *d, const char *canonical, expr_id right)
{
    struct section *section = d->section;
    expr_id plain = families_is_own(section->scope->families, d->name)
                        ? 0
                        : primes_plain(section, canonical);
    if (!plain)
        return false;
    expr_id symbol = expr_symbol(section->scope->pool, canonical);
    expr_id derivative = primes_derivative(section, plain, canonical, right);
    if (derivative)
        scope_set_meaning(section->scope, symbol, derivative);
    else
        scope_doubt(section->scope, symbol);
    return true;
}

static void define(struct defining *d, const char *canonical)
{
    struct section *section = d->section;
    if (is_foreign(section, canonical))
        return;
    expr_id right = elaborate(d->context, d->right);
    d->is_read = right != 0;
    if (!right || take_primed(d, canonical, right))
        return;
    expr_id symbol = expr_symbol(section->scope->pool, canonical);
    bool has_value = symbol < section->value_count && section->values[symbol].value;
    enum finding finding = has_value ? compare(d, symbol, right) : FINDING_NEW;
    if (!has_value && section_hangs_on(section, right, symbol)) {
        scope_doubt(section->scope, symbol);
        finding = FINDING_KNOWN;
    }
    if (finding == FINDING_NEW && d->is_naming) {
        scope_set_meaning(section->scope, symbol, right);
        finding = FINDING_NAMING;
    } else if (finding == FINDING_NEW) {
        section_define(section, symbol, right, d->step);
        scope_set_meaning(section->scope, symbol, 0);
    }
    if (finding > d->finding)
        d->finding = finding;
}

static bool define_instance(void *context)
{
    struct defining *d = context;
    struct buf canonical;
    buf_init(&canonical);
    enum index_reading reading = index_read(d->context, d->name, &canonical);
    bool is_name = reading == INDEX_NAME;
    if (reading == INDEX_NONE)
        is_name = script_name(d->context->bindings, d->name, &canonical);
    if (is_name)
        define(d, buf_peek(&canonical));
    buf_clear(&canonical);
    return d->is_read && d->finding != FINDING_OTHER;
}

/* `f(z) = …` declares a function. */
static bool declare_function(struct section *section, size_t step)
{
    const struct reading_step *reading = section->steps[step].step;
    const struct parse_node *left = reading->left;
    struct bindings bindings = {0};
    struct diags diags;
    if (!left || !is_application(left) || left->parts[0]->count > 0 ||
        left->parts[1]->parts[0]->kind != PARSE_NAME ||
        !families_is_function(section->scope->families, left->parts[0]->text) ||
        strchr(left->parts[0]->text, '\'') ||
        tree_any(reading->right, is_derivative, NULL))
        return false;
    diags_init(&diags);
    struct elaborate context = section_context(section, &bindings, &diags);
    struct pool *pool = section->scope->pool;
    expr_id variable = elaborate(&context, left->parts[1]->parts[0]);
    expr_id body = variable ? elaborate(&context, reading->right) : 0;
    bool is_good = body && expr_kind(pool, variable) == EXPR_SYMBOL;
    if (is_good) {
        struct function function = {.id = FUNCTION_DEFINED,
                                    .name = left->parts[0]->text,
                                    .variable = variable,
                                    .body = body};
        scope_set_meaning(section->scope, expr_symbol(pool, left->parts[0]->text),
                          function_make(pool, &function));
    }
    diags_clear(&diags);
    bindings_clear(&bindings);
    return is_good;
}

/* Defines all names that `name` stands for as what `value` is there. */
static enum finding define_names(struct section *section, size_t step,
                                 const struct parse_node *name,
                                 const struct parse_node *value)
{
    const struct reading_step *reading = section->steps[step].step;
    struct bindings bindings = {0};
    struct diags tried;
    struct instances instances;
    const struct parse_node *trees[2] = {name, value};
    diags_init(&tried);
    struct elaborate context = section_context(section, &bindings, &tried);
    struct defining defining = {.section = section,
                                .context = &context,
                                .step = step,
                                .name = name,
                                .right = value,
                                .is_naming = tree_any(value, is_derivative, NULL),
                                .is_read = true};
    instances_init(&instances, &context, trees, reading->condition, scope_is_letter,
                   section->scope);
    instances_run(&instances, define_instance, &defining);
    instances_clear(&instances);
    diags_clear(&tried);
    bindings_clear(&bindings);
    return defining.finding;
}

static bool is_a_name(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_NAME;
}

/* Numbers alone say of an example what a name is, not what it means. */
static bool is_number(const struct parse_node *node)
{
    return !tree_any(node, is_a_name, NULL);
}

/* `\Delta w = \frac{\partial E}{\partial w}` declares what \Delta stands for. */
static bool declare_delta(struct section *section, size_t step)
{
    const struct reading_step *reading = section->steps[step].step;
    struct verify_scope *scope = section->scope;
    struct bindings bindings = {0};
    struct diags diags;
    if (!reading->left || reading->left->kind != PARSE_DELTA ||
        tree_is_signal(reading->left) || scope->network || scope->delta ||
        !tree_any(reading->right, is_derivative, NULL))
        return false;
    diags_init(&diags);
    struct elaborate context = section_context(section, &bindings, &diags);
    expr_id by = elaborate(&context, reading->left->parts[0]);
    expr_id right = by ? elaborate(&context, reading->right) : 0;
    bool is_declared = right && scope_declare_delta(scope, by, right);
    diags_clear(&diags);
    bindings_clear(&bindings);
    return is_declared;
}

/* The name left of a step; where what stands there was not read, the one that its chain
   begins with, unless that has its definition. */
static const struct parse_node *defined_name(const struct section *section, size_t step)
{
    size_t head = step;
    while (head > section->first && section->steps[head].step->claim->continues &&
           section->steps[head].role != ROLE_DEFINITION &&
           !section->steps[head].step->left)
        head--;
    return section->steps[head].role == ROLE_DEFINITION
               ? NULL
               : definitions_name(section, section->steps[head].step);
}

/* Whether the name stands left of some equation of the document, read or not. */
static bool is_left_somewhere(const struct section *section,
                              const struct parse_node *name)
{
    struct buf canonical, other;
    bool found = false;
    buf_init(&canonical);
    buf_init(&other);
    script_name(NULL, name, &canonical);
    for (size_t i = 0; i < section->reading->count && !found; i++) {
        const struct parse_node *left =
            definitions_name(section, &section->reading->steps[i]);
        buf_truncate(&other, 0);
        found = left && script_name(NULL, left, &other) &&
                strcmp(buf_peek(&canonical), buf_peek(&other)) == 0;
    }
    buf_clear(&other);
    buf_clear(&canonical);
    return found;
}

/* `\frac{\partial E}{\partial z} = \delta`, where \delta has no meaning yet, names the
   derivative. */
static bool names_left_side(struct section *section, const struct reading_step *reading)
{
    struct buf canonical;
    const struct parse_node *name = reading->right;
    if (name->kind != PARSE_NAME || !reading->left || reading->left->kind == PARSE_NAME ||
        is_left_somewhere(section, name) || !tree_any(reading->left, is_derivative, NULL))
        return false;
    buf_init(&canonical);
    bool is_new = script_name(NULL, name, &canonical);
    expr_id symbol =
        is_new ? expr_find_symbol(section->scope->pool, buf_peek(&canonical)) : 0;
    is_new = is_new && is_signal(name) && !is_foreign(section, buf_peek(&canonical)) &&
             !(symbol && symbol < section->value_count && section->values[symbol].value);
    buf_clear(&canonical);
    return is_new;
}

static enum finding find_definition(struct section *section, size_t step)
{
    const struct reading_step *reading = section->steps[step].step;
    const struct parse_node *name = defined_name(section, step);
    if (!reading->right || reading->claim->relation != CLAIM_EQUAL)
        return FINDING_NONE;
    if (!reading->claim->continues && declare_function(section, step))
        return FINDING_NEW;
    if (declare_delta(section, step))
        return FINDING_NAMING;
    bool has_derivative = tree_any(reading->right, is_derivative, NULL);
    bool is_naming = reading->right->kind == PARSE_DERIVATIVE ||
                     tree_is_signal(reading->right) || (name && is_signal(name));
    if (names_left_side(section, reading))
        return define_names(section, step, reading->right, reading->left);
    if (!name || is_number(reading->right) || (has_derivative && !is_naming))
        return FINDING_NONE;
    return define_names(section, step, name, reading->right);
}

static size_t first_of_display(const struct section *section, size_t step)
{
    while (step > section->first &&
           display_of(section, step - 1) == display_of(section, step))
        step--;
    return step;
}

/* The section ends before the display that defines a name anew. */
static size_t end_section(struct section *section, size_t step, struct diags *diags)
{
    const struct parse_node *name = defined_name(section, step);
    size_t begin = first_of_display(section, step);
    char *text =
        memory_strndup(section->reading->claims->document->text + name->span.begin,
                       name->span.end - name->span.begin);
    section->end = begin > section->first ? begin : step;
    diag_at(diags, DIAG_VERIFY_ANEW,
            (struct place){section->reading->claims->document, name->span}, text,
            (char *)NULL);
    memory_free(text);
    return 1;
}

/* Functions mean what their declaration says also above it. */
static void declare_functions(struct section *section)
{
    for (size_t i = section->first; i < section->end; i++)
        if (section->steps[i].step->right && !section->steps[i].step->claim->continues)
            declare_function(section, i);
}

size_t definitions_collect(struct section *section, struct diags *diags)
{
    declare_functions(section);
    for (size_t i = section->first; i < section->end; i++) {
        enum finding finding = find_definition(section, i);
        if (finding == FINDING_NEW)
            section->steps[i].role = ROLE_DEFINITION;
        else if (finding == FINDING_NAMING)
            section->steps[i].role = ROLE_NAMING;
        else if (finding == FINDING_OTHER)
            return end_section(section, i, diags);
    }
    return 0;
}
