// The epidemic against the final-size equation and the chance of an outbreak.
//
// In steps of h, with x = exp(-beta h (1 - s)) and r = 1 - exp(-gamma h), a case is ill for k steps in which it infects, k geometric from 0, and
// the number of its infections has the generating function G(s) = r / (1 - (1 - r) x): an outbreak fails to take hold with the smallest s = G(s),
// for h -> 0 1 / R0. The mean is R = beta h (1 - r) / r, and as everyone escapes each step with exp(-beta h I / N), the final size
// solves z = 1 - exp(-R z) whatever h.
#include <cmath>
#include <string>
#include <vector>

#include <entente/scenario/settings.hpp>
#include <gtest/gtest.h>

#include "across_runs.hpp"
#include "classic.hpp"

namespace entente::test {
namespace {

struct Steps {
    Steps(double beta, double gamma) : b(beta * 0.25), r(-std::expm1(-gamma * 0.25)) {}
    double extinction() const {
        double s = 0;
        for (int i = 0; i < 10000; ++i) s = r / (1 - (1 - r) * std::exp(-b * (1 - s)));
        return s;
    }
    double final_size() const {
        double z = 1;
        for (int i = 0; i < 10000; ++i) z = -std::expm1(-b * (1 - r) / r * z);
        return z;
    }
    double b;
    double r;
};

struct Outcome {
    explicit Outcome(const std::string& beta) {
        const auto reached = final_values(run(with_setting(classic("sir"), "beta=" + beta), {.runs = 240, .series_runs = 0}), "reached");
        for (const double of_all : reached)
            if (of_all > 0.2) outbreaks.push_back(of_all);
        share = static_cast<double>(outbreaks.size()) / static_cast<double>(reached.size());
        error_of_share = std::sqrt(share * (1 - share) / static_cast<double>(reached.size()));
    }
    std::vector<double> outbreaks;  ///< the share of all that each reached
    double share = 0;               ///< of runs
    double error_of_share = 0;
};

class Sir : public testing::TestWithParam<std::string> {
protected:
    const Outcome outcome{GetParam()};
    const Steps steps{std::stod(GetParam()), 0.2};
};

TEST_P(Sir, takes_hold_as_often_as_its_branching_process_and_reaches_the_final_size) {
    EXPECT_NEAR(outcome.share, 1 - steps.extinction(), 3 * outcome.error_of_share);  // a standard error is 0.032
    EXPECT_NEAR(1 - steps.extinction(), 1 - 0.2 / std::stod(GetParam()), 0.03) << "but for the step of a quarter of a day";
    const Across size(outcome.outbreaks);
    EXPECT_NEAR(size.mean, steps.final_size(), 3 * size.error + 0.005);  // 0.005: a thousand are not all the world
}

INSTANTIATE_TEST_SUITE_P(at, Sir, testing::Values("0.4", "0.6"), [](const auto& beta) { return beta.param == "0.4" ? "R0_of_2" : "R0_of_3"; });

TEST(SirBelowThreshold, dies_out) { EXPECT_TRUE(Outcome("0.1").outbreaks.empty()); }

}  // namespace
}  // namespace entente::test
