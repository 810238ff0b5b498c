/// Values that are set, or varied, from outside a scenario: its parameters, and start values of named rows made into parameters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// `name=value` in two, at the first `=` outside brackets (within which names may stand in quotes), each without the blanks around it. No value where there is no `=`.
struct Assignment {
    std::string_view name;
    std::optional<std::string_view> value;
};
Assignment split_assignment(std::string_view text);

/// The parameter of that name. That of a start value is found however its place is spelled: `relation[russia,afghanistan].trust`.
std::optional<ParameterId> find_parameter(const Scenario& scenario, std::string_view name);

/// The scenario in which the start of a field of a named row is a parameter: `state[russia].trust`, `relation[russia, afghanistan].trust`.
/// The parameter is called so, spelled like this, and has the field's unit, range and remarks. Its value is the number with which the
/// row begins otherwise, be it its own, its table's or the field's. Where that is an expression, its value is NaN: it has to be given one
/// before a run, or the run fails in its first instant. A parameter that is there already is left as it is.
/// Nothing else changes: all draws stay what they were.
/// A pattern's links are not laid out here: where it makes none between the two, the start adds one, as a variant's does.
/// Throws Error with a suggestion for a place that can't be: unknown names, a derived field, a link that does not exist.
Scenario with_start_as_parameter(const Scenario& scenario, std::string_view place);

/// The same for `name` of a parameter or of such a place. Throws Error for what is neither.
Scenario with_parameter(const Scenario& scenario, std::string_view name);

/// That the timeline sets a parameter, so that a value given to it counts no longer than until then; "" where it does not, or goes on from
/// the value given: `aid_rate: aid_rate / 2`.
std::string timeline_warning(const Scenario& scenario, ParameterId parameter);

}  // namespace entente
