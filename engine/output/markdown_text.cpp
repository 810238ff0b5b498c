#include <entente/output/markdown_text.hpp>

#include <algorithm>
#include <cctype>
#include <vector>

namespace entente {

namespace {

using Row = std::vector<std::string>;

constexpr std::size_t least_last_column = 28;  ///< cells in which sentences can be read
constexpr std::size_t widest_text = 100;       ///< longer lines are hard to read

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// The text in lines, each after the first set in by so many cells; the first may begin behind `used` cells that are there already.
std::vector<std::string> filled_lines(std::string_view text, std::size_t width, std::size_t used = 0) {
    std::vector<std::string> lines(1);
    std::size_t cells = used;
    while (!(text = trimmed(text)).empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        const std::size_t more = display_width(word);
        if (!lines.back().empty() && cells + 1 + more > width) {
            lines.emplace_back();
            cells = 0;
        }
        cells += more + (lines.back().empty() ? 0 : 1);
        lines.back() += (lines.back().empty() ? "" : " ") + std::string(word);
        text.remove_prefix(word.size());
    }
    return lines;
}

std::string filled_text(const std::string& head, std::string_view text, std::size_t width, std::size_t indent) {
    std::string out = head;
    bool is_first = true;
    for (const std::string& line : filled_lines(text, width - std::min(width, indent))) {
        out += (is_first ? "" : '\n' + std::string(indent, ' ')) + line;
        is_first = false;
    }
    return out + '\n';
}

/// `| a | b \| c |` as its cells.
Row cells_of(std::string_view line) {
    Row cells(1);
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|')
            cells.back() += line[++i];
        else if (line[i] == '|')
            cells.emplace_back();
        else
            cells.back() += line[i];
    }
    if (trimmed(cells.back()).empty()) cells.pop_back();
    for (std::string& cell : cells) cell = std::string(trimmed(cell));
    return cells;
}

bool is_rule(std::string_view line) {
    return line.starts_with('|') && line.find_first_not_of("|-: ") == std::string_view::npos;
}

/// How many signs a list item begins with, `- ` or `12. `; 0: it is none.
std::size_t bullet_of(std::string_view line) {
    if (line.starts_with("- ") || line.starts_with("* ")) return 2;
    const std::size_t digits = line.find_first_not_of("0123456789");
    return digits != std::string_view::npos && digits > 0 && line.substr(digits).starts_with(". ") ? digits + 2 : 0;
}

class MarkdownText {
public:
    explicit MarkdownText(const TextStyle& style) : style_(style), width_(std::min(style.width, widest_text)) {}

    std::string text(std::string_view markdown) {
        while (!markdown.empty()) {
            const std::string_view line = markdown.substr(0, markdown.find('\n'));
            markdown.remove_prefix(std::min(line.size() + 1, markdown.size()));
            take(line);
        }
        end_block();
        return text_;
    }

private:
    void take(std::string_view line) {
        if (line.starts_with("```")) {
            end_block();
            is_code_ = !is_code_;
        } else if (is_code_) {
            text_ += "    " + std::string(line) + '\n';
        } else if (line.starts_with('#')) {
            end_block();
            text_ += bold(filled_heading(line), style_) + '\n';
        } else if (line.starts_with('|')) {
            end_paragraph();
            if (!is_rule(line)) rows_.push_back(cells_of(line));
        } else if (trimmed(line).empty()) {
            end_block();
            if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
        } else {
            add_to_paragraph(line);
        }
    }

    [[nodiscard]] std::string filled_heading(std::string_view line) const {
        std::string lines = filled_text("", trimmed(line.substr(line.find_first_not_of('#'))), width_, 2);
        lines.pop_back();
        return lines;
    }

    void add_to_paragraph(std::string_view line) {
        end_table();
        const std::size_t indent = line.find_first_not_of(' ');
        const std::size_t bullet = bullet_of(line.substr(indent));
        if (bullet > 0) {
            end_paragraph();
            head_ = std::string(line.substr(0, indent + bullet));
            line.remove_prefix(indent + bullet);
        }
        paragraph_ += (paragraph_.empty() ? "" : " ") + std::string(trimmed(line));
    }

    void end_paragraph() {
        if (!paragraph_.empty()) text_ += filled_text(head_, paragraph_, width_, head_.size());
        paragraph_.clear();
        head_.clear();
    }

    void end_table() {
        if (rows_.empty()) return;
        const std::size_t last = rows_.front().size() - 1;
        for (Row& row : rows_) row.resize(last + 1);
        std::vector<std::size_t> widths(last);
        std::size_t before = 0;
        for (std::size_t column = 0; column < last; ++column) {
            for (const Row& row : rows_) widths[column] = std::max(widths[column], display_width(row[column]));
            before += widths[column] + 2;
        }
        const bool has_room = before + least_last_column <= width_ && before * 5 <= width_ * 3;
        for (std::size_t row = has_room ? 0 : 1; row < rows_.size(); ++row) has_room ? add_row(rows_[row], widths, before, row == 0) : add_entry(rows_[row]);
        rows_.clear();
    }

    void add_row(const Row& row, const std::vector<std::size_t>& widths, std::size_t before, bool is_head) {
        std::string head;
        for (std::size_t column = 0; column < widths.size(); ++column)
            head += row[column] + std::string(widths[column] + 2 - display_width(row[column]), ' ');
        std::string lines = filled_text(head, row.back(), width_, before);
        lines.pop_back();
        lines.erase(lines.find_last_not_of(' ') + 1);
        text_ += (is_head ? dim(lines, style_) : lines) + '\n';
    }

    /// A row that is too wide to be one.
    void add_entry(const Row& row) {
        text_ += filled_text("", row.front(), width_, 2);
        for (std::size_t column = 1; column < row.size(); ++column) {
            if (row[column].empty()) continue;
            const std::string head = column + 1 < row.size() ? "  " + rows_.front()[column] + ": " : "  ";
            text_ += filled_text(head, row[column], width_ - std::min(width_, head.size() > 4 ? head.size() - 4 : 0), 4);
        }
    }

    void end_block() {
        end_paragraph();
        end_table();
    }

    const TextStyle& style_;
    std::size_t width_;
    std::string text_;
    std::string head_;  ///< what the list item in hand begins with
    std::string paragraph_;
    std::vector<Row> rows_;
    bool is_code_ = false;
};

}  // namespace

std::string markdown_text(std::string_view markdown, const TextStyle& style) {
    return laid_out(MarkdownText(style).text(markdown), style);
}

}  // namespace entente
