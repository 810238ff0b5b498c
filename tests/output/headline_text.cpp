// Tests: headline_json.
#include <entente/output/headline_text.hpp>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <entente/output/headline_json.hpp>

namespace entente {
namespace {

const Headline told{.measure = "war",
                    .figure = "War",
                    .says = "of runs: war comes",
                    .numbers = {{.of = "as it is", .number = "42 %", .interval = "95 % interval 39–45 %", .apart = {}, .value = 0.42, .low = 0.39, .high = 0.45},
                                {.of = "calm", .number = "–", .interval = {}, .apart = "not told apart"}},
                    .sentence = "War comes, share of runs: as it is 42 %, calm –."};

TEST(HeadlineText, keeps_to_the_width) {
    EXPECT_EQ(headline_text(std::vector{told}, {.width = 30}), "\nWar comes, share of runs: as\n    it is 42 %, calm –.\n");
    EXPECT_EQ(headline_text({}, {}), "");
}

TEST(HeadlineJson, has_no_keys_of_what_is_not_there) {
    const nlohmann::ordered_json json = headline_json(std::vector{told});
    EXPECT_EQ(json[0]["measure"], "war");
    EXPECT_EQ(json[0]["numbers"][0]["value"], 0.42);
    EXPECT_FALSE(json[0]["numbers"][0].contains("apart"));
    EXPECT_EQ(json[0]["numbers"][1]["apart"], "not told apart");
    EXPECT_EQ(json.dump().find("nan"), std::string::npos);
    EXPECT_NE(json.dump().find("\"value\":null"), std::string::npos);
}

}  // namespace
}  // namespace entente
