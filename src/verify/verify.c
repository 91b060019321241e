#include "verify/verify.h"

#include "base/memory.h"
#include "net/spec_formula.h"
#include "verify/besides.h"
#include "verify/blame.h"
#include "verify/convention.h"
#include "verify/definitions.h"
#include "verify/emit.h"
#include "verify/error.h"
#include "verify/goal.h"
#include "verify/infer.h"
#include "verify/judge.h"
#include "verify/kronecker.h"
#include "verify/lint.h"
#include "verify/repair.h"
#include "verify/signals.h"
#include "verify/split.h"
#include "verify/witness.h"

/* One document under way. */
struct verifying {
    struct verification *verification; /* NULL: only the network is asked for */
    struct verified_document *verified;
    size_t document;
    const struct verify_options *options;
    struct buf *network; /* takes the last section's definitions; NULL: not asked for */
    struct claims claims;
    struct reading reading;
    struct survey survey;
    struct families families;
    struct judged *steps;
    long *places; /* of the reading's steps in the verification */
    struct convention_search convention;
    bool only_judges; /* and tells nothing */
};

/* --- verdicts --- */

static enum step_verdict verdict_of(const struct judged *judged)
{
    if (judged->role == ROLE_UNREAD)
        return STEP_UNCHECKED;
    if (judged->role == ROLE_NAMING)
        return STEP_NAMING;
    switch (judged->verdict) {
    case VERDICT_PROVED:
        return judged->role == ROLE_DEFINITION ? STEP_DEFINITION : STEP_PROVED;
    case VERDICT_REFUTED:
        return judged->carried_from < 0 ? STEP_REFUTED : STEP_CARRIED;
    case VERDICT_PROBABLE:
        return STEP_PROBABLE;
    default:
        return STEP_UNDECIDED;
    }
}

static char *reading_text(const struct pool *pool, const struct judged *judged)
{
    struct buf text;
    if (judged->pair_count == 0)
        return NULL;
    const struct pair *pair = &judged->pairs[judged->decided];
    buf_init(&text);
    spec_write_formula(pool, pair->base, &text);
    buf_text(&text, " = ");
    spec_write_formula(pool, pair->member, &text);
    char *taken = buf_take(&text);
    split_unmark(taken);
    return taken;
}

static void move_diags(struct diags *to, struct diags *from)
{
    struct diags empty = *to;
    *to = *from;
    *from = empty;
}

static void unmark_diags(struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        for (size_t k = 0; k < DIAG_ARGUMENTS; k++)
            if (diags->items[i].arguments[k])
                split_unmark(diags->items[i].arguments[k]);
}

/* What is said of false steps beside the verdict. */
static void tell_false(struct verifying *v, struct section *section, size_t i,
                       struct verified_step *step)
{
    const struct proof *proof = &v->steps[i].proof;
    step->counterexample = witness_texts(section, &v->steps[i]);
    step->is_nowhere = !proof->is_too_long && (!proof->has_left || !proof->has_right);
    if (step->verdict == STEP_REFUTED && v->options->repairs)
        repair_find(section, i, step);
}

static void tell_step(struct verifying *v, struct section *section, size_t i)
{
    struct judged *judged = &v->steps[i];
    const struct claim *claim = judged->step->claim;
    const struct claim *base = v->steps[judged->base].step->claim;
    struct verified_step *step = verification_add(v->verification);
    v->places[i] = (long)v->verification->step_count - 1;
    step->document = v->document;
    step->left = base->left;
    step->right = claim->right;
    step->span =
        (struct span){claim->left.begin < claim->left.end ? claim->left.begin
                                                          : claim->relation_sign.begin,
                      claim->right.end};
    step->equation = claim->equation;
    step->member = claim->member;
    step->verdict = verdict_of(judged);
    if (judged->carried_from >= 0)
        step->carried_from = v->places[judged->carried_from];
    step->bound = judged->proof.bound;
    convention_see(&v->convention, section, i);
    move_diags(&step->reasons, &judged->diags);
    unmark_diags(&step->reasons);
    step->condition = judged->condition;
    judged->condition = NULL;
    if (step->verdict == STEP_REFUTED || step->verdict == STEP_CARRIED)
        tell_false(v, section, i, step);
    if (v->options->explains)
        step->reading = reading_text(section->scope->pool, judged);
}

/* --- sections --- */

static void judge_section(struct verifying *v, struct section *section)
{
    judge_steps(section);
    blame_steps(section);
    for (size_t i = section->first; i < section->end; i++)
        tell_step(v, section, i);
    v->verified->warning_count += lint_section(section, &v->verified->diags);
    if (v->options->goal && section->end == v->reading.count)
        goal_check(section, v->options->goal, &v->verified->diags);
}

static void read_section(struct verifying *v, struct section *section)
{
    section_open(section);
    for (size_t i = section->first; i < section->end; i++)
        section_elaborate(section, i);
    section_close(section);
    infer_definitions(section);
    error_complete(section);
    section_open(section);
    error_check_signals(section);
    signals_check(section);
    if (v->verification)
        judge_section(v, section);
    if (v->only_judges)
        judge_steps(section);
    if (v->network && section->scope->error) {
        buf_truncate(v->network, 0);
        emit_network(section, v->network);
    }
    section_close(section);
}

/* Steps from `first` on that one scope is for; sections follow each other where names are
   defined anew. */
