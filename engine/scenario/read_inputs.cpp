// What is known in advance, from its tables: series, and panels of a value a row and date.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/scenario/csv.hpp>
#include <entente/scenario/reader.hpp>
#include <entente/scenario/table.hpp>

namespace entente {
namespace {

/// Beyond this no world is compiled, and nothing need be laid out for it.
constexpr std::int64_t most_ticks_laid_out = std::int64_t{1} << 24;

/// A number as it stands in the table.
struct Record {
    DatedValue dated;
    Place place;  ///< of its date
    std::string when;
};

/// One of two words, the first of which is meant where nothing is written.
bool is_second(const Node* node, std::string_view key, std::string_view first, std::string_view second, Problems& problems) {
    if (!node) return false;
    if (node->is_scalar() && (node->text.value == first || node->text.value == second)) return node->text.value == second;
    wrong_type(*node, key, fmt::format("`{}` or `{}`", first, second), problems);
    return false;
}

std::string with_more(std::string text, std::size_t more, std::string_view noun) {
    return more == 0 ? text : fmt::format("{} and {}", text, counted(static_cast<std::int64_t>(more), fmt::format("other {}", noun)));
}

class InputReader {
public:
    InputReader(Reader& reader, const Mapping& mapping, Input& input)
        : reader_(reader), problems_(reader.problems), mapping_(mapping), input_(input) {}

    void read() {
        read_choices();
        if (!find_rows()) return;
        const Node* table = mapping_.find("table");
        const auto path = table ? read_text(*table, "table", problems_) : std::nullopt;
        if (!path) return;
        table_ = path->place;
        input_.path = path->value;
        const auto found = reader_.files.find(*path);
        const auto file = found ? reader_.files.open(*found, *path, largest_table) : std::nullopt;
        if (!file || !check_text(*file, reader_.files.sources(), problems_)) return;
        CsvReader csv(*file, reader_.files.sources(), problems_, form());
        if (csv.header().empty() || !find_columns(csv)) return;
        while (csv.next()) read_line(csv);
        if (csv.is_whole() && is_sound_) finish();
    }

private:
    // -- keys ----------------------------------------------------------------------------------------------------------------------------

    void read_choices() {
        input_.between = is_second(mapping_.find("between"), "between", "hold", "linear", problems_) ? Between::linear : Between::hold;
        input_.holds_outside = is_second(mapping_.find("outside"), "outside", "error", "hold", problems_);
        skips_unknown_ = is_second(mapping_.find("unknown"), "unknown", "error", "skip", problems_);
        if (const Node* missing = mapping_.find("missing")) {
            skips_missing_ = missing->is_scalar() && missing->text.value == "skip";
            if (!skips_missing_) input_.missing = read_number(*missing, "missing", problems_);
        }
        if (const Node* decimal = mapping_.find("decimal")) has_decimal_comma_ = is_second(decimal, "decimal", ".", ",", problems_);
    }

    CsvForm form() {
        CsvForm form;
        const Node* node = mapping_.find("separator");
        const auto text = node ? read_text(*node, "separator", problems_) : std::nullopt;
        if (text && text->value.size() == 1)
            form.separator = text->value[0];
        else if (text)
            wrong_type(*node, "separator", "one sign", problems_, "write separator: \";\"");
        return form;
    }

    /// The kind that the panel is on; false after a problem.
    bool find_rows() {
        const Node* on = mapping_.find("on");
        for (const std::string_view key : {"name", "target", "unknown"})
            if (const Node* node = mapping_.find(key); node && !on) {
                problems_.error(node->place, fmt::format("'{}' names rows, and '{}' is a series: it has one value a date", key, input_.name),
                                "write `on:` with the kind whose rows have a value each");
                return false;
            }
        if (!on) return true;
        const auto text = read_text(*on, "on", problems_);
        const auto kind = text ? reader_.find_kind(*text, Reader::Wanted::any) : std::nullopt;
        if (!kind || reader_.incomplete.contains(kind->value)) return false;
        input_.on = *kind;
        is_link_ = reader_.scenario.is_link_kind(*kind);
        for (const KindId named : ends_of(*kind))
            if (schema()[named].members.empty() && !reader_.lost.contains(schema()[named].name)) {
                problems_.error(on->place, fmt::format("the agents of '{}' have no names, by which '{}' could give them values", schema()[named].name, input_.name),
                                "name them by `members` or a `table`");
                return false;
            }
        if (!is_link_) records_.resize(schema()[*kind].members.size());
        return true;
    }

