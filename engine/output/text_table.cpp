#include <entente/output/text_table.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <entente/base/utf8.hpp>

namespace entente {

namespace {

constexpr std::array<std::string_view, 8> blocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 8> ascii_blocks = {"_", ".", ":", "-", "=", "+", "*", "#"};

constexpr std::string_view gap = "  ";

/// `values` in at most `width` groups, each by its mean.
std::vector<double> thinned(std::span<const double> values, std::size_t width) {
    const std::size_t cells = std::min(width, values.size());
    std::vector<double> means;
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const std::size_t begin = cell * values.size() / cells;
        const std::size_t end = (cell + 1) * values.size() / cells;
        means.push_back(mean(values.subspan(begin, end - begin)));
    }
    return means;
}

std::string padded(const std::string& text, std::size_t width, Align align) {
    const std::string blank(width - std::min(width, display_width(text)), ' ');
    return align == Align::left ? text + blank : blank + text;
}

std::string coloured(std::string_view text, std::string_view code, const TextStyle& style) {
    if (!style.colour) return std::string(text);
    return "\x1b[" + std::string(code) + 'm' + std::string(text) + "\x1b[0m";
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (const auto& glyph : glyphs_of(text)) width += glyph.width;
    return width;
}

std::string shortened(std::string_view text, std::size_t width, const TextStyle& style) {
    if (display_width(text) <= width) return std::string(text);
    std::string kept;
    std::size_t used = 1;
    for (const auto& glyph : glyphs_of(text)) {
        if ((used += glyph.width) > width) break;
        kept += glyph.text;
    }
    return kept + (style.unicode ? "…" : "~");
}

std::string in_lines(const std::string& text, std::size_t width) {
    std::string lines;
    std::string line;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find(' ', from), text.size());
        const std::string word = text.substr(from, end - from);
        if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
            lines += line + '\n';
            line = "   ";
        }
        line += (line.empty() ? "" : " ") + word;
        from = end + 1;
    }
    return lines + line + '\n';
}

std::string shown(std::string text, const TextStyle& style) {
    if (style.unicode) return text;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> replacements = {
        {{"–", "-"}, {"·", "|"}, {"…", "..."}, {"±", "+-"}, {"×", "x"}, {"∞", "inf"}}};
    for (const auto& [sign, plain] : replacements) {
        for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at + plain.size()))
            text.replace(at, sign.size(), plain);
    }
    return text;
}

std::string spark_line(std::span<const double> values, std::size_t width, const TextStyle& style) {
    double low = INFINITY;
    double high = -INFINITY;
    for (const double value : thinned(values, width)) {
        low = std::fmin(low, value);
        high = std::fmax(high, value);
    }
    return spark_line(values, width, {low, high}, style);
}

std::string spark_line(std::span<const double> values, std::size_t width, Interval scale, const TextStyle& style) {
    const auto& signs = style.unicode ? blocks : ascii_blocks;
    std::string line;
    for (const double value : thinned(values, width)) {
        if (std::isnan(value)) {
            line += ' ';
        } else {
            const double height = scale.high > scale.low ? (value - scale.low) / (scale.high - scale.low) : 0;
            line += signs[static_cast<std::size_t>(std::clamp(std::floor(height * 8), 0.0, 7.0))];
        }
    }
    return line;
}

void TextTable::add(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    rows_.push_back(std::move(cells));
}

std::vector<std::size_t> TextTable::widths() const {
    std::vector<std::size_t> widths;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        widths.push_back(std::max(display_width(columns_[column].head), columns_[column].least));
        for (const auto& row : rows_) widths.back() = std::max(widths.back(), display_width(row[column]));
    }
    return widths;
}

std::size_t TextTable::width() const {
    std::size_t sum = 0;
    for (const std::size_t width : widths()) sum += width + gap.size();
    return sum - std::min(sum, gap.size());
}

std::string TextTable::text(const TextStyle& style) const {
    const auto widths = this->widths();
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            if (column > 0) text += gap;
            text += padded(cells[column], widths[column], columns_[column].align);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        return text;
    };
    std::vector<std::string> heads;
    for (const auto& column : columns_) heads.push_back(column.head);
    std::string text = dim(line(heads), style) + '\n';
    for (const auto& row : rows_) text += line(row) + '\n';
    return text;
}

std::string bold(std::string_view text, const TextStyle& style) {
    return coloured(text, "1", style);
}

std::string dim(std::string_view text, const TextStyle& style) {
    return coloured(text, "2", style);
}

}  // namespace entente
