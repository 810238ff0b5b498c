/// The summary a person reads on the terminal after a run.
#pragma once

#include <string>

#include <entente/output/run_folder.hpp>
#include <entente/output/text_table.hpp>

namespace entente {

/// Which rows of a measure by row are told where there are more than a dozen.
enum class RowsTold { extremes_and_median, all };

/// Title, calendar, runs and seed; then a table each for what was measured over time, once a run, as a date, by year and row by row;
/// events; failures with the command that makes one again; cost and digest; and where the results are. A single run is shown without ranges.
std::string summary_text(const Results& results, const Summary& summary, const RunRecord& record, const SavedResults& saved,
                         const TextStyle& style, RowsTold rows = RowsTold::extremes_and_median);

}  // namespace entente
