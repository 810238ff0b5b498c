// Tests: json_numbers.
#include <entente/report/ensemble_data.hpp>
#include <entente/report/json_numbers.hpp>
#include <entente/report/page.hpp>
#include <entente/report/static_page.hpp>

#include <gmock/gmock.h>

#include <entente/base/problem.hpp>

#include "../sample.hpp"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A report of the sample, with texts that would be markup.
ReportJson sample_report() {
    Results results = sample::ensemble();
    results.measures[0].about = "</script><b>trust</b>";
    ReportJson report = {{"title", "<i>&\"'"}, {"about", "-->"}, {"facts", ReportJson::array()}, {"findings", ReportJson::array()}};
    report["provenance"] = {{"entries", ReportJson::array()}, {"command", "entente run 'a<b'"}};
    report["scenario"] = {{"steps", ReportJson::array()}, {"parameters", ReportJson::array()}, {"timeline", ReportJson::array()}, {"flows", ReportJson::array()}, {"no_flows", ""}, {"observed", ReportJson::array()}};
    report["findings"] = ensemble_findings({}, results, summarise(results));
    report["ensemble"] = ReportJson::parse(ensemble_report({}, results, summarise(results), nullptr));
    return report;
}

constexpr std::string_view shell = "<title><!--entente:title--></title>[<!--entente:static-->]{<!--entente:data-->}";

TEST(ReportPage, puts_title_tables_and_data_at_their_marks) {
    const std::string page = report_page(shell, report_text(sample_report()));
    EXPECT_THAT(page, testing::StartsWith("<title>&lt;i&gt;&amp;&quot;&#39;</title>[<h1>"));
    const std::string data = page.substr(page.rfind("]{") + 2);
    EXPECT_THAT(data, Not(HasSubstr("<")));
    EXPECT_EQ(ReportJson::parse(data.substr(0, data.size() - 1)), sample_report());
}

TEST(ReportPage, escapes_every_text_of_its_static_part) {
    const std::string html = static_report(report_text(sample_report()));
    for (const char* markup : {"<b>", "<i>", "</script>", "a<b"}) EXPECT_THAT(html, Not(HasSubstr(markup)));
    EXPECT_THAT(html, HasSubstr("&lt;b&gt;trust"));
    EXPECT_THAT(html, HasSubstr("<svg viewBox="));
    EXPECT_THAT(html, HasSubstr("aria-label=\"Kaplan-Meier curve of recognised\""));
}

TEST(ReportPage, refuses_a_shell_that_lacks_a_mark) {
    try {
        (void)report_page("<!--entente:title-->", report_text(sample_report()));
        FAIL();
    } catch (const Error& problem) {
        EXPECT_STREQ(problem.what(), "the page template of reports lacks <!--entente:static-->");
    }
}

TEST(ReportEnsemble, gives_a_date_as_the_summary_has_it) {
    const Results results = sample::ensemble();
    const DateSummary date = *summarise(results).measures[2].date;
    const auto json = ReportJson::parse(date_report(results.calendar, results.measures[2], date));
    EXPECT_EQ(json["share"], report_number(date.coming.share));
    EXPECT_EQ(json["low"], report_number(date.coming.interval.low));
    EXPECT_EQ(json["curve"]["when"], ReportJson({"2021-12-20", "2022-01-03"}));
    EXPECT_EQ(json["curve"]["share"].back(), report_number(date.coming.curve.back().share));
}

TEST(ReportEnsemble, says_in_a_sentence_when_a_date_comes) {
    const Results results = sample::ensemble();
    const auto sentences = ensemble_findings({}, results, summarise(results));
    EXPECT_THAT(sentences.front(), testing::StartsWith("First recognition: in 62 % of runs by 2022-01-09 (95 % interval "));
    EXPECT_THAT(sentences.back(), HasSubstr("1 of 4 runs failed"));
}

TEST(ReportNumbers, are_rounded_to_what_can_be_seen) {
    EXPECT_EQ(report_number(0.123456789), 0.12346);
    EXPECT_EQ(report_number(Results::missing), nullptr);
    EXPECT_EQ(report_number(std::numeric_limits<double>::infinity()), nullptr);
    EXPECT_THAT(thinned(7, 3), ElementsAre(0, 3, 6));
    EXPECT_THAT(thinned(3, 60), ElementsAre(0, 1, 2));
}

}  // namespace
}  // namespace entente
