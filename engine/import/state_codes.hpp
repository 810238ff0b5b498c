/// Which state a code of a list stands for: Correlates of War (COW), Gleditsch and Ward, ISO 3166 alpha-3, names.
///
/// The lists agree on most states and not on all: Germany is 260 and then 255 to COW, 260 throughout to Gleditsch and Ward; Serbia 345 to
/// COW, 345 and then 340 to them; Yemen 678 and then 679 against 678; 970 is Nauru to the one and Kiribati to the other. state_codes.csv
/// restates the codes and the years of both lists from 1946 on (COW State System Membership v2016; Gleditsch and Ward 1999, with their list
/// of microstates, as continued since). A state that goes on under other borders keeps the ISO code it has today (Russia for the Soviet
/// Union, Germany for the Federal Republic); one that ended has its withdrawn code (CSK, DDR, YMD), or none (the Republic of Vietnam,
/// Zanzibar).
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace entente {

/// How a state is called in a table.
enum class Naming { cow, gw, iso3, name };
std::span<const std::string> namings();                  ///< as options write them, in that order
std::optional<Naming> naming_of(std::string_view text);  ///< `cow`, `gw`, `iso3`, `name`
std::string_view words_for(Naming naming);               ///< in messages: "a COW code"

inline constexpr int always = std::numeric_limits<int>::max();  ///< the last year of what has not ended
inline constexpr int first_year_of_lists = 1946;

/// A state for some years in one of the lists, or in both by the same code.
struct StateSpell {
    bool in_cow = false;
    bool in_gw = false;          ///< microstates too
    bool is_microstate = false;  ///< in the list of microstates that goes with Gleditsch and Ward's
    std::string code;
    std::string id;                  ///< what it is known by here: its ISO code, or its name where it has none
    int from = first_year_of_lists;  ///< first year in which it was a member, 1946 for all that were before
    int to = always;                 ///< last year in which it was

    [[nodiscard]] bool is_in(Naming list) const { return list == Naming::cow ? in_cow : in_gw; }
    [[nodiscard]] bool covers(int year) const { return from <= year && year <= to; }
};
/// All of them, by code.
std::span<const StateSpell> state_spells();

/// The id of the state that `text` names; nothing when it names none.
std::optional<std::string> state_id(Naming naming, std::string_view text);

/// What the state is called, in `year` where a list changed its code (of years outside its membership the nearest; without a year the
/// last). Nothing where it has no such code: territories in COW's list, ended states in ISO's.
std::optional<std::string> state_called(Naming naming, const std::string& id, std::optional<int> year = {});

/// A name for people: "Germany" for DEU.
std::string state_label(const std::string& id);

}  // namespace entente
