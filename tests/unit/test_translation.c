/* A language whose texts are all in brackets, made of the catalogue: in what is written
   in it no English word stands outside them. */
#include "base/buf.h"
#include "base/file.h"
#include "options.h"

#include <check.h>
#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

static const char OPEN[] = "⟦", CLOSE[] = "⟧";

static struct buf catalogue;
static struct language brackets = {.code = "brackets"};
static glob_t examples;
static struct gtx_options *options;

static char *in_folder(const char *variable, const char *rest)
{
    const char *folder = getenv(variable);
    struct buf path;
    buf_init(&path);
    buf_format(&path, "%s/%s", folder ? folder : ".", rest);
    return buf_take(&path);
}

static void set_up(void)
{
    struct diags diags;
    char *path = in_folder("builddir", "tests/brackets.mo");
    char *pattern = in_folder("srcdir", "examples/*.net");
    diags_init(&diags);
    buf_init(&catalogue);
    ck_assert(file_load(&catalogue, path, (struct place){NULL, {0, 0}}, &diags));
    diags_clear(&diags);
    brackets.catalogue = (const unsigned char *)buf_peek(&catalogue);
    ck_assert_int_eq(glob(pattern, 0, NULL, &examples), 0);
    options = gtx_options_new();
    options->language = &brackets;
    ck_assert(gtx_options_set(options, "format", "text"));
    free(path);
    free(pattern);
}

static void tear_down(void)
{
    gtx_options_free(options);
    globfree(&examples);
    buf_clear(&catalogue);
}

static bool collect(void *context, const char *bytes, size_t length)
{
    buf_bytes(context, bytes, length);
    return true;
}

/* Words that stand in formulas. */
static bool is_symbol(const char *word, size_t length)
{
    static const char *const symbols[] = {"exp",  "tanh", "max",   "relu",
                                          "sign", "sqrt", "logit", "net"};
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (strlen(symbols[i]) == length && memcmp(symbols[i], word, length) == 0)
            return true;
    return false;
}

static bool starts(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Values that were drawn are no sentences. */
static const char *skip_line(const char *line)
{
    const char *end = line + strcspn(line, "\n");
    return starts(line, "    let ") ? end : line;
}

static void check_words(const char *text, const char *where)
{
    int depth = 0;
    for (const char *at = skip_line(text); *at; at++) {
        depth += starts(at, OPEN) - starts(at, CLOSE);
        size_t length = 0;
        while (isalpha((unsigned char)at[length]))
            length++;
        ck_assert_msg(depth > 0 || length < 3 || is_symbol(at, length),
                      "%s: not translated: %.40s", where, at);
        at += length ? length - 1 : 0;
        if (*at == '\n')
            at = skip_line(at + 1) - 1;
    }
    ck_assert_int_eq(depth, 0);
}

typedef int command(struct gtx_network *network, const char *const *names, size_t count,
                    const struct gtx_options *options, const struct gtx_sink *sink);

static void check_command(command *run, const char *path, const char *name)
{
    struct buf text;
    struct gtx_sink sink = {collect, NULL, &text};
    int status;
    buf_init(&text);
    struct gtx_network *network = gtx_network_open(path, options, &sink, &status);
    ck_assert_msg(network, "%s", path);
    ck_assert_int_eq(run(network, &name, name != NULL, options, &sink), GTX_OK);
    ck_assert_msg(strstr(buf_peek(&text), OPEN), "%s: nothing is translated", path);
    check_words(buf_peek(&text), path);
    gtx_network_free(network);
    buf_clear(&text);
}

static void check_examples(command *run)
{
    for (size_t i = 0; i < examples.gl_pathc; i++)
        check_command(run, examples.gl_pathv[i], NULL);
}

START_TEST(general_equations)
{
    check_examples(gtx_derive);
}
END_TEST

START_TEST(derivations)
{
    static const char *const of[][2] = {
        {"1-1", "w_{11}^1"},         {"1-2", "w_{11}^1"},
        {"2-2", "w_{11}^1"},         {"2-2-2-2", "w_{11}^1"},
        {"2-2:softmax", "w_{11}^1"}, {"2-2-2:relu", "w_{11}^1"},
        {"3-4-4-2", "w_{11}^1"},     {"3-4-4-2", "x_1"},
        {"2-2:bias", "b_1^1"},       {"20-20-20-20", "w_{1,1}^1"}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        check_command(gtx_derive, of[i][0], of[i][1]);
}
END_TEST

START_TEST(handouts)
{
    ck_assert(gtx_options_set(options, "random", NULL));
    check_command(gtx_handout, "2-2-2-2", NULL);
    check_command(gtx_handout, "3-4-4-2:sigmoid", NULL);
    check_command(gtx_handout, "2-2:softmax", NULL);
}
END_TEST

START_TEST(evaluations)
{
    ck_assert(gtx_options_set(options, "learning-rate", "1/2"));
    check_examples(gtx_evaluate);
}
END_TEST

START_TEST(crosschecks)
{
    check_examples(gtx_crosscheck);
    ck_assert(gtx_options_set(options, "summary", NULL));
    check_examples(gtx_crosscheck);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("translation");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, general_equations);
    tcase_add_test(tcase, derivations);
    tcase_add_test(tcase, handouts);
    tcase_add_test(tcase, evaluations);
    tcase_add_test(tcase, crosschecks);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
