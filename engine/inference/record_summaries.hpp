/// The numbers in which runs and record are compared: summaries of what is on record.
///
/// | on record | summaries |
/// |---|---|
/// | a date | min(T, horizon) in years since the calendar's start, and whether it came, 1 or 0 |
/// | a number | it |
/// | values at moments | the mean of each calendar year, the last value, the slope (least squares, a year) |
/// | values of years | each, and the slope |
/// | counts | sqrt(n + 3/8), whose variance does not grow with n (Anscombe 1948); no slope |
///
/// A run is recorded as the world is: of events that are counted, each is seen with its chance, and what has an error of its own gets one,
/// drawn anew for each run. A date that is known to a month, say, is met anywhere in it. Of a measure with more than most_rows_apart rows
/// on record the rows are told together: how many had come by the end of each year; of values, mean and sd over the rows at each moment or
/// year.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <entente/inference/record_items.hpp>
#include <entente/study/keyed_draws.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

inline constexpr std::size_t most_rows_apart = 32;

/// One of them, as it is compared.
struct RecordSummary {
    std::string name;  ///< `recognised, years`, `recognised, came`, `incursions, 2023`
    std::string unit;
    double record = 0;     ///< in the scale in which it is compared
    double sd = 0;         ///< of the record's own error, likewise
    bool is_root = false;  ///< the scale is that of sqrt(n + 3/8)
    /// A number of the compared scale in the measure's own.
    [[nodiscard]] double natural(double value) const { return is_root ? value * value - 0.375 : value; }
};

class RecordSummaries {
public:
    /// `calendar` is that of the runs.
    RecordSummaries(std::vector<RecordItem> items, const Calendar& calendar);

    [[nodiscard]] const std::vector<RecordSummary>& summaries() const { return summaries_; }
    [[nodiscard]] std::vector<double> record() const;
    [[nodiscard]] std::vector<double> record_sd() const;
    /// Of which rows of each measure runs must keep series.
    [[nodiscard]] SeriesRows series_rows(const Results& layout) const;

    /// Those of run number `run` of the results, one that did not fail, made at that point of the varied parameters; the record's own luck
    /// is drawn from `draws`.
    [[nodiscard]] std::vector<double> of(const Results& results, std::int64_t run, std::span<const double> point, KeyedDraws& draws) const;

private:
    /// Items that are told together: one, or those of many rows of a measure.
    struct Group {
        std::size_t first = 0;
        std::size_t count = 1;
        std::vector<std::int64_t> times{};  ///< of many: moments or years that their values have, or ends of years, in ticks
    };

    void group_items();
    void add_times(Group& group) const;
    void describe(const Group& group);
    void describe_together(const Group& group);
    void add(const std::string& what, std::string unit, double sd, bool is_root);
    void tell(const Group& group, const std::vector<std::vector<double>>& values, std::vector<double>& to) const;
    void tell_together(const Group& group, const std::vector<std::vector<double>>& values, std::vector<double>& to) const;
    [[nodiscard]] std::vector<double> recorded(const RecordItem& item) const;
    [[nodiscard]] std::vector<double> seen_of(const RecordItem& item, const Results& results, std::int64_t run,
                                              std::span<const double> point, KeyedDraws& draws) const;

    std::vector<RecordItem> items_;
    Calendar calendar_;
    std::vector<Group> groups_;
    std::vector<RecordSummary> summaries_;
};

/// How many of `count` events are seen, each with that chance.
double thinned_count(double count, double share, KeyedDraws& draws);

}  // namespace entente
