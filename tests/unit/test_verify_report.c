#include "base/memory.h"
#include "data/junit.h"
#include "data/sarif.h"
#include "data/verify_csv.h"
#include "data/verify_json.h"
#include "tell/tell_verdict.h"

#include <check.h>
#include <string.h>

static struct verification verification;
static struct buf out;

/* A document with a mistake in line 3 that line 5 carries on, and a formula that is not
   read. */
static const char post[] = "$$ y_2 = h_1 w_{31}^2 $$\n"
                           "\n"
                           "$$ \\frac{\\delta y_2}{\\delta w_1} = w_{21}^2 x_1 $$\n"
                           "$$ g = (y_2 - t_2) \\\\\n"
                           "   = w_{21}^2 x_1 $$\n"
                           "$$ \\foo\t= 1 $$\n";

static struct span find(size_t document, const char *what, size_t skip)
{
    const struct source *source = &verification.documents[document].source;
    const char *found = source->text;

    for (size_t i = 0; i <= skip; i++)
        found = strstr(i == 0 ? found : found + 1, what);
    ck_assert_ptr_nonnull(found);
    return (struct span){(uint32_t)(found - source->text),
                         (uint32_t)(found - source->text + strlen(what))};
}

static struct verified_step *add(enum step_verdict verdict, struct span left,
                                 struct span right)
{
    struct verified_step *step = verification_add(&verification);

    step->verdict = verdict;
    step->left = left;
    step->right = right;
    step->span = span_join(left, right);
    step->equation = (uint32_t)verification.step_count;
    step->member = 1;
    return step;
}

static void give_counterexample(struct verified_step *step)
{
    struct counterexample *counterexample = memory_zeroed(1, sizeof *counterexample);

    counterexample->count = 2;
    counterexample->values = memory_zeroed(2, sizeof *counterexample->values);
    counterexample->values[0] =
        (struct step_value){memory_strdup("w_{31}^{2}"), memory_strdup("1")};
    counterexample->values[1] =
        (struct step_value){memory_strdup("f(2)"), memory_strdup("1/2")};
    counterexample->left = memory_strdup("1");
    counterexample->right = memory_strdup("0");
    counterexample->difference = memory_strdup("1");
    step->counterexample = counterexample;
}

static void give_document(size_t i, const char *name, const char *text)
{
    struct verified_document *document = &verification.documents[i];

    diags_init(&document->diags);
    document->is_read =
        source_from_text(&document->source, name, text, strlen(text), &document->diags);
}

static void make(size_t documents, const char *name, const char *text)
{
    verification.documents = memory_zeroed(documents, sizeof *verification.documents);
    verification.document_count = documents;
    give_document(0, name, text);
}

static void make_post(size_t documents)
{
    struct verified_step *step;
    struct place place;

    make(documents, "post.md", post);
    add(STEP_DEFINITION, find(0, "y_2", 0), find(0, "h_1 w_{31}^2", 0));
    step = add(STEP_REFUTED, find(0, "\\frac{\\delta y_2}{\\delta w_1}", 0),
               find(0, "w_{21}^2 x_1", 0));
    give_counterexample(step);
    step->repair_count = 1;
    step->repairs[0] =
        (struct repair){REPAIR_INDEX, find(0, "w_{21}^2", 0), memory_strdup("w_{21}^2"),
                        memory_strdup("w_{31}^2")};
    step = add(STEP_CARRIED, find(0, "(y_2 - t_2)", 0), find(0, "w_{21}^2 x_1", 1));
    step->carried_from = 1;
    step = add(STEP_UNCHECKED, find(0, "\\foo", 0), find(0, "1 $$\n", 2));
    step->right.end = step->span.end = step->right.begin + 1;
    place = (struct place){&verification.documents[0].source, find(0, "\\foo", 0)};
    diag_at(&step->reasons, DIAG_FORMULA_COMMAND, place, "\\foo", NULL);
}

static void set_up(void)
{
    verification_init(&verification);
    buf_init(&out);
}

