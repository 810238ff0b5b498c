// Outcomes that somebody else computed at the points of a design.
#include <cmath>

#include <gmock/gmock.h>

#include <entente/summary/given_outcomes.hpp>

#include "../sample.hpp"

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
    EXPECT_THAT(given.notes, ElementsAre("'given.csv': column 2 ('remark') holds no numbers, and is ignored"));
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

TEST(GivenOutcomes, of_levels_are_chosen_by_the_measure_and_know_their_rule) {
    Results layout = sample::ensemble();
    layout.measures[0].levels = {{"low", ""}, {"high", ""}};
    const GivenOutcomes given = read_outcomes("given.csv", "y,trust[low],trust[high]\n1,0,1\n2,0.5,0.5\n3,1,0\n", design, layout, {"trust"});
    EXPECT_THAT(names(given), ElementsAre("trust[low]", "trust[high]"));
    EXPECT_EQ(given.outcomes[1].unit, "probability");
    EXPECT_EQ(given.outcomes[1].pattern, "*[level]");
    EXPECT_THAT(names(read_outcomes("given.csv", "y,trust[low]\n1,0\n2,0.5\n3,1\n", design, layout, {"trust[low]"})), ElementsAre("trust[low]"));
}

TEST(GivenOutcomes, are_chosen_by_name) {
    const std::string text = "y,failed,recognised_came,recognised_years\n1,0,1,2\n2,0,1,2\n3,1,0,2\n";
    EXPECT_THAT(names(read(text, {"failed"})), ElementsAre("failed"));
    EXPECT_THAT(names(read(text, {"recognised"})), ElementsAre("recognised_came", "recognised_years"));
    EXPECT_EQ(refusal(text, {"recognized"}),
              "'given.csv' has no column of outcomes 'recognized'\nhelp: its columns are y, failed, recognised_came and recognised_years");
    EXPECT_EQ(refusal("y,z\n1,a\n2,b\n3,c\n", {"z"}), "given.csv:2:3: error: 'a' in the column 'z' is not a number; 3 of its cells are not\n    2 | 1,a\n      |   ^\n"
              "help: leave the cell of a run that failed empty, or write NA");
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
              "given.csv:3:1: error: found replicate 2, expected 1 or 0 of the next point\n    3 | 2,2\n      | ^\n"
              "help: write the replicates 0, 1, … (or 1, 2, …) of a point after each other");
}

TEST(GivenOutcomes, stand_at_the_values_of_the_design) {
    EXPECT_EQ(refusal("gain,y\n0.25,1\n0.51,2\n0.75,3\n"),
              "given.csv:3:1: error: 'gain' is 0.51 here, and 0.5 at point 1 of the design\n    3 | 0.51,2\n      | ^~~~\n"
              "help: give the same --vary, --samples, --group and --seed as for --emit-design");
    EXPECT_EQ(refusal("point,y\n0,1\n2,2\n2,3\n"),
              "given.csv:3:1: error: found point 2, expected 1\n    3 | 2,2\n      | ^\n"
              "help: keep the rows in the order of the design");
}

TEST(GivenOutcomes, have_a_column_at_least) {
    EXPECT_EQ(
        refusal("point,gain,note\n0,0.25,a\n1,0.5,b\n2,0.75,c\n"),
        "'given.csv' has no column of outcomes\nhelp: beside point, replicate and the factors, give each outcome a column of numbers");
}

// -- tables that went through other hands

TEST(GivenOutcomes, count_replicates_from_0_or_from_1) {
    const std::string rows = "point,y,replicate\n0,1,1\n0,2,2\n1,3,1\n1,4,2\n2,5,1\n2,6,2\n";
    const GivenOutcomes given = read(rows);
    EXPECT_EQ(given.replicates, 2U);
    EXPECT_THAT(given.outcomes[0].values, ElementsAre(1, 2, 3, 4, 5, 6));
    EXPECT_EQ(refusal("replicate,y\n2,1\n3,2\n"),
              "given.csv:2:1: error: found replicate 2, expected 0 or 1\n    2 | 2,1\n      | ^\n"
              "help: write the replicates 0, 1, … (or 1, 2, …) of a point after each other");
    EXPECT_EQ(refusal("replicate,y\n1,1\n2,2\n0,3\n1,4\n"),
              "given.csv:4:1: error: found replicate 0, expected 3 or 1 of the next point\n    4 | 0,3\n      | ^\n"
              "help: write the replicates 0, 1, … (or 1, 2, …) of a point after each other");
    EXPECT_EQ(refusal("replicate,y\nNA,1\n1,2\n"),
              "given.csv:2:1: error: 'NA' in the column 'replicate' is not a finite number\n    2 | NA,1\n      | ^~");
}

