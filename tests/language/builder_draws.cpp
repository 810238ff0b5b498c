// Draws as scenarios make them, on every instruction set: each is the inverse of one keyed uniform, and no two share one.
#include <array>
#include <cmath>
#include <random>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <entente/base/draws.hpp>
#include <entente/base/elementary.hpp>
#include <entente/language/builder.hpp>
#include <entente/runtime/batch.hpp>

#include "running.hpp"

namespace entente::test {
namespace {

constexpr double far = 4;  ///< standard errors

// -- the vector kernels ----------------------------------------------------------------------------------------------------------------

/// Both uniforms of one draw on a block of `lanes` lanes.
std::array<std::vector<double>, 2> drawn(const Kernels& kernels, philox::Key key, const std::vector<std::uint64_t>& identity, int lanes,
                                         std::int64_t first, const std::vector<std::uint64_t>& runs, std::uint32_t tick) {
    ProgramBuilder builder;
    const DrawSpec spec{1, {0}};
    for (int half = 0; half < 2; ++half) builder.store({{half}, {}}, builder.draw(spec, half), {});
    const Program program = builder.finish();
    std::array<std::vector<double>, 2> columns;
    std::vector<double> memory(static_cast<std::size_t>(program.registers) * block_size);
    std::vector<double*> slots;
    for (int r = 0; r < program.registers; ++r) slots.push_back(memory.data() + r * block_size);
    std::array<EffectState, 2> effects{};
    for (std::size_t half = 0; half < 2; ++half) {
        columns[half].resize(block_size);
        effects[half].column = columns[half].data() - first;
        effects[half].row = -1;
    }
    const DrawState state{{key[0], key[1]}, identity.data()};
    const BlockContext block{slots.data(), 0, &state, effects.data(), nullptr, nullptr, {}, first, block_size, block_size, lanes, runs.data(), tick};
    kernels.execute(program.body.data(), 0, static_cast<int>(program.body.size()), block);
    return columns;
}

TEST(Kernels, draw_the_block_that_philox_gives_whatever_the_lanes) {
    std::mt19937_64 any(2);
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 64, 256, 1024})
            for (int repeat = 0; repeat < 20; ++repeat) {
                const auto first = static_cast<std::int64_t>(any() % 4) * block_size;
                std::vector<std::uint64_t> identity(2048);
                for (auto& name : identity) name = any();
                const philox::Key key{static_cast<std::uint32_t>(any()), static_cast<std::uint32_t>(any())};
                std::vector<std::uint64_t> runs(static_cast<std::size_t>(lanes));
                for (auto& run : runs) run = static_cast<std::uint32_t>(any());
                const auto tick = static_cast<std::uint32_t>(any()) % (1U << 24);
                const auto found = drawn(*kernels, key, identity, lanes, first, runs, tick);
                for (int i = 0; i < block_size; ++i) {
                    const std::int64_t element = first + i;
                    const auto run = static_cast<std::uint32_t>(runs[static_cast<std::size_t>(element % lanes)]);
                    const auto pair =
                        uniform_pair(philox::block(draw_counter(identity[static_cast<std::size_t>(element / lanes)], run, tick), key));
                    ASSERT_EQ(found[0][static_cast<std::size_t>(i)], pair[0]) << kernels->name << " " << lanes;
                    ASSERT_EQ(found[1][static_cast<std::size_t>(i)], pair[1]) << kernels->name << " " << lanes;
                }
            }
}

TEST(Kernels, turn_uniforms_into_normals_with_the_bits_of_normal_quantile) {
    ProgramBuilder builder;
    builder.store({{0}, {}}, builder.op(Op::normal, builder.load({{1}, {}})), {});
    const Program program = builder.finish();
    std::mt19937_64 any(3);
    for (const Kernels* kernels : available_kernels())
        for (int repeat = 0; repeat < 200; ++repeat) {
            std::vector<double> u(block_size);
            for (double& x : u) x = unit_uniform(any());
            for (std::size_t i = 0; i < 60; ++i)
                u[i] = std::ldexp(unit_uniform(any()), -static_cast<int>(i)), u[i + 60] = 1 - 0x1p-52 - u[i] / 2;
            u[121] = 0, u[122] = 1 - 0x1p-52, u[123] = 0.075, u[124] = 0.925, u[125] = 0.5;
            for (double& x : u) x = std::floor(x * 0x1p52) * 0x1p-52;
            std::vector<double> z(block_size);
            std::vector<double> memory(block_size);
            double* slots[] = {memory.data(), u.data()};
            EffectState effect{};
            effect.column = z.data();
            effect.row = -1;
            const BlockContext block{slots, 0, nullptr, &effect, nullptr, nullptr, {}, 0, block_size, block_size, 1, 0, 0};
            kernels->execute(program.body.data(), 0, static_cast<int>(program.body.size()), block);
            for (std::size_t i = 0; i < u.size(); ++i) ASSERT_EQ(z[i], normal_quantile(open_uniform(u[i]))) << kernels->name << " " << u[i];
        }
}

