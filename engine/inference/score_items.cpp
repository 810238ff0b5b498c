#include <entente/inference/score_items.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/inference/record_items.hpp>

namespace entente {
namespace {

constexpr std::size_t most_edges_of_ticks = 40;
constexpr std::size_t most_named = 5;
constexpr double never_known = std::numeric_limits<double>::infinity();

double real(std::int64_t moment) {
    return static_cast<double>(moment);
}

/// Rows of a measure by the agents that they are of: one, or of links two.
class MeasureRows {
public:
    MeasureRows(const Scenario& scenario, const Results& layout) : scenario_(scenario), layout_(layout) {}

    [[nodiscard]] std::size_t measure(const std::string& name) const {
        return static_cast<std::size_t>(std::ranges::find(layout_.measures, name, &MeasureInfo::name) - layout_.measures.begin());
    }

    /// Nothing where there is no such link.
    std::optional<std::size_t> row(std::size_t measure, KindId on, const std::vector<int>& agents) {
        if (agents.size() == 1) return static_cast<std::size_t>(agents.front());
        const auto [links, is_new] = links_.try_emplace(on.value);
        const MeasureInfo& info = layout_.measures[measure];
        if (is_new)
            for (std::size_t link = 0; link < info.sources.size(); ++link)
                links->second.emplace(std::pair(info.sources[link], info.targets[link]), link);
        const Schema::Kind& kind = scenario_.schema[on];
        const auto found = links->second.find({scenario_.schema[kind.source].members[static_cast<std::size_t>(agents.front())],
                                               scenario_.schema[kind.target].members[static_cast<std::size_t>(agents.back())]});
        return found == links->second.end() ? std::nullopt : std::optional(found->second);
    }

    [[nodiscard]] std::string name(std::size_t measure, std::size_t row) const { return layout_.measures[measure].rows[row]; }
    /// The agent, or that at the link's source.
    [[nodiscard]] std::string cluster(std::size_t measure, std::size_t row) const {
        const MeasureInfo& info = layout_.measures[measure];
        return info.sources.empty() ? info.rows[row] : info.sources[row];
    }

private:
    const Scenario& scenario_;
    const Results& layout_;
    std::map<int, std::map<std::pair<std::string, std::string>, std::size_t>> links_;  ///< by kind
};

/// A record of a date in moments: what happened in a tick has come by its end, and known by the end of a day is what ticks over by then
/// had.
std::optional<DateRecord> in_moments(const RecordedDate& date, const Calendar& calendar) {
    const auto moment = [&](Day day) -> std::optional<double> {
        if (day < calendar.start()) return std::nullopt;
        const auto tick = calendar.tick_of(day);
        return tick ? real(*tick + 1) : never_known;
    };
    if (date.last && *date.last < calendar.start()) return std::nullopt;
    const double earliest = date.first ? moment(*date.first).value_or(0) : 0;
    if (!date.last) return DateRecord{earliest, never_known};
    return DateRecord{earliest, moment(*date.last).value_or(0)};
}

/// Values on record of one row, or of the world, by time.
struct Course {
    std::vector<std::pair<double, double>> values;  ///< time (a moment, or a year) and value, ascending
};

class ItemReader {
public:
    ItemReader(const ScorePlan& plan, const Results& layout, const RowsThatCome& rows_that_come)
        : plan_(plan),
          scenario_(plan.scenario),
          calendar_(plan.scenario.calendar),
          layout_(layout),
          rows_(plan.scenario, layout),
          rows_that_come_(rows_that_come) {}

    ScoreItems read() {
        for (const ScoreTarget& target : plan_.targets) add(target);
        give_exposures();
        tell();
        return std::move(made_);
    }

private:
    void add(const ScoreTarget& target) {
        switch (target.form) {
            case ScoreTarget::Form::date:
                return add_dates(target);
            case ScoreTarget::Form::event:
                return add_events(target);
            case ScoreTarget::Form::value:
            case ScoreTarget::Form::moment:
            case ScoreTarget::Form::year:
                return add_numbers(target);
        }
    }

