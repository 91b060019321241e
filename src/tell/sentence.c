#include "tell/sentence.h"

#include "tell/tell_number.h"

#include <ctype.h>
#include <stdio.h>

void sentence_begin(struct sentence *sentence, struct doc *doc,
                    const struct typeset *typeset)
{
    *sentence = (struct sentence){.doc = doc, .typeset = typeset};
}

static void add(struct sentence *sentence, struct inline_node *inlines)
{
    if (sentence->count < SENTENCE_ARGUMENTS)
        sentence->arguments[sentence->count++] = inlines;
}

void sentence_formula(struct sentence *sentence, struct formula *formula)
{
    add(sentence, doc_formula(sentence->doc, formula));
}

void sentence_expression(struct sentence *sentence, expr_id e)
{
    sentence_formula(sentence, typeset_expression(sentence->typeset, e));
}

void sentence_node(struct sentence *sentence, node_id node)
{
    sentence_formula(sentence, typeset_node(sentence->typeset, node));
}

void sentence_reference(struct sentence *sentence, unsigned number)
{
    add(sentence, doc_reference(sentence->doc, number));
}

void sentence_text(struct sentence *sentence, const char *text)
{
    add(sentence, doc_text(sentence->doc, text));
}

void sentence_words(struct sentence *sentence, const char *words)
{
    add(sentence, doc_words(sentence->doc, words));
}

void sentence_count(struct sentence *sentence, mpz_srcptr count, bool capital)
{
    static const char *const words[] = {NC_("multiplications, derivatives", "no"),
                                        NC_("multiplications, derivatives", "one"),
                                        N_("two"),
                                        N_("three"),
                                        N_("four"),
                                        N_("five"),
                                        N_("six"),
                                        N_("seven"),
                                        N_("eight"),
                                        N_("nine"),
                                        N_("ten")};
    struct buf text;
    buf_init(&text);
    if (mpz_cmp_ui(count, 10) <= 0)
        buf_text(&text, language_text(sentence->doc->language, words[mpz_get_ui(count)]));
    else
        tell_grouped(&text, sentence->doc->language, count);
    if (capital)
        text.data[0] = (char)toupper((unsigned char)text.data[0]);
    sentence_text(sentence, buf_peek(&text));
    buf_clear(&text);
}

void sentence_nodes(struct sentence *sentence, const node_id *nodes, size_t count)
{
    size_t shown = count <= SENTENCE_LIST ? count : SENTENCE_LIST - 2;
    struct inline_node *list = NULL;
    for (size_t i = 0; i < shown; i++) {
        struct inline_node *name =
            doc_formula(sentence->doc, typeset_node(sentence->typeset, nodes[i]));
        struct inline_node *const arguments[] = {list, name};
        if (!list)
            list = name;
        else if (i + 1 == count)
            list = doc_sentence(sentence->doc, N_("{1} and {2}"), arguments, 2);
        else
            list = doc_sentence(sentence->doc, N_("{1}, {2}"), arguments, 2);
    }
    if (shown < count) {
        char more[32];
        snprintf(more, sizeof more, "%zu", count - shown);
        struct inline_node *const arguments[] = {list, doc_text(sentence->doc, more)};
        list = doc_sentence(sentence->doc, N_("{1} and {2} more"), arguments, 2);
    }
    add(sentence, list);
}

/* Linked by hand: joining copies would take time and room by the square of the names. */
void sentence_range(struct sentence *sentence, struct range range, int64_t most)
{
    bool is_long = range.count > most;
    int64_t shown = is_long ? most / 2 : range.count;
    struct inline_node *first = NULL, **end = &first;
    for (int64_t i = 0; i < shown + is_long; i++) {
        node_id node = range.first + (i < shown ? i : range.count - 1);
        if (i) {
            *end = doc_text(sentence->doc, i < shown ? ", " : ", …, ");
            end = &(*end)->next;
        }
        *end = doc_formula(sentence->doc, typeset_node(sentence->typeset, node));
        end = &(*end)->next;
    }
    add(sentence, first);
}

struct inline_node *sentence_inlines(struct sentence *sentence, const char *text)
{
    struct inline_node *inlines =
        doc_sentence(sentence->doc, text, sentence->arguments, sentence->count);
    sentence->count = 0;
    return inlines;
}

struct inline_node *sentence_counted(struct sentence *sentence, size_t count,
                                     const char *one, const char *many)
{
    const char *text = language_counted(sentence->doc->language, count, one, many);
    struct inline_node *inlines =
        doc_fill(sentence->doc, text, sentence->arguments, sentence->count);
    sentence->count = 0;
    return inlines;
}

void sentence_end(struct sentence *sentence, struct block *block, const char *text)
{
    block->inlines =
        doc_join(sentence->doc, block->inlines, sentence_inlines(sentence, text));
}
