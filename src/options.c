#include "options.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/memory.h"
#include "base/number.h"
#include "derive/rule.h"
#include "eval/crosscheck.h"
#include "tell/tell_derivation.h"
#include "write/write.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { BIG_DIGITS = 10000 };

enum option_kind {
    OPTION_FLAG,     /* no value */
    OPTION_CHOICE,   /* one of the row's choices */
    OPTION_SET,      /* some of them, separated by commas: bits by value */
    OPTION_NUMBER,   /* a whole number from `least` to `most` */
    OPTION_BIG,      /* a whole number from `least` on, of any size */
    OPTION_LANGUAGE, /* the code of one that there is */
    OPTION_RATIONAL, /* a number above 0 */
    OPTION_WORD,     /* any text that is not empty */
    OPTION_WORDS     /* such a text each time */
};

struct choice {
    const char *name;
    int value;
};

static const struct choice details[] = {{"explicit", RULE_EXPLICIT},
                                        {"normal", RULE_NORMAL},
                                        {"brief", RULE_BRIEF},
                                        {NULL, 0}};

static const struct choice results[] = {
    {"sum", RESULT_SUM},     {"factored", RESULT_FACTORED}, {"paths", RESULT_PATHS},
    {"index", RESULT_INDEX}, {"backprop", RESULT_BACKPROP}, {NULL, 0}};

static const struct choice formats[] = {
    {"text", FORMAT_TEXT},     {"txt", FORMAT_TEXT},
    {"latex", FORMAT_LATEX},   {"tex", FORMAT_LATEX},
    {"tikz", FORMAT_LATEX},    {"markdown", FORMAT_MARKDOWN},
    {"md", FORMAT_MARKDOWN},   {"infix", FORMAT_INFIX},
    {"json", FORMAT_JSON},     {"dot", FORMAT_DOT},
    {"sarif", FORMAT_SARIF},   {"html", FORMAT_HTML},
    {"svg", FORMAT_SVG},       {"pdf", FORMAT_PDF},
    {"junit", FORMAT_JUNIT},   {"csv", FORMAT_CSV},
    {"beamer", FORMAT_BEAMER}, {NULL, 0}};

static const struct choice flavours[] = {
    {"mathjax", FLAVOUR_MATHJAX},   {"katex", FLAVOUR_KATEX},
    {"kramdown", FLAVOUR_KRAMDOWN}, {"quarto", FLAVOUR_QUARTO},
    {"github", FLAVOUR_GITHUB},     {NULL, 0}};

static const struct choice colors[] = {
    {"auto", COLOR_AUTO}, {"always", COLOR_ALWAYS}, {"never", COLOR_NEVER}, {NULL, 0}};

static const struct choice methods[] = {{"backprop", CROSSCHECK_BACKPROP},
                                        {"sweep", CROSSCHECK_SWEEP},
                                        {"difference", CROSSCHECK_DIFFERENCE},
                                        {NULL, 0}};

enum { MOST_BITS = 1 << 24, MOST_DIGITS = 10000, EXERCISES = 5, MOST_EXERCISES = 1000 };

#define FIELD(name) offsetof(struct gtx_options, name)
#define NONE ((size_t)-1)

/* `given` is the field that notes that the option was there, `bare` what it is without a
   value (NULL: it needs one). */