    [[nodiscard]] std::vector<KindId> ends_of(KindId kind) const {
        if (!is_link_) return {kind};
        return {schema()[kind].source, schema()[kind].target};
    }

    // -- columns -------------------------------------------------------------------------------------------------------------------------

    bool find_columns(const CsvReader& csv) {
        const bool by_tick = mapping_.has("tick") || (!mapping_.has("date") && reader_.has_calendar && !calendar().is_dated());
        if (mapping_.has("tick") && mapping_.has("date")) {
            problems_.error(mapping_.find("tick")->place, fmt::format("'{}' has both 'date' and 'tick'", input_.name), "give one of them");
            return false;
        }
        if (mapping_.has("date") && reader_.has_calendar && !calendar().is_dated()) {
            problems_.error(mapping_.find("date")->place, "dates have no ticks here: the calendar has no dates",
                            "name a column of ticks, `tick: column`, or give the calendar a start");
            return false;
        }
        counts_ticks_ = by_tick;
        const bool has_years = !by_tick && !mapping_.has("date") && !csv.column("date") && csv.column("year");
        date_ = column(csv, by_tick ? "tick" : "date", has_years ? "year" : by_tick ? "tick" : "date");
        value_ = column(csv, "value", "value");
        if (!input_.on.is_given()) return date_ && value_;
        if (!is_link_) {
            name_ = column(csv, "name", "name");
            return date_ && value_ && name_;
        }
        name_ = mapping_.has("target") ? column(csv, "source", "source") : column(csv, "", "source");
        target_ = column(csv, "target", "target");
        return date_ && value_ && name_ && target_;
    }

    /// The column that is named under `key`, or else `otherwise`.
    std::optional<std::size_t> column(const CsvReader& csv, std::string_view key, std::string_view otherwise) {
        const Node* node = key.empty() ? nullptr : mapping_.find(key);
        const auto written = node ? read_text(*node, key, problems_) : std::nullopt;
        if (node && !written) return std::nullopt;
        const std::string name(written ? written->value : otherwise);
        if (const auto found = csv.column(name)) return found;
        if (!key.empty() && mapping_.is_misspelt(key)) return std::nullopt;
        const std::vector<std::string> names(csv.header().begin(), csv.header().end());
        std::string help = fmt::format("its columns are {}", listed(names));
        if (!node && !key.empty()) help += fmt::format(": say which it is, `{}: column`", key);
        problems_.error(written ? written->place : table_, fmt::format("the table '{}' has no column '{}'", input_.path, name),
                        written ? did_you_mean(name, names, help) : help);
        return std::nullopt;
    }

    // -- lines ---------------------------------------------------------------------------------------------------------------------------

    void read_line(CsvReader& csv) {
        const auto row = row_of(csv);
        if (!row) return;
        auto when = counts_ticks_ ? tick_of(csv) : days_of(csv);
        if (!when) return fail();
        const std::string_view cell = csv.cell(*value_);
        dates_.try_emplace(when->first, when->end);
        if (is_missing(cell)) {
            if (skips_missing_) return;
            if (!input_.missing) {
                csv.error(*value_, fmt::format("a number of '{}' is missing{}", input_.name, cell.empty() ? "" : fmt::format(": '{}'", cell)),
                          "write it, or say what counts there: `missing: 0` or another number; `missing: skip` leaves such lines out");
                return fail();
            }
            when->value = *input_.missing;
        } else {
            const auto number = number_of(csv);
            if (!number) return fail();
            when->value = *number;
        }
        ++input_.read;
        records_[*row].push_back({*when, csv.place(*date_), std::string(csv.cell(*date_))});
    }

    void fail() { is_sound_ = false; }

    std::optional<double> number_of(CsvReader& csv) {
        if (!has_decimal_comma_) return csv.number(*value_);
        std::string cell(csv.cell(*value_));
        std::ranges::replace(cell, ',', '.');
        const auto number = parse_number(cell);
        if (!number) csv.error(*value_, fmt::format("'{}' in the column '{}' is not a number with a decimal comma", csv.cell(*value_), csv.header()[*value_]));
        return number;
    }

