/* gradient: the gradients of layered networks at random rationals, ours beside what FLINT
   does without our help in the same run; the shortest of several runs, in milliseconds of
   CPU time. Exit status 1 if anything is beyond its limit.

   FLINT's way is fmpq_mat: products of matrices with columns, and the outer products
   entry by entry. */
#include "base/memory.h"
#include "eval/backprop.h"
#include "eval/backprop_ball.h"
#include "eval/path_sum.h"
#include "eval/values.h"
#include "net/spec.h"

#include <flint/fmpq_mat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS = 9, LAYERS = 8, BITS = 256 };

struct subject {
    struct source source;
    struct budget budget;
    struct diags diags;
    struct network *network;
    struct values values;
    const int *sizes;
    size_t count; /* of sizes, inputs included */
};

static bool failed;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void begin(struct subject *subject, const int *sizes, size_t count,
                  const char *activation)
{
    struct buf spec;
    uint64_t state = 1;
    buf_init(&spec);
    buf_format(&spec, "inputs x %d\n", sizes[0]);
    for (size_t i = 1; i < count; i++)
        buf_format(&spec, "layer %c %d %s\n", i + 1 < count ? 'h' : 'y', sizes[i],
                   activation);
    subject->sizes = sizes;
    subject->count = count;
    budget_init(&subject->budget);
    diags_init(&subject->diags);
    source_from_text(&subject->source, "bench", buf_peek(&spec), spec.length,
                     &subject->diags);
    subject->network =
        spec_read(&subject->source, NULL, &subject->budget, &subject->diags);
    buf_clear(&spec);
    values_init(&subject->values, subject->network, &subject->budget);
    values_draw(&subject->values, &state);
    if (getenv("SPREAD")) { srand(1); int d = atoi(getenv("SPREAD")); for (node_id n = 0; n < network_error(subject->network); n++) if (!network_is_defined(subject->network,n)) { mpq_set_si(subject->values.items+n, rand()%(2*d+1)-d, 1+rand()%d); mpq_canonicalize(subject->values.items+n);} }
}

static void end(struct subject *subject)
{
    values_clear(&subject->values);
    network_free(subject->network);
    source_clear(&subject->source);
    diags_clear(&subject->diags);
}

/* The passes alone: then every entry is one product away. */
static void run_passes(struct subject *subject)
{
    backprop_free(backprop_new(subject->network, subject->values.items, NULL));
}

static bool is_parameter(const struct network *network, node_id node)
{
    enum node_kind kind = network_kind(network, node);
    return kind == NODE_WEIGHT || kind == NODE_BIAS;
}

/* And every weight's gradient in lowest terms. */
static void run_all(struct subject *subject)
{
    struct network *network = subject->network;
    struct backprop *backprop = backprop_new(network, subject->values.items, NULL);
    mpq_t gradient;
    mpq_init(gradient);
    for (node_id node = 0; node < network_error(network); node++)
        if (is_parameter(network, node))
            backprop_gradient(backprop, node, gradient);
    mpq_clear(gradient);
    backprop_free(backprop);
}

static void run_balls(struct subject *subject)
{
    struct network *network = subject->network;
    struct backprop_ball *backprop =
        backprop_ball_new(network, subject->values.items, BITS);
    arb_t gradient;
    arb_init(gradient);
    for (node_id node = 0; node < network_error(network); node++)
        if (is_parameter(network, node))
            backprop_ball_gradient(backprop, node, gradient);
    arb_clear(gradient);
    backprop_ball_free(backprop);
}

static void run_paths(struct subject *subject)
{
    const struct layer *layer = network_layer(subject->network, 0);
    node_id weight = network_weight(subject->network, layer, 0, 0);
    struct graph *graph =
        graph_new(subject->network, weight, network_error(subject->network));
    mpq_t sum;
    mpq_init(sum);
    path_sum(sum, graph, &subject->values, &subject->diags);
    mpq_clear(sum);
    graph_free(graph);
}

/* FLINT's side: its own matrices, filled beforehand. */
static fmpq_mat_t weights[LAYERS], units[LAYERS], signals[LAYERS], gradients[LAYERS];
static fmpq_mat_t targets;

static void fill(fmpq_mat_t matrix, const struct subject *subject, node_id first)
{
    fmpq *entries = fmpq_mat_entry(matrix, 0, 0);
    slong count = fmpq_mat_nrows(matrix) * fmpq_mat_ncols(matrix);
    for (slong i = 0; i < count; i++)
        fmpq_set_mpq(entries + i, subject->values.items + first + i);
}

