#include <entente/report/markdown.hpp>

#include <algorithm>
#include <cctype>

namespace entente {

std::string markdown_text(std::string_view text) {
    const auto is_word = [&](std::size_t at) {
        return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_');
    };
    std::string escaped;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool within_word = c == '_' && at > 0 && is_word(at - 1) && is_word(at + 1);
        if (std::string_view("\\*_[]<|").find(c) != std::string_view::npos && !within_word) escaped += '\\';
        escaped += c == '\n' ? ' ' : c;
    }
    escaped.erase(escaped.find_last_not_of(' ') + 1);
    return escaped;
}

std::string markdown_code(std::string_view text) {
    if (text.empty()) return {};
    std::string code;
    for (const char c : text) {
        if (c == '|') code += '\\';  // tables are cut at every bar, within code too
        code += c == '\n' ? ' ' : c;
    }
    const std::string fence = text.find('`') == std::string_view::npos ? "`" : "``";
    return fence + code + fence;
}

void MarkdownTable::add(std::vector<std::string> cells) {
    cells.resize(heads_.size());
    rows_.push_back(std::move(cells));
}

std::string MarkdownTable::text() const {
    if (rows_.empty()) return {};
    std::vector<std::size_t> used;
    for (std::size_t column = 0; column < heads_.size(); ++column) {
        if (std::ranges::any_of(rows_, [&](const auto& row) { return !row[column].empty(); })) used.push_back(column);
    }
    const auto line = [&](const auto& cell) {
        std::string text = "|";
        for (const std::size_t column : used) text += ' ' + cell(column) + " |";
        return text + '\n';
    };
    std::string text = line([&](std::size_t column) { return heads_[column]; }) + line([](std::size_t) { return std::string("---"); });
    for (const auto& row : rows_) text += line([&](std::size_t column) { return row[column]; });
    return text + '\n';
}

}  // namespace entente
