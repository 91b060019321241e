/* A path sum that is wrong on purpose, for one symbol: crosscheck says so and answers 1.
 */
#define path_sum honest_path_sum
#include "eval/path_sum.c"
#undef path_sum

#include "base/buf.h"
#include "gradtex.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static int sums, spoilt;
static struct buf text;

bool path_sum(mpq_ptr sum, struct graph *graph, struct values *values,
              struct diags *diags)
{
    bool ok = honest_path_sum(sum, graph, values, diags);
    if (sums++ == spoilt)
        mpz_add_ui(mpq_numref(sum), mpq_numref(sum), 1);
    return ok;
}

static bool take(void *context, const char *bytes, size_t length)
{
    (void)context;
    buf_bytes(&text, bytes, length);
    return true;
}

/* The status of `crosscheck 2-2-1 w11^1 w12^1`, the path sum number `which` being wrong.
 */
static int status_of(int which, const char *format)
{
    const char *const names[] = {"w11^1", "w12^1"};
    const struct gtx_sink sink = {take, NULL, NULL};
    struct gtx_options *options = gtx_options_new();
    int status;
    sums = 0;
    spoilt = which;
    buf_truncate(&text, 0);
    ck_assert(gtx_options_set(options, "format", format));
    struct gtx_network *network = gtx_network_open("2-2-1", options, &sink, &status);
    ck_assert_ptr_nonnull(network);
    status = gtx_crosscheck(network, names, 2, options, &sink);
    gtx_network_free(network);
    gtx_options_free(options);
    return status;
}

static bool says(const char *part)
{
    return strstr(buf_peek(&text), part) != NULL;
}

START_TEST(a_wrong_path_sum_is_found)
{
    buf_init(&text);
    ck_assert_int_eq(status_of(-1, "text"), GTX_OK);
    ck_assert(says("equal") && !says("differ\n"));
    for (int which = 0; which < 2; which++) {
        ck_assert_int_eq(status_of(which, "text"), GTX_FALSE);
        ck_assert(says("equal") && says("differ\n"));
        ck_assert_int_eq(status_of(which, "json"), GTX_FALSE);
        ck_assert(says("\"equal\": true\n    }") && says("\"equal\": false\n    }"));
        ck_assert(says("],\n  \"equal\": false"));
    }
    buf_clear(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("broken_player");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, a_wrong_path_sum_is_found);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
