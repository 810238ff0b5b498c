#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include <entente/base/harmless.hpp>
#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/language/quotes.hpp>
#include <entente/scenario/levels.hpp>
#include <entente/scenario/reader.hpp>
#include <entente/scenario/table.hpp>
#include <entente/scenario/table_rows.hpp>

namespace entente {
namespace {

/// What a kind's `table` says: the file alone, or a mapping.
struct KindTable {
    TableOptions options;
    std::optional<Mapping> keys;  ///< of a mapping
    std::optional<Text> label;
    std::optional<Text> iso;
    std::optional<Text> latitude;
    std::optional<Text> longitude;
    const Node* columns = nullptr;
    [[nodiscard]] const Mapping* mapping() const { return keys ? &*keys : nullptr; }
    bool undirected = false;
    std::optional<Place> skip;  ///< of `unknown: skip`
};

std::optional<Text> text_at(const Mapping& mapping, std::string_view key, Problems& problems) {
    const Node* node = mapping.find(key);
    return node ? read_text(*node, key, problems) : std::nullopt;
}

KindTable kind_table(const Node& node, Section section, Problems& problems) {
    KindTable table;
    if (node.is_map()) {
        const Mapping& mapping = table.keys.emplace(node, section, problems);
        table.options = table_options(mapping, "file", MissingCells::Rule::start, problems);
        table.label = text_at(mapping, "label", problems);
        table.iso = text_at(mapping, "iso", problems);
        table.latitude = text_at(mapping, "latitude", problems);
        table.longitude = text_at(mapping, "longitude", problems);
        if (table.latitude.has_value() != table.longitude.has_value())
            problems.error((table.latitude ? table.latitude : table.longitude)->place, fmt::format("'{}' stands alone", table.latitude ? "latitude" : "longitude"),
                           fmt::format("name the column of `{}` too", table.latitude ? "longitude" : "latitude"));
        table.columns = mapping.find("columns");
        const Node* undirected = mapping.find("undirected");
        table.undirected = undirected && read_truth(*undirected, "undirected", problems).value_or(false);
        table.skip = unknown_is_skipped(mapping, problems);
    } else if (const auto path = read_text(node, "table", problems)) {
        table.options = table_options(*path);
    }
    table.options.missing_help = "write a number, or let the field's own start stand for it: missing: start beside the file of the table";
    return table;
}

/// The columns that hold fields, or what is computed from columns for them.
class FieldColumns {
public:
    /// `own` are the columns that are no fields: that of the names, say.
    FieldColumns(Reader& reader, CsvTable& table, const KindTable& asked, KindId kind, std::span<const std::string> own, TableData& data)
        : reader_(reader), table_(table), names_(reader.scenario.schema[kind]), kind_(kind), data_(data) {
        if (asked.columns)
            read_columns(*asked.columns);
        else
            take_all(asked, own);
        data.columns.resize(data.fields.size());
    }

    void read_row(const std::vector<Field>& fields) {
        ++data_.rows;
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const Field& field = fields[static_cast<std::size_t>(data_.fields[i].value)];
            const double value = value_of(i, field).value_or(0);
            if (!std::isnan(value) && !field.range.holds(value)) say_outside(i, field, value);
            data_.columns[i].push_back(value);
        }
    }

    /// The row again, for a second link.
    void repeat_row() {
        ++data_.rows;
        for (auto& column : data_.columns) column.push_back(column.back());
    }

private:
    /// The value of a column on this row; where the field has levels and the cell is no number, that of the level of that name.
    std::optional<double> value_of(std::size_t i, const Field& field) {
        const auto column = field.levels.empty() ? std::nullopt : table_.column_of(values_[i]);
        if (!column) return table_.number(values_[i]);
        const std::string cell(table_.csv().cell(*column));
        const auto named = std::ranges::find(field.levels, cell, &Level::name);
        if (named != field.levels.end()) return static_cast<double>(named - field.levels.begin());
        const auto number = number_of_cell(cell);
        if (is_missing(cell) || (number && level_fault(field, *number).empty())) return table_.number(values_[i]);
        const std::vector<std::string> names = names_of(field.levels);
        table_.csv().error(*column, fmt::format("'{}' is not a level of '{}'", cell, field.name),
                           did_you_mean(cell, names, fmt::format("its levels are {}", listed(names))));
        return std::nullopt;
    }

    void say_outside(std::size_t i, const Field& field, double value) {
        table_.csv().error(table_.column_of(values_[i]).value_or(0),
                           fmt::format("the start {} of '{}' is outside its range [{}, {}]", shown(value), field.name, shown(field.range.low),
                                       shown(field.range.high)),
                           "change the value or widen the range");
    }

