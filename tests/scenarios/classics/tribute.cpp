// Axelrod's tribute model against a plain telling of the same rules, and against what he found.
//
// The telling walks the ring step by step: from the active actor to each target, over allies on the way, then on from both for more
// of them. It is given the lots that were drawn, and must come to the same demands, payments, fights, wealth and commitments.
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>

#include <entente/base/statistics.hpp>
#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

constexpr int n = 10;
constexpr int links = n * (n - 1);
constexpr int ticks = 3000;

int link(int source, int target) { return source * (n - 1) + target - (target > source ? 1 : 0); }

/// With everything recorded that the telling needs.
Scenario recorded() {
    const auto folder = std::filesystem::path(ENTENTE_ROOT) / "scenarios/classics";
    std::ifstream file(folder / "tribute.yaml");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return read_scenario_text(text + R"(
  lots: {value: lot, on: actor}
  start: {value: first_wealth, on: actor}
  wealth: {value: wealth, on: actor}
  level: {value: level, on: commitment}
  demanded: {value: demand, on: commitment}
  paid: {value: tribute, on: commitment}
)", "tribute.yaml", folder).scenario;
}

class Panel {
public:
    Panel(const Results& results, const std::string& measure, int width)
        : values_(series(results, measure)), width_(width), ticks_(static_cast<int>(results.calendar.ticks())) {}
    double operator()(int run, int tick, int row) const { return values_.at(static_cast<std::size_t>((run * ticks_ + tick) * width_ + row)); }

private:
    std::vector<double> values_;
    int width_;
    int ticks_;
};

using Camp = std::array<bool, n>;

struct Fight {
    Camp attack{};
    Camp defence{};
    double attack_strength = 0;
    double defence_strength = 0;
    bool reachable = true;
};

class Ring {
public:
    explicit Ring(std::array<double, n> first) : wealth(first) {
        for (int i = 0; i < n; ++i) commitment[static_cast<std::size_t>(i)][static_cast<std::size_t>(i)] = 100;
    }

    /// `direction`: 1 to the right of the active actor, -1 to its left.
    Fight fight(int active, int target, int direction) const {
        Fight fight;
        fight.attack[at(active)] = fight.defence[at(target)] = true;
        fight.attack_strength = wealth[at(active)];
        fight.defence_strength = wealth[at(target)];
        for (int k = turn(active + direction); k != target; k = turn(k + direction)) {
            if (committed(k, active) <= committed(k, target)) {
                fight.reachable = false;
                return fight;
            }
            join(fight.attack, fight.attack_strength, k, active);
        }
        for (int k = turn(target + direction); !fight.attack[at(k)] && committed(k, target) > committed(k, active); k = turn(k + direction))
            join(fight.defence, fight.defence_strength, k, target);
        for (int k = turn(active - direction); !fight.attack[at(k)] && k != target && committed(k, active) > committed(k, target); k = turn(k - direction))
            join(fight.attack, fight.attack_strength, k, active);
        return fight;
    }

    double worth(const Fight& fight, int target) const {
        if (fight.attack_strength <= 0) return 0;
        return std::min(250.0, wealth[at(target)]) * (fight.attack_strength - fight.defence_strength) / fight.attack_strength;
    }

    bool pays(const Fight& fight, int target) const {
        const double cost = fight.defence_strength > 0 ? 0.25 * fight.attack_strength * wealth[at(target)] / fight.defence_strength : 0;
        return std::min(cost, wealth[at(target)]) >= std::min(250.0, wealth[at(target)]);
    }

    void pay(int active, int target) {
        const double payment = std::min(250.0, wealth[at(target)]);
        wealth[at(active)] += payment;
        wealth[at(target)] -= payment;
        change(active, target, 10);
        change(target, active, 10);
    }

    void carry_out(const Fight& fight, int active, int target) {
        const double by_attack = std::min(0.25 * fight.attack_strength, fight.defence_strength);
        const double by_defence = std::min(0.25 * fight.defence_strength, fight.attack_strength);
        const auto before = commitment;
        for (int k = 0; k < n; ++k) {
            if (fight.attack[at(k)]) wealth[at(k)] -= by_defence * before[at(k)][at(active)] / 100.0 * wealth[at(k)] / fight.attack_strength;
            if (fight.defence[at(k)]) wealth[at(k)] -= by_attack * before[at(k)][at(target)] / 100.0 * wealth[at(k)] / fight.defence_strength;
            for (int l = 0; l < n; ++l) {
                const bool together = (fight.attack[at(k)] && fight.attack[at(l)]) || (fight.defence[at(k)] && fight.defence[at(l)]);
                const bool apart = (fight.attack[at(k)] && fight.defence[at(l)]) || (fight.defence[at(k)] && fight.attack[at(l)]);
                if (together) change(k, l, 10);
                if (apart) change(k, l, -10);
            }
        }
    }

    static int turn(int k) { return (k + n) % n; }
    static std::size_t at(int k) { return static_cast<std::size_t>(k); }
    int committed(int from, int to) const { return commitment[at(from)][at(to)]; }

    std::array<double, n> wealth;
    std::array<std::array<int, n>, n> commitment{};

private:
    void join(Camp& camp, double& strength, int k, int leader) const {
        camp[at(k)] = true;
        strength += committed(k, leader) / 100.0 * wealth[at(k)];
    }
    void change(int from, int to, int by) {
        if (from != to) commitment[at(from)][at(to)] = std::clamp(commitment[at(from)][at(to)] + by, 0, 100);
    }
};

/// Follows a run by the plain telling.
class Telling {
public:
    Telling(const Results& results, int run)
        : run_(run), lots_(results, "lots", n), start_(results, "start", n), wealth_(results, "wealth", n), level_(results, "level", links),
          demanded_(results, "demanded", links), paid_(results, "paid", links), ring_(first()) {}

