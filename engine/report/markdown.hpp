/// Pieces of Markdown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// Text as it stands in a paragraph or a table's cell: what Markdown would read as markup is escaped, save code in
/// backticks; lines are joined.
std::string markdown_text(std::string_view text);

/// Code within a line; nothing for an empty text.
std::string markdown_code(std::string_view text);

/// A table; columns without a single entry are left out, and nothing is said without rows.
class MarkdownTable {
public:
    explicit MarkdownTable(std::vector<std::string> heads) : heads_(std::move(heads)) {}
    /// Cells are Markdown already.
    void add(std::vector<std::string> cells);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::size_t size() const { return rows_.size(); }

private:
    std::vector<std::string> heads_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace entente
