#include <entente/inference/score_plan.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/inference/record_items.hpp>

namespace entente {
namespace {

constexpr std::chrono::days one_day{1};

Day day_of(const std::string& text, std::string_view option) {
    const auto day = parse_date(text);
    if (!day)
        throw Error(fmt::format("{} takes a date, not '{}'{}", option, text, date_fault(text).empty() ? "" : ": " + date_fault(text)),
                    fmt::format("as in {} 2024-01-01", option));
    return *day;
}

std::int64_t number_of(const std::string& text, std::string_view option) {
    std::int64_t number = -1;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || number < 0)
        throw Error(fmt::format("{} takes a tick, not '{}': the calendar has no dates", option, text), fmt::format("as in {} 12", option));
    return number;
}

/// The first moment whose day is not before `day`; one beyond the last where there is none.
std::int64_t first_moment_from(const Calendar& calendar, Day day) {
    std::int64_t low = 0;
    std::int64_t high = calendar.moments();
    while (low < high) {
        const std::int64_t middle = (low + high) / 2;
        (calendar.first_day(middle) < day ? low : high) = calendar.first_day(middle) < day ? middle + 1 : middle;
    }
    return low;
}

std::string calendar_told(const Calendar& calendar) {
    return fmt::format("the calendar runs from {} to {}", calendar.label(0),
                       calendar.is_dated() ? iso(calendar.first_day(calendar.ticks()) - one_day) : calendar.label(calendar.ticks() - 1));
}

/// Adds measures that the scenario lacks, each once.
class MeasureMaker {
public:
    explicit MeasureMaker(Scenario& scenario) : scenario_(scenario) {
        for (const Measure& measure : scenario.measures) taken_.insert(measure.name);
    }

    /// The name of a measure of that expression.
    std::string named(const std::string& wish, KindId on, const std::string& expression, const Place& place) {
        const auto [known, is_new] = made_.try_emplace({on.value, expression}, "");
        if (!is_new) return known->second;
        std::string name = wish;
        for (int n = 2; !taken_.insert(name).second; ++n) name = fmt::format("{}_{}", wish, n);
        add(name, on, expression, place);
        return known->second = name;
    }

private:
    void add(const std::string& name, KindId on, const std::string& expression, const Place& place) {
        Measure measure;
        measure.name = name;
        measure.place = place;
        measure.on = on;
        measure.value.text = {expression, place, {}};
        Context context;
        context.schema = &scenario_.schema;
        context.on = on;
        context.where = "a measure";
        context.draws_allowed = false;
        context.over_time_allowed = true;
        Problems problems;
        measure.value.tree = read_expression(measure.value.text, context, problems);
        if (!measure.value.tree)
            throw Error(fmt::format("'{}' can't be scored: {}", name, problems.sorted().front().what), problems.sorted().front().help);
        scenario_.measures.push_back(std::move(measure));
    }

    Scenario& scenario_;
    std::set<std::string> taken_;
    std::map<std::pair<int, std::string>, std::string> made_;
};

bool has_over_time(const Expr& expr) {
    return expr.kind == Expr::Kind::over_time || std::ranges::any_of(expr.args, [](const ExprPtr& arg) { return has_over_time(*arg); });
}

class Planner {
public:
    Planner(Scenario scenario, std::vector<ScoreSpan> spans) : plan_{std::move(scenario), std::move(spans), {}}, maker_(plan_.scenario) {}

    ScorePlan plan() {
        for (std::size_t span = 0; span < plan_.spans.size(); ++span) {
            for (std::size_t i = 0; i < plan_.scenario.observed.size(); ++i) add_observed(i, span);
            for (std::size_t i = 0; i < plan_.scenario.record.size(); ++i) add_events(i, span);
        }
        return std::move(plan_);
    }

private:
    void add_observed(std::size_t number, std::size_t span) {
        const Observed& observed = plan_.scenario.observed[number];
        const auto measure = std::ranges::find(plan_.scenario.measures, observed.measure, &Measure::name);
        if (measure == plan_.scenario.measures.end()) return;
        const auto add = [&](ScoreTarget::Form form) { plan_.targets.push_back({form, number, span, observed.measure, 0, ""}); };
        const bool has_dates = observed.came || std::ranges::any_of(observed.rows, [](const auto& row) { return row.came.has_value(); });
        if (has_dates) return add(ScoreTarget::Form::date);
        const bool is_single = observed.value || std::ranges::any_of(observed.rows, [](const auto& row) { return row.value && !row.date; });
        if (!is_single && measure->per == Measure::Per::year) return add(ScoreTarget::Form::year);
        if (is_single) {
            if (plan_.spans[span].until == plan_.scenario.calendar.ticks()) add(ScoreTarget::Form::value);
        } else if (!has_over_time(*measure->value.tree)) {
            add_moments(number, span, *measure);
        }
    }

