// Grids and lists, worked by hand.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/study/design.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using Form = Prior::Form;

Factor uniform(const std::string& name, double low, double high) { return {name, "", {Form::uniform, {low, high}}, {}, {}}; }

// -- grids --------------------------------------------------------------------------------------------------------------------------------

TEST(FullGrid, holds_every_combination_with_the_first_factor_slowest) {
    const std::vector<Factor> factors{uniform("x", 0, 1), {"n", "", {Form::choice, {5, 7, 9}}, {}, {}}};
    const Points points = full_grid(factors, 2);
    EXPECT_THAT(points.names, ElementsAre("x", "n"));
    EXPECT_EQ(points.size(), 6U);
    EXPECT_THAT(points.values, ElementsAre(0, 5, 0, 7, 0, 9, 1, 5, 1, 7, 1, 9));
    EXPECT_THAT(points.row(4), ElementsAre(1, 7));
}

TEST(FullGrid, takes_each_factors_own_levels) {
    std::vector<Factor> factors{uniform("x", 0, 1), uniform("y", 0, 10)};
    factors[1].levels = 1;
    EXPECT_THAT(full_grid(factors, 3).values, ElementsAre(0, 5, 0.5, 5, 1, 5));
}

TEST(FullGrid, of_too_many_points_is_refused) {
    const std::vector<Factor> factors(10, uniform("x", 0, 1));
    EXPECT_EQ(refusal([&] { full_grid(factors, 10); }),
              "this grid has 1e+10 points, and 16777216 are the most\nhelp: take fewer levels, or a design without every combination: latin or sobol");
}

RC_GTEST_PROP(FullGridProperty, has_as_many_points_as_the_product_of_levels_and_none_twice, ()) {
    const auto levels = *rc::gen::container<std::vector<int>>(*rc::gen::inRange<std::size_t>(1, 5), rc::gen::inRange(1, 5));
    std::vector<Factor> factors;
    std::size_t product = 1;
    for (const int n : levels) {
        factors.push_back(uniform("x", 0, 1));
        factors.back().levels = n;
        product *= static_cast<std::size_t>(n);
    }
    const Points points = full_grid(factors, 3);
    RC_ASSERT(points.size() == product);
    for (std::size_t i = 1; i < points.size(); ++i) RC_ASSERT(std::ranges::lexicographical_compare(points.row(i - 1), points.row(i)));
}

// -- lists --------------------------------------------------------------------------------------------------------------------------------

Range range_of(const std::string& name) {
    if (name == "trust") return {0, 1};
    if (name == "gain") return {};
    throw Error("no parameter is called '" + name + "'", "did you mean 'trust'?");
}

Points read(const std::string& text) { return read_points("points.csv", text, range_of); }
std::string problems_of(const std::string& text) {
    return refusal([&] { read(text); });
}

TEST(PointList, is_read_in_the_order_of_its_columns) {
    const Points points = read("gain, trust\n1.5,0\n\n-2e3,0.25\n");
    EXPECT_THAT(points.names, ElementsAre("gain", "trust"));
    EXPECT_THAT(points.values, ElementsAre(1.5, 0, -2000, 0.25));
    EXPECT_THAT(read("trust\n1\n\n0\n\n").values, ElementsAre(1, 0));
}

TEST(PointList, leaves_out_the_numbers_of_points) {
    const Points points = read("point,trust\n0,0.5\n1,1\n");
    EXPECT_THAT(points.names, ElementsAre("trust"));
    EXPECT_THAT(points.values, ElementsAre(0.5, 1));
}

TEST(PointList, has_weights) {
    const Points points = read("point,trust,weight\n0,0.5,3\n1,1,0\n");
    EXPECT_THAT(points.names, ElementsAre("trust"));
    EXPECT_THAT(points.values, ElementsAre(0.5, 1));
    EXPECT_THAT(points.weights, ElementsAre(3, 0));
    EXPECT_TRUE(read("trust\n1\n").weights.empty());
    EXPECT_EQ(problems_of("trust,weight\n1,-1\n"),
              "points.csv:2:3: error: -1 is outside the range [0, inf] of 'weight'\n    2 | 1,-1\n      |   ^~");
    EXPECT_THAT(problems_of("trust,weight\n1,0\n"), testing::StartsWith("points.csv:1:1: error: every weight is 0"));
    const auto called_so = [](const std::string& name) { return name == "weight" ? Range{} : range_of(name); };
    EXPECT_THAT(read_points("points.csv", "trust,weight\n1,-1\n", called_so).names, ElementsAre("trust", "weight")) << "a parameter of that name";
}

