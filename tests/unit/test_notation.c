#include "base/memory.h"
#include "net/notation.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const unsigned all = (1u << PLACE_COUNT) - 1;

static void make(struct template *template, const char *text)
{
    const char *error;

    ck_assert(template_init(template, text, strlen(text), all, &error));
}

/* The template writes the name, and reads exactly the same numbers back. */
static void check_round(const struct template *template,
                        const struct template_values *values, const char *name)
{
    struct template_values back = *values;
    struct buf out;

    memset(back.numbers, -1, sizeof back.numbers);
    buf_init(&out);
    template_write(template, values, &out);
    ck_assert_str_eq(buf_peek(&out), name);
    ck_assert(template_read(template, name, &back));
    for (int place = 0; place < PLACE_COUNT; place++)
        if (template_uses(template, place))
            ck_assert_int_eq(back.numbers[place],
                             place == PLACE_NAME || place == PLACE_SOURCE
                                 ? -1
                                 : values->numbers[place]);
    buf_clear(&out);
}

START_TEST(digits_split_without_commas)
{
    struct template template;
    struct template_values values = {
        .numbers = {[PLACE_TO] = 2, [PLACE_FROM] = 1, [PLACE_LAYER] = 3}};

    make(&template, "w_{<to><from>}^{<layer>}");
    check_round(&template, &values, "w_{21}^{3}");
    values.numbers[PLACE_LAYER] = 12;
    check_round(&template, &values, "w_{21}^{12}");
    ck_assert(!template_read(&template, "w_{211}^{3}", &values));
    ck_assert(!template_read(&template, "w_{2}^{3}", &values));
    ck_assert(!template_read(&template, "w_{2,1}^{3}", &values));
    template_clear(&template);
}
END_TEST

START_TEST(commas_part_numbers)
{
    struct template template;
    struct template_values values = {.numbers = {[PLACE_TO] = 12, [PLACE_FROM] = 1}};

    make(&template, "w_{<to><from>}");
    template.commas = true;
    check_round(&template, &values, "w_{12,1}");
    ck_assert(!template_read(&template, "w_{121}", &values));
    template_clear(&template);
}
END_TEST

START_TEST(running_number_before_a_digit)
{
    struct template template;
    struct template_values values = {.numbers = {[PLACE_EDGE] = 3, [PLACE_LAYER] = 2}};

    make(&template, "w_{<edge>1}^{<layer>}");
    check_round(&template, &values, "w_{31}^{2}");
    values.numbers[PLACE_EDGE] = 11;
    check_round(&template, &values, "w_{111}^{2}");
    ck_assert(!template_read(&template, "w_{1}^{2}", &values));
    ck_assert(!template_read(&template, "w_{012}^{2}", &values));
    ck_assert(!template_read(&template, "w_{011}^{2}", &values));
    template_clear(&template);
}
END_TEST

START_TEST(texts_are_matched)
{
    struct template template;
    struct template_values values = {
        .numbers = {[PLACE_TO] = 2, [PLACE_SOURCE_UNIT] = 3}};

    make(&template, "w_{<source><source-unit><to>}");
    values.texts[PLACE_SOURCE] = "x";
    check_round(&template, &values, "w_{x32}");
    ck_assert(!template_read(&template, "w_{h32}", &values));
    values.texts[PLACE_SOURCE] = NULL;
    ck_assert(!template_read(&template, "w_{x32}", &values));
    template_clear(&template);
}
END_TEST

START_TEST(huge_numbers_do_not_overflow)
{
    struct template template;
    struct template_values values = {0};

    make(&template, "w_{<edge-all>}");
    ck_assert(!template_read(&template, "w_{99999999999999999999999}", &values));
    ck_assert(template_read(&template, "w_{999999999999999999}", &values));
    ck_assert_int_eq(values.numbers[PLACE_EDGE_ALL], 999999999999999999);
    ck_assert(template_read(&template, "w_{0}", &values));
    template_clear(&template);
}
END_TEST

START_TEST(a_number_written_twice_must_agree)
{
    struct template template;
    struct template_values values = {0};

    make(&template, "a_{<layer>}^{<layer>}");
    ck_assert(template_read(&template, "a_{3}^{3}", &values));
    ck_assert(!template_read(&template, "a_{3}^{4}", &values));
    template_clear(&template);
}
END_TEST

START_TEST(bad_templates_are_refused)
{
    struct template template;
    const char *error;
    char many[3 * TEMPLATE_PIECES * 6 + 1] = "";

    ck_assert(!template_init(&template, "w_{<foo>}", 9, all, &error));
    ck_assert_ptr_nonnull(error);
    ck_assert(!template_init(&template, "w_{<to>}", 8, 1u << PLACE_LAYER, &error));
    ck_assert_ptr_nonnull(error);
    ck_assert(!template_init(&template, "w_{<to", 6, all, &error));
    for (int i = 0; i < 3 * TEMPLATE_PIECES; i++)
        strcat(many, "<to>");
    ck_assert(!template_init(&template, many, strlen(many), all, &error));
    ck_assert_ptr_nonnull(error);
    ck_assert_ptr_null(template.source);
}
END_TEST

START_TEST(digits_between_numbers_cannot_be_read)
{
    struct template template;

    make(&template, "w_{<to>0<from>}");
    ck_assert(template_is_readable(&template));
    template.commas = true;
    ck_assert(!template_is_readable(&template));
    template_clear(&template);
    make(&template, "w_{<edge>1}^{<layer>}");
    template.commas = true;
    ck_assert(template_is_readable(&template));
    ck_assert(!template_is_joined(&template, 1));
    template_clear(&template);
}
END_TEST

START_TEST(binding_puts_texts_in)
{
    struct buf out;

    buf_init(&out);
    template_bind("<name>_{<unit>}^{<layer>}", PLACE_NAME, "\\hat{y}", &out);
    ck_assert_str_eq(buf_peek(&out), "\\hat{y}_{<unit>}^{<layer>}");
    buf_clear(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("notation");
    TCase *tests = tcase_create("notation");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tests, digits_split_without_commas);
    tcase_add_test(tests, commas_part_numbers);
    tcase_add_test(tests, running_number_before_a_digit);
    tcase_add_test(tests, texts_are_matched);
    tcase_add_test(tests, huge_numbers_do_not_overflow);
    tcase_add_test(tests, a_number_written_twice_must_agree);
    tcase_add_test(tests, bad_templates_are_refused);
    tcase_add_test(tests, digits_between_numbers_cannot_be_read);
    tcase_add_test(tests, binding_puts_texts_in);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
