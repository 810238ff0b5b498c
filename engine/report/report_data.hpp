/// What the pages of all commands have.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <entente/report/page_data.hpp>
#include <entente/report/scenario_data.hpp>
#include <entente/store/study_record.hpp>
#include <entente/summary/headline.hpp>

namespace entente {

using LabelledTexts = std::vector<std::pair<std::string, std::string>>;

/// All of a report but the section of what was studied.
struct ReportHead {
    std::string kind;  ///< `run`, `sweep`, `sensitivity`, `compare`, `condition`, `calibrate`, `score` or `describe`
    const Scenario* scenario = nullptr;
    ScenarioChanges changes;
    LabelledTexts facts{};
    std::vector<Headline> headline{};
    std::vector<std::string> findings{};
    LabelledTexts provenance{};
    std::vector<std::string> command{};  ///< as typed, `entente` first
    LabelledTexts odd{};                 ///< parts of the ODD document, in Markdown
};

/// What a page says whatever was studied; the section of that is left to its own.
page::Report report_data(const ReportHead& head);

/// The head of a study's report.
ReportHead study_report_head(const StudyRecord& record, const StudyOutcome& outcome, const Scenario& scenario, ScenarioChanges changes);

}  // namespace entente
