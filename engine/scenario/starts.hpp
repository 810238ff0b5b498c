/// Start values of single rows, as their scenario holds them.
#pragma once

#include <optional>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// The value of a start that is a number as written, with or without its sign.
std::optional<double> constant_of(const ExprPtr& tree);

/// The number with which `field` of a named row begins: its own start's or its table's or, where it has neither, the field's.
/// Nothing when that is an expression.
std::optional<double> start_number(const Scenario& scenario, const RowRef& row, FieldId field);

/// The formula by which it begins. Null where a table gives it.
const Formula* start_formula(const Scenario& scenario, const RowRef& row, FieldId field);

/// Lets a named row begin so, whatever its table or pattern says: a link that came by one gets an entry of its own, at `place`.
void set_start(Scenario& scenario, const RowRef& row, const StartOverride& start, const Place& place);

}  // namespace entente
