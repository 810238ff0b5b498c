#include <entente/study/recorder.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace entente {
namespace {

using Form = CompiledMeasure::Form;

std::vector<std::string> row_names(const Model& model, KindId kind) {
    std::vector<std::string> names;
    for (std::int64_t row = 0; row < model.tables[kind].rows; ++row)
        names.push_back(row_name(model.tables, kind, row));
    return names;
}

MeasureInfo info_of(const Model& model, const CompiledMeasure& measure) {
    MeasureInfo info{measure.name, measure.form, measure.unit, measure.about, measure.expression, {}, {}};
    info.levels = measure.levels;
    info.label = measure.label;
    if (measure.is_by_row()) {
        info.kind = model.tables[measure.on].name;
        info.kind_label = model.tables[measure.on].label;
        info.rows = row_names(model, measure.on);
        const Table& table = model.tables[measure.on];
        for (std::int64_t row = 0; has_labels(model.tables, measure.on) && row < table.rows; ++row)
            info.row_labels.push_back(row_label(model.tables, measure.on, row));
        for (std::size_t link = 0; table.is_link && link < info.rows.size(); ++link) {
            info.sources.push_back(row_name(model.tables, table.source_kind, table.source[link]));
            info.targets.push_back(row_name(model.tables, table.target_kind, table.target[link]));
        }
    }
    return info;
}

/// Moments, or rows, whose values fill a cache line.
constexpr std::int64_t most_held = 8;

std::int64_t width(const Model& model, const CompiledMeasure& measure) {
    return model.rows_of(measure.value);
}

bool is_held(const Model& model, const CompiledMeasure& measure) {
    return measure.form == Form::series && width(model, measure) < most_held;
}

/// Rows of which a measure's series is kept.
std::int64_t series_width(const Model& model, std::size_t measure, const SeriesRows& rows) {
    if (model.measures[measure].form != Form::series) return 0;
    return rows.empty() ? width(model, model.measures[measure]) : std::ssize(rows[measure]);
}

std::vector<int> years_of(const Calendar& calendar) {
    std::vector<int> years;
    for (std::int64_t tick = 0; tick < calendar.ticks(); ++tick)
        if (years.empty() || years.back() != calendar.year(tick)) years.push_back(calendar.year(tick));
    return years;
}

/// Of two stretches of time, one after the other, what an accumulator holds of both.
double joined(OverTime over_time, double before, double now) {
    switch (over_time) {
        case OverTime::first:
            return before < 0 ? now : before;
        case OverTime::last:
            return now;
        case OverTime::peak:
            return std::max(before, now);
        case OverTime::trough:
            return std::min(before, now);
        case OverTime::total:
        case OverTime::average:
        case OverTime::share:
            return before + now;
    }
    return now;
}

std::vector<double> missing(std::int64_t count) {
    return std::vector<double>(static_cast<std::size_t>(count), Results::missing);
}

}  // namespace

std::int64_t series_bytes_per_run(const Model& model, const SeriesRows& series_rows) {
    std::int64_t values = 0;
    for (std::size_t m = 0; m < model.measures.size(); ++m) values += series_width(model, m, series_rows) * model.calendar.moments();
    return values * static_cast<std::int64_t>(sizeof(double));
}

std::int64_t values_per_run(const Model& model) {
    const std::int64_t years = std::ssize(years_of(model.calendar));
    std::int64_t values = 0;
    for (const CompiledMeasure& measure : model.measures) values += width(model, measure) * (measure.form == Form::yearly ? 1 + years : 1);
    return values;
}

Results empty_results(const Model& model, std::int64_t runs, std::int64_t series_runs, const SeriesRows& series_rows) {
    Results results;
    results.calendar = model.calendar;
    results.headline = model.headline;
    results.runs = runs;
    results.series_runs = series_runs;
    results.series_rows = series_rows;
    const bool yearly = std::any_of(model.measures.begin(), model.measures.end(), [](const auto& m) { return m.form == Form::yearly; });
    if (yearly) results.years = years_of(model.calendar);
    for (std::size_t m = 0; m < model.measures.size(); ++m) {
        const CompiledMeasure& measure = model.measures[m];
        results.measures.push_back(info_of(model, measure));
        results.final_values.push_back(missing(runs * width(model, measure)));
        results.series.emplace_back(static_cast<std::size_t>(series_runs * model.calendar.moments() * series_width(model, m, series_rows)));
        results.yearly.push_back(missing(measure.form == Form::yearly ? runs * std::ssize(results.years) * width(model, measure) : 0));
    }
    for (const CompiledEvent& event : model.events) {
        results.event_names.push_back(event.name);
        results.event_kinds.push_back(model.tables[event.on].name);
        results.event_labels.push_back(event.label);
        results.event_kind_labels.push_back(model.tables[event.on].label);
        results.event_rows.push_back(row_names(model, event.on));
        results.event_cameo.push_back(event.cameo);
        results.event_goldstein.push_back(event.goldstein);
    }
    results.event_totals.assign(model.events.size(), 0);
    return results;
}

