/// Levels: names of the values 0, 1, 2, … of a field.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <entente/scenario/merge.hpp>
#include <entente/scenario/scenario.hpp>

namespace entente {

/// What the name of a level stands for at some place; nothing for other texts.
using LevelOf = std::function<std::optional<double>(std::string_view)>;

/// The levels that stand under `levels`: names, or {name: …, label: …}. Problems are said; then there may be fewer.
std::vector<Level> read_levels(const Node& node, Problems& problems);
std::vector<std::string> names_of(const std::vector<Level>& levels);

/// The names of all levels that the kinds' fields declare, read before all else so that parameters may have such values.
void declare_levels(const std::vector<MergedKind>& kinds, Schema& schema);

/// A number, or the name of a level on which all fields that have it agree.
std::optional<double> read_number_or_level(const Node& node, std::string_view key, const Schema& schema, Problems& problems);

/// What to write where a field with levels can't begin with this value, which is no whole number; "" where it can.
std::string level_fault(const Field& field, double value);

/// The levels that a measure's value has: those of the field that it reads, or takes the last, largest or smallest of; else null.
const std::vector<Level>* levels_of(const Scenario& scenario, const ExprPtr& measured);

}  // namespace entente