    void follow() {
        for (int tick = 0; tick < ticks && !testing::Test::HasFailure(); ++tick) {
            turn(tick);
            if (tick % 3 == 2)
                for (double& w : ring_.wealth) w += 20;
            compare(tick);
        }
    }
    int demands = 0;
    int fights = 0;

private:
    std::array<double, n> first() const {
        std::array<double, n> wealth{};
        for (int i = 0; i < n; ++i) wealth[Ring::at(i)] = start_(run_, 0, i);
        return wealth;
    }

    void turn(int tick) {
        int active = 0;
        for (int i = 1; i < n; ++i)
            if (lots_(run_, tick, i) > lots_(run_, tick, active)) active = i;
        double best = 0;
        for (int target = 0; target < n; ++target)
            for (const int direction : {-1, 1}) {
                if (target == active) continue;
                const Fight fight = ring_.fight(active, target, direction);
                if (fight.reachable) best = std::max(best, ring_.worth(fight, target));
            }
        int demands_of_tick = 0;
        for (int source = 0; source < n; ++source)
            for (int target = 0; target < n; ++target)
                if (source != target && demanded_(run_, tick, link(source, target)) > 0) {
                    ++demands_of_tick;
                    EXPECT_EQ(source, active) << "in tick " << tick;
                    answer(tick, active, target, best);
                }
        EXPECT_EQ(demands_of_tick, best > 0 ? 1 : 0) << "in tick " << tick;
        demands += demands_of_tick;
    }

    void answer(int tick, int active, int target, double best) {
        Fight fight = ring_.fight(active, target, 1);
        if (!fight.reachable) fight = ring_.fight(active, target, -1);
        EXPECT_TRUE(fight.reachable) << "in tick " << tick;
        EXPECT_NEAR(ring_.worth(fight, target), best, 1e-4) << "in tick " << tick;  // among equals by lot
        const bool pays = ring_.pays(fight, target);
        EXPECT_EQ(paid_(run_, tick, link(active, target)) > 0, pays) << "in tick " << tick;
        fights += !pays;
        pays ? ring_.pay(active, target) : ring_.carry_out(fight, active, target);
    }

    void compare(int tick) {
        for (int i = 0; i < n; ++i) {
            EXPECT_NEAR(wealth_(run_, tick, i), ring_.wealth[Ring::at(i)], 1e-9 * (1 + ring_.wealth[Ring::at(i)])) << "actor " << i << " after tick " << tick;
            ring_.wealth[Ring::at(i)] = wealth_(run_, tick, i);  // roundings shall not add up
            for (int j = 0; j < n; ++j) {
                if (i == j) continue;
                EXPECT_EQ(level_(run_, tick, link(i, j)), ring_.committed(i, j)) << "of " << i << " to " << j << " after tick " << tick;
            }
        }
    }

    int run_;
    Panel lots_;
    Panel start_;
    Panel wealth_;
    Panel level_;
    Panel demanded_;
    Panel paid_;
    Ring ring_;
};

TEST(Tribute, comes_to_what_a_plain_telling_of_the_rules_comes_to) {
    const Results results = run(recorded(), {.runs = 3});
    for (int r = 0; r < 3; ++r) {
        Telling telling(results, r);
        telling.follow();
        EXPECT_GT(telling.demands, 1000);
        EXPECT_GT(telling.fights, 30);
    }
}

/// What Axelrod found: clusters of committed neighbours grow out of no commitment at all. Here after three centuries.
class TributeFindings : public testing::Test {
protected:
    static constexpr int years = 300;
    static constexpr int runs = 24;

    static const Results& results() {
        static const Results made = [] {
            Scenario scenario = recorded();
            scenario.calendar = Calendar::dated(scenario.calendar.start(), scenario.calendar.step(), 3 * years);
            return run(scenario, {.runs = runs});
        }();
        return made;
    }
};

TEST_F(TributeFindings, neighbours_grow_committed_and_distant_actors_do_not) {
    const Panel level(results(), "level", links);
    double neighbours = 0;
    double opposite = 0;
    for (int r = 0; r < runs; ++r)
        for (int i = 0; i < n; ++i) {
            neighbours += level(r, 3 * years - 1, link(i, (i + 1) % n)) / (runs * n);
            opposite += level(r, 3 * years - 1, link(i, (i + 5) % n)) / (runs * n);
        }
    EXPECT_GT(neighbours, 75);
    EXPECT_LT(opposite, 30);
}

TEST_F(TributeFindings, commitment_is_mutual) {
    const Panel level(results(), "level", links);
    for (int r = 0; r < runs; ++r)
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < i; ++j) EXPECT_EQ(level(r, 3 * years - 1, link(i, j)), level(r, 3 * years - 1, link(j, i)));
}

/// What an actor begins with does not foretell its success. The standard error of the mean correlation is 0.07.
TEST_F(TributeFindings, first_wealth_does_not_foretell_success) {
    const Panel first(results(), "start", n);
    const Panel last(results(), "wealth", n);
    double correlation = 0;
    for (int r = 0; r < runs; ++r) {
        std::array<double, n> a{};
        std::array<double, n> b{};
        for (int i = 0; i < n; ++i) a[Ring::at(i)] = first(r, 0, i), b[Ring::at(i)] = last(r, 3 * years - 1, i);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const double da = a[i] - mean(a);
            const double db = b[i] - mean(b);
            ab += da * db, aa += da * da, bb += db * db;
        }
        correlation += ab / std::sqrt(aa * bb) / runs;
    }
    EXPECT_LT(std::abs(correlation), 0.25);
}

}  // namespace
}  // namespace entente::test
