/// Where agents are on the Earth, for maps: a country or a position. Nothing of it is part of what a model computes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace entente {

/// A country or territory by its codes in ISO 3166-1; Kosovo, which has none there, by XKX, XK and no number, as makers of data write it.
struct Country {
    std::string_view alpha3;   ///< AFG
    std::string_view alpha2;   ///< AF
    std::string_view numeric;  ///< 004
    std::string_view name;     ///< Afghanistan
};

/// All of them, by alpha-3 code.
std::span<const Country> countries();
/// The country with that alpha-3 code, capitals as they are written; null where there is none.
const Country* country_of(std::string_view alpha3);
/// What to write instead of a text that is no alpha-3 code: `Afghanistan is AFG`, of one of the other codes, of a name and of what is nearly a code.
std::string country_help(std::string_view text);

struct Position {
    double latitude = 0;   ///< degrees north, in [-90, 90]
    double longitude = 0;  ///< degrees east, in [-180, 180]
    bool operator==(const Position&) const = default;
};

/// What is wrong with a position, in a sentence without an end: `the latitude 95 is beyond 90`; "" where nothing is.
std::string position_fault(double latitude, double longitude);

/// An agent is in a country, at a position, in both (then the position is what a map draws, the country what it fills), or nowhere.
struct Site {
    std::string iso;  ///< ISO 3166-1 alpha-3, or XKX; "" where none is given
    std::optional<Position> position;
    [[nodiscard]] bool is_given() const { return !iso.empty() || position.has_value(); }
};

}  // namespace entente
