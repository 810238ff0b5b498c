// Bueno de Mesquita's expected-utility model against the published rounds and against the equations worked out in plain loops.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

struct Government {
    double capability, position, salience;
};

/// Bueno de Mesquita (1994), p. 78; Scholz, Calbert and Smith (2011), Table 1.
const std::vector<Government> community{{.08, 4, .8},  {.08, 7, .4},  {.03, 4, .2}, {.16, 4, .8}, {.16, 10, .6},
                                        {.16, 10, .6}, {.16, 10, .9}, {.05, 7, .1}, {.05, 4, 1.}, {.08, 7, .7}};

/// The equations of Scholz et al., with one actor after another and no engine.
class Council {
public:
    explicit Council(std::vector<Government> actors) : actors_(std::move(actors)) {
        const auto [low, high] = std::minmax_element(actors_.begin(), actors_.end(), [](auto& a, auto& b) { return a.position < b.position; });
        span_ = high->position - low->position;
    }

    void round() {
        const std::size_t n = actors_.size();
        const auto danger = [&](const Chances& chances) {
            std::vector<double> all(n);
            for (std::size_t i = 0; i < n; ++i)
                for (std::size_t j = 0; j < n; ++j)
                    if (i != j) all[i] += gain(j, i, chances, 1);
            return all;
        }(chances_at(std::vector<double>(n, 1)));
        const auto [least, most] = std::minmax_element(danger.begin(), danger.end());
        std::vector<double> exponents(n);
        for (std::size_t i = 0; i < n; ++i) {
            const double R = (2 * danger[i] - *most - *least) / (*most - *least);
            exponents[i] = (1 - R / 3) / (1 + R / 3);
        }
        const Chances chances = chances_at(exponents);
        std::vector<double> next(n);
        for (std::size_t i = 0; i < n; ++i) next[i] = best_offer(i, chances, exponents[i]);
        for (std::size_t i = 0; i < n; ++i) actors_[i].position = next[i];
    }

    std::vector<double> positions() const {
        std::vector<double> all;
        for (const Government& a : actors_) all.push_back(a.position);
        return all;
    }

private:
    using Chances = std::vector<std::vector<double>>;

    double distance(std::size_t i, std::size_t j) const { return std::abs(actors_[i].position - actors_[j].position) / span_; }

    Chances chances_at(const std::vector<double>& exponents) const {
        const std::size_t n = actors_.size();
        Chances chances(n, std::vector<double>(n));
        double all_votes = 0;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                for (std::size_t k = 0; k < n; ++k) {
                    const double vote = actors_[k].capability * actors_[k].salience *
                                        (std::pow(distance(k, j), exponents[k]) - std::pow(distance(k, i), exponents[k]));
                    chances[i][j] += std::max(0., vote);
                    all_votes += std::abs(vote);
                }
        for (auto& row : chances)
            for (double& chance : row) chance /= all_votes;
        return chances;
    }

    /// What challenger i expects of challenging j, in the eyes of who has risk exponent r.
    double gain(std::size_t i, std::size_t j, const Chances& chances, double r) const {
        const double d = distance(i, j);
        const double success = 2 - 4 * std::pow(0.5 - 0.5 * d, r);
        const double failure = 2 - 4 * std::pow(0.5 + 0.5 * d, r);
        const double s = actors_[j].salience;
        const double P = chances[i][j];
        return s * (P * success + (1 - P) * failure) + (1 - s) * success - (2 - 4 * std::pow(0.5, r));
    }

    double best_offer(std::size_t i, const Chances& chances, double r) const {
        struct Best {
            double key = std::numeric_limits<double>::infinity();
            double offer = std::numeric_limits<double>::infinity();
            void take(double k, double o) {
                if (k < key || (k == key && o < offer)) key = k, offer = o;
            }
            bool some() const { return key < std::numeric_limits<double>::infinity(); }
        } confrontation, compromise, capitulation;
        const double x = actors_[i].position;
        for (std::size_t j = 0; j < actors_.size(); ++j) {
            const double y = actors_[j].position;
            if (x == y) continue;
            const double mine = gain(i, j, chances, r);
            const double theirs = gain(j, i, chances, r);
            if (theirs > mine && mine > 0) confrontation.take(std::abs(x - y), y);
            if (mine < 0 && theirs > -mine) compromise.take((-mine * x + theirs * y) / (-mine + theirs), x + (y - x) * (-mine / theirs));
            if (mine < 0 && theirs > 0 && theirs <= -mine) capitulation.take(std::abs(x - y), y);
        }
        return confrontation.some() ? confrontation.offer : compromise.some() ? compromise.offer : capitulation.some() ? capitulation.offer : x;
    }

