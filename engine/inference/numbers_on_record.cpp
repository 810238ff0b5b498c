// What `observed` says of numbers, as filters weigh it.

#include <algorithm>

#include <entente/inference/filter.hpp>
#include <entente/inference/record_items.hpp>

namespace entente {
namespace {

using Form = CompiledMeasure::Form;

/// The tick at whose end a number of that day is weighed: at the moment nearest to it, and of a year its last one in the calendar; nothing where there is
/// none before `until`.
std::optional<std::int64_t> tick_of(const Model& model, const CompiledMeasure& measure, Day day, std::int64_t until) {
    if (measure.form == Form::series) {
        const auto moment = moment_in_calendar(model.calendar, day);  // which is the end of the tick before
        return moment && *moment > 0 && *moment <= until ? std::optional(*moment - 1) : std::nullopt;
    }
    const int year = static_cast<int>(std::chrono::year_month_day(day).year());
    for (std::int64_t tick = model.calendar.ticks() - 1; tick >= 0; --tick) {
        if (model.calendar.year(tick) != year) continue;
        return tick < until ? std::optional(tick) : std::nullopt;
    }
    return std::nullopt;
}

/// The number of a row that is named by its agent, or by the ends of its link; no_row where there is no such link.
std::int64_t row_of(const Model& model, const CompiledMeasure& measure, const std::vector<int>& row) {
    const Table& table = model.tables[measure.on];
    return table.is_link ? table.between(row[0], row[1]) : row[0];
}

}  // namespace

std::vector<NumberOnRecord> numbers_on_record(const Scenario& scenario, const Model& model, std::int64_t until) {
    std::vector<NumberOnRecord> numbers;
    for (const Observed& observed : scenario.observed) {
        const auto found = std::ranges::find(model.measures, observed.measure, &CompiledMeasure::name);
        const double sd = observed.sd.value_or(0);
        if (found == model.measures.end() || !(sd > 0 || observed.seen)) continue;
        if (found->form != Form::series && found->form != Form::yearly) continue;
        const ParameterId by = observed.seen ? observed.seen->parameter : ParameterId{};
        const double seen = !observed.seen ? 1 : by.is_given() ? model.parameter_values[static_cast<std::size_t>(by.value)] : observed.seen->share;
        const auto add = [&](Day day, std::int64_t row, double value) {
            if (const auto tick = tick_of(model, *found, day, until); tick && row >= 0)
                numbers.push_back({static_cast<std::size_t>(found - model.measures.begin()), row, *tick, value, sd, seen, by});
        };
        for (const auto& [day, value] : observed.series) add(day, 0, value);
        for (const Observed::OfRow& of_row : observed.rows)
            if (of_row.date && of_row.value) add(*of_row.date, row_of(model, *found, of_row.row), *of_row.value);
    }
    std::ranges::stable_sort(numbers, {}, &NumberOnRecord::tick);
    return numbers;
}

}  // namespace entente
