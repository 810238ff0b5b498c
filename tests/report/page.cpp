#include <entente/report/ensemble_data.hpp>
#include <entente/report/page.hpp>
#include <entente/report/page_json.hpp>
#include <entente/report/static_page.hpp>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <entente/base/problem.hpp>

#include "../inflated.hpp"
#include "../sample.hpp"

namespace entente {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A report of the sample, with texts that would be markup.
page::Report sample_report() {
    Results results = sample::ensemble();
    results.measures[0].about = "</script><b>trust</b>";
    page::Report report;
    report.kind = "run";
    report.title = "<i>&\"'";
    report.about = "-->";
    report.provenance.command = "entente run 'a<b'";
    report.findings = ensemble_findings({}, results, summarise(results));
    report.ensemble = ensemble_data({}, results, summarise(results), nullptr);
    return report;
}

constexpr std::string_view shell = "<title><!--entente:title--></title>[<!--entente:static-->]{<!--entente:data-->}";

TEST(ReportPage, puts_title_tables_and_data_at_their_marks) {
    const std::string page = report_page(shell, sample_report());
    EXPECT_THAT(page, testing::StartsWith("<title>&lt;i&gt;&amp;&quot;&#39;</title>[<h1>"));
    const std::string packed = page.substr(page.rfind("]{") + 2);
    EXPECT_THAT(packed, Not(HasSubstr("<")));
    const Json data = Json::parse(inflated(std::string_view(packed).substr(0, packed.size() - 1)));
    EXPECT_EQ(data, Json::parse(page_json(sample_report())));
    EXPECT_EQ(data["title"], "<i>&\"'");
}

TEST(ReportPage, escapes_every_text_of_its_static_part) {
    const std::string html = static_report(sample_report());
    for (const char* markup : {"<b>", "<i>", "</script>", "a<b"}) EXPECT_THAT(html, Not(HasSubstr(markup)));
    EXPECT_THAT(html, HasSubstr("&lt;b&gt;trust"));
    EXPECT_THAT(html, HasSubstr("<svg viewBox="));
    EXPECT_THAT(html, HasSubstr("aria-label=\"Kaplan-Meier curve of recognised\""));
}

TEST(ReportPage, holds_the_shapes_of_countries_only_where_it_has_a_map) {
    const std::string with_shapes = "a<!--entente:title-->b<!--entente:static-->c<!--entente:map-->\nshapes\n<!--entente:map-end-->\nd<!--entente:data-->e";
    page::Report report = sample_report();
    EXPECT_THAT(report_page(with_shapes, report), Not(HasSubstr("shapes")));
    report.ensemble->map.emplace();
    EXPECT_THAT(report_page(with_shapes, report), HasSubstr("cshapes\nd"));
    for (const bool has_map : {true, false}) {
        if (!has_map) report.ensemble.reset();
        EXPECT_THAT(report_page(with_shapes, report), Not(HasSubstr("entente:map")));
    }
}

TEST(ReportPage, refuses_a_shell_that_lacks_a_mark) {
    try {
        (void)report_page("<!--entente:title-->", sample_report());
        FAIL();
    } catch (const Error& problem) {
        EXPECT_STREQ(problem.what(), "the page template of reports lacks <!--entente:static-->");
    }
}

TEST(ReportEnsemble, gives_a_date_as_the_summary_has_it) {
    const Results results = sample::ensemble();
    const DateSummary date = *summarise(results).measures[2].date;
    const page::DateData data = date_data(results.calendar, results.measures[2], date);
    EXPECT_EQ(data.share, page::Number(date.coming.share));
    EXPECT_EQ(data.low, page::Number(date.coming.interval.low));
    EXPECT_THAT(data.curve.when, ElementsAre(page::Moment{"2021-12-20"}, page::Moment{"2022-01-03"}));
    EXPECT_EQ(data.curve.share.back(), page::Number(date.coming.curve.back().share));
}

TEST(ReportEnsemble, says_in_a_sentence_when_a_date_comes) {
    const Results results = sample::ensemble();
    const auto sentences = ensemble_findings({}, results, summarise(results));
    EXPECT_THAT(sentences.front(), testing::StartsWith("First recognition: in 62 % of runs by 9 Jan 2022 (95 % interval "));
    EXPECT_THAT(sentences.back(), HasSubstr("1 of 4 runs failed"));
}

TEST(ReportEnsemble, shows_moments_evenly_spaced_with_both_ends) {
    EXPECT_THAT(thinned(7, 3), ElementsAre(0, 3, 6));
    EXPECT_THAT(thinned(3, 60), ElementsAre(0, 1, 2));
}

}  // namespace
}  // namespace entente
