#include "data/crosscheck_json.h"

static void put_name(struct json *json, const struct network *network, node_id node,
                     void (*put)(struct json *json, const char *text))
{
    struct buf name;
    buf_init(&name);
    network_name(network, node, &name);
    put(json, buf_peek(&name));
    buf_clear(&name);
}

static void put_rational(struct json *json, const char *key, mpq_srcptr value)
{
    json_key(json, key);
    json_rational(json, value);
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

static void put_row(struct json *json, const struct network *network,
                    const struct crosscheck_row *row)
{
    json_object(json);
    json_key(json, "name");
    put_name(json, network, row->node, json_text);
    json_key(json, "paths");
    json_count(json, row->path_count);
    put_rational(json, "path_sum", row->path_sum);
    put_rational(json, "other", row->other);
    put_rational(json, "difference", row->difference);
    put_boolean(json, "equal", row->is_equal);
    json_end(json);
}

void crosscheck_json(struct json *json, const struct crosscheck *crosscheck)
{
    json_object(json);
    json_key(json, "of");
    put_name(json, crosscheck->network, crosscheck->goal, json_text);
    json_key(json, "method");
    json_text(json, crosscheck->method == CROSSCHECK_BACKPROP ? "backprop" : "sweep");
    json_key(json, "random");
    if (crosscheck->is_random) {
        mpz_t seed;
        mpz_init_set_ui(seed, crosscheck->seed);
        json_count(json, seed);
        mpz_clear(seed);
    } else {
        json_null(json);
    }
    put_values(json, &crosscheck->values);
    json_key(json, "derivatives");
    json_array(json);
    for (size_t i = 0; i < crosscheck->count; i++)
        put_row(json, crosscheck->network, &crosscheck->rows[i]);
    json_end(json);
    put_boolean(json, "equal", crosscheck->differing == 0);
    json_end(json);
}
