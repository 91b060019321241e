#include "build_network.h"

#include "path/path.h"

#include <stdio.h>

static struct fixture f;

static void setup(void)
{
    fixture_init(&f);
}

static void teardown(void)
{
    fixture_clear(&f);
}

static int compare_paths(const node_id *a, const node_id *b)
{
    while (*a == *b)
        a++, b++;
    return *a < *b ? -1 : 1;
}

/* All paths in turn: as many as counted, strictly ascending, each by edges; rank and seek
   are inverse. */
static void check_paths(node_id from, node_id to)
{
    struct graph *graph = graph_new(f.network, from, to);
    struct path_iterator *iterator = path_iterator_new(graph);
    struct path_iterator *seeker = path_iterator_new(graph);
    node_id before[64];
    const struct path *path;
    unsigned long rank = 0;
    size_t kept;
    mpz_t found;

    mpz_init(found);
    while ((path = path_next(iterator, &kept)) != NULL) {
        const struct path *sought;

        ck_assert_uint_lt(path->length, 64);
        ck_assert_int_eq(path->nodes[0], to);
        ck_assert_int_eq(path->nodes[path->length - 1], from);
        for (size_t i = 0; i + 1 < path->length; i++)
            ck_assert(graph_has_edge(graph, path->nodes[i + 1], path->nodes[i]));
        if (rank > 0) {
            ck_assert_int_lt(compare_paths(before, path->nodes), 0);
            for (size_t i = 0; i < kept; i++)
                ck_assert_int_eq(before[i], path->nodes[i]);
            ck_assert_int_ne(before[kept], path->nodes[kept]);
        } else {
            ck_assert_uint_eq(kept, 0);
        }
        memcpy(before, path->nodes, path->length * sizeof *before);
        path_rank(graph, path, found);
        ck_assert(mpz_cmp_ui(found, rank) == 0);
        ck_assert(path_iterator_seek(seeker, found));
        sought = path_next(seeker, NULL);
        ck_assert_uint_eq(sought->length, path->length);
        ck_assert_mem_eq(sought->nodes, path->nodes, path->length * sizeof *path->nodes);
        rank++;
    }
    ck_assert(mpz_cmp_ui(graph_total(graph), rank) == 0);
    ck_assert(!path_iterator_seek(seeker, graph_total(graph)));
    ck_assert_ptr_null(path_next(seeker, NULL));
    mpz_set_si(found, -1);
    ck_assert(!path_iterator_seek(seeker, found));
    mpz_clear(found);
    path_iterator_free(iterator);
    path_iterator_free(seeker);
    graph_free(graph);
}

static void check_all_paths(void)
{
    for (node_id from = 0; from < network_count(f.network); from++)
        check_paths(from, network_error(f.network));
}

START_TEST(layers)
{
    layered(&f, (int64_t[]){2, 3, 2, 3, 2}, 5);
    f.plan->biases = true;
    declare(&f);
    finish(&f);
    check_all_paths();
    check_paths(node(&f, "w_{11}^{1}"), node(&f, "y_{2}"));
}
END_TEST

START_TEST(one_after_the_seek)
{
    struct graph *graph;
    struct path_iterator *iterator;
    const struct path *path;
    mpz_t rank;

    layered(&f, (int64_t[]){1, 3, 3, 3}, 4);
    declare(&f);
    finish(&f);
    graph = graph_new(f.network, node(&f, "x_{1}"), network_error(f.network));
    iterator = path_iterator_new(graph);
    mpz_init_set_ui(rank, 17);
    for (; mpz_cmp_ui(rank, 27) < 0; mpz_add_ui(rank, rank, 1)) {
        mpz_t found;
        mpz_init(found);
        if (mpz_cmp_ui(rank, 17) == 0)
            ck_assert(path_iterator_seek(iterator, rank));
        path = path_next(iterator, NULL);
        ck_assert_ptr_nonnull(path);
        path_rank(graph, path, found);
        ck_assert(mpz_cmp(found, rank) == 0);
        mpz_clear(found);
    }
    ck_assert_ptr_null(path_next(iterator, NULL));
    mpz_clear(rank);
    path_iterator_free(iterator);
    graph_free(graph);
}
END_TEST

START_TEST(gaps)
{
    static const char *const names[] = {"w_{12}^{2}", "w_{31}^{2}", "w_{23}^{3}",
                                        "w_{11}^{1}"};
    mpq_t zero;

    mpq_init(zero);
    layered(&f, (int64_t[]){2, 3, 3, 3, 2}, 5);
    declare(&f);
    ck_assert(network_order(f.network, &f.diags));
    for (int i = 0; i < 4; i++)
        network_fix(f.network, node(&f, names[i]), zero);
    ck_assert(network_finish(f.network, &f.diags));
    check_all_paths();
    mpq_clear(zero);
}
END_TEST

