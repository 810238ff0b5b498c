/// What is printed of runs that stopped at a date and of the snapshot that keeps them.
#pragma once

#include <filesystem>
#include <string>

#include <entente/model/model.hpp>
#include <entente/study/ensemble.hpp>

namespace entente {

/// Runs, date, file and size; how to go on.
std::string stop_text(const std::filesystem::path& file, const Model& model, const RunPlan& plan, const Results& results);

/// The same as one JSON object.
std::string stop_json(const std::filesystem::path& file, const Model& model, const RunPlan& plan, const Results& results);

}  // namespace entente
