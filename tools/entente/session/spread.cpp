#include "session/spread.hpp"

#include <entente/base/hash.hpp>
#include <entente/scenario/files.hpp>

namespace entente {

Spread spread_over(const std::string& posterior, Scenario scenario, Attendant& attendant) {
    if (posterior.empty()) return {std::move(scenario)};
    ListedPoints listed = listed_points(scenario, posterior, attendant);
    const std::string digest = hex_digest(read_bytes(posterior, posterior, largest_table)).substr(0, 12);
    return {std::move(listed.scenario), RunPoints(std::move(listed.varied), std::move(listed.points)), digest};
}

RunLabels labels_of_runs(const Spread& spread, const Results& results) {
    RunLabels labels;
    if (!spread.points) return labels;
    const Points& points = spread.points->points();
    for (const std::string& name : points.names) labels.varied.push_back({name, {}});
    for (std::int64_t run = results.first_run; run < results.first_run + results.runs; ++run) {
        const std::size_t point = spread.points->point_of(results.seed, run);
        labels.points.push_back(static_cast<std::int64_t>(point));
        for (std::size_t f = 0; f < points.factors(); ++f) labels.varied[f].values.push_back(points.row(point)[f]);
    }
    return labels;
}

}  // namespace entente
