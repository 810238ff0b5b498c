#include <entente/scenario/csv.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/utf8.hpp>
#include <entente/scenario/values.hpp>

namespace entente {

CsvReader::CsvReader(int file, const Sources& sources, Problems& problems) : file_(file), text_(sources.text(file)), problems_(problems) {
    if (!read_row()) say({file_, 0, 0, 1}, "the table is empty", "its first line names the columns");
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (column(cells_[i].text)) error(i, fmt::format("two columns are called '{}'", cells_[i].text), "take one away");
        header_.emplace_back(cells_[i].text);
    }
}

void CsvReader::expect_columns(std::span<const std::string> required, std::span<const std::string> optional) {
    std::vector<std::string> known(required.begin(), required.end());
    known.insert(known.end(), optional.begin(), optional.end());
    for (std::size_t i = 0; i < header_.size(); ++i)
        if (std::find(known.begin(), known.end(), header_[i]) == known.end())
            error(i, fmt::format("a column is called '{}', and there is no such field", header_[i]),
                  did_you_mean(header_[i], known, "the columns may be " + listed(known)));
    for (const std::string& name : required)
        if (!header_.empty() && !column(name))
            say({file_, 1, 1, 1}, fmt::format("the table lacks its column '{}'", name), "the first line names the columns");
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
    const auto found = std::find(header_.begin(), header_.end(), name);
    return found == header_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - header_.begin()));
}

bool CsvReader::next() {
    while (problem_count_ < most_problems && read_row() && problem_count_ < most_problems) {
        if (cells_.size() == header_.size()) return true;
        if (cells_.size() == 1 && cells_[0].text.empty()) continue;
        is_whole_ = false;
        error(std::min(cells_.size(), header_.size()) - 1,
              fmt::format("this row has {} cells, and the header has {}", cells_.size(), header_.size()),
              "quote a cell that holds a comma");
    }
    is_whole_ = is_whole_ && problem_count_ < most_problems;
    return false;
}

Place CsvReader::place(std::size_t column) const {
    return place(cells_[column]);
}

Place CsvReader::place(const Cell& cell) const {
    const std::string_view before = text_.substr(cell.line_start, cell.begin - cell.line_start);
    return {file_, cell.line, 1 + static_cast<int>(count_characters(before)), std::max(1, static_cast<int>(count_characters(cell.text)))};
}

std::optional<double> CsvReader::number(std::size_t column) {
    const std::string_view text = cell(column);
    const auto value = parse_number(text);
    if (value && std::isfinite(*value)) return value;
    if (text.empty())
        error(column, fmt::format("a cell of the column '{}' is empty", header_[column]),
              "write a number; without the column the field's own start applies");
    else
        error(column, fmt::format("'{}' in the column '{}' is no finite number", text, header_[column]));
    return std::nullopt;
}

void CsvReader::error(std::size_t column, std::string what, std::string help) {
    say(place(column), std::move(what), std::move(help));
}

void CsvReader::say(const Place& at, std::string what, std::string help) {
    ++problem_count_;
    problems_.error(at, std::move(what), std::move(help));
}

bool CsvReader::read_row() {
    cells_.clear();
    unquoted_.clear();
    if (at_ >= text_.size()) return false;
    while (true) {
        if (at_ < text_.size() && text_[at_] == '"')
            read_quoted_cell();
        else
            read_cell();
        if (at_ >= text_.size()) return true;
        if (text_[at_++] == ',') continue;
        line_start_ = at_;
        ++line_;
        return true;
    }
}

void CsvReader::read_cell() {
    std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
    std::size_t end = at_;
    const auto is_blank = [&](std::size_t i) { return text_[i] == ' ' || text_[i] == '\t' || text_[i] == '\r'; };
    while (begin < end && is_blank(begin)) ++begin;
    while (begin < end && is_blank(end - 1)) --end;
    cells_.push_back({text_.substr(begin, end - begin), begin, line_start_, line_});
}

void CsvReader::read_quoted_cell() {
    Cell cell{{}, at_ + 1, line_start_, line_};
    const std::size_t opened = at_++;
    std::string* copy = nullptr;
    std::size_t from = at_;
    while (at_ < text_.size() && (text_[at_] != '"' || (at_ + 1 < text_.size() && text_[at_ + 1] == '"'))) {
        if (text_[at_] == '"') {
            if (!copy) copy = &unquoted_.emplace_back();
            copy->append(text_.substr(from, at_ + 1 - from));
            from = ++at_ + 1;
        } else if (text_[at_] == '\n') {
            line_start_ = at_ + 1;
            ++line_;
        }
        ++at_;
    }
    if (copy) copy->append(text_.substr(from, at_ - from));
    cell.text = copy ? std::string_view(*copy) : text_.substr(from, at_ - from);
    cells_.push_back(cell);
    if (at_ >= text_.size()) {
        say(place(Cell{{}, opened, cell.line_start, cell.line}), "this quote is never closed", "end the cell with a quote");
        problem_count_ = most_problems;  // nothing after it can be made out
        is_whole_ = false;
        return;
    }
    const std::size_t closed = ++at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
    if (text_.substr(closed, at_ - closed).find_first_not_of(" \t\r") != std::string_view::npos)
        say(place(Cell{{}, closed, line_start_, line_}), "text stands after a closing quote", "double a quote inside a quoted cell: \"\"");
}

}  // namespace entente