    [[nodiscard]] const ScoreSpan& span_of(const ScoreTarget& target) const { return plan_.spans[target.span]; }
    [[nodiscard]] KindId kind_of(const std::string& measure) const {
        return std::ranges::find(scenario_.measures, measure, &Measure::name)->on;
    }

    // -- dates
    // -------------------------------------------------------------------------------------------------------------------------------

    void add_dates(const ScoreTarget& target) {
        const Observed& observed = scenario_.observed[target.number];
        const std::size_t measure = rows_.measure(target.measure);
        ScoreItem item{.name = observed.measure, .group = "dates", .cluster = observed.measure, .span = target.span, .measure = measure};
        if (observed.came) add_date(*observed.came, item);
        const KindId on = kind_of(observed.measure);
        for (const Observed::OfRow& one : observed.rows) {
            const auto row = rows_.row(measure, on, one.row);
            if (!row || !one.came) continue;
            ScoreItem of_row = item;
            of_row.name = fmt::format("{}[{}]", observed.measure, rows_.name(measure, *row));
            of_row.group = observed.measure;
            of_row.cluster = rows_.cluster(measure, *row);
            of_row.row = *row;
            add_date(*one.came, std::move(of_row));
        }
    }

    void add_date(const RecordedDate& date, ScoreItem item) {
        const auto came = in_moments(date, calendar_);
        item.record = told(date);
        item.came = came.value_or(DateRecord{0, 0});
        records_[{item.group, item.span}].push_back(item.came);
        const ScoreSpan& span = plan_.spans[item.span];
        const double since = real(span.since);
        if (item.came.latest <= since) return leave_out("had come before", item);
        if (item.came.earliest <= since && item.came.latest < never_known) return leave_out("may have come before", item);
        if (item.came.earliest <= since) return leave_out("are not known after", item);
        const bool is_known_to_end = item.came.latest < never_known || item.came.earliest > real(span.until);
        // known to the beginning of the tick before whose end it may have come
        item.window = {since, is_known_to_end ? real(span.until) : item.came.earliest - 1};
        if (!(item.window.length() > 0)) return leave_out("are not known after", item);
        made_.items.push_back(std::move(item));
    }

    // -- events on record
    // --------------------------------------------------------------------------------------------------------------------

    void add_events(const ScoreTarget& target) {
        const EventRecord& record = scenario_.record[target.number];
        const Step& step = scenario_.steps[static_cast<std::size_t>(record.step)];
        const std::size_t measure = rows_.measure(target.measure);
        const std::vector<bool> counts = rows_on_record(target, measure);
        const Window window{real(target.moment), real(std::min(span_of(target).until, record.last_tick + 1))};
        const std::map<std::size_t, std::int64_t> first = first_firings(record, measure, step.on, target.moment);
        const std::set<std::size_t> arranged = rows_of_timeline(record.step, measure, step.on, window);
        for (std::size_t row = 0; row < counts.size(); ++row) {
            if (!counts[row]) continue;
            const auto found = first.find(row);
            const bool came = found != first.end() && real(found->second + 1) <= window.end;
            ScoreItem item{.name = fmt::format("{}[{}]", step.name, rows_.name(measure, row)),
                           .group = step.name,
                           .cluster = rows_.cluster(measure, row),
                           .record = came ? calendar_.label(found->second) : fmt::format("not by {}", end_told(window.end)),
                           .span = target.span,
                           .window = window,
                           .came = came ? date_on(real(found->second + 1)) : not_come_by(window.end),
                           .measure = measure,
                           .row = row};
            if (arranged.contains(row))
                leave_out("are made to happen by the timeline after", item);
            else
                made_.items.push_back(std::move(item));
        }
        events_[{step.name, target.span}] = exposure_of(target, record.step, measure);
    }