static void tear_down(void)
{
    verification_clear(&verification);
    buf_clear(&out);
}

static const char *tell(bool explains, bool has_colors)
{
    struct verdict_telling telling = {explains, has_colors, language_at(0)};

    tell_verdict(&out, &verification, &telling);
    return buf_peek(&out);
}

static void check_holds(const char *part)
{
    ck_assert_msg(strstr(buf_peek(&out), part) != NULL, "%s\nis not in\n%s", part,
                  buf_peek(&out));
}

static void check_lacks(const char *part)
{
    ck_assert_msg(strstr(buf_peek(&out), part) == NULL, "%s\nis in\n%s", part,
                  buf_peek(&out));
}

START_TEST(mistakes_are_shown_in_their_line)
{
    make_post(1);
    ck_assert_str_eq(
        tell(false, false),
        "post.md:3:36: error: false: the two sides are not equal\n"
        "    3 | $$ \\frac{\\delta y_2}{\\delta w_1} = w_{21}^2 x_1 $$\n"
        "      |                                    ^~~~~~~~~~~~\n"
        "      counterexample: at w₃₁² = 1, f(2) = 1/2: left 1, right 0, difference 1\n"
        "      repair: put w_{31}^2 in place of w_{21}^2 (another index): w_{31}^2 x_1\n"
        "post.md:5:6: error carried forward from line 3\n"
        "post.md:6:4: not read: \\foo is not read in formulas\n"
        "    6 | $$ \\foo = 1 $$\n"
        "      |    ^~~~\n"
        "\n"
        "post.md: 4 steps: 1 definition, 1 false, 1 carried forward, 1 not read\n");
}
END_TEST

START_TEST(nothing_is_listed_where_all_is_true)
{
    make(1, "a.tex", "y = w x");
    add(STEP_DEFINITION, find(0, "y", 0), find(0, "w x", 0));
    add(STEP_PROVED, find(0, "y", 0), find(0, "w x", 0));
    ck_assert_str_eq(tell(false, false), "a.tex: 2 steps: 2 true or definitions\n");
}
END_TEST

START_TEST(conditions_are_always_said)
{
    make(1, "a.tex", "y = w x");
    add(STEP_PROVED, find(0, "y", 0), find(0, "w x", 0))->condition =
        memory_strdup("x \\neq 0");
    ck_assert_str_eq(tell(false, false), "a.tex:1:5: true if x \\neq 0\n"
                                         "\n"
                                         "a.tex: 1 step: 1 true\n");
}
END_TEST

START_TEST(readings_are_for_explain)
{
    make(1, "a.tex", "y = w x");
    add(STEP_PROVED, find(0, "y", 0), find(0, "w x", 0))->reading =
        memory_strdup("y = w*x");
    ck_assert_str_eq(tell(true, false), "a.tex:1:5: true\n"
                                        "    1 | y = w x\n"
                                        "      |     ^~~\n"
                                        "      read as: y = w*x\n"
                                        "\n"
                                        "a.tex: 1 step: 1 true\n");
}
END_TEST

START_TEST(a_hint_names_the_place_alone)
{
    make_post(1);
    verification_hint(&verification);
    tell(false, false);
    check_holds("post.md:3:36: error: false");
    check_holds("^~~~~~~~~~~~");
    check_lacks("counterexample");
    check_lacks("in place of");
}
END_TEST

START_TEST(the_left_side_of_another_row_is_told)
{
    make_post(1);
    verification.steps[2].verdict = STEP_REFUTED;
    tell(false, false);
    check_holds("      left side: (y_2 - t_2)\n");
}
END_TEST

START_TEST(paths_and_further_repairs_have_lines)
{
    struct verified_step *step;

    make_post(1);
    step = &verification.steps[1];
    step->path = memory_strdup("w_1 → h_1 → E");
    step->repair_count = 3;
    step->repairs[1] = (struct repair){REPAIR_PRIME_LOST, step->right, memory_strdup(""),
                                       memory_strdup("f'(z)")};
    step->repairs[2] = (struct repair){REPAIR_OTHER, step->right,
                                       memory_strdup("x_1\n \x1b[2J"), memory_strdup("")};
    tell(false, false);
    check_holds("      dropped path: w_1 → h_1 → E\n");
    check_holds("      or: put in f'(z) (a lost f')");
    check_holds("      or: take away x_1 \\x1b[2J\n");
}
END_TEST

