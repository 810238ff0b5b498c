// What is known in advance, from its tables: series, and panels of a value a row and date.

#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/scenario/input_records.hpp>
#include <entente/scenario/reader.hpp>
#include <entente/scenario/table.hpp>
#include <entente/scenario/table_dates.hpp>
#include <entente/scenario/table_rows.hpp>

namespace entente {
namespace {

/// One of two words, the first of which is meant where nothing is written.
bool is_second(const Node* node, std::string_view key, std::string_view first, std::string_view second, Problems& problems) {
    if (!node) return false;
    if (node->is_scalar() && (node->text.value == first || node->text.value == second)) return node->text.value == second;
    wrong_type(*node, key, fmt::format("`{}` or `{}`", first, second), problems);
    return false;
}

class InputReader {
public:
    InputReader(Reader& reader, const Mapping& mapping, Input& input)
        : reader_(reader), problems_(reader.problems), mapping_(mapping), input_(input), records_(reader, input, place_of_table(mapping)) {}

    void read() {
        if (const Node* table = mapping_.find("table"); table && table->is_map())
            return wrong_type(*table, "table", "a CSV file", problems_,
                              "its keys stand beside it: {table: data/oil.csv, date: month, value: price}");
        const TableOptions options = read_choices();
        if (!find_rows()) return;
        input_.path = options.file.value;
        const auto table = CsvTable::open(reader_.files, options);
        if (!table || !find_columns(*table)) return;
        TableRows rows(reader_, *table, unknown_);
        while (table->next()) read_line(*table, rows);
        input_.left_out = rows.left_out();
        rows.tell(input_.read > 0, Severity::error);
        if (!table->is_fine() || (input_.read == 0 && rows.left_out() > 0)) return;
        if (input_.read > 0)
            records_.finish(skips_missing_);
        else
            problems_.error(options.file.place, fmt::format("'{}' has no numbers: no line of its table was taken", input_.name),
                            table->rows() == 0 ? "the table has no lines below its first one" : "all of them are missing");
    }

private:
    static Place place_of_table(const Mapping& mapping) { return mapping.has("table") ? mapping.find("table")->place : mapping.place(); }

    TableOptions read_choices() {
        input_.between = is_second(mapping_.find("between"), "between", "hold", "linear", problems_) ? Between::linear : Between::hold;
        input_.holds_outside = is_second(mapping_.find("outside"), "outside", "error", "hold", problems_);
        if (const Node* aggregate = mapping_.find("aggregate")) input_.several = read_several(*aggregate);
        unknown_ = unknown_is_skipped(mapping_, problems_);
        const Node* undirected = mapping_.find("undirected");
        undirected_ = undirected && read_truth(*undirected, "undirected", problems_).value_or(false);
        TableOptions options = table_options(mapping_, "table", MissingCells::Rule::skip, problems_);
        options.missing_help = "write it, or say what counts there: `missing: 0` or another number; `missing: skip` leaves such lines out";
        skips_missing_ = options.missing.rule == MissingCells::Rule::skip;
        if (options.missing.rule == MissingCells::Rule::number) input_.missing = options.missing.number;
        return options;
    }

    Several read_several(const Node& node) {
        for (const Several several : {Several::sum, Several::mean, Several::min, Several::max, Several::count})
            if (node.is_scalar() && node.text.value == name_of(several)) return several;
        wrong_type(node, "aggregate", "`sum`, `mean`, `min`, `max` or `count`", problems_);
        return Several::refused;
    }

    /// The kind that the panel is on; false after a problem.
    bool find_rows() {
        const Node* on = mapping_.find("on");
        if (!on) return !names_rows();
        const auto text = read_text(*on, "on", problems_);
        const auto kind = text ? reader_.find_kind(*text, Reader::Wanted::any) : std::nullopt;
        if (!kind || reader_.incomplete.contains(kind->value)) return false;
        input_.on = *kind;
        is_link_ = reader_.scenario.is_link_kind(*kind);
        if (is_link_)
            records_.be_of_links();
        else
            records_.be_of_agents(schema()[*kind].members.size());
        return have_names(on->place) && may_be_undirected();
    }

    /// Whether keys name rows of a series, which has none.
    bool names_rows() {
        for (const std::string_view key : {"name", "target", "unknown", "undirected"})
            if (const Node* node = mapping_.find(key)) {
                problems_.error(node->place,
                                fmt::format("'{}' is about rows, and '{}' is a series: it has one value a date", key, input_.name),
                                "write `on:` with the kind whose rows have a value each");
                return true;
            }
        return false;
    }

    bool have_names(const Place& on) {
        const Schema::Kind& kind = schema()[input_.on];
        for (const KindId named : is_link_ ? std::vector{kind.source, kind.target} : std::vector{input_.on})
            if (schema()[named].members.empty() && !reader_.lost.contains(schema()[named].name)) {
                problems_.error(on,
                                fmt::format("the agents of '{}' have no names, by which '{}' could give them values", schema()[named].name,
                                            input_.name),
                                "name them by `members` or a `table`");
                return false;
            }
        return true;
    }

    bool may_be_undirected() {
        if (!undirected_ || (is_link_ && schema()[input_.on].source == schema()[input_.on].target)) return true;
        problems_.error(mapping_.find("undirected")->place,
                        fmt::format("'{}' can't be undirected: {}", input_.name,
                                    is_link_ ? "the ends of its links are of different kinds" : "its rows are no links"),
                        "remove `undirected`");
        return false;
    }

