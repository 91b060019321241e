#include "verify/bare.h"

#include "tex/tree.h"
#include "verify/heads.h"

#include <string.h>

enum { MOST_NAMES = 64, MOST_HEADS = 16, HEAD_LENGTH = 32 };

static const char SIGMOID[] = "\\sigma";

/* A head that stands without argument where a function may be meant. */
struct bare {
    struct reading *reading;
    const struct survey *survey;
    char head[HEAD_LENGTH];
    const struct parse_node *argument; /* that it has elsewhere; NULL: none */
    const struct parse_node *variable; /* of `f(z) = …`; NULL: none */
    bool is_used, is_primed, is_left, is_varied;
    const struct parse_node *done[MOST_NAMES]; /* names that have their argument */
    size_t done_count;
    bool has_changed;
};

static bool is_head(const struct bare *bare, const struct parse_node *node)
{
    size_t length = strlen(bare->head);
    return node->kind == PARSE_NAME && strncmp(node->text, bare->head, length) == 0 &&
           node->text[length + strspn(node->text + length, "'")] == '\0';
}

static bool has_head(void *context, const struct parse_node *node)
{
    return is_head(context, node);
}

/* --- whether it is a function --- */

/* `f(1-f)` is a product. */
static bool is_applied(struct bare *bare, const struct parse_node *arguments)
{
    return arguments && tree_is_argument(arguments) &&
           !tree_any(arguments, has_head, bare);
}

static const struct parse_node *plain_argument(const struct parse_node *arguments)
{
    const struct parse_node *inner =
        arguments->kind == PARSE_BRACKET ? arguments->parts[0] : NULL;
    return inner && inner->kind == PARSE_NAME && inner->count == 0 ? inner : NULL;
}

static void note_use(struct bare *bare, const struct reading_step *step,
                     const struct occurrence *occurrence)
{
    bool has_prime = strchr(occurrence->name->text, '\'') != NULL;
    bare->is_primed |= has_prime;
    bare->is_left |= !has_prime && heads_is_left_side(step, occurrence->name);
    if (!is_applied(bare, occurrence->arguments))
        return;
    const struct parse_node *argument = plain_argument(occurrence->arguments);
    bare->is_used = true;
    bare->is_varied |= bare->variable &&
                       (!argument || strcmp(argument->text, bare->variable->text) != 0);
    if (!bare->argument)
        bare->argument = argument;
}

/* The z of `f(z) = …`; NULL if the step does not begin so. */
static const struct parse_node *declared(const struct reading_step *step)
{
    const struct parse_node *left = step->left;
    return left && !step->claim->continues && left->kind == PARSE_PRODUCT &&
                   left->count == 2 && left->parts[0]->kind == PARSE_NAME &&
                   left->parts[0]->count == 0
               ? plain_argument(left->parts[1])
               : NULL;
}

static const struct parse_node *find_variable(const struct bare *bare)
{
    for (size_t i = 0; i < bare->reading->count; i++) {
        const struct reading_step *step = &bare->reading->steps[i];
        const struct parse_node *variable = declared(step);
        if (variable && is_head(bare, step->left->parts[0]))
            return variable;
    }
    return NULL;
}

/* Whether the head is applied, is never a name that stands left, and has a prime or is
   declared and applied to something else as well. */
static bool is_function(struct bare *bare)
{
    bare->argument = NULL;
    bare->variable = find_variable(bare);
    bare->is_varied = false;
    bare->is_used = bare->is_primed = strcmp(bare->head, SIGMOID) == 0;
    bare->is_left = false;
    for (size_t step = 0; step < bare->reading->count; step++)
        for (size_t i = survey_begin(bare->survey, step); i < bare->survey->ends[step];
             i++)
            if (is_head(bare, bare->survey->names.items[i]->name))
                note_use(bare, &bare->reading->steps[step], bare->survey->names.items[i]);
    return bare->is_used && (bare->is_primed || bare->is_varied) && !bare->is_left;
}

/* --- the formulas --- */

static void note_done(struct bare *bare, const struct parse_node *name)
{
    if (bare->done_count < MOST_NAMES)
        bare->done[bare->done_count++] = name;
}

static bool is_done(const struct bare *bare, const struct parse_node *name)
{
    for (size_t i = 0; i < bare->done_count; i++)
        if (bare->done[i] == name)
            return true;
    return bare->done_count == MOST_NAMES;
}

/* Makes a name the product of itself and its argument in brackets, as `f(z)` is read. */
static void apply(struct bare *bare, struct parse_node *name,
                  const struct parse_node *argument)
{
    struct arena *arena = &bare->reading->arena;
    struct span end = {name->span.end, name->span.end};
    struct parse_node *copy = arena_alloc(arena, sizeof *copy);
    struct parse_node *inner =
        tree_leaf(arena, PARSE_NAME, end, argument ? argument->text : "z");
    struct parse_node *bracket = tree_make(arena, PARSE_BRACKET, end, &inner, 1);
    *copy = *name;
    bracket->text = "(";
    *name = *tree_make(arena, PARSE_PRODUCT, copy->span,
                       (struct parse_node *[]){copy, bracket}, 2);
    note_done(bare, copy);
    bare->has_changed = true;
}

