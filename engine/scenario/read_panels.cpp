#include <set>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/language/quotes.hpp>
#include <entente/scenario/reader.hpp>
#include <entente/scenario/table.hpp>

namespace entente {
namespace {

std::optional<int> row_of_cell(CsvReader& csv, std::size_t column, const Schema::Kind& kind) {
    const auto found = kind.member_rows.find(std::string(csv.cell(column)));
    if (found != kind.member_rows.end()) return found->second;
    csv.error(column, fmt::format("no member of '{}' is called {}", kind.name, in_quotes(csv.cell(column))),
              kind.members.empty() ? "its agents have no names"
                                   : did_you_mean_name(csv.cell(column), kind.members, fmt::format("its members are {}", listed(as_indices(kind.members)))));
    return std::nullopt;
}

/// A table of records by row of a kind.
class PanelTable {
public:
    PanelTable(const Schema& schema, CsvReader& csv, KindId kind) : schema_(schema), kind_(schema_[kind]), csv_(csv) {
        const std::vector<std::string> names = kind_.is_link ? std::vector<std::string>{"source", "target"} : std::vector<std::string>{"name"};
        is_yearly_ = csv_.column("year").has_value();
        csv_.expect_columns(names, std::vector<std::string>{is_yearly_ ? "year" : "date", "value"});
        for (const std::string& name : names)
            if (const auto column = csv_.column(name)) names_.push_back(*column);
        is_complete_ = names_.size() == names.size();
        when_ = csv_.column(is_yearly_ ? "year" : "date");
        value_ = csv_.column("value");
    }

    std::vector<Observed::OfRow> read() {
        std::vector<Observed::OfRow> records;
        if (!is_complete_) return records;
        std::set<std::pair<std::vector<int>, std::optional<Day>>> seen;
        while (csv_.next()) {
            if (!when_ && !value_) {
                csv_.error(names_.front(), "the table has neither a column 'date' or 'year' nor a column 'value'", "say when it came, what it was, or both");
                return {};
            }
            const auto record = one();
            if (!record) continue;
            if (seen.insert({record->row, value_ ? record->date : std::nullopt}).second)
                records.push_back(*record);
            else
                csv_.error(names_.front(), fmt::format("a second record of {}{}", name(), when_ && value_ ? " at that time" : ""), "keep one of them");
        }
        return records;
    }

private:
    [[nodiscard]] std::string name() const {
        const std::string first(csv_.cell(names_.front()));
        return kind_.is_link ? fmt::format("{} -> {}", first, csv_.cell(names_.back())) : first;
    }

    std::optional<Observed::OfRow> one() {
        Observed::OfRow record;
        for (const std::size_t column : names_) {
            const KindId end = column == names_.front() ? kind_.source : kind_.target;
            const auto row = row_of_cell(csv_, column, kind_.is_link ? schema_[end] : kind_);
            if (!row) return std::nullopt;
            record.row.push_back(*row);
        }
        for (const auto column : {when_, value_})
            if (column && is_missing(csv_.cell(*column))) return std::nullopt;
        if (when_) {
            record.date = parse_date(is_yearly_ ? fmt::format("{}-01-01", csv_.cell(*when_)) : std::string(csv_.cell(*when_)));
            if (!record.date) {
                not_a_date(csv_, *when_, is_yearly_);
                return std::nullopt;
            }
        }
        if (value_) record.value = csv_.number(*value_);
        return value_ && !record.value ? std::nullopt : std::optional(record);
    }

    const Schema& schema_;
    const Schema::Kind& kind_;
    CsvReader& csv_;
    std::vector<std::size_t> names_;  ///< columns
    bool is_complete_ = false;
    bool is_yearly_ = false;
    std::optional<std::size_t> when_;
    std::optional<std::size_t> value_;
};

}  // namespace

std::vector<Observed::OfRow> read_panel_table(Reader& reader, const Node& path, KindId kind) {
    const auto file = read_text(path, "table", reader.problems);
    const auto table = file ? CsvTable::open(reader.files, {.file = *file}) : nullptr;
    return table ? PanelTable(reader.scenario.schema, table->csv(), kind).read() : std::vector<Observed::OfRow>();
}

}  // namespace entente
