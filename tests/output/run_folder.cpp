#include <entente/output/run_folder.hpp>

#include <functional>

#include <unistd.h>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <entente/base/problem.hpp>

#include "../sample.hpp"
#include "../scratch.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

class Folder : public testing::Test {
protected:
    SavedResults save(const Results& results, const RunRecord& record, bool events = false) {
        return ResultsFolder(out_, record).save(record, results, {}, summarise(results), events);
    }

    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(out_)) found.push_back(entry.path().filename().string());
        return found;
    }

    /// What claiming the folder is refused with.
    std::string refusal(const RunRecord& record) const { return refusal(out_, record); }
    static std::string refusal(const fs::path& folder, const RunRecord& record) {
        try {
            const ResultsFolder claimed(folder, record);
        } catch (const Error& problem) {
            EXPECT_EQ(problem.code(), ExitCode::usage);
            return std::string(problem.what()) + "\nhelp: " + problem.help();
        }
        return "claimed";
    }

    Scratch scratch_;
    fs::path out_ = scratch_.path() / "results" / "kabul";
    std::string quoted_ = "'" + out_.string() + "'";
};

TEST_F(Folder, receives_every_file_of_an_ensemble) {
    const SavedResults saved = save(sample::ensemble(), sample::record(), true);
    EXPECT_THAT(saved.files, ElementsAre("runs.csv", "rows.csv", "events.csv", "series.nc", "summary.json", "manifest.json"));
    EXPECT_THAT(names(), UnorderedElementsAre("runs.csv", "rows.csv", "events.csv", "series.nc", "summary.json", "manifest.json"));
    EXPECT_THAT(read_text(out_ / "runs.csv"), testing::StartsWith("run,replicate,status,trust"));
}

TEST_F(Folder, has_a_manifest_that_tells_how_to_make_it_again) {
    save(sample::ensemble(), sample::record());
    const auto manifest = nlohmann::json::parse(read_text(out_ / "manifest.json"));
    EXPECT_EQ(manifest["entente"], "0.1.0");
    EXPECT_EQ(manifest["state"], "complete");
    EXPECT_EQ(manifest["digest"], sample::ensemble().digest);
    EXPECT_EQ(manifest["identity"]["seed"], 7);
    EXPECT_EQ(manifest["identity"]["settings"]["aid_rate"], 0.5);
    EXPECT_EQ(manifest["command"], nlohmann::json({"entente", "run", "worlds/kabul.yaml"}));
    EXPECT_EQ(manifest["scenario"]["title"], "Kabul's search");
    EXPECT_EQ(manifest["cost"]["threads"], 2);
    EXPECT_TRUE(manifest["versions"].contains("compiler"));
}

TEST_F(Folder, is_claimed_with_a_manifest_before_there_are_results) {
    EXPECT_EQ(refusal(sample::record()), "claimed");
    EXPECT_THAT(names(), ElementsAre("manifest.json"));
    EXPECT_EQ(nlohmann::json::parse(read_text(out_ / "manifest.json"))["state"], "running");
    EXPECT_EQ(refusal(sample::record()), "claimed") << "what a killed run leaves does not stop the next";
}

TEST_F(Folder, is_written_anew_by_the_same_run) {
    save(sample::ensemble(), sample::record(), true);
    const std::string before = read_text(out_ / "runs.csv");
    const SavedResults saved = save(sample::ensemble(), sample::record());
    EXPECT_EQ(saved.note, "");
    EXPECT_EQ(read_text(out_ / "runs.csv"), before);
    EXPECT_TRUE(fs::exists(out_ / "events.csv")) << "events of the same runs are still theirs";
}