static bool note_applied(void *context, const struct parse_node *node)
{
    struct bare *bare = context;
    for (size_t i = 0; node->kind == PARSE_PRODUCT && i + 1 < node->count; i++)
        if (is_head(bare, node->parts[i]) && is_applied(bare, node->parts[i + 1])) {
            note_done(bare, node->parts[i]);
            const struct parse_node *argument = plain_argument(node->parts[i + 1]);
            bare->argument = argument ? argument : bare->argument;
        }
    return false;
}

static bool apply_bare(void *context, const struct parse_node *node)
{
    struct bare *bare = context;
    if (is_head(bare, node) && !tree_script(node, PARSE_SUB) && !is_done(bare, node))
        apply(bare, (struct parse_node *)node, bare->argument);
    return false;
}

/* What says something of other things than the function and its argument. */
static bool is_foreign(void *context, const struct parse_node *node)
{
    const struct bare *bare = context;
    const char *argument = bare->argument ? bare->argument->text : "z";
    return node->kind == PARSE_NAME && !is_head(bare, node) &&
           strcmp(node->text, "e") != 0 && !tree_is_bare(node, argument) &&
           !(node->count == 1 && node->parts[0]->kind == PARSE_SUP &&
             strcmp(node->text, argument) == 0);
}

/* `f' = f(1-f)` */
static void resolve_equation(struct bare *bare, const struct reading_step *step)
{
    const struct parse_node *left = step->left;
    if (!left || !step->right || !is_head(bare, left) || left->count > 0 ||
        !strchr(left->text, '\''))
        return;
    bare->done_count = 0;
    tree_any(step->right, note_applied, bare);
    if (tree_any(step->right, is_foreign, bare))
        return;
    tree_any(left, apply_bare, bare);
    tree_any(step->right, apply_bare, bare);
}

/* Whether `f(z)` stands somewhere: f is not differentiated by what its argument hangs on.
 */
static bool takes(struct bare *bare, const struct parse_node *variable)
{
    for (size_t i = 0; i < bare->survey->names.count; i++) {
        const struct occurrence *occurrence = bare->survey->names.items[i];
        const struct parse_node *argument =
            occurrence->arguments && is_head(bare, occurrence->name)
                ? plain_argument(occurrence->arguments)
                : NULL;
        if (argument && strcmp(argument->text, variable->text) == 0)
            return true;
    }
    return false;
}

/* `\frac{df}{dz}` */
static bool resolve_derivative(void *context, const struct parse_node *node)
{
    struct bare *bare = context;
    if (node->kind == PARSE_DERIVATIVE && node->parts[0] && node->parts[1] &&
        is_head(bare, node->parts[0]) && node->parts[0]->count == 0 &&
        node->parts[1]->kind == PARSE_NAME && node->parts[1]->count == 0 &&
        takes(bare, node->parts[1]))
        apply(bare, node->parts[0], node->parts[1]);
    return false;
}

static void resolve(struct bare *bare)
{
    for (size_t i = 0; i < bare->reading->count; i++) {
        resolve_equation(bare, &bare->reading->steps[i]);
        tree_any(bare->reading->steps[i].left, resolve_derivative, bare);
        tree_any(bare->reading->steps[i].right, resolve_derivative, bare);
    }
}

/* --- heads --- */

typedef char head_text[HEAD_LENGTH];

struct heads {
    head_text items[MOST_HEADS];
    size_t count;
};

static void add_head(struct heads *heads, const char *text)
{
    size_t length = strcspn(text, "'"), i = 0;
    if (length >= HEAD_LENGTH || heads->count == MOST_HEADS)
        return;
    char *head = heads->items[heads->count];
    memset(head, 0, HEAD_LENGTH);
    memcpy(head, text, length);
    while (strcmp(heads->items[i], head) != 0)
        i++;
    heads->count += i == heads->count;
}

/* Those with a prime or a declaration, which are few, and \sigma: others are no functions
   here. */
static void find_heads(const struct bare *bare, struct heads *heads)
{
    const struct survey *survey = bare->survey;
    for (size_t i = 0; i < survey->names.count; i++) {
        const char *text = survey->names.items[i]->name->text;
        if (strchr(text, '\'') || strcmp(text, SIGMOID) == 0)
            add_head(heads, text);
    }
    for (size_t i = 0; i < bare->reading->count; i++)
        if (declared(&bare->reading->steps[i]))
            add_head(heads, bare->reading->steps[i].left->parts[0]->text);
}

bool bare_resolve(struct reading *reading, const struct survey *survey)
{
    struct bare bare = {.reading = reading, .survey = survey};
    struct heads heads = {.count = 0};
    find_heads(&bare, &heads);
    for (size_t i = 0; i < heads.count; i++) {
        memcpy(bare.head, heads.items[i], HEAD_LENGTH);
        if (is_function(&bare))
            resolve(&bare);
    }
    return bare.has_changed;
}
