/// Tables and spark lines for a terminal.
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

/// The text in lines of at most that many cells, all but the first set in.
std::string in_lines(const std::string& text, std::size_t width);

/// The text with what ASCII lacks replaced, if the terminal can show no more: `–` by `-`, `·` by `|`, `…` by `...`, `±` by `+-`, `∞` by `inf`.
std::string shown(std::string text, const TextStyle& style);

/// The course of values in at most `width` cells, between the least and the greatest of them: `▁▂▃▅▇`. NaN is a space.
std::string spark_line(std::span<const double> values, std::size_t width, const TextStyle& style);

/// The same between `low` and `high`, for lines that are to be compared; beyond them is at them.
std::string spark_line(std::span<const double> values, std::size_t width, Interval scale, const TextStyle& style);

enum class Align { left, right };

/// Rows of cells in columns as wide as their widest cell, two spaces apart, with one header line.
class TextTable {
public:
    struct Column {
        std::string head;
        Align align = Align::left;
        std::size_t least = 0;  ///< cells it takes at least
    };
    explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
    void add(std::vector<std::string> cells);  ///< missing cells at the end are empty
    /// Lines; the header dimmed where there is colour.
    [[nodiscard]] std::string text(const TextStyle& style) const;
    [[nodiscard]] std::size_t width() const;  ///< cells of a line

private:
    [[nodiscard]] std::vector<std::size_t> widths() const;

    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// Bold, or dimmed, where there is colour.
std::string bold(std::string_view text, const TextStyle& style);
std::string dim(std::string_view text, const TextStyle& style);

}  // namespace entente
