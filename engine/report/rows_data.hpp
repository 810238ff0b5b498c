/// What a page shows of measures by row: a table for each kind, with small curves.
#pragma once

#include <vector>

#include <entente/report/page_data.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/summary/ensemble_summary.hpp>

namespace entente {

/// A record by row, at the row of the measure that it is of.
struct RowRecord {
    std::size_t row = 0;
    const Observed::OfRow* record = nullptr;
    const Observed* of = nullptr;
};
/// Those of a measure, in the order of the scenario. Records of links that do not exist are left out.
std::vector<RowRecord> row_records(const Scenario& scenario, const MeasureInfo& measure);

/// One for each kind that measures are on, in the order of the measures. Of kinds with many rows the first ones; then the note says so, and where all are.
std::vector<page::RowsData> rows_data(const Scenario& scenario, const Results& results, const Summary& summary);

}  // namespace entente
