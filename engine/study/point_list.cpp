#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <entente/scenario/csv.hpp>
#include <entente/scenario/values.hpp>
#include <entente/study/design.hpp>

namespace entente {
namespace {

/// The columns of a table that are factors.
class FactorColumns {
public:
    FactorColumns(CsvReader& csv, const FindRange& range_of) : csv_(csv), range_of_(range_of) {}

    /// Those of the header. A column `point` numbers the rows, but where a parameter is called so and has no column of a longer name.
    void find(std::span<const std::string> header) {
        std::vector<std::size_t> others;
        for (std::size_t column = 0; column < header.size(); ++column) {
            if (header[column].empty() || header[column].starts_with("Unnamed: ")) {
                indexes_.push_back(column);
                continue;
            }
            if (header[column] == "weight") {
                if (!find(column, "weight", false)) weight_ = column;
                continue;
            }
            const bool may_be_number = header[column] == "point";
            if (may_be_number && csv_.column("parameter_point")) continue;
            const bool is_told = !may_be_number && others.size() < CsvReader::most_columns;
            if (!find(column, header[column], is_told) && !may_be_number) others.push_back(column);
        }
        if (others.size() > CsvReader::most_columns)
            csv_.error(others[CsvReader::most_columns], fmt::format("{} more columns are not parameters", others.size() - CsvReader::most_columns));
    }

    /// Columns that number the rows.
    [[nodiscard]] const std::vector<std::size_t>& indexes() const { return indexes_; }

    void read_row(Points& points) {
        for (const auto& [column, name, range] : columns_) points.values.push_back(value(column, name, range));
        if (weight_) points.weights.push_back(value(*weight_, "weight", {0, std::numeric_limits<double>::infinity()}));
    }

    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const Column& column : columns_) names.push_back(column.name);
        return names;
    }

private:
    struct Column {
        std::size_t number;
        std::string name;
        Range range;
    };

    /// False where it is none, which is told if it `is_told`.
    bool find(std::size_t column, const std::string& name, bool is_told) {
        try {
            columns_.push_back({column, name, range_of_(name)});
            return true;
        } catch (const Error& error) {
            if (name == "X") {  // R's name for a column without one
                indexes_.push_back(column);
                return true;
            }
            if (find_place(column, name)) return true;
            if (is_told) csv_.error(column, error.what(), error.help());
            return false;
        }
    }

    /// `bloc.entente..arms` is how R has `bloc[entente].arms`.
    bool find_place(std::size_t column, const std::string& name) {
        const std::size_t kind = name.find('.');
        const std::size_t field = name.rfind("..");
        if (field == std::string::npos || kind >= field) return false;
        std::string rows = name.substr(kind + 1, field - kind - 1);
        if (const std::size_t between = rows.find(".."); between != std::string::npos) rows.replace(between, 2, ", ");
        const std::string place = fmt::format("{}[{}].{}", name.substr(0, kind), rows, name.substr(field + 2));
        try {
            columns_.push_back({column, place, range_of_(place)});
            return true;
        } catch (const Error&) {
            return false;
        }
    }

    /// NaN after a problem.
    double value(std::size_t column, const std::string& name, const Range& range) {
        const std::string text(csv_.cell(column));
        const auto number = parse_number(text);
        if (!number || !std::isfinite(*number))
            csv_.error(column, fmt::format("'{}' in the column '{}' is not a finite number", text, name), "write a value for every factor");
        else if (!range.holds(*number))
            csv_.error(column, fmt::format("{} is outside the range [{}, {}] of '{}'", text, shown(range.low), shown(range.high), name));
        return number.value_or(std::nan(""));
    }

    CsvReader& csv_;
    const FindRange& range_of_;
    std::vector<Column> columns_;
    std::vector<std::size_t> indexes_;
    std::optional<std::size_t> weight_;
};

}  // namespace

Points read_points(const std::string& path, std::string text, const FindRange& range_of, std::vector<std::string>* notes) {
    Sources sources;
    Problems problems;
    const int file = sources.add(path, std::move(text));
    CsvReader csv(file, sources, problems);
    FactorColumns columns(csv, range_of);
    columns.find(csv.header());
    if (notes != nullptr)
        for (const std::size_t column : columns.indexes())
            notes->push_back(fmt::format("'{}': column {} {}, and is ignored", path, column + 1,
                                         csv.header()[column].empty() ? "has no name" : fmt::format("('{}') numbers the rows", csv.header()[column])));
    Points points{columns.names(), {}};
    if (!problems.has_errors() && points.names.empty())
        problems.error({file, 1, 1, 1}, "no column is a factor", "name the columns after parameters");
    while (csv.next()) {
        const bool is_blank = csv.header().size() == 1 && csv.cell(0).empty();  // of one column, a blank line is as long as any
        if (!is_blank) columns.read_row(points);
    }
    if (!points.weights.empty() && std::ranges::all_of(points.weights, [](double weight) { return weight == 0; }))
        problems.error({file, 1, 1, 1}, "every weight is 0", "give at least one point a weight above 0");
    if (!problems.has_errors() && points.size() == 0) problems.error({file, 0, 0, 1}, "the table has no points", "write a row for each");
    if (problems.has_errors()) throw ScenarioError(problems, sources);
    return points;
}

}  // namespace entente
