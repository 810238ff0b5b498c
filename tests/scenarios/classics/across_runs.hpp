/// The mean over the runs, with its standard error.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <entente/base/statistics.hpp>

#include "../../worlds.hpp"

namespace entente::test {

struct Across {
    explicit Across(std::span<const double> runs) : mean(entente::mean(runs)), error(standard_error(runs)) {}
    double mean;
    double error;
};

/// Of a series at the end of a tick.
inline Across across_runs(const Results& results, const std::string& measure, std::int64_t tick) {
    const auto all = series(results, measure);
    const std::int64_t ticks = results.calendar.ticks();
    std::vector<double> then;
    for (std::int64_t at = tick; at < std::ssize(all); at += ticks) then.push_back(all[static_cast<std::size_t>(at)]);
    return Across(then);
}

}  // namespace entente::test
