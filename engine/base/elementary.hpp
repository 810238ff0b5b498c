/// Elementary functions with the same bits on every machine that has fused multiply-add (AVX2, AVX-512 and scalar code alike).
///
/// SLEEF's `finz` family: at most 1.0 ulp from the true value; log1p is infinite above 1e307. On a processor without FMA its
/// `cinz` twin, which may differ in the last bit.
#pragma once

namespace entente {

struct Elementary {
    using Unary = double (*)(double);
    using Binary = double (*)(double, double);
    Unary exp, expm1, log, log1p, sin, cos, tan, tanh, atan, lgamma;
    Binary power;
    Binary atan2;  ///< of y and x: the angle of the point (x, y), from -pi to pi
};

/// The family that this processor can run. Chosen once.
const Elementary& elementary();

/// The remainder with the divisor's sign: Python's %. Exact. NaN for a divisor of 0.
double python_modulo(double a, double b);

/// Standard normal quantile of p in (0, 1): Wichura (1988), Algorithm AS 241, PPND16; about 1e-16 relative.
double normal_quantile(double p);

/// The number in the open interval (0, 1) for a draw u = k / 2^52: its cell's middle.
inline double open_uniform(double u) {
    return u + 0x1p-53;
}

}  // namespace entente
