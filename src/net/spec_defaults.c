/* What is taken where a spec says nothing: letters that it does not use itself. */
#include "net/spec_reader.h"

#include "base/name.h"
#include "tex/tree.h"

#include <string.h>

/* Whether a name or template begins with the letter. */
static bool has_head(const char *text, const char *letter)
{
    size_t length = strlen(letter);
    return text && strncmp(text, letter, length) == 0 &&
           (text[length] == '\0' || text[length] == '_' || text[length] == '^');
}

static bool is_in_names(const struct plan_names *names, const char *letter)
{
    for (size_t i = 0; i < names->count; i++)
        if (has_head(names->items[i].name, letter))
            return true;
    return false;
}

static bool is_in_layers(const struct network_plan *plan, const char *letter)
{
    for (size_t i = 0; i < plan->layer_count; i++) {
        const struct plan_layer *layer = &plan->layers[i];
        if (has_head(layer->name, letter) || has_head(layer->weights.text, letter) ||
            has_head(layer->biases.text, letter))
            return true;
    }
    return false;
}

/* In definitions, and in names beside the network. */
static bool is_in_equations(const struct network_plan *plan, const char *letter)
{
    for (size_t i = 0; i < plan->equation_count; i++)
        if (has_head(plan->equations[i].left, letter))
            return true;
    for (size_t i = 0; i < plan->beside_count; i++)
        if (has_head(plan->besides[i].name, letter))
            return true;
    return false;
}

static bool is_in_templates(const struct plan_templates *templates, const char *letter)
{
    const struct plan_template *const all[] = {&templates->weights, &templates->biases,
                                               &templates->units,   &templates->deltas,
                                               &templates->targets, &templates->outputs};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (has_head(all[i]->text, letter))
            return true;
    return false;
}

static bool is_defined_letter(const struct spec *spec, const char *letter)
{
    return is_in_layers(spec->plan, letter) || is_in_equations(spec->plan, letter) ||
           is_in_templates(&spec->plan->written, letter) ||
           spec_find_function(spec, letter);
}

static bool is_leaf_letter(const struct network_plan *plan, const char *letter)
{
    return is_in_names(&plan->inputs, letter) || is_in_names(&plan->parameters, letter) ||
           is_in_names(&plan->constants, letter);
}

static bool is_taken(const struct spec *spec, const char *letter)
{
    return is_defined_letter(spec, letter) || is_leaf_letter(spec->plan, letter) ||
           is_in_names(&spec->plan->targets, letter) ||
           has_head(spec->plan->error.name, letter);
}

/* Whether a name that no template gives begins as the text does. */
static bool is_own_head(const struct spec *spec, const char *text)
{
    const struct network_plan *plan = spec->plan;
    struct buf head;
    buf_init(&head);
    buf_bytes(&head, text, strcspn(text, "_^"));
    const char *letter = buf_peek(&head);
    bool found = is_leaf_letter(plan, letter) || is_in_equations(plan, letter) ||
                 spec_find_function(spec, letter);
    for (size_t i = 0; i < plan->layer_count && !found; i++)
        found = plan->layers[i].size < 0 && has_head(plan->layers[i].name, letter);
    buf_clear(&head);
    return found;
}

void spec_yield_to_names(struct spec *spec)
{
    const struct plan_templates *from = &spec->plan->written;
    struct plan_templates *to = &spec->plan->shown;
    const struct plan_template *const old[] = {&from->weights, &from->biases,
                                               &from->units,   &from->preactivations,
                                               &from->outputs, &from->targets};
    struct plan_template *const shown[] = {&to->weights, &to->biases,
                                           &to->units,   &to->preactivations,
                                           &to->outputs, &to->targets};
    for (size_t i = 0; i < sizeof old / sizeof *old; i++)
        if (shown[i]->text && !strchr(shown[i]->text, '^') &&
            is_own_head(spec, shown[i]->text))
            shown[i]->text = old[i]->text;
    if (is_own_head(spec, to->error))
        to->error = from->error;
}

/* The first letter of a list, ended by NULL, that the spec does not use; else the first.
 */
static const char *free_letter(const struct spec *spec, const char *const *letters)
{
    for (size_t i = 0; letters[i]; i++)
        if (!is_taken(spec, letters[i]))
            return letters[i];
    return letters[0];
}

/* Whether an error equation speaks of targets: by a kind, or by the letter t. */
static bool mentions_targets(void *context, const struct parse_node *node)
{
    const struct spec *spec = context;
    if (node->kind == PARSE_KEYWORD)
        return strcmp(node->text, "weight-decay") != 0;
    return node->kind == PARSE_NAME && strcmp(node->text, "t") == 0 &&
           !is_defined_letter(spec, "t");
}

/* Letters t that are declared are the targets. */
static bool has_targets(struct spec *spec)
{
    if (spec->plan->targets.count > 0 || is_leaf_letter(spec->plan, "t"))
        return true;
    return spec->error && !tree_any(spec->error, mentions_targets, spec);
}

static void choose_preactivations(struct spec *spec)
{
    static const char *const letters[] = {"z", "a", "s", "net", "u", "v", "q", NULL};
    struct plan_template *template = &spec->plan->written.preactivations;
    struct buf text;
    if (spec->once[ONCE_PREACTIVATIONS].end != 0)
        return;
    buf_init(&text);
    buf_format(&text, "%s_{<to>}^{<layer>}", free_letter(spec, letters));
    template->text = arena_strndup(&spec->plan->arena, text.data, text.length);
    buf_clear(&text);
}

static void choose_error_name(struct spec *spec)
{
    static const char *const letters[] = {"E", "J", "C", "L", NULL};
    struct plan_error *error = &spec->plan->error;
    if (spec->is_error_named)
        return;
    error->name = "";
    error->name = free_letter(spec, letters);
}

void spec_add_defaults(struct spec *spec)
{
    static const char *const letters[] = {"t", "d", "r", "\\tau", NULL};
    spec->default_targets = !has_targets(spec);
    spec->default_error = spec->once[ONCE_ERROR].end == 0;
    choose_error_name(spec);
    spec->target_letter = free_letter(spec, letters);
    if (spec->default_targets)
        plan_names_push(&spec->plan->targets, spec->target_letter, -1,
                        (struct span){0, 0});
    choose_preactivations(spec);
    spec->plan->written.error = spec->plan->error.name;
}

/* Whether a single output is compared by a kind that is made for several. */
static bool has_lone_output(const struct spec *spec)
{
    int64_t samples = spec_sample_count(spec) > 0 ? spec_sample_count(spec) : 1;
    return spec->plan->error.kind == ERROR_CROSS_ENTROPY &&
           network_output(spec->network, samples) < 0;
}

bool spec_note_defaults(struct spec *spec)
{
    const char *letter = spec->target_letter;
    if (spec->default_targets && spec->default_error)
        diag(spec->diags, DIAG_NOTE_DEFAULTS, letter, (char *)NULL);
    else if (spec->default_error)
        diag(spec->diags, DIAG_NOTE_DEFAULT_ERROR, (char *)NULL);
    else if (spec->default_targets)
        diag(spec->diags, DIAG_NOTE_DEFAULT_TARGETS, letter, (char *)NULL);
    if (has_lone_output(spec))
        diag_at(spec->diags, DIAG_NOTE_ONE_OUTPUT,
                spec_place(spec, spec->plan->error.span), (char *)NULL);
    return true;
}
