/// What every command does to write report.html.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include <entente/results/study_record.hpp>

#include "commands.hpp"
#include "scenario_arguments.hpp"

namespace entente {

/// --no-report, and where the page goes.
struct ReportArguments {
    bool none = false;
    std::string file;  ///< "": report.html in the results' folder

    void add_to(CLI::App& app);
};

using LabelledTexts = std::vector<std::pair<std::string, std::string>>;

/// All of a report but the section of what was studied.
struct ReportHead {
    std::string kind;  ///< `run`, `sweep`, `sensitivity`, `compare` or `describe`
    const Scenario* scenario = nullptr;
    const ScenarioArguments* asked = nullptr;
    LabelledTexts facts{};
    std::vector<std::string> findings{};
    LabelledTexts provenance{};
    CommandLine command{};
    LabelledTexts odd{};  ///< parts of the ODD document, in Markdown
};

/// The JSON that a page holds. `section` is the name of what `content` (JSON) says; "": none.
std::string report_data(const ReportHead& head, const std::string& section, const std::string& content);

/// The head of a study's report.
ReportHead study_report_head(const StudyRecord& record, const StudyOutcome& outcome, const Scenario& scenario, const ScenarioArguments& asked);

/// Writes the page of that data, whole or not at all, and returns its path. Throws Error where it can't be written, or where a file stands that is no web page.
std::string write_report(const ReportArguments& asked, const std::filesystem::path& folder, const std::string& data);

}  // namespace entente
