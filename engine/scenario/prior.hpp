/// Priors as they are written: `uniform(0, 1)`, `choice(1, 2, 5)`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <entente/base/problem.hpp>
#include <entente/scenario/levels.hpp>
#include <entente/scenario/scenario.hpp>

namespace entente {

/// What can be written, for messages.
inline constexpr std::string_view prior_help =
    "write uniform(a, b), loguniform(a, b), normal(m, s), lognormal(m, s), beta(a, b), choice(a, b, …) or integers(a, b)";

/// Whether `text` is a word and then a pair of brackets, with nothing after them.
bool is_call(std::string_view text);

/// The finite numbers between the round or curly brackets that open at `open`, commas between them. Nothing and a problem when one is none.
/// A name of a level stands for its number.
std::optional<std::vector<double>> read_arguments(const Text& text, std::size_t open, Problems& problems, const LevelOf& level_of = {});

/// The prior that `text` tells of what is called `key`. Nothing and a problem for one that is unknown or unsound; a problem, too, where it
/// reaches outside `range`, save for the tails of normal and lognormal, which the range cuts.
std::optional<Prior> read_prior(const Text& text, std::string_view key, const Range& range, Problems& problems,
                                const LevelOf& level_of = {});

}  // namespace entente