START_TEST(sides_without_values_and_rounded_ones)
{
    struct counterexample *counterexample;

    make_post(1);
    counterexample = verification.steps[1].counterexample;
    counterexample->is_left_rounded = true;
    memory_free(counterexample->right);
    memory_free(counterexample->difference);
    counterexample->right = counterexample->difference = NULL;
    tell(false, false);
    check_holds(": left ≈ 1, right without a value\n");
}
END_TEST

START_TEST(conventions_are_said_once)
{
    struct verified_document *document;

    make_post(1);
    document = &verification.documents[0];
    document->conventions = memory_zeroed(1, sizeof *document->conventions);
    document->conventions[0] = (struct convention){memory_strdup("\\frac{1}{2}"), 1, 2};
    document->convention_count = 1;
    tell(false, false);
    check_holds("post.md:3:4: note: Another convention for the error or the update: "
                "2 steps are true up to the factor \\frac{1}{2}.\n");
}
END_TEST

START_TEST(warnings_stand_before_steps)
{
    make_post(1);
    verification.documents[0].warning_count = 1;
    diag(&verification.documents[0].diags, DIAG_NOTE_HERE, "y_2", NULL);
    tell(false, false);
    ck_assert_int_eq(strncmp(out.data, "note: y_2 is declared here\n", 27), 0);
    check_holds("1 not read; 1 warning\n");
}
END_TEST

START_TEST(several_documents_are_summed_up)
{
    make_post(3);
    give_document(1, "empty.md", "");
    give_document(2, "bad\x1b.md", "\\def");
    verification.documents[2].is_read = false;
    tell(false, false);
    check_holds("\nempty.md: no steps\nbad\\x1b.md: not judged\n"
                "3 documents: 4 steps: 1 definition, 1 false, 1 carried forward, 1 not "
                "read; 1 document not judged\n");
}
END_TEST

START_TEST(colors_are_for_those_who_want_them)
{
    make_post(1);
    tell(false, false);
    check_lacks("\x1b");
    buf_truncate(&out, 0);
    tell(false, true);
    check_holds("\x1b[1;31merror: false: the two sides are not equal\x1b[0m\n");
}
END_TEST

START_TEST(nothing_reaches_the_terminal_raw)
{
    make(1, "a.tex", "y\x1b[2J =\t e\xCC\x81 \xE6\xBC\xA2 w\xE2\x80\xAE x");
    add(STEP_REFUTED, find(0, "y", 0), find(0, "w", 0));
    tell(false, false);
    check_lacks("\x1b");
    check_lacks("\xE2\x80\xAE");
    check_holds("    1 | y\xEF\xBF\xBD[2J =  e\xCC\x81 \xE6\xBC\xA2 w\xEF\xBF\xBD x\n"
                "      |               ^\n");
}
END_TEST

START_TEST(long_lines_are_cut_around_the_mistake)
{
    struct buf text;

    buf_init(&text);
    for (int i = 0; i < 100; i++)
        buf_text(&text, "a + ");
    buf_text(&text, "= wrong");
    for (int i = 0; i < 100; i++)
        buf_text(&text, " + b");
    make(1, "a.tex", buf_peek(&text));
    add(STEP_REFUTED, find(0, "a", 0), find(0, "wrong", 0));
    tell(false, false);
    check_holds("a.tex:1:403: error");
    check_holds("    1 | …+ a + a + a + a + a + a + a + a + a + = wrong + b");
    check_holds("\n      |                                          ^~~~~\n");
    buf_clear(&text);
}
END_TEST

