#include <cmath>
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

    /// Those of the header, `point` left out.
    void find(std::span<const std::string> header) {
        for (std::size_t column = 0; column < header.size(); ++column)
            if (header[column] != "point") find(column, header[column]);
    }

    void read_row(std::vector<double>& values) {
        for (const auto& [column, name, range] : columns_) values.push_back(value(column, name, range));
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

    void find(std::size_t column, const std::string& name) {
        try {
            columns_.push_back({column, name, range_of_(name)});
        } catch (const Error& error) {
            csv_.error(column, error.what(), error.help());
        }
    }

    /// NaN after a problem.
    double value(std::size_t column, const std::string& name, const Range& range) {
        const std::string text(csv_.cell(column));
        const auto number = parse_number(text);
        if (!number || !std::isfinite(*number))
            csv_.error(column, fmt::format("'{}' in the column '{}' is no finite number", text, name), "write a value for every factor");
        else if (!range.holds(*number))
            csv_.error(column, fmt::format("{} lies outside the range [{}, {}] of '{}'", text, shown(range.low), shown(range.high), name));
        return number.value_or(std::nan(""));
    }

    CsvReader& csv_;
    const FindRange& range_of_;
    std::vector<Column> columns_;
};

}  // namespace

Points read_points(const std::string& path, std::string text, const FindRange& range_of) {
    Sources sources;
    Problems problems;
    const int file = sources.add(path, std::move(text));
    CsvReader csv(file, sources, problems);
    FactorColumns columns(csv, range_of);
    columns.find(csv.header());
    Points points{columns.names(), {}};
    if (!problems.has_errors() && points.names.empty())
        problems.error({file, 1, 1, 1}, "no column is a factor", "name the columns after parameters");
    while (csv.next()) {
        const bool is_blank = csv.header().size() == 1 && csv.cell(0).empty();  // of one column, a blank line is as long as any
        if (!is_blank) columns.read_row(points.values);
    }
    if (!problems.has_errors() && points.size() == 0) problems.error({file, 0, 0, 1}, "the table has no points", "write a row for each");
    if (problems.has_errors()) throw ScenarioError(problems, sources);
    return points;
}

}  // namespace entente
