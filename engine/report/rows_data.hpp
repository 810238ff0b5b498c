/// What a page shows of measures by row: a table for each kind, with small curves.
#pragma once

#include <string>
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
/// Rows of a series by row of which pages draw fans over time, the first ones.
inline constexpr std::size_t most_fans_by_row = 40;

/// The share in which it has come by each of so many moments, before the first tick and after each.
page::Numbers shares_over_time(const Coming& coming, std::int64_t moments);

/// The records of a measure by row, in the order of the scenario.
struct RowRecords {
    std::vector<RowRecord> of_rows;
    std::vector<std::string> absent;  ///< of links that do not exist: one a record, `russia -> china`
};
RowRecords row_records(const Scenario& scenario, const MeasureInfo& measure);

/// One for each kind that measures are on, in the order of the measures. Of kinds with many rows the first ones; then the note says so, and where all are. It says, too, of how many rows
/// fans are drawn, and which records are left out.
std::vector<page::RowsData> rows_data(const Scenario& scenario, const Results& results, const Summary& summary);

}  // namespace entente