    [[nodiscard]] std::vector<bool> rows_on_record(const ScoreTarget& target, std::size_t measure) const {
        if (target.complete_rows.empty()) return std::vector<bool>(layout_.measures[measure].rows.size(), true);
        return rows_that_come_(rows_.measure(target.complete_rows));
    }

    std::map<std::size_t, std::int64_t> first_firings(const EventRecord& record, std::size_t measure, KindId on, std::int64_t from) {
        std::map<std::size_t, std::int64_t> first;
        for (const EventRecord::Firing& firing : record.firings)
            if (const auto row = rows_.row(measure, on, firing.row); row && firing.tick >= from) first.try_emplace(*row, firing.tick);
        return first;
    }

    std::set<std::size_t> rows_of_timeline(int step, std::size_t measure, KindId on, const Window& window) {
        std::set<std::size_t> rows;
        for (const TimelineEntry& entry : scenario_.timeline) {
            if (entry.step != step || !entry.row || real(entry.tick) < window.begin || real(entry.tick) >= window.end) continue;
            const RowRef& at = *entry.row;
            const std::vector<int> agents = at.form == RowRef::Form::link_between ? std::vector{at.from->member.value, at.to->member.value}
                                                                                  : std::vector{at.member.value};
            if (const auto row = rows_.row(measure, on, agents)) rows.insert(*row);
        }
        return rows;
    }

    /// Ticks with a firing, and rows times ticks, of all records of the event before the origin.
    Exposure exposure_of(const ScoreTarget& target, int step, std::size_t measure) {
        Exposure exposure;
        const std::int64_t since = span_of(target).since;
        for (const ScoreTarget& other : plan_.targets) {
            if (other.form != ScoreTarget::Form::event || scenario_.record[other.number].step != step || other.span != target.span)
                continue;
            add_exposure(scenario_.record[other.number], rows_on_record(other, measure), measure, since, exposure);
        }
        for (std::size_t i = 0; i < scenario_.record.size(); ++i) {
            const bool is_target = std::ranges::any_of(plan_.targets, [&](const ScoreTarget& one) {
                return one.form == ScoreTarget::Form::event && one.number == i && one.span == target.span;
            });
            if (scenario_.record[i].step == step && !is_target)
                add_exposure(scenario_.record[i], rows_on_record(target, measure), measure, since, exposure);
        }
        return exposure;
    }

    void add_exposure(const EventRecord& record, const std::vector<bool>& counts, std::size_t measure, std::int64_t since,
                      Exposure& exposure) {
        const std::int64_t end = std::min(record.last_tick + 1, since);
        if (end <= record.first_tick) return;
        exposure.time += real(std::ranges::count(counts, true)) * real(end - record.first_tick);
        const KindId on = scenario_.steps[static_cast<std::size_t>(record.step)].on;
        for (const EventRecord::Firing& firing : record.firings)
            if (const auto row = rows_.row(measure, on, firing.row); row && counts[*row] && firing.tick < since) exposure.events += 1;
    }

    [[nodiscard]] std::string end_told(double moment) const {
        const auto tick = static_cast<std::int64_t>(moment);
        return calendar_.is_dated() ? iso(calendar_.first_day(tick) - std::chrono::days{1}) : calendar_.label(tick - 1);
    }

    // -- numbers
    // -----------------------------------------------------------------------------------------------------------------------------