    bool find_columns(CsvTable& table) {
        dates_ = TableDates::find(table, &mapping_, reader_.has_calendar ? &calendar() : nullptr, problems_);
        const auto value = table.add_value(&mapping_, "value");
        value_ = value.value_or(0);
        if (!input_.on.is_given()) return dates_ && value;
        const auto name = is_link_ ? source_column(table) : table.column(&mapping_, "name");
        const auto target = is_link_ ? table.column(&mapping_, "target") : name;
        name_ = name.value_or(0), target_ = target.value_or(0);
        return dates_ && value && name && target;
    }

    /// `source` names the column, where `target` stands beside it or the table has such a column; else it says where the numbers come from.
    std::optional<std::size_t> source_column(CsvTable& table) {
        const Node* source = mapping_.find("source");
        const bool is_column = mapping_.has("target") || (source && source->is_scalar() && table.csv().column(source->text.value));
        if (is_column) input_.remarks.source.clear();
        return table.column(is_column ? &mapping_ : nullptr, "source");
    }

    void read_line(CsvTable& table, TableRows& rows) {
        if (!is_link_) {
            const auto row = input_.on.is_given() ? rows.agent(name_, input_.on) : std::optional(0);
            const auto record = row ? record_of(table) : std::nullopt;
            if (record) records_.add(static_cast<std::size_t>(*row), *record);
            return;
        }
        const auto ends = rows.ends(name_, target_, input_.on);
        if (!ends || !is_there(rows, *ends)) return;
        const auto record = record_of(table);
        if (!record) return;
        records_.add(*ends, *record);
        if (undirected_ && ends->first != ends->second) records_.add({ends->second, ends->first}, *record);
    }

    bool is_there(TableRows& rows, std::pair<int, int> ends) {
        if (!rows.is_link(input_.on, ends.first, ends.second))
            rows.refuse_link(name_, target_, input_.on);
        else if (undirected_ && !rows.is_link(input_.on, ends.second, ends.first))
            rows.refuse_link(target_, name_, input_.on);
        else
            return true;
        return false;
    }

    /// The number of this line and when it counts; nothing where there is none.
    std::optional<InputRecord> record_of(CsvTable& table) {
        auto when = dates_->counts_ticks() ? tick() : days();
        if (!when) return std::nullopt;
        records_.note(*when);
        const auto number = table.number(value_);
        if (!number || std::isnan(*number)) return std::nullopt;
        when->value = *number;
        return InputRecord{*when, dates_->place(), dates_->text()};
    }

    std::optional<DatedValue> days() {
        const auto period = dates_->period();
        if (!period) return std::nullopt;
        return DatedValue{period->first.time_since_epoch().count(), period->end.time_since_epoch().count(), 0};
    }

    std::optional<DatedValue> tick() {
        const auto tick = dates_->tick();
        if (!tick) return std::nullopt;
        if (!reader_.has_calendar || !calendar().is_dated()) return DatedValue{*tick, *tick + 1, 0};
        const auto day = [&](std::int64_t of) { return calendar().first_day(of).time_since_epoch().count(); };
        return DatedValue{day(*tick), day(*tick + 1), 0};
    }

    [[nodiscard]] const Calendar& calendar() const { return reader_.scenario.calendar; }
    [[nodiscard]] const Schema& schema() const { return reader_.scenario.schema; }

    Reader& reader_;
    Problems& problems_;
    const Mapping& mapping_;
    Input& input_;
    InputRecords records_;
    bool is_link_ = false;
    bool undirected_ = false;
    bool skips_missing_ = false;
    std::optional<Place> unknown_;  ///< of `unknown: skip`
    std::optional<TableDates> dates_;
    std::size_t value_ = 0;
    std::size_t name_ = 0, target_ = 0;  ///< columns
};

}  // namespace

void declare_inputs(Reader& reader, const Named& inputs) {
    for (const Entry& entry : inputs.entries()) {
        Input input;
        input.name = entry.key.value;
        input.place = entry.key.place;
        const InputId id{static_cast<int>(reader.scenario.inputs.size())};
        const Node* on = entry.value->is_map() ? entry.value->find("on") : nullptr;
        const Node* unit = entry.value->is_map() ? entry.value->find("unit") : nullptr;
        if (unit && unit->is_scalar()) input.unit = harmless_line(unit->text.value);
        if (on && on->is_scalar()) reader.panels[on->text.value].push_back(id);
        reader.scenario.schema.inputs.push_back({input.name, {}});
        reader.scenario.inputs.push_back(std::move(input));
    }
}

void read_inputs(Reader& reader, const Named& inputs) {
    std::size_t number = 0;
    for (const Entry& entry : inputs.entries()) {
        Input& input = reader.scenario.inputs[number];
        Schema::Input& name = reader.scenario.schema.inputs[number++];
        if (!entry.value->is_map()) {
            wrong_type(*entry.value, input.name, "a mapping", reader.problems, "write {table: data/oil.csv, date: month, value: price}");
            continue;
        }
        read_input(reader, *entry.value, input);
        name.on = input.on;
    }
}

void read_input(Reader& reader, const Node& node, Input& input) {
    const Mapping mapping(node, Section::input, reader.problems);
    input.remarks = {mapping.text("about"), mapping.text("source")};
    InputReader(reader, mapping, input).read();
}

}  // namespace entente
