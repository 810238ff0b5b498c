#include <entente/base/problem.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <entente/base/version.hpp>

namespace entente {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string rendered(const std::string& line, int column, int length, const std::string& help = {}) {
    Sources sources;
    const int file = sources.add("world.yaml", "first\n" + line + "\nlast\n");
    return render({Severity::error, {file, 2, column, length}, "no parameter is called 'trsut'", help}, sources);
}

TEST(Problem, is_shown_with_its_line_a_caret_and_help) {
    EXPECT_EQ(rendered("      - trsut += gain", 9, 5, "did you mean 'trust'?"),
              "world.yaml:2:9: error: no parameter is called 'trsut'\n"
              "    2 |       - trsut += gain\n"
              "      |         ^~~~~\n"
              "help: did you mean 'trust'?");
}

TEST(Problem, without_help_ends_with_its_caret) {
    EXPECT_THAT(rendered("x", 1, 1), testing::EndsWith("\n      | ^"));
}

TEST(Problem, a_caret_counts_characters_not_bytes) {
    EXPECT_EQ(rendered("доверие: trsut", 10, 5),
              "world.yaml:2:10: error: no parameter is called 'trsut'\n"
              "    2 | доверие: trsut\n"
              "      |          ^~~~~");
}

TEST(Problem, wide_characters_and_tabs_keep_the_caret_in_place) {
    EXPECT_THAT(rendered("信任: x", 5, 1), HasSubstr("\n      |       ^"));
    EXPECT_EQ(rendered("\tx", 2, 1),
              "world.yaml:2:2: error: no parameter is called 'trsut'\n"
              "    2 |     x\n"
              "      |     ^");
}

TEST(Problem, a_very_long_line_is_shown_around_the_caret) {
    const std::string text = rendered(std::string(500, 'a') + "trsut" + std::string(500, 'b'), 501, 5);
    EXPECT_THAT(text, HasSubstr("    2 | …" + std::string(60, 'a') + "trsut" + std::string(55, 'b') + "…\n"));
    EXPECT_THAT(text, testing::EndsWith("\n      | " + std::string(61, ' ') + "^~~~~"));
}

TEST(Problem, a_span_longer_than_its_line_is_underlined_to_the_lines_end) {
    EXPECT_THAT(rendered("abc", 2, 99), testing::EndsWith("\n      |  ^~"));
    EXPECT_THAT(rendered("abc", 99, 1), testing::EndsWith("\n      |    ^"));
    EXPECT_THAT(rendered("", 1, 3), testing::EndsWith("    2 | \n      | ^"));
}

TEST(Problem, of_a_whole_file_or_of_none_has_no_line) {
    Sources sources;
    const int file = sources.add("empty.yaml", "");
    EXPECT_EQ(render({Severity::error, {file}, "the file is empty", ""}, sources), "empty.yaml: error: the file is empty");
    EXPECT_EQ(render({Severity::warning, {}, "--runs 0 runs nothing", "take 1"}, sources), "warning: --runs 0 runs nothing\nhelp: take 1");
}

TEST(Problem, may_be_a_note_that_is_no_fault) {
    Problems problems;
    problems.note({}, "3 rows are left out", "as asked");
    problems.warning({}, "nothing reads 'gain'");
    EXPECT_FALSE(problems.has_errors());
    EXPECT_EQ(problems.sorted()[0].severity, Severity::note);
    EXPECT_EQ(render(problems.sorted()[0], {}), "note: 3 rows are left out\nhelp: as asked");
}

TEST(ScenarioError, keeps_its_problems_and_the_names_of_files) {
    Sources sources;
    const int file = sources.add("world.yaml", "entente: 2\n");
    Problems problems;
    problems.error({file, 1, 10}, "this is version 2");
    const ScenarioError error(problems, sources);
    EXPECT_STREQ(error.what(), problems.render(sources).c_str());
    EXPECT_EQ(error.problems().at(0).what, "this is version 2");
    EXPECT_EQ(error.sources().path(error.problems()[0].place.file), "world.yaml");
    EXPECT_EQ(error.code(), ExitCode::usage);
}

TEST(Sources, give_lines_without_their_ends) {
    Sources sources;
    const int file = sources.add("a.yaml", "one\r\ntwo\nthree");
    EXPECT_EQ(sources.line(file, 1), "one");
    EXPECT_EQ(sources.line(file, 2), "two");
    EXPECT_EQ(sources.line(file, 3), "three");
    EXPECT_EQ(sources.line(file, 4), "");
    EXPECT_EQ(sources.line(file, 0), "");
    EXPECT_EQ(sources.path(file), "a.yaml");
    EXPECT_EQ(sources.text(file).size(), 14u);
}

TEST(Text, on_one_line_finds_places_by_counting) {
    const Text text{"доверие + 1", {0, 4, 10, 1}, {}};
    const Place plus = text.at(15);
    EXPECT_EQ(plus.line, 4);
    EXPECT_EQ(plus.column, 18);
    EXPECT_EQ(plus.length, 1);
    EXPECT_EQ(text.at(0, 14).length, 7);
    EXPECT_EQ(text.at(999).column, 21);
}

TEST(Text, folded_over_lines_finds_places_by_table) {
    const Text text{"a + bc", {0, 3, 5, 1}, {{0, 3, 5, 1}, {0, 3, 6, 1}, {0, 3, 7, 1}, {0, 3, 8, 1}, {0, 4, 7, 1}, {0, 4, 8, 1}}};
    EXPECT_EQ(text.at(4, 2).line, 4);
    EXPECT_EQ(text.at(4, 2).column, 7);
    EXPECT_EQ(text.at(4, 2).length, 2);
    EXPECT_EQ(text.at(0, 6).line, 3);
    EXPECT_EQ(text.at(0, 6).length, 4);  // to the end of the first line
    EXPECT_EQ(text.at(6).column, 9);
}

std::vector<std::string> texts(const Problems& problems) {
    std::vector<std::string> result;
    for (const Problem& problem : problems.sorted()) result.push_back(problem.what);
    return result;
}

TEST(Problems, come_in_the_order_of_the_file_and_once) {
    Problems problems;
    EXPECT_TRUE(problems.empty());
    problems.error({0, 9, 1}, "late");
    problems.warning({0, 2, 8}, "right");
    problems.error({0, 2, 3}, "left");
    problems.error({0, 2, 3}, "left");
    problems.error({}, "no file");
    EXPECT_THAT(texts(problems), ElementsAre("no file", "left", "right", "late"));
    EXPECT_EQ(problems.error_count(), 3u);
    EXPECT_TRUE(problems.has_errors());
}

TEST(Problems, warnings_alone_are_no_errors) {
    Problems problems;
    problems.warning({}, "unused parameter 'x'");
    EXPECT_FALSE(problems.has_errors());
    EXPECT_FALSE(problems.empty());
}

TEST(Problems, are_told_all_at_once_up_to_two_hundred) {
    Problems problems;
    for (int i = 0; i < 205; ++i) problems.error({}, "number " + std::to_string(i));
    const std::string text = problems.render(Sources());
    EXPECT_THAT(text, testing::StartsWith("error: number 0\n\nerror: number 1\n\n"));
    EXPECT_THAT(text, testing::EndsWith("error: number 199\n\n… and 5 more problems"));
}

TEST(Errors, carry_their_help_and_exit_code) {
    const Error full("the disk is full", "free some space", ExitCode::runs_failed);
    EXPECT_STREQ(full.what(), "the disk is full");
    EXPECT_EQ(full.help(), "free some space");
    EXPECT_EQ(full.code(), ExitCode::runs_failed);

    Problems problems;
    problems.error({}, "no step");
    const ScenarioError scenario(problems, Sources());
    EXPECT_STREQ(scenario.what(), "error: no step");
    EXPECT_EQ(scenario.code(), ExitCode::usage);
    EXPECT_EQ(scenario.problems().size(), 1u);
}

TEST(Version, has_three_numbers) {
    EXPECT_THAT(std::string(version()), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

}  // namespace
}  // namespace entente
