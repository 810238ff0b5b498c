// The voter model against its exact correlations.
//
// With spins of +1 and -1, C(r) = <s(0) s(r)> of two voters at a distance r obeys a closed linear equation: C(0) = 1, and from step to step each
// of the two looks at one of four neighbours with the chance `pace`, else stays. Neighbours disagree with the chance (1 - C(1, 0)) / 2.
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "across_runs.hpp"
#include "classic.hpp"

namespace entente::test {
namespace {

constexpr int side = 64;
constexpr int ticks = 100;

/// The same on a smaller torus.
Scenario small() {
    Scenario scenario = classic("voter");
    scenario.agents[0].unnamed = side * side;
    scenario.links[0].pattern->width = scenario.links[0].pattern->height = side;
    return scenario;
}

class Correlation {
public:
    explicit Correlation(double pace) : pace_(pace), C_(side * side, 0) { C_[0] = 1; }
    double disagreement() const { return (1 - C_[1]) / 2; }
    void step() {
        const auto once = looked(C_);   // one of the two looks
        const auto twice = looked(once);  // both do
        for (std::size_t i = 0; i < C_.size(); ++i) C_[i] = (1 - pace_) * (1 - pace_) * C_[i] + 2 * pace_ * (1 - pace_) * once[i] + pace_ * pace_ * twice[i];
        C_[0] = 1;
    }

private:
    static std::vector<double> looked(const std::vector<double>& C) {
        std::vector<double> mean(C.size());
        const auto at = [&](int x, int y) { return C[static_cast<std::size_t>((y + side) % side * side + (x + side) % side)]; };
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                mean[static_cast<std::size_t>(y * side + x)] = (at(x + 1, y) + at(x - 1, y) + at(x, y + 1) + at(x, y - 1)) / 4;
        return mean;
    }
    double pace_;
    std::vector<double> C_;
};

TEST(Voter, disagrees_as_its_exact_correlations_say) {
    const Results results = run(small(), {.runs = 48});
    Correlation correlation(0.5);
    for (int tick = 0; tick < ticks; ++tick) {
        correlation.step();
        const Across neighbours = across_runs(results, "disagreement", tick);
        EXPECT_NEAR(neighbours.mean, correlation.disagreement(), 4 * neighbours.error) << "after tick " << tick;  // an error is 0.001 to 0.002
    }
}

TEST(Voter, conserves_the_mean_opinion) {
    const Results results = run(small(), {.runs = 48});
    for (const int tick : {9, 49, 99}) {
        const Across opinion = across_runs(results, "mean_opinion", tick);
        EXPECT_NEAR(opinion.mean, 0.5, 4 * opinion.error);
    }
}

/// The inverse share grows by 2 / (pi A) with ln t, A being the mean of 1 / (1 - pace (1 - (cos k + cos l) / 2) / 2) over all wave numbers: 1 for
/// one voter at a time (Krapivsky 1992), 1.3729 for half of them at once. At these times corrections of 1 / ln t are left of it.
TEST(Voter, comes_to_agree_by_the_logarithm_of_time) {
    Correlation correlation(0.5);
    const auto inverse_after = [&](int steps) {
        for (int i = 0; i < steps; ++i) correlation.step();
        return 1 / correlation.disagreement();
    };
    const double early = inverse_after(100);
    const double late = inverse_after(300);
    EXPECT_NEAR((late - early) / std::log(4.0) * std::numbers::pi * 1.3729 / 2, 1, 0.04);
}

}  // namespace
}  // namespace entente::test
