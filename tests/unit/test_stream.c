#include "build_network.h"

#include "stream/stream.h"

static struct fixture f;

static void setup(void)
{
    fixture_init(&f);
}

static void teardown(void)
{
    fixture_clear(&f);
}

static void write_canonical(void *context, node_id n, struct buf *out)
{
    (void)context;
    network_name(f.network, n, out);
}

static void write_name(void *context, node_id n, struct buf *out)
{
    struct buf name;

    (void)context;
    buf_init(&name);
    network_name(f.network, n, &name);
    name_plain(out, buf_peek(&name));
    buf_clear(&name);
}

/* Symbols by name, 1 as nothing, the rest as [source target]. */
static void write_label(void *context, node_id source, node_id target, struct buf *out)
{
    struct graph *graph = context;
    struct pool *pool = network_pool(f.network);
    expr_id label = graph_label(graph, source, target);

    if (expr_kind(pool, label) == EXPR_SYMBOL)
        name_plain(out, expr_peek_name(pool, label));
    else if (!expr_is_integer(pool, label, 1)) {
        buf_char(out, '[');
        write_name(NULL, source, out);
        buf_char(out, ' ');
        write_name(NULL, target, out);
        buf_char(out, ']');
    }
}

static bool collect(void *context, const char *bytes, size_t length)
{
    buf_bytes(context, bytes, length);
    return true;
}

static void stream_to(struct buf *text, enum stream_form form, const char *from,
                      long skip, long limit)
{
    struct graph *graph = graph_new(f.network, node(&f, from), network_error(f.network));
    struct out *out = out_to_sink(collect, text);
    struct stream stream = {.form = form, .texts = {graph, write_name, write_label}};
    mpz_t first, most;

    mpz_init_set_si(first, skip);
    mpz_init_set_si(most, limit);
    stream.skip = skip > 0 ? first : NULL;
    stream.limit = limit >= 0 ? most : NULL;
    ck_assert(stream_paths(&stream, graph, out));
    ck_assert(out_close(out, &f.diags));
    mpz_clear(first);
    mpz_clear(most);
    graph_free(graph);
}

static void check_stream(enum stream_form form, const char *from, const char *wanted)
{
    struct buf text;

    buf_init(&text);
    stream_to(&text, form, from, 0, -1);
    ck_assert_str_eq(buf_peek(&text), wanted);
    buf_clear(&text);
}

START_TEST(forms)
{
    layered(&f, (int64_t[]){2, 2, 2}, 3);
    declare(&f);
    finish(&f);
    check_stream(STREAM_TEXT, "w_{21}^{1}",
                 "w_21^1 → h_2 → y_1 → E   [y_1 E] w_12^2 x_1\n"
                 "w_21^1 → h_2 → y_2 → E   [y_2 E] w_22^2 x_1\n");
    check_stream(STREAM_LATEX, "w_{21}^{1}",
                 "w_21^1 \\to h_2 \\to y_1 \\to E \\quad [y_1 E] w_12^2 x_1\n"
                 "w_21^1 \\to h_2 \\to y_2 \\to E \\quad [y_2 E] w_22^2 x_1\n");
    check_stream(STREAM_JSON, "w_{21}^{1}",
                 "{\"nodes\":[\"w_21^1\",\"h_2\",\"y_1\",\"E\"],\"labels\":[\"[y_1 "
                 "E]\",\"w_12^2\",\"x_1\"]}\n"
                 "{\"nodes\":[\"w_21^1\",\"h_2\",\"y_2\",\"E\"],\"labels\":[\"[y_2 "
                 "E]\",\"w_22^2\",\"x_1\"]}\n");
    check_stream(STREAM_SUM, "w_{21}^{1}",
                 "[y_1 E] w_12^2 x_1\n"
                 "+ [y_2 E] w_22^2 x_1\n");
}
END_TEST

START_TEST(the_goal_itself)
{
    layered(&f, (int64_t[]){1, 1}, 2);
    declare(&f);
    finish(&f);
    check_stream(STREAM_TEXT, "E", "E   1\n");
    check_stream(STREAM_JSON, "E", "{\"nodes\":[\"E\"],\"labels\":[]}\n");
    check_stream(STREAM_SUM, "E", "1\n");
}
END_TEST

/* u leads to E by labels that are 1 alone, v by none at all. */
START_TEST(labels_that_are_one)
{
    struct pool *pool = network_pool(f.network);

    plan_names_push(&f.plan->parameters, "u", -1, fixture_span(&f));
    plan_names_push(&f.plan->parameters, "v", -1, fixture_span(&f));
    add_equation(&f, "a");
    f.plan->error.kind = ERROR_EQUATION;
    declare(&f);
    f.plan->equations[0].right = expr_add(pool, symbol(&f, "u"), expr_integer(pool, 1));
    ck_assert(network_order(f.network, &f.diags));
    f.plan->error.right = expr_add(pool, symbol(&f, "a"), symbol(&f, "u"));
    ck_assert(network_finish(f.network, &f.diags));
    check_stream(STREAM_TEXT, "u", "u → E   1\nu → a → E   1\n");
    check_stream(STREAM_SUM, "u", "1\n+ 1\n");
    check_stream(STREAM_JSON, "u",
                 "{\"nodes\":[\"u\",\"E\"],\"labels\":[\"1\"]}\n"
                 "{\"nodes\":[\"u\",\"a\",\"E\"],\"labels\":[\"1\",\"1\"]}\n");
    check_stream(STREAM_SUM, "v", "0\n");
    check_stream(STREAM_TEXT, "v", "");
}
END_TEST