static const char *write_json(void (*write)(struct json *, const struct verification *))
{
    struct json json;

    json_init(&json, &out);
    write(&json, &verification);
    json_clear(&json);
    return buf_peek(&out);
}

START_TEST(json_has_every_field)
{
    make_post(1);
    write_json(verify_json);
    check_holds("    {\n"
                "      \"file\": \"post.md\",\n"
                "      \"line\": 3,\n"
                "      \"column\": 4,\n"
                "      \"end_line\": 3,\n"
                "      \"end_column\": 48,\n"
                "      \"equation\": 2,\n"
                "      \"member\": 1,\n"
                "      \"left\": \"\\\\frac{\\\\delta y_2}{\\\\delta w_1}\",\n"
                "      \"right\": \"w_{21}^2 x_1\",\n"
                "      \"verdict\": \"refuted\",\n"
                "      \"carried_from\": null,\n"
                "      \"difference\": \"1\",\n"
                "      \"counterexample\": {\n"
                "        \"values\": {\n"
                "          \"w_{31}^{2}\": \"1\",\n"
                "          \"f(2)\": \"1/2\"\n"
                "        },\n"
                "        \"left\": \"1\",\n"
                "        \"right\": \"0\",\n"
                "        \"rounded\": false\n"
                "      },\n"
                "      \"repair\": [\n"
                "        {\n"
                "          \"before\": \"w_{21}^2\",\n"
                "          \"after\": \"w_{31}^2\",\n"
                "          \"line\": 3,\n"
                "          \"column\": 36,\n"
                "          \"end_line\": 3,\n"
                "          \"end_column\": 44,\n"
                "          \"kind\": \"index\"\n"
                "        }\n"
                "      ],\n"
                "      \"reason\": null,\n"
                "      \"condition\": null\n"
                "    },\n");
    check_holds("\"line\": 5,\n      \"column\": 6,\n");
    check_holds("\"carried_from\": 3,");
    check_holds("\"reason\": \"\\\\foo is not read in formulas\",");
    check_holds("\"refuted\": 1,\n    \"carried\": 1,\n    \"probable\": 0,");
}
END_TEST

START_TEST(json_says_which_documents_were_not_read)
{
    make_post(2);
    give_document(1, "bad.md", "\\def");
    verification.documents[1].is_read = false;
    diag_at(&verification.documents[1].diags, DIAG_FORMULA_COMMAND,
            source_place(&verification.documents[1].source, 0, 4), "\\def", NULL);
    write_json(verify_json);
    check_holds("\"file\": \"bad.md\",\n"
                "        \"read\": false,\n"
                "        \"steps\": 0,\n"
                "        \"diagnostics\": [\n"
                "          {\n"
                "            \"severity\": \"error\",\n"
                "            \"message\": \"\\\\def is not read in formulas\",\n"
                "            \"line\": 1,\n");
}
END_TEST

START_TEST(probable_steps_say_their_bound)
{
    make(1, "a.tex", "y = w x");
    add(STEP_PROBABLE, find(0, "y", 0), find(0, "w x", 0))->bound = 64;
    write_json(verify_json);
    check_holds("wrong with a probability below 2^-64\"");
}
END_TEST

START_TEST(sarif_has_results_places_and_fixes)
{
    make_post(1);
    verification.documents[0].source.name[0] = ' ';
    write_json(sarif);
    check_holds("\"version\": \"2.1.0\"");
    check_holds("\"ruleId\": \"refuted\",\n          \"ruleIndex\": 0,");
    check_holds("\"ruleId\": \"carried\",\n          \"ruleIndex\": 1,");
    check_holds("\"uri\": \"%20ost.md\"");
    check_holds("\"startLine\": 3,\n                  \"startColumn\": 36,");
    check_holds("\"insertedContent\": {\n                        \"text\": \"w_{31}^2\"");
    check_holds("\"relatedLocations\": [");
    check_lacks("\"definition\"");
}
END_TEST

