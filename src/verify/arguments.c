#include "verify/arguments.h"

#include "base/memory.h"
#include "tex/tree.h"
#include "verify/script.h"

#include <string.h>

/* How a head, or a head with a subscript, is used in a document. */
struct use {
    char *key;
    const struct parse_node *bracket; /* the first that it is followed by */
    const char *letter;               /* of the time; NULL: none yet */
    size_t letters;                   /* how often that stands in its brackets */
    bool is_bare, is_primed, is_defined;
    bool is_alike;   /* its brackets differ in an index at most */
    bool is_timed;   /* all brackets after it are times */
    bool is_shifted; /* some bracket is `(t-1)` */
};

struct uses {
    const char *text; /* of the document */
    struct use *items;
    size_t count, capacity;
    struct reading *reading;
    bool has_changed;
};

static struct use *use_of(struct uses *uses, const char *key)
{
    for (size_t i = 0; i < uses->count; i++)
        if (strcmp(uses->items[i].key, key) == 0)
            return &uses->items[i];
    if (uses->count == uses->capacity) {
        uses->capacity = 2 * uses->capacity + 16;
        uses->items = memory_array(uses->items, uses->capacity, sizeof *uses->items);
    }
    struct use *use = &uses->items[uses->count++];
    *use = (struct use){
        .key = memory_strndup(key, strlen(key)), .is_alike = true, .is_timed = true};
    return use;
}

static void clear(struct uses *uses)
{
    for (size_t i = 0; i < uses->count; i++)
        memory_free(uses->items[i].key);
    memory_free(uses->items);
}

/* --- keys --- */

/* The head without primes. */
static void head_key(const struct parse_node *name, struct buf *key)
{
    buf_truncate(key, 0);
    buf_bytes(key, name->text, strcspn(name->text, "'"));
}

/* The same with its subscript; false if it has none. */
static bool subscript_key(const struct parse_node *name, struct buf *key)
{
    struct parse_node *sub = tree_script(name, PARSE_SUB);
    struct parse_node plain = {
        .kind = PARSE_NAME, .text = name->text, .parts = &sub, .count = 1};
    head_key(name, key);
    struct buf text;
    buf_init(&text);
    bool ok = sub && script_name(NULL, &plain, &text);
    if (ok) {
        buf_char(key, ' ');
        buf_text(key, strchr(buf_peek(&text), '_'));
    }
    buf_clear(&text);
    return ok;
}

/* --- brackets --- */

static const struct parse_node *bracket_of(const struct parse_node *arguments)
{
    return arguments->kind == PARSE_POWER ? arguments->parts[0] : arguments;
}

static bool is_integer(const struct parse_node *node)
{
    return tree_is_integer(node->kind == PARSE_NEGATE ? node->parts[0] : node);
}

static bool is_letter(const struct parse_node *node)
{
    return node->kind == PARSE_NAME && node->count == 0 && strlen(node->text) == 1;
}

/* `(t)`, `(t-1)`, `(2)`; the letter, NULL if it is a number alone. */
static bool read_time(const struct parse_node *bracket, const char **letter,
                      bool *is_shifted)
{
    const struct parse_node *inner = bracket->parts[0];
    *is_shifted = inner->kind == PARSE_SUM && inner->count == 2 &&
                  is_letter(inner->parts[0]) && is_integer(inner->parts[1]);
    const struct parse_node *name = *is_shifted ? inner->parts[0] : inner;
    *letter = is_letter(name) ? name->text : NULL;
    return *letter || is_integer(inner);
}

/* The i of `(x^{(i)})`, by which what stands before the bracket is counted, too; NULL if
   there is none. */
static struct parse_node *counting_script(const struct parse_node *bracket)
{
    const struct parse_node *name = bracket->parts[0];
    return name->kind == PARSE_NAME && name->count == 1 ? name->parts[0] : NULL;
}