Recorder::Recorder(const Model& model, const Kernels& kernels, Results& results, std::vector<std::uint64_t>& hashes, bool log_events)
    : model_(model),
      kernels_(kernels),
      results_(results),
      hashes_(hashes),
      logs_events_(log_events),
      event_counts_(model.events.size() + results.events_by_year.size()),
      relations_(model, kernels, results),
      spatial_(model, results) {
    for (const ConditionedEvent& event : model.conditioned)
        for (const auto& [tick, row] : event.firings)
            if (log_events) on_record_.emplace(event.event.value, tick, row);
    has_yearly_ = std::any_of(model.measures.begin(), model.measures.end(), [](const auto& m) { return m.form == Form::yearly; });
}

bool Recorder::run(Batch& batch, std::int64_t first, std::int64_t runs, const Stretch& stretch) {
    first_ = first;
    runs_ = runs;
    begin_record(batch);
    held_lanes_ = std::clamp<std::int64_t>(results_.series_runs - first_, 0, runs_);
    held_.resize(model_.measures.size());
    for (std::size_t m = 0; m < held_.size(); ++m)
        if (held_lanes_ > 0 && is_held(model_, model_.measures[m]))
            held_[m].resize(static_cast<std::size_t>(most_held * width(model_, model_.measures[m]) * batch.lanes()));
    held_moments_ = 0;
    relations_.begin(batch, first, runs);
    spatial_.begin(first, runs);
    const std::size_t line = WorkDone::line_of_this_thread();
    const std::size_t logged = log_.size();
    const std::int64_t ticks = model_.calendar.ticks();
    if (stretch.from)
        take_up(stretch, batch);
    else if (held_lanes_ > 0)
        at_start(batch);
    relations_.take(batch, batch.next_tick());
    spatial_.take(batch, batch.next_tick());
    for (std::int64_t tick = batch.next_tick(), end = stretch.into ? stretch.into->tick : ticks; tick < end; ++tick) {
        if (stretch.abandon && *stretch.abandon && (*stretch.abandon)()) {
            log_.resize(logged);
            return false;
        }
        batch.tick();
        after_tick(batch, tick);
        if (stretch.work) stretch.work->add(line, runs);
        if (stretch.after_tick) (*stretch.after_tick)(batch, tick);
        relations_.take(batch, tick + 1);
        spatial_.take(batch, tick + 1);
        relations_.count(batch, tick);
        if (has_yearly_ && (tick + 1 == ticks || model_.calendar.year(tick + 1) != model_.calendar.year(tick))) end_of_year(batch, tick);
    }
    put_held();
    if (!stretch.into) {
        put_past_years(batch);
        batch.measure_over_time();
        at_end(batch);
    }
    note_failures(batch);
    count_events(batch, logged);
    if (stretch.into) take_lanes(*stretch.into, model_, batch, lanes_, first, runs);
    return true;
}

void Recorder::begin_record(const Batch& batch) {
    const auto lanes = static_cast<std::size_t>(batch.lanes());
    lanes_.hashes.assign(lanes, 0);
    lanes_.events.assign(model_.events.size() * lanes, 0);
    lanes_.past_years.clear();
    for (const CompiledMeasure& measure : model_.measures)
        for (std::size_t number = 0; measure.form == Form::yearly && number < measure.accumulators.size(); ++number)
            lanes_.past_years.emplace_back(batch.column(measure.accumulators[number].column).size(), measure.accumulators[number].initial);
}

