#include <entente/inference/record_items.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>

namespace entente {

namespace {

/// The moment nearest to that day.

std::vector<int> calendar_years(const Calendar& calendar) {
    std::vector<int> years;
    for (std::int64_t tick = 0; tick < calendar.ticks(); ++tick)
        if (years.empty() || years.back() != calendar.year(tick)) years.push_back(calendar.year(tick));
    return years;
}

int year_of(Day day) {
    return static_cast<int>(std::chrono::year_month_day{day}.year());
}

bool are_counts(std::span<const double> values) {
    return std::ranges::all_of(values, [](double x) { return x >= 0 && x == std::floor(x); });
}

class RecordReading {
public:
    RecordReading(const Scenario& scenario, const Model& model, const std::vector<ParameterId>& varied)
        : scenario_(scenario), model_(model), varied_(varied), calendar_(model.calendar), years_(calendar_years(calendar_)) {}

    RecordUntil read() {
        for (const Observed& record : scenario_.observed) {
            const auto measure = std::ranges::find(model_.measures, record.measure, &CompiledMeasure::name);
            if (measure == model_.measures.end()) continue;
            take(record, static_cast<std::size_t>(measure - model_.measures.begin()));
        }
        return std::move(read_);
    }

private:
    void take(const Observed& record, std::size_t measure) {
        RecordItem item{.name = record.measure, .unit = model_.measures[measure].unit, .measure = measure, .sd = record.sd.value_or(0)};
        seen(record, item);
        if (model_.measures[measure].is_by_row()) return take_rows(record, item);
        if (record.came) return take_date(*record.came, item);
        if (record.value) return take_number(*record.value, item);
        take_series(record.series, item);
    }

    /// Thinning, where the scenario says how much of what happens is seen.
    void seen(const Observed& record, RecordItem& item) const {
        if (!record.seen) return;
        const ParameterId parameter = record.seen->parameter;
        const auto place = std::ranges::find(varied_, parameter);
        item.seen = {.share =
                         parameter.is_given() ? scenario_.parameters[static_cast<std::size_t>(parameter.value)].value : record.seen->share};
        if (parameter.is_given() && place != varied_.end()) item.seen->varied = static_cast<int>(place - varied_.begin());
    }

    void take_date(const RecordedDate& came, RecordItem item) {
        item.form = ItemForm::date;
        item.horizon = calendar_.ticks();
        const auto first = came.first ? calendar_.tick_of(*came.first) : std::optional<std::int64_t>(0);
        const auto last = came.last ? calendar_.tick_of(*came.last) : std::nullopt;
        if (came.first && *came.first < calendar_.start() && !came.last) return leave_out(item.name, "a date before the calendar begins");
        if (came.last && *came.last < calendar_.start()) return leave_out(item.name, "a date before the calendar begins");
        item.came = last.has_value();
        item.first = first.value_or(came.first && *came.first < calendar_.start() ? 0 : calendar_.ticks());
        if (item.came)
            item.last = *last;
        else
            item.horizon = item.first;  // until then it had not; from then on it is not known
        if (item.horizon == 0) return leave_out(item.name, "all, for it may have come at any time");
        read_.items.push_back(std::move(item));
    }

    void take_number(double value, RecordItem item) {
        const bool is_whole = calendar_.ticks() == whole_ticks();
        if (!is_whole) return leave_out(item.name, "the value of the calendar's end");
        item.values = {value};
        item.is_count = item.seen.has_value();
        read_.items.push_back(std::move(item));
    }

    void take_series(std::vector<std::pair<Day, double>> series, RecordItem item) {
        std::ranges::stable_sort(series, {}, &std::pair<Day, double>::first);
        const bool is_yearly = model_.measures[item.measure].form == MeasureForm::yearly;
        item.form = is_yearly ? ItemForm::years : ItemForm::series;
        std::size_t later = 0;
        for (const auto& [day, value] : series) {
            const auto at = is_yearly ? year_at(year_of(day)) : moment_in_calendar(calendar_, day);
            if (!at) {
                ++later;
                continue;
            }
            item.moments.push_back(*at);
            item.years.push_back(year_of(day));
            item.values.push_back(value);
        }
        if (later > 0)
            leave_out(item.name,
                      fmt::format("{} outside the time to which it is fitted", counted(static_cast<std::int64_t>(later), "value")));
        if (item.values.empty()) return;
        item.is_count = item.seen.has_value() || (is_yearly && item.sd == 0 && are_counts(item.values));
        read_.items.push_back(std::move(item));
    }

    /// The number among the calendar's years, where it has all of that year.
    [[nodiscard]] std::optional<std::int64_t> year_at(int year) const {
        const auto found = std::ranges::find(years_, year);
        if (found == years_.end() || (calendar_.is_dated() && !calendar_.covers(year))) return std::nullopt;
        return found - years_.begin();
    }