TEST(PointList, leaves_out_what_pandas_and_r_number_rows_by) {
    std::vector<std::string> notes;
    const Points points = read_points("points.csv", "\"\",\"Unnamed: 0\",\"X\",\"trust\"\n\"1\",0,1,5e-01\n\"2\",1,2,1\n", range_of, &notes);
    EXPECT_THAT(points.names, ElementsAre("trust"));
    EXPECT_THAT(points.values, ElementsAre(0.5, 1));
    EXPECT_THAT(notes, ElementsAre("'points.csv': column 1 has no name, and is ignored",
                                   "'points.csv': column 2 ('Unnamed: 0') numbers the rows, and is ignored",
                                   "'points.csv': column 3 ('X') numbers the rows, and is ignored"));
}

TEST(PointList, names_file_line_and_column_of_all_its_problems) {
    EXPECT_EQ(problems_of("trust,trsut,gain\n0.5,1,two\n2,1,1\n1,1\n0,0,\n"),
              "points.csv:1:7: error: no parameter is called 'trsut'\n"
              "    1 | trust,trsut,gain\n"
              "      |       ^~~~~\n"
              "help: did you mean 'trust'?\n"
              "\n"
              "points.csv:2:7: error: 'two' in the column 'gain' is not a finite number\n"
              "    2 | 0.5,1,two\n"
              "      |       ^~~\n"
              "help: write a value for every factor\n"
              "\n"
              "points.csv:3:1: error: 2 is outside the range [0, 1] of 'trust'\n"
              "    3 | 2,1,1\n"
              "      | ^\n"
              "\n"
              "points.csv:4:3: error: this row has 2 cells, and the header has 3\n"
              "    4 | 1,1\n"
              "      |   ^\n"
              "help: quote a cell that holds a comma\n"
              "\n"
              "points.csv:5:5: error: '' in the column 'gain' is not a finite number\n"
              "    5 | 0,0,\n"
              "      |     ^\n"
              "help: write a value for every factor");
}

TEST(PointList, refuses_a_column_that_comes_twice) {
    EXPECT_EQ(problems_of("trust,gain,trust\n1,1,1\n"),
              "points.csv:1:12: error: two columns are called 'trust'\n"
              "    1 | trust,gain,trust\n"
              "      |            ^~~~~\n"
              "help: remove one");
}

TEST(PointList, tells_the_first_ten_of_many_columns_that_are_no_parameters) {
    std::string head = "trust";
    for (int i = 0; i < 100'000; ++i) head += ",column_" + std::to_string(i);
    const std::string said = problems_of(head + "\n");
    std::size_t told = 0;
    for (std::size_t at = 0; (at = said.find("error: no parameter is called", at)) != std::string::npos; ++at) ++told;
    EXPECT_EQ(told, 10U) << said.substr(0, 2000);
    EXPECT_NE(said.find("error: 99990 more columns are not parameters\n"), std::string::npos);
}

TEST(PointList, without_points_or_factors_is_refused) {
    EXPECT_EQ(problems_of(""), "points.csv: error: the table is empty\nhelp: its first line names the columns");
    EXPECT_EQ(problems_of("trust\n\n"), "points.csv: error: the table has no points\nhelp: write a row for each");
    EXPECT_EQ(problems_of("point\n1\n"),
              "points.csv:1:1: error: no column is a factor\n"
              "    1 | point\n"
              "      | ^\n"
              "help: name the columns after parameters");
}

// -- unit points --------------------------------------------------------------------------------------------------------------------------

TEST(UnitPoints, become_values_by_the_quantiles_of_each_factor) {
    const std::vector<Factor> factors{uniform("x", 0, 10), {"n", "", {Form::integers, {1, 2}}, {}, {}}};
    const Points points = points_of(factors, {2, {0.25, 0.25, 1, 0.75}});
    EXPECT_THAT(points.names, ElementsAre("x", "n"));
    EXPECT_THAT(points.values, ElementsAre(2.5, 1, 10, 2));
}

}  // namespace
}  // namespace entente::test
