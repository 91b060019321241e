#include "data/crosscheck_json.h"

#include "data/number_json.h"

static void put_name(struct json *json, const struct network *network, node_id node,
                     void (*put)(struct json *json, const char *text))
{
    struct buf name;
    buf_init(&name);
    network_name(network, node, &name);
    put(json, buf_peek(&name));
    buf_clear(&name);
}

static void put_boolean(struct json *json, const char *key, bool value)
{
    json_key(json, key);
    json_boolean(json, value);
}

/* The values of all leaves, fixed ones too. */
static void put_values(struct json *json, const struct values *values)
{
    json_key(json, "values");
    json_object(json);
    for (node_id node = 0; node < values->count; node++) {
        if (network_is_defined(values->network, node))
            continue;
        put_name(json, values->network, node, json_key);
        json_rational(json, values_peek(values, node));
    }
    json_end(json);
}

static const char *verdict_word(enum crosscheck_verdict verdict)
{
    static const char *const words[] = {[CROSSCHECK_EQUAL] = "equal",
                                        [CROSSCHECK_AGREE] = "agree",
                                        [CROSSCHECK_UNDECIDED] = "undecided",
                                        [CROSSCHECK_DIFFER] = "differ"};
    return words[verdict];
}

static void put_other(struct json *json, const struct crosscheck *crosscheck,
                      const struct crosscheck_row *row, size_t method)
{
    struct enclosure difference;
    enclosure_init(&difference);
    crosscheck_difference(&difference, row, method);
    json_object(json);
    json_key(json, "method");
    json_text(json, crosscheck_method_name(crosscheck->methods[method]));
    json_key(json, "value");
    number_json(json, &row->others[method]);
    json_key(json, "difference");
    number_json(json, &difference);
    json_end(json);
    enclosure_clear(&difference);
}

static void put_row(struct json *json, const struct crosscheck *crosscheck,
                    const struct crosscheck_row *row)
{
    json_object(json);
    json_key(json, "name");
    put_name(json, crosscheck->network, row->node, json_text);
    json_key(json, "paths");
    json_count(json, row->path_count);
    json_key(json, "path_sum");
    number_json(json, &row->path_sum);
    json_key(json, "others");
    json_array(json);
    for (size_t i = 0; i < crosscheck->method_count; i++)
        put_other(json, crosscheck, row, i);
    json_end(json);
    json_key(json, "verdict");
    json_text(json, verdict_word(row->verdict));
    json_end(json);
}

static void put_head(struct json *json, const struct crosscheck *crosscheck)
{
    json_key(json, "of");
    put_name(json, crosscheck->network, crosscheck->goal, json_text);
    json_key(json, "methods");
    json_array(json);
    for (size_t i = 0; i < crosscheck->method_count; i++)
        json_text(json, crosscheck_method_name(crosscheck->methods[i]));
    json_end(json);
    json_key(json, "random");
    if (crosscheck->is_random) {
        mpz_t seed;
        mpz_init_set_ui(seed, crosscheck->seed);
        json_count(json, seed);
        mpz_clear(seed);
    } else {
        json_null(json);
    }
    json_key(json, "bits");
    if (crosscheck->is_exact)
        json_null(json);
    else
        json_integer(json, crosscheck->bits);
    put_boolean(json, "shared", crosscheck->is_shared);
}

void crosscheck_json(struct json *json, const struct crosscheck *crosscheck)
{
    json_object(json);
    put_head(json, crosscheck);
    put_values(json, &crosscheck->values);
    json_key(json, "derivatives");
    json_array(json);
    for (size_t i = 0; i < crosscheck->count; i++)
        put_row(json, crosscheck, &crosscheck->rows[i]);
    json_end(json);
    json_key(json, "verdict");
    json_text(json, verdict_word(crosscheck_worst(crosscheck)));
    json_end(json);
}
