#include "base/buf.h"
#include "base/diag.h"
#include "base/memory.h"
#include "base/out.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "out-test-XXXXXX";
static struct diags diags;

static void enter(void)
{
    diags_init(&diags);
    strcpy(folder, "out-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static int count_files(bool remove_them)
{
    DIR *directory = opendir(".");
    struct dirent *entry;
    int count = 0;

    while ((entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        if (remove_them)
            unlink(entry->d_name);
    }
    closedir(directory);
    return count;
}

static void leave(void)
{
    out_fail_at(0);
    diags_clear(&diags);
    count_files(true);
    if (chdir("..") == 0)
        rmdir(folder);
}

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    fputs(text, file);
    fclose(file);
}

static void check_file(const char *path, const char *expected)
{
    char text[100] = "";
    FILE *file = fopen(path, "r");

    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_str_eq(text, expected);
}

static bool write_file(const char *path, const char *text)
{
    struct out *out = out_to_file(path, &diags);

    if (out == NULL)
        return false;
    out_text(out, text);
    return out_close(out, &diags);
}

static mode_t mode_of(const char *path)
{
    struct stat status;

    ck_assert_int_eq(stat(path, &status), 0);
    return status.st_mode & 07777;
}

START_TEST(a_file_appears_whole)
{
    struct out *out = out_to_file("sheet.tex", &diags);

    ck_assert_ptr_nonnull(out);
    ck_assert(out_text(out, "first "));
    ck_assert_int_ne(access("sheet.tex", F_OK), 0);
    ck_assert(out_text(out, "second"));
    ck_assert(out_close(out, &diags));
    check_file("sheet.tex", "first second");
    ck_assert_int_eq(count_files(false), 1);
}
END_TEST

START_TEST(an_abandoned_file_leaves_nothing)
{
    struct out *out = out_to_file("sheet.tex", &diags);

    out_text(out, "half");
    out_abandon(out);
    ck_assert_int_eq(count_files(false), 0);
}
END_TEST

START_TEST(the_mode_is_the_umasks_or_the_old_one)
{
    umask(027);
    ck_assert(write_file("new", "x"));
    ck_assert_uint_eq(mode_of("new"), 0640);
    put_file("old", "x");
    chmod("old", 0604);
    ck_assert(write_file("old", "y"));
    ck_assert_uint_eq(mode_of("old"), 0604);
    check_file("old", "y");
}
END_TEST

START_TEST(a_link_keeps_pointing_where_it_did)
{
    struct stat status;

    put_file("real", "old");
    ck_assert_int_eq(symlink("real", "link"), 0);
    ck_assert_int_eq(symlink("missing", "dangling"), 0);
    ck_assert(write_file("link", "new"));
    check_file("real", "new");
    ck_assert(write_file("dangling", "made"));
    check_file("missing", "made");
    ck_assert_int_eq(lstat("link", &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    ck_assert_int_eq(lstat("dangling", &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
}
END_TEST

START_TEST(a_device_is_written_through)
{
    struct stat status;

    ck_assert(write_file("/dev/null", "x"));
    ck_assert_int_eq(stat("/dev/null", &status), 0);
    ck_assert(S_ISCHR(status.st_mode));
}
END_TEST

START_TEST(a_full_device_is_status_5)
{
    ck_assert(!write_file("/dev/full", "x"));
    ck_assert_int_eq(diags_status(&diags), STATUS_FILE);
}
END_TEST

START_TEST(a_fifo_is_written_through)
{
    char text[10] = "";
    int reader;

    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    reader = open("fifo", O_RDONLY | O_NONBLOCK);
    ck_assert(write_file("fifo", "through"));
    ck_assert_int_eq(read(reader, text, 9), 7);
    ck_assert_str_eq(text, "through");
    close(reader);
    ck_assert_int_eq(count_files(false), 1);
}
END_TEST

START_TEST(bad_targets_are_status_5)
{
    ck_assert(!write_file(".", "x"));
    ck_assert(!write_file("no/such/folder", "x"));
    ck_assert(!write_file("", "x"));
    ck_assert_uint_eq(diags.count, 3);
    ck_assert_int_eq(diags_status(&diags), STATUS_FILE);
}
END_TEST

START_TEST(every_failing_call_leaves_the_old_file)
{
    for (unsigned long k = 1; k <= 4; k++) {
        put_file("target", "old");
        out_fail_at(k);
        ck_assert_msg(!write_file("target", "new"), "call %lu", k);
        check_file("target", "old");
        ck_assert_int_eq(count_files(false), 1);
    }
    out_fail_at(5);
    ck_assert(write_file("target", "new"));
    check_file("target", "new");
}
END_TEST

START_TEST(temporaries_can_be_removed)
{
    struct out *out = out_to_file("target", &diags);

    ck_assert_int_eq(count_files(false), 1);
    out_remove_temporaries();
    ck_assert_int_eq(count_files(false), 0);
    out_abandon(out);
}
END_TEST

START_TEST(a_broken_pipe_is_quiet)
{
    int ends[2], saved = dup(STDOUT_FILENO);
    struct out *out;

    signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(pipe(ends), 0);
    dup2(ends[1], STDOUT_FILENO);
    close(ends[1]);
    close(ends[0]);
    out = out_to_stdout();
    for (int i = 0; i < 100000; i++)
        out_text(out, "many bytes ");
    dup2(saved, STDOUT_FILENO);
    ck_assert(out_is_broken_pipe(out));
    ck_assert(!out_text(out, "x"));
    ck_assert(out_close(out, &diags));
    ck_assert_uint_eq(diags.count, 0);
}
END_TEST

START_TEST(a_closed_standard_output_is_status_5)
{
    struct out *out;
    bool closed;
    int saved = dup(STDOUT_FILENO);

    close(STDOUT_FILENO);
    out = out_to_stdout();
    out_text(out, "x");
    closed = out_close(out, &diags);
    dup2(saved, STDOUT_FILENO);
    ck_assert(!closed);
    ck_assert_int_eq(diags_status(&diags), STATUS_FILE);
}
END_TEST

static bool collect(void *context, const char *bytes, size_t length)
{
    struct buf *buf = context;

    if (buf->length > 200000)
        return false;
    buf_bytes(buf, bytes, length);
    return true;
}

START_TEST(a_sink_gets_every_byte_until_it_refuses)
{
    struct buf buf;
    struct out *out;

    buf_init(&buf);
    out = out_to_sink(collect, &buf);
    ck_assert(out_text(out, "one "));
    ck_assert(out_text(out, "two"));
    ck_assert(out_close(out, &diags));
    ck_assert_str_eq(buf_peek(&buf), "one two");
    out = out_to_sink(collect, &buf);
    for (int i = 0; i < 100000; i++)
        out_text(out, "many bytes ");
    ck_assert(!out_close(out, &diags));
    ck_assert_uint_eq(diags.count, 0);
    buf_clear(&buf);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("out");
    TCase *tcase = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, enter, leave);
    tcase_add_test(tcase, a_file_appears_whole);
    tcase_add_test(tcase, an_abandoned_file_leaves_nothing);
    tcase_add_test(tcase, the_mode_is_the_umasks_or_the_old_one);
    tcase_add_test(tcase, a_link_keeps_pointing_where_it_did);
    tcase_add_test(tcase, a_device_is_written_through);
    tcase_add_test(tcase, a_full_device_is_status_5);
    tcase_add_test(tcase, a_fifo_is_written_through);
    tcase_add_test(tcase, bad_targets_are_status_5);
    tcase_add_test(tcase, every_failing_call_leaves_the_old_file);
    tcase_add_test(tcase, temporaries_can_be_removed);
    tcase_add_test(tcase, a_broken_pipe_is_quiet);
    tcase_add_test(tcase, a_closed_standard_output_is_status_5);
    tcase_add_test(tcase, a_sink_gets_every_byte_until_it_refuses);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
