/* `values FILE`, and values from the command line: arrays of NumPy and lines of `let`. */
#include "net/spec_reader.h"

#include "array/npz.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/name.h"
#include "net/array_target.h"

#include <string.h>

/* A file of arrays being read. */
struct arrays {
    struct spec *spec;
    struct place place; /* of its statement, or none */
    bool shortest;
};

/* One of them. */
struct filling {
    struct arrays *arrays;
    const struct npy *npy;
    struct array_target target;
    struct array_origin origin;
    const char *name;
};

static bool refuse(const struct array_origin *origin, enum diag_code code,
                   const char *second, const char *third)
{
    return diag_at(origin->diags, code, origin->place, origin->label, second, third,
                   NULL);
}

/* --- names and shapes --- */

enum { NAMES_SHOWN = 12 };

static bool refuse_name(const struct filling *filling)
{
    size_t count;
    char **names = array_target_names(filling->arrays->spec->network, &count);
    const char *nearest = diag_nearest(filling->name, (const char *const *)names, count);
    struct buf list;

    buf_init(&list);
    for (size_t i = 0; i < count && i < NAMES_SHOWN; i++)
        buf_format(&list, "%s%s", i > 0 ? ", " : "", names[i]);
    buf_text(&list, count > NAMES_SHOWN ? ", …" : "");
    if (nearest)
        diag_at(filling->origin.diags, DIAG_SPEC_ARRAY_NEAR, filling->origin.place,
                filling->origin.label, filling->name, buf_peek(&list), nearest, NULL);
    else
        refuse(&filling->origin, DIAG_SPEC_ARRAY_NAME, filling->name, buf_peek(&list));
    buf_clear(&list);
    for (size_t i = 0; i < count; i++)
        memory_free(names[i]);
    memory_free(names);
    return false;
}

static bool check_shape(const struct filling *filling)
{
    enum diag_code code = array_target_is_weights(&filling->target)
                              ? DIAG_SPEC_ARRAY_WEIGHTS
                              : DIAG_SPEC_ARRAY_SHAPE;
    struct npy_shape wanted;
    struct buf shapes[2];

    if (array_target_accepts(&filling->target, &filling->npy->shape))
        return true;
    array_target_shape(&filling->target, &wanted);
    buf_init(&shapes[0]);
    buf_init(&shapes[1]);
    npy_write_shape(&filling->npy->shape, &shapes[0]);
    npy_write_shape(&wanted, &shapes[1]);
    diag_at(filling->origin.diags, code, filling->origin.place, filling->origin.label,
            buf_peek(&shapes[0]), buf_peek(&shapes[1]), filling->name, NULL);
    buf_clear(&shapes[0]);
    buf_clear(&shapes[1]);
    return false;
}

/* --- numbers --- */

static bool refuse_node(const struct filling *filling, node_id node, enum diag_code code)
{
    struct buf name, plain;

    buf_init(&name);
    buf_init(&plain);
    network_name(filling->arrays->spec->network, node, &name);
    name_plain(&plain, buf_peek(&name));
    refuse(&filling->origin, code, buf_peek(&plain), NULL);
    buf_clear(&plain);
    buf_clear(&name);
    return false;
}

/* What is fixed, and what is tied, may be given again with the same number. */
static bool set_number(const struct filling *filling, const struct array_cursor *cursor,
                       mpq_srcptr number)
{
    struct spec *spec = filling->arrays->spec;
    node_id node = cursor->node;
    mpq_srcptr value = network_value(spec->network, node);

    if (network_is_defined(spec->network, node))
        return refuse_node(filling, node, DIAG_SPEC_ARRAY_DEFINED);
    if (network_is_fixed(spec->network, node))
        return mpq_equal(value, number) ||
               refuse_node(filling, node, DIAG_SPEC_ARRAY_FIXED);
    if (!spec_has_value(spec, node)) {
        spec_give_value(spec, node, filling->origin.place, number);
        return true;
    }
    if (cursor->is_tied)
        return mpq_equal(value, number) ||
               refuse_node(filling, node, DIAG_SPEC_ARRAY_TIED);
    refuse_node(filling, node, DIAG_SPEC_ARRAY_TWICE);
    return spec_note_value(spec, node);
}

static bool set_numbers(struct filling *filling)
{
    const struct network *network = filling->arrays->spec->network;
    struct array_cursor cursor;
    int64_t at = 0;
    bool good = true, more = true;
    mpq_t number;

    mpq_init(number);
    array_target_start(&filling->target, network, &cursor);
    while (good && more) {
        good = npy_number(filling->npy, at++, filling->arrays->shortest, number,
                          &filling->origin) &&
               set_number(filling, &cursor, number);
        more = array_target_next(&filling->target, network, &cursor);
    }
    mpq_clear(number);
    return good;
}

/* --- files --- */

