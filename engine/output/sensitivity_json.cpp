#include <entente/output/sensitivity_json.hpp>

#include <nlohmann/json.hpp>

#include <entente/base/wording.hpp>
#include <entente/output/headline_json.hpp>
#include <entente/output/study_text.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

Json ends(const Interval& interval) {
    return {interval.low, interval.high};
}

Json indices_json(const OutcomeSensitivity& outcome, const SensitivityDesign& design) {
    Json indices = Json::object();
    for (std::size_t group = 0; group < design.groups.size(); ++group) {
        Json& of_group = indices[design.groups.names[group]];
        for (const NamedIndex& index : indices_of_group(outcome, design, group)) {
            of_group[index.name] = index.value;
            if (index.interval) of_group[index.name + "_interval"] = ends(*index.interval);
        }
    }
    return indices;
}

Json outcome_json(const OutcomeSensitivity& outcome, const SensitivityDesign& design) {
    Json json = {{"unit", outcome.unit}, {"about", outcome.about}};
    if (!outcome.rule.empty()) json["rule"] = outcome.rule;
    json["mean"] = outcome.mean;
    json["variance"] = outcome.variance;
    json["sd"] = outcome.sd;
    json["variation"] = variation_name(outcome.variation);
    json["infinite"] = outcome.infinite;
    json["missing"] = outcome.missing;
    json["used"] = outcome.used;
    json["excluded"] = outcome.left_out;
    json["noise_share"] = outcome.noise ? Json(outcome.noise->share) : Json();
    json["noise_share_interval"] = outcome.noise ? ends(outcome.noise->share_interval) : Json();
    json["noise_share_of_means"] = outcome.noise ? Json(outcome.noise->share_of_means) : Json();
    json["noise_share_of_means_interval"] = outcome.noise ? ends(outcome.noise->share_of_means_interval) : Json();
    json["indices"] = indices_json(outcome, design);
    if (design.plan.second_order == SecondOrder::no) return json;
    json["second"] = Json::array();
    for (const auto& [one, other, estimate] : indices_of_pairs(outcome, design))
        json["second"].push_back({{"factors", {one, other}}, {"second", estimate.value}, {"second_interval", ends(estimate.interval)}});
    return json;
}

Json groups_json(const NamedGroups& groups) {
    Json json = Json::object();
    for (std::size_t group = 0; group < groups.size(); ++group)
        if (groups.is_named(group)) json[groups.names[group]] = groups.members[group];
    return json;
}

Json head(const SensitivityReport& report) {
    const SensitivityPlan& plan = report.design.plan;
    Json json = {{"format", file_format::sensitivity_summary},
                 {"title", report.record.title},
                 {"scenario", report.record.scenario},
                 {"variant", report.record.identity.scenario.variant},
                 {"settings", Json::object()},
                 {"seed", report.record.identity.scenario.seed}};
    for (const auto& [name, value] : report.record.identity.scenario.settings) json["settings"][name] = value;
    if (!report.results_file.empty()) json["from_results"] = report.results_file;
    json["method"] = plan.method == SensitivityMethod::morris ? "morris" : "sobol";
    json["samples"] = plan.samples;
    if (plan.method == SensitivityMethod::morris)
        json["levels"] = plan.levels;
    else
        json.update(
            {{"scramble", plan.scramble == Scramble::owen ? "owen" : "none"}, {"second_order", plan.second_order == SecondOrder::yes}});
    json.update({{"replicates", report.record.replicates},
                 {"pairing", report.record.identity.independent ? "unpaired" : "paired"},
                 {"points", report.design.points.size()},
                 {"factors", report.design.points.names},
                 {"groups", groups_json(report.design.groups)},
                 {"confidence", report.bootstrap.confidence},
                 {"resamples", report.bootstrap.resamples},
                 {"runs", report.outcome.runs}});
    return json;
}

}  // namespace

std::string sensitivity_json(const SensitivityReport& report) {
    Json json = head(report);
    json["failures"] = {{"count", report.outcome.failed},
                        {"allowed_share", report.allowed_failures},
                        {"listed", Json::parse(failures_json(report.failures))}};
    json["refused"] = report.is_refused();
    if (report.results_file.empty()) json["digest"] = report.outcome.digest;
    json["headline"] = headline_json(sensitivity_headline(report));
    json["outcomes"] = Json::object();
    for (const auto& outcome : report.outcomes) json["outcomes"][outcome.name] = outcome_json(outcome, report.design);
    json["measured_by_row"] = measures_by_row(report.layout);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace entente
