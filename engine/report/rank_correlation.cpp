#include <entente/report/rank_correlation.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace entente {

namespace {

constexpr std::size_t least_pairs = 20;

/// From 1; equal values share the mean of their ranks.
std::vector<double> mean_ranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t at) { return values[at]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
        for (std::size_t at = first; at < end; ++at) ranks[order[at]] = static_cast<double>(first + 1 + end) / 2;
        first = end;
    }
    return ranks;
}

/// Of a date the tick, or one beyond the calendar where it never came; of others the value. Missing of runs that failed.
std::vector<double> ends(const Results& results, std::size_t measure) {
    std::vector<double> values = results.final_values[measure];
    if (results.measures[measure].form != MeasureInfo::Form::date) return values;
    for (std::size_t run = 0; run < values.size(); ++run)
        if (std::isnan(values[run]) && !results.failed(results.first_run + static_cast<std::int64_t>(run))) values[run] = static_cast<double>(results.calendar.ticks()) + 1;
    return values;
}

}  // namespace

double rank_correlation(std::span<const double> one, std::span<const double> other) {
    assert(one.size() == other.size());
    std::vector<double> first;
    std::vector<double> second;
    for (std::size_t at = 0; at < one.size(); ++at)
        if (!std::isnan(one[at]) && !std::isnan(other[at])) {
            first.push_back(one[at]);
            second.push_back(other[at]);
        }
    if (first.size() < least_pairs) return std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> a = mean_ranks(first);
    const std::vector<double> b = mean_ranks(second);
    const double middle = static_cast<double>(a.size() + 1) / 2;
    double both = 0;
    double of_one = 0;
    double of_other = 0;
    for (std::size_t at = 0; at < a.size(); ++at) {
        both += (a[at] - middle) * (b[at] - middle);
        of_one += (a[at] - middle) * (a[at] - middle);
        of_other += (b[at] - middle) * (b[at] - middle);
    }
    return of_one == 0 || of_other == 0 ? std::numeric_limits<double>::quiet_NaN() : both / std::sqrt(of_one * of_other);
}

double rank_correlation(const Results& results, std::size_t one, std::size_t other) {
    return rank_correlation(ends(results, one), ends(results, other));
}

}  // namespace entente
