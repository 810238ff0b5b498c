#include <entente/report/scenario_data.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/model/flows.hpp>
#include <entente/model/model.hpp>
#include <entente/report/odd_words.hpp>
#include <entente/report/record_words.hpp>

namespace entente {

namespace {

constexpr std::size_t most_starts = 60;

const Field& field_of(const Scenario& scenario, KindId kind, FieldId field) {
    return scenario.fields(kind)[static_cast<std::size_t>(field.value)];
}

/// `kind.field`
std::string field_name(const Scenario& scenario, KindId kind, FieldId field) {
    return kind_name(scenario, kind) + '.' + field_of(scenario, kind, field).name;
}

/// The starts that the members of a kind have instead of its own, of the first members that have some.
page::StartsData starts_data(const Scenario& scenario, KindId id) {
    const auto& fields = scenario.fields(id);
    page::StartsData data;
    for (const Field& field : fields) data.columns.push_back(field.name);
    std::size_t all = 0;
    const auto add = [&](const std::vector<StartOverride>& starts, const auto& name) {
        if (starts.empty()) return;
        ++all;
        if (data.rows.size() == most_starts) return;
        data.rows.push_back({name(), std::vector<std::string>(fields.size())});
        for (const StartOverride& start : starts)
            data.rows.back().cells[static_cast<std::size_t>(start.field.value)] = start.value.text.value;
    };
    if (scenario.is_link_kind(id)) {
        const LinkKind& kind = scenario.link_kind(id);
        for (const LinkMember& member : kind.members)
            add(member.starts, [&] { return link_words(scenario, kind, member.source, member.target); });
    } else {
        for (const AgentMember& member : scenario.agent_kind(id).members) add(member.starts, [&] { return member_words(member); });
    }
    data.note = not_listed(all, "row", most_starts);
    return data;
}

page::KindData kind_data(const Scenario& scenario, KindId id) {
    const bool is_link = scenario.is_link_kind(id);
    page::KindData data;
    data.name = kind_name(scenario, id);
    data.about = about_words(is_link ? scenario.link_kind(id).remarks : scenario.agent_kind(id).remarks);
    if (is_link) data.ends = {kind_name(scenario, scenario.link_kind(id).source), kind_name(scenario, scenario.link_kind(id).target)};
    data.count = size_words(scenario, id);
    for (const Field& field : scenario.fields(id))
        data.fields.push_back({.name = field.name,
                               .start = field.input.is_given() ? "input" : field.start.text.value,
                               .unit = field.unit,
                               .range = range_words(field),
                               .about = about_words(field.remarks),
                               .source = field.remarks.source});
    for (const Derived& one : scenario.derived(id))
        data.derived.push_back(
            {.name = one.name, .value = one.value.text.value, .unit = one.unit_told(), .about = about_words(one.remarks), .source = one.remarks.source});
    data.starts = starts_data(scenario, id);
    return data;
}

std::string form_title(Step::Form form) {
    std::string words = form_words(form);
    words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    return words;
}

const char* drive_name(Step::Form form) {
    switch (form) {
        case Step::Form::probability:
            return "probability";
        case Step::Form::rate:
            return "rate";
        case Step::Form::count:
            return "count";
        case Step::Form::choice:
            return "utility";
        case Step::Form::rule:
            return "";
    }
    return "";
}

std::string code_words(const Step& step) {
    std::string code = step.cameo.empty() ? "" : "CAMEO " + step.cameo;
    if (step.goldstein) code += fmt::format("{}Goldstein {}", code.empty() ? "" : ", ", exact(*step.goldstein));
    return code;
}

page::StepData step_data(const Scenario& scenario, const Step& step) {
    page::StepData data;
    data.name = step.name;
    data.form = form_title(step.form);
    data.on = kind_name(scenario, step.on);
    data.about = about_words(step.remarks);
    data.source = step.remarks.source;
    data.code = code_words(step);
    if (step.where) data.where = step.where->text.value;
    for (const Let& let : step.lets) data.lets.push_back({let.name, let.value.text.value});
    const auto add = [&](const char* name, const std::optional<Formula>& formula) {
        if (formula) data.drives.push_back({name, formula->text.value});
    };
    add(drive_name(step.form), step.drive);
    add("temperature", step.temperature);
    add("outside", step.outside);
    for (const Statement& statement : step.statements) data.statements.push_back(statement.text.value);
    return data;
}

/// Worlds beyond these take longer to compile than a description is worth waiting for: a second or two.
constexpr double most_rows_compiled = 2e6;
constexpr std::int64_t most_pairs_compiled = 20'000'000;

/// What steps read and change, `kind.field` and `kind.event`; or nothing, and why.
std::pair<std::vector<page::FlowData>, std::string> flows_data(const Scenario& scenario) {
    const auto names = [&](const std::vector<NamedState>& states) {
        std::set<std::string> found;
        for (const auto& [kind, field, event] : states)
            found.insert(event.value >= 0
                             ? kind_name(scenario, kind) + '.' + scenario.schema.events[static_cast<std::size_t>(event.value)].name
                             : field_name(scenario, kind, field));
        return std::vector<std::string>(found.begin(), found.end());
    };
    const double rows = expected_rows(scenario);
    if (rows > most_rows_compiled) return {{}, fmt::format("it has about {} agents and links", with_commas(std::llround(rows)))};
    try {
        const Model model =
            compile(scenario, {.varied = {}, .unroll = Unroll::no, .starts_known = false, .most_pairs = most_pairs_compiled});
        std::vector<page::FlowData> flows;
        std::size_t at = 0;
        for (const StepFlow& flow : step_flows(model)) {
            const Step& step = scenario.steps[at++];
            flows.push_back(
                {.step = step.name, .event = step.form != Step::Form::rule, .reads = names(flow.reads), .writes = names(flow.changes)});
        }
        return {flows, ""};
    } catch (const Error& problem) {
        return {{}, problem.what()};
    }
}

/// Parameters, and among what options changed those that are.
void add_parameters(const Scenario& scenario, const ScenarioChanges& changes, page::ScenarioData& data) {
    const auto& before_all = changes.as_written.parameters;
    for (const Parameter& parameter : scenario.parameters) {
        const auto before = std::ranges::find(before_all, parameter.name, &Parameter::name);
        const bool is_new = before == before_all.end();
        const bool is_set = std::ranges::find(changes.set, parameter.name) != changes.set.end();
        const bool changed = is_set || (!is_new && before->value != parameter.value);
        if (changed)
            data.overridden.push_back({.what = parameter.name,
                                       .was = is_new ? "" : exact(before->value),
                                       .now = exact(parameter.value),
                                       .by = is_set ? "--set" : "--variant " + changes.variant});
        data.parameters.push_back({.name = parameter.name,
                                   .value = parameter.value,
                                   .unit = parameter.unit,
                                   .range = range_words(parameter.range),
                                   .about = about_words(parameter.remarks),
                                   .source = source_words(parameter),
                                   .was = changed && !is_new ? page::Number(before->value) : page::Number()});
    }
}

page::TimelineData timeline_data(const Scenario& scenario, const TimelineEntry& entry) {
    page::TimelineData data;
    data.when = entry.date ? page::Moment{iso(*entry.date)} : page::Moment{entry.tick};
    if (entry.step >= 0) {
        const Step& step = scenario.steps[static_cast<std::size_t>(entry.step)];
        data.what = step.remarks.label.empty() ? step.name : step.remarks.label;
    }
    for (const auto& set : entry.sets)
        data.what += fmt::format("{}{} = {}", data.what.empty() ? "" : "; ", set.text.value, set.value.text.value);
    if (entry.row) data.on = row_label_words(scenario, *entry.row);
    data.about = entry.remarks.about;
    data.source = entry.remarks.source;
    return data;
}

page::InputData input_data(const Scenario& scenario, const Input& one) {
    return {.name = one.name,
            .on = one.on.is_given() ? kind_name(scenario, one.on) : "",
            .table = one.path,
            .dates = input_dates(one),
            .between = between_words(one),
            .unit = one.unit,
            .about = about_words(one.remarks),
            .source = one.remarks.source};
}

page::RecordData record_data(const Scenario& scenario, const Observed& one) {
    return {.measure = one.measure, .value = observed_words(scenario, one), .sd = one.sd ? exact(*one.sd) : "", .source = one.remarks.source};
}

page::EventRecordData event_record_data(const Scenario& scenario, const EventRecord& one) {
    return {.event = scenario.steps[static_cast<std::size_t>(one.step)].name,
            .rows = record_rows_words(one),
            .complete = record_span_words(scenario, one),
            .firings = firings_words(one),
            .source = one.remarks.source};
}

page::VariantData variant_data(const Scenario& scenario, const Variant& variant) {
    page::VariantData data{.name = variant.name, .about = about_words(variant.remarks), .changes = {}};
    for (const auto& value : variant.parameters)
        data.changes.push_back(
            fmt::format("{} = {}", scenario.schema.parameters[static_cast<std::size_t>(value.parameter.value)], exact(value.value)));
    for (const auto& [id, input] : variant.inputs) data.changes.push_back(fmt::format("{} from {}", input.name, input.path));
    for (const auto& start : variant.fields)
        data.changes.push_back(fmt::format("{} starts at {}", field_name(scenario, start.kind, start.field), start.value.text.value));
    for (const auto& member : variant.members)
        data.changes.push_back(fmt::format("{} of {} starts at {}", field_of(scenario, member.row->kind, member.start.field).name,
                                           row_words(scenario, *member.row), member.start.value.text.value));
    for (const auto& entry : variant.timeline) {
        const std::string& about = entry.remarks.about;
        data.changes.push_back(fmt::format("{}: {}", when_words(scenario, entry), about.empty() ? "an entry of the timeline" : about));
    }
    cut_list(data.changes);
    return data;
}

}  // namespace

page::ScenarioData scenario_data(const Scenario& scenario, const ScenarioChanges& changes) {
    page::ScenarioData data;
    data.authors = scenario.authors;
    data.references = scenario.references;
    for (int kind = 0; kind < static_cast<int>(scenario.kind_count()); ++kind) data.kinds.push_back(kind_data(scenario, KindId{kind}));
    for (const Step& step : scenario.steps) data.steps.push_back(step_data(scenario, step));
    add_parameters(scenario, changes, data);
    for (const Measure& one : scenario.measures) data.measures.push_back({one.name, one.value.text.value, one.unit_told(), about_words(one.remarks)});
    for (const Input& one : scenario.inputs) data.inputs.push_back(input_data(scenario, one));
    for (const TimelineEntry& entry : std::span(scenario.timeline).first(std::min(scenario.timeline.size(), most_listed)))
        data.timeline.push_back(timeline_data(scenario, entry));
    data.timeline_note = not_listed(scenario.timeline.size(), "entry");
    for (const Observed& one : scenario.observed) data.observed.push_back(record_data(scenario, one));
    for (const EventRecord& one : scenario.record) data.record.push_back(event_record_data(scenario, one));
    for (const Variant& variant : scenario.variants) data.variants.push_back(variant_data(scenario, variant));
    const auto [flows, why_none] = flows_data(scenario);
    data.flows = flows;
    if (!why_none.empty()) data.no_flows = fmt::format("The diagram is left out, because the world was not compiled for it: {}.", why_none);
    return data;
}

}  // namespace entente
