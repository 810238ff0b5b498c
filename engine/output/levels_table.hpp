/// The table of how many runs, or rows, stand on each level of a measure whose values have names.
#pragma once

#include <entente/store/staged_files.hpp>
#include <entente/summary/ensemble_summary.hpp>

namespace entente {

/// Whether any measure has levels.
bool has_levels(const Results& results);

/// levels.csv: one line a measure, row, moment and level. `measure`, `row` (empty: over runs, or of a measure by row over all rows and runs),
/// `date` (a tick in an undated calendar), `year`, `level` (its name), `value` (its number), `share` (0 to 1, of the values that are there). Of a
/// series a line each moment, over the runs whose series were kept; of a yearly measure each year. Where both `date` and `year` are empty the
/// share is of all runs: at the end of a series, else over the whole run. Single rows have no lines by moment: series.nc has their values.
void write_levels(const Results& results, const Summary& summary, const Sink& sink);

}  // namespace entente
