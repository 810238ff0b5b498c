/// How far what a run would have left on record is from what is on record.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace entente {

/// Numbers of many runs: one row a run, one column a summary.
struct SummaryTable {
    std::size_t summaries = 0;
    std::vector<double> values{};  ///< row-major; NaN: the run has none

    [[nodiscard]] std::size_t runs() const { return summaries == 0 ? 0 : values.size() / summaries; }
    [[nodiscard]] std::span<const double> row(std::size_t run) const { return std::span(values).subspan(run * summaries, summaries); }
    [[nodiscard]] std::vector<double> column(std::size_t summary) const;
};

/// Of each summary sqrt(m^2 + sd^2), m being how much it varies between `runs`: 1.4826 times the median of |x - median|, a normal's sd, as
/// Prangle (2017), Adapting the ABC distance function, Bayesian Analysis 12:289-309, has it; where more than half of the runs are alike, as
/// whether something rare came, their standard deviation. `record_sd` are the record's own errors. What varies in no run keeps the scale
/// it had before; what never varied has an infinite one, and does not count. `before` is empty for the first scales.
std::vector<double> adapted_scales(const SummaryTable& runs, std::span<const double> record_sd, std::span<const double> before);

/// sqrt(sum of ((x - record) / scale)^2). Infinite where a number is missing or infinite.
double scaled_distance(std::span<const double> summaries, std::span<const double> record, std::span<const double> scales);

}  // namespace entente
