/// A scenario as a document after the ODD protocol (Grimm et al. 2020, Journal of Artificial Societies and Social Simulation 23(2) 7).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// Markdown: purpose and patterns; entities, state variables and scales; process overview and scheduling; design concepts; initialization;
/// input data; submodels with their equations; then parameters, variants and references. Everything stands in the scenario itself.
std::string odd_document(const Scenario& scenario);

/// The parts before the submodels as title and Markdown, whose headings begin at the third level.
std::vector<std::pair<std::string, std::string>> odd_parts(const Scenario& scenario);

/// The parts, in their order.
std::string odd_purpose(const Scenario& scenario);
std::string odd_entities(const Scenario& scenario);
std::string odd_schedule(const Scenario& scenario);
std::string odd_design_concepts(const Scenario& scenario);
std::string odd_initialization(const Scenario& scenario);
std::string odd_input_data(const Scenario& scenario);
std::string odd_submodels(const Scenario& scenario);

}  // namespace entente