    std::optional<DatedValue> days_of(CsvReader& csv) {
        const std::string_view cell = csv.cell(*date_);
        const auto period = parse_period(cell);
        if (period) return DatedValue{period->first.time_since_epoch().count(), period->end.time_since_epoch().count(), 0};
        const std::string fault = date_fault(cell);
        csv.error(*date_, fmt::format("'{}' is not a date{}{}", cell, fault.empty() ? "" : ": ", fault),
                  "dates are written like 2021-08-15, months like 2021-08, quarters like 2021Q3, years like 2021");
        return std::nullopt;
    }

    std::optional<DatedValue> tick_of(CsvReader& csv) {
        const auto number = csv.number(*date_);
        if (!number) return std::nullopt;
        if (*number != std::floor(*number) || std::abs(*number) > 1e15) {
            csv.error(*date_, fmt::format("'{}' is not a tick", csv.cell(*date_)), "ticks are whole numbers, from 0");
            return std::nullopt;
        }
        const auto tick = static_cast<std::int64_t>(*number);
        if (!reader_.has_calendar || !calendar().is_dated()) return DatedValue{tick, tick + 1, 0};
        const auto day = [&](std::int64_t of) { return calendar().first_day(of).time_since_epoch().count(); };
        return DatedValue{day(tick), day(tick + 1), 0};
    }

    /// By row of a kind of agents, or by pair of ends as they come; nothing where the line is left out.
    std::optional<std::size_t> row_of(CsvReader& csv) {
        if (!input_.on.is_given()) {
            records_.resize(1);
            return 0;
        }
        if (!is_link_) return agent_of(csv, *name_, input_.on);
        const auto source = agent_of(csv, *name_, schema()[input_.on].source);
        const auto target = source || !skips_unknown_ ? agent_of(csv, *target_, schema()[input_.on].target) : std::nullopt;
        if (!source || !target) return std::nullopt;
        return link_of(csv, static_cast<int>(*source), static_cast<int>(*target));
    }

    std::optional<std::size_t> agent_of(CsvReader& csv, std::size_t column, KindId kind) {
        const Schema::Kind& names = schema()[kind];
        if (const auto found = names.member_rows.find(std::string(csv.cell(column))); found != names.member_rows.end())
            return static_cast<std::size_t>(found->second);
        if (skips_unknown_) {
            ++input_.left_out;
            return std::nullopt;
        }
        csv.error(column, fmt::format("no member of '{}' is called '{}'", names.name, csv.cell(column)),
                  did_you_mean(csv.cell(column), names.members, "correct the name, or leave such lines out by `unknown: skip`"));
        fail();
        return std::nullopt;
    }

    std::optional<std::size_t> link_of(CsvReader& csv, int source, int target) {
        const LinkKind& kind = reader_.scenario.link_kind(input_.on);
        if (!links_) links_ = named_links(kind);
        if (!is_written(kind, *links_, source, target).value_or(true)) {
            if (skips_unknown_) {
                ++input_.left_out;
                return std::nullopt;
            }
            csv.error(*name_, fmt::format("no link of '{}' runs from {} to {}", kind.name, csv.cell(*name_), csv.cell(*target_)),
                      "add it, or leave such lines out by `unknown: skip`");
            fail();
            return std::nullopt;
        }
        const auto [found, is_new] = rows_.try_emplace(pair_of(source, target), records_.size());
        if (is_new) {
            records_.emplace_back();
            input_.ends.emplace_back(source, target);
        }
        return found->second;
    }

    // -- the whole -----------------------------------------------------------------------------------------------------------------------

    void finish() {
        if (input_.read == 0) {
            problems_.error(table_, fmt::format("'{}' has no numbers: no line of its table was taken", input_.name),
                            input_.left_out > 0 ? "all lines are about rows that there are not: compare the names" : "the table has no lines below its first one");
            return;
        }
        if (is_link_) add_links_that_lack();
        for (std::vector<Record>& row : records_) sort(row);
        if (!is_sound_) return;
        note_span();
        fill_gaps();
        if (!is_sound_ || !reader_.has_calendar) return;
        check_span();
        if (!is_sound_ || calendar().ticks() > most_ticks_laid_out) return;
        std::vector<std::vector<DatedValue>> dated(records_.size());
        for (std::size_t row = 0; row < records_.size(); ++row)
            for (const Record& record : records_[row]) dated[row].push_back(record.dated);
        input_.values = std::make_shared<const InputValues>(by_tick(dated, calendar(), input_.between));
    }