static bool is_a_name(void *context, const struct parse_node *node)
{
    (void)context;
    return node->kind == PARSE_NAME;
}

static bool has_index(void *context, const struct parse_node *node)
{
    return (node->kind == PARSE_SUB || node->kind == PARSE_SUP) &&
           tree_any(node, is_a_name, context);
}

static bool is_same_text(const char *text, struct span a, struct span b)
{
    return a.end - a.begin == b.end - b.begin &&
           memcmp(text + a.begin, text + b.begin, a.end - a.begin) == 0;
}

/* Whether two brackets differ in the index at most. */
static bool is_alike(const char *text, const struct parse_node *a,
                     const struct parse_node *b)
{
    const struct parse_node *x = counting_script(a), *y = counting_script(b);
    if (x && y)
        return x->kind == y->kind && strcmp(a->parts[0]->text, b->parts[0]->text) == 0;
    return is_same_text(text, a->span, b->span) && !tree_any(a, has_index, NULL);
}

/* --- how names are used --- */

static void note_time(struct use *use, const struct parse_node *name,
                      const struct parse_node *bracket)
{
    const char *letter;
    bool is_shifted;
    const struct parse_node *sup = tree_script(name, PARSE_SUP);
    if (!read_time(bracket, &letter, &is_shifted) ||
        (letter && use->letter && strcmp(letter, use->letter) != 0) ||
        (sup && !tree_is_integer(tree_ungroup(sup->parts[0])))) {
        use->is_timed = false;
        return;
    }
    use->is_shifted |= is_shifted;
    use->letter = letter ? letter : use->letter;
    use->letters += letter != NULL;
}

/* `x`, `x^{(i)}`, `x, w`: what a quantity may be said to depend on. */
static bool is_list_of_names(const struct parse_node *bracket)
{
    const struct parse_node *inner = bracket->parts[0];
    if (inner->kind != PARSE_LIST)
        return inner->kind == PARSE_NAME;
    for (size_t i = 0; i < inner->count; i++)
        if (inner->parts[i]->kind != PARSE_NAME)
            return false;
    return true;
}

static bool is_called(void *context, const struct parse_node *node)
{
    struct buf key;
    buf_init(&key);
    bool is = node->kind == PARSE_NAME && subscript_key(node, &key) &&
              strcmp(buf_peek(&key), context) == 0;
    buf_clear(&key);
    return is;
}

/* `y_j(n) = …`, where y_j does not stand right: `t_2 (y_2) = t_2 y_2` has a product. */
static bool defines(const struct reading_step *step, const struct parse_node *name,
                    const char *key)
{
    const struct parse_node *left = step->left;
    return left && !step->claim->continues && left->kind == PARSE_PRODUCT &&
           left->count == 2 && left->parts[0] == name &&
           left->parts[1]->kind == PARSE_BRACKET && is_list_of_names(left->parts[1]) &&
           !(step->right && tree_any(step->right, is_called, (void *)key));
}

static void note_use(struct uses *uses, const char *key, const struct reading_step *step,
                     const struct occurrence *occurrence)
{
    struct use *use = use_of(uses, key);
    use->is_primed |= strchr(occurrence->name->text, '\'') &&
                      (occurrence->arguments || !strchr(key, ' '));
    if (!occurrence->arguments) {
        use->is_bare = true;
        return;
    }
    const struct parse_node *bracket = bracket_of(occurrence->arguments);
    if (!use->bracket)
        use->bracket = bracket;
    use->is_alike &= is_alike(uses->text, use->bracket, bracket);
    use->is_defined |= defines(step, occurrence->name, key);
    note_time(use, occurrence->name, bracket);
}

static void note(struct uses *uses, const struct reading_step *step,
                 const struct occurrence *occurrence)
{
    struct buf key;
    buf_init(&key);
    head_key(occurrence->name, &key);
    note_use(uses, buf_peek(&key), step, occurrence);
    if (subscript_key(occurrence->name, &key))
        note_use(uses, buf_peek(&key), step, occurrence);
    buf_clear(&key);
}