TEST(GivenOutcomes, stand_at_factors_that_lost_their_last_digits) {
    EXPECT_THAT(names(read("gain,aid,y\n0.25000000000001,10,1\n0.5,20.0000000000000004,2\n0.75,3e+01,3\n")), ElementsAre("y"));
    EXPECT_EQ(refusal("gain,y\n0.2500000000005,1\n0.5,2\n0.75,3\n"),
              "given.csv:2:1: error: 'gain' is 0.2500000000005 here, and 0.25 at point 0 of the design\n    2 | 0.2500000000005,1\n"
              "      | ^~~~~~~~~~~~~~~\nhelp: give the same --vary, --samples, --group and --seed as for --emit-design");
}

TEST(GivenOutcomes, tell_of_the_first_row_alone_that_stands_elsewhere) {
    EXPECT_EQ(refusal("gain,aid,y\n0.3,11,1\n0.6,21,2\n0.9,31,3\n"),
              "given.csv:2:1: error: 'gain' is 0.3 here, and 0.25 at point 0 of the design\n    2 | 0.3,11,1\n      | ^~~\n"
              "help: give the same --vary, --samples, --group and --seed as for --emit-design");
}

TEST(GivenOutcomes, are_not_the_columns_that_number_rows) {
    const GivenOutcomes nameless = read(",point,gain,y\n0,0,0.25,1\n1,1,0.5,2\n2,2,0.75,3\n");
    EXPECT_THAT(names(nameless), ElementsAre("y"));
    EXPECT_THAT(nameless.notes, ElementsAre("'given.csv': column 1 has no name, and is ignored"));
    const GivenOutcomes read_again = read("\"\",\"Unnamed: 0\",\"X\",\"y\"\n\"1\",0,1,5\n\"2\",1,2,6\n\"3\",2,3,7\n");
    EXPECT_THAT(names(read_again), ElementsAre("y"));
    EXPECT_THAT(read_again.notes, ElementsAre("'given.csv': column 1 has no name, and is ignored",
                                              "'given.csv': column 2 ('Unnamed: 0') numbers the rows, and is ignored",
                                              "'given.csv': column 3 ('X') numbers the rows, and is ignored"));
    EXPECT_THAT(names(read("X,y\n4,5\n9,6\n2,7\n")), ElementsAre("X", "y")) << "an X that numbers no rows is an outcome";
}

TEST(GivenOutcomes, are_refused_where_a_cell_is_text) {
    EXPECT_EQ(refusal("y,z\n1,2\n2,failed\n3,failed\n"),
              "given.csv:3:3: error: 'failed' in the column 'z' is not a number; 2 of its cells are not\n    3 | 2,failed\n      |   ^~~~~~\n"
              "help: leave the cell of a run that failed empty, or write NA");
}

TEST(GivenOutcomes, are_read_as_pandas_and_r_write_them) {
    const GivenOutcomes given = read("\"y\",\"z\",\"w\",\"v\"\n1e+05,TRUE,NA,Inf\n-2.5e-3,FALSE,NaN,-inf\n3,True,,4\n");
    EXPECT_THAT(names(given), ElementsAre("y", "z", "v"));
    EXPECT_THAT(given.outcomes[0].values, ElementsAre(100000, -0.0025, 3));
    EXPECT_THAT(given.outcomes[1].values, ElementsAre(1, 0, 1));
    EXPECT_TRUE(std::isinf(given.outcomes[2].values[0]));
    EXPECT_EQ(given.lacking, 2U);
    EXPECT_THAT(given.notes, ElementsAre("'given.csv': column 3 ('w') holds no numbers, and is ignored"));
}

TEST(GivenOutcomes, are_one_problem_where_the_table_is_of_another_kind) {
    EXPECT_EQ(refusal("point;gain;y\n0;0,25;1\n1;0,5;2\n2;0,75;3\n"),
              "given.csv:1:1: error: the cells of this table are separated by semicolons, and not by commas\n    1 | point;gain;y\n      | ^\n"
              "help: write commas between cells, and points in numbers (0.5): in R write.csv, in pandas to_csv, by default");
    EXPECT_EQ(refusal("point\tgain\n0\t0.25\n"),
              "given.csv:1:1: error: the cells of this table are separated by tabs, and not by commas\n    1 | point    gain\n      | ^\n"
              "help: write commas between cells, and points in numbers (0.5): in R write.csv, in pandas to_csv, by default");
    EXPECT_EQ(refusal("0,0.25,1\n1,0.5,2\n2,0.75,3\n"),
              "given.csv:1:1: error: the first line holds numbers, and no names of columns\n    1 | 0,0.25,1\n      | ^\n"
              "help: write a line above it that names them");
    EXPECT_EQ(refusal("\"gain\",\"y\"\n\"1\",0.25,1\n\"2\",0.5,2\n\"3\",0.75,3\n"),
              "given.csv:2:2: error: the rows have 3 cells, and the header has 2\n    2 | \"1\",0.25,1\n      |  ^\n"
              "help: give the column of row names a name too: in R write.csv does, and write.table with col.names = NA");
}

}  // namespace
}  // namespace entente