    void add_numbers(const ScoreTarget& target) {
        const Observed& observed = scenario_.observed[target.number];
        const std::size_t own = rows_.measure(observed.measure);
        ScoreItem item{.name = observed.measure,
                       .group = observed.measure,
                       .cluster = "",
                       .span = target.span,
                       .is_date = false,
                       .sd = observed.sd.value_or(0),
                       .seen = observed.seen,
                       .measure = rows_.measure(target.measure)};
        std::map<std::size_t, Course> courses = courses_of(target, observed, own);
        note_values(courses, item);
        const bool is_by_row = layout_.measures[own].is_by_row();
        const ScoreSpan& span = span_of(target);
        for (const auto& [row, course] : courses)
            for (const auto& [time, value] : course.values)
                if (is_by_row || row == 0) note_before(target, time, value, span, item);
        for (const auto& [row, course] : courses) {
            ScoreItem of_row = item;
            of_row.row = row;
            if (is_by_row) of_row.name += fmt::format("[{}]", rows_.name(own, row));
            if (is_by_row) of_row.cluster = rows_.cluster(own, row);
            add_course(target, course, of_row);
        }
    }

    /// By row: what is on record; of the world as that of row 0.
    std::map<std::size_t, Course> courses_of(const ScoreTarget& target, const Observed& observed, std::size_t own) {
        std::map<std::size_t, Course> courses;
        const bool are_years = target.form == ScoreTarget::Form::year;
        const auto time = [&](Day day) {
            return are_years ? static_cast<double>(static_cast<int>(std::chrono::year_month_day{day}.year()))
                             : real(moment_in_calendar(calendar_, day).value_or(-1));
        };
        const auto before_calendar = [&](Day day) { return are_years ? time(day) : real((day - calendar_.start()).count()) - 1e9; };
        const auto place = [&](Day day) { return !are_years && day < calendar_.start() ? before_calendar(day) : time(day); };
        const double end = real(calendar_.ticks());
        if (observed.value) courses[0].values.emplace_back(end, *observed.value);
        for (const auto& [day, value] : observed.series) courses[0].values.emplace_back(place(day), value);
        const KindId on = kind_of(observed.measure);
        for (const Observed::OfRow& one : observed.rows)
            if (const auto row = one.value ? rows_.row(own, on, one.row) : std::nullopt)
                courses[*row].values.emplace_back(one.date ? place(*one.date) : end, *one.value);
        for (auto& [row, course] : courses) std::ranges::stable_sort(course.values, {}, &std::pair<double, double>::first);
        return courses;
    }

    static void note_values(const std::map<std::size_t, Course>& courses, ScoreItem& item) {
        item.is_chance = item.is_count = true;
        for (const auto& [row, course] : courses)
            for (const auto& [time, value] : course.values) {
                item.is_chance = item.is_chance && (value == 0 || value == 1) && item.sd == 0 && !item.seen;
                item.is_count = item.is_count && value >= 0 && value == std::floor(value) && item.sd == 0;
            }
    }

    /// Whether what was so at that time was over at the origin.
    [[nodiscard]] bool is_before(const ScoreTarget& target, double time, const ScoreSpan& span) const {
        if (target.form != ScoreTarget::Form::year) return time <= real(span.since);
        return calendar_.is_dated() ? time < real(calendar_.year(span.since)) : time < real(span.since);
    }

    void note_before(const ScoreTarget& target, double time, double value, const ScoreSpan& span, ScoreItem& item) const {
        if (is_before(target, time, span)) item.group_before.push_back(value);
    }

    void add_course(const ScoreTarget& target, const Course& course, ScoreItem item) {
        const ScoreSpan& span = span_of(target);
        double steps = 0;
        for (const auto& [time, value] : course.values) {
            if (is_before(target, time, span)) {
                item.before.push_back(value);
                continue;
            }
            ++steps;
            ScoreItem one = item;
            one.value = value;
            one.steps = steps;
            one.record = readable(value);
            if (place_in_runs(target, time, one)) made_.items.push_back(std::move(one));
        }
    }

