#include <entente/summary/telling_runs.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>
#include <utility>

#include <entente/base/statistics.hpp>
#include <entente/summary/level_shares.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;
using Why = TellingReason::Why;

constexpr std::int64_t most_moments_compared = 30;
constexpr std::int64_t most_rows_compared = 60;
constexpr std::int64_t most_runs_compared = 2000;

double median_by_selection(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return values.size() % 2 == 1 ? *middle : (*middle + *std::max_element(values.begin(), middle)) / 2;
}

/// Sums up, value after value, how far each run is from the median.
class Distances {
public:
    explicit Distances(std::vector<std::int64_t> runs)
        : runs_(std::move(runs)), squares_(runs_.size()), counts_(runs_.size()), sums_(runs_.size()), measures_(runs_.size()) {}

    /// One value of a measure: `of(run)`.
    template <class Of>
    void add_value(Of of) {
        values_.clear();
        for (const std::int64_t run : runs_) values_.push_back(of(run));
        present_.clear();
        std::ranges::copy_if(values_, std::back_inserter(present_), [](double x) { return std::isfinite(x); });
        if (present_.empty()) return;
        const double median = median_by_selection(present_);
        double sum = 0;
        std::size_t count = 0;
        for (const double x : values_)
            if (std::isfinite(x)) sum += (x - median) * (x - median), ++count;
        if (!(sum > 0) || !std::isfinite(sum)) return;
        for (std::size_t i = 0; i < values_.size(); ++i)
            if (std::isfinite(values_[i])) squares_[i] += (values_[i] - median) * (values_[i] - median) / (sum / static_cast<double>(count)), counts_[i] += 1;
    }

    /// All values of a measure were added.
    void end_measure() {
        for (std::size_t i = 0; i < runs_.size(); ++i)
            if (counts_[i] > 0) sums_[i] += squares_[i] / counts_[i], measures_[i] += 1;
        std::ranges::fill(squares_, 0.0);
        std::ranges::fill(counts_, 0.0);
    }

    /// Into `all`, by run. Where nothing tells runs apart they are equally near.
    void put(std::vector<double>& all) const {
        const bool any = std::ranges::any_of(measures_, [](double n) { return n > 0; });
        for (std::size_t i = 0; i < runs_.size(); ++i)
            if (measures_[i] > 0 || !any) all[static_cast<std::size_t>(runs_[i])] = any ? sums_[i] / measures_[i] : 0;
    }

private:
    std::vector<std::int64_t> runs_;
    std::vector<double> values_, present_;
    std::vector<double> squares_, counts_;  ///< of the measure in hand
    std::vector<double> sums_, measures_;
};

bool has_kept_series(const Results& results) {
    return results.series_runs > 0 && std::ranges::any_of(results.measures, [](const MeasureInfo& info) { return info.form == Form::series && !info.is_by_row(); });
}

/// The runs, from 0, that did not fail, of the first so many.
std::vector<std::int64_t> sound_runs(const Results& results, std::int64_t first) {
    std::vector<std::int64_t> runs;
    for (std::int64_t run = 0; run < std::min(first, results.runs); ++run)
        if (!results.failed(results.first_run + run)) runs.push_back(run);
    return runs;
}

std::vector<std::int64_t> runs_to_compare(const Results& results) {
    return sound_runs(results, std::min(most_runs_compared, has_kept_series(results) ? results.series_runs : results.runs));
}

void add_measure(const Results& results, std::size_t m, Distances& distances) {
    const MeasureInfo& info = results.measures[m];
    const std::size_t width = info.width();
    const auto final_value = [&](std::int64_t run, std::size_t row) {
        const double value = results.final_values[m][static_cast<std::size_t>(run) * width + row];
        return info.form == Form::date && std::isnan(value) ? static_cast<double>(results.calendar.ticks()) : value;
    };
    if (info.is_by_row() && info.rows.empty()) return;
    if (info.is_by_row()) {
        for (const std::int64_t row : thinned(std::ssize(info.rows), most_rows_compared))
            distances.add_value([&](std::int64_t run) { return final_value(run, static_cast<std::size_t>(row)); });
    } else if (info.form == Form::series && results.series_runs > 0 && results.series_width(m) == 1) {
        const std::int64_t moments = results.calendar.moments();
        for (const std::int64_t moment : thinned(moments, most_moments_compared))
            distances.add_value([&](std::int64_t run) { return results.series[m][static_cast<std::size_t>(run * moments + moment)]; });
    } else {
        distances.add_value([&](std::int64_t run) { return final_value(run, 0); });
    }
    distances.end_measure();
}

class Chooser {
public:
    Chooser(const Results& results, std::size_t most)
        : results_(results), most_(most), distances_(distances_from_medians(results)), sound_(sound_runs(results, results.runs)) {}

