/// The reference of the files that Entente writes: tables, JSON, NetCDF, ledger, snapshots and shards.
#pragma once

#include <string>

namespace entente {

/// In Markdown, printed from the declarations by which the files are written.
std::string formats_reference();
/// The same as one JSON text: `tables`, `json`, `series`, `ledger`, each with names and meanings.
std::string formats_json();

}  // namespace entente
