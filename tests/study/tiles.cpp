#include <entente/study/tiles.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <gmock/gmock.h>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/study/vary.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

constexpr const char* lively = R"yaml(
calendar: {start: 2020-01-01, end: 2021-06-30, step: month}
parameters:
  drift: {value: 0.5, range: [-9, 9]}
  chance_of_shock: {value: 0.2, range: [0, 1]}
agents:
  state:
    fields: {x: {start: "normal(0, 1)"}, seen: 0}
    members: {a: {x: 2}, b: {}, c: {x: 3}}
links:
  tie: {source: state, target: state, fields: {trust: 0.5}, pattern: complete}
steps:
  - rule: grow
    on: state
    do: ["x += dt * drift + normal(0, 0.1) + 0.01 * sum(k.trust for k in tie.into(self))"]
  - event: shock
    on: tie
    probability: chance_of_shock
    do: ["trust -= 0.1 * uniform()", target.seen += 1]
measures:
  x: "state[a].x"
  trust: "tie[a, b].trust"
  shocks: {value: "total(shock[a, b])", per: year}
  low: "first(tie[a, b].trust < 0.3)"
  lows: {value: first(trust < 0.3), on: tie}
  tops: {value: peak(x), on: state, per: year}
)yaml";

/// A study of what varies in `lively`, at three points.
struct Lively {
    explicit Lively(const std::string& text = lively) {
        Varied varied = vary(scenario_of(text), std::vector<std::string>{"drift=-1:1", "tie[a, b].trust=0:1"});
        scenario = std::move(varied.scenario);
        model = compile(scenario, {.varied = varied.parameters});
        study = {{&model}, varied.parameters, {{"drift", "tie[a, b].trust"}, {-1, 0.9, 0.25, 0.4, 1, 0.6}}};
    }
    Scenario scenario;
    Model model;
    Study study;
};

std::vector<TileResults> all_made(const Study& study, const std::vector<Tile>& tiles, const TilePlan& plan);