static void begin_flint(const struct subject *subject)
{
    const struct network *network = subject->network;
    size_t last = subject->count - 1;
    fmpq_mat_init(units[0], subject->sizes[0], 1);
    fill(units[0], subject, network_source(network_layer(network, 0), 0));
    for (size_t l = 1; l <= last; l++) {
        int rows = subject->sizes[l], columns = subject->sizes[l - 1];
        fmpq_mat_init(weights[l], rows, columns);
        fill(weights[l], subject,
             network_weight(network, network_layer(network, l - 1), 0, 0));
        fmpq_mat_init(units[l], rows, 1);
        fmpq_mat_init(signals[l], 1, rows);
        fmpq_mat_init(gradients[l], rows, columns);
    }
    fmpq_mat_init(targets, subject->sizes[last], 1);
    fill(targets, subject, network_target(network, 0));
}

static void end_flint(const struct subject *subject)
{
    fmpq_mat_clear(units[0]);
    for (size_t l = 1; l < subject->count; l++) {
        fmpq_mat_clear(weights[l]);
        fmpq_mat_clear(units[l]);
        fmpq_mat_clear(signals[l]);
        fmpq_mat_clear(gradients[l]);
    }
    fmpq_mat_clear(targets);
}

static void run_flint(struct subject *subject)
{
    size_t last = subject->count - 1;
    for (size_t l = 1; l <= last; l++)
        fmpq_mat_mul(units[l], weights[l], units[l - 1]);
    for (int k = 0; k < subject->sizes[last]; k++)
        fmpq_sub(fmpq_mat_entry(signals[last], 0, k), fmpq_mat_entry(units[last], k, 0),
                 fmpq_mat_entry(targets, k, 0));
    for (size_t l = last; l > 1; l--)
        fmpq_mat_mul(signals[l - 1], signals[l], weights[l]);
    for (size_t l = 1; l <= last; l++)
        for (int to = 0; to < subject->sizes[l]; to++)
            for (int from = 0; from < subject->sizes[l - 1]; from++)
                fmpq_mul(fmpq_mat_entry(gradients[l], to, from),
                         fmpq_mat_entry(signals[l], 0, to),
                         fmpq_mat_entry(units[l - 1], from, 0));
}

static double shortest(void (*run)(struct subject *subject), struct subject *subject)
{
    double best = -1;
    for (int i = 0; i < RUNS; i++) {
        double start = now();
        run(subject);
        double time = now() - start;
        if (best < 0 || time < best)
            best = time;
    }
    return best;
}

/* A limit of 0 is none. */
static void row(const char *what, double figure, double limit)
{
    bool beyond = limit > 0 && figure > limit;
    printf("%-42s %8.3f ", what, figure);
    if (limit > 0)
        printf("%8.3f", limit);
    printf("%s\n", beyond ? "  beyond its limit" : "");
    failed |= beyond;
}

/* Beside FLINT: all entries in lowest terms as fast as there; before they are, faster. */
static void compare(const char *name, const int *sizes, size_t count)
{
    struct subject subject;
    char what[80];
    begin(&subject, sizes, count, "");
    begin_flint(&subject);
    double flint = shortest(run_flint, &subject);
    double passes = shortest(run_passes, &subject), all = shortest(run_all, &subject);
    snprintf(what, sizeof what, "%s, FLINT's fmpq_mat, ms", name);
    row(what, flint, 0);
    snprintf(what, sizeof what, "%s, passes, ms", name);
    row(what, passes, flint / 4);
    snprintf(what, sizeof what, "%s, all in lowest terms, ms", name);
    row(what, all, flint);
    end_flint(&subject);
    end(&subject);
}

int main(void)
{
    static const int eight[] = {8, 8, 8, 8, 8, 8}, square[] = {64, 64, 64, 64},
                     short_digits[] = {128, 128, 10}, digits[] = {784, 64, 10};
    struct subject subject;
    memory_install();
    printf("%-42s %8s %8s\n", "exact gradients for all weights", "", "limit");
    compare("8-8-8-8-8-8", eight, 6);
    compare("64-64-64-64", square, 4);
    compare("128-128-10", short_digits, 3);
    compare("784-64-10", digits, 3);
    begin(&subject, digits, 3, "sigmoid");
    row("784-64-10 sigmoid, 256 bits, all, ms", shortest(run_balls, &subject), 10);
    end(&subject);
    begin(&subject, eight, 6, "");
    values_forward(&subject.values, &subject.diags);
    row("8-8-8-8-8-8, path sum, ns a path", shortest(run_paths, &subject) / 4096 * 1e6,
        100);
    end(&subject);
    return failed;
}
