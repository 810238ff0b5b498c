// Tests: conduct, folder_files, merge_shards, sqlite_library, staged_files, study_record, study_values.
#include <entente/store/study_folder.hpp>

#include <fstream>
#include <functional>
#include <map>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <entente/base/statistics.hpp>
#include <entente/output/study_tables.hpp>
#include <entente/store/conduct.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/summary/outcomes.hpp>

#include "../scratch.hpp"
#include "../study_sample.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;
using sample::make;
using sample::study_record;
using sample::values_of;
using testing::ElementsAre;
using testing::IsEmpty;

class StudyFolderTest : public testing::Test {
protected:
    [[nodiscard]] StudyFolder claimed(std::int64_t replicates) const { return {out_, study_record(replicates), sample_.study}; }
    [[nodiscard]] std::string refusal(const StudyRecord& record, const Study& study) const {
        return test::refusal([&] { const StudyFolder folder(out_, record, study); });
    }
    [[nodiscard]] std::vector<fs::path> shards() const {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(out_ / "shards")) found.push_back(entry.path());
        std::ranges::sort(found);
        return found;
    }
    /// The digest of the whole study, made at once.
    [[nodiscard]] std::string digest_at_once(std::int64_t replicates) const {
        const Scratch elsewhere;
        StudyFolder folder(elsewhere.path() / "s", study_record(replicates), sample_.study);
        make(folder, sample_.study, folder.missing());
        return values_of(folder, sample_.study).digest();
    }

    Scratch scratch_;
    fs::path out_ = scratch_.path() / "study";
    std::string quoted_ = "'" + out_.string() + "'";
    sample::SampleStudy sample_;
};

TEST_F(StudyFolderTest, lacks_everything_at_first_and_nothing_in_the_end) {
    StudyFolder folder(out_, study_record(4), sample_.study);
    EXPECT_THAT(folder.missing(), ElementsAre(Tile{0, {0, 1, 2}, 0, 4}));
    make(folder, sample_.study, {{0, {1}, 0, 2}});
    EXPECT_THAT(folder.missing(), ElementsAre(Tile{0, {0, 2}, 0, 4}, Tile{0, {1}, 2, 2}));
    make(folder, sample_.study, folder.missing());
    EXPECT_THAT(folder.missing(), IsEmpty());
    EXPECT_EQ(values_of(folder, sample_.study).digest(), digest_at_once(4));
    EXPECT_EQ(values_of(folder, sample_.study).made(), 12);
}

TEST_F(StudyFolderTest, is_found_again_as_it_was_left) {
    {
        StudyFolder folder(out_, study_record(4), sample_.study);
        make(folder, sample_.study, {{0, {0, 1}, 0, 4}});
    }
    StudyFolder folder(out_, study_record(4), sample_.study);
    EXPECT_THAT(folder.missing(), ElementsAre(Tile{0, {2}, 0, 4}));
    EXPECT_THAT(folder.notes(), IsEmpty());
}

TEST_F(StudyFolderTest, grows_by_points_and_replicates) {
    {
        StudyFolder folder(out_, study_record(2), sample_.study);
        make(folder, sample_.study, folder.missing());
    }
    Study grown = sample_.study;
    grown.points.values.insert(grown.points.values.begin(), {0.1, 0});
    StudyRecord record = study_record(3);
    record.points = 4;
    StudyFolder folder(out_, record, grown);
    EXPECT_THAT(folder.missing(), ElementsAre(Tile{0, {0}, 0, 3}, Tile{0, {1, 2, 3}, 2, 1}));
    make(folder, grown, folder.missing());
    const StudyValues values = values_of(folder, grown);
    EXPECT_THAT(values.column(0), ElementsAre(10, 10, 10, 26, 26, 26, 52, 52, 52, 78, 78, 78));
}

TEST_F(StudyFolderTest, makes_a_point_that_stands_in_the_design_twice_only_once) {
    Study twice = sample_.study;
    twice.points.values = {0.25, 1, 0.75, 3, 0.25, 1};
    StudyFolder folder(out_, study_record(2), twice);
    EXPECT_THAT(folder.missing(), ElementsAre(Tile{0, {0, 1}, 0, 2}));
    make(folder, twice, folder.missing());
    const StudyValues values = values_of(folder, twice);
    EXPECT_THAT(values.column(0), ElementsAre(26, 26, 78, 78, 26, 26));
    EXPECT_EQ(values.made(), 6);
    EXPECT_TRUE(values.is_made(5));
}

