/// Tables: CSV as RFC 4180 has it, read row by row where it lies.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <entente/base/problem.hpp>

namespace entente {

/// How a table is written where it is not as RFC 4180 has it.
struct CsvForm {
    char separator = ',';   ///< between cells
    char decimal = '.';     ///< before decimals
    std::size_t begin = 0;  ///< offset of its first line, the header: what stands above it is no part of the table
    int line = 1;           ///< number of that line in the file
    bool can_be_told = false;  ///< a mapping beside the file's name may tell another form, and only columns that are read need names of their own
};

class CsvReader {
public:
    static constexpr int most_problems = 20;          ///< then the reading of a table ends
    static constexpr std::size_t most_columns = 10;  ///< listed of those that are unknown or occur twice

    /// Reads the header of a file of `sources`. One whose cells are not separated as `form` says, or whose first line holds numbers only, is
    /// one problem, and has neither header nor rows. Any number of columns may lack a name.
    CsvReader(int file, const Sources& sources, Problems& problems, CsvForm form = {});

    /// Says which columns are missing or unknown; `required` are what the table can't do without.
    void expect_columns(std::span<const std::string> required, std::span<const std::string> optional, std::string_view otherwise = {});
    /// Says which names two columns have, and whether there are some.
    bool refuse_repeated();
    /// Whether no other column has the name of this one; a problem at `place` otherwise.
    bool is_single(std::size_t column, const Place& place);
    /// A problem of the header.
    void say_header(std::string what, std::string help);
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
    [[nodiscard]] std::span<const std::string> header() const { return header_; }

    /// The next row with as many cells as the header has; false at the end. Blank lines are skipped.
    bool next();
    [[nodiscard]] std::string_view cell(std::size_t column) const { return cells_[column].text; }
    [[nodiscard]] Place place(std::size_t column) const;
    [[nodiscard]] int line() const { return cells_.empty() ? line_ : cells_[0].line; }  ///< of the row
    /// A number as this table writes them; nothing for other text.
    [[nodiscard]] std::optional<double> number_in(std::string_view cell) const;
    void say_no_number(std::size_t column);  ///< which is neither empty nor a finite number
    /// A finite number, or a problem.
    std::optional<double> number(std::size_t column);
    void error(std::size_t column, std::string what, std::string help = {});
    [[nodiscard]] bool is_whole() const { return is_whole_; }  ///< no row was left out
    [[nodiscard]] bool is_fine() const { return problem_count_ == 0; }  ///< no problem was said of a cell or row

private:
    void refuse_other_tables();
    struct Cell {
        std::string_view text;
        std::size_t begin;       ///< offset in the file
        std::size_t line_start;  ///< offset of its line
        int line;
    };
    [[nodiscard]] Place place(const Cell& cell) const;
    /// By `tell_one` of each of the first columns, and how many more of them `fault`.
    template <class Tell>
    void tell(const std::vector<std::size_t>& columns, std::string_view fault, Tell tell_one);
    void say(const Place& place, std::string what, std::string help);
    bool read_row();
    void read_cell();
    void read_quoted_cell();

    int file_;
    CsvForm form_;
    std::string_view text_;
    Problems& problems_;
    int problem_count_ = 0;
    bool is_whole_ = true;
    bool is_first_row_ = true;
    std::size_t at_;
    std::size_t line_start_;
    int line_;
    std::vector<std::string> header_;
    std::unordered_map<std::string, std::size_t> columns_;  ///< by name
    std::vector<std::size_t> repeated_;                     ///< columns whose name an earlier one has
    std::vector<Cell> cells_;
    std::deque<std::string> unquoted_;  ///< cells of this row that hold doubled quotes
};

/// Whether a column is what pandas, R or a spreadsheet put before the columns of a table to number its rows, by its name alone.
bool is_index_name(std::string_view column);

/// The name under which R's read.csv has a column by default: `bloc[entente].arms` becomes `bloc.entente..arms` (make.names).
std::string name_in_r(std::string_view column);

/// Whether a cell holds nothing: it is empty, `NA`, `N/A`, `NaN`, `.`, `..`, `null` or `None`, whatever the case.
bool is_missing(std::string_view cell);

/// A number as pandas and R write it too: `Inf`, `-inf`; NaN for what is missing. Nothing for other text.
std::optional<double> number_of_cell(std::string_view text);

}  // namespace entente