    /// A measure for each moment at which a value is on record.
    void add_moments(std::size_t number, std::size_t span, Measure measure) {
        const auto& [since, until] = plan_.spans[span];
        std::set<std::int64_t> moments;
        const auto note = [&](Day day) {
            const std::int64_t moment = moment_in_calendar(plan_.scenario.calendar, day).value_or(-1);
            if (moment > since && moment <= until) moments.insert(moment);
        };
        const Observed& observed = plan_.scenario.observed[number];
        for (const auto& [day, value] : observed.series) note(day);
        for (const auto& row : observed.rows)
            if (row.date) note(*row.date);
        for (const std::int64_t moment : moments) {
            const std::string expression = fmt::format("total(({}) if tick == {} else 0)", measure.value.text.value, moment - 1);
            const std::string name = maker_.named(fmt::format("{}_at_{}", measure.name, moment), measure.on, expression, measure.place);
            plan_.targets.push_back({ScoreTarget::Form::moment, number, span, name, moment, ""});
        }
    }

    void add_events(std::size_t number, std::size_t span) {
        const EventRecord& record = plan_.scenario.record[number];
        const auto& [since, until] = plan_.spans[span];
        if (record.first_tick >= until || record.last_tick < since) return;
        const Step& step = plan_.scenario.steps[static_cast<std::size_t>(record.step)];
        const std::int64_t from = std::max(since, record.first_tick);
        ScoreTarget target{ScoreTarget::Form::event, number, span, "", from, ""};
        target.measure = maker_.named(fmt::format("{}_from_{}", step.name, from), step.on,
                                      fmt::format("first({} > 0 and tick >= {})", step.name, from), record.place);
        if (record.where)
            target.complete_rows = maker_.named(fmt::format("{}_on_record", step.name), step.on,
                                                fmt::format("first(({}) != 0)", record.where->text.value), record.where->text.place);
        plan_.targets.push_back(std::move(target));
    }

    ScorePlan plan_;
    MeasureMaker maker_;
};

}  // namespace

std::int64_t moment_since(const Calendar& calendar, const std::string& text) {
    const std::int64_t moment = calendar.is_dated() ? first_moment_from(calendar, day_of(text, "--since")) : number_of(text, "--since");
    if (moment >= calendar.ticks())
        throw Error(fmt::format("nothing can be scored since {}: the calendar is over", text), calendar_told(calendar));
    return moment;
}

std::int64_t moment_until(const Calendar& calendar, const std::string& text) {
    const std::int64_t moment = calendar.is_dated() ? first_moment_from(calendar, day_of(text, "--until") + one_day + one_day) - 1
                                                    : std::min(number_of(text, "--until") + 1, calendar.ticks());
    if (moment < 1) throw Error(fmt::format("no tick has ended by {}", text), calendar_told(calendar));
    return moment;
}

std::int64_t moment_fitted_to(const Scenario& scenario) {
    std::int64_t moment = 0;
    for (const Parameter& parameter : scenario.parameters)
        if (parameter.fitted_to && scenario.calendar.is_dated()) moment = std::max(moment, first_moment_from(scenario.calendar, *parameter.fitted_to + one_day));
    return moment < scenario.calendar.ticks() ? moment : 0;
}

std::vector<ScoreSpan> rolling_years(const Calendar& calendar, const ScoreSpan& all) {
    std::vector<ScoreSpan> spans{{all.since, all.until}};
    const auto ticks_a_year = std::max<std::int64_t>(1, static_cast<std::int64_t>(1 / calendar.dt()));
    const auto begins_year = [&](std::int64_t moment) {
        return calendar.is_dated() ? calendar.year(moment) != calendar.year(moment - 1) : (moment - all.since) % ticks_a_year == 0;
    };
    for (std::int64_t moment = all.since + 1; moment < all.until; ++moment) {
        if (!begins_year(moment)) continue;
        spans.back().until = moment;
        spans.push_back({moment, all.until});
    }
    return spans;
}

ScorePlan score_plan(Scenario scenario, std::vector<ScoreSpan> spans) {
    return Planner(std::move(scenario), std::move(spans)).plan();
}

}  // namespace entente
