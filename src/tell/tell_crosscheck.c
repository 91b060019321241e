#include "tell/tell_crosscheck.h"

#include "base/number.h"
#include "tell/sentence.h"

#include <inttypes.h>
#include <string.h>

enum { COLUMNS = 6, SHORT_NUMBER = 21, SHOWN_DIGITS = 6 };

struct teller {
    struct doc *doc;
    const struct crosscheck *crosscheck;
    struct typeset typeset;
    struct sentence sentence;
};

static void paragraph(struct teller *teller, const char *text)
{
    sentence_end(&teller->sentence, doc_block(teller->doc, BLOCK_PARAGRAPH), text);
}

static void tell_methods(struct teller *teller)
{
    if (teller->crosscheck->method == CROSSCHECK_BACKPROP) {
        paragraph(teller, "The sum over all paths (GMP rationals) beside matrix backprop "
                          "(FLINT integer matrices), both exact.");
        return;
    }
    sentence_node(&teller->sentence, teller->crosscheck->goal);
    paragraph(teller,
              "The sum over all paths (GMP rationals) beside a reverse sweep over the "
              "expression of {1} (FLINT rationals), both exact.");
}

/* The values as lines that a spec can take. */
static void tell_values(struct teller *teller)
{
    const struct crosscheck *crosscheck = teller->crosscheck;
    if (!crosscheck->is_random)
        return;
    struct buf text;
    buf_init(&text);
    buf_format(&text, "%" PRIu64, crosscheck->seed);
    sentence_text(&teller->sentence, buf_peek(&text));
    paragraph(teller,
              crosscheck->is_by_default
                  ? "The network has no values; these are drawn with --random={1}:"
                  : "These values are drawn with --random={1}:");
    buf_truncate(&text, 0);
    values_write_let(&crosscheck->values, &text);
    struct block *code = doc_block(teller->doc, BLOCK_CODE);
    code->text = arena_strndup(&teller->doc->arena, buf_peek(&text), text.length);
    buf_clear(&text);
}

static void append_cut(struct buf *out, const char *digits, size_t length)
{
    size_t shown = SHOWN_DIGITS + (digits[0] == '-');
    buf_bytes(out, digits, length > shown ? shown : length);
    if (length > shown)
        buf_text(out, "…");
}

/* `-123456…/789012… (60 digits)`, above and below. */
static void append_short(struct buf *out, const char *digits, size_t length)
{
    const char *slash = strchr(digits, '/');
    size_t upper = slash == NULL ? length : (size_t)(slash - digits);
    append_cut(out, digits, upper);
    if (slash != NULL) {
        buf_char(out, '/');
        append_cut(out, slash + 1, length - upper - 1);
    }
    buf_format(out, " (%zu digits)", length - (digits[0] == '-') - (slash != NULL));
}

static struct inline_node *number_cell(struct doc *doc, mpq_srcptr number)
{
    struct buf text, shown;
    buf_init(&text);
    buf_init(&shown);
    number_write(&text, number);
    if (text.length <= SHORT_NUMBER)
        buf_text(&shown, buf_peek(&text));
    else
        append_short(&shown, buf_peek(&text), text.length);
    struct inline_node *cell = doc_text(doc, buf_peek(&shown));
    buf_clear(&shown);
    buf_clear(&text);
    return cell;
}

static struct inline_node *count_cell(struct doc *doc, mpz_srcptr count)
{
    struct buf text;
    buf_init(&text);
    number_write_grouped(&text, count);
    struct inline_node *cell = doc_text(doc, buf_peek(&text));
    buf_clear(&text);
    return cell;
}

static void add_heads(struct teller *teller, struct block *table)
{
    const char *const heads[COLUMNS] = {
        "symbol",
        "paths",
        "path sum",
        teller->crosscheck->method == CROSSCHECK_BACKPROP ? "backprop" : "sweep",
        "difference",
        "verdict"};
    for (size_t i = 0; i < COLUMNS; i++)
        table->cells[table->cell_count++] = doc_text(teller->doc, heads[i]);
}

static void add_row(struct teller *teller, struct block *table,
                    const struct crosscheck_row *row)
{
    struct doc *doc = teller->doc;
    struct inline_node **cells = &table->cells[table->cell_count];
    cells[0] = doc_formula(doc, typeset_node(&teller->typeset, row->node));
    cells[1] = count_cell(doc, row->path_count);
    cells[2] = number_cell(doc, row->path_sum);
    cells[3] = number_cell(doc, row->other);
    cells[4] = number_cell(doc, row->difference);
    cells[5] = doc_text(doc, row->is_equal ? "equal" : "differ");
    table->cell_count += COLUMNS;
}

static void tell_rows(struct teller *teller)
{
    const struct crosscheck *crosscheck = teller->crosscheck;
    if (crosscheck->count == 0)
        return;
    struct block *table = doc_block(teller->doc, BLOCK_TABLE);
    table->columns = COLUMNS;
    table->cells = arena_array(&teller->doc->arena, COLUMNS * (crosscheck->count + 1),
                               sizeof(struct inline_node *));
    add_heads(teller, table);
    for (size_t i = 0; i < crosscheck->count; i++)
        add_row(teller, table, &crosscheck->rows[i]);
}

static void add_count(struct teller *teller, size_t number)
{
    mpz_t count;
    mpz_init_set_ui(count, number);
    sentence_count(&teller->sentence, count, false);
    mpz_clear(count);
}

static void tell_agreement(struct teller *teller)
{
    switch (teller->crosscheck->count) {
    case 0:
        paragraph(teller,
                  "There is nothing to compare: the network has no free parameter.");
        break;
    case 1:
        paragraph(teller, "Both ways agree.");
        break;
    case 2:
        paragraph(teller, "Both ways agree on both derivatives.");
        break;
    default:
        add_count(teller, teller->crosscheck->count);
        paragraph(teller, "Both ways agree on all {1} derivatives.");
    }
}

static void tell_verdict(struct teller *teller)
{
    const struct crosscheck *crosscheck = teller->crosscheck;
    if (crosscheck->differing == 0) {
        tell_agreement(teller);
    } else if (crosscheck->count == 1) {
        paragraph(teller, "The two ways disagree.");
    } else {
        add_count(teller, crosscheck->differing);
        add_count(teller, crosscheck->count);
        paragraph(teller, "The two ways disagree on {1} of {2} derivatives.");
    }
}

void tell_crosscheck(struct doc *doc, const struct crosscheck *crosscheck)
{
    struct teller teller = {.doc = doc, .crosscheck = crosscheck};
    typeset_init(&teller.typeset, &doc->arena, crosscheck->network);
    sentence_begin(&teller.sentence, doc, &teller.typeset);
    tell_methods(&teller);
    tell_values(&teller);
    tell_rows(&teller);
    tell_verdict(&teller);
}
