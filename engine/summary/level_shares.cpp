#include <entente/summary/level_shares.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente {
namespace {

/// The level that is nearest to a number, which is not missing.
std::size_t nearest_level(double value, std::size_t levels) {
    return static_cast<std::size_t>(std::clamp(std::round(value), 0.0, static_cast<double>(levels - 1)));
}

/// Values as they come, counted by level.
class Counter {
public:
    explicit Counter(std::size_t levels) : counts_(levels, 0) {}
    void add(double value) {
        if (std::isnan(value)) return;
        ++counts_[nearest_level(value, counts_.size())];
        ++all_;
    }
    [[nodiscard]] double share(std::size_t level) const {
        return all_ == 0 ? Results::missing : static_cast<double>(counts_[level]) / static_cast<double>(all_);
    }

private:
    std::vector<std::int64_t> counts_;
    std::int64_t all_ = 0;
};

/// Moment after moment, over the rows `first` to `last` of the first runs.
void add_courses(const Results& results, std::size_t measure, std::size_t first, std::size_t last, std::int64_t runs, std::vector<LevelShare>& shares) {
    const auto moments = static_cast<std::size_t>(results.calendar.moments());
    const std::size_t width = results.measures[measure].width();
    std::vector<Counter> counters(moments, Counter(shares.size()));
    for (std::size_t run = 0; run < static_cast<std::size_t>(runs); ++run)
        for (std::size_t moment = 0; moment < moments; ++moment)
            for (std::size_t row = first; row < last; ++row) counters[moment].add(results.series[measure][(run * moments + moment) * width + row]);
    for (std::size_t level = 0; level < shares.size(); ++level) {
        shares[level].course.reserve(moments);
        for (const Counter& counter : counters) shares[level].course.push_back(counter.share(level));
    }
}

/// Year after year, over the rows `first` to `last` of all runs.
void add_years(const Results& results, std::size_t measure, std::size_t first, std::size_t last, std::vector<LevelShare>& shares) {
    const std::vector<double>& yearly = results.yearly[measure];
    const std::size_t width = results.measures[measure].width();
    const std::size_t years = yearly.empty() ? 0 : results.years.size();
    for (std::size_t year = 0; year < years; ++year) {
        Counter counter(shares.size());
        for (std::size_t run = 0; run < static_cast<std::size_t>(results.runs); ++run)
            for (std::size_t row = first; row < last; ++row) counter.add(yearly[(run * years + year) * width + row]);
        for (std::size_t level = 0; level < shares.size(); ++level) shares[level].by_year.push_back(counter.share(level));
    }
}

std::vector<LevelShare> over_time(const Results& results, std::size_t measure, std::size_t first, std::size_t last, std::int64_t most_runs) {
    std::vector<LevelShare> shares(results.measures[measure].levels.size());
    const std::int64_t runs = std::min(results.series_runs, most_runs);
    if (runs > 0 && !results.series[measure].empty()) add_courses(results, measure, first, last, runs, shares);
    add_years(results, measure, first, last, shares);
    return shares;
}

void set_last(std::vector<LevelShare>& shares, std::span<const double> values) {
    const std::vector<double> last = level_shares(values, shares.size());
    for (std::size_t level = 0; level < shares.size(); ++level) shares[level].last = last[level];
}

}  // namespace

std::vector<double> on_level(std::vector<double> values, std::size_t level, std::size_t levels) {
    for (double& value : values)
        if (!std::isnan(value)) value = nearest_level(value, levels) == level ? 1 : 0;
    return values;
}

std::vector<double> level_shares(std::span<const double> values, std::size_t levels) {
    Counter counter(levels);
    for (const double value : values) counter.add(value);
    std::vector<double> shares;
    for (std::size_t level = 0; level < levels; ++level) shares.push_back(counter.share(level));
    return shares;
}

std::string shares_text(const std::vector<MeasureLevel>& levels, const std::vector<LevelShare>& shares) {
    constexpr std::size_t most_told = 4;
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t level) { return !(shares[level].last > 0); });
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t level) { return shares[level].last; });
    std::string text;
    double others = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        if (rank < most_told) text += fmt::format("{}{} % {}", rank == 0 ? "" : ", ", percent(shares[order[rank]].last), levels[order[rank]].told());
        else others += shares[order[rank]].last;
    }
    return others > 0 ? fmt::format("{}, {} % others", text, percent(others)) : text;
}

std::vector<LevelShare> level_shares(const Results& results, std::size_t measure, std::int64_t of_runs) {
    const MeasureInfo& info = results.measures[measure];
    if (info.levels.empty()) return {};
    std::vector<LevelShare> shares = over_time(results, measure, 0, info.width(), of_runs);
    set_last(shares, results.final_values[measure]);
    return shares;
}

std::vector<LevelShare> level_shares_of_row(const Results& results, std::size_t measure, std::size_t row, std::int64_t of_runs) {
    const MeasureInfo& info = results.measures[measure];
    if (info.levels.empty()) return {};
    std::vector<LevelShare> shares = over_time(results, measure, row, row + 1, of_runs);
    const std::vector<double>& all = results.final_values[measure];
    std::vector<double> values;
    for (std::size_t at = row; at < all.size(); at += info.width()) values.push_back(all[at]);
    set_last(shares, values);
    return shares;
}

}  // namespace entente
