#include "array/npy.h"
#include "base/number.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct buf file;
static struct diags diags;
static struct npy npy;

static void set_up(void)
{
    buf_init(&file);
    diags_init(&diags);
}

static void tear_down(void)
{
    diags_clear(&diags);
    buf_clear(&file);
}

static struct array_origin origin(void)
{
    return (struct array_origin){"x.npy", {NULL, {0, 0}}, &diags};
}

/* A file of version 1.0, the header padded with blanks as NumPy does. */
static void make_file(const char *header, const char *data, size_t length)
{
    size_t padded = (strlen(header) + 1 + 10 + 63) / 64 * 64 - 10;
    buf_truncate(&file, 0);
    buf_bytes(&file, "\x93NUMPY\x01\x00", 8);
    buf_char(&file, (char)(padded & 255));
    buf_char(&file, (char)(padded >> 8));
    buf_text(&file, header);
    while (file.length < padded + 9)
        buf_char(&file, ' ');
    buf_char(&file, '\n');
    buf_bytes(&file, data, length);
}

static bool open_file(void)
{
    struct array_origin from = origin();
    diags_clear(&diags);
    return npy_open(&npy, file.data, file.length, &from);
}

static bool open_header(const char *header, const char *data, size_t length)
{
    make_file(header, data, length);
    return open_file();
}

static void check_number(int64_t place, bool shortest, const char *expected)
{
    struct array_origin from = origin();
    struct buf text;
    mpq_t number;
    mpq_init(number);
    buf_init(&text);
    ck_assert(npy_number(&npy, place, shortest, number, &from));
    number_write(&text, number);
    ck_assert_str_eq(buf_peek(&text), expected);
    buf_clear(&text);
    mpq_clear(number);
}

/* What is said of the file, as it is printed. */
static void check_said(enum diag_code code, const char *text)
{
    struct buf said;
    buf_init(&said);
    diags_print(&diags, language_at(0), &said);
    ck_assert_uint_eq(diags.count, 1);
    ck_assert_msg(diags.items[0].code == code && strstr(buf_peek(&said), text), "%s",
                  buf_peek(&said));
    buf_clear(&said);
}

static void check_refused(const char *header, enum diag_code code, const char *text)
{
    ck_assert_msg(!open_header(header, "\0\0\0\0\0\0\0\0", 8), "%s", header);
    check_said(code, text);
}

START_TEST(all_types)
{
    static const struct {
        const char *type, *data, *number;
        size_t width;
    } rows[] = {
        {"|b1", "\x00", "0", 1},
        {"|b1", "\x01", "1", 1},
        {"|i1", "\x80", "-128", 1},
        {"|u1", "\xff", "255", 1},
        {"<i2", "\xfe\xff", "-2", 2},
        {">i2", "\xff\xfe", "-2", 2},
        {"<u2", "\x01\x02", "513", 2},
        {">u4", "\x00\x00\x01\x00", "256", 4},
        {"<i4", "\x00\x00\x00\x80", "-2147483648", 4},
        {"<i8", "\x00\x00\x00\x00\x00\x00\x00\x80", "-9223372036854775808", 8},
        {"<i8", "\xff\xff\xff\xff\xff\xff\xff\x7f", "9223372036854775807", 8},
        {">u8", "\xff\xff\xff\xff\xff\xff\xff\xff", "18446744073709551615", 8},
        {"<f2", "\x00\x38", "1/2", 2},
        {">f2", "\x38\x00", "1/2", 2},
        {"<f4", "\x00\x00\x20\xc0", "-5/2", 4},
        {">f4", "\xc0\x20\x00\x00", "-5/2", 4},
        {"<f8", "\x00\x00\x00\x00\x00\x00\xd0\x3f", "1/4", 8},
        {">f8", "\x3f\xd0\x00\x00\x00\x00\x00\x00", "1/4", 8},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf header;
        buf_init(&header);
        buf_format(&header, "{'descr': '%s', 'fortran_order': False, 'shape': (), }",
                   rows[i].type);
        ck_assert_msg(open_header(buf_peek(&header), rows[i].data, rows[i].width), "%s",
                      rows[i].type);
        ck_assert_int_eq(npy.count, 1);
        check_number(0, false, rows[i].number);
        buf_clear(&header);
    }
}
END_TEST

