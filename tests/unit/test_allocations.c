/* In every command the k-th allocation fails, for many k: the program leaves with 6, an
   old file stays as it was, and no other is left. */
#include "base/memory.h"
#include "gradtex.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int command(struct gtx_network *network, const char *const *names, size_t count,
                    const struct gtx_options *options, const struct gtx_sink *sink);

static const char spec[] = "inputs x 2\nlayer h 2 tanh\nlayer y 2 softmax\nbiases\n"
                           "targets t\nerror J = cross-entropy + u\nparameters u\n";
static const char rational[] =
    "inputs x 2\nlayer h 2\nlayer y 2\nbiases\ntargets t\n"
    "error J = half-squares + u^2\nparameters u\n"
    "let x w b t = 1 2 3 4 5 6 7 8 9 1/2 1/3 1/4 1/5 1/6 7/8 1\n"
    "values u.npy\n";
static const char array[] = "\x93NUMPY\x01\x00\x38\x00{'descr': '<f4', 'fortran_order': "
                            "False, 'shape': (), }\n\xcd\xcc\xcc\x3d";

static char folder[] = "/tmp/gradtex-test-XXXXXX";

static void put_file(const char *name, const char *bytes, size_t length)
{
    FILE *file = fopen(name, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void set_up(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    put_file("spec.net", spec, strlen(spec));
    put_file("rational.net", rational, strlen(rational));
    put_file("u.npy", array, sizeof array - 1);
    put_file("out.txt", "old", 3);
}

static void tear_down(void)
{
    static const char *const names[] = {"spec.net", "rational.net", "u.npy", "out.txt"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(names[i]);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
}

static void leave(void)
{
    gtx_remove_temporaries();
    _exit(GTX_LIMIT);
}

static int run(command *run_command, const char *path, const char *const *names)
{
    const struct gtx_sink sink = {0};
    struct gtx_options *options = gtx_options_new();
    size_t count = 0;
    int status;
    if (!gtx_options_set(options, "output", "out.txt"))
        return GTX_USAGE;
    struct gtx_network *network = gtx_network_open(path, options, &sink, &status);
    while (names[count])
        count++;
    if (network)
        status = run_command(network, names, count, options, &sink);
    gtx_network_free(network);
    gtx_options_free(options);
    return status;
}

/* The status of a child whose k-th allocation fails; 0: none does. */
static int run_child(command *run_command, const char *path, const char *const *names,
                     unsigned long k)
{
    pid_t child = fork();
    int status;
    if (child == 0) {
        gtx_install_memory(leave);
        memory_fail_at(k);
        _exit(run(run_command, path, names));
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFEXITED(status), "allocation %lu ends with signal %d", k,
                  WTERMSIG(status));
    return WEXITSTATUS(status);
}

static void check_folder(unsigned long k)
{
    char text[8] = "";
    FILE *file = fopen("out.txt", "r");
    DIR *entries = opendir(".");
    int count = 0;
    ck_assert_ptr_nonnull(file);
    ck_assert(fgets(text, sizeof text, file) != NULL);
    fclose(file);
    ck_assert_msg(strcmp(text, "old") == 0, "allocation %lu", k);
    while (readdir(entries))
        count++;
    closedir(entries);
    ck_assert_msg(count == 2 + 4, "allocation %lu leaves a file", k);
}

/* All of the first ones, then ever fewer. */
static void fail_every(command *run_command, const char *path, const char *const *names)
{
    unsigned long k = 1;
    int status;
    while ((status = run_child(run_command, path, names, k)) == GTX_LIMIT) {
        check_folder(k);
        k += 1 + k / 100;
    }
    ck_assert_msg(status == GTX_OK, "%s: status %d at allocation %lu", path, status, k);
    ck_assert_uint_gt(k, 50);
}

static const char *const nothing[] = {NULL};
static const char *const weight[] = {"w11^1", NULL};

START_TEST(derive)
{
    fail_every(gtx_derive, "spec.net", weight);
}
END_TEST

START_TEST(derive_general)
{
    fail_every(gtx_derive, "rational.net", nothing);
}
END_TEST

START_TEST(paths)
{
    fail_every(gtx_paths, "spec.net", weight);
}
END_TEST

START_TEST(crosscheck)
{
    fail_every(gtx_crosscheck, "rational.net", nothing);
}
END_TEST

START_TEST(crosscheck_enclosed)
{
    fail_every(gtx_crosscheck, "spec.net", weight);
}
END_TEST

START_TEST(evaluate)
{
    fail_every(gtx_evaluate, "rational.net", nothing);
}
END_TEST

START_TEST(show)
{
    fail_every(gtx_show, "spec.net", nothing);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("allocations");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, derive);
    tcase_add_test(tcase, derive_general);
    tcase_add_test(tcase, paths);
    tcase_add_test(tcase, crosscheck);
    tcase_add_test(tcase, crosscheck_enclosed);
    tcase_add_test(tcase, evaluate);
    tcase_add_test(tcase, show);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
