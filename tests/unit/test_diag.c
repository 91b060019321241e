#include "base/diag.h"

#include <check.h>
#include <string.h>

static struct source source;
static struct diags diags;
static struct buf printed;

static void set_up(void)
{
    diags_init(&diags);
    buf_init(&printed);
    memset(&source, 0, sizeof source);
}

static void tear_down(void)
{
    source_clear(&source);
    diags_clear(&diags);
    buf_clear(&printed);
}

/* Points at the first place where `what` stands in the text. */
static struct place find(const char *text, const char *what)
{
    struct diags none;
    uint32_t begin = (uint32_t)(strstr(text, what) - text);

    diags_init(&none);
    source_from_text(&source, "net.net", text, strlen(text), &none);
    diags_clear(&none);
    return source_place(&source, begin, begin + (uint32_t)strlen(what));
}

static const char *print(void)
{
    diags_print(&diags, language_at(0), &printed);
    return buf_peek(&printed);
}

START_TEST(a_message_shows_line_and_caret)
{
    struct place place = find("layer x\n h_1 = w_11 x_1 + w_13 x_3\n", "x_3");

    ck_assert(!diag_at(&diags, DIAG_NO_INDEX, place, "no unit x_3: layer x has x_1, x_2",
                       NULL));
    ck_assert_str_eq(print(), "net.net:2:24: error: no unit x_3: layer x has x_1, x_2\n"
                              "    2 |  h_1 = w_11 x_1 + w_13 x_3\n"
                              "      |                        ^~~\n");
}
END_TEST

START_TEST(a_note_follows_its_error)
{
    struct place place = find("layer x\n", "x");

    diag(&diags, DIAG_FILE_OPEN, "a.net", "no such file", NULL);
    diag_at(&diags, DIAG_NOTE_HERE, place, "layer x", NULL);
    ck_assert_str_eq(print(), "gradtex: error: cannot open a.net: no such file\n"
                              "net.net:1:7: note: layer x is declared here\n"
                              "    1 | layer x\n"
                              "      |       ^\n");
    ck_assert_int_eq(diags_status(&diags), STATUS_FILE);
}
END_TEST

START_TEST(notes_alone_are_no_error)
{
    ck_assert_int_eq(diags_status(&diags), STATUS_OK);
    diag(&diags, DIAG_NOTE_DEFAULT_TARGETS, "t", NULL);
    ck_assert_int_eq(diags_status(&diags), STATUS_OK);
    diag(&diags, DIAG_FIGURE_TOO_LARGE, NULL);
    diag(&diags, DIAG_NO_INDEX, "bad", NULL);
    ck_assert_int_eq(diags_status(&diags), STATUS_LIMIT);
}
END_TEST

/* Words of our own are translated, those of a file are not, whatever they are. */
START_TEST(a_message_speaks_a_language)
{
    const struct language *german = language_find("de");
    diag(&diags, DIAG_ARCHIVE_MEMBER, "error", NC_("diagnostic", "it has no length"),
         NULL);
    diags_print(&diags, german, &printed);
    ck_assert_str_eq(buf_peek(&printed),
                     "gradtex: Fehler: error ist nicht lesbar: die Länge fehlt\n");
    buf_truncate(&printed, 0);
    diags_print(&diags, language_at(0), &printed);
    ck_assert_str_eq(buf_peek(&printed),
                     "gradtex: error: error cannot be read: it has no length\n");
}
END_TEST

START_TEST(control_characters_are_escaped)
{
    diag(&diags, DIAG_FILE_OPEN, "diagnostic\004\x1B[2J", "reason", NULL);
    ck_assert_str_eq(
        print(), "gradtex: error: cannot open \"diagnostic\\x04\\x1b[2J\": reason\n");
    diags_clear(&diags);
    buf_truncate(&printed, 0);
    diag(&diags, DIAG_FILE_OPEN, "a\nb\x1B[2J\xFF", "reason", NULL);
    ck_assert_str_eq(print(),
                     "gradtex: error: cannot open \"a\\nb\\x1b[2J\\xff\": reason\n");
}
END_TEST

START_TEST(long_arguments_are_cut)
{
    struct buf name;

    buf_init(&name);
    for (int i = 0; i < 100000; i++)
        buf_char(&name, 'a');
    diag(&diags, DIAG_FILE_OPEN, name.data, "reason", NULL);
    buf_clear(&name);
    ck_assert_uint_lt(strlen(print()), 300);
    ck_assert_ptr_nonnull(strstr(print(), "a…\": reason"));
}
END_TEST

