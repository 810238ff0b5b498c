/// Events between states, as ICEWS and others that code by CAMEO list them.
#pragma once

#include <string>
#include <vector>

#include <entente/import/maker_file.hpp>

namespace entente {

struct EventList {
    std::vector<std::string> codes = {};  ///< CAMEO codes, with all that begins with them: `19`, `054`; none: all
    std::string event = {};               ///< what the scenario calls such events: the table is then one for `timeline`
    bool by_month = false;                ///< counts and summed weights of each pair of states and month
    bool with_domestic = false;           ///< events within one state too
    Years years = {};
    NamingChange change{.from = Naming::name};
};

/// One of
/// - `date,event,source,target,goldstein`: the CAMEO code and Goldstein weight of each event,
/// - `date,event,source,target`, with `event` as asked for,
/// - `date,source,target,events,goldstein`: by month, dated at its first day, with the number of events and the sum of their weights,
/// in the order of the file, by month in that of states and months. Columns are found as ICEWS has them (`Event Date`, `Source Country`,
/// `CAMEO Code`, `Target Country`) or plainly called (`date`, `source`, `code`, `target`). Events that lack a country are left out.
Imported event_list(int file, const Sources& sources, const EventList& asked, Problems& problems);

}  // namespace entente
