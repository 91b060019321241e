#include "verify/instances.h"

#include "base/memory.h"
#include "tex/index.h"
#include "tex/tree.h"
#include "verify/heads.h"
#include "verify/script.h"

#include <ctype.h>
#include <string.h>

/* No name has the number BEYOND: what exists there does not hang on the letter. */
enum { FIRST_TRIED = 10, INNER_TRIED = 3, MOST_LETTERS = 8, BEYOND = 999999999 };

/* --- the free letters --- */

static void add_letter(struct instances *instances, const char *letter, int tree)
{
    size_t i = 0;
    while (i < instances->letter_count && strcmp(instances->letters[i].text, letter) != 0)
        i++;
    if (i == MOST_LETTERS)
        return;
    if (i == instances->letter_count)
        instances->letters[instances->letter_count++].text =
            arena_strndup(&instances->arena, letter, strlen(letter));
    instances->letters[i].is_in[tree] = true;
}

static bool exists_as_written(const struct instances *instances,
                              const struct parse_node *name)
{
    struct buf canonical;
    buf_init(&canonical);
    enum index_reading reading = index_read(instances->context, name, &canonical);
    buf_clear(&canonical);
    return reading != INDEX_NONE;
}

static void add_letters(struct instances *instances, const struct occurrence *occurrence,
                        int tree, instances_is_letter *is_letter, void *context)
{
    static const enum parse_kind kinds[] = {PARSE_SUB, PARSE_SUP};
    for (int k = 0; k < 2; k++) {
        struct script script;
        script_read(&script, occurrence->name, kinds[k]);
        for (size_t i = 0; i < script.count; i++) {
            const struct script_item *item = &script.items[i];
            const char *letter =
                item->kind == SCRIPT_LABEL ? item->text : item->letter;
            if (item->kind != SCRIPT_NUMBER && is_letter(context, letter) &&
                !binder_find(occurrence->binders, letter) &&
                !bindings_find(instances->context->bindings, letter))
                add_letter(instances, letter, tree);
        }
    }
}

static bool has_limit(const struct instances *instances, const char *letter)
{
    for (size_t i = 0; i < instances->names.count; i++)
        for (const struct binder *b = instances->names.items[i]->binders; b;
             b = b->outer) {
            const char *limit = heads_limit(b);
            if (limit && strcmp(limit, letter) == 0)
                return true;
        }
    return false;
}

/* Letters up to which sums run stand for the last value; a small one only in a formula
   that has such a sum, elsewhere it may be any. */
static void find_limits(struct instances *instances)
{
    const struct scope *scope = instances->context->scope;
    for (size_t i = 0; i < instances->letter_count; i++) {
        struct instances_letter *letter = &instances->letters[i];
        letter->is_limit =
            scope->limit && scope->limit(scope->context, letter->text, &letter->value) &&
            (isupper((unsigned char)letter->text[0]) ||
             has_limit(instances, letter->text));
    }
}

void instances_init(struct instances *instances, const struct elaborate *context,
                    const struct parse_node *const trees[2],
                    const struct parse_node *condition, instances_is_letter *is_letter,
                    void *is_letter_context)
{
    *instances = (struct instances){.context = context, .condition = condition};
    arena_init(&instances->arena);
    instances->names.arena = &instances->arena;
    instances->letters =
        arena_array(&instances->arena, MOST_LETTERS, sizeof *instances->letters);
    for (int tree = 0; tree < 2; tree++) {
        size_t first = instances->names.count;
        if (trees[tree])
            occurrences_collect(&instances->names, trees[tree]);
        for (size_t i = first; i < instances->names.count; i++)
            if (!exists_as_written(instances, instances->names.items[i]->name))
                add_letters(instances, instances->names.items[i], tree, is_letter,
                            is_letter_context);
    }
    find_limits(instances);
}

void instances_clear(struct instances *instances)
{
    occurrences_clear(&instances->names);
    arena_clear(&instances->arena);
}

/* --- their values --- */

/* Whether a name exists for the values given so far; those of sums around it are tried.
 */
static bool exists_now(const struct instances *instances,
                       const struct occurrence *occurrence)
{
    static const long tried[INNER_TRIED] = {1, 0, 2};
    struct bindings *bindings = instances->context->bindings;
    size_t depth = bindings->count;
    bool found = false;
    for (int i = 0; i < (occurrence->binders ? INNER_TRIED : 1) && !found; i++) {
        for (const struct binder *b = occurrence->binders; b; b = b->outer)
            bindings_push(bindings, b->letter, tried[i]);
        found = exists_as_written(instances, occurrence->name) ||
                (occurrence->name->other &&
                 exists_as_written(instances, occurrence->name->other->parts[0]));
        bindings->count = depth;
    }
    return found;
}

