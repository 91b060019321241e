/* The time in which all single edits of a false line of 40 names are tried, beside its
   limit; exit status 1 if it is beyond. The shortest of seven runs. */
#include "verify/repair.h"
#include "../tests/unit/judge_lines.h"

#include <stdio.h>
#include <time.h>

enum { OUTPUTS = 8, RUNS = 7 };

static const double MS_LIMIT = 50;

static void write_network(struct buf *text, const char *function)
{
    for (int i = 1; i <= 2; i++)
        buf_format(text, "z_%d = w_{1%d}^1 x_1 + w_{2%d}^1 x_2\nh_%d = %s(z_%d)\n", i, i,
                   i, i, function, i);
    for (int k = 1; k <= OUTPUTS; k++)
        buf_format(text, "y_%d = h_1 w_{1%d}^2 + h_2 w_{2%d}^2\n", k, k, k);
    buf_text(text, "E = ");
    for (int k = 1; k <= OUTPUTS; k++)
        buf_format(text, "%s\\frac{1}{2}(y_%d - t_%d)^2", k > 1 ? " + " : "", k, k);
    buf_text(text, "\n");
}

/* dE/dw_11, written out: five names a term. */
static void write_line(struct buf *text, const char *function, const char *wrong)
{
    buf_text(text, "\\frac{\\partial E}{\\partial w_{11}^1} = ");
    for (int k = 1; k <= OUTPUTS; k++)
        buf_format(text, "%s(y_%d - t_%d) w_{1%d}^2 %s'(z_1) %s", k > 1 ? " + " : "", k,
                   k, k, function, k == 3 ? wrong : "x_1");
    buf_text(text, "\n");
}

static double measure(const char *text, size_t *repairs)
{
    double shortest = 1e9;
    for (int i = 0; i < RUNS; i++) {
        struct timespec begin, end;
        struct verified_step found = {.repair_count = 0};
        open_document(text);
        clock_gettime(CLOCK_MONOTONIC, &begin);
        repair_find(&section, section.end - 1, &found);
        clock_gettime(CLOCK_MONOTONIC, &end);
        double ms = (double)(end.tv_sec - begin.tv_sec) * 1e3 +
                    (double)(end.tv_nsec - begin.tv_nsec) / 1e6;
        shortest = ms < shortest ? ms : shortest;
        *repairs = found.repair_count;
        for (size_t k = 0; k < found.repair_count; k++) {
            memory_free(found.repairs[k].before);
            memory_free(found.repairs[k].after);
        }
        memory_free(found.path);
        close_document();
    }
    return shortest;
}

static bool row(const char *what, const char *function, const char *wrong, size_t wanted)
{
    struct buf text;
    size_t repairs;
    buf_init(&text);
    write_network(&text, function);
    write_line(&text, function, wrong);
    double ms = measure(buf_peek(&text), &repairs);
    bool beyond = ms > MS_LIMIT || repairs != wanted;
    printf("%-42s %8.1f %8.0f%s\n", what, ms, MS_LIMIT,
           beyond ? "  beyond its limit" : "");
    buf_clear(&text);
    return !beyond;
}

int main(void)
{
    bool good = row("repairs of 40 names, an index", "f", "x_2", 1);
    good &= row("repairs of 40 names, none", "f", "x_2^2 h_2", 0);
    good &= row("repairs of 40 names, \\sigma, an index", "\\sigma", "x_2", 1);
    good &= row("repairs of 40 names, \\sigma, none", "\\sigma", "x_2^2 h_2", 0);
    return good ? 0 : 1;
}
