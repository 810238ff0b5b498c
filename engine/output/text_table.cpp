#include <entente/output/text_table.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <entente/base/utf8.hpp>

namespace entente {

namespace {

constexpr std::array<std::string_view, 8> blocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 8> ascii_blocks = {"_", ".", ":", "-", "=", "+", "*", "#"};

constexpr std::string_view gap = "  ";
constexpr std::size_t name_indent = 2;  ///< cells before a name
constexpr std::size_t longest_name_shown = 36 + name_indent;
constexpr std::size_t least_name_cells = 8 + name_indent;
constexpr std::size_t long_label_cells = 9;  ///< `Cost     1,000 runs`
constexpr std::size_t widest_label = 24;

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

/// Cells of a text that may hold escapes for bold and dim.
std::size_t width_on_screen(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = text.find('\x1b'); at != std::string_view::npos; at = text.find('\x1b')) {
        width += display_width(text.substr(0, at));
        text.remove_prefix(std::min(text.find('m', at), text.size() - 1) + 1);
    }
    return width + display_width(text);
}

constexpr std::size_t excerpt_margin = 8;  ///< `   12 | `

/// Whether a line of a file and the line of carets below it.
bool is_excerpt(std::string_view line, std::string_view carets) {
    return line.size() >= excerpt_margin && carets.size() > excerpt_margin && carets.substr(0, excerpt_margin) == "      | " &&
           carets.find_first_not_of(" ^~", excerpt_margin) == std::string_view::npos && carets.find('^') != std::string_view::npos;
}

/// An excerpt's line without its first `from` cells behind the margin, as far as there is room.
std::string windowed(std::string_view line, std::size_t from, const TextStyle& style) {
    const std::size_t behind = std::min(line.find("| ") + 2, line.size());
    std::string kept(line.substr(0, behind));
    std::size_t cells = 0;
    const bool is_carets = line.find_first_not_of(" ^~", behind) == std::string_view::npos;
    for (const auto& glyph : glyphs_of(line.substr(behind))) {
        if (cells >= from) kept += cells == from && from > 0 && !is_carets ? (style.unicode ? "…" : "~") : glyph.text;
        cells += glyph.width;
    }
    if (!is_carets) return shortened(kept, style.width, style);
    while (kept.size() > style.width) kept.pop_back();
    return kept;
}

/// Where the lines begin that a line goes on in: behind its label, or two cells further in than it.
std::size_t indent_of(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(' ');
    const std::size_t beside = std::min(line.find("  ", begin), line.size());
    const std::size_t beside_text = std::min(line.find_first_not_of(' ', beside), line.size());
    if (beside_text < widest_label && beside_text < line.size()) return beside_text;
    const bool has_long_label = line.starts_with("Snapshot ") || line.starts_with("Continue ");  // one blank behind it
    return has_long_label ? long_label_cells : begin + 2;
}

/// A line in lines, by its words.
std::string broken(std::string_view line, std::size_t width) {
    const std::size_t begin = line.find_first_not_of(' ');
    const std::string indent(indent_of(line), ' ');
    std::string lines(line.substr(0, begin));
    std::size_t used = begin;
    bool is_first = true;  // word of its line
    for (std::size_t at = begin; at < line.size();) {
        const std::size_t word_at = line.find_first_not_of(' ', at);
        const std::size_t end = std::min(line.find(' ', word_at), line.size());
        const std::string_view word = line.substr(word_at, end - word_at);
        const std::string_view blanks = line.substr(at, word_at - at);
        if (!is_first && used + blanks.size() + width_on_screen(word) > width) {
            const std::size_t room = width - std::min(width, width_on_screen(word));
            used = std::min(indent.size(), room);  // a long word may begin further out
            lines += '\n' + indent.substr(0, used);
        } else {
            lines += blanks;
            used += blanks.size();
        }
        lines += word;
        used += width_on_screen(word);
        is_first = false;
        at = line.find_first_not_of(' ', end) == std::string_view::npos ? line.size() : end;
    }
    return lines;
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

std::string without_middle(std::string_view name, std::size_t width, const TextStyle& style) {
    if (display_width(name) <= width) return std::string(name);
    std::string end(name.substr(std::min(name.rfind('['), name.size())));
    std::size_t cells = display_width(end);
    if (end.empty() || !end.ends_with(']') || cells > width / 2) {
        end.clear();
        cells = 0;
        const auto glyphs = glyphs_of(name);
        std::string marks;  // of a letter that is to come yet
        for (auto glyph = glyphs.rbegin(); glyph != glyphs.rend() && cells + glyph->width <= width / 2; ++glyph) {
            marks = glyph->text + marks;
            if (glyph->width == 0) continue;
            end = std::exchange(marks, {}) + end;
            cells += glyph->width;
        }
    }
    return shortened(name.substr(0, name.size() - std::min(end.size(), name.size())), width - cells, style) + end;
}

std::size_t name_cells(const TextStyle& style) {
    return style.width >= 100 ? longest_name_shown : std::max(style.width * 3 / 10 + name_indent, least_name_cells);
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

std::string fitted(std::string_view text, const TextStyle& style) {
    std::string lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        const bool is_blank = line.find_first_not_of(' ') == std::string_view::npos;
        if (is_blank || width_on_screen(line) <= style.width)
            lines += line;
        else
            lines += broken(line, style.width);
        if (end < text.size()) lines += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string fitted_messages(std::string_view text, const TextStyle& style) {
    std::vector<std::string_view> lines;
    for (; !text.empty(); text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1)) lines.push_back(text.substr(0, text.find('\n')));
    std::string fitting;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool has_carets = i + 1 < lines.size() && is_excerpt(lines[i], lines[i + 1]);
        if (!has_carets) {
            fitting += fitted(lines[i], style) + '\n';
            continue;
        }
        const std::size_t caret = lines[i + 1].find('^');
        const std::size_t room = style.width - std::min(style.width, excerpt_margin);
        // So much of the line is left out before it that the caret stands in the middle of what is shown, if that is needed.
        const std::size_t from = caret < style.width * 3 / 4 ? 0 : caret - excerpt_margin - room / 2;
        fitting += windowed(lines[i], from, style) + '\n' + windowed(lines[i + 1], from, {.width = style.width, .unicode = style.unicode}) + '\n';
        ++i;
    }
    return fitting;
}

std::string laid_out(std::string text, const TextStyle& style) {
    return fitted(shown(std::move(text), style), style);
}

std::string command_text(const std::string& label, std::string_view command, const TextStyle& style) {
    constexpr char kept = '\x01';  // a blank between quotes, where no line may end
    std::string line = label;
    bool is_quoted = false;
    for (const char c : command) {
        is_quoted = is_quoted != (c == '\'');
        line += is_quoted && c == ' ' ? kept : c;
    }
    std::string text;
    for (const char c : fitted(line, {.width = style.width - std::min<std::size_t>(style.width, 2)}))
        text += c == '\n' ? " \\\n" : std::string(1, c == kept ? ' ' : c);
    return text + '\n';
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

void LeftOut::note(const std::string& column) {
    if (std::ranges::find(columns_, column) == columns_.end()) columns_.push_back(column);
}

std::string LeftOut::text(const TextStyle& style, std::string_view where) const {
    if (columns_.empty()) return {};
    std::string names;
    for (const std::string& column : columns_) names += (names.empty() ? "" : ", ") + column;
    std::string lines = in_lines(fmt::format("Columns left out at {}: {}; {}", style.width, names, where), style.width);
    lines.pop_back();
    return dim(lines, style) + '\n';
}

void TextTable::add(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    rows_.push_back(std::move(cells));
}

std::string TextTable::cell(const std::string& text, std::size_t column, std::size_t name_width, const TextStyle& style) const {
    return columns_[column].is_name ? without_middle(text, name_width, style) : text;
}

std::vector<std::size_t> TextTable::widths(std::size_t name_width, const TextStyle& style) const {
    std::vector<std::size_t> widths;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        const std::size_t least = columns_[column].is_name ? std::min(columns_[column].least, name_width) : columns_[column].least;
        widths.push_back(std::max(display_width(cell(columns_[column].head, column, name_width, style)), least));
        for (const auto& row : rows_) widths.back() = std::max(widths.back(), display_width(cell(row[column], column, name_width, style)));
    }
    return widths;
}

/// Of a line with the columns up to that rank.
std::size_t TextTable::sum(const std::vector<std::size_t>& widths, int rank) const {
    std::size_t sum = 0;
    for (std::size_t column = 0; column < columns_.size(); ++column)
        if (columns_[column].rank <= rank) sum += widths[column] + gap.size();
    return sum - std::min(sum, gap.size());
}

std::size_t TextTable::width(const TextStyle& style) const {
    return sum(widths(name_cells(style), style), std::numeric_limits<int>::max());
}

std::size_t TextTable::least_width(const TextStyle& style) const {
    return sum(widths(name_cells(style), style), 0);
}

int TextTable::rank_shown(const TextStyle& style) const {
    const auto widths = this->widths(name_cells(style), style);
    int rank = 0;
    for (const Column& column : columns_) rank = std::max(rank, column.rank);
    while (rank > 0 && sum(widths, rank) > style.width) --rank;
    return rank;
}

bool TextTable::has_text(std::size_t column) const {
    return std::ranges::any_of(rows_, [&](const auto& row) { return !row[column].empty(); });
}

std::string TextTable::text(const TextStyle& style, LeftOut& left_out) const {
    const int rank = rank_shown(style);
    std::size_t name_width = name_cells(style);
    auto widths = this->widths(name_width, style);
    while (name_width > least_name_cells && sum(widths, rank) > style.width) widths = this->widths(--name_width, style);
    for (const Column& column : columns_)
        if (column.rank > rank && has_text(static_cast<std::size_t>(&column - columns_.data()))) left_out.note(column.called.empty() ? column.head : column.called);
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            if (columns_[column].rank > rank) continue;
            if (!text.empty()) text += gap;
            text += padded(cell(cells[column], column, name_width, style), widths[column], columns_[column].align);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        return shortened(text, style.width, style);
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
