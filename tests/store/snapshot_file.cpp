// Tests: stored_values.
#include <cmath>
#include <entente/store/snapshot_file.hpp>

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <entente/base/problem.hpp>
#include <entente/base/version.hpp>

#include "../sample.hpp"
#include "../scratch.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class SnapshotFiles : public testing::Test {
protected:
    SnapshotFiles() {
        record_.identity.entente = version();
        snapshot_.tick = 2;
        snapshot_.seed = 7;
        snapshot_.runs = 4;
        snapshot_.series_runs = 2;
        snapshot_.logs_events = true;
        snapshot_.blocks = {{"field state.power", 4, 2, {1, 2, 3, 4, 5, 6, 7, 8}}, {"series trust", 2, 2, {0.1, 0.2, sample::never, 0.4}}};
        snapshot_.hashes = {11, 12, 0, ~std::uint64_t{0}};
        snapshot_.failures = {{2, 1, "trade", "x = 1 / y", "russia", "is inf", "y = 0"}};
        snapshot_.log = {{0, 1, 0, 0, 2, EventCause::drawn, 0.25}, {3, 0, 0, 5, 1, EventCause::timeline}};
    }

    void write() const { write_snapshot(file_, record_, "2022-01-03", snapshot_); }

    template <class Call>
    std::string refusal(Call call) const {
        try {
            call();
        } catch (const Error& problem) {
            EXPECT_EQ(problem.code(), ExitCode::usage);
            return problem.what() + (problem.help().empty() ? "" : "\nhelp: " + problem.help());
        }
        return "";
    }
    std::string refused_place(const Identity& identity, std::int64_t tick = 2) const {
        return refusal([&] { check_place(file_, identity, tick); });
    }

    Scratch scratch_;
    fs::path file_ = scratch_.path() / "kabul.snap";
    std::string quoted_ = "'" + file_.string() + "'";
    RunRecord record_ = sample::record();
    Snapshot snapshot_;
};

TEST_F(SnapshotFiles, are_read_back_as_they_were_written) {
    write();
    const SnapshotFile opened(file_);
    EXPECT_EQ(opened.facts().identity, record_.identity);
    EXPECT_EQ(opened.facts().scenario, "worlds/kabul.yaml");
    EXPECT_EQ(opened.facts().when, "2022-01-03");
    const Snapshot read = opened.read();
    EXPECT_EQ(read.tick, 2);
    EXPECT_EQ(read.seed, 7U);
    EXPECT_EQ(read.first_run, 0);
    EXPECT_EQ(read.runs, 4);
    EXPECT_EQ(read.series_runs, 2);
    EXPECT_TRUE(read.logs_events);
    ASSERT_EQ(read.blocks.size(), 2U);
    EXPECT_EQ(read.blocks[0].name, "field state.power");
    EXPECT_EQ(read.blocks[0].each, 2);
    EXPECT_EQ(read.blocks[0].values, snapshot_.blocks[0].values);
    EXPECT_EQ(read.blocks[1].runs, 2);
    EXPECT_THAT(read.blocks[1].values, ElementsAre(0.1, 0.2, testing::IsNan(), 0.4));
    EXPECT_EQ(read.hashes, snapshot_.hashes);
    ASSERT_EQ(read.failures.size(), 1U);
    EXPECT_EQ(read.failures[0].lane, 2);
    EXPECT_EQ(read.failures[0].operands, "y = 0");
    ASSERT_EQ(read.log.size(), 2U);
    EXPECT_EQ(read.log[1].run, 3);
    EXPECT_EQ(read.log[1].row, 5);
    EXPECT_EQ(read.log[0].count, 2);
    EXPECT_EQ(read.log[0].chance, 0.25);
    EXPECT_EQ(read.log[1].cause, EventCause::timeline);
    EXPECT_TRUE(std::isnan(read.log[1].chance));
}