// -- scenarios -------------------------------------------------------------------------------------------------------------------------

/// A rule that assigns each of `draws` to a field, on `rows` agents, measured on every row.
std::string world(const std::vector<std::string>& draws, int rows, int ticks = 1, const std::string& rule = "drawing") {
    std::string fields;
    std::string statements;
    std::string measures;
    for (std::size_t i = 0; i < draws.size(); ++i) {
        const std::string name = "f" + std::to_string(i);
        fields += name + ": 0, ";
        statements += "      - " + name + " = " + draws[i] + "\n";
        measures += "  " + name + ": {value: " + name + ", on: agent}\n";
    }
    return "entente: 1\ncalendar: {ticks: " + std::to_string(ticks) + "}\nagents: {agent: {count: " + std::to_string(rows) + ", fields: {" +
           fields + "m: 2}}}\nsteps:\n  - rule: " + rule + "\n    on: agent\n    do:\n" + statements + "measures:\n" + measures;
}

const RunPlan seed_7{.seed = 7, .threads = 1};

TEST(Draws, are_inverses_of_the_uniform_of_their_place) {
    const std::vector<double> u = series(run(world({"uniform()"}, 1000), seed_7), 0);
    const auto expect = [&](const std::string& draw, auto inverse) {
        for (const Kernels* kernels : available_kernels()) {
            const Results results = run(world({draw}, 1000), {.seed = 7, .threads = 1, .instruction_set = std::string(kernels->name)});
            const std::vector<double> x = series(results, 0);
            for (std::size_t i = 0; i < u.size(); ++i) ASSERT_EQ(x[i], inverse(u[i])) << draw << " " << kernels->name;
        }
    };
    const Elementary& e = elementary();
    const auto z = [](double x) { return normal_quantile(open_uniform(x)); };
    expect("uniform()", [](double x) { return x; });
    expect("uniform(-1, 3)", [](double x) { return -1 + 4 * x; });
    expect("normal()", z);
    expect("normal(5, 2)", [&](double x) { return 5 + 2 * z(x); });
    expect("normal(s=m, m=5)", [&](double x) { return 5 + 2 * z(x); });
    expect("bernoulli(0.3)", [](double x) { return x < 0.3 ? 1 : 0; });
    expect("bernoulli(0)", [](double) { return 0; });
    expect("bernoulli(1)", [](double) { return 1; });
    expect("exponential(m)", [&](double x) { return -e.log1p(-x) / 2; });
    expect("lognormal(1, 0.5)", [&](double x) { return e.exp(1 + 0.5 * z(x)); });
    expect("poisson(3)", [](double x) { return poisson_count(x, 3, 0, {}, 0, 0, 0); });
    expect("poisson(m)", [](double x) { return poisson_count(x, 2, 0, {}, 0, 0, 0); });
}

TEST(Draws, of_large_poisson_means_are_the_same_on_every_instruction_set_and_width) {
    const std::string text = world({"poisson(500)", "poisson(31)", "poisson(m * 20)"}, 50, 4);
    const std::string digest = run(text, {.runs = 16, .seed = 7, .lanes = 1, .instruction_set = "portable"}).digest;
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 16})
            EXPECT_EQ(run(text, {.runs = 16, .seed = 7, .lanes = lanes, .instruction_set = std::string(kernels->name)}).digest, digest);
}

struct Moments {
    double mean;
    double variance;
};

Moments moments(std::span<const double> x) {
    double sum = 0;
    double squares = 0;
    for (const double v : x) sum += v;
    const double mean = sum / static_cast<double>(x.size());
    for (const double v : x) squares += (v - mean) * (v - mean);
    return {mean, squares / static_cast<double>(x.size())};
}

double share_above(std::span<const double> x, double bound) {
    double n = 0;
    for (const double v : x) n += v > bound ? 1 : 0;
    return n / static_cast<double>(x.size());
}

double correlation(std::span<const double> x, std::span<const double> y) {
    const Moments a = moments(x);
    const Moments b = moments(y);
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - a.mean) * (y[i] - b.mean);
    return sum / static_cast<double>(x.size()) / std::sqrt(a.variance * b.variance);
}