    TellingRuns chosen(std::span<const std::size_t> headline) {
        const auto there = std::ranges::count_if(distances_, [](double distance) { return !std::isnan(distance); });
        found_.compared = there;
        found_.has_all = there == std::ssize(sound_);
        take(sound_, {Why::typical}, [](std::int64_t) { return 0.0; });
        for (std::size_t at = 0; at < headline.size(); ++at) {
            const std::size_t m = headline[at];
            if (at > 0 && found_.runs.size() >= most_) break;
            if (results_.measures[m].is_by_row()) continue;
            outcomes(m);
            if (at == 0) extremes(m);
        }
        return std::move(found_);
    }

private:
    [[nodiscard]] double value(std::size_t m, std::int64_t run) const { return results_.final_values[m][static_cast<std::size_t>(run)]; }

    /// Sound runs in which the measure has a number.
    [[nodiscard]] std::vector<std::int64_t> with_value(std::size_t m) const {
        std::vector<std::int64_t> runs = sound_;
        std::erase_if(runs, [&](std::int64_t run) { return !std::isfinite(value(m, run)); });
        return runs;
    }

    void outcomes(std::size_t m) {
        const MeasureInfo& info = results_.measures[m];
        const auto with = with_value(m);
        if (info.form == Form::date) {
            near(m, with, Why::median_date, 0.5);
            std::vector<std::int64_t> without = sound_;
            std::erase_if(without, [&](std::int64_t run) { return !std::isnan(value(m, run)); });
            take(without, {Why::comes_not, m}, [](std::int64_t) { return 0.0; });
        } else if (!info.levels.empty()) {
            for (std::size_t level = info.levels.size(); level-- > 0;) {
                std::vector<std::int64_t> on = with;
                std::erase_if(on, [&](std::int64_t run) { return on_level({value(m, run)}, level, info.levels.size()).front() != 1; });
                take(on, {Why::on_level, m, static_cast<double>(level)}, [](std::int64_t) { return 0.0; });
            }
        } else if (varies_over(m, with)) {  // else 5 % and 95 % are one
            near(m, with, Why::low, 0.05);
            near(m, with, Why::high, 0.95);
        }
    }

    void extremes(std::size_t m) {
        const MeasureInfo& info = results_.measures[m];
        const auto with = with_value(m);
        if (!info.levels.empty() || !varies_over(m, with)) return;
        const bool is_date = info.form == Form::date;
        take(with, {is_date ? Why::earliest : Why::least, m}, [&](std::int64_t run) { return value(m, run); });
        take(with, {is_date ? Why::latest : Why::greatest, m}, [&](std::int64_t run) { return -value(m, run); });
    }

    [[nodiscard]] bool varies_over(std::size_t m, const std::vector<std::int64_t>& runs) const {
        return std::ranges::any_of(runs, [&](std::int64_t run) { return value(m, run) != value(m, runs.front()); });
    }

    /// The run nearest a quantile of the measure.
    void near(std::size_t m, const std::vector<std::int64_t>& runs, Why why, double share) {
        std::vector<double> values;
        for (const std::int64_t run : runs) values.push_back(value(m, run));
        const double aim = quantile(values, share);
        take(runs, {why, m}, [&](std::int64_t run) { return std::abs(value(m, run) - aim); });
    }

    /// The run that is least by `rank`, then by distance, then by number, where there is room for it.
    template <class Rank>
    void take(const std::vector<std::int64_t>& runs, TellingReason reason, Rank rank) {
        if (runs.empty()) return;
        const auto order = [&](std::int64_t run) {
            const double distance = distances_[static_cast<std::size_t>(run)];
            return std::tuple(rank(run), std::isnan(distance), std::isnan(distance) ? 0 : distance, run);
        };
        const std::int64_t run = *std::ranges::min_element(runs, {}, order);
        if (reason.why != Why::typical) reason.value = value(reason.measure, run);
        const auto known = std::ranges::find(found_.runs, results_.first_run + run, &TellingRun::run);
        if (known != found_.runs.end())
            known->reasons.push_back(reason);
        else if (found_.runs.size() < most_)
            found_.runs.push_back({results_.first_run + run, {reason}});
    }

    const Results& results_;
    std::size_t most_;
    std::vector<double> distances_;
    std::vector<std::int64_t> sound_;
    TellingRuns found_;
};

}  // namespace

std::vector<double> distances_from_medians(const Results& results) {
    std::vector<double> all(static_cast<std::size_t>(results.runs), Results::missing);
    Distances distances(runs_to_compare(results));
    for (std::size_t m = 0; m < results.measures.size(); ++m) add_measure(results, m, distances);
    distances.put(all);
    return all;
}

TellingRuns telling_runs(const Results& results, std::span<const std::size_t> headline, std::size_t most) {
    return Chooser(results, most).chosen(headline);
}

std::vector<std::size_t> usual_headline(const Results& results) {
    std::vector<std::size_t> order;
    for (const bool dates : {true, false})
        for (std::size_t m = 0; m < results.measures.size(); ++m)
            if (!results.measures[m].is_by_row() && (results.measures[m].form == Form::date) == dates) order.push_back(m);
    std::ranges::stable_sort(order, {}, [&](std::size_t m) { return std::ranges::find(results.headline, m) - results.headline.begin(); });
    return order;
}

}  // namespace entente
