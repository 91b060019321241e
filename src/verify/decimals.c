#include "verify/decimals.h"

#include "base/number.h"
#include "tex/tree.h"

#include <math.h>
#include <string.h>

enum {
    PLACES = 4,      /* that a rounded decimal has at least */
    MOST_PLACES = 40 /* and at most: balls see no more */
};

static size_t places_of(const char *text)
{
    const char *point = strchr(text, '.');
    return point ? strlen(point + 1) : 0;
}

bool decimals_is_rounded(const char *text)
{
    return places_of(text) >= PLACES && places_of(text) <= MOST_PLACES;
}

bool decimals_is_vague(const char *text)
{
    return strlen(text + strspn(text, "0.")) <= 1;
}

/* What a decimal may stand for: with many places it is good to a unit of the last one;
   with few, or as the result of a computation, it was rounded or cut off. */
static struct value_interval interval_of(const char *text, bool is_result)
{
    double unit = pow(10, -(double)places_of(text));
    if (decimals_is_rounded(text) && !is_result)
        return (struct value_interval){0, unit, unit};
    return (struct value_interval){0, unit / 2, places_of(text) > 0 ? unit : unit / 2};
}

static void add_item(struct decimals *decimals, expr_id number, double below,
                     double above)
{
    for (size_t i = 0; i < decimals->count; i++)
        if (decimals->items[i].number == number)
            return;
    decimals->is_full |= decimals->count == MOST_DECIMALS;
    if (!decimals->is_full)
        decimals->items[decimals->count++] =
            (struct value_interval){number, below, above};
}

/* The number, and what it is behind a sign of its own. */
static void add_interval(struct decimals *decimals, const char *text, bool is_result)
{
    struct value_interval interval = interval_of(text, is_result);
    mpq_t value;
    mpq_init(value);
    if (number_read(value, text, strlen(text), false) == NUMBER_OK) {
        add_item(decimals, expr_number(decimals->pool, value), interval.below,
                 interval.above);
        mpq_neg(value, value);
        add_item(decimals, expr_number(decimals->pool, value), interval.above,
                 interval.below);
    }
    mpq_clear(value);
}

bool decimals_is_value(struct network *network, const char *text)
{
    mpq_t value;
    bool found = false;
    mpq_init(value);
    bool is_read = number_read(value, text, strlen(text), false) == NUMBER_OK;
    for (node_id node = 0; is_read && !found && node < network_count(network); node++) {
        mpq_srcptr given = network_value(network, node);
        found = given && mpq_equal(given, value);
    }
    mpq_clear(value);
    return found;
}

/* `0.68`, which may be the rounded value of a name. */
static bool is_short(const char *text)
{
    return places_of(text) > 0 && places_of(text) < PLACES && !decimals_is_vague(text);
}

static bool is_taken(const struct decimals *decimals, const struct parse_node *node)
{
    if (places_of(node->text) == 0)
        return decimals->is_approx && node == decimals->result;
    return decimals->is_approx || decimals_is_rounded(node->text) ||
           (decimals->rounded_for && is_short(node->text) &&
            !decimals_is_value(decimals->rounded_for, node->text));
}

static void add_decimal(struct decimals *decimals, const struct parse_node *node)
{
    bool is_rounded_result =
        node == decimals->result && decimals->is_approx && places_of(node->text) > 0;
    bool has_vague = !is_rounded_result &&
                     (decimals_is_vague(node->text) ||
                      (decimals->is_of_numbers && !decimals_is_rounded(node->text)));
    if (!is_taken(decimals, node))
        return;
    decimals->has_vague |= has_vague;
    if (!has_vague || !decimals->skips_vague)
        add_interval(decimals, node->text, false);
}

static bool take_number(void *context, const struct parse_node *node)
{
    if (node->kind == PARSE_NUMBER)
        add_decimal(context, node);
    return false;
}

/* The number that a side is, perhaps with a sign and in brackets. */
static const struct parse_node *number_alone(const struct parse_node *side)
{
    while ((side->kind == PARSE_NEGATE || side->kind == PARSE_BRACKET) &&
           side->count == 1 && side->parts[0])
        side = side->parts[0];
    return side;
}

void decimals_take(struct decimals *decimals, const struct parse_node *side)
{
    decimals->result = number_alone(side);
    tree_any(side, take_number, decimals);
}

void decimals_take_result(struct decimals *decimals, const struct parse_node *side)
{
    const struct parse_node *number = number_alone(side);
    if (number->kind == PARSE_NUMBER &&
        (decimals->is_approx || places_of(number->text) >= PLACES))
        add_interval(decimals, number->text, true);
}
