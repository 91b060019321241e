#include "exercise/exercise.h"

#include "base/memory.h"
#include "derive/derive.h"
#include "exercise/maker.h"

#include <inttypes.h>
#include <string.h>

enum { NODES_TRIED = 24 };

typedef bool make_exercise(struct maker *maker, node_id node, struct exercise *exercise);

static make_exercise *const makers[EXERCISE_KINDS] = {
    [EXERCISE_DERIVE] = make_result,   [EXERCISE_BLANKS] = make_blanks,
    [EXERCISE_PATHS] = make_paths,     [EXERCISE_MISTAKE] = make_mistake,
    [EXERCISE_COMPUTE] = make_numbers,
};

static void exercise_init(struct exercise *exercise, enum exercise_kind kind,
                          node_id node)
{
    memset(exercise, 0, sizeof *exercise);
    exercise->kind = kind;
    exercise->node = node;
    mpz_init(exercise->path_count);
    enclosure_init(&exercise->gradient);
    verification_init(&exercise->mistake.verification);
}

static void clear_values(struct exercise_values *values)
{
    for (size_t i = 0; i < values->count; i++)
        enclosure_clear(&values->items[i].value);
    memory_free(values->items);
}

static void exercise_clear(struct exercise *exercise)
{
    for (size_t i = 0; i < exercise->blank_count; i++)
        memory_free(exercise->blanks[i].site.steps);
    for (size_t i = 0; i < exercise->listed; i++)
        memory_free(exercise->paths[i].nodes);
    memory_free(exercise->lines.sides);
    memory_free(exercise->blanks);
    memory_free(exercise->paths);
    memory_free(exercise->levels);
    mpz_clear(exercise->path_count);
    verification_clear(&exercise->mistake.verification);
    clear_values(&exercise->given);
    clear_values(&exercise->found);
    enclosure_clear(&exercise->gradient);
}

/* --- one exercise --- */

static bool is_derived(const struct maker *maker, node_id node)
{
    for (size_t i = 0; i < maker->request->derived_count; i++)
        if (maker->request->derived[i] == node)
            return true;
    return false;
}

/* Whether the steps to a derivative are the answer, or a part of the question. */
static bool has_steps(enum exercise_kind kind)
{
    return kind == EXERCISE_DERIVE || kind == EXERCISE_BLANKS || kind == EXERCISE_MISTAKE;
}

/* What is put up with for want of better questions. */
enum resort {
    RESORT_NONE,
    RESORT_SIMILAR, /* two of which one answers the other */
    RESORT_DULL,    /* the same mistake again, one path to be found */
    RESORTS
};

/* The same question about the same derivative. */
static bool is_asked(const struct exercises *exercises, enum exercise_kind kind,
                     node_id node, enum resort resort)
{
    for (size_t i = 0; i < exercises->count; i++) {
        const struct exercise *other = &exercises->items[i];
        bool is_answered =
            resort == RESORT_NONE && has_steps(kind) && has_steps(other->kind);
        if (other->node == node && (other->kind == kind || is_answered))
            return true;
    }
    return false;
}

static bool is_counted(const struct exercises *exercises, const struct exercise *exercise)
{
    for (size_t i = 0; i < exercises->count; i++)
        if (exercises->items[i].kind == EXERCISE_PATHS &&
            mpz_cmp(exercises->items[i].path_count, exercise->path_count) == 0)
            return true;
    return false;
}

/* As many paths as before may be asked for if they are others to be listed. */
static bool is_worth_asking(const struct exercises *exercises,
                            const struct exercise *exercise, enum resort resort)
{
    if (exercise->kind != EXERCISE_PATHS)
        return true;
    if (is_counted(exercises, exercise))
        return resort > RESORT_NONE && exercise->listed > 1;
    return resort == RESORT_DULL || mpz_cmp_ui(exercise->path_count, 1) > 0;
}

