/// The tables of this folder, compiled in as they stand.
#pragma once

#include <span>
#include <string_view>
#include <utility>

namespace entente {

/// state_codes.csv, country_names.csv and goldstein.csv, each with its name without `.csv`.
std::span<const std::pair<std::string_view, std::string_view>> embedded_tables();

/// One of them. That it is there is an assertion.
std::string_view embedded_table(std::string_view name);

}  // namespace entente