TEST(Distributions, have_their_means_variances_and_tails) {
    constexpr int n = 200'000;
    const Results results = run(
        world({"uniform(2, 5)", "normal(1, 3)", "bernoulli(0.2)", "exponential(4)", "lognormal(0, 0.5)", "poisson(6)", "poisson(80)"}, n),
        seed_7);
    const auto expect = [&](std::size_t field, double mean, double variance, double fourth, double bound, double above) {
        SCOPED_TRACE(field);
        const auto x = series(results, field);
        const Moments found = moments(x);
        EXPECT_LT(std::abs(found.mean - mean), far * std::sqrt(variance / n));
        EXPECT_LT(std::abs(found.variance - variance), far * std::sqrt((fourth - variance * variance) / n));
        EXPECT_LT(std::abs(share_above(x, bound) - above), far * std::sqrt(above * (1 - above) / n));
    };
    const auto normal_tail = [](double z) { return std::erfc(z / std::sqrt(2.0)) / 2; };
    expect(0, 3.5, 0.75, 81.0 / 80, 4.99, 0.01 / 3);
    expect(1, 1, 9, 243, 1 + 3 * 3.5, normal_tail(3.5));
    expect(2, 0.2, 0.16, 0.2 * 0.8 * (0.512 + 0.008), 0.5, 0.2);
    expect(3, 0.25, 0.0625, 9.0 / 256, 2, std::exp(-8));
    const double w = std::exp(0.25);  // kurtosis w⁴ + 2w³ + 3w² - 3
    const double v = (w - 1) * w;
    expect(4, std::exp(0.125), v, v * v * (w * w * w * w + 2 * w * w * w + 3 * w * w - 3), std::exp(1.5), normal_tail(3));
    expect(5, 6, 6, 6 + 3 * 36, 13.5, 0.0036285);
    expect(6, 80, 80, 80 + 3 * 6400, 109.5, 0.0008472);
}

TEST(Independence, of_places_rows_ticks_and_runs) {
    constexpr int rows = 2000;
    const std::vector<std::string> draws{"normal()", "normal()", "normal()", "poisson(50)", "poisson(50)", "poisson(50)"};
    const Results results = run(world(draws, rows, 20), {.runs = 8, .seed = 11, .threads = 1, .series_runs = 8});
    const auto independent = [](std::span<const double> x, std::span<const double> y, const std::string& what) {
        EXPECT_LT(std::abs(correlation(x, y)) * std::sqrt(static_cast<double>(x.size())), far) << what;
    };
    const auto shifted = [](std::span<const double> x, std::ptrdiff_t by) {
        return std::pair(x.first(x.size() - static_cast<std::size_t>(by)), x.subspan(static_cast<std::size_t>(by)));
    };
    for (std::size_t a = 0; a < draws.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b)
            independent(series(results, a), series(results, b), "places " + std::to_string(a) + " and " + std::to_string(b));
        const std::vector<double> at_place = series(results, a);
        for (const std::ptrdiff_t by : {1, rows, 20 * rows}) {  // the next row, tick, run
            const auto [here, there] = shifted(at_place, by);
            independent(here, there, "place " + std::to_string(a) + " shifted by " + std::to_string(by));
        }
    }
}

TEST(Independence, of_items_within_an_aggregate_and_of_an_event_and_its_statements) {
    const Results results = run(R"(
entente: 1
calendar: {ticks: 400}
agents: {agent: {count: 40, fields: {noise: 0, hits: 0, x: 0}}}
steps:
  - rule: sums
    on: agent
    do:
      - noise = sum(normal() for j in agent)
  - {event: come, on: agent, count: 40, do: [hits = come, x = poisson(40)]}
measures:
  noise: {value: noise, on: agent}
  hits: {value: hits, on: agent}
  x: {value: x, on: agent}
)",
                                seed_7);
    const Moments noise = moments(series(results, "noise"));  // 40 independent normals: variance 40
    EXPECT_LT(std::abs(noise.variance - 40), far * std::sqrt(2 * 40.0 * 40 / 16'000));
    EXPECT_LT(std::abs(correlation(series(results, "hits"), series(results, "x"))) * std::sqrt(16'000.0), far);
}

TEST(Draws, belong_to_seed_step_place_row_and_tick) {
    const auto values = [](const std::string& text, std::uint64_t seed = 7) { return series(run(text, {.seed = seed, .threads = 1}), 0); };
    const std::vector<double> x = values(world({"normal()"}, 16, 3));
    EXPECT_EQ(values(world({"normal()", "uniform()"}, 16, 3)), x);  // a later place shifts no earlier one
    EXPECT_NE(values(world({"normal()"}, 16, 3), 8), x);
    EXPECT_NE(values(world({"normal()"}, 16, 3, "drawn")), x);
    std::vector<double> more = values(world({"normal()"}, 17, 3));  // a row more shifts no other
    for (const std::ptrdiff_t tick : {2, 1, 0}) more.erase(more.begin() + 17 * tick + 16);
    EXPECT_EQ(more, x);
}

TEST(Draws, named_once_are_drawn_once) {
    const Results results = run(R"(
entente: 1
calendar: {ticks: 1}
agents: {agent: {count: 100, fields: {a: 0, b: 0, c: 0, inside: 0}}}
steps:
  - rule: r
    on: agent
    let: {z: normal()}
    do: [a = z, b = z, c = normal(), inside = 0 < uniform() < 0.5]
measures:
  a: {value: a, on: agent}
  b: {value: b, on: agent}
  c: {value: c, on: agent}
  inside: sum(k.inside for k in agent)
)",
                                seed_7);
    EXPECT_EQ(series(results, "a"), series(results, "b"));
    EXPECT_NE(series(results, "a"), series(results, "c"));
    EXPECT_NEAR(final_value(results, "inside"), 50, 4 * 5);
}

}  // namespace
}  // namespace entente::test