    /// Where runs have it; false where that is another target's, or not whole in the span.
    bool place_in_runs(const ScoreTarget& target, double time, ScoreItem& item) const {
        const ScoreSpan& span = span_of(target);
        item.window = {real(span.since), real(span.until)};
        if (target.form == ScoreTarget::Form::value) return own_cluster(item, "");
        if (target.form == ScoreTarget::Form::moment)
            return time == real(target.moment) &&
                   own_cluster(item, calendar_.is_dated() ? iso(calendar_.first_day(target.moment)) : calendar_.label(target.moment));
        const int year = static_cast<int>(time);
        const auto found = std::ranges::find(layout_.years, year);
        if (found == layout_.years.end() || !is_whole(year, span)) return false;
        item.year = static_cast<int>(found - layout_.years.begin());
        return own_cluster(item, std::to_string(year));
    }

    [[nodiscard]] bool is_whole(int year, const ScoreSpan& span) const {
        if (!calendar_.is_dated()) return year >= span.since && year < span.until;
        const bool begins_after = span.since == 0 || calendar_.year(span.since - 1) < year;
        const bool ends_before = span.until == calendar_.ticks() || calendar_.year(span.until) > year;
        return calendar_.covers(year) && calendar_.year(span.since) <= year && begins_after && ends_before;
    }

    static bool own_cluster(ScoreItem& item, const std::string& when) {
        if (!when.empty()) item.name += fmt::format("[{}]", when);
        if (item.cluster.empty()) item.cluster = item.name;
        return true;
    }

    // -- the rest
    // ----------------------------------------------------------------------------------------------------------------------------

    void give_exposures() {
        for (ScoreItem& item : made_.items) {
            if (!item.is_date) continue;
            const std::pair key(item.group, item.span);
            const auto events = events_.find(key);
            item.exposure =
                events != events_.end() ? events->second : exposure_before(records_[key], 0, real(plan_.spans[item.span].since));
        }
    }

    void leave_out(const std::string& why, const ScoreItem& item) { left_out_[{item.span, why}].push_back(item.name); }

    void tell() {
        for (const auto& [key, names] : left_out_) {
            const auto& [span, why] = key;
            made_.left_out.push_back(fmt::format("{} {} {}, and {} not scored: {}", counted(std::ssize(names), "date"), why,
                                                 calendar_.label(plan_.spans[span].since), names.size() == 1 ? "is" : "are",
                                                 listed(names, most_named)));
        }
    }

    const ScorePlan& plan_;
    const Scenario& scenario_;
    const Calendar& calendar_;
    const Results& layout_;
    MeasureRows rows_;
    const RowsThatCome& rows_that_come_;
    ScoreItems made_;
    std::map<std::pair<std::string, std::size_t>, std::vector<DateRecord>> records_;  ///< of `observed`, by group and span
    std::map<std::pair<std::string, std::size_t>, Exposure> events_;                  ///< by event and span
    std::map<std::pair<std::size_t, std::string>, std::vector<std::string>> left_out_;
};

}  // namespace

std::vector<double> quarter_edges(const Calendar& calendar, const Window& window) {
    std::vector<double> edges{window.begin};
    const auto begin = static_cast<std::int64_t>(window.begin);
    const auto end = static_cast<std::int64_t>(window.end);
    const bool has_quarters = calendar.is_dated() && calendar.step().years() <= 0.25;
    const auto quarter = [&](std::int64_t moment) { return calendar.year(moment) * 4 + (calendar.month(moment) - 1) / 3; };
    const std::int64_t stride = has_quarters ? 1 : (end - begin - 1) / static_cast<std::int64_t>(most_edges_of_ticks) + 1;
    for (std::int64_t moment = begin + 1; moment < end; ++moment)
        if (has_quarters ? quarter(moment) != quarter(moment - 1) : (moment - begin) % stride == 0) edges.push_back(real(moment));
    edges.push_back(window.end);
    return edges;
}

ScoreItems score_items(const ScorePlan& plan, const Results& layout, const RowsThatCome& rows_that_come) {
    return ItemReader(plan, layout, rows_that_come).read();
}

}  // namespace entente
