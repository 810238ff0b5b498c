/// What a study varies, as it is written: parameters of a scenario and start values of named rows, and over which values each goes.
///
/// | text | what is varied, and how |
/// |---|---|
/// | `name` | by the prior that the scenario gives it |
/// | `name=low:high` | uniformly between the two |
/// | `name=low:high:n` | the same; in a grid by n levels |
/// | `name=log(low, high)` | uniformly on a logarithmic scale, 0 < low < high; may end with `:n` |
/// | `name={a, b, c}` | each of these, equally often; numbers, yes and no |
/// | `name=uniform(a, b)` | by this or any other prior of the language; but for `choice` it may end with `:n` |
///
/// `name` may be a place, `relation[russia, afghanistan].trust`: then the start of that field on that row is varied (settings.hpp).
#pragma once

#include <span>
#include <string>
#include <vector>

#include <entente/study/factor.hpp>

namespace entente {

/// A scenario in which all that shall vary is a parameter. Factor k is about parameter k of `parameters`, in the order of the texts;
/// these are what CompileOptions::varied must name.
struct Varied {
    Scenario scenario;
    std::vector<Factor> factors;
    std::vector<ParameterId> parameters;
};

/// Throws Error with what to try for: a name that is unknown or comes twice, a way of varying that can't be read, bounds that are
/// reversed, equal or outside the parameter's range, a logarithm of what is not positive, fewer than two levels or values.
Varied vary(const Scenario& scenario, std::span<const std::string> texts);

/// Names of all parameters that have a prior, but for those named.
std::vector<std::string> parameters_with_priors(const Scenario& scenario, std::span<const std::string> but);

/// What is lost of a factor's distribution where its range cuts it, in words; empty where it is a tenth or less.
std::string cut_warning(const Factor& factor);

}  // namespace entente
