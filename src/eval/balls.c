#include "eval/balls.h"

/* The exponents of balls are of any size: what MPFR cannot hold is rounded outward. */
static void round_end(mpfr_ptr end, mpfr_rnd_t round)
{
    if (!mpfr_regular_p(end))
        return;
    if (mpfr_get_exp(end) > mpfr_get_emax() || mpfr_get_exp(end) < mpfr_get_emin())
        mpfr_check_range(end, 0, round);
}

void ball_enclosure(struct enclosure *enclosure, const arb_t ball, slong bits)
{
    enclosure->is_exact = false;
    mpfr_set_prec(enclosure->lower, bits);
    mpfr_set_prec(enclosure->upper, bits);
    if (!arb_is_finite(ball)) {
        mpfr_set_inf(enclosure->lower, -1);
        mpfr_set_inf(enclosure->upper, 1);
        return;
    }
    arb_get_interval_mpfr(enclosure->lower, enclosure->upper, ball);
    round_end(enclosure->lower, MPFR_RNDD);
    round_end(enclosure->upper, MPFR_RNDU);
}