static const struct option {
    const char *name;
    enum option_kind kind;
    size_t field, given;
    const char *bare;
    const struct choice *choices;
    uint64_t least, most;
} table[] = {
    {"detail", OPTION_CHOICE, FIELD(detail), NONE, NULL, details, 0, 0},
    {"result", OPTION_CHOICE, FIELD(result), NONE, "factored", results, 0, 0},
    {"format", OPTION_CHOICE, FIELD(format), NONE, NULL, formats, 0, 0},
    {"language", OPTION_LANGUAGE, FIELD(language), NONE, NULL, NULL, 0, 0},
    {"flavour", OPTION_CHOICE, FIELD(flavour), FIELD(has_flavour), NULL, flavours, 0, 0},
    {"max-terms", OPTION_NUMBER, FIELD(max_terms), FIELD(has_max_terms), NULL, NULL, 1,
     1000000},
    {"max-paths", OPTION_NUMBER, FIELD(max_paths), NONE, NULL, NULL, 1, 1000000000000},
    {"of", OPTION_WORD, FIELD(of), NONE, NULL, NULL, 0, 0},
    {"output", OPTION_WORD, FIELD(output), NONE, NULL, NULL, 0, 0},
    {"values", OPTION_WORD, FIELD(values), NONE, NULL, NULL, 0, 0},
    {"notation", OPTION_WORD, FIELD(notation), NONE, NULL, NULL, 0, 0},
    {"standalone", OPTION_FLAG, FIELD(standalone), NONE, NULL, NULL, 0, 0},
    {"count", OPTION_FLAG, FIELD(count), NONE, NULL, NULL, 0, 0},
    {"sum", OPTION_FLAG, FIELD(sum), NONE, NULL, NULL, 0, 0},
    {"dag", OPTION_FLAG, FIELD(dag), NONE, NULL, NULL, 0, 0},
    {"numbers", OPTION_FLAG, FIELD(numbers), NONE, NULL, NULL, 0, 0},
    {"names", OPTION_FLAG, FIELD(names), NONE, NULL, NULL, 0, 0},
    {"limit", OPTION_BIG, FIELD(limit), FIELD(has_limit), NULL, NULL, 1, 0},
    {"skip", OPTION_BIG, FIELD(skip), NONE, NULL, NULL, 0, 0},
    {"accuracy", OPTION_RATIONAL, FIELD(accuracy), FIELD(has_accuracy), NULL, NULL, 0, 0},
    {"learning-rate", OPTION_RATIONAL, FIELD(rate), FIELD(has_rate), NULL, NULL, 0, 0},
    {"max-bits", OPTION_NUMBER, FIELD(max_bits), NONE, NULL, NULL, 1, MOST_BITS},
    {"digits", OPTION_NUMBER, FIELD(digits), NONE, NULL, NULL, 1, MOST_DIGITS},
    {"method", OPTION_SET, FIELD(methods), NONE, NULL, methods, 0, 0},
    {"summary", OPTION_FLAG, FIELD(summary), NONE, NULL, NULL, 0, 0},
    {"network", OPTION_WORDS, FIELD(networks), NONE, NULL, NULL, 0, 0},
    {"goal", OPTION_WORD, FIELD(goal), NONE, NULL, NULL, 0, 0},
    {"color", OPTION_CHOICE, FIELD(color), NONE, NULL, colors, 0, 0},
    {"hint", OPTION_FLAG, FIELD(hint), NONE, NULL, NULL, 0, 0},
    {"explain", OPTION_FLAG, FIELD(explain), NONE, NULL, NULL, 0, 0},
    {"strict", OPTION_FLAG, FIELD(strict), NONE, NULL, NULL, 0, 0},
    {"emit-network", OPTION_FLAG, FIELD(emit_network), NONE, NULL, NULL, 0, 0},
    {"exercises", OPTION_NUMBER, FIELD(exercises), FIELD(has_exercises), NULL, NULL, 0,
     MOST_EXERCISES},
    {"blanks", OPTION_FLAG, FIELD(blanks), NONE, NULL, NULL, 0, 0},
    {"key", OPTION_FLAG, FIELD(key), NONE, NULL, NULL, 0, 0},
    {"seed", OPTION_NUMBER, FIELD(seed), NONE, NULL, NULL, 0, UINT64_MAX},
    {"random", OPTION_NUMBER, FIELD(random_seed), FIELD(random), "1", NULL, 0,
     UINT64_MAX},
};

enum { OPTIONS = sizeof table / sizeof *table };

static void *at(struct gtx_options *options, size_t field)
{
    return (char *)options + field;
}

static bool refuse(struct gtx_options *options, struct buf *problem)
{
    memory_free(options->problem);
    options->problem = buf_take(problem);
    return false;
}

static bool refuse_value(struct gtx_options *options, const struct option *option,
                         const char *value, const char *expected)
{
    struct buf problem;

    buf_init(&problem);
    buf_format(&problem, "--%s is %s, not '%s'", option->name, expected, value);
    return refuse(options, &problem);
}

static bool refuse_choice(struct gtx_options *options, const struct option *option,
                          const char *value)
{
    struct buf expected;

    buf_init(&expected);
    for (const struct choice *choice = option->choices; choice->name != NULL; choice++) {
        if (choice != option->choices)
            buf_text(&expected, choice[1].name == NULL ? " or " : ", ");
        buf_text(&expected, choice->name);
    }
    refuse_value(options, option, value, buf_peek(&expected));
    buf_clear(&expected);
    return false;
}