TEST_F(SnapshotFiles, give_branches_a_name_of_what_the_runs_are) {
    write();
    const std::string origin = SnapshotFile(file_).facts().origin();
    EXPECT_THAT(origin, testing::MatchesRegex("[0-9a-f]{12} at 2022-01-03"));
    snapshot_.series_runs = 0;
    snapshot_.blocks.pop_back();
    write();
    EXPECT_EQ(SnapshotFile(file_).facts().origin(), origin) << "whatever else was kept";
    record_.identity.seed = 8;
    write();
    EXPECT_NE(SnapshotFile(file_).facts().origin(), origin);
}

TEST_F(SnapshotFiles, are_refused_when_they_are_none_or_damaged) {
    const auto refused = [&] { return refusal([&] { const SnapshotFile opened(file_); }); };
    const std::string help = "\nhelp: snapshots come from: entente run FILE --until DATE --snapshot SNAP";
    EXPECT_EQ(refused(), quoted_ + " can't be read" + help);
    write_text(file_, "entente: 1\n");
    EXPECT_EQ(refused(), quoted_ + " is not a snapshot" + help);
    write();
    const std::string whole = read_text(file_);
    write_text(file_, whole.substr(0, 100));
    EXPECT_EQ(refused(), quoted_ + " is truncated" + help);
    write_text(file_, whole.substr(0, whole.size() - 8));
    EXPECT_EQ(refused(), quoted_ + " is truncated or was modified" + help);
}

/// The same file with `from` in its header replaced, and a right checksum all the same.
void reseal(const fs::path& file, const std::string& from, const std::string& to) {
    std::string header;
    std::vector<std::uint64_t> values;
    {
        const SealedFile sealed(file, "snapshot");
        header = sealed.header();
        const auto bytes = static_cast<std::int64_t>(fs::file_size(file)) - 32 - std::ssize(header) - std::ssize(fmt::format("entente-snapshot 1 {}\n", header.size()));
        values.resize(static_cast<std::size_t>(bytes) / 8);
        sealed.read(0, std::span(values));
    }
    const std::size_t at = header.find(from);
    ASSERT_NE(at, std::string::npos) << from << " in " << header;
    write_sealed(file, "snapshot", header.replace(at, from.size(), to), [&](const Sink& add) { add(bytes_of(std::span<const std::uint64_t>(values))); });
}

TEST_F(SnapshotFiles, whose_header_says_what_cannot_be_are_refused_though_the_checksum_is_right) {
    const std::string help = "\nhelp: snapshots come from: entente run FILE --until DATE --snapshot SNAP";
    const std::vector<std::tuple<std::string, std::string, std::string>> cases{
        {"\"tick\":2", "\"tick\":1e300", "'tick' is 1e+300, not a whole number from 0 to 1000000000000"},
        {"\"tick\":2", "\"tick\":-1", "'tick' is -1, not a whole number from 0 to 1000000000000"},
        {"\"seed\":7", "\"seed\":1.5e32", "'seed' is 1.5e+32, not a whole number from 0 to 18446744073709551615"},
        {"\"seed\":7,", "", "'seed' is missing"},
        {"\"runs\":4", "\"runs\":18446744073709551615", "'runs' is 18446744073709551615, not a whole number from 0 to 4294967295"},
        {"\"runs\":4", "\"runs\":0", "'runs' is 0"},
        {"\"scenario\":\"worlds/kabul.yaml\"", "\"scenario\":[1]", "'scenario' is [1], not a text"},
        {"\"logs_events\":true", "\"logs_events\":1", "'logs_events' is 1, not true or false"},
        {"\"series_runs\":2", "\"series_runs\":5", "'series_runs' is 5, not a whole number from 0 to 4"},
        {"\"each\":2", "\"each\":9000000000000000000", "'each' is 9000000000000000000, not a whole number from 0 to "},
        {"\"run\":2", "\"run\":4", "'run' is 4, not a whole number from 0 to 3"},
        {"\"logged_events\":2", "\"logged_events\":-2", "'logged_events' is -2, not a whole number from 0 to "},
        {"{\"identity\"", "[{\"identity\"", "it is not JSON"},
    };
    for (const auto& [from, to, told] : cases) {
        write();
        reseal(file_, from, to);
        const std::string said = refusal([&] { static_cast<void>(SnapshotFile(file_).read()); });
        EXPECT_TRUE(said.starts_with(quoted_ + " does not match its header: " + told)) << said;
        EXPECT_TRUE(said.ends_with(help)) << said;
    }
    snapshot_.log[1].row = -5;
    write();
    EXPECT_EQ(refusal([&] { static_cast<void>(SnapshotFile(file_).read()); }),
              quoted_ + " does not match its header: an event that was logged is of no run, tick, event or row" + help);
}

