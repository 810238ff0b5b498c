#include <entente/output/markdown_text.hpp>

#include <gtest/gtest.h>

namespace entente {
namespace {

TextStyle of_width(std::size_t width) {
    return {.width = width};
}

TEST(MarkdownText, fills_paragraphs_and_lists) {
    EXPECT_EQ(markdown_text("# A title\n\nOne two three\nfour five.\n\n- a first item of a list\n- b\n10. a numbered one\n", of_width(16)),
              "A title\n\nOne two three\nfour five.\n\n- a first item\n  of a list\n- b\n10. a numbered\n    one\n");
    EXPECT_EQ(markdown_text("## Bold\n", {.width = 40, .colour = true}), "\x1b[1mBold\x1b[0m\n");
}

TEST(MarkdownText, sets_code_in_as_it_is) {
    EXPECT_EQ(markdown_text("```yaml\nsteps:\n  - rule: x\n# no heading\n```\nafter\n", of_width(40)), "    steps:\n      - rule: x\n    # no heading\nafter\n");
}

TEST(MarkdownText, gives_the_last_column_of_a_table_several_lines) {
    const char* table = "| key | value | meaning |\n|---|---|---|\n| `choice` | expression | a utility \\| by which each source picks one of its links |\n";
    EXPECT_EQ(markdown_text(table, of_width(60)),
              "key       value       meaning\n`choice`  expression  a utility | by which each source picks\n                      one of its links\n");
    EXPECT_EQ(markdown_text(table, of_width(30)), "`choice`\n  value: expression\n  a utility | by which each\n    source picks one of its\n    links\n") << "or each row several";
}

}  // namespace
}  // namespace entente
