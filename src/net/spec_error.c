/* The error statement. */
#include "net/spec_reader.h"

#include <string.h>

static const struct {
    const char *word;
    enum error_kind kind;
} kinds[] = {{"half-squares", ERROR_HALF_SQUARES},
             {"squares", ERROR_SQUARES},
             {"mean-squares", ERROR_MEAN_SQUARES},
             {"cross-entropy", ERROR_CROSS_ENTROPY},
             {"binary-cross-entropy", ERROR_BINARY_CROSS_ENTROPY}};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* Words that mean different errors in different books. */
static const char *const vague[] = {"mse",
                                    "MSE",
                                    "sse",
                                    "SSE",
                                    "rmse",
                                    "l2",
                                    "L2",
                                    "squared-error",
                                    "quadratic",
                                    "mean-squared-error",
                                    "least-squares",
                                    "square",
                                    "sum-of-squares",
                                    "squared"};

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

static bool refuse_kind(struct spec *spec, struct span span)
{
    static const char *const known[] = {"half-squares", "squares", "mean-squares",
                                        "cross-entropy", "binary-cross-entropy"};
    const char *word = spec_text(spec, span);
    if (is_one_of(word, vague, sizeof vague / sizeof *vague))
        return spec_fail(spec, DIAG_SPEC_VAGUE_ERROR, span, word);
    const char *nearest = diag_nearest(word, known, sizeof known / sizeof *known);
    return diag_at(spec->diags, nearest ? DIAG_SPEC_ERROR_NEAR : DIAG_SPEC_ERROR_KIND,
                   spec_place(spec, span), word, nearest, (char *)NULL);
}

static bool find_kind(const struct spec *spec, struct span word, enum error_kind *kind)
{
    for (size_t i = 0; i < KINDS; i++)
        if (spec_is_word(spec, word, kinds[i].word)) {
            *kind = kinds[i].kind;
            return true;
        }
    return false;
}

/* Whether one word, of letters and hyphens, is all that is left. */
static bool is_lone_word(const struct spec *spec, struct spec_cursor cursor,
                         struct span *word)
{
    *word = spec_word(spec, &cursor);
    for (uint32_t i = word->begin; i < word->end; i++) {
        char c = spec->source->text[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'))
            return false;
    }
    return word->end - word->begin > 1 && !spec_more(spec, &cursor);
}

/* `E =`, if it is there. */
static bool read_error_name(struct spec *spec, struct spec_cursor *cursor, bool *is_named)
{
    const char *text = spec->source->text;
    struct plan_error *error = &spec->plan->error;
    struct span span;
    *is_named = memchr(text + cursor->at, '=', cursor->end - cursor->at) != NULL;
    if (!*is_named)
        return true;
    const char *name = spec_name(spec, cursor, &span);
    if (!name)
        return false;
    if (!spec_accept(spec, cursor, '='))
        return spec_fail(spec, DIAG_SPEC_LEFT, span, NULL);
    spec->is_error_named = true;
    error->name = name;
    error->span = span;
    return true;
}

/* In a notation the error has a name, and no kind. */
static bool read_shown_name(struct spec *spec, struct spec_cursor cursor)
{
    struct span span;
    spec->templates->error = spec_name(spec, &cursor, &span);
    return spec->templates->error && spec_at_end(spec, &cursor);
}

bool spec_read_error(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    struct plan_error *error = &spec->plan->error;
    struct span word;
    bool is_named;
    if (spec->templates == &spec->plan->shown)
        return read_shown_name(spec, cursor);
    if (!spec_first(spec, ONCE_ERROR, keyword) ||
        !read_error_name(spec, &cursor, &is_named))
        return false;
    if (error->span.end == 0)
        error->span = keyword;
    if (is_lone_word(spec, cursor, &word)) {
        if (find_kind(spec, word, &error->kind))
            return true;
        if (!is_named || memchr(spec_text(spec, word), '-', word.end - word.begin) ||
            is_one_of(spec_text(spec, word), vague, sizeof vague / sizeof *vague))
            return refuse_kind(spec, word);
    }
    spec_more(spec, &cursor);
    if (!is_named)
        return spec_fail(spec, DIAG_SPEC_ERROR_NAME, (struct span){cursor.at, cursor.end},
                         NULL);
    error->kind = ERROR_EQUATION;
    error->formula = (struct span){cursor.at, cursor.end};
    spec->error = spec_formula(spec, error->formula);
    return spec->error != NULL;
}

/* Of all samples, or of the one that the equation is read for. */
static expr_id kind_expression(struct spec *spec, enum error_kind kind)
{
    return spec->sample < 0 ? network_error_expression(spec->network, kind)
                            : network_sample_error(spec->network, kind, spec->sample);
}

static expr_id known_or_refuse(expr_id e, enum diag_code code, const char *word,
                               struct place place, struct diags *diags)
{
    if (e == 0)
        diag_at(diags, code, place, word, (char *)NULL);
    return e;
}

/* The expression of an error kind inside the error's equation. */
static expr_id error_keyword(void *context, const char *word, expr_id argument,
                             struct place place, struct diags *diags)
{
    struct spec *spec = context;
    struct pool *pool = network_pool(spec->network);
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].word, word) == 0)
            return known_or_refuse(kind_expression(spec, kinds[i].kind),
                                   DIAG_SPEC_KIND_TARGETS, word, place, diags);
    expr_id squares = known_or_refuse(network_squared_weights(spec->network),
                                      DIAG_SPEC_DECAY, word, place, diags);
    if (squares == 0)
        return 0;
    return expr_multiply(pool, expr_quotient(pool, argument, expr_integer(pool, 2)),
                         squares);
}

bool spec_elaborate_error(struct spec *spec)
{
    struct bindings none = {0};
    if (!spec->error)
        return true;
    spec->scope.keyword = error_keyword;
    struct elaborate context = spec_elaborate(spec, &none);
    if (spec->error->kind == PARSE_RELATION)
        return spec_fail(spec, DIAG_FORMULA_RELATION, spec->error->span, NULL);
    spec->plan->error.right = spec_sample_count(spec) > 0
                                  ? spec_sample_error(spec, spec->error)
                                  : elaborate(&context, spec->error);
    bindings_clear(&none);
    return spec->plan->error.right != 0;
}
