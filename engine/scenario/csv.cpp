#include <entente/scenario/csv.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_set>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/utf8.hpp>
#include <entente/base/wording.hpp>
#include <entente/scenario/values.hpp>

namespace entente {

namespace {

bool looks_like_a_number(std::string_view text) {
    const bool is_signed = text.starts_with('-') || text.starts_with('+');
    const std::string_view digits = is_signed ? text.substr(1) : text;
    return !digits.empty() && (digits[0] == '.' || (digits[0] >= '0' && digits[0] <= '9')) && parse_number(text);
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Signs that stand between cells, as messages call them.
constexpr std::array<std::pair<char, std::string_view>, 3> separators{{{',', "commas"}, {';', "semicolons"}, {'\t', "tabs"}}};

std::string name_of_separator(char separator) {
    const auto known = std::ranges::find(separators, separator, &std::pair<char, std::string_view>::first);
    return known == separators.end() ? fmt::format("'{}'", separator) : std::string(known->second);
}

}  // namespace

CsvReader::CsvReader(int file, const Sources& sources, Problems& problems, CsvForm form)
    : file_(file),
      form_(form),
      text_(sources.text(file)),
      problems_(problems),
      at_(form.begin),
      line_start_(form.begin),
      line_(form.line) {
    refuse_other_tables();
    if (problem_count_ > 0) return;
    if (!read_row()) say({file_, 0, 0, 1}, "the table is empty", "its first line names the columns");
    const bool holds_numbers = std::ranges::all_of(cells_, [](const Cell& cell) { return looks_like_a_number(cell.text); });
    if (holds_numbers && !cells_.empty()) {
        say({file_, form.line, 1, 1}, "the first line holds numbers, and no names of columns", "write a line above it that names them");
        problem_count_ = most_problems;
        return;
    }
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (!columns_.try_emplace(std::string(cells_[i].text), i).second && !cells_[i].text.empty()) repeated_.push_back(i);
        header_.emplace_back(cells_[i].text);
    }
    if (!form_.can_be_told) refuse_repeated();
}

bool CsvReader::refuse_repeated() {
    tell(repeated_, "occur a second time", [&](std::size_t i) {
        error(i, fmt::format("two columns are called '{}'", header_[i]), "remove one");
    });
    return !repeated_.empty();
}

bool CsvReader::is_single(std::size_t column, const Place& place) {
    if (std::ranges::none_of(repeated_, [&](std::size_t other) { return header_[other] == header_[column]; })) return true;
    problems_.error(place, fmt::format("two columns of the table are called '{}'", header_[column]), "give one of them another name");
    return false;
}

void CsvReader::say_header(std::string what, std::string help) {
    say({file_, form_.line, 1, 1}, std::move(what), std::move(help));
}

template <class Tell>
void CsvReader::tell(const std::vector<std::size_t>& columns, std::string_view fault, Tell tell_one) {
    const std::size_t told = columns.size() == most_columns + 1 ? columns.size() : std::min(columns.size(), most_columns);
    for (std::size_t i = 0; i < told; ++i) tell_one(columns[i]);
    if (columns.size() > told) error(columns[most_columns], fmt::format("{} more columns {}", columns.size() - most_columns, fault));
}

/// Tables with semicolons come of spreadsheets and of R's write.csv2, where commas stand in numbers.
void CsvReader::refuse_other_tables() {
    const std::string_view line = text_.substr(at_, text_.find('\n', at_) - at_);
    if (line.find(form_.separator) != std::string_view::npos) return;
    const auto other = std::ranges::find_if(separators, [&](const auto& sign) { return line.find(sign.first) != std::string_view::npos; });
    if (other == separators.end()) return;
    std::string help = "write commas between cells, and points in numbers (0.5): in R write.csv, in pandas to_csv, by default";
    if (form_.can_be_told && other->first == ',') help = "remove `separator`";
    if (form_.can_be_told && other->first == '\t') help = "write so beside its file: separator: tab";
    if (form_.can_be_told && other->first == ';') help = R"(write so beside its file: separator: ";", and where numbers have decimal commas decimal: ",")";
    say_header(fmt::format("the cells of this table are separated by {}, and not by {}", other->second, name_of_separator(form_.separator)), std::move(help));
    problem_count_ = most_problems;
}

void CsvReader::expect_columns(std::span<const std::string> required, std::span<const std::string> optional, std::string_view otherwise) {
    std::vector<std::string> known(required.begin(), required.end());
    known.insert(known.end(), optional.begin(), optional.end());
    const std::unordered_set<std::string> all(known.begin(), known.end());
    std::vector<std::size_t> unknown;
    for (std::size_t i = 0; i < header_.size(); ++i)
        if (!all.contains(header_[i])) unknown.push_back(i);
    tell(unknown, "are not fields", [&](std::size_t i) {
        error(i, fmt::format("a column is called '{}', and there is no such field", header_[i]),
              did_you_mean(header_[i], known, otherwise.empty() ? "the columns may be " + listed(known) : std::string(otherwise)));
    });
    for (const std::string& name : required)
        if (!header_.empty() && !column(name))
            say({file_, form_.line, 1, 1}, fmt::format("the table lacks its column '{}'", name), "the first line names the columns");
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
    const auto found = columns_.find(std::string(name));
    return found == columns_.end() ? std::nullopt : std::optional(found->second);
}

bool CsvReader::next() {
    while (problem_count_ < most_problems && read_row() && problem_count_ < most_problems) {
        const bool is_like_the_header = cells_.size() == header_.size();
        if (is_like_the_header) is_first_row_ = false;
        if (is_like_the_header) return true;
        if (cells_.size() == 1 && cells_[0].text.empty()) continue;
        is_whole_ = false;
        if (is_first_row_ && cells_.size() == header_.size() + 1) {
            error(0, fmt::format("the rows have {}, and the header has {}", counted(std::ssize(cells_), "cell"), header_.size()),
                  "give the column of row names a name too: in R write.csv does, and write.table with col.names = NA");
            problem_count_ = most_problems;
            return false;
        }
        error(std::min(cells_.size(), header_.size()) - 1,
              fmt::format("this row has {}, and the header has {}", counted(std::ssize(cells_), "cell"), header_.size()),
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
    const auto value = number_in(text);
    if (value && std::isfinite(*value)) return value;
    if (text.empty())
        error(column, fmt::format("a cell of the column '{}' is empty", header_[column]),
              "write a number; without the column the field's own start applies");
    else
        say_no_number(column);
    return std::nullopt;
}

std::optional<double> CsvReader::number_in(std::string_view cell) const {
    if (form_.decimal == '.') return parse_number(cell);
    if (cell.find('.') != std::string_view::npos) return std::nullopt;
    std::string plain(cell);
    std::ranges::replace(plain, form_.decimal, '.');
    return parse_number(plain);
}

void CsvReader::say_no_number(std::size_t column) {
    const std::string text(cell(column));
    const bool has_comma = text.find(',') != std::string::npos;
    std::string help = number_help(text);
    if (form_.decimal != '.') help = fmt::format("the table's decimals begin with '{0}', as in 1{0}5", form_.decimal);
    else if (form_.can_be_told && has_comma) help = R"(where decimals begin with a comma: decimal: "," beside the file of the table)";
    error(column, fmt::format("'{}' in the column '{}' is not a finite number", text, header_[column]), std::move(help));
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
        if (text_[at_++] == form_.separator) continue;
        line_start_ = at_;
        ++line_;
        return true;
    }
}

void CsvReader::read_cell() {
    std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != form_.separator && text_[at_] != '\n') ++at_;
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
        say(place(Cell{{}, opened, cell.line_start, cell.line}), "this quote is not closed", "end the cell with a quote");
        problem_count_ = most_problems;  // nothing after it can be made out
        is_whole_ = false;
        return;
    }
    const std::size_t closed = ++at_;
    while (at_ < text_.size() && text_[at_] != form_.separator && text_[at_] != '\n') ++at_;
    if (text_.substr(closed, at_ - closed).find_first_not_of(" \t\r") != std::string_view::npos)
        say(place(Cell{{}, closed, line_start_, line_}), "there is text after a closing quote", "double a quote inside a quoted cell: \"\"");
}