void Recorder::take_up(const Stretch& stretch, Batch& batch) {
    const Snapshot& from = *stretch.from;
    put_lanes(from, model_, batch, lanes_, results_.first_run - from.first_run + first_, runs_, stretch.parameters);
    if (!logs_events_) return;
    const auto begin = std::ranges::lower_bound(from.log, number_of(0), {}, &LoggedEvent::run);
    log_.insert(log_.end(), begin, std::ranges::lower_bound(begin, from.log.end(), number_of(runs_), {}, &LoggedEvent::run));
}

void Recorder::hash(const Batch& batch, ColumnId column, double* copy) {
    const int lanes = batch.lanes();
    for (std::int64_t row = 0; row < model_.rows_of(column); ++row)
        kernels_.hash(lanes_.hashes.data(), batch.lanes_of(column, row).data(), lanes, copy ? copy + row * lanes : nullptr);
}

void Recorder::hold_moment(std::int64_t moment) {
    if (held_moments_ == most_held) put_held();
    if (held_moments_++ == 0) held_from_ = moment;
}

/// Where a measure's values at the moment in hand are held; null where they are not.
double* Recorder::room_for(std::size_t measure, int lanes) {
    if (held_lanes_ == 0 || !is_held(model_, model_.measures[measure])) return nullptr;
    return held_[measure].data() + (held_moments_ - 1) * width(model_, model_.measures[measure]) * lanes;
}

/// Series begin with the state before the first tick. It follows from what runs begin with, and is not hashed.
void Recorder::at_start(Batch& batch) {
    batch.measure_start();
    hold_moment(0);
    for (std::size_t m = 0; m < model_.measures.size(); ++m) {
        if (model_.measures[m].form != Form::series) continue;
        const auto values = batch.column(model_.measures[m].value);
        if (double* room = room_for(m, batch.lanes()))
            std::copy(values.begin(), values.end(), room);
        else
            put(m, 0, values.data(), 1);
    }
}

void Recorder::after_tick(const Batch& batch, std::int64_t tick) {
    hold_moment(tick + 1);
    for (std::size_t m = 0; m < model_.measures.size(); ++m) {
        const CompiledMeasure& measure = model_.measures[m];
        if (measure.form != Form::series) continue;
        double* room = room_for(m, batch.lanes());
        hash(batch, measure.value, room);
        if (held_lanes_ > 0 && !room) put(m, tick + 1, batch.column(measure.value).data(), 1);
        if (tick + 1 == model_.calendar.ticks()) put_lanes_of(batch, measure.value, results_.final_values[m], width(model_, measure), 0);
    }
    for (const EventId event : model_.events.ids()) {
        double* totals = lanes_.events.data() + event.value * static_cast<std::ptrdiff_t>(batch.lanes());
        const ColumnId count = model_.events[event].count;
        const auto add_row = [&](std::int64_t row) { kernels_.add(totals, batch.lanes_of(count, row).data(), batch.lanes()); };
        if (const auto& possible = model_.events[event].possible_rows)
            std::for_each(possible->begin(), possible->end(), add_row);
        else if (batch.lanes() == 1)
            for (const double times : batch.column(count)) *totals += times;
        else
            for (std::int64_t row = 0; row < model_.rows_of(count); ++row) add_row(row);
    }
    if (logs_events_) log_events(batch, tick);
}

/// Values of so many moments from `moment` on, [moment][row][lane], go to the results of their runs.
void Recorder::put(std::size_t measure, std::int64_t moment, const double* values, std::int64_t moments) {
    const std::int64_t rows = width(model_, model_.measures[measure]);
    const std::int64_t all = model_.calendar.moments();
    const auto lanes = static_cast<std::ptrdiff_t>(lanes_.hashes.size());
    if (!results_.series_rows.empty()) {
        for (std::int64_t one = 0; one < moments; ++one) put_rows(measure, moment + one, values + one * rows * lanes);
        return;
    }
    double* to = results_.series[measure].data() + (first_ * all + moment) * rows;
    if (lanes == 1)
        std::copy_n(values, moments * rows, to);
    else
        kernels_.transpose(to, all * rows, values, lanes, moments * rows, static_cast<int>(held_lanes_));
}

