#include <entente/output/reference_lookup.hpp>

#include <array>

#include <gmock/gmock.h>

#include <entente/output/formats_reference.hpp>
#include <entente/scenario/keys.hpp>

namespace entente {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string about(std::string_view word) {
    const std::array references{language_reference(), formats_reference()};
    return ReferenceLookup(references).about(word);
}

TEST(ReferenceLookup, gives_the_lines_of_tables_about_a_key_under_the_heading_of_each) {
    const std::string text = about("topology_seed");
    EXPECT_EQ(text, "## One of `links`\n\n| key | value | meaning |\n|---|---|---|\n| `topology_seed` | whole number | seed of a random pattern (0); the same in every run |\n\n");
    EXPECT_THAT(about("rate"), AllOf(HasSubstr("## An event of `steps`, with one of"), HasSubstr("| `rate` | expression | per year;"), Not(HasSubstr("| `temperature` | expression"))));
    EXPECT_THAT(about("range"), AllOf(HasSubstr("## One of `parameters`"), HasSubstr("## One of `fields`"), Not(HasSubstr("| `unit` |"))));
}

TEST(ReferenceLookup, gives_a_section_whole_that_is_called_so) {
    EXPECT_THAT(about("calendar"), AllOf(StartsWith("## `calendar`\n"), HasSubstr("| `step` |"), HasSubstr("| `ticks` |")));
    EXPECT_THAT(about("event"), HasSubstr("| `temperature` |"));
    EXPECT_THAT(about("units"), AllOf(StartsWith("## Units\n"), HasSubstr("a product of powers of words")));
    EXPECT_EQ(about("unit").find("## Units\n"), 0U) << "in the singular too";
    EXPECT_THAT(about("ring"), AllOf(HasSubstr("each agent linked to its nearest neighbours"), HasSubstr("| `k`, required |")));
    EXPECT_THAT(about("events.csv"), AllOf(StartsWith("## events.csv"), HasSubstr("| `goldstein` |")));
}

TEST(ReferenceLookup, finds_functions_operators_and_columns) {
    EXPECT_THAT(about("clip"), HasSubstr("`clip("));
    EXPECT_THAT(about("**"), HasSubstr("## Operators"));
    EXPECT_THAT(about("first"), HasSubstr("## Functions over time"));
    EXPECT_THAT(about("dt"), HasSubstr("## Words that need no declaration"));
    EXPECT_THAT(about("log_chance"), AllOf(HasSubstr("record.csv"), HasSubstr("nats")));
    EXPECT_THAT(about("kaplan_meier[]"), HasSubstr("entente-run-summary/1"));
}

TEST(ReferenceLookup, says_nothing_of_what_is_not_there) {
    EXPECT_EQ(about("weather"), "");
    const std::array references{language_reference()};
    const auto words = ReferenceLookup(references).words();
    EXPECT_THAT(words, AllOf(Contains("topology_seed"), Contains("clip"), Contains("calendar")));
}

TEST(ReferenceLookup, knows_words_of_units) {
    EXPECT_EQ(about_unit_word("kt"), "As a unit, `kt` is 1e+06 kg.\n\n");
    EXPECT_EQ(about_unit_word("months"), "As a unit, `months` is 0.0833333 year.\n\n");
    EXPECT_EQ(about_unit_word("million"), "As a unit, `million` is the scale 1000000.\n\n");
    EXPECT_EQ(about_unit_word("share"), "As a unit, `share` is a pure number.\n\n");
    EXPECT_EQ(about_unit_word("percent"), "As a unit, `percent` is the pure number 0.01.\n\n");
    EXPECT_EQ(about_unit_word("km"), "As a unit, `km` is 1000 m.\n\n");
    EXPECT_EQ(about_unit_word("visits"), "");
}

}  // namespace
}  // namespace entente
