#include "tell/tell_paths.h"

#include "derive/form.h"
#include "path/path.h"
#include "tell/marks.h"
#include "tell/sentence.h"
#include "tell/tell_number.h"

/* More paths are shown by the first ones and the last. */
enum { ROWS = 12, FIRST_ROWS = 4, DIGITS = 6 };

/* Tenths of an em that a product may take in one piece. */
enum { WIDE = 100 };

struct teller {
    struct doc *doc;
    struct derivation *derivation;
    struct training *training; /* NULL: no values */
    struct diags *diags;
    struct typeset typeset;
    struct sentence sentence;
    struct block *table;
    bool has_wide; /* a product that may need more than one line */
};

static void add_formula(struct teller *teller, struct formula *formula)
{
    doc_cell(teller->table, doc_formula(teller->doc, formula));
}

static void begin_table(struct teller *teller, size_t rows)
{
    static const char *const heads[] = {
        N_("path"), N_("product of its local derivatives"), N_("value")};
    teller->table = doc_table(teller->doc, teller->training ? 3 : 2, rows);
    for (unsigned i = 0; i < teller->table->columns; i++)
        doc_cell(teller->table, doc_words(teller->doc, heads[i]));
}

/* `h \to`, in the colour of the path. */
static struct inline_node *arrow(struct teller *teller, node_id node, bool is_last,
                                 const unsigned *number)
{
    struct arena *arena = &teller->doc->arena;
    struct formula *row = formula_row(arena);
    formula_append(arena, row, typeset_node(&teller->typeset, node));
    if (!is_last)
        formula_append(arena, row, formula_text(arena, FORMULA_SIGN, "\\to"));
    return doc_formula(teller->doc,
                       number ? formula_make(arena, FORMULA_MARK, NULL, &row, 1, *number)
                              : row);
}

/* `w \to h \to y \to E`: formulas of their own, between which a line may end. */
static struct inline_node *arrows(struct teller *teller, const struct path *path,
                                  const unsigned *number)
{
    struct inline_node *first = NULL, **end = &first;
    for (size_t i = path->length; i-- > 0;) {
        if (first) {
            *end = doc_text(teller->doc, " ");
            end = &(*end)->next;
        }
        *end = arrow(teller, path->nodes[i], i == 0, number);
        end = &(*end)->next;
    }
    return first;
}

static struct formula *factor(struct teller *teller, expr_id e)
{
    struct formula *formula = typeset_expression(&teller->typeset, e);
    bool is_loose = expr_kind(teller->typeset.pool, e) == EXPR_SUM;
    return is_loose ? typeset_bracket(&teller->typeset, formula) : formula;
}

static bool is_wide(struct teller *teller, size_t path)
{
    mpz_t rank;
    mpz_init_set_ui(rank, path);
    expr_id product = form_path(teller->derivation, rank, false);
    mpz_clear(rank);
    return formula_width(typeset_expression(&teller->typeset, product)) > WIDE;
}

/* Where one is long, all are formulas of their own, one a factor, between which a line may end; what
   follows a fraction in one line would be taken for its denominator. */
static struct inline_node *product_cell(struct teller *teller, expr_id product)
{
    const struct pool *pool = teller->typeset.pool;
    struct inline_node *first = NULL, **end = &first;
    bool after_fraction = false;
    if (!teller->has_wide || expr_kind(pool, product) != EXPR_PRODUCT)
        return doc_formula(teller->doc, typeset_expression(&teller->typeset, product));
    for (size_t i = 0; i < expr_count(pool, product); i++) {
        if (first) {
            *end = doc_text(teller->doc, after_fraction ? " · " : " ");
            end = &(*end)->next;
        }
        struct formula *part = factor(teller, expr_part(pool, product, i));
        after_fraction = part->kind == FORMULA_FRACTION;
        *end = doc_formula(teller->doc, part);
        end = &(*end)->next;
    }
    return first;
}

static bool add_value(struct teller *teller, expr_id e)
{
    struct values *values = &teller->training->crosscheck.values;
    const void *number =
        values_evaluate(values, e, teller->derivation->to, teller->diags);
    struct enclosure value;
    if (!number)
        return false;
    enclosure_init(&value);
    values->arith.get_enclosure(&value, number);
    doc_cell(teller->table, tell_plain_number(teller->doc, &value, DIGITS));
    enclosure_clear(&value);
    return true;
}

