#include <fmt/format.h>

#include <entente/scenario/reader.hpp>
#include <entente/scenario/table.hpp>

namespace entente {

void not_a_date(CsvReader& csv, std::size_t column, bool is_year) {
    const std::string fault = is_year ? "" : date_fault(csv.cell(column));
    csv.error(column, fmt::format("'{}' is not a {}{}{}", csv.cell(column), is_year ? "year" : "date", fault.empty() ? "" : ": ", fault),
              is_year ? "years are written like 2021" : "dates are written like 2021-08-15");
}

std::vector<std::pair<Day, double>> read_series_table(Reader& reader, const Node& path) {
    std::vector<std::pair<Day, double>> series;
    const auto file = read_text(path, "table", reader.problems);
    const auto table = file ? CsvTable::open(reader.files, {.file = *file}) : nullptr;
    if (!table) return series;
    CsvReader& csv = table->csv();
    const bool has_years = csv.column("year").has_value();
    csv.expect_columns(std::vector<std::string>{has_years ? "year" : "date", "value"}, {});
    const auto when = csv.column(has_years ? "year" : "date");
    const auto value_column = csv.column("value");
    if (!when || !value_column) return series;
    while (csv.next()) {
        const auto day = parse_date(has_years ? fmt::format("{}-01-01", csv.cell(*when)) : std::string(csv.cell(*when)));
        if (!day)
            not_a_date(csv, *when, has_years);
        const auto value = csv.number(*value_column);
        if (day && value) series.emplace_back(*day, *value);
    }
    return series;
}

}  // namespace entente
