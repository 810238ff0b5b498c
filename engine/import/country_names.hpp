/// Names of countries and what they are written like: country_names.csv has those of ISO 3166 and what makers of data write instead.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace entente {

/// A name without what differs from maker to maker: accents, case, points and commas, a leading "the", "&" for "and", "St." for "Saint".
std::string folded_name(std::string_view name);

/// The ISO code of a country or territory (Kosovo: XKX) by one of its names; nothing when none is called so.
std::optional<std::string> iso3_of_name(std::string_view name);

/// The first of its names; nothing when there is no such code, case aside.
std::optional<std::string> name_of_iso3(std::string_view iso3);

}  // namespace entente