TEST(Tiles, keep_the_series_that_are_asked_for) {
    const Lively world;
    const std::vector<Tile> tiles{{0, {0, 1, 2}, 0, 3}};
    const TileResults made = std::move(all_made(world.study, tiles, {.threads = 1, .lanes = 8, .series = SeriesRows{{0}, {}, {}, {}, {}, {}}})[0]);
    EXPECT_EQ(made.results.series[0].size(), 9U * 19);
    EXPECT_TRUE(made.results.series[1].empty());
    for (std::size_t run = 0; run < 9; ++run) EXPECT_EQ(made.results.series[0][run * 19 + 18], made.results.final_values[0][run]);
    EXPECT_EQ(made.hashes, all_made(world.study, tiles, {.threads = 1, .lanes = 8})[0].hashes);
    std::size_t pieces = cut(world.study, std::vector<Tile>{{0, {0, 1, 2}, 0, 100'000}}, 1).size();
    EXPECT_GT(cut(world.study, std::vector<Tile>{{0, {0, 1, 2}, 0, 100'000}}, 1, 100'000).size(), pieces) << "of more values fewer runs at a time";
}

std::vector<TileResults> all_made(const Study& study, const std::vector<Tile>& tiles, const TilePlan& plan) {
    std::vector<TileResults> made(tiles.size());
    std::int64_t next = 0;
    std::mutex keeping;
    make_tiles(study, tiles, plan, [&] { return next < std::ssize(tiles) ? next++ : std::int64_t{-1}; },
               [&](std::int64_t number, const TileResults& one) {
                   const std::lock_guard lock(keeping);
                   made[static_cast<std::size_t>(number)] = one;
               });
    return made;
}

TEST(Tiles, give_each_run_what_it_gives_when_it_is_set_and_run_alone) {
    const Lively lives;
    const Tile tile{0, {2, 0}, 3, 4};
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {0, 1, 8, 64}) {
            const auto made = all_made(lives.study, {tile}, {.seed = 7, .threads = 1, .lanes = lanes, .instruction_set = std::string(kernels->name)});
            for (std::int64_t run = 0; run < tile.runs(); ++run) {
                const auto point = lives.study.points.row(static_cast<std::size_t>(tile.points[static_cast<std::size_t>(run / 4)]));
                Scenario set = scenario_of(lively);
                set = with_setting(set, "drift=" + std::to_string(point[0]));
                set = with_setting(set, "tie[a, b].trust=" + std::to_string(point[1]));
                const Results alone = run_ensemble(compile(set), {.runs = 1, .seed = 7, .threads = 1, .first_run = 3 + run % 4});
                Digest digest;
                digest.add(made[0].hashes[static_cast<std::size_t>(run)]);
                ASSERT_EQ(digest.hex(), alone.digest) << "run " << run << " on " << lanes << " lanes, " << kernels->name;
                for (std::size_t m = 0; m < alone.measures.size(); ++m)
                    for (std::size_t row = 0, rows = alone.measures[m].width(); row < rows; ++row)
                        ASSERT_TRUE(same_bits(made[0].results.final_values[m][static_cast<std::size_t>(run) * rows + row], alone.final_values[m][row])) << alone.measures[m].name;
            }
        }
}

TEST(Tiles, give_the_same_by_any_number_of_threads_and_however_they_are_cut) {
    const Lively lives;
    const auto by_run = [&](const std::vector<Tile>& tiles, int threads) {
        std::map<std::pair<std::int64_t, std::int64_t>, std::uint64_t> hashes;
        const auto made = all_made(lives.study, tiles, {.threads = threads});
        for (std::size_t t = 0; t < tiles.size(); ++t)
            for (std::int64_t run = 0; run < tiles[t].runs(); ++run)
                hashes[{tiles[t].points[static_cast<std::size_t>(run / tiles[t].replicates)], tiles[t].first_replicate + run % tiles[t].replicates}] =
                    made[t].hashes[static_cast<std::size_t>(run)];
        return hashes;
    };
    const auto whole = by_run({{0, {0, 1, 2}, 0, 40}}, 1);
    EXPECT_EQ(whole.size(), 120U);
    EXPECT_EQ(by_run({{0, {1}, 0, 40}, {0, {0, 2}, 0, 17}, {0, {2, 0}, 17, 23}}, 2), whole);
    EXPECT_EQ(by_run(cut(lives.study, std::vector<Tile>{{0, {0, 1, 2}, 0, 40}}, 3), 4), whole);
}

TEST(Tiles, give_replicates_the_same_luck_at_all_points) {
    const Lively lives;
    Study same = lives.study;
    same.points.values = {0.5, 0.7, 0.5, 0.7};
    const auto made = all_made(same, {{0, {0, 1}, 0, 9}}, {.threads = 1});
    const auto& hashes = made[0].hashes;
    for (std::size_t replicate = 0; replicate < 9; ++replicate) EXPECT_EQ(hashes[replicate], hashes[9 + replicate]);
    EXPECT_EQ(std::set<std::uint64_t>(hashes.begin(), hashes.end()).size(), 9U);
}

TEST(Tiles, give_points_that_are_unpaired_luck_of_their_own) {
    Lively paired;
    paired.study.points.values = {0.25, 0.4, 0.25, 0.4, 0.25, 0.4};
    Study unpaired = paired.study;
    unpaired.first_runs_of_points = own_first_runs(unpaired.points);
    const std::vector<Tile> tiles{{0, {0, 1, 2}, 0, 4}};
    const auto alike = all_made(paired.study, tiles, {});
    const auto apart = all_made(unpaired, tiles, {});
    const auto distinct = [](const std::vector<TileResults>& made) {
        return std::set<std::uint64_t>(made[0].hashes.begin(), made[0].hashes.end()).size();
    };
    EXPECT_EQ(distinct(alike), 4U);
    EXPECT_EQ(distinct(apart), 12U) << "three points of the same values are three draws";
}

TEST(OwnFirstRuns, hang_on_the_values_of_a_point_and_not_on_where_it_stands) {
    const Points one{{"a", "b"}, {1, 2, 3, 4, 1, 2}};
    const Points other{{"a", "b"}, {3, 4, 5, 6, 1, 2, 7, 8, 1, 2}};
    const auto of_one = own_first_runs(one);
    const auto of_other = own_first_runs(other);
    EXPECT_EQ(of_one, (std::vector<std::int64_t>{of_other[2], of_other[0], of_other[4]}));
    EXPECT_EQ(std::set<std::int64_t>(of_other.begin(), of_other.end()).size(), 5U);
}

TEST(OwnFirstRuns, are_spread_over_all_numbers_that_runs_have) {
    Points points{{"a"}, {}};
    for (int i = 0; i < 100'000; ++i) points.values.push_back(i / 100'000.0);
    const auto runs = own_first_runs(points);
    double mean = 0;
    for (const std::int64_t run : runs) {
        EXPECT_GE(run, 0);
        EXPECT_LE(run, most_runs - independent_runs);
        mean += static_cast<double>(run) / 1e5;
    }
    EXPECT_NEAR(mean / static_cast<double>(most_runs - independent_runs), 0.5, 4 / std::sqrt(12e5));
    EXPECT_GT(std::set<std::int64_t>(runs.begin(), runs.end()).size(), 99'990U) << "1.2 of them meet by accident";
}

TEST(Tiles, are_cut_so_that_no_run_is_missing_or_made_twice) {
    const Lively lives;
    Study study = lives.study;
    study.points.values.assign(2 * 1000, 0.5);
    std::vector<std::int64_t> points(1000);
    for (std::size_t i = 0; i < points.size(); ++i) points[i] = static_cast<std::int64_t>(i);
    for (const std::int64_t replicates : {1, 7, 300, 100'000})
        for (const int workers : {1, 2, 64}) {
            std::vector<std::int64_t> some(points.begin(), points.begin() + (replicates > 1000 ? 3 : 1000));
            std::map<std::int64_t, std::vector<std::pair<std::int64_t, std::int64_t>>> made;
            std::int64_t last = 0;
            const auto tiles = cut(study, std::vector<Tile>{{0, some, 5, replicates}}, workers);
            for (const Tile& tile : tiles) {
                last = tile.runs();
                for (const std::int64_t point : tile.points) made[point].emplace_back(tile.first_replicate, tile.replicates);
            }
            ASSERT_EQ(made.size(), some.size());
            for (auto& [point, spans] : made) {
                std::ranges::sort(spans);
                std::int64_t reached = 5;
                for (const auto& [first, count] : spans) {
                    ASSERT_EQ(first, reached);
                    reached += count;
                }
                ASSERT_EQ(reached, 5 + replicates);
            }
            if (replicates == 100'000) {
                EXPECT_LE(last, tiles.front().runs()) << "tiles become smaller toward the end";
            }
        }
}

TEST(Tiles, of_several_models_are_made_by_each_of_them) {
    const Model plain = compile(scenario_of(lively));
    const Model shocked = compile(with_setting(scenario_of(lively), "chance_of_shock=1"));
    const Study study{{&plain, &shocked}, {}, {}};
    EXPECT_EQ(study.point_count(), 1);
    const auto made = all_made(study, {{1, {0}, 0, 5}, {0, {0}, 0, 5}}, {.threads = 1});
    const auto shocks = number_of(made[0].results, "shocks");
    for (std::size_t run = 0; run < 5; ++run) EXPECT_EQ(made[0].results.final_values[shocks][run], 18) << "each month of a year and a half";
    for (std::size_t run = 0; run < 5; ++run) EXPECT_LT(made[1].results.final_values[shocks][run], 18);
}

TEST(Tiles, count_failures_within_themselves) {
    const Lively lives(std::string(lively).replace(std::string(lively).find("uniform()"), 9, "log(uniform() - 0.02)"));
    const auto made = all_made(lives.study, {{0, {0, 1}, 10, 20}}, {.threads = 1});
    const auto& failures = made[0].results.failures;
    ASSERT_FALSE(failures.empty());
    for (const RunFailure& failure : failures) {
        EXPECT_LT(failure.run, 40);
        EXPECT_EQ(made[0].hashes[static_cast<std::size_t>(failure.run)], 0U);
        EXPECT_THAT(failure.message, testing::StartsWith("stopped on "));
    }
}

TEST(Tiles, end_with_what_is_thrown_when_one_is_kept) {
    const Lively lives;
    const auto tiles = cut(lives.study, std::vector<Tile>{{0, {0, 1, 2}, 0, 5000}}, 8);
    std::int64_t next = 0;
    std::atomic<int> kept = 0;
    const auto make = [&] {
        make_tiles(lives.study, tiles, {.threads = 2}, [&] { return next < std::ssize(tiles) ? next++ : std::int64_t{-1}; },
                   [&](std::int64_t, const TileResults&) {
                       if (++kept == 2) throw Error("the disk is full");
                   });
    };
    EXPECT_EQ(refusal(make), "the disk is full");
    EXPECT_LT(kept, std::ssize(tiles));
}

TEST(Threads, are_those_that_this_process_may_run_on) {
    EXPECT_EQ(thread_count(3), 3);
    EXPECT_GE(thread_count(0), 1);
    EXPECT_LE(thread_count(0), static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace
}  // namespace entente::test