/// The same of one moment, and of those rows alone of which series are kept.
void Recorder::put_rows(std::size_t measure, std::int64_t moment, const double* values) {
    const std::vector<std::int64_t>& rows = results_.series_rows[measure];
    const std::int64_t all = model_.calendar.moments();
    const auto lanes = static_cast<std::ptrdiff_t>(lanes_.hashes.size());
    for (std::int64_t kept = 0; kept < std::ssize(rows); ++kept)
        for (std::int64_t lane = 0; lane < held_lanes_; ++lane)
            results_.series[measure][static_cast<std::size_t>(((first_ + lane) * all + moment) * std::ssize(rows) + kept)] = values[rows[static_cast<std::size_t>(kept)] * lanes + lane];
}

/// What a column holds goes to the place of each run in `values`, of which a run has `each`, at `at`.
void Recorder::put_lanes_of(const Batch& batch, ColumnId column, std::vector<double>& values, std::int64_t each, std::int64_t at) const {
    const std::int64_t rows = model_.rows_of(column);
    if (rows == 0) return;
    double* to = values.data() + first_ * each + at;
    const double* from = batch.column(column).data();
    if (batch.lanes() == 1)
        std::copy_n(from, rows, to);
    else
        kernels_.transpose(to, each, from, batch.lanes(), rows, static_cast<int>(runs_));
}

void Recorder::put_held() {
    for (std::size_t m = 0; m < model_.measures.size(); ++m)
        if (held_lanes_ > 0 && held_moments_ > 0 && is_held(model_, model_.measures[m])) put(m, held_from_, held_[m].data(), held_moments_);
    held_moments_ = 0;
}

/// The year's values are taken, what was accumulated goes to that of past years, and is reset.
void Recorder::end_of_year(Batch& batch, std::int64_t tick) {
    batch.measure_over_time();
    const auto years = std::ssize(results_.years);
    const auto year = std::find(results_.years.begin(), results_.years.end(), model_.calendar.year(tick)) - results_.years.begin();
    auto past = lanes_.past_years.begin();
    for (std::size_t m = 0; m < model_.measures.size(); ++m) {
        const CompiledMeasure& measure = model_.measures[m];
        if (measure.form != Form::yearly) continue;
        const std::int64_t rows = width(model_, measure);
        hash(batch, measure.value);
        put_lanes_of(batch, measure.value, results_.yearly[m], years * rows, year * rows);
        for (const Accumulator& accumulator : measure.accumulators) {
            const auto now = batch.column(accumulator.column);
            std::ranges::transform(*past, now, past->begin(), [&](double before, double of_year) { return joined(accumulator.over_time, before, of_year); });
            ++past;
        }
        batch.restart(measure);
    }
}

/// Over the whole run a yearly measure is what it would be without `per: year`.
void Recorder::put_past_years(Batch& batch) const {
    auto past = lanes_.past_years.begin();
    for (const CompiledMeasure& measure : model_.measures)
        for (std::size_t number = 0; measure.form == Form::yearly && number < measure.accumulators.size(); ++number)
            std::ranges::copy(*past++, batch.values(measure.accumulators[number].column).begin());
}

void Recorder::at_end(const Batch& batch) {
    for (std::size_t m = 0; m < model_.measures.size(); ++m) {
        const Form form = model_.measures[m].form;
        if (form == Form::series) continue;
        if (form != Form::yearly) hash(batch, model_.measures[m].value);  // whose years were
        const std::int64_t rows = width(model_, model_.measures[m]);
        put_lanes_of(batch, model_.measures[m].value, results_.final_values[m], rows, 0);
        if (form != Form::date) continue;
        const auto dates = std::span(results_.final_values[m]).subspan(static_cast<std::size_t>(first_ * rows), static_cast<std::size_t>(runs_ * rows));
        std::ranges::replace_if(dates, [](double date) { return date < 0; }, Results::missing);
    }
    for (const auto& fields : model_.field_columns)
        for (const ColumnId column : fields) hash(batch, column);
    std::copy_n(lanes_.hashes.begin(), runs_, hashes_.begin() + first_);
}

