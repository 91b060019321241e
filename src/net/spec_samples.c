/* `samples 4 averaged`: a batch. What a statement says it says of every sample. */
#include "net/spec_reader.h"

#include "base/memory.h"
#include "expr/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 10000, COPIES = 1000000, SUP_LENGTH = 32 };

int64_t spec_sample_count(const struct spec *spec)
{
    return spec->plan->samples.count;
}

/* --- the statement --- */

static bool read_count(struct spec *spec, struct spec_cursor *cursor,
                       struct plan_samples *samples)
{
    struct span word = spec_word(spec, cursor);
    size_t length = word.end - word.begin;
    const char *text = spec_text(spec, word);
    if (length == 0 || strspn(text, "0123456789") != length ||
        strspn(text, "0") == length)
        return spec_fail(spec, DIAG_SPEC_SAMPLES_NUMBER, word, text);
    if (length > 9 || atol(text) > SAMPLES)
        return spec_fail(spec, DIAG_SPEC_SAMPLES_MANY, word, NULL);
    samples->count = atol(text);
    return true;
}

/* Whether a superscript is read back from names: letters and the number, perhaps in
   brackets. */
static bool is_good_sup(const char *sup)
{
    static const char place[] = "<sample>";
    char close = *sup == '(' ? ')' : *sup == '[' ? ']' : '\0';
    sup += close != '\0';
    while ((*sup >= 'a' && *sup <= 'z') || (*sup >= 'A' && *sup <= 'Z'))
        sup++;
    if (strncmp(sup, place, sizeof place - 1) != 0)
        return false;
    sup += sizeof place - 1;
    return close ? sup[0] == close && sup[1] == '\0' : *sup == '\0';
}

/* `named ^{(<sample>)}` */
static bool read_sup(struct spec *spec, struct spec_cursor *cursor,
                     struct plan_samples *samples)
{
    struct span word = spec_word(spec, cursor);
    const char *text = spec_text(spec, word);
    size_t length = strlen(text);
    if (length < 4 || length > SUP_LENGTH || strncmp(text, "^{", 2) != 0 ||
        text[length - 1] != '}')
        return spec_fail(spec, DIAG_SPEC_SAMPLES_NAMED, word, NULL);
    samples->sup = arena_strndup(&spec->plan->arena, text + 2, length - 3);
    return is_good_sup(samples->sup) ||
           spec_fail(spec, DIAG_SPEC_SAMPLES_NAMED, word, NULL);
}

bool spec_read_samples(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct plan_samples *samples = &spec->plan->samples;
    if (!spec_first(spec, ONCE_SAMPLES, keyword) || !read_count(spec, &cursor, samples))
        return false;
    samples->span = keyword;
    samples->sup = "(<sample>)";
    samples->averaged = spec_accept_word(spec, &cursor, "averaged");
    if (!samples->averaged && !spec_accept_word(spec, &cursor, "summed")) {
        struct span word = spec_word(spec, &cursor);
        return spec_fail(spec, DIAG_SPEC_SAMPLES_FORM,
                         word.end > word.begin ? word : keyword, NULL);
    }
    if (spec_accept_word(spec, &cursor, "named") && !read_sup(spec, &cursor, samples))
        return false;
    return spec_at_end(spec, &cursor);
}

/* --- equations --- */

static bool is_small_enough(const struct spec *spec)
{
    const struct network_plan *plan = spec->plan;
    size_t parts = plan->layer_count + plan->equation_count + plan->inputs.count +
                   plan->targets.count + 1;
    return (size_t)plan->samples.count <= COPIES / parts ||
           spec_fail(spec, DIAG_SPEC_SAMPLES_LARGE, plan->samples.span, NULL);
}

bool spec_expand_samples(struct spec *spec)
{
    struct network_plan *plan = spec->plan;
    size_t samples = (size_t)plan->samples.count, count = plan->equation_count;
    if (samples == 0)
        return true;
    if (!is_small_enough(spec))
        return false;
    struct plan_equation *equations = plan->equations;
    struct spec_formula *formulas = spec->formulas.items;
    plan->equations = memory_array(NULL, count * samples + 1, sizeof *equations);
    spec->formulas.items = memory_array(NULL, count * samples + 1, sizeof *formulas);
    for (size_t i = 0; i < count * samples; i++) {
        plan->equations[i] = equations[i / samples];
        plan->equations[i].sample = (int64_t)(i % samples);
        spec->formulas.items[i] = formulas[i / samples];
        spec->formulas.items[i].equation = i;
    }
    plan->equation_count = plan->equation_capacity = count * samples;
    spec->formulas.count = spec->formulas.capacity = count * samples;
    memory_free(equations);
    memory_free(formulas);
    return true;
}

