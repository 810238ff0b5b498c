#include <entente/store/calibration_folder.hpp>

#include <fstream>

#include <gmock/gmock.h>

#include <entente/base/problem.hpp>
#include <entente/store/staged_files.hpp>

#include "../scratch.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

StudyRecord record(std::int64_t budget = 100, const std::string& design = "abc of 10 particles") {
    StudyRecord record;
    record.identity = {.command = "calibrate",
                       .scenario = {.entente = "0.1.0", .scenario_hash = "aaaa", .variant = {}, .settings = {}},
                       .factors = {"gain"},
                       .alternatives = {""}};
    record.design = design;
    record.history = {budget};
    record.points = budget;
    record.command = {"entente", "calibrate", "x.yaml"};
    return record;
}

class Calibration : public testing::Test {
protected:
    [[nodiscard]] std::string refusal(const StudyRecord& asked) const {
        try {
            const CalibrationFolder folder(path_, asked);
        } catch (const Error& problem) {
            return problem.what();
        }
        return "opened";
    }
    Scratch scratch_;
    fs::path path_ = scratch_.path() / "fit";
    const SummaryTable made_{2, {1, 2, 3, 4}};
};

TEST_F(Calibration, keeps_rounds_and_fits) {
    {
        CalibrationFolder folder(path_, record());
        folder.keep_round(20, made_);
        folder.keep_fit(3, std::vector<double>{7, 8});
    }
    CalibrationFolder again(path_, record(1000));
    EXPECT_EQ(again.round(20, 2)->values, made_.values) << "a larger budget goes on from there";
    EXPECT_FALSE(again.round(21, 2));
    EXPECT_FALSE(again.round(20, 3)) << "no whole number of runs";
    EXPECT_THAT(*again.fit(3, 2), ElementsAre(7, 8));
    EXPECT_FALSE(again.fit(4, 2));
}

TEST_F(Calibration, makes_again_what_was_damaged) {
    CalibrationFolder folder(path_, record());
    folder.keep_round(0, made_);
    const fs::path file = path_ / "rounds" / "0000000000.round";
    std::string bytes = read_text(file);
    bytes[bytes.size() - 40] ^= 1;
    write_text(file, bytes);
    EXPECT_FALSE(folder.round(0, 2));
    EXPECT_THAT(folder.notes(), ElementsAre(HasSubstr("it is made again")));
    EXPECT_TRUE(fs::exists(file.string() + ".damaged"));
    folder.keep_round(0, made_);
    EXPECT_TRUE(folder.round(0, 2));
}

TEST_F(Calibration, is_of_one_identity_and_design) {
    { const CalibrationFolder folder(path_, record()); }
    EXPECT_EQ(refusal(record()), "opened");
    EXPECT_EQ(refusal(record(100, "abc of 20 particles")),
              "the folder '" + path_.string() + "' holds another calibration: 'abc of 10 particles', not 'abc of 20 particles'");
    StudyRecord other = record();
    other.identity.scenario.seed = 7;
    EXPECT_THAT(refusal(other), HasSubstr("holds another calibration: seed 1, not 7"));
    other = record();
    other.identity.command = "sweep";
    EXPECT_THAT(refusal(other), HasSubstr("a calibrate, not a sweep"));
    EXPECT_TRUE(holds_calibration(path_));
    EXPECT_FALSE(holds_calibration(scratch_.path()));
    write_text(scratch_.path() / "thing", "else");
    path_ = scratch_.path();
    EXPECT_THAT(refusal(record()), HasSubstr("is not empty and holds no results of Entente"));
}

TEST_F(Calibration, keeps_other_processes_out) {
    const CalibrationFolder folder(path_, record());
    EXPECT_THAT(refusal(record()), HasSubstr("another process is using"));
}

TEST_F(Calibration, removes_what_was_never_finished) {
    { CalibrationFolder(path_, record()).keep_round(0, made_); }
    for (const char* name : {".0000000002.round.part", "0000000002-000001.tile"}) write_text(path_ / "rounds" / name, "half");
    const CalibrationFolder folder(path_, record());
    EXPECT_EQ(std::distance(fs::directory_iterator(path_ / "rounds"), fs::directory_iterator()), 1);
}

TEST_F(Calibration, is_concluded_with_its_manifest) {
    CalibrationFolder folder(path_, record());
    EXPECT_EQ(read_study_manifest(read_text(path_ / "manifest.json")).completeness, Completeness::running);
    StagedFiles files(path_);
    files.write("posterior.csv", "gain,weight\n");
    folder.conclude(Completeness::complete, {.runs = 5, .digest = "0123", .finished = {}, .instruction_set = {}}, files);
    const StudyManifest manifest = read_study_manifest(read_text(path_ / "manifest.json"));
    EXPECT_EQ(manifest.completeness, Completeness::complete);
    EXPECT_EQ(manifest.digest, "0123");
    EXPECT_EQ(read_text(path_ / "posterior.csv"), "gain,weight\n");
}

}  // namespace
}  // namespace entente