START_TEST(skips_and_ties)
{
    struct pool *pool = network_pool(f.network);
    struct plan_layer *layer;

    add_inputs(&f, "x", 2);
    add_layer(&f, "h", 2)->weights.text = "w_{<to><from>}";
    layer = add_layer(&f, "g", 2);
    layer->weights = (struct plan_template){.text = "w_{<from><to>}", .tied = true};
    plan_names_push(&layer->sources, "h", -1, fixture_span(&f));
    add_equation(&f, "r_{1}");
    add_equation(&f, "r_{2}");
    layer = add_layer(&f, "y", 2);
    plan_names_push(&layer->sources, "r", -1, fixture_span(&f));
    plan_names_push(&layer->sources, "x", -1, fixture_span(&f));
    plan_names_push(&f.plan->targets, "x", -1, fixture_span(&f));
    declare(&f);
    f.plan->equations[0].right =
        expr_add(pool, symbol(&f, "g_{1}"),
                 expr_multiply(pool, symbol(&f, "x_{1}"), symbol(&f, "h_{2}")));
    f.plan->equations[1].right = expr_add(pool, symbol(&f, "g_{2}"), symbol(&f, "r_{1}"));
    finish(&f);
    check_all_paths();
}
END_TEST

START_TEST(deep_networks_do_not_recurse)
{
    struct pool *pool = network_pool(f.network);
    enum { DEPTH = 30000 };
    struct graph *graph;
    struct path_iterator *iterator;
    char(*names)[16] = memory_array(NULL, DEPTH, sizeof *names);
    mpz_t rank;

    add_inputs(&f, "x", 1);
    for (int i = 0; i < DEPTH; i++) {
        snprintf(names[i], sizeof *names, "a_{%d}", i);
        add_equation(&f, names[i]);
        f.plan->equations[i].span = f.plan->equations[i].left_span = (struct span){9, 10};
    }
    f.plan->error.kind = ERROR_EQUATION;
    declare(&f);
    f.plan->equations[0].right = symbol(&f, "x_{1}");
    for (int i = 1; i < DEPTH; i++)
        f.plan->equations[i].right =
            expr_add(pool, symbol(&f, names[i - 1]), symbol(&f, "x_{1}"));
    ck_assert(network_order(f.network, &f.diags));
    f.plan->error.right = expr_power(pool, symbol(&f, names[DEPTH - 1]), 2);
    ck_assert(network_finish(f.network, &f.diags));
    graph = graph_new(f.network, node(&f, "x_{1}"), network_error(f.network));
    ck_assert_int_eq(mpz_get_si(graph_total(graph)), DEPTH);
    iterator = path_iterator_new(graph);
    mpz_init_set_ui(rank, DEPTH - 1);
    ck_assert(path_iterator_seek(iterator, rank));
    ck_assert_uint_eq(path_next(iterator, NULL)->length, DEPTH + 2);
    mpz_clear(rank);
    path_iterator_free(iterator);
    graph_free(graph);
    memory_free(names);
}
END_TEST

START_TEST(any_rank_of_a_huge_set)
{
    struct graph *graph;
    struct path_iterator *iterator;
    mpz_t rank, found;

    add_inputs(&f, "x", 1000);
    for (int i = 0; i < 10; i++)
        add_layer(&f, i < 9 ? "h" : "y", 1000);
    declare(&f);
    finish(&f);
    graph = graph_new(f.network, node(&f, "w_{1,1}^{1}"), network_error(f.network));
    iterator = path_iterator_new(graph);
    mpz_init_set_str(rank, "123456789012345678901234567", 10);
    mpz_init(found);
    ck_assert(path_iterator_seek(iterator, rank));
    path_rank(graph, path_next(iterator, NULL), found);
    ck_assert(mpz_cmp(rank, found) == 0);
    mpz_clear(rank);
    mpz_clear(found);
    path_iterator_free(iterator);
    graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("path");
    TCase *tests = tcase_create("path");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, layers);
    tcase_add_test(tests, one_after_the_seek);
    tcase_add_test(tests, gaps);
    tcase_add_test(tests, skips_and_ties);
    tcase_add_test(tests, deep_networks_do_not_recurse);
    tcase_add_test(tests, any_rank_of_a_huge_set);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
