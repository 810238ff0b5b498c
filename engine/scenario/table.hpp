/// Tables as scenarios name them: the file, how it is written, which of its rows are taken, and what its columns hold there.
///
/// Whoever reads a table opens it with the options of its mapping, asks for columns by name and for values by name or expression, and goes
/// through its rows. What is wrong with the table is said with the place of its cell.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <entente/base/problem.hpp>
#include <entente/language/columns.hpp>
#include <entente/scenario/csv.hpp>
#include <entente/scenario/files.hpp>
#include <entente/scenario/values.hpp>

namespace entente {

/// What a value stands for that a missing cell leaves open: the field's own start, nothing, as if the row were not written, or a number.
struct MissingCells {
    enum class Rule { error, start, skip, number };
    Rule rule = Rule::error;
    double number = 0;
};

struct TableOptions {
    Text file;
    CsvForm form{};
    MissingCells missing{};
    std::string missing_help{};   ///< what is told beside a cell that is missing where that is an error
    std::optional<Text> where{};  ///< rows where this expression over columns is neither 0 nor missing are taken; none: all
};

/// The options that a mapping gives: the file under `file_key`, and `separator`, `decimal`, `missing` and `where`, as far as its section has them.
/// `word` is what `missing` may say there instead of a number: `start` or `skip`.
TableOptions table_options(const Mapping& mapping, std::string_view file_key, MissingCells::Rule word, Problems& problems);
/// Those of a table of which only the file is named.
TableOptions table_options(const Text& file);
/// Where `unknown` is `skip`; nothing where it is `error`, absent or, after a problem, something else.
std::optional<Place> unknown_is_skipped(const Mapping& mapping, Problems& problems);

class CsvTable {
public:
    /// Opens the file and reads its header; null after a problem.
    static std::unique_ptr<CsvTable> open(Files& files, const TableOptions& options);

    CsvTable(const CsvTable&) = delete;
    CsvTable& operator=(const CsvTable&) = delete;

    /// Its cells, for texts, dates and problems.
    [[nodiscard]] CsvReader& csv() { return csv_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const Text& file() const { return options_.file; }
    /// The column of that name; nothing after a problem.
    std::optional<std::size_t> column(const Text& name);
    /// The column that stands under `key` of `mapping`, where there is one and it has the key, or else the one that is called `usual`. Nothing
    /// after a problem, whose help says that `key` tells it.
    std::optional<std::size_t> column(const Mapping* mapping, std::string_view key, std::string_view usual);
    std::optional<std::size_t> column(const Mapping* mapping, std::string_view key) { return column(mapping, key, key); }

    /// A value of each row, by the name of a column or an expression over columns: its number here. Nothing after a problem.
    std::optional<std::size_t> add_value(const Text& expression);
    /// The same, of what stands under `key`, or else of the column that is called so.
    std::optional<std::size_t> add_value(const Mapping* mapping, std::string_view key);
    /// The column, where a value is one.
    [[nodiscard]] std::optional<std::size_t> column_of(std::size_t value) const { return values_[value].expression.column(); }
    /// Whether `where` or a value reads the column.
    [[nodiscard]] bool reads(std::size_t column) const;

    /// Goes on to the next row that is taken; false at the end. That `where` takes none is a problem then.
    bool next();
    /// A value on this row: finite, or NaN where a cell is missing and the field's start or nothing stands for it. Nothing after a problem.
    std::optional<double> number(std::size_t value);
    /// The same, and NaN wherever a cell is missing.
    std::optional<double> number_or_nothing(std::size_t value);
    [[nodiscard]] const Text& text_of(std::size_t value) const { return values_[value].text; }  ///< as written
    /// The column of this row at which what is wrong with a value is told.
    [[nodiscard]] std::size_t place_of(std::size_t value) const;

    [[nodiscard]] bool is_whole() const { return csv_.is_whole(); }  ///< no row was left out for a problem
    /// No problem was said of a row, and `where` took some if there were any.
    [[nodiscard]] bool is_fine() const { return csv_.is_fine() && (!where_ || taken_ > 0 || rows_ == 0); }
    [[nodiscard]] std::int64_t rows() const { return rows_; }         ///< so far, taken or not
    [[nodiscard]] std::int64_t taken() const { return taken_; }       ///< of them, by `where`

private:
    struct ColumnValue {
        Text text;
        ColumnExpression expression;
        std::vector<double> cells;  ///< what it reads on this row
        std::optional<std::size_t> missing{};  ///< a column whose number is missing on this row
    };
    CsvTable(int file, Files& files, const TableOptions& options);

    /// The value on this row, be it finite or not; nothing after a problem.
    std::optional<double> computed(ColumnValue& value);
    std::optional<double> read_cell(const ColumnRead& read, ColumnValue& value);
    bool takes();
    void say_missing(std::size_t column);
    void say_lacking(std::string_view key, std::string_view usual);
    void note_texts();
    void say_none_taken();

    CsvReader csv_;
    Problems& problems_;
    std::string path_;
    TableOptions options_;
    std::vector<ColumnValue> values_;
    std::optional<ColumnValue> where_;
    bool is_broken_ = false;  ///< `where` can't be read
    std::int64_t rows_ = 0;
    std::int64_t taken_ = 0;
    std::vector<std::string> texts_;  ///< first texts of the first column that `where` compares with one
};

}  // namespace entente
