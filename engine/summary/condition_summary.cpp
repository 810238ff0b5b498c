#include <entente/summary/condition_summary.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/model/topology.hpp>

namespace entente {
namespace {

RecordTold told_of(const ChanceOfRecord& chance, const Model& model, const std::vector<NumberOnRecord>& numbers) {
    RecordTold told{.tick = chance.tick, .what = chance.what, .name = {}, .row = {}, .ticks = chance.ticks, .log_chance = chance.log_chance};
    if (chance.what == ChanceOfRecord::What::number) {
        const NumberOnRecord& number = numbers[chance.number];
        const CompiledMeasure& measure = model.measures[number.measure];
        told.name = measure.name;
        told.value = number.value;
        if (measure.is_by_row()) told.row = row_label(model.tables, measure.on, number.row);
        return told;
    }
    const ConditionedEvent& event = model.conditioned[chance.number];
    told.name = model.events[event.event].label.empty() ? model.events[event.event].name : model.events[event.event].label;
    if (chance.what == ChanceOfRecord::What::event) told.row = row_label(model.tables, event.on, chance.row);
    return told;
}

}  // namespace

std::string end_label(const Calendar& calendar, std::int64_t tick) {
    return calendar.is_dated() ? iso(calendar.first_day(tick + 1) - std::chrono::days{1}) : calendar.label(tick);
}

std::string RecordTold::told() const {
    switch (what) {
        case ChanceOfRecord::What::event:
            return fmt::format("{} on {}", name, row);
        case ChanceOfRecord::What::silence:
            return fmt::format("no other {} in {}", name, counted(ticks, "tick"));
        case ChanceOfRecord::What::number:
            return fmt::format("{}{} = {}", name, row.empty() ? "" : " of " + row, readable(value));
    }
    return name;
}

std::string ConditionSummary::last_label() const {
    return end_label(calendar, until - 1);
}

std::int64_t ConditionSummary::redraws() const {
    return std::ranges::count(moments, true, &FilterMoment::redrawn);
}

const FilterMoment& ConditionSummary::least_effective() const {
    return *std::ranges::min_element(moments, {}, &FilterMoment::effective);
}

std::vector<RecordTold> ConditionSummary::surprising(std::size_t most) const {
    std::vector<RecordTold> all;
    std::ranges::copy_if(record, std::back_inserter(all), [](const RecordTold& one) { return one.what == ChanceOfRecord::What::event; });
    std::ranges::stable_sort(all, {}, &RecordTold::log_chance);
    if (all.size() > most) all.resize(most);
    return all;
}

std::vector<RecordShare> ConditionSummary::shares() const {
    std::vector<RecordShare> all;
    for (const RecordTold& one : record) {
        const bool is_number = one.what == ChanceOfRecord::What::number;
        auto found = std::ranges::find_if(all, [&](const RecordShare& share) { return share.name == one.name && share.is_number == is_number; });
        if (found == all.end()) found = all.insert(all.end(), {.name = one.name, .is_number = is_number});
        const bool is_silence = one.what == ChanceOfRecord::What::silence;
        if (!is_silence) ++found->count;
        (is_silence ? found->log_silence : found->log_chance) += one.log_chance;
    }
    return all;
}

ConditionSummary summarise_condition(const ParticleFilters& filters, const Model& model, const std::vector<NumberOnRecord>& numbers, const FilterPlan& plan) {
    ConditionSummary summary;
    summary.calendar = model.calendar;
    summary.until = filters.tick();
    summary.particles = plan.particles;
    summary.log_likelihood = filters.log_likelihood(0);
    summary.standard_error = filters.standard_error(0);
    summary.moments = filters.moments(0);
    for (const ChanceOfRecord& chance : filters.chances()) {
        const bool says_nothing = chance.what == ChanceOfRecord::What::silence && chance.log_chance == 0;
        if (!says_nothing) summary.record.push_back(told_of(chance, model, numbers));
    }
    std::size_t series = 0;
    for (const CompiledMeasure& measure : model.measures)
        if (measure.form == CompiledMeasure::Form::series && !measure.is_by_row())
            summary.measures.push_back({measure.name, measure.about, measure.unit, measure.label, filters.values()[series++]});
    for (const std::size_t measure : model.headline) summary.headline.push_back(model.measures[measure].name);
    summary.failures = filters.failures();
    summary.digest = filters.digest();
    return summary;
}

std::string no_run_left(const ConditionSummary& summary) {
    const auto cause = std::ranges::find_if(summary.record, [](const RecordTold& one) { return std::isinf(one.log_chance); });
    const std::string when = end_label(summary.calendar, summary.moments.back().tick);
    if (cause == summary.record.end())
        return fmt::format("what is on record up to {} has no chance together in any of {}", when, counted(summary.particles, "run"));
    return fmt::format("{}, on record by {}, has no chance in any of {}", cause->told(), end_label(summary.calendar, cause->tick), counted(summary.particles, "run"));
}

}  // namespace entente
