/* Repairs of false lines: each kind, and lines that no single edit repairs. */
#include "base/memory.h"
#include "verify/blame.h"
#include "verify/definitions.h"
#include "verify/judge.h"
#include "verify/repair.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NET                                                                              \
    "z_1 = w_{11}^1 x_1 + w_{21}^1 x_2\n"                                                \
    "z_2 = w_{12}^1 x_1 + w_{22}^1 x_2\n"                                                \
    "h_1 = f(z_1)\n"                                                                     \
    "h_2 = f(z_2)\n"                                                                     \
    "y_1 = h_1 w_{11}^2 + h_2 w_{21}^2\n"                                                \
    "y_2 = h_1 w_{12}^2 + h_2 w_{22}^2\n"                                                \
    "E = \\frac{1}{2}(y_1 - t_1)^2 + \\frac{1}{2}(y_2 - t_2)^2\n"                        \
    "\\delta_1 = \\frac{\\partial E}{\\partial y_1}\n"                                   \
    "\\frac{\\partial E}{\\partial y_2} = \\delta_2\n"                                   \
    "f'(z_1) = f'(z_1)\n"

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
static struct step found;

/* --- a document of lines --- */

static void add_claim(struct span left, struct span sign, struct span right,
                      uint32_t equation, uint32_t member)
{
    claims.items =
        memory_array(claims.items, claims.count + 1, sizeof *claims.items);
    claims.items[claims.count++] = (struct claim){.left = left,
                                                  .right = right,
                                                  .relation_sign = sign,
                                                  .equation = equation,
                                                  .member = member,
                                                  .chain = equation,
                                                  .continues = member > 1};
}

static void add_line(uint32_t begin, uint32_t end, uint32_t equation)
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

static void open_document(const char *text)
{
    uint32_t equation = 0;
    memset(&claims, 0, sizeof claims);
    diags_init(&diags);
    budget_init(&budget);
    ck_assert(source_from_text(&source, "test", text, strlen(text), &diags));
    claims.document = &source;
    claims.text = source;
    for (uint32_t begin = 0; begin < source.length;) {
        uint32_t end = begin + (uint32_t)strcspn(source.text + begin, "\n");
        add_line(begin, end, ++equation);
        begin = end + 1;
    }
    reading_init(&reading, &claims, &budget);
    survey_init(&survey, &reading);
    families_init(&families, &reading, &survey);
    pool = pool_new();
    scope_of_document(&scope, pool, &families);
    section = (struct section){.reading = &reading,
                               .budget = &budget,
                               .seed = 1,
                               .scope = &scope,
                               .steps = judged_new(&reading),
                               .end = reading.count,
                               .number = 1};
    definitions_collect(&section);
    for (size_t i = section.first; i < section.end; i++)
        section_elaborate(&section, i);
    definitions_complete(&section);
    section_open(&section);
    definitions_check_signals(&section);
    judge_steps(&section);
    blame_steps(&section);
}

static void clear_found(void)
{
    for (size_t i = 0; i < found.repair_count; i++) {
        memory_free(found.repairs[i].before);
        memory_free(found.repairs[i].after);
    }
    memory_free(found.path);
    memset(&found, 0, sizeof found);
}

static void close_document(void)
{
    clear_found();
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

/* The repairs of the last line, `before => after` each, and its kind. */
static const char *repairs_of(const char *document, enum repair_kind kind)
{
    static char text[4000];
    size_t length = 0;
    open_document(document);
    size_t last = section.end - 1;
    ck_assert_uint_eq(section.end, reading.count);
    ck_assert_msg(section.steps[last].role != ROLE_UNREAD, "not read: %s", document);
    ck_assert_int_eq(section.steps[last].verdict, VERDICT_REFUTED);
    repair_find(&section, last, &found);
    text[0] = '\0';
    for (size_t i = 0; i < found.repair_count; i++) {
        const struct repair *repair = &found.repairs[i];
        ck_assert_int_eq(repair->kind, kind);
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s => %s",
                                   i > 0 ? "; " : "", repair->before, repair->after);
    }
    if (found.path)
        snprintf(text + length, sizeof text - length, " | %s", found.path);
    close_document();
    return text;
}

static void expect(const char *line, enum repair_kind kind, const char *repairs)
{
    char document[4000];
    snprintf(document, sizeof document, "%s%s", NET, line);
    if (getenv("SHOW"))
        printf("%s\n    %s\n", line, repairs_of(document, kind));
    else
        ck_assert_str_eq(repairs_of(document, kind), repairs);
}

