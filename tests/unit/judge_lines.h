/* A document of plain lines, `a = b = c`, judged as one section without a network. */
#ifndef GRADTEX_TESTS_JUDGE_LINES_H
#define GRADTEX_TESTS_JUDGE_LINES_H

#include "base/memory.h"
#include "verify/blame.h"
#include "verify/definitions.h"
#include "verify/error.h"
#include "verify/judge.h"

#include <stdlib.h>
#include <string.h>

static struct source source;
static struct claims claims;
static struct reading reading;
static struct survey survey;
static struct families families;
static struct verify_scope scope;
static struct pool *pool;
static struct budget budget;
static struct diags diags;
static struct section section;

/* --- a document of lines --- */

static inline void add_claim(struct span left, struct span sign, struct span right,
                             uint32_t equation, uint32_t member)
{
    claims.items = memory_array(claims.items, claims.count + 1, sizeof *claims.items);
    claims.items[claims.count++] = (struct claim){.left = left,
                                                  .right = right,
                                                  .relation_sign = sign,
                                                  .equation = equation,
                                                  .member = member,
                                                  .chain = equation,
                                                  .continues = member > 1};
}

static inline void add_line(uint32_t begin, uint32_t end, uint32_t equation)
{
    struct span left = {begin, begin};
    uint32_t member = 0, sign = 0;
    int depth = 0;
    for (uint32_t at = begin; at <= end; at++) {
        char c = at < end ? source.text[at] : '=';
        depth += (c == '{') - (c == '}');
        if (c != '=' || (depth > 0 && at < end))
            continue;
        if (member++ == 0)
            left.end = at;
        else
            add_claim(left, (struct span){sign, sign + 1}, (struct span){sign + 1, at},
                      equation, member - 1);
        if (member > 1)
            left = (struct span){sign + 1, at};
        sign = at;
    }
}

static inline void open_document(const char *text)
{
    uint32_t equation = 0;
    memset(&claims, 0, sizeof claims);
    diags_init(&diags);
    budget_init(&budget);
    if (!source_from_text(&source, "test", text, strlen(text), &diags))
        abort();
    claims.document = &source;
    claims.text = source;
    for (uint32_t begin = 0; begin < source.length;) {
        uint32_t end = begin + (uint32_t)strcspn(source.text + begin, "\n");
        add_line(begin, end, ++equation);
        begin = end + 1;
    }
    reading_init(&reading, &claims, &budget);
    survey_init(&survey, &reading);
    families_init(&families, &reading, &survey, (struct families_how){false, false});
    pool = pool_new();
    scope_of_document(&scope, pool, &families);
    section = (struct section){.reading = &reading,
                               .budget = &budget,
                               .seed = 1,
                               .scope = &scope,
                               .steps = judged_new(&reading),
                               .end = reading.count,
                               .number = 1};
    definitions_collect(&section, &diags);
    for (size_t i = section.first; i < section.end; i++)
        section_elaborate(&section, i);
    error_complete(&section);
    section_open(&section);
    error_check_signals(&section);
    judge_steps(&section);
    blame_steps(&section);
}

static inline void close_document(void)
{
    section_close(&section);
    judged_free(section.steps, reading.count);
    memory_free(section.values);
    scope_clear(&scope);
    pool_free(pool);
    families_clear(&families);
    survey_clear(&survey);
    reading_clear(&reading);
    memory_free(claims.items);
    source_clear(&source);
    diags_clear(&diags);
}

#endif
