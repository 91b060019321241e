#include "base/arena.h"
#include "base/memory.h"

#include <check.h>
#include <flint/flint.h>
#include <flint/fmpz.h>
#include <gmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void leave_with_6(void)
{
    _Exit(6);
}

START_TEST(text_is_copied)
{
    char *copy = memory_strndup("gradient", 4);
    char *all = memory_strdup("");

    ck_assert_str_eq(copy, "grad");
    ck_assert_str_eq(all, "");
    memory_free(copy);
    memory_free(all);
}
END_TEST

START_TEST(arrays_grow_and_keep_their_elements)
{
    int *items = memory_array(NULL, 2, sizeof *items);

    items[1] = 7;
    items = memory_array(items, 1000, sizeof *items);
    ck_assert_int_eq(items[1], 7);
    memory_free(items);
}
END_TEST

START_TEST(an_overflowing_array_calls_the_handler)
{
    memory_set_handler(leave_with_6);
    memory_array(NULL, SIZE_MAX / 2, 4);
}
END_TEST

START_TEST(the_third_allocation_fails_when_told)
{
    memory_set_handler(leave_with_6);
    memory_fail_at(3);
    memory_free(memory_alloc(1));
    memory_free(memory_zeroed(1, 1));
    memory_alloc(1);
}
END_TEST

START_TEST(failures_are_off_by_default)
{
    memory_set_handler(leave_with_6);
    memory_fail_at(1);
    memory_fail_at(0);
    memory_free(memory_alloc(0));
}
END_TEST

START_TEST(gmp_allocates_here)
{
    mpz_t z;

    memory_install();
    memory_set_handler(leave_with_6);
    memory_fail_at(1);
    mpz_init2(z, 1000);
}
END_TEST

START_TEST(flint_allocates_here)
{
    memory_install();
    memory_set_handler(leave_with_6);
    memory_fail_at(1);
    flint_malloc(10);
}
END_TEST

START_TEST(arenas_hand_out_zeroed_aligned_storage)
{
    static const unsigned char zeros[20000];
    struct arena arena;

    arena_init(&arena);
    for (size_t size = 1; size < 20000; size += 97) {
        unsigned char *block = arena_alloc(&arena, size);

        ck_assert_uint_eq((uintptr_t)block % _Alignof(max_align_t), 0);
        ck_assert_mem_eq(block, zeros, size);
        memset(block, 0xFF, size);
    }
    ck_assert_str_eq(arena_strndup(&arena, "path", 3), "pat");
    arena_clear(&arena);
    ck_assert_ptr_null(arena.newest);
}
END_TEST

START_TEST(an_overflowing_arena_array_calls_the_handler)
{
    struct arena arena;

    arena_init(&arena);
    memory_set_handler(leave_with_6);
    arena_array(&arena, SIZE_MAX / 2, 16);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory");
    TCase *tcase = tcase_create("all");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, text_is_copied);
    tcase_add_test(tcase, arrays_grow_and_keep_their_elements);
    tcase_add_exit_test(tcase, an_overflowing_array_calls_the_handler, 6);
    tcase_add_exit_test(tcase, the_third_allocation_fails_when_told, 6);
    tcase_add_test(tcase, failures_are_off_by_default);
    tcase_add_exit_test(tcase, gmp_allocates_here, 6);
    tcase_add_exit_test(tcase, flint_allocates_here, 6);
    tcase_add_test(tcase, arenas_hand_out_zeroed_aligned_storage);
    tcase_add_exit_test(tcase, an_overflowing_arena_array_calls_the_handler, 6);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
