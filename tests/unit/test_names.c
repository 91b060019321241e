#include "base/memory.h"
#include "net/clash.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char *const templates[] = {
    "w_{<to><from>}^{<layer>}",
    "w_{<to>}^{<from>}",
    "w_{<edge>1}^{<layer>}",
    "w_{<edge>2}^{<layer>}",
    "w_{<edge>12}^{<layer>}",
    "w_{<edge>}^{1}",
    "w_{<edge-all>}^{2}",
    "w_{1<edge>}^{<layer>}",
    "w_{<to>}^{<layer>}",
    "w_{<layer><to>}^{3}",
    "w_{<to>2<from>}^{2}",
    "w_{2<to>}^{1<from>}",
    "w_{11}^{<to>}",
    "w_{<to><from>}^{2}",
};

/* As in a network, the second is of the same layer or of one behind, and its edges count
   on. */
static struct names_member random_member(size_t block, const struct names_member *before)
{
    int64_t fan_in = 1 + rand() % 12;
    int64_t layer = 1 + rand() % 3, edge_first = 1 + rand() % 120;

    if (block > 0) {
        layer = before->layer + rand() % 2;
        edge_first = before->edge_first + names_member_count(before);
    }
    return (struct names_member){.block = block,
                                 .to_first = rand() % 3,
                                 .to_count = 1 + rand() % 12,
                                 .fan_in = fan_in,
                                 .from_first = rand() % 2,
                                 .from_count = fan_in,
                                 .source_first = 1,
                                 .layer = layer,
                                 .edge_first = edge_first};
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Whether some name stands twice among all that the families write. */
static bool has_twice(const struct names *names)
{
    char **all = memory_array(NULL, 4 * 13 * 13, sizeof *all);
    size_t count = 0;
    bool twice = false;

    for (size_t i = 0; i < names->count; i++)
        for (size_t k = 0; k < names->families[i].count; k++) {
            const struct names_member *member = &names->families[i].members[k];
            for (int64_t n = 0; n < names_member_count(member); n++) {
                struct buf name;
                buf_init(&name);
                names_write_member(&names->families[i], member,
                                   names_member_place(member, n), &name);
                all[count++] = buf_take(&name);
            }
        }
    qsort(all, count, sizeof *all, compare);
    for (size_t i = 0; i < count; i++) {
        twice = twice || (i > 0 && strcmp(all[i - 1], all[i]) == 0);
        if (i > 0)
            memory_free(all[i - 1]);
    }
    memory_free(all[count - 1]);
    memory_free(all);
    return twice;
}

static bool is_readable(const struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (!template_is_readable(&names->families[i].template))
            return false;
    return true;
}

/* Without a clash every name is found where it was written. */
static void check_round(const struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        for (size_t k = 0; k < names->families[i].count; k++) {
            const struct names_member *member = &names->families[i].members[k];
            for (int64_t n = 0; n < names_member_count(member); n++) {
                int64_t place = names_member_place(member, n);
                struct slot slot;
                struct buf name;
                buf_init(&name);
                names_write_member(&names->families[i], member, place, &name);
                slot = names_find(names, buf_peek(&name), false);
                ck_assert_uint_eq(slot.block, member->block);
                ck_assert_int_eq(slot.place, place);
                buf_clear(&name);
            }
        }
}

START_TEST(clashes_agree_with_enumeration)
{
    enum { TEMPLATES = sizeof templates / sizeof *templates };
    unsigned seed = 20261123;
    int clashes = 0, rounds = 0;

    srand(seed);
    for (int trial = 0; trial < 4000; trial++) {
        struct names names;
        struct clash clash;
        struct names_member member;
        bool found;

        names_init(&names);
        for (size_t block = 0; block < 2; block++) {
            member = random_member(block, &member);
            names_add(&names, templates[rand() % TEMPLATES], &member);
        }
        names_seal(&names);
        if (is_readable(&names)) {
            buf_init(&clash.name);
            found = clash_find(&names, &clash);
            ck_assert_msg(found == has_twice(&names), "seed %u, trial %d: %s and %s: %s",
                          seed, trial, names.families[0].template.source,
                          names.families[names.count - 1].template.source,
                          buf_peek(&clash.name));
            if (found)
                ck_assert_uint_ne(names_find(&names, buf_peek(&clash.name), false).block,
                                  SIZE_MAX);
            else
                check_round(&names);
            clashes += found;
            rounds += !found;
            buf_clear(&clash.name);
        }
        names_clear(&names);
    }
    ck_assert_int_gt(clashes, 200);
    ck_assert_int_gt(rounds, 200);
}
END_TEST

START_TEST(shared_names_do_not_clash)
{
    struct names names;
    struct clash clash;
    struct names_member member = {.to_first = 1,
                                  .to_count = 3,
                                  .fan_in = 1,
                                  .from_count = 1,
                                  .layer = 1,
                                  .shared = true};

    names_init(&names);
    names_add(&names, "b_{<layer>}", &member);
    names_seal(&names);
    buf_init(&clash.name);
    ck_assert(!clash_find(&names, &clash));
    ck_assert_uint_eq(names_find(&names, "b_{1}", true).block, SIZE_MAX);
    ck_assert_uint_eq(names_find(&names, "b_{1}", false).block, 0);
    buf_clear(&clash.name);
    names_clear(&names);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("names");
    TCase *tests = tcase_create("names");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, clashes_agree_with_enumeration);
    tcase_add_test(tests, shared_names_do_not_clash);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
