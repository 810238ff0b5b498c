// Tests: runtime/batch_matches.
// Aggregates over a whole kind under an equation, `sum(p.x for p in province if p.owner == number)`: against plain loops, to the bit.
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

constexpr int rows = 200;

/// Draws at the start make every row another: k of 0 to 39, x of any size, flag 0 or 1.
World cells(const std::string& expression, const std::string& on = "cell") {
    return World(fmt::format("agents:\n  cell:\n    count: {}\n    fields: {{k: 'floor(uniform(0, 40))', seek: 'floor(uniform(-2, 42))', x: 'normal(0, 10)', flag: bernoulli(0.7), got: 0}}\n"
                             "    derived: {{twice: 2 * x}}\n"
                             "links:\n  tie: {{source: cell, target: cell, fields: {{got: 0}}, pattern: {{ring: {{k: 2}}}}}}\n"
                             "steps: [{{rule: r, on: {}, do: [\"got = {}\"]}}]",
                             rows, on, expression));
}

struct Cell {
    double k, seek, x, flag;
};

std::vector<Cell> all_cells(const World& world) {
    const auto k = world.all("cell.k");
    const auto seek = world.all("cell.seek");
    const auto x = world.all("cell.x");
    const auto flag = world.all("cell.flag");
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < rows; ++i) cells.push_back({k[i], seek[i], x[i], flag[i]});
    return cells;
}

/// `expression` on every cell is `fold` over the items in the order of their rows.
void expect(const std::string& expression, const std::function<double(const Cell&, const std::vector<Cell>&)>& fold) {
    World world = cells(expression);
    const auto before = all_cells(world);
    world.tick();
    const auto got = world.all("cell.got");
    for (std::size_t i = 0; i < rows; ++i) EXPECT_TRUE(same_bits(got[i], fold(before[i], before))) << expression << " on row " << i << ": " << got[i];
}

std::vector<double> taken(const std::vector<Cell>& cells, double key, bool flagged = false) {
    std::vector<double> xs;
    for (const Cell& c : cells)
        if (c.k == key && (!flagged || c.flag != 0)) xs.push_back(c.x);
    return xs;
}

double sum(const std::vector<double>& xs) {
    double s = 0;
    for (const double x : xs) s += x;
    return s;
}

TEST(Matches, sum_over_those_of_the_same_value) {
    expect("sum(c.x for c in cell if c.k == k)", [](auto& own, auto& all) { return sum(taken(all, own.k)); });
    expect("sum(c.x for c in cell if k == c.k)", [](auto& own, auto& all) { return sum(taken(all, own.k)); });
    expect("sum(c.twice for c in cell if c.k == seek)", [](auto& own, auto& all) { return 2 * sum(taken(all, own.seek)); });
}

TEST(Matches, take_further_conditions_on_the_item) {
    expect("sum(c.x for c in cell if c.flag and c.k == seek)", [](auto& own, auto& all) { return sum(taken(all, own.seek, true)); });
    expect("sum(c.x for c in cell if c.k == seek if c.flag)", [](auto& own, auto& all) { return sum(taken(all, own.seek, true)); });
}

TEST(Matches, find_the_mean_and_the_extremes_and_0_of_nothing) {
    expect("mean(c.x for c in cell if c.k == seek)", [](auto& own, auto& all) {
        const auto xs = taken(all, own.seek);
        return xs.empty() ? 0 : sum(xs) / static_cast<double>(xs.size());
    });
    expect("min(c.x for c in cell if c.k == seek)", [](auto& own, auto& all) {
        const auto xs = taken(all, own.seek);
        return xs.empty() ? 0 : *std::min_element(xs.begin(), xs.end());
    });
    expect("max(c.x for c in cell if c.k == seek)", [](auto& own, auto& all) {
        const auto xs = taken(all, own.seek);
        return xs.empty() ? 0 : *std::max_element(xs.begin(), xs.end());
    });
}

TEST(Matches, count_and_ask_whether_any_or_all) {
    const auto positive = [](const std::vector<double>& xs) { return std::count_if(xs.begin(), xs.end(), [](double x) { return x > 0; }); };
    expect("count(c.x > 0 for c in cell if c.k == seek)", [&](auto& own, auto& all) { return static_cast<double>(positive(taken(all, own.seek))); });
    expect("any(c.x > 0 for c in cell if c.k == seek)", [&](auto& own, auto& all) { return positive(taken(all, own.seek)) > 0 ? 1.0 : 0.0; });
    expect("all(c.x > 0 for c in cell if c.k == seek)", [&](auto& own, auto& all) {
        const auto xs = taken(all, own.seek);
        return positive(xs) == std::ssize(xs) ? 1.0 : 0.0;
    });
}

TEST(Matches, hold_both_zeros_for_one) {
    expect("sum(c.x for c in cell if c.k * c.flag == -0.0 * seek)", [](auto&, auto& all) {
        double s = 0;
        for (const Cell& c : all)
            if (c.k * c.flag == 0) s += c.x;
        return s;
    });
}

TEST(Matches, look_at_pairs_where_the_row_itself_is_in_the_body) {
    expect("sum(c.x * flag for c in cell if c.k == k)", [](auto& own, auto& all) {
        double s = 0;
        for (const Cell& c : all)
            if (c.k == own.k) s += c.x * own.flag;
        return s;
    });
}

TEST(Matches, serve_links_by_what_they_know_of_an_end) {
    World world = cells("sum(c.x for c in cell if c.k == source.seek)", "tie");
    const auto before = all_cells(world);
    world.tick();
    const auto got = world.all("tie.got");
    const auto& table = world.model().tables[{1}];
    for (std::size_t i = 0; i < got.size(); ++i)
        EXPECT_TRUE(same_bits(got[i], sum(taken(before, before[static_cast<std::size_t>(table.source[i])].seek)))) << "link " << i;
}

TEST(Matches, make_worlds_possible_whose_pairs_would_be_too_many) {
    const Scenario scenario = scenario_of("calendar: {ticks: 1}\nagents: {cell: {count: 30000, fields: {k: 'floor(uniform(0, 300))', size: 0}}}\n"
                                          "steps: [{rule: r, on: cell, do: ['size = sum(1 for c in cell if c.k == k)']}]\n"
                                          "measures: {squares: {value: 'sum(c.size for c in cell)'}, largest: {value: 'max(c.size for c in cell)'}}");
    const Results results = run(scenario);
    EXPECT_NEAR(final_values(results, "squares")[0] / 30000, 101, 2);  // (n + m - 1) / m in the mean, of n = 30,000 in m = 300
    EXPECT_LT(final_values(results, "largest")[0], 160);
}

}  // namespace
}  // namespace entente::test