    /// Links that are written and that no line is about; those of a random pattern are known when the world is laid out.
    void add_links_that_lack() {
        const LinkKind& kind = reader_.scenario.link_kind(input_.on);
        const auto add = [&](int source, int target) {
            if (!rows_.try_emplace(pair_of(source, target), records_.size()).second) return;
            records_.emplace_back();
            input_.ends.emplace_back(source, target);
        };
        for (const LinkMember& member : kind.members) add(member.source, member.target);
        for (const auto& [source, target] : kind.table_ends) add(source, target);
        if (!kind.pattern || kind.pattern->form != Pattern::Form::complete) return;
        for (std::size_t s = 0; s < schema()[kind.source].members.size(); ++s)
            for (std::size_t t = 0; t < schema()[kind.target].members.size(); ++t)
                if (kind.source != kind.target || s != t) add(static_cast<int>(s), static_cast<int>(t));
    }

    void sort(std::vector<Record>& row) {
        std::ranges::stable_sort(row, {}, [](const Record& record) { return record.dated.first; });
        const auto same = [](const Record& a, const Record& b) { return a.dated.first == b.dated.first; };
        const auto twice = std::adjacent_find(row.begin(), row.end(), same);
        if (twice == row.end()) return;
        const Record& second = *(twice + 1);
        problems_.error(second.place,
                        fmt::format("a second number of '{}'{} for {}: the first is on line {}", input_.name, of_row(index_of(row)), second.when, twice->place.line),
                        input_.on.is_given() ? "keep one of them" : "keep one of them; a table with one a row and date has `on:` with their kind");
        fail();
    }

    [[nodiscard]] std::size_t index_of(const std::vector<Record>& row) const { return static_cast<std::size_t>(&row - records_.data()); }

    /// " of FRA"; "" of a series.
    [[nodiscard]] std::string of_row(std::size_t row) const { return input_.on.is_given() ? " of " + row_name(row) : ""; }

    [[nodiscard]] std::string row_name(std::size_t row) const {
        const Schema::Kind& kind = schema()[input_.on];
        if (!is_link_) return kind.members[row];
        const auto& [source, target] = input_.ends[row];
        return schema()[kind.source].members[static_cast<std::size_t>(source)] + " -> " + schema()[kind.target].members[static_cast<std::size_t>(target)];
    }

    void note_span() {
        const Record* first = nullptr;
        const Record* last = nullptr;
        for (const auto& row : records_) {
            if (row.empty()) continue;
            if (!first || row.front().dated.first < first->dated.first) first = &row.front();
            if (!last || row.back().dated.first > last->dated.first) last = &row.back();
        }
        input_.first = first->when;
        input_.last = last->when;
    }

    /// What a row lacks of the dates that others have, and of those on which its cells are empty.
    void fill_gaps() {
        const bool are_gaps_fine = skips_missing_ || !input_.on.is_given();
        for (std::size_t row = 0; row < records_.size(); ++row) {
            std::vector<Record>& records = records_[row];
            if (input_.missing)
                fill(records);
            else if (records.empty())
                without_.push_back(row);
            else if (!are_gaps_fine && records.size() < dates_.size())
                gaps_.push_back(row);
        }
        if (!without_.empty()) {
            problems_.error(table_, fmt::format("'{}' has no number for {}", input_.name, with_more(row_name(without_[0]), without_.size() - 1, "row")),
                            "add lines, or say what counts there: `missing: 0` or another number");
            fail();
        }
        if (!gaps_.empty()) tell_gap(gaps_[0]);
    }

    void fill(std::vector<Record>& records) const {
        std::vector<Record> filled;
        auto next = records.begin();
        for (const auto& [first, end] : dates_)
            if (next != records.end() && next->dated.first == first)
                filled.push_back(std::move(*next++));
            else
                filled.push_back({{first, end, *input_.missing}, {}, {}});
        records = std::move(filled);
    }