    std::vector<Government> actors_;
    double span_;
};

/// The scenario with other governments at the table.
Scenario seating(const std::vector<Government>& governments, int rounds) {
    std::string members = "    members:\n";
    for (std::size_t i = 0; i < governments.size(); ++i)
        members += fmt::format("      g{}: {{capability: {}, position: {}, salience: {}}}\n", i, governments[i].capability, governments[i].position,
                               governments[i].salience);
    const std::string seated = replaced(classic_text("expected-utility"), "    members:\n      netherlands", "  issue:", members);
    return read_classic(replaced(seated, "calendar:", "runs:", fmt::format("calendar: {{ticks: {}}}\n", rounds + 1)));
}

void expect_the_equations(const Results& results, std::vector<Government> governments, int rounds) {
    const std::size_t n = governments.size();
    Council council(std::move(governments));
    const auto all = series(results, "positions");
    for (int round = 0; round <= rounds; ++round) {
        if (round > 0) council.round();
        for (std::size_t i = 0; i < n; ++i)
            ASSERT_NEAR(all[static_cast<std::size_t>(round) * n + i], council.positions()[i], 1e-9) << "government " << i << " after round " << round;
    }
}

TEST(ExpectedUtility, opens_at_the_weighted_mean_and_the_position_that_beats_every_other) {
    const Results results = run(classic("expected-utility"));
    EXPECT_NEAR(series(results, "mean")[0], 500.3 / 67.7, 1e-12);
    EXPECT_EQ(series(results, "median")[0], 7);
}

/// Scholz et al. (2011), Table 2. The median of round 2 is printed as 9.9: no reading of the equations that keeps the other fifteen
/// numbers gave it, and the position that it belongs to, Belgium's, is 9.61 here.
TEST(ExpectedUtility, goes_through_the_published_rounds) {
    const Results results = run(classic("expected-utility"));
    const auto medians = series(results, "median");
    const auto means = series(results, "mean");
    const std::vector<double> published_medians{8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6};
    const std::vector<double> published_means{7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6};
    for (std::size_t round = 1; round <= 8; ++round) {
        EXPECT_NEAR(means[round], published_means[round - 1], 0.1) << "round " << round;
        const double expected = round == 2 ? 9.611 : published_medians[round - 1];
        EXPECT_NEAR(medians[round], expected, 0.1) << "round " << round;
    }
}

TEST(ExpectedUtility, follows_the_equations_round_by_round) { expect_the_equations(run(classic("expected-utility")), community, 8); }

TEST(ExpectedUtility, follows_the_equations_with_forty_at_the_table) {
    std::vector<Government> governments;
    unsigned state = 7;
    const auto draw = [&](int most) { return state = state * 1664525U + 1013904223U, static_cast<double>((state >> 8) % static_cast<unsigned>(most)) + 1; };
    for (int i = 0; i < 40; ++i) governments.push_back({draw(20) / 100, draw(1000) / 100, draw(100) / 100});
    expect_the_equations(run(seating(governments, 20)), governments, 20);
}

TEST(ExpectedUtility, leaves_those_who_agree_in_peace) {
    Scenario scenario = seating({{.2, 4, .5}, {.3, 4, .9}, {.1, 8, 0}}, 5);  // who does not care, resists nobody and is heard by nobody
    const auto positions = series(run(scenario), "positions");
    EXPECT_EQ(positions[3 * 5], 4);
    EXPECT_EQ(positions[3 * 5 + 1], 4);
}

}  // namespace
}  // namespace entente::test