TEST_F(StudyFolderTest, counts_a_run_once_that_two_shards_hold) {
    StudyFolder folder(out_, study_record(2), sample_.study);
    make(folder, sample_.study, {{0, {0, 1}, 0, 2}, {0, {1}, 0, 2}, {0, {1}, 1, 1}});
    const StudyValues values = values_of(folder, sample_.study);
    EXPECT_EQ(values.made(), 4);
    EXPECT_THAT(folder.missing(), ElementsAre(Tile{0, {2}, 0, 2}));
}

TEST_F(StudyFolderTest, tells_of_a_shard_that_was_cut_short_and_makes_it_again) {
    {
        StudyFolder folder(out_, study_record(4), sample_.study);
        make(folder, sample_.study, {{0, {0}, 0, 4}, {0, {1, 2}, 0, 4}});
    }
    const fs::path shard = shards().front();
    fs::resize_file(shard, fs::file_size(shard) - 9);
    StudyFolder folder(out_, study_record(4), sample_.study);
    EXPECT_THAT(folder.notes(), ElementsAre("'" + shard.string() + "' is truncated or was modified: it is simulated again"));
    EXPECT_EQ(folder.missing().size(), 1U);
    make(folder, sample_.study, folder.missing());
    EXPECT_EQ(values_of(folder, sample_.study).digest(), digest_at_once(4));
}

TEST_F(StudyFolderTest, tells_of_a_shard_that_is_gone_and_takes_up_one_that_the_ledger_does_not_know) {
    {
        StudyFolder folder(out_, study_record(4), sample_.study);
        make(folder, sample_.study, {{0, {0}, 0, 4}, {0, {1, 2}, 0, 4}});
    }
    const fs::path shard = shards().front();
    fs::remove(shard);
    {
        StudyFolder folder(out_, study_record(4), sample_.study);
        EXPECT_THAT(folder.notes(), ElementsAre("'" + shard.string() + "', which the ledger lists, is missing: it is simulated again"));
        make(folder, sample_.study, folder.missing());
    }
    fs::remove(out_ / "ledger.sqlite");
    StudyFolder folder(out_, study_record(4), sample_.study);
    EXPECT_THAT(folder.notes(), IsEmpty());
    EXPECT_THAT(folder.missing(), IsEmpty());
    Ledger ledger(out_ / "ledger.sqlite");
    EXPECT_EQ(ledger.lines().size(), shards().size());
}

TEST_F(StudyFolderTest, removes_what_a_killed_process_left_half_written) {
    { const StudyFolder folder(out_, study_record(1), sample_.study); }
    std::ofstream(out_ / "shards" / ".x.shard.part") << "half";
    StudyFolder folder(out_, study_record(1), sample_.study);
    EXPECT_THAT(shards(), IsEmpty());
}

TEST_F(StudyFolderTest, is_refused_to_another_study) {
    {
        StudyFolder folder(out_, study_record(4), sample_.study);
        make(folder, sample_.study, folder.missing());
    }
    const std::string help = "\nhelp: write elsewhere with --out, or remove that folder if its results are no longer needed";
    StudyRecord other = study_record(4);
    other.identity.scenario.seed = 2;
    other.identity.command = "sensitivity";
    EXPECT_EQ(refusal(other, sample_.study), "the folder " + quoted_ + " holds another study: a sweep, not a sensitivity; seed 1, not 2" + help);
    other = study_record(4);
    other.identity.factors = {"gain"};
    EXPECT_EQ(refusal(other, sample_.study), "the folder " + quoted_ + " holds another study: gain, shift varied, not gain" + help);
    EXPECT_EQ(refusal(study_record(3), sample_.study), "the folder " + quoted_ + " holds more than 3 replicates of a point\n"
                                                       "help: ask for at least --replicates 4, or write elsewhere with --out");
    Study moved = sample_.study;
    moved.points.values[0] = 0.3;
    EXPECT_EQ(refusal(study_record(4), moved),
              "the folder " + quoted_ + " holds points that this design does not have: another design of the same parameters\n"
              "help: a study grows by more samples or replicates of its design; for another design, write elsewhere with --out");
    EXPECT_EQ(shards().size(), 1U) << "and nothing is lost";
}