static bool add_path(struct teller *teller, const struct path *path, mpz_srcptr rank,
                     const unsigned *number)
{
    expr_id product = form_path(teller->derivation, rank, false);
    doc_cell(teller->table, arrows(teller, path, number));
    doc_cell(teller->table, product_cell(teller, product));
    return !teller->training || add_value(teller, product);
}

static void add_dots(struct teller *teller)
{
    for (unsigned i = 0; i < teller->table->columns; i++)
        doc_cell(teller->table, doc_text(teller->doc, "…"));
}

/* The sum: the derivative, as the crosscheck has found it. */
static void add_total(struct teller *teller)
{
    const struct derivation *derivation = teller->derivation;
    doc_cell(teller->table, doc_words(teller->doc, N_("sum")));
    add_formula(teller, typeset_expression(&teller->typeset, derivation->left));
    if (!teller->training)
        return;
    const struct crosscheck *crosscheck = &teller->training->crosscheck;
    for (size_t i = 0; i < crosscheck->count; i++)
        if (crosscheck->rows[i].node == derivation->from) {
            doc_cell(
                teller->table,
                tell_plain_number(teller->doc, &crosscheck->rows[i].path_sum, DIGITS));
            return;
        }
    doc_cell(teller->table, doc_text(teller->doc, ""));
}

/* The rows from the path of that rank on; `place` counts the paths to one output. */
static bool add_rows(struct teller *teller, size_t first, size_t count)
{
    struct path_iterator *iterator = path_iterator_new(teller->derivation->graph);
    mpz_t rank;
    bool ok = true;
    node_id output = -1;
    unsigned number, place = 0;
    mpz_init_set_ui(rank, first);
    path_iterator_seek(iterator, rank);
    for (size_t i = 0; ok && i < count; i++) {
        const struct path *path = path_next(iterator, NULL);
        place = path->nodes[1] == output ? place + 1 : 0;
        output = path->nodes[1];
        bool is_marked =
            first == 0 && marks_path(teller->derivation, output, place, &number);
        ok = add_path(teller, path, rank, is_marked ? &number : NULL);
        mpz_add_ui(rank, rank, 1);
    }
    mpz_clear(rank);
    path_iterator_free(iterator);
    return ok;
}

static bool tell_table(struct teller *teller)
{
    mpz_srcptr total = graph_total(teller->derivation->graph);
    bool is_long = mpz_cmp_ui(total, ROWS) > 0;
    size_t shown = is_long ? FIRST_ROWS : mpz_get_ui(total);
    begin_table(teller, ROWS + 3);
    for (size_t i = 0; i < shown && !teller->has_wide; i++)
        teller->has_wide = is_wide(teller, i);
    if (!add_rows(teller, 0, shown))
        return false;
    if (is_long)
        add_dots(teller);
    if (is_long && mpz_fits_ulong_p(total) && !add_rows(teller, mpz_get_ui(total) - 1, 1))
        return false;
    if (mpz_cmp_ui(total, 1) > 0)
        add_total(teller);
    return true;
}

bool tell_paths(struct doc *doc, struct derivation *derivation, struct training *training,
                struct diags *diags)
{
    struct teller teller = {
        .doc = doc, .derivation = derivation, .training = training, .diags = diags};
    typeset_init(&teller.typeset, &doc->arena, derivation->network);
    sentence_begin(&teller.sentence, doc, &teller.typeset);
    mpz_srcptr total = graph_total(derivation->graph);
    if (mpz_sgn(total) == 0)
        return true;
    sentence_count(&teller.sentence, total, true);
    sentence_node(&teller.sentence, derivation->from);
    sentence_node(&teller.sentence, derivation->to);
    sentence_end(&teller.sentence, doc_block(doc, BLOCK_PARAGRAPH),
                 mpz_cmp_ui(total, 1) == 0 ? N_("One path leads from {2} to {3}:")
                                           : N_("{1} paths lead from {2} to {3}:"));
    return tell_table(&teller);
}
