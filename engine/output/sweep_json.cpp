#include <entente/output/sweep_json.hpp>

#include <nlohmann/json.hpp>

#include <entente/base/statistics.hpp>
#include <entente/output/headline_json.hpp>
#include <entente/output/study_text.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

Json at_point(const Study& study, std::int64_t point) {
    Json at = Json::object();
    if (point < 0 || study.varied.empty()) return at;
    for (std::size_t f = 0; f < study.points.factors(); ++f) at[study.points.names[f]] = study.points.row(static_cast<std::size_t>(point))[f];
    return at;
}

Json outcome_json(const OutcomeOverPoints& over, const Study& study, const Calendar& calendar) {
    Json json = {{"unit", over.outcome.unit}, {"about", over.outcome.about}};
    if (const auto rule = rule_text(over.outcome, calendar); !rule.empty()) json["rule"] = rule;
    json["points"] = over.points;
    json["mean"] = over.mean;
    json["min"] = {{"mean", over.least}, {"point", over.least_at}, {"at", at_point(study, over.least_at)}};
    json["max"] = {{"mean", over.greatest}, {"point", over.greatest_at}, {"at", at_point(study, over.greatest_at)}};
    json["noise_share"] = over.noise ? Json(over.noise->share) : Json();
    json["noise_share_interval"] = over.noise ? Json{over.noise->share_interval.low, over.noise->share_interval.high} : Json();
    json["infinite"] = over.infinite;
    return json;
}

Json points_json(const StudyValues& values, const Study& study, const SweepSummary& summary) {
    Json points = Json::array();
    for (std::int64_t point = 0; point < values.points(); ++point)
        points.push_back({{"point", point}, {"at", at_point(study, point)}, {"outcomes", Json::object()}});
    for (const auto& over : summary.outcomes) {
        const auto numbers = outcome_values(values, over.outcome, 0, 0, values.points());
        for (std::int64_t point = 0; point < values.points(); ++point) {
            const auto sample = values_of_point(values, numbers, point);
            points[static_cast<std::size_t>(point)]["outcomes"][over.outcome.name] = {
                {"n", count_present(sample)}, {"mean", mean(sample)}, {"standard_error", standard_error(sample)}};
        }
    }
    return points;
}

}  // namespace

std::string sweep_json(const StudyRecord& record, const StudyOutcome& outcome, const StudyValues& values, const Study& study, const SweepSummary& summary) {
    Json measures = Json::object();
    for (const auto& over : summary.outcomes) measures[over.outcome.name] = outcome_json(over, study, values.layout().calendar);
    const bool all = values.points() <= most_points_in_json;
    const Json json = {{"format", file_format::sweep_summary},
                       {"title", record.title},
                       {"scenario", record.scenario},
                       {"variant", record.identity.scenario.variant},
                       {"seed", record.identity.scenario.seed},
                       {"design", record.design},
                       {"factors", study.points.names},
                       {"points", values.points()},
                       {"replicates", values.replicates()},
                       {"pairing", record.identity.independent ? "unpaired" : "paired"},
                       {"weighted", !study.points.weights.empty()},
                       {"runs", outcome.runs},
                       {"failures", {{"count", outcome.failed}, {"listed", Json::parse(failures_json(values.failures()))}}},
                       {"digest", outcome.digest},
                       {"headline", headline_json(sweep_headline(values, study, record.labels, summary))},
                       {"outcomes", measures},
                       {"measured_by_row", measures_by_row(values.layout())},
                       {"by_point", all ? points_json(values, study, summary) : Json()}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace entente
