#include "target.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_COLUMNS = 100, LEAST_COLUMNS = 60 };

static const struct {
    const char *suffix;
    enum format format;
} suffixes[] = {
    {".tex", FORMAT_LATEX},    {".md", FORMAT_MARKDOWN}, {".txt", FORMAT_TEXT},
    {".qmd", FORMAT_MARKDOWN}, {".json", FORMAT_JSON},   {".dot", FORMAT_DOT},
    {".gv", FORMAT_DOT},       {".html", FORMAT_HTML},   {".svg", FORMAT_SVG},
    {".pdf", FORMAT_PDF},      {".sarif", FORMAT_SARIF}, {".xml", FORMAT_JUNIT},
    {".csv", FORMAT_CSV},
};

static const struct {
    enum format format;
    const char *name;
} names[] = {
    {FORMAT_TEXT, "text"},     {FORMAT_LATEX, "latex"}, {FORMAT_MARKDOWN, "markdown"},
    {FORMAT_INFIX, "infix"},   {FORMAT_JSON, "json"},   {FORMAT_DOT, "dot"},
    {FORMAT_HTML, "html"},     {FORMAT_SVG, "svg"},     {FORMAT_PDF, "pdf"},
    {FORMAT_SARIF, "sarif"},   {FORMAT_JUNIT, "junit"}, {FORMAT_CSV, "csv"},
    {FORMAT_BEAMER, "beamer"},
};

enum {
    SUFFIXES = sizeof suffixes / sizeof *suffixes,
    NAMES = sizeof names / sizeof *names
};

static bool ends_with(const char *path, const char *suffix)
{
    size_t length = strlen(path), wanted = strlen(suffix);

    return length > wanted && strcmp(path + length - wanted, suffix) == 0;
}

/* FORMAT_BY_TARGET if the suffix says nothing. */
static enum format by_suffix(const char *path)
{
    for (int i = 0; i < SUFFIXES; i++)
        if (ends_with(path, suffixes[i].suffix))
            return suffixes[i].format;
    return FORMAT_BY_TARGET;
}

static enum flavour choose_flavour(const struct gtx_options *options)
{
    bool is_for_quarto = options->output != NULL && ends_with(options->output, ".qmd");

    return is_for_quarto && !options->has_flavour ? FLAVOUR_QUARTO
                                                  : (enum flavour)options->flavour;
}

static bool is_regular_or_new(const char *path)
{
    struct stat status;

    return stat(path, &status) != 0 || S_ISREG(status.st_mode);
}

static bool refuse(struct diags *diags, enum diag_code code, unsigned formats)
{
    struct buf text;
    bool first = true;

    buf_init(&text);
    for (int i = 0; i < NAMES; i++) {
        if ((formats & names[i].format) == 0)
            continue;
        buf_format(&text, "%s%s", first ? "" : ", ", names[i].name);
        first = false;
    }
    diag(diags, code, buf_peek(&text), NULL);
    buf_clear(&text);
    return false;
}

/* The format of a command that was given none. */
static bool choose_by_target(struct target *target, const struct formats *formats,
                             const struct gtx_options *options,
                             const struct gtx_sink *sink)
{
    target->format = formats->piped;
    if (options->standalone) {
        target->format = FORMAT_LATEX;
    } else if (options->output != NULL) {
        enum format format = by_suffix(options->output);

        if (format == FORMAT_BY_TARGET && is_regular_or_new(options->output))
            return false;
        if (format != FORMAT_BY_TARGET)
            target->format = format;
    } else if (sink->text == NULL && isatty(STDOUT_FILENO)) {
        target->suggests_latex =
            formats->piped == FORMAT_LATEX && (formats->all & FORMAT_TEXT) != 0;
        if ((formats->all & FORMAT_TEXT) != 0)
            target->format = FORMAT_TEXT;
    }
    return true;
}

/* A narrow terminal gets narrow lines; everything else gets the same bytes always. */
static unsigned text_width(const struct gtx_options *options, const struct gtx_sink *sink)
{
    struct winsize size;
    bool is_terminal = sink->text == NULL && options->output == NULL &&
                       ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;

    if (!is_terminal || size.ws_col >= MOST_COLUMNS)
        return MOST_COLUMNS;
    return size.ws_col < LEAST_COLUMNS ? LEAST_COLUMNS : size.ws_col;
}

/* See no-color.org: the variable counts if it is there and not empty. */
static bool wants_colors(const struct gtx_options *options, const struct gtx_sink *sink)
{
    const char *refusal = getenv("NO_COLOR"), *terminal = getenv("TERM");

    if (options->color != COLOR_AUTO)
        return options->color == COLOR_ALWAYS;
    return options->output == NULL && sink->text == NULL && isatty(STDOUT_FILENO) &&
           (refusal == NULL || *refusal == '\0') &&
           (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

bool target_choose(struct target *target, const struct formats *formats,
                   const struct gtx_options *options, const struct gtx_sink *sink,
                   struct diags *diags)
{
    *target = (struct target){.format = (enum format)options->format,
                              .flavour = choose_flavour(options),
                              .text_width = text_width(options, sink),
                              .has_colors = wants_colors(options, sink)};
    if (target->format == FORMAT_BY_TARGET &&
        !choose_by_target(target, formats, options, sink))
        return refuse(diags, DIAG_FORMAT_UNCLEAR, formats->all);
    if ((target->format & formats->all) == 0)
        return refuse(diags, DIAG_FORMAT_NOT_HERE, formats->all);
    if (options->standalone && target->format != FORMAT_LATEX)
        return diag(diags, DIAG_STANDALONE, NULL);
    if (options->has_flavour && target->format != FORMAT_MARKDOWN)
        return diag(diags, DIAG_FLAVOUR, NULL);
    if (target->format == FORMAT_PDF && options->output == NULL && sink->text == NULL &&
        isatty(STDOUT_FILENO))
        return diag(diags, DIAG_PDF_TO_TERMINAL, NULL);
    target->makes_pdf = target->format == FORMAT_PDF ||
                        (target->format == FORMAT_BEAMER && options->output != NULL &&
                         by_suffix(options->output) == FORMAT_PDF);
    target->is_standalone =
        (target->format & (FORMAT_HTML | FORMAT_PDF | FORMAT_BEAMER)) != 0 ||
        (target->format == FORMAT_LATEX && formats->has_documents &&
         (options->standalone ||
          (options->output != NULL && by_suffix(options->output) == FORMAT_LATEX)));
    return true;
}

/* Only regular files are compared: reading from a terminal and writing to it is fine. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat first, second;

    return stat(a, &first) == 0 && stat(b, &second) == 0 && S_ISREG(first.st_mode) &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

bool target_is_other(const char *input, const struct gtx_options *options,
                     struct diags *diags)
{
    return options->output == NULL || input == NULL ||
           !is_same_file(input, options->output) ||
           diag(diags, DIAG_FILE_IS_INPUT, options->output, NULL);
}

struct out *target_open(const struct gtx_options *options, const struct gtx_sink *sink,
                        struct diags *diags)
{
    if (options->output == NULL)
        return sink->text != NULL ? out_to_sink(sink->text, sink->context)
                                  : out_to_stdout();
    return out_to_file(options->output, diags);
}