    void add(const Text& field, const Text& expression) {
        const auto found = reader_.scenario.schema.field(kind_, field.value);
        if (!found) {
            const bool is_derived = reader_.scenario.schema.derived(kind_, field.value).has_value();
            reader_.problems.error(field.place,
                                   is_derived ? fmt::format("'{}' is derived and has no start", field.value)
                                              : fmt::format("'{}' has no field called '{}'", names_.name, field.value),
                                   is_derived ? "start the fields it is made of"
                                              : did_you_mean(field.value, names_.fields,
                                                             names_.fields.empty() ? "it has no fields" : fmt::format("its fields are {}", listed(names_.fields))));
            return;
        }
        const auto value = table_.add_value(expression);
        if (!value) return;
        if (reader_.is_input(kind_, *found)) {
            reader_.problems.error(field.place, fmt::format("'{}' is an input and has no start", field.value), "change its own table");
            return;
        }
        data_.fields.push_back(*found);
        values_.push_back(*value);
    }

    /// `columns: {capability: cinc_2021}`, or `columns: [population]` where column and field have one name.
    void read_columns(const Node& node) {
        if (!node.is_map() && !node.is_list())
            wrong_type(node, "columns", "a mapping of fields to columns", reader_.problems, "write columns: {field: column}");
        for (const NodePtr& item : node.items)
            if (const auto name = read_text(*item, "columns", reader_.problems)) add(*name, *name);
        for (const Entry& entry : node.entries) {
            const Node& value = *entry.value;
            const bool is_name = value.is_scalar() && table_.csv().column(value.text.value);  // `NO` too
            const Text text = is_name ? value.text : read_formula(value, entry.key.value, reader_.problems);
            if (!text.value.empty()) add(entry.key, text);
        }
    }

    /// Every column is a field, but those that have another use. Where the kind has no fields there is none to be taken, whatever else the table has.
    void take_all(const KindTable& asked, std::span<const std::string> own) {
        std::vector<std::string> fields;
        for (const std::string& field : names_.fields)
            if (!reader_.is_input(kind_, *reader_.scenario.schema.field(kind_, field))) fields.push_back(field);
        if (fields.empty()) return;
        std::vector<std::string> known(fields);
        known.insert(known.end(), own.begin(), own.end());
        for (std::size_t i = 0; i < table_.csv().header().size(); ++i)
            if (table_.reads(i)) known.push_back(table_.csv().header()[i]);
        if (table_.csv().refuse_repeated()) return;
        table_.csv().expect_columns({}, known, "take the columns that are fields: table: {file: …, columns: {field: column}}");
        for (const std::string& field : fields)
            if (table_.csv().column(field)) add({field, asked.options.file.place, {}}, {field, asked.options.file.place, {}});
    }

    Reader& reader_;
    CsvTable& table_;
    const Schema::Kind& names_;
    KindId kind_;
    TableData& data_;
    std::vector<std::size_t> values_;  ///< by field of the data
};

/// Reads members from a table, row by row.
class AgentRows {
public:
    AgentRows(Reader& reader, KindId kind, AgentKind& agents, const KindTable& asked)
        : names_(reader.scenario.schema.kinds[static_cast<std::size_t>(kind.value)]), agents_(agents), reader_(reader), kind_(kind), asked_(asked) {}

    /// Whether every row was read.
    bool read(CsvTable& table) {
        const auto name = table.column(asked_.mapping(), "name");
        std::vector<std::string> own{"name"};
        bool are_there = name.has_value();
        const auto find = [&](const std::optional<Text>& asked, std::optional<std::size_t>& column) {
            if (!asked) return;
            column = table.column(*asked);
            are_there = are_there && column;
            own.push_back(asked->value);
        };
        find(asked_.label, label_);
        find(asked_.iso, iso_);
        find(asked_.latitude, latitude_);
        find(asked_.longitude, longitude_);
        if (!are_there) return false;
        own.front() = table.csv().header()[*name];
        FieldColumns fields(reader_, table, asked_, kind_, own, *agents_.table);
        while (table.next())
            if (add(table.csv(), *name)) fields.read_row(agents_.fields);
        return table.is_whole();
    }

private:
    bool add(CsvReader& csv, std::size_t name) {
        const auto [first, is_new] = names_.member_rows.try_emplace(std::string(csv.cell(name)), static_cast<int>(agents_.members.size()));
        if (!is_new) {
            csv.error(name,
                      fmt::format("a second member is called {}: the first is on line {}", in_quotes(first->first),
                                  agents_.members[static_cast<std::size_t>(first->second)].place.line),
                      "keep one of them, or take rows by `where`, as in where: year == 2017");
            return false;
        }
        names_.members.push_back(first->first);
        AgentMember& member = agents_.members.emplace_back(AgentMember{.name = first->first, .place = csv.place(name), .starts = {}});
        if (label_ && !is_missing(csv.cell(*label_))) member.label = harmless_line(csv.cell(*label_));
        if (iso_ && !is_missing(csv.cell(*iso_))) read_country(csv, member.site);
        if (latitude_ && longitude_ && !(is_missing(csv.cell(*latitude_)) && is_missing(csv.cell(*longitude_)))) read_position(csv, member.site);
        return true;
    }