/* --- what is a time --- */

static bool is_time_of(const struct use *use, const char *letter)
{
    return use->is_timed && use->bracket && !use->is_bare && !use->is_primed &&
           !strchr(use->key, ' ') && (!use->letter || strcmp(use->letter, letter) == 0);
}

/* Whether a letter is shifted somewhere, and stands nowhere but in brackets after names
   that have times only. */
static bool is_time_letter(const struct uses *uses, const struct survey *survey,
                           const char *letter)
{
    size_t inside = 0, everywhere = 0;
    bool is_shifted = false;
    for (size_t i = 0; i < uses->count; i++)
        if (is_time_of(&uses->items[i], letter) && uses->items[i].letter) {
            inside += uses->items[i].letters;
            is_shifted |= uses->items[i].is_shifted;
        }
    for (size_t i = 0; i < survey->names.count; i++) {
        const struct parse_node *name = survey->names.items[i]->name;
        everywhere += name->count == 0 && strcmp(name->text, letter) == 0;
    }
    return is_shifted && inside == everywhere;
}

/* The letters of heads that turn out to be no times are taken away. */
static void find_times(struct uses *uses, const struct survey *survey)
{
    for (size_t i = 0; i < uses->count; i++) {
        struct use *use = &uses->items[i];
        use->is_timed = use->letter && is_time_of(use, use->letter) &&
                        is_time_letter(uses, survey, use->letter);
    }
}

/* --- the formulas --- */

/* `x_j^2(t)` is the square of `x_j^{(t)}`. */
static struct parse_node *with_time(struct arena *arena, const struct parse_node *name,
                                    struct parse_node *bracket)
{
    struct parse_node *sub = tree_script(name, PARSE_SUB);
    struct parse_node *sup = tree_script(name, PARSE_SUP);
    struct span span = span_join(name->span, bracket->span);
    struct parse_node *plain = tree_make(arena, PARSE_NAME, span, &sub, sub ? 1 : 0);
    plain->text = name->text;
    plain = tree_with_script(arena, plain,
                             tree_make(arena, PARSE_SUP, bracket->span, &bracket, 1));
    return sup ? tree_make(arena, PARSE_POWER, span,
                           (struct parse_node *[]){plain, sup->parts[0]}, 2)
               : plain;
}

static struct parse_node *as_call(struct arena *arena, const struct parse_node *name,
                                  struct parse_node *bracket)
{
    struct parse_node *call =
        tree_make(arena, PARSE_CALL, name->span, bracket->parts, bracket->count);
    struct buf text;
    buf_init(&text);
    script_name(NULL, name, &text);
    call->text = arena_strndup(arena, buf_peek(&text), text.length);
    buf_clear(&text);
    return call;
}

/* `h_\theta(x^{(i)})` is `h_\theta^{(i)}`; NULL if it has a superscript already. */
static struct parse_node *without_argument(struct arena *arena, struct parse_node *name,
                                           const struct parse_node *bracket)
{
    const struct parse_node *script = counting_script(bracket);
    if (!script)
        return name;
    struct parse_node *index =
        tree_make(arena, PARSE_BRACKET, script->span,
                  (struct parse_node *[]){tree_inside(script->parts[0])}, 1);
    index->text = "(";
    return tree_script(name, PARSE_SUP)
               ? NULL
               : tree_with_script(arena, name,
                                  tree_make(arena, PARSE_SUP, script->span, &index, 1));
}

/* Whether what stands left of some equation has this bracket: `y_j(n) = …` tells that
   `(n)` is no factor after other names with a subscript either. */
static bool is_decoration(const struct uses *uses, const struct parse_node *bracket)
{
    for (size_t i = 0; i < uses->count; i++)
        if (uses->items[i].is_defined && strchr(uses->items[i].key, ' ') &&
            is_alike(uses->text, uses->items[i].bracket, bracket))
            return true;
    return false;
}