/* Whether a name has a free letter, the last one given among them, and no letter that
   has no value yet. */
static bool is_decided(const struct instances *instances,
                       const struct occurrence *occurrence, size_t given)
{
    static const enum parse_kind kinds[] = {PARSE_SUB, PARSE_SUP};
    bool has_last = false;
    for (int k = 0; k < 2; k++) {
        struct script script;
        script_read(&script, occurrence->name, kinds[k]);
        for (size_t i = 0; i < script.count; i++)
            for (size_t l = 0; l < instances->letter_count; l++) {
                if (strcmp(script.items[i].letter, instances->letters[l].text) != 0 ||
                    binder_find(occurrence->binders, script.items[i].letter))
                    continue;
                if (l >= given)
                    return false;
                has_last |= l + 1 == given;
            }
    }
    return has_last;
}

/* Whether all names exist that hang on the letters given so far, the last among them;
   `is_told` if there is one. */
static bool fit(const struct instances *instances, size_t given, bool *is_told)
{
    for (size_t i = 0; i < instances->names.count; i++) {
        const struct occurrence *occurrence = instances->names.items[i];
        if (!is_decided(instances, occurrence, given))
            continue;
        *is_told = true;
        if (!exists_now(instances, occurrence))
            return false;
    }
    return true;
}

/* --- the condition --- */

/* 1: it holds, 0: it does not, -1: it is not understood. One about letters that the claim
   does not have says nothing of it. */
static int relation_holds(const struct bindings *bindings,
                          const struct parse_node *relation)
{
    long values[2];
    if (relation->kind != PARSE_RELATION || relation->count != 2)
        return -1;
    for (int i = 0; i < 2; i++) {
        const struct parse_node *side = tree_ungroup(relation->parts[i]);
        if (!index_integer(bindings, side, &values[i]))
            return side->kind == PARSE_NAME && side->count == 0 ? 1 : -1;
    }
    if (strcmp(relation->text, "=") == 0)
        return values[0] == values[1];
    return strcmp(relation->text, "\\neq") == 0 ? values[0] != values[1] : -1;
}

static int condition_holds(const struct instances *instances)
{
    const struct parse_node *condition = instances->condition;
    if (!condition)
        return 1;
    if (condition->kind == PARSE_BRACKET)
        condition = condition->parts[0];
    return relation_holds(instances->context->bindings, condition);
}

/* --- all of them --- */

struct run {
    struct instances *instances;
    bool (*take)(void *context);
    void *context;
    size_t taken;
    enum instances_end end;
    bool is_stopped;
};

static void stop(struct run *run, enum instances_end end)
{
    run->end = end;
    run->is_stopped = true;
}

static void take_one(struct run *run)
{
    int holds = condition_holds(run->instances);
    if (holds < 0)
        stop(run, INSTANCES_CONDITION);
    else if (holds > 0 && run->taken++ == INSTANCES_MOST)
        stop(run, INSTANCES_MANY);
    else if (holds > 0 && !run->take(run->context))
        run->is_stopped = true;
}

/* Gives values to the letters from `given` on; the depth is at most MOST_LETTERS. */
static void give(struct run *run, size_t given)
{
    struct instances *instances = run->instances;
    struct bindings *bindings = instances->context->bindings;
    if (given == instances->letter_count) {
        take_one(run);
        return;
    }
    const struct instances_letter *letter = &instances->letters[given];
    bindings_push(bindings, letter->text, letter->value);
    size_t place = bindings->count - 1;
    if (letter->is_limit) {
        give(run, given + 1);
        bindings->count = place;
        return;
    }
    bool found = false, is_told = false;
    bindings->items[place].value = BEYOND;
    bool is_idle = fit(instances, given + 1, &is_told) && is_told;
    for (long value = 0;
         !is_idle && ((found && is_told) || value <= FIRST_TRIED) && !run->is_stopped;
         value++) {
        bindings->items[place].value = value;
        if (fit(instances, given + 1, &is_told)) {
            found = true;
            give(run, given + 1);
        } else if (found) {
            break;
        }
    }
    bindings->count = place;
}

enum instances_end instances_run(struct instances *instances, bool (*take)(void *context),
                                 void *context)
{
    struct run run = {instances, take, context, 0, INSTANCES_DONE, false};
    give(&run, 0);
    if (!run.is_stopped && run.taken == 0)
        run.end = INSTANCES_NONE;
    return run.end;
}