/* Every window of the lines is the same as cut out of the whole, first signs of sums
   apart. */
static void check_windows(const char *from)
{
    struct buf whole;
    const char *at;
    long lines = 0;

    buf_init(&whole);
    stream_to(&whole, STREAM_TEXT, from, 0, -1);
    for (at = buf_peek(&whole); *at != '\0'; at = strchr(at, '\n') + 1, lines++) {
        struct buf rest;
        buf_init(&rest);
        stream_to(&rest, STREAM_TEXT, from, lines, 3);
        ck_assert_msg(strncmp(at, buf_peek(&rest), rest.length) == 0, "line %ld", lines);
        ck_assert_uint_gt(rest.length, 0);
        buf_clear(&rest);
    }
    buf_clear(&whole);
    buf_init(&whole);
    stream_to(&whole, STREAM_TEXT, from, lines, -1);
    ck_assert_uint_eq(whole.length, 0);
    stream_to(&whole, STREAM_TEXT, from, 0, 0);
    ck_assert_uint_eq(whole.length, 0);
    buf_clear(&whole);
}

START_TEST(windows)
{
    layered(&f, (int64_t[]){1, 5, 5, 5, 4}, 5);
    declare(&f);
    finish(&f);
    check_windows("w_{21}^{1}");
    check_windows("x_{1}");
}
END_TEST

/* More labels than are kept at a time: the texts are forgotten on the way. */
START_TEST(many_lines)
{
    struct buf text;
    size_t lines = 0;

    layered(&f, (int64_t[]){1, 300, 300, 1}, 4);
    declare(&f);
    finish(&f);
    buf_init(&text);
    stream_to(&text, STREAM_SUM, "x_{1}", 0, -1);
    for (size_t i = 0; i < text.length; i++)
        lines += text.data[i] == '\n';
    ck_assert_uint_eq(lines, 300 * 300);
    ck_assert_ptr_nonnull(
        strstr(buf_peek(&text), "\n+ [y_1 E] w_1,300^3 w_300,299^2 w_299,1^1\n"));
    buf_clear(&text);
}
END_TEST

static bool refuse(void *context, const char *bytes, size_t length)
{
    (void)bytes;
    (void)length;
    ++*(int *)context;
    return false;
}

START_TEST(a_sink_that_refuses_stops_it)
{
    struct graph *graph;
    struct stream stream;
    struct out *out;
    int calls = 0;

    add_inputs(&f, "x", 8);
    for (int i = 0; i < 30; i++)
        add_layer(&f, i < 29 ? "h" : "y", 8);
    declare(&f);
    finish(&f);
    graph = graph_new(f.network, node(&f, "x_{1}"), network_error(f.network));
    stream =
        (struct stream){.form = STREAM_SUM, .texts = {graph, write_name, write_label}};
    out = out_to_sink(refuse, &calls);
    ck_assert(!stream_paths(&stream, graph, out));
    ck_assert_int_le(calls, 2);
    out_abandon(out);
    graph_free(graph);
}
END_TEST

START_TEST(json_strings_are_escaped)
{
    struct stream stream = {.form = STREAM_JSON};
    struct graph *graph;
    struct out *out;
    struct buf text;

    add_inputs(&f, "\\xi", -1);
    add_layer(&f, "y", -1);
    set_weights(&f, "w");
    declare(&f);
    finish(&f);
    buf_init(&text);
    graph = graph_new(f.network, node(&f, "\\xi"), network_error(f.network));
    out = out_to_sink(collect, &text);
    stream.texts = (struct stream_texts){graph, write_canonical, write_label};
    ck_assert(stream_paths(&stream, graph, out));
    ck_assert(out_close(out, &f.diags));
    ck_assert_str_eq(buf_peek(&text), "{\"nodes\":[\"\\\\xi\",\"y\",\"E\"],"
                                      "\"labels\":[\"[y E]\",\"w\"]}\n");
    buf_clear(&text);
    graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stream");
    TCase *tests = tcase_create("stream");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, forms);
    tcase_add_test(tests, the_goal_itself);
    tcase_add_test(tests, labels_that_are_one);
    tcase_add_test(tests, windows);
    tcase_add_test(tests, many_lines);
    tcase_add_test(tests, a_sink_that_refuses_stops_it);
    tcase_add_test(tests, json_strings_are_escaped);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
