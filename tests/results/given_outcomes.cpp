// Outcomes that somebody else computed at the points of a design.
#include <cmath>

#include <gmock/gmock.h>

#include <entente/results/given_outcomes.hpp>

#include "sample.hpp"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::NanSensitiveDoubleEq;

const Points design{{"gain", "aid"}, {0.25, 10, 0.5, 20, 0.75, 30}};

GivenOutcomes read(const std::string& text, const std::vector<std::string>& measures = {}) {
    return read_outcomes("given.csv", text, design, sample::ensemble(), measures);
}

std::string refusal(const std::string& text, const std::vector<std::string>& measures = {}) {
    try {
        read(text, measures);
    } catch (const Error& error) {
        return error.what() + (error.help().empty() ? "" : "\nhelp: " + error.help());
    }
    return "";
}

std::vector<std::string> names(const GivenOutcomes& given) {
    std::vector<std::string> names;
    for (const auto& sample : given.outcomes) names.push_back(sample.name);
    return names;
}

TEST(GivenOutcomes, are_columns_of_numbers_one_row_a_point) {
    const GivenOutcomes given = read("y,remark,z\n1,good,4\n2,,5\n3,bad,\n");
    EXPECT_THAT(names(given), ElementsAre("y", "z"));
    EXPECT_EQ(given.replicates, 1U);
    EXPECT_EQ(given.rows, 3U);
    EXPECT_EQ(given.lacking, 1U);
    EXPECT_THAT(given.outcomes[0].values, ElementsAre(1, 2, 3));
    EXPECT_THAT(given.outcomes[1].values, ElementsAre(4, 5, NanSensitiveDoubleEq(std::nan(""))));
    EXPECT_THAT(read("y\n1\n2\n3\n\n").outcomes[0].values, ElementsAre(1, 2, 3)) << "a blank line is no point";
}

TEST(GivenOutcomes, may_come_run_by_run) {
    const GivenOutcomes given = read(
        "run,point,replicate,status,gain,aid,y\n0,0,0,ok,0.25,10,1\n1,0,1,failed,0.25,10,\n2,1,0,ok,0.5,20,3\n3,1,1,ok,0.5,20,4\n"
        "4,2,0,ok,0.75,30,5\n5,2,1,ok,0.75,30,NaN\n");
    EXPECT_EQ(given.replicates, 2U);
    EXPECT_THAT(names(given), ElementsAre("y"));
    EXPECT_EQ(given.outcomes[0].values.size(), 6U);
    EXPECT_EQ(given.lacking, 2U);
}

TEST(GivenOutcomes, are_not_what_our_tables_say_beside_them) {
    const GivenOutcomes given = read(
        "point,gain,aid,runs,failed,trust,trust_se,recognised_years,recognised_years_se,recognised,aid[2021]\n"
        "0,0.25,10,9,0,1,0.1,2,0.1,3,4\n1,0.5,20,9,0,1,0.1,2,0.1,3,4\n2,0.75,30,9,0,1,0.1,2,0.1,3,4\n");
    EXPECT_THAT(names(given), ElementsAre("trust", "recognised_years"));
    EXPECT_EQ(given.outcomes[1].unit, "years");
    EXPECT_EQ(given.outcomes[1].rule, "years to the date, at most 0.0575, the whole calendar");
}

TEST(GivenOutcomes, are_chosen_by_name) {
    const std::string text = "y,failed,recognised_came,recognised_years\n1,0,1,2\n2,0,1,2\n3,1,0,2\n";
    EXPECT_THAT(names(read(text, {"failed"})), ElementsAre("failed"));
    EXPECT_THAT(names(read(text, {"recognised"})), ElementsAre("recognised_came", "recognised_years"));
    EXPECT_EQ(refusal(text, {"recognized"}),
              "'given.csv' has no column of outcomes 'recognized'\nhelp: its columns are y, failed, recognised_came and recognised_years");
    EXPECT_EQ(refusal("y,z\n1,a\n2,b\n3,c\n", {"z"}), "given.csv:2:3: error: 'a' in the column 'z' is no number\n    2 | 1,a\n      |   ^");
}

TEST(GivenOutcomes, have_as_many_rows_as_the_design_has_points) {
    EXPECT_EQ(refusal("y\n1\n2\n"),
              "given.csv: error: the table has rows for 2 points, and the design 3\n"
              "help: give the outcomes at every point of the design, one row each, in its order");
    EXPECT_EQ(refusal("y\n1\n2\n3\n4\n"),
              "given.csv: error: the table has rows for 4 points, and the design 3\n"
              "help: give the outcomes at every point of the design, one row each, in its order");
    EXPECT_EQ(refusal("replicate,y\n0,1\n1,2\n0,3\n1,4\n"),
              "given.csv: error: the table has runs of 2 points, and the design 3\n"
              "help: give the outcomes at every point of the design, one row each, in its order");
    EXPECT_EQ(refusal("replicate,y\n0,1\n1,2\n0,3\n0,4\n1,5\n"),
              "given.csv: error: point 1 has 1 replicate, and the first point 2\n"
              "help: give every point as many; leave the outcomes of a run that failed empty");
    EXPECT_EQ(refusal("replicate,y\n0,1\n2,2\n"),
              "given.csv:3:1: error: replicate 2 stands where 1 or 0 of the next point should\n    3 | 2,2\n      | ^\n"
              "help: write the replicates 0, 1, … of a point after each other");
}

TEST(GivenOutcomes, stand_at_the_values_of_the_design) {
    EXPECT_EQ(refusal("gain,y\n0.25,1\n0.51,2\n0.75,3\n"),
              "given.csv:3:1: error: 'gain' is 0.51 here, and 0.5 at point 1 of the design\n    3 | 0.51,2\n      | ^~~~\n"
              "help: give the same --vary, --samples, --group and --seed as for --emit-design");
    EXPECT_EQ(refusal("point,y\n0,1\n2,2\n2,3\n"),
              "given.csv:3:1: error: point 2 stands where 1 should\n    3 | 2,2\n      | ^\n"
              "help: keep the rows in the order of the design");
}

TEST(GivenOutcomes, have_a_column_at_least) {
    EXPECT_EQ(
        refusal("point,gain,note\n0,0.25,a\n1,0.5,b\n2,0.75,c\n"),
        "'given.csv' has no column of outcomes\nhelp: beside point, replicate and the factors, give each outcome a column of numbers");
}

}  // namespace
}  // namespace entente
