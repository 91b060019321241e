/* Names with the same skeleton agree but for their runs of digits, and the numbers in
   different runs are independent of each other. So two members have a common name if and
   only if each pair of runs has a common text. A run holds one number with digits around
   it, or a row of single digits. */
#include "net/clash.h"

#include "base/memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers have at most 13 digits (the limit on nodes), literals at most 5 (checked with
   templates). */
enum { RUN_DIGITS = 18, RUN_TEXT = 32 };

struct run {
    bool is_number;                         /* else the row alone counts */
    int64_t first, last;                    /* of the number */
    char before[RUN_TEXT], after[RUN_TEXT]; /* digits around it */
    struct {
        char first, last;
    } row[RUN_TEXT];
    size_t length;
};

struct side {
    const struct names_family *family;
    const struct names_member *member;
    size_t piece, byte; /* where the reader stands */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void add_to_row(struct run *run, int64_t first, int64_t last)
{
    if (run->length + 1 >= RUN_TEXT)
        return;
    run->row[run->length].first = (char)('0' + first % 10);
    run->row[run->length++].last = (char)('0' + last % 10);
}

static void add_digit(struct run *run, char c)
{
    char *around = run->is_number ? run->after : run->before;
    size_t length = strlen(around);

    if (length + 1 < RUN_TEXT)
        around[length] = c;
    add_to_row(run, c - '0', c - '0');
}

static void add_number(struct run *run, const struct side *side, enum placeholder place)
{
    names_interval(side->member, place, &run->first, &run->last);
    run->is_number = true;
    add_to_row(run, run->first, run->last);
}

/* Whether the piece begins a new run because a comma stands before it. */
static bool is_parted(const struct template *template, size_t piece)
{
    return template->commas && piece > 0 && template->pieces[piece].text == NULL &&
           template->pieces[piece - 1].text == NULL;
}

/* Reads digits of the literal at the reader; false when it stands before another
   character. */
static bool read_literal(struct side *side, struct run *run)
{
    const struct template_piece *piece = &side->family->template.pieces[side->piece];

    for (; side->byte < piece->length; side->byte++) {
        if (is_digit(piece->text[side->byte]))
            add_digit(run, piece->text[side->byte]);
        else if (run->length > 0)
            return false;
    }
    return true;
}

/* The next run; false at the end. Numbers that can stand side by side are single digits.
 */
static bool next_run(struct side *side, struct run *run)
{
    const struct template *template = &side->family->template;
    size_t numbers = 0;

    *run = (struct run){0};
    for (; side->piece < template->count; side->piece++, side->byte = 0) {
        const struct template_piece *piece = &template->pieces[side->piece];

        if (piece->text != NULL && !read_literal(side, run))
            break;
        if (piece->text != NULL)
            continue;
        if (run->length > 0 && is_parted(template, side->piece))
            break;
        add_number(run, side, piece->placeholder);
        numbers++;
    }
    run->is_number = numbers == 1;
    return run->length > 0;
}

static int64_t power_of_ten(size_t exponent)
{
    int64_t power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

static int64_t value_of(const char *digits, size_t length)
{
    int64_t value = 0;

    for (size_t i = 0; i < length; i++)
        value = 10 * value + (digits[i] - '0');
    return value;
}

/* The texts of `length` digits that a run takes, as integers: start, start + step, … up
   to end. */
static bool progression(const struct run *run, size_t length, int64_t *start,
                        int64_t *step, int64_t *end)
{
    size_t before = strlen(run->before), after = strlen(run->after), digits;
    int64_t least, most, fixed;

    if (length <= before + after)
        return false;
    digits = length - before - after;
    least = digits == 1 ? 0 : power_of_ten(digits - 1);
    most = power_of_ten(digits) - 1;
    least = least < run->first ? run->first : least;
    most = most > run->last ? run->last : most;
    fixed = value_of(run->before, before) * power_of_ten(length - before) +
            value_of(run->after, after);
    *step = power_of_ten(after);
    *start = fixed + least * *step;
    *end = fixed + most * *step;
    return least <= most;
}

/* One step divides the other, so a common text is a member of the coarser progression
   that lies between the ends of the finer one and has its remainder. */
static bool meet_numbers(const struct run *a, const struct run *b, char *text)
{
    bool swap = strlen(a->after) < strlen(b->after);
    const struct run *coarse = swap ? b : a, *fine = swap ? a : b;
    int64_t start, step, end, low, fine_step, high;

    for (size_t length = 1; length <= RUN_DIGITS; length++) {
        if (!progression(coarse, length, &start, &step, &end) ||
            !progression(fine, length, &low, &fine_step, &high) ||
            (start - low) % fine_step != 0)
            continue;
        if (start < low)
            start += (low - start + step - 1) / step * step;
        if (start <= end && start <= high) {
            snprintf(text, RUN_TEXT, "%0*" PRId64, (int)length, start);
            return true;
        }
    }
    return false;
}

static bool takes(const struct run *run, const char *text)
{
    size_t length = strlen(text);
    int64_t start, step, end, value;

    if (run->is_number) {
        if (length > RUN_DIGITS || !progression(run, length, &start, &step, &end))
            return false;
        value = value_of(text, length);
        return value >= start && value <= end && (value - start) % step == 0;
    }
    for (size_t i = 0; i < length && i < run->length; i++)
        if (text[i] < run->row[i].first || text[i] > run->row[i].last)
            return false;
    return length == run->length;
}

/* The next text of a row, as an odometer; false after the last. */
static bool next_text(const struct run *row, char *text)
{
    for (size_t i = row->length; i-- > 0;) {
        if (text[i] < row->row[i].last) {
            text[i]++;
            return true;
        }
        text[i] = row->row[i].first;
    }
    return false;
}

static bool meet_row(const struct run *row, const struct run *other, char *text)
{
    for (size_t i = 0; i < row->length; i++)
        text[i] = row->row[i].first;
    text[row->length] = '\0';
    do
        if (takes(other, text))
            return true;
    while (next_text(row, text));
    return false;
}

static bool meet(const struct run *a, const struct run *b, char *text)
{
    if (a->is_number && b->is_number)
        return meet_numbers(a, b, text);
    return a->is_number ? meet_row(b, a, text) : meet_row(a, b, text);
}

/* Writes the skeleton with the common texts in place of its runs. */
static bool meet_members(struct side a, struct side b, struct buf *name)
{
    const char *skeleton = a.family->skeleton;
    struct run left, right;
    char text[RUN_TEXT];

    buf_truncate(name, 0);
    for (; *skeleton != '\0'; skeleton++) {
        if (*skeleton != '#') {
            buf_char(name, *skeleton);
            continue;
        }
        if (!next_run(&a, &left) || !next_run(&b, &right) || !meet(&left, &right, text))
            return false;
        buf_text(name, text);
    }
    return true;
}

static bool record(const struct side *a, const struct side *b, struct clash *clash)
{
    if (a->member->shared || b->member->shared || !meet_members(*a, *b, &clash->name))
        return false;
    clash->a = a->member->span;
    clash->b = b->member->span;
    return true;
}

/* Two slots of one member: its template leaves out a number that would tell them apart.
 */
static bool clash_inside(const struct side *side, struct clash *clash)
{
    const struct template *template = &side->family->template;
    bool by_edge =
        template_uses(template, PLACE_EDGE) || template_uses(template, PLACE_EDGE_ALL);
    bool by_to = template_uses(template, PLACE_TO) || template_uses(template, PLACE_UNIT);
    bool by_from =
        template_uses(template, PLACE_FROM) || template_uses(template, PLACE_SOURCE_UNIT);

    if (side->member->shared || by_edge ||
        ((by_to || side->member->to_count == 1) &&
         (by_from || side->member->from_count == 1)))
        return false;
    buf_truncate(&clash->name, 0);
    names_write_member(side->family, side->member, side->member->from_offset,
                       &clash->name);
    clash->a = clash->b = side->member->span;
    return true;
}

/* A member by what its template writes of its layer and sample. */
struct keyed {
    int64_t layer, sample;
    const struct names_member *member;
};

static int compare_keyed(const void *a, const void *b)
{
    const struct keyed *left = a, *right = b;

    if (left->layer != right->layer)
        return left->layer < right->layer ? -1 : 1;
    if (left->sample != right->sample)
        return left->sample < right->sample ? -1 : 1;
    return (left->member > right->member) - (left->member < right->member);
}

/* The members in the order of what tells them apart; the caller frees them. */
static struct keyed *sort_members(const struct names_family *family)
{
    bool by_layer = template_uses(&family->template, PLACE_LAYER);
    bool by_sample = template_uses(&family->template, PLACE_SAMPLE);
    struct keyed *keyed = memory_array(NULL, family->count + 1, sizeof *keyed);

    for (size_t i = 0; i < family->count; i++) {
        const struct names_member *member = &family->members[i];

        keyed[i] = (struct keyed){by_layer ? member->layer : 0,
                                  by_sample ? member->sample : 0, member};
    }
    qsort(keyed, family->count, sizeof *keyed, compare_keyed);
    return keyed;
}

/* The members after one that could meet it: those of the same layer and sample. */
static bool clash_with_next(const struct names_family *family, const struct keyed *keyed,
                            const struct keyed *end, struct clash *clash)
{
    struct side a = {family, keyed->member, 0, 0};

    if (clash_inside(&a, clash))
        return true;
    if (template_uses(&family->template, PLACE_EDGE_ALL))
        return false;
    for (const struct keyed *next = keyed + 1; next < end; next++) {
        struct side b = {family, next->member, 0, 0};

        if (next->layer != keyed->layer || next->sample != keyed->sample)
            break;
        if (record(&a, &b, clash))
            return true;
    }
    return false;
}

static bool clash_in_family(const struct names_family *family, struct clash *clash)
{
    struct keyed *keyed = sort_members(family);
    bool found = false;

    for (size_t i = 0; i < family->count && !found; i++)
        found = clash_with_next(family, keyed + i, keyed + family->count, clash);
    memory_free(keyed);
    return found;
}

static bool clash_of_families(const struct names_family *f, const struct names_family *g,
                              struct clash *clash)
{
    for (size_t i = 0; i < f->count; i++)
        for (size_t k = 0; k < g->count; k++) {
            struct side a = {f, &f->members[i], 0, 0}, b = {g, &g->members[k], 0, 0};

            if (record(&a, &b, clash))
                return true;
        }
    return false;
}

bool clash_find(const struct names *names, struct clash *clash)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct names_key *key = &names->sorted[i];
        const struct names_family *family = &names->families[key->family];

        if (clash_in_family(family, clash))
            return true;
        for (size_t k = i + 1; k < names->count; k++) {
            if (strcmp(names->sorted[k].skeleton, key->skeleton) != 0)
                break;
            if (clash_of_families(family, &names->families[names->sorted[k].family],
                                  clash))
                return true;
        }
    }
    return false;
}
