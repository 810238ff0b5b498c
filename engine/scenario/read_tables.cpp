#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/csv.hpp>
#include <entente/scenario/files.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

std::optional<int> open_table(Reader& reader, const Node& node) {
    const auto path = read_text(node, "table", reader.problems);
    const auto found = path ? reader.files.find(*path) : std::nullopt;
    const auto file = found ? reader.files.open(*found, *path, largest_table) : std::nullopt;
    return file && check_text(*file, reader.files.sources(), reader.problems) ? file : std::nullopt;
}

/// The columns that hold fields.
class FieldColumns {
public:
    FieldColumns(CsvReader& csv, const Schema::Kind& names, const std::vector<Field>& fields, TableData& data)
        : csv_(csv), fields_(fields), data_(data) {
        for (std::size_t i = 0; i < names.fields.size(); ++i) {
            const auto column = csv.column(names.fields[i]);
            if (!column) continue;
            columns_.push_back(*column);
            data.fields.push_back({static_cast<int>(i)});
            data.columns.emplace_back();
        }
    }

    void read_row() {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const double value = csv_.number(columns_[i]).value_or(0);
            const Field& field = fields_[static_cast<std::size_t>(data_.fields[i].value)];
            if (!field.range.holds(value))
                csv_.error(columns_[i],
                           fmt::format("the start {} of '{}' is outside its range [{}, {}]", shown(value), field.name,
                                       shown(field.range.low), shown(field.range.high)),
                           "change the value or widen the range");
            data_.columns[i].push_back(value);
        }
    }

private:
    CsvReader& csv_;
    const std::vector<Field>& fields_;
    TableData& data_;
    std::vector<std::size_t> columns_;
};

void not_a_date(CsvReader& csv, std::size_t column, bool is_year) {
    const std::string fault = is_year ? "" : date_fault(csv.cell(column));
    csv.error(column, fmt::format("'{}' is not a {}{}{}", csv.cell(column), is_year ? "year" : "date", fault.empty() ? "" : ": ", fault),
              is_year ? "years are written like 2021" : "dates are written like 2021-08-15");
}

std::optional<int> row_named(CsvReader& csv, std::size_t column, const Schema::Kind& kind) {
    const auto found = kind.member_rows.find(std::string(csv.cell(column)));
    if (found != kind.member_rows.end()) return found->second;
    const std::string otherwise =
        kind.members.empty() ? "its agents have no names" : fmt::format("its members are {}", listed(kind.members));
    csv.error(column, fmt::format("no member of '{}' is called '{}'", kind.name, csv.cell(column)),
              did_you_mean(csv.cell(column), kind.members, otherwise));
    return std::nullopt;
}

}  // namespace

void read_agent_table(Reader& reader, const Node& path, KindId kind, AgentKind& agents) {
    agents.table.emplace().path = path.text.value;
    const auto file = open_table(reader, path);
    if (!file) {
        reader.lost.insert(agents.name);
        return;
    }
    Schema::Kind& names = reader.scenario.schema.kinds[static_cast<std::size_t>(kind.value)];
    CsvReader csv(*file, reader.files.sources(), reader.problems);
    csv.expect_columns(std::vector<std::string>{"name"}, names.fields);
    const auto name_column = csv.column("name");
    if (!name_column) {
        reader.lost.insert(agents.name);
        return;
    }
    FieldColumns fields(csv, names, agents.fields, *agents.table);
    while (csv.next()) {
        const auto [first, is_new] =
            names.member_rows.try_emplace(std::string(csv.cell(*name_column)), static_cast<int>(agents.members.size()));
        if (!is_new) {
            csv.error(*name_column,
                      fmt::format("a second member is called '{}': the first is on line {}", first->first,
                                  agents.members[static_cast<std::size_t>(first->second)].place.line),
                      "keep one of them");
            continue;
        }
        names.members.push_back(first->first);
        agents.members.push_back({first->first, csv.place(*name_column), {}});
        fields.read_row();
    }
    if (!csv.is_whole()) reader.lost.insert(agents.name);
}

void read_link_table(Reader& reader, const Node& path, KindId kind, LinkKind& links) {
    links.table.emplace().path = path.text.value;
    const auto file = open_table(reader, path);
    if (!file) {
        reader.lost.insert(links.name);
        return;
    }
    const Schema& schema = reader.scenario.schema;
    CsvReader csv(*file, reader.files.sources(), reader.problems);
    csv.expect_columns(std::vector<std::string>{"source", "target"}, schema[kind].fields);
    const auto source_column = csv.column("source");
    const auto target_column = csv.column("target");
    if (!source_column || !target_column) {
        reader.lost.insert(links.name);
        return;
    }
    FieldColumns fields(csv, schema[kind], links.fields, *links.table);
    std::unordered_set<std::uint64_t> pairs;
    while (csv.next()) {
        const auto source = row_named(csv, *source_column, schema[links.source]);
        const auto target = row_named(csv, *target_column, schema[links.target]);
        if (!source || !target) {
            reader.incomplete.insert(kind.value);
            continue;
        }
        if (!pairs.insert(pair_of(*source, *target)).second) {
            csv.error(*source_column, fmt::format("a second link runs from {} to {}", csv.cell(*source_column), csv.cell(*target_column)),
                      "a kind has at most one link from one agent to another");
        } else {
            links.table_ends.emplace_back(*source, *target);
            fields.read_row();
        }
    }
    if (!csv.is_whole()) reader.incomplete.insert(kind.value);
}

std::vector<std::pair<Day, double>> read_series_table(Reader& reader, const Node& path) {
    std::vector<std::pair<Day, double>> series;
    const auto file = open_table(reader, path);
    if (!file) return series;
    CsvReader csv(*file, reader.files.sources(), reader.problems);
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
