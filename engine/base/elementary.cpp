#include <entente/base/elementary.hpp>

#include <cmath>
#include <limits>

#include <entente/base/machine.hpp>
#include <entente/base/normal_quantile.hpp>

// SLEEF's header declares the first of these only to files compiled for machines with FMA, where we ask the processor, and on some
// machines as functions that return `const double`.
extern "C" {
double Sleef_finz_expd1_u10purecfma(double);
double Sleef_finz_expm1d1_u10purecfma(double);
double Sleef_finz_logd1_u10purecfma(double);
double Sleef_finz_log1pd1_u10purecfma(double);
double Sleef_finz_sind1_u10purecfma(double);
double Sleef_finz_cosd1_u10purecfma(double);
double Sleef_finz_tand1_u10purecfma(double);
double Sleef_finz_tanhd1_u10purecfma(double);
double Sleef_finz_atand1_u10purecfma(double);
double Sleef_finz_lgammad1_u10purecfma(double);
double Sleef_finz_powd1_u10purecfma(double, double);
double Sleef_finz_atan2d1_u10purecfma(double, double);
double Sleef_cinz_expd1_u10purec(double);
double Sleef_cinz_expm1d1_u10purec(double);
double Sleef_cinz_logd1_u10purec(double);
double Sleef_cinz_log1pd1_u10purec(double);
double Sleef_cinz_sind1_u10purec(double);
double Sleef_cinz_cosd1_u10purec(double);
double Sleef_cinz_tand1_u10purec(double);
double Sleef_cinz_tanhd1_u10purec(double);
double Sleef_cinz_atand1_u10purec(double);
double Sleef_cinz_lgammad1_u10purec(double);
double Sleef_cinz_powd1_u10purec(double, double);
double Sleef_cinz_atan2d1_u10purec(double, double);
}

namespace entente {
namespace {

constexpr Elementary fused{Sleef_finz_expd1_u10purecfma,    Sleef_finz_expm1d1_u10purecfma, Sleef_finz_logd1_u10purecfma,
                           Sleef_finz_log1pd1_u10purecfma,  Sleef_finz_sind1_u10purecfma,   Sleef_finz_cosd1_u10purecfma,
                           Sleef_finz_tand1_u10purecfma,    Sleef_finz_tanhd1_u10purecfma,  Sleef_finz_atand1_u10purecfma,
                           Sleef_finz_lgammad1_u10purecfma, Sleef_finz_powd1_u10purecfma,   Sleef_finz_atan2d1_u10purecfma};

constexpr Elementary plain{Sleef_cinz_expd1_u10purec,    Sleef_cinz_expm1d1_u10purec, Sleef_cinz_logd1_u10purec,
                           Sleef_cinz_log1pd1_u10purec,  Sleef_cinz_sind1_u10purec,   Sleef_cinz_cosd1_u10purec,
                           Sleef_cinz_tand1_u10purec,    Sleef_cinz_tanhd1_u10purec,  Sleef_cinz_atand1_u10purec,
                           Sleef_cinz_lgammad1_u10purec, Sleef_cinz_powd1_u10purec,   Sleef_cinz_atan2d1_u10purec};

}  // namespace

const Elementary& elementary() {
    static const Elementary& chosen = has_fused_multiply_add() ? fused : plain;
    return chosen;
}

double python_modulo(double a, double b) {
    if (b == 0) return std::numeric_limits<double>::quiet_NaN();
    const double remainder = std::fmod(a, b);
    if (remainder == 0) return std::copysign(0.0, b);
    return (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

double normal_quantile(double p) {
    const double q = p - 0.5;
    if (std::abs(q) <= as241::central_width) {
        const double r = as241::central_offset - q * q;
        return q * as241::polynomial(as241::central_top, r) / as241::polynomial(as241::central_bottom, r);
    }
    const double r = std::sqrt(-elementary().log(q < 0 ? p : 1 - p));
    const double near = r - as241::tail_offset;
    const double far = r - as241::far_from;
    const double z = r <= as241::far_from ? as241::polynomial(as241::tail_top, near) / as241::polynomial(as241::tail_bottom, near)
                                          : as241::polynomial(as241::far_top, far) / as241::polynomial(as241::far_bottom, far);
    return q < 0 ? -z : z;
}

}  // namespace entente