START_TEST(orders)
{
    static const char *const entries[] = {"0", "2", "4", "1", "3", "5"};
    ck_assert(open_header("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }",
                          "\0\1\2\3\4\5", 6));
    for (int64_t i = 0; i < 6; i++)
        check_number(i, false, entries[i]);
    ck_assert(open_header("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }",
                          "\0\1\2\3\4\5", 6));
    check_number(4, false, "4");
    ck_assert(open_header("{'descr':'|u1','fortran_order':True,'shape':(2,1,3)}",
                          "\0\1\2\3\4\5", 6));
    check_number(1, false, "2");
    check_number(3, false, "1");
}
END_TEST

START_TEST(headers_in_any_form)
{
    ck_assert(
        open_header("{\"shape\" : ( 2 , ) ,\t'fortran_order':False, 'descr':'<f4' }",
                    "\xcd\xcc\xcc\x3d\0\0\0\0", 8));
    check_number(0, false, "13421773/134217728");
    check_number(0, true, "1/10");
    check_number(1, true, "0");
    ck_assert(open_header("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 999), }",
                          "", 0));
    ck_assert_int_eq(npy.count, 0);
    make_file("{'descr': '<f8', 'fortran_order': False, 'shape': (), }",
              "\0\0\0\0\0\0\0\0", 8);
    file.data[6] = 2; /* its header's length has four bytes */
    ck_assert(!open_file());
    struct buf longer;
    buf_init(&longer);
    buf_bytes(&longer, file.data, 10);
    buf_bytes(&longer, "\0\0", 2);
    buf_bytes(&longer, file.data + 10, file.length - 10);
    for (char version = 2; version < 4; version++) {
        longer.data[6] = version;
        struct array_origin from = origin();
        diags_clear(&diags);
        ck_assert(npy_open(&npy, longer.data, longer.length, &from));
    }
    buf_clear(&longer);
}
END_TEST

START_TEST(headers_that_lie)
{
    check_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }",
                  DIAG_ARRAY_LENGTH, "shape (2,) take 16 bytes, but 8 follow");
    check_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (0,), }",
                  DIAG_ARRAY_LENGTH, "shape (0,) take 0 bytes, but 8 follow");
    check_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, "
                  "4294967296), }",
                  DIAG_ARRAY_OVERFLOW, "(4294967296, 4294967296)");
    check_refused("{'descr': '<f8', 'fortran_order': False, 'shape': "
                  "(999999999999999999, 1), }",
                  DIAG_ARRAY_LENGTH, "take 7999999999999999992 bytes");
    check_refused("{'descr': '<f8', 'fortran_order': False, 'shape': "
                  "(9999999999999999999, 1), }",
                  DIAG_ARRAY_HEADER, "a comma or )");
    check_refused("{'descr': '<f8', 'fortran_order': False, 'shape': "
                  "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)}",
                  DIAG_ARRAY_HEADER, "at most 32 sizes");
}
END_TEST

START_TEST(types_that_are_not_read)
{
    static const char *const types[] = {"<c16", "<f16", "<U4", "|S3", "<M8[s]", "=f8",
                                        "|f4",  "<f1",  "f8",  "<f3", "<b2",    ""};
    check_refused("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
                  DIAG_ARRAY_OBJECTS, "pickled");
    check_refused("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }",
                  DIAG_ARRAY_RECORDS, "records");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct buf header;
        buf_init(&header);
        buf_format(&header, "{'descr': '%s', 'fortran_order': False, 'shape': (1,), }",
                   types[i]);
        check_refused(buf_peek(&header), DIAG_ARRAY_TYPE, types[i]);
        buf_clear(&header);
    }
}
END_TEST

