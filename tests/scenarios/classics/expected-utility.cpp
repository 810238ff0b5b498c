// Bueno de Mesquita's model of 1994: the Council's positions before anyone moves in closed form, then the rounds that Scholz, Calbert and
// Smith (2011) print in table 2.
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

/// Rounds 1 to 8.
constexpr std::array published_mean{7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6};
constexpr std::array published_median{8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6};

TEST(ExpectedUtility, begins_at_the_weighted_mean_and_median) {
    const Results results = run(classic("expected-utility"));
    EXPECT_NEAR(series(results, "mean")[0], 500.3 / 67.7, 1e-12);
    EXPECT_NEAR(series(results, "median")[0], 7, 1e-12);
}

TEST(ExpectedUtility, goes_through_the_published_rounds) {
    const Results results = run(classic("expected-utility"));
    for (std::size_t round = 1; round <= published_mean.size(); ++round) {
        EXPECT_NEAR(series(results, "mean")[round], published_mean[round - 1], 0.1) << "round " << round;
        if (round != 2) {
            EXPECT_NEAR(series(results, "median")[round], published_median[round - 1], 0.1) << "round " << round;
        }
    }
}

/// The one published number that is not reproduced: 9.9 is printed for round 2, where one government is on its way from 8.4 to 9.96. None of
/// some 2,800 readings of the equations that were tried gives it together with the other rounds.
TEST(ExpectedUtility, nears_ten_a_round_later_than_published) {
    const Results results = run(classic("expected-utility"));
    EXPECT_NEAR(series(results, "median")[2], 9.611, 0.001);
    EXPECT_NEAR(series(results, "median")[3], published_median[1], 0.1);
}

/// The model as a plain loop over arrays, of any number of governments.
class Plain {
public:
    Plain(std::vector<double> capability, std::vector<double> salience, std::vector<double> position, double span)
        : power_(capability.size()), salience_(std::move(salience)), x_(std::move(position)), span_(span) {
        for (std::size_t i = 0; i < n(); ++i) power_[i] = capability[i] * salience_[i];
    }

    void round() {
        std::vector<double> risk(n(), 1.0);
        std::vector<double> security(n(), 0.0);
        count_votes(risk);
        for (std::size_t i = 0; i < n(); ++i)
            for (std::size_t j = 0; j < n(); ++j)
                if (j != i) security[i] += expected(j, i, 1);
        const auto [low, high] = std::ranges::minmax(security);
        for (std::size_t i = 0; i < n(); ++i) {
            const double relative = (2 * security[i] - high - low) / (high - low);
            risk[i] = (1 - relative / 3) / (1 + relative / 3);
        }
        count_votes(risk);
        std::vector<double> next = x_;
        for (std::size_t i = 0; i < n(); ++i) next[i] = move(i, risk[i]);
        x_ = next;
    }

    [[nodiscard]] const std::vector<double>& positions() const { return x_; }

private:
    [[nodiscard]] std::size_t n() const { return power_.size(); }
    [[nodiscard]] double apart(std::size_t i, std::size_t j) const { return std::abs(x_[i] - x_[j]) / span_; }

    void count_votes(const std::vector<double>& risk) {
        support_.assign(n() * n(), 0);
        all_votes_ = 0;
        for (std::size_t i = 0; i < n(); ++i)
            for (std::size_t j = 0; j < n(); ++j)
                for (std::size_t k = 0; k < n(); ++k) {
                    const double vote = power_[k] * (std::pow(apart(k, j), risk[k]) - std::pow(apart(k, i), risk[k]));
                    support_[i * n() + j] += std::max(0.0, vote);
                    all_votes_ += std::abs(vote);
                }
    }

    /// Of i, challenging j, by a risk exponent of r.
    [[nodiscard]] double expected(std::size_t i, std::size_t j, double r) const {
        const double success = 2 - 4 * std::pow(0.5 - 0.5 * apart(i, j), r);
        const double failure = 2 - 4 * std::pow(0.5 + 0.5 * apart(i, j), r);
        const double p = support_[i * n() + j] / all_votes_;
        return salience_[j] * (p * success + (1 - p) * failure) + (1 - salience_[j]) * success - (2 - 4 * std::pow(0.5, r));
    }

    [[nodiscard]] double move(std::size_t i, double risk) const {
        double to = x_[i], nearest = INFINITY, lowest = INFINITY, deal = x_[i];
        for (std::size_t j = 0; j < n(); ++j) {
            if (x_[i] == x_[j]) continue;
            const double gain = expected(i, j, risk);
            const double threat = expected(j, i, risk);
            if (threat > gain && gain > 0 && std::abs(x_[j] - x_[i]) < nearest) nearest = std::abs(x_[j] - x_[i]), to = x_[j];
            if (threat > 0 && gain <= 0 && threat > -gain && x_[j] < lowest) lowest = x_[j], deal = x_[i] + (x_[j] - x_[i]) * std::abs(gain / threat);
        }
        return nearest < INFINITY ? to : deal;
    }

    std::vector<double> power_, salience_, x_, support_;
    double span_;
    double all_votes_ = 0;
};

std::string forty_governments(std::vector<double>& capability, std::vector<double>& salience, std::vector<double>& position) {
    std::string members;
    for (int i = 0; i < 40; ++i) {
        capability.push_back(0.05 + 0.9 * std::fmod(i * 0.618034, 1));
        salience.push_back(0.05 + 0.9 * std::fmod(i * 0.754878, 1));
        position.push_back(4 + 6 * std::fmod(i * 0.569840, 1));
        members += fmt::format("      g{}: {{capability: {}, salience: {}, position: {}}}\n", i, capability.back(), salience.back(), position.back());
    }
    return members;
}

TEST(ExpectedUtility, of_forty_governments_is_that_of_a_plain_loop) {
    std::ifstream file(std::filesystem::path(ENTENTE_ROOT) / "scenarios/classics/expected-utility.yaml");
    std::string text{std::istreambuf_iterator<char>(file), {}};
    std::vector<double> capability, salience, position;
    const std::size_t first = text.find("      netherlands:");
    const std::size_t end = text.find("\nlinks:");
    ASSERT_NE(first, std::string::npos);
    text.replace(first, end - first, forty_governments(capability, salience, position));
    text.replace(text.find("ticks: 9"), 8, "ticks: 21");
    const Results results = run(read_scenario_text(text, "forty.yaml", "/nonexistent").scenario);
    Plain plain(capability, salience, position, 6);
    const auto found = series(results, "position");
    for (std::size_t round = 1; round <= 20; ++round) {
        plain.round();
        for (std::size_t i = 0; i < 40; ++i) ASSERT_NEAR(found[round * 40 + i], plain.positions()[i], 1e-9) << "government " << i << ", round " << round;
    }
}

}  // namespace
}  // namespace entente::test