TEST_F(StudyFolderTest, is_refused_where_something_else_stands) {
    fs::create_directories(out_);
    std::ofstream(out_ / "thesis.tex") << "years of work";
    EXPECT_EQ(refusal(study_record(1), sample_.study),
              "the folder " + quoted_ + " is not empty and holds no results of Entente\nhelp: name a new or empty folder with --out");
    std::ofstream(out_ / "manifest.json") << "{}";
    EXPECT_EQ(refusal(study_record(1), sample_.study), "the folder " + quoted_ + " is taken: manifest.json is not a manifest of a study: 'study' is missing\n"
                                                       "help: name a new or empty folder with --out");
}

TEST_F(StudyFolderTest, of_a_manifest_before_formats_is_continued_and_of_a_later_one_refused) {
    { const StudyFolder made(out_, study_record(1), sample_.study); }
    const auto rewrite = [&](const std::function<void(nlohmann::ordered_json&)>& change) {
        std::ifstream file(out_ / "manifest.json");
        auto manifest = nlohmann::ordered_json::parse(file);
        EXPECT_TRUE(!manifest.contains("format") || manifest.begin().key() == "format");
        change(manifest);
        std::ofstream(out_ / "manifest.json") << manifest.dump();
    };
    rewrite([](auto& manifest) { manifest.erase("format"); });
    EXPECT_NO_THROW(StudyFolder(out_, study_record(1), sample_.study));
    rewrite([](auto& manifest) { manifest["format"] = "entente-study-manifest/2"; });
    EXPECT_EQ(refusal(study_record(1), sample_.study),
              "the folder " + quoted_ + " is taken: manifest.json has the format entente-study-manifest/2, and this Entente reads "
              "entente-study-manifest/1\nhelp: name a new or empty folder with --out");
}

TEST_F(StudyFolderTest, is_refused_while_another_process_is_at_work_in_it) {
    const StudyFolder folder(out_, study_record(1), sample_.study);
    EXPECT_EQ(refusal(study_record(1), sample_.study),
              "another process is using " + quoted_ + "\n"
              "help: wait until it has ended; several can share the work with --shard i/n and a folder each, or under mpirun");
}

TEST_F(StudyFolderTest, can_be_claimed_again_when_it_was_left_before_anything_stood_in_it) {
    fs::create_directories(out_);
    std::ofstream(out_ / ".lock") << "";
    std::ofstream(out_ / ".manifest.json.part") << "{";
    EXPECT_EQ(refusal(study_record(1), sample_.study), "");
}

TEST_F(StudyFolderTest, writes_tables_in_the_order_of_the_design) {
    StudyFolder folder(out_, study_record(2), sample_.study);
    make(folder, sample_.study, {{0, {2, 0}, 1, 1}, {0, {0, 1, 2}, 0, 1}, {0, {1}, 1, 1}});
    const StudyValues values = values_of(folder, sample_.study);
    std::string runs;
    write_study_runs(values, sample_.study, {}, [&](std::string_view text) { runs += text; });
    const auto luck = values.column(2);
    EXPECT_THAT(runs, testing::StartsWith("run,point,replicate,status,gain,shift,sum,late,luck,yearly,yearly[2020],yearly[2021]\n"
                                          "0,0,0,ok,0.25,1,26,,"));
    EXPECT_THAT(runs, testing::HasSubstr("\n5,2,1,ok,0.75,3,78,2020-10-01,"));
    std::string points;
    write_points(values, sample_.study, [&](std::string_view text) { points += text; });
    EXPECT_THAT(points, testing::StartsWith("point,gain,shift,runs,failed,sum,sum_se,late_years,late_years_se,late_came,late_came_se,luck,luck_se,yearly,"));
    EXPECT_THAT(points, testing::HasSubstr("\n2,0.75,3,2,0,78,0,"));
    std::string design;
    write_design(sample_.study.points, [&](std::string_view text) { design += text; });
    EXPECT_EQ(design, "point,gain,shift\n0,0.25,1\n1,0.5,2\n2,0.75,3\n");
}

