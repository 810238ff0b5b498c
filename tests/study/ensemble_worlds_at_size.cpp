// Tests: study/ensemble.
// The worlds that benchmarks measure at full size, at a tenth of it: their runs are the same however they are made.
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <scenes.hpp>

#include "../scratch.hpp"
#include "../worlds.hpp"

namespace entente::test {
namespace {

constexpr std::int64_t runs = 9;  // no multiple of 8

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("the scene no longer holds: " + from);
    return text.replace(at, from.size(), to);
}

/// One that seeks recognition among so many, over sixty weeks.
Scenario recognition(std::int64_t n) {
    const std::string text = replaced(scenes::recognition(n), "end: 2025-12-31", "ticks: 60");
    return read_scenario_text(text, "recognition", ENTENTE_ROOT).scenario;
}

Scenario conflict(std::int64_t n) {
    const Scratch folder;
    const std::string text = scenes::conflict(n, folder.path());
    return read_scenario_text(text, "conflict", folder.path()).scenario;
}

/// A table's lines as members of a flow mapping: `a -> b: {weight: 1}` for two names, `a: {…}` for one.
std::string members_of(const std::filesystem::path& table, std::size_t names) {
    std::ifstream file(table);
    std::string line;
    const auto cells = [&] {
        std::vector<std::string> all;
        std::istringstream stream(line);
        for (std::string cell; std::getline(stream, cell, ',');) all.push_back(cell);
        return all;
    };
    std::getline(file, line);
    const std::vector<std::string> columns = cells();
    std::string told = "members: {";
    while (std::getline(file, line)) {
        const std::vector<std::string> row = cells();
        told += names == 2 ? row[0] + " -> " + row[1] + ": {" : row[0] + ": {";
        for (std::size_t i = names; i < row.size(); ++i) told += columns[i] + ": " + row[i] + ", ";
        told += "}, ";
    }
    return told + "}";
}

void expect_one_digest(const Scenario& scenario) {
    const Model model = compile(scenario);
    const Results reference = run_ensemble(model, {.runs = runs, .threads = 1, .lanes = 1, .instruction_set = "portable"});
    EXPECT_TRUE(reference.failures.empty());
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 0})
            for (const int threads : {1, 2}) {
                const Results other =
                    run_ensemble(model, {.runs = runs, .threads = threads, .lanes = lanes, .instruction_set = std::string(kernels->name)});
                EXPECT_EQ(other.digest, reference.digest) << threads << " threads, " << lanes << " lanes, " << kernels->name;
                EXPECT_EQ(other.event_totals, reference.event_totals);
            }
    for (const CompileOptions& options : {CompileOptions{.unroll = Unroll::no}, CompileOptions{.unroll = Unroll::no, .all_rows = true}})
        EXPECT_EQ(run_ensemble(compile(scenario, options), {.runs = runs}).digest, reference.digest)
            << (options.all_rows ? "all rows" : "over whole tables");
}

TEST(WorldsAtSize, seventeen_governments_have_one_digest) {
    expect_one_digest(recognition(17));
}

TEST(WorldsAtSize, twenty_governments_have_one_digest) {
    expect_one_digest(recognition(20));
}

TEST(WorldsAtSize, a_conflict_world_has_one_digest) {
    expect_one_digest(conflict(20));
}

TEST(WorldsAtSize, one_run_of_many_governments_is_the_same_on_all_threads) {
    const Model model = compile(recognition(40));  // large enough for threads to share its rows
    const std::string digest = run_ensemble(model, {.runs = 1, .threads = 1, .lanes = 8}).digest;
    for (const int threads : {1, 2, 3})
        EXPECT_EQ(run_ensemble(model, {.runs = 1, .threads = threads, .lanes = 1}).digest, digest) << threads;
}

TEST(WorldsAtSize, a_conflict_world_from_tables_is_that_of_the_same_members) {
    const Scratch folder;
    const std::string text = scenes::conflict(20, folder.path());
    const std::string told = replaced(replaced(text, "table: states.csv", members_of(folder.path() / "states.csv", 1)),
                                      "table: borders.csv", members_of(folder.path() / "borders.csv", 2));
    EXPECT_EQ(run(read_scenario_text(told, "conflict", folder.path()).scenario, {.runs = runs}).digest,
              run(conflict(20), {.runs = runs}).digest);
}

/// What the worlds are for: much happens in them, of every kind.
TEST(WorldsAtSize, every_event_of_them_happens) {
    for (const Scenario& scenario : {read_scenario_text(scenes::recognition(20), "recognition", ENTENTE_ROOT).scenario, conflict(20)}) {
        const Results results = run(scenario, {.runs = 60});
        for (std::size_t e = 0; e < results.event_totals.size(); ++e) EXPECT_GT(results.event_totals[e], 0) << scenario.title << " " << e;
    }
}

}  // namespace
}  // namespace entente::test
