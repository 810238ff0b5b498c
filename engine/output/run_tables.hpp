/// Results as CSV tables: one row a run, one row a run and row of a kind, one row a logged event.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <entente/store/staged_files.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

/// What was varied between the runs, and which of them repeat the same values. `run` varies nothing: empty, and every run is its own
/// replicate.
struct RunLabels {
    struct Column {
        std::string name;
        std::vector<double> values;  ///< one a run
    };
    std::vector<std::int64_t> replicates;  ///< one a run, or none
    std::vector<Column> varied;
    std::vector<std::int64_t> points{};       ///< one a run, or none: then there is no such column
    std::vector<std::string> alternatives{};  ///< likewise
    std::vector<std::int64_t> drawn_as{};     ///< likewise: the run as which each drew, where that is not its replicate
};

/// The column of a factor: its name, or `parameter_NAME` where that means something else in the table.
std::string factor_column(const std::string& name, std::span<const std::string> taken);
/// The column of a measure or outcome: its name, or `measure_NAME` where that is reserved (names.hpp), as no scenario's is.
std::string measure_column(const std::string& name);

/// runs.csv (table_formats.hpp): a varied parameter whose name a measure has too is called `parameter_NAME`, a measure called like one of the first
/// columns is `measure_NAME`; measures by row are left to rows.csv. Numbers read back to the same double, dates are ISO days (ticks in an undated calendar), never is empty, and what a failed
/// run leaves open.
void write_runs(const Results& results, const RunLabels& labels, const Sink& sink);
/// The same in two: the header, and the rows of runs, which may be any number of them at a time.
void write_runs_heads(const Results& results, const RunLabels& labels, const Sink& sink);
void write_runs_rows(const Results& results, const RunLabels& labels, const Sink& sink);

/// Whether there are measures by row.
bool has_rows(const Results& results);

/// The kinds whose rows a table by row tells of, in the order of the measures, and what it calls their rows. `layout` must outlive it.
class RowTable {
public:
    explicit RowTable(const Results& layout);
    [[nodiscard]] std::size_t kinds() const { return kinds_.size(); }
    [[nodiscard]] const std::string& kind(std::size_t number) const { return layout_.measures[kinds_[number]].kind; }
    [[nodiscard]] std::size_t rows(std::size_t kind) const { return layout_.measures[kinds_[kind]].rows.size(); }
    /// Whether one is a kind of links: its rows have a source and a target.
    [[nodiscard]] bool has_ends() const { return has_ends_; }
    [[nodiscard]] std::string name_cells(std::size_t kind, std::size_t row) const;

private:
    const Results& layout_;
    std::vector<std::size_t> kinds_;  ///< of each the first measure
    bool has_ends_ = false;
};

/// The column of a measure in a table by row: its name, or `measure_NAME` where that means something else there.
std::string row_measure_column(const std::string& name);

/// rows.csv: one row a run and row of a kind. What runs.csv has before the measures, then `kind` (`state`), `row` (`syria`, `russia -> afghanistan`)
/// and, where one is a kind of links, their ends as `source` and `target`; then each measure by row, as runs.csv has those of the world. On rows of
/// another kind a measure's cells are empty.
void write_rows_heads(const Results& results, const RunLabels& labels, const Sink& sink);
/// Its rows, all of a run in one piece of text.
void write_rows(const Results& results, const RunLabels& labels, const Sink& sink);

/// events.csv: run, tick, date, event, on (`russia -> afghanistan`), count, cameo, goldstein, cause, chance.
void write_events(const Results& results, const Sink& sink);

}  // namespace entente
