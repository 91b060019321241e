#include "data/doc_json.h"

#include "write/write.h"

static void put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static void put_formula(struct json *json, const char *key, const struct formula *formula)
{
    struct buf text;
    buf_init(&text);
    write_latex_formula(formula, &text);
    put_text(json, key, buf_peek(&text));
    buf_clear(&text);
}

static void put_number(struct json *json, const char *key, unsigned number)
{
    json_key(json, key);
    json_integer(json, number);
}

/* --- inlines --- */

static void put_inline(struct json *json, const struct inline_node *node)
{
    json_object(json);
    switch (node->kind) {
    case INLINE_TEXT:
        put_text(json, "text", node->text);
        break;
    case INLINE_FORMULA:
        put_formula(json, "latex", node->formula);
        break;
    case INLINE_REFERENCE:
        put_number(json, "equation", node->number);
        break;
    case INLINE_CODE:
        put_text(json, "code", node->text);
        break;
    }
    json_end(json);
}

static void put_inlines(struct json *json, const struct inline_node *nodes)
{
    json_array(json);
    for (const struct inline_node *node = nodes; node; node = node->next)
        put_inline(json, node);
    json_end(json);
}

/* --- blocks --- */

/* A row that continues the one before it has no relation. */
static void put_row(struct json *json, const struct row *row)
{
    json_object(json);
    if (row->reason) {
        json_key(json, "reason");
        put_inlines(json, row->reason);
    }
    if (row->left)
        put_formula(json, "left", row->left);
    if (!row->continues)
        put_text(json, "relation", row->relation);
    put_formula(json, row->continues ? "continued" : "right", row->right);
    if (row->number)
        put_number(json, "equation", row->number);
    json_end(json);
}

static void put_rows(struct json *json, const struct row *rows)
{
    json_key(json, "rows");
    json_array(json);
    for (const struct row *row = rows; row; row = row->next)
        put_row(json, row);
    json_end(json);
}

static void put_cells(struct json *json, const struct block *block)
{
    json_key(json, "rows");
    json_array(json);
    for (size_t i = 0; i < block->cell_count; i += block->columns) {
        json_array(json);
        for (size_t k = i; k < i + block->columns && k < block->cell_count; k++)
            put_inlines(json, block->cells[k]);
        json_end(json);
    }
    json_end(json);
}

static void put_paths(struct json *json, uint64_t paths)
{
    json_key(json, "paths");
    json_array(json);
    for (unsigned i = 0; i < 64; i++)
        if (paths >> i & 1)
            json_integer(json, i);
    json_end(json);
}

static void put_edge(struct json *json, const struct figure *figure,
                     const struct figure_edge *edge)
{
    const struct figure_node *from = &figure->nodes[edge->from],
                             *to = &figure->nodes[edge->to];
    if (!from->name || !to->name)
        return;
    json_object(json);
    put_text(json, "from", from->name);
    put_text(json, "to", to->name);
    if (edge->name)
        put_text(json, "weight", edge->name);
    json_key(json, "lit");
    json_boolean(json, edge->mark != FIGURE_IDLE);
    put_paths(json, edge->paths);
    json_end(json);
}

static void put_figure(struct json *json, const struct figure *figure)
{
    put_text(json, "description", figure->description ? figure->description : "");
    json_key(json, "edges");
    json_array(json);
    for (size_t i = 0; i < figure->edge_count; i++)
        put_edge(json, figure, &figure->edges[i]);
    json_end(json);
}

static void put_content(struct json *json, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        put_number(json, "level", block->level);
        json_key(json, "content");
        put_inlines(json, block->inlines);
        break;
    case BLOCK_PARAGRAPH:
        json_key(json, "content");
        put_inlines(json, block->inlines);
        break;
    case BLOCK_DISPLAY:
    case BLOCK_GRID:
        put_rows(json, block->rows);
        break;
    case BLOCK_FIGURE:
        put_figure(json, block->figure);
        if (block->inlines) {
            json_key(json, "content");
            put_inlines(json, block->inlines);
        }
        break;
    case BLOCK_TABLE:
        put_cells(json, block);
        break;
    case BLOCK_CODE:
        put_text(json, "code", block->text);
        break;
    }
}

static void put_block(struct json *json, const struct block *block)
{
    static const char *const kinds[] = {
        [BLOCK_HEADING] = "heading", [BLOCK_PARAGRAPH] = "paragraph",
        [BLOCK_DISPLAY] = "display", [BLOCK_GRID] = "grid",
        [BLOCK_FIGURE] = "figure",   [BLOCK_TABLE] = "table",
        [BLOCK_CODE] = "code"};
    json_object(json);
    put_text(json, "kind", kinds[block->kind]);
    if (block->is_answer) {
        json_key(json, "answer");
        json_boolean(json, true);
    }
    put_content(json, block);
    json_end(json);
}

void doc_json(struct json *json, const struct doc *doc)
{
    json_object(json);
    json_key(json, "blocks");
    json_array(json);
    for (const struct block *block = doc->first; block; block = block->next)
        if (doc_is_shown(doc, block))
            put_block(json, block);
    json_end(json);
    json_end(json);
}