bool is_index_name(std::string_view column) {
    if (column.empty() || column == "X" || column == "index" || column == "rownames") return true;
    for (const std::string_view before : {"Unnamed: ", "X."}) {
        if (!column.starts_with(before)) continue;
        const std::string_view rest = column.substr(before.size());
        if (!rest.empty() && std::ranges::all_of(rest, is_digit)) return true;
    }
    return false;
}

std::string name_in_r(std::string_view column) {
    constexpr std::array reserved = {"if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE", "NULL", "Inf", "NaN", "NA", "in"};
    std::string name(column);
    for (char& c : name)
        if (!is_letter(c) && !is_digit(c) && c != '_' && c != '.' && static_cast<unsigned char>(c) < 128) c = '.';
    const bool is_fine = !name.empty() && (is_letter(name[0]) || static_cast<unsigned char>(name[0]) >= 128 ||
                                           (name[0] == '.' && (name.size() == 1 || !is_digit(name[1]))));
    if (!is_fine) name.insert(name.begin(), 'X');
    if (std::ranges::find(reserved, name) != reserved.end()) name += '.';
    return name;
}

bool is_missing(std::string_view cell) {
    if (cell.size() > 4) return false;
    constexpr std::array<std::string_view, 10> words{"", "na", "n/a", "nan", ".", "..", "null", "none", "<na>", "#n/a"};
    const auto are_alike = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
    return std::ranges::any_of(words, [&](std::string_view word) { return std::ranges::equal(cell, word, are_alike); });
}

std::optional<double> number_of_cell(std::string_view text) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (is_missing(text)) return std::nan("");
    if (text == "Inf" || text == "inf") return infinity;
    if (text == "-Inf" || text == "-inf") return -infinity;
    return parse_number(text);
}

}  // namespace entente
