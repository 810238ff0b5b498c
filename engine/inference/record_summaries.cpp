#include <entente/inference/record_summaries.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include <entente/base/elementary.hpp>
#include <entente/base/statistics.hpp>

namespace entente {

namespace {

/// Places of values that belong to one calendar year, one after the other.
struct YearSpan {
    int year = 0;
    std::size_t first = 0;
    std::size_t end = 0;
};

std::vector<YearSpan> year_spans(const RecordItem& item) {
    std::vector<YearSpan> spans;
    for (std::size_t i = 0; i < item.years.size(); ++i) {
        if (spans.empty() || spans.back().year != item.years[i]) spans.push_back({item.years[i], i, i});
        spans.back().end = i + 1;
    }
    return spans;
}

/// Whether its values are told by their last one, too: it is no year's mean already.
bool has_last(const RecordItem& item) {
    return item.form == ItemForm::series && year_spans(item).back().end - year_spans(item).back().first > 1;
}

constexpr std::size_t least_for_a_slope = 3;

bool has_slope(const RecordItem& item) {
    return !item.is_count && (item.form == ItemForm::series || item.form == ItemForm::years) && item.values.size() >= least_for_a_slope;
}

double root(double count) {
    return std::copysign(std::sqrt(std::abs(count + 0.375)), count + 0.375);
}

/// Years from the first moment to each.
std::vector<double> times_of(const RecordItem& item, const Calendar& calendar) {
    std::vector<double> times;
    for (std::size_t i = 0; i < item.values.size(); ++i)
        times.push_back(item.form == ItemForm::years ? item.years[i] : calendar.years_since_start(item.moments[i]));
    return times;
}

/// Sum of squares about their mean.
double squares_of(std::span<const double> times) {
    const double middle = mean(times);
    double sum = 0;
    for (const double time : times) sum += (time - middle) * (time - middle);
    return sum;
}

double slope_of(std::span<const double> values, std::span<const double> times) {
    const double middle = mean(times);
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += (times[i] - middle) * values[i];
    return sum / squares_of(times);
}

double plain_mean(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double draw(KeyedDraws& draws) {
    return open_uniform(unit_uniform(draws.bits()));
}

}  // namespace

double thinned_count(double count, double share, KeyedDraws& draws) {
    if (share >= 1 || !(count > 0)) return count;
    if (!(share > 0)) return 0;
    // How many are passed over before the next one that is seen is geometric.
    const double log_missed = elementary().log1p(-share);
    double hits = -1;
    for (double reached = 0; reached <= count && std::isfinite(count); ++hits)
        reached += 1 + std::floor(elementary().log(draw(draws)) / log_missed);
    return hits;
}

RecordSummaries::RecordSummaries(std::vector<RecordItem> items, const Calendar& calendar) : items_(std::move(items)), calendar_(calendar) {
    group_items();
    for (const Group& group : groups_) describe(group);
    std::vector<double> record;
    for (const Group& group : groups_) {
        std::vector<std::vector<double>> values;
        for (std::size_t i = 0; i < group.count; ++i) values.push_back(recorded(items_[group.first + i]));
        tell(group, values, record);
    }
    for (std::size_t k = 0; k < summaries_.size(); ++k) summaries_[k].record = record[k];
}

void RecordSummaries::group_items() {
    const auto kind = [&](std::size_t i) { return std::tuple(items_[i].measure, items_[i].form, items_[i].is_by_row); };
    for (std::size_t first = 0; first < items_.size();) {
        std::size_t end = first + 1;
        while (end < items_.size() && kind(end) == kind(first)) ++end;
        if (items_[first].is_by_row && end - first > most_rows_apart) {
            groups_.push_back({first, end - first});
            add_times(groups_.back());
        } else {
            for (std::size_t i = first; i < end; ++i) groups_.push_back({i, 1});
        }
        first = end;
    }
}

/// When many rows are looked at.
void RecordSummaries::add_times(Group& group) const {
    std::set<std::int64_t> times;
    if (items_[group.first].form == ItemForm::date) {
        for (std::int64_t tick = 1; tick < calendar_.ticks(); ++tick)
            if (calendar_.year(tick) != calendar_.year(tick - 1)) times.insert(tick);
        times.insert(calendar_.ticks());
    }
    for (std::size_t i = 0; i < group.count; ++i)
        times.insert(items_[group.first + i].moments.begin(), items_[group.first + i].moments.end());
    group.times.assign(times.begin(), times.end());
}

void RecordSummaries::add(const std::string& what, std::string unit, double sd, bool is_root) {
    summaries_.push_back({.name = what, .unit = std::move(unit), .sd = sd, .is_root = is_root});
}

void RecordSummaries::describe(const Group& group) {
    if (!group.times.empty() || group.count > 1) return describe_together(group);
    const RecordItem& item = items_[group.first];
    // The error of a root: that of the count over twice the root.
    const auto sd_of = [&](double value) { return item.is_count ? item.sd / (2 * root(std::max(value, 0.0))) : item.sd; };
    if (item.form == ItemForm::date) {
        add(item.name + ", years", "years", 0, false);
        add(item.name + ", came", "", 0, false);
    } else if (item.form == ItemForm::number) {
        add(item.name, item.unit, sd_of(item.values.front()), item.is_count);
    } else {
        for (const YearSpan& span : year_spans(item)) {
            const auto values = std::span(item.values).subspan(span.first, span.end - span.first);
            add(fmt::format("{}, {}", item.name, span.year), item.unit,
                sd_of(plain_mean(values)) / std::sqrt(static_cast<double>(values.size())), item.is_count);
        }
        if (has_last(item)) add(item.name + ", last", item.unit, sd_of(item.values.back()), item.is_count);
        if (has_slope(item))
            add(item.name + ", slope", item.unit.empty() ? "1/year" : item.unit + "/year",
                item.sd / std::sqrt(squares_of(times_of(item, calendar_))), false);
    }
}

void RecordSummaries::describe_together(const Group& group) {
    const RecordItem& item = items_[group.first];
    const std::string measure = item.name.substr(0, item.name.find('['));
    const double sd = item.sd / std::sqrt(static_cast<double>(group.count));
    if (item.form == ItemForm::number) {
        add(measure + ", mean of rows", item.unit, sd, false);
        add(measure + ", sd of rows", item.unit, sd, false);
    }
    for (const std::int64_t time : group.times) {
        const int year =
            item.form == ItemForm::years ? calendar_.year(0) + static_cast<int>(time) : calendar_.year(std::max<std::int64_t>(time - 1, 0));
        const std::string when = item.form == ItemForm::series ? calendar_.label(time) : std::to_string(year);
        if (item.form == ItemForm::date) {
            add(fmt::format("{}, rows by the end of {}", measure, year), "", 0, true);
        } else {
            add(fmt::format("{}, mean of rows, {}", measure, when), item.unit, sd, false);
            add(fmt::format("{}, sd of rows, {}", measure, when), item.unit, sd, false);
        }
    }
}

std::vector<double> RecordSummaries::record() const {
    std::vector<double> values;
    for (const RecordSummary& summary : summaries_) values.push_back(summary.record);
    return values;
}

std::vector<double> RecordSummaries::record_sd() const {
    std::vector<double> values;
    for (const RecordSummary& summary : summaries_) values.push_back(summary.sd);
    return values;
}

SeriesRows RecordSummaries::series_rows(const Results& layout) const {
    SeriesRows rows(layout.measures.size());
    for (const RecordItem& item : items_)
        if (item.form == ItemForm::series && std::ranges::find(rows[item.measure], item.row) == rows[item.measure].end())
            rows[item.measure].push_back(item.row);
    for (auto& of_measure : rows) std::ranges::sort(of_measure);
    return rows;
}

/// What is on record, as a run would leave it: of a date its tick and whether it came.
std::vector<double> RecordSummaries::recorded(const RecordItem& item) const {
    if (item.form != ItemForm::date) return item.values;
    if (!item.came) return {static_cast<double>(item.horizon), 0};
    return {static_cast<double>(item.first + item.last) / 2, 1};
}

std::vector<double> RecordSummaries::seen_of(const RecordItem& item, const Results& results, std::int64_t run,
                                             std::span<const double> point, KeyedDraws& draws) const {
    const auto at = [&](const auto& values, std::int64_t width, std::int64_t moments, std::int64_t moment, std::int64_t row) {
        return values[item.measure][static_cast<std::size_t>((run * moments + moment) * width + row)];
    };
    const auto width = static_cast<std::int64_t>(results.measures[item.measure].width());
    std::vector<double> values;
    switch (item.form) {
        case ItemForm::date: {
            const double tick = at(results.final_values, width, 1, 0, item.row);
            const bool came = tick < static_cast<double>(item.horizon);  // never is NaN
            if (!came) return {static_cast<double>(item.horizon), 0};
            const bool is_met = item.came && tick >= static_cast<double>(item.first) && tick <= static_cast<double>(item.last);
            return is_met ? recorded(item) : std::vector{tick, 1.0};
        }
        case ItemForm::number:
            values.push_back(at(results.final_values, width, 1, 0, item.row));
            break;
        case ItemForm::years:
            for (const std::int64_t year : item.moments)
                values.push_back(at(results.yearly, width, std::ssize(results.years), year, item.row));
            break;
        case ItemForm::series: {
            const auto& kept = results.series_rows[item.measure];
            const std::int64_t place = std::ranges::lower_bound(kept, item.row) - kept.begin();
            for (const std::int64_t moment : item.moments)
                values.push_back(at(results.series, std::ssize(kept), results.calendar.moments(), moment, place));
            break;
        }
    }
    for (double& value : values) {
        if (item.seen)
            value =
                thinned_count(value, item.seen->varied < 0 ? item.seen->share : point[static_cast<std::size_t>(item.seen->varied)], draws);
        if (item.sd > 0) value += item.sd * normal_quantile(draw(draws));
    }
    return values;
}

std::vector<double> RecordSummaries::of(const Results& results, std::int64_t run, std::span<const double> point, KeyedDraws& draws) const {
    std::vector<double> told;
    for (const Group& group : groups_) {
        std::vector<std::vector<double>> values;
        for (std::size_t i = 0; i < group.count; ++i) values.push_back(seen_of(items_[group.first + i], results, run, point, draws));
        tell(group, values, told);
    }
    return told;
}

void RecordSummaries::tell(const Group& group, const std::vector<std::vector<double>>& values, std::vector<double>& to) const {
    if (!group.times.empty() || group.count > 1) return tell_together(group, values, to);
    const RecordItem& item = items_[group.first];
    const std::vector<double>& seen = values.front();
    const auto scaled = [&](double value) { return item.is_count ? root(value) : value; };
    if (item.form == ItemForm::date) {
        to.push_back(calendar_.dt() * seen[0]);
        to.push_back(seen[1]);
    } else if (item.form == ItemForm::number) {
        to.push_back(scaled(seen.front()));
    } else {
        for (const YearSpan& span : year_spans(item))
            to.push_back(scaled(plain_mean(std::span(seen).subspan(span.first, span.end - span.first))));
        if (has_last(item)) to.push_back(scaled(seen.back()));
        if (has_slope(item)) to.push_back(slope_of(seen, times_of(item, calendar_)));
    }
}

void RecordSummaries::tell_together(const Group& group, const std::vector<std::vector<double>>& values, std::vector<double>& to) const {
    const ItemForm form = items_[group.first].form;
    const auto tell_spread = [&](const std::vector<double>& of_rows) {
        const double middle = plain_mean(of_rows);
        double square = 0;
        for (const double value : of_rows) square += (value - middle) * (value - middle);
        to.push_back(middle);
        to.push_back(std::sqrt(square / static_cast<double>(of_rows.size())));
    };
    if (form == ItemForm::number) {
        std::vector<double> of_rows;
        for (const auto& of_row : values) of_rows.push_back(of_row.front());
        tell_spread(of_rows);
    }
    for (const std::int64_t time : group.times) {
        if (form == ItemForm::date) {
            to.push_back(root(static_cast<double>(
                std::ranges::count_if(values, [&](const auto& date) { return date[1] > 0 && date[0] < static_cast<double>(time); }))));
            continue;
        }
        std::vector<double> of_rows;
        for (std::size_t i = 0; i < group.count; ++i) {
            const auto& moments = items_[group.first + i].moments;
            const auto found = std::ranges::find(moments, time);
            if (found != moments.end()) of_rows.push_back(values[i][static_cast<std::size_t>(found - moments.begin())]);
        }
        tell_spread(of_rows);
    }
}

}  // namespace entente
