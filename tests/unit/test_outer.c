#include "eval/outer.h"

#include <check.h>
#include <stdlib.h>

enum { COUNT = 40 };

/* Small numerators and denominators, so that nearly all of them share factors. */
static void fill(struct cleared *column, fmpq *values, unsigned seed)
{
    cleared_init(column, COUNT, 1);
    for (unsigned i = 0; i < COUNT; i++) {
        fmpq_set_si(values + i, (slong)(i * seed % 25) - 12, 1 + i * (seed + 2) % 12);
        fmpq_canonicalise(values + i);
    }
    cleared_set_all(column, values);
}

START_TEST(all_in_lowest_terms)
{
    struct cleared left, right;
    struct outer outer;
    fmpq lefts[COUNT], rights[COUNT];
    fmpq_t product, expected;
    for (int i = 0; i < COUNT; i++) {
        fmpq_init(lefts + i);
        fmpq_init(rights + i);
    }
    fmpq_init(product);
    fmpq_init(expected);
    fill(&left, lefts, 7);
    fill(&right, rights, 11);
    outer_init(&outer, &left, &right);
    for (int i = 0; i < COUNT; i++)
        for (int j = 0; j < COUNT; j++) {
            outer_get(&outer, i, j, product);
            fmpq_mul(expected, lefts + i, rights + j);
            ck_assert(fmpq_is_canonical(product));
            ck_assert(fmpq_equal(product, expected));
        }
    outer_clear(&outer);
    cleared_clear(&left);
    cleared_clear(&right);
    fmpq_clear(product);
    fmpq_clear(expected);
    for (int i = 0; i < COUNT; i++) {
        fmpq_clear(lefts + i);
        fmpq_clear(rights + i);
    }
    flint_cleanup();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("outer");
    TCase *tcase = tcase_create("outer");
    tcase_add_test(tcase, all_in_lowest_terms);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