/* --- the error --- */

/* Terms of an equation that gives the error of one sample. */
struct terms {
    const struct parse_node *const *items;
    size_t count;
    bool *is_shared; /* it speaks of no sample, as weight decay does: it stands once */
};

static expr_id elaborate_term(struct spec *spec, const struct parse_node *term,
                              int64_t sample)
{
    struct bindings none = {0};
    struct elaborate context = spec_elaborate(spec, &none);
    spec->sample = sample;
    expr_id value = elaborate(&context, term);
    spec->sample = -1;
    bindings_clear(&none);
    return value;
}

static bool find_shared(struct spec *spec, struct terms *terms)
{
    for (size_t i = 0; i < terms->count; i++) {
        expr_id first = elaborate_term(spec, terms->items[i], 0);
        if (first == 0)
            return false;
        terms->is_shared[i] = spec->plan->samples.count > 1 &&
                              elaborate_term(spec, terms->items[i], 1) == first;
    }
    return true;
}

static void push_terms(struct pool *pool, struct expr_list *list, expr_id e)
{
    if (expr_kind(pool, e) != EXPR_SUM) {
        expr_list_push(list, e);
        return;
    }
    for (size_t i = 0; i < expr_count(pool, e); i++)
        expr_list_push(list, expr_part(pool, e, i));
}

static bool push_samples(struct spec *spec, const struct terms *terms,
                         struct expr_list *list)
{
    for (int64_t s = 0; s < spec->plan->samples.count; s++)
        for (size_t i = 0; i < terms->count; i++) {
            expr_id e =
                terms->is_shared[i] ? 0 : elaborate_term(spec, terms->items[i], s);
            if (e != 0)
                push_terms(network_pool(spec->network), list, e);
            else if (!terms->is_shared[i])
                return false;
        }
    return true;
}

/* 1/N (the sum), or the sum itself. */
static expr_id whole_of(struct spec *spec, const struct expr_list *list)
{
    struct pool *pool = network_pool(spec->network);
    expr_id sum = expr_sum(pool, list->items, list->count);
    if (!spec->plan->samples.averaged || spec->plan->samples.count == 1)
        return sum;
    mpq_t factor;
    mpq_init(factor);
    mpq_set_si(factor, 1, (unsigned long)spec->plan->samples.count);
    expr_id number = expr_number(pool, factor);
    mpq_clear(factor);
    return expr_multiply(pool, number, sum);
}

static expr_id join(struct spec *spec, const struct terms *terms)
{
    struct pool *pool = network_pool(spec->network);
    struct expr_list list, whole;
    expr_id error = 0;
    expr_list_init(&list);
    expr_list_init(&whole);
    if (find_shared(spec, (struct terms *)terms) && push_samples(spec, terms, &list)) {
        if (list.count > 0)
            push_terms(pool, &whole, whole_of(spec, &list));
        for (size_t i = 0; i < terms->count; i++)
            if (terms->is_shared[i])
                push_terms(pool, &whole, elaborate_term(spec, terms->items[i], 0));
        error = expr_sum(pool, whole.items, whole.count);
    }
    expr_list_clear(&list);
    expr_list_clear(&whole);
    return error;
}

expr_id spec_sample_error(struct spec *spec, const struct parse_node *formula)
{
    bool is_sum = formula->kind == PARSE_SUM;
    const struct parse_node *const *parts =
        (const struct parse_node *const *)formula->parts;
    struct terms terms = {is_sum ? parts : &formula, is_sum ? formula->count : 1, NULL};
    terms.is_shared = memory_zeroed(terms.count, sizeof *terms.is_shared);
    expr_id error = join(spec, &terms);
    if (error != 0)
        spec->plan->error.first = elaborate_term(spec, formula, 0);
    memory_free(terms.is_shared);
    return error;
}
