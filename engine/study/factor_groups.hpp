/// Factors that a sensitivity analysis moves together, under a name of their own.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <entente/study/saltelli.hpp>

namespace entente {

/// Groups in the order of their first factors; a factor that no group names is one by itself, under its own name.
struct NamedGroups {
    std::vector<std::string> names;                 ///< by group
    std::vector<std::vector<std::string>> members;  ///< by group: names of its factors
    FactorGroups of_factor;

    [[nodiscard]] std::size_t size() const { return names.size(); }
    /// Whether it was asked for; else it is a factor alone.
    [[nodiscard]] bool is_named(std::size_t group) const { return members[group].front() != names[group]; }
};

/// Each text is `NAME=factor,factor,…`; blanks don't count, and commas in brackets separate nothing: `relation[russia, afghanistan].trust`.
/// Throws Error for texts of another form, factors that are unknown or in two groups, names that stand twice or are a factor's.
NamedGroups read_groups(std::span<const std::string> texts, std::span<const std::string> factors);

}  // namespace entente