    void take_rows(const Observed& record, const RecordItem& of_measure) {
        const CompiledMeasure& measure = model_.measures[of_measure.measure];
        std::vector<std::pair<std::int64_t, std::vector<std::pair<Day, double>>>> series;  // by row, as they are met
        for (const Observed::OfRow& one : record.rows) {
            const auto row = row_of(measure, one.row);
            if (!row) continue;
            if (one.came) {
                take_date(*one.came, on_row(of_measure, measure, *row));
            } else if (one.value && one.date) {
                const auto there = std::ranges::find(series, *row, &decltype(series)::value_type::first);
                (there == series.end() ? series.emplace_back(*row, std::vector<std::pair<Day, double>>()) : *there)
                    .second.emplace_back(*one.date, *one.value);
            } else if (one.value) {
                take_number(*one.value, on_row(of_measure, measure, *row));
            }
        }
        for (auto& [row, values] : series) take_series(std::move(values), on_row(of_measure, measure, row));
    }

    [[nodiscard]] RecordItem on_row(RecordItem item, const CompiledMeasure& measure, std::int64_t row) const {
        item.row = row;
        item.is_by_row = true;
        item.name += fmt::format("[{}]", row_name(model_.tables, measure.on, row));
        return item;
    }

    /// Of links, that between those two rows.
    [[nodiscard]] std::optional<std::int64_t> row_of(const CompiledMeasure& measure, const std::vector<int>& row) const {
        const Table& table = model_.tables[measure.on];
        if (row.size() == 1) return row.front() < table.rows ? std::optional<std::int64_t>(row.front()) : std::nullopt;
        const RowIndex link = table.between(row[0], row[1]);
        return link == no_row ? std::nullopt : std::optional<std::int64_t>(link);
    }

    void leave_out(const std::string& name, const std::string& why) {
        const std::string text = fmt::format("of the record of '{}' {}", name, why);
        if (std::ranges::find(read_.left_out, text) == read_.left_out.end()) read_.left_out.push_back(text);
    }

    [[nodiscard]] std::int64_t whole_ticks() const { return scenario_.calendar.ticks(); }

    const Scenario& scenario_;
    const Model& model_;
    const std::vector<ParameterId>& varied_;
    const Calendar& calendar_;
    std::vector<int> years_;
    RecordUntil read_;
};

/// Changes of ticks that are left.
std::shared_ptr<const InputValues> cut(const InputValues& values, std::int64_t ticks) {
    InputValues kept = values;
    const auto count = static_cast<std::size_t>(std::ranges::lower_bound(kept.ticks, ticks) - kept.ticks.begin());
    kept.ticks.resize(count);
    kept.offset.resize(count + 1);
    kept.rows.resize(static_cast<std::size_t>(kept.offset.back()));
    kept.values.resize(static_cast<std::size_t>(kept.offset.back()));
    return std::make_shared<const InputValues>(std::move(kept));
}

}  // namespace

RecordUntil record_items(const Scenario& scenario, const Model& model, const std::vector<ParameterId>& varied) {
    return RecordReading(scenario, model, varied).read();
}

Scenario ending_at(Scenario scenario, std::int64_t ticks) {
    const Calendar& calendar = scenario.calendar;
    if (ticks >= calendar.ticks()) return scenario;
    scenario.calendar = calendar.is_dated() ? Calendar::dated(calendar.start(), calendar.step(), ticks) : Calendar::undated(ticks);
    std::erase_if(scenario.timeline, [&](const TimelineEntry& entry) { return entry.tick >= ticks; });
    for (Input& input : scenario.inputs)
        if (input.values) input.values = cut(*input.values, ticks);
    return scenario;
}

std::optional<std::int64_t> moment_in_calendar(const Calendar& calendar, Day day) {
    const auto tick = calendar.tick_of(day);
    if (!tick) return day == calendar.first_day(calendar.ticks()) ? std::optional(calendar.ticks()) : std::nullopt;
    const bool is_nearer_to_its_end = calendar.first_day(*tick + 1) - day < day - calendar.first_day(*tick);
    return is_nearer_to_its_end ? *tick + 1 : *tick;
}

std::int64_t ticks_until(const Calendar& calendar, const std::string& text) {
    std::int64_t ticks = 0;
    if (calendar.is_dated()) {
        const auto day = parse_date(text);
        if (!day)
            throw Error(fmt::format("--until takes a date, not '{}'{}", text, date_fault(text).empty() ? "" : ": " + date_fault(text)),
                        "as in --until 2023-12-31");
        const Day after = *day + std::chrono::days{1};
        while (ticks < calendar.ticks() && calendar.first_day(ticks + 1) <= after) ++ticks;
        if (ticks == 0)
            throw Error(fmt::format("no tick has ended by {}: the calendar begins on {}", text, iso(calendar.start())),
                        "name a later day with --until");
        return ticks;
    }
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), ticks);
    if (problem != std::errc() || end != text.data() + text.size() || ticks < 1)
        throw Error(fmt::format("--until takes a number of ticks, not '{}': the calendar has no dates", text), "as in --until 12");
    return std::min(ticks, calendar.ticks());
}

}  // namespace entente