static const struct choice *find_choice(const struct option *option, const char *value,
                                        size_t length)
{
    for (const struct choice *choice = option->choices; choice->name != NULL; choice++)
        if (strlen(choice->name) == length && memcmp(choice->name, value, length) == 0)
            return choice;
    return NULL;
}

static bool set_choice(struct gtx_options *options, const struct option *option,
                       const char *value)
{
    const struct choice *choice = find_choice(option, value, strlen(value));

    if (choice == NULL)
        return refuse_choice(options, option, value);
    *(int *)at(options, option->field) = choice->value;
    return true;
}

static bool set_set(struct gtx_options *options, const struct option *option,
                    const char *value)
{
    unsigned set = 0;

    for (const char *word = value; word != NULL;) {
        size_t length = strcspn(word, ",");
        const struct choice *choice = find_choice(option, word, length);

        if (choice == NULL)
            return refuse_choice(options, option, value);
        set |= 1u << choice->value;
        word = word[length] == ',' ? word + length + 1 : NULL;
    }
    *(unsigned *)at(options, option->field) = set;
    return true;
}

static bool refuse_language(struct gtx_options *options, const struct option *option,
                            const char *value)
{
    const struct language *language;
    struct buf expected;

    buf_init(&expected);
    for (size_t i = 0; (language = language_at(i)) != NULL; i++) {
        if (i > 0)
            buf_text(&expected, language_at(i + 1) == NULL ? " or " : ", ");
        buf_text(&expected, language->code);
    }
    refuse_value(options, option, value, buf_peek(&expected));
    buf_clear(&expected);
    return false;
}

static bool set_language(struct gtx_options *options, const struct option *option,
                         const char *value)
{
    const struct language *language = language_find(value);

    if (language == NULL)
        return refuse_language(options, option, value);
    *(const struct language **)at(options, option->field) = language;
    return true;
}

static bool set_rational(struct gtx_options *options, const struct option *option,
                         const char *value)
{
    mpq_ptr number = at(options, option->field);
    mpq_t read;
    bool ok;

    mpq_init(read);
    ok = number_read(read, value, strlen(value), true) == NUMBER_OK && mpq_sgn(read) > 0;
    if (ok)
        mpq_set(number, read);
    mpq_clear(read);
    const char *expected = option->field == FIELD(rate)
                               ? "a number above 0, such as 1/2"
                               : "a number above 0, such as 1e-30";
    return ok || refuse_value(options, option, value, expected);
}

static bool is_digits(const char *value)
{
    return *value != '\0' && value[strspn(value, "0123456789")] == '\0';
}

/* False also where the number does not fit. */
static bool read_number(const char *value, uint64_t *number)
{
    *number = 0;
    for (; *value != '\0'; value++) {
        unsigned digit = (unsigned)(*value - '0');

        if (*number > (UINT64_MAX - digit) / 10)
            return false;
        *number = 10 * *number + digit;
    }
    return true;
}

static bool set_number(struct gtx_options *options, const struct option *option,
                       const char *value)
{
    char expected[80];
    uint64_t number;

    if (is_digits(value) && read_number(value, &number) && number >= option->least &&
        number <= option->most) {
        *(uint64_t *)at(options, option->field) = number;
        return true;
    }
    snprintf(expected, sizeof expected, "a whole number from %" PRIu64 " to %" PRIu64,
             option->least, option->most);
    return refuse_value(options, option, value, expected);
}

static bool set_big(struct gtx_options *options, const struct option *option,
                    const char *value)
{
    mpz_ptr number = at(options, option->field);
    char expected[80];

    snprintf(expected, sizeof expected,
             "a whole number from %" PRIu64 " on, of at most %d digits", option->least,
             BIG_DIGITS);
    if (!is_digits(value) || strlen(value) > BIG_DIGITS)
        return refuse_value(options, option, value, expected);
    mpz_set_str(number, value, 10);
    if (mpz_cmp_ui(number, option->least) < 0)
        return refuse_value(options, option, value, expected);
    return true;
}