/* What a name and the bracket after it become; NULL: what they are. */
static struct parse_node *resolve(struct uses *uses, struct parse_node *name,
                                  struct parse_node *bracket)
{
    struct arena *arena = &uses->reading->arena;
    struct parse_node *made = NULL;
    struct buf key;
    buf_init(&key);
    head_key(name, &key);
    if (use_of(uses, buf_peek(&key))->is_timed) {
        made = with_time(arena, name, bracket);
    } else if (subscript_key(name, &key)) {
        const struct use *use = use_of(uses, buf_peek(&key));
        bool is_decorated =
            use->is_defined || (!use->is_bare && is_decoration(uses, bracket));
        if (is_decorated && use->is_alike && !use->is_primed)
            made = without_argument(arena, name, bracket);
        if (!made && (is_decorated || use->is_primed))
            made = as_call(arena, name, bracket);
    }
    buf_clear(&key);
    return made;
}

static struct parse_node *join(struct uses *uses, struct parse_node *factor,
                               struct parse_node *next);

/* `\log h_\theta(x)`, which was read as the logarithm of h_\theta alone. */
static struct parse_node *join_call(struct uses *uses, const struct parse_node *call,
                                    struct parse_node *next)
{
    struct parse_node *last = call->count == 1 ? call->parts[0] : NULL;
    bool is_open = last && last->kind == PARSE_NAME && last->span.end == call->span.end;
    struct parse_node *made = is_open ? join(uses, last, next) : NULL;
    if (!made)
        return NULL;
    struct parse_node *joined = tree_make(&uses->reading->arena, PARSE_CALL,
                                          span_join(call->span, next->span), &made, 1);
    joined->text = call->text;
    return joined;
}

/* A factor and the one after it, made one. */
static struct parse_node *join(struct uses *uses, struct parse_node *factor,
                               struct parse_node *next)
{
    if (factor->kind == PARSE_CALL)
        return join_call(uses, factor, next);
    struct parse_node *bracket = (struct parse_node *)bracket_of(next);
    if (factor->kind != PARSE_NAME || !tree_is_argument(next))
        return NULL;
    struct parse_node *made = resolve(uses, factor, bracket);
    if (!made || next == bracket)
        return made;
    return tree_make(&uses->reading->arena, PARSE_POWER,
                     span_join(made->span, next->span),
                     (struct parse_node *[]){made, next->parts[1]}, 2);
}

static bool resolve_product(void *context, const struct parse_node *node)
{
    struct uses *uses = context;
    struct parse_node *product = (struct parse_node *)node;
    size_t count = 0;
    if (node->kind != PARSE_PRODUCT)
        return false;
    for (size_t i = 0; i < node->count; i++) {
        struct parse_node *next = i + 1 < node->count ? node->parts[i + 1] : NULL;
        struct parse_node *made = next ? join(uses, node->parts[i], next) : NULL;
        product->parts[count++] = made ? made : node->parts[i];
        i += made != NULL;
    }
    uses->has_changed |= count < node->count;
    product->count = count;
    if (count == 1)
        *product = *product->parts[0];
    return false;
}

bool arguments_resolve(struct reading *reading, const struct survey *survey)
{
    struct uses uses = {.text = reading->claims->text.text, .reading = reading};
    for (size_t step = 0; step < reading->count; step++)
        for (size_t i = survey_begin(survey, step); i < survey->ends[step]; i++)
            note(&uses, &reading->steps[step], survey->names.items[i]);
    find_times(&uses, survey);
    for (size_t step = 0; step < reading->count; step++) {
        tree_any(reading->steps[step].left, resolve_product, &uses);
        tree_any(reading->steps[step].right, resolve_product, &uses);
    }
    clear(&uses);
    return uses.has_changed;
}
