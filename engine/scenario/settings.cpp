#include <entente/scenario/settings.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/language/quotes.hpp>
#include <entente/scenario/levels.hpp>
#include <entente/scenario/read.hpp>
#include <entente/scenario/reader.hpp>
#include <entente/scenario/starts.hpp>

namespace entente {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view{} : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_place(std::string_view name) {
    return name.find_first_of("[.") != std::string_view::npos;
}

Text text_of(std::string_view written) {
    Text text;
    text.value = written;
    return text;
}

/// The field of a named row that is meant, or null and a problem.
ExprPtr read_place(const Scenario& scenario, std::string_view written, Problems& problems) {
    const ExprPtr place = read_state_target(text_of(written), scenario.schema, problems);
    if (!place) return nullptr;
    for (const Lookup& lookup : lookups_of(*place->row, {}, scenario.schema[place->row->kind].name))
        check_link(lookup, scenario, named_links(scenario.link_kind(lookup.kind)), problems);
    if (scenario.fields(place->row->kind)[static_cast<std::size_t>(place->field.value)].input.is_given())
        problems.error({}, fmt::format("'{}' is an input and has no start", written), "multiply it by a parameter where it is read, and set that");
    return problems.has_errors() ? nullptr : place;
}

std::string name_of(const RowRef& row, const Schema& schema) {
    const auto member = [&](const RowRef& agent) { return as_index(schema[agent.kind].members[static_cast<std::size_t>(agent.member.value)]); };
    if (row.form == RowRef::Form::member) return fmt::format("{}[{}]", schema[row.kind].name, member(row));
    return fmt::format("{}[{}, {}]", schema[row.kind].name, member(*row.from), member(*row.to));
}

std::string name_of(const Expr& place, const Schema& schema) {
    return fmt::format("{}.{}", name_of(*place.row, schema), schema[place.row->kind].fields[static_cast<std::size_t>(place.field.value)]);
}

Parameter parameter_of(const Expr& place, const Scenario& scenario, std::string name) {
    const Field& field = scenario.fields(place.row->kind)[static_cast<std::size_t>(place.field.value)];
    Parameter parameter;
    parameter.name = std::move(name);
    parameter.place = field.place;
    parameter.unit = field.unit;
    parameter.range = field.range;
    parameter.levels = names_of(field.levels);
    parameter.remarks = field.remarks;
    const auto number = start_number(scenario, *place.row, place.field);
    parameter.value = number.value_or(std::numeric_limits<double>::quiet_NaN());
    if (!number) {
        const std::string& formula = start_formula(scenario, *place.row, place.field)->text.value;
        parameter.remarks.about += fmt::format("{}in place of {}", parameter.remarks.about.empty() ? "" : ", ", formula);
    }
    return parameter;
}

Formula reading(ParameterId parameter, const std::string& name) {
    Expr expr;
    expr.kind = Expr::Kind::parameter;
    expr.text = name;
    expr.parameter = parameter;
    return {text_of(name), std::make_shared<const Expr>(std::move(expr))};
}

bool reads(const ExprPtr& tree, ParameterId parameter) {
    if (!tree) return false;
    if (tree->kind == Expr::Kind::parameter && tree->parameter == parameter) return true;
    return std::ranges::any_of(tree->args, [&](const ExprPtr& arg) { return reads(arg, parameter); }) || reads(tree->filter, parameter);
}

}  // namespace

Assignment split_assignment(std::string_view text) {
    const std::size_t equals = find_outside_brackets(text, "=");
    if (equals == std::string_view::npos) return {trimmed(text), std::nullopt};
    return {trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1))};
}

std::optional<ParameterId> find_parameter(const Scenario& scenario, std::string_view name) {
    if (const auto id = scenario.schema.parameter(name); id || !is_place(name)) return id;
    Problems problems;
    const ExprPtr place = read_place(scenario, name, problems);
    return place ? scenario.schema.parameter(name_of(*place, scenario.schema)) : std::nullopt;
}

Scenario with_start_as_parameter(const Scenario& scenario, std::string_view written) {
    Problems problems;
    const ExprPtr place = read_place(scenario, written, problems);
    if (!place) {
        const Problem first = problems.sorted().front();
        throw Error(first.what, first.help);
    }
    Scenario changed = scenario;
    const std::string name = name_of(*place, scenario.schema);
    if (scenario.schema.parameter(name)) return changed;
    const ParameterId id{static_cast<int>(scenario.parameters.size())};
    changed.parameters.push_back(parameter_of(*place, scenario, name));
    changed.schema.parameters.push_back(name);
    set_start(changed, *place->row, {place->field, reading(id, name)}, {});
    return changed;
}

Scenario with_parameter(const Scenario& scenario, std::string_view name) {
    if (scenario.schema.parameter(name)) return scenario;
    if (is_place(name)) return with_start_as_parameter(scenario, name);
    const auto& names = scenario.schema.parameters;
    throw Error(fmt::format("no parameter is called '{}'", name), did_you_mean(name, names, there_are(names)));
}

Scenario with_setting(const Scenario& scenario, std::string_view assignment) {
    static constexpr auto help = "write name=value, as in aid_rate=0.5";
    const auto [name, written] = split_assignment(assignment);
    if (!written) throw Error(fmt::format("'{}' has no value", assignment), help);
    Scenario changed = with_parameter(scenario, name);
    Parameter& parameter = changed.parameters[static_cast<std::size_t>(find_parameter(changed, name)->value)];
    const auto level = parameter.levels.empty() ? changed.schema.level(*written) : level_among(parameter.levels, *written);
    const auto value = level ? level : parse_number(*written);
    if (!value && !parameter.levels.empty())
        throw Error(fmt::format("'{}' is not a level of '{}'", *written, parameter.name), did_you_mean(*written, parameter.levels, fmt::format("its levels are {}", listed(parameter.levels))));
    if (!value || !std::isfinite(*value))
        throw Error(fmt::format("'{}' can't be set to '{}': it is not a finite number", parameter.name, *written),
                    number_help(std::string(*written)).empty() ? help : number_help(std::string(*written)));
    if (!parameter.range.holds(*value))
        throw Error(fmt::format("the value {} of '{}' is outside its range [{}, {}]", shown(*value), parameter.name,
                                shown(parameter.range.low), shown(parameter.range.high)),
                    "choose a value inside");
    parameter.value = *value;
    return changed;
}

std::string timeline_warning(const Scenario& scenario, ParameterId parameter) {
    for (const TimelineEntry& entry : scenario.timeline)
        for (const TimelineEntry::Set& set : entry.sets) {
            const bool is_it = set.target->kind == Expr::Kind::parameter && set.target->parameter == parameter;
            if (!is_it || reads(set.value.tree, parameter)) continue;
            const std::string& name = scenario.schema.parameters[static_cast<std::size_t>(parameter.value)];
            const std::string when = scenario.calendar.is_dated() ? "on " + iso(entry.date.value_or(scenario.calendar.first_day(entry.tick)))
                                                                  : "at " + scenario.calendar.label(entry.tick);
            return fmt::format("the timeline sets '{}' {}: from then on no run has the value given to it", name, when);
        }
    return {};
}

}  // namespace entente
