/// The World Bank's wide tables, a column a year, as long ones.
#pragma once

#include <string>

#include <entente/import/maker_file.hpp>

namespace entente {

struct WorldBankTable {
    std::string indicator = {};  ///< the code or name of one, where the table holds several
    Years years = {};
    NamingChange change{.from = Naming::iso3};
};

/// What stands above the header (`Data Source`, `Last Updated Date`) is not part of the table; the number of its line otherwise is 1.
CsvForm world_bank_form(std::string_view text);

/// A table without the lines that DataBank writes at the end: `Data from database: …`.
std::string without_footer(std::string text);

/// `name,year,value`: a row for each value that there is, from `API_….csv`, `WDICSV.csv` or DataBank's table. Aggregates (the world,
/// regions, groups by income and lending) are left out.
Imported world_bank_values(int file, const Sources& sources, const WorldBankTable& asked, Problems& problems);

}  // namespace entente
