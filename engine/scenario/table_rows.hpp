/// Rows of kinds as the cells of a table name them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include <entente/scenario/reader.hpp>
#include <entente/scenario/table.hpp>

namespace entente {

/// Finds rows by their names. What there is not is a problem, or its line is left out, where `unknown: skip` stands beside the table: how
/// many are, and which first, is told at the end.
class TableRows {
public:
    /// `skip` is the place of `unknown: skip`.
    TableRows(Reader& reader, CsvTable& table, std::optional<Place> skip) : reader_(reader), table_(table), skip_(std::move(skip)) {}

    [[nodiscard]] bool skips() const { return skip_.has_value(); }
    /// The row of the agent that a cell names.
    std::optional<int> agent(std::size_t column, KindId kind);
    /// Those of the agents that two cells name, as the ends of links of `kind`, be there such a link or not.
    std::optional<std::pair<int, int>> ends(std::size_t source, std::size_t target, KindId kind);
    /// Whether a link of `kind` runs between these rows, as far as what is written tells.
    bool is_link(KindId kind, int source, int target);
    /// Says that the link whose ends two cells name is not there.
    void refuse_link(std::size_t source, std::size_t target, KindId kind);
    /// Says it at the first cell of which it is so, or leaves its line out.
    void refuse(std::size_t column, const std::string& what, std::string help);

    [[nodiscard]] std::int64_t left_out() const { return left_out_; }
    [[nodiscard]] bool has_unknown() const { return !told_.empty(); }  ///< of which a problem was said
    /// Tells how many lines were left out. Where none was `taken`, that is told as `none_left`.
    void tell(bool taken, Severity none_left);

private:
    Reader& reader_;
    CsvTable& table_;
    std::optional<Place> skip_;
    std::map<int, std::unordered_set<std::uint64_t>> links_;  ///< those written, by kind
    std::unordered_set<std::string> told_;                    ///< problems
    std::int64_t left_out_ = 0;
    std::string first_;  ///< what is wrong with the first line left out
    int first_line_ = 0;
};

}  // namespace entente
