// Tests: netcdf_file, netcdf_library.
#include <entente/output/series_file.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include <entente/base/problem.hpp>

#include "../sample.hpp"
#include "../scratch.hpp"
#include "../xarray.hpp"

namespace entente {
namespace {

const SeriesHeader header{"Kabul's search", "worlds/kabul.yaml", "aaaa", "no_aid"};

class SeriesFile : public testing::Test {
protected:
    std::string opened(const Results& results, const std::string& script) {
        const auto file = scratch_.path() / "series.nc";
        write_series(file, results, header);
        return with_xarray(file, script);
    }
    Scratch scratch_;
};

TEST_F(SeriesFile, opens_in_xarray_with_named_dimensions_and_dates) {
    EXPECT_EQ(opened(sample::ensemble(), "print(dict(d.sizes)); print(d.time.values.astype('M8[D]')); print(d.run.values, d.year.values)"),
              "{'run': 4, 'time': 4, 'year': 2, 'relation': 2}\n"
              "['2021-12-20' '2021-12-27' '2022-01-03' '2022-01-10']\n"
              "[0 1 2 3] [2021 2022]\n");
}

TEST_F(SeriesFile, holds_the_values_of_every_form) {
    EXPECT_EQ(opened(sample::ensemble(),
                     "print(d.trust.sel(run=3).values); print(d.incursions.values); print(d.recognised.values.astype('M8[D]')); "
                     "print(d.aid.sel(year=2022).values); print(d.alarm.sel(relation='afghanistan -> russia', run=1).values)"),
              "[0.05 0.1  0.4  0.75]\n"
              "[ 3.  1. nan  2.]\n"
              "['2022-01-03'        'NaT'        'NaT' '2021-12-20']\n"
              "[ 3.  4. nan  5.]\n"
              "[ 9. 11. 13. 15.]\n");
}

TEST_F(SeriesFile, says_what_each_measure_is) {
    EXPECT_EQ(opened(sample::ensemble(), "print(d.trust.attrs); print(d.alarm.relation_source.values, d.alarm.relation_target.values)"),
              "{'units': '1', 'long_name': 'trust of Russia in Kabul', 'expression': 'relation[russia, afghanistan].trust'}\n"
              "['russia' 'afghanistan'] ['afghanistan' 'russia']\n");
    EXPECT_EQ(
        opened(sample::ensemble(),
               "print([str(d.attrs[a]) for a in ('Conventions', 'format', 'title', 'seed', 'scenario_hash', 'variant', 'digest', 'runs_made')])"),
        "['CF-1.10', 'entente-series/1', \"Kabul's search\", '7', 'aaaa', 'no_aid', '0123456789abcdef0123456789abcdef', '4']\n");
}

TEST_F(SeriesFile, keeps_the_names_of_rows_as_people_have_them) {
    Results results = sample::ensemble();
    MeasureInfo& panel = results.measures[4];
    panel.rows = {"Côte d'Ivoire -> 365", R"('a -> b' -> '\'Eua')"};
    panel.sources = {"Côte d'Ivoire", "a -> b"};
    panel.targets = {"365", "'Eua"};
    EXPECT_EQ(opened(results, "print(d.relation_source.values, d.relation_target.values)"),
              "[\"Côte d'Ivoire\" 'a -> b'] ['365' \"'Eua\"]\n");
    panel.kind = "state", panel.sources.clear(), panel.targets.clear();
    EXPECT_EQ(opened(results, "print(d.state.values[1], sorted(d.coords))"), "'a -> b' -> '\\'Eua' ['run', 'state', 'time', 'year']\n");
}

TEST_F(SeriesFile, counts_ticks_where_there_are_no_dates) {
    Results results = sample::ensemble();
    results.calendar = Calendar::undated(3);
    EXPECT_EQ(opened(results, "print(d.time.values, d.recognised.values)"), "[0. 1. 2. 3.] [ 2. nan nan  0.]\n");
}

TEST_F(SeriesFile, keeps_half_days) {
    Results results = sample::ensemble();
    results.calendar = Calendar::dated(*parse_date("2021-12-20"), *parse_step("3.5 days"), 3);
    EXPECT_EQ(opened(results, "print(d.time.values.astype('M8[h]'))"), "['2021-12-20T00' '2021-12-23T12' '2021-12-27T00' '2021-12-30T12']\n");
}

TEST_F(SeriesFile, holds_only_runs_whose_series_were_kept) {
    Results results = sample::ensemble();
    results.series_runs = 2;
    results.first_run = 10;
    results.failures[0].run = 12;
    results.series[0].resize(8);
    results.series[4].resize(16);
    EXPECT_EQ(opened(results, "print(d.run.values, d.trust.shape, d.incursions.values, d.attrs['runs_made'])"),
              "[10 11] (2, 4) [3. 1.] 4\n");
}

TEST_F(SeriesFile, leaves_numbers_in_days_numbers) {
    Results results = sample::ensemble();
    results.measures[1].unit = "days";
    EXPECT_EQ(opened(results, "print(d.incursions.dtype, d.incursions.units)"), "float64 day\n");
}

TEST_F(SeriesFile, keeps_a_measure_apart_from_a_dimension_of_its_name) {
    Results results = sample::ensemble();
    results.measures[0].name = "time";
    results.measures[1].name = "relation";
    EXPECT_EQ(opened(results, "print(sorted(d.data_vars))"), "['aid', 'alarm', 'measure_relation', 'measure_time', 'recognised']\n");
}

TEST_F(SeriesFile, keeps_a_kind_apart_from_a_dimension_of_its_name) {
    Results results = sample::ensemble();
    for (auto& measure : results.measures)
        if (measure.is_by_row()) measure.kind = "run";
    EXPECT_EQ(opened(results, "print(d.alarm.dims, sorted(d.coords))"),
              "('run', 'time', 'kind_run') ['kind_run', 'kind_run_source', 'kind_run_target', 'run', 'time', 'year']\n");
}

TEST_F(SeriesFile, is_not_made_without_series) {
    Results results = sample::ensemble();
    EXPECT_TRUE(has_series(results));
    results.series_runs = 0;
    EXPECT_FALSE(has_series(results));
    results.measures.resize(3);
    results.measures.erase(results.measures.begin());
    EXPECT_TRUE(has_series(results)) << "scalars of all runs";
}

TEST_F(SeriesFile, says_that_the_disk_is_full) {
    const SmallDisk disk;
    if (!disk.is_mounted()) GTEST_SKIP() << "may not mount a small disk";
    Results results = sample::ensemble();
    results.calendar = Calendar::undated(100'000);
    results.measures.resize(1);
    results.series_runs = 4;
    results.series[0].resize(400'004);
    for (std::size_t i = 0; i < results.series[0].size(); ++i) results.series[0][i] = std::sin(static_cast<double>(i));
    try {
        write_series(disk.path() / "series.nc", results, header);
        FAIL() << "it fits";
    } catch (const Error& problem) {
        EXPECT_EQ(problem.what(), "the disk that holds '" + disk.path().string() + "' is full");
        EXPECT_EQ(problem.help(), "free some space, or write elsewhere with --out; what was there before is untouched");
    }
}

}  // namespace
}  // namespace entente
