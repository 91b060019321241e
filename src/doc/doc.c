#include "doc/doc.h"

#include <string.h>

void doc_init(struct doc *doc)
{
    memset(doc, 0, sizeof *doc);
    arena_init(&doc->arena);
    doc->language = language_at(0);
}

void doc_clear(struct doc *doc)
{
    arena_clear(&doc->arena);
    doc->first = doc->last = NULL;
}

struct block *doc_block(struct doc *doc, enum block_kind kind)
{
    struct block *block = arena_alloc(&doc->arena, sizeof *block);
    block->kind = kind;
    block->is_answer = doc->has_answers;
    if (doc->last)
        doc->last->next = block;
    else
        doc->first = block;
    doc->last = block;
    return block;
}

struct block *doc_heading(struct doc *doc, unsigned level)
{
    struct block *heading = doc_block(doc, BLOCK_HEADING);
    heading->level = level + doc->depth;
    return heading;
}

void doc_figure(struct doc *doc, struct figure *figure)
{
    figure->description = language_text(doc->language, N_("The network"));
    doc_block(doc, BLOCK_FIGURE)->figure = figure;
}

struct block *doc_table(struct doc *doc, unsigned columns, size_t rows)
{
    struct block *table = doc_block(doc, BLOCK_TABLE);
    table->columns = columns;
    table->cells = arena_array(&doc->arena, columns * (rows + 1), sizeof *table->cells);
    return table;
}

void doc_cell(struct block *table, struct inline_node *cell)
{
    table->cells[table->cell_count++] = cell;
}

static struct inline_node *new_inline(struct doc *doc, enum inline_kind kind)
{
    struct inline_node *node = arena_alloc(&doc->arena, sizeof *node);
    node->kind = kind;
    return node;
}

struct inline_node *doc_formula(struct doc *doc, struct formula *formula)
{
    struct inline_node *node = new_inline(doc, INLINE_FORMULA);
    node->formula = formula;
    return node;
}

struct inline_node *doc_reference(struct doc *doc, unsigned number)
{
    struct inline_node *node = new_inline(doc, INLINE_REFERENCE);
    node->number = number;
    return node;
}

static struct inline_node *slice(struct doc *doc, const char *text, size_t length)
{
    struct inline_node *node = new_inline(doc, INLINE_TEXT);
    node->text = arena_strndup(&doc->arena, text, length);
    return node;
}

struct inline_node *doc_text(struct doc *doc, const char *text)
{
    return slice(doc, text, strlen(text));
}

struct inline_node *doc_code(struct doc *doc, const char *text)
{
    struct inline_node *node = doc_text(doc, text);
    node->kind = INLINE_CODE;
    return node;
}

struct inline_node *doc_words(struct doc *doc, const char *words)
{
    return doc_text(doc, language_text(doc->language, words));
}

/* Appends copies of the nodes of `list` at `*end`; answers the new end. */
static struct inline_node **append_copies(struct doc *doc, struct inline_node **end,
                                          const struct inline_node *list)
{
    for (; list; list = list->next) {
        *end = new_inline(doc, list->kind);
        **end = *list;
        (*end)->next = NULL;
        end = &(*end)->next;
    }
    return end;
}

static bool is_place(const char *text, size_t count)
{
    return text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}' &&
           (size_t)(text[1] - '1') < count;
}

struct inline_node *doc_sentence(struct doc *doc, const char *sentence,
                                 struct inline_node *const *arguments, size_t count)
{
    return doc_fill(doc, language_text(doc->language, sentence), arguments, count);
}

struct inline_node *doc_fill(struct doc *doc, const char *text,
                             struct inline_node *const *arguments, size_t count)
{
    struct inline_node *first = NULL, **end = &first;
    const char *from = text;
    for (const char *at = text;; at++) {
        bool place = is_place(at, count);
        if ((place || *at == '\0') && at > from) {
            *end = slice(doc, from, (size_t)(at - from));
            end = &(*end)->next;
        }
        if (*at == '\0')
            return first;
        if (place) {
            end = append_copies(doc, end, arguments[at[1] - '1']);
            at += 2;
            from = at + 1;
        }
    }
}

struct inline_node *doc_join(struct doc *doc, struct inline_node *a,
                             struct inline_node *b)
{
    struct inline_node *first = NULL, **end = append_copies(doc, &first, a);
    if (a && b)
        end = append_copies(doc, end, doc_text(doc, " "));
    append_copies(doc, end, b);
    return first;
}

struct row *doc_row(struct doc *doc, struct block *block, struct formula *left,
                    struct formula *right)
{
    struct row *row = arena_alloc(&doc->arena, sizeof *row);
    row->left = left;
    row->right = right;
    row->relation = "=";
    *(block->last_row ? block->last_row : &block->rows) = row;
    block->last_row = &row->next;
    return row;
}

static unsigned count_characters(const char *text)
{
    unsigned count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static unsigned inline_width(const struct inline_node *node)
{
    if (node->kind == INLINE_FORMULA)
        return formula_width(node->formula);
    return node->kind == INLINE_REFERENCE ? 20 : 9 * count_characters(node->text) / 2;
}

unsigned doc_width(const struct inline_node *inlines)
{
    unsigned width = 0;
    for (; inlines; inlines = inlines->next)
        width += inline_width(inlines);
    return width;
}

bool doc_block_is_empty(const struct block *block)
{
    switch (block->kind) {
    case BLOCK_DISPLAY:
    case BLOCK_GRID:
        return !block->rows;
    case BLOCK_FIGURE:
        return !block->figure || block->figure->node_count == 0;
    case BLOCK_TABLE:
        return block->columns == 0 || block->cell_count == 0;
    case BLOCK_CODE:
        return !block->text || !*block->text;
    default:
        return !block->inlines;
    }
}

bool doc_is_shown(const struct doc *doc, const struct block *block)
{
    return !doc_block_is_empty(block) && (doc->shows_answers || !block->is_answer);
}