static void judge_range(struct verifying *v, struct verify_scope *scope, size_t first,
                        size_t end)
{
    struct section section = {.reading = &v->reading,
                              .budget = v->options->budget,
                              .seed = v->options->seed,
                              .scope = scope,
                              .steps = v->steps};
    while (first < end) {
        section.first = first;
        section.end = end;
        section.number++;
        v->verified->warning_count += definitions_collect(&section, &v->verified->diags);
        read_section(v, &section);
        first = section.end;
    }
    memory_free(section.values);
}

static uint32_t line_of(const struct verifying *v, size_t step)
{
    const struct claim *claim = v->steps[step].step->claim;
    return source_position(v->claims.document, claim->right.begin).line;
}

/* The network in force at a step; NULL: none. */
static struct network *network_at(const struct verifying *v, size_t step)
{
    uint32_t line = line_of(v, step);
    struct network *network = NULL;
    for (size_t i = 0; i < v->options->network_count; i++)
        if (v->options->networks[i].from_line <= line)
            network = v->options->networks[i].network;
    return network;
}

static void judge_with_network(struct verifying *v, struct network *network, size_t first,
                               size_t end)
{
    struct verify_scope scope;
    scope_of_network(&scope, network, &v->families);
    scope.has_kronecker = kronecker_is_declared(&v->reading);
    besides_enter(&scope, v->options->budget);
    judge_range(v, &scope, first, end);
    scope_clear(&scope);
}

static void judge_alone(struct verifying *v, size_t first, size_t end)
{
    struct verify_scope scope;
    struct pool *pool = pool_new();
    scope_of_document(&scope, pool, &v->families);
    scope.has_kronecker = kronecker_is_declared(&v->reading);
    judge_range(v, &scope, first, end);
    scope_clear(&scope);
    pool_free(pool);
}

static void judge_all(struct verifying *v)
{
    for (size_t first = 0, end; first < v->reading.count; first = end) {
        struct network *network = network_at(v, first);
        for (end = first + 1; end < v->reading.count && network_at(v, end) == network;)
            end++;
        if (network)
            judge_with_network(v, network, first, end);
        else
            judge_alone(v, first, end);
    }
}

static bool has_claims(struct verifying *v)
{
    return v->claims.count > 0 ||
           diag_at(&v->verified->diags, DIAG_VERIFY_NOTHING,
                   (struct place){&v->verified->source, {0, 0}}, (char *)NULL);
}

/* --- a document --- */

static void begin(struct verifying *v, bool takes_other)
{
    reading_init(&v->reading, &v->claims, v->options->budget);
    survey_init(&v->survey, &v->reading);
    families_init(&v->families, &v->reading, &v->survey,
                  (struct families_how){takes_other, v->options->network_count > 0});
    v->steps = judged_new(&v->reading);
}

static void end(struct verifying *v)
{
    judged_free(v->steps, v->reading.count);
    families_clear(&v->families);
    survey_clear(&v->survey);
    reading_clear(&v->reading);
}

static bool is_refuted(const struct judged *judged)
{
    return judged->proof.verdict == VERDICT_REFUTED && judged->verdict != VERDICT_PROVED;
}

static void leave_open(struct verified_step *step, const struct source *document)
{
    step->verdict = STEP_UNDECIDED;
    memory_free(step->condition);
    step->condition = NULL;
    diag_at(&step->reasons, DIAG_VERIFY_OPEN, (struct place){document, step->right},
            (char *)NULL);
}

/* Where the document does not say how many terms a sum has, what was proved for some
   number of them has to be true for another as well. */
static void try_other(struct verifying *v)
{
    struct verified_document verified = {.source = v->verified->source};
    struct verifying other = {.verified = &verified,
                              .options = v->options,
                              .claims = v->claims,
                              .only_judges = true};
    diags_init(&verified.diags);
    begin(&other, true);
    judge_all(&other);
    for (size_t i = 0; i < v->reading.count; i++) {
        struct verified_step *step = &v->verification->steps[v->places[i]];
        bool is_true = step->verdict == STEP_PROVED || step->verdict == STEP_DEFINITION;
        if (is_true && is_refuted(&other.steps[i]))
            leave_open(step, v->claims.document);
    }
    end(&other);
    diags_clear(&verified.diags);
}

static void judge_document(struct verifying *v)
{
    begin(v, false);
    v->places = memory_zeroed(v->reading.count + 1, sizeof *v->places);
    size_t first = v->verification ? v->verification->step_count : 0;
    convention_begin(&v->convention);
    judge_all(v);
    if (v->verification && v->families.has_open && !network_at(v, 0))
        try_other(v);
    if (v->verification)
        convention_tell(&v->convention, v->verification, v->document, first);
    v->verified->warning_count +=
        lint_references(&v->reading, v->steps, &v->verified->diags);
    memory_free(v->places);
    end(v);
}

/* False with a diagnostic of the document if it cannot be read as a whole. */
static bool run(struct verifying *v)
{
    bool ok = claims_read(&v->claims, &v->verified->source, &v->verified->diags) &&
              has_claims(v);
    if (ok)
        judge_document(v);
    claims_clear(&v->claims);
    return ok;
}

void verify_document(struct verification *verification, size_t document,
                     const struct verify_options *options)
{
    struct verifying v = {.verification = verification,
                          .verified = &verification->documents[document],
                          .document = document,
                          .options = options};
    v.verified->is_read = run(&v);
}

bool verify_emit_network(struct verified_document *document,
                         const struct verify_options *options, struct buf *out)
{
    struct verifying v = {.verified = document, .options = options, .network = out};
    document->is_read = run(&v);
    if (!document->is_read || out->length > 0)
        return document->is_read;
    return diag_at(&document->diags, DIAG_VERIFY_NO_ERROR,
                   (struct place){&document->source, {0, 0}}, (char *)NULL);
}
