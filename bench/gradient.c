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
#include <string.h>
#include <time.h>

enum { RUNS = 9, LAYERS = 8, BITS = 256 };

struct shape {
    const char *name;
    int sizes[LAYERS];
    size_t count; /* of sizes, inputs included */
    const char *activation;
};

struct subject {
    struct source source;
    struct budget budget;
    struct diags diags;
    struct network *network;
    struct values values;
    const int *sizes;
    size_t count; /* of sizes, inputs included */
    node_id *weights;
    size_t weight_count;
};

static bool failed;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void list_weights(struct subject *subject)
{
    node_id error = network_error(subject->network);
    subject->weights = memory_array(NULL, (size_t)error, sizeof *subject->weights);
    subject->weight_count = 0;
    for (node_id node = 0; node < error; node++)
        if (network_kind(subject->network, node) == NODE_WEIGHT)
            subject->weights[subject->weight_count++] = node;
}

/* Numerators and denominators from 1 to `most`, signs as they come. */
static void draw(struct subject *subject, unsigned most)
{
    uint64_t state = 1;
    for (node_id node = 0; node < network_count(subject->network); node++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        long numerator = (long)(state >> 33) % most + 1;
        mpq_set_si(subject->values.items + node, state >> 63 ? -numerator : numerator,
                   (unsigned long)(state >> 13) % most + 1);
        mpq_canonicalize(subject->values.items + node);
    }
}

static void begin(struct subject *subject, const struct shape *shape, unsigned most)
{
    const int *sizes = shape->sizes;
    size_t count = shape->count;
    struct buf spec;
    buf_init(&spec);
    buf_format(&spec, "inputs x %d\n", sizes[0]);
    for (size_t i = 1; i < count; i++)
        buf_format(&spec, "layer %c %d %s\n", i + 1 < count ? 'h' : 'y', sizes[i],
                   shape->activation);
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
    draw(subject, most);
    list_weights(subject);
}

static void end(struct subject *subject)
{
    memory_free(subject->weights);
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

/* And every weight's gradient in lowest terms. */
static void run_all(struct subject *subject)
{
    struct network *network = subject->network;
    struct backprop *backprop = backprop_new(network, subject->values.items, NULL);
    mpq_t gradient;
    mpq_init(gradient);
    for (size_t i = 0; i < subject->weight_count; i++)
        backprop_gradient(backprop, subject->weights[i], gradient);
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
    for (size_t i = 0; i < subject->weight_count; i++)
        backprop_ball_gradient(backprop, subject->weights[i], gradient);
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

/* FLINT's side: its own matrices, which take the values like ours. */
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
    size_t last = subject->count - 1;
    fmpq_mat_init(units[0], subject->sizes[0], 1);
    for (size_t l = 1; l <= last; l++) {
        int rows = subject->sizes[l], columns = subject->sizes[l - 1];
        fmpq_mat_init(weights[l], rows, columns);
        fmpq_mat_init(units[l], rows, 1);
        fmpq_mat_init(signals[l], 1, rows);
        fmpq_mat_init(gradients[l], rows, columns);
    }
    fmpq_mat_init(targets, subject->sizes[last], 1);
}

static void fill_all(const struct subject *subject)
{
    const struct network *network = subject->network;
    fill(units[0], subject, network_source(network_layer(network, 0), 0));
    for (size_t l = 1; l < subject->count; l++)
        fill(weights[l], subject,
             network_weight(network, network_layer(network, l - 1), 0, 0));
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
    fill_all(subject);
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

/* With all entries in lowest terms as fast as FLINT, but for numbers of a word: there, to
   find a node's entry costs as much as its product. The passes alone, after which every
   entry is one product away, are well below. */
static void compare(const struct shape *shape, unsigned most)
{
    struct subject subject;
    char what[80];
    begin(&subject, shape, most);
    begin_flint(&subject);
    double flint = shortest(run_flint, &subject);
    double passes = shortest(run_passes, &subject), all = shortest(run_all, &subject);
    snprintf(what, sizeof what, "%s to %u, fmpq_mat", shape->name, most);
    row(what, flint, 0);
    snprintf(what, sizeof what, "%s to %u, in lowest terms", shape->name, most);
    row(what, all, most < 100 ? 2 * flint : flint);
    snprintf(what, sizeof what, "%s to %u, passes alone", shape->name, most);
    row(what, passes, most < 100 ? flint : flint / 2);
    end_flint(&subject);
    end(&subject);
}

static const struct shape shapes[] = {
    {"8-8-8-8-8-8", {8, 8, 8, 8, 8, 8}, 6, ""},
    {"64-64-64-64", {64, 64, 64, 64}, 4, ""},
    {"128-128-10", {128, 128, 10}, 3, ""},
    {"784-64-10", {784, 64, 10}, 3, ""},
};
static const struct shape sigmoid = {"784-64-10", {784, 64, 10}, 3, "sigmoid"};

static void measure_balls(unsigned most)
{
    struct subject subject;
    char what[80];
    begin(&subject, &sigmoid, most);
    snprintf(what, sizeof what, "784-64-10 sigmoid to %u, 256 bits", most);
    row(what, shortest(run_balls, &subject), 10);
    end(&subject);
}

static void measure_paths(unsigned most)
{
    struct subject subject;
    char what[80];
    begin(&subject, &shapes[0], most);
    values_forward(&subject.values, &subject.diags);
    snprintf(what, sizeof what, "8-8-8-8-8-8 to %u, path sum, ns a path", most);
    row(what, shortest(run_paths, &subject) / 4096 * 1e6, 100);
    end(&subject);
}

int main(void)
{
    static const unsigned most[] = {4, 999};
    memory_install();
    printf("%-42s %8s %8s\n", "gradients for all weights, ms of CPU", "", "limit");
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        for (size_t k = 0; k < 2; k++)
            compare(&shapes[i], most[k]);
    for (size_t k = 0; k < 2; k++)
        measure_balls(most[k]);
    for (size_t k = 0; k < 2; k++)
        measure_paths(most[k]);
    return failed;
}
