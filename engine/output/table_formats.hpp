/// The columns of every table of results, by which writers head them and from which `entente reference formats` is printed.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// Two that share the name of a file are of different commands.
enum class ResultTable {
    runs,
    rows,
    levels,
    events,
    design,
    points,
    point_rows,
    indices,
    differences,
    curves,
    courses,
    scores,
    items,
    item_scores,
    reliability,
    posterior,
    generations,
    tempered_generations,
    predicted,
    scales,
    ranks,
    record_chances,
    moments,
    filtered,
};

/// Whether a column is in each table of its kind.
enum class Presence {
    always,
    sometimes,
    each,    ///< one for each of what stands in `<…>`, and none where there is none
    beside,  ///< likewise, and each stands beside its own of the column before
};

struct TableColumn {
    std::string_view name;  ///< `<measure>[<year>]`: what stands in `<…>` is written in its place
    std::string_view unit;  ///< `text`, `date`, `number`, a unit, …
    std::string_view meaning;
    Presence presence = Presence::always;
};

struct TableFormat {
    ResultTable table;
    std::string_view file;
    std::string_view commands;  ///< that write it
    std::string_view row;       ///< what a row is: `a run`
    std::span<const TableColumn> columns;
};

/// In the order of ResultTable.
std::span<const TableFormat> table_formats();
const TableFormat& format_of(ResultTable table);

/// The names of the columns that a column which is not always there has in one table: none, itself, or one for each.
using ColumnNames = std::function<std::vector<std::string>(std::string_view column)>;
std::vector<std::string> table_columns(ResultTable table, const ColumnNames& names);

/// The head of a table whose columns are always the same, with its line end.
std::string table_head(ResultTable table);
/// That of one whose columns differ.
std::string table_head(ResultTable table, const ColumnNames& names);

}  // namespace entente
