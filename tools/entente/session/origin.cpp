#include "session/origin.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

#include "session/console.hpp"

namespace entente {

namespace {

/// Whether the setting is of a start value: `state[russia].trust=0.5`. Names of parameters have no brackets.
bool sets_start(const std::string& setting) {
    return setting.find('[') < setting.find('=');  // which a name in the brackets may hold too
}

}  // namespace

Origin::Origin(const RunArguments& arguments) : file_(arguments.from), given_(arguments.scenario), scenario_(arguments.scenario) {
    const Identity& past = file_.facts().identity;
    if (given_.file.empty()) scenario_.file = file_.facts().scenario;
    if (given_.variant.empty()) scenario_.variant = past.variant;
    scenario_.settings.clear();
    for (const auto& [name, value] : past.settings) scenario_.settings.push_back(fmt::format("{}={}", name, exact(value)));
    scenario_.settings.insert(scenario_.settings.end(), given_.settings.begin(), given_.settings.end());
}

std::optional<Origin> Origin::of(const RunArguments& arguments) {
    return arguments.from.empty() ? std::nullopt : std::optional<Origin>(std::in_place, arguments);
}

Scenario Origin::read(Attendant& attendant) const {
    if (given_.file.empty() && !std::filesystem::exists(scenario_.file))
        throw Error(fmt::format("the scenario of the snapshot, '{}', does not exist", scenario_.file),
                    "say where it is: entente run FILE --from " + shell_quoted(file_.path().string()));
    return changed(scenario_.read_as_written(attendant), attendant);
}

Scenario Origin::changed(Scenario scenario, Attendant& attendant) const {
    file_.check_scenario(scenario.path, scenario.hash);
    for (const auto& setting : given_.settings)
        if (sets_start(setting))
            throw Error(fmt::format("'{}' sets a start value, and the runs of the snapshot have begun", setting),
                        "set parameters only, or make the runs from the start, without --from");
    const auto variant = std::ranges::find(scenario.variants, given_.variant, &Variant::name);
    if (variant != scenario.variants.end() && variant->name != file_.facts().identity.variant) {
        check_starts(*variant);
        warn_of_past(*variant, attendant);
    }
    scenario = scenario_.changed(std::move(scenario));
    given_.warn_of_timeline(scenario, attendant);
    return scenario;
}

void Origin::check_starts(const Variant& variant) const {
    if (variant.fields.empty() && variant.members.empty()) return;
    throw Error(fmt::format("the variant '{}' changes start values, and the runs of the snapshot have begun", variant.name),
                "branch with a variant of parameters, inputs and timeline only, or make its runs from the start, without --from");
}

void Origin::warn_of_past(const Variant& variant, Attendant& attendant) const {
    const auto past = [&](const TimelineEntry& entry) { return entry.tick < file_.facts().tick; };
    if (!variant.parameters.empty() || !variant.inputs.empty() || !std::ranges::all_of(variant.timeline, past)) return;
    attendant.tell_warning(fmt::format("all that the variant '{}' changes is before {}, where the snapshot was taken", variant.name,
                             file_.facts().when),
                 "the branch continues as the snapshot does; use an earlier snapshot to see a difference");
}

std::string Origin::named_by(const Identity& identity) const {
    const Identity& past = file_.facts().identity;
    const bool is_branch = identity.variant != past.variant || identity.settings != past.settings;
    return is_branch ? file_.facts().origin() : past.from;
}

}  // namespace entente
