/// The key `headline` of every summary.json.
#pragma once

#include <span>

#include <nlohmann/json_fwd.hpp>

#include <entente/summary/headline.hpp>

namespace entente {

/// A list, the foremost first: each measure by its name, with its sentence and numbers.
nlohmann::ordered_json headline_json(std::span<const Headline> headline);

}  // namespace entente
