#include <fmt/format.h>

#include <entente/scenario/levels.hpp>
#include <entente/scenario/prior.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

std::optional<Prior> prior_of(const Node& node, const Range& range, const Schema& schema, Problems& problems) {
    const auto level_of = [&](std::string_view name) { return schema.level(name); };
    if (node.is_scalar() && is_call(node.text.value)) return read_prior(node.text, "prior", range, problems, level_of);
    const bool is_open = node.is_scalar() && node.text.value.find('(') != std::string::npos;
    const bool is_torn = is_open && !node.quoted && node.text.value.find(')') == std::string::npos;
    wrong_type(node, "prior", "a distribution", problems,
               is_torn ? "put it in quotes: within { } a comma ends a text" : std::string(prior_help));
    return std::nullopt;
}

Parameter parameter_of(const Entry& entry, const Schema& schema, Problems& problems) {
    Parameter parameter;
    parameter.name = entry.key.value;
    parameter.place = entry.key.place;
    const Node& node = *entry.value;
    if (!node.is_map()) {
        parameter.value = read_number_or_level(node, parameter.name, schema, problems).value_or(0);
        return parameter;
    }
    const Mapping mapping(node, Section::parameter, problems);
    parameter.unit = mapping.line("unit");
    parameter.range = mapping.range();
    parameter.remarks = mapping.remarks();
    parameter.fitted_to = mapping.date("fitted_to");
    const Node* written = mapping.find("value");
    if (const auto value = written ? read_number_or_level(*written, "value", schema, problems) : std::nullopt) {
        parameter.value = *value;
        if (!parameter.range.holds(*value))
            problems.error(mapping.find("value")->place,
                           fmt::format("the value {} of '{}' is outside its range [{}, {}]", shown(*value), parameter.name,
                                       shown(parameter.range.low), shown(parameter.range.high)),
                           "change the value or widen the range");
    }
    if (const Node* prior = mapping.find("prior")) parameter.prior = prior_of(*prior, parameter.range, schema, problems);
    return parameter;
}

}  // namespace

void read_parameters(Reader& reader, const Named& parameters) {
    for (const Entry& entry : parameters.entries()) {
        reader.scenario.parameters.push_back(parameter_of(entry, reader.scenario.schema, reader.problems));
        reader.scenario.schema.parameters.push_back(entry.key.value);
    }
}

}  // namespace entente
