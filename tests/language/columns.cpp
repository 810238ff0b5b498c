#include <cmath>

#include <entente/language/columns.hpp>

#include <gtest/gtest.h>

#include "expressions.hpp"

namespace entente::test {
namespace {

const std::vector<std::string> header{"gdp", "year", "region", "GDP (USD)", "source", "wb.region", "a - b", "no"};
const std::vector<double> row{8, 2017, 0, 16, 3, 0, 5, 7};  // numbers; texts and what is missing are the tests' own

double value_of(const std::string& text, const std::string& region = "Africa", std::optional<std::size_t> missing = {}) {
    Reading reading(text);
    const auto expression = read_column_expression(reading.text, header, reading.problems);
    EXPECT_TRUE(expression) << reading.said();
    if (!expression) return -1;
    std::vector<double> values;
    for (const ColumnRead& read : expression->reads()) {
        const bool is_missing = read.column == missing;
        if (read.what == ColumnRead::What::number) values.push_back(is_missing ? std::nan("") : row[read.column]);
        if (read.what == ColumnRead::What::presence) values.push_back(is_missing ? 0 : 1);
        if (read.what == ColumnRead::What::order) values.push_back(region < read.text ? -1 : region > read.text ? 1 : 0);
    }
    return expression->value(values);
}

std::string said_of_columns(const std::string& text) {
    Reading reading(text);
    EXPECT_FALSE(read_column_expression(reading.text, header, reading.problems));
    return reading.said();
}

TEST(Columns, are_computed_with_as_in_the_language) {
    EXPECT_EQ(value_of("gdp"), 8);
    EXPECT_EQ(value_of("gdp / 2 ** 2 + -year % 1_000"), 8 / 4.0 + (-2017.0 - 1000 * std::floor(-2017.0 / 1000)));
    EXPECT_EQ(value_of("max(gdp, year, 3) if gdp < 9 <= year else pi"), 2017);
    EXPECT_EQ(value_of("not gdp or clip(gdp, 0, 1) == True"), 1);
    EXPECT_EQ(value_of("log1p(gdp)"), evaluate(Op::log1p, 8));
    EXPECT_EQ(value_of("3"), 3);
    EXPECT_EQ(value_of("source + no"), 10) << "words of the language name columns too";
}

TEST(Columns, that_are_no_plain_words_stand_in_quotes) {
    EXPECT_EQ(value_of("'GDP (USD)' / gdp"), 2);
    EXPECT_EQ(value_of("\"a - b\" + 1"), 6);
    EXPECT_EQ(value_of("'GDP (USD)' > 15"), 1);
}

TEST(Columns, alone_need_no_quotes) {
    EXPECT_EQ(value_of("GDP (USD)"), 16);
    EXPECT_EQ(value_of("a - b"), 5);
}

TEST(Columns, are_compared_with_texts_to_their_right) {
    EXPECT_EQ(value_of("region == 'Africa'"), 1);
    EXPECT_EQ(value_of("region != \"Africa\" or 'wb.region' == 'Asia'"), 0);
    EXPECT_EQ(value_of("region >= '2018-06-02' and region < '2018-07-01'", "2018-06-02"), 1);
    EXPECT_EQ(value_of("region == ''", ""), 1);
    EXPECT_EQ(value_of("region == 'gdp'", "gdp"), 1) << "a text, though a column is called so";
}

TEST(Columns, whose_cell_is_missing_leave_what_is_computed_missing) {
    EXPECT_TRUE(std::isnan(value_of("gdp * 2 + year", "", 0)));
    EXPECT_EQ(value_of("gdp > 0", "", 0), 0);
    EXPECT_EQ(value_of("has(gdp)", "", 0), 0);
    EXPECT_EQ(value_of("has(gdp)"), 1);
    EXPECT_EQ(value_of("gdp if has(gdp) else 3", "", 0), 3);
}

TEST(Columns, that_can_not_be_read_are_told) {
    const std::pair<const char*, const char*> faults[] = {
        {"gdpp / 2", R"(world.yaml:1:1: error: the table has no column 'gdpp'
    1 | gdpp / 2
      | ^~~~
help: did you mean 'gdp'?)"},
        {"region == Africa", R"(world.yaml:1:11: error: the table has no column 'Africa'
    1 | region == Africa
      |           ^~~~~~
help: a text to compare with stands in quotes: region == 'Africa')"},
        {"'Africa' < region", R"(world.yaml:1:1: error: the table has no column 'Africa'
    1 | 'Africa' < region
      | ^~~~~~~~
help: a text stands to the right of the sign: region > 'Africa')"},
        {"gdp + 1 == 'x'", R"(world.yaml:1:1: error: 'gdp + 1' is a number, and to the right of == there is a text
    1 | gdp + 1 == 'x'
      | ^~~~~~~
help: a text is compared with a column)"},
        {"GDP (USD) / 2", R"(world.yaml:1:1: error: no function over columns is called 'GDP'
    1 | GDP (USD) / 2
      | ^~~
help: a name that is not a plain word stands in quotes: 'GDP (USD)')"},
        {"wb.region == 'Asia'", R"(world.yaml:1:1: error: 'wb.region' is a number, and to the right of == there is a text
    1 | wb.region == 'Asia'
      | ^~~~~~~~~
help: a name that is not a plain word stands in quotes: 'wb.region')"},
        {"gdp[2]", R"(world.yaml:1:1: error: 'gdp[2]' has no meaning over the columns of a table
    1 | gdp[2]
      | ^~~~~~
help: an expression over columns has names of columns, numbers, operators and mathematical functions)"},
        {"toward(gdp, 1, 2)", R"(world.yaml:1:1: error: no function over columns is called 'toward'
    1 | toward(gdp, 1, 2)
      | ^~~~~~
help: there are has, abs, sqrt, exp, log, log1p, expm1, sin, cos, tan, tanh, atan, atan2, floor, ceil, round, min, max, sign, clip, logistic, logit and step)"},
        {"exp(gdp, year)", R"(world.yaml:1:1: error: 'exp(gdp, year)' does not give what exp(…) takes
    1 | exp(gdp, year)
      | ^~~~~~~~~~~~~~
help: exp(x))"},
        {"gdp +", R"(world.yaml:1:6: error: the expression ends too early
    1 | gdp +
      |      ^
help: something is missing after the last sign)"},
    };
    for (const auto& [text, said] : faults) EXPECT_EQ(said_of_columns(text), said);
}

}  // namespace
}  // namespace entente::test
