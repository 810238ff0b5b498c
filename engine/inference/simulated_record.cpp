#include <entente/inference/simulated_record.hpp>

#include <algorithm>
#include <cmath>

#include <entente/base/elementary.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/study/keyed_draws.hpp>

namespace entente {
namespace {

bool is_once_a_tick(Step::Form form) {
    return form != Step::Form::count;
}

/// The row as records name it.
std::vector<int> named_row(const Table& table, std::int64_t row) {
    const auto r = static_cast<std::size_t>(row);
    if (table.is_link) return {static_cast<int>(table.source[r]), static_cast<int>(table.target[r])};
    return {static_cast<int>(row)};
}

/// What is recorded of a run's number.
double recorded(const NumberOnRecord& number, double x, KeyedDraws& draws) {
    if (number.sd > 0) return number.seen * x + number.sd * normal_quantile(open_uniform(unit_uniform(draws.bits())));
    double seen = 0;
    for (double n = 0; n < x; ++n) seen += unit_uniform(draws.bits()) < number.seen ? 1 : 0;
    return seen;
}

}  // namespace

SimulatedRecord simulated_record(const Scenario& scenario, const Model& model, const std::vector<NumberOnRecord>& numbers,
                                 const std::vector<std::vector<double>>& parameters, std::uint64_t seed, std::int64_t until) {
    SimulatedRecord made{scenario, numbers, false};
    for (EventRecord& record : made.scenario.record) record.firings.clear();
    Batch batch(model, 1, choose_kernels(""));
    const std::uint64_t run = 0;
    batch.begin(seed, std::span(&run, 1), parameters);
    KeyedDraws draws(seed, purpose::recording);
    for (std::int64_t tick = 0; tick < until; ++tick) {
        batch.tick();
        for (EventRecord& record : made.scenario.record) {
            if (tick < record.first_tick || tick > record.last_tick) continue;
            const Step& step = scenario.steps[static_cast<std::size_t>(record.step)];
            const CompiledEvent& event = model.events[step.event];
            const auto counts = batch.column(event.count);
            for (std::int64_t row = 0; row < model.rows_of(event.count); ++row) {
                const auto count = static_cast<std::int64_t>(counts[static_cast<std::size_t>(row)]);
                if (count > 0)
                    record.firings.push_back(
                        {named_row(model.tables[step.on], row), tick, is_once_a_tick(step.form) ? 1 : count, record.place});
            }
        }
        const bool year_ends = tick + 1 == model.calendar.ticks() || model.calendar.year(tick + 1) != model.calendar.year(tick);
        if (year_ends) batch.measure_over_time();
        for (NumberOnRecord& number : made.numbers) {
            if (number.tick != tick) continue;
            const auto by = static_cast<std::size_t>(number.seen_by.value);
            if (number.seen_by.is_given() && by < parameters.size() && !parameters[by].empty()) number.seen = parameters[by].front();
            number.value =
                recorded(number, batch.column(model.measures[number.measure].value)[static_cast<std::size_t>(number.row)], draws);
        }
        for (std::size_t m = 0; year_ends && m < model.measures.size(); ++m)
            if (model.measures[m].form == CompiledMeasure::Form::yearly) batch.restart(model.measures[m]);
    }
    made.failed = batch.failed(0);
    return made;
}

}  // namespace entente