START_TEST(tabs_and_combining_marks_keep_the_caret_in_place)
{
    struct place place = find("\ty\u0302 = q", "q");

    diag_at(&diags, DIAG_NO_INDEX, place, "what is q", NULL);
    ck_assert_str_eq(print(), "net.net:1:7: error: what is q\n"
                              "    1 |  y\u0302 = q\n"
                              "      |      ^\n");
}
END_TEST

START_TEST(a_long_line_is_shown_around_the_caret)
{
    struct buf text;
    struct place place;
    const char *caret;

    buf_init(&text);
    for (int i = 0; i < 2000; i++)
        buf_text(&text, "x + ");
    buf_text(&text, "Q");
    for (int i = 0; i < 2000; i++)
        buf_text(&text, " + x");
    place = find(text.data, "Q");
    buf_clear(&text);
    diag_at(&diags, DIAG_NO_INDEX, place, "what is this", NULL);
    ck_assert_uint_lt(strlen(print()), 300);
    caret = strchr(buf_peek(&printed), '^');
    ck_assert_ptr_nonnull(caret);
    ck_assert_ptr_nonnull(strstr(buf_peek(&printed), "    1 | …"));
    /* Two characters of the excerpt's line are the three bytes of "…" */
    ck_assert_int_eq(caret - strrchr(buf_peek(&printed), '|'),
                     strchr(buf_peek(&printed), 'Q') - strchr(buf_peek(&printed), '|') -
                         2);
}
END_TEST

START_TEST(the_end_of_the_text_can_be_pointed_at)
{
    struct place place = find("abc", "abc");

    place.span.begin = 3;
    place.span.end = 3;
    diag_at(&diags, DIAG_NO_INDEX, place, "more is needed", NULL);
    ck_assert_str_eq(print(), "net.net:1:4: error: more is needed\n"
                              "    1 | abc\n"
                              "      |    ^\n");
}
END_TEST

START_TEST(a_span_over_several_lines_stays_on_the_first)
{
    struct place place = find("ab(c\nde)", "(c\nde)");

    diag_at(&diags, DIAG_NO_INDEX, place, "what is this", NULL);
    ck_assert_str_eq(print(), "net.net:1:3: error: what is this\n"
                              "    1 | ab(c\n"
                              "      |   ^~\n");
}
END_TEST

START_TEST(a_bad_byte_is_shown_as_a_replacement)
{
    ck_assert(!source_from_text(&source, "net.net", "a\xFFz", 3, &diags));
    ck_assert_str_eq(print(), "net.net:1:2: error: this is not UTF-8\n"
                              "    1 | a\xEF\xBF\xBDz\n"
                              "      |  ^\n");
}
END_TEST

START_TEST(the_nearest_word_is_found)
{
    static const char *const words[] = {"layer", "inputs", "weights", "targets"};

    ck_assert_str_eq(diag_nearest("layr", words, 4), "layer");
    ck_assert_str_eq(diag_nearest("wieghts", words, 4), "weights");
    ck_assert_str_eq(diag_nearest("input", words, 4), "inputs");
    ck_assert_ptr_null(diag_nearest("softmax", words, 4));
    ck_assert_ptr_null(diag_nearest("", words, 4));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diag");
    TCase *tcase = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_message_shows_line_and_caret);
    tcase_add_test(tcase, a_note_follows_its_error);
    tcase_add_test(tcase, notes_alone_are_no_error);
    tcase_add_test(tcase, a_message_speaks_a_language);
    tcase_add_test(tcase, control_characters_are_escaped);
    tcase_add_test(tcase, long_arguments_are_cut);
    tcase_add_test(tcase, tabs_and_combining_marks_keep_the_caret_in_place);
    tcase_add_test(tcase, a_long_line_is_shown_around_the_caret);
    tcase_add_test(tcase, the_end_of_the_text_can_be_pointed_at);
    tcase_add_test(tcase, a_span_over_several_lines_stays_on_the_first);
    tcase_add_test(tcase, a_bad_byte_is_shown_as_a_replacement);
    tcase_add_test(tcase, the_nearest_word_is_found);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