/// Of four runs it came in one, in one it did not, one failed in tick 4 before it came, and one was never made.
TEST(Outcomes, of_dates_take_runs_that_failed_for_like_those_that_waited_too) {
    const Calendar calendar = Calendar::undated(10);
    const std::vector<double> dates{2, Results::missing, Results::missing, Results::missing};
    const std::vector<double> watched{10, 10, 3, Results::missing};
    const Outcome came{.name = "came", .unit = {}, .about = {}, .rule = Outcome::Rule::came};
    const Outcome years{.name = "years", .unit = {}, .about = {}, .rule = Outcome::Rule::years};
    EXPECT_NEAR(mean(by_rule(came, calendar, dates, watched, 4)), 1.0 / 3, 1e-15) << "one of three that waited at 2";
    EXPECT_NEAR(mean(by_rule(years, calendar, dates, watched, 4)), 2 + 2.0 / 3 * 8, 1e-14);
    EXPECT_THAT(by_rule(came, calendar, dates, watched, 4)[3], testing::IsNan());
    EXPECT_THAT(by_rule(came, calendar, dates, watched, 1), ElementsAre(1, 0, testing::IsNan(), testing::IsNan())) << "each by itself";
    EXPECT_THAT(by_rule(years, calendar, dates, watched, 2), ElementsAre(2, 10, testing::IsNan(), testing::IsNan())) << "of the second two nothing is known";
}

TEST_F(StudyFolderTest, tells_lost_runs_from_dates_that_never_came) {
    Study failing = sample_.study;
    failing.points.values = {0.25, 1, 9.5, 0, 0.75, 3};
    StudyFolder folder(out_, study_record(2), failing);
    make(folder, failing, {{0, {0, 1}, 0, 2}, {0, {2}, 0, 1}});
    const StudyValues values = values_of(folder, failing);
    EXPECT_EQ(values.made(), 5);
    ASSERT_EQ(values.failures().size(), 2U);
    EXPECT_EQ(values.failures()[0].run, 2);
    EXPECT_THAT(values.failures()[1].told(), testing::StartsWith("run 3 stopped on 2020-07-01 in 'add' on a: "));
    const auto chosen = chosen_outcomes(values.layout(), {"late"});
    ASSERT_EQ(chosen.size(), 2U);
    EXPECT_THAT(outcome_values(values, chosen[1], 0, 0, 3), ElementsAre(0, 0, testing::IsNan(), testing::IsNan(), 1, testing::IsNan()));
    const auto years = outcome_values(values, chosen[0], 0, 0, 3);
    EXPECT_NEAR(years[0], 1, 1e-2) << "the whole calendar";
    EXPECT_NEAR(years[4], 0.25, 1e-2) << "October 2020";
    EXPECT_EQ(rule_text(chosen[1], values.layout().calendar), "1 where the date came, 0 where it did not");
    EXPECT_EQ(test::refusal([&] { chosen_outcomes(values.layout(), {"lat"}); }), "no measure is called 'lat'\nhelp: did you mean 'late'?");
}

TEST(Shares, of_the_work_are_all_of_it_and_have_nothing_in_common) {
    const std::vector<Tile> tiles{{0, {0, 1, 2, 3, 4, 5, 6}, 0, 2}, {1, {9}, 4, 11}};
    constexpr std::int64_t points = 10;
    for (const std::int64_t of : {1, 2, 3, 5, 20}) {
        std::map<std::tuple<int, std::int64_t, std::int64_t>, int> runs;
        for (std::int64_t number = 1; number <= of; ++number)
            for (const Tile& tile : share_of(tiles, {number, of}, points, 15))
                for (const std::int64_t point : tile.points)
                    for (std::int64_t r = 0; r < tile.replicates; ++r) ++runs[{tile.alternative, point, tile.first_replicate + r}];
        EXPECT_EQ(runs.size(), 25U) << of;
        for (const auto& [run, times] : runs) EXPECT_EQ(times, 1) << of;
    }
}

}  // namespace
}  // namespace entente