    void read_country(CsvReader& csv, Site& site) const {
        if (const Country* country = country_of(csv.cell(*iso_))) site.iso = country->alpha3;
        else csv.error(*iso_, fmt::format("{} is not a country's code", in_quotes(std::string(csv.cell(*iso_)))), country_help(csv.cell(*iso_)));
    }

    void read_position(CsvReader& csv, Site& site) const {
        const auto latitude = csv.number(*latitude_);
        const auto longitude = csv.number(*longitude_);
        if (!latitude || !longitude) return;
        if (const std::string fault = position_fault(*latitude, *longitude); fault.empty()) site.position = Position{*latitude, *longitude};
        else csv.error(*latitude_, fault, "degrees north and east are positive");
    }

    Schema::Kind& names_;
    AgentKind& agents_;
    Reader& reader_;
    KindId kind_;
    const KindTable& asked_;
    std::optional<std::size_t> label_;  ///< columns that are no fields
    std::optional<std::size_t> iso_;
    std::optional<std::size_t> latitude_;
    std::optional<std::size_t> longitude_;
};

/// Reads links from a table, row by row.
class LinkRows {
public:
    LinkRows(Reader& reader, KindId kind, LinkKind& links, const KindTable& asked)
        : reader_(reader), schema_(reader.scenario.schema), kind_(kind), links_(links), asked_(asked) {}

    bool read(CsvTable& table) {
        const auto source = table.column(asked_.mapping(), "source");
        const auto target = table.column(asked_.mapping(), "target");
        if (!source || !target) reader_.lost.insert(links_.name);
        if (!source || !target || !may_be_undirected()) return false;
        source_ = *source, target_ = *target;
        FieldColumns fields(reader_, table, asked_, kind_, std::vector{table.csv().header()[*source], table.csv().header()[*target]}, *links_.table);
        TableRows rows(reader_, table, asked_.skip);
        while (table.next()) add_row(table.csv(), rows, fields);
        rows.tell(!links_.table_ends.empty(), Severity::error);
        return table.is_whole() && !rows.has_unknown();
    }

private:
    bool may_be_undirected() {
        if (!asked_.undirected || links_.source == links_.target) return true;
        reader_.problems.error(links_.place, fmt::format("'{}' can't be undirected: its ends are of different kinds", links_.name),
                               "remove `undirected` from its table");
        return false;
    }

    void add_row(CsvReader& csv, TableRows& rows, FieldColumns& fields) {
        const auto ends = rows.ends(source_, target_, kind_);
        if (!ends || !add(csv, ends->first, ends->second)) return;
        fields.read_row(links_.fields);
        if (asked_.undirected && ends->first != ends->second && add(csv, ends->second, ends->first)) fields.repeat_row();
    }

    bool add(CsvReader& csv, int source, int target) {
        const int line = csv.line();
        const auto [first, is_new] = lines_.try_emplace(pair_of(source, target), line);
        if (is_new) links_.table_ends.emplace_back(source, target);
        if (is_new) return true;
        const auto name = [&](KindId of, int row) { return as_index(schema_[of].members[static_cast<std::size_t>(row)]); };
        csv.error(source_,
                  fmt::format("a second link runs from {} to {}: the first is of line {}", name(links_.source, source), name(links_.target, target), first->second),
                  asked_.undirected ? "`undirected: yes` makes both links of a row: remove it where the table has both, or keep one row of the two"
                                    : "a kind has at most one link from one agent to another: keep one, or take rows by `where`");
        return false;
    }

    Reader& reader_;
    const Schema& schema_;
    KindId kind_;
    LinkKind& links_;
    const KindTable& asked_;
    std::size_t source_ = 0;
    std::size_t target_ = 0;
    std::unordered_map<std::uint64_t, int> lines_;  ///< of the rows whose links run between two agents
};

}  // namespace

void read_agent_table(Reader& reader, const Node& node, KindId kind, AgentKind& agents) {
    const KindTable asked = kind_table(node, Section::agent_table, reader.problems);
    agents.table.emplace().path = asked.options.file.value;
    const auto table = CsvTable::open(reader.files, asked.options);
    if (!table || !AgentRows(reader, kind, agents, asked).read(*table)) reader.lost.insert(agents.name);
}

void read_link_table(Reader& reader, const Node& node, KindId kind, LinkKind& links) {
    const KindTable asked = kind_table(node, Section::link_table, reader.problems);
    links.table.emplace().path = asked.options.file.value;
    const auto table = CsvTable::open(reader.files, asked.options);
    if (!table) reader.lost.insert(links.name);
    if (table && !LinkRows(reader, kind, links, asked).read(*table)) reader.incomplete.insert(kind.value);
}

}  // namespace entente