    void tell_gap(std::size_t row) {
        const std::vector<Record>& records = records_[row];
        auto date = dates_.begin();
        std::size_t before = 0;
        while (before < records.size() && records[before].dated.first == date->first) ++before, ++date;
        const Record& near = records[before == 0 ? 0 : before - 1];
        problems_.error(near.place,
                        fmt::format("'{}' has no number for {} {}, which {} has", input_.name, row_name(row), moment(date->first), with_date(date->first)),
                        with_more_gaps("add the line, or say what counts there: `missing: 0` or another number; `missing: skip`, to go by the dates that the row has"));
        fail();
    }

    [[nodiscard]] std::string with_more_gaps(std::string help) const {
        return gaps_.size() < 2 ? help : fmt::format("so it is with {}: {}", counted(std::ssize(gaps_), "row"), help);
    }

    /// A row that has that date.
    [[nodiscard]] std::string with_date(std::int64_t date) const {
        for (std::size_t row = 0; row < records_.size(); ++row)
            if (std::ranges::binary_search(records_[row], date, {}, [](const Record& record) { return record.dated.first; })) return row_name(row);
        return "another line";
    }

    [[nodiscard]] std::string moment(std::int64_t day) const {
        return calendar().is_dated() ? "on " + iso(Day{std::chrono::days{day}}) : fmt::format("at tick {}", day);
    }

    /// That the calendar lies within the dates of each row.
    void check_span() {
        if (input_.holds_outside) return;
        const double begin = beginning_of(calendar(), 0);
        const double last = beginning_of(calendar(), calendar().ticks() - 1);
        for (std::size_t row = 0; row < records_.size() && is_sound_; ++row) {
            const Record& front = records_[row].front();
            const Record& back = records_[row].back();
            if (static_cast<double>(front.dated.first) > begin)
                outside(front, fmt::format("'{}' begins{} {}, and the calendar with {}", input_.name, for_row(row), moment(front.dated.first), calendar().label(0)),
                        "the first value counts before it too");
            else if (static_cast<double>(back.dated.end) <= last)
                outside(back,
                        fmt::format("'{}' ends{} {}, and the calendar's last tick begins {}", input_.name, for_row(row), moment(back.dated.end - 1),
                                    calendar().is_dated() ? "on " + calendar().label(calendar().ticks() - 1) : fmt::format("at {}", calendar().ticks() - 1)),
                        "the last value counts after it too");
        }
    }

    [[nodiscard]] std::string for_row(std::size_t row) const { return input_.on.is_given() ? " for " + row_name(row) : ""; }

    void outside(const Record& at, std::string what, std::string_view meaning) {
        problems_.error(at.place.line > 0 ? at.place : table_, std::move(what), fmt::format("add values, or write `outside: hold`: {}", meaning));
        fail();
    }

    [[nodiscard]] const Calendar& calendar() const { return reader_.scenario.calendar; }
    [[nodiscard]] const Schema& schema() const { return reader_.scenario.schema; }

    Reader& reader_;
    Problems& problems_;
    const Mapping& mapping_;
    Input& input_;
    Place table_;
    bool is_link_ = false;
    bool skips_unknown_ = false;
    bool skips_missing_ = false;
    bool has_decimal_comma_ = false;
    bool counts_ticks_ = false;
    bool is_sound_ = true;
    std::optional<std::size_t> date_, value_, name_, target_;
    std::vector<std::vector<Record>> records_;                       ///< by row
    std::map<std::int64_t, std::int64_t> dates_;                     ///< all that the table has: first day to the one after the last
    std::unordered_map<std::uint64_t, std::size_t> rows_;            ///< of links: by pair of ends
    std::optional<std::unordered_set<std::uint64_t>> links_;         ///< of the kind, where they are written
    std::vector<std::size_t> without_, gaps_;                        ///< rows that lack all, or some
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
        const Mapping mapping(*entry.value, Section::input, reader.problems);
        const bool is_panel_of_links = mapping.has("target");
        input.remarks = {mapping.text("about"), is_panel_of_links ? "" : mapping.text("source")};
        InputReader(reader, mapping, input).read();
        name.on = input.on;
    }
}

}  // namespace entente
