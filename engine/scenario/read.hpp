/// Reading scenario files (YAML) and their tables (CSV).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <entente/base/problem.hpp>
#include <entente/scenario/scenario.hpp>

namespace entente {

/// A scenario, and the warnings and notes about it. Throws ScenarioError with every problem of the files, Error when a file can't be read.
struct ReadScenario {
    Scenario scenario;
    std::vector<Problem> warnings;
};
/// `-` is what comes from standard input, called `stdin`; its `use` and tables are looked for in the current folder.
ReadScenario read_scenario(const std::filesystem::path& file);

/// The same from a text, as tests and other programs hold it; `folder` is where its `use` and tables are looked for.
ReadScenario read_scenario_text(const std::string& text, const std::string& name, const std::filesystem::path& folder);

/// The scenario as `variant` would have it (its overrides applied, its timeline merged). Throws Error with a suggestion for an unknown
/// name.
Scenario with_variant(const Scenario& scenario, std::string_view variant);

/// The scenario with `--set name=value` applied: the value of a parameter, or the start value of a named row, which settings.hpp makes
/// a parameter; checked against its range. Throws Error with a suggestion.
Scenario with_setting(const Scenario& scenario, std::string_view assignment);

/// The whole scenario as one resolved JSON text: for manifests (`describe` prints it for people).
std::string resolved_json(const Scenario& scenario);

}  // namespace entente
