#include <entente/report/report_data.hpp>

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/harmless.hpp>
#include <entente/base/version.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/study_text.hpp>

namespace entente {

namespace {

/// Those that say something.
std::vector<page::Labelled> labelled(const LabelledTexts& texts) {
    std::vector<page::Labelled> all;
    for (const auto& [label, value] : texts)
        if (!value.empty()) all.push_back({label, harmless(value)});
    return all;
}

std::string title_of(const Scenario& scenario) {
    return harmless(scenario.title.empty() ? scenario.path : scenario.title);
}

std::string command_text(const std::vector<std::string>& command) {
    std::vector<std::string> quoted;
    for (const auto& argument : command) quoted.push_back(harmless(shell_quoted(argument)));
    return fmt::format("{}", fmt::join(quoted, " "));
}

page::HeadlineData headline_data(const Headline& headline) {
    page::HeadlineData data{.measure = headline.figure, .says = headline.says, .numbers = {}, .sentence = headline.sentence};
    for (const HeadlineNumber& one : headline.numbers)
        data.numbers.push_back(
            {.of = one.of, .number = one.number, .interval = one.interval, .apart = one.apart, .value = one.value, .low = one.low, .high = one.high});
    return data;
}

/// What names these results in a list of references.
std::string citation_of(const ReportHead& head) {
    const Scenario& scenario = *head.scenario;
    const std::string authors = fmt::format("{}", fmt::join(scenario.authors, ", "));
    std::string text =
        fmt::format("{}{}{} [scenario {}]. Entente {}", authors, authors.empty() ? "" : ". ", title_of(scenario), scenario.hash, version());
    for (const auto& [label, value] : head.provenance)
        if (label == "Seed" || label == "Digest") text += fmt::format(", {} {}", label == "Seed" ? "seed" : "digest", value);
    return text + '.';
}

}  // namespace

page::Report report_data(const ReportHead& head) {
    const Scenario& scenario = *head.scenario;
    page::Report report;
    report.kind = head.kind;
    report.title = title_of(scenario);
    report.about = scenario.about;
    report.dated = scenario.calendar.is_dated();
    report.facts = labelled(head.facts);
    for (const Headline& headline : head.headline) report.headline.push_back(headline_data(headline));
    report.findings = head.findings;
    report.provenance = {labelled(head.provenance), command_text(head.command), citation_of(head)};
    report.scenario = scenario_data(scenario, head.changes);
    for (const auto& [title, markdown] : head.odd) report.odd.push_back({title, markdown});
    return report;
}

ReportHead study_report_head(const StudyRecord& record, const StudyOutcome& outcome, const Scenario& scenario, ScenarioChanges changes) {
    ReportHead head{.kind = record.identity.command, .scenario = &scenario, .changes = std::move(changes)};
    const std::string seed = std::to_string(record.identity.scenario.seed);
    head.facts = {
        {"Horizon", calendar_text(scenario.calendar)},
        {"Design", record.design.empty() ? counted(std::ssize(record.alternatives), "alternative") : record.design},
        {"Varied", record.varies_all_priors ? "every parameter that has a prior" : ""},
        {"Random numbers", record.identity.independent && record.alternatives.empty() ? "own at each point (unpaired)" : ""},
        {"Points", record.points > 1 ? with_commas(record.points) : ""},
        {"Runs", fmt::format("{}{} {} each", study_runs_text(outcome), outcome.again > 0 ? ";" : ",", with_commas(record.replicates))},
        {"Failed", outcome.failed > 0 ? with_commas(outcome.failed) : ""},
        {"Variant", record.labels.variant(record.identity.scenario.variant)},
        {"Seed", seed}};
    head.provenance = {{"Entente", std::string(version())},
                       {"Scenario", record.scenario},
                       {"Hash", scenario.hash},
                       {"Variant", record.identity.scenario.variant},
                       {"Seed", seed},
                       {"Runs", with_commas(outcome.runs)},
                       {"Digest", outcome.digest},
                       {"Started", record.started}};
    head.command = record.command;
    return head;
}

}  // namespace entente