TEST_F(Folder, of_another_run_is_refused_and_left_as_it_is) {
    save(sample::ensemble(), sample::record());
    const std::string before = read_text(out_ / "manifest.json");
    RunRecord other = sample::record();
    other.identity.seed = 8;
    other.identity.runs = 1000;
    EXPECT_EQ(refusal(other), "the folder " + quoted_ +
                                  " holds results of another run: seed 7, not 8; 4 runs, not 1,000\n"
                                  "help: write elsewhere with --out, or remove that folder if its results are no longer needed");
    other = sample::record();
    other.identity.settings.clear();
    other.identity.variant = "no_aid";
    EXPECT_THAT(refusal(other),
                testing::HasSubstr("holds results of another run: no variant, not variant 'no_aid'; --set aid_rate=0.5, not no --set\n"));
    other = sample::record();
    other.identity.scenario_hash = "bbbb";
    EXPECT_THAT(refusal(other), testing::HasSubstr("holds results of another run: another scenario, or another version of its files\n"));
    other = sample::record();
    other.identity.entente = "0.2.0";
    other.identity.first_run = 3;
    EXPECT_THAT(refusal(other), testing::HasSubstr("holds results of another run: runs from 0 on, not from 3; Entente 0.1.0, not 0.2.0\n"));
    other = sample::record();
    other.identity.from = "4f2a91c03b7d at 2021-12-27";
    EXPECT_THAT(refusal(other),
                testing::HasSubstr("holds results of another run: from the start, not from snapshot 4f2a91c03b7d at 2021-12-27\n"));
    EXPECT_EQ(read_text(out_ / "manifest.json"), before);
}

TEST_F(Folder, of_a_branch_is_its_own) {
    RunRecord branch = sample::record();
    branch.identity.from = "4f2a91c03b7d at 2021-12-27";
    EXPECT_NE(default_folder(branch), default_folder(sample::record()));
    save(sample::ensemble(), branch);
    EXPECT_EQ(refusal(branch), "claimed");
    EXPECT_EQ(nlohmann::json::parse(read_text(out_ / "manifest.json"))["identity"]["from"], branch.identity.from);
    branch.identity.from = "4f2a91c03b7d at 2022-01-03";
    EXPECT_THAT(refusal(branch), testing::HasSubstr("from snapshot 4f2a91c03b7d at 2021-12-27, not from snapshot 4f2a91c03b7d at 2022-01-03\n"));
}

