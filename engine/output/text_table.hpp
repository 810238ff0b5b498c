/// Tables, sentences and spark lines for a terminal.
///
/// Nothing that is printed is wider than the terminal. Where a table would be, this is what happens, in this order (`entente help output`
/// tells it to users):
///   1. names lose their middle: above 36 cells, on less than 100 columns above three tenths of the width (`name_cells`);
///   2. columns go, those of the highest rank first, all of one rank together; `LeftOut` says once, below the tables, which;
///   3. names lose more of their middle, down to 8 cells;
///   4. what is wider still ends in `…`.
/// Sentences break between words; a word that is longer than a line stays whole, so that paths and commands can be copied.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <entente/base/statistics.hpp>

namespace entente {

/// What the terminal can show.
struct TextStyle {
    std::size_t width = 100;  ///< columns of the terminal
    bool unicode = true;      ///< else ASCII
    bool colour = false;
};

/// Cells a text takes on a terminal: combining characters take none, wide ones two.
std::size_t display_width(std::string_view text);

/// At most `width` cells of the text, cut with `…` (`~` in ASCII).
std::string shortened(std::string_view text, std::size_t width, const TextStyle& style);

/// At most `width` cells of a name, without some of its middle, for what tells names apart is often at their end: `relation[ru…nistan].trust`. What
/// stands in brackets at the end stays whole where it takes no more than half.
std::string without_middle(std::string_view name, std::size_t width, const TextStyle& style);

/// How many cells of a table's line are for a name and the two by which it is set in.
std::size_t name_cells(const TextStyle& style);

/// The text in lines of at most that many cells, all but the first set in.
std::string in_lines(const std::string& text, std::size_t width);

/// The text with what ASCII lacks replaced, if the terminal can show no more: `–` by `-`, `·` by `|`, `…` by `...`, `±` by `+-`, `∞` by `inf`.
std::string shown(std::string text, const TextStyle& style);

/// The text with each line that is too wide in several, which begin below its first word, or behind its label where it has one (`Cost     …`);
/// escapes for bold and dim take no cells.
std::string fitted(std::string_view text, const TextStyle& style);

/// Messages with excerpts (`   12 | range: [1, 0]` and a line of carets below), which are cut on both sides where they are too wide; the rest is
/// fitted().
std::string fitted_messages(std::string_view text, const TextStyle& style);

/// A whole output, ready to print: shown() and fitted().
std::string laid_out(std::string text, const TextStyle& style);

/// A command behind a label, in lines that end in `\` where it takes several, so that it can be copied and runs.
std::string command_text(const std::string& label, std::string_view command, const TextStyle& style);

/// The course of values in at most `width` cells, between the least and the greatest of them: `▁▂▃▅▇`. NaN is a space.
std::string spark_line(std::span<const double> values, std::size_t width, const TextStyle& style);

/// The same between `low` and `high`, for lines that are to be compared; beyond them is at them.
std::string spark_line(std::span<const double> values, std::size_t width, Interval scale, const TextStyle& style);

enum class Align { left, right };

/// What tables had no room for.
class LeftOut {
public:
    void note(const std::string& column);
    /// `Columns left out at 80: 25 %, 75 %; --json has all`, dimmed, on a line of its own or more; "" where there was room for all.
    [[nodiscard]] std::string text(const TextStyle& style, std::string_view where = "--json has all") const;

private:
    std::vector<std::string> columns_;  ///< in the order in which they were met, each once
};

/// Rows of cells in columns as wide as their widest cell, two spaces apart, with one header line.
class TextTable {
public:
    struct Column {
        std::string head;
        Align align = Align::left;
        std::size_t least = 0;  ///< cells it takes at least
        int rank = 0;           ///< 0: always there; of the others the highest goes first where there is no room
        bool is_name = false;   ///< its cells and head may lose their middle
        std::string called{};   ///< by LeftOut, where that is not the head
    };
    explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
    void add(std::vector<std::string> cells);  ///< missing cells at the end are empty
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    /// Lines of at most the terminal's width; the header dimmed where there is colour. Notes what has no room.
    std::string text(const TextStyle& style, LeftOut& left_out) const;
    /// Cells of a line with all columns, names shortened.
    [[nodiscard]] std::size_t width(const TextStyle& style) const;
    /// Cells of a line with the columns that always stay.
    [[nodiscard]] std::size_t least_width(const TextStyle& style) const;
    /// The highest rank for which there is room.
    [[nodiscard]] int rank_shown(const TextStyle& style) const;

private:
    [[nodiscard]] std::string cell(const std::string& text, std::size_t column, std::size_t name_width, const TextStyle& style) const;
    [[nodiscard]] std::vector<std::size_t> widths(std::size_t name_width, const TextStyle& style) const;
    [[nodiscard]] bool has_text(std::size_t column) const;
    [[nodiscard]] std::size_t sum(const std::vector<std::size_t>& widths, int rank) const;

    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// Bold, or dimmed, where there is colour.
std::string bold(std::string_view text, const TextStyle& style);
std::string dim(std::string_view text, const TextStyle& style);

}  // namespace entente
