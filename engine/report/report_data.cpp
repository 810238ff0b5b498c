#include <entente/report/report_data.hpp>

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/harmless.hpp>
#include <entente/base/version.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/study_text.hpp>
#include <entente/report/json_numbers.hpp>

namespace entente {

namespace {

ReportJson labelled_json(const LabelledTexts& texts) {
    ReportJson json = ReportJson::array();
    for (const auto& [label, value] : texts)
        if (!value.empty()) json.push_back({{"label", label}, {"value", harmless(value)}});
    return json;
}

std::string command_text(const std::vector<std::string>& command) {
    std::vector<std::string> quoted;
    for (const auto& argument : command) quoted.push_back(harmless(shell_quoted(argument)));
    return fmt::format("{}", fmt::join(quoted, " "));
}

/// What names these results in a list of references.
std::string citation_of(const ReportHead& head) {
    const Scenario& scenario = *head.scenario;
    const std::string authors = fmt::format("{}", fmt::join(scenario.authors, ", "));
    const std::string title = harmless(scenario.title.empty() ? scenario.path : scenario.title);
    std::string text = fmt::format("{}{}{} [scenario {}]. Entente {}", authors, authors.empty() ? "" : ". ", title, scenario.hash, version());
    for (const auto& [label, value] : head.provenance)
        if (label == "Seed" || label == "Digest") text += fmt::format(", {} {}", label == "Seed" ? "seed" : "digest", value);
    return text + '.';
}

}  // namespace

std::string report_data(const ReportHead& head, const std::string& section, const std::string& content) {
    const Scenario& scenario = *head.scenario;
    ReportJson json = {{"format", "entente-report/1"},
                       {"kind", head.kind},
                       {"title", harmless(scenario.title.empty() ? scenario.path : scenario.title)},
                       {"about", scenario.about},
                       {"dated", scenario.calendar.is_dated()},
                       {"facts", labelled_json(head.facts)},
                       {"findings", head.findings},
                       {"provenance",
                        {{"entries", labelled_json(head.provenance)}, {"command", command_text(head.command)}, {"citation", citation_of(head)}}},
                       {"scenario", ReportJson::parse(scenario_report(scenario, head.changes))}};
    for (const auto& [title, markdown] : head.odd) json["odd"].push_back({{"title", title}, {"markdown", markdown}});
    if (!section.empty()) json[section] = ReportJson::parse(content);
    return report_text(json);
}

ReportHead study_report_head(const StudyRecord& record, const StudyOutcome& outcome, const Scenario& scenario, ScenarioChanges changes) {
    ReportHead head{.kind = record.identity.command, .scenario = &scenario, .changes = std::move(changes)};
    const std::string seed = std::to_string(record.identity.scenario.seed);
    head.facts = {{"Horizon", calendar_text(scenario.calendar)},
                  {"Design", record.design.empty() ? counted(std::ssize(record.alternatives), "alternative") : record.design},
                  {"Varied", record.varies_all_priors ? "every parameter that has a prior" : ""},
                  {"Random numbers", record.identity.independent && record.alternatives.empty() ? "own at each point (unpaired)" : ""},
                  {"Points", record.points > 1 ? with_commas(record.points) : ""},
                  {"Runs", fmt::format("{}{} {} each", study_runs_text(outcome), outcome.again > 0 ? ";" : ",", with_commas(record.replicates))},
                  {"Failed", outcome.failed > 0 ? with_commas(outcome.failed) : ""},
                  {"Variant", record.identity.scenario.variant},
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