TEST_F(Folder, of_something_else_is_refused) {
    fs::create_directories(out_);
    write_text(out_ / "thesis.tex", "\\begin{document}");
    EXPECT_EQ(refusal(sample::record()),
              "the folder " + quoted_ + " is not empty and holds no results of Entente\nhelp: name a new or empty folder with --out");
    write_text(out_ / "manifest.json", R"({"name": "another program's"})");
    EXPECT_EQ(
        refusal(sample::record()),
        "the folder " + quoted_ + " is taken: manifest.json is not a manifest of a run: 'identity' is missing\nhelp: name a new or empty folder with --out");
    EXPECT_THAT(names(), UnorderedElementsAre("thesis.tex", "manifest.json"));
}

TEST_F(Folder, of_a_manifest_before_formats_is_continued_and_of_a_later_one_refused) {
    const auto manifest_with = [&](const std::function<void(nlohmann::ordered_json&)>& change) {
        auto manifest = nlohmann::ordered_json::parse(read_text(out_ / "manifest.json"));
        change(manifest);
        write_text(out_ / "manifest.json", manifest.dump());
    };
    { const ResultsFolder made(out_, sample::record()); }
    EXPECT_EQ(nlohmann::ordered_json::parse(read_text(out_ / "manifest.json")).begin().key(), "format");
    manifest_with([](auto& manifest) { manifest.erase("format"); });
    EXPECT_NO_THROW(ResultsFolder(out_, sample::record()));
    manifest_with([](auto& manifest) { manifest["format"] = "entente-run-manifest/2"; });
    EXPECT_EQ(refusal(sample::record()),
              "the folder " + quoted_ + " is taken: manifest.json has the format entente-run-manifest/2, and this Entente reads "
              "entente-run-manifest/1\nhelp: name a new or empty folder with --out");
}

TEST_F(Folder, is_refused_while_another_process_is_at_work_in_it) {
    const ResultsFolder claimed(out_, sample::record());
    try {
        const ResultsFolder another(out_, sample::record());
        FAIL() << "two processes would write the same files";
    } catch (const Error& problem) {
        EXPECT_EQ(problem.what(), "another process is using '" + out_.string() + "'");
        EXPECT_EQ(problem.help(), "wait until it has ended, or write elsewhere with --out");
    }
}

TEST_F(Folder, may_hold_what_a_killed_run_left_half_written) {
    fs::create_directories(out_);
    write_text(out_ / ".runs.csv.part", "run,repl");
    save(sample::ensemble(), sample::record());
    EXPECT_THAT(names(), UnorderedElementsAre("runs.csv", "rows.csv", "series.nc", "summary.json", "manifest.json"));
}

TEST_F(Folder, is_no_file) {
    fs::create_directories(out_.parent_path());
    write_text(out_, "a file");
    EXPECT_EQ(refusal(sample::record()), quoted_ + " is a file, and results need a folder\nhelp: name a folder with --out");
    EXPECT_EQ(refusal(out_ / "below", sample::record()),
              "'" + (out_ / "below").string() + "' is below a file\nhelp: name a folder with --out");
    EXPECT_EQ(read_text(out_), "a file");
}

TEST_F(Folder, that_may_not_be_written_to_is_refused_before_anything_runs) {
    if (::geteuid() == 0) {
        const SmallDisk disk(MS_RDONLY);
        if (!disk.is_mounted()) GTEST_SKIP() << "root writes everywhere, and may not mount a disk to be read only";
        EXPECT_EQ(
            refusal(disk.path(), sample::record()),
            "the folder '" + disk.path().string() + "' is not writable\nhelp: change its permissions, or write elsewhere with --out");
        return;
    }
    fs::create_directories(out_);
    fs::permissions(out_, fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_EQ(refusal(sample::record()),
              "the folder " + quoted_ + " is not writable\nhelp: change its permissions, or write elsewhere with --out");
    fs::permissions(out_, fs::perms::owner_all);
}

TEST_F(Folder, on_a_full_disk_keeps_what_was_there) {
    const SmallDisk disk;
    if (!disk.is_mounted()) GTEST_SKIP() << "may not mount a small disk";
    out_ = disk.path() / "kabul";
    save(sample::ensemble(), sample::record());
    const std::string runs = read_text(out_ / "runs.csv");
    const std::string manifest = read_text(out_ / "manifest.json");
    Results results = sample::ensemble();
    results.log.assign(10'000, results.log[0]);
    try {
        save(results, sample::record(), true);
        FAIL() << "it fits";
    } catch (const Error& problem) {
        EXPECT_EQ(problem.what(), "the disk that holds '" + out_.string() + "' is full");
        EXPECT_EQ(problem.help(), "free some space, or write elsewhere with --out; what was there before is untouched");
        EXPECT_EQ(problem.code(), ExitCode::usage);
    }
    EXPECT_EQ(read_text(out_ / "runs.csv"), runs);
    EXPECT_EQ(read_text(out_ / "manifest.json"), manifest);
    EXPECT_THAT(names(), UnorderedElementsAre("runs.csv", "rows.csv", "series.nc", "summary.json", "manifest.json"));
}

TEST_F(Folder, of_an_interrupted_run_is_filled_by_the_whole_one) {
    RunRecord record = sample::record();
    record.identity.runs = 5;
    save(sample::ensemble(), record, true);
    EXPECT_EQ(nlohmann::json::parse(read_text(out_ / "manifest.json"))["state"], "interrupted");
    Results whole = sample::ensemble();
    whole.runs = 5;
    for (std::size_t measure = 0; measure < 4; ++measure) whole.final_values[measure].push_back(1);
    whole.final_values[4].insert(whole.final_values[4].end(), {1, 1});
    whole.yearly[3].insert(whole.yearly[3].end(), {1, 1});
    whole.digest = "ffff";
    save(whole, record);
    EXPECT_EQ(nlohmann::json::parse(read_text(out_ / "manifest.json"))["state"], "complete");
    EXPECT_FALSE(fs::exists(out_ / "events.csv")) << "they were of fewer runs";
}

TEST_F(Folder, with_all_runs_is_not_replaced_by_an_interrupted_one) {
    save(sample::ensemble(), sample::record());
    const std::string before = read_text(out_ / "runs.csv");
    Results fewer = sample::ensemble();
    fewer.runs = 2;
    fewer.failures.clear();
    const SavedResults saved = save(fewer, sample::record());
    EXPECT_EQ(saved.note, quoted_ + " already holds all 4 runs of this run; they were kept, and these were not saved");
    EXPECT_TRUE(saved.files.empty());
    EXPECT_EQ(read_text(out_ / "runs.csv"), before);
}

TEST_F(Folder, with_other_values_of_the_same_run_keeps_them) {
    save(sample::ensemble(), sample::record());
    Results other = sample::ensemble();
    other.digest = "feedbeef" + std::string(24, '0');
    const SavedResults saved = save(other, sample::record());
    EXPECT_EQ(saved.folder, out_.string() + "-feedbe");
    EXPECT_THAT(saved.note,
                testing::HasSubstr(
                    "holds other values of the same run (digest 0123456789abcdef0123456789abcdef), made by another build; they were kept"));
    EXPECT_TRUE(fs::exists(saved.folder / "runs.csv"));
}

TEST(DefaultFolder, is_one_for_each_identity) {
    RunRecord record = sample::record();
    const std::string plain = default_folder(record).string();
    EXPECT_THAT(plain, testing::MatchesRegex("results/kabul-[0-9a-f]{6}"));
    record.command.push_back("--threads=1");
    EXPECT_EQ(default_folder(record), plain);
    record.identity.variant = "no_aid";
    EXPECT_THAT(default_folder(record).string(), testing::MatchesRegex("results/kabul-no_aid-[0-9a-f]{6}"));
    record.identity.variant.clear();
    record.identity.seed = 8;
    EXPECT_NE(default_folder(record), plain);
}

TEST(CommandForRun, of_a_branch_takes_the_run_from_its_snapshot) {
    RunRecord record = sample::record();
    EXPECT_EQ(command_for_run(record, 2), "entente run worlds/kabul.yaml --set aid_rate=0.5 --seed 7 --first-run 2 --runs 1");
    record.snapshot = "a snap";
    EXPECT_EQ(command_for_run(record, 2), "entente run worlds/kabul.yaml --set aid_rate=0.5 --seed 7 --first-run 2 --runs 1")
        << "a run that goes on unchanged is the one from the start";
    record.identity.from = "4f2a91c03b7d at 2021-12-27";
    EXPECT_EQ(command_for_run(record, 2), "entente run worlds/kabul.yaml --set aid_rate=0.5 --from 'a snap' --first-run 2 --runs 1");
}

TEST(ShellQuoting, is_used_where_it_is_needed) {
    EXPECT_EQ(shell_quoted("worlds/kabul.yaml"), "worlds/kabul.yaml");
    EXPECT_EQ(shell_quoted("my worlds/it's.yaml"), "'my worlds/it'\\''s.yaml'");
    EXPECT_EQ(shell_quoted(""), "''");
}

TEST(CommandForRun, can_be_pasted_into_a_shell) {
    RunRecord record;
    record.scenario = "kabul.yaml";
    record.identity.settings = {{"aid_rate", 0.5}, {"relation[russia, afghanistan].trust", 0.9}};
    EXPECT_EQ(command_for_run(record, 3),
              "entente run kabul.yaml --set aid_rate=0.5 --set 'relation[russia, afghanistan].trust=0.9' --seed 1 --first-run 3 --runs 1");
}

}  // namespace
}  // namespace entente