void Recorder::log_events(const Batch& batch, std::int64_t tick) {
    const auto by_timeline = fired_by_timeline(tick);
    for (const EventId event : model_.events.ids()) {
        const CompiledEvent& compiled = model_.events[event];
        for (std::int64_t row = 0; row < model_.rows_of(compiled.count); ++row) {
            const auto counts = batch.lanes_of(compiled.count, row);
            const auto fired = by_timeline.find({event.value, row});
            const double of_timeline = fired == by_timeline.end() ? 0 : fired->second;
            for (std::int64_t lane = 0; lane < runs_; ++lane) {
                const auto at = static_cast<std::size_t>(lane);
                if (counts[at] == 0) continue;
                LoggedEvent one{number_of(lane), tick, event.value, static_cast<int>(row), of_timeline, EventCause::timeline};
                if (of_timeline > 0) log_.push_back(one);
                one.count = counts[at] - of_timeline;
                one.cause = on_record_.contains({event.value, tick, row}) ? EventCause::conditioned : EventCause::drawn;
                if (compiled.chance.is_given()) one.chance = batch.lanes_of(compiled.chance, row)[at];
                if (one.count > 0) log_.push_back(one);
            }
        }
    }
}

/// How often, by event and row.
std::map<std::pair<int, std::int64_t>, double> Recorder::fired_by_timeline(std::int64_t tick) const {
    std::map<std::pair<int, std::int64_t>, double> fired;
    for (const TimelineFiring& one : std::ranges::equal_range(model_.timeline_firings, tick, {}, &TimelineFiring::tick))
        fired[{one.event.value, one.row}] = static_cast<double>(one.count);
    return fired;
}

/// What a run that failed at `tick` had shown by the end of the tick before it counts: dates, series so far, years that were over. The rest
/// is missing, whatever the lane went on to hold.
void Recorder::clear_run(std::int64_t run, std::int64_t tick) {
    const auto r = static_cast<std::size_t>(run);
    hashes_[r] = 0;
    const auto moments_known = static_cast<std::size_t>(std::max<std::int64_t>(tick + 1, 0));
    const auto years_over = tick < 0 ? 0 : std::ranges::lower_bound(results_.years, model_.calendar.year(tick)) - results_.years.begin();
    for (std::size_t m = 0; m < model_.measures.size(); ++m) {
        const auto rows = static_cast<std::size_t>(width(model_, model_.measures[m]));
        const bool is_date = model_.measures[m].form == Form::date;
        for (double& value : std::span(results_.final_values[m]).subspan(r * rows, rows))
            if (!is_date || !(value < static_cast<double>(tick))) value = Results::missing;
        const auto clear_slice = [&](auto& values, std::size_t size, std::size_t kept) {
            if (values.size() >= (r + 1) * size)
                std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(r * size + kept), size - kept, Results::missing);
        };
        const std::size_t kept_rows = results_.series_width(m);
        clear_slice(results_.series[m], static_cast<std::size_t>(model_.calendar.moments()) * kept_rows, moments_known * kept_rows);
        if (!results_.yearly[m].empty()) clear_slice(results_.yearly[m], results_.years.size() * rows, static_cast<std::size_t>(years_over) * rows);
    }
}

void Recorder::note_failures(const Batch& batch) {
    for (const LaneFailure& failure : batch.failures()) {
        if (failure.lane >= runs_) continue;
        const std::int64_t run = number_of(failure.lane);
        const std::string when =
            failure.tick < 0 ? "before the first tick" : (model_.calendar.is_dated() ? "on " : "in ") + model_.calendar.label(failure.tick);
        const std::string values = failure.operands.empty() ? "" : fmt::format(" ({})", failure.operands);
        const std::string message =
            fmt::format("stopped {} in '{}' on {}: `{}` {}{}", when, failure.step, failure.row, failure.statement, failure.what, values);
        failures_.push_back({run, failure.tick, failure.step, failure.statement, failure.row, message});
        clear_run(first_ + failure.lane, failure.tick);
    }
}

/// Of a failed run no event is counted, and those are logged that came before the tick in which it failed.
void Recorder::count_events(const Batch& batch, std::size_t logged) {
    for (std::size_t e = 0; e < model_.events.size(); ++e)
        for (int lane = 0; lane < runs_; ++lane)
            if (!batch.failed(lane))
                event_counts_[e] += lanes_.events[e * static_cast<std::size_t>(batch.lanes()) + static_cast<std::size_t>(lane)];
    relations_.add_counts(batch, std::span(event_counts_).subspan(model_.events.size()));
    for (const LaneFailure& failure : batch.failures()) {
        const std::int64_t run = number_of(failure.lane);
        const auto void_event = [&](const LoggedEvent& event) { return event.run == run && event.tick >= failure.tick; };
        log_.erase(std::remove_if(log_.begin() + static_cast<std::ptrdiff_t>(logged), log_.end(), void_event), log_.end());
    }
}

}  // namespace entente
