#include "array/npz.h"

#include <string.h>
#include <zip.h>

struct reader {
    zip_t *zip;
    const struct array_origin *origin;
    npz_visitor *visit;
    void *context;
    size_t left; /* bytes that the arrays may still have */
};

bool npz_is_archive(const void *bytes, size_t length)
{
    return length >= 4 && memcmp(bytes, "PK", 2) == 0;
}

static bool fail(const struct reader *reader, enum diag_code code, const char *label,
                 const char *why)
{
    return diag_at(reader->origin->diags, code, reader->origin->place, label, why, NULL);
}

static bool refuse(const struct reader *reader, enum diag_code code, const char *label,
                   zip_error_t *error)
{
    bool memory = zip_error_code_zip(error) == ZIP_ER_MEMORY;

    return fail(reader, memory ? DIAG_ARCHIVE_MEMORY : code, label,
                zip_error_strerror(error));
}

/* The whole member, and the end that zip checks its sum at. */
static bool read_all(zip_file_t *file, struct buf *bytes, size_t size)
{
    char beyond;

    buf_reserve(bytes, size);
    while (bytes->length < size) {
        zip_int64_t got =
            zip_fread(file, bytes->data + bytes->length, size - bytes->length);

        if (got <= 0)
            return false;
        bytes->length += (size_t)got;
    }
    bytes->data[size] = '\0';
    return zip_fread(file, &beyond, 1) == 0;
}

static bool read_member(struct reader *reader, const struct zip_stat *entry,
                        const char *label, struct buf *bytes)
{
    zip_file_t *file = zip_fopen_index(reader->zip, entry->index, 0);

    if (file == NULL)
        return refuse(reader, DIAG_ARCHIVE_MEMBER, label, zip_get_error(reader->zip));
    bool good = read_all(file, bytes, (size_t)entry->size);
    if (!good) {
        zip_error_t *error = zip_file_get_error(file);

        if (zip_error_code_zip(error) == ZIP_ER_OK)
            fail(reader, DIAG_ARCHIVE_MEMBER, label,
                 NC_("diagnostic", "its length is wrong"));
        else
            refuse(reader, DIAG_ARCHIVE_MEMBER, label, error);
    }
    zip_fclose(file);
    return good;
}

static bool check_entry(struct reader *reader, const struct zip_stat *entry,
                        const char *label)
{
    const zip_uint64_t needed =
        ZIP_STAT_SIZE | ZIP_STAT_INDEX | ZIP_STAT_ENCRYPTION_METHOD;
    size_t length = strlen(entry->name);

    if (length <= 4 || strcmp(entry->name + length - 4, ".npy") != 0)
        return fail(reader, DIAG_ARCHIVE_NO_ARRAY, label, NULL);
    if ((entry->valid & needed) != needed)
        return fail(reader, DIAG_ARCHIVE_MEMBER, label,
                    NC_("diagnostic", "it has no length"));
    if (entry->encryption_method != ZIP_EM_NONE)
        return fail(reader, DIAG_ARCHIVE_SECRET, label, NULL);
    if (entry->size > reader->left)
        return fail(reader, DIAG_ARCHIVE_LONG, reader->origin->label, NULL);
    reader->left -= (size_t)entry->size;
    return true;
}

static bool visit_entry(struct reader *reader, const struct zip_stat *entry)
{
    struct buf name, label, bytes;
    bool good;

    buf_init(&name);
    buf_init(&label);
    buf_init(&bytes);
    buf_format(&label, "%s/%s", reader->origin->label, entry->name);
    good = check_entry(reader, entry, buf_peek(&label)) &&
           read_member(reader, entry, buf_peek(&label), &bytes);
    if (good) {
        buf_bytes(&name, entry->name, strlen(entry->name) - strlen(".npy"));
        good = reader->visit(reader->context, buf_peek(&name), buf_peek(&label), &bytes);
    }
    buf_clear(&bytes);
    buf_clear(&label);
    buf_clear(&name);
    return good;
}

static bool visit_all(struct reader *reader)
{
    zip_int64_t count = zip_get_num_entries(reader->zip, 0);

    if (count <= 0)
        return fail(reader, DIAG_SPEC_NO_VALUES, reader->origin->label, NULL);
    for (zip_int64_t i = 0; i < count; i++) {
        struct zip_stat entry;

        if (zip_stat_index(reader->zip, (zip_uint64_t)i, 0, &entry) != 0)
            return refuse(reader, DIAG_ARCHIVE, reader->origin->label,
                          zip_get_error(reader->zip));
        if (!visit_entry(reader, &entry))
            return false;
    }
    return true;
}

/* The archive that lies in a text; NULL with the reason in `error`. */
static zip_t *open_bytes(const struct buf *archive, zip_error_t *error)
{
    zip_source_t *source =
        zip_source_buffer_create(archive->data, archive->length, 0, error);
    zip_t *zip;

    if (source == NULL)
        return NULL;
    zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, error);
    if (zip == NULL)
        zip_source_free(source);
    return zip;
}

bool npz_visit(const struct buf *archive, const struct array_origin *origin,
               npz_visitor *visit, void *context)
{
    struct reader reader = {NULL, origin, visit, context, SOURCE_LIMIT};
    zip_error_t error;
    bool good;

    zip_error_init(&error);
    reader.zip = open_bytes(archive, &error);
    good = reader.zip != NULL ? visit_all(&reader)
                              : refuse(&reader, DIAG_ARCHIVE, origin->label, &error);
    if (reader.zip != NULL)
        zip_discard(reader.zip);
    zip_error_fini(&error);
    return good;
}
