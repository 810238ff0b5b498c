#include <entente/scenario/table.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/language/quotes.hpp>
#include <entente/scenario/document.hpp>

namespace entente {
namespace {

constexpr std::size_t most_texts = 6;                              ///< listed of a column that holds none of those wanted
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

char separator_of(const Node& node, Problems& problems) {
    const std::string text = node.is_scalar() ? node.text.value : "";
    if (text == "tab" || text == "\\t") return '\t';
    const bool is_sign = text.size() == 1 && std::string_view("\"\n\r. ").find(text[0]) == std::string_view::npos && !is_identifier(text) &&
                         !(text[0] >= '0' && text[0] <= '9');
    if (is_sign) return text[0];
    wrong_type(node, "separator", "the sign between cells", problems, R"(write separator: ";" or separator: tab)");
    return ',';
}

char decimal_of(const Node& node, Problems& problems) {
    const std::string text = node.is_scalar() ? node.text.value : "";
    if (text == "." || text == ",") return text[0];
    wrong_type(node, "decimal", "the sign before decimals", problems, R"(write decimal: "," or leave it out)");
    return '.';
}

MissingCells missing_of(const Node& node, MissingCells::Rule word, Problems& problems) {
    const bool is_start = word == MissingCells::Rule::start;
    if (node.is_scalar() && node.text.value == (is_start ? "start" : "skip")) return {.rule = word};
    const auto number = node.is_scalar() && !node.quoted ? parse_number(node.text.value) : std::nullopt;
    if (number && std::isfinite(*number)) return {.rule = MissingCells::Rule::number, .number = *number};
    wrong_type(node, "missing", is_start ? "`start` or a number" : "`skip` or a number", problems,
               fmt::format("{}; a number: what a missing cell stands for", is_start ? "`start`: the field's own start" : "`skip`: as if the row were not written"));
    return {};
}

}  // namespace

TableOptions table_options(const Mapping& mapping, std::string_view file_key, MissingCells::Rule word, Problems& problems) {
    TableOptions options;
    options.form.can_be_told = true;
    const Node* file = mapping.find(file_key);
    if (const auto path = file ? read_text(*file, file_key, problems) : std::nullopt) options.file = *path;
    if (const Node* separator = mapping.find("separator")) options.form.separator = separator_of(*separator, problems);
    if (const Node* decimal = mapping.find("decimal")) options.form.decimal = decimal_of(*decimal, problems);
    if (const Node* missing = mapping.find("missing")) options.missing = missing_of(*missing, word, problems);
    if (mapping.has("where")) options.where = mapping.formula("where");
    if (options.form.separator == options.form.decimal)
        problems.error(mapping.find("decimal")->place, "the sign before decimals is also the sign between cells", R"(write separator: ";" beside it)");
    return options;
}

TableOptions table_options(const Text& file) {
    TableOptions options;
    options.file = file;
    options.form.can_be_told = true;
    return options;
}

std::optional<Place> unknown_is_skipped(const Mapping& mapping, Problems& problems) {
    const Node* node = mapping.find("unknown");
    const std::string text = node && node->is_scalar() ? node->text.value : "";
    if (text == "skip") return node->place;
    if (node && text != "error") wrong_type(*node, "unknown", "`error` or `skip`", problems, "`skip`: rows about what there is not are left out");
    return std::nullopt;
}

std::unique_ptr<CsvTable> CsvTable::open(Files& files, const TableOptions& options) {
    if (options.file.value.empty()) return nullptr;
    const auto found = files.find(options.file);
    const auto file = found ? files.open(*found, options.file, largest_table) : std::nullopt;
    if (!file || !check_text(*file, files.sources(), files.problems())) return nullptr;
    std::unique_ptr<CsvTable> table(new CsvTable(*file, files, options));
    return table->csv_.header().empty() || table->is_broken_ ? nullptr : std::move(table);
}

CsvTable::CsvTable(int file, Files& files, const TableOptions& options)
    : csv_(file, files.sources(), files.problems(), options.form), problems_(files.problems()), path_(options.file.value), options_(options) {
    if (!options.where || options.where->value.empty() || csv_.header().empty()) return;
    auto expression = read_column_expression(*options.where, csv_.header(), problems_, path_);
    is_broken_ = !expression;
    if (expression) where_ = ColumnValue{*options.where, std::move(*expression), {}};
}

std::optional<std::size_t> CsvTable::column(const Text& name) {
    if (const auto found = csv_.column(name.value)) return csv_.is_single(*found, name.place) ? found : std::nullopt;
    const std::vector<std::string> names(csv_.header().begin(), csv_.header().end());
    problems_.error(name.place, fmt::format("the table '{}' has no column {}", path_, in_quotes(name.value)),
                    did_you_mean_name(name.value, names, fmt::format("its columns are {}", listed(as_indices(names)))));
    return std::nullopt;
}

std::optional<std::size_t> CsvTable::column(const Mapping* mapping, std::string_view key, std::string_view usual) {
    if (const Node* node = mapping ? mapping->find(key) : nullptr) {
        const auto name = read_text(*node, key, problems_);
        return name ? column(*name) : std::nullopt;
    }
    if (const auto found = csv_.column(usual)) return csv_.is_single(*found, options_.file.place) ? found : std::nullopt;
    if (!mapping || !mapping->is_misspelt(key)) say_lacking(key, usual);
    return std::nullopt;
}

void CsvTable::say_lacking(std::string_view key, std::string_view usual) {
    csv_.say_header(fmt::format("the table lacks its column '{}'", usual),
                    fmt::format("its columns are {}: say by `{}:` beside the file of the table which is meant",
                                listed(as_indices({csv_.header().begin(), csv_.header().end()})), key));
}

std::optional<std::size_t> CsvTable::add_value(const Mapping* mapping, std::string_view key) {
    const Node* node = mapping ? mapping->find(key) : nullptr;
    if (!node) {
        const auto found = column(mapping, key);
        return found ? add_value(Text{std::string(key), options_.file.place, {}}) : std::nullopt;
    }
    const bool is_name = node->is_scalar() && csv_.column(node->text.value);  // `NO` too
    const Text text = is_name ? node->text : read_formula(*node, key, problems_);
    return text.value.empty() ? std::nullopt : add_value(text);
}

std::optional<std::size_t> CsvTable::add_value(const Text& expression) {
    auto read = read_column_expression(expression, csv_.header(), problems_, path_);
    if (!read) return std::nullopt;
    for (const ColumnRead& one : read->reads())
        if (!csv_.is_single(one.column, expression.place)) return std::nullopt;
    values_.push_back({expression, std::move(*read), {}});
    return values_.size() - 1;
}

bool CsvTable::reads(std::size_t column) const {
    const auto reads_it = [&](const ColumnValue& value) { return std::ranges::find(value.expression.reads(), column, &ColumnRead::column) != value.expression.reads().end(); };
    return (where_ && reads_it(*where_)) || std::ranges::any_of(values_, reads_it);
}

bool CsvTable::next() {
    while (csv_.next()) {
        ++rows_;
        if (!takes()) continue;
        ++taken_;
        return true;
    }
    if (where_ && taken_ == 0 && rows_ > 0 && csv_.is_whole()) say_none_taken();
    return false;
}

bool CsvTable::takes() {
    if (!where_) return true;
    if (taken_ == 0) note_texts();
    const auto value = computed(*where_);
    return value && !std::isnan(*value) && *value != 0;
}

void CsvTable::note_texts() {
    const auto reads = where_->expression.reads();
    const auto compared = std::ranges::find(reads, ColumnRead::What::order, &ColumnRead::what);
    if (compared == reads.end() || texts_.size() == most_texts) return;
    const std::string_view text = csv_.cell(compared->column);
    if (std::ranges::find(texts_, text) == texts_.end()) texts_.emplace_back(text);
}

void CsvTable::say_none_taken() {
    std::string help = "check it against the table";
    const auto reads = where_->expression.reads();
    if (const auto compared = std::ranges::find(reads, ColumnRead::What::order, &ColumnRead::what); compared != reads.end())
        help = fmt::format("the column '{}' holds {}{}", csv_.header()[compared->column], listed(as_indices(texts_)), texts_.size() == most_texts ? " and so on" : "");
    problems_.error(where_->text.place, fmt::format("this takes none of the {} of '{}'", counted(rows_, "row"), path_), std::move(help));
}

std::optional<double> CsvTable::number(std::size_t number) {
    const auto found = number_or_nothing(number);
    if (!found || !std::isnan(*found)) return found;
    switch (options_.missing.rule) {
        case MissingCells::Rule::number:
            return options_.missing.number;
        case MissingCells::Rule::start:
        case MissingCells::Rule::skip:
            return nothing;
        case MissingCells::Rule::error:
            break;
    }
    say_missing(*values_[number].missing);
    return std::nullopt;
}

std::optional<double> CsvTable::number_or_nothing(std::size_t number) {
    ColumnValue& value = values_[number];
    const auto found = computed(value);
    if (!found || std::isfinite(*found) || (std::isnan(*found) && value.missing)) return found;
    csv_.error(place_of(number), fmt::format("on this row '{}' is {}, which is not a finite number", value.text.value, *found),
               "leave the row out by `where`, or bound what is computed");
    return std::nullopt;
}

std::size_t CsvTable::place_of(std::size_t value) const {
    const auto reads = values_[value].expression.reads();
    return reads.empty() ? 0 : reads[0].column;
}

void CsvTable::say_missing(std::size_t column) {
    const std::string_view cell = csv_.cell(column);
    const std::string& name = csv_.header()[column];
    csv_.error(column, cell.empty() ? fmt::format("a cell of the column '{}' is empty", name) : fmt::format("'{}' in the column '{}' stands for nothing", cell, name),
               options_.missing_help);
}

std::optional<double> CsvTable::computed(ColumnValue& value) {
    const auto reads = value.expression.reads();
    value.cells.clear();
    value.missing.reset();
    for (const ColumnRead& read : reads) {
        const auto cell = read_cell(read, value);
        if (!cell) return std::nullopt;
        value.cells.push_back(*cell);
    }
    return value.expression.value(value.cells);
}

std::optional<double> CsvTable::read_cell(const ColumnRead& read, ColumnValue& value) {
    const std::string_view cell = csv_.cell(read.column);
    switch (read.what) {
        case ColumnRead::What::number: {
            if (const auto number = csv_.number_in(cell); number && std::isfinite(*number)) return number;
            if (is_missing(cell)) {
                value.missing = read.column;
                return nothing;
            }
            csv_.say_no_number(read.column);
            return std::nullopt;
        }
        case ColumnRead::What::order: {
            const int order = cell.compare(read.text);
            return order < 0 ? -1 : order > 0 ? 1 : 0;
        }
        case ColumnRead::What::presence:
            return is_missing(cell) ? 0 : 1;
    }
    return std::nullopt;
}

}  // namespace entente
