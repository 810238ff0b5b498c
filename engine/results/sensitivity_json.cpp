#include <nlohmann/json.hpp>

#include <entente/results/numbers.hpp>
#include <entente/results/sensitivity_report.hpp>
#include <entente/results/study_text.hpp>

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

/// Calls visit(one, other, estimate) for each pair of groups.
template <class Visit>
void for_each_pair(const OutcomeSensitivity& outcome, const SensitivityDesign& design, const Visit& visit) {
    const auto& names = design.groups.names;
    if (outcome.sobol.second.empty()) return;
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t j = i + 1; j < names.size(); ++j) visit(names[i], names[j], outcome.sobol.second[pair_number(i, j, names.size())]);
}

Json told(const OutcomeSensitivity& outcome, const SensitivityDesign& design) {
    Json json = {{"unit", outcome.unit}, {"about", outcome.about}};
    if (!outcome.rule.empty()) json["rule"] = outcome.rule;
    json["mean"] = outcome.mean;
    json["variance"] = outcome.variance;
    json["sd"] = outcome.sd;
    json["variation"] = variation_name(outcome.variation);
    json["infinite"] = outcome.infinite;
    json["missing"] = outcome.missing;
    json["used"] = outcome.used;
    json["left_out"] = outcome.left_out;
    json["noise_share"] = outcome.noise ? Json(outcome.noise->share) : Json();
    json["noise_share_interval"] = outcome.noise ? ends(outcome.noise->share_interval) : Json();
    json["noise_share_of_means"] = outcome.noise ? Json(outcome.noise->share_of_means) : Json();
    json["noise_share_of_means_interval"] = outcome.noise ? ends(outcome.noise->share_of_means_interval) : Json();
    json["indices"] = indices_json(outcome, design);
    if (design.plan.second_order == SecondOrder::no) return json;
    json["second"] = Json::array();
    for_each_pair(outcome, design, [&](const std::string& one, const std::string& other, const Estimate& estimate) {
        json["second"].push_back({{"factors", {one, other}}, {"second", estimate.value}, {"second_interval", ends(estimate.interval)}});
    });
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
    Json json = {{"title", report.record.title},
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
                        {"told", Json::parse(failures_json(report.failures))}};
    json["refused"] = report.is_refused();
    if (report.results_file.empty()) json["digest"] = report.outcome.digest;
    json["outcomes"] = Json::object();
    for (const auto& outcome : report.outcomes) json["outcomes"][outcome.name] = told(outcome, report.design);
    json["measured_by_row"] = measures_by_row(report.layout);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

void write_indices(const SensitivityReport& report, const Sink& sink) {
    sink("outcome,factor,index,estimate,low,high\n");
    const auto row = [&](const std::string& outcome, const std::string& factor, const NamedIndex& index) {
        const Interval around = index.interval.value_or(Interval{Results::missing, Results::missing});
        sink(csv_cell(outcome) + ',' + csv_cell(factor) + ',' + index.name + ',' + exact(index.value) + ',' + exact(around.low) + ',' +
             exact(around.high) + '\n');
    };
    for (const auto& outcome : report.outcomes) {
        for (std::size_t group = 0; group < report.design.groups.size(); ++group)
            for (const NamedIndex& index : indices_of_group(outcome, report.design, group))
                row(outcome.name, report.design.groups.names[group], index);
        for_each_pair(outcome, report.design, [&](const std::string& one, const std::string& other, const Estimate& estimate) {
            row(outcome.name, one + ':' + other, {"second", estimate.value, estimate.interval});
        });
    }
}

}  // namespace entente