#define D(a, b) "\\frac{\\partial " a "}{\\partial " b "}"

START_TEST(another_index)
{
    expect(D("y_1", "h_1") " = w_{12}^2", REPAIR_INDEX, "w_{12}^2 => w_{11}^2");
    expect(D("E", "w_{11}^2") " = (y_1 - t_2) h_1", REPAIR_INDEX, "t_2 => t_1");
    expect(D("y_1", "w_{21}^1") " = w_{11}^2 f'(z_1) x_1", REPAIR_INDEX, "x_1 => x_2");
    expect(D("E", "w_{12}^2") " = " D("E", "y_1") D("y_2", "w_{12}^2"), REPAIR_INDEX,
           "y_1 => y_2");
}
END_TEST

START_TEST(another_name)
{
    expect(D("E", "w_{11}^2") " = (y_1 - t_1) z_1", REPAIR_NAME, "z_1 => h_1");
}
END_TEST

START_TEST(a_sign)
{
    expect(D("E", "y_1") " = y_1 + t_1", REPAIR_SIGN, "+ => -");
    expect(D("E", "w_{11}^2") " = -(y_1 - t_1) h_1", REPAIR_SIGN, "- => ");
    expect(D("E", "w_{11}^2") " = (t_1 - y_1) h_1", REPAIR_SIGN, " => -");
}
END_TEST

START_TEST(factors)
{
    expect(D("E", "w_{11}^2") " = (y_1 - t_1) h_1 w_{11}^2", REPAIR_FACTOR_EXTRA,
           " w_{11}^2 => ");
    expect(D("y_1", "w_{11}^1") " = w_{11}^2 f'(z_1)", REPAIR_FACTOR_LOST, " =>  x_1");
    expect(D("y_1", "w_{11}^1") " = w_{11}^2 x_1", REPAIR_FACTOR_LOST, " =>  f'(z_1)");
    expect(D("E", "w_{11}^2") " = h_1", REPAIR_FACTOR_LOST, " =>  (y_1 - t_1)");
}
END_TEST

START_TEST(terms)
{
    expect(D("E", "h_1") " = (y_1 - t_1) w_{11}^2", REPAIR_TERM_LOST,
           " =>  + (y_2 - t_2) w_{12}^2 | h_1 \\to y_2 \\to E");
    expect(D("E", "w_{11}^1")
           " = ((y_1 - t_1) w_{11}^2) f'(z_1) x_1",
           REPAIR_TERM_LOST, "?");
    expect(D("y_1", "h_1") " = w_{11}^2 + w_{21}^2", REPAIR_TERM_EXTRA,
           " + w_{21}^2 => ");
}
END_TEST

START_TEST(functions)
{
    expect(D("y_1", "w_{11}^1") " = w_{11}^2 f(z_1) x_1", REPAIR_PRIME_LOST, " => '");
    expect("h_1 = f'(z_1)", REPAIR_PRIME_EXTRA, "' => ");
    expect(D("y_1", "w_{11}^1") " = w_{11}^2 f'(z_2) x_1", REPAIR_ARGUMENT,
           "z_2 => z_1");
}
END_TEST

START_TEST(numbers)
{
    expect(D("E", "y_1") " = (y_1 - t_1)^2", REPAIR_EXPONENT, "^2 => ");
    expect(D("E", "y_1") " = 2(y_1 - t_1)", REPAIR_CONSTANT, "?");
    expect(D("E", "y_1") " = \\frac{1}{2}(y_1 - t_1)", REPAIR_CONSTANT, "?");
}
END_TEST

START_TEST(the_left_side)
{
    expect(D("E", "y_2") " = y_1 - t_1", REPAIR_INDEX, "y_2 => y_1");
}
END_TEST

START_TEST(no_single_edit)
{
    expect(D("E", "w_{11}^2") " = x_1 t_2", REPAIR_OTHER, "");
    expect(D("E", "w_{11}^1") " = x_2 f(z_2)", REPAIR_OTHER, "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("repair");
    TCase *tests = tcase_create("repair");
    tcase_add_test(tests, another_index);
    tcase_add_test(tests, another_name);
    tcase_add_test(tests, a_sign);
    tcase_add_test(tests, factors);
    tcase_add_test(tests, terms);
    tcase_add_test(tests, functions);
    tcase_add_test(tests, numbers);
    tcase_add_test(tests, the_left_side);
    tcase_add_test(tests, no_single_edit);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
