/// Runs over the points of a posterior.
#pragma once

#include <optional>
#include <string>

#include <entente/output/run_tables.hpp>
#include <entente/study/run_points.hpp>

#include "session/point_study.hpp"

namespace entente {

/// The points over which runs are spread, and the scenario in which they are parameters.
struct Spread {
    Scenario scenario;
    std::optional<RunPoints> points{};
    std::string digest{};  ///< of the table
};

/// Spreads runs over the table of that path; none where it is "". Throws Error as listed_points does.
Spread spread_over(const std::string& posterior, Scenario scenario, Attendant& attendant);

/// Of each run its point and that point's values; nothing where runs are not spread.
RunLabels labels_of_runs(const Spread& spread, const Results& results);

}  // namespace entente
