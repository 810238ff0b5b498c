/// What a page of a report shows, everything counted and estimated already, all texts as the scenario's author wrote them. The page's script reads
/// the same as JSON: each struct here, in page_ensemble.hpp, page_outcomes.hpp, page_replay.hpp, page_spatial.hpp, page_studies.hpp, page_study_runs.hpp,
/// page_calibration.hpp and page_scenario.hpp is the interface of that name in tools/report/src, in data.ts and the files that it imports, member for member in the same order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <entente/report/packed.hpp>
#include <entente/report/page_calibration.hpp>
#include <entente/report/page_ensemble.hpp>
#include <entente/report/page_outcomes.hpp>
#include <entente/report/page_replay.hpp>
#include <entente/report/page_scenario.hpp>
#include <entente/report/page_studies.hpp>
#include <entente/report/page_study_runs.hpp>

namespace entente::page {

struct Labelled {
    std::string label;
    std::string value;
};

struct OddPart {
    std::string title;
    std::string markdown;
};

struct Provenance {
    std::vector<Labelled> entries;  ///< version, hash of the scenario, seed, digest, machine, …
    std::string command;            ///< what makes these results again
    std::string citation;           ///< for a paper's list of references
};

/// A number that answers the question, to be set large.
struct HeadlineNumber {
    std::string of;        ///< whose it is: an alternative, a point, a factor, a row; "" of runs alone
    std::string number;    ///< with its unit: `42 %`, `0.61`, `1,420 people`, `17 Aug 2022`; `–` where there is none
    std::string interval;  ///< how sure it is: `95 % interval 39–45 %`, `5–95 % of runs 0.31–0.49`; "" where nothing is known of that
    std::string apart;     ///< beside the first: `5.5 percentage points lower (95 % interval 4.2–6.9)`, `not told apart`; "" where nothing is compared
    Number value;          ///< the same as numbers, as the figures have them; shares from 0 to 1
    Number low;
    Number high;
};

/// A measure that the scenario is about.
struct HeadlineData {
    std::string measure;                  ///< what its figure is called, among series, dates, scalars, rows or outcomes
    std::string says;                     ///< behind a number: `of runs: Moscow recognises the government in Kabul by 27 Dec 2025`
    std::vector<HeadlineNumber> numbers;  ///< of comparisons the baseline's first
    std::string sentence;                 ///< all of it, to be read alone
};

struct Report {
    std::string format = "entente-report/1";
    std::string kind;  ///< `run`, `sweep`, `sensitivity`, `compare`, `condition`, `calibrate`, `score` or `describe`
    std::string title;
    std::string about;                  ///< the question: the scenario's `about`
    bool dated = false;                 ///< whether moments are dates
    std::vector<Labelled> facts;        ///< horizon, runs, seed, cost and the like, in the order in which they shall stand
    std::vector<HeadlineData> headline; ///< the foremost first; none of a model description
    std::vector<std::string> findings;  ///< in plain sentences
    Provenance provenance;
    ScenarioData scenario;
    std::vector<OddPart> odd;  ///< of a model description: the parts of the ODD protocol before the submodels
    std::optional<EnsembleData> ensemble;
    std::optional<SweepData> sweep;
    std::optional<SensitivityData> sensitivity;
    std::optional<ComparisonData> comparison;
    std::optional<StudyRunsData> study_runs;  ///< of a sweep, a sensitivity analysis or a comparison
    std::optional<ScoreData> score;
    std::optional<CalibrationData> calibration;
};

}  // namespace entente::page
