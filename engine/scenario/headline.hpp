/// What a scenario is about: the few measures that are its answer, and stand first wherever something is told.
#pragma once

#include <cstddef>
#include <vector>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// Measures that `headline` may name, and how many are taken where it is not there.
inline constexpr std::size_t most_in_headline = 5;
inline constexpr std::size_t headline_by_default = 2;

/// Whether a measure is the date of a `first(…)`.
bool is_date(const Measure& measure);

/// Numbers in Scenario::measures, all of them, the foremost first: those that `headline` names, then the dates, then the others, in their order, measures of
/// the world before those of rows.
std::vector<std::size_t> headline_order(const Scenario& scenario);

/// The first of that order: those that `headline` names, or some where it names none. Empty where nothing is measured.
std::vector<std::size_t> headline_of(const Scenario& scenario);

}  // namespace entente
