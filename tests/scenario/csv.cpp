#include <gmock/gmock.h>

#include <entente/scenario/csv.hpp>

namespace entente::test {
namespace {

/// The cells of each row after the header, joined by bars.
std::vector<std::string> rows_of(const std::string& text, CsvForm form, std::string& said) {
    Sources sources;
    Problems problems;
    CsvReader csv(sources.add("a.csv", text), sources, problems, form);
    std::vector<std::string> rows;
    while (csv.next()) {
        std::string& row = rows.emplace_back();
        for (std::size_t i = 0; i < csv.header().size(); ++i) row += (i > 0 ? "|" : "") + std::string(csv.cell(i));
        if (csv.cell(0) == "?") csv.error(0, "a question mark");
    }
    said = problems.render(sources);
    return rows;
}

TEST(Csv, cells_may_be_separated_by_other_signs) {
    std::string said;
    EXPECT_THAT(rows_of("a\tb\n1\t\"x\ty\"\n\t2,5\n", {.separator = '\t'}, said), testing::ElementsAre("1|x\ty", "|2,5"));
    EXPECT_EQ(said, "");
}

TEST(Csv, a_table_may_begin_further_down_and_keeps_its_places) {
    const std::string text = "Made by us\n\na,b\n1,2\n?,3\n";
    std::string said;
    EXPECT_THAT(rows_of(text, {.begin = text.find("a,b"), .line = 3}, said), testing::ElementsAre("1|2", "?|3"));
    EXPECT_EQ(said, "a.csv:5:1: error: a question mark\n    5 | ?,3\n      | ^");
}

TEST(Csv, columns_without_a_name_may_be_many) {
    std::string said;
    EXPECT_THAT(rows_of("a,,\n1,,\n", {}, said), testing::ElementsAre("1||"));
    EXPECT_EQ(said, "");
}

}  // namespace
}  // namespace entente::test
