#include <entente/output/calibration_json.hpp>

#include <cmath>

#include <nlohmann/json.hpp>

#include <entente/output/headline_json.hpp>
#include <entente/store/file_format.hpp>
#include <entente/summary/headline.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

Json ninety_json(const Ninety& ninety) {
    return {{"median", ninety.median}, {"q05", ninety.low}, {"q95", ninety.high}};
}

std::string_view end_name(PriorEnd end) {
    switch (end) {
        case PriorEnd::low:
            return "low";
        case PriorEnd::high:
            return "high";
        case PriorEnd::neither:
            break;
    }
    return "";
}

Json parameter_json(const ParameterLearned& one) {
    Json json = {{"unit", one.unit}, {"prior", ninety_json(one.prior)}, {"posterior", ninety_json(one.posterior)}};
    json["prior"]["distribution"] = one.prior_text;
    json["posterior"]["mean"] = one.mean;
    json["posterior"]["sd"] = one.sd;
    json["contraction"] = one.contraction;
    json["shift"] = one.shift;
    json["informed"] = one.is_informed;
    if (one.pressed_against != PriorEnd::neither) json["pressed_against"] = end_name(one.pressed_against);
    return json;
}

Json record_json(const RecordPredicted& one) {
    return {{"summary", one.name},
            {"unit", one.unit},
            {"record", one.record},
            {"prior", ninety_json(one.prior)},
            {"posterior", ninety_json(one.posterior)},
            {"prior_chance", one.prior_chance},
            {"posterior_chance", one.posterior_chance},
            {"beyond_prior", one.is_beyond_prior()}};
}

Json generation_json(const GenerationFacts& one, CalibrationMethod method) {
    if (method == CalibrationMethod::likelihood)
        return {{"temperature", one.temperature}, {"filter_runs", one.filter_runs}, {"runs", one.runs},
                {"acceptance", one.acceptance},   {"effective", one.effective},     {"log_evidence", one.log_evidence}};
    return {{"tolerance", std::isfinite(one.tolerance) ? Json(one.tolerance) : Json()},
            {"runs", one.runs},
            {"failed", one.failed},
            {"acceptance", one.acceptance},
            {"effective", one.effective}};
}

}  // namespace

std::string calibration_json(const StudyRecord& record, const StudyOutcome& outcome, const CalibrationFacts& facts,
                             const CalibrationSummary& summary) {
    Json parameters = Json::object();
    for (const ParameterLearned& one : summary.parameters) parameters[one.name] = parameter_json(one);
    Json pairs = Json::array(), predicted = Json::array(), generations = Json::array();
    for (const PairLearned& pair : summary.pairs)
        pairs.push_back({{"parameters", {summary.parameters[pair.first].name, summary.parameters[pair.second].name}},
                         {"correlation", pair.correlation}});
    for (const RecordPredicted& one : summary.record) predicted.push_back(record_json(one));
    for (const GenerationFacts& one : facts.generations) generations.push_back(generation_json(one, facts.method));
    const Json json = {{"format", file_format::calibration_summary},
                       {"title", record.title},
                       {"scenario", record.scenario},
                       {"variant", record.identity.scenario.variant},
                       {"seed", record.identity.scenario.seed},
                       {"method", name_of(facts.method)},
                       {"until", facts.until},
                       {"particles", facts.particles},
                       {"effective", summary.effective},
                       {"runs", facts.runs},
                       {"runs_at_most", facts.budget},
                       {"end", facts.end},
                       {"digest", outcome.digest},
                       {"headline", headline_json(calibration_headline(summary, record.labels))},
                       {"parameters", parameters},
                       {"pairs", pairs},
                       {"record", predicted},
                       {"left_out", facts.left_out},
                       {"findings", calibration_findings(summary, [](const std::string& name) { return name; })},
                       {"generations", generations}};
    Json whole = json;
    if (facts.method == CalibrationMethod::likelihood) {
        whole["log_evidence"] = facts.log_evidence;
        whole["log_evidence_error"] = facts.log_evidence_error;
        whole["distinct"] = facts.distinct;
    }
    return whole.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace entente