START_TEST(headers_that_are_wrong)
{
    static const struct {
        const char *header, *said;
    } rows[] = {
        {"", "{ is expected"},
        {"{", "a string is expected"},
        {"{}", "descr is expected"},
        {"{'descr': '<f8', 'shape': (1,)}", "fortran_order is expected"},
        {"{'descr': '<f8', 'descr': '<f8'}", "each once"},
        {"{'what': 1}", "each once"},
        {"{'descr' '<f8'}", "a colon"},
        {"{'descr: '<f8'}", "each once"},
        {"{'descr': '<f8}", "a string that ends"},
        {"{'descr': 8}", "a string"},
        {"{'fortran_order': 1}", "True or False"},
        {"{'shape': 3}", "( of a shape"},
        {"{'shape': (3)}", "comma after a single size"},
        {"{'shape': (,)}", "a size"},
        {"{'shape': (-1,)}", "a size"},
        {"{'shape': (1 2)}", "a comma or )"},
        {"{'shape': (1, 2", "a comma or )"},
        {"{'shape': (1,) 'descr': '<f8'}", "a comma or }"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } import os",
         "the end"},
        {"((((((((((", "{ is expected"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_refused(rows[i].header, DIAG_ARRAY_HEADER, rows[i].said);
}
END_TEST

START_TEST(every_file_that_is_cut)
{
    make_file("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
              "\0\0\0\0\0\0\0\0", 8);
    size_t whole = file.length;
    for (size_t length = 0; length < whole; length++) {
        struct array_origin from = origin();
        char *copy = malloc(length + !length);
        memcpy(copy, file.data, length);
        diags_clear(&diags);
        ck_assert(!npy_open(&npy, copy, length, &from));
        ck_assert_uint_eq(diags.count, 1);
        free(copy);
    }
    buf_char(&file, '\0');
    ck_assert(!open_file());
    check_said(DIAG_ARRAY_LENGTH, "but 9 follow");
}
END_TEST

START_TEST(other_versions)
{
    make_file("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
              "\0\0\0\0\0\0\0\0", 8);
    file.data[6] = 4;
    ck_assert(!open_file());
    check_said(DIAG_ARRAY_VERSION, "4.0");
    file.data[6] = 1;
    file.data[7] = 1;
    ck_assert(!open_file());
    check_said(DIAG_ARRAY_VERSION, "1.1");
}
END_TEST

START_TEST(what_is_not_finite)
{
    struct array_origin from = origin();
    mpq_t number;
    mpq_init(number);
    ck_assert(open_header("{'descr': '>f4', 'fortran_order': True, 'shape': (2, 2), }",
                          "\0\0\0\0\0\0\0\0\x7f\x80\0\0\x7f\xc0\0\0", 16));
    ck_assert(npy_number(&npy, 0, false, number, &from));
    ck_assert(!npy_number(&npy, 1, false, number, &from));
    check_said(DIAG_ARRAY_NOT_FINITE, "entry [0, 1], at byte 136, is infinite");
    diags_clear(&diags);
    ck_assert(!npy_number(&npy, 3, true, number, &from));
    check_said(DIAG_ARRAY_NOT_FINITE, "entry [1, 1], at byte 140, is NaN");
    mpq_clear(number);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("npy");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, all_types);
    tcase_add_test(tcase, orders);
    tcase_add_test(tcase, headers_in_any_form);
    tcase_add_test(tcase, headers_that_lie);
    tcase_add_test(tcase, types_that_are_not_read);
    tcase_add_test(tcase, headers_that_are_wrong);
    tcase_add_test(tcase, every_file_that_is_cut);
    tcase_add_test(tcase, other_versions);
    tcase_add_test(tcase, what_is_not_finite);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
