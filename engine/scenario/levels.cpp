#include <entente/scenario/levels.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/values.hpp>

namespace entente {
namespace {

std::optional<Level> level_from(const Node& node, Problems& problems) {
    Level level;
    level.place = node.place;
    if (node.is_map()) {
        const Mapping mapping(node, Section::level, problems);
        level.name = mapping.line("name");
        level.label = mapping.line("label");
        if (level.name.empty()) return std::nullopt;
    } else {
        const auto text = read_text(node, "levels", problems);
        if (!text) return std::nullopt;
        level.name = text->value;
    }
    return level;
}

/// The names under a field's `levels`, whatever else may be wrong with it.
std::vector<std::string> names_under(const Node& field) {
    std::vector<std::string> names;
    const Node* levels = field.is_map() ? field.find("levels") : nullptr;
    if (!levels || !levels->is_list()) return names;
    for (const NodePtr& item : levels->items) {
        const Node* name = item->is_map() ? item->find("name") : item.get();
        names.push_back(name && name->is_scalar() ? name->text.value : std::string{});
    }
    return names;
}

}  // namespace

std::vector<Level> read_levels(const Node& node, Problems& problems) {
    std::vector<Level> levels;
    if (node.is_list() && node.items.size() < 2) {
        problems.error(node.place, "a field with levels has two of them or more", "write levels: [none, mission, ambassadors]");
        return levels;
    }
    if (!node.is_list()) {
        wrong_type(node, "levels", "a list of names", problems, "write levels: [none, mission, ambassadors]");
        return levels;
    }
    std::set<std::string> seen;
    for (const NodePtr& item : node.items) {
        auto level = level_from(*item, problems);
        if (!level) continue;
        if (!seen.insert(level->name).second)
            problems.error(level->place, fmt::format("a second level is called '{}'", level->name), "each level has a name of its own");
        levels.push_back(std::move(*level));
    }
    return levels;
}

std::vector<std::string> names_of(const std::vector<Level>& levels) {
    std::vector<std::string> names;
    for (const Level& level : levels) names.push_back(level.name);
    return names;
}

void declare_levels(const std::vector<MergedKind>& kinds, Schema& schema) {
    for (const MergedKind& kind : kinds)
        for (const Entry& field : kind.fields.entries()) {
            const auto names = names_under(*field.value);
            for (std::size_t i = 0; i < names.size(); ++i)
                if (!names[i].empty()) schema.level_values[names[i]].insert(static_cast<double>(i));
        }
}

std::optional<double> read_number_or_level(const Node& node, std::string_view key, const Schema& schema, Problems& problems) {
    if (!node.is_scalar() || !schema.level_values.contains(node.text.value)) return read_number(node, key, problems);
    const auto level = schema.level(node.text.value);
    if (!level)
        problems.error(node.place, fmt::format("'{}' is a level of several fields, and not the same number in all", node.text.value), "write the number");
    return level;
}

std::string level_fault(const Field& field, double value) {
    if (field.levels.empty() || value == std::floor(value)) return {};
    return fmt::format("write one of its levels: {}", listed(names_of(field.levels)));
}

const std::vector<Level>* levels_of(const Scenario& scenario, const ExprPtr& measured) {
    if (!measured) return nullptr;
    if (measured->kind == Expr::Kind::over_time) {
        const bool is_one_of_them = measured->over_time == OverTime::last || measured->over_time == OverTime::peak || measured->over_time == OverTime::trough;
        return is_one_of_them ? levels_of(scenario, measured->args[0]) : nullptr;
    }
    if (measured->kind != Expr::Kind::field) return nullptr;
    const auto& levels = scenario.fields(measured->row->kind)[static_cast<std::size_t>(measured->field.value)].levels;
    return levels.empty() ? nullptr : &levels;
}

}  // namespace entente
