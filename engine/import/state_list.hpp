/// Which states there are in a year or period: a table of agents.
#pragma once

#include <optional>

#include <entente/import/maker_file.hpp>

namespace entente {

struct StateSystem {
    Years years = {};
    Naming list = Naming::gw;       ///< cow or gw
    bool with_microstates = false;  ///< those of the list that goes with Gleditsch and Ward's
    Naming to = Naming::iso3;
};

/// `name,label,code,from,to`: a state that exists in some year of the period, its code in the list, and the first and last year of the
/// period in which it does. By state_codes.csv, which begins in 1946.
Imported list_states(const StateSystem& asked);

/// The same from a maker's list: COW's states2016.csv (`ccode`, `statenme`, `styear`, `endyear`), or a table with `gwcode` or `gwno`, a
/// name, and `start` and `end` as dates that begin with the year. What is a member in the last year of the list is so afterwards. States
/// that have no name of the kind that is asked for (kingdoms of the nineteenth century no ISO code) go by their own.
Imported list_states(int file, const Sources& sources, const StateSystem& asked, Problems& problems);

}  // namespace entente
