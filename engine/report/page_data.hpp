/// What a page of a report shows, everything counted and estimated already, all texts as the scenario's author wrote them. The page's script reads
/// the same as JSON: each struct here, in page_ensemble.hpp, page_outcomes.hpp, page_replay.hpp, page_studies.hpp, page_calibration.hpp and
/// page_scenario.hpp is the interface of that name in tools/report/src, in data.ts and the files that it imports, member for member in the same order.
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

struct Report {
    std::string format = "entente-report/1";
    std::string kind;  ///< `run`, `sweep`, `sensitivity`, `compare`, `condition`, `calibrate`, `score` or `describe`
    std::string title;
    std::string about;                  ///< the question: the scenario's `about`
    bool dated = false;                 ///< whether moments are dates
    std::vector<Labelled> facts;        ///< horizon, runs, seed, cost and the like, in the order in which they shall stand
    std::vector<std::string> findings;  ///< in plain sentences
    Provenance provenance;
    ScenarioData scenario;
    std::vector<OddPart> odd;  ///< of a model description: the parts of the ODD protocol before the submodels
    std::optional<EnsembleData> ensemble;
    std::optional<SweepData> sweep;
    std::optional<SensitivityData> sensitivity;
    std::optional<ComparisonData> comparison;
    std::optional<ScoreData> score;
    std::optional<CalibrationData> calibration;
};

}  // namespace entente::page