static unsigned list_mistakes(const struct exercises *exercises)
{
    unsigned made = 0;
    for (size_t i = 0; i < exercises->count; i++)
        if (exercises->items[i].kind == EXERCISE_MISTAKE)
            made |= 1u << mistake_kind(&exercises->items[i].mistake);
    return made;
}

static bool make_of(struct maker *maker, struct exercises *exercises,
                    enum exercise_kind kind, enum resort resort)
{
    struct exercise exercise;
    maker->made_mistakes = resort == RESORT_DULL ? 0 : list_mistakes(exercises);
    for (int i = 0; i < NODES_TRIED && diags_status(maker->diags) == STATUS_OK; i++) {
        node_id node = maker_parameter(maker);
        if (node < 0 || is_asked(exercises, kind, node, resort) ||
            (is_derived(maker, node) &&
             (kind == EXERCISE_DERIVE || resort == RESORT_NONE)))
            continue;
        exercise_init(&exercise, kind, node);
        if (makers[kind](maker, node, &exercise) &&
            is_worth_asking(exercises, &exercise, resort)) {
            exercises->items[exercises->count++] = exercise;
            return true;
        }
        exercise_clear(&exercise);
    }
    return false;
}

/* --- the mix --- */

/* All kinds come up once before any comes again. */
struct deck {
    size_t kinds[EXERCISE_KINDS];
    size_t count, next;
};

static void deck_init(struct deck *deck, const struct exercise_request *request)
{
    *deck = (struct deck){.count = request->blanks ? 1 : EXERCISE_KINDS};
    for (size_t i = 0; i < deck->count; i++)
        deck->kinds[i] = request->blanks ? EXERCISE_BLANKS : i;
}

/* Twice as many cards as there are kinds: all of them, though the deck is shuffled on the
   way. */
static bool make_any(struct maker *maker, struct exercises *exercises, struct deck *deck,
                     enum resort resort)
{
    for (size_t i = 0; i < 2 * deck->count; i++) {
        size_t place = deck->next % deck->count;
        if (place == 0)
            maker_shuffle(maker, deck->kinds, deck->count);
        deck->next++;
        if (make_of(maker, exercises, (enum exercise_kind)deck->kinds[place], resort))
            return true;
    }
    return false;
}

static void warn_of_few(size_t count, struct diags *diags)
{
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%zu", count);
    diag(diags, DIAG_EXERCISES_FEW, buf_peek(&text), NULL);
    buf_clear(&text);
}

static void make_all(struct maker *maker, struct exercises *exercises)
{
    struct deck deck;
    int resort = RESORT_NONE;
    deck_init(&deck, maker->request);
    while (resort < RESORTS && exercises->count < maker->request->count)
        if (make_any(maker, exercises, &deck, (enum resort)resort))
            resort = RESORT_NONE;
        else
            resort++;
}

static void free_derivations(struct maker *maker)
{
    for (size_t i = 0; i < maker->derivation_count; i++) {
        derivation_clear(maker->derivations[i]);
        memory_free(maker->derivations[i]);
    }
    memory_free(maker->derivations);
}

bool exercises_make(struct exercises *exercises, const struct exercise_request *request,
                    struct diags *diags)
{
    struct maker maker = {.request = request,
                          .network = request->network,
                          .pool = network_pool(request->network),
                          .error = network_error(request->network),
                          .state = request->seed,
                          .diags = diags};
    *exercises = (struct exercises){.network = request->network};
    exercises->items = memory_zeroed(request->count + 1, sizeof *exercises->items);
    make_all(&maker, exercises);
    free_derivations(&maker);
    if (diags_status(diags) != STATUS_OK)
        return false;
    if (request->is_exact && exercises->count < request->count)
        warn_of_few(exercises->count, diags);
    return true;
}

void exercises_clear(struct exercises *exercises)
{
    for (size_t i = 0; i < exercises->count; i++)
        exercise_clear(&exercises->items[i]);
    memory_free(exercises->items);
}