START_TEST(junit_has_a_case_for_each_step)
{
    make_post(2);
    give_document(1, "bad.md", "\\def");
    verification.documents[1].is_read = false;
    diag(&verification.documents[1].diags, DIAG_NO_INDEX, "a < b & \"c\"", NULL);
    junit(&out, &verification);
    check_holds("<testsuites name=\"gradtex verify\" tests=\"5\" failures=\"2\" "
                "errors=\"1\" skipped=\"1\">\n"
                "  <testsuite name=\"post.md\" tests=\"4\" failures=\"2\" errors=\"0\" "
                "skipped=\"1\">\n");
    check_holds("name=\"line 1, 1.1: y_2 = h_1 w_{31}^2\"");
    check_holds("<failure message=\"false: the two sides are not equal\" "
                "type=\"refuted\">at w₃₁² = 1");
    check_holds("<failure message=\"error carried forward from line 3\"");
    check_holds("<skipped message=\"not read: \\foo is not read in formulas\"/>");
    check_holds(
        "<error type=\"document\">gradtex: error: a &lt; b &amp; &quot;c&quot;\n");
}
END_TEST

START_TEST(junit_holds_what_xml_forbids_at_bay)
{
    make(1, "<a&\".tex", "y\x01 = w\xEF\xBF\xBE x\xE2\x80\xAE");
    add(STEP_PROVED, find(0, "y\x01", 0), find(0, "w\xEF\xBF\xBE x\xE2\x80\xAE", 0));
    junit(&out, &verification);
    check_holds("name=\"line 1, 1.1: y\xEF\xBF\xBD = w\xEF\xBF\xBD x&#x202E;\"");
    check_holds("classname=\"&lt;a&amp;&quot;.tex\"");
    check_lacks("\x01");
    check_lacks("\xEF\xBF\xBE");
}
END_TEST

START_TEST(csv_has_a_row_for_each_document)
{
    make_post(2);
    give_document(1, "=cmd(\"a\",1)", "\\def");
    verification.documents[1].is_read = false;
    verify_csv(&out, &verification, false);
    ck_assert_str_eq(buf_peek(&out),
                     "file,steps,true,definitions,false,carried,undecided,not read,first "
                     "false line,verdict\r\n"
                     "post.md,4,0,1,1,1,0,1,3,false\r\n"
                     "\"'=cmd(\"\"a\"\",1)\",0,0,0,0,0,0,0,,not judged\r\n");
}
END_TEST

static TCase *text_tests(void)
{
    TCase *tcase = tcase_create("text");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, mistakes_are_shown_in_their_line);
    tcase_add_test(tcase, nothing_is_listed_where_all_is_true);
    tcase_add_test(tcase, conditions_are_always_said);
    tcase_add_test(tcase, readings_are_for_explain);
    tcase_add_test(tcase, a_hint_names_the_place_alone);
    tcase_add_test(tcase, the_left_side_of_another_row_is_told);
    tcase_add_test(tcase, paths_and_further_repairs_have_lines);
    tcase_add_test(tcase, sides_without_values_and_rounded_ones);
    tcase_add_test(tcase, conventions_are_said_once);
    tcase_add_test(tcase, warnings_stand_before_steps);
    tcase_add_test(tcase, several_documents_are_summed_up);
    tcase_add_test(tcase, colors_are_for_those_who_want_them);
    tcase_add_test(tcase, nothing_reaches_the_terminal_raw);
    tcase_add_test(tcase, long_lines_are_cut_around_the_mistake);
    return tcase;
}

static TCase *data_tests(void)
{
    TCase *tcase = tcase_create("data");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, json_has_every_field);
    tcase_add_test(tcase, json_says_which_documents_were_not_read);
    tcase_add_test(tcase, probable_steps_say_their_bound);
    tcase_add_test(tcase, sarif_has_results_places_and_fixes);
    tcase_add_test(tcase, junit_has_a_case_for_each_step);
    tcase_add_test(tcase, junit_holds_what_xml_forbids_at_bay);
    tcase_add_test(tcase, csv_has_a_row_for_each_document);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("verify report");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, text_tests());
    suite_add_tcase(suite, data_tests());
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
