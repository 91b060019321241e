/* Every rule, broken on purpose: what it writes is doubled, when the step is made and
   when it is replayed, so that the proof alone can refuse it. */
#define rule_apply honest_apply
#include "derive/rule.c"
#undef rule_apply

#include "../given.h"
#include "derive/derive.h"

#include <stdlib.h>

static struct given given;
static struct derivation derivation;
static bool is_broken;
static enum rule_id broken;

expr_id rule_apply(struct rule_context *context, enum rule_id id, expr_id before,
                   const struct sites *sites)
{
    struct pool *pool = context->pool;
    expr_id after = honest_apply(context, id, before, sites);
    if (!after || !is_broken || id != broken)
        return after;
    return expr_multiply(pool, expr_integer(pool, 2), after);
}

struct example {
    enum rule_id rule;
    const char *spec, *symbol;
};

#define LAYERS "inputs x 2\nlayer h 2\nlayer y 2\ntargets t\nerror half-squares\n"
#define WIDE                                                                             \
    "inputs x 2\nlayer h 2\nlayer g 9\nlayer f 9\nlayer y 2\ntargets t\nerror "          \
    "half-squares\n"
#define TIED                                                                             \
    "inputs x 2\nparameters u v\nh_1 = u x_1\nh_2 = u h_1 + v x_2\nh_3 = u h_2\ny_1 = "  \
    "v h_3\ntargets t_1\n"                                                               \
    "error E = 1/2 (t_1 - y_1)^2\n"

#define SOFTMAX                                                                          \
    "inputs x 2\nlayer h 2 sigmoid\nlayer y 2 softmax\ntargets t\nerror cross-entropy\n"
#define ASSUMED SOFTMAX "assume t_1 + t_2 = 1\n"

#define LOGISTIC "inputs x 2\nlayer y 2 sigmoid\ntargets t\nerror binary-cross-entropy\n"

static const struct example examples[] = {
    {RULE_VALUE_FORM, LOGISTIC, "w_{11}^{1}"},
    {RULE_CHAIN_RULE, SOFTMAX, "w_{11}^{1}"},
    {RULE_LOCAL, SOFTMAX, "w_{11}^{1}"},
    {RULE_REDUCE, SOFTMAX, "w_{11}^{1}"},
    {RULE_MULTIPLY_OUT, SOFTMAX, "w_{11}^{1}"},
    {RULE_ASSUME, ASSUMED, "w_{11}^{1}"},
    {RULE_ERROR_SIGNALS, SOFTMAX, "w_{11}^{1}"},
    {RULE_DEFINITION, LAYERS, "w_{11}^{1}"},
    {RULE_DIFFERENTIATE, LAYERS, "w_{11}^{1}"},
    {RULE_CANCEL, LAYERS, "w_{11}^{1}"},
    {RULE_NO_PATH, LAYERS, "w_{11}^{2}"},
    {RULE_DROP_ZERO, LAYERS, "w_{11}^{2}"},
    {RULE_CHAIN_RULE, LAYERS, "w_{11}^{1}"},
    {RULE_LOCAL, LAYERS, "w_{11}^{1}"},
    {RULE_TIDY, TIED, "u"},
    {RULE_COMMON_FACTOR, TIED, "u"},
    {RULE_PUT_IN, LAYERS, "w_{11}^{1}"},
    {RULE_ABSORB_SIGNS, LAYERS, "w_{11}^{1}"},
    {RULE_COLLECT, LAYERS, "w_{11}^{1}"},
    {RULE_SUM_OVER_PATHS, WIDE, "w_{11}^{1}"},
    {RULE_SHARED_LABELS, WIDE, "w_{11}^{1}"},
    {RULE_ERROR_SIGNALS, LAYERS, "w_{11}^{1}"},
    {RULE_ERROR_SIGNALS, WIDE, "w_{11}^{1}"},
};

static bool derive_example(const struct example *example)
{
    return derive(&derivation, given.network, given_node(&given, example->symbol),
                  network_error(given.network), &given.budget, &given.diags);
}

static bool has_step(enum rule_id rule)
{
    for (size_t i = 0; i < derivation.chain_count; i++)
        for (size_t k = 0; k < derivation.chains[i].count; k++)
            if (derivation.chains[i].steps[k].rule == rule)
                return true;
    return false;
}

START_TEST(a_broken_rule_is_refused)
{
    const struct example *example = &examples[_i];
    is_broken = false;
    broken = example->rule;
    given_init(&given, example->spec);
    ck_assert(derive_example(example));
    ck_assert_msg(has_step(broken), "%s is not used", rule_of(broken)->name);
    derivation_clear(&derivation);
    is_broken = true;
    ck_assert_msg(!derive_example(example), "%s is believed", rule_of(broken)->name);
    given_check_diag(&given, DIAG_INTERNAL, "is not proved");
    derivation_clear(&derivation);
    given_clear(&given);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("broken_rules");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, a_broken_rule_is_refused, 0,
                        sizeof examples / sizeof *examples);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
