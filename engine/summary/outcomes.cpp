#include <entente/summary/outcomes.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/study/arrival_values.hpp>

namespace entente {

namespace {

std::string measure_of(const Outcome& outcome, const Results& layout, const std::vector<ValueColumn>& columns) {
    return layout.measures[columns[outcome.column].measure].name;
}

}  // namespace

std::vector<std::string> measures_by_row(const Results& layout) {
    std::vector<std::string> names;
    for (const MeasureInfo& measure : layout.measures)
        if (measure.form == MeasureInfo::Form::panel) names.push_back(measure.name);
    return names;
}

std::string by_row_text(const Results& layout) {
    const auto names = measures_by_row(layout);
    if (names.empty()) return {};
    const auto first = std::ranges::find(layout.measures, MeasureInfo::Form::panel, &MeasureInfo::form);
    return fmt::format("Measured on each row, and so not an outcome: {}. An outcome is one number per run, such as mean(k.x for k in {}).",
                       listed(names, 40), first->kind);
}

std::vector<Outcome> outcomes(const Results& layout) {
    std::vector<Outcome> found;
    const auto columns = value_columns(layout);
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const MeasureInfo& measure = layout.measures[columns[column].measure];
        if (measure.form == MeasureInfo::Form::date) {
            found.push_back({measure.name + "_years", "years", measure.about, column, Outcome::Rule::years});
            found.push_back({measure.name + "_came", "probability", measure.about, column, Outcome::Rule::came});
        } else {
            found.push_back({columns[column].name, measure.unit, measure.about, column, Outcome::Rule::value, columns[column].year >= 0});
        }
    }
    return found;
}

std::vector<Outcome> chosen_outcomes(const Results& layout, const std::vector<std::string>& names) {
    const auto all = outcomes(layout);
    const auto columns = value_columns(layout);
    std::vector<Outcome> chosen;
    if (names.empty()) {
        std::ranges::copy_if(all, std::back_inserter(chosen), [](const Outcome& one) { return !one.is_year; });
        return chosen;
    }
    for (const auto& name : names) {
        const auto before = chosen.size();
        for (const Outcome& one : all)
            if (one.name == name || (!one.is_year && measure_of(one, layout, columns) == name)) chosen.push_back(one);
        if (chosen.size() > before) continue;
        const auto by_row = measures_by_row(layout);
        if (std::ranges::find(by_row, name) != by_row.end())
            throw Error(fmt::format("'{}' is measured on each row, and is not an outcome", name), "measure one number per run, such as mean(k.x for k in kind)");
        std::vector<std::string> known;
        for (const Outcome& one : all) {
            if (const auto measure = measure_of(one, layout, columns); std::ranges::find(known, measure) == known.end()) known.push_back(measure);
            if (std::ranges::find(known, one.name) == known.end()) known.push_back(one.name);
        }
        throw Error(fmt::format("no measure is called '{}'", name), did_you_mean(name, known, "the measures are " + listed(known, 40)));
    }
    return chosen;
}

std::string rule_text(const Outcome& outcome, const Calendar& calendar) {
    switch (outcome.rule) {
        case Outcome::Rule::years:
            return fmt::format("years to the date, at most {}, the whole calendar", readable(calendar.years_since_start(calendar.ticks())));
        case Outcome::Rule::came:
            return "1 where the date came, 0 where it did not";
        case Outcome::Rule::value:
            break;
    }
    return "";
}

std::vector<double> by_rule(const Outcome& outcome, const Calendar& calendar, std::vector<double> column, std::span<const double> watched,
                            std::size_t together) {
    if (outcome.rule == Outcome::Rule::value) return column;
    const double horizon = calendar.years_since_start(calendar.ticks());
    for (std::size_t first = 0; first < column.size(); first += together) {
        std::vector<Arrival> arrivals;
        for (std::size_t run = first; run < std::min(first + together, column.size()); ++run) {
            const bool came = !std::isnan(column[run]);
            const double tick = came ? column[run] : watched[run];
            arrivals.push_back({std::isnan(tick) ? tick : calendar.years_since_start(static_cast<std::int64_t>(tick)), came});
        }
        const auto values = outcome.rule == Outcome::Rule::came ? came_by(arrivals, horizon) : restricted_times(arrivals, horizon);
        std::ranges::copy(values, column.begin() + static_cast<std::ptrdiff_t>(first));
    }
    return column;
}

std::vector<double> outcome_values(const StudyValues& values, const Outcome& outcome, int alternative, std::int64_t first, std::int64_t end) {
    const std::int64_t before = (alternative * values.points() + first) * values.replicates();
    return by_rule(outcome, values.layout().calendar, values.column(outcome.column, alternative, first, end),
                   values.watched(before, before + (end - first) * values.replicates()), static_cast<std::size_t>(values.replicates()));
}

}  // namespace entente
