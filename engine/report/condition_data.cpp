#include <entente/report/condition_data.hpp>

#include <fmt/format.h>

namespace entente {
namespace {

page::Moment end_moment(const Calendar& calendar, std::int64_t tick) {
    return page::moment_at(calendar, static_cast<double>(tick));
}

std::vector<page::ObservedData> observed_of(const Scenario& scenario, const std::string& measure) {
    std::vector<page::ObservedData> all;
    for (const Observed& one : scenario.observed)
        if (one.measure == measure)
            for (const auto& [day, value] : one.series) {
                const page::Moment moment{iso(day)};
                all.push_back({.from = moment, .to = moment, .value = value, .sd = one.sd ? page::Number(*one.sd) : page::Number(), .source = one.remarks.source});
            }
    return all;
}

}  // namespace

page::EnsembleData condition_data(const Scenario& scenario, const ConditionSummary& summary) {
    page::EnsembleData data;
    for (const FilterMoment& moment : summary.moments) data.times.push_back(end_moment(summary.calendar, moment.tick));
    for (const FilteredMeasure& measure : summary.measures) {
        page::SeriesData series;
        series.name = measure.called();
        series.about = measure.label.empty() ? measure.about : measure.label;
        series.unit = measure.unit;
        for (const FilteredValue& value : measure.values) {
            series.mean.emplace_back(value.mean);
            series.q05.emplace_back(value.low);
            series.q25.emplace_back(value.lower);
            series.q50.emplace_back(value.median);
            series.q75.emplace_back(value.upper);
            series.q95.emplace_back(value.high);
        }
        series.observed = observed_of(scenario, measure.name);
        data.series.push_back(std::move(series));
    }
    page::SeriesData effective;
    effective.name = "runs that count";
    effective.about = fmt::format("Effective number of {} runs by their weights, before they are drawn again", summary.particles);
    effective.unit = "runs";
    for (const FilterMoment& moment : summary.moments) effective.q50.emplace_back(moment.effective);
    data.series.push_back(std::move(effective));
    data.no_events = "Events on record happened in every run; record.csv tells the chance that each had.";
    data.no_network = "A pass through the record keeps no relations.";
    return data;
}

}  // namespace entente
