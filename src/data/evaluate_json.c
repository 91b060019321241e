#include "data/evaluate_json.h"

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

/* Every symbol: the inputs, the parameters, what is defined, the error. */
static void put_values(struct json *json, const struct training *training)
{
    struct enclosure value;
    enclosure_init(&value);
    json_key(json, "values");
    json_object(json);
    for (node_id node = 0; node < network_count(training->network); node++) {
        training_value(training, node, &value);
        put_name(json, training->network, node, json_key);
        number_json(json, &value);
    }
    json_end(json);
    enclosure_clear(&value);
}

static void put_signal(struct json *json, const struct training *training,
                       const struct crosscheck_row *row)
{
    struct buf name;
    buf_init(&name);
    json_object(json);
    json_key(json, "by");
    put_name(json, training->network, row->node, json_text);
    json_key(json, "name");
    if (network_delta_name(training->network, row->node, &name))
        json_text(json, buf_peek(&name));
    else
        json_null(json);
    json_key(json, "value");
    number_json(json, &row->path_sum);
    json_end(json);
    buf_clear(&name);
}

static void put_parameter(struct json *json, const struct training *training, size_t i)
{
    const struct crosscheck_row *row = training_parameter(training, i);
    struct enclosure value;
    enclosure_init(&value);
    training_value(training, row->node, &value);
    json_object(json);
    json_key(json, "name");
    put_name(json, training->network, row->node, json_text);
    json_key(json, "value");
    number_json(json, &value);
    json_key(json, "derivative");
    number_json(json, &row->path_sum);
    if (training->has_step) {
        json_key(json, "updated");
        number_json(json, &training->updated[i]);
    }
    json_end(json);
    enclosure_clear(&value);
}

static void put_error(struct json *json, const struct training *training)
{
    struct enclosure value;
    enclosure_init(&value);
    training_value(training, network_error(training->network), &value);
    json_key(json, "error");
    number_json(json, &value);
    if (training->has_step) {
        json_key(json, "learning_rate");
        json_rational(json, training->rate);
        json_key(json, "error_after");
        number_json(json, &training->error_after);
    }
    enclosure_clear(&value);
}

void evaluate_json(struct json *json, const struct training *training)
{
    json_object(json);
    put_values(json, training);
    json_key(json, "signals");
    json_array(json);
    for (size_t i = 0; i < training->signal_count; i++)
        put_signal(json, training, &training->crosscheck.rows[i]);
    json_end(json);
    json_key(json, "gradient");
    json_array(json);
    for (size_t i = 0; i < training->parameter_count; i++)
        put_parameter(json, training, i);
    json_end(json);
    put_error(json, training);
    json_end(json);
}
