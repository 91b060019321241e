#include "data/json.h"

#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>

void json_init(struct json *json, struct buf *out)
{
    json->out = out;
    buf_init(&json->closers);
    json->is_first = true;
    json->has_key = false;
}

void json_clear(struct json *json)
{
    buf_clear(&json->closers);
}

static void new_line(struct json *json)
{
    buf_char(json->out, '\n');
    for (size_t i = 0; i < json->closers.length; i++)
        buf_text(json->out, "  ");
}

/* What stands before an item of a container: a comma, a line end, blanks. */
static void begin_item(struct json *json)
{
    if (json->has_key) {
        json->has_key = false;
        return;
    }
    if (json->closers.length == 0)
        return;
    if (!json->is_first)
        buf_char(json->out, ',');
    new_line(json);
    json->is_first = false;
}

static void open_container(struct json *json, char opener, char closer)
{
    begin_item(json);
    buf_char(json->out, opener);
    buf_char(&json->closers, closer);
    json->is_first = true;
}

void json_object(struct json *json)
{
    open_container(json, '{', '}');
}

void json_array(struct json *json)
{
    open_container(json, '[', ']');
}

void json_end(struct json *json)
{
    char closer = json->closers.data[json->closers.length - 1];
    buf_truncate(&json->closers, json->closers.length - 1);
    if (!json->is_first)
        new_line(json);
    buf_char(json->out, closer);
    json->is_first = false;
    if (json->closers.length == 0)
        buf_char(json->out, '\n');
}

static void write_character(struct buf *out, const char *text, size_t length,
                            uint32_t point)
{
    if (point == '"' || point == '\\')
        buf_format(out, "\\%c", (char)point);
    else if (point == '\n')
        buf_text(out, "\\n");
    else if (point == '\t')
        buf_text(out, "\\t");
    else if (utf8_is_control(point) && point <= 0xffff)
        buf_format(out, "\\u%04" PRIx32, point);
    else
        buf_bytes(out, text, length);
}

static void write_string(struct buf *out, const char *text)
{
    size_t rest = strlen(text);
    buf_char(out, '"');
    while (rest > 0) {
        uint32_t point;
        size_t length = utf8_read(text, rest, &point);
        if (length == 0) {
            buf_text(out, "\xef\xbf\xbd");
            length = 1;
        } else {
            write_character(out, text, length, point);
        }
        text += length;
        rest -= length;
    }
    buf_char(out, '"');
}

void json_key(struct json *json, const char *key)
{
    begin_item(json);
    write_string(json->out, key);
    buf_text(json->out, ": ");
    json->has_key = true;
}

void json_text(struct json *json, const char *text)
{
    begin_item(json);
    write_string(json->out, text);
}

void json_boolean(struct json *json, bool value)
{
    begin_item(json);
    buf_text(json->out, value ? "true" : "false");
}

void json_integer(struct json *json, int64_t value)
{
    begin_item(json);
    buf_format(json->out, "%" PRId64, value);
}

void json_null(struct json *json)
{
    begin_item(json);
    buf_text(json->out, "null");
}

void json_rational(struct json *json, mpq_srcptr value)
{
    begin_item(json);
    buf_char(json->out, '"');
    number_write(json->out, value);
    buf_char(json->out, '"');
}

void json_count(struct json *json, mpz_srcptr value)
{
    begin_item(json);
    char *digits = memory_alloc(mpz_sizeinbase(value, 10) + 2);
    mpz_get_str(digits, 10, value);
    buf_format(json->out, "\"%s\"", digits);
    memory_free(digits);
}
