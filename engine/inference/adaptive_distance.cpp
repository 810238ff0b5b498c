#include <entente/inference/adaptive_distance.hpp>

#include <cmath>
#include <limits>

#include <entente/base/statistics.hpp>

namespace entente {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double sd_of_median_deviation = 1.482602218505602;  ///< of a normal: 1 / quantile of 3/4

/// How much the values vary, as a normal's sd; 0 where they do not.
double spread_of(const std::vector<double>& values) {
    const double middle = quantile(values, 0.5);
    std::vector<double> apart;
    for (const double value : values) apart.push_back(std::abs(value - middle));
    const double median = quantile(apart, 0.5);
    return median > 0 ? sd_of_median_deviation * median : standard_deviation(values);
}

}  // namespace

std::vector<double> SummaryTable::column(std::size_t summary) const {
    std::vector<double> column(runs());
    for (std::size_t run = 0; run < column.size(); ++run) column[run] = row(run)[summary];
    return column;
}

std::vector<double> adapted_scales(const SummaryTable& runs, std::span<const double> record_sd, std::span<const double> before) {
    std::vector<double> scales;
    for (std::size_t k = 0; k < runs.summaries; ++k) {
        const double spread = spread_of(runs.column(k));
        const bool varies = spread > 0;  // not where all are missing either
        scales.push_back(varies ? std::hypot(spread, record_sd[k]) : before.empty() ? infinity : before[k]);
    }
    return scales;
}

double scaled_distance(std::span<const double> summaries, std::span<const double> record, std::span<const double> scales) {
    double sum = 0;
    for (std::size_t k = 0; k < summaries.size(); ++k) {
        if (!std::isfinite(summaries[k])) return infinity;
        const double apart = (summaries[k] - record[k]) / scales[k];
        sum += apart * apart;
    }
    return std::sqrt(sum);
}

}  // namespace entente
