#include "eval/path_sum.h"

#include "base/memory.h"
#include "eval/labels.h"
#include "eval/path_enclosed.h"

/* The edges that are still to be taken into a node of the path. */
struct step {
    size_t edge, end;
};

/* A walk over all paths, from the goal to the start, depth first. products[k] is that of
   the first k edges: what a path shares with the one before is not multiplied again. */
struct walk {
    const struct labels *labels;
    bool *is_single; /* by place: one path alone leads there from the start */
    mpz_t *tails;    /* by edge: the label, times that path's product if there is one */
    mpz_t *products;
    struct step *steps;
};

static struct step step_into(const struct labels *labels, size_t place)
{
    return (struct step){labels->ends[place - 1], labels->ends[place]};
}

/* A path's last edges, where there is no choice, are one factor, so that each path takes
   one multiplication of its own. */
static void find_tails(struct walk *walk)
{
    const struct labels *labels = walk->labels;
    walk->is_single[0] = true;
    for (size_t place = 1; place < labels->count; place++) {
        struct step step = step_into(labels, place);
        for (size_t i = step.edge; i < step.end; i++) {
            size_t source = labels->edges[i].place;
            mpz_set(walk->tails[i], mpq_numref(labels->edges[i].label));
            if (source > 0 && walk->is_single[source])
                mpz_mul(walk->tails[i], walk->tails[i],
                        walk->tails[step_into(labels, source).edge]);
        }
        walk->is_single[place] =
            step.end - step.edge == 1 && walk->is_single[labels->edges[step.edge].place];
    }
}

static void walk_init(struct walk *walk, const struct labels *labels)
{
    walk->labels = labels;
    walk->is_single = memory_zeroed(labels->count, sizeof *walk->is_single);
    walk->steps = memory_array(NULL, labels->count, sizeof *walk->steps);
    walk->products = memory_array(NULL, labels->count, sizeof(mpz_t));
    walk->tails = memory_array(NULL, labels->edge_count + 1, sizeof(mpz_t));
    for (size_t i = 0; i < labels->count; i++)
        mpz_init_set_ui(walk->products[i], 1);
    for (size_t i = 0; i < labels->edge_count; i++)
        mpz_init(walk->tails[i]);
    find_tails(walk);
}

static void walk_clear(struct walk *walk)
{
    for (size_t i = 0; i < walk->labels->count; i++)
        mpz_clear(walk->products[i]);
    for (size_t i = 0; i < walk->labels->edge_count; i++)
        mpz_clear(walk->tails[i]);
    memory_free(walk->is_single);
    memory_free(walk->steps);
    memory_free(walk->products);
    memory_free(walk->tails);
}

/* Adds the products of all paths to a goal that is not the start. */
static void add_paths(mpz_ptr sum, struct walk *walk)
{
    const struct labels *labels = walk->labels;
    size_t depth = 1;
    walk->steps[0] = step_into(labels, labels->count - 1);
    while (depth > 0) {
        struct step *step = &walk->steps[depth - 1];
        if (step->edge == step->end) {
            depth--;
            continue;
        }
        size_t edge = step->edge++, source = labels->edges[edge].place;
        if (walk->is_single[source]) {
            mpz_addmul(sum, walk->products[depth - 1], walk->tails[edge]);
            continue;
        }
        mpz_mul(walk->products[depth], walk->products[depth - 1], walk->tails[edge]);
        walk->steps[depth++] = step_into(labels, source);
    }
}

static void sum_paths(mpq_ptr sum, const struct labels *labels)
{
    struct walk walk;
    walk_init(&walk, labels);
    if (labels->count == 1)
        mpz_set_ui(mpq_numref(sum), 1);
    else
        add_paths(mpq_numref(sum), &walk);
    mpz_set(mpq_denref(sum), labels_denominator(labels));
    mpq_canonicalize(sum);
    walk_clear(&walk);
}

bool path_sum(void *sum, struct graph *graph, struct values *values, struct diags *diags)
{
    struct labels labels;
    mpq_t exact;
    mpq_init(exact);
    bool ok = labels_init(&labels, graph, values, diags);
    if (ok && labels.is_exact && labels.count > 0)
        sum_paths(exact, &labels);
    values->arith.set_rational(sum, exact);
    if (ok && !labels.is_exact)
        ok = path_sum_enclosed(sum, graph, values, diags);
    labels_clear(&labels);
    mpq_clear(exact);
    return ok;
}
