/* A batch: the network once a sample, with names that end in the sample's number. */
#include "net/parts.h"

#include "base/memory.h"

#include <inttypes.h>
#include <string.h>

size_t samples_of(const struct network *network)
{
    return network->plan.samples.count > 0 ? (size_t)network->plan.samples.count : 1;
}

const struct plan_layer *layer_plan(const struct network *network, size_t layer)
{
    return &network->plan.layers[layer / samples_of(network)];
}

int64_t layer_index(const struct network *network, size_t layer)
{
    return (int64_t)(layer / samples_of(network));
}

bool layer_is_first_sample(const struct network *network, size_t layer)
{
    return layer % samples_of(network) == 0;
}

/* Appends to the superscript, or makes one. */
static void add_superscript(const char *text, const char *sup, struct buf *out)
{
    size_t length = strlen(text);
    bool has_sup = strstr(text, "^{") != NULL;

    buf_bytes(out, text, has_sup ? length - 1 : length);
    buf_format(out, "%s%s}", has_sup ? "" : "^{", sup);
}

void sample_template(const struct network *network, const char *text, struct buf *out)
{
    if (network->plan.samples.count > 0)
        add_superscript(text, network->plan.samples.sup, out);
    else
        buf_text(out, text);
}

void sample_name(const struct network *network, const char *name, int64_t sample,
                 struct buf *out)
{
    struct buf number, sup;

    if (network->plan.samples.count == 0 || sample < 0) {
        buf_text(out, name);
        return;
    }
    buf_init(&number);
    buf_init(&sup);
    buf_format(&number, "%" PRId64, sample + 1);
    template_bind(network->plan.samples.sup, PLACE_SAMPLE, buf_peek(&number), &sup);
    add_superscript(name, buf_peek(&sup), out);
    buf_clear(&number);
    buf_clear(&sup);
}

/* By counting, so that pieces of one sample keep their order. */
void sample_sort(const struct network *network, struct pieces *pieces)
{
    size_t samples = samples_of(network);
    size_t *next = memory_zeroed(samples + 1, sizeof *next);
    struct piece *sorted = memory_array(NULL, pieces->count + 1, sizeof *sorted);

    for (size_t i = 0; i < pieces->count; i++) {
        int64_t sample = network->blocks[pieces->items[i].block].sample;
        next[sample < 0 ? 0 : (size_t)sample + 1]++;
    }
    next[1] += next[0];
    for (size_t s = 1; s < samples; s++)
        next[s + 1] += next[s];
    for (size_t i = pieces->count; i-- > 0;) {
        int64_t sample = network->blocks[pieces->items[i].block].sample;
        sorted[--next[sample < 0 ? 0 : (size_t)sample + 1]] = pieces->items[i];
    }
    if (pieces->count > 0)
        memcpy(pieces->items, sorted, pieces->count * sizeof *sorted);
    memory_free(next);
    memory_free(sorted);
}

void network_sample_name(const struct network *network, const char *name, int64_t sample,
                         struct buf *out)
{
    sample_name(network, name, sample, out);
}

void network_plain_name(const struct network *network, node_id node, int64_t sample,
                        struct buf *out)
{
    size_t begin = out->length, length, kept;
    struct buf ending;

    network_name(network, node, out);
    if (network->plan.samples.count == 0 || network_sample(network, node) != sample ||
        sample < 0)
        return;
    buf_init(&ending);
    sample_name(network, "", sample, &ending); /* `^{(2)}` */
    length = ending.length - 2;                /* without `^{` */
    kept = out->length - length;
    buf_clear(&ending);
    if (kept >= begin + 2 && memcmp(out->data + kept - 2, "^{", 2) == 0) {
        buf_truncate(out, kept - 2);
    } else {
        buf_truncate(out, kept);
        buf_char(out, '}');
    }
}

int64_t network_sample_count(const struct network *network)
{
    return network->plan.samples.count;
}

bool network_is_averaged(const struct network *network)
{
    return network->plan.samples.averaged;
}

int network_layer_number(const struct network *network, const struct layer *layer)
{
    return (int)(network->plan.shown.layers_from +
                 layer_index(network, (size_t)layer->number - 1));
}

int64_t network_sample(const struct network *network, node_id node)
{
    struct slot slot = slot_of_node(network, node);

    return network->plan.samples.count > 0 ? network->blocks[slot.block].sample : -1;
}