TEST_F(SnapshotFiles, with_fewer_values_than_the_header_says_are_refused) {
    write();
    reseal(file_, "\"logged_events\":2", "\"logged_events\":3");
    EXPECT_THAT(refusal([&] { static_cast<void>(SnapshotFile(file_).read()); }), testing::StartsWith(quoted_ + " does not match its header"));
}

TEST_F(SnapshotFiles, of_another_version_are_refused) {
    record_.identity.entente = "0.0.9";
    write();
    EXPECT_EQ(refusal([&] { const SnapshotFile opened(file_); }),
              quoted_ + " is of Entente 0.0.9, and this is Entente " + std::string(version()) +
                  "\nhelp: take the snapshot again with this version, or continue with that one");
}

TEST_F(SnapshotFiles, of_another_scenario_are_refused) {
    write();
    const SnapshotFile opened(file_);
    opened.check_scenario("worlds/kabul.yaml", "aaaa");
    EXPECT_EQ(refusal([&] { opened.check_scenario("worlds/moscow.yaml", "bbbb"); }),
              quoted_ + " was taken of another scenario than 'worlds/moscow.yaml', or of another version of its files\n"
                        "help: continue with the files as they were then, or take the snapshot again");
}

TEST_F(SnapshotFiles, take_the_place_of_nothing_but_the_same_snapshot) {
    constexpr const char* help = "\nhelp: name another file with --snapshot, or remove that one if it is no longer needed";
    EXPECT_EQ(refused_place(record_.identity), "");
    write();
    EXPECT_EQ(refused_place(record_.identity), "");
    Identity other = record_.identity;
    other.seed = 8;
    EXPECT_EQ(refused_place(other, 1), quoted_ + " is another snapshot: seed 7, not 8; tick 2, not 1" + help);
    write_text(file_, "a thesis");
    EXPECT_EQ(refused_place(record_.identity), "the file exists already: " + quoted_ + " is not a snapshot" + help);
    EXPECT_EQ(read_text(file_), "a thesis");
    fs::remove(file_);
    fs::create_directory(file_);
    EXPECT_EQ(refused_place(record_.identity), quoted_ + " is a folder, and a snapshot is a file\nhelp: name a file with --snapshot");
}

TEST_F(SnapshotFiles, get_a_folder_that_is_not_there_yet) {
    file_ = scratch_.path() / "taken" / "today" / "kabul.snap";
    prepare_place(file_);
    EXPECT_TRUE(fs::is_empty(file_.parent_path()));
    write();
    EXPECT_EQ(SnapshotFile(file_).facts().tick, 2);
    for (const auto& entry : fs::directory_iterator(file_.parent_path())) EXPECT_EQ(entry.path().filename(), "kabul.snap");
    file_ = scratch_.path() / "a-file" / "kabul.snap";
    write_text(scratch_.path() / "a-file", "text");
    EXPECT_EQ(refusal([&] { prepare_place(file_); }),
              "cannot create the folder '" + file_.parent_path().string() + "': Not a directory\nhelp: write elsewhere with --snapshot");
}

TEST_F(SnapshotFiles, are_whole_or_not_there_when_the_disk_is_full) {
    const SmallDisk disk;
    if (!disk.is_mounted()) GTEST_SKIP() << "may not mount a small disk";
    file_ = disk.path() / "kabul.snap";
    snapshot_.blocks[0].runs = 40000;
    snapshot_.blocks[0].values.assign(80000, 1.5);
    EXPECT_EQ(refusal([&] { write(); }), "the disk that holds '" + disk.path().string() +
                                             "' is full\nhelp: free some space, or write elsewhere with --snapshot; what was there before is untouched");
    EXPECT_TRUE(fs::is_empty(disk.path()));
}

}  // namespace
}  // namespace entente
