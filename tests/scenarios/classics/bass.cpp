// Bass's diffusion against its closed form.
//
// Weekly steps make of it F(n + 1) = F(n) + (1 - F(n)) (1 - exp(-(p + q F(n)) dt)) in a large market, up to half a step behind the flow.
#include <cmath>

#include <gtest/gtest.h>

#include "across_runs.hpp"
#include "classic.hpp"

namespace entente::test {
namespace {

constexpr double p = 0.03;
constexpr double q = 0.38;
constexpr double dt = 7 / 365.25;

double flow(double years) {
    const double left = std::exp(-(p + q) * years);
    return (1 - left) / (1 + q / p * left);
}

const Results& spread() {
    static const Results results = run(classic("bass"), {.runs = 12});
    return results;
}

TEST(Bass, follows_the_recursion_of_a_large_market) {
    const Results& results = spread();
    double F = 0;
    for (std::int64_t tick = 0; tick < results.calendar.ticks(); ++tick) {
        F += (1 - F) * (1 - std::exp(-(p + q * F) * dt));
        if (tick % 52 != 51) continue;
        const Across adopted = across_runs(results, "adopted", tick);
        EXPECT_NEAR(adopted.mean, F, 4 * adopted.error + 1e-3) << "after tick " << tick;  // 1e-3: ten thousand are not all the world
    }
}

TEST(Bass, follows_the_closed_form_within_the_step) {
    const Results& results = spread();
    for (std::int64_t tick = 51; tick < results.calendar.ticks(); tick += 52) {
        const Across adopted = across_runs(results, "adopted", tick);
        EXPECT_NEAR(adopted.mean, flow(dt * static_cast<double>(tick + 1)), 4 * adopted.error + 2e-3) << "after tick " << tick;
    }
}

/// ln(q / p) / (p + q) = 6.19 years.
TEST(Bass, has_its_peak_of_sales_when_it_was_published_to_have_it) {
    const Across ticks(final_values(spread(), "sales_peak"));  // at whose end F has passed its share at the peak
    EXPECT_NEAR(dt * (ticks.mean + 1), std::log(q / p) / (p + q), 4 * dt * ticks.error);
    EXPECT_LT(dt * ticks.error, 0.03);
}

}  // namespace
}  // namespace entente::test