static bool take_array(void *context, const char *name, const char *label,
                       const struct buf *bytes)
{
    struct arrays *arrays = context;
    struct npy npy;
    struct filling filling = {.arrays = arrays,
                              .npy = &npy,
                              .origin = {label, arrays->place, arrays->spec->diags},
                              .name = name};

    if (!npy_open(&npy, bytes->data, bytes->length, &filling.origin))
        return false;
    bool good = array_target_find(arrays->spec->network, name, &filling.target)
                    ? check_shape(&filling) && set_numbers(&filling)
                    : refuse_name(&filling);
    array_target_clear(&filling.target);
    return good;
}

/* A file's name without folder and .npy is the name of its array. */
static bool take_single(struct arrays *arrays, const char *path, const struct buf *bytes)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    size_t length = strlen(base);
    struct buf name;

    if (length > 4 && strcmp(base + length - 4, ".npy") == 0)
        length -= 4;
    buf_init(&name);
    buf_bytes(&name, base, length);
    bool good = take_array(arrays, buf_peek(&name), path, bytes);
    buf_clear(&name);
    return good;
}

static bool take_file(struct arrays *arrays, const char *path, const struct buf *bytes)
{
    struct array_origin origin = {path, arrays->place, arrays->spec->diags};

    if (npz_is_archive(bytes->data, bytes->length))
        return npz_visit(bytes, &origin, take_array, arrays);
    if (npy_is_array(bytes->data, bytes->length))
        return take_single(arrays, path, bytes);
    return refuse(&origin, DIAG_ARRAY_MAGIC, NULL, NULL);
}

bool spec_is_arrays(const struct buf *bytes)
{
    return npz_is_archive(bytes->data, bytes->length) ||
           npy_is_array(bytes->data, bytes->length);
}

/* --- the statement --- */

bool spec_keep_file(struct spec *spec, struct span keyword, struct spec_cursor cursor)
{
    spec_span_push(&spec->files, (struct span){keyword.begin, cursor.end});
    return true;
}

/* A word, or a text in double quotes. */
static bool read_path(struct spec *spec, struct spec_cursor *cursor, struct span *path)
{
    bool quoted = spec_accept(spec, cursor, '"');

    if (!quoted)
        *path = spec_word(spec, cursor);
    else {
        const char *text = spec->source->text + cursor->at;
        const char *end = memchr(text, '"', cursor->end - cursor->at);

        *path = (struct span){cursor->at, cursor->at + (uint32_t)(end ? end - text : 0)};
        cursor->at = path->end + 1;
    }
    return path->end > path->begin || spec_fail(spec, DIAG_SPEC_VALUES, *path, NULL);
}

/* Relative to the folder of the spec. */
static void write_path(const struct spec *spec, struct span path, struct buf *out)
{
    const char *text = spec->source->text + path.begin, *name = spec->source->name;
    const char *slash = strrchr(name, '/');

    if (text[0] != '/' && slash)
        buf_bytes(out, name, (size_t)(slash - name) + 1);
    buf_bytes(out, text, path.end - path.begin);
}

static bool read_file(struct spec *spec, struct span span, struct arrays *arrays)
{
    struct buf path, bytes;

    buf_init(&path);
    buf_init(&bytes);
    write_path(spec, span, &path);
    plan_names_push(&spec->plan->files,
                    arena_strndup(&spec->plan->arena, path.data, path.length), -1, span);
    bool good = file_load(&bytes, buf_peek(&path), arrays->place, spec->diags) &&
                take_file(arrays, buf_peek(&path), &bytes);
    buf_clear(&bytes);
    buf_clear(&path);
    return good;
}

static bool read_statement(struct spec *spec, struct span statement)
{
    struct spec_cursor cursor = {statement.begin + (uint32_t)strlen("values"),
                                 statement.end};
    struct span path;

    if (!read_path(spec, &cursor, &path))
        return false;
    struct arrays arrays = {spec, spec_place(spec, path), false};
    arrays.shortest = spec_accept_word(spec, &cursor, "shortest");
    return spec_at_end(spec, &cursor) && read_file(spec, path, &arrays);
}

bool spec_read_files(struct spec *spec)
{
    bool good = true;

    for (size_t i = 0; i < spec->files.count; i++)
        good = read_statement(spec, spec->files.items[i]) && good;
    return good;
}

/* --- the command line --- */

bool spec_take_arrays(struct network *network, const char *path, const struct buf *bytes,
                      struct diags *diags)
{
    struct spec spec;
    struct node_map replaced;
    struct arrays arrays = {&spec, {NULL, {0, 0}}, false};

    node_map_init(&replaced);
    spec_init(&spec, network, NULL);
    spec.diags = diags;
    spec.replaced = &replaced;
    network_reads_file(network, true);
    bool good = take_file(&arrays, path, bytes);
    network_reads_file(network, false);
    spec_keep_valued(&spec);
    spec_clear(&spec);
    node_map_clear(&replaced);
    return good;
}
