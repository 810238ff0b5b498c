#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/read.hpp>
#include <entente/scenario/starts.hpp>
#include <entente/scenario/values.hpp>

namespace entente {
namespace {

std::vector<Field>& fields_of(Scenario& scenario, KindId kind) {
    const auto index = static_cast<std::size_t>(kind.value);
    return scenario.is_link_kind(kind) ? scenario.links[index - scenario.agents.size()].fields : scenario.agents[index].fields;
}

}  // namespace

Scenario with_variant(const Scenario& scenario, std::string_view name) {
    const auto variant = std::find_if(scenario.variants.begin(), scenario.variants.end(), [&](const Variant& v) { return v.name == name; });
    if (variant == scenario.variants.end()) {
        std::vector<std::string> names;
        for (const Variant& known : scenario.variants) names.push_back(known.name);
        throw Error(fmt::format("no variant is called '{}'", name), did_you_mean(name, names, there_are(names)));
    }
    Scenario changed = scenario;
    for (const auto& [parameter, value, place] : variant->parameters)
        changed.parameters[static_cast<std::size_t>(parameter.value)].value = value;
    for (const auto& [id, input] : variant->inputs) changed.inputs[static_cast<std::size_t>(id.value)] = input;
    for (const auto& [kind, field, start] : variant->fields) fields_of(changed, kind)[static_cast<std::size_t>(field.value)].start = start;
    for (const auto& [row, start] : variant->members) set_start(changed, *row, start, variant->place);
    changed.timeline.insert(changed.timeline.end(), variant->timeline.begin(), variant->timeline.end());
    std::stable_sort(changed.timeline.begin(), changed.timeline.end(),
                     [](const TimelineEntry& a, const TimelineEntry& b) { return a.tick < b.tick; });
    return changed;
}

}  // namespace entente