static bool set_word(struct gtx_options *options, const struct option *option,
                     const char *value)
{
    char **word = at(options, option->field);

    if (*value == '\0')
        return refuse_value(options, option, value, "a name");
    memory_free(*word);
    *word = memory_strdup(value);
    return true;
}

static bool add_word(struct gtx_options *options, const struct option *option,
                     const char *value)
{
    struct word_list *words = at(options, option->field);

    if (*value == '\0')
        return refuse_value(options, option, value, "a name");
    words->items = memory_array(words->items, words->count + 1, sizeof *words->items);
    words->items[words->count++] = memory_strdup(value);
    return true;
}

static bool set_value(struct gtx_options *options, const struct option *option,
                      const char *value)
{
    switch (option->kind) {
    case OPTION_CHOICE:
        return set_choice(options, option, value);
    case OPTION_LANGUAGE:
        return set_language(options, option, value);
    case OPTION_SET:
        return set_set(options, option, value);
    case OPTION_RATIONAL:
        return set_rational(options, option, value);
    case OPTION_NUMBER:
        return set_number(options, option, value);
    case OPTION_BIG:
        return set_big(options, option, value);
    case OPTION_WORD:
        return set_word(options, option, value);
    case OPTION_WORDS:
        return add_word(options, option, value);
    case OPTION_FLAG:
        break;
    }
    *(bool *)at(options, option->field) = true;
    return true;
}

static const struct option *find(const char *name)
{
    for (int i = 0; i < OPTIONS; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

static bool refuse_name(struct gtx_options *options, const char *name)
{
    const char *names[OPTIONS], *nearest;
    struct buf problem;

    for (int i = 0; i < OPTIONS; i++)
        names[i] = table[i].name;
    nearest = diag_nearest(name, names, OPTIONS);
    buf_init(&problem);
    buf_format(&problem, "there is no option --%s", name);
    if (nearest != NULL)
        buf_format(&problem, "; did you mean --%s?", nearest);
    return refuse(options, &problem);
}

bool gtx_options_set(struct gtx_options *options, const char *name, const char *value)
{
    const struct option *option = find(name);
    struct buf problem;

    if (option == NULL)
        return refuse_name(options, name);
    if (value == NULL)
        value = option->bare;
    if ((value == NULL) != (option->kind == OPTION_FLAG)) {
        buf_init(&problem);
        buf_format(&problem, "--%s %s", name,
                   value == NULL ? "needs a value" : "takes no value");
        return refuse(options, &problem);
    }
    if (!set_value(options, option, value))
        return false;
    if (option->given != NONE)
        *(bool *)at(options, option->given) = true;
    return true;
}

const char *gtx_options_problem(const struct gtx_options *options)
{
    return options->problem != NULL ? options->problem : "";
}

struct gtx_options *gtx_options_new(void)
{
    struct gtx_options *options = memory_zeroed(1, sizeof *options);
    struct budget budget;

    budget_init(&budget);
    options->detail = RULE_EXPLICIT;
    options->result = RESULT_NONE;
    options->format = FORMAT_BY_TARGET;
    options->language = language_at(0);
    options->flavour = FLAVOUR_KATEX;
    options->max_terms = budget.max_terms;
    options->max_paths = budget.max_paths;
    options->seed = options->random_seed = 1;
    options->exercises = EXERCISES;
    options->max_bits = CROSSCHECK_MAX_BITS;
    mpq_init(options->accuracy);
    mpq_init(options->rate);
    mpz_init(options->limit);
    mpz_init(options->skip);
    return options;
}

static void clear_words(struct word_list *words)
{
    for (size_t i = 0; i < words->count; i++)
        memory_free(words->items[i]);
    memory_free(words->items);
}

void gtx_options_free(struct gtx_options *options)
{
    if (options == NULL)
        return;
    memory_free(options->of);
    memory_free(options->output);
    memory_free(options->values);
    memory_free(options->notation);
    memory_free(options->goal);
    clear_words(&options->networks);
    memory_free(options->problem);
    mpq_clear(options->accuracy);
    mpq_clear(options->rate);
    mpz_clear(options->limit);
    mpz_clear(options->skip);
    memory_free(options);
}

void options_budget(const struct gtx_options *options, struct budget *budget)
{
    budget_init(budget);
    budget->max_terms = options->max_terms;
    budget->max_paths = options->max_paths;
}
