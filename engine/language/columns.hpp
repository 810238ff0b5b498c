/// Expressions over the columns of a table: `population_2021 / 1e6`, `year == 2017 and region == 'Africa'`.
///
/// They are expressions of the language, with its operators and mathematical functions. A name is a column's; one that is no plain word stands in
/// quotes, `'GDP (USD)' / 1e6`. To the right of a comparison quotes hold a text, with which a cell is compared character by character. has(column)
/// tells whether a cell holds something. A cell that is missing is NaN: it compares with nothing, and what is computed from it is missing too.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <entente/base/problem.hpp>
#include <entente/language/program.hpp>

namespace entente {

/// What an expression reads of a row.
struct ColumnRead {
    enum class What {
        number,   ///< the number in its cell; NaN where it is missing
        order,    ///< how its text compares with `text`: -1 before it, 0 the same, 1 after it
        presence  ///< 1 where its cell holds something, else 0
    };
    What what = What::number;
    std::size_t column = 0;
    std::string text{};
    bool operator==(const ColumnRead&) const = default;
};

class ColumnExpression {
public:
    /// Its value where it reads `values`, one for each of reads(); the engine's own bits.
    [[nodiscard]] double value(std::span<const double> values) const;
    [[nodiscard]] std::span<const ColumnRead> reads() const { return reads_; }
    /// The column, where the expression is its name alone.
    [[nodiscard]] std::optional<std::size_t> column() const { return column_; }

private:
    friend std::optional<ColumnExpression> read_column_expression(const Text&, std::span<const std::string>, Problems&, std::string_view);
    std::vector<ColumnRead> reads_;
    std::optional<std::size_t> column_;
    Program program_;  ///< its loads are numbered as reads_
    mutable std::vector<double> slots_;
};

/// Reads an expression over columns of these names; a text that is the name of a column, whatever stands in it, is that column. Nothing after
/// a problem, which calls the table by its name, `table`, where it has one.
std::optional<ColumnExpression> read_column_expression(const Text& text, std::span<const std::string> columns, Problems& problems, std::string_view table = {});

}  // namespace entente
