#include <entente/report/scenario_data.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/model/flows.hpp>
#include <entente/model/model.hpp>
#include <entente/report/json_numbers.hpp>
#include <entente/report/odd_words.hpp>

namespace entente {

namespace {

using Json = ReportJson;

constexpr std::size_t most_starts = 60;

const Field& field_of(const Scenario& scenario, KindId kind, FieldId field) {
    return scenario.fields(kind)[static_cast<std::size_t>(field.value)];
}

/// `kind.field`
std::string field_name(const Scenario& scenario, KindId kind, FieldId field) {
    return kind_name(scenario, kind) + '.' + field_of(scenario, kind, field).name;
}

Json kind_json(const Scenario& scenario, KindId id) {
    const bool is_link = scenario.is_link_kind(id);
    Json fields = Json::array();
    for (const Field& field : scenario.fields(id))
        fields.push_back({{"name", field.name},
                          {"start", field.start.text.value},
                          {"unit", field.unit},
                          {"range", range_words(field.range)},
                          {"about", field.remarks.about},
                          {"source", field.remarks.source}});
    Json derived = Json::array();
    for (const Derived& one : scenario.derived(id))
        derived.push_back({{"name", one.name},
                           {"value", one.value.text.value},
                           {"unit", one.unit},
                           {"about", one.remarks.about},
                           {"source", one.remarks.source}});
    std::vector<std::pair<std::string, const std::vector<StartOverride>*>> members;
    if (is_link)
        for (const LinkMember& member : scenario.link_kind(id).members)
            members.emplace_back(link_words(scenario, scenario.link_kind(id), member.source, member.target), &member.starts);
    else
        for (const AgentMember& member : scenario.agent_kind(id).members) members.emplace_back(member.name, &member.starts);
    Json rows = Json::array();
    for (const auto& [name, starts] : members) {
        if (rows.size() == most_starts) break;
        if (starts->empty()) continue;
        std::vector<std::string> cells(scenario.fields(id).size());
        for (const StartOverride& start : *starts) cells[static_cast<std::size_t>(start.field.value)] = start.value.text.value;
        rows.push_back({{"name", name}, {"cells", cells}});
    }
    Json columns = Json::array();
    for (const Field& field : scenario.fields(id)) columns.push_back(field.name);
    Json ends;
    if (is_link) ends = {{"source", kind_name(scenario, scenario.link_kind(id).source)}, {"target", kind_name(scenario, scenario.link_kind(id).target)}};
    const Remarks& remarks = is_link ? scenario.link_kind(id).remarks : scenario.agent_kind(id).remarks;
    return {{"name", kind_name(scenario, id)},
            {"about", remarks.about},
            {"ends", ends},
            {"count", size_words(scenario, id)},
            {"fields", fields},
            {"derived", derived},
            {"starts", {{"columns", columns}, {"rows", rows}}}};
}

std::string form_title(Step::Form form) {
    std::string words = form_words(form);
    words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    return words;
}

const char* drive_name(Step::Form form) {
    switch (form) {
        case Step::Form::probability: return "probability";
        case Step::Form::rate: return "rate";
        case Step::Form::count: return "count";
        case Step::Form::choice: return "utility";
        case Step::Form::rule: return "";
    }
    return "";
}

Json step_json(const Scenario& scenario, const Step& step) {
    Json lets = Json::array();
    for (const Let& let : step.lets) lets.push_back({{"name", let.name}, {"value", let.value.text.value}});
    Json drives = Json::array();
    const auto add = [&](const char* name, const std::optional<Formula>& formula) {
        if (formula) drives.push_back({{"name", name}, {"value", formula->text.value}});
    };
    add(drive_name(step.form), step.drive);
    add("temperature", step.temperature);
    add("outside", step.outside);
    Json statements = Json::array();
    for (const Statement& statement : step.statements) statements.push_back(statement.text.value);
    std::string code = step.cameo.empty() ? "" : "CAMEO " + step.cameo;
    if (step.goldstein) code += fmt::format("{}Goldstein {}", code.empty() ? "" : ", ", exact(*step.goldstein));
    return {{"name", step.name},
            {"form", form_title(step.form)},
            {"on", kind_name(scenario, step.on)},
            {"about", step.remarks.about},
            {"source", step.remarks.source},
            {"code", code},
            {"where", step.where ? step.where->text.value : ""},
            {"lets", lets},
            {"drives", drives},
            {"statements", statements}};
}

/// Worlds beyond these take longer to compile than a description is worth waiting for: a second or two.
constexpr double most_rows_compiled = 2e6;
constexpr std::int64_t most_pairs_compiled = 20'000'000;

/// What steps read and change, `kind.field` and `kind.event`; or nothing, and why.
std::pair<Json, std::string> flows_json(const Scenario& scenario) {
    const auto names = [&](const std::vector<NamedState>& states) {
        std::set<std::string> found;
        for (const auto& [kind, field, event] : states)
            found.insert(event.value >= 0 ? kind_name(scenario, kind) + '.' + scenario.schema.events[static_cast<std::size_t>(event.value)].name
                                          : field_name(scenario, kind, field));
        return found;
    };
    const double rows = expected_rows(scenario);
    if (rows > most_rows_compiled) return {Json::array(), fmt::format("it has about {} agents and links", with_commas(std::llround(rows)))};
    try {
        const Model model = compile(scenario, {.varied = {}, .unroll = Unroll::no, .starts_known = false, .most_pairs = most_pairs_compiled});
        Json json = Json::array();
        std::size_t at = 0;
        for (const StepFlow& flow : step_flows(model)) {
            const Step& step = scenario.steps[at++];
            json.push_back({{"step", step.name},
                            {"event", step.form != Step::Form::rule},
                            {"reads", names(flow.reads)},
                            {"writes", names(flow.changes)}});
        }
        return {json, ""};
    } catch (const Error& problem) {
        return {Json::array(), problem.what()};
    }
}

Json parameters_json(const Scenario& scenario, const ScenarioChanges& changes, Json& overridden) {
    const auto& before_all = changes.as_written.parameters;
    Json parameters = Json::array();
    for (const Parameter& parameter : scenario.parameters) {
        const auto before = std::ranges::find(before_all, parameter.name, &Parameter::name);
        const bool is_new = before == before_all.end();
        const bool is_set = std::ranges::find(changes.set, parameter.name) != changes.set.end();
        const bool changed = is_set || (!is_new && before->value != parameter.value);
        if (changed)
            overridden.push_back({{"what", parameter.name},
                                  {"was", is_new ? "" : exact(before->value)},
                                  {"now", exact(parameter.value)},
                                  {"by", is_set ? "--set" : "--variant " + changes.variant}});
        parameters.push_back({{"name", parameter.name},
                              {"value", report_number(parameter.value)},
                              {"unit", parameter.unit},
                              {"range", range_words(parameter.range)},
                              {"about", parameter.remarks.about},
                              {"source", parameter.remarks.source},
                              {"was", changed && !is_new ? report_number(before->value) : Json()}});
    }
    return parameters;
}

Json timeline_json(const Scenario& scenario) {
    Json timeline = Json::array();
    for (const TimelineEntry& entry : scenario.timeline) {
        std::string what = entry.step >= 0 ? scenario.steps[static_cast<std::size_t>(entry.step)].name : "";
        for (const auto& set : entry.sets) what += fmt::format("{}{} = {}", what.empty() ? "" : "; ", set.text.value, set.value.text.value);
        timeline.push_back({{"when", entry.date ? Json(iso(*entry.date)) : Json(entry.tick)},
                            {"what", what},
                            {"on", entry.row ? row_words(scenario, *entry.row) : ""},
                            {"about", entry.remarks.about},
                            {"source", entry.remarks.source}});
    }
    return timeline;
}

Json observed_json(const Scenario& scenario) {
    Json all = Json::array();
    for (const Observed& one : scenario.observed) {
        std::string value = one.value ? exact(*one.value) : one.date ? iso(*one.date) : counted(std::ssize(one.series), "value");
        if (one.value && one.date) value += " on " + iso(*one.date);
        all.push_back({{"measure", one.measure}, {"value", value}, {"sd", one.sd ? exact(*one.sd) : ""}, {"source", one.remarks.source}});
    }
    return all;
}

}  // namespace

std::string scenario_report(const Scenario& scenario, const ScenarioChanges& changes) {
    Json kinds = Json::array();
    for (int kind = 0; kind < static_cast<int>(scenario.kind_count()); ++kind) kinds.push_back(kind_json(scenario, KindId{kind}));
    Json steps = Json::array();
    for (const Step& step : scenario.steps) steps.push_back(step_json(scenario, step));
    Json measures = Json::array();
    for (const Measure& one : scenario.measures) {
        std::string definition = one.value.text.value;
        measures.push_back({{"name", one.name}, {"definition", definition}, {"unit", one.unit}, {"about", one.remarks.about}});
    }
    Json variants = Json::array();
    for (const Variant& variant : scenario.variants) {
        Json what = Json::array();
        for (const auto& value : variant.parameters)
            what.push_back(fmt::format("{} = {}", scenario.schema.parameters[static_cast<std::size_t>(value.parameter.value)], exact(value.value)));
        for (const auto& start : variant.fields)
            what.push_back(fmt::format("{} starts at {}", field_name(scenario, start.kind, start.field), start.value.text.value));
        for (const auto& member : variant.members)
            what.push_back(fmt::format("{} of {} starts at {}", field_of(scenario, member.row->kind, member.start.field).name,
                                          row_words(scenario, *member.row), member.start.value.text.value));
        for (const auto& entry : variant.timeline) {
            const std::string& about = entry.remarks.about;
            what.push_back(fmt::format("{}: {}", when_words(scenario, entry), about.empty() ? "an entry of the timeline" : about));
        }
        variants.push_back({{"name", variant.name}, {"about", variant.remarks.about}, {"changes", what}});
    }
    Json overridden = Json::array();
    const Json parameters = parameters_json(scenario, changes, overridden);
    const auto [flows, why_none] = flows_json(scenario);
    const std::string no_flows = why_none.empty() ? "" : fmt::format("The diagram is left out, because the world was not compiled for it: {}.", why_none);
    return report_text({{"authors", scenario.authors},
                        {"references", scenario.references},
                        {"kinds", kinds},
                        {"steps", steps},
                        {"parameters", parameters},
                        {"measures", measures},
                        {"timeline", timeline_json(scenario)},
                        {"observed", observed_json(scenario)},
                        {"variants", variants},
                        {"overridden", overridden},
                        {"flows", flows},
                        {"no_flows", no_flows}});
}

}  // namespace entente
