#include <entente/output/condition_json.hpp>

#include <nlohmann/json.hpp>

#include <entente/output/headline_json.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

std::string condition_json(const ConditionSummary& summary, const RunRecord& record, const std::string& snapshot) {
    using Ordered = nlohmann::ordered_json;
    Ordered moments = Ordered::array();
    for (const FilterMoment& moment : summary.moments)
        moments.push_back({{"time", end_label(summary.calendar, moment.tick)}, {"log_likelihood", moment.log_likelihood}, {"effective_runs", moment.effective}, {"redrawn", moment.redrawn}});
    Ordered on_record = Ordered::array();
    for (const RecordTold& one : summary.record) {
        Ordered item = {{"time", end_label(summary.calendar, one.tick)}, {"what", one.told()}, {"name", one.name}};
        if (!one.row.empty()) item["row"] = one.row;
        if (one.what == ChanceOfRecord::What::number) item["value"] = one.value;
        item[one.what == ChanceOfRecord::What::number ? "log_density" : "log_chance"] = one.log_chance;
        on_record.push_back(std::move(item));
    }
    Ordered measures = Ordered::object();
    for (const FilteredMeasure& measure : summary.measures) {
        const FilteredValue& last = measure.values.back();
        measures[measure.name] = {{"unit", measure.unit}, {"about", measure.about}, {"mean", last.mean}, {"q05", last.low}, {"q25", last.lower}, {"q50", last.median}, {"q75", last.upper}, {"q95", last.high}};
    }
    const Ordered json = {{"format", file_format::condition_summary},
                          {"title", record.title},
                          {"identity", Ordered::parse(identity_json(record.identity))},
                          {"until", summary.last_label()},
                          {"runs", summary.particles},
                          {"runs_failed", summary.failures.size()},
                          {"log_likelihood", summary.log_likelihood},
                          {"standard_error", summary.standard_error},
                          {"effective_runs", summary.moments.back().effective},
                          {"redraws", summary.redraws()},
                          {"moments", moments},
                          {"record", on_record},
                          {"headline", headline_json(condition_headline(summary))},
                          {"measures", measures},
                          {"snapshot", snapshot.empty() ? Ordered() : Ordered(snapshot)},
                          {"digest", summary.digest}};
    return json.dump(2, ' ', false, Ordered::error_handler_t::replace) + '\n';
}

}  // namespace entente
