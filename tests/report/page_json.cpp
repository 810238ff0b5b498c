// Tests: page_data, page_ensemble, page_scenario, page_studies.
#include <entente/report/page_json.hpp>

#include <cmath>
#include <optional>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;

TEST(PageJson, keeps_the_order_of_members_and_whole_ticks) {
    page::Report report;
    report.kind = "describe";
    report.scenario.timeline.push_back({page::Moment{std::int64_t{3}}, "sets", "a", "", "\xff"});
    const std::string text = page_json(report);
    EXPECT_THAT(text,
                testing::StartsWith(R"({"format":"entente-report/1","kind":"describe","title":"","about":"","dated":false,"facts":[],)"));
    EXPECT_THAT(text, HasSubstr("\"timeline\":[{\"when\":3,\"what\":\"sets\",\"on\":\"a\",\"about\":\"\",\"source\":\"\uFFFD\"}]"));
}

TEST(PageJson, has_null_for_what_there_is_not) {
    page::Report report;
    page::EnsembleData& ensemble = report.ensemble.emplace();
    ensemble.series.emplace_back().mean = {0.25, std::nan("")};
    ensemble.dates.emplace_back().median = page::Moment{"2021-12-20"};
    const Json json = Json::parse(page_json(report));
    EXPECT_EQ(json["ensemble"]["network"], nullptr);
    EXPECT_EQ(json["ensemble"]["series"][0]["years"], nullptr);
    EXPECT_EQ(json["ensemble"]["series"][0]["mean"], Json({0.25, nullptr}));
    EXPECT_EQ(json["ensemble"]["dates"][0]["median"], "2021-12-20");
    EXPECT_EQ(json["ensemble"]["dates"][0]["observed"], nullptr);
    EXPECT_FALSE(json.contains("sweep")) << "a section that was not asked for";
    EXPECT_FALSE(json.contains("odd"));
}

TEST(PageJson, writes_indices_that_were_not_estimated_as_null) {
    page::Report report;
    report.sensitivity.emplace().outcomes.push_back({"y", "", "", {{"gain", {std::nullopt, page::IndexData{0.5, std::nan(""), 0.7}}}}});
    const Json indices = Json::parse(page_json(report))["sensitivity"]["outcomes"][0]["rows"][0]["indices"];
    EXPECT_EQ(indices, Json({nullptr, {{"value", 0.5}, {"low", nullptr}, {"high", 0.7}}}));
}

}  // namespace
}  // namespace entente
