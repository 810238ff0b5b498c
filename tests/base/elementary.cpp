#include <entente/base/elementary.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(Elementary, functions_are_within_an_ulp_or_two_of_the_standard_library) {
    const auto near = [](double a, double b) { return std::abs(a - b) <= 2 * std::numeric_limits<double>::epsilon() * std::abs(b); };
    const Elementary& f = elementary();
    for (const double x : {1e-12, 0.1, 0.5, 1.0, 2.5, 10.0, 30.0}) {
        EXPECT_TRUE(near(f.exp(-x), std::exp(-x))) << x;
        EXPECT_TRUE(near(f.expm1(-x), std::expm1(-x))) << x;
        EXPECT_TRUE(near(f.log(x), std::log(x))) << x;
        EXPECT_TRUE(near(f.log1p(x), std::log1p(x))) << x;
        EXPECT_TRUE(near(f.sin(x), std::sin(x))) << x;
        EXPECT_TRUE(near(f.cos(x), std::cos(x))) << x;
        EXPECT_TRUE(near(f.tan(x), std::tan(x))) << x;
        EXPECT_TRUE(near(f.tanh(x), std::tanh(x))) << x;
        EXPECT_TRUE(near(f.atan(x), std::atan(x))) << x;
        EXPECT_TRUE(near(f.atan2(x, -0.7), std::atan2(x, -0.7))) << x;
        EXPECT_TRUE(near(f.power(x, 1.5), std::pow(x, 1.5))) << x;
    }
    EXPECT_NEAR(f.lgamma(10), std::log(362880.0), 1e-14);
}

TEST(Elementary, modulo_has_the_sign_of_the_divisor_as_in_python) {
    EXPECT_EQ(python_modulo(7, 3), 1);
    EXPECT_EQ(python_modulo(-7, 3), 2);
    EXPECT_EQ(python_modulo(7, -3), -2);
    EXPECT_EQ(python_modulo(-7, -3), -1);
    EXPECT_EQ(python_modulo(5.5, 2), 1.5);
    EXPECT_TRUE(std::signbit(python_modulo(6, -3)));
    EXPECT_TRUE(std::isnan(python_modulo(1, 0)));
}

TEST(Elementary, normal_quantiles_of_the_tables) {
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normal_quantile(0.95), 1.6448536269514722, 1e-14);
    EXPECT_NEAR(normal_quantile(0.5), 0, 1e-16);
    EXPECT_NEAR(normal_quantile(0.001), -3.090232306167813, 1e-13);
    EXPECT_NEAR(normal_quantile(0.999), 3.090232306167813, 1e-13);
}

TEST(Elementary, an_open_uniform_is_never_0_or_1) {
    EXPECT_EQ(open_uniform(0), 0x1p-53);
    EXPECT_LT(open_uniform(1 - 0x1p-52), 1);
}

}  // namespace
}  // namespace entente
