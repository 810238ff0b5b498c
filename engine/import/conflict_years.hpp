/// Armed conflicts of the UCDP/PRIO dataset as a panel of states and years.
#pragma once

#include <string>
#include <vector>

#include <entente/import/maker_file.hpp>

namespace entente {

struct ConflictYears {
    /// `extrasystemic`, `interstate`, `intrastate`, `internationalised`, as UCDP/PRIO defines them; none: all.
    std::vector<std::string> types = {};
    int least_intensity = 1;       ///< 1: from 25 battle deaths a year; 2: from 1,000
    bool with_supporters = false;  ///< states that send troops to either side (`gwno_a_2nd`, `gwno_b_2nd`) as well as the sides themselves
    bool with_zeros = true;        ///< a row for every state and year, with 0 where it had no conflict
    std::optional<Years> years = {};  ///< none: from the first to the last year of the file
    NamingChange change{.from = Naming::gw};
};

std::span<const std::string> conflict_types();

/// `name,year,value,conflicts`: the highest intensity (0, 1 or 2) of the conflicts in which the state was a side in that year, and their
/// number, from a file with a row for each conflict and year (UcdpPrioConflict, or `ucdp_acd` of peacesciencer). A state is a side where
/// its government is: `gwno_a`, between states `gwno_b` too. Zeros are those of the states that state_codes.csv has for the year.
Imported conflict_years(int file, const Sources& sources, const ConflictYears& asked, Problems& problems);

}  // namespace entente
